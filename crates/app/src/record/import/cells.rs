//! From cells to the texts of a form: what each says, and why a row will not go in.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{
    Date, FieldProblem, FirmKind, Kind, UnitId, UnitPath, Word, WordList, fold,
};
use serde::Serialize;

use super::fields::{Holds, Mapping, fields};
use super::read::{CellIn, Table};

/// A cell because of which its row is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Number of the row in the file.
    pub row: u32,
    /// Head of the column; empty where it is about the row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Code of the reason.
    pub code: String,
}

/// A row that can go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Good<T> {
    pub row: u32,
    pub record: T,
    /// What its name is compared by.
    pub key: String,
}

/// What a file comes to.
#[derive(Debug)]
pub(crate) struct Plan<T> {
    pub good: Vec<Good<T>>,
    pub refused: Vec<Refused>,
    /// Rows that are refused; each may have several reasons.
    pub refused_rows: usize,
    /// Days that were texts and read well.
    pub dates_as_text: usize,
}

impl<T> Default for Plan<T> {
    fn default() -> Self {
        Self {
            good: Vec::new(),
            refused: Vec::new(),
            refused_rows: 0,
            dates_as_text: 0,
        }
    }
}

/// A unit as rows name it.
#[derive(Debug, Clone)]
pub(crate) struct UnitIn {
    pub path: UnitPath,
    pub closed_on: Option<String>,
    /// Whether who imports may write there.
    pub may: bool,
}

/// The names cells are read by.
pub(crate) struct Names {
    /// Ids of units by folded full and short name.
    pub units: HashMap<String, UnitId>,
    /// Units by id.
    pub places: HashMap<UnitId, UnitIn>,
    /// Words of the vocabulary that are offered.
    pub words: Vec<Word>,
    /// Today.
    pub today: Date,
}

/// Days as people write them.
pub(crate) fn day_in(text: &str) -> Option<Date> {
    let plain: String = text
        .trim()
        .trim_end_matches('日')
        .replace(['年', '月', '/', '.'], "-");
    let parts: Vec<&str> = plain.split('-').collect();
    let number = |text: &str| text.parse::<u8>().ok();
    match parts[..] {
        [year, month, day] if year.len() == 4 => {
            Date::new(year.parse().ok()?, number(month)?, number(day)?)
        }
        [one] if one.len() == 8 && one.is_ascii() => Date::new(
            one[..4].parse().ok()?,
            number(&one[4..6])?,
            number(&one[6..])?,
        ),
        _ => None,
    }
}

/// A whole number as a sheet holds it.
fn whole(number: f64) -> Option<String> {
    let fits = number.fract() == 0.0 && number.abs() < 1e15;
    fits.then(|| format!("{number:.0}"))
}

/// Each field with the head it is read under and the place of that column.
pub(crate) struct Columns<'a>(Vec<(&'static str, Holds, &'a str, Option<usize>)>);

impl<'a> Columns<'a> {
    pub fn of(kind: Kind, table: &Table, mapping: &'a Mapping) -> Self {
        let column = |field: &super::fields::Field| {
            let head = mapping.columns.get(field.name);
            let head = head.map(String::as_str).unwrap_or_default();
            let is_it = |one: &String| !head.is_empty() && one == head;
            let place = table.heads.iter().position(is_it);
            (field.name, field.holds, head, place)
        };
        Self(fields(kind).iter().map(column).collect())
    }

    /// The head a field is read under; empty where it has no column.
    pub fn head(&self, field: &str) -> &'a str {
        let found = self.0.iter().find(|column| column.0 == field);
        found.map(|column| column.2).unwrap_or_default()
    }
}

/// A row while it is read.
pub(crate) struct Row<'a> {
    pub names: &'a Names,
    pub number: u32,
    pub refused: Vec<Refused>,
    pub dates_as_text: usize,
}

impl<'a> Row<'a> {
    pub fn new(names: &'a Names, number: u32) -> Self {
        Self {
            names,
            number,
            refused: Vec::new(),
            dates_as_text: 0,
        }
    }

    pub fn refuse(&mut self, column: &str, value: impl Into<String>, code: &str) {
        self.refused.push(Refused {
            row: self.number,
            column: column.to_owned(),
            value: value.into().chars().take(60).collect(),
            code: code.to_owned(),
        });
    }

    /// Whether a cell of this column is refused.
    pub fn is_refused(&self, column: &str) -> bool {
        !column.is_empty() && self.refused.iter().any(|one| one.column == column)
    }

    /// The texts of all its fields; empty where nothing stands or the cell is refused.
    pub fn texts(
        &mut self,
        columns: &Columns<'_>,
        cells: &[CellIn],
        otherwise: &BTreeMap<String, String>,
    ) -> BTreeMap<&'static str, String> {
        let mut texts = BTreeMap::new();
        for (field, holds, head, place) in &columns.0 {
            let cell = place.and_then(|at| cells.get(at)).unwrap_or(&CellIn::Empty);
            let mut text = self.text(*holds, head, cell);
            if *cell == CellIn::Empty
                && let Some(otherwise) = otherwise.get(*field)
            {
                text.clone_from(otherwise);
            }
            if !text.is_empty() {
                texts.insert(*field, text);
            }
        }
        texts
    }

    /// What a form finds wrong, said of the cells it comes from; what could not be read is not missing as well.
    pub fn refuse_all(
        &mut self,
        columns: &Columns<'_>,
        texts: &BTreeMap<&'static str, String>,
        problems: Vec<FieldProblem>,
    ) {
        let bad: Vec<String> = self.refused.iter().map(|one| one.column.clone()).collect();
        for problem in problems {
            let head = columns.head(&problem.field);
            if head.is_empty() || !bad.iter().any(|one| one == head) {
                let shown = !matches!(problem.field.as_str(), "unit" | "kind" | "sector");
                let value = texts.get(problem.field.as_str()).filter(|_| shown);
                self.refuse(head, value.cloned().unwrap_or_default(), &problem.rule);
            }
        }
    }

    /// What a cell says in the form's own words; empty where it says nothing or is refused.
    fn text(&mut self, holds: Holds, head: &str, cell: &CellIn) -> String {
        let takes_days = matches!(holds, Holds::Day | Holds::Mark);
        let refused = match cell {
            CellIn::Empty => return String::new(),
            CellIn::Formula => (String::new(), "formula"),
            CellIn::Merged => (String::new(), "merged"),
            CellIn::Day(Some(day)) if takes_days => return day.to_string(),
            CellIn::Text(text) if holds == Holds::Day => match day_in(text) {
                Some(day) => {
                    self.dates_as_text += 1;
                    return day.to_string();
                }
                None => (text.clone(), "date_as_text"),
            },
            CellIn::Text(text) => return self.worded(holds, head, text),
            CellIn::Number(number) if holds == Holds::Amount => return number.to_string(),
            CellIn::Number(number) if holds != Holds::Day => match whole(*number) {
                Some(text) => return self.worded(holds, head, &text),
                None => (number.to_string(), "wrong_type"),
            },
            CellIn::Number(number) => (number.to_string(), "wrong_type"),
            CellIn::Day(day) => (
                day.map(|day| day.to_string()).unwrap_or_default(),
                "wrong_type",
            ),
            CellIn::Other(text) => (text.clone(), "wrong_type"),
        };
        self.refuse(head, refused.0, refused.1);
        String::new()
    }

    fn worded(&mut self, holds: Holds, head: &str, text: &str) -> String {
        let found = match holds {
            Holds::Text | Holds::Day => Ok(text.to_owned()),
            Holds::Unit => match self.names.units.get(&fold(text)) {
                Some(unit) => Ok(unit.to_string()),
                None => Err("unknown_unit"),
            },
            Holds::FirmKind => firm_kind(text)
                .map(|kind| kind.to_string())
                .ok_or("unknown_word"),
            Holds::Word(list) => self.word(list, text).ok_or("unknown_word"),
            Holds::Whole => {
                let plain = text.replace([',', '，'], "");
                let is_number = plain.bytes().all(|byte| byte.is_ascii_digit());
                is_number.then_some(plain).ok_or("wrong_type")
            }
            Holds::Amount => {
                let plain = text.replace([',', '，'], "");
                let is_number = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                is_number.then_some(plain).ok_or("wrong_type")
            }
            Holds::Mark => mark(text).ok_or("unknown_word"),
        };
        found.unwrap_or_else(|code| {
            self.refuse(head, text, code);
            String::new()
        })
    }

    fn word(&self, list: WordList, text: &str) -> Option<String> {
        let wanted = fold(text);
        let of_list = |word: &&Word| word.list == list;
        let mut words = self.names.words.iter().filter(of_list);
        let found = words.find(|word| {
            word.code == wanted || fold(&word.label_zh) == wanted || fold(&word.label_en) == wanted
        });
        found.map(|word| word.code.clone())
    }
}

/// A cover that is only marked.
pub(crate) const YES: &str = "yes";

/// Yes, nothing for no, or the day.
fn mark(text: &str) -> Option<String> {
    match fold(text).as_str() {
        "是" | "有" | "已建" | "已组建" | "y" | "yes" | "1" => Some(YES.to_owned()),
        "否" | "无" | "没有" | "未建" | "未组建" | "n" | "no" | "0" => Some(String::new()),
        _ if matches!(text.trim(), "√" | "✓" | "✔") => Some(YES.to_owned()),
        _ if matches!(text.trim(), "×" | "-" | "—" | "/") => Some(String::new()),
        _ => day_in(text).map(|day| day.to_string()),
    }
}

fn firm_kind(text: &str) -> Option<FirmKind> {
    match fold(text).as_str() {
        "非公企业" | "非公" | "民营" | "民营企业" | "私营企业" | "non_public" | "non public" => {
            Some(FirmKind::NonPublic)
        }
        "个体工商户" | "个体" | "sole_trader" | "sole trader" => Some(FirmKind::SoleTrader),
        "国有企业" | "国企" | "国有" | "state" | "state owned" => Some(FirmKind::State),
        _ => None,
    }
}
