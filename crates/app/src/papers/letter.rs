//! The feedback letter: a presenter's own figures, the median of all, and nobody else's.

use pingyi_papers::{Bearing, FeedbackLetter, ItemFeedback, Opened, OpinionGroup};
use pingyi_scoring::{Exact, median};

use super::facts::Facts;
use super::sheets::category_name;
use crate::{AppError, Result, ResultTable};

/// From so many presenters on a median tells nothing about one of them (docs/report-contract.md §5).
const FEWEST: usize = 5;

/// What one presenter is told.
pub(super) fn feedback_letter(facts: &Facts, code: &str) -> Result<FeedbackLetter> {
    let table = facts.result.tables.iter();
    let table = table.clone().find(|table| table.code.as_ref() == code);
    let table = table.ok_or(AppError::NotFound)?;
    let (opinions, struck) = facts.opinions_on(code);
    let comment = facts.comments.get(code).cloned().unwrap_or_default();
    let commented_by = if comment.trim().is_empty() {
        ""
    } else {
        facts.meeting("commented_by")
    };
    Ok(FeedbackLetter {
        head: facts.head(),
        to: table.title.clone(),
        appraisal: facts.appraisal.title.clone(),
        held_on: facts.held_on(),
        opened: opened(facts, table),
        grades: facts.grade_labels(),
        score: table.score.as_ref().map(|score| score.shown.clone()),
        median: facts.middle(|presenter| facts.scored.presenters[presenter].score.clone()),
        // The letter says what was decided, and a proposal is no decision.
        grade: facts.decided(table),
        items: items(facts, table),
        // In the order of their own hashes, which tells nothing.
        opinions: (!opinions.is_empty())
            .then_some(OpinionGroup {
                about: String::new(),
                texts: opinions,
            })
            .into_iter()
            .collect(),
        struck,
        comment,
        commented_by: commented_by.to_owned(),
        reply_by: facts.meeting("reply_by").parse().ok(),
    })
}

impl Facts {
    /// The median over all presenters, from five with a number on.
    fn middle(&self, number: impl Fn(usize) -> Option<Exact>) -> Option<String> {
        let all: Vec<Exact> = (0..self.scored.presenters.len())
            .filter_map(number)
            .collect();
        if all.len() < FEWEST {
            return None;
        }
        self.shown(median(&all).as_ref())
    }
}

fn opened(facts: &Facts, table: &ResultTable) -> Vec<Opened> {
    let boxes = facts.counts.iter().zip(&table.categories);
    boxes
        .filter(|(counted, _)| counted.marks.is_some())
        .map(|(counted, part)| Opened {
            category: category_name(facts, part.code),
            ballots: counted.ballots,
            mean: part.mean.as_ref().map(|mean| mean.shown.clone()),
        })
        .collect()
}

fn items(facts: &Facts, table: &ResultTable) -> Vec<ItemFeedback> {
    let presenter = facts.number(table);
    let own = facts.items(presenter);
    let bearings = bearings(&own);
    let labels = facts.appraisal.config.form.items.iter().enumerate();
    labels
        .zip(own.iter().zip(bearings))
        .map(|((item, named), (score, bearing))| ItemFeedback {
            label: named.label.clone(),
            counts: facts.pooled(presenter, item),
            score: facts.shown(score.as_ref()),
            median: facts.middle(|other| facts.items(other).get(item).cloned().flatten()),
            bearing,
        })
        .collect()
}

/// The best third and the worst third of a presenter's own items, at least one each; none where all are alike.
fn bearings(scores: &[Option<Exact>]) -> Vec<Bearing> {
    let mut sorted: Vec<&Exact> = scores.iter().flatten().collect();
    sorted.sort();
    let part = (sorted.len() / 3).max(1);
    let low = sorted.get(part - 1).copied();
    let high = sorted.len().checked_sub(part).map(|at| sorted[at]);
    let bearing = |score: &Option<Exact>| match (score, low, high) {
        (Some(score), Some(low), Some(high)) if low < high => {
            if score >= high {
                Bearing::Strong
            } else if score <= low {
                Bearing::Weak
            } else {
                Bearing::Between
            }
        }
        _ => Bearing::Between,
    };
    scores.iter().map(bearing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_and_the_worst_third_are_named_and_equals_are_not_split() {
        let of = |texts: &[&str]| {
            let scores: Vec<Option<Exact>> = texts.iter().map(|text| text.parse().ok()).collect();
            let letters = bearings(&scores).into_iter().map(|one| match one {
                Bearing::Strong => 's',
                Bearing::Between => '-',
                Bearing::Weak => 'w',
            });
            letters.collect::<String>()
        };
        assert_eq!(of(&["90", "80", "85", "70", "95", "60"]), "s--wsw");
        assert_eq!(of(&["90", "80"]), "sw");
        assert_eq!(of(&["90", "90", "90"]), "---");
        assert_eq!(of(&["90"]), "-");
        assert_eq!(of(&["none", "90", "80"]), "-sw");
        assert_eq!(of(&["90", "90", "80", "70", "70", "70"]), "ss-www");
        assert_eq!(of(&[]), "");
    }
}
