//! Relations of a package: what they lead to, and that one which leads outside is only there to be clicked on.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Part, Unfit, text_of, value_of};

/// Elements that say where a click leads; nothing is fetched for them.
const TO_CLICK: [&[u8]; 3] = [b"hlinkClick", b"hlinkHover", b"hlinkMouseOver"];

/// A relation of type hyperlink that leads outside.
pub(super) struct Link {
    id: String,
    target: String,
}

/// Looks at a relation; a link to click is handed back, to see where it is used.
///
/// # Errors
/// [`Unfit::Outside`] when it leads outside and is no such link.
pub(super) fn leads(relation: &BytesStart<'_>) -> Result<Option<Link>, Unfit> {
    let value = |name: &str| value_of(relation, name);
    let (mode, target) = (value("TargetMode")?, value("Target")?);
    if !mode.eq_ignore_ascii_case("External") && !is_outside(&target) {
        return Ok(None);
    }
    if !value("Type")?.ends_with("/hyperlink") {
        return Err(outside(&target));
    }
    let id = value("Id")?;
    Ok(Some(Link { id, target }))
}

/// Inside a package everything is named by its path in it.
fn is_outside(target: &str) -> bool {
    let scheme = target.split_once(':').is_some_and(|(before, _)| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
        !before.is_empty() && before.bytes().all(letter)
    });
    scheme || target.contains("://") || target.contains('\\') || target.starts_with("//")
}

pub(super) fn outside(target: &str) -> Unfit {
    Unfit::Outside(target.chars().take(200).collect())
}

/// Sees to it that the links of a part of relations are used by clicks alone: a picture may name any relation as its own.
///
/// # Errors
/// [`Unfit::Outside`], [`Unfit::Damaged`].
pub(super) fn only_to_click(parts: &[Part], rels: &str, links: &[Link]) -> Result<(), Unfit> {
    let Some(path) = source(rels) else {
        return Ok(());
    };
    let named = |part: &&Part| part.path.eq_ignore_ascii_case(&path);
    let Some(part) = parts.iter().find(named) else {
        return Ok(());
    };
    let mut reader = Reader::from_str(text_of(&part.content)?);
    loop {
        match reader.read_event().map_err(|_| Unfit::Damaged)? {
            Event::Eof => return Ok(()),
            Event::Start(element) | Event::Empty(element)
                if !TO_CLICK.contains(&element.local_name().as_ref()) =>
            {
                not_used(&element, links)?;
            }
            _ => {}
        }
    }
}

fn not_used(element: &BytesStart<'_>, links: &[Link]) -> Result<(), Unfit> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| Unfit::Damaged)?;
        // Relations are named by attributes of a namespace of their own.
        if attribute.key.prefix().is_none() {
            continue;
        }
        let value = super::unescaped(&attribute.value)?;
        if let Some(link) = links.iter().find(|link| link.id == value) {
            return Err(outside(&link.target));
        }
    }
    Ok(())
}

/// The part whose relations a part holds.
fn source(rels: &str) -> Option<String> {
    let name = rels.get(..rels.len().checked_sub(".rels".len())?)?;
    let (folder, name) = name.rsplit_once('/')?;
    let above = folder.get(..folder.len().checked_sub("_rels".len())?)?;
    Some(format!("{above}{name}"))
}
