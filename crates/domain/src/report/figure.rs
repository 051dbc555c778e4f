//! Figures in the text of a report: what is counted, over which time, and where its rows are. They are worked out by the
//! statements of the indicators (docs/record-contract.md §9), so that page, heat table and report can never differ.

use std::fmt;
use std::str::FromStr;

use crate::error::DomainError;
use crate::record::{Date, Figure, Measure, Period, Quarter, UnitId};

/// The time a figure is counted over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureSpan {
    /// The year of the report.
    Own,
    /// Another year.
    Year(i32),
    /// A quarter.
    Quarter(Quarter),
}

/// What of a figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureOf {
    /// The figure itself; of a rate its percentage.
    Itself,
    /// Of a rate what stands above the stroke.
    Part,
    /// Of a rate what stands below it.
    Whole,
}

/// A figure by its code: `org_rate`, `entries:class`, `headcount:class/hall:2026`, `org_rate:part`. The arguments stand in
/// this order: kind with topic, time, part or whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FigureCode {
    /// What is counted.
    pub measure: Measure,
    /// Code of the kind of entries; empty for all.
    pub kind: String,
    /// Code of the topic; empty for all.
    pub topic: String,
    /// Over which time.
    pub span: FigureSpan,
    /// What is shown.
    pub of: FigureOf,
}

/// A figure with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// The exact value.
    pub value: Figure,
    /// As it stands in the text.
    pub shown: String,
    /// Of a rate numerator and denominator.
    pub part: Option<(i64, i64)>,
    /// Address of the list whose rows it counts.
    pub source: String,
}

/// Whether it is a code of the vocabulary: small letters, digits and `_`.
fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=40).contains(&text.len()) && text.bytes().all(plain)
}

impl FigureCode {
    /// A measure over the year of the report.
    #[must_use]
    pub const fn of(measure: Measure) -> Self {
        Self {
            measure,
            kind: String::new(),
            topic: String::new(),
            span: FigureSpan::Own,
            of: FigureOf::Itself,
        }
    }

    /// The time it is counted over in the report of a year; none outside the calendar.
    #[must_use]
    pub fn period(&self, year: i32) -> Option<Period> {
        match self.span {
            FigureSpan::Own => Period::year(year),
            FigureSpan::Year(year) => Period::year(year),
            FigureSpan::Quarter(quarter) => Period::new(quarter.first_day(), quarter.last_day()),
        }
    }

    /// The address of the list whose rows are counted, for one unit in the report of a year.
    #[must_use]
    pub fn source(&self, unit: &UnitId, year: i32, today: Date) -> Option<String> {
        let period = self.period(year)?;
        let (from, until) = (period.first(), period.last().min(today));
        let firms = |view: &str| {
            let view = if self.of == FigureOf::Whole {
                "operating"
            } else {
                view
            };
            format!("/firms?unit={unit}&on={until}&view={view}")
        };
        Some(match self.measure {
            Measure::OrgRate => firms("covered"),
            Measure::OwnRate => firms("own"),
            Measure::WorkRate => firms("worked"),
            Measure::ClosedInTime => {
                format!("/matters?unit={unit}&due_from={from}&due_until={until}")
            }
            Measure::Members | Measure::Growth => format!("/units/{unit}/headcounts"),
            Measure::Entries | Measure::Headcount | Measure::Quantity | Measure::Quarters => {
                let narrowed = |name: &str, code: &str| {
                    if code.is_empty() {
                        String::new()
                    } else {
                        format!("&{name}={code}")
                    }
                };
                // A meeting counts for the quarter it is the meeting of, also when it was held later.
                let by = if self.measure == Measure::Quarters {
                    "&by=quarter"
                } else {
                    ""
                };
                format!(
                    "/ledger?unit={unit}&from={from}&until={until}&counts=1{}{}{by}",
                    narrowed("kind", &self.kind),
                    narrowed("topic", &self.topic)
                )
            }
        })
    }

    /// The figure as it is shown, from what was counted.
    #[must_use]
    pub fn worked(&self, value: Figure, source: String) -> Worked {
        let part = match value {
            Figure::Rate(share) => Some((share.part, share.whole)),
            _ => None,
        };
        let shown = match (value, self.of) {
            (Figure::Rate(share), FigureOf::Part) => share.part.to_string(),
            (Figure::Rate(share), FigureOf::Whole) => share.whole.to_string(),
            (Figure::Rate(share), FigureOf::Itself) => share.to_string(),
            (Figure::Count(count), _) => count.to_string(),
            (Figure::Much(amount), _) => amount.to_string(),
            (Figure::Missing, _) => "—".to_owned(),
        };
        Worked {
            value,
            shown,
            part,
            source,
        }
    }
}

impl fmt::Display for FigureCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.measure)?;
        if !self.kind.is_empty() {
            write!(out, ":{}", self.kind)?;
            if !self.topic.is_empty() {
                write!(out, "/{}", self.topic)?;
            }
        }
        match self.span {
            FigureSpan::Own => {}
            FigureSpan::Year(year) => write!(out, ":{year:04}")?,
            FigureSpan::Quarter(quarter) => write!(out, ":{quarter}")?,
        }
        match self.of {
            FigureOf::Itself => Ok(()),
            FigureOf::Part => out.write_str(":part"),
            FigureOf::Whole => out.write_str(":whole"),
        }
    }
}

/// Time of an argument.
fn span(text: &str) -> Option<FigureSpan> {
    if let Ok(quarter) = text.parse() {
        return Some(FigureSpan::Quarter(quarter));
    }
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = text.parse().ok().filter(|_| digits)?;
    Period::year(year).map(|_| FigureSpan::Year(year))
}

impl FigureCode {
    /// Takes an argument; false when there is no place for it.
    fn take(&mut self, argument: &str) -> bool {
        let of = match argument {
            "part" => Some(FigureOf::Part),
            "whole" => Some(FigureOf::Whole),
            _ => None,
        };
        if let Some(of) = of {
            let fits = self.measure.is_rate() && self.of == FigureOf::Itself;
            self.of = of;
            return fits;
        }
        if let Some(span) = span(argument) {
            let fits = self.span == FigureSpan::Own && self.of == FigureOf::Itself;
            self.span = span;
            return fits;
        }
        let (kind, topic) = argument.split_once('/').unwrap_or((argument, ""));
        let fits = self.measure.of_entries()
            && self.kind.is_empty()
            && self.span == FigureSpan::Own
            && is_word(kind)
            && (!argument.contains('/') || is_word(topic));
        (self.kind, self.topic) = (kind.to_owned(), topic.to_owned());
        fits
    }
}

impl FromStr for FigureCode {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Name`] for an unknown measure, a kind where none is counted, or arguments out of order.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let refused = || DomainError::Name {
            of: "FigureCode",
            text: text.to_owned(),
        };
        let mut parts = text.split(':');
        let measure: Measure = parts.next().unwrap_or_default().parse()?;
        let mut code = Self::of(measure);
        for argument in parts {
            if !code.take(argument) {
                return Err(refused());
            }
        }
        Ok(code)
    }
}
