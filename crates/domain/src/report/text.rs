//! The text of a section: plain paragraphs with figures in double braces. It is stored as typed.

use super::figure::FigureCode;

/// Most characters of one section, whatever the outline says: what the server takes.
pub const MOST_CHARACTERS: usize = 20_000;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A figure.
    Figure(FigureCode),
    /// Something in double braces that is no figure, without them.
    Unknown(String),
}

/// The pieces of a text in order; put together again they are the text, up to the spelling of figures.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, (inner, after))) = rest
        .split_once("{{")
        .and_then(|(before, behind)| Some((before, behind.split_once("}}")?)))
    {
        if !before.is_empty() {
            all.push(Piece::Words(before.to_owned()));
        }
        all.push(match inner.trim().parse() {
            Ok(code) => Piece::Figure(code),
            Err(_) => Piece::Unknown(inner.trim().to_owned()),
        });
        rest = after;
    }
    if !rest.is_empty() {
        all.push(Piece::Words(rest.to_owned()));
    }
    all
}

/// The text with every figure as it is shown; what is no figure stands as it was typed.
#[must_use]
pub fn filled(text: &str, shown: impl Fn(&FigureCode) -> String) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Figure(code) => shown(&code),
            Piece::Unknown(inner) => format!("{{{{{inner}}}}}"),
        })
        .collect()
}

/// The paragraphs of a text: its lines that are not empty, trimmed.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// How long a text is, as the office counts (字数): its characters without white space.
#[must_use]
pub fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
