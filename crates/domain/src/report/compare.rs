//! Two versions side by side: paragraph by paragraph, and within a paragraph that was changed word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// The same on both sides.
    Same,
    /// Only on the left: taken away.
    Gone,
    /// Only on the right: new.
    New,
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What became of it.
    pub kind: SpanKind,
    /// Its text.
    pub text: String,
}

/// One side of a line.
pub type Side = Vec<Span>;

/// A paragraph on both sides; an empty side has none there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The older version.
    pub left: Side,
    /// The newer one.
    pub right: Side,
}

impl Line {
    /// Whether both sides say the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.left
            .iter()
            .chain(&self.right)
            .all(|span| span.kind == SpanKind::Same)
    }
}

/// Words of a paragraph: runs of Latin letters and digits (with what holds numbers together), and every other character
/// by itself, since Chinese has no spaces between words.
fn words(text: &str) -> Vec<&str> {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '_');
    let mut all = Vec::new();
    let mut from = 0;
    let mut joined = false;
    for (at, c) in text.char_indices() {
        if at > from && !(joined && joins(c)) {
            all.push(&text[from..at]);
            from = at;
        }
        joined = joins(c);
    }
    if from < text.len() {
        all.push(&text[from..]);
    }
    all
}

fn push(side: &mut Side, kind: SpanKind, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    let text = words.concat();
    match side.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(&text),
        _ => side.push(Span { kind, text }),
    }
}

/// Two paragraphs of which one became the other.
fn within(old: &str, new: &str) -> Line {
    let (old, new) = (words(old), words(new));
    let mut line = Line::default();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (left, right) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            push(&mut line.left, SpanKind::Same, left);
            push(&mut line.right, SpanKind::Same, right);
        } else {
            push(&mut line.left, SpanKind::Gone, left);
            push(&mut line.right, SpanKind::New, right);
        }
    }
    line
}

fn whole(kind: SpanKind, text: &str) -> Side {
    vec![Span {
        kind,
        text: text.to_owned(),
    }]
}

/// Compares two lists of paragraphs, the older one first.
#[must_use]
pub fn compare(old: &[String], new: &[String]) -> Vec<Line> {
    let mut lines = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (left, right) = (&old[op.old_range()], &new[op.new_range()]);
        let same = matches!(op, DiffOp::Equal { .. });
        for at in 0..left.len().max(right.len()) {
            lines.push(match (left.get(at), right.get(at)) {
                (Some(one), Some(_)) if same => Line {
                    left: whole(SpanKind::Same, one),
                    right: whole(SpanKind::Same, one),
                },
                (Some(one), Some(other)) => within(one, other),
                (one, other) => Line {
                    left: one.map_or_else(Vec::new, |text| whole(SpanKind::Gone, text)),
                    right: other.map_or_else(Vec::new, |text| whole(SpanKind::New, text)),
                },
            });
        }
    }
    lines
}
