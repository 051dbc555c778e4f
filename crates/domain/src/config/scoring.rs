//! The numbers of the configuration in the form the scoring crate takes.

use pingyi_scoring::{CategoryRule, Floor, GradeRules, Method, Scheme as ScoringScheme};

use super::{AppraisalConfig, FloorRule};
use crate::codes::ItemCode;

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

    /// The rules of the grades. A floor that names what is not there (a problem before sealing) is left out.
    #[must_use]
    pub fn grade_rules(&self) -> GradeRules {
        let scheme = &self.scheme;
        GradeRules {
            cuts: scheme.cuts.iter().map(|cut| cut.from.clone()).collect(),
            cap: scheme.cap.clone(),
            ties: scheme.ties,
            floors: scheme
                .floors
                .iter()
                .filter_map(|rule| self.floor(rule))
                .collect(),
        }
    }

    /// Everything by which counts become grades.
    #[must_use]
    pub fn method(&self) -> Method {
        Method {
            scheme: self.scoring_scheme(),
            composite: self.scheme.composite.scheme(),
            rules: self.grade_rules(),
        }
    }

    fn floor(&self, rule: &FloorRule) -> Option<Floor> {
        let grade = |label: &str| self.scheme.cuts.iter().position(|cut| cut.label == label);
        match rule {
            FloorRule::Marks {
                item,
                best,
                below,
                at_most,
            } => {
                let place =
                    |code: &ItemCode| self.form.items.iter().position(|item| item.code == *code);
                let item = match item {
                    Some(code) => Some(place(code)?),
                    None => None,
                };
                Some(Floor::Marks {
                    item,
                    best: usize::try_from(*best).ok()?,
                    below: below.clone(),
                    at_most: grade(at_most)?,
                })
            }
            FloorRule::Points {
                source,
                below,
                at_most,
            } => Some(Floor::Points {
                source: *source,
                below: below.clone(),
                at_most: grade(at_most)?,
            }),
        }
    }
}

fn rule(category: &super::Category) -> CategoryRule {
    CategoryRule {
        weight: category.weight.clone(),
        minimum: category.minimum.into(),
    }
}
