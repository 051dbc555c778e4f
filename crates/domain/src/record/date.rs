//! Days of the calendar, without any clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;

/// A day from 1900-01-01 to 2199-12-31, written `YYYY-MM-DD`. The order of the texts is the order of the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

const fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

const fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// The day, where there is one.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        known.then_some(Self { year, month, day })
    }

    /// The day of a moment in seconds since 1970 UTC, by the clocks of China (UTC+8, no summer time).
    #[must_use]
    pub fn in_china(seconds: i64) -> Option<Self> {
        Self::from_days(seconds.checked_add(8 * 3600)?.div_euclid(86_400))
    }

    /// The day so many days after 1970-01-01.
    #[must_use]
    pub fn from_days(days: i64) -> Option<Self> {
        // From the first of March of year 0, so that the leap day is the last of its year; 400 years are 146,097 days.
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            i32::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let from_march = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * from_march + 2) / 5 + i64::from(self.day) - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        era * 146_097 + of_era - 719_468
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day so many days later (earlier below nought), within the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_days(self.days().checked_add(days)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Date`] unless a day of the calendar as `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let refused = || DomainError::Date {
            text: text.to_owned(),
        };
        let plain = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !plain {
            return Err(refused());
        }
        let part = |from, to| text.get(from..to).unwrap_or_default();
        let year = part(0, 4).parse().map_err(|_| refused())?;
        let month = part(5, 7).parse().map_err(|_| refused())?;
        let day = part(8, 10).parse().map_err(|_| refused())?;
        Self::new(year, month, day).ok_or_else(refused)
    }
}

impl TryFrom<String> for Date {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, DomainError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_counts_up_and_back() {
        let mut last = None;
        let first = Date::new(1900, 1, 1).unwrap();
        let mut date = first;
        let mut text = date.to_string();
        while let Some(next) = date.plus_days(1) {
            assert_eq!(next.days(), date.days() + 1);
            assert_eq!(next.to_string().parse::<Date>().unwrap(), next);
            assert!(next > date && next.to_string() > text);
            (date, text, last) = (next, next.to_string(), Some(next));
        }
        assert_eq!(last.unwrap().to_string(), "2199-12-31");
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
        assert_eq!(Date::new(2000, 3, 1).unwrap().days(), 11_017);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for bad in [
            "2025-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "1899-12-31",
            "2200-01-01",
            "2024-1-1",
            "2024/01/01",
            "20240101",
            "",
            "２０２４-01-01",
            "2024-01-01 ",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert!("2000-02-29".parse::<Date>().is_ok() && "2024-02-29".parse::<Date>().is_ok());
    }

    #[test]
    fn midnight_is_chinas() {
        let day = |seconds| Date::in_china(seconds).unwrap().to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(57_599), "1970-01-01");
        assert_eq!(day(57_600), "1970-01-02");
    }
}
