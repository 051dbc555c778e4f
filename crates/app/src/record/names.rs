//! Names for who is typing: firms of the register, bodies known.

use pingyi_domain::record::{Scope, asked};
use pingyi_store::list::Ask;
use pingyi_store::repo::entries;
use pingyi_store::repo::firms::{self, FirmFilter};

use super::hand::Hand;
use crate::{App, Result};

/// A name that is offered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Offered {
    /// Id; empty for a body that is no unit of ours.
    pub id: String,
    /// Name.
    pub name: String,
    /// Short name of its unit; empty for bodies.
    pub unit: String,
}

/// Names offered at once.
const OFFERED: u32 = 8;
/// Characters that are read.
const LONGEST: usize = 60;

fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

impl App {
    /// Firms that somebody may see and whose names hold the text.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn offer_firms(&self, hand: &Hand, text: &str) -> Result<Vec<Offered>> {
        let text = cut(text);
        if asked(&text).is_empty() {
            return Ok(Vec::new());
        }
        let filter = FirmFilter {
            text: Some(text),
            on: self.today()?.to_string(),
            is_today: true,
            ..FirmFilter::default()
        };
        let ask = Ask {
            limit: OFFERED,
            ..Ask::all("name")
        };
        let names = self.unit_names().await?;
        let mut view = self.store().read().await?;
        let (rows, _) = firms::rows(&mut view, hand.scope(), &filter, &ask).await?;
        let unit = |id: &str| {
            let found = names.iter().find(|name| name.id.as_str() == id);
            found.map(|name| name.short.clone()).unwrap_or_default()
        };
        let offered = rows.into_iter().map(|row| Offered {
            unit: unit(&row.unit),
            id: row.id,
            name: row.name,
        });
        Ok(offered.collect())
    }

    /// Units whose names hold the text, then bodies that took part in entries somebody may see and whose names begin with
    /// it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn offer_bodies(&self, hand: &Hand, text: &str) -> Result<Vec<Offered>> {
        let text = cut(text);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let names = self.unit_names().await?;
        let fits = names.into_iter().filter(|name| {
            !name.closed && (name.name.contains(&text) || name.short.contains(&text))
        });
        let mut offered: Vec<Offered> = fits
            .map(|name| Offered {
                id: name.id.into(),
                name: name.name,
                unit: String::new(),
            })
            .collect();
        let within = match hand.scope() {
            Scope::All => Some((String::new(), "~".to_owned())),
            Scope::Under(path) => Some((path.to_string(), path.end())),
            Scope::Nothing => None,
        };
        if let Some((from, until)) = within {
            let mut view = self.store().read().await?;
            let places = (from.as_str(), until.as_str());
            for name in entries::bodies_like(&mut view, &text, places).await? {
                if offered.iter().all(|one| one.name != name) {
                    offered.push(Offered {
                        id: String::new(),
                        name,
                        unit: String::new(),
                    });
                }
            }
        }
        offered.truncate(usize::try_from(OFFERED).unwrap_or(usize::MAX));
        Ok(offered)
    }
}
