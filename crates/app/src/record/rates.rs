//! The two coverages by unit, by sector and over time (contract §6), with the numbers behind each rate.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{Cover, Date, Quarter, Scope, Standing, UnitPath};
use pingyi_store::repo::firms::TallyRow;

use super::hand::Hand;
use super::units::UnitName;
use super::year::quarter_ends;
use crate::{App, AppError, Result};

/// The coverages on a day.
#[derive(Debug, Clone)]
pub struct Rates {
    /// The day.
    pub on: Date,
    /// All together.
    pub total: Cover,
    /// Each unit that has firms below it, with all below it; the tree's order.
    pub units: Vec<(UnitName, Cover)>,
    /// Each sector by its code; empty for firms without.
    pub sectors: Vec<(String, Cover)>,
    /// On the last day of each quarter, the oldest first; the running quarter on the day itself.
    pub quarters: Vec<(Quarter, Cover)>,
}

/// Quarters on the page.
const QUARTERS: usize = 8;

struct Counted {
    by_unit: HashMap<String, Cover>,
    by_sector: BTreeMap<String, Cover>,
}

fn counted(rows: &[TallyRow], within: impl Fn(&str) -> bool) -> Counted {
    let mut counted = Counted {
        by_unit: HashMap::new(),
        by_sector: BTreeMap::new(),
    };
    for row in rows.iter().filter(|row| within(&row.unit)) {
        let standing = Standing {
            opened: true,
            struck: row.struck != 0,
            own: row.own != 0,
            joint: row.joint != 0,
            work: row.work != 0,
        };
        let unit = counted.by_unit.entry(row.unit.clone()).or_default();
        unit.count(standing, row.n);
        let sector = counted.by_sector.entry(row.sector.clone()).or_default();
        sector.count(standing, row.n);
    }
    counted
}

fn sum<'a>(covers: impl IntoIterator<Item = &'a Cover>) -> Cover {
    covers.into_iter().fold(Cover::default(), |mut all, cover| {
        all.add(*cover);
        all
    })
}

/// The units below which there are firms, each with all of them, in the order of the tree.
fn by_unit<'a>(
    names: &'a [UnitName],
    counted: &'a Counted,
) -> impl Iterator<Item = (UnitName, Cover)> + 'a {
    let places: HashMap<&str, &UnitPath> = names
        .iter()
        .map(|name| (name.id.as_str(), &name.path))
        .collect();
    names
        .iter()
        .map(move |name| {
            let below = counted.by_unit.iter().filter(|(unit, _)| {
                places
                    .get(unit.as_str())
                    .is_some_and(|place| name.path.holds(place))
            });
            (name.clone(), sum(below.map(|(_, cover)| cover)))
        })
        .filter(|(_, cover)| *cover != Cover::default())
}

impl App {
    /// The coverages on a day, of what somebody may see, of one unit and all below it where given.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rates(
        &self,
        hand: &Hand,
        on: Option<Date>,
        under: Option<&UnitPath>,
    ) -> Result<Rates> {
        let names = self.unit_names().await?;
        let places: HashMap<&str, &UnitPath> = names
            .iter()
            .map(|name| (name.id.as_str(), &name.path))
            .collect();
        let seen =
            |scope: &Scope, unit: &str| places.get(unit).is_some_and(|place| scope.holds(place));
        let within = |unit: &str| {
            let below = |top: &UnitPath| places.get(unit).is_some_and(|place| top.holds(place));
            seen(hand.scope(), unit) && under.is_none_or(below)
        };
        let today = self.today()?;
        let on = on.unwrap_or(today);
        let mut view = self.store().read().await?;
        let now = counted(&self.firms_on(&mut view, on, today).await?, within);
        let mut quarters = Vec::new();
        for (quarter, day) in quarter_ends(on, QUARTERS) {
            let cover = if day == on {
                sum(now.by_unit.values())
            } else {
                sum(
                    counted(&self.firms_on(&mut view, day, today).await?, within)
                        .by_unit
                        .values(),
                )
            };
            quarters.push((quarter, cover));
        }
        let units = by_unit(&names, &now)
            .filter(|(name, _)| hand.scope().holds(&name.path))
            .filter(|(name, _)| under.is_none_or(|top| top.holds(&name.path)))
            .collect();
        Ok(Rates {
            on,
            total: sum(now.by_unit.values()),
            units,
            sectors: now.by_sector.into_iter().collect(),
            quarters,
        })
    }

    /// The coverages on a day of each unit somebody may see that has firms below it, in the order of the tree.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn covers(&self, hand: &Hand, on: Date) -> Result<Vec<(UnitName, Cover)>> {
        let names = self.unit_names().await?;
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let now = counted(&self.firms_on(&mut view, on, today).await?, |_| true);
        let seen = by_unit(&names, &now).filter(|(name, _)| hand.scope().holds(&name.path));
        Ok(seen.collect())
    }

    /// A day of an address: none where it is none, refused where it lies ahead.
    ///
    /// # Errors
    /// [`AppError::Invalid`].
    pub fn day_of(&self, text: Option<&str>) -> Result<Option<Date>> {
        let Some(text) = text else { return Ok(None) };
        let invalid = |rule| AppError::Invalid { field: "on", rule };
        let day: Date = text.parse().map_err(|_| invalid("date"))?;
        if day > self.today()? {
            return Err(invalid("date_future"));
        }
        Ok(Some(day))
    }
}
