//! The tables of the year's record in a backup, parents before children; one list for each slice
//! (docs/record-contract.md). A conformance case compares them with the database.

mod base;
mod firms;
mod followup;
mod indicators;
mod ledger;
mod papers;
mod reports;
mod units;

use super::tables::{Holds, Table};

pub(super) use base::BASE;
pub(super) use firms::FIRMS;
pub(super) use followup::FOLLOWUP;
pub(super) use indicators::INDICATORS;
pub(super) use ledger::LEDGER;
pub(super) use papers::PAPERS;
pub(super) use reports::REPORTS;
pub(super) use units::UNITS;

const fn table(
    name: &'static str,
    columns: &'static [(&'static str, Holds)],
    order: &'static str,
) -> Table {
    Table {
        name,
        columns,
        order,
    }
}
