//! The fields a column of a file can hold, how its cells are read, and the heads that mean it.

use std::collections::BTreeMap;

use pingyi_domain::record::{CoverKind, Kind, WordList, fold};
use serde::{Deserialize, Serialize};

use super::read::Table;

/// What stands in the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Day,
    /// Whole number.
    Whole,
    /// Number with at most three decimals.
    Amount,
    /// Name of a unit.
    Unit,
    FirmKind,
    Word(WordList),
    /// Yes, no, or the day since when.
    Mark,
}

/// A field.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    pub holds: Holds,
    /// Heads that mean it, folded, the likeliest first.
    pub heads: &'static [&'static str],
}

macro_rules! field {
    ($name:literal, $holds:expr, $($head:literal),*) => {
        Field { name: $name, holds: $holds, heads: &[$($head),*] }
    };
}

/// Of a firm itself.
const FIRM: &[Field] = &[
    field!(
        "name",
        Holds::Text,
        "名称",
        "企业名称",
        "单位名称",
        "公司名称",
        "企业",
        "name",
        "firm",
        "company"
    ),
    field!(
        "unit",
        Holds::Unit,
        "所属组织",
        "园区",
        "所属园区",
        "所在园区",
        "园区党委",
        "park",
        "unit",
        "belongs to"
    ),
    field!(
        "credit_code",
        Holds::Text,
        "统一社会信用代码",
        "信用代码",
        "社会信用代码",
        "credit code"
    ),
    field!(
        "kind",
        Holds::FirmKind,
        "企业性质",
        "性质",
        "企业类型",
        "类型",
        "kind",
        "kind of firm"
    ),
    field!(
        "sector",
        Holds::Word(WordList::Sector),
        "行业",
        "所属行业",
        "行业类别",
        "sector"
    ),
    field!(
        "employees",
        Holds::Whole,
        "职工数",
        "职工人数",
        "员工数",
        "员工人数",
        "从业人数",
        "employees"
    ),
    field!(
        "members",
        Holds::Whole,
        "党员数",
        "党员人数",
        "party members",
        "members"
    ),
    field!(
        "address",
        Holds::Text,
        "地址",
        "经营地址",
        "注册地址",
        "办公地址",
        "address"
    ),
    field!(
        "opened_on",
        Holds::Day,
        "入驻日期",
        "入驻时间",
        "成立日期",
        "开业日期",
        "since",
        "opened"
    ),
    field!(
        "uncovered",
        Holds::Word(WordList::UncoveredReason),
        "未建原因",
        "未组建原因",
        "why not covered"
    ),
    field!("note", Holds::Text, "备注", "说明", "note", "notes"),
    // What covers it, and since when.
    field!(
        "own",
        Holds::Unit,
        "单独组建",
        "单独组建党组织",
        "单独党组织",
        "own organisation"
    ),
    field!(
        "own_on",
        Holds::Day,
        "单独组建日期",
        "单独组建时间",
        "own organisation since"
    ),
    field!(
        "joint",
        Holds::Unit,
        "联合组建",
        "联合组建党组织",
        "联合党组织",
        "joint organisation"
    ),
    field!(
        "joint_on",
        Holds::Day,
        "联合组建日期",
        "联合组建时间",
        "joint organisation since"
    ),
    field!(
        "instructor",
        Holds::Text,
        "党建指导员",
        "指导员",
        "instructor"
    ),
    field!(
        "instructor_on",
        Holds::Day,
        "指导员日期",
        "派驻日期",
        "instructor since"
    ),
    field!("liaison", Holds::Mark, "联络员", "党建联络员", "liaison"),
    field!("liaison_on", Holds::Day, "联络员日期", "liaison since"),
    field!("union", Holds::Mark, "工会", "union"),
    field!(
        "union_on",
        Holds::Day,
        "工会日期",
        "工会成立日期",
        "union since"
    ),
    field!(
        "youth",
        Holds::Mark,
        "共青团",
        "团组织",
        "团支部",
        "youth league"
    ),
    field!(
        "youth_on",
        Holds::Day,
        "共青团日期",
        "团组织成立日期",
        "youth league since"
    ),
    field!(
        "struck",
        Holds::Word(WordList::StrikeReason),
        "剔除原因",
        "struck out",
        "why struck out"
    ),
    field!(
        "struck_on",
        Holds::Day,
        "剔除日期",
        "剔除时间",
        "struck out since"
    ),
];

/// Where the fields of what covers a firm begin.
const COVERS_FROM: &str = "own";

/// Of an entry.
const ENTRY: &[Field] = &[
    field!(
        "title",
        Holds::Text,
        "事项",
        "标题",
        "名称",
        "活动名称",
        "内容",
        "活动内容",
        "title",
        "what"
    ),
    field!(
        "on_date",
        Holds::Day,
        "日期",
        "时间",
        "活动日期",
        "活动时间",
        "开展日期",
        "date",
        "day"
    ),
    field!(
        "unit",
        Holds::Unit,
        "所属组织",
        "组织",
        "园区",
        "党组织",
        "所属园区",
        "主办单位",
        "开展单位",
        "unit",
        "belongs to",
        "park"
    ),
    field!(
        "kind",
        Holds::Word(WordList::EntryKind),
        "类别",
        "类型",
        "活动类型",
        "kind"
    ),
    field!("topic", Holds::Word(WordList::Topic), "主题", "topic"),
    field!("place", Holds::Text, "地点", "活动地点", "place"),
    field!(
        "headcount",
        Holds::Whole,
        "人数",
        "参加人数",
        "参与人数",
        "人次",
        "headcount",
        "people"
    ),
    field!("quantity", Holds::Amount, "数量", "quantity"),
    field!("measure", Holds::Text, "单位", "计量单位", "measure"),
    field!(
        "hours",
        Holds::Amount,
        "时长",
        "时长 小时",
        "服务时长",
        "hours"
    ),
    field!("cases", Holds::Whole, "件数", "办件数", "cases"),
    field!(
        "settled",
        Holds::Whole,
        "办结件数",
        "办结数",
        "settled",
        "cases settled"
    ),
    field!("quarter", Holds::Text, "季度", "quarter"),
    field!(
        "attended",
        Holds::Text,
        "到会单位",
        "参会单位",
        "bodies attending",
        "attended"
    ),
    field!(
        "partners",
        Holds::Text,
        "共同参与",
        "协办单位",
        "参与单位",
        "partners"
    ),
    field!(
        "firms",
        Holds::Text,
        "企业",
        "参加企业",
        "走访企业",
        "firms"
    ),
    field!("findings", Holds::Text, "发现的问题", "隐患", "findings"),
    field!(
        "summary",
        Holds::Text,
        "经过",
        "活动简介",
        "简介",
        "摘要",
        "说明",
        "summary"
    ),
];

/// The fields of a kind of record.
pub(crate) const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Entry => ENTRY,
        _ => FIRM,
    }
}

/// Their names, and whether each is shown only on asking: what covers a firm.
#[must_use]
pub fn field_names(kind: Kind) -> Vec<(&'static str, bool)> {
    let all = fields(kind);
    let from = all.iter().position(|field| field.name == COVERS_FROM);
    let from = from.filter(|_| kind == Kind::Firm).unwrap_or(all.len());
    let names = all.iter().enumerate();
    names.map(|(at, field)| (field.name, at >= from)).collect()
}

/// The heads that mean each field, folded.
#[must_use]
pub fn field_heads(kind: Kind) -> Vec<(&'static str, &'static [&'static str])> {
    let all = fields(kind).iter();
    all.map(|field| (field.name, field.heads)).collect()
}

/// The field with the day since when something covers a firm.
pub(crate) const fn since(kind: CoverKind) -> &'static str {
    match kind {
        CoverKind::Own => "own_on",
        CoverKind::Joint => "joint_on",
        CoverKind::Instructor => "instructor_on",
        CoverKind::Liaison => "liaison_on",
        CoverKind::Union => "union_on",
        CoverKind::Youth => "youth_on",
    }
}

/// Which column is what, and what stands where a cell is empty or no column is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// The sheet.
    pub sheet: String,
    /// The head of the column of a field.
    pub columns: BTreeMap<String, String>,
    /// What stands in for an empty cell, in the form's own words: `unit` (id), `kind`, `opened_on` (day), `cover_on`
    /// (the day since when covers without one hold).
    pub otherwise: BTreeMap<String, String>,
}

impl Mapping {
    /// The mapping that the heads suggest.
    pub(crate) fn proposed(kind: Kind, table: &Table) -> Self {
        let heads: Vec<(String, &String)> =
            table.heads.iter().map(|head| (fold(head), head)).collect();
        let columns = fields(kind).iter().filter_map(|field| {
            let known = field.heads.iter();
            let found = known.into_iter().find_map(|one| {
                let is_one = |(head, _): &&(String, &String)| head == one;
                heads.iter().find(is_one)
            });
            found.map(|(_, head)| (field.name.to_owned(), (*head).clone()))
        });
        // What the page has chosen there too.
        let kind_of_firm = ("kind".to_owned(), "non_public".to_owned());
        Self {
            sheet: String::new(),
            columns: columns.collect(),
            otherwise: (kind == Kind::Firm)
                .then_some(kind_of_firm)
                .into_iter()
                .collect(),
        }
    }

    /// Whether a column is chosen for the field.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.columns.get(field).is_some_and(|head| !head.is_empty())
    }
}
