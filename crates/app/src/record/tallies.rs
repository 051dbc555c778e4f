//! Firms counted on a day, kept until the register is written again: the days a coverage page looks back to do not change
//! while nobody writes, and counting them anew is most of its work.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pingyi_domain::record::Date;
use pingyi_store::Conn;
use pingyi_store::repo::firms::{self, TallyRow};
use pingyi_store::repo::pulses;

use crate::{App, Result};

/// Days kept at most.
const MOST: usize = 200;

/// The counts of one state of the register, by day and whether that day is today.
#[derive(Debug, Default)]
pub(crate) struct Tallies(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    pulse: i64,
    days: HashMap<(Date, bool), Arc<Vec<TallyRow>>>,
}

impl Tallies {
    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Firms counted by unit, sector and what they are on a day.
    pub(crate) async fn firms_on(
        &self,
        conn: &mut Conn,
        day: Date,
        today: Date,
    ) -> Result<Arc<Vec<TallyRow>>> {
        // In the view of `conn`, so that count and rows belong together.
        let pulse = pulses::count(conn, pulses::FIRMS).await?;
        let is_today = day == today;
        let kept = {
            let kept = self.0.tallies.lock();
            let known = kept.days.get(&(day, is_today));
            known.filter(|_| kept.pulse == pulse).cloned()
        };
        if let Some(rows) = kept {
            return Ok(rows);
        }
        let rows = Arc::new(firms::tally(conn, &day.to_string(), is_today).await?);
        let mut kept = self.0.tallies.lock();
        // A view may be older than what another request has kept meanwhile.
        if kept.pulse < pulse || kept.days.len() >= MOST {
            kept.days.clear();
            kept.pulse = pulse;
        }
        if kept.pulse == pulse {
            kept.days.insert((day, is_today), Arc::clone(&rows));
        }
        Ok(rows)
    }
}
