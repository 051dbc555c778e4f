//! Checking a form: everything that is wrong with it at once.

use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::period::Spell;

/// A field that breaks a rule. The catalogue's text is `rule-` and the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name in the form.
    pub field: String,
    /// The rule's code.
    pub rule: String,
}

/// Whether a character turns the direction of what follows: with it a text can look like another one, on a list, in a
/// file name, in the audit trail. Words of right-to-left scripts need none.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Gathers problems while a form is read. Values that break a rule read as empty; [`Check::done`] then refuses.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldProblem>);

impl Check {
    /// Notes a broken rule.
    pub fn refuse(&mut self, field: &str, rule: &str) {
        self.0.push(FieldProblem {
            field: field.to_owned(),
            rule: rule.to_owned(),
        });
    }

    /// Notes a broken rule unless `holds`.
    pub fn demand(&mut self, holds: bool, field: &str, rule: &str) {
        if !holds {
            self.refuse(field, rule);
        }
    }

    /// One line of text, trimmed: no control characters, so many characters. Rules `missing`, `too_long`, `control`.
    pub fn text(&mut self, field: &str, text: &str, length: RangeInclusive<usize>) -> String {
        let control = |c: char| c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}');
        self.checked(field, text, length, control)
    }

    /// Text of several lines. Rules as [`Check::text`].
    pub fn lines(&mut self, field: &str, text: &str, length: RangeInclusive<usize>) -> String {
        let text = text.replace("\r\n", "\n");
        let control = |c: char| c.is_control() && c != '\n' && c != '\t' || turns(c);
        self.checked(field, &text, length, control)
    }

    fn checked(
        &mut self,
        field: &str,
        text: &str,
        length: RangeInclusive<usize>,
        control: impl Fn(char) -> bool,
    ) -> String {
        let text = text.trim();
        let count = text.chars().count();
        if count < *length.start() {
            self.refuse(field, "missing");
        } else if count > *length.end() {
            self.refuse(field, "too_long");
        } else if text.chars().any(control) {
            self.refuse(field, "control");
        } else {
            return text.to_owned();
        }
        String::new()
    }

    /// Something with a form of its own (an id, a date, an amount, a name on the wire), or nothing when empty. Rule: `rule`.
    pub fn maybe<T: FromStr>(&mut self, field: &str, text: &str, rule: &str) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let read = text.parse().ok();
        self.demand(read.is_some(), field, rule);
        read
    }

    /// As [`Check::maybe`], and it must be there. Rule `missing` or `rule`.
    pub fn needed<T: FromStr>(&mut self, field: &str, text: &str, rule: &str) -> Option<T> {
        self.demand(!text.trim().is_empty(), field, "missing");
        self.maybe(field, text, rule)
    }

    /// Yes (`1`) or no (`0`, or nothing). Rule `yes_or_no`.
    pub fn yes(&mut self, field: &str, text: &str) -> bool {
        let text = text.trim();
        self.demand(matches!(text, "" | "0" | "1"), field, "yes_or_no");
        text == "1"
    }

    /// A day that is not after today, or nothing. Rules `date`, `date_future`.
    pub fn past_day(&mut self, field: &str, text: &str, today: Date) -> Option<Date> {
        let day = self.maybe::<Date>(field, text, "date");
        self.demand(day.is_none_or(|day| day <= today), field, "date_future");
        day
    }

    /// A spell from `from_on` to `until_on`. Rules `missing`, `date`, `spell_empty`.
    pub fn spell(&mut self, from_on: &str, until_on: &str) -> Option<Spell> {
        let from = self.needed::<Date>("from_on", from_on, "date");
        let until = self.maybe::<Date>("until_on", until_on, "date");
        let spell = Spell {
            from_on: from?,
            until_on: until,
        };
        self.demand(spell.is_sound(), "until_on", "spell_empty");
        Some(spell)
    }

    /// A whole number within bounds, or nothing. Rules `number`, `number_range`.
    pub fn number(&mut self, field: &str, text: &str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let number = self.maybe::<i64>(field, text, "number")?;
        let fits = bounds.contains(&number);
        self.demand(fits, field, "number_range");
        fits.then_some(number)
    }

    /// Ends the check: what was read, unless something was refused.
    ///
    /// # Errors
    /// Everything refused, in order.
    pub fn done<T>(self, read: Option<T>) -> Result<T, Vec<FieldProblem>> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            _ => Err(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::UnitId;
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let today = "2018-12-15".parse().unwrap();
        let mut check = Check::default();
        assert_eq!(check.text("name", "  华南城 \n", 1..=80), "华南城");
        assert_eq!(check.lines("note", " a\r\nb ", 0..=9), "a\nb");
        check.text("a", "  ", 1..=80);
        check.text("b", "x\ty", 1..=80);
        check.text("c", "华南城", 1..=2);
        assert_eq!(check.maybe::<UnitId>("d", " ", "unit"), None);
        check.maybe::<UnitId>("e", "x", "unit");
        check.needed::<UnitId>("f", "", "unit");
        check.past_day("g", "2018-12-16", today);
        assert_eq!(check.past_day("h", "2018-12-15", today), Some(today));
        check.spell("2018-01-01", "2018-01-01");
        check.number("i", "101", 0..=100);
        check.number("j", "1.5", 0..=100);
        let problems = check.done(Some(())).unwrap_err();
        let said: Vec<(&str, &str)> = problems
            .iter()
            .map(|p| (p.field.as_str(), p.rule.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("a", "missing"),
                ("b", "control"),
                ("c", "too_long"),
                ("e", "unit"),
                ("f", "missing"),
                ("g", "date_future"),
                ("until_on", "spell_empty"),
                ("i", "number_range"),
                ("j", "number"),
            ]
        );
    }

    #[test]
    fn text_that_turns_its_direction_is_refused_and_other_scripts_are_not() {
        let mut check = Check::default();
        for text in ["العربية", "👩‍🏫🎉", "a\u{200d}b", "'; DROP TABLE units;--"] {
            assert_eq!(check.text("ok", text, 1..=80), text);
        }
        assert_eq!(check.lines("ok", "a\tb\nc", 1..=80), "a\tb\nc");
        for text in [
            "\u{202e}exe.txt",
            "a\u{2066}b",
            "a\u{2028}b",
            "\0",
            "a\u{7}",
        ] {
            check.text("text", text, 1..=80);
        }
        check.lines("lines", "a\n\u{202d}b", 1..=80);
        assert!(!check.yes("yes", "") && !check.yes("yes", "0") && check.yes("yes", "1"));
        check.yes("yes", "true");
        let rules: Vec<String> = check
            .done(Some(()))
            .unwrap_err()
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect();
        let mut expected = vec!["text control"; 5];
        expected.extend(["lines control", "yes yes_or_no"]);
        assert_eq!(rules, expected);
    }

    #[test]
    fn a_form_without_fault_is_read() {
        assert_eq!(Check::default().done(Some(1)), Ok(1));
    }
}
