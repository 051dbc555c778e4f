//! Which rows of a file may be firms that are in the register already: proposed, never merged by itself.

use std::collections::HashMap;

use pingyi_store::repo::firms::FirmKey;
use serde::Serialize;

use super::plan::Good;

/// How a row is like a firm of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Like {
    /// The same credit code: it is the same firm.
    Code,
    /// The same name in the same unit.
    Name,
    /// A name that differs by one character in the same unit.
    Near,
}

/// A row and the firm it is like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// Number of the row in the file.
    pub row: u32,
    /// Name in the file.
    pub name: String,
    /// How.
    pub like: Like,
    /// Id of the firm of the register.
    pub firm: String,
    /// Its name.
    pub known: String,
}

/// Names shorter than this are near to too many.
const NEAR_FROM: usize = 4;

/// The key without one of its characters, for each of them.
fn without_one(key: &str) -> impl Iterator<Item = String> + '_ {
    key.char_indices().map(|(at, c)| {
        let mut text = String::with_capacity(key.len());
        text.push_str(&key[..at]);
        text.push_str(&key[at + c.len_utf8()..]);
        text
    })
}

/// Whether two keys differ by one character that was changed, left out or put in, and that is no digit: 一店 and 二店
/// would still be proposed, 1 店 and 2 店 are two shops.
fn differ_by_one(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = if short.len() == long.len() {
        same + 1
    } else {
        same
    };
    let tail = short.get(rest..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default();
    let digit = |chars: &[char]| chars.get(same).is_some_and(char::is_ascii_digit);
    tail && !digit(short) && !digit(long)
}

/// The proposals for the good rows of a file, in their order; at most one a row, the surest.
pub(crate) fn alike(good: &[Good], known: &[FirmKey]) -> Vec<Alike> {
    let codes: HashMap<&str, &FirmKey> = known
        .iter()
        .filter(|firm| !firm.credit_code.is_empty())
        .map(|firm| (firm.credit_code.as_str(), firm))
        .collect();
    let names: HashMap<(&str, &str), &FirmKey> = known
        .iter()
        .map(|firm| ((firm.unit.as_str(), firm.name_key.as_str()), firm))
        .collect();
    let mut near: HashMap<String, Vec<&FirmKey>> = HashMap::new();
    for firm in known
        .iter()
        .filter(|firm| firm.name_key.chars().count() >= NEAR_FROM)
    {
        near.entry(firm.name_key.clone()).or_default().push(firm);
        for part in without_one(&firm.name_key) {
            near.entry(part).or_default().push(firm);
        }
    }
    let like_of = |row: &Good| -> Option<(Like, &FirmKey)> {
        if let Some(firm) = codes.get(row.firm.credit_code.as_str()) {
            return Some((Like::Code, firm));
        }
        // Two credit codes that differ are two firms, whatever their names.
        let other =
            |firm: &FirmKey| !firm.credit_code.is_empty() && !row.firm.credit_code.is_empty();
        let unit = row.firm.unit.as_str();
        if let Some(firm) = names
            .get(&(unit, row.key.as_str()))
            .filter(|firm| !other(firm))
        {
            return Some((Like::Name, firm));
        }
        if row.key.chars().count() < NEAR_FROM {
            return None;
        }
        let parts = without_one(&row.key).chain([row.key.clone()]);
        let mut found = parts.filter_map(|part| near.get(&part)).flatten();
        let close = found.find(|firm| {
            firm.unit == unit && !other(firm) && differ_by_one(&firm.name_key, &row.key)
        });
        close.map(|firm| (Like::Near, *firm))
    };
    let proposal = |row: &Good| {
        like_of(row).map(|(like, firm)| Alike {
            row: row.row,
            name: row.firm.name.clone(),
            like,
            firm: firm.id.clone(),
            known: firm.name.clone(),
        })
    };
    good.iter().filter_map(proposal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_apart_is_near_and_another_number_is_not() {
        for (one, other, near) in [
            ("深圳华南科技", "深圳华男科技", true),
            ("深圳华南科技", "深圳华南科枝", true),
            ("深圳华南科技", "深圳华南科", true),
            ("深圳华南科技", "深圳市华南科技", true),
            ("深圳华南科技", "深圳华北科学", false),
            ("平湖1号仓库", "平湖2号仓库", false),
            ("平湖12号仓库", "平湖1号仓库", false),
            ("深圳华南科技", "圳华南科技有", false),
        ] {
            assert_eq!(differ_by_one(one, other), near, "{one} {other}");
            assert_eq!(differ_by_one(other, one), near, "{other} {one}");
        }
    }
}
