//! The tabs of a unit: its headcounts, service centres, pairings and shops. One page for all four.

use askama::Template;
use pingyi_app::record::{MemberFigures, MemberLines, Members};

use super::spark::Sparkline;
use super::units::members_line;
use super::within::Within;
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::lists::Files;

/// A tab of a unit's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tab {
    /// What follows the unit's address.
    pub path: &'static str,
    /// Id of its text.
    pub text: &'static str,
    /// Whether it is shown now.
    pub current: bool,
}

/// The tabs, with the one that ends in `current`.
#[must_use]
pub fn tabs(current: &str) -> Vec<Tab> {
    [
        ("", "unit-facts"),
        ("/firms", "firms-title"),
        ("/ledger", "ledger-title"),
        ("/matters", "matters-title"),
        ("/headcounts", "headcounts-title"),
        ("/centres", "centres-title"),
        ("/pairings", "pairings-title"),
        ("/shops", "shops-title"),
    ]
    .into_iter()
    .map(|(path, text)| Tab {
        path,
        text,
        current: path == current,
    })
    .collect()
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head, in words.
    pub label: String,
    /// Whether it holds numbers.
    pub number: bool,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// On the wire.
    pub value: String,
    /// In words.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A field of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Its name, `parts.x` for a number by code.
    pub name: String,
    /// Its label, in words.
    pub label: String,
    /// `text`, `number`, `date`, `area`, `select`, `checks`, or `firm`: one of the register, by its name.
    pub kind: &'static str,
    /// What is filled in.
    pub value: String,
    /// What can be chosen.
    pub options: Vec<Pick>,
    /// Whether it must be filled in.
    pub required: bool,
    /// Id of a hint.
    pub hint: Option<&'static str>,
}

impl Field {
    /// Its name as part of an id of the page.
    #[must_use]
    pub fn dom(&self) -> String {
        self.name.replace('.', "-")
    }

    /// What is shown of the value chosen.
    #[must_use]
    pub fn shown(&self) -> &str {
        let chosen = self.options.iter().find(|one| one.chosen);
        chosen.map_or("", |one| &one.label)
    }

    /// The name refusals have.
    #[must_use]
    pub fn error(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }
}

/// A form in its dialog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// `new` or the record's id.
    pub key: String,
    /// Version; 0 for a new one.
    pub version: i64,
    /// What the record is called.
    pub title: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// First cell.
    pub head: String,
    /// The other cells; empty ones show a dash.
    pub rest: Vec<String>,
    /// Id of a badge's text.
    pub badge: Option<&'static str>,
    /// Whether the badge says that all is in order.
    pub ok: bool,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// Its own page, where it has one.
    pub href: Option<String>,
    /// Whether it is this unit's, and so changed here.
    pub own: bool,
    /// Its form.
    pub form: Form,
}

impl Row {
    /// The other cells with their columns.
    pub fn cells<'a>(
        &'a self,
        columns: &'a [Column],
    ) -> impl Iterator<Item = (&'a Column, &'a String)> {
        columns.iter().skip(1).zip(&self.rest)
    }
}

/// Figures of one unit as they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Members.
    pub total: String,
    /// Of these in internet firms.
    pub internet: String,
    /// How many more than a year ago.
    pub more: String,
    /// The same as a share.
    pub rate: String,
    /// Share of the whole tree.
    pub share: String,
    /// Over the last quarters.
    pub line: Option<Sparkline>,
}

impl FiguresLine {
    fn of(figures: &MemberFigures) -> Self {
        let shown = |n: Option<i64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
        let (more, rate) = match figures.growth {
            None => ("—".to_owned(), "—".to_owned()),
            Some((more, rate)) => (format!("{more:+}"), rate.to_string()),
        };
        Self {
            id: figures.unit.id.to_string(),
            name: figures.unit.name.clone(),
            total: shown(figures.total),
            internet: shown(figures.internet),
            more: if more == "+0" { "0".to_owned() } else { more },
            rate,
            share: figures
                .share
                .map_or_else(|| "—".to_owned(), |share| share.to_string()),
            line: None,
        }
    }
}

/// The figures above the counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersView {
    /// The day growth is counted from.
    pub since: String,
    /// The unit itself.
    pub own: FiguresLine,
    /// Those below.
    pub below: Vec<FiguresLine>,
    /// What its share of the whole tree is made of.
    pub of: String,
    /// The last quarters: name, members (empty where nobody had counted); none where nobody ever has.
    pub quarters: Vec<(String, String)>,
}

impl MembersView {
    /// As they are shown.
    #[must_use]
    pub fn of(texts: Texts, members: &Members, lines: &MemberLines) -> Self {
        let whole = members.own.share;
        let line = |figures: &MemberFigures| {
            let values = lines.of.get(&figures.unit.id);
            FiguresLine {
                line: values.and_then(|values| members_line(texts, values)),
                ..FiguresLine::of(figures)
            }
        };
        let own = lines.of.get(&members.own.unit.id);
        let own = own.filter(|values| values.iter().any(Option::is_some));
        let number = |n: &Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let values = own.into_iter().flatten().map(number);
        Self {
            quarters: lines
                .quarters
                .iter()
                .map(ToString::to_string)
                .zip(values)
                .collect(),
            since: members.since.to_string(),
            own: FiguresLine::of(&members.own),
            below: members.below.iter().map(line).collect(),
            of: whole
                .map(|share| format!("{} ÷ {}", share.part, share.whole))
                .unwrap_or_default(),
        }
    }
}

/// A tab.
#[derive(Debug, Clone, Template)]
#[template(path = "record/belongings.html")]
pub struct BelongingsPage {
    /// Frame.
    pub c: Chrome,
    /// The unit.
    pub within: Within,
    /// Id of the title.
    pub title: &'static str,
    /// `headcounts`, `centres`, `pairings`, `shops`.
    pub thing: &'static str,
    /// Id of what an empty table says.
    pub empty: &'static str,
    /// A sentence above the table.
    pub said: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// The form of a new one.
    pub new: Form,
    /// Whether who looks may write.
    pub may_write: bool,
    /// Figures, on the tab of headcounts.
    pub members: Option<MembersView>,
    /// The table as files.
    pub files: Files,
}

impl BelongingsPage {
    /// The forms that are sent from here.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        let own = self.rows.iter().filter(|row| row.own).map(|row| &row.form);
        own.chain(std::iter::once(&self.new))
    }
}
