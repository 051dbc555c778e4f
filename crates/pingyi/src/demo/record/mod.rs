//! The record of the demo: the nine parks with what was published about them, each fact with the sentence it is
//! cited from, and around it two years made up from a fixed seed, every row of it marked as a sample.

mod areas;
mod book;
mod firms;
mod goals;
mod ledger;
mod matters;
mod published;
mod units;
mod words;

#[cfg(test)]
mod tests;

use pingyi_app::record::{Date, Filling};

use book::Book;
pub(crate) use book::Hands;

/// Firms, entries and matters to be made up; what is published comes on top.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    pub firms: i64,
    pub entries: i64,
    pub matters: i64,
}

impl Extent {
    /// What the demo shows.
    pub const DEMO: Self = Self {
        firms: 3_000,
        entries: 2_000,
        matters: 300,
    };
}

/// The whole record as of a day: from the first of January of the year before to that day.
pub(crate) fn filling(today: Date, hands: Hands, extent: Extent) -> Filling {
    let mut book = Book::new(today, hands);
    let tree = units::fill(&mut book);
    let shops = published::shops(&mut book, &tree);
    published::centres(&mut book, &tree);
    published::headcounts(&mut book, &tree);
    published::entries(&mut book, &tree, &shops);
    published::tasks(&mut book, &tree);
    units::centres(&mut book, &tree);
    units::headcounts(&mut book, &tree);
    let firms = firms::fill(&mut book, &tree, extent.firms);
    ledger::fill(&mut book, &tree, &firms, extent.entries);
    matters::fill(&mut book, &tree, &firms, extent.matters);
    goals::fill(&mut book);
    areas::fill(&mut book, &tree);
    book.done()
}
