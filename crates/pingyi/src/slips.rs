//! Printed slips: ten on an A4 page, each with category, QR symbol and letters; no number, nothing that tells one
//! from another (trust.md, "Slips").

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};
use pingyi_testkit::client::issuer::Slip;

use crate::error::CommandError;
use crate::texts::Texts;

/// What stands on every slip.
pub struct Head<'a> {
    /// The meeting.
    pub title: &'a str,
    /// The category.
    pub category: &'a str,
    /// Where the booth is.
    pub base_url: &'a str,
}

const PER_PAGE: usize = 10;

const STYLE: &str = "@page{size:A4;margin:10mm}*{box-sizing:border-box}body{margin:0;font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#000}\
.page{display:grid;grid-template-columns:1fr 1fr;grid-auto-rows:54mm;break-after:page}\
.slip{border:.2mm dashed #888;padding:4mm;display:grid;grid-template-columns:32mm 1fr;gap:3mm;overflow:hidden}\
.slip h2{grid-column:1/-1;margin:0;font-size:10pt}.slip svg{width:32mm;height:32mm}.slip p{margin:0 0 1mm;font-size:9pt}\
.slip .category{font-size:12pt;font-weight:700}.slip code{font-size:11pt;font-family:ui-monospace,'Noto Sans Mono CJK SC',monospace;display:block}.slip .where{font-size:7pt;overflow-wrap:anywhere}";

/// The page to print.
///
/// # Errors
/// The address is too long for a QR symbol.
pub fn page(head: &Head<'_>, slips: &[Slip], texts: &Texts) -> Result<String, CommandError> {
    let language = texts.tag();
    let mut page = format!(
        "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><title>{} {}</title><style>{STYLE}</style>",
        escaped(head.title),
        escaped(head.category),
    );
    for sheet in slips.chunks(PER_PAGE) {
        page.push_str("<section class=\"page\">");
        for slip in sheet {
            page.push_str(&one(head, slip, texts)?);
        }
        page.push_str("</section>");
    }
    page.push_str("</html>\n");
    Ok(page)
}

fn one(head: &Head<'_>, slip: &Slip, texts: &Texts) -> Result<String, CommandError> {
    let address = slip.address(head.base_url);
    let symbol = qr(&address)?;
    let credential = slip.credential.expose();
    // Two groups a line are easier to copy than four.
    let (first, second) = credential.split_at(
        credential
            .match_indices('-')
            .nth(1)
            .map_or(credential.len(), |(at, _)| at),
    );
    let second = second.trim_start_matches('-');
    let (place, _) = address.split_once('#').unwrap_or((&address, ""));
    Ok(format!(
        "<article class=\"slip\"><h2>{}</h2>{symbol}<div><p class=\"category\">{}</p><p>{}</p><p class=\"where\">{}</p><code>{first}</code><code>{second}</code></div></article>",
        escaped(head.title),
        escaped(head.category),
        escaped(&texts.plain("cli-slip-how")),
        escaped(place),
    ))
}

/// A QR symbol as SVG with its quiet zone of four modules.
fn qr(text: &str) -> Result<String, CommandError> {
    let symbol = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|_| CommandError::Qr(text.len().to_string()))?;
    let side = symbol.size + 8;
    let mut path = String::new();
    for row in 0..symbol.size {
        for column in (0..symbol.size).filter(|column| symbol[row][*column].value()) {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", column + 4, row + 4);
        }
    }
    Ok(format!(
        "<svg viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\"><path d=\"{path}\"/></svg>"
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use pingyi_testkit::client::issuer::{PrintRun, print};
    use pingyi_testkit::secrets::Secrets;

    use super::*;
    use crate::texts::Language;

    #[test]
    fn ten_slips_a_page_each_with_symbol_and_letters_and_no_number() {
        let uuid = "7CAPW4ociU1GmM".parse().unwrap();
        let run = PrintRun {
            phone: 23,
            ..PrintRun::default()
        };
        let slips = print(&uuid, run, &mut Secrets::new([1; 32]).stream()).phone;
        let head = Head {
            title: "述职<评议>",
            category: "A票",
            base_url: "http://10.0.0.2:8080/",
        };
        let html = page(&head, &slips, &Texts::new(Language::Chinese)).unwrap();
        assert_eq!(html.matches("<section").count(), 3);
        assert_eq!(html.matches("<svg").count(), 23);
        assert!(html.contains("述职&lt;评议&gt;") && !html.contains("<评议>"));
        assert!(html.contains("http://10.0.0.2:8080/b/7CAPW4ociU1GmM<"));
        for slip in &slips {
            let groups: Vec<&str> = slip.credential.expose().split('-').collect();
            assert!(html.contains(&format!(
                "<code>{}-{}</code><code>{}-{}</code>",
                groups[0], groups[1], groups[2], groups[3]
            )));
        }
    }
}
