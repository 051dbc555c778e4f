//! What stands beside boxes and result in a bundle: the committee's decisions, what became of the findings, duty reports,
//! signed papers.

use std::collections::BTreeSet;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::ReportId;
use pingyi_domain::report::ReportStateName;
use pingyi_domain::{Actor, AppraisalId, Digest, canonical_json};
use pingyi_papers::Paper;
use pingyi_store::repo::matters::MatterRow;
use pingyi_store::repo::papers::{self, PaperRow};
use pingyi_store::repo::{audit, decisions, decks, reports, scans};
use pingyi_store::{Conn, row};
use serde_json::Value;

use super::make::Kept;
use super::{BECAME, Became, DECISIONS, LEADER, PHOTOS, REMOVED, Ruling};
use crate::grades::place_of;
use crate::loaded::Loaded;
use crate::papers::{PaperFormat, Wanted};
use crate::record::Hand;
use crate::{App, AppError, GradesWorked, Result};

/// Entries of the trail read at a time.
const PAGE: i64 = 256;

/// What the committee decided, as the trail tells it again: grades by name, who confirmed by role.
pub(super) async fn decided(
    conn: &mut Conn,
    id: &AppraisalId,
    worked: Option<&GradesWorked>,
) -> Result<Vec<Ruling>> {
    let label = |place: Option<usize>| {
        let grades = worked.map(|worked| worked.grades.as_slice())?;
        Some(grades.get(place?)?.label.clone())
    };
    let mut all = Vec::new();
    for stored in decisions::all(conn, id).await? {
        let mut tables = worked.iter().flat_map(|worked| &worked.presenters);
        let table = tables.find(|table| table.code.as_str() == stored.presenter);
        all.push(Ruling {
            proposed: label(table.and_then(|table| table.proposed)),
            decided: label(place_of(&stored)?),
            confirmed_by: stored.confirmed_by.is_some().then(|| LEADER.to_owned()),
            reason: stored.reason,
            presenter: stored.presenter.parse().map_err(AppError::internal)?,
        });
    }
    Ok(all)
}

/// The matters made of what was found wanting, in the order of the trail; without anybody's name.
pub(super) async fn became(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<Became>> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let rows = audit::page(conn, Some(id.as_str()), after, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(all);
        };
        after = last.seq;
        for entry in rows {
            let detail = serde_json::from_str(&entry.detail)?;
            let Ok(AuditEvent::MatterListed {
                matter,
                presenter,
                sources,
            }) = AuditEvent::from_parts(&entry.action, &detail)
            else {
                continue;
            };
            let stored = row::by_id::<MatterRow>(conn, matter.as_str()).await?;
            let (state, due_on, closed_on) = match stored {
                Some(stored) => (stored.state, stored.due_on, stored.closed_on),
                None => (REMOVED.to_owned(), None, None),
            };
            all.push(Became {
                matter,
                presenter,
                sources,
                state,
                due_on,
                closed_on,
            });
        }
    }
}

/// The photos of slides by the hash of their files.
pub(super) fn photos_in(deck: &Value) -> BTreeSet<Digest> {
    let slides = deck["slides"].as_array().into_iter().flatten();
    let photos = slides.flat_map(|slide| slide["photos"].as_array().into_iter().flatten());
    photos
        .filter_map(|photo| photo["picture"]["sha256"].as_str()?.parse().ok())
        .collect()
}

impl App {
    /// Decisions and matters, each as one file.
    pub(super) async fn add_outcome(
        &self,
        conn: &mut Conn,
        kept: &mut Kept,
        (id, worked): (&AppraisalId, Option<&GradesWorked>),
    ) -> Result<()> {
        let decided = decided(conn, id, worked).await?;
        kept.add(DECISIONS.to_owned(), canonical_json(&decided).as_bytes())
            .await?;
        let became = became(conn, id).await?;
        kept.add(BECAME.to_owned(), canonical_json(&became).as_bytes())
            .await
    }

    /// The signed papers, numbered paper by paper.
    pub(super) async fn add_scans(
        &self,
        conn: &mut Conn,
        kept: &mut Kept,
        id: &AppraisalId,
    ) -> Result<()> {
        let (mut sheet, mut number) = (String::new(), 0);
        for scan in scans::of_appraisal(conn, id.as_str()).await? {
            number = if scan.sheet == sheet { number + 1 } else { 1 };
            let digest = scan.sha256.parse().map_err(AppError::internal)?;
            let content = self.file(&digest).await?;
            let ending = scan.name.rsplit('.').next().unwrap_or_default();
            let path = format!("scans/{}-{number}.{ending}", scan.sheet);
            kept.add(path, &content).await?;
            sheet = scan.sheet;
        }
        Ok(())
    }

    /// The slides made of reports as the hall showed them, and the photos in them.
    pub(super) async fn add_decks(
        &self,
        conn: &mut Conn,
        kept: &mut Kept,
        id: &AppraisalId,
    ) -> Result<()> {
        let mut photos = BTreeSet::new();
        for head in decks::heads(conn, id).await? {
            let Some(shown) = decks::shown(conn, id, &head.presenter).await? else {
                continue;
            };
            let path = format!("slides/{}.json", head.presenter);
            kept.add(path, shown.deck.as_bytes()).await?;
            photos.extend(photos_in(&serde_json::from_str(&shown.deck)?));
        }
        for photo in photos {
            let content = self.file(&photo).await?;
            kept.add(format!("{PHOTOS}{photo}"), &content).await?;
        }
        Ok(())
    }

    /// Of each presenter tied to a unit the report on the year appraised that was handed in or approved: what it says, as
    /// docx and, where one was made of that, as PDF, with its own part of the trail.
    pub(super) async fn add_reports(
        &self,
        actor: &Actor,
        kept: &mut Kept,
        appraisal: &Loaded,
    ) -> Result<()> {
        for presenter in &appraisal.config.presenters {
            let Some(unit) = &presenter.unit_id else {
                continue;
            };
            let mut view = self.store().read().await?;
            let year = i64::from(appraisal.config.year);
            let rows = reports::of_unit(&mut view, unit.as_str()).await?;
            let Some(row) = rows.into_iter().find(|row| row.year == year) else {
                continue;
            };
            let state: ReportStateName = row.state.parse().map_err(AppError::internal)?;
            let last = reports::last_version(&mut view, &row.id).await?;
            drop(view);
            let Some(version) = last.filter(|_| !state.is_open()) else {
                continue;
            };
            let head = format!("reports/{}", presenter.code);
            kept.add(format!("{head}.json"), version.content.as_bytes())
                .await?;
            let id: ReportId = row.id.parse().map_err(AppError::internal)?;
            self.add_report_files(actor, kept, (&head, &id)).await?;
            let trail = self.trail_of(id.as_str()).await?;
            kept.add(format!("{head}.audit.jsonl"), trail.as_bytes())
                .await?;
        }
        Ok(())
    }

    async fn add_report_files(
        &self,
        actor: &Actor,
        kept: &mut Kept,
        (head, id): (&str, &ReportId),
    ) -> Result<()> {
        let (hand, wanted) = (Hand::office(actor.clone()), Wanted::Report(id.clone()));
        match self.make_paper(&hand, &wanted, PaperFormat::Docx).await {
            Ok(_) => {}
            // What it says is in the bundle all the same; a document it cannot become.
            Err(AppError::Paper(fault)) => {
                tracing::warn!(%fault, report = %id, "no document of this report in the bundle");
                return Ok(());
            }
            Err(other) => return Err(other),
        }
        let mut view = self.store().read().await?;
        let made = papers::of_place(&mut view, &wanted.place()).await?;
        drop(view);
        let paper: Paper = self.paper(&hand, &wanted).await?.paper;
        let data = paper.hash().to_string();
        for format in [PaperFormat::Docx, PaperFormat::Pdf] {
            let same = |row: &&PaperRow| row.format == format.name() && row.data == data;
            let Some(row) = made.iter().find(same) else {
                continue;
            };
            let path = format!("{head}.{}", row.format);
            let digest = row.sha256.parse().map_err(AppError::internal)?;
            let content = self.file(&digest).await?;
            kept.add(path.clone(), &content).await?;
            kept.add(format!("{path}.json"), row.input.as_bytes())
                .await?;
        }
        Ok(())
    }
}
