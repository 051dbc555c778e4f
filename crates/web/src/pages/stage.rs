//! What the hall shows, as the console sees it, and the bodies of the buttons that change it (contract §3.2).

use serde_json::json;

/// A presenter in the order of the meeting.
#[derive(Debug, Clone, Default)]
pub struct Presenter {
    /// Code.
    pub code: String,
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Has reported.
    pub done: bool,
    /// Is reporting.
    pub now: bool,
    /// Whether there are slides.
    pub slides: bool,
    /// The leader's comment.
    pub comment: String,
}

impl Presenter {
    /// Body that calls the presenter up, with the clock at the full time.
    #[must_use]
    pub fn speaker_body(&self) -> String {
        json!({"scene": "speaker", "presenter": self.code, "slide": 1, "countdown": "reset"})
            .to_string()
    }

    /// Body that goes with a comment.
    #[must_use]
    pub fn comment_body(&self) -> String {
        json!({"presenter": self.code}).to_string()
    }
}

/// What the hall shows now.
#[derive(Debug, Clone, Default)]
pub struct StageNow {
    /// Name of the scene on the wire.
    pub scene: String,
    /// Code of who is on, or nothing.
    pub presenter: String,
    /// Page of the slides from 1.
    pub slide: u32,
    /// Seconds left; below nought once the time is over.
    pub seconds_left: i64,
    /// Whether the clock runs.
    pub running: bool,
    /// How many results are shown.
    pub shown: usize,
}

impl StageNow {
    /// Id of the scene's word.
    #[must_use]
    pub fn text(&self) -> &'static str {
        Scene::ALL
            .into_iter()
            .find(|scene| scene.wire() == self.scene)
            .map_or("scene-blank", Scene::text)
    }

    /// The clock as m:ss.
    #[must_use]
    pub fn clock(&self) -> String {
        let sign = if self.seconds_left < 0 { "−" } else { "" };
        let all = self.seconds_left.unsigned_abs();
        format!("{sign}{}:{:02}", all / 60, all % 60)
    }
}

/// A scene of the hall screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// The agenda.
    Agenda,
    /// The speaker.
    Speaker,
    /// "Please mark".
    Mark,
    /// Turnout.
    Turnout,
    /// The lots.
    Draw,
    /// Results.
    Results,
    /// Nothing.
    Blank,
}

/// A button that switches to a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SceneButton {
    /// Name on the wire.
    pub wire: &'static str,
    /// Id of its word.
    pub text: &'static str,
}

impl SceneButton {
    /// Body of the button.
    #[must_use]
    pub fn body(&self) -> String {
        json!({"scene": self.wire}).to_string()
    }
}

impl Scene {
    /// All scenes.
    pub const ALL: [Self; 7] = [
        Self::Agenda,
        Self::Speaker,
        Self::Mark,
        Self::Turnout,
        Self::Draw,
        Self::Results,
        Self::Blank,
    ];

    /// Name on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Agenda => "agenda",
            Self::Speaker => "speaker",
            Self::Mark => "mark",
            Self::Turnout => "turnout",
            Self::Draw => "draw",
            Self::Results => "results",
            Self::Blank => "blank",
        }
    }

    /// Id of its word.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Agenda => "scene-agenda",
            Self::Speaker => "scene-speaker",
            Self::Mark => "scene-mark",
            Self::Turnout => "scene-turnout",
            Self::Draw => "scene-draw",
            Self::Results => "scene-results",
            Self::Blank => "scene-blank",
        }
    }

    /// The button of a scene that can be switched to as it is; speakers are called up by name, marks have a button
    /// of their own, results come after the release.
    #[must_use]
    pub const fn button(self) -> Option<SceneButton> {
        match self {
            Self::Speaker | Self::Mark | Self::Results => None,
            _ => Some(SceneButton {
                wire: self.wire(),
                text: self.text(),
            }),
        }
    }
}
