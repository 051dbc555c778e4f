//! The result sheet: from counts to scores, exactly (domain.md §8).

use serde::{Deserialize, Serialize};

use crate::error::ScoringError;
use crate::exact::Exact;
use crate::rank::{Rank, ranks};
use crate::scheme::{BoxCounts, Scheme};
use crate::statement::{Part, Statement};
use crate::working::{Quotient, Step};

/// The scores of all presenters with what has to be said about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// In the order of the form.
    pub presenters: Vec<PresenterScore>,
    /// Redistributions and what was left out.
    pub statements: Vec<Statement>,
}

/// The score of one presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenterScore {
    /// s(p); `None` where nothing counts.
    pub score: Option<Exact>,
    /// The place among all.
    pub rank: Option<Rank>,
    /// Each category's part, in the order of the scheme.
    pub categories: Vec<CategoryScore>,
}

/// What one category says of a presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryScore {
    /// m(p,c); `None` where the category does not count for the presenter.
    pub mean: Option<Exact>,
    /// The part of 1 with which it counts, after redistribution.
    pub part: Option<Exact>,
    /// Each item; empty where the box was not opened.
    pub items: Vec<ItemScore>,
}

/// What one category says of a presenter on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemScore {
    /// The counts of the grades.
    pub counts: Vec<u64>,
    /// Marks that are no abstention.
    pub marks: u64,
    /// Abstentions.
    pub abstained: u64,
    /// m(p,i,c); `None` without marks.
    pub mean: Option<Exact>,
}

impl Sheet {
    /// Scores the counts.
    ///
    /// # Errors
    /// [`ScoringError`] where the counts do not fit the form.
    pub fn new(
        scheme: &Scheme,
        presenters: usize,
        boxes: &[BoxCounts],
    ) -> Result<Self, ScoringError> {
        scheme.check(presenters, boxes)?;
        let mut scores: Vec<PresenterScore> = (0..presenters)
            .map(|presenter| score_presenter(scheme, boxes, presenter))
            .collect();
        let values: Vec<Option<&Exact>> = scores.iter().map(|score| score.score.as_ref()).collect();
        for (score, rank) in ranks(&values).into_iter().enumerate() {
            scores[score].rank = rank;
        }
        let statements = statements(scheme, boxes, &scores);
        Ok(Self {
            presenters: scores,
            statements,
        })
    }

    /// The working of one presenter's score, step by step, shown with so many places. Empty for a number that is
    /// no presenter; without a score the steps end where the counts do.
    #[must_use]
    pub fn working(&self, scheme: &Scheme, presenter: usize, places: u8) -> Vec<Step> {
        let Some(found) = self.presenters.get(presenter) else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        for (category, part) in found.categories.iter().enumerate() {
            for (item, score) in part.items.iter().enumerate() {
                let quotient = item_quotient(scheme, &score.counts);
                if let Some(mean) = quotient.value() {
                    steps.push(Step::ItemMean {
                        category,
                        item,
                        terms: quotient.terms(places),
                        sum: quotient.sum(places),
                        divisor: quotient.divisor(places),
                        mean: mean.number(places),
                        abstained: score.abstained,
                    });
                }
            }
            let quotient = category_quotient(scheme, &part.items);
            if let Some(mean) = quotient.value() {
                steps.push(Step::CategoryMean {
                    category,
                    terms: quotient.terms(places),
                    sum: quotient.sum(places),
                    divisor: quotient.divisor(places),
                    mean: mean.number(places),
                });
            }
        }
        let quotient = score_quotient(scheme, &found.categories);
        if let Some(score) = quotient.value() {
            steps.push(Step::Score {
                terms: quotient.terms(places),
                sum: quotient.sum(places),
                divisor: quotient.divisor(places),
                score: score.number(places),
            });
        }
        steps
    }
}

fn item_quotient(scheme: &Scheme, counts: &[u64]) -> Quotient {
    let valued = scheme.grades.iter().zip(counts).enumerate();
    let terms = valued
        .filter_map(|(grade, (value, &count))| Some((grade, value.clone()?, Exact::from(count))));
    Quotient::new(terms.collect(), true)
}

fn category_quotient(scheme: &Scheme, items: &[ItemScore]) -> Quotient {
    let weighed = scheme.items.iter().zip(items).enumerate();
    let terms = weighed
        .filter_map(|(item, (weight, score))| Some((item, weight.clone(), score.mean.clone()?)));
    Quotient::new(terms.collect(), false)
}

fn score_quotient(scheme: &Scheme, categories: &[CategoryScore]) -> Quotient {
    let weighed = scheme.categories.iter().zip(categories).enumerate();
    let terms = weighed.filter_map(|(category, (rule, score))| {
        Some((category, rule.weight.clone(), score.mean.clone()?))
    });
    Quotient::new(terms.collect(), false)
}

fn score_presenter(scheme: &Scheme, boxes: &[BoxCounts], presenter: usize) -> PresenterScore {
    let mut categories: Vec<CategoryScore> = scheme
        .categories
        .iter()
        .zip(boxes)
        .map(|(rule, counts)| {
            let rows = if counts.ballots < rule.minimum {
                None
            } else {
                counts.marks.as_ref()
            };
            let items: Vec<ItemScore> = rows
                .and_then(|marks| marks.get(presenter))
                .map(|rows| rows.iter().map(|row| score_item(scheme, row)).collect())
                .unwrap_or_default();
            CategoryScore {
                mean: category_quotient(scheme, &items).value(),
                part: None,
                items,
            }
        })
        .collect();
    let score = score_quotient(scheme, &categories).value();
    let counted = |(rule, found): (&crate::scheme::CategoryRule, &CategoryScore)| {
        found.mean.is_some().then(|| rule.weight.clone())
    };
    let total: Exact = scheme
        .categories
        .iter()
        .zip(&categories)
        .filter_map(counted)
        .sum();
    for (rule, found) in scheme.categories.iter().zip(&mut categories) {
        found.part = found
            .mean
            .as_ref()
            .and_then(|_| rule.weight.checked_div(&total));
    }
    PresenterScore {
        score,
        rank: None,
        categories,
    }
}

fn score_item(scheme: &Scheme, counts: &[u64]) -> ItemScore {
    let (mut marks, mut abstained) = (0, 0);
    for (value, count) in scheme.grades.iter().zip(counts) {
        // The rows were checked to add up to the ballots, so this cannot overflow.
        *(if value.is_some() {
            &mut marks
        } else {
            &mut abstained
        }) += count;
    }
    ItemScore {
        counts: counts.to_vec(),
        marks,
        abstained,
        mean: item_quotient(scheme, counts).value(),
    }
}

fn statements(scheme: &Scheme, boxes: &[BoxCounts], scores: &[PresenterScore]) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    for (category, (rule, counts)) in scheme.categories.iter().zip(boxes).enumerate() {
        let weight = rule.weight.clone();
        if counts.ballots == 0 {
            found.push(Statement::CategoryEmpty { category, weight });
        } else if counts.ballots < rule.minimum {
            let (ballots, minimum) = (counts.ballots, rule.minimum);
            found.push(Statement::CategorySkipped {
                category,
                weight,
                ballots,
                minimum,
            });
        } else if counts.marks.is_none() {
            found.push(Statement::CategoryUnopened { category, weight });
        } else {
            open.push(category);
        }
    }
    let common = parts_of(scheme, &open);
    if open.len() < boxes.len() && !common.is_empty() {
        found.push(Statement::Redistributed {
            parts: common.clone(),
        });
    }
    for (presenter, score) in scores.iter().enumerate() {
        presenter_statements(scheme, presenter, score, &common, &mut found);
    }
    found
}

fn presenter_statements(
    scheme: &Scheme,
    presenter: usize,
    score: &PresenterScore,
    common: &[Part],
    found: &mut Vec<Statement>,
) {
    for (category, (rule, part)) in scheme.categories.iter().zip(&score.categories).enumerate() {
        if part.items.is_empty() {
            continue;
        }
        if part.mean.is_none() {
            let weight = rule.weight.clone();
            found.push(Statement::CategoryUnmarked {
                presenter,
                category,
                weight,
            });
            continue;
        }
        let unmarked = part
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.mean.is_none());
        found.extend(unmarked.map(|(item, _)| Statement::ItemUnmarked {
            presenter,
            category,
            item,
        }));
    }
    if score.score.is_none() {
        found.push(Statement::NoScore { presenter });
        return;
    }
    let counting = score
        .categories
        .iter()
        .enumerate()
        .filter(|(_, part)| part.mean.is_some());
    let parts = parts_of(
        scheme,
        &counting.map(|(category, _)| category).collect::<Vec<_>>(),
    );
    if parts != common {
        found.push(Statement::RedistributedFor { presenter, parts });
    }
}

fn parts_of(scheme: &Scheme, categories: &[usize]) -> Vec<Part> {
    let weight = |category: usize| scheme.categories[category].weight.clone();
    let total: Exact = categories.iter().map(|&category| weight(category)).sum();
    let part = |&category: &usize| {
        Some(Part {
            category,
            part: weight(category).checked_div(&total)?,
        })
    };
    categories.iter().filter_map(part).collect()
}
