//! What search finds, and what comes first: everything that holds all pairs of the question, titles before texts;
//! where that is little, titles that are spelled nearly so.

use super::grams::{asked, fold};

/// How well something fits a question; the better, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is called so.
    Whole,
    /// What it is called begins so.
    Begins,
    /// What it is called holds it.
    Holds,
    /// What it is called holds all words of it.
    Words,
    /// It stands in its text.
    Text,
    /// What it is called is spelled nearly so, with so many letters wrong.
    Nearly(usize),
}

fn bare(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| *c != ' ').collect()
}

/// How many wrong, missing or additional characters are forgiven: one from three characters up, then one in four.
#[must_use]
pub fn forgiven(question: &str) -> usize {
    let length = bare(question).len();
    if length < 3 { 0 } else { (length / 4).max(1) }
}

/// How many pairs of the question something must hold that is spelled nearly so: each wrong character spoils two.
#[must_use]
pub fn shared_pairs(question: &str) -> usize {
    let pairs = asked(question).len();
    pairs.saturating_sub(2 * forgiven(question)).max(1)
}

/// How something fits that holds the pairs of the question; `None` when it does not.
#[must_use]
pub fn fit(question: &str, title: &str, body: &str) -> Option<Fit> {
    let (sought, called) = (bare(question), bare(title));
    if sought.is_empty() {
        return None;
    }
    if sought == called {
        return Some(Fit::Whole);
    }
    if called.starts_with(&sought) {
        return Some(Fit::Begins);
    }
    if called.windows(sought.len()).any(|part| part == sought) {
        return Some(Fit::Holds);
    }
    let folded = fold(question);
    let words: Vec<&str> = folded.split(' ').collect();
    let (title, whole) = (fold(title), fold(&format!("{title} {body}")));
    if words.iter().all(|word| title.contains(word)) {
        return Some(Fit::Words);
    }
    if words.iter().all(|word| whole.contains(word)) {
        return Some(Fit::Text);
    }
    let wrong = distance(&sought, &called);
    (wrong <= forgiven(question)).then_some(Fit::Nearly(wrong))
}

/// The fewest characters to change, add or leave out so that `sought` stands somewhere in `text` (Sellers 1980).
fn distance(sought: &[char], text: &[char]) -> usize {
    // One column for each character of the text; a match may begin anywhere, so the first row is 0 throughout.
    let mut column: Vec<usize> = (0..=sought.len()).collect();
    let mut best = sought.len();
    for c in text {
        let mut before = 0;
        for (row, wanted) in sought.iter().enumerate() {
            let here = (before + usize::from(wanted != c))
                .min(column[row] + 1)
                .min(column[row + 1] + 1);
            before = column[row + 1];
            column[row + 1] = here;
        }
        best = best.min(column[sought.len()]);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::grams;

    #[test]
    fn titles_come_before_texts_and_exact_before_nearly() {
        let fits = |title: &str, body: &str| fit("华南城", title, body);
        assert_eq!(fits("华南城", ""), Some(Fit::Whole));
        assert_eq!(fits("华南城园区党委", ""), Some(Fit::Begins));
        assert_eq!(fits("平湖华南城", ""), Some(Fit::Holds));
        assert_eq!(fits("第一支部", "华南城园区"), Some(Fit::Text));
        assert_eq!(fits("华商城物业", ""), Some(Fit::Nearly(1)));
        assert_eq!(fits("海吉星", ""), None);
        assert_eq!(fit("华南 支部", "华南城第一支部", ""), Some(Fit::Words));
        assert!(Fit::Text < Fit::Nearly(1) && Fit::Nearly(1) < Fit::Nearly(2));
        assert_eq!(fit("（）", "华南城", ""), None);
    }

    #[test]
    fn wrong_missing_and_additional_characters_are_forgiven() {
        for title in [
            "深圳市鑫达网络科技有限公司",
            "深圳市鑫大网络科技有限公司",
            "深圳鑫达网络科技有限公司",
        ] {
            assert!(
                fit("深圳市鑫达网络科技有限公司", title, "").is_some(),
                "{title}"
            );
        }
        assert_eq!(fit("海吉新", "海吉星园区", ""), Some(Fit::Nearly(1)));
        assert_eq!(
            fit("海心", "海吉星", ""),
            None,
            "two characters are taken as they are"
        );
        assert_eq!(distance(&bare("abcd"), &bare("xxabdxx")), 1);
        assert_eq!(distance(&bare("abc"), &bare("")), 3);
    }

    /// What is forgiven is also among the candidates: it holds as many pairs as are asked for.
    #[test]
    fn candidates_hold_the_pairs_that_are_left() {
        for (question, title) in [
            ("华南城园区", "华南成园区"),
            ("深圳市鑫达网络科技有限公司", "深圳市新达网络科记有限公司"),
            ("北门坳商业街", "北门商业街"),
        ] {
            assert!(
                matches!(fit(question, title, ""), Some(Fit::Nearly(_))),
                "{question}"
            );
            let held = asked(question).intersection(&grams(title)).count();
            assert!(held >= shared_pairs(question), "{question}: {held}");
        }
    }
}
