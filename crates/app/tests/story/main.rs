//! The use cases as stories: a whole meeting, and everything that may go wrong in one.

#![allow(missing_docs, clippy::wildcard_imports, clippy::unwrap_used)]

mod backup;
mod belongings;
mod bundle;
mod bundle_beside;
mod bundle_left_out;
mod bundle_meanwhile;
mod casting;
mod decks;
mod evidence;
mod firms;
mod followup;
mod full_disk;
mod grades;
mod imports;
mod indicators;
mod keepers;
mod ledger;
mod letters;
mod map;
mod matters;
mod meeting;
mod nodes;
mod office;
mod opening;
mod papers;
mod reports;
mod scans;
mod secrecy;
#[cfg(unix)]
mod slides;
mod support;
mod units;
