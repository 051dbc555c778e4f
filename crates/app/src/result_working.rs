//! The working behind each number, as the result shows it.

use pingyi_domain::config::AppraisalConfig;
use pingyi_scoring::{Step, Term};

use crate::result_tables::number;
use crate::{WorkingStep, WorkingTerm};

/// A step in the codes and labels of the form.
pub(crate) fn working(config: &AppraisalConfig, step: &Step) -> WorkingStep {
    let (name, category, item, (sum, divisor, value)) = match step {
        Step::ItemMean {
            category,
            item,
            sum,
            divisor,
            mean,
            ..
        } => (
            "item_mean",
            Some(*category),
            Some(*item),
            (sum, divisor, mean),
        ),
        Step::CategoryMean {
            category,
            sum,
            divisor,
            mean,
            ..
        } => ("category_mean", Some(*category), None, (sum, divisor, mean)),
        Step::Score {
            sum,
            divisor,
            score,
            ..
        } => ("ballot_score", None, None, (sum, divisor, score)),
    };
    WorkingStep {
        step: name.to_owned(),
        category: category.map(|place| config.categories[place].code),
        item: item.map(|place| config.form.items[place].code.clone()),
        terms: terms_of(config, step),
        numerator: sum.fraction.clone(),
        denominator: divisor.fraction.clone(),
        value: Some(number(value)),
    }
}

/// Counts weigh the grades' points; weights weigh the means.
fn terms_of(config: &AppraisalConfig, step: &Step) -> Vec<WorkingTerm> {
    match step {
        Step::ItemMean { terms, .. } => terms
            .iter()
            .map(|term| {
                let grade = &config.form.grades[term.of];
                WorkingTerm {
                    code: grade.code.to_string(),
                    label: grade.label.clone(),
                    weight: term.number.fraction.clone(),
                    value: term.factor.fraction.clone(),
                }
            })
            .collect(),
        Step::CategoryMean { terms, .. } => weighed(terms, |of| {
            let item = &config.form.items[of];
            (item.code.to_string(), item.label.clone())
        }),
        Step::Score { terms, .. } => weighed(terms, |of| {
            let category = &config.categories[of];
            (category.code.to_string(), category.label.clone())
        }),
    }
}

fn weighed(terms: &[Term], name: impl Fn(usize) -> (String, String)) -> Vec<WorkingTerm> {
    let term = |term: &Term| {
        let (code, label) = name(term.of);
        let (weight, value) = (term.factor.fraction.clone(), term.number.fraction.clone());
        WorkingTerm {
            code,
            label,
            weight,
            value,
        }
    };
    terms.iter().map(term).collect()
}
