//! The forms of domain.md §7, ready to take. Data in the language of the forms themselves, which the office edits.

use serde::{Deserialize, Serialize};

use pingyi_scoring::{Ties, Value, Weight};

use super::{
    AppraisalConfig, Category, CompositeWeights, DEFAULT_MINIMUM, Form, Grade, Item, OrderRule,
    Quorum, Release, Scheme, Tellers,
};

/// A form to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormPreset {
    /// Six items, 好/较好/一般/差: the closest real form.
    SixItems,
    /// One overall row, 好/较好/一般/差.
    Overall,
    /// One overall row, 优秀/称职/基本称职/不称职.
    Competent,
    /// One overall row, 优秀/合格/基本合格/不合格.
    Qualified,
    /// One overall row, 满意/基本满意/不满意 and 不了解 as an abstention.
    Satisfied,
    /// 德能勤绩廉 with points 20/15/15/30/20, 优秀/称职/基本称职/不称职.
    FiveVirtues,
}

type GradeRow = (&'static str, &'static str, Option<u32>);
type ItemRow = (&'static str, &'static str, u32);

const GOOD: &[GradeRow] = &[
    ("good", "好", Some(100)),
    ("fair", "较好", Some(80)),
    ("average", "一般", Some(60)),
    ("poor", "差", Some(40)),
];
const COMPETENT: &[GradeRow] = &[
    ("excellent", "优秀", Some(100)),
    ("competent", "称职", Some(80)),
    ("basic", "基本称职", Some(60)),
    ("incompetent", "不称职", Some(40)),
];
const QUALIFIED: &[GradeRow] = &[
    ("excellent", "优秀", Some(100)),
    ("qualified", "合格", Some(80)),
    ("basic", "基本合格", Some(60)),
    ("unqualified", "不合格", Some(40)),
];
const SATISFIED: &[GradeRow] = &[
    ("satisfied", "满意", Some(100)),
    ("basic", "基本满意", Some(80)),
    ("dissatisfied", "不满意", Some(40)),
    ("unknown", "不了解", None),
];
const OVERALL: &[ItemRow] = &[("overall", "总体评价", 1)];
const SIX: &[ItemRow] = &[
    ("overall", "总体评价", 1),
    ("knowledge", "对抓基层党建工作的认识熟悉程度", 1),
    ("duty", "履行抓基层党建工作责任情况", 1),
    ("tasks", "推动重点任务落实情况及成效", 1),
    ("problems", "查摆抓基层党建工作中存在问题", 1),
    ("next_steps", "下一步抓好基层党建工作的思路措施", 1),
];
const VIRTUES: &[ItemRow] = &[
    ("virtue", "德", 20),
    ("ability", "能", 15),
    ("diligence", "勤", 15),
    ("results", "绩", 30),
    ("honesty", "廉", 20),
];

impl FormPreset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::SixItems,
        Self::Overall,
        Self::Competent,
        Self::Qualified,
        Self::Satisfied,
        Self::FiveVirtues,
    ];

    /// The form.
    #[must_use]
    pub fn form(self) -> Form {
        let (items, grades) = match self {
            Self::SixItems => (SIX, GOOD),
            Self::Overall => (OVERALL, GOOD),
            Self::Competent => (OVERALL, COMPETENT),
            Self::Qualified => (OVERALL, QUALIFIED),
            Self::Satisfied => (OVERALL, SATISFIED),
            Self::FiveVirtues => (VIRTUES, COMPETENT),
        };
        Form {
            title: "园区党委书记述职测评表".to_owned(),
            items: items.iter().map(item).collect(),
            grades: grades.iter().map(grade).collect(),
            opinions: true,
            warn_all_equal: false,
            max_top: None,
        }
    }
}

fn item(&(code, label, weight): &ItemRow) -> Item {
    Item {
        code: code
            .parse()
            .expect("the codes of the presets follow the rule, a test says so"),
        label: label.to_owned(),
        weight: Weight::from(weight),
    }
}

fn grade(&(code, label, value): &GradeRow) -> Grade {
    Grade {
        code: code
            .parse()
            .expect("the codes of the presets follow the rule, a test says so"),
        label: label.to_owned(),
        value: value.map(Value::from),
        abstain: value.is_none(),
    }
}

/// The raters of the source article (domain.md §7), about 100 in all, equally weighted until the office decides.
const CATEGORIES: [(&str, &str, u32); 5] = [
    ("A", "园区党委第一书记", 9),
    ("B", "街道党群部门", 15),
    ("C", "园区下属支部", 36),
    ("D", "社区党委", 20),
    ("E", "两代表一委员", 20),
];

impl Default for AppraisalConfig {
    /// The form of the source article without presenters and without a year: both have to be filled in.
    fn default() -> Self {
        Self {
            title: "园区党委书记述职评议".to_owned(),
            year: 0,
            form: FormPreset::SixItems.form(),
            categories: CATEGORIES.iter().map(category).collect(),
            presenters: Vec::new(),
            order: OrderRule::Fixed,
            scheme: Scheme::default(),
            tellers: Tellers::default(),
            minutes_per_report: 10,
            release: Release::OnTheSpot,
        }
    }
}

fn category(&(code, label, expected): &(&str, &str, u32)) -> Category {
    Category {
        code: code.parse().expect("A to E are letters"),
        label: label.to_owned(),
        weight: Weight::from(20_u32),
        expected,
        minimum: DEFAULT_MINIMUM,
    }
}

impl Default for Form {
    fn default() -> Self {
        FormPreset::SixItems.form()
    }
}

impl Default for Scheme {
    fn default() -> Self {
        Self {
            places: 2,
            quorum: Quorum::TWO_THIRDS,
            cuts: Vec::new(),
            composite: CompositeWeights::default(),
            cap: None,
            ties: Ties::default(),
            floors: Vec::new(),
        }
    }
}

impl Quorum {
    /// The usual quorum, 2/3.
    pub const TWO_THIRDS: Self = Self {
        numerator: 2,
        denominator: 3,
    };
}

impl Default for Tellers {
    /// Two of three (trust.md).
    fn default() -> Self {
        let names = ["监票人", "计票人一", "计票人二"]
            .map(str::to_owned)
            .to_vec();
        Self {
            threshold: 2,
            names,
        }
    }
}

impl AppraisalConfig {
    /// The default configuration for a year (the clock belongs to the caller).
    #[must_use]
    pub fn starting(year: u16) -> Self {
        Self {
            year,
            title: format!("{year}年园区党委书记述职评议"),
            ..Self::default()
        }
    }
}
