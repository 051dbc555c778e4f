//! Lists read whole, for a file: terms, counts and what belongs to the units somebody may see.

use std::collections::HashMap;

use pingyi_domain::record::{Headcount, Scope, UnitPath};
use pingyi_store::repo::{headcounts, posts};

use super::belongings::{Held, Shelf, held};
use super::hand::Hand;
use super::posts::{PostView, view_of};
use super::units::UnitName;
use super::written::Read;
use crate::{App, AppError, Result};

/// A unit and all below it, or everything.
fn within(under: Option<&UnitPath>) -> Scope {
    under.cloned().map_or(Scope::All, Scope::Under)
}

/// Where each unit stands in the tree.
fn order(names: &[UnitName]) -> HashMap<&str, usize> {
    names
        .iter()
        .zip(0..)
        .map(|(name, at)| (name.id.as_str(), at))
        .collect()
}

impl App {
    /// All terms of a unit and those below it, or of everything somebody may see: the tree's order, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whole_posts(
        &self,
        hand: &Hand,
        under: Option<&UnitPath>,
    ) -> Result<Vec<PostView>> {
        let names = self.unit_names().await?;
        let mut view = self.store().read().await?;
        let rows = posts::listed(&mut view, hand.scope(), &within(under), None).await?;
        let mut terms: Vec<PostView> = rows.iter().map(view_of).collect::<Result<_>>()?;
        let order = order(&names);
        terms.sort_by_key(|term| (order.get(term.post.unit.as_str()).copied(), term.post.kind));
        Ok(terms)
    }

    /// All counts of members, as [`App::whole_posts`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whole_counts(
        &self,
        hand: &Hand,
        under: Option<&UnitPath>,
    ) -> Result<Vec<Held<Headcount>>> {
        let names = self.unit_names().await?;
        let mut view = self.store().read().await?;
        let rows = headcounts::listed(&mut view, hand.scope(), &within(under)).await?;
        let counts: Read<Vec<Held<Headcount>>> = rows.iter().map(held).collect();
        let mut counts = counts.map_err(AppError::internal)?;
        let order = order(&names);
        counts.sort_by_key(|held| order.get(held.what.unit.as_str()).copied());
        Ok(counts)
    }

    /// All service centres, pairings or shops, as [`App::whole_posts`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whole_belongings<T: Shelf>(
        &self,
        hand: &Hand,
        under: Option<&UnitPath>,
    ) -> Result<Vec<Held<T>>> {
        let names = self.unit_names().await?;
        let scope = within(under);
        let seen = |name: &&UnitName| hand.scope().holds(&name.path) && scope.holds(&name.path);
        let mut view = self.store().read().await?;
        let mut all = Vec::new();
        for name in names.iter().filter(seen) {
            for row in &T::of_unit(&mut view, &name.id).await? {
                let one: Held<T> = held(row).map_err(AppError::internal)?;
                // A joint centre is found at every unit it covers, and stands in the file once.
                if one.what.unit() == &name.id {
                    all.push(one);
                }
            }
        }
        Ok(all)
    }
}
