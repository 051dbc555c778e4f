//! The order by strokes (按姓氏笔画为序): fewer strokes first; with equal strokes the order of the Table of General
//! Standard Chinese Characters, which goes by kind of stroke (横竖撇点折, GF 3003-1999); equal characters are
//! decided by the next ones. See docs/decisions/0011-stroke-order.md.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::codes::PresenterCode;

/// Made by tools/make-strokes.py.
const TABLE: &str = include_str!("../../data/strokes.txt");

/// Strokes and place among the characters with so many.
static KEYS: LazyLock<HashMap<char, (u8, usize)>> = LazyLock::new(|| read(TABLE));

/// The presenters in order, and what the order could not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrokeOrder {
    /// The order.
    pub order: Vec<PresenterCode>,
    /// Characters whose strokes are not known; names stand last where one of them decides. The office should then
    /// look at the order with its own eyes.
    pub unknown: Vec<char>,
}

impl StrokeOrder {
    /// Orders by title; of equal titles the one entered first stands first.
    #[must_use]
    pub fn of<'a>(presenters: impl Iterator<Item = (&'a PresenterCode, &'a str)>) -> Self {
        let mut entered: Vec<(&PresenterCode, &str)> = presenters.collect();
        entered.sort_by(|one, two| compare(one.1, two.1));
        let letters = entered.iter().flat_map(|one| name(one.1));
        let unknown: BTreeSet<char> = letters
            .filter(|letter| strokes(*letter).is_none())
            .collect();
        Self {
            order: entered.iter().map(|one| one.0.clone()).collect(),
            unknown: unknown.into_iter().collect(),
        }
    }
}

/// How many strokes a character has, as written in mainland China; `None` where the table does not say.
#[must_use]
pub fn strokes(letter: char) -> Option<u8> {
    KEYS.get(&letter).map(|key| key.0)
}

fn compare(one: &str, two: &str) -> Ordering {
    name(one).map(key).cmp(name(two).map(key))
}

/// The characters that count: not the spaces and dots within names (张 伟, 阿卜·杜拉).
fn name(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '·' | '•' | '・'))
}

/// Known characters by strokes and place; unknown ones after all of them, by code point.
fn key(letter: char) -> (u8, usize, char) {
    KEYS.get(&letter)
        .map_or((u8::MAX, usize::MAX, letter), |&(number, place)| {
            (number, place, letter)
        })
}

fn read(table: &str) -> HashMap<char, (u8, usize)> {
    let lines = table.lines().filter_map(|line| line.split_once(' '));
    let numbered =
        lines.filter_map(|(number, letters)| Some((number.parse::<u8>().ok()?, letters)));
    numbered
        .flat_map(|(number, letters)| {
            letters
                .chars()
                .enumerate()
                .map(move |(place, letter)| (letter, (number, place)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&str]) -> (Vec<String>, Vec<char>) {
        let codes: Vec<PresenterCode> = (0..names.len())
            .map(|number| format!("p{number}").parse().unwrap())
            .collect();
        let ordered = StrokeOrder::of(codes.iter().zip(names.iter().copied()));
        let at =
            |code: &PresenterCode| names[code.as_str()[1..].parse::<usize>().unwrap()].to_owned();
        (ordered.order.iter().map(at).collect(), ordered.unknown)
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(KEYS.len(), 27_780);
        for (letter, number) in [
            ('一', 1),
            ('丁', 2),
            ('马', 3),
            ('王', 4),
            ('邹', 7),
            ('郑', 8),
            ('高', 10),
            ('龘', 48),
        ] {
            assert_eq!(strokes(letter), Some(number), "{letter}");
        }
        assert_eq!(strokes('A'), None);
    }

    #[test]
    fn surnames_stand_by_strokes_and_within_by_kind_of_stroke() {
        // The order of GF 3003-1999: 丁 before 马 before 王; with four strokes 王 毛 方, with seven 李 张 陈.
        let (ordered, unknown) = order(&[
            "陈一", "方一", "李一", "王一", "张一", "毛一", "马一", "丁一",
        ]);
        assert_eq!(
            ordered,
            [
                "丁一", "马一", "王一", "毛一", "方一", "李一", "张一", "陈一"
            ]
        );
        assert_eq!(unknown, []);
    }

    #[test]
    fn the_next_characters_decide_between_equal_surnames() {
        let (ordered, _) = order(&["王伟明", "王伟", "王 一", "王·丁"]);
        assert_eq!(ordered, ["王 一", "王·丁", "王伟", "王伟明"]);
    }

    #[test]
    fn unknown_characters_stand_last_and_are_reported() {
        let (ordered, unknown) = order(&["Baker", "Anna", "魏一", "𠮷田"]);
        assert_eq!(ordered, ["魏一", "Anna", "Baker", "𠮷田"]);
        assert_eq!(unknown, ['A', 'B', 'a', 'e', 'k', 'n', 'r', '𠮷']);
    }

    #[test]
    fn equal_names_stay_as_entered() {
        let codes: Vec<PresenterCode> = ["p2", "p1"].map(|code| code.parse().unwrap()).to_vec();
        let ordered = StrokeOrder::of(codes.iter().zip(["王一", "王一"]));
        assert_eq!(ordered.order, codes);
    }
}
