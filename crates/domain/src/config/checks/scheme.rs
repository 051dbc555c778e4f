//! How counts become a result: grades, composite, cap and floors.

use pingyi_scoring::{Cap, Exact, Source, Value};

use super::{AppraisalConfig, Found, Problem, ProblemCode, limits};
use crate::codes::ItemCode;
use crate::config::{Cut, FloorRule};

impl Found {
    pub(super) fn scheme(&mut self, config: &AppraisalConfig) {
        let scheme = &config.scheme;
        self.range("scheme.places", scheme.places, 0, limits::MAX_PLACES);
        self.cuts(&scheme.cuts, full(config));
        let composite = scheme.composite.scheme();
        let weights = Source::ALL.map(|source| composite.weight(source));
        self.weights("scheme.composite", weights.into_iter());
        if let Some(year) = scheme.composite.indicators_year {
            let path = "scheme.composite.indicators_year";
            self.range(path, year, *limits::YEARS.start(), *limits::YEARS.end());
        }
        self.cap(scheme.cap.as_ref(), scheme.cuts.len());
        self.count("scheme.floors", scheme.floors.len(), 0, limits::MAX_FLOORS);
        for (index, rule) in scheme.floors.iter().enumerate() {
            self.floor(config, index, rule);
        }
    }

    fn cuts(&mut self, cuts: &[Cut], full: Option<&Value>) {
        self.count("scheme.cuts", cuts.len(), 0, limits::MAX_GRADES);
        let labels = cuts.iter().map(|cut| cut.label.trim());
        self.distinct(
            ProblemCode::DuplicateLabel,
            |index| format!("scheme.cuts[{index}].label"),
            labels,
        );
        for (index, cut) in cuts.iter().enumerate() {
            let label = format!("scheme.cuts[{index}].label");
            self.text(label, &cut.label, limits::MAX_GRADE_LABEL);
            let path = format!("scheme.cuts[{index}].from");
            if index > 0 && cut.from >= cuts[index - 1].from {
                self.add(Problem::new(ProblemCode::CutsNotDescending, path));
            } else {
                self.at_most(path, &cut.from, full);
            }
        }
    }

    fn cap(&mut self, cap: Option<&Cap>, grades: usize) {
        let Some(cap) = cap else {
            return;
        };
        if grades < 2 {
            self.add(Problem::new(
                ProblemCode::CapWithoutSecondGrade,
                "scheme.cap",
            ));
        }
        match cap {
            Cap::Share(share) => self.at_most("scheme.cap", share, Some(&Exact::one())),
            Cap::Number(number) => self.range("scheme.cap", *number, 0, limits::MAX_PRESENTERS),
        }
    }

    fn floor(&mut self, config: &AppraisalConfig, index: usize, rule: &FloorRule) {
        let path = |field: &str| format!("scheme.floors[{index}].{field}");
        match rule {
            FloorRule::Marks {
                item, best, below, ..
            } => {
                let known =
                    |code: &ItemCode| config.form.items.iter().any(|item| item.code == *code);
                if item.as_ref().is_some_and(|code| !known(code)) {
                    self.add(Problem::new(ProblemCode::ItemUnknown, path("item")));
                }
                let marks = config.form.grades.iter().filter(|grade| !grade.abstain);
                let most = u32::try_from(marks.count()).unwrap_or(u32::MAX).max(1);
                self.range(path("best"), *best, 1, most);
                self.at_most(path("below"), below, Some(&Exact::one()));
            }
            FloorRule::Points { below, .. } => {
                self.at_most(path("below"), below, full(config));
            }
        }
        let mut labels = config.scheme.cuts.iter().map(|cut| &cut.label);
        if !labels.any(|label| label == rule.at_most()) {
            self.add(Problem::new(ProblemCode::GradeUnknown, path("at_most")));
        }
    }

    fn at_most(&mut self, path: impl Into<String>, number: &Exact, most: Option<&Exact>) {
        if let Some(most) = most.filter(|most| number > most) {
            let problem = Problem::new(ProblemCode::TooHigh, path);
            self.add(problem.with("most", most.fraction()));
        }
    }
}

/// The value of the best grade: the most points there are.
fn full(config: &AppraisalConfig) -> Option<&Value> {
    config
        .form
        .grades
        .iter()
        .filter_map(|grade| grade.value.as_ref())
        .max()
}
