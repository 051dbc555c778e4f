//! What keeps an input from being printed, all of it at once.

use serde::Serialize;
use serde_json::Value;

/// A text longer than this is no text of a paper, in characters.
const LONGEST: usize = 20_000;
/// More rows than this are no paper.
const MOST_ROWS: usize = 20_000;

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: `presenters[2].means`.
    pub path: String,
    /// What.
    pub rule: Rule,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A text that must be there is blank.
    Blank,
    /// A control character that no font has.
    Control,
    /// Longer than a paper holds.
    TooLong,
    /// More rows than a paper holds.
    TooMany,
    /// Nothing to list.
    Empty,
    /// Not as many columns as the table's head, or counts as there are grades.
    Width,
    /// Two numbers that contradict each other.
    Contradiction,
}

/// Collects the problems of one paper.
#[derive(Default)]
pub(crate) struct Found(Vec<Problem>);

impl Found {
    pub(crate) fn add(&mut self, path: impl Into<String>, rule: Rule) {
        let path = path.into();
        self.0.push(Problem { path, rule });
    }

    pub(crate) fn text(&mut self, path: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.add(path, Rule::Blank);
        }
    }

    pub(crate) fn some<T>(&mut self, path: &str, list: &[T]) {
        if list.is_empty() {
            self.add(path, Rule::Empty);
        }
    }

    pub(crate) fn width(&mut self, path: String, found: usize, expected: usize) {
        if found != expected {
            self.add(path, Rule::Width);
        }
    }

    /// Every text and list of the value, whatever the paper.
    pub(crate) fn walk(&mut self, path: &str, value: &Value) {
        match value {
            Value::String(text) => {
                if text.chars().any(|c| c.is_control() && c != '\n') {
                    self.add(path, Rule::Control);
                }
                if text.chars().count() > LONGEST {
                    self.add(path, Rule::TooLong);
                }
            }
            Value::Array(values) => {
                if values.len() > MOST_ROWS {
                    self.add(path, Rule::TooMany);
                }
                for (index, inner) in values.iter().enumerate() {
                    self.walk(&format!("{path}[{index}]"), inner);
                }
            }
            Value::Object(map) => {
                // A picture is no text: its own type has looked at it.
                for (key, inner) in map.iter().filter(|(key, _)| *key != "picture") {
                    let dot = if path.is_empty() { "" } else { "." };
                    self.walk(&format!("{path}{dot}{key}"), inner);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}

/// An input that knows what it needs.
pub(crate) trait Input {
    /// Adds what is missing or contradicts itself.
    fn check(&self, found: &mut Found);
}
