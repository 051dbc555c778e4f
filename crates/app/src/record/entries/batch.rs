//! Many entries at once: confirmed, or read whole for a file.

use std::collections::HashMap;

use pingyi_domain::record::EntryId;
use pingyi_domain::record::entry::EntryMove;
use pingyi_store::list::Ask;
use pingyi_store::repo::entries::{self, EntryFilter};

use super::{EntryLine, refused};
use crate::record::Hand;
use crate::{App, AppError, Result};

/// Most entries confirmed at once.
pub const MOST_CONFIRMED: usize = 200;

impl App {
    /// Confirms entries, each for itself and by the rule for one: not by who recorded it. What is refused does not hold up
    /// the others; every id is answered, in order.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for all but the office, [`AppError::Fields`] for none or too many of them.
    pub async fn confirm_entries(
        &self,
        hand: &Hand,
        ids: &[EntryId],
    ) -> Result<Vec<(EntryId, Option<AppError>)>> {
        hand.decides()?;
        if ids.is_empty() || ids.len() > MOST_CONFIRMED {
            return Err(refused("entries", "rows_number"));
        }
        let mut answers = Vec::with_capacity(ids.len());
        for id in ids {
            let done = self.review_entry(hand, id, EntryMove::Confirm, "").await;
            answers.push((id.clone(), done.err()));
        }
        Ok(answers)
    }

    /// All the entries of a list with who took part, for a file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whole_entries(
        &self,
        hand: &Hand,
        filter: &EntryFilter,
        ask: &Ask,
    ) -> Result<Vec<EntryLine>> {
        let mut view = self.store().read().await?;
        let ask = ask.clone().whole();
        let page = entries::page(&mut view, hand.scope(), filter, &ask).await?;
        let ids: Vec<&str> = page.rows.iter().map(|row| row.id.as_str()).collect();
        let mut lines = Vec::with_capacity(ids.len());
        for row in &page.rows {
            lines.push(EntryLine::of(row)?);
        }
        let places: HashMap<&str, usize> = ids.iter().copied().zip(0..).collect();
        for (entry, role, name) in entries::bodies_of(&mut view, &ids).await? {
            if let Some(line) = places.get(&*entry).and_then(|at| lines.get_mut(*at)) {
                let list = match &*role {
                    "attended" => &mut line.entry.attended,
                    _ => &mut line.entry.partners,
                };
                list.push(name);
            }
        }
        for (entry, name) in entries::firms_of(&mut view, &ids).await? {
            if let Some(line) = places.get(&*entry).and_then(|at| lines.get_mut(*at)) {
                line.entry.firms.push(name);
            }
        }
        Ok(lines)
    }
}
