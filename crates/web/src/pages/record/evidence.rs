//! Evidence on the page of an entry or a matter: a strip of pictures, files below, and where to add more.

use pingyi_app::record::EvidenceRow;

use crate::lang::Texts;

/// A picture in the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureLine {
    /// Id.
    pub id: String,
    /// Version, to be sent back with its words.
    pub version: i64,
    /// Name.
    pub name: String,
    /// What it shows; may be empty.
    pub caption: String,
    /// Points of the small rendition.
    pub width: i64,
    /// Points of the small rendition.
    pub height: i64,
    /// Size in words.
    pub size: String,
    /// Whether a report named it as proof.
    pub reported: bool,
}

impl PictureLine {
    /// For who cannot see it: what it shows, else its name.
    #[must_use]
    pub fn alt(&self) -> &str {
        if self.caption.is_empty() {
            &self.name
        } else {
            &self.caption
        }
    }
}

/// A file below the pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Size in words.
    pub size: String,
    /// Whether a report named it as proof.
    pub reported: bool,
}

/// The evidence of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Where a file is sent.
    pub target: String,
    /// Pictures.
    pub pictures: Vec<PictureLine>,
    /// Other files.
    pub files: Vec<FileLine>,
    /// Whether who looks may add and take away.
    pub may_add: bool,
    /// How many go with the next report.
    pub waiting: usize,
}

/// Longest side of a small rendition on the page, in points.
const SMALL: i64 = 320;

/// Width and height of the small rendition, as the page leaves room for it.
fn fitted(width: i64, height: i64) -> (i64, i64) {
    let long = width.max(height).max(1);
    let side = |side: i64| {
        if long > SMALL {
            (side * SMALL / long).max(1)
        } else {
            side.max(1)
        }
    };
    (side(width), side(height))
}

/// Kilobytes and megabytes as people count them.
#[must_use]
pub fn size_text(texts: Texts, bytes: i64) -> String {
    let kilobytes = (bytes + 1023) / 1024;
    if kilobytes < 1024 {
        return texts.n("evidence-kb", kilobytes);
    }
    let tenths = kilobytes * 10 / 1024;
    texts.a(
        "evidence-mb",
        "n",
        &format!("{}.{}", tenths / 10, tenths % 10),
    )
}

impl Shelf {
    /// The evidence of a record, whose files are sent to `target`.
    #[must_use]
    pub fn of(texts: Texts, target: String, rows: Vec<EvidenceRow>, may_add: bool) -> Self {
        let waiting = rows.iter().filter(|row| row.step.is_none()).count();
        let mut shelf = Self {
            target,
            may_add,
            waiting,
            ..Self::default()
        };
        for row in rows {
            let size = size_text(texts, row.bytes);
            let reported = row.step.is_some();
            if row.thumb.is_some() {
                let (width, height) = fitted(row.width.unwrap_or(1), row.height.unwrap_or(1));
                shelf.pictures.push(PictureLine {
                    id: row.id,
                    version: row.version,
                    name: row.name,
                    caption: row.caption,
                    width,
                    height,
                    size,
                    reported,
                });
            } else {
                shelf.files.push(FileLine {
                    id: row.id,
                    name: row.name,
                    size,
                    reported,
                });
            }
        }
        shelf
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty() && self.files.is_empty()
    }

    /// For the gallery and the tests: nothing, or two pictures and a file.
    #[must_use]
    pub fn sample(texts: Texts, filled: bool, may_add: bool) -> Self {
        let row = |letter: &str, name: &str, picture: bool, reported: bool| EvidenceRow {
            id: letter.repeat(16),
            entry: Some("e".repeat(16)),
            matter: None,
            step: reported.then_some(3),
            name: name.to_owned(),
            media: String::new(),
            bytes: 1_500_000,
            sha256: String::new(),
            width: Some(1500),
            height: Some(2000),
            actor: String::new(),
            at: 0,
            version: 1,
            caption: if reported {
                texts.s("evidence-caption")
            } else {
                String::new()
            },
            thumb: picture.then(String::new),
            place: 0,
        };
        let rows = vec![
            row("p", "IMG_20181120_093012.jpg", true, true),
            row("q", "<script>.jpg", true, false),
            row(
                "f",
                "平湖街道党群共建联席会议签到表（第四季度）.xlsx",
                false,
                false,
            ),
        ];
        let rows = if filled { rows } else { vec![] };
        Self::of(texts, "/api/entries/e/evidence".to_owned(), rows, may_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn sizes_are_told_as_people_count_them() {
        let told = |bytes| size_text(Texts(Lang::En), bytes);
        assert_eq!(
            [1, 1024, 1025, 1_048_575, 1_048_576, 20 << 20].map(told),
            ["1 KB", "1 KB", "2 KB", "1.0 MB", "1.0 MB", "20.0 MB"]
        );
    }

    #[test]
    fn room_is_left_for_a_picture_as_it_will_be() {
        assert_eq!(fitted(2000, 1500), (320, 240));
        assert_eq!(fitted(100, 50), (100, 50));
        assert_eq!(fitted(2000, 1), (320, 1));
    }
}
