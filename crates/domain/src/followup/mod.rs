//! Follow-up (docs/report-contract.md §6): from what an appraisal found wanting to matters that are put right, and
//! what the next appraisal shows of them.

mod last_year;
mod low;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use last_year::{LastYear, LastYearLine, LastYears, MOST_ANSWER, MOST_LINES, sealed};
pub use low::{Low, second_value};

use crate::codes::ItemCode;
use crate::error::DomainError;
use crate::record::matter::{MatterList, Origin};
use crate::record::{Check, Date, FieldProblem, Matter, MatterDraft};

/// The most findings one matter is made of.
pub const MOST_FINDINGS: usize = 50;

/// One thing an appraisal says of a presenter. On the wire `item:overall`, `opinion:3`, `comment`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// An item of the form that came out low.
    Item(ItemCode),
    /// An opinion, by its place from 1 among the presenter's opened opinions. Their order follows from their words
    /// alone, so the number says nothing of who wrote it.
    Opinion(u32),
    /// The leader's comment.
    Comment,
}

impl Source {
    /// What sort of thing it is: `item`, `opinion`, `comment`.
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Item(_) => "item",
            Self::Opinion(_) => "opinion",
            Self::Comment => "comment",
        }
    }

    /// Which one of its sort: the item's code, the opinion's number, nothing.
    #[must_use]
    pub fn part(&self) -> String {
        match self {
            Self::Item(code) => code.to_string(),
            Self::Opinion(number) => number.to_string(),
            Self::Comment => String::new(),
        }
    }

    /// From its two halves.
    ///
    /// # Errors
    /// [`DomainError::Name`].
    pub fn new(sort: &str, part: &str) -> Result<Self, DomainError> {
        let read = match sort {
            "item" => part.parse().ok().map(Self::Item),
            "opinion" => part.parse().ok().filter(|n| *n > 0).map(Self::Opinion),
            "comment" if part.is_empty() => Some(Self::Comment),
            _ => None,
        };
        read.ok_or_else(|| DomainError::Name {
            of: "Source",
            text: format!("{sort}:{part}"),
        })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Comment => out.write_str("comment"),
            other => write!(out, "{}:{}", other.sort(), other.part()),
        }
    }
}

impl FromStr for Source {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Name`].
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let (sort, part) = text.split_once(':').unwrap_or((text, ""));
        Self::new(sort, part)
    }
}

/// The form that makes a matter of what was ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FindingsDraft {
    /// What it is made of, on the wire; at least one.
    pub sources: Vec<String>,
    /// What is to be put right, in the office's own words; 1 to 120 characters.
    pub title: String,
    /// Id of the unit that puts it right.
    pub unit: String,
    /// Who answers for it, up to 80 characters; with a day the matter is assigned at once.
    pub responsible: String,
    /// What is done about it, up to 4,000 characters.
    pub measures: String,
    /// The day it is due, or empty.
    pub due_on: String,
}

impl FindingsDraft {
    /// Reads the form: the matter, raised today, and what it is made of, each once.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, today: Date) -> Result<(Matter, Vec<Source>), Vec<FieldProblem>> {
        let mut check = Check::default();
        check.demand(!self.sources.is_empty(), "sources", "finding_missing");
        check.demand(self.sources.len() <= MOST_FINDINGS, "sources", "too_many");
        let mut sources: Vec<Source> = Vec::new();
        for text in &self.sources {
            match text.parse() {
                Ok(source) if sources.contains(&source) => {}
                Ok(source) => sources.push(source),
                Err(_) => check.refuse("sources", "finding"),
            }
        }
        let draft = MatterDraft {
            list: MatterList::Rectification.to_string(),
            origin: Origin::Appraisal.to_string(),
            title: self.title.clone(),
            unit: self.unit.clone(),
            responsible: self.responsible.clone(),
            measures: self.measures.clone(),
            due_on: self.due_on.clone(),
            ..MatterDraft::default()
        };
        let matter = draft.read(today);
        for problem in matter.as_ref().err().into_iter().flatten() {
            check.refuse(&problem.field, &problem.rule);
        }
        check.done(matter.ok().map(|matter| (matter, sources)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_one_spelling() {
        for text in ["item:overall", "opinion:3", "comment"] {
            let source: Source = text.parse().unwrap();
            assert_eq!(source.to_string(), text);
            assert_eq!(Source::new(source.sort(), &source.part()).unwrap(), source);
        }
        for text in [
            "",
            "item",
            "item:X",
            "opinion:0",
            "opinion:-1",
            "opinion:",
            "comment:1",
            "x:1",
        ] {
            assert!(text.parse::<Source>().is_err(), "{text}");
        }
    }

    #[test]
    fn everything_wrong_with_the_form_is_said_at_once() {
        let today = "2018-12-20".parse().unwrap();
        let draft = FindingsDraft {
            sources: vec!["item:?".into()],
            due_on: "2018-12-01".into(),
            ..FindingsDraft::default()
        };
        let said: Vec<String> = draft
            .read(today)
            .unwrap_err()
            .into_iter()
            .map(|problem| format!("{} {}", problem.field, problem.rule))
            .collect();
        assert_eq!(
            said,
            [
                "sources finding",
                "title missing",
                "unit missing",
                "due_on due_before"
            ]
        );
        let none = FindingsDraft::default().read(today).unwrap_err();
        assert_eq!(none[0].rule, "finding_missing");
    }

    #[test]
    fn what_is_ticked_twice_counts_once() {
        let draft = FindingsDraft {
            sources: vec!["opinion:2".into(), "comment".into(), "opinion:2".into()],
            title: "走访企业不够".into(),
            unit: "a".repeat(16),
            ..FindingsDraft::default()
        };
        let (matter, sources) = draft.read("2018-12-20".parse().unwrap()).unwrap();
        assert_eq!(sources, [Source::Opinion(2), Source::Comment]);
        assert_eq!(matter.list, MatterList::Rectification);
        assert_eq!(matter.origin, Origin::Appraisal);
        assert_eq!(matter.raised_on.to_string(), "2018-12-20");
    }
}
