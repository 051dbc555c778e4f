//! Which rows of a file may be in the record already: proposed, never merged by itself.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};

use pingyi_store::repo::entries::EntryKey;
use pingyi_store::repo::firms::FirmKey;
use serde::Serialize;

use super::cells::Good;
use super::rows::{EntryIn, FirmIn, entry_key};

/// How a row is like a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Like {
    /// The same credit code: it is the same firm.
    Code,
    /// The same name in the same unit.
    Name,
    /// An entry with unit, day, kind and title.
    Same,
    /// A name that differs by one character in the same unit; an entry whose title does.
    Near,
}

/// A row and the record it is like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// Number of the row in the file.
    pub row: u32,
    /// Name in the file.
    pub name: String,
    /// How.
    pub like: Like,
    /// Id of the record.
    pub known: String,
    /// Its name.
    pub known_name: String,
}

/// Names shorter than this are near to too many.
const NEAR_FROM: usize = 4;

/// Short numbers of a key and of the key without one of its characters, for each of them: two keys that differ by one
/// character share one. Others may by chance: what is found is compared.
fn marks(key: &str) -> impl Iterator<Item = u64> + '_ {
    let without = key.char_indices().map(|(at, c)| {
        let mut hasher = DefaultHasher::new();
        for c in key[..at].chars().chain(key[at + c.len_utf8()..].chars()) {
            hasher.write_u32(u32::from(c));
        }
        hasher.finish()
    });
    let mut whole = DefaultHasher::new();
    for c in key.chars() {
        whole.write_u32(u32::from(c));
    }
    std::iter::once(whole.finish()).chain(without)
}

/// Keys that can be found by others one character apart.
struct Near(Vec<(u64, u32)>);

impl Near {
    fn of<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let long = (0_u32..)
            .zip(keys)
            .filter(|(_, key)| key.chars().count() >= NEAR_FROM);
        let mut all: Vec<(u64, u32)> = long
            .flat_map(|(at, key)| marks(key).map(move |mark| (mark, at)))
            .collect();
        all.sort_unstable();
        Self(all)
    }

    /// Places of keys that may be one character apart.
    fn find<'a>(&'a self, key: &'a str) -> impl Iterator<Item = usize> + 'a {
        let long = key.chars().count() >= NEAR_FROM;
        let marks = marks(key).filter(move |_| long);
        marks.flat_map(|mark| {
            let from = self.0.partition_point(|one| one.0 < mark);
            let same = self.0[from..].iter().take_while(move |one| one.0 == mark);
            same.filter_map(|one| usize::try_from(one.1).ok())
        })
    }
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
pub(crate) fn firms(good: &[Good<FirmIn>], known: &[FirmKey]) -> Vec<Alike> {
    let with_code = known.iter().filter(|firm| !firm.credit_code.is_empty());
    let codes: HashMap<&str, &FirmKey> = with_code
        .map(|firm| (firm.credit_code.as_str(), firm))
        .collect();
    let names: HashMap<(&str, &str), &FirmKey> = known
        .iter()
        .map(|firm| ((firm.unit.as_str(), firm.name_key.as_str()), firm))
        .collect();
    let near = Near::of(known.iter().map(|firm| firm.name_key.as_str()));
    let like_of = |row: &Good<FirmIn>| -> Option<(Like, &FirmKey)> {
        let (code, unit) = (
            row.record.firm.credit_code.as_str(),
            row.record.firm.unit.as_str(),
        );
        if let Some(firm) = codes.get(code) {
            return Some((Like::Code, firm));
        }
        // Two credit codes that differ are two firms, whatever their names.
        let other = |firm: &FirmKey| !firm.credit_code.is_empty() && !code.is_empty();
        let same = names.get(&(unit, row.key.as_str()));
        if let Some(firm) = same.filter(|firm| !other(firm)) {
            return Some((Like::Name, firm));
        }
        let mut found = near.find(&row.key).filter_map(|at| known.get(at));
        let close = found.find(|firm| {
            firm.unit == unit && !other(firm) && differ_by_one(&firm.name_key, &row.key)
        });
        close.map(|firm| (Like::Near, firm))
    };
    let proposal = |row: &Good<FirmIn>| {
        like_of(row).map(|(like, firm)| Alike {
            row: row.row,
            name: row.record.firm.name.clone(),
            like,
            known: firm.id.clone(),
            known_name: firm.name.clone(),
        })
    };
    good.iter().filter_map(proposal).collect()
}

/// The same for entries: of the same unit, day and kind, with the same title or one a character apart.
pub(crate) fn entries(good: &[Good<EntryIn>], known: &[EntryKey]) -> Vec<Alike> {
    let keys: Vec<String> = known
        .iter()
        .map(|one| entry_key(&one.unit, &one.on_date, &one.kind, &one.title))
        .collect();
    let same: HashMap<&str, usize> = keys
        .iter()
        .enumerate()
        .map(|(at, key)| (key.as_str(), at))
        .collect();
    let near = Near::of(keys.iter().map(String::as_str));
    let like_of = |row: &Good<EntryIn>| {
        if let Some(at) = same.get(row.key.as_str()) {
            return Some((Like::Same, *at));
        }
        let mut found = near.find(&row.key);
        let close = found.find(|at| differ_by_one(&keys[*at], &row.key));
        close.map(|at| (Like::Near, at))
    };
    let proposal = |row: &Good<EntryIn>| {
        like_of(row).map(|(like, at)| Alike {
            row: row.row,
            name: row.record.entry.title.clone(),
            like,
            known: known[at].id.clone(),
            known_name: known[at].title.clone(),
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
