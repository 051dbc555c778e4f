//! What stands beside boxes and result in a bundle: the committee's decisions, what became of the findings, papers, signed
//! papers, slides.

use std::collections::{BTreeMap, BTreeSet};

use pingyi_domain::audit::{AuditEntry, AuditEvent};
use pingyi_domain::{AppraisalId, Digest, canonical_json};
use pingyi_store::repo::matters::MatterRow;
use pingyi_store::repo::{decisions, decks, papers, scans};
use pingyi_store::{Conn, row};
use serde_json::Value;

use super::make::Kept;
use super::{BECAME, Became, DECISIONS, LEADER, PHOTOS, REMOVED, Ruling};
use crate::grades::place_of;
use crate::{App, AppError, GradesWorked, Result};

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
pub(super) async fn became(conn: &mut Conn, trail: &[AuditEntry]) -> Result<Vec<Became>> {
    let mut all = Vec::new();
    for entry in trail {
        let Ok(AuditEvent::MatterListed {
            matter,
            presenter,
            sources,
        }) = entry.event()
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
    Ok(all)
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
        (id, worked, trail): (&AppraisalId, Option<&GradesWorked>, &[AuditEntry]),
    ) -> Result<()> {
        let decided = decided(conn, id, worked).await?;
        kept.add(DECISIONS.to_owned(), canonical_json(&decided).as_bytes())
            .await?;
        let became = became(conn, trail).await?;
        kept.add(BECAME.to_owned(), canonical_json(&became).as_bytes())
            .await
    }

    /// Of each paper and format the one made last, as the trail tells it, with its data beside it: two can have been made in
    /// one second.
    pub(super) async fn add_papers(
        &self,
        conn: &mut Conn,
        kept: &mut Kept,
        (id, trail): (&AppraisalId, &[AuditEntry]),
    ) -> Result<()> {
        let mut last = BTreeMap::new();
        for entry in trail {
            if let Ok(AuditEvent::PaperMade {
                place,
                format,
                data,
                file,
            }) = entry.event()
            {
                last.insert((place, format), (data, file));
            }
        }
        for row in papers::of_appraisal(conn, id.as_str()).await? {
            let told = last.get(&(row.place.clone(), row.format.clone()));
            let is_last = |(data, file): &(Digest, Digest)| {
                data.as_str() == row.data && file.as_str() == row.sha256
            };
            if !told.is_some_and(is_last) {
                continue;
            }
            let name = row.place.rsplit('/').next().unwrap_or_default();
            let path = format!("papers/{name}.{}", row.format);
            self.add_document(kept, path, &row).await?;
        }
        Ok(())
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
}
