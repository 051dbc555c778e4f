//! This year beside last year: per presenter, item and category, with a warning wherever form or categories changed, for
//! then the numbers do not measure the same.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::composite::CompositeScheme;
use crate::error::ScoringError;
use crate::exact::Exact;
use crate::outcome::{Known, Method, Outcome, Standing};

/// One year's outcome with the names by which two years are matched. Names are codes or labels, as the office keeps
/// them from year to year; for a presenter it is the unit, for people change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// The grades of the form.
    pub grades: Vec<String>,
    /// The items.
    pub items: Vec<String>,
    /// The categories.
    pub categories: Vec<String>,
    /// The presenters.
    pub presenters: Vec<String>,
    /// How it was worked out.
    pub method: Method,
    /// What it was worked out from.
    pub known: Known,
}

/// Two years side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Why the years are not measured alike; empty where they are.
    pub warnings: Vec<Warning>,
    /// The presenters of the later year, in its order.
    pub presenters: Vec<Compared>,
    /// Names of the earlier year's presenters who are no longer there.
    pub gone: Vec<String>,
}

/// One presenter in two years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The name.
    pub name: String,
    /// The year before; `None` for one who was not there.
    pub before: Option<Standing>,
    /// This year.
    pub now: Standing,
    /// The composite.
    pub score: Difference,
    /// The ballot score.
    pub ballot: Difference,
    /// This year's items over all categories, in the order of the form.
    pub items: Vec<Difference>,
    /// This year's categories, in the order of the form.
    pub categories: Vec<Difference>,
}

/// A number and the one of the year before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The year before.
    pub before: Option<Exact>,
    /// This year.
    pub now: Option<Exact>,
    /// Where it went; `None` where one of them is missing.
    pub change: Option<Change>,
}

/// Where a number went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "went", content = "by", rename_all = "snake_case")]
pub enum Change {
    /// Up by so much.
    Up(Exact),
    /// Not at all.
    Same,
    /// Down by so much.
    Down(Exact),
}

/// Why two years are not measured alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Warning {
    /// The grades have other names, another order or other values.
    Grades,
    /// Items came or went.
    Items {
        /// New ones.
        added: Vec<String>,
        /// Those that went.
        removed: Vec<String>,
    },
    /// An item weighs another part of the whole.
    ItemWeights {
        /// Those items.
        items: Vec<String>,
    },
    /// Categories of raters came or went.
    Categories {
        /// New ones.
        added: Vec<String>,
        /// Those that went.
        removed: Vec<String>,
    },
    /// A category weighs another part of the whole.
    CategoryWeights {
        /// Those categories.
        categories: Vec<String>,
    },
    /// Different categories counted in the end: some were empty, too small or not opened in one of the years.
    CategoriesCounted {
        /// Those categories, of both years.
        categories: Vec<String>,
    },
    /// The composite is put together in another way.
    Composite,
}

impl Difference {
    fn new(before: Option<Exact>, now: Option<Exact>) -> Self {
        let change = before
            .as_ref()
            .zip(now.as_ref())
            .map(|(before, now)| match now.cmp(before) {
                Ordering::Equal => Change::Same,
                Ordering::Greater => now.checked_sub(before).map_or(Change::Same, Change::Up),
                Ordering::Less => before.checked_sub(now).map_or(Change::Same, Change::Down),
            });
        Self {
            before,
            now,
            change,
        }
    }
}

impl Year {
    fn outcome(&self) -> Result<Outcome, ScoringError> {
        let scheme = &self.method.scheme;
        let fits = self.grades.len() == scheme.grades.len()
            && self.items.len() == scheme.items.len()
            && self.categories.len() == scheme.categories.len()
            && self.presenters.len() == self.known.presenters.len();
        if !fits {
            return Err(ScoringError::Names);
        }
        self.method.outcome(&self.known)
    }

    fn item_weights(&self) -> Vec<Exact> {
        self.method.scheme.items.clone()
    }

    fn category_weights(&self) -> Vec<Exact> {
        let rules = &self.method.scheme.categories;
        rules.iter().map(|rule| rule.weight.clone()).collect()
    }
}

/// Puts a year beside the one before.
///
/// # Errors
/// [`ScoringError`] where one of the years does not fit itself.
pub fn compare(before: &Year, now: &Year) -> Result<Comparison, ScoringError> {
    let (earlier, later) = (before.outcome()?, now.outcome()?);
    let presenters = now
        .presenters
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let was = position(&before.presenters, name);
            compared((before, &earlier, was), (now, &later, place), name)
        })
        .collect();
    Ok(Comparison {
        warnings: warnings((before, &earlier), (now, &later)),
        presenters,
        gone: without(&before.presenters, &now.presenters),
    })
}

fn compared(
    (before, earlier, was): (&Year, &Outcome, Option<usize>),
    (now, later, place): (&Year, &Outcome, usize),
    name: &str,
) -> Compared {
    let standing = later.standing(place);
    let old = was.map(|was| earlier.standing(was));
    let ballot = |outcome: &Outcome, place: usize| outcome.sheet.presenters[place].score.clone();
    let items = |year: &Year, outcome: &Outcome, place: usize| {
        outcome.sheet.item_scores(&year.method.scheme, place)
    };
    let categories = |outcome: &Outcome, place: usize| -> Vec<Option<Exact>> {
        let found = outcome.sheet.presenters[place].categories.iter();
        found.map(|category| category.mean.clone()).collect()
    };
    let pairs = |names: (&[String], &[String]),
                 old: Option<Vec<Option<Exact>>>,
                 new: Vec<Option<Exact>>| {
        let name = names.1.iter().zip(new);
        let found = name.map(|(name, new)| {
            let was = position(names.0, name);
            let old = was.and_then(|was| old.as_ref()?.get(was)?.clone());
            Difference::new(old, new)
        });
        found.collect::<Vec<_>>()
    };
    Compared {
        name: name.to_owned(),
        score: Difference::new(
            old.as_ref().and_then(|old| old.score.clone()),
            standing.score.clone(),
        ),
        ballot: Difference::new(
            was.and_then(|was| ballot(earlier, was)),
            ballot(later, place),
        ),
        items: pairs(
            (&before.items, &now.items),
            was.map(|was| items(before, earlier, was)),
            items(now, later, place),
        ),
        categories: pairs(
            (&before.categories, &now.categories),
            was.map(|was| categories(earlier, was)),
            categories(later, place),
        ),
        before: old,
        now: standing,
    }
}

fn position(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|other| other == name)
}

/// The names of one list that are not in the other.
fn without(names: &[String], others: &[String]) -> Vec<String> {
    let missing = names.iter().filter(|name| !others.contains(name));
    missing.cloned().collect()
}

fn warnings((before, earlier): (&Year, &Outcome), (now, later): (&Year, &Outcome)) -> Vec<Warning> {
    let mut found = Vec::new();
    if before.grades != now.grades || before.method.scheme.grades != now.method.scheme.grades {
        found.push(Warning::Grades);
    }
    let came_and_went = |before: &[String], now: &[String]| {
        let (added, removed) = (without(now, before), without(before, now));
        (!added.is_empty() || !removed.is_empty()).then_some((added, removed))
    };
    if let Some((added, removed)) = came_and_went(&before.items, &now.items) {
        found.push(Warning::Items { added, removed });
    }
    let items = reweighed(
        (&before.items, &before.item_weights()),
        (&now.items, &now.item_weights()),
    );
    if !items.is_empty() {
        found.push(Warning::ItemWeights { items });
    }
    if let Some((added, removed)) = came_and_went(&before.categories, &now.categories) {
        found.push(Warning::Categories { added, removed });
    }
    let categories = reweighed(
        (&before.categories, &before.category_weights()),
        (&now.categories, &now.category_weights()),
    );
    if !categories.is_empty() {
        found.push(Warning::CategoryWeights { categories });
    }
    let categories = counted_otherwise((before, earlier), (now, later));
    if !categories.is_empty() {
        found.push(Warning::CategoriesCounted { categories });
    }
    if ratios(&before.method.composite) != ratios(&now.method.composite) {
        found.push(Warning::Composite);
    }
    found
}

/// Those in both lists that weigh another part of the whole; only ratios of weights matter.
fn reweighed(before: (&[String], &[Exact]), now: (&[String], &[Exact])) -> Vec<String> {
    let part = |(names, weights): (&[String], &[Exact]), name: &str| {
        let total: Exact = weights.iter().cloned().sum();
        weights[position(names, name)?].checked_div(&total)
    };
    let changed = now.0.iter().filter(|name| {
        let was = part(before, name);
        was.is_some() && was != part(now, name)
    });
    changed.cloned().collect()
}

/// Categories of both years that counted for somebody in one of them and for nobody in the other.
fn counted_otherwise(
    (before, earlier): (&Year, &Outcome),
    (now, later): (&Year, &Outcome),
) -> Vec<String> {
    let counts = |outcome: &Outcome, category: usize| {
        let mut scores = outcome.sheet.presenters.iter();
        scores.any(|score| score.categories[category].mean.is_some())
    };
    let changed = now.categories.iter().enumerate().filter(|(place, name)| {
        position(&before.categories, name)
            .is_some_and(|was| counts(earlier, was) != counts(later, *place))
    });
    changed.map(|(_, name)| name.clone()).collect()
}

fn ratios(scheme: &CompositeScheme) -> [Option<Exact>; 3] {
    let weights = [&scheme.ballot, &scheme.indicators, &scheme.leaders];
    let total: Exact = weights.into_iter().cloned().sum();
    weights.map(|weight| weight.checked_div(&total))
}
