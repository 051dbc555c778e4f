//! A part of XML as a tree that keeps everything: names, attributes and white space stay as they were written.

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::unpack::Unfit;

/// Deeper than any slide; a hostile one must not take the stack.
const DEEPEST: usize = 200;

/// A piece of a part.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// An element, or the part itself where it has no start.
    Element {
        start: Option<BytesStart<'static>>,
        children: Vec<Self>,
    },
    /// Anything else.
    Leaf(Event<'static>),
}

impl Node {
    /// Whether it is an element of this name, whatever the prefix.
    pub fn is(&self, name: &str) -> bool {
        matches!(self, Self::Element { start: Some(start), .. } if start.local_name().as_ref() == name.as_bytes())
    }

    /// What is inside.
    pub fn children(&self) -> &[Self] {
        match self {
            Self::Element { children, .. } => children,
            Self::Leaf(_) => &[],
        }
    }

    /// What is inside, to change; there is nothing in a leaf.
    pub fn children_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Element { children, .. } => children,
            Self::Leaf(_) => &mut [],
        }
    }

    /// What is inside, taken out of it.
    pub fn take(&mut self) -> Vec<Self> {
        match self {
            Self::Element { children, .. } => std::mem::take(children),
            Self::Leaf(_) => Vec::new(),
        }
    }

    /// The same with something else inside; a leaf stays one.
    pub fn hold(&mut self, inside: Vec<Self>) {
        if let Self::Element { children, .. } = self {
            *children = inside;
        }
    }

    /// An attribute as it is written.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let Self::Element {
            start: Some(start), ..
        } = self
        else {
            return None;
        };
        let found = start.try_get_attribute(name).ok()??;
        Some(String::from_utf8_lossy(&found.value).into_owned())
    }

    /// Sees every node, the outer before the inner.
    pub fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        for child in self.children() {
            child.walk(see);
        }
    }

    /// All text of `a:t` in it.
    pub fn text(&self) -> String {
        let mut found = String::new();
        self.walk(&mut |node| {
            if node.is("t") {
                found.push_str(&node.own_text());
            }
        });
        found
    }

    /// The text directly in it.
    pub fn own_text(&self) -> String {
        let leaf = |node: &Self| match node {
            Self::Leaf(Event::Text(text)) => text.decode().unwrap_or_default().into_owned(),
            Self::Leaf(Event::CData(text)) => text.decode().unwrap_or_default().into_owned(),
            Self::Leaf(Event::GeneralRef(name)) => {
                let name = name.decode().unwrap_or_default();
                quick_xml::escape::unescape(&format!("&{name};"))
                    .unwrap_or_default()
                    .into_owned()
            }
            _ => String::new(),
        };
        self.children().iter().map(leaf).collect()
    }

    /// Puts a text in place of all that is inside.
    pub fn set_text(&mut self, text: &str) {
        self.hold(vec![Self::Leaf(Event::Text(
            BytesText::new(text).into_owned(),
        ))]);
    }
}

/// Reads a part.
pub(super) fn read(content: &[u8]) -> Result<Node, Unfit> {
    let text = std::str::from_utf8(content).map_err(|_| Unfit::Damaged)?;
    let mut reader = Reader::from_str(text);
    let root = |start| Node::Element {
        start,
        children: Vec::new(),
    };
    let mut open = vec![root(None)];
    loop {
        let done = match reader.read_event().map_err(|_| Unfit::Damaged)? {
            Event::Eof => break,
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(Unfit::Damaged);
                }
                open.push(root(Some(start.into_owned())));
                continue;
            }
            Event::Empty(start) => root(Some(start.into_owned())),
            Event::End(_) => open.pop().ok_or(Unfit::Damaged)?,
            other => Node::Leaf(other.into_owned()),
        };
        let Some(Node::Element { children, .. }) = open.last_mut() else {
            return Err(Unfit::Damaged);
        };
        children.push(done);
    }
    let whole = open.pop().ok_or(Unfit::Damaged)?;
    if open.is_empty() {
        Ok(whole)
    } else {
        Err(Unfit::Damaged)
    }
}

/// Writes a part.
pub(super) fn write(tree: &Node) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    put(tree, &mut writer)?;
    Ok(writer.into_inner())
}

fn put(node: &Node, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let (start, children) = match node {
        Node::Leaf(event) => return writer.write_event(event.borrow()),
        Node::Element { start, children } => (start, children),
    };
    match start {
        Some(start) if children.is_empty() => {
            return writer.write_event(Event::Empty(start.borrow()));
        }
        Some(start) => writer.write_event(Event::Start(start.borrow()))?,
        None => {}
    }
    for child in children {
        put(child, writer)?;
    }
    match start {
        Some(start) => writer.write_event(Event::End(start.to_end())),
        None => Ok(()),
    }
}
