//! A year beside the one before: presenters by their unit, items and categories by code and label.

use pingyi_domain::AppraisalId;
use pingyi_domain::config::AppraisalConfig;
use pingyi_scoring::{Warning, Year, compare};

use super::basis::{Past, announced};
use super::ground::known;
use crate::{App, AppError, CompareView, Result, TwoYears, TwoYearsLine};

/// Between the parts of a name: in no label, for control characters are refused there.
const BETWEEN: char = '\u{1f}';

impl App {
    /// An appraisal beside an earlier one: the one asked for, or the latest of a year before.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::WrongState`] before the count.
    pub async fn compare_years(
        &self,
        id: &AppraisalId,
        with: Option<&AppraisalId>,
    ) -> Result<CompareView> {
        let mut view = self.store().read().await?;
        let now = self.past(&mut view, id).await?;
        let mut bases = announced(&mut view).await?;
        bases.retain(|basis| basis.id != *id && basis.year <= now.year);
        let before = match with {
            Some(with) => {
                let found = bases.iter().find(|basis| basis.id == *with);
                Some(found.ok_or(AppError::NotFound)?)
            }
            None => bases.iter().find(|basis| basis.year < now.year),
        };
        let before = match before {
            Some(used) => Some(self.past(&mut view, &used.id).await?),
            None => None,
        };
        drop(view);
        let answer = CompareView {
            now: now.basis(),
            rehearsal: now.appraisal.is_rehearsal(),
            shown_to_leaders: now.appraisal.state.shows_opinions(),
            bases,
            places: now.appraisal.config.scheme.places,
            years: None,
        };
        let years = match before {
            Some(before) => {
                let work = move || two_years(&before, &now);
                Some(self.0.caster.run_long(work).await??)
            }
            None => None,
        };
        Ok(CompareView { years, ..answer })
    }
}

fn two_years(before: &Past, now: &Past) -> Result<TwoYears> {
    let (earlier, later) = (year(before, now)?, year(now, before)?);
    let found = compare(&earlier, &later).map_err(AppError::internal)?;
    let named = now.appraisal.config.presenters.iter();
    let presenters = found
        .presenters
        .into_iter()
        .zip(named)
        .map(|(line, presenter)| TwoYearsLine {
            title: presenter.title.clone(),
            unit: presenter.unit.clone(),
            before: line.before,
            now: line.now,
            score: line.score,
            ballot: line.ballot,
            items: line.items,
            categories: line.categories,
        });
    let gone = found.gone.iter().filter_map(|name| {
        let place = earlier.presenters.iter().position(|other| other == name)?;
        Some(before.appraisal.config.presenters[place].title.clone())
    });
    Ok(TwoYears {
        before: before.basis(),
        warnings: found.warnings.into_iter().map(plain).collect(),
        items: later.items.iter().map(|name| label(name)).collect(),
        categories: later.categories.iter().map(|name| label(name)).collect(),
        gone: gone.collect(),
        presenters: presenters.collect(),
    })
}

/// A year with the names by which it is matched with the other one.
fn year(past: &Past, other: &Past) -> Result<Year> {
    let config = &past.appraisal.config;
    let method = config.method();
    let full = method.full().map_err(AppError::internal)?;
    Ok(Year {
        grades: config
            .form
            .grades
            .iter()
            .map(|grade| name(grade.code.as_str(), &grade.label))
            .collect(),
        items: config
            .form
            .items
            .iter()
            .map(|item| name(item.code.as_str(), &item.label))
            .collect(),
        categories: config
            .categories
            .iter()
            .map(|category| name(&category.code.to_string(), &category.label))
            .collect(),
        presenters: presenters(config, &other.appraisal.config),
        known: known(full, &past.counts, &past.beside),
        method,
    })
}

/// A presenter's unit of the record, where both years name it; else the unit as on the form, for people change; without
/// either the post.
fn presenters(config: &AppraisalConfig, other: &AppraisalConfig) -> Vec<String> {
    let named = config.presenters.iter().map(|presenter| {
        let written = [&presenter.unit, &presenter.title]
            .into_iter()
            .find(|text| !text.trim().is_empty());
        let tied = presenter.unit_id.as_ref();
        match tied.filter(|unit| other.presenter_of(unit).is_some()) {
            Some(unit) => unit.to_string(),
            None => name("", written.map_or("", |text| text.trim())),
        }
    });
    named.collect()
}

fn name(code: &str, label: &str) -> String {
    format!("{code}{BETWEEN}{label}")
}

/// What a person reads of a name.
fn label(name: &str) -> String {
    let text = name.split_once(BETWEEN).map_or(name, |(_, label)| label);
    text.to_owned()
}

fn plain(warning: Warning) -> Warning {
    let labels = |names: Vec<String>| names.iter().map(|name| label(name)).collect();
    match warning {
        Warning::Items { added, removed } => Warning::Items {
            added: labels(added),
            removed: labels(removed),
        },
        Warning::ItemWeights { items } => Warning::ItemWeights {
            items: labels(items),
        },
        Warning::Categories { added, removed } => Warning::Categories {
            added: labels(added),
            removed: labels(removed),
        },
        Warning::CategoryWeights { categories } => Warning::CategoryWeights {
            categories: labels(categories),
        },
        Warning::CategoriesCounted { categories } => Warning::CategoriesCounted {
            categories: labels(categories),
        },
        same @ (Warning::Grades | Warning::Composite) => same,
    }
}
