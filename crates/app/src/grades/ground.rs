//! What is known beside the ballots when the result is worked out: the record's indicators on the day of closing, and
//! the leaders' evaluations.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::indicator::{Figure, attainment, held};
use pingyi_domain::record::{Date, UnitId};
use pingyi_scoring::{Beside as Known1, BoxCounts, Evaluation, Exact, Known, Source};
use pingyi_store::Conn;

use crate::loaded::Loaded;
use crate::record::{HeatCell, HeatRow, IndicatorView, history_of};
use crate::{App, Beside, IndicatorWorked, IndicatorsWorked, LeadersWorked, Result};

/// What is known of the presenters beside the ballots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ground {
    /// The day the boxes were closed.
    pub on: Option<Date>,
    /// In the order of the configuration.
    pub beside: Vec<Beside>,
}

impl App {
    /// What the record says of the presenters on the day of closing; the leaders' part is not in it.
    pub(crate) async fn ground(&self, conn: &mut Conn, appraisal: &Loaded) -> Result<Ground> {
        let config = &appraisal.config;
        let on = closed_on(conn, appraisal).await?.unwrap_or(self.today()?);
        // Before today, or a clock that was set back.
        let on = on.min(self.today()?);
        let mut beside: Vec<Beside> = config
            .presenters
            .iter()
            .map(|presenter| Beside {
                unit: presenter.unit_id.clone(),
                ..Beside::default()
            })
            .collect();
        let units: Vec<&UnitId> = config
            .presenters
            .iter()
            .filter_map(|presenter| presenter.unit_id.as_ref())
            .collect();
        if !units.is_empty() && config.scheme.composite.uses(Source::Indicators) {
            let year = config.scheme.composite.indicators_year;
            let year = i32::from(year.unwrap_or(config.year));
            let heat = self.heat_on(conn, &units, year, on).await?;
            for row in &heat.rows {
                let known = beside
                    .iter_mut()
                    .find(|known| known.unit.as_ref() == Some(&row.unit.id));
                if let Some(known) = known {
                    known.unit_name.clone_from(&row.unit.name);
                    known.indicators = indicators(&heat.columns, row, year);
                }
            }
        }
        Ok(Ground {
            on: Some(on),
            beside,
        })
    }
}

/// The day on which the boxes were closed, by the clocks of China.
async fn closed_on(conn: &mut Conn, appraisal: &Loaded) -> Result<Option<Date>> {
    let lines = history_of(conn, appraisal.id.as_str()).await?;
    let closed = |event: &AuditEvent| matches!(event, AuditEvent::AppraisalClosed { .. });
    let last = lines.iter().rev().find(|line| closed(&line.event));
    Ok(last.and_then(|line| Date::in_china(line.at)))
}

/// The indicators of one unit; none where none of them counts.
fn indicators(columns: &[IndicatorView], row: &HeatRow, year: i32) -> Option<IndicatorsWorked> {
    let lines = columns.iter().zip(&row.cells).map(indicator).collect();
    let worked = IndicatorsWorked { year, lines };
    worked.score().map(|_| worked)
}

fn indicator((view, cell): (&IndicatorView, &HeatCell)) -> IndicatorWorked {
    let one = &view.indicator;
    IndicatorWorked {
        id: view.id.clone(),
        name: one.name.clone(),
        measure: one.measure,
        weight: one.weight,
        figure: match cell.figure {
            Figure::Count(count) => count.to_string(),
            Figure::Much(amount) => amount.to_string(),
            Figure::Rate(share) => format!("{}/{}", share.part, share.whole),
            Figure::Missing => String::new(),
        },
        target: cell
            .target
            .map(|target| target.to_string())
            .unwrap_or_default(),
        reached: attainment(cell.figure, cell.target).map(held),
    }
}

/// What is known, as the scoring crate takes it, with so many points for the best grade. The leaders' mean goes in as one
/// number: only it counts.
pub(crate) fn known(full: &Exact, counts: &[BoxCounts], beside: &[Beside]) -> Known {
    let presenters = beside.iter().map(|known| Known1 {
        indicators: known.indicators.as_ref().and_then(IndicatorsWorked::score),
        leaders: known
            .leaders
            .as_ref()
            .and_then(|leaders| leaders_points(leaders, full))
            .map(|points| Evaluation {
                weight: Exact::one(),
                points,
            })
            .into_iter()
            .collect(),
    });
    Known {
        boxes: counts.to_vec(),
        presenters: presenters.collect(),
    }
}

/// The leaders' mean in points of the form: of a hundred, as of the value of its best grade.
fn leaders_points(leaders: &LeadersWorked, full: &Exact) -> Option<Exact> {
    (&leaders.mean()? * full).checked_div(&Exact::from(100_u32))
}
