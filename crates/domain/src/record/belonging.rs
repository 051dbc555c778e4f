//! What belongs to one unit and has its tab on the unit's page: headcounts, service centres, pairings, shops.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::UnitId;

/// A record that belongs to one unit.
pub trait Belonging: Record + Clone + Send + Sync + 'static {
    /// The unit.
    fn unit(&self) -> &UnitId;

    /// The field of its first day, and the day; none where it is not known. Nothing begins after its unit was dissolved.
    fn begins(&self) -> (&'static str, Option<Date>);
}

/// The form of such a record, as it is sent.
pub trait BelongingDraft: DeserializeOwned + Send + 'static {
    /// What is read from it.
    type Of: Belonging;

    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it. What depends on other records is for the use case.
    fn read(&self, today: Date) -> Result<Self::Of, Vec<FieldProblem>>;
}

/// Several values: boxes that are checked, or one text with spaces between them, as the conflict dialog sends it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Many {
    /// A list.
    List(Vec<String>),
    /// One text.
    Text(String),
}

impl Default for Many {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Many {
    /// Each value once, in order.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        let mut values: Vec<String> = match self {
            Self::List(list) => list.iter().map(|one| one.trim().to_owned()).collect(),
            Self::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
        };
        values.retain(|one| !one.is_empty());
        values.sort();
        values.dedup();
        values
    }
}

/// Numbers by code: fields of their own, or one text `code=n code=n`, as the conflict dialog sends it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Numbers {
    /// By code; empty ones are not given.
    Map(BTreeMap<String, String>),
    /// One text.
    Text(String),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Map(BTreeMap::new())
    }
}

impl Numbers {
    /// The numbers, none below 0. Rules `number`, `number_range`, `word`.
    pub(super) fn read(&self, check: &mut Check, field: &str) -> BTreeMap<String, i64> {
        let pairs: Vec<(&str, &str)> = match self {
            Self::Map(map) => map.iter().map(|(code, n)| (&**code, &**n)).collect(),
            Self::Text(text) => text
                .split_whitespace()
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .collect(),
        };
        let mut read = BTreeMap::new();
        for (code, n) in pairs {
            check.demand(is_code(code), field, "word");
            if let Some(n) = check.number(field, n, 0..=MOST) {
                read.insert(code.to_owned(), n);
            }
        }
        read
    }
}

/// The most of anything that is counted.
pub(super) const MOST: i64 = 10_000_000;

/// Whether a text may be the code of a word.
pub(super) fn is_code(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=32).contains(&text.len()) && text.bytes().all(plain)
}
