//! Indicators: what is counted against which target, and the heat table of units × indicators on Home.

pub(crate) mod counting;
mod history;
mod keeping;

use pingyi_domain::record::indicator::{Figure, Tone, attainment, score, tone};
use pingyi_domain::record::{
    Amount, Date, Indicator, IndicatorId, Measure, Scope, Share, UnitId, UnitKind,
};
use pingyi_store::Conn;
use pingyi_store::list::{Cursor, Page};
use pingyi_store::repo::indicators::{self, BehindRow};
use pingyi_store::repo::units;

use super::hand::Hand;
use super::memory;
use super::units::{UnitName, found, in_order};
use crate::{App, AppError, Result};
use counting::{Counts, counted};
pub use history::{IndicatorHistory, PastFigures};

/// An indicator as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorView {
    /// Id.
    pub id: IndicatorId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub indicator: Indicator,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

/// One figure of the heat table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeatCell {
    /// The actual figure.
    pub figure: Figure,
    /// The target, where there is one; percent for a rate.
    pub target: Option<Amount>,
    /// The judgement.
    pub tone: Tone,
}

/// One unit of the heat table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatRow {
    /// The unit.
    pub unit: UnitName,
    /// Its figures, one for each indicator.
    pub cells: Vec<HeatCell>,
    /// Its score in hundredths of a percent; none without targets.
    pub score: Option<i64>,
}

/// Units × indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heat {
    /// The day it is counted on.
    pub today: Date,
    /// The indicators, in order.
    pub columns: Vec<IndicatorView>,
    /// The units, in order.
    pub rows: Vec<HeatRow>,
}

/// An indicator with its figures and what is behind them.
#[derive(Debug, Clone)]
pub struct IndicatorDetail {
    /// The indicator alone as a table.
    pub heat: Heat,
    /// The unit whose rows are shown; none: all that somebody may see.
    pub unit: Option<UnitName>,
    /// Entries or matters behind the figure; empty for a measure of neither.
    pub behind: Page<BehindRow>,
    /// How many of the entries of each row of the table are not confirmed; empty for a measure of none.
    pub unconfirmed: Vec<i64>,
    /// Its figures quarter by quarter.
    pub history: IndicatorHistory,
}

/// Rows behind a figure on one page.
const BEHIND: u32 = 50;

impl App {
    /// The indicators of a year that are shown: those whose period begins in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heat(&self, hand: &Hand, year: i32) -> Result<Heat> {
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let what = format!("heat of {year} on {today} for {:?}", hand.scope());
        let state = memory::state(&mut view).await?;
        let heat = self.remembered(&mut view, (what, state), async |conn: &mut Conn| {
            let columns = columns_of(conn, year).await?;
            let rows = shown(&in_order(units::all(conn).await?)?, hand.scope());
            heat_of(self, conn, rows, columns, today).await
        });
        Ok(Heat::clone(&*heat.await?))
    }

    /// The indicators of a year for one unit, whatever its kind. Who may see it is for the caller to ask.
    pub(super) async fn heat_of_unit(&self, unit: UnitName, year: i32) -> Result<Heat> {
        let mut view = self.store().read().await?;
        let columns = columns_of(&mut view, year).await?;
        heat_of(self, &mut view, vec![unit], columns, self.today()?).await
    }

    /// The indicators of a year for these units, counted up to a day that is not after today.
    pub(crate) async fn heat_on(
        &self,
        conn: &mut Conn,
        ids: &[&UnitId],
        year: i32,
        on: Date,
    ) -> Result<Heat> {
        let mut rows = in_order(units::all(conn).await?)?;
        rows.retain(|unit| ids.contains(&&unit.id));
        let columns = columns_of(conn, year).await?;
        heat_of(self, conn, rows, columns, on).await
    }

    /// All indicators, the latest period first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn indicators(&self) -> Result<Vec<IndicatorView>> {
        let mut view = self.store().read().await?;
        keeping::all(&mut view).await
    }

    /// One indicator with its figures, and the rows behind those of one unit or of all.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn indicator(
        &self,
        hand: &Hand,
        id: &IndicatorId,
        unit: Option<&UnitId>,
        after: Option<Cursor>,
    ) -> Result<IndicatorDetail> {
        let mut view = self.store().read().await?;
        let one = keeping::one(&mut view, id).await?;
        let scope = match unit {
            Some(unit) => {
                let (_, path) = found(&mut view, unit).await?;
                hand.sees(&path)?;
                Scope::Under(path)
            }
            None => hand.scope().clone(),
        };
        let today = self.today()?;
        let measure = one.indicator.measure;
        let behind = if measure.of_entries() || measure == Measure::ClosedInTime {
            let by = counted(&one.indicator, today);
            indicators::behind(&mut view, &scope, measure, &by, (after, BEHIND)).await?
        } else {
            Page {
                rows: Vec::new(),
                next: None,
                total: 0,
            }
        };
        let names = in_order(units::all(&mut view).await?)?;
        let rows = shown(&names, hand.scope());
        let unconfirmed = history::unconfirmed(&mut view, &one.indicator, &names, &rows, today);
        let unconfirmed = unconfirmed.await?;
        let history = history::of(self, &mut view, &one.indicator, &names, &rows, today).await?;
        let unit = unit.and_then(|id| names.into_iter().find(|name| name.id == *id));
        let heat = heat_of(self, &mut view, rows, vec![one], today).await?;
        Ok(IndicatorDetail {
            heat,
            unit,
            behind,
            unconfirmed,
            history,
        })
    }
}

/// The indicators of a year that are shown, in their order.
async fn columns_of(conn: &mut Conn, year: i32) -> Result<Vec<IndicatorView>> {
    let mut columns = keeping::all(conn).await?;
    columns.retain(|view| !view.indicator.retired && view.indicator.period.first().year() == year);
    columns.sort_by_key(|view| view.indicator.ordinal);
    Ok(columns)
}

/// The units of the table: the parks somebody may see, or else the unit they belong to.
pub(crate) fn shown(names: &[UnitName], scope: &Scope) -> Vec<UnitName> {
    let parks = names
        .iter()
        .filter(|name| name.kind == UnitKind::Park && !name.closed && scope.holds(&name.path));
    let parks: Vec<UnitName> = parks.cloned().collect();
    match scope {
        Scope::Under(top) if parks.is_empty() => {
            names.iter().filter(|n| n.path == *top).cloned().collect()
        }
        _ => parks,
    }
}

async fn heat_of(
    app: &App,
    conn: &mut Conn,
    rows: Vec<UnitName>,
    columns: Vec<IndicatorView>,
    on: Date,
) -> Result<Heat> {
    let names = in_order(units::all(conn).await?)?;
    let mut counts = Counts::new(app, &names, on, app.today()?);
    let mut cells: Vec<Vec<HeatCell>> = rows.iter().map(|_| Vec::new()).collect();
    for column in &columns {
        let one = &column.indicator;
        let figures = counts.figures(conn, one, &rows).await?;
        for ((row, figure), cells) in rows.iter().zip(figures).zip(&mut cells) {
            let target = one.target_of(&row.id);
            cells.push(HeatCell {
                figure,
                target,
                tone: tone(one, figure, target, on),
            });
        }
    }
    let rows = rows
        .into_iter()
        .zip(cells)
        .map(|(unit, cells)| HeatRow {
            score: score(columns.iter().zip(&cells).filter_map(|(column, cell)| {
                let reached = attainment(cell.figure, cell.target)?;
                Some((column.indicator.weight, reached))
            })),
            unit,
            cells,
        })
        .collect();
    Ok(Heat {
        today: on,
        columns,
        rows,
    })
}

impl HeatCell {
    /// How much of the target is reached, for the page; none where there is no judgement.
    #[must_use]
    pub fn reached(&self) -> Option<Share> {
        let reached = attainment(self.figure, self.target)?;
        Some(Share {
            part: i64::try_from(*reached.numer()).ok()?,
            whole: i64::try_from(*reached.denom()).ok()?,
        })
    }
}

fn corrupt(error: impl Into<pingyi_domain::DomainError>) -> AppError {
    AppError::internal(error.into())
}
