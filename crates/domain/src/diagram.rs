//! Tests compare the tables of arrows with the Mermaid diagrams of `docs/state-machines`.

use std::collections::BTreeSet;

/// A line of the diagram: `from --> to : action · who · event`.
pub fn line(from: &str, to: &str, label: &[&str]) -> String {
    format!("{from} --> {to} : {}", label.join(" · "))
}

/// Fails unless the page's diagram begins at `start` and shows exactly these arrows, each once.
pub fn assert_shows(page: &str, start: &str, arrows: impl Iterator<Item = String>) {
    let path = format!(
        "{}/../../docs/state-machines/{page}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (_, rest) = text
        .split_once("```mermaid\nstateDiagram-v2\n")
        .expect("the page has a state diagram");
    let (diagram, _) = rest.split_once("```").expect("the diagram ends");
    let lines: Vec<String> = diagram
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| line.contains("-->"))
        .collect();
    let shown: BTreeSet<String> = lines.iter().cloned().collect();
    assert_eq!(shown.len(), lines.len(), "{page} shows an arrow twice");
    let mut expected: BTreeSet<String> = arrows.collect();
    expected.insert(format!("[*] --> {start}"));
    let missing: Vec<_> = expected.difference(&shown).collect();
    let surplus: Vec<_> = shown.difference(&expected).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "{page} lacks {missing:#?} and has too much {surplus:#?}"
    );
}
