//! A drawing in XML that is drawn as it stands: everything it refers to is in itself, or a picture of points written out in
//! it. What a program could be led to by it is refused, also what none follows today.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::links::outside;
use super::{Unfit, in_utf8, text_of, unescaped};

/// Pictures of points by their type, each with what its bytes begin with in base 64.
const POINTS: [(&str, &str); 6] = [
    ("png", "iVBORw0KGgo"),
    ("jpeg", "/9j/"),
    ("jpg", "/9j/"),
    ("gif", "R0lGOD"),
    ("webp", "UklGR"),
    ("bmp", "Qk"),
];

/// # Errors
/// [`Unfit::Outside`] with the first that it refers to, [`Unfit::Damaged`] when it cannot be read as XML in UTF-8.
pub(super) fn names_only_itself(content: &[u8]) -> Result<(), Unfit> {
    let mut reader = Reader::from_str(text_of(content)?);
    let (mut styles, mut inside) = (String::new(), 0_usize);
    loop {
        match reader.read_event().map_err(|_| Unfit::Damaged)? {
            Event::Eof => break,
            Event::Decl(head) => in_utf8(&head)?,
            Event::DocType(kind) => usual(&kind.decode().map_err(|_| Unfit::Damaged)?)?,
            Event::PI(order) if order.target().eq_ignore_ascii_case(b"xml-stylesheet") => {
                return Err(outside(&String::from_utf8_lossy(&order)));
            }
            Event::Empty(element) => attributes(&element)?,
            Event::Start(element) => {
                attributes(&element)?;
                inside += usize::from(is_style(element.local_name().as_ref()));
            }
            Event::End(element) if is_style(element.local_name().as_ref()) => {
                inside = inside.saturating_sub(1);
            }
            Event::Text(text) if inside > 0 => {
                styles.push_str(&text.decode().map_err(|_| Unfit::Damaged)?);
            }
            Event::CData(text) if inside > 0 => {
                styles.push_str(&text.decode().map_err(|_| Unfit::Damaged)?);
            }
            Event::GeneralRef(name) => styles.push_str(&resolved(&name)?),
            _ => {}
        }
    }
    style(&styles)
}

fn is_style(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"style")
}

/// The type that drawing programs write, which nobody reads: no other, and nothing defined in it.
fn usual(kind: &str) -> Result<(), Unfit> {
    let strange = kind.contains('[') || !kind.contains("\"-//W3C//DTD SVG ");
    if strange || !kind.trim_start().starts_with("svg ") {
        return Err(outside(kind));
    }
    Ok(())
}

fn resolved(name: &BytesRef<'_>) -> Result<String, Unfit> {
    if let Some(character) = name.resolve_char_ref().map_err(|_| Unfit::Damaged)? {
        return Ok(character.to_string());
    }
    let name = name.decode().map_err(|_| Unfit::Damaged)?;
    let text = resolve_predefined_entity(&name).ok_or(Unfit::Damaged)?;
    Ok(text.to_owned())
}

fn attributes(element: &BytesStart<'_>) -> Result<(), Unfit> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| Unfit::Damaged)?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = unescaped(&attribute.value)?;
        let name = attribute.key.local_name().as_ref().to_ascii_lowercase();
        match name.as_slice() {
            b"href" | b"src" => refers(&value)?,
            // Everything after it would be elsewhere.
            b"base" => return Err(outside(&value)),
            b"attributename" if value.to_ascii_lowercase().ends_with("href") => {
                return Err(outside(&value));
            }
            b"style" => style(&value)?,
            _ => urls(&value)?,
        }
    }
    Ok(())
}

/// To itself, to nothing, or to points written out.
fn refers(value: &str) -> Result<(), Unfit> {
    let value = value.trim();
    if value.is_empty() || value.starts_with('#') || are_points(value) {
        return Ok(());
    }
    Err(outside(value))
}

fn are_points(value: &str) -> bool {
    let Some((head, data)) = value.split_once(',') else {
        return false;
    };
    let data: String = data
        .chars()
        .filter(|character| !character.is_whitespace())
        .take(16)
        .collect();
    let head = head.to_ascii_lowercase();
    POINTS.iter().any(|(kind, begins)| {
        head == format!("data:image/{kind};base64") && data.starts_with(begins)
    })
}

/// A style; one with characters in disguise is refused, since they could spell anything.
fn style(text: &str) -> Result<(), Unfit> {
    if text.contains('\\') {
        return Err(outside(text));
    }
    urls(text)?;
    // Some readers join what stands before and after a comment.
    let (mut rest, mut joined) = (text, String::new());
    while let Some((before, after)) = rest.split_once("/*") {
        joined.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    joined.push_str(rest);
    urls(&joined)
}

fn urls(text: &str) -> Result<(), Unfit> {
    let small = text.to_ascii_lowercase();
    if let Some(at) = small.find("@import") {
        return Err(outside(&text[at..]));
    }
    for (at, found) in small.match_indices("url(") {
        let quote = |character: char| character.is_whitespace() || "'\"".contains(character);
        let named = text[at + found.len()..].trim_start_matches(quote);
        refers(named.split(')').next().unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><svg xmlns=\"http://www.w3.org/2000/svg\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
        )
    }

    fn refused(text: &str) -> bool {
        matches!(
            names_only_itself(text.as_bytes()),
            Err(Unfit::Outside(_) | Unfit::Damaged)
        )
    }

    #[test]
    fn what_office_programs_write_is_drawn() {
        for inside in [
            "<defs><clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath></defs><g clip-path=\"url(#c)\"><path d=\"M0 0\"/></g>",
            "<style>.a{fill:#c00} .b{fill:url(#g)}</style><use xlink:href=\"#c\"/><use href=\"#c\"/>",
            "<style><![CDATA[.a{fill:url('#g')} /* red */]]></style><text>Look at url(http://x)</text>",
            "<image href=\"data:image/png;base64,iVBORw0KGgoAAAA\"/><image xlink:href=\" data:image/jpeg;base64,\n /9j/4AAQ\"/>",
            "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><a rdf:resource=\"http://purl.org/x\"/></rdf:RDF></metadata>",
            "<path style=\"fill:url(#g);font-family:'Segoe UI'\" d=\"M0 0\"/>",
        ] {
            assert_eq!(
                names_only_itself(drawing(inside).as_bytes()),
                Ok(()),
                "{inside}"
            );
        }
        let typed = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>";
        assert_eq!(names_only_itself(typed.as_bytes()), Ok(()));
    }

    #[test]
    fn what_leads_out_of_it_is_refused() {
        for inside in [
            "<image xlink:href=\"file:///etc/passwd\"/>",
            "<image href=\"http://127.0.0.1/x.png\"/>",
            "<image HREF=\"x.png\"/>",
            "<image q:href=\"&#102;ile:///x\"/>",
            "<image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>",
            "<image href=\"data:image/png;base64,PHN2Zz4=\"/>",
            "<image href=\"data:image/png,iVBORw0KGgo\"/>",
            "<use href=\"other.svg#a\"/>",
            "<foreignObject><img src=\"file:///x\"/></foreignObject>",
            "<g xml:base=\"file:///\"/>",
            "<image><set attributeName=\"xlink:href\" to=\"file:///x\"/></image>",
            "<rect fill=\"url(file:///x#g)\"/>",
            "<rect style=\"fill: URL( 'file:///x' )\"/>",
            "<rect style=\"fill:u\\72l(file:///x)\"/>",
            "<style>@import 'file:///x';</style>",
            "<style>a{b:ur/**/l(file:///x)}</style>",
            "<style>a{b:ur<!-- -->l(fi<![CDATA[le:///x)}]]></style>",
            "<style>a{b:ur&#108;(file:///x)}</style>",
            "<style>a{b:url(data:image/svg+xml;base64,PHN2Zz4=)}</style>",
            "<text>&x;</text>",
        ] {
            assert!(refused(&drawing(inside)), "{inside}");
        }
        for whole in [
            "<?xml-stylesheet href=\"file:///x\"?><svg/>",
            "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///x\">]><svg>&x;</svg>",
            "<!DOCTYPE svg SYSTEM \"file:///x\"><svg/>",
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>",
            "<svg",
        ] {
            assert!(refused(whole), "{whole}");
        }
    }
}
