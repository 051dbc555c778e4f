//! The reports of a year, and beginning one.

use std::collections::HashMap;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{FieldProblem, Period, ReportId, UnitId};
use pingyi_domain::report::ReportStateName;
use pingyi_store::StoreError;
use pingyi_store::repo::reports::{self, ProgressRow, ReportMoveRow, ReportRow};
use pingyi_store::repo::units;
use pingyi_store::row;
use serde::Deserialize;

use super::outline::current;
use crate::record::indicators::shown;
use crate::record::units::{found, in_order};
use crate::record::{Hand, Stored, UnitName};
use crate::{App, AppError, Result};

/// A report in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportBrief {
    /// Id.
    pub id: ReportId,
    /// Where it stands.
    pub state: ReportStateName,
    /// Sections of its outline.
    pub sections: usize,
    /// Of these written.
    pub written: i64,
    /// When somebody wrote last, in seconds since 1970.
    pub at: i64,
    /// Remarks that wait for the unit.
    pub open_remarks: i64,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

/// A unit of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// The unit.
    pub unit: UnitName,
    /// Its report, where one was begun.
    pub report: Option<ReportBrief>,
    /// Whether who looks may begin one.
    pub may_begin: bool,
}

/// The reports of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    /// The year.
    pub year: i32,
    /// The years to choose from, the latest first.
    pub years: Vec<i32>,
    /// The units in order.
    pub lines: Vec<ReportLine>,
}

/// Which report to begin.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BeginForm {
    /// Id of the unit.
    pub unit: String,
    /// The year.
    pub year: String,
}

fn brief(row: &ReportRow, progress: Option<&ProgressRow>) -> Result<ReportBrief> {
    let outline: pingyi_domain::report::Outline = serde_json::from_str(&row.outline)?;
    Ok(ReportBrief {
        id: row.id.parse().map_err(AppError::internal)?,
        state: row.state.parse().map_err(AppError::internal)?,
        sections: outline.0.len(),
        written: progress.map_or(0, |progress| progress.written),
        at: progress.map_or(row.begun_at, |progress| progress.at),
        open_remarks: progress.map_or(0, |progress| progress.open_remarks),
        sample: row.sample != 0,
    })
}

impl App {
    /// The reports of a year that somebody may see, each park with its own or none yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reports(&self, hand: &Hand, year: i32) -> Result<Reports> {
        let this_year = self.today()?.year();
        let mut view = self.store().read().await?;
        let names = in_order(units::all(&mut view).await?)?;
        let rows = reports::of_year(&mut view, i64::from(year)).await?;
        let progress = reports::progress(&mut view, i64::from(year)).await?;
        let progress: HashMap<&str, &ProgressRow> = progress
            .iter()
            .map(|row| (row.report.as_str(), row))
            .collect();
        let parks: Vec<UnitId> = shown(&names, hand.scope())
            .into_iter()
            .map(|name| name.id)
            .collect();
        let mut lines = Vec::new();
        for unit in names {
            let row = rows.iter().find(|row| row.unit == unit.id.as_str());
            let listed = parks.contains(&unit.id) || row.is_some();
            if !listed || !hand.scope().holds(&unit.path) {
                continue;
            }
            let report = row.map(|row| brief(row, progress.get(row.id.as_str()).copied()));
            lines.push(ReportLine {
                may_begin: row.is_none()
                    && year <= this_year
                    && (hand.is_office() || hand.may_draft(&unit.path)),
                report: report.transpose()?,
                unit,
            });
        }
        let mut years: Vec<i32> = reports::years(&mut view)
            .await?
            .into_iter()
            .filter_map(|year| i32::try_from(year).ok())
            .chain([this_year, this_year - 1, year])
            .collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        Ok(Reports { year, years, lines })
    }

    /// Begins the report of a unit on a year, with the outline as it stands: by who writes it, or by the office for all.
    ///
    /// # Errors
    /// [`AppError::Fields`] without unit or year, or when there is one; [`AppError::NotYourUnit`].
    pub async fn begin_report(&self, hand: &Hand, form: &BeginForm) -> Result<Stored> {
        self.begin_marked(hand, form, false).await
    }

    /// The same of a report that is made up, and is marked so wherever it is shown; for the demo.
    ///
    /// # Errors
    /// As [`App::begin_report`].
    pub async fn begin_sample_report(&self, hand: &Hand, form: &BeginForm) -> Result<Stored> {
        self.begin_marked(hand, form, true).await
    }

    async fn begin_marked(&self, hand: &Hand, form: &BeginForm, sample: bool) -> Result<Stored> {
        let mut check = pingyi_domain::record::Check::default();
        let unit: Option<UnitId> = check.needed("unit", &form.unit, "unit");
        let last = i64::from(self.today()?.year());
        check.demand(!form.year.trim().is_empty(), "year", "missing");
        let year = check.number("year", &form.year, 1900..=last);
        let (unit, year) = check.done(unit.zip(year))?;
        let mut tx = self.store().begin().await?;
        let (_, place) = found(&mut tx, &unit).await?;
        if !hand.is_office() {
            hand.drafts(&place)?;
        }
        let id = ReportId::generate(&mut self.rng());
        let row = ReportRow {
            id: id.to_string(),
            version: 1,
            state: ReportStateName::Draft.to_string(),
            submitted_by: None,
            submitted_at: None,
            approved_by: None,
            approved_at: None,
            unit: unit.to_string(),
            year,
            outline: serde_json::to_string(&current(&mut tx).await?.outline)?,
            begun_by: hand.actor().to_string(),
            begun_at: self.now(),
            sample: i64::from(sample),
        };
        match row::insert(&mut tx, &row).await {
            Err(StoreError::Conflict) => {
                return Err(AppError::Fields(vec![FieldProblem {
                    field: "unit".to_owned(),
                    rule: "report_twice".to_owned(),
                }]));
            }
            other => other?,
        }
        let step = ReportMoveRow {
            report: row.id.clone(),
            seq: 0,
            at: row.begun_at,
            actor: row.begun_by.clone(),
            step: "begin".to_owned(),
            state: row.state.clone(),
            text: String::new(),
        };
        reports::add_move(&mut tx, &step).await?;
        let year = i32::try_from(year).map_err(AppError::internal)?;
        let event = AuditEvent::ReportBegun { unit, year };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// The year that the list of reports shows by itself: this one.
    ///
    /// # Errors
    /// When the clock stands outside the calendar.
    pub fn report_year(&self, asked: Option<&str>) -> Result<i32> {
        let today = self.today()?.year();
        let asked = asked.and_then(|text| text.parse().ok());
        Ok(asked
            .filter(|year| Period::year(*year).is_some())
            .unwrap_or(today))
    }
}
