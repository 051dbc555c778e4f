//! From counted rows to a figure, and from the figure to a judgement, in whole numbers throughout.

use std::collections::BTreeSet;

use num_rational::Ratio;

use super::super::amount::Amount;
use super::super::date::Date;
use super::super::ids::UnitId;
use super::super::kind::named;
use super::super::period::{Period, Quarter};
use super::super::share::Share;
use super::{Indicator, Measure};

/// What one unit counts by itself, without those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The unit.
    pub unit: UnitId,
    /// `YYYY-MM` or `YYYY-Qn` for [`Measure::Quarters`], else empty.
    pub bucket: String,
    /// What is counted; thousandths for quantities.
    pub part: i64,
    /// Of how many, for rates.
    pub whole: i64,
}

/// An actual figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Count(i64),
    /// So much.
    Much(Amount),
    /// So many of so many.
    Rate(Share),
    /// Nothing to count from.
    Missing,
}

named! {
    /// How a figure stands to what is expected by today.
    Tone {
        /// No target, or nothing to judge.
        None => "none",
        /// As expected or better.
        Ok => "ok",
        /// At least 80 % of it.
        Warn => "warn",
        /// Below.
        Bad => "bad",
    }
}

/// The figure of the units whose rows these are.
#[must_use]
pub fn figure<'a>(
    measure: Measure,
    period: Period,
    rows: impl IntoIterator<Item = &'a Tally>,
) -> Figure {
    if measure == Measure::Quarters {
        return quarters(period, rows);
    }
    let (mut part, mut whole) = (0_i64, 0_i64);
    for row in rows {
        part = part.saturating_add(row.part);
        whole = whole.saturating_add(row.whole);
    }
    match measure {
        Measure::Quantity => Amount::from_thousandths(part).map_or(Figure::Missing, Figure::Much),
        _ if measure.is_rate() => Figure::Rate(Share { part, whole }),
        _ => Figure::Count(part),
    }
}

/// Quarters of the period in which there is a row, of all its quarters.
fn quarters<'a>(period: Period, rows: impl IntoIterator<Item = &'a Tally>) -> Figure {
    let all: BTreeSet<Quarter> = period.quarters().collect();
    let read = |bucket: &str| -> Option<Quarter> {
        let day = || format!("{bucket}-01").parse().ok().map(Quarter::of);
        bucket.parse().ok().or_else(day)
    };
    let held: BTreeSet<Quarter> = rows
        .into_iter()
        .filter(|row| row.part > 0)
        .filter_map(|row| read(&row.bucket))
        .filter(|quarter| all.contains(quarter))
        .collect();
    Figure::Count(i64::try_from(held.len()).unwrap_or(0))
}

impl Figure {
    /// In thousandths as a fraction: of a percent for rates.
    fn exact(self) -> Option<Ratio<i128>> {
        match self {
            Self::Count(count) => Some(Ratio::from_integer(i128::from(count) * 1000)),
            Self::Much(amount) => Some(Ratio::from_integer(i128::from(amount.thousandths()))),
            Self::Rate(Share { part, whole }) if whole > 0 => {
                Some(Ratio::new(i128::from(part) * 100_000, i128::from(whole)))
            }
            Self::Rate(_) | Self::Missing => None,
        }
    }
}

/// How much of the target is reached, as a fraction; none without a figure or a target above 0.
#[must_use]
pub fn attainment(figure: Figure, target: Option<Amount>) -> Option<Ratio<i128>> {
    let target = target.filter(|target| target.thousandths() > 0)?;
    Some(figure.exact()? / i128::from(target.thousandths()))
}

/// An attainment as it counts in a score: at least nothing, at most whole; above and below the stroke.
#[must_use]
pub fn held(reached: Ratio<i128>) -> (u64, u64) {
    let held = reached
        .max(Ratio::from_integer(0))
        .min(Ratio::from_integer(1));
    // Below one, both are at most firms × percent × thousandths, far below 2^64.
    let whole = |number: &i128| u64::try_from(*number).unwrap_or(u64::MAX);
    (whole(held.numer()), whole(held.denom()))
}

/// What part of the target is expected by today: all of it for a level, the quarters that have ended for quarters, else
/// by the days gone.
fn expected(indicator: &Indicator, today: Date) -> Ratio<i128> {
    let period = indicator.period;
    if indicator.measure.is_level() || today > period.last() {
        return Ratio::from_integer(1);
    }
    if indicator.measure == Measure::Quarters {
        let all = i128::try_from(period.quarters().count()).unwrap_or(1);
        let ended = period
            .quarters()
            .filter(|quarter| quarter.last_day() < today);
        return Ratio::new(i128::try_from(ended.count()).unwrap_or(0), all);
    }
    let gone = (today.days() - period.first().days() + 1).max(0);
    Ratio::new(i128::from(gone), i128::from(period.days()))
}

/// The judgement on the figure of one unit today.
#[must_use]
pub fn tone(indicator: &Indicator, figure: Figure, target: Option<Amount>, today: Date) -> Tone {
    let Some(reached) = attainment(figure, target) else {
        return Tone::None;
    };
    let expected = expected(indicator, today);
    if reached >= expected {
        Tone::Ok
    } else if reached * 5 >= expected * 4 {
        Tone::Warn
    } else {
        Tone::Bad
    }
}

/// The score of a unit: attainments, each at most whole, by weight, in hundredths of a percent, half up; none without
/// any target. Each attainment is rounded down to a millionth of a millionth first, so that the sum stays in bounds.
#[must_use]
pub fn score(parts: impl IntoIterator<Item = (i64, Ratio<i128>)>) -> Option<i64> {
    const FINE: i128 = 1_000_000_000_000;
    let (mut sum, mut weights) = (0_i128, 0_i128);
    for (weight, reached) in parts {
        let weight = i128::from(weight.max(0));
        let held = reached
            .max(Ratio::from_integer(0))
            .min(Ratio::from_integer(1));
        sum += weight * (held * FINE).to_integer();
        weights += weight;
    }
    if weights == 0 {
        return None;
    }
    i64::try_from((sum * 20_000 / FINE + weights) / (2 * weights)).ok()
}
