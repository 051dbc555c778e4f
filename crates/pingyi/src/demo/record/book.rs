//! What the parts of the demo write into, with the one seeded generator all of them draw from.

use pingyi_app::record::{Cell, Date, DocRow, Filling, IndicatorId, Period};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

/// Seed of everything made up, so that every demo of a day shows the same.
const SEED: u64 = 20_181_215;

/// Tables in the order in which they are filled.
const TABLES: [&str; 21] = [
    "units",
    "areas",
    "posts",
    "firms",
    "strikes",
    "coverages",
    "headcounts",
    "headcount_values",
    "centres",
    "centre_services",
    "centre_cases",
    "shops",
    "shop_inspections",
    "entries",
    "entry_bodies",
    "entry_firms",
    "matters",
    "matter_moves",
    "matter_progress",
    "indicators",
    "targets",
];

/// The actors of made-up rows, as the audit trail names them: who records and reports, and who confirms and closes.
#[derive(Debug, Clone)]
pub(crate) struct Hands {
    pub recorder: String,
    pub office: String,
}

/// A row from anything that fits a cell.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(pingyi_app::record::Cell::from($cell)),*] };
}
pub(super) use row;

/// The record while it is made.
pub(super) struct Book {
    rng: ChaCha20Rng,
    pub today: Date,
    pub hands: Hands,
    /// The two years of the ledger.
    pub years: Period,
    tables: Vec<(&'static str, Vec<Vec<Cell>>)>,
    docs: Vec<DocRow>,
}

impl Book {
    pub fn new(today: Date, hands: Hands) -> Self {
        let first = Date::new(today.year() - 1, 1, 1).unwrap_or(today);
        let years = Period::new(first, today).expect("a year begins before it ends");
        Self {
            rng: ChaCha20Rng::seed_from_u64(SEED),
            today,
            hands,
            years,
            tables: TABLES.iter().map(|name| (*name, Vec::new())).collect(),
            docs: Vec::new(),
        }
    }

    /// Adds a row; each row holds the columns of its table in order.
    pub fn put(&mut self, table: &'static str, row: Vec<Cell>) {
        if let Some((_, rows)) = self.tables.iter_mut().find(|(name, _)| *name == table) {
            rows.push(row);
        }
    }

    /// Adds what search finds.
    pub fn index(&mut self, kind: &str, id: &str, unit: &str, title: &str, body: &str) {
        self.docs.push(DocRow {
            kind: kind.to_owned(),
            id: id.to_owned(),
            unit: Some(unit.to_owned()),
            title: title.to_owned(),
            body: body.to_owned(),
        });
    }

    pub fn id(&mut self) -> String {
        IndicatorId::generate(&mut self.rng).to_string()
    }

    /// A number from 0 up to below `bound`.
    pub fn below(&mut self, bound: i64) -> i64 {
        i64::from(self.rng.next_u32()) % bound.max(1)
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<T: Clone>(&mut self, some: &[T]) -> T {
        let at = self.below(i64::try_from(some.len()).unwrap_or(1));
        some[usize::try_from(at).unwrap_or(0)].clone()
    }

    /// A place in a list, by the weights of its members.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0 {
                return at;
            }
        }
        0
    }

    /// A day of a period.
    pub fn day_in(&mut self, period: Period) -> Date {
        let days = self.below(period.days());
        period.first().plus_days(days).unwrap_or(self.today)
    }

    /// The day so many days on, at the latest today.
    pub fn later(&self, day: Date, days: i64) -> Date {
        day.plus_days(days).unwrap_or(self.today).min(self.today)
    }

    pub fn done(self) -> Filling {
        Filling {
            tables: self.tables,
            docs: self.docs,
        }
    }
}

/// Ten in the morning of a day by the clocks of China, in seconds since 1970 UTC.
pub(super) fn morning(day: Date) -> i64 {
    day.days() * 86_400 + 2 * 3_600
}
