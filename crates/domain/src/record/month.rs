//! Months of the calendar.

use std::fmt;
use std::str::FromStr;

use super::date::Date;
use super::period::Period;
use crate::error::DomainError;

/// A month, written `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month a day lies in.
    #[must_use]
    pub fn of(day: Date) -> Self {
        // The first of a month that the calendar has.
        let first = Date::new(day.year(), day.month(), 1).unwrap_or(day);
        Self { first }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.first.year()
    }

    /// 1 to 12.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.first.month()
    }

    /// The month after it, where the calendar has it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        // No month has more than 31 days, and 31 days after its first lies in the next.
        self.first.plus_days(31).map(Self::of)
    }

    /// The month before it, where the calendar has it.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.first.plus_days(-1).map(Self::of)
    }

    /// From its first day to its last.
    #[must_use]
    pub fn period(self) -> Option<Period> {
        let last = self.next()?.first.plus_days(-1)?;
        Period::new(self.first, last)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Month {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Date`] unless `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let wrong = || DomainError::Date {
            text: text.to_owned(),
        };
        let first: Date = format!("{text}-01").parse().map_err(|_| wrong())?;
        Ok(Self { first })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_and_follow_each_other() {
        for (text, next, previous, days) in [
            ("2018-11", "2018-12", "2018-10", "2018-11-01 2018-11-30"),
            ("2018-12", "2019-01", "2018-11", "2018-12-01 2018-12-31"),
            ("2020-02", "2020-03", "2020-01", "2020-02-01 2020-02-29"),
        ] {
            let month: Month = text.parse().unwrap();
            let period = month.period().unwrap();
            assert_eq!(month.to_string(), text);
            assert_eq!(month.next().unwrap().to_string(), next);
            assert_eq!(month.previous().unwrap().to_string(), previous);
            assert_eq!(format!("{} {}", period.first(), period.last()), days);
            assert_eq!(Month::of(period.last()), month);
        }
        for text in ["2018-13", "2018-1", "2018", "", "2018-11-01", "1700-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
