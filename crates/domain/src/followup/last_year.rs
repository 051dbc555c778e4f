//! What the form of an appraisal shows of last year's list: fixed at sealing, the same for everybody, and bound into
//! every box by its hash (`x_pingyi.last_year`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::codes::PresenterCode;
use crate::record::Date;

/// The most lines shown of one presenter; the numbers count all.
pub const MOST_LINES: usize = 12;
/// The most characters of an answer that are shown.
pub const MOST_ANSWER: usize = 160;

/// The lists of all presenters that have one.
pub type LastYears = BTreeMap<PresenterCode, LastYear>;

/// One presenter's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastYear {
    /// The year of the appraisal it comes from.
    pub year: u16,
    /// How many there are.
    pub listed: u32,
    /// How many of them are closed.
    pub closed: u32,
    /// The first of them: open ones before closed ones, the oldest first.
    pub lines: Vec<LastYearLine>,
}

/// One matter of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastYearLine {
    /// What was to be put right.
    pub title: String,
    /// The day it was closed, none while it is open.
    pub closed_on: Option<Date>,
    /// How it was answered; empty where nothing was said.
    pub answer: String,
}

impl LastYear {
    /// The list of a presenter; none where there is nothing on it. The answers are cut to [`MOST_ANSWER`] characters.
    #[must_use]
    pub fn of(year: u16, lines: Vec<LastYearLine>) -> Option<Self> {
        let listed = u32::try_from(lines.len()).ok().filter(|n| *n > 0)?;
        let closed = lines.iter().filter(|line| line.closed_on.is_some()).count();
        let mut lines = lines;
        lines.sort_by_key(|line| line.closed_on.is_some());
        lines.truncate(MOST_LINES);
        for line in &mut lines {
            line.answer = cut(&line.answer);
        }
        Some(Self {
            year,
            listed,
            closed: u32::try_from(closed).ok()?,
            lines,
        })
    }
}

/// One line of text, cut where it is too long.
fn cut(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= MOST_ANSWER {
        return text;
    }
    let head: String = text.chars().take(MOST_ANSWER - 1).collect();
    format!("{head}…")
}

/// The exact text that is sealed, and its hash; none where nobody has a list.
#[must_use]
pub fn sealed(lists: &LastYears) -> Option<(String, String)> {
    if lists.is_empty() {
        return None;
    }
    let text = canonical::to_json(lists);
    let hash = canonical::sha256_hex(text.as_bytes());
    Some((text, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str, closed_on: Option<&str>) -> LastYearLine {
        LastYearLine {
            title: title.into(),
            closed_on: closed_on.map(|day| day.parse().unwrap()),
            answer: "已 走访\n45家".into(),
        }
    }

    #[test]
    fn open_ones_come_first_and_the_numbers_count_all() {
        assert_eq!(LastYear::of(2017, vec![]), None);
        let mut lines = vec![
            line("甲", Some("2018-05-01")),
            line("乙", None),
            line("丙", Some("2018-03-01")),
        ];
        let list = LastYear::of(2017, lines.clone()).unwrap();
        let titles: Vec<&str> = list.lines.iter().map(|line| line.title.as_str()).collect();
        assert_eq!(titles, ["乙", "甲", "丙"]);
        assert_eq!((list.listed, list.closed), (3, 2));
        assert_eq!(list.lines[0].answer, "已 走访 45家");
        lines.extend((0..40).map(|_| line("丁", None)));
        lines[1].answer = "长".repeat(400);
        let list = LastYear::of(2017, lines).unwrap();
        assert_eq!((list.listed, list.lines.len()), (43, MOST_LINES));
        assert_eq!(list.lines[0].answer.chars().count(), MOST_ANSWER);
    }

    #[test]
    fn the_same_lists_have_the_same_text_and_no_list_has_none() {
        assert_eq!(sealed(&LastYears::new()), None);
        let code: PresenterCode = "p1".parse().unwrap();
        let list = LastYear::of(2017, vec![line("甲", Some("2018-05-01"))]).unwrap();
        let (text, hash) = sealed(&LastYears::from([(code, list)])).unwrap();
        assert_eq!(
            text,
            r#"{"p1":{"closed":1,"lines":[{"answer":"已 走访 45家","closed_on":"2018-05-01","title":"甲"}],"listed":1,"year":2017}}"#
        );
        assert_eq!(hash, canonical::sha256_hex(text.as_bytes()));
    }
}
