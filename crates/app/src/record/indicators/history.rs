//! What an indicator was, quarter by quarter and year by year: the same measure over other periods, counted anew.

use std::collections::HashMap;

use pingyi_domain::record::indicator::Figure;
use pingyi_domain::record::{Date, Indicator, Measure, Period, Quarter, UnitPath};
use pingyi_store::Conn;
use pingyi_store::repo::year;

use super::super::units::UnitName;
use super::counting::{Counts, counted};
use crate::{App, Result};

/// The figures of one unit, in the order of the periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFigures {
    /// The unit.
    pub unit: UnitName,
    /// One for each quarter.
    pub quarters: Vec<Figure>,
    /// One for each year.
    pub years: Vec<Figure>,
}

/// An indicator over time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorHistory {
    /// The quarters from a year before the period on, the oldest first, up to today.
    pub quarters: Vec<Quarter>,
    /// The period a year before, and the period itself.
    pub years: Vec<Period>,
    /// The top of what is seen, then each row of the table.
    pub rows: Vec<PastFigures>,
}

/// Most quarters that are counted.
const MOST: usize = 12;

/// The same days a year before; a leap day becomes the day before it.
fn year_before(day: Date) -> Option<Date> {
    let year = day.year() - 1;
    Date::new(year, day.month(), day.day()).or_else(|| Date::new(year, day.month(), day.day() - 1))
}

fn over(one: &Indicator, period: Period) -> Indicator {
    Indicator {
        period,
        ..one.clone()
    }
}

/// The quarters from a year before the period to its end or today.
fn quarters(one: &Indicator, today: Date) -> Vec<Quarter> {
    let first = year_before(one.period.first()).unwrap_or(one.period.first());
    let span = Period::new(first, one.until(today));
    let mut all: Vec<Quarter> = span.into_iter().flat_map(Period::quarters).collect();
    all.drain(..all.len().saturating_sub(MOST));
    all
}

fn years(one: &Indicator, today: Date) -> Vec<Period> {
    let before = year_before(one.period.first())
        .zip(year_before(one.period.last()))
        .and_then(|(first, last)| Period::new(first, last));
    let begun = one.period.first() <= today;
    before
        .into_iter()
        .chain(begun.then_some(one.period))
        .collect()
}

/// The highest unit of the rows' tree that holds them all, where it is not a row itself.
fn top<'a>(names: &'a [UnitName], rows: &[UnitName]) -> Option<&'a UnitName> {
    let holds = |name: &&UnitName| rows.iter().all(|row| name.path.holds(&row.path));
    let top = names
        .iter()
        .filter(holds)
        .max_by_key(|name| name.path.depth());
    top.filter(|top| rows.len() > 1 && rows.iter().all(|row| row.id != top.id))
}

/// The history of the rows of the table, and of what stands above them.
pub(super) async fn of(
    app: &App,
    conn: &mut Conn,
    one: &Indicator,
    names: &[UnitName],
    rows: &[UnitName],
    today: Date,
) -> Result<IndicatorHistory> {
    let units: Vec<UnitName> = top(names, rows).into_iter().chain(rows).cloned().collect();
    let mut past: Vec<PastFigures> = units
        .iter()
        .map(|unit| PastFigures {
            unit: unit.clone(),
            quarters: Vec::new(),
            years: Vec::new(),
        })
        .collect();
    let quarters = quarters(one, today);
    let mut counts = Counts::new(app, names, today, today);
    for quarter in &quarters {
        let Some(period) = Period::new(quarter.first_day(), quarter.last_day()) else {
            continue;
        };
        let figures = counts.figures(conn, &over(one, period), &units).await?;
        for (past, figure) in past.iter_mut().zip(figures) {
            past.quarters.push(figure);
        }
    }
    let years = years(one, today);
    for period in &years {
        let figures = counts.figures(conn, &over(one, *period), &units).await?;
        for (past, figure) in past.iter_mut().zip(figures) {
            past.years.push(figure);
        }
    }
    Ok(IndicatorHistory {
        quarters,
        years,
        rows: past,
    })
}

/// How many of the entries counted are not confirmed, for each row; empty for a measure of no entries.
pub(super) async fn unconfirmed(
    conn: &mut Conn,
    one: &Indicator,
    names: &[UnitName],
    rows: &[UnitName],
    today: Date,
) -> Result<Vec<i64>> {
    if !one.measure.of_entries() {
        return Ok(Vec::new());
    }
    let by = counted(one, today);
    let counts = year::unconfirmed(conn, &by, one.measure == Measure::Quarters).await?;
    let places: HashMap<&str, &UnitPath> = names
        .iter()
        .map(|name| (name.id.as_str(), &name.path))
        .collect();
    let of = |row: &UnitName| {
        let below = counts.iter().filter(|(unit, _)| {
            places
                .get(unit.as_str())
                .is_some_and(|place| row.path.holds(place))
        });
        below.map(|(_, n)| n).sum()
    };
    Ok(rows.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(first: &str, last: &str) -> Indicator {
        Indicator {
            name: "x".to_owned(),
            ordinal: 0,
            measure: Measure::Entries,
            kind: String::new(),
            topic: String::new(),
            period: Period::new(first.parse().unwrap(), last.parse().unwrap()).unwrap(),
            weight: 1,
            retired: false,
            target: None,
            targets: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn a_history_goes_from_a_year_before_to_today() {
        let one = indicator("2018-01-01", "2018-12-31");
        let texts = |today: &str| -> Vec<String> {
            quarters(&one, today.parse().unwrap())
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(texts("2018-05-01").len(), 6);
        assert_eq!(texts("2018-05-01")[0], "2017-Q1");
        assert_eq!(texts("2019-05-01").last().unwrap(), "2018-Q4");
        let long = indicator("2016-01-01", "2018-12-31");
        assert_eq!(quarters(&long, "2019-01-01".parse().unwrap()).len(), MOST);
        let before = years(&one, "2018-05-01".parse().unwrap());
        assert_eq!(
            (before.len(), before[0].last().to_string().as_str()),
            (2, "2017-12-31")
        );
        assert_eq!(
            years(&one, "2017-05-01".parse().unwrap()).len(),
            1,
            "it has not begun"
        );
        let leap = indicator("2020-02-29", "2020-12-31");
        assert_eq!(
            years(&leap, "2021-01-01".parse().unwrap())[0]
                .first()
                .to_string(),
            "2019-02-28"
        );
    }
}
