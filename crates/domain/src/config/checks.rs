//! The rules of a configuration, each reported at its own place.

mod scheme;

use std::collections::HashSet;
use std::hash::Hash;

use pingyi_scoring::Weight;

use super::{
    AppraisalConfig, Category, Form, Grade, Presenter, Problem, ProblemCode, Tellers, limits,
};

impl AppraisalConfig {
    /// Everything to put right before sealing, in the order of the form; empty when there is nothing.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Found::default();
        found.text("title", &self.title, limits::MAX_TITLE);
        found.range(
            "year",
            self.year,
            *limits::YEARS.start(),
            *limits::YEARS.end(),
        );
        found.form(&self.form);
        found.categories(&self.categories);
        found.presenters(self);
        found.scheme(self);
        found.tellers(&self.tellers);
        found.range(
            "minutes_per_report",
            self.minutes_per_report,
            1,
            limits::MAX_MINUTES,
        );
        found.0
    }
}

#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    fn text(&mut self, path: impl Into<String>, text: &str, most: usize) {
        let path = path.into();
        if text.trim().is_empty() {
            self.add(Problem::new(ProblemCode::TextMissing, path));
            return;
        }
        self.optional_text(path, text, most);
    }

    fn optional_text(&mut self, path: String, text: &str, most: usize) {
        if text.chars().any(char::is_control) {
            self.add(Problem::new(ProblemCode::TextControl, path.clone()));
        }
        let length = text.chars().count();
        if length > most {
            self.add(
                Problem::new(ProblemCode::TextTooLong, path)
                    .with("most", most)
                    .with("length", length),
            );
        }
    }

    fn range<T: Copy + PartialOrd + ToString>(
        &mut self,
        path: impl Into<String>,
        number: T,
        least: T,
        most: T,
    ) {
        if number < least {
            self.add(Problem::new(ProblemCode::TooLow, path).with("least", least.to_string()));
        } else if number > most {
            self.add(Problem::new(ProblemCode::TooHigh, path).with("most", most.to_string()));
        }
    }

    fn count(&mut self, path: &str, count: usize, least: usize, most: usize) {
        if count < least {
            self.add(Problem::new(ProblemCode::TooFew, path).with("least", least));
        } else if count > most {
            self.add(
                Problem::new(ProblemCode::TooMany, path)
                    .with("most", most)
                    .with("count", count),
            );
        }
    }

    /// Reports every entry that repeats an earlier one, at its own place.
    fn distinct<T: Eq + Hash>(
        &mut self,
        code: ProblemCode,
        place: impl Fn(usize) -> String,
        keys: impl Iterator<Item = T>,
    ) {
        let mut seen = HashSet::new();
        for (index, key) in keys.enumerate() {
            if !seen.insert(key) {
                self.add(Problem::new(code, place(index)));
            }
        }
    }

    /// Reports every presenter tied to a unit that an earlier one is tied to.
    fn distinct_units(&mut self, presenters: &[Presenter]) {
        let mut seen = HashSet::new();
        for (index, presenter) in presenters.iter().enumerate() {
            if presenter
                .unit_id
                .as_ref()
                .is_some_and(|unit| !seen.insert(unit))
            {
                let path = format!("presenters[{index}].unit_id");
                self.add(Problem::new(ProblemCode::DuplicateUnit, path));
            }
        }
    }

    /// An empty list has been reported as such already.
    fn weights<'a>(&mut self, path: &str, weights: impl Iterator<Item = &'a Weight>) {
        let mut weights = weights.peekable();
        if weights.peek().is_some() && weights.all(Weight::is_zero) {
            self.add(Problem::new(ProblemCode::WeightsAllZero, path));
        }
    }

    fn form(&mut self, form: &Form) {
        self.text("form.title", &form.title, limits::MAX_TITLE);
        self.count("form.items", form.items.len(), 1, limits::MAX_ITEMS);
        for (index, item) in form.items.iter().enumerate() {
            self.text(
                format!("form.items[{index}].label"),
                &item.label,
                limits::MAX_LABEL,
            );
        }
        let codes = form.items.iter().map(|item| &item.code);
        self.distinct(
            ProblemCode::DuplicateCode,
            |index| format!("form.items[{index}].code"),
            codes,
        );
        let labels = form.items.iter().map(|item| item.label.trim());
        self.distinct(
            ProblemCode::DuplicateLabel,
            |index| format!("form.items[{index}].label"),
            labels,
        );
        self.weights("form.items", form.items.iter().map(|item| &item.weight));
        self.grades(&form.grades);
        if form.max_top == Some(0) {
            self.add(Problem::new(ProblemCode::TooLow, "form.max_top").with("least", 1));
        }
    }

    fn grades(&mut self, grades: &[Grade]) {
        self.count("form.grades", grades.len(), 2, limits::MAX_GRADES);
        let marks = grades.iter().filter(|grade| !grade.abstain).count();
        if marks < 2 && grades.len() >= 2 {
            self.add(Problem::new(ProblemCode::TooFew, "form.grades").with("least", 2));
        }
        let codes = grades.iter().map(|grade| &grade.code);
        self.distinct(
            ProblemCode::DuplicateCode,
            |index| format!("form.grades[{index}].code"),
            codes,
        );
        let labels = grades.iter().map(|grade| grade.label.trim());
        self.distinct(
            ProblemCode::DuplicateLabel,
            |index| format!("form.grades[{index}].label"),
            labels,
        );
        let mut last = None;
        for (index, grade) in grades.iter().enumerate() {
            self.text(
                format!("form.grades[{index}].label"),
                &grade.label,
                limits::MAX_GRADE_LABEL,
            );
            let path = format!("form.grades[{index}].value");
            match (&grade.value, grade.abstain) {
                (None, false) => self.add(Problem::new(ProblemCode::ValueMissing, path)),
                (Some(_), true) => self.add(Problem::new(ProblemCode::AbstainWithValue, path)),
                (None, true) => {
                    if index < marks {
                        let path = format!("form.grades[{index}].abstain");
                        self.add(Problem::new(ProblemCode::AbstainNotLast, path));
                    }
                }
                (Some(value), false) => {
                    if last.is_some_and(|last| value >= last) {
                        self.add(Problem::new(ProblemCode::ValuesNotDescending, path));
                    }
                    last = Some(value);
                }
            }
        }
    }

    fn categories(&mut self, categories: &[Category]) {
        self.count("categories", categories.len(), 1, limits::MAX_CATEGORIES);
        let codes = categories.iter().map(|category| category.code);
        self.distinct(
            ProblemCode::DuplicateCode,
            |index| format!("categories[{index}].code"),
            codes,
        );
        let labels = categories.iter().map(|category| category.label.trim());
        self.distinct(
            ProblemCode::DuplicateLabel,
            |index| format!("categories[{index}].label"),
            labels,
        );
        self.weights(
            "categories",
            categories.iter().map(|category| &category.weight),
        );
        for (index, category) in categories.iter().enumerate() {
            let path = |field: &str| format!("categories[{index}].{field}");
            self.text(path("label"), &category.label, limits::MAX_LABEL);
            self.range(path("expected"), category.expected, 1, limits::MAX_EXPECTED);
            self.range(
                path("minimum"),
                category.minimum,
                limits::LEAST_MINIMUM,
                limits::MAX_EXPECTED,
            );
            if category.minimum > category.expected {
                let problem = Problem::new(ProblemCode::MinimumAboveExpected, path("minimum"));
                self.add(
                    problem
                        .with("minimum", category.minimum)
                        .with("expected", category.expected),
                );
            }
        }
    }

    fn presenters(&mut self, config: &AppraisalConfig) {
        let presenters = &config.presenters;
        self.count("presenters", presenters.len(), 1, limits::MAX_PRESENTERS);
        let codes = presenters.iter().map(|presenter| &presenter.code);
        self.distinct(
            ProblemCode::DuplicateCode,
            |index| format!("presenters[{index}].code"),
            codes,
        );
        let titles = presenters.iter().map(|presenter| presenter.title.trim());
        self.distinct(
            ProblemCode::DuplicateLabel,
            |index| format!("presenters[{index}].title"),
            titles,
        );
        self.distinct_units(presenters);
        for (index, presenter) in presenters.iter().enumerate() {
            self.text(
                format!("presenters[{index}].title"),
                &presenter.title,
                limits::MAX_LABEL,
            );
            self.optional_text(
                format!("presenters[{index}].unit"),
                &presenter.unit,
                limits::MAX_LABEL,
            );
        }
        let cells = config.question_count() * config.form.grades.len();
        if cells > limits::MAX_CELLS {
            let problem = Problem::new(ProblemCode::BallotTooLarge, "presenters");
            self.add(problem.with("cells", cells).with("most", limits::MAX_CELLS));
        }
    }

    fn tellers(&mut self, tellers: &Tellers) {
        self.count("tellers.names", tellers.names.len(), 2, limits::MAX_TELLERS);
        for (index, name) in tellers.names.iter().enumerate() {
            self.text(format!("tellers.names[{index}]"), name, limits::MAX_LABEL);
        }
        let names = tellers.names.iter().map(|name| name.trim());
        self.distinct(
            ProblemCode::DuplicateLabel,
            |index| format!("tellers.names[{index}]"),
            names,
        );
        let most = u32::try_from(tellers.names.len())
            .unwrap_or(u32::MAX)
            .max(limits::LEAST_THRESHOLD);
        self.range(
            "tellers.threshold",
            tellers.threshold,
            limits::LEAST_THRESHOLD,
            most,
        );
    }
}
