//! The slides of a report: their order, what is left out, what stands on them.

use askama::Template;
use pingyi_app::reports::{
    FigurePick, MOST_FIGURES, MOST_PHOTOS, OwnSlides, PhotoPick, SLIDE_POINTS_MOST,
    SLIDE_TITLE_MOST, SlideKind, SlideView, SlidesView,
};

use super::own_slides::OwnPart;
use super::{figure_label, tone};
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::pages::record::ledger::Words;

/// What is typed for a slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedText {
    /// Its version.
    pub version: i64,
    /// As typed.
    pub text: String,
    /// What stands there while nothing is typed.
    pub proposed: String,
}

/// A slide by its kind.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one part of the row is shown"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlideRow {
    /// Kind on the wire.
    pub code: &'static str,
    /// Its heading.
    pub title: String,
    /// Whether it is left out.
    pub hidden: bool,
    /// Whether it stays where it is.
    pub fixed: bool,
    /// Whether it can go up.
    pub up: bool,
    /// Whether it can go down.
    pub down: bool,
    /// The heading typed.
    pub heading: TypedText,
    /// The points typed, where it takes any.
    pub points: Option<TypedText>,
    /// Whether there is nothing to show.
    pub empty: bool,
}

/// A figure to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// As it is shown.
    pub shown: String,
}

/// A photo to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoRow {
    /// Id of the evidence.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// Day of its entry.
    pub on_date: String,
    /// Id of its entry.
    pub entry: String,
    /// Its place on the slides; nought when it was not picked.
    pub place: usize,
}

/// The slides of a report.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one part of the page is shown"
)]
#[derive(Debug, Clone, Template)]
#[template(path = "report/slides.html")]
pub struct SlidesPage {
    /// Frame.
    pub c: Chrome,
    /// Id of the report.
    pub id: String,
    /// Name of the unit.
    pub unit: String,
    /// The year reported on.
    pub year: String,
    /// State of the report on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// Whether the numbers are those of a submission.
    pub frozen: bool,
    /// Whether who looks arranges.
    pub may_arrange: bool,
    /// The slides in order.
    pub slides: Vec<SlideRow>,
    /// Figures on the slide.
    pub figures: Vec<FigureRow>,
    /// Other figures.
    pub offers: Vec<FigureRow>,
    /// Whether figures were picked by hand.
    pub figures_picked: bool,
    /// Photos to choose from.
    pub photos: Vec<PhotoRow>,
    /// Whether photos were picked by hand.
    pub photos_picked: bool,
    /// What is no figure; empty when all are.
    pub unknown: String,
    /// Whether the hall has shown slides of this report.
    pub shown: bool,
    /// Whether there is any slide behind the cover.
    pub some: bool,
    /// Whether the program that makes PDFs is there.
    pub prints: bool,
    /// Slides brought along.
    pub own: OwnPart,
    /// Whether a pptx can be converted on this machine.
    pub converts: bool,
    /// Whether the office has a template of its own.
    pub template: bool,
    /// Whether it was made up.
    pub sample: bool,
}

/// What can be made on this machine.
#[derive(Debug, Clone, Copy)]
pub struct Machine {
    /// PDFs.
    pub prints: bool,
    /// A PDF of a pptx.
    pub converts: bool,
    /// A pptx in the office's template.
    pub template: bool,
}

fn row(at: usize, of: usize, view: &SlideView) -> SlideRow {
    let fixed = view.slide.is_fixed();
    SlideRow {
        code: view.slide.as_str(),
        title: view.title.clone(),
        hidden: view.hidden,
        fixed,
        up: at > 1,
        down: !fixed && at + 1 < of,
        heading: TypedText {
            version: view.typed_title.version,
            text: view.typed_title.text.clone(),
            proposed: view.proposed_title.clone(),
        },
        points: view.typed_points.as_ref().map(|typed| TypedText {
            version: typed.version,
            text: typed.text.clone(),
            proposed: view.proposed_points.join("\n"),
        }),
        empty: view.pages == 0,
    }
}

fn figure(words: &Words, pick: &FigurePick) -> FigureRow {
    FigureRow {
        code: pick.code.to_string(),
        label: figure_label(words, &pick.code),
        shown: pick.shown.clone(),
    }
}

fn photo(pick: &PhotoPick) -> PhotoRow {
    PhotoRow {
        id: pick.id.to_string(),
        caption: pick.caption.clone(),
        on_date: pick.on_date.clone(),
        entry: pick.entry.clone(),
        place: pick.picked.unwrap_or(0),
    }
}

impl SlidesPage {
    /// Most figures of the slide.
    #[must_use]
    pub const fn most_figures(&self) -> usize {
        MOST_FIGURES
    }

    /// Most photos of the deck.
    #[must_use]
    pub const fn most_photos(&self) -> usize {
        MOST_PHOTOS
    }

    /// Most characters of a heading.
    #[must_use]
    pub const fn most_title(&self) -> usize {
        SLIDE_TITLE_MOST
    }

    /// Most characters of what is typed for points.
    #[must_use]
    pub const fn most_points(&self) -> usize {
        SLIDE_POINTS_MOST
    }

    /// How many photos are picked.
    #[must_use]
    pub fn picked(&self) -> usize {
        self.photos.iter().filter(|one| one.place > 0).count()
    }

    /// What the page shows of the slides of a report.
    #[must_use]
    pub fn of(
        c: Chrome,
        (view, own): (&SlidesView, OwnSlides),
        words: &Words,
        can: Machine,
    ) -> Self {
        let of = view.slides.len();
        let some = view
            .slides
            .iter()
            .any(|one| one.slide != SlideKind::Cover && !one.hidden && one.pages > 0);
        Self {
            id: view.id.to_string(),
            unit: view.unit.name.clone(),
            year: view.year.to_string(),
            state: view.state.as_str(),
            tone: tone(view.state),
            frozen: view.frozen,
            may_arrange: view.may_arrange,
            slides: view
                .slides
                .iter()
                .enumerate()
                .map(|(at, one)| row(at, of, one))
                .collect(),
            figures: view.figures.iter().map(|one| figure(words, one)).collect(),
            offers: view.offers.iter().map(|one| figure(words, one)).collect(),
            figures_picked: view.figures_picked,
            photos: view.photos.iter().map(photo).collect(),
            photos_picked: view.photos_picked,
            unknown: view.unknown.join("、"),
            shown: view.shown > 0,
            sample: view.sample,
            some,
            prints: can.prints,
            own: OwnPart::of(Texts(words.lang), own),
            converts: can.converts,
            template: can.template,
            c,
        }
    }
}
