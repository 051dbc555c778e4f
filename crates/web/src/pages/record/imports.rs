//! Import of firms.

use askama::Template;
use pingyi_app::record::{
    Alike, FirmKind, IMPORT_FIELDS, ImportRow, Like, Mapping, Preview, Refused,
};

use super::firms::WordOption;
use super::{Choice, UnitChoice, unit_choices};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::pages::sample::{Sample, chrome_in};
use crate::words;

/// An import that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// It.
    pub row: ImportRow,
    /// When, as written.
    pub time: String,
}

impl ImportLine {
    /// An import.
    #[must_use]
    pub fn of(row: ImportRow) -> Self {
        Self {
            time: words::time_text(row.at),
            row,
        }
    }
}

/// Where a file is sent.
#[derive(Debug, Clone, Template)]
#[template(path = "record/import_start.html")]
pub struct ImportStartPage {
    /// Frame.
    pub c: Chrome,
    /// What was brought in before.
    pub rows: Vec<ImportLine>,
}

/// What an import did.
#[derive(Debug, Clone, Template)]
#[template(path = "record/import_done.html")]
pub struct ImportDonePage {
    /// Frame.
    pub c: Chrome,
    /// The import.
    pub line: ImportLine,
    /// Firms changed since, in the way of an undo.
    pub changed: Vec<String>,
    /// Firms something refers to.
    pub used: Vec<String>,
}

/// A field and the columns it may stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldColumn {
    /// Its name on the wire.
    pub field: &'static str,
    /// In words.
    pub label: String,
    /// Whether a firm must have it.
    pub needed: bool,
    /// Heads of the sheet.
    pub heads: Vec<WordOption>,
}

/// A row that will not go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// Row, column, value.
    pub what: Refused,
    /// The reason in words.
    pub reason: String,
}

/// A row that may be there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeLine {
    /// It.
    pub what: Alike,
    /// How, in words.
    pub how: String,
    /// Whether it may be added as another firm.
    pub may_add: bool,
}

/// Mapping and preview.
#[derive(Debug, Clone, Template)]
#[template(path = "record/import_map.html")]
pub struct ImportMapPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Name of the file.
    pub file_name: String,
    /// Why the whole file is refused, in words.
    pub refusal: Option<String>,
    /// Sheets.
    pub sheets: Vec<WordOption>,
    /// Fields and columns.
    pub fields: Vec<FieldColumn>,
    /// Units for rows without one.
    pub units: Vec<UnitChoice>,
    /// The one chosen.
    pub unit: String,
    /// Kinds for rows without one.
    pub kinds: Vec<Choice>,
    /// Day for rows without one.
    pub opened_on: String,
    /// Names of kept mappings.
    pub kept: Vec<String>,
    /// The mapping, JSON.
    pub mapping: String,
    /// What was odd, in words.
    pub warnings: Vec<String>,
    /// Rows of the sheet.
    pub rows: usize,
    /// Rows that can go in.
    pub good: usize,
    /// Rows that cannot.
    pub refused_rows: usize,
    /// The first of them, with every reason.
    pub refused: Vec<RefusedLine>,
    /// Reasons that are not shown.
    pub refused_more: usize,
    /// The first rows that may be there already.
    pub alike: Vec<AlikeLine>,
    /// How many there are in all.
    pub alike_all: usize,
}

/// Reasons and proposals shown one by one.
const SHOWN: usize = 200;

fn option(value: &str, chosen: bool) -> WordOption {
    WordOption {
        value: value.to_owned(),
        label: value.to_owned(),
        chosen,
    }
}

fn columns_of(texts: Texts, heads: &[String], mapping: &Mapping) -> Vec<FieldColumn> {
    IMPORT_FIELDS
        .iter()
        .map(|field| FieldColumn {
            field,
            label: words::label(texts, pingyi_app::record::Kind::Firm, field),
            needed: *field == "name",
            heads: heads
                .iter()
                .map(|head| option(head, mapping.columns.get(*field) == Some(head)))
                .collect(),
        })
        .collect()
}

fn how_alike(like: Like) -> &'static str {
    match like {
        Like::Code => "import-like-code",
        Like::Name => "import-like-name",
        Like::Near => "import-like-near",
    }
}

impl ImportMapPage {
    /// The page of a file.
    ///
    /// # Errors
    /// When the mapping cannot be written, which no mapping can cause.
    pub fn of(
        c: Chrome,
        preview: Preview,
        units: Vec<UnitChoice>,
        kept: Vec<String>,
    ) -> serde_json::Result<Self> {
        let texts = Texts(c.lang);
        let mapping: Mapping = preview.mapping;
        let otherwise = |field: &str| mapping.otherwise.get(field).cloned().unwrap_or_default();
        let kind = mapping.otherwise.get("kind");
        let kind = kind.map_or("non_public", String::as_str);
        let kinds = FirmKind::ALL
            .iter()
            .map(|k| Choice::new("value-firm-kind", k.as_str(), kind));
        let heads = &preview.heads;
        let fields = columns_of(texts, heads, &mapping);
        let refused_all = preview.refused.len();
        let alike_all = preview.alike.len();
        let refused = preview.refused.into_iter().take(SHOWN);
        let refused = refused.map(|what| RefusedLine {
            reason: reason(texts, &what.code),
            what,
        });
        let alike = preview.alike.into_iter().take(SHOWN);
        let alike = alike.map(|what| AlikeLine {
            how: texts.s(how_alike(what.like)),
            may_add: what.like != Like::Code,
            what,
        });
        Ok(Self {
            id: preview.id.to_string(),
            file_name: preview.file_name,
            refusal: preview.refusal.map(|code| reason(texts, code)),
            sheets: preview
                .sheets
                .iter()
                .map(|name| option(name, *name == mapping.sheet))
                .collect(),
            fields,
            unit: otherwise("unit"),
            opened_on: otherwise("opened_on"),
            kinds: kinds.collect(),
            mapping: serde_json::to_string(&mapping)?,
            warnings: preview
                .warnings
                .iter()
                .map(|code| texts.s(&format!("import-warn-{code}")))
                .collect(),
            rows: preview.rows,
            good: preview.good,
            refused_rows: preview.refused_rows,
            refused: refused.collect(),
            refused_more: refused_all.saturating_sub(SHOWN),
            alike: alike.collect(),
            alike_all,
            units,
            kept,
            c,
        })
    }
}

fn reason(texts: Texts, code: &str) -> String {
    let own = format!("import-code-{code}");
    if texts.has(&own) {
        texts.s(&own)
    } else {
        texts.s(&format!("rule-{code}"))
    }
}

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
    })
}

impl ImportStartPage {
    /// With earlier imports, and without.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |rows| {
            let c = chrome_in(lang, "import-title", "/import/firm", &["office"]);
            Self { c, rows }.render()
        };
        let rows = vec![line(lang, None), line(lang, Some(1_544_840_000))];
        vec![
            Sample::new("import-start", page(rows)),
            Sample::new("import-start-empty", page(vec![])),
        ]
    }
}

impl ImportDonePage {
    /// One that can be undone, one that cannot, one that was.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |line, changed: Vec<String>| {
            let c = chrome_in(lang, "import-title", "/imports/i", &["office"]);
            let used = changed.clone();
            Self {
                c,
                line,
                changed,
                used,
            }
            .render()
        };
        vec![
            Sample::new("import-done", page(line(lang, None), vec![])),
            Sample::new(
                "import-stuck",
                page(line(lang, None), vec!["甲".to_owned()]),
            ),
            Sample::new(
                "import-undone",
                page(line(lang, Some(1_544_840_000)), vec![]),
            ),
        ]
    }
}

impl ImportMapPage {
    /// With refused rows and proposals, and a file that is refused whole.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let Ok(id) = "i".repeat(16).parse() else {
            return vec![];
        };
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
        let alike = |row, like| Alike {
            row,
            name: "甲科技".to_owned(),
            like,
            firm: "f".repeat(16),
            known: "甲科技有限公司".to_owned(),
        };
        let full = Preview {
            id,
            file_name: "企业名册.xlsx".to_owned(),
            refusal: None,
            sheets: vec!["名册".to_owned(), "汇总".to_owned()],
            hidden: vec!["底稿".to_owned()],
            mapping: Mapping {
                sheet: "名册".to_owned(),
                columns: columns.into(),
                ..Mapping::default()
            },
            warnings: vec!["hidden_sheet", "merged", "date_1904", "date_as_text"],
            rows: 284,
            good: 280,
            refused_rows: 2,
            refused: vec![refused(7, "date_as_text"), refused(9, "missing")],
            alike: vec![
                alike(3, Like::Code),
                alike(4, Like::Name),
                alike(5, Like::Near),
            ],
            heads: heads.clone(),
        };
        let whole = Preview {
            refusal: Some("encrypted"),
            sheets: vec![],
            ..full.clone()
        };
        let page = |name, preview| {
            let c = chrome_in(lang, "import-title", "/imports/i", &["office"]);
            let page = Self::of(c, preview, unit_choices(lang), vec!["工商".to_owned()]);
            page.ok().map(|page| Sample::new(name, page.render()))
        };
        [page("import-map", full), page("import-refused", whole)]
            .into_iter()
            .flatten()
            .collect()
    }
}
