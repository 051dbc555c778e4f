//! The slides of a report (docs/report-contract.md §3): one [`pingyi_papers::Deck`] for hall, PDF and pptx. Its numbers are
//! those of the report: worked out anew while it is written, frozen once it is handed in.

mod arranging;
mod build;
mod facts;
mod files;
mod screen;
mod shown;
mod template;
mod view;
mod words;

pub(super) use facts::freeze;
pub use screen::{ScreenDeck, ScreenSlide, ScreenWords};
pub(crate) use shown::{fix_deck, shown_heads};
pub use template::{TEMPLATE_NAMES, TEMPLATE_TABLE, TemplateView};
pub use view::{FigurePick, PhotoPick, SlideTextView, SlideView, SlidesView};

use std::collections::BTreeMap;

use pingyi_domain::record::{Date, EvidenceId, Period};
use pingyi_domain::report::{
    Arrangement, Content, DeckFacts, ReportStateName, SlideField, SlideKind,
};
use pingyi_papers::Mark;
use pingyi_store::Conn;
use pingyi_store::repo::decks::{self, DeckRow, PhotoRow, SlideTextRow};
use serde::Serialize;

use super::{Kept, figures, last_content, written};
use crate::{App, AppError, Result};

/// Photos to choose from: those of the newest entries.
const PHOTOS_OFFERED: i64 = 200;

/// A photo of a slide by the hash of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhotoRef {
    /// SHA-256.
    pub sha256: String,
    /// Media type.
    #[serde(skip)]
    pub media: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// A photo as it is sent.
#[derive(Debug, Clone)]
pub struct DeckPhoto {
    /// Media type.
    pub media: String,
    /// What it holds.
    pub content: bytes::Bytes,
}

/// All that the slides of a report are made of.
struct Material {
    stored: Kept,
    arrangement: Arrangement,
    texts: Vec<SlideTextRow>,
    facts: DeckFacts,
    content: Content,
    photos: Vec<PhotoRow>,
    dated: Date,
}

impl Material {
    fn text(&self, slide: SlideKind, field: SlideField) -> &str {
        let found = self
            .texts
            .iter()
            .find(|row| row.slide == slide.as_str() && row.field == field.as_str());
        found.map_or("", |row| row.text.as_str())
    }

    /// The figures of a text as they were handed in, by their codes; what was not among them is left out.
    fn handed_in(&self, text: &String) -> BTreeMap<String, String> {
        let codes = figures::codes_in([text]).into_iter();
        let shown = codes.filter_map(|code| {
            let shown = build::shown_in(&self.facts, &self.content, &code)?;
            Some((code.to_string(), shown))
        });
        shown.collect()
    }

    const fn is_frozen(&self) -> bool {
        !self.stored.state.name().is_open()
    }

    /// What stands across the slides.
    const fn mark(&self) -> Option<Mark> {
        match (self.stored.row.sample != 0, self.stored.state.name()) {
            (true, _) => Some(Mark::Sample),
            (false, ReportStateName::Approved) => None,
            (false, _) => Some(Mark::Draft),
        }
    }
}

fn arrangement_of(row: Option<&DeckRow>) -> Result<Arrangement> {
    let Some(row) = row else {
        return Ok(Arrangement::default());
    };
    let stored: Arrangement = serde_json::from_str(&row.arrangement)?;
    Ok(stored.mended())
}

/// The days of a report, as the database has them.
fn days_of(stored: &Kept) -> Result<(String, String)> {
    let period = Period::year(stored.year).ok_or(AppError::NotFound)?;
    Ok((period.first().to_string(), period.last().to_string()))
}

/// A photo a report may show, by the id of the evidence or the hash of its file: of a confirmed entry of its unit or one
/// below it, in its year.
async fn photo_named(conn: &mut Conn, stored: &Kept, name: &str) -> Result<Option<PhotoRow>> {
    let (from, until) = days_of(stored)?;
    Ok(decks::photo_named(conn, (&from, &until), stored.place(), name).await?)
}

/// Such photos: the newest, and those picked when they were among the newest.
async fn photos_of(
    conn: &mut Conn,
    stored: &Kept,
    picked: Option<&[EvidenceId]>,
) -> Result<Vec<PhotoRow>> {
    let (from, until) = days_of(stored)?;
    let mut all = decks::photos(conn, (&from, &until), stored.place(), PHOTOS_OFFERED).await?;
    for id in picked.unwrap_or_default() {
        if !all.iter().any(|row| row.id == id.as_str()) {
            all.extend(photo_named(conn, stored, id.as_str()).await?);
        }
    }
    Ok(all)
}

/// The figures of a text worked out today, by their codes.
async fn worked(
    app: &App,
    conn: &mut Conn,
    stored: &Kept,
    text: &String,
) -> Result<BTreeMap<String, String>> {
    let worked = figures::of_texts(app, conn, stored, [text]).await?;
    let shown = worked.into_iter().map(|(code, one)| (code, one.shown));
    Ok(shown.collect())
}

async fn material(app: &App, conn: &mut Conn, stored: Kept) -> Result<Material> {
    let row = decks::deck(conn, stored.id.as_str()).await?;
    let texts = decks::texts(conn, stored.id.as_str()).await?;
    let open = stored.state.name().is_open();
    let (facts, content) = if open {
        let facts = facts::gather(app, conn, &stored).await?;
        (facts, written(conn, &stored).await?)
    } else {
        let last = last_content(conn, &stored.id).await?;
        let content = last.map(|(_, content)| content).unwrap_or_default();
        (facts::frozen(app, conn, &stored).await?, content)
    };
    // What is frozen is of the day it was handed in, what is not of today.
    let handed_in = stored.row.submitted_at.filter(|_| !open);
    let dated = match handed_in.and_then(Date::in_china) {
        Some(day) => day,
        None => app.today()?,
    };
    let arrangement = arrangement_of(row.as_ref())?;
    Ok(Material {
        photos: photos_of(conn, &stored, arrangement.photos.as_deref()).await?,
        arrangement,
        texts,
        facts,
        content,
        dated,
        stored,
    })
}
