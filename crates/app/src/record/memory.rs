//! What pages work out from the record, kept until it is written again: the days a coverage page looks back to and the
//! indicators of Home do not change while nobody writes, and working them out anew is most of the work of these pages.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pingyi_domain::record::Date;
use pingyi_store::Conn;
use pingyi_store::repo::firms::{self, TallyRow};
use pingyi_store::repo::{audit, pulses};

use crate::{App, Result};

/// Things kept at most.
const MOST: usize = 400;

type Thing = Arc<dyn Any + Send + Sync>;

/// Things by what they are, each with the state of the record it was worked out from.
#[derive(Default)]
pub(crate) struct Memory(Mutex<HashMap<String, (i64, Thing)>>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Memory").field(&self.lock().len()).finish()
    }
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, (i64, Thing)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get<T: Any + Send + Sync>(&self, what: &str, state: i64) -> Option<Arc<T>> {
        let known = self.lock().get(what).cloned();
        let (_, thing) = known.filter(|(of, _)| *of == state)?;
        thing.downcast().ok()
    }

    fn put<T: Any + Send + Sync>(&self, what: String, state: i64, thing: &Arc<T>) {
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        // A view may be older than what another request has kept meanwhile.
        let newer = kept.get(&what).is_some_and(|(of, _)| *of > state);
        if !newer {
            kept.insert(what, (state, Arc::clone(thing) as Thing));
        }
    }
}

/// The state of the whole record in this view: every change of it stands in the audit trail, but for what holds of a firm
/// on a new day, which is a change of the register. Both only grow.
pub(super) async fn state(conn: &mut Conn) -> Result<i64> {
    Ok(audit::head(conn).await?.seq + pulses::count(conn, pulses::FIRMS).await?)
}

impl App {
    /// What was worked out from this state of the record, or else is worked out now. `what` names it with all that it
    /// depends on beside the record.
    pub(super) async fn remembered<T: Any + Send + Sync>(
        &self,
        conn: &mut Conn,
        (what, state): (String, i64),
        work: impl AsyncFnOnce(&mut Conn) -> Result<T>,
    ) -> Result<Arc<T>> {
        if let Some(thing) = self.0.memory.get(&what, state) {
            return Ok(thing);
        }
        let thing = Arc::new(work(conn).await?);
        self.0.memory.put(what, state, &thing);
        Ok(thing)
    }

    /// Firms counted by unit, sector and what they are on a day.
    pub(crate) async fn firms_on(
        &self,
        conn: &mut Conn,
        day: Date,
        today: Date,
    ) -> Result<Arc<Vec<TallyRow>>> {
        // In the view of `conn`, so that count and rows belong together.
        let state = pulses::count(conn, pulses::FIRMS).await?;
        let is_today = day == today;
        let what = format!("firms on {day}, today: {is_today}");
        self.remembered(conn, (what, state), async |conn: &mut Conn| {
            Ok(firms::tally(conn, &day.to_string(), is_today).await?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_belongs_to_one_state() {
        let memory = Memory::default();
        let put = |state: i64, n: i32| memory.put("x".to_owned(), state, &Arc::new(n));
        let get = |state: i64| memory.get::<i32>("x", state).map(|n| *n);
        assert_eq!(get(1), None);
        put(2, 20);
        assert_eq!((get(2), get(1), get(3)), (Some(20), None, None));
        put(1, 10);
        assert_eq!(get(2), Some(20), "an older view does not replace it");
        put(3, 30);
        assert_eq!((get(3), get(2)), (Some(30), None));
        assert_eq!(memory.get::<String>("x", 3), None, "another kind of thing");
        for n in 0..=MOST {
            memory.put(n.to_string(), 1, &Arc::new(n));
        }
        assert!(memory.lock().len() <= MOST);
    }
}
