//! Placeholders in paragraphs. Programs cut a paragraph into runs wherever the spelling checker, the font or the hand
//! changed, so a name is looked for in the paragraph's text and not in a run's.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Node;

/// Longer names are none.
const LONGEST: usize = 80;

/// Where names stand in a text: from, until, name.
fn places(text: &str) -> Vec<(usize, usize, String)> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(open) = text[from..].find("{{").map(|at| at + from) {
        let Some(close) = text[open..].find("}}").map(|at| at + open) else {
            break;
        };
        // Of `{{ {{title}}` the inner one counts.
        let open = text[open..close].rfind("{{").map_or(open, |at| at + open);
        let name = text[open + 2..close].trim();
        if !name.is_empty() && name.chars().count() <= LONGEST {
            found.push((open, close + 2, name.to_owned()));
        }
        from = close + 2;
    }
    found
}

/// The names in a text.
pub(super) fn names(text: &str) -> Vec<String> {
    places(text).into_iter().map(|(_, _, name)| name).collect()
}

/// Puts texts in place of their names, everywhere; whether anything changed.
pub(super) fn put(
    node: &mut Node,
    texts: &BTreeMap<String, Vec<String>>,
    missing: &mut BTreeSet<String>,
) -> bool {
    if node.children().is_empty() {
        return false;
    }
    let (mut all, mut changed) = (Vec::new(), false);
    for mut child in node.take() {
        if !child.is("p") {
            changed |= put(&mut child, texts, missing);
            all.push(child);
            continue;
        }
        let whole = child.text();
        let found = places(&whole);
        for (_, _, name) in &found {
            if !texts.contains_key(name) {
                missing.insert(name.clone());
            }
        }
        let alone = match found.as_slice() {
            [(from, until, name)]
                if whole[..*from].trim().is_empty() && whole[*until..].trim().is_empty() =>
            {
                texts.get(name)
            }
            _ => None,
        };
        if let Some(lines) = alone {
            changed = true;
            // A text box must keep one paragraph.
            let blank = [String::new()];
            let lines = if lines.is_empty() {
                &blank[..]
            } else {
                lines.as_slice()
            };
            all.extend(lines.iter().map(|line| replaced(&child, line)));
            continue;
        }
        changed |= inside(&mut child, &whole, &found, texts);
        all.push(child);
    }
    node.hold(all);
    changed
}

/// Puts texts in place of names that stand among other words.
fn inside(
    paragraph: &mut Node,
    whole: &str,
    found: &[(usize, usize, String)],
    texts: &BTreeMap<String, Vec<String>>,
) -> bool {
    let known: Vec<(usize, usize, String)> = found
        .iter()
        .filter_map(|(from, until, name)| Some((*from, *until, texts.get(name)?.join(" "))))
        .collect();
    if known.is_empty() {
        return false;
    }
    let mut at = 0;
    each_text(paragraph, &mut |run| {
        let own = run.own_text();
        let (begin, end) = (at, at + own.len());
        at = end;
        let (mut new, mut from) = (String::new(), begin);
        for (open, close, text) in &known {
            if *close <= from || *open >= end {
                continue;
            }
            // What stands before it in this run; the text itself goes where its first character stood.
            if *open >= from {
                new.push_str(&whole[from..*open]);
                new.push_str(text);
            }
            from = (*close).min(end);
        }
        new.push_str(&whole[from..end]);
        if new != own {
            run.set_text(&new);
        }
    });
    true
}

/// A paragraph that says something else in the look of its first run.
fn replaced(paragraph: &Node, text: &str) -> Node {
    let mut new = paragraph.clone();
    let mut left = Some(text);
    each_text(&mut new, &mut |run| {
        run.set_text(left.take().unwrap_or_default());
    });
    new
}

/// Puts a text in place of all that a cell says, in the look of its first run; further paragraphs go. A cell in which
/// nothing was written has no run: it gets one.
pub(super) fn replace(cell: &mut Node, text: &str) {
    let Some(body) = cell
        .children_mut()
        .iter_mut()
        .find(|child| child.is("txBody"))
    else {
        return;
    };
    let mut seen = false;
    let first = |child: &Node| !child.is("p") || !std::mem::replace(&mut seen, true);
    let kept = body.take().into_iter().filter(first).collect();
    body.hold(kept);
    for paragraph in body.children_mut().iter_mut().filter(|child| child.is("p")) {
        let mut left = Some(text);
        each_text(paragraph, &mut |run| {
            run.set_text(left.take().unwrap_or_default());
        });
        if let Some(text) = left.filter(|text| !text.is_empty()) {
            let mut all = paragraph.take();
            let at = usize::from(all.first().is_some_and(|child| child.is("pPr")));
            all.insert(at, run(text));
            paragraph.hold(all);
        }
    }
}

/// A run in the look of its paragraph.
fn run(text: &str) -> Node {
    let element = |name: &'static str, children| Node::Element {
        start: Some(quick_xml::events::BytesStart::new(name)),
        children,
    };
    let mut words = element("a:t", Vec::new());
    words.set_text(text);
    element("a:r", vec![words])
}

/// Sees every `a:t` of a paragraph, in its order.
fn each_text(node: &mut Node, see: &mut impl FnMut(&mut Node)) {
    if node.is("t") {
        see(node);
        return;
    }
    if let Node::Element { children, .. } = node {
        for child in children {
            each_text(child, see);
        }
    }
}
