//! From rows of a file to firms: which column is what, what each cell says, and every row that will not go in.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{
    Date, Firm, FirmDraft, FirmKind, UnitId, Word, WordList, fold, name_key,
};
use serde::{Deserialize, Serialize};

use super::read::{CellIn, Table};

/// The fields of a firm that a column can hold.
pub const FIELDS: &[&str] = &[
    "name",
    "unit",
    "credit_code",
    "kind",
    "sector",
    "employees",
    "members",
    "address",
    "opened_on",
    "uncovered",
    "note",
];

/// Heads that mean a field, folded.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "name",
        &[
            "名称",
            "企业名称",
            "单位名称",
            "公司名称",
            "企业",
            "name",
            "firm",
            "company",
        ],
    ),
    (
        "unit",
        &[
            "所属组织",
            "园区",
            "所属园区",
            "所在园区",
            "园区党委",
            "park",
            "unit",
            "belongs to",
        ],
    ),
    (
        "credit_code",
        &[
            "统一社会信用代码",
            "信用代码",
            "社会信用代码",
            "credit code",
        ],
    ),
    (
        "kind",
        &[
            "企业性质",
            "性质",
            "企业类型",
            "类型",
            "kind",
            "kind of firm",
        ],
    ),
    ("sector", &["行业", "所属行业", "行业类别", "sector"]),
    (
        "employees",
        &[
            "职工数",
            "职工人数",
            "员工数",
            "员工人数",
            "从业人数",
            "employees",
        ],
    ),
    (
        "members",
        &["党员数", "党员人数", "party members", "members"],
    ),
    (
        "address",
        &["地址", "经营地址", "注册地址", "办公地址", "address"],
    ),
    (
        "opened_on",
        &[
            "入驻日期",
            "入驻时间",
            "成立日期",
            "开业日期",
            "since",
            "opened",
        ],
    ),
    ("uncovered", &["未建原因", "未组建原因", "why not covered"]),
    ("note", &["备注", "说明", "note", "notes"]),
];

/// Which column is what, and what stands where a cell is empty or no column is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// The sheet.
    pub sheet: String,
    /// The head of the column of a field.
    pub columns: BTreeMap<String, String>,
    /// What stands in for an empty cell: `unit` (id), `kind` (wire), `opened_on` (day).
    pub otherwise: BTreeMap<String, String>,
}

/// The mapping that the heads suggest.
pub(crate) fn proposed(table: &Table) -> BTreeMap<String, String> {
    let heads: Vec<(String, &String)> = table.heads.iter().map(|head| (fold(head), head)).collect();
    KNOWN
        .iter()
        .filter_map(|(field, known)| {
            let found = known
                .iter()
                .find_map(|one| heads.iter().find(|(head, _)| head == one));
            found.map(|(_, head)| ((*field).to_owned(), (*head).clone()))
        })
        .collect()
}

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
pub(crate) struct Good {
    pub row: u32,
    pub firm: Firm,
    pub key: String,
}

/// What a file comes to.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub good: Vec<Good>,
    pub refused: Vec<Refused>,
    /// Rows that are refused; each may have several reasons.
    pub refused_rows: usize,
    /// Days that were texts and read well.
    pub dates_as_text: usize,
}

/// The names cells are read by.
pub(crate) struct Names {
    /// Ids of units by folded full and short name, with whether the office person may write there.
    pub units: HashMap<String, (UnitId, bool)>,
    /// Words of the vocabulary.
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

struct Row<'a> {
    names: &'a Names,
    number: u32,
    refused: Vec<Refused>,
    dates_as_text: usize,
}

impl Row<'_> {
    fn refuse(&mut self, column: &str, value: String, code: &str) {
        self.refused.push(Refused {
            row: self.number,
            column: column.to_owned(),
            value,
            code: code.to_owned(),
        });
    }

    /// What a cell says in the form's own words; empty where it says nothing or is refused.
    fn text(&mut self, field: &str, head: &str, cell: &CellIn) -> String {
        let is_day = field == "opened_on";
        match cell {
            CellIn::Empty => String::new(),
            CellIn::Formula => {
                self.refuse(head, String::new(), "formula");
                String::new()
            }
            CellIn::Merged => {
                self.refuse(head, String::new(), "merged");
                String::new()
            }
            CellIn::Day(Some(day)) if is_day => day.to_string(),
            CellIn::Text(text) if is_day => {
                if let Some(day) = day_in(text) {
                    self.dates_as_text += 1;
                    day.to_string()
                } else {
                    self.refuse(head, text.clone(), "date_as_text");
                    String::new()
                }
            }
            CellIn::Text(text) => self.worded(field, head, text),
            CellIn::Number(number) if !is_day => {
                if let Some(text) = whole(*number) {
                    self.worded(field, head, &text)
                } else {
                    self.refuse(head, number.to_string(), "wrong_type");
                    String::new()
                }
            }
            other => {
                let value = match other {
                    CellIn::Number(number) => number.to_string(),
                    CellIn::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
                    CellIn::Other(text) => text.clone(),
                    _ => String::new(),
                };
                self.refuse(head, value, "wrong_type");
                String::new()
            }
        }
    }

    fn worded(&mut self, field: &str, head: &str, text: &str) -> String {
        let found = match field {
            "unit" => match self.names.units.get(&fold(text)) {
                Some((_, false)) => {
                    self.refuse(head, text.to_owned(), "not_your_unit");
                    return String::new();
                }
                Some((id, true)) => Ok(id.to_string()),
                None => Err("unknown_unit"),
            },
            "kind" => kind_in(text)
                .map(|kind| kind.to_string())
                .ok_or("unknown_word"),
            "sector" => self.word(WordList::Sector, text).ok_or("unknown_word"),
            "uncovered" => self
                .word(WordList::UncoveredReason, text)
                .ok_or("unknown_word"),
            "employees" | "members" => {
                let plain = text.replace([',', '，'], "");
                let is_number = plain.bytes().all(|byte| byte.is_ascii_digit());
                if is_number {
                    Ok(plain)
                } else {
                    Err("wrong_type")
                }
            }
            _ => Ok(text.to_owned()),
        };
        found.unwrap_or_else(|code| {
            self.refuse(head, text.to_owned(), code);
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

fn kind_in(text: &str) -> Option<FirmKind> {
    match fold(text).as_str() {
        "非公企业" | "非公" | "民营" | "民营企业" | "私营企业" | "non_public" | "non public" => {
            Some(FirmKind::NonPublic)
        }
        "个体工商户" | "个体" | "sole_trader" | "sole trader" => Some(FirmKind::SoleTrader),
        "国有企业" | "国企" | "国有" | "state" | "state owned" => Some(FirmKind::State),
        _ => None,
    }
}

/// Each field with the head it is read under and the place of that column.
type Columns<'a> = Vec<(&'static str, &'a str, Option<usize>)>;

fn columns<'a>(table: &Table, mapping: &'a Mapping) -> Columns<'a> {
    FIELDS
        .iter()
        .map(|field| {
            let head = mapping
                .columns
                .get(*field)
                .map(String::as_str)
                .unwrap_or_default();
            let place = table
                .heads
                .iter()
                .position(|one| !head.is_empty() && one == head);
            (*field, head, place)
        })
        .collect()
}

/// Reads every row.
pub(crate) fn plan(table: &Table, mapping: &Mapping, names: &Names) -> Plan {
    let columns = columns(table, mapping);
    let mut plan = Plan::default();
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut keys: HashMap<(UnitId, String), u32> = HashMap::new();
    for (number, cells) in &table.rows {
        let mut row = Row {
            names,
            number: *number,
            refused: Vec::new(),
            dates_as_text: 0,
        };
        let mut draft = FirmDraft::default();
        for (field, head, place) in &columns {
            let cell = place.and_then(|at| cells.get(at)).unwrap_or(&CellIn::Empty);
            let mut text = row.text(field, head, cell);
            if *cell == CellIn::Empty
                && let Some(otherwise) = mapping.otherwise.get(*field)
            {
                text.clone_from(otherwise);
            }
            put(&mut draft, field, text);
        }
        let firm = match draft.read(names.today) {
            Ok(firm) if row.refused.is_empty() => firm,
            read => {
                let bad: Vec<String> = row.refused.iter().map(|one| one.column.clone()).collect();
                for problem in read.err().unwrap_or_default() {
                    let head = columns.iter().find(|column| column.0 == problem.field);
                    let head = head.map(|column| column.1).unwrap_or_default();
                    // What could not be read is not missing as well.
                    if head.is_empty() || !bad.iter().any(|one| one == head) {
                        row.refuse(head, value_of(&draft, &problem.field), &problem.rule);
                    }
                }
                plan.refused_rows += 1;
                plan.refused.append(&mut row.refused);
                continue;
            }
        };
        let key = name_key(&firm.name);
        let same_code =
            (!firm.credit_code.is_empty()).then(|| codes.insert(firm.credit_code.clone(), *number));
        let same_name = keys.insert((firm.unit.clone(), key.clone()), *number);
        if let Some(first) = same_code.flatten().or(same_name) {
            row.refuse("", format!("{} ({first})", firm.name), "twice");
            plan.refused_rows += 1;
            plan.refused.append(&mut row.refused);
            continue;
        }
        plan.dates_as_text += row.dates_as_text;
        plan.good.push(Good {
            row: *number,
            firm,
            key,
        });
    }
    plan
}

fn put(draft: &mut FirmDraft, field: &str, text: String) {
    match field {
        "name" => draft.name = text,
        "unit" => draft.unit = text,
        "credit_code" => draft.credit_code = text,
        "kind" => draft.kind = text,
        "sector" => draft.sector = text,
        "employees" => draft.employees = text,
        "members" => draft.members = text,
        "address" => draft.address = text,
        "opened_on" => draft.opened_on = text,
        "uncovered" => draft.uncovered = text,
        _ => draft.note = text,
    }
}

fn value_of(draft: &FirmDraft, field: &str) -> String {
    let text = match field {
        "name" => &draft.name,
        "credit_code" => &draft.credit_code,
        "employees" => &draft.employees,
        "members" => &draft.members,
        "address" => &draft.address,
        "opened_on" => &draft.opened_on,
        _ => return String::new(),
    };
    text.chars().take(60).collect()
}
