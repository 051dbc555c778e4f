//! Texts as search sees them: folded, in pairs of neighbouring characters. Chinese has no spaces, so pairs stand in
//! for words; the same works for Latin letters and digits.

use std::collections::BTreeSet;

/// Folds a text: full-width letters and digits become plain, capitals small; what is neither letter nor digit
/// becomes one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = match c {
            '\u{FF01}'..='\u{FF5E}' => u32::from(c)
                .checked_sub(0xFEE0)
                .and_then(char::from_u32)
                .unwrap_or(c),
            c => c,
        };
        if plain.is_alphanumeric() {
            out.extend(plain.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// Two neighbouring characters; the second is NUL where one stands alone. Their order is the order of their texts.
pub type Pair = [char; 2];

/// The text of a pair.
#[must_use]
pub fn pair_text(pair: Pair) -> String {
    pair.iter().filter(|c| **c != '\0').collect()
}

/// The pairs of a text, without those that span a gap, and each character alone; every one once, in order.
#[must_use]
pub fn pairs(text: &str) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut before = ' ';
    for c in fold(text).chars() {
        if c != ' ' {
            found.push([c, '\0']);
            if before != ' ' {
                found.push([before, c]);
            }
        }
        before = c;
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same as texts.
#[must_use]
pub fn grams(text: &str) -> BTreeSet<String> {
    pairs(text).into_iter().map(pair_text).collect()
}

/// What a thing must have to be found by a question: the pairs of each of its words, or the word where it is one
/// character only.
#[must_use]
pub fn asked(question: &str) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for word in fold(question).split(' ').filter(|word| !word.is_empty()) {
        let chars: Vec<char> = word.chars().collect();
        if chars.len() == 1 {
            wanted.insert(word.to_owned());
        }
        wanted.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_asks_for_the_pairs_of_its_words() {
        let wanted: Vec<String> = asked("华南城 城 A1").into_iter().collect();
        assert_eq!(wanted, ["a1", "华南", "南城", "城"]);
        assert!(asked(" （ ").is_empty());
        assert!(asked("华南城 城").is_subset(&grams("平湖华南城")));
    }

    #[test]
    fn texts_are_folded_and_paired() {
        assert_eq!(fold(" ＡＢc（海吉星）  １2 "), "abc 海吉星 12");
        assert_eq!(fold("（）"), "");
        let found: Vec<String> = grams("华南城 A1").into_iter().collect();
        assert_eq!(found, ["1", "a", "a1", "华", "华南", "南", "南城", "城"]);
        assert!(grams("").is_empty());
    }
}
