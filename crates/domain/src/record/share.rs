//! Rates as what they are: a part and a whole.

use std::fmt;

/// So many of so many; every rate of the record (domain.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Above the stroke.
    pub part: i64,
    /// Below the stroke.
    pub whole: i64,
}

impl Share {
    /// Tenths of a percent, half up (away from nought); none where the whole is not above 0.
    #[must_use]
    pub fn tenths_of_percent(self) -> Option<i64> {
        if self.whole <= 0 {
            return None;
        }
        let whole = i128::from(self.whole);
        let twice = i128::from(self.part.abs()) * 2000;
        let rounded = i64::try_from((twice + whole) / (2 * whole)).ok()?;
        Some(rounded * self.part.signum())
    }
}

impl fmt::Display for Share {
    /// `45.0%`, or `—` where there is no rate.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tenths_of_percent() {
            None => out.write_str("—"),
            Some(tenths) => {
                let sign = if tenths < 0 { "-" } else { "" };
                write!(out, "{sign}{}.{}%", tenths.abs() / 10, tenths.abs() % 10)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_and_nought_has_none() {
        for (part, whole, shown) in [
            (202, 449, "45.0%"),
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (1, 2000, "0.1%"),
            (1, 2001, "0.0%"),
            (5, 5, "100.0%"),
            (120, 270, "44.4%"),
            (-1, 3, "-33.3%"),
            (7, 5, "140.0%"),
            (0, 9, "0.0%"),
            (0, 0, "—"),
            (3, 0, "—"),
            (i64::MAX, i64::MAX, "100.0%"),
        ] {
            assert_eq!(Share { part, whole }.to_string(), shown, "{part}/{whole}");
        }
    }
}
