//! What a simulated meeting is about: its form, categories, presenters and tellers, and the configuration the
//! organiser sends for it (contract §2.1).

mod categories;

use serde_json::{Value, json};

pub use categories::{Category, five_groups, parse_categories};

use crate::error::TestkitError;

/// The nine park committees of the source article (domain.md §1), by the title of the one who reports.
const PARKS: [&str; 9] = [
    "华南城园区党委",
    "白坭坑海吉星园区党委",
    "大皇公商业街区党委",
    "北门坳商业街区党委",
    "辅城坳工业园区党委",
    "富民工业园区党委",
    "新木盛低碳产业园区党委",
    "新鹅工业园区党委",
    "山厦工业园区党委",
];

/// The six items of the closest real form (domain.md §7).
const ITEMS: [(&str, &str); 6] = [
    ("overall", "总体评价"),
    ("grasp", "对抓基层党建工作的认识熟悉程度"),
    ("duty", "履行抓基层党建工作责任情况"),
    ("effect", "推动重点任务落实情况及成效"),
    ("problems", "查摆抓基层党建工作中存在问题"),
    ("next_steps", "下一步抓好基层党建工作的思路措施"),
];

/// One grade of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its code.
    pub code: &'static str,
    /// The word on the button.
    pub label: &'static str,
    /// Its value, or nothing for an abstention.
    pub value: Option<u32>,
}

/// The whole form and hall of one simulated meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Title of the appraisal.
    pub title: String,
    /// The year appraised.
    pub year: u16,
    /// Units that report.
    pub units: Vec<String>,
    /// Items: code and label.
    pub items: Vec<(String, String)>,
    /// Grades from best to worst, abstention last.
    pub grades: Vec<Grade>,
    /// Groups of raters.
    pub categories: Vec<Category>,
    /// Shares needed to open.
    pub threshold: usize,
    /// Tellers in all.
    pub tellers: usize,
    /// Smallest number of ballots a box is opened with.
    pub minimum: u32,
    /// Whether the form asks for opinions.
    pub opinions: bool,
}

impl Setting {
    /// A meeting of the nine parks, enlarged or cut to the numbers asked for.
    ///
    /// # Errors
    /// [`TestkitError::BadPlan`] when a number is zero or the tellers cannot reach the threshold.
    pub fn new(
        presenters: usize,
        items: usize,
        categories: Vec<Category>,
    ) -> Result<Self, TestkitError> {
        if presenters == 0 || items == 0 || categories.is_empty() {
            return Err(TestkitError::BadPlan(
                "presenters, items and categories must each be at least one".into(),
            ));
        }
        Ok(Self::sized(presenters, items, categories))
    }

    fn sized(presenters: usize, items: usize, categories: Vec<Category>) -> Self {
        let units = (0..presenters).map(|n| {
            PARKS
                .get(n)
                .map_or_else(|| format!("第{}园区党委", n + 1), |park| (*park).to_owned())
        });
        let item = |n: usize| match ITEMS.get(n) {
            Some((code, label)) => ((*code).to_owned(), (*label).to_owned()),
            None => (format!("item{}", n + 1), format!("第{}项", n + 1)),
        };
        Self {
            title: "2018年园区党委书记述职评议".into(),
            year: 2018,
            units: units.collect(),
            items: (0..items).map(item).collect(),
            grades: grades(false),
            categories,
            threshold: 2,
            tellers: 3,
            minimum: 3,
            opinions: true,
        }
    }

    /// The nine parks, six items, five categories, 100 raters.
    #[must_use]
    pub fn nine_parks() -> Self {
        Self {
            minimum: 8,
            ..Self::sized(PARKS.len(), ITEMS.len(), five_groups(100))
        }
    }

    /// This year's meeting of the demo.
    #[must_use]
    pub fn this_year() -> Self {
        Self {
            title: "2018年园区党委书记述职评议（示范）".into(),
            ..Self::nine_parks()
        }
    }

    /// Last year's meeting of the demo: one row for each presenter.
    #[must_use]
    pub fn last_year() -> Self {
        let mut setting = Self::nine_parks();
        setting.items.truncate(1);
        Self {
            title: "2017年园区党委书记述职评议（示范，评分为模拟）".into(),
            year: 2017,
            opinions: false,
            ..setting
        }
    }

    /// The same meeting in another year, which its title says too.
    #[must_use]
    pub fn of_year(mut self, year: i32) -> Self {
        let before = format!("{}年", self.year);
        self.title = self.title.replace(&before, &format!("{year}年"));
        self.year = u16::try_from(year).unwrap_or(self.year);
        self
    }

    /// Adds the grade 不了解, which counts in no mean.
    #[must_use]
    pub fn with_abstention(self) -> Self {
        Self {
            grades: grades(true),
            ..self
        }
    }

    /// Sets the tellers.
    ///
    /// # Errors
    /// [`TestkitError::BadPlan`] when the threshold is zero or above the number of tellers.
    pub fn with_tellers(self, threshold: usize, tellers: usize) -> Result<Self, TestkitError> {
        if threshold == 0 || threshold > tellers {
            return Err(TestkitError::BadPlan(format!(
                "{threshold} of {tellers} tellers cannot open anything"
            )));
        }
        Ok(Self {
            threshold,
            tellers,
            ..self
        })
    }

    /// Questions per ballot: presenters × items.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.units.len() * self.items.len()
    }

    /// Everybody in the hall.
    #[must_use]
    pub fn raters(&self) -> u64 {
        self.categories
            .iter()
            .map(|category| u64::from(category.raters))
            .sum()
    }

    /// Code of the presenter at a place of the configuration.
    #[must_use]
    pub fn presenter_code(index: usize) -> String {
        format!("p{}", index + 1)
    }

    /// The configuration as contract §2.1 has it.
    #[must_use]
    pub fn config(&self) -> Value {
        let names = (1..=self.tellers).map(|n| {
            if n == 1 {
                "监票人".to_owned()
            } else {
                format!("计票人{}", n - 1)
            }
        });
        json!({
            "title": self.title,
            "year": self.year,
            "form": {
                "title": "园区党委书记述职测评表",
                "items": self.items.iter().map(|(code, label)| json!({"code": code, "label": label, "weight": 1})).collect::<Vec<_>>(),
                "grades": self.grades.iter().map(|grade| json!({
                    "code": grade.code, "label": grade.label, "value": grade.value, "abstain": grade.value.is_none(),
                })).collect::<Vec<_>>(),
                "opinions": self.opinions,
                "warn_all_equal": false,
                "max_top": null,
            },
            "categories": self.categories.iter().map(|category| json!({
                "code": category.code.to_string(), "label": category.label, "weight": category.weight,
                "expected": category.raters, "minimum": self.minimum,
            })).collect::<Vec<_>>(),
            "presenters": self.units.iter().enumerate().map(|(index, unit)| json!({
                "code": Self::presenter_code(index), "title": format!("{unit}第一书记"), "unit": unit,
            })).collect::<Vec<_>>(),
            "order": "fixed",
            "scheme": {"places": 2, "quorum": [2, 3]},
            "tellers": {"threshold": self.threshold, "names": names.collect::<Vec<_>>()},
            "minutes_per_report": 10,
            "release": "on_the_spot",
        })
    }
}

fn grades(abstention: bool) -> Vec<Grade> {
    let mut grades = vec![
        Grade {
            code: "good",
            label: "好",
            value: Some(100),
        },
        Grade {
            code: "fair",
            label: "较好",
            value: Some(80),
        },
        Grade {
            code: "average",
            label: "一般",
            value: Some(60),
        },
        Grade {
            code: "poor",
            label: "差",
            value: Some(40),
        },
    ];
    if abstention {
        grades.push(Grade {
            code: "unknown",
            label: "不了解",
            value: None,
        });
    }
    grades
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nine_parks_are_100_raters_and_54_questions() {
        let setting = Setting::nine_parks();
        assert_eq!(
            (setting.raters(), setting.questions(), setting.grades.len()),
            (100, 54, 4)
        );
        let config = setting.config();
        assert_eq!(config["presenters"][8]["title"], "山厦工业园区党委第一书记");
        assert_eq!(config["categories"].as_array().unwrap().len(), 5);
    }

    #[test]
    fn tellers_below_the_threshold_are_refused() {
        assert!(Setting::nine_parks().with_tellers(3, 2).is_err());
        assert!(Setting::nine_parks().with_tellers(0, 2).is_err());
        assert!(Setting::nine_parks().with_tellers(2, 2).is_ok());
    }
}
