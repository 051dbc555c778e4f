//! The duty reports of a bundle: what was handed in, its documents, and its own part of the trail.

use std::collections::BTreeMap;

use pingyi_domain::audit::{AuditEntry, AuditEvent, ReportListed, TrailPart, lines_of};
use pingyi_domain::record::ReportId;
use pingyi_domain::report::{Content, ReportStateName};
use pingyi_domain::{Actor, AppraisalId, PresenterCode};
use pingyi_papers::Paper;
use pingyi_store::Conn;
use pingyi_store::repo::papers::{self, PaperRow};
use pingyi_store::repo::reports;

use super::make::Kept;
use super::reported::DOCUMENTS;
use crate::audit::part_of;
use crate::loaded::Loaded;
use crate::papers::{PaperFormat, Wanted};
use crate::record::Hand;
use crate::reports::sections_of;
use crate::{App, AppError, Result};

/// A report that was handed in or approved, and what its last version says, as it is stored.
struct HandedIn {
    presenter: PresenterCode,
    id: ReportId,
    content: String,
}

/// Of each presenter tied to a unit the report on the year appraised, where it was handed in or approved.
async fn handed_in(conn: &mut Conn, appraisal: &Loaded) -> Result<Vec<HandedIn>> {
    let year = i64::from(appraisal.config.year);
    let mut all = Vec::new();
    for presenter in &appraisal.config.presenters {
        let Some(unit) = &presenter.unit_id else {
            continue;
        };
        let rows = reports::of_unit(conn, unit.as_str()).await?;
        let Some(row) = rows.into_iter().find(|row| row.year == year) else {
            continue;
        };
        let state: ReportStateName = row.state.parse().map_err(AppError::internal)?;
        let last = reports::last_version(conn, &row.id).await?;
        if let Some(version) = last.filter(|_| !state.is_open()) {
            all.push(HandedIn {
                presenter: presenter.code.clone(),
                id: row.id.parse().map_err(AppError::internal)?,
                content: version.content,
            });
        }
    }
    Ok(all)
}

impl App {
    /// Makes the docx of each report that was handed in, where there is none of what it says. Each is a transaction of its
    /// own.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::WrongState`] before the count, [`AppError::DiskFull`].
    pub(super) async fn make_reports(&self, actor: &Actor, id: &AppraisalId) -> Result<()> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        let all = handed_in(&mut view, &appraisal).await?;
        drop(view);
        let hand = Hand::office(actor.clone());
        for HandedIn { id, .. } in all {
            let wanted = Wanted::Report(id);
            match self.make_paper(&hand, &wanted, PaperFormat::Docx).await {
                // What it says is in the bundle all the same; a document it cannot become.
                Err(AppError::Paper(fault)) => {
                    let place = wanted.place();
                    tracing::warn!(%fault, %place, "no document of this report in the bundle");
                }
                other => drop(other?),
            }
        }
        Ok(())
    }

    /// What each report says, as docx and, where one was made of that, as PDF, with its own part of the trail.
    pub(super) async fn add_reports(
        &self,
        conn: &mut Conn,
        kept: &mut Kept,
        appraisal: &Loaded,
    ) -> Result<BTreeMap<PresenterCode, ReportListed>> {
        let mut listed = BTreeMap::new();
        for report in handed_in(conn, appraisal).await? {
            let head = format!("reports/{}", report.presenter);
            kept.add(format!("{head}.json"), report.content.as_bytes())
                .await?;
            let content: Content = serde_json::from_str(&report.content)?;
            let trail = part_of(conn, report.id.as_str()).await?;
            let place = Wanted::Report(report.id.clone()).place();
            let made = papers::of_place(conn, &place).await?;
            let mut documents = BTreeMap::new();
            for format in DOCUMENTS {
                let Some(row) = document(&trail, &made, (format, &content)) else {
                    continue;
                };
                let path = format!("{head}.{}", row.format);
                let digest = self.add_document(kept, path, row).await?;
                documents.insert(row.format.clone(), digest);
            }
            let lines = lines_of(&trail);
            kept.add(format!("{head}.audit.jsonl"), lines.as_bytes())
                .await?;
            let line = ReportListed {
                report: report.id,
                content: content.hash(),
                trail: TrailPart::of(&trail),
                documents,
            };
            listed.insert(report.presenter, line);
        }
        Ok(listed)
    }
}

/// The document made last, as the trail tells it, that says what was handed in.
fn document<'a>(
    trail: &[AuditEntry],
    made: &'a [PaperRow],
    (wanted, content): (&str, &Content),
) -> Option<&'a PaperRow> {
    trail.iter().rev().find_map(|entry| {
        let Ok(AuditEvent::PaperMade {
            place,
            format,
            data,
            file,
        }) = entry.event()
        else {
            return None;
        };
        let mut rows = made.iter();
        let row = rows.find(|row| {
            row.place == place
                && row.format == format
                && row.data == data.as_str()
                && row.sha256 == file.as_str()
        })?;
        let says = match Paper::from_json(&row.input) {
            Ok(Paper::DutyReport(said)) => said.sections == sections_of(content),
            _ => false,
        };
        (format == wanted && says).then_some(row)
    })
}
