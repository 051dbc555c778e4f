//! The slides of a duty report: typed content, no free layout. One deck gives the PDF (a template) and the editable pptx
//! (`pingyi-office`), so that both say the same.

mod fit;
mod picture;

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input, Rule};
use crate::year_book::Figure;
pub use fit::{cell_size, column_widths, fitted, point_size};
pub use picture::{Picture, PictureError, PictureFormat};

/// A deck of 16:9.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deck {
    /// What every paper carries.
    pub head: Head,
    /// Its title, on the cover.
    pub title: String,
    /// Who reports.
    pub presenter: String,
    /// The day.
    pub dated: Date,
    /// The slides after the cover.
    pub slides: Vec<Slide>,
}

/// One slide; `P` is what a photo is: the picture itself, or a name for it. What does not fit on one goes on on the next
/// under the same title (see [`Deck::fitted`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Slide<P = Picture> {
    /// Up to six figures with the year before.
    Figures {
        /// The heading.
        title: String,
        /// The figures.
        figures: Vec<Figure>,
    },
    /// Columns or lines.
    Chart {
        /// The heading.
        title: String,
        /// What is drawn.
        chart: Chart,
        /// A sentence below; blank for none.
        #[serde(default)]
        note: String,
    },
    /// A table.
    Table {
        /// The heading.
        title: String,
        /// The heads of the columns.
        columns: Vec<String>,
        /// The rows, as wide as the head.
        rows: Vec<Vec<String>>,
    },
    /// Points, one below the other.
    Points {
        /// The heading.
        title: String,
        /// The points.
        points: Vec<String>,
    },
    /// Up to four photos with their captions.
    Photos {
        /// The heading.
        title: String,
        /// The photos.
        photos: Vec<Photo<P>>,
    },
}

/// A chart with real numbers behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Columns or lines.
    pub form: ChartForm,
    /// What stands along the axis.
    pub labels: Vec<String>,
    /// The rows of numbers.
    pub series: Vec<Series>,
    /// What the numbers are: 项, 人次, %; blank for none.
    #[serde(default)]
    pub measure: String,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartForm {
    /// Columns side by side.
    Columns,
    /// Lines over time.
    Lines,
}

/// One row of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A number for each label, in thousandths, so that no float decides anything; `None` where there is none.
    pub thousandths: Vec<Option<i64>>,
}

/// A photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo<P = Picture> {
    /// What it shows, below it and for a screen reader.
    pub caption: String,
    /// The picture.
    pub picture: P,
}

impl<P> Slide<P> {
    /// Its heading.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Figures { title, .. }
            | Self::Chart { title, .. }
            | Self::Table { title, .. }
            | Self::Points { title, .. }
            | Self::Photos { title, .. } => title,
        }
    }

    /// The same slide with its photos as something else.
    ///
    /// # Errors
    /// What `picture` gives.
    pub fn with_photos<Q, E>(
        self,
        mut picture: impl FnMut(P) -> Result<Q, E>,
    ) -> Result<Slide<Q>, E> {
        Ok(match self {
            Self::Figures { title, figures } => Slide::Figures { title, figures },
            Self::Chart { title, chart, note } => Slide::Chart { title, chart, note },
            Self::Table {
                title,
                columns,
                rows,
            } => Slide::Table {
                title,
                columns,
                rows,
            },
            Self::Points { title, points } => Slide::Points { title, points },
            Self::Photos { title, photos } => {
                let photos = photos.into_iter().map(|photo| {
                    Ok(Photo {
                        caption: photo.caption,
                        picture: picture(photo.picture)?,
                    })
                });
                let photos = photos.collect::<Result<_, E>>()?;
                Slide::Photos { title, photos }
            }
        })
    }
}

/// More labels than this cannot be read from the back of a hall.
const MOST_LABELS: usize = 20;
/// More rows of numbers than there are colours to tell apart.
const MOST_SERIES: usize = 5;
/// A point longer than this is no point, in characters.
const LONGEST_POINT: usize = 400;
const MOST_COLUMNS: usize = 8;

impl Input for Deck {
    fn check(&self, found: &mut Found) {
        found.text("title", &self.title);
        found.text("presenter", &self.presenter);
        found.some("slides", &self.slides);
        for (index, slide) in self.slides.iter().enumerate() {
            let path = format!("slides[{index}]");
            found.text(format!("{path}.title"), slide.title());
            check_slide(&path, slide, found);
        }
    }
}

fn check_slide(path: &str, slide: &Slide, found: &mut Found) {
    match slide {
        Slide::Figures { figures, .. } => {
            found.some(&format!("{path}.figures"), figures);
            for (index, figure) in figures.iter().enumerate() {
                found.text(format!("{path}.figures[{index}].label"), &figure.label);
                found.text(format!("{path}.figures[{index}].value"), &figure.value);
            }
        }
        Slide::Chart { chart, .. } => check_chart(path, chart, found),
        Slide::Table { columns, rows, .. } => {
            found.some(&format!("{path}.columns"), columns);
            if columns.len() > MOST_COLUMNS {
                found.add(format!("{path}.columns"), Rule::TooMany);
            }
            for (index, row) in rows.iter().enumerate() {
                found.width(format!("{path}.rows[{index}]"), row.len(), columns.len());
            }
        }
        Slide::Points { points, .. } => {
            found.some(&format!("{path}.points"), points);
            for (index, point) in points.iter().enumerate() {
                if point.chars().count() > LONGEST_POINT {
                    found.add(format!("{path}.points[{index}]"), Rule::TooLong);
                }
            }
        }
        Slide::Photos { photos, .. } => {
            found.some(&format!("{path}.photos"), photos);
            for (index, photo) in photos.iter().enumerate() {
                found.text(format!("{path}.photos[{index}].caption"), &photo.caption);
            }
        }
    }
}

fn check_chart(path: &str, chart: &Chart, found: &mut Found) {
    found.some(&format!("{path}.chart.labels"), &chart.labels);
    found.some(&format!("{path}.chart.series"), &chart.series);
    for (name, length, most) in [
        ("labels", chart.labels.len(), MOST_LABELS),
        ("series", chart.series.len(), MOST_SERIES),
    ] {
        if length > most {
            found.add(format!("{path}.chart.{name}"), Rule::TooMany);
        }
    }
    for (index, series) in chart.series.iter().enumerate() {
        found.width(
            format!("{path}.chart.series[{index}].thousandths"),
            series.thousandths.len(),
            chart.labels.len(),
        );
    }
}
