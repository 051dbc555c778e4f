//! The hall screen (contract §3.6).

use pingyi_domain::stage::Scene;
use pingyi_domain::{CategoryCode, GradeCode, PresenterCode};
use serde::Serialize;

use super::{Draw, RankView, ScoreView};

/// Everything the hall screen may know.
#[derive(Debug, Clone, Serialize)]
pub struct HallView {
    /// Title.
    pub title: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// State of the appraisal.
    pub state: String,
    /// The scene.
    pub stage: HallStage,
    /// The agenda.
    pub agenda: Vec<AgendaLine>,
    /// Turnout by category.
    pub turnout: Vec<TurnoutLine>,
    /// The results the chair has shown; nothing before the release.
    pub results: Option<Vec<HallResult>>,
    /// How many results there are in all.
    pub results_total: usize,
    /// Heads of the boards.
    pub heads: Vec<HallHead>,
    /// The lots.
    pub draw: Option<Draw>,
}

/// The scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HallStage {
    /// Scene.
    pub scene: Scene,
    /// Who is on.
    pub presenter: Option<PresenterCode>,
    /// Page of the slides from 1.
    pub slide: u32,
    /// Where the slides are (`/api/hall/slides/p1`), when there are any.
    pub slides_url: Option<String>,
    /// Slides made of the report, when nothing was uploaded.
    pub deck: Option<HallDeck>,
    /// The report's time.
    pub countdown: HallCountdown,
    /// Last year's list of who is on, in numbers; nothing where there is none.
    pub last_year: Option<HallLastYear>,
}

/// Slides made of a presenter's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HallDeck {
    /// Where they are (`/api/hall/decks/p1`).
    pub url: String,
    /// SHA-256 of them.
    pub hash: String,
}

/// Last year's list in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HallLastYear {
    /// The year.
    pub year: u16,
    /// How many stood on it.
    pub listed: u32,
    /// How many of them are closed.
    pub closed: u32,
}

/// The report's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HallCountdown {
    /// Seconds left; below nought once the time is over.
    pub seconds_left: i64,
    /// Whether it runs.
    pub running: bool,
}

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaLine {
    /// Presenter.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Before the one who is on.
    pub done: bool,
    /// The one who is on.
    pub now: bool,
}

/// Turnout of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnoutLine {
    /// Letter.
    pub category: CategoryCode,
    /// Who they are.
    pub label: String,
    /// Slips and papers given out (from the reconciliation, else the roll without spares).
    pub issued: i64,
    /// Ballots that count.
    pub ballots: i64,
}

/// A result in the hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HallResult {
    /// Presenter.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Score.
    pub score: Option<ScoreView>,
    /// Rank range.
    pub rank: Option<RankView>,
    /// Marks by grade, best first, summed over items and categories.
    pub distribution: Vec<GradeCount>,
}

/// How often a grade was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GradeCount {
    /// Grade.
    pub code: GradeCode,
    /// Its word.
    pub label: String,
    /// Whether it is an abstention.
    pub abstain: bool,
    /// How often.
    pub count: u64,
}

/// The head of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HallHead {
    /// Letter.
    pub category: CategoryCode,
    /// Height.
    pub height: i64,
    /// Hash.
    pub hash: String,
}
