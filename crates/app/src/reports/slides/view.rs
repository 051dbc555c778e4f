//! The slides of a report as their page shows them.

use pingyi_domain::record::{EvidenceId, ReportId};
use pingyi_domain::report::{FigureCode, ReportStateName, SlideField, SlideKind};
use pingyi_papers::fitted;
use pingyi_store::repo::decks;

use super::build::{self, Built};
use super::{Material, material, words};
use crate::record::{Hand, UnitName};
use crate::reports::kept;
use crate::{App, Result};

/// What is typed for a slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlideTextView {
    /// Its version; 0 where nothing was typed.
    pub version: i64,
    /// As typed.
    pub text: String,
}

/// A slide by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlideView {
    /// Which.
    pub slide: SlideKind,
    /// Whether it is left out.
    pub hidden: bool,
    /// Its heading.
    pub title: String,
    /// The heading where nothing is typed.
    pub proposed_title: String,
    /// The heading typed.
    pub typed_title: SlideTextView,
    /// The points typed; none where it takes none.
    pub typed_points: Option<SlideTextView>,
    /// The points where nothing is typed.
    pub proposed_points: Vec<String>,
    /// How many slides it takes; nought when there is nothing to show.
    pub pages: usize,
}

/// A figure to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigurePick {
    /// Its code.
    pub code: FigureCode,
    /// As it is shown.
    pub shown: String,
    /// Whether it stands on the slide.
    pub picked: bool,
}

/// A photo to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoPick {
    /// The evidence.
    pub id: EvidenceId,
    /// SHA-256 of its file.
    pub sha256: String,
    /// What it shows.
    pub caption: String,
    /// Day of its entry.
    pub on_date: String,
    /// Id of its entry.
    pub entry: String,
    /// Its place on the slides from 1; none where it was not picked.
    pub picked: Option<usize>,
}

/// The slides of a report.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one part of the page is shown"
)]
#[derive(Debug, Clone)]
pub struct SlidesView {
    /// Id of the report.
    pub id: ReportId,
    /// Its unit.
    pub unit: UnitName,
    /// The year reported on.
    pub year: i32,
    /// Where the report stands.
    pub state: ReportStateName,
    /// Whether the numbers are those of a submission.
    pub frozen: bool,
    /// Whether who looks arranges.
    pub may_arrange: bool,
    /// The slides in order.
    pub slides: Vec<SlideView>,
    /// The figures on the slide, in order.
    pub figures: Vec<FigurePick>,
    /// The other figures that are something.
    pub offers: Vec<FigurePick>,
    /// Whether figures were picked by hand.
    pub figures_picked: bool,
    /// Photos to choose from.
    pub photos: Vec<PhotoPick>,
    /// Whether photos were picked by hand.
    pub photos_picked: bool,
    /// What stands in double braces and is no figure.
    pub unknown: Vec<String>,
    /// How often the hall showed slides of this report.
    pub shown: usize,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

fn typed(found: &Material, slide: SlideKind, field: SlideField) -> SlideTextView {
    let row = found
        .texts
        .iter()
        .find(|row| row.slide == slide.as_str() && row.field == field.as_str());
    row.map_or_else(SlideTextView::default, |row| SlideTextView {
        version: row.version,
        text: row.text.clone(),
    })
}

fn slide_view(found: &Material, built: Built) -> SlideView {
    let slide = built.slide;
    let takes = slide.takes(SlideField::Points);
    SlideView {
        slide,
        hidden: built.hidden,
        proposed_title: words::title(slide, found.stored.year),
        typed_title: typed(found, slide, SlideField::Title),
        typed_points: takes.then(|| typed(found, slide, SlideField::Points)),
        proposed_points: build::proposed_points(found, slide),
        pages: if slide == SlideKind::Cover {
            1
        } else {
            fitted(&built.slides).len()
        },
        title: built.title,
    }
}

/// Figures on the slide, and the others of the year that are something.
fn figures(found: &Material) -> (Vec<FigurePick>, Vec<FigurePick>) {
    let on = build::picked(found).figures;
    let pick = |code: &str, picked| {
        Some(FigurePick {
            shown: found.facts.figures.get(code)?.shown.clone(),
            code: code.parse().ok()?,
            picked,
        })
    };
    let shown = on.iter().filter_map(|code| pick(code, true)).collect();
    let others = found.facts.figures.iter().filter(|(code, figure)| {
        figure.thousandths.is_some_and(|number| number != 0) && !on.contains(code)
    });
    let own = |one: &FigurePick| {
        one.code.span == pingyi_domain::report::FigureSpan::Own
            && one.code.of == pingyi_domain::report::FigureOf::Itself
    };
    let offers = others.filter_map(|(code, _)| pick(code, false));
    (shown, offers.filter(own).collect())
}

fn photos(found: &Material) -> Vec<PhotoPick> {
    let on = build::picked(found).photos;
    let all = found.photos.iter().filter_map(|row| {
        let id: EvidenceId = row.id.parse().ok()?;
        Some(PhotoPick {
            picked: on.iter().position(|one| *one == id).map(|at| at + 1),
            id,
            sha256: row.sha256.clone(),
            caption: row.caption.clone(),
            on_date: row.on_date.clone(),
            entry: row.entry.clone(),
        })
    });
    all.collect()
}

impl App {
    /// The slides of a report with what their page shows.
    ///
    /// # Errors
    /// [`crate::AppError::NotFound`], [`crate::AppError::NotYourUnit`].
    pub async fn report_slides(&self, hand: &Hand, id: &ReportId) -> Result<SlidesView> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let found = material(self, &mut view, stored).await?;
        let shown = decks::of_report(&mut view, id.as_str()).await?.len();
        let (on, offers) = figures(&found);
        let slides = build::build(&found).into_iter();
        Ok(SlidesView {
            id: id.clone(),
            year: found.stored.year,
            state: found.stored.state.name(),
            frozen: found.is_frozen(),
            may_arrange: hand.may_draft(found.stored.place()),
            slides: slides.map(|built| slide_view(&found, built)).collect(),
            figures: on,
            offers,
            figures_picked: found.arrangement.figures.is_some(),
            photos: photos(&found),
            photos_picked: found.arrangement.photos.is_some(),
            unknown: build::unknown(&found),
            shown,
            sample: found.stored.row.sample != 0,
            unit: found.stored.unit,
        })
    }
}
