//! Follow-up of an appraisal: all presenters, one presenter, the monthly digest.

pub mod digest;
pub mod one;
mod samples;

use askama::Template;
use pingyi_app::followup::{Findings, FollowUp, LastYearView, Made};
use pingyi_app::record::MatterStateName;

use super::record::matters::{due_badge, tone};
use super::sample::Sample;
use crate::chrome::Chrome;
use crate::lang::Lang;

/// Every page here × its samples.
#[must_use]
pub fn samples(lang: Lang) -> Vec<Sample> {
    [
        FollowUpPage::samples(lang),
        LastYearPage::samples(lang),
        one::FindingsPage::samples(lang),
        digest::DigestPage::samples(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A matter made of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeLine {
    /// Id.
    pub id: String,
    /// What is to be put right.
    pub title: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// How it stands to its day: text and tone.
    pub due: Option<(&'static str, &'static str)>,
    /// The day, or empty.
    pub due_on: String,
}

impl MadeLine {
    /// As a page shows it.
    #[must_use]
    pub fn of(made: &Made) -> Self {
        Self {
            id: made.id.to_string(),
            title: made.title.clone(),
            state: made.state.as_str(),
            tone: tone(made.state),
            due: due_badge(made.due),
            due_on: made.due_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

/// One presenter in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenterLine {
    /// Code.
    pub code: String,
    /// Post.
    pub title: String,
    /// Score as shown; empty without one.
    pub score: String,
    /// Low items.
    pub low: usize,
    /// Opinions not struck.
    pub opinions: usize,
    /// Opinions that wait for a leader.
    pub waiting: usize,
    /// Whether there is a comment.
    pub comment: bool,
    /// Matters made.
    pub matters: usize,
    /// Of these closed.
    pub closed: usize,
}

impl PresenterLine {
    /// As the page shows it.
    #[must_use]
    pub fn of(found: &Findings) -> Self {
        let closed = |made: &&Made| made.state == MatterStateName::Closed;
        Self {
            code: found.code.to_string(),
            title: found.title.clone(),
            score: found.score.clone(),
            low: found.low.len(),
            opinions: found.opinions.iter().filter(|o| !o.is_struck()).count(),
            waiting: found.opinions.iter().filter(|o| o.waits()).count(),
            comment: !found.comment.trim().is_empty(),
            matters: found.matters.len(),
            closed: found.matters.iter().filter(closed).count(),
        }
    }
}

/// All presenters of an appraisal.
#[derive(Debug, Clone, Template)]
#[template(path = "followup/all.html")]
pub struct FollowUpPage {
    /// Frame.
    pub c: Chrome,
    /// Id of the appraisal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Presenters.
    pub rows: Vec<PresenterLine>,
    /// Whether the opinions can be read.
    pub opinions: bool,
    /// Whether who looks is of the office, which makes the lists.
    pub office: bool,
}

impl FollowUpPage {
    /// As the application found it.
    #[must_use]
    pub fn of(c: Chrome, view: &FollowUp, office: bool) -> Self {
        Self {
            c,
            id: view.id.to_string(),
            title: view.title.clone(),
            rows: view.presenters.iter().map(PresenterLine::of).collect(),
            opinions: view.opinions,
            office,
        }
    }

    /// How many opinions wait for a leader.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.rows.iter().map(|row| row.waiting).sum()
    }
}

/// Last year's lists as the booth shows them.
#[derive(Debug, Clone, Template)]
#[template(path = "followup/last_year.html")]
pub struct LastYearPage {
    /// Frame.
    pub c: Chrome,
    /// Id of the appraisal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether they are fixed.
    pub fixed: bool,
    /// Presenters.
    pub rows: Vec<LastYearView>,
}
