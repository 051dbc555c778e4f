//! The slides of a pptx in the order they are shown.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{self, Node};
use crate::unpack::{Part, Unfit};

/// More than anybody shows in a day. Each is read whole as a tree, which takes many times its size.
pub(super) const MOST_SLIDES: usize = 500;

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
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    part("ppt/presentation.xml")?.walk(&mut |node| {
        // Sections name the slides of this list once more, further in and by number only.
        if node.is("presentation") {
            let lists = node.children().iter().filter(|node| node.is("sldIdLst"));
            let ids = lists.flat_map(Node::children);
            let ids = ids.filter(|node| node.is("sldId"));
            found.extend(ids.map(|node| {
                let id = node.attribute("r:id").unwrap_or_default();
                targets.get(&id).and_then(|path| place(path))
            }));
        }
    });
    if found.len() > MOST_SLIDES {
        return Err(Unfit::Slides);
    }
    // Two of one part cannot be told apart, and would be read as often as somebody wrote its name.
    if !found.iter().flatten().all(|at| seen.insert(*at)) {
        return Err(Unfit::Damaged);
    }
    let numbered = (1..)
        .zip(found)
        .map(|(slide, at)| Ok((slide, at.ok_or(Unfit::Damaged)?)));
    numbered.collect()
}
