//! Duty reports (docs/report-contract.md §2): written by the unit with figures out of the record, looked over and approved
//! by the office.

mod comparing;
mod figures;
mod list;
mod moves;
mod outline;
mod own_slides;
mod paper;
mod remarks;
mod slides;
mod view;
mod writing;

pub use comparing::{Compared, ComparedSection, VersionLine};
pub use figures::FigureOffer;
pub use list::{BeginForm, ReportBrief, ReportLine, Reports};
pub use moves::ReportForm;
pub use outline::OutlineView;
pub(crate) use own_slides::bring_own_slides;
pub use own_slides::{OwnSlides, OwnSlidesFile};
pub use paper::ReportFile;
pub(crate) use paper::sections_of;
pub use pingyi_domain::report::*;
pub use pingyi_office::Placeholder;
pub use remarks::{RemarkForm, RemarkMoveForm};
pub use slides::{
    DeckPhoto, FigurePick, PhotoPick, PhotoRef, ScreenDeck, ScreenSlide, ScreenWords,
    SlideTextView, SlideView, SlidesView, TEMPLATE_NAMES, TEMPLATE_TABLE, TemplateView,
};
pub(crate) use slides::{fix_deck, shown_heads};
pub use view::{AnswerView, FigureView, RemarkView, ReportMoveLine, ReportView, SectionView};
pub use writing::{AnswerForm, SectionForm, WrittenDown};

use std::collections::BTreeMap;

use pingyi_domain::record::{ReportId, UnitId, UnitPath};
use pingyi_domain::{Actor, DomainError};
use pingyi_store::Conn;
use pingyi_store::repo::followups;
use pingyi_store::repo::matters::MatterRow;
use pingyi_store::repo::reports::{self, ReportRow};
use pingyi_store::repo::units;
use pingyi_store::row;

use crate::record::UnitName;
use crate::record::units::in_order;
use crate::{AppError, Result};

/// A report as it is stored, read.
pub(crate) struct Kept {
    pub row: ReportRow,
    pub id: ReportId,
    pub unit: UnitName,
    pub year: i32,
    pub outline: Outline,
    pub state: ReportState,
}

impl Kept {
    /// The place of its unit.
    pub const fn place(&self) -> &UnitPath {
        &self.unit.path
    }

    /// # Errors
    /// [`AppError::WrongState`] unless it is being written.
    fn is_open(&self) -> Result<()> {
        if self.state.name().is_open() {
            return Ok(());
        }
        Err(AppError::WrongState {
            state: self.row.state.clone(),
        })
    }
}

/// Reads the state of a row.
fn state_of(row: &ReportRow) -> Result<ReportState> {
    let read = || {
        let actor = |text: &Option<String>| -> std::result::Result<Actor, DomainError> {
            text.as_deref().unwrap_or_default().parse()
        };
        Ok::<_, DomainError>(match row.state.parse()? {
            ReportStateName::Draft => ReportState::Draft,
            ReportStateName::Returned => ReportState::Returned,
            ReportStateName::Submitted => ReportState::Submitted {
                by: actor(&row.submitted_by)?,
            },
            ReportStateName::Approved => ReportState::Approved {
                submitted_by: actor(&row.submitted_by)?,
                by: actor(&row.approved_by)?,
            },
        })
    };
    read().map_err(AppError::internal)
}

/// The report with this id.
///
/// # Errors
/// [`AppError::NotFound`].
pub(crate) async fn kept(conn: &mut Conn, id: &ReportId) -> Result<Kept> {
    let row = row::by_id::<ReportRow>(conn, id.as_str()).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let names = in_order(units::all(conn).await?)?;
    let unit: UnitId = row.unit.parse().map_err(AppError::internal)?;
    let unit = names.into_iter().find(|name| name.id == unit);
    Ok(Kept {
        unit: unit.ok_or(AppError::NotFound)?,
        id: id.clone(),
        year: i32::try_from(row.year).map_err(AppError::internal)?,
        outline: serde_json::from_str(&row.outline)?,
        state: state_of(&row)?,
        row,
    })
}

/// What is written of a report, by code of the section.
async fn texts_of(conn: &mut Conn, id: &ReportId) -> Result<BTreeMap<String, String>> {
    let rows = reports::sections(conn, id.as_str()).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.text)).collect())
}

/// Last year's list of a report, the first first: the same that the next appraisal's form shows.
async fn listed(conn: &mut Conn, kept: &Kept) -> Result<Vec<MatterRow>> {
    let before = i64::from(kept.year) - 1;
    let rows = followups::last_year(conn, kept.place(), before).await?;
    Ok(rows.into_iter().map(|row| row.matter).collect())
}

/// What is written of a report: its sections as typed, and what is answered to last year's list. Without figures.
async fn written(conn: &mut Conn, stored: &Kept) -> Result<Content> {
    let mut texts = texts_of(conn, &stored.id).await?;
    let rows = reports::answers(conn, stored.id.as_str()).await?;
    let mut answers: BTreeMap<String, String> =
        rows.into_iter().map(|row| (row.matter, row.text)).collect();
    let mut content = Content::default();
    for row in listed(conn, stored).await? {
        content.answers.push(Answered {
            matter: row.id.parse().map_err(AppError::internal)?,
            state: row.state.parse().map_err(AppError::internal)?,
            title: row.title,
            text: answers.remove(&row.id).unwrap_or_default(),
        });
    }
    let sections = stored.outline.0.iter().map(|section| Written {
        code: section.code.clone(),
        title: section.title.clone(),
        text: texts.remove(&section.code).unwrap_or_default(),
    });
    content.sections = sections.collect();
    Ok(content)
}

/// What the last submission says, where there is one.
async fn last_content(conn: &mut Conn, id: &ReportId) -> Result<Option<(i64, Content)>> {
    let Some(row) = reports::last_version(conn, id.as_str()).await? else {
        return Ok(None);
    };
    Ok(Some((row.seq, serde_json::from_str(&row.content)?)))
}
