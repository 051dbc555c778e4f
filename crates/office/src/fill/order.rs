//! The slides of a pptx in the order they are shown.

use std::collections::BTreeMap;

use super::tree::{self, Node};
use crate::unpack::{Part, Unfit};

/// The slides, numbered from 1, with their place among the parts.
pub(super) fn slides(parts: &[Part]) -> Result<Vec<(usize, usize)>, Unfit> {
    let place = |path: &str| parts.iter().position(|part| part.path == path);
    let part = |path: &str| -> Result<Node, Unfit> {
        tree::read(&parts[place(path).ok_or(Unfit::Damaged)?].content)
    };
    let relations = part("ppt/_rels/presentation.xml.rels")?;
    let mut targets = BTreeMap::new();
    relations.walk(&mut |node| {
        if let (true, Some(id), Some(target)) = (
            node.is("Relationship"),
            node.attribute("Id"),
            node.attribute("Target"),
        ) {
            let path = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("ppt/{target}"),
            };
            targets.insert(id, path);
        }
    });
    let mut found = Vec::new();
    part("ppt/presentation.xml")?.walk(&mut |node| {
        if node.is("sldId") {
            let id = node.attribute("r:id").unwrap_or_default();
            found.push(targets.get(&id).and_then(|path| place(path)));
        }
    });
    let numbered = (1..)
        .zip(found)
        .map(|(slide, at)| Ok((slide, at.ok_or(Unfit::Damaged)?)));
    numbered.collect()
}
