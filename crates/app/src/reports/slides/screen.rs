//! The slides for a screen: what the hall shows and the page previews, with the sizes the papers have too.

use pingyi_domain::record::Date;
use pingyi_domain::report::SlideKind;
use pingyi_papers::{Mark, Slide, cell_size, column_widths, fitted, point_size};
use serde::Serialize;

use super::build::build;
use super::{Material, PhotoRef};

/// A deck for a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScreenDeck {
    /// Its title, on the cover.
    pub title: String,
    /// Who reports.
    pub presenter: String,
    /// The day.
    pub dated: Date,
    /// What stands across the slides.
    pub mark: Option<Mark>,
    /// Words that are not one slide's.
    pub words: ScreenWords,
    /// The slides behind the cover.
    pub slides: Vec<ScreenSlide>,
}

/// Words of the slides that are not one slide's: they speak the office's language, whoever looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScreenWords {
    /// The day.
    pub dated: String,
    /// Before a figure of the year before.
    pub before: &'static str,
    /// Before what the numbers of a chart are.
    pub measure: &'static str,
    /// What stands across; empty for nothing.
    pub mark: &'static str,
}

impl ScreenWords {
    fn of(dated: Date, mark: Option<Mark>) -> Self {
        Self {
            dated: format!("{}年{}月{}日", dated.year(), dated.month(), dated.day()),
            before: "上年",
            measure: "单位",
            mark: match mark {
                Some(Mark::Sample) => "示例数据",
                Some(Mark::Rehearsal) => "演练",
                Some(Mark::Draft) => "草稿",
                None => "",
            },
        }
    }
}

/// A slide for a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScreenSlide {
    /// What it is about.
    pub of: SlideKind,
    /// Size of points or cells, in points of type on a slide 960 wide.
    pub size: usize,
    /// Widths of a table's columns in thousandths; empty of others.
    pub widths: Vec<usize>,
    /// What stands on it.
    #[serde(flatten)]
    pub slide: Slide<PhotoRef>,
}

fn on_screen(of: SlideKind, slide: Slide<PhotoRef>) -> ScreenSlide {
    let (size, widths) = match &slide {
        Slide::Points { points, .. } => (point_size(points), Vec::new()),
        Slide::Table { columns, rows, .. } => {
            (cell_size(columns, rows), column_widths(columns, rows))
        }
        Slide::Figures { .. } | Slide::Chart { .. } | Slide::Photos { .. } => (0, Vec::new()),
    };
    ScreenSlide {
        of,
        size,
        widths,
        slide,
    }
}

/// The slides for the hall, or for the page that arranges them (`with_hidden`), which also has those left out.
pub(super) fn screen(material: &Material, with_hidden: bool) -> ScreenDeck {
    // A report that is with the office is what is reported: in the hall only what was made up is marked.
    let mark = material
        .mark()
        .filter(|mark| with_hidden || *mark == Mark::Sample);
    let mut deck = ScreenDeck {
        title: String::new(),
        presenter: material.stored.unit.name.clone(),
        dated: material.dated,
        mark,
        words: ScreenWords::of(material.dated, mark),
        slides: Vec::new(),
    };
    for built in build(material) {
        if built.slide == SlideKind::Cover {
            deck.title = built.title;
        } else if with_hidden || !built.hidden {
            let pages = fitted(&built.slides).into_iter();
            deck.slides
                .extend(pages.map(|slide| on_screen(built.slide, slide)));
        }
    }
    deck
}
