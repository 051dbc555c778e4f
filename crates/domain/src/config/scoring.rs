//! The numbers of the configuration in the form the scoring crate takes.

use pingyi_scoring::{CategoryRule, Scheme as ScoringScheme};

use super::AppraisalConfig;

impl AppraisalConfig {
    /// Grade values, item weights and categories for `pingyi_scoring::Sheet::new`, all in the configuration's order.
    #[must_use]
    pub fn scoring_scheme(&self) -> ScoringScheme {
        ScoringScheme {
            grades: self
                .form
                .grades
                .iter()
                .map(|grade| grade.value.clone())
                .collect(),
            items: self
                .form
                .items
                .iter()
                .map(|item| item.weight.clone())
                .collect(),
            categories: self.categories.iter().map(rule).collect(),
        }
    }
}

fn rule(category: &super::Category) -> CategoryRule {
    CategoryRule {
        weight: category.weight.clone(),
        minimum: category.minimum.into(),
    }
}
