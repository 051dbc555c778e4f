//! Import of firms and of entries.

use askama::Template;
use pingyi_app::record::{
    Alike, FirmKind, ImportRow, ImportStep, Kind, Like, Mapping, Preview, Progress, Refused, Word,
    import_fields,
};

use super::UnitChoice;
use super::firms::WordOption;
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::words;

/// Id of the title of the pages for a kind of record.
#[must_use]
pub const fn title_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Entry => "import-title-entry",
        _ => "import-title",
    }
}

/// Where an import of a kind came from.
macro_rules! ways {
    ($page:ty) => {
        impl $page {
            /// The list the records stand in.
            #[must_use]
            pub const fn list(&self) -> &'static str {
                match self.kind {
                    Kind::Entry => "/ledger",
                    _ => "/firms",
                }
            }

            /// Its title.
            #[must_use]
            pub const fn list_title(&self) -> &'static str {
                match self.kind {
                    Kind::Entry => "ledger-title",
                    _ => "firms-title",
                }
            }

            /// Where another file is sent.
            #[must_use]
            pub const fn start(&self) -> &'static str {
                match self.kind {
                    Kind::Entry => "/import/entry",
                    _ => "/import/firm",
                }
            }

            /// Id of the title of the pages.
            #[must_use]
            pub const fn title(&self) -> &'static str {
                title_of(self.kind)
            }
        }
    };
}
ways!(ImportStartPage);
ways!(ImportGoingPage);
ways!(ImportDonePage);
ways!(ImportMapPage);

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Going {
    /// Id of the text of what is being done.
    pub step: &'static str,
    /// Of the whole; none where it is not known.
    pub percent: Option<usize>,
    /// Rows done.
    pub done: usize,
    /// Rows of the step.
    pub total: usize,
}

impl Going {
    /// An import under way.
    #[must_use]
    pub fn of(progress: Progress) -> Self {
        Self {
            step: match progress.step {
                ImportStep::Writing => "import-step-writing",
                ImportStep::Indexing | ImportStep::Ended => "import-step-indexing",
            },
            percent: Some(progress.percent()),
            done: progress.done,
            total: progress.total,
        }
    }

    /// One that another server works at, or that waits for its turn.
    #[must_use]
    pub fn unknown(indexing: i64) -> Option<Self> {
        let waits = (indexing != 0).then_some("import-step-waiting")?;
        Some(Self {
            step: waits,
            percent: None,
            done: 0,
            total: 0,
        })
    }

    /// What is being done, in words.
    #[must_use]
    pub fn text(&self, c: &Chrome) -> String {
        c.with_counts(self.step, self.done, self.total)
    }
}

/// An import under way.
#[derive(Debug, Clone, Template)]
#[template(path = "record/import_going.html")]
pub struct ImportGoingPage {
    /// Frame.
    pub c: Chrome,
    /// Kind of the records.
    pub kind: Kind,
    /// Name of the file.
    pub file_name: String,
    /// How far.
    pub going: Going,
}

/// What can stand in for an empty cell.
#[derive(Debug, Clone, Default)]
pub struct Otherwise {
    /// Units.
    pub units: Vec<UnitChoice>,
    /// Kinds of entries.
    pub words: Vec<Word>,
}

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
    /// Kind of the records.
    pub kind: Kind,
    /// What was brought in before.
    pub rows: Vec<ImportLine>,
}

/// What an import did.
#[derive(Debug, Clone, Template)]
#[template(path = "record/import_done.html")]
pub struct ImportDonePage {
    /// Frame.
    pub c: Chrome,
    /// Kind of the records.
    pub kind: Kind,
    /// The import.
    pub line: ImportLine,
    /// How far it is, while it is not searchable yet.
    pub going: Option<Going>,
    /// What was changed since, in the way of an undo.
    pub changed: Vec<String>,
    /// What something refers to.
    pub used: Vec<String>,
}

/// A field and the columns it may stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldColumn {
    /// Its name on the wire.
    pub field: &'static str,
    /// In words.
    pub label: String,
    /// Whether a record must have it.
    pub needed: bool,
    /// Whether it is shown only on asking.
    pub more: bool,
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
    /// Kind of the records.
    pub kind: Kind,
    /// Id.
    pub id: String,
    /// Name of the file.
    pub file_name: String,
    /// Why the last try failed, in words.
    pub failed: Option<String>,
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
    pub kinds: Vec<WordOption>,
    /// Day for firms without one.
    pub opened_on: String,
    /// Day since when covers without one hold.
    pub cover_on: String,
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

fn columns_of(texts: Texts, preview: &Preview) -> Vec<FieldColumn> {
    let mapping = &preview.mapping;
    let needed: &[&str] = match preview.kind {
        Kind::Entry => &["title", "on_date"],
        _ => &["name"],
    };
    let column = |(field, more): (&'static str, bool)| FieldColumn {
        field,
        label: label(texts, preview.kind, field),
        needed: needed.contains(&field),
        more,
        heads: preview
            .heads
            .iter()
            .map(|head| option(head, mapping.columns.get(field) == Some(head)))
            .collect(),
    };
    import_fields(preview.kind)
        .into_iter()
        .map(column)
        .collect()
}

/// What a field is called: as everywhere, but for those that only files have.
fn label(texts: Texts, kind: Kind, field: &str) -> String {
    let own = format!("import-field-{field}");
    if kind == Kind::Firm && texts.has(&own) {
        texts.s(&own)
    } else {
        words::label(texts, kind, field)
    }
}

/// The kinds a row without one can have.
fn kinds_of(texts: Texts, lang: Lang, preview: &Preview, words: &[Word]) -> Vec<WordOption> {
    let chosen = preview.mapping.otherwise.get("kind").map(String::as_str);
    let option = |value: &str, label: String| WordOption {
        value: value.to_owned(),
        label,
        chosen: chosen == Some(value),
    };
    if preview.kind == Kind::Entry {
        let offered = words.iter().filter(|word| !word.retired);
        let words = offered.map(|word| option(&word.code, word.label(lang == Lang::En).to_owned()));
        return std::iter::once(option("", texts.s("record-empty")))
            .chain(words)
            .collect();
    }
    let kinds = FirmKind::ALL.iter().map(|kind| kind.as_str());
    kinds
        .map(|kind| option(kind, texts.s(&format!("value-firm-kind-{kind}"))))
        .collect()
}

fn how_alike(like: Like) -> &'static str {
    match like {
        Like::Code => "import-like-code",
        Like::Name => "import-like-name",
        Like::Same => "import-like-same",
        Like::Near => "import-like-near",
    }
}

impl ImportMapPage {
    /// Whether a column of those shown on asking is chosen.
    #[must_use]
    pub fn more_open(&self) -> bool {
        let chosen = |field: &FieldColumn| field.heads.iter().any(|head| head.chosen);
        self.fields.iter().any(|field| field.more && chosen(field))
    }

    /// Whether it is about firms.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.kind == Kind::Firm
    }

    /// Id of the label of the kind.
    #[must_use]
    pub fn kind_label(&self) -> &'static str {
        if self.is_firm() {
            "field-firm-kind"
        } else {
            "field-entry-kind"
        }
    }

    /// Whether there are such columns.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.fields.iter().any(|field| field.more)
    }

    /// The page of a file, with the names of kept mappings, and why the last try failed where one did.
    ///
    /// # Errors
    /// When the mapping cannot be written, which no mapping can cause.
    pub fn of(
        c: Chrome,
        mut preview: Preview,
        choices: Otherwise,
        (kept, failed): (Vec<String>, Option<&str>),
    ) -> serde_json::Result<Self> {
        let texts = Texts(c.lang);
        let kinds = kinds_of(texts, c.lang, &preview, &choices.words);
        let fields = columns_of(texts, &preview);
        let (refused_all, alike_all) = (preview.refused.len(), preview.alike.len());
        let refused = std::mem::take(&mut preview.refused).into_iter().take(SHOWN);
        let refused = refused.map(|what| RefusedLine {
            reason: reason(texts, &what.code),
            what,
        });
        let alike = std::mem::take(&mut preview.alike).into_iter().take(SHOWN);
        let alike = alike.map(|what| AlikeLine {
            how: texts.s(how_alike(what.like)),
            may_add: what.like != Like::Code,
            what,
        });
        let mapping: Mapping = preview.mapping;
        let otherwise = |field: &str| mapping.otherwise.get(field).cloned().unwrap_or_default();
        Ok(Self {
            kind: preview.kind,
            failed: failed.map(|code| why_failed(texts, code)),
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
            cover_on: otherwise("cover_on"),
            kinds,
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
            units: choices.units,
            kept,
            c,
        })
    }
}

fn why_failed(texts: Texts, code: &str) -> String {
    let own = format!("import-failed-{code}");
    texts.s(if texts.has(&own) {
        &own
    } else {
        "import-failed-other"
    })
}

fn reason(texts: Texts, code: &str) -> String {
    let own = format!("import-code-{code}");
    if texts.has(&own) {
        texts.s(&own)
    } else {
        texts.s(&format!("rule-{code}"))
    }
}
