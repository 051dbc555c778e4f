//! Counting: one statement for each indicator, added up along the tree.

use std::collections::HashMap;

use pingyi_domain::record::indicator::{Figure, Tally, figure};
use pingyi_domain::record::{
    Counts as Heads, Cover, Date, Indicator, Measure, Quarter, Standing, UnitId, UnitPath,
};
use pingyi_store::Conn;
use pingyi_store::repo::firms::TallyRow;
use pingyi_store::repo::indicators::{self, CountRow, Counted};

use super::super::headcounts;
use super::super::units::UnitName;
use super::corrupt;
use crate::{App, Result};

/// What entries or matters of an indicator are narrowed by: up to today, matters among them.
pub(crate) fn counted(one: &Indicator, today: Date) -> Counted {
    let period = one.period;
    Counted {
        kind: one.kind.clone(),
        topic: one.topic.clone(),
        first: period.first().to_string(),
        last: one.until(today).to_string(),
        first_quarter: Quarter::of(period.first()).to_string(),
        last_quarter: Quarter::of(period.last()).to_string(),
    }
}

/// Counts for several indicators, of which some share a statement.
pub(crate) struct Counts<'a> {
    app: &'a App,
    names: &'a [UnitName],
    /// The day up to which is counted.
    on: Date,
    today: Date,
    covers: HashMap<Date, HashMap<UnitId, Cover>>,
    members: Option<Heads>,
}

impl<'a> Counts<'a> {
    /// `on`: the day up to which is counted, not after today.
    pub fn new(app: &'a App, names: &'a [UnitName], on: Date, today: Date) -> Self {
        Self {
            app,
            names,
            on,
            today,
            covers: HashMap::new(),
            members: None,
        }
    }

    /// The figures of these units, in their order.
    pub async fn figures(
        &mut self,
        conn: &mut Conn,
        one: &Indicator,
        rows: &[UnitName],
    ) -> Result<Vec<Figure>> {
        match one.measure {
            Measure::Members => {
                let until = one.until(self.on);
                let heads = self.heads(conn).await?;
                Ok(rows.iter().map(|row| members(heads, row, until)).collect())
            }
            Measure::Growth => {
                let until = one.until(self.on);
                let before = one.period.first().plus_days(-1).unwrap_or(until);
                let heads = self.heads(conn).await?;
                let grown = |row| match (members(heads, row, before), members(heads, row, until)) {
                    (Figure::Count(before), Figure::Count(after)) => Figure::Count(after - before),
                    _ => Figure::Missing,
                };
                Ok(rows.iter().map(grown).collect())
            }
            _ => {
                let tallies = self.tallies(conn, one).await?;
                Ok(self.added(one, &tallies, rows))
            }
        }
    }

    /// The same counts as on the units' pages: a dissolved unit has no members.
    async fn heads(&mut self, conn: &mut Conn) -> Result<&Heads> {
        if self.members.is_none() {
            self.members = Some(headcounts::counts(conn, headcounts::TOTAL).await?);
        }
        Ok(self.members.get_or_insert_default())
    }

    fn added(&self, one: &Indicator, tallies: &[Tally], rows: &[UnitName]) -> Vec<Figure> {
        let places: HashMap<&UnitId, &UnitPath> = self
            .names
            .iter()
            .map(|name| (&name.id, &name.path))
            .collect();
        let of = |row: &UnitName| {
            let mine = tallies.iter().filter(|tally| {
                places
                    .get(&tally.unit)
                    .is_some_and(|path| row.path.holds(path))
            });
            figure(one.measure, one.period, mine)
        };
        rows.iter().map(of).collect()
    }

    async fn tallies(&mut self, conn: &mut Conn, one: &Indicator) -> Result<Vec<Tally>> {
        if one.measure.of_entries() || one.measure == Measure::ClosedInTime {
            let by = counted(one, self.on);
            let rows = indicators::count(conn, one.measure, &by).await?;
            return rows.into_iter().map(tally).collect();
        }
        let day = one.until(self.on);
        if !self.covers.contains_key(&day) {
            let rows = self.app.firms_on(conn, day, self.today).await?;
            let covers = covers(&rows)?;
            self.covers.insert(day, covers);
        }
        let covers = self.covers.get(&day).into_iter().flatten();
        Ok(covers
            .map(|(unit, cover)| {
                let share = match one.measure {
                    Measure::OwnRate => cover.own_rate(),
                    Measure::WorkRate => cover.work_rate(),
                    _ => cover.organisation_rate(),
                };
                Tally {
                    unit: unit.clone(),
                    bucket: String::new(),
                    part: share.part,
                    whole: share.whole,
                }
            })
            .collect())
    }
}

fn members(heads: &Heads, row: &UnitName, day: Date) -> Figure {
    heads
        .figure(&row.path, day)
        .map_or(Figure::Missing, Figure::Count)
}

fn tally(row: CountRow) -> Result<Tally> {
    Ok(Tally {
        unit: row.unit.parse().map_err(corrupt)?,
        bucket: row.bucket,
        part: row.part,
        whole: row.whole,
    })
}

/// The firms of each unit by itself on a day.
fn covers(rows: &[TallyRow]) -> Result<HashMap<UnitId, Cover>> {
    let mut covers: HashMap<UnitId, Cover> = HashMap::new();
    for row in rows {
        let standing = Standing {
            opened: true,
            struck: row.struck != 0,
            own: row.own != 0,
            joint: row.joint != 0,
            work: row.work != 0,
        };
        let unit = row.unit.parse().map_err(corrupt)?;
        covers.entry(unit).or_default().count(standing, row.n);
    }
    Ok(covers)
}
