//! What an appraisal leaves in the record: its three lists, and its line in the year book of a presenter's unit.

use std::collections::BTreeSet;

use pingyi_domain::AppraisalId;
use pingyi_domain::record::{MatterId, UnitId};
use pingyi_papers::{AppraisalLine, FollowUpList, ListKind};
use pingyi_store::repo::matters::{ListedMatter, MatterRow};
use pingyi_store::repo::{appraisals, followups};
use pingyi_store::{Conn, row};

use super::facts::Facts;
use crate::record::MatterLine;
use crate::{App, AppError, Result};

/// The matters made of what an appraisal found wanting, in the order of presenters; each once.
pub(super) async fn listed(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<MatterId>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for found in followups::of_appraisal(conn, id).await? {
        if seen.insert(found.source.matter.clone()) {
            all.push(found.source.matter.parse().map_err(AppError::internal)?);
        }
    }
    Ok(all)
}

impl App {
    /// One of the three lists, of the matters that came out of an appraisal.
    pub(super) async fn appraisal_list(
        &self,
        facts: &Facts,
        list: ListKind,
    ) -> Result<FollowUpList> {
        let names = self.unit_names().await?;
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let mut lines = Vec::new();
        for id in &facts.listed {
            let Some(matter) = row::by_id::<MatterRow>(&mut view, id.as_str()).await? else {
                continue;
            };
            let found = ListedMatter {
                matter,
                done: None,
                due_key: String::new(),
            };
            lines.push(MatterLine::of(&found, today)?);
        }
        drop(view);
        Ok(FollowUpList {
            head: facts.head(),
            list,
            about: facts.appraisal.title.clone(),
            unit: String::new(),
            rows: self.list_rows(&names, lines).await?,
        })
    }

    /// The appraisals of the presenter tied to a unit, up to a year, the latest first. The grade once two people decided
    /// it; score and place only of a result that was released. Rehearsals are none.
    pub(super) async fn appraisals_of(
        &self,
        unit: &UnitId,
        year: i32,
    ) -> Result<Vec<AppraisalLine>> {
        let mut view = self.store().read().await?;
        let rows = appraisals::all(&mut view).await?;
        drop(view);
        let mut lines = Vec::new();
        for row in rows {
            if row.rehearsal_of.is_some() || row.year > i64::from(year) {
                continue;
            }
            let id: AppraisalId = row.id.parse().map_err(AppError::internal)?;
            let facts = match self.facts(&id).await {
                Ok(facts) => facts,
                Err(AppError::WrongState { .. }) => continue,
                Err(other) => return Err(other),
            };
            lines.extend(line_of(&facts, unit));
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.year));
        Ok(lines)
    }
}

/// Nothing where the unit has no presenter, or nothing may be said yet.
fn line_of(facts: &Facts, unit: &UnitId) -> Option<AppraisalLine> {
    let presenter = facts.appraisal.config.presenter_of(unit)?;
    let mut tables = facts.result.tables.iter();
    let table = tables.find(|table| table.code == presenter.code)?;
    let released = facts.appraisal.state.shows_result();
    let grade = facts.decided(table);
    if !released && grade.is_none() {
        return None;
    }
    let place = facts.placed(table).filter(|_| released);
    let placed = place.map_or_else(String::new, |place| {
        let shared = if place.shared_by > 1 { "并列" } else { "" };
        let range = if place.from == place.to {
            String::new()
        } else {
            format!("，可能在第 {}—{} 名", place.from, place.to)
        };
        format!("（{shared}第 {} 名{range}）", place.place)
    });
    let ballots = || table.score.as_ref().map(|score| score.shown.clone());
    let score = facts.composite(table).or_else(ballots);
    Some(AppraisalLine {
        year: facts.appraisal.config.year,
        title: format!("{}{placed}", facts.appraisal.title),
        score: score.filter(|_| released),
        grade,
    })
}
