//! Times between days: quarters, periods and spells.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::date::Date;
use crate::error::DomainError;

/// A quarter of a year, written `YYYY-Qn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quarter {
    first: Date,
}

impl Quarter {
    /// The quarter, where the calendar has it. `number` from 1 to 4.
    #[must_use]
    pub fn new(year: i32, number: u8) -> Option<Self> {
        let month = number.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
        Date::new(year, month, 1).map(|first| Self { first })
    }

    /// The quarter a day lies in.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let month = (date.month() - 1) / 3 * 3 + 1;
        // The first of a month of a year that the calendar has.
        let first = Date::new(date.year(), month, 1).unwrap_or(date);
        Self { first }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.first.year()
    }

    /// 1 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        (self.first.month() - 1) / 3 + 1
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        let (month, day) = [(3, 31), (6, 30), (9, 30), (12, 31)][usize::from(self.number() - 1)];
        Date::new(self.year(), month, day).unwrap_or(self.first)
    }

    /// The quarter after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self.number() {
            4 => Self::new(self.year() + 1, 1),
            number => Self::new(self.year(), number + 1),
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-Q{}", self.year(), self.number())
    }
}

impl FromStr for Quarter {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Quarter`] unless `YYYY-Qn`.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let read = || {
            let (year, number) = text.split_once("-Q")?;
            let digits = year.len() == 4 && number.len() == 1;
            let plain = year
                .bytes()
                .chain(number.bytes())
                .all(|b| b.is_ascii_digit());
            if !(digits && plain) {
                return None;
            }
            Self::new(year.parse().ok()?, number.parse().ok()?)
        };
        read().ok_or_else(|| DomainError::Quarter {
            text: text.to_owned(),
        })
    }
}

impl TryFrom<String> for Quarter {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, DomainError> {
        text.parse()
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        quarter.to_string()
    }
}

/// From a day to a day, both in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// The period; none where the last day lies before the first.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// A whole year.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Self::new(Date::new(year, 1, 1)?, Date::new(year, 12, 31)?)
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day.
    #[must_use]
    pub const fn last(self) -> Date {
        self.last
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        self.last.days() - self.first.days() + 1
    }

    /// The quarters it touches, in order.
    pub fn quarters(self) -> impl Iterator<Item = Quarter> {
        let last = self.last;
        std::iter::successors(Some(Quarter::of(self.first)), |quarter| quarter.next())
            .take_while(move |quarter| quarter.first_day() <= last)
    }
}

/// From a day until before another, or still going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spell {
    /// The first day.
    pub from_on: Date,
    /// The day it had ended; this day is not in it.
    pub until_on: Option<Date>,
}

impl Spell {
    /// Whether it holds on the day.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from_on <= day && self.until_on.is_none_or(|until| day < until)
    }

    /// Whether it has at least one day.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.until_on.is_none_or(|until| self.from_on < until)
    }

    /// Whether two spells share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let begins_before_end =
            |one: Self, two: Self| two.until_on.is_none_or(|until| one.from_on < until);
        begins_before_end(self, other) && begins_before_end(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn quarters_hold_their_days() {
        for (text, first, last) in [
            ("2018-Q1", "2018-01-01", "2018-03-31"),
            ("2018-Q2", "2018-04-01", "2018-06-30"),
            ("2018-Q3", "2018-07-01", "2018-09-30"),
            ("2018-Q4", "2018-10-01", "2018-12-31"),
        ] {
            let quarter: Quarter = text.parse().unwrap();
            assert_eq!(
                (quarter.first_day(), quarter.last_day()),
                (day(first), day(last))
            );
            assert_eq!(
                (Quarter::of(day(first)), Quarter::of(day(last))),
                (quarter, quarter)
            );
            assert_eq!(quarter.to_string(), text);
        }
        assert_eq!(
            "2018-Q4"
                .parse::<Quarter>()
                .unwrap()
                .next()
                .unwrap()
                .to_string(),
            "2019-Q1"
        );
        for bad in [
            "2018-Q5", "2018-Q0", "18-Q1", "2018Q1", "2018-Q", "2018-Q11", "+018-Q1",
        ] {
            assert!(bad.parse::<Quarter>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_period_has_both_its_ends() {
        let period = Period::new(day("2018-03-31"), day("2018-07-01")).unwrap();
        assert!(period.holds(day("2018-03-31")) && period.holds(day("2018-07-01")));
        assert!(!period.holds(day("2018-03-30")) && !period.holds(day("2018-07-02")));
        let quarters: Vec<String> = period.quarters().map(|q| q.to_string()).collect();
        assert_eq!(quarters, ["2018-Q1", "2018-Q2", "2018-Q3"]);
        assert_eq!(Period::year(2020).unwrap().days(), 366);
        assert!(Period::new(day("2018-01-02"), day("2018-01-01")).is_none());
    }

    #[test]
    fn a_spell_does_not_hold_its_last_day() {
        let spell = |from, until: Option<&str>| Spell {
            from_on: day(from),
            until_on: until.map(day),
        };
        let ended = spell("2018-01-01", Some("2018-02-01"));
        assert!(
            ended.holds(day("2018-01-31"))
                && !ended.holds(day("2018-02-01"))
                && !ended.holds(day("2017-12-31"))
        );
        assert!(!ended.overlaps(spell("2018-02-01", None)));
        assert!(
            ended.overlaps(spell("2018-01-31", None)) && spell("2017-01-01", None).overlaps(ended)
        );
        assert!(ended.is_sound() && !spell("2018-01-01", Some("2018-01-01")).is_sound());
    }
}
