//! The slides of a report (docs/report-contract.md §3): which there are, in which order, what is picked for them, and the
//! facts of the record they show. No free layout.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figure::{FigureCode, Worked};
use crate::record::{EvidenceId, Figure, MatterStateName, Quarter, named};

named! {
    /// A slide by what it is about.
    SlideKind {
        /// Title, presenter, day.
        Cover => "cover",
        /// The year in six figures.
        SixFigures => "six_figures",
        /// The two coverages.
        Coverage => "coverage",
        /// What was done, by kind.
        ByKind => "by_kind",
        /// Photos from the evidence.
        Photos => "photos",
        /// Problems and how they were solved.
        Problems => "problems",
        /// Last year's list answered.
        LastYear => "last_year",
        /// What is wanting.
        Shortcomings => "shortcomings",
        /// What comes next.
        Next => "next",
    }
}

named! {
    /// What may be typed for a slide.
    SlideField {
        /// Its heading.
        Title => "title",
        /// Its points, one a line.
        Points => "points",
    }
}

/// Figures on the slide of figures.
pub const MOST_FIGURES: usize = 6;
/// Photos of a deck: three slides of four.
pub const MOST_PHOTOS: usize = 12;
/// Most characters of a heading.
pub const SLIDE_TITLE_MOST: usize = 40;
/// Most characters of what is typed for points.
pub const SLIDE_POINTS_MOST: usize = 4_000;

impl SlideKind {
    /// Whether typed points may stand in the place of what the slide would say.
    #[must_use]
    pub const fn takes(self, field: SlideField) -> bool {
        match field {
            SlideField::Title => true,
            SlideField::Points => matches!(
                self,
                Self::Problems | Self::LastYear | Self::Shortcomings | Self::Next
            ),
        }
    }

    /// Whether it stays where it is, and is seen: the cover comes first.
    #[must_use]
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::Cover)
    }
}

/// A slide in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    /// Which.
    pub slide: SlideKind,
    /// Whether it is left out.
    pub hidden: bool,
}

/// How a presenter arranged the slides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrangement {
    /// Every kind once, the cover first.
    pub slides: Vec<Placed>,
    /// Codes of the figures picked; none leaves it to the proposal.
    pub figures: Option<Vec<String>>,
    /// Photos picked; none leaves it to the proposal.
    pub photos: Option<Vec<EvidenceId>>,
}

impl Default for Arrangement {
    fn default() -> Self {
        let placed = |slide: &SlideKind| Placed {
            slide: *slide,
            hidden: false,
        };
        Self {
            slides: SlideKind::ALL.iter().map(placed).collect(),
            figures: None,
            photos: None,
        }
    }
}

/// One change of an arrangement. It says what is to be, not what was: two people who arrange at once never undo each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Arrange {
    /// One place earlier.
    Up {
        /// Which.
        slide: SlideKind,
    },
    /// One place later.
    Down {
        /// Which.
        slide: SlideKind,
    },
    /// Before another one.
    Before {
        /// Which.
        slide: SlideKind,
        /// The other one.
        other: SlideKind,
    },
    /// Left out.
    Hide {
        /// Which.
        slide: SlideKind,
    },
    /// Shown again.
    Show {
        /// Which.
        slide: SlideKind,
    },
    /// One more figure.
    AddFigure {
        /// Its code.
        figure: String,
    },
    /// One figure less.
    DropFigure {
        /// Its code.
        figure: String,
    },
    /// One more photo.
    AddPhoto {
        /// Which.
        photo: EvidenceId,
    },
    /// One photo less.
    DropPhoto {
        /// Which.
        photo: EvidenceId,
    },
    /// Figures or photos as proposed.
    Propose {
        /// Of which slide.
        slide: SlideKind,
    },
}

/// What stands on the slides now: picks begin from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// Codes of the figures.
    pub figures: Vec<String>,
    /// The photos.
    pub photos: Vec<EvidenceId>,
}

/// Why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArrangeError {
    /// The cover comes first and is always seen.
    #[error("the cover stays")]
    Fixed,
    /// No more figures go on the slide.
    #[error("as many figures as there may be")]
    ManyFigures,
    /// No more photos go into the deck.
    #[error("as many photos as there may be")]
    ManyPhotos,
    /// That is no figure.
    #[error("no figure")]
    NoFigure,
}

impl ArrangeError {
    /// The rule's name for the interface.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Fixed => "slides_fixed",
            Self::ManyFigures => "slides_figures",
            Self::ManyPhotos => "slides_photos",
            Self::NoFigure => "slides_figure",
        }
    }
}

fn put<T: PartialEq>(list: &mut Vec<T>, one: T, most: usize) -> bool {
    if list.contains(&one) {
        return true;
    }
    let fits = list.len() < most;
    if fits {
        list.push(one);
    }
    fits
}

impl Arrangement {
    /// Every kind once, the cover first, whatever was stored: a kind that is new comes last.
    #[must_use]
    pub fn mended(mut self) -> Self {
        let mut seen = Vec::new();
        self.slides.retain(|placed| {
            let new = !seen.contains(&placed.slide);
            seen.push(placed.slide);
            new && !placed.slide.is_fixed()
        });
        let cover = Placed {
            slide: SlideKind::Cover,
            hidden: false,
        };
        self.slides.insert(0, cover);
        for slide in SlideKind::ALL {
            if !self.slides.iter().any(|placed| placed.slide == *slide) {
                self.slides.push(Placed {
                    slide: *slide,
                    hidden: false,
                });
            }
        }
        self
    }

    fn place(&self, slide: SlideKind) -> Result<usize, ArrangeError> {
        let found = self.slides.iter().position(|placed| placed.slide == slide);
        found
            .filter(|_| !slide.is_fixed())
            .ok_or(ArrangeError::Fixed)
    }

    /// The arrangement after a change; `picked` is what stands on the slides now.
    ///
    /// # Errors
    /// [`ArrangeError`]; a change that is made already is none.
    pub fn arranged(mut self, change: &Arrange, picked: Picked) -> Result<Self, ArrangeError> {
        match change {
            Arrange::Up { slide } => {
                let at = self.place(*slide)?;
                if at > 1 {
                    self.slides.swap(at, at - 1);
                }
            }
            Arrange::Down { slide } => {
                let at = self.place(*slide)?;
                if at + 1 < self.slides.len() {
                    self.slides.swap(at, at + 1);
                }
            }
            Arrange::Before { slide, other } => {
                let from = self.place(*slide)?;
                self.place(*other)?;
                let moved = self.slides.remove(from);
                let to = self.place(*other).unwrap_or(from);
                self.slides.insert(to, moved);
            }
            Arrange::Hide { slide } => {
                let at = self.place(*slide)?;
                self.slides[at].hidden = true;
            }
            Arrange::Show { slide } => {
                let at = self.place(*slide)?;
                self.slides[at].hidden = false;
            }
            Arrange::Propose { slide } => match slide {
                SlideKind::SixFigures => self.figures = None,
                SlideKind::Photos => self.photos = None,
                _ => {}
            },
            Arrange::AddFigure { .. } | Arrange::DropFigure { .. } => {
                self.figures = Some(figures(change, picked.figures)?);
            }
            Arrange::AddPhoto { .. } | Arrange::DropPhoto { .. } => {
                self.photos = Some(photos(change, picked.photos)?);
            }
        }
        Ok(self)
    }
}

/// The figures after a change.
fn figures(change: &Arrange, mut list: Vec<String>) -> Result<Vec<String>, ArrangeError> {
    match change {
        Arrange::AddFigure { figure } => {
            let code: FigureCode = figure.parse().map_err(|_| ArrangeError::NoFigure)?;
            if !put(&mut list, code.to_string(), MOST_FIGURES) {
                return Err(ArrangeError::ManyFigures);
            }
        }
        Arrange::DropFigure { figure } => list.retain(|code| code != figure),
        _ => {}
    }
    Ok(list)
}

/// The photos after a change.
fn photos(change: &Arrange, mut list: Vec<EvidenceId>) -> Result<Vec<EvidenceId>, ArrangeError> {
    match change {
        Arrange::AddPhoto { photo } if !put(&mut list, photo.clone(), MOST_PHOTOS) => {
            return Err(ArrangeError::ManyPhotos);
        }
        Arrange::DropPhoto { photo } => list.retain(|id| id != photo),
        _ => {}
    }
    Ok(list)
}

/// A figure of the record as the slides need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactFigure {
    /// As it is read.
    pub shown: String,
    /// In thousandths, of a rate of its percentage; none where there is nothing to count from.
    pub thousandths: Option<i64>,
    /// Of a rate numerator and denominator.
    pub part: Option<(i64, i64)>,
}

impl From<&Worked> for FactFigure {
    fn from(worked: &Worked) -> Self {
        let thousandths = match worked.value {
            Figure::Count(count) => count.checked_mul(1_000),
            Figure::Much(amount) => Some(amount.thousandths()),
            Figure::Rate(share) => share.tenths_of_percent().map(|tenths| tenths * 100),
            Figure::Missing => None,
        };
        Self {
            shown: worked.shown.clone(),
            thousandths,
            part: worked.part,
        }
    }
}

/// A kind of entries with its word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWord {
    /// Its code.
    pub code: String,
    /// Its word.
    pub word: String,
}

/// A problem and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub state: MatterStateName,
    /// What was done about it; may be empty.
    pub done: String,
}

/// All that the slides take from the record; frozen with every submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckFacts {
    /// Figures by code.
    pub figures: BTreeMap<String, FactFigure>,
    /// The kinds of entries in the order of the vocabulary.
    pub kinds: Vec<KindWord>,
    /// The quarters of the year that have begun.
    pub quarters: Vec<Quarter>,
    /// The problems of the year.
    pub problems: Vec<Problem>,
}

/// The first sentence of a paragraph, without the mark that ends it.
#[must_use]
pub fn first_sentence(paragraph: &str) -> &str {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';');
    let first = paragraph.split(ends).find(|part| !part.trim().is_empty());
    first.unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(arrangement: &Arrangement) -> Vec<&'static str> {
        let slides = arrangement.slides.iter();
        slides.map(|placed| placed.slide.as_str()).collect()
    }

    fn photo(letter: char) -> EvidenceId {
        letter.to_string().repeat(16).parse().unwrap()
    }

    #[test]
    fn slides_move_and_the_cover_stays_first() {
        let none = Picked::default;
        let start = Arrangement::default();
        let up = |slide| Arrange::Up { slide };
        let same = start.clone().arranged(&up(SlideKind::SixFigures), none());
        assert_eq!(same.unwrap(), start, "nothing comes before the cover");
        let moved = start.clone().arranged(&up(SlideKind::Coverage), none());
        assert_eq!(
            order(&moved.unwrap())[..3],
            ["cover", "coverage", "six_figures"]
        );
        let before = Arrange::Before {
            slide: SlideKind::Next,
            other: SlideKind::Photos,
        };
        let moved = start.clone().arranged(&before, none()).unwrap();
        assert_eq!(order(&moved)[3..6], ["by_kind", "next", "photos"]);
        for change in [
            Arrange::Hide {
                slide: SlideKind::Cover,
            },
            Arrange::Before {
                slide: SlideKind::Next,
                other: SlideKind::Cover,
            },
            up(SlideKind::Cover),
        ] {
            let refused = start.clone().arranged(&change, none());
            assert_eq!(refused, Err(ArrangeError::Fixed), "{change:?}");
        }
    }

    #[test]
    fn picks_begin_from_what_is_shown_and_end_at_the_most() {
        let picked = || Picked {
            figures: vec!["org_rate".into(), "members".into()],
            photos: vec![photo('a')],
        };
        let add = |figure: &str| Arrange::AddFigure {
            figure: figure.into(),
        };
        let more = Arrangement::default().arranged(&add("entries:class"), picked());
        assert_eq!(more.unwrap().figures.unwrap().len(), 3);
        let twice = Arrangement::default().arranged(&add("members"), picked());
        assert_eq!(twice.unwrap().figures.unwrap().len(), 2);
        let none = Arrangement::default().arranged(&add("no figure"), picked());
        assert_eq!(none, Err(ArrangeError::NoFigure));
        let full = Picked {
            figures: (2010..2016).map(|year| format!("members:{year}")).collect(),
            photos: Vec::new(),
        };
        let refused = Arrangement::default().arranged(&add("members"), full);
        assert_eq!(refused, Err(ArrangeError::ManyFigures));
        let drop = Arrange::DropPhoto { photo: photo('a') };
        let empty = Arrangement::default().arranged(&drop, picked()).unwrap();
        assert_eq!(empty.photos, Some(Vec::new()), "none is a choice too");
        let again = Arrange::Propose {
            slide: SlideKind::Photos,
        };
        assert_eq!(empty.arranged(&again, picked()).unwrap().photos, None);
    }

    #[test]
    fn what_was_stored_is_mended() {
        let broken = Arrangement {
            slides: vec![
                Placed {
                    slide: SlideKind::Next,
                    hidden: true,
                };
                2
            ],
            ..Arrangement::default()
        };
        let mended = broken.mended();
        assert_eq!(order(&mended)[..2], ["cover", "next"]);
        assert!(mended.slides[1].hidden);
        assert_eq!(mended.slides.len(), SlideKind::ALL.len());
    }

    #[test]
    fn a_point_is_the_first_sentence() {
        assert_eq!(
            first_sentence("活动形式单一。具体表现为三点"),
            "活动形式单一"
        );
        assert_eq!(first_sentence("；；覆盖不全；其次"), "覆盖不全");
        assert_eq!(first_sentence("没有句号"), "没有句号");
        assert_eq!(first_sentence("  "), "");
    }
}
