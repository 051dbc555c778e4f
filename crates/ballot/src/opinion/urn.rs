//! The urn after closing: its order, the tellers' factors, what was inside.

use std::collections::BTreeMap;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use super::{Entry, Opinion, UrnContext};
use crate::error::BallotError;
use crate::group::{Point, Scalar};
use crate::hash::{sha256, sha256_hex};
use crate::proof::Proof;

/// All entries of an urn, each proved, in the order of their SHA-256: the order in which
/// they came is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn {
    context: UrnContext,
    entries: Vec<Entry>,
    hash: String,
}

/// A teller's factors F = α^x with their proofs, in the order of the urn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrnShare {
    /// One per entry.
    pub factors: Vec<Point>,
    /// One per entry.
    pub proofs: Vec<Proof>,
}

/// What an urn held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedUrn {
    /// The texts, in the order of the urn.
    pub opinions: Vec<Opinion>,
    /// Entries with an empty text.
    pub empty: usize,
    /// Entries that do not open to an opinion.
    pub unreadable: usize,
}

impl Urn {
    /// Reads the entries and sorts them. A teller who sees an error here must refuse the
    /// whole urn.
    ///
    /// # Errors
    /// Those of [`Entry::parse`]; `OpinionTwice` when an entry was put in again.
    pub fn new<'a>(
        context: UrnContext,
        wires: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, BallotError> {
        let mut sorted = BTreeMap::new();
        for wire in wires {
            let entry = Entry::parse(&context, wire)?;
            if sorted.insert(sha256(wire.as_bytes()), entry).is_some() {
                return Err(BallotError::OpinionTwice);
            }
        }
        let entries: Vec<Entry> = sorted.into_values().collect();
        let wires: Vec<&str> = entries.iter().map(Entry::wire).collect();
        let hash = sha256_hex(wires.join("\n").as_bytes());
        Ok(Self {
            context,
            entries,
            hash,
        })
    }

    /// The entries in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// SHA-256 of all entries, which every factor's proof is bound to.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The share of teller `owner` (from 1) with the decryption key `secret`.
    pub fn share<R: CryptoRng + ?Sized>(
        &self,
        owner: u32,
        secret: &Scalar,
        rng: &mut R,
    ) -> UrnShare {
        let public = Point::base_mul(secret);
        let mut share = UrnShare {
            factors: Vec::new(),
            proofs: Vec::new(),
        };
        for (index, entry) in self.entries.iter().enumerate() {
            let factor = entry.alpha().mul(secret);
            let prefix = self.prefix(owner, index, &public, entry.alpha(), &factor);
            share.factors.push(factor);
            share
                .proofs
                .push(Proof::equality(secret, entry.alpha(), &prefix, rng));
        }
        share
    }

    /// Checks a teller's share against the key `public` that `trustees.json` has for it.
    ///
    /// # Errors
    /// `UrnShareShape`, `UrnShareProof` naming the entry.
    pub fn check_share(
        &self,
        owner: u32,
        public: &Point,
        share: &UrnShare,
    ) -> Result<(), BallotError> {
        let count = self.entries.len();
        if share.factors.len() != count || share.proofs.len() != count {
            return Err(BallotError::UrnShareShape);
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let factor = &share.factors[index];
            let prefix = self.prefix(owner, index, public, entry.alpha(), factor);
            if !share.proofs[index].verify_equality(public, entry.alpha(), factor, &prefix) {
                return Err(BallotError::UrnShareProof(index));
            }
        }
        Ok(())
    }

    /// Opens all entries with the combined factors K = α^x, one per entry (checked shares
    /// combined by Lagrange as for the cells of a tally).
    ///
    /// # Errors
    /// `UrnShareShape` when there are not as many factors as entries.
    pub fn open(&self, combined: &[Point]) -> Result<OpenedUrn, BallotError> {
        if combined.len() != self.entries.len() {
            return Err(BallotError::UrnShareShape);
        }
        let mut opened = OpenedUrn {
            opinions: Vec::new(),
            empty: 0,
            unreadable: 0,
        };
        for (entry, shared) in self.entries.iter().zip(combined) {
            match entry.open(&self.context, shared) {
                None => opened.unreadable += 1,
                Some(opinion) if opinion.text.is_empty() => opened.empty += 1,
                Some(opinion) => opened.opinions.push(opinion),
            }
        }
        Ok(opened)
    }

    fn prefix(
        &self,
        owner: u32,
        index: usize,
        public: &Point,
        alpha: &Point,
        factor: &Point,
    ) -> String {
        let Self { context, hash, .. } = self;
        format!("pingyi-urn-dec-v1|{context}|{hash}|{owner}|{index}|{public}|{alpha}|{factor}|")
    }
}
