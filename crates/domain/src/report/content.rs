//! What one submission says: kept whole as canonical JSON under its hash, so that nobody can change it later.

use serde::{Deserialize, Serialize};

use super::figure::{FigureCode, Worked};
use super::text::{filled, paragraphs};
use crate::Digest;
use crate::record::{MatterId, MatterStateName};

/// A section as it was submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Code.
    pub code: String,
    /// Heading.
    pub title: String,
    /// Text as typed, with figures in double braces.
    pub text: String,
}

/// A figure as it was submitted, with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenFigure {
    /// Its code.
    pub code: String,
    /// As it stood in the text.
    pub shown: String,
    /// Of a rate numerator and denominator.
    pub part: Option<(i64, i64)>,
    /// Address of the list whose rows it counted.
    pub source: String,
    /// How many rows these were.
    pub rows: u64,
    /// SHA-256 of their ids, one a line, sorted.
    pub rows_hash: Digest,
}

impl FrozenFigure {
    /// Freezes a figure with the rows behind it.
    #[must_use]
    pub fn of(code: &FigureCode, worked: &Worked, mut rows: Vec<String>) -> Self {
        rows.sort();
        Self {
            code: code.to_string(),
            shown: worked.shown.clone(),
            part: worked.part,
            source: worked.source.clone(),
            rows: rows.len() as u64,
            rows_hash: Digest::of(rows.join("\n").as_bytes()),
        }
    }
}

/// A line of last year's list with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// The matter.
    pub matter: MatterId,
    /// What it is about.
    pub title: String,
    /// Where it stood.
    pub state: MatterStateName,
    /// What was done.
    pub text: String,
}

/// All a submission says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The sections in the order of the outline.
    pub sections: Vec<Written>,
    /// The figures in them, by code.
    pub figures: Vec<FrozenFigure>,
    /// Last year's list.
    pub answers: Vec<Answered>,
}

impl Content {
    /// SHA-256 of the canonical JSON.
    #[must_use]
    pub fn hash(&self) -> Digest {
        Digest::of(crate::canonical_json(self).as_bytes())
    }

    /// The frozen figure with this code.
    #[must_use]
    pub fn figure(&self, code: &FigureCode) -> Option<&FrozenFigure> {
        let code = code.to_string();
        self.figures.iter().find(|figure| figure.code == code)
    }

    /// The paragraphs of a text with its figures as they were frozen.
    #[must_use]
    pub fn paragraphs(&self, text: &str) -> Vec<String> {
        let shown = |code: &FigureCode| {
            self.figure(code)
                .map_or_else(|| "—".to_owned(), |figure| figure.shown.clone())
        };
        paragraphs(&filled(text, shown))
    }
}
