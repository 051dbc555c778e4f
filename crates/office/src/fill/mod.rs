//! The office's own pptx with placeholders, filled in a copy: `{{title}}`, `{{section:work}}`, and a row with
//! `{{table:last_year}}` that grows. What else stands in it stays as it is, byte by byte in parts without placeholders.

mod order;
mod text;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::OfficeError;
use crate::unpack::{Part, Unfit, parts};
use tree::Node;

/// Rows of one table; no slide shows more.
const MOST_ROWS: usize = 200;

/// What stands where, by the name between the braces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// Texts; several paragraphs each become one of their own where the placeholder has its paragraph to itself.
    pub texts: BTreeMap<String, Vec<String>>,
    /// Rows of tables, by the name with `table:` before it.
    pub tables: BTreeMap<String, Vec<Vec<String>>>,
}

/// A placeholder that stands in a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placeholder {
    /// The slide, from 1, in the order they are shown.
    pub slide: usize,
    /// What stands between the braces.
    pub name: String,
}

/// A template that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The pptx.
    pub bytes: Vec<u8>,
    /// Placeholders that nothing is known for; they stand there as before.
    pub unknown: Vec<Placeholder>,
}

/// The placeholders of a template, slide by slide, each once a slide.
///
/// # Errors
/// Why the file is not opened.
pub fn placeholders(template: &[u8]) -> Result<Vec<Placeholder>, Unfit> {
    let parts = parts(template)?;
    let mut found = BTreeSet::new();
    for (slide, at) in order::slides(&parts)? {
        let tree = tree::read(&parts[at].content)?;
        tree.walk(&mut |node| {
            if node.is("p") {
                let names = text::names(&node.text());
                found.extend(names.into_iter().map(|name| Placeholder { slide, name }));
            }
        });
    }
    Ok(found.into_iter().collect())
}

/// Fills a template. The same template and values give the same bytes.
///
/// # Errors
/// [`OfficeError::Template`] when the file is not opened, [`OfficeError::Package`].
pub fn fill(template: &[u8], values: &Values) -> Result<Filled, OfficeError> {
    let mut parts = parts(template)?;
    let mut unknown = BTreeSet::new();
    for (slide, at) in order::slides(&parts)? {
        let mut tree = tree::read(&parts[at].content)?;
        let mut missing = BTreeSet::new();
        if grow(&mut tree, values) | text::put(&mut tree, &values.texts, &mut missing) {
            parts[at].content = tree::write(&tree)?;
        }
        unknown.extend(missing.into_iter().map(|name| Placeholder { slide, name }));
    }
    Ok(Filled {
        bytes: packed(&parts)?,
        unknown: unknown.into_iter().collect(),
    })
}

/// Rows with a table's name become as many as there are rows, each looking like the one that stood there.
fn grow(node: &mut Node, values: &Values) -> bool {
    let mut changed = false;
    if node.is("tbl") {
        let mut all = Vec::new();
        for row in node.take() {
            let Some(lines) = table_of(&row).and_then(|name| values.tables.get(&name)) else {
                all.push(row);
                continue;
            };
            changed = true;
            let dash = [vec!["—".to_owned()]];
            let lines = if lines.is_empty() { &dash[..] } else { lines };
            let grown = lines.iter().take(MOST_ROWS);
            all.extend(grown.map(|line| filled_row(&row, line)));
        }
        node.hold(all);
    }
    for child in node.children_mut() {
        changed |= grow(child, values);
    }
    changed
}

/// The table a row stands for: the first such name in it.
fn table_of(row: &Node) -> Option<String> {
    let mut found = None;
    if row.is("tr") {
        row.walk(&mut |node| {
            if node.is("p") && found.is_none() {
                let names = text::names(&node.text());
                found = names.into_iter().find(|name| name.starts_with("table:"));
            }
        });
    }
    found
}

/// The cells of a row in turn, one column each; what a program keeps to tell rows apart is not kept twice.
fn filled_row(pattern: &Node, line: &[String]) -> Node {
    let mut row = pattern.clone();
    let kept = row.take().into_iter().filter(|child| !child.is("extLst"));
    row.hold(kept.collect());
    let mut columns = line.iter();
    for cell in row.children_mut().iter_mut().filter(|child| child.is("tc")) {
        // A cell that another covers shows nothing.
        if cell.attribute("hMerge").is_none() && cell.attribute("vMerge").is_none() {
            text::replace(cell, columns.next().map_or("", String::as_str));
        }
    }
    row
}

fn packed(parts: &[Part]) -> Result<Vec<u8>, OfficeError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(part.path.as_str(), options)?;
        zip.write_all(&part.content)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests;
