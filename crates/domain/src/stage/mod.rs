//! What the hall screen shows (contract §3.2, §3.6): the scene, who is speaking, and the countdown. Times are
//! milliseconds since 1970 and come in as parameters.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::PresenterCode;
use crate::config::AppraisalConfig;

/// What is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scene {
    /// Who reports, in which order.
    #[default]
    Agenda,
    /// The speaker, slides and countdown.
    Speaker,
    /// "Please mark".
    Mark,
    /// Ballots by category.
    Turnout,
    /// The draw of lots.
    Draw,
    /// The result.
    Results,
    /// Nothing.
    Blank,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Agenda,
        Self::Speaker,
        Self::Mark,
        Self::Turnout,
        Self::Draw,
        Self::Results,
        Self::Blank,
    ];
}

/// The time left to the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Countdown {
    /// Not running, with so much left (negative: over time).
    Standing {
        /// Milliseconds.
        left: i64,
    },
    /// Running out at a time.
    Running {
        /// Milliseconds since 1970.
        until: i64,
    },
}

/// What may be done to the countdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountdownOrder {
    /// Run.
    Start,
    /// Stand.
    Pause,
    /// Back to the whole time, standing.
    Reset,
}

impl Countdown {
    /// Standing with the whole time of a report.
    #[must_use]
    pub fn full(minutes: u16) -> Self {
        Self::Standing {
            left: i64::from(minutes) * 60_000,
        }
    }

    /// The countdown after an order at the time `now`.
    #[must_use]
    pub fn ordered(self, order: CountdownOrder, now: i64, minutes: u16) -> Self {
        match (order, self) {
            (CountdownOrder::Reset, _) => Self::full(minutes),
            (CountdownOrder::Start, Self::Standing { left }) => Self::Running {
                until: now.saturating_add(left),
            },
            (CountdownOrder::Pause, Self::Running { until }) => Self::Standing {
                left: until.saturating_sub(now),
            },
            (CountdownOrder::Start | CountdownOrder::Pause, same) => same,
        }
    }

    /// The seconds left at the time `now`, rounded up; negative when over time.
    #[must_use]
    pub fn seconds_left(self, now: i64) -> i64 {
        let left = match self {
            Self::Standing { left } => left,
            Self::Running { until } => until.saturating_sub(now),
        };
        left.saturating_add(999).div_euclid(1_000)
    }

    /// Whether it runs.
    #[must_use]
    pub const fn running(self) -> bool {
        matches!(self, Self::Running { .. })
    }
}

/// How much of the result is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// All at once.
    All,
    /// So many, from the last in the meeting's order of announcement.
    #[serde(untagged)]
    Some {
        /// How many.
        shown: u32,
    },
}

/// What the console asks for; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StageOrder {
    /// The scene.
    pub scene: Option<Scene>,
    /// The speaker.
    pub presenter: Option<PresenterCode>,
    /// The page of the slides, from 1.
    pub slide: Option<u32>,
    /// The countdown.
    pub countdown: Option<CountdownOrder>,
    /// The results.
    pub results: Option<Shown>,
}

/// The hall screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The scene.
    pub scene: Scene,
    /// The speaker, or the last one.
    pub presenter: Option<PresenterCode>,
    /// The page of the slides, from 1.
    pub slide: u32,
    /// The time left.
    pub countdown: Countdown,
    /// How much of the result is shown.
    pub results: Shown,
    /// Who has reported.
    pub done: Vec<PresenterCode>,
}

/// Why an order cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StageError {
    /// No such presenter.
    #[error("there is no presenter {code}")]
    NoSuchPresenter {
        /// The code.
        code: PresenterCode,
    },
    /// The speaker's scene without a speaker.
    #[error("nobody has been called to speak")]
    NoSpeaker,
    /// Results before there may be any on the screen.
    #[error("the result is not released")]
    NotReleased,
    /// Pages are counted from 1.
    #[error("slides are counted from 1")]
    NoSuchSlide,
}

impl StageError {
    /// The stable code for the interface.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchPresenter { .. } => "no_such_presenter",
            Self::NoSpeaker => "no_speaker",
            Self::NotReleased => "not_released",
            Self::NoSuchSlide => "no_such_slide",
        }
    }
}

impl Stage {
    /// The screen at the beginning.
    #[must_use]
    pub fn new(config: &AppraisalConfig) -> Self {
        Self {
            scene: Scene::Agenda,
            presenter: None,
            slide: 1,
            countdown: Countdown::full(config.minutes_per_report),
            results: Shown::Some { shown: 0 },
            done: Vec::new(),
        }
    }

    /// The screen after an order at the time `now` (milliseconds since 1970). Calling another speaker begins
    /// their slides and their time anew and marks the one before as done.
    ///
    /// # Errors
    /// See [`StageError`]; the screen stays as it was.
    pub fn ordered(
        self,
        order: &StageOrder,
        config: &AppraisalConfig,
        result_released: bool,
        now: i64,
    ) -> Result<Self, StageError> {
        let mut stage = self;
        if let Some(code) = &order.presenter {
            if config.presenter(code).is_none() {
                return Err(StageError::NoSuchPresenter { code: code.clone() });
            }
            stage.call(code, config.minutes_per_report);
        }
        if let Some(scene) = order.scene {
            match scene {
                Scene::Speaker if stage.presenter.is_none() => return Err(StageError::NoSpeaker),
                Scene::Results if !result_released => return Err(StageError::NotReleased),
                _ => stage.leave(scene),
            }
            stage.scene = scene;
        }
        match order.slide {
            Some(0) => return Err(StageError::NoSuchSlide),
            Some(slide) => stage.slide = slide,
            None => {}
        }
        if let Some(countdown) = order.countdown {
            stage.countdown = stage
                .countdown
                .ordered(countdown, now, config.minutes_per_report);
        }
        if let Some(results) = order.results {
            if !result_released {
                return Err(StageError::NotReleased);
            }
            stage.results = results;
        }
        Ok(stage)
    }

    fn call(&mut self, code: &PresenterCode, minutes: u16) {
        if self.presenter.as_ref() != Some(code) {
            self.finish();
            self.presenter = Some(code.clone());
            self.slide = 1;
            self.countdown = Countdown::full(minutes);
        }
    }

    /// The speaker has ended when the raters are asked to mark.
    fn leave(&mut self, scene: Scene) {
        if self.scene == Scene::Speaker && scene == Scene::Mark {
            self.finish();
        }
    }

    fn finish(&mut self) {
        if let Some(speaker) = &self.presenter
            && !self.done.contains(speaker)
        {
            self.done.push(speaker.clone());
        }
    }
}

#[cfg(test)]
mod tests;
