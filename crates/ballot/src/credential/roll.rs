//! The roll: the public credentials of a box (protocol.md §5.4).

use std::collections::BTreeMap;

use crate::error::BallotError;
use crate::group::{Point, PointHex};
use crate::hash::{b64_compact, sha256};
use crate::tally::Weight;

/// The largest roll read, in entries and in bytes of JSON: far above any meeting, low
/// enough that hostile input cannot exhaust memory.
const MAX_ENTRIES: usize = 1_000_000;
const MAX_BYTES: usize = 128 << 20;

/// One public credential and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollEntry {
    /// g^secret.
    pub credential: Point,
    /// How often its ballot counts; 1 unless written otherwise.
    pub weight: Weight,
}

/// The public credentials of a box with the exact JSON they are published in.
#[derive(Debug, Clone)]
pub struct Roll {
    json: String,
    weights: BTreeMap<PointHex, Weight>,
}

impl Roll {
    /// Makes the JSON, sorted by the credentials' text so that the order says nothing about
    /// the raters.
    ///
    /// # Errors
    /// `RollDuplicate` when a credential comes twice; `WeightTooLarge` when the weights add
    /// up to more than can be counted.
    pub fn new(entries: &[RollEntry]) -> Result<Self, BallotError> {
        let points: Vec<Point> = entries.iter().map(|e| e.credential).collect();
        let mut weights = BTreeMap::new();
        for (hex, entry) in Point::to_hex_batch(&points).into_iter().zip(entries) {
            if weights.insert(hex, entry.weight).is_some() {
                return Err(BallotError::RollDuplicate(hex.to_string()));
            }
        }
        Weight::total(weights.values().copied())?;
        let texts: Vec<String> = weights.iter().map(|(hex, w)| entry_text(hex, *w)).collect();
        let json = serde_json::to_string(&texts).map_err(|_| BallotError::RollMalformed)?;
        Ok(Self { json, weights })
    }

    /// Reads the published array; the order is free, every element must be a group element.
    ///
    /// # Errors
    /// `RollMalformed`, `RollDuplicate`, `WeightTooLarge`, or the fault of a point.
    pub fn parse(json: &str) -> Result<Self, BallotError> {
        if json.len() > MAX_BYTES {
            return Err(BallotError::RollMalformed);
        }
        let texts: Vec<&str> =
            serde_json::from_str(json).map_err(|_| BallotError::RollMalformed)?;
        if texts.len() > MAX_ENTRIES {
            return Err(BallotError::RollMalformed);
        }
        let mut points = Vec::with_capacity(texts.len());
        let mut weights = BTreeMap::new();
        for text in texts {
            let (hex, weight) = match text.split_once(',') {
                None => (text, Weight::ONE),
                Some((hex, weight)) => (hex, weight.parse()?),
            };
            let point = Point::from_hex_unchecked_subgroup(hex)?;
            points.push(point);
            if weights.insert(PointHex::of_text(hex)?, weight).is_some() {
                return Err(BallotError::RollDuplicate(hex.to_owned()));
            }
        }
        if !Point::batch_in_subgroup(&points) {
            return Err(BallotError::PointOutsideSubgroup);
        }
        Weight::total(weights.values().copied())?;
        Ok(Self {
            json: json.to_owned(),
            weights,
        })
    }

    /// The exact JSON as published.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// `B64(SHA256(json))`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        b64_compact(&sha256(self.json.as_bytes()))
    }

    /// The weight of a credential by its hexadecimal text, none when it is not on the roll.
    #[must_use]
    pub fn weight_of(&self, credential: &PointHex) -> Option<Weight> {
        self.weights.get(credential).copied()
    }

    /// How many credentials.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// All credentials with their weights, in the order of their text.
    pub fn iter(&self) -> impl Iterator<Item = (&PointHex, Weight)> {
        self.weights.iter().map(|(hex, weight)| (hex, *weight))
    }
}

fn entry_text(hex: &PointHex, weight: Weight) -> String {
    if weight == Weight::ONE {
        hex.to_string()
    } else {
        format!("{hex},{weight}")
    }
}
