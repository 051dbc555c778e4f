//! The page of an appraisal: one layout per state, the next step always one button.

use askama::Template;

use super::sample::Sample;
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::state::State;

pub use super::appraisal_lines::{BallotBox, CountField, Reconciliation, Teller};
pub use super::stage::{Presenter, Scene, SceneButton, StageNow};

/// The page.
#[derive(Debug, Clone, Template)]
#[expect(clippy::struct_excessive_bools, reason = "what a template asks")]
#[template(path = "appraisal/page.html")]
pub struct AppraisalPage {
    /// Frame.
    pub c: Chrome,
    /// The appraisal.
    pub a: Appraisal,
    /// Whether the user may act on it.
    pub organiser: bool,
    /// Whether a pptx can be converted on this machine.
    pub converts: bool,
    /// Whether the user may write comments.
    pub may_comment: bool,
    /// Whether the user is a leader whose evaluation counts.
    pub evaluates: bool,
    /// The configuration, as JSON that is safe inside a script element.
    pub config_json: String,
    /// The problems of the configuration, likewise.
    pub problems_json: String,
    /// The units of the record that a presenter may be tied to, likewise.
    pub units_json: String,
}

impl AppraisalPage {
    /// For the gallery and the tests: one per state and turn.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        super::appraisal_samples::pages(lang)
    }
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct Appraisal {
    /// Id.
    pub id: String,
    /// Version of the configuration.
    pub version: i64,
    /// Title.
    pub title: String,
    /// Year appraised.
    pub year: i64,
    /// State.
    pub state: State,
    /// Whether the result is kept for the committee.
    pub kept: bool,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// What is wrong with the configuration, in words.
    pub problems: Vec<ProblemLine>,
    /// The tellers.
    pub tellers: Vec<Teller>,
    /// How many tellers must come.
    pub threshold: usize,
    /// The same in words (`三人中两人`, `2 of 3`).
    pub threshold_text: String,
    /// The boxes.
    pub boxes: Vec<BallotBox>,
    /// What the hall shows.
    pub stage: StageNow,
    /// Presenters in the order of the meeting.
    pub agenda: Vec<Presenter>,
    /// Whether the order of the reports is drawn by lot.
    pub by_lot: bool,
    /// Seed of the lots, when drawn.
    pub draw: Option<String>,
    /// Why it is void.
    pub void_reason: Option<String>,
    /// Names of the actions possible now (contract §3.2).
    pub next: Vec<String>,
}

/// A problem of the configuration.
#[derive(Debug, Clone)]
pub struct ProblemLine {
    /// Where.
    pub path: String,
    /// Which rule.
    pub code: String,
    /// In words.
    pub message: String,
}

/// A step of the strip at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Id of its word.
    pub text: &'static str,
    /// Behind us.
    pub done: bool,
    /// Where we are.
    pub now: bool,
}

impl Appraisal {
    /// Whether the action is possible now.
    #[must_use]
    pub fn can(&self, action: &str) -> bool {
        self.next.iter().any(|name| name == action)
    }

    /// The strip of states; a pause is part of the marking.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let here = if self.state == State::Paused {
            State::Open
        } else {
            self.state
        };
        [
            (State::Draft, "step-draft"),
            (State::Keyed, "step-keyed"),
            (State::Sealed, "step-sealed"),
            (State::Open, "step-open"),
            (State::Closed, "step-closed"),
            (State::Counted, "step-counted"),
            (State::Released, "step-released"),
            (State::Archived, "step-archived"),
        ]
        .into_iter()
        .map(|(state, text)| Step {
            text,
            done: state < here,
            now: state == here,
        })
        .collect()
    }

    /// Whether it can be followed up: released or kept, and no rehearsal.
    #[must_use]
    pub const fn is_followed(&self) -> bool {
        !self.rehearsal && (self.kept || matches!(self.state, State::Released | State::Archived))
    }

    /// Whether there is a result to look at.
    #[must_use]
    pub const fn has_result(&self) -> bool {
        matches!(
            self.state,
            State::Counted | State::Released | State::Archived
        )
    }

    /// Whether leaders can give points: from sealing to the count.
    #[must_use]
    pub const fn takes_evaluations(&self) -> bool {
        matches!(
            self.state,
            State::Sealed | State::Open | State::Paused | State::Closed
        )
    }

    /// Whether the boxes have boards.
    #[must_use]
    pub fn boards_exist(&self) -> bool {
        self.boxes.iter().any(|b| b.height >= 0)
    }

    /// Whether every box has a roll.
    #[must_use]
    pub fn rolls_complete(&self) -> bool {
        !self.boxes.is_empty() && self.boxes.iter().all(|b| b.roll() > 0)
    }

    /// Whether a teller has sent something.
    #[must_use]
    pub fn ceremony_begun(&self) -> bool {
        self.tellers.iter().any(|teller| teller.done > 0)
    }

    /// Whether lots must still be drawn: where the order is by lot, and once.
    #[must_use]
    pub fn must_draw(&self) -> bool {
        self.by_lot && self.draw.is_none()
    }

    /// Ballots that count, in all boxes.
    #[must_use]
    pub fn ballots(&self) -> i64 {
        self.boxes.iter().map(|b| b.ballots).sum()
    }

    /// People expected, in all categories.
    #[must_use]
    pub fn expected(&self) -> i64 {
        self.boxes.iter().map(|b| b.expected).sum()
    }

    /// The threshold, for texts with counts.
    #[must_use]
    pub const fn threshold_len(&self) -> usize {
        self.threshold
    }

    /// Id of the sentence about a teller's shares.
    #[must_use]
    pub fn teller_share_text(&self, index: &i64) -> &'static str {
        let open: Vec<&BallotBox> = self.boxes.iter().filter(|b| !b.skipped).collect();
        let given = open.iter().filter(|b| b.shares.contains(index)).count();
        if given == 0 {
            "teller-share-none"
        } else if given < open.len() {
            "teller-share-some"
        } else {
            "teller-share-all"
        }
    }

    /// Who is on.
    #[must_use]
    pub fn speaker(&self) -> Option<&Presenter> {
        self.agenda.iter().find(|presenter| presenter.now)
    }

    /// Who comes next.
    #[must_use]
    pub fn next_speaker(&self) -> Option<&Presenter> {
        match self.agenda.iter().position(|presenter| presenter.now) {
            Some(place) => self.agenda.get(place + 1),
            None => self.agenda.iter().find(|presenter| !presenter.done),
        }
    }

    /// The scenes that the hall can be switched to.
    #[must_use]
    pub fn scenes(&self) -> Vec<SceneButton> {
        let drawn = self.draw.is_some();
        Scene::ALL
            .into_iter()
            .filter(|scene| *scene != Scene::Draw || drawn)
            .filter_map(Scene::button)
            .collect()
    }

    /// Body of a change of the clock: `start`, `pause` or `reset`.
    #[must_use]
    pub fn stage_body(&self, clock: &str) -> String {
        format!(r#"{{"countdown":"{clock}"}}"#)
    }

    /// Body of a change of the slide.
    #[must_use]
    pub fn slide_body(&self, forward: bool) -> String {
        let slide = if forward {
            self.stage.slide.saturating_add(1)
        } else {
            self.stage.slide.saturating_sub(1).max(1)
        };
        format!(r#"{{"slide":{slide}}}"#)
    }

    /// Body that shows one more result, while there is one.
    #[must_use]
    pub fn reveal_body(&self) -> Option<String> {
        let shown = self.stage.shown;
        (shown < self.agenda.len()).then(|| {
            format!(
                r#"{{"scene":"results","results":{{"shown":{}}}}}"#,
                shown + 1
            )
        })
    }

    /// Body that shows all results.
    #[must_use]
    pub fn reveal_all_body(&self) -> &'static str {
        r#"{"scene":"results","results":"all"}"#
    }
}
