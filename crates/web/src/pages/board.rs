//! The public board: archives, sidecars, heads, and the commands that check them.

use askama::Template;

use super::sample::{Sample, chrome_out};
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::state::State;

/// One box on the board.
#[derive(Debug, Clone)]
pub struct BoardBox {
    /// Uuid of the election.
    pub uuid: String,
    /// Category in words.
    pub name: String,
    /// State.
    pub state: State,
    /// Ballots on the board, replaced ones included.
    pub ballots: i64,
    /// Height of the last event.
    pub height: i64,
    /// Hash of the last event.
    pub head: String,
    /// Whether the sidecar can be had.
    pub proofs: bool,
}

/// What the board shows.
#[derive(Debug, Clone)]
pub struct Board {
    /// Title of the meeting.
    pub title: String,
    /// One per category.
    pub boxes: Vec<BoardBox>,
    /// The line that checks all of it with our program.
    pub command_ours: String,
    /// The lines that check it with belenios-tool.
    pub commands_belenios: Vec<String>,
}

impl Board {
    /// The board with its commands.
    #[must_use]
    pub fn new(title: String, boxes: Vec<BoardBox>) -> Self {
        let files: Vec<String> = boxes.iter().map(|b| format!("{}.bel", b.uuid)).collect();
        // The tool takes a folder, and where this holds several archives, the box that is meant.
        let commands = boxes
            .iter()
            .map(|b| format!("belenios-tool election verify --dir . --uuid {}", b.uuid))
            .collect();
        Self {
            title,
            command_ours: format!("pingyi verify {}", files.join(" ")),
            commands_belenios: commands,
            boxes,
        }
    }
}

/// The board's page.
#[derive(Debug, Clone, Template)]
#[template(path = "board.html")]
pub struct BoardPage {
    /// Frame.
    pub c: Chrome,
    /// What it shows.
    pub b: Board,
}

impl BoardPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let mut c = chrome_out(lang, "board-title", "/board/a1", "page-public", &["office"]);
        c.offer_login = true;
        let boxes = super::appraisal_samples::boxes(lang, State::Counted)
            .into_iter()
            .map(|b| BoardBox {
                name: b.name(),
                uuid: b.uuid,
                state: State::Counted,
                ballots: b.ballots + b.replaced,
                height: b.height,
                head: b.head,
                proofs: true,
            })
            .collect();
        let title = super::appraisal_samples::title(lang).to_owned();
        vec![Sample::new(
            "board",
            Self {
                c,
                b: Board::new(title, boxes),
            }
            .render(),
        )]
    }
}
