//! What goes on one slide: text that can be read from the back of a hall, the rest on the next slide.

use std::mem::take;

use super::{Deck, Slide};

/// The room below the heading, in points: 13⅓ × 7½ inches less margins.
const WIDTH: usize = 864;
const HEIGHT: usize = 372;
/// Sizes of points, the largest that fits first; the last one is the least that can be read.
const POINT_SIZES: [usize; 3] = [28, 24, 20];
/// The same in tables.
const CELL_SIZES: [usize; 3] = [20, 17, 14];
/// White left and right of a cell, in points.
const CELL_MARGIN: usize = 16;
const FIGURES: usize = 6;
const PHOTOS: usize = 4;

/// Half widths: a Chinese character is two, an ASCII one one.
fn half_widths(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Lines of a text in a column of so many points.
fn lines(text: &str, width: usize, size: usize) -> usize {
    let room = (2 * width / size).max(2);
    text.split('\n')
        .map(|line| half_widths(line).div_ceil(room).max(1))
        .sum()
}

/// Cuts a list where the heights add up to more than there is room; each piece holds one at least.
fn cut<T>(list: Vec<T>, room: usize, height: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut pieces = Vec::new();
    let (mut piece, mut used) = (Vec::new(), 0);
    for one in list {
        let needed = height(&one);
        if !piece.is_empty() && used + needed > room {
            pieces.push(take(&mut piece));
            used = 0;
        }
        used += needed;
        piece.push(one);
    }
    pieces.push(piece);
    pieces
}

/// The widths of a table's columns in thousandths of the whole, after what stands in them.
#[must_use]
pub fn column_widths(columns: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let widest: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(column, head)| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let widest = cells.map(|cell| half_widths(cell)).max().unwrap_or(0);
            // A column of long texts may take six times the room of a short one, not sixty; 4 is the white at its sides.
            widest.max(half_widths(head)).clamp(6, 60) + 4
        })
        .collect();
    let total: usize = widest.iter().sum::<usize>().max(1);
    widest.iter().map(|width| width * 1000 / total).collect()
}

/// The height of a row: its lines, and room above and below.
fn row_height(widths: &[usize], row: &[String], size: usize) -> usize {
    let cells = widths.iter().zip(row);
    let height = |(width, cell): (&usize, &String)| {
        lines(
            cell,
            (WIDTH * width / 1000).saturating_sub(CELL_MARGIN),
            size,
        )
    };
    cells.map(height).max().unwrap_or(1) * (size + 5) + 12
}

/// The height of a point: its lines at one and a half, and a gap.
fn point_height(point: &str, size: usize) -> usize {
    lines(point, WIDTH - 2 * size, size) * size * 3 / 2 + size * 3 / 5
}

/// The largest size at which it all fits, else the least.
fn largest(sizes: [usize; 3], height: impl Fn(usize) -> usize) -> usize {
    let fits = sizes.into_iter().find(|&size| height(size) <= HEIGHT);
    fits.unwrap_or(sizes[2])
}

/// The size of these points on one slide, in points of type.
#[must_use]
pub fn point_size(points: &[String]) -> usize {
    largest(POINT_SIZES, |size| {
        points.iter().map(|point| point_height(point, size)).sum()
    })
}

/// The size of this table on one slide, in points of type.
#[must_use]
pub fn cell_size(columns: &[String], rows: &[Vec<String>]) -> usize {
    let widths = column_widths(columns, rows);
    largest(CELL_SIZES, |size| {
        let all = std::iter::once(columns).chain(rows.iter().map(Vec::as_slice));
        all.map(|row| row_height(&widths, row, size)).sum()
    })
}

/// One slide as the slides it takes.
fn spread<P>(slide: Slide<P>) -> Vec<Slide<P>> {
    match slide {
        Slide::Points { title, points } => {
            let height = |point: &String| point_height(point, POINT_SIZES[2]);
            let pieces = cut(points, HEIGHT, height).into_iter();
            let points = |points| Slide::Points {
                title: title.clone(),
                points,
            };
            pieces.map(points).collect()
        }
        Slide::Table {
            title,
            columns,
            rows,
        } => {
            let widths = column_widths(&columns, &rows);
            let room = HEIGHT.saturating_sub(row_height(&widths, &columns, CELL_SIZES[2]));
            let pieces = cut(rows, room, |row| row_height(&widths, row, CELL_SIZES[2])).into_iter();
            let table = |rows| Slide::Table {
                title: title.clone(),
                columns: columns.clone(),
                rows,
            };
            pieces.map(table).collect()
        }
        Slide::Figures { title, figures } => {
            let pieces = cut(figures, FIGURES, |_| 1).into_iter();
            let figures = |figures| Slide::Figures {
                title: title.clone(),
                figures,
            };
            pieces.map(figures).collect()
        }
        Slide::Photos { title, photos } => {
            let pieces = cut(photos, PHOTOS, |_| 1).into_iter();
            let photos = |photos| Slide::Photos {
                title: title.clone(),
                photos,
            };
            pieces.map(photos).collect()
        }
        chart @ Slide::Chart { .. } => vec![chart],
    }
}

fn retitle<P>(slide: &mut Slide<P>, number: usize, of: usize) {
    if of > 1 {
        let (Slide::Figures { title, .. }
        | Slide::Chart { title, .. }
        | Slide::Table { title, .. }
        | Slide::Points { title, .. }
        | Slide::Photos { title, .. }) = slide;
        *title = format!("{title}（{number}/{of}）");
    }
}

/// Slides as they are shown: long lists cut where a slide is full, with the number of the part in the heading.
#[must_use]
pub fn fitted<P: Clone>(slides: &[Slide<P>]) -> Vec<Slide<P>> {
    let mut all = Vec::with_capacity(slides.len());
    for slide in slides {
        let mut parts = spread(slide.clone());
        let of = parts.len();
        for (at, part) in parts.iter_mut().enumerate() {
            retitle(part, at + 1, of);
        }
        all.append(&mut parts);
    }
    all
}

impl Deck {
    /// The slides as they are shown (see [`fitted`]).
    #[must_use]
    pub fn fitted(&self) -> Vec<Slide> {
        fitted(&self.slides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(lengths: &[usize]) -> Vec<Slide> {
        let points = lengths.iter().map(|&length| "字".repeat(length)).collect();
        spread(Slide::Points {
            title: "存在问题".to_owned(),
            points,
        })
    }

    fn counts(slides: &[Slide]) -> Vec<usize> {
        let count = |slide: &Slide| match slide {
            Slide::Points { points, .. } => points.len(),
            Slide::Table { rows, .. } => rows.len(),
            Slide::Figures { figures, .. } => figures.len(),
            Slide::Photos { photos, .. } => photos.len(),
            Slide::Chart { .. } => 1,
        };
        slides.iter().map(count).collect()
    }

    #[test]
    fn points_fill_a_slide_and_go_on_on_the_next() {
        // 41 characters to a line of 824 pt at 20 pt; a point of one line takes 42 pt of 372, of 28 pt 58.
        assert_eq!(counts(&points(&[10; 8])), [8]);
        assert_eq!(counts(&points(&[10; 9])), [8, 1]);
        assert_eq!(counts(&points(&[41, 42])), [2]);
        assert_eq!(lines(&"字".repeat(41), 824, 20), 1);
        assert_eq!(lines(&"字".repeat(42), 824, 20), 2);
        assert_eq!(
            counts(&points(&[400, 400, 5])),
            [1, 2],
            "ten lines leave room for one"
        );
    }

    #[test]
    fn few_points_are_set_large() {
        let points = |count| vec!["字".repeat(10); count];
        assert_eq!(
            [6, 7, 8, 9].map(|count| point_size(&points(count))),
            [28, 24, 20, 20]
        );
        let rows = |count| vec![vec!["字".repeat(10)]; count];
        let head = ["问题".to_owned()];
        assert_eq!(
            [9, 10, 20].map(|count| cell_size(&head, &rows(count))),
            [20, 14, 14]
        );
    }

    #[test]
    fn a_table_keeps_its_head_on_every_slide() {
        let rows: Vec<Vec<String>> = (0..30)
            .map(|at| vec![at.to_string(), "问题".to_owned()])
            .collect();
        let columns = vec!["序号".to_owned(), "问题".to_owned()];
        let slides = spread(Slide::Table {
            title: "清单".to_owned(),
            columns: columns.clone(),
            rows,
        });
        assert_eq!(counts(&slides), [11, 11, 8]);
        for slide in &slides {
            assert!(matches!(slide, Slide::Table { columns: head, .. } if *head == columns));
        }
        let empty = spread(Slide::Table {
            title: "清单".to_owned(),
            columns,
            rows: Vec::new(),
        });
        assert_eq!(counts(&empty), [0], "an empty table is a slide too");
    }

    #[test]
    fn widths_follow_the_texts_within_bounds() {
        let columns = ["序号", "问题"].map(str::to_owned);
        let rows = vec![vec!["1".to_owned(), "字".repeat(300)]];
        assert_eq!(column_widths(&columns, &rows), [135, 864]);
    }

    #[test]
    fn parts_are_numbered_in_the_heading() {
        let mut slides = points(&[10; 9]);
        let of = slides.len();
        for (at, slide) in slides.iter_mut().enumerate() {
            retitle(slide, at + 1, of);
        }
        assert_eq!(slides[1].title(), "存在问题（2/2）");
        let mut one = points(&[10]);
        retitle(&mut one[0], 1, 1);
        assert_eq!(one[0].title(), "存在问题");
    }
}
