//! Two versions of a report side by side.

use pingyi_domain::record::ReportId;
use pingyi_domain::report::{Content, Line, ReportStateName, compare};
use pingyi_store::repo::reports;

use super::kept;
use crate::record::history::name_of;
use crate::record::{Hand, UnitName};
use crate::{App, AppError, Result};

/// A submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// From 1.
    pub seq: i64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who handed it in.
    pub who: String,
    /// SHA-256 of what it says.
    pub hash: String,
}

/// A section on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedSection {
    /// Its code; `answers` for last year's list.
    pub code: String,
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub lines: Vec<Line>,
}

/// Two versions of a report.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The report's unit.
    pub unit: UnitName,
    /// The year reported on.
    pub year: i32,
    /// Where the report stands.
    pub state: ReportStateName,
    /// All its versions, the first first.
    pub versions: Vec<VersionLine>,
    /// The older and the newer of the two that are compared; none with fewer than two versions.
    pub pair: Option<(i64, i64)>,
    /// What became of the older one.
    pub sections: Vec<ComparedSection>,
}

/// Last year's list as paragraphs.
fn answers(content: &Content) -> Vec<String> {
    let all = content.answers.iter();
    all.flat_map(|one| [one.title.clone(), one.text.clone()])
        .collect()
}

fn sections(old: &Content, new: &Content) -> Vec<ComparedSection> {
    let mut all: Vec<ComparedSection> = new
        .sections
        .iter()
        .map(|section| {
            let before = old.sections.iter().find(|one| one.code == section.code);
            let before = before
                .map(|one| old.paragraphs(&one.text))
                .unwrap_or_default();
            ComparedSection {
                code: section.code.clone(),
                title: section.title.clone(),
                lines: compare(&before, &new.paragraphs(&section.text)),
            }
        })
        .collect();
    all.push(ComparedSection {
        code: "answers".to_owned(),
        title: String::new(),
        lines: compare(&answers(old), &answers(new)),
    });
    all
}

impl App {
    /// The versions of a report, and two of them side by side: those asked for, else the last two.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for a version that does not exist; [`AppError::NotYourUnit`].
    pub async fn report_versions(
        &self,
        hand: &Hand,
        id: &ReportId,
        asked: (Option<i64>, Option<i64>),
    ) -> Result<Compared> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let rows = reports::versions(&mut view, id.as_str()).await?;
        let mut versions = Vec::new();
        for row in &rows {
            versions.push(VersionLine {
                seq: row.seq,
                at: row.at,
                who: name_of(&mut view, &row.actor).await?,
                hash: row.hash.clone(),
            });
        }
        let last = rows.last().map_or(0, |row| row.seq);
        let new = asked.1.unwrap_or(last);
        let old = asked.0.unwrap_or(new - 1);
        let read = |seq: i64| -> Result<Content> {
            let row = rows.iter().find(|row| row.seq == seq);
            Ok(serde_json::from_str(
                &row.ok_or(AppError::NotFound)?.content,
            )?)
        };
        let pair = (last >= 2 || asked.0.is_some()).then_some((old, new));
        let sections = match pair {
            Some((old, new)) => sections(&read(old)?, &read(new)?),
            None => Vec::new(),
        };
        Ok(Compared {
            unit: stored.unit,
            year: stored.year,
            state: stored.state.name(),
            versions,
            pair,
            sections,
        })
    }
}
