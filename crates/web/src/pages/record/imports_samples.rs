//! Samples of the pages of imports.

use askama::Template as _;
use pingyi_app::record::{
    Alike, ImportId, ImportRow, Kind, Like, Mapping, Preview, Refused, WordList,
};

use super::imports::{
    Going, ImportDonePage, ImportGoingPage, ImportLine, ImportMapPage, ImportStartPage, Otherwise,
    title_of,
};
use super::unit_choices;
use crate::lang::Lang;
use crate::pages::sample::{Sample, chrome_in};

fn line(lang: Lang, undone_at: Option<i64>) -> ImportLine {
    let names = ["企业名册.xlsx", "firms.xlsx"];
    ImportLine::of(ImportRow {
        id: "i".repeat(16),
        kind: "firm".to_owned(),
        unit: None,
        file_name: names[usize::from(lang == Lang::En)].to_owned(),
        sha256: String::new(),
        mapping: String::new(),
        actor: String::new(),
        at: 1_544_832_000,
        added: 280,
        changed: 12,
        refused: 3,
        undone_at,
        indexing: 0,
        indexed_to: String::new(),
    })
}

impl ImportStartPage {
    /// With earlier imports, and without.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |kind, rows| {
            let c = chrome_in(lang, title_of(kind), "/import/firm", &["office"]);
            Self { c, kind, rows }.render()
        };
        let rows = vec![line(lang, None), line(lang, Some(1_544_840_000))];
        vec![
            Sample::new("import-start", page(Kind::Firm, rows)),
            Sample::new("import-start-empty", page(Kind::Firm, vec![])),
            Sample::new("import-start-entry", page(Kind::Entry, vec![])),
        ]
    }
}

const GOING: Going = Going {
    step: "import-step-writing",
    percent: Some(23),
    done: 45_500,
    total: 100_000,
};

impl ImportGoingPage {
    /// In the middle.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = Self {
            c: chrome_in(lang, "import-title", "/imports/i", &["office"]),
            kind: Kind::Firm,
            file_name: line(lang, None).row.file_name,
            going: GOING,
        };
        vec![Sample::new("import-going", page.render())]
    }
}

impl ImportDonePage {
    /// One that can be undone, one that cannot, one that was.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |line, changed: Vec<String>, going| {
            let c = chrome_in(lang, "import-title", "/imports/i", &["office"]);
            let used = changed.clone();
            Self {
                c,
                kind: Kind::Firm,
                line,
                going,
                changed,
                used,
            }
            .render()
        };
        vec![
            Sample::new("import-done", page(line(lang, None), vec![], None)),
            Sample::new(
                "import-indexing",
                page(
                    line(lang, None),
                    vec![],
                    Some(Going {
                        step: "import-step-indexing",
                        ..GOING
                    }),
                ),
            ),
            Sample::new(
                "import-waiting",
                page(line(lang, None), vec![], Going::unknown(1)),
            ),
            Sample::new(
                "import-stuck",
                page(line(lang, None), vec!["甲".to_owned()], None),
            ),
            Sample::new(
                "import-undone",
                page(line(lang, Some(1_544_840_000)), vec![], None),
            ),
        ]
    }
}

/// A file with refused rows and proposals.
fn preview(id: ImportId) -> Preview {
    let heads = ["企业名称", "所属园区", "入驻日期"]
        .map(str::to_owned)
        .to_vec();
    let columns = [("name", 0), ("unit", 1), ("opened_on", 2)];
    let columns = columns.map(|(field, at)| (field.to_owned(), heads[at].clone()));
    let refused = |row, code: &str| Refused {
        row,
        column: heads[2].clone(),
        value: "去年".to_owned(),
        code: code.to_owned(),
    };
    Preview {
        id,
        kind: Kind::Firm,
        file_name: "企业名册.xlsx".to_owned(),
        refusal: None,
        sheets: vec!["名册".to_owned(), "汇总".to_owned()],
        hidden: vec!["底稿".to_owned()],
        mapping: Mapping {
            sheet: "名册".to_owned(),
            columns: columns.into(),
            ..Mapping::default()
        },
        warnings: vec![
            "hidden_sheet",
            "merged",
            "merged_head",
            "date_1904",
            "date_as_text",
        ],
        rows: 284,
        good: 280,
        refused_rows: 2,
        refused: vec![refused(7, "date_as_text"), refused(9, "missing")],
        alike: vec![
            alike(3, Like::Code),
            alike(4, Like::Name),
            alike(5, Like::Near),
        ],
        heads,
    }
}

fn alike(row: u32, like: Like) -> Alike {
    Alike {
        row,
        name: "甲科技".to_owned(),
        like,
        known: "f".repeat(16),
        known_name: "甲科技有限公司".to_owned(),
    }
}

impl ImportMapPage {
    /// With refused rows and proposals, of firms and of entries, after a try that failed, and a file refused whole.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let Ok(id) = "i".repeat(16).parse() else {
            return vec![];
        };
        let full = preview(id);
        let whole = Preview {
            refusal: Some("encrypted"),
            sheets: vec![],
            ..full.clone()
        };
        let entry = Preview {
            kind: Kind::Entry,
            alike: vec![alike(3, Like::Same)],
            ..full.clone()
        };
        let page = |name, preview| {
            let c = chrome_in(lang, "import-title", "/imports/i", &["office"]);
            let choices = Otherwise {
                units: unit_choices(lang),
                words: pingyi_app::record::default_words(WordList::EntryKind),
            };
            let failed = (name == "import-failed").then_some("old_version");
            let page = Self::of(c, preview, choices, (vec!["工商".to_owned()], failed));
            page.ok().map(|page| Sample::new(name, page.render()))
        };
        [
            page("import-failed", full.clone()),
            page("import-map", full),
            page("import-map-entry", entry),
            page("import-refused", whole),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
