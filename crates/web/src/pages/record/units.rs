//! The tree of units, a unit's page and its form.

use askama::Template;
use pingyi_app::HistoryLine;
use pingyi_app::record::{
    Date, FoundingView, MemberLines, PostKind, PostView, Spell, Unit, UnitKind, UnitName, UnitRow,
    UnitView,
};

use super::belongings::{Tab, tabs};
use super::founding::FoundingLine;
use super::spark::Sparkline;
use super::{Choice, PastLine, UnitChoice, past};
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::lists::{Files, Head, Query};

/// A unit in the tree or the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Kind on the wire.
    pub kind: String,
    /// How far it is moved in, 0 to 4.
    pub depth: usize,
    /// Whether it is dissolved.
    pub closed: bool,
    /// Members today; empty where the page does not show them.
    pub members: String,
    /// Members over the last quarters.
    pub line: Option<Sparkline>,
}

/// Where one goes from the units; the founding check is the office's.
#[must_use]
pub fn unit_links(is_office: bool) -> Vec<(&'static str, &'static str)> {
    let mut links = vec![
        ("/firms", "firms-title"),
        ("/coverage", "coverage-title"),
        ("/instructors", "instructors-title"),
        ("/indicators", "indicators-title"),
        ("/map", "map-title"),
    ];
    if is_office {
        links.push(("/founding", "founding-title"));
    }
    links
}

/// Members as a line, said in words.
#[must_use]
pub fn members_line(texts: Texts, values: &[Option<i64>]) -> Option<Sparkline> {
    let said = Sparkline::said(values, |n| n.to_string());
    let words = [("n", values.len().into()), ("said", said.into())];
    Sparkline::of(values, texts.with("spark-members", words))
}

impl UnitLine {
    /// With its members.
    #[must_use]
    pub fn with_members(mut self, texts: Texts, lines: &MemberLines) -> Self {
        let found = lines.of.iter().find(|(id, _)| id.as_str() == self.id);
        let values = found
            .map(|(_, values)| values.as_slice())
            .unwrap_or_default();
        let now = values.last().copied().flatten();
        self.members = now.map_or_else(|| "—".to_owned(), |n| n.to_string());
        self.line = members_line(texts, values);
        self
    }

    /// From the tree, whose topmost unit shown stands `top` deep.
    #[must_use]
    pub fn of_name(name: UnitName, top: usize) -> Self {
        Self {
            depth: (name.path.depth() - top).min(4),
            kind: name.kind.to_string(),
            closed: name.closed,
            members: String::new(),
            line: None,
            id: name.id.into(),
            name: name.name,
        }
    }

    /// From the list.
    #[must_use]
    pub fn of_row(row: UnitRow) -> Option<Self> {
        let kind: UnitKind = row.kind.parse().ok()?;
        Some(Self {
            depth: 0,
            kind: kind.to_string(),
            closed: row.closed_on.is_some(),
            members: String::new(),
            line: None,
            id: row.id,
            name: row.name,
        })
    }

    /// Id of the kind's name.
    #[must_use]
    pub fn kind_text(&self) -> String {
        format!("value-unit-kind-{}", self.kind)
    }
}

/// All units: the tree, or what was searched for.
#[derive(Debug, Clone, Template)]
#[template(path = "record/units.html")]
pub struct UnitsPage {
    /// Frame.
    pub c: Chrome,
    /// What is shown.
    pub rows: Vec<UnitLine>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page is.
    pub next: Option<String>,
    /// The head of the name's column.
    pub name: Head,
    /// Kinds to filter by.
    pub kinds: Vec<Choice>,
    /// What is searched for.
    pub text: String,
    /// Whether dissolved ones are shown.
    pub closed: bool,
    /// Whether it is a list, not the tree.
    pub narrowed: bool,
    /// Whether who looks may make one.
    pub may_add: bool,
    /// Files: id of what they hold, and where they are.
    pub sheets: Vec<(&'static str, Files)>,
    /// Where else one goes from here: address, and id of its name.
    pub links: Vec<(&'static str, &'static str)>,
}

/// A term in the table of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermLine {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Post on the wire.
    pub kind: String,
    /// Who.
    pub holder: String,
    /// By whom they were sent.
    pub sent_by: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended.
    pub until_on: String,
    /// Calls a month.
    pub calls: i64,
    /// Visits a month.
    pub visits: i64,
    /// Note.
    pub note: String,
    /// Whether it is running today.
    pub now: bool,
    /// Whether it was made up.
    pub sample: bool,
    /// The posts, with this one chosen.
    pub kinds: Vec<Choice>,
    /// Where the term begins and how long it is, in thousandths of the time since the first term.
    pub bar: (i64, i64),
}

/// Where a term lies in the time between two days, in thousandths: from where, how long, at least a thousandth.
fn bar(term: Spell, first: Date, last: Date) -> (i64, i64) {
    let whole = (last.days() - first.days()).max(1);
    let at = |day: Date| ((day.days() - first.days()) * 1000 / whole).clamp(0, 1000);
    let from = at(term.from_on).min(999);
    let until = term.until_on.map_or(1000, at);
    (from, (until - from).max(1))
}

pub(super) fn post_kinds(chosen: &str) -> Vec<Choice> {
    let choice = |kind: &PostKind| Choice::new("value-post-kind", kind.as_str(), chosen);
    PostKind::ALL.iter().map(choice).collect()
}

impl TermLine {
    fn of(view: PostView, today: Date, first: Date) -> Self {
        let (post, term) = (view.post, |day: Date| day.to_string());
        Self {
            bar: bar(post.term, first, today),
            now: post.term.holds(today),
            kinds: post_kinds(post.kind.as_str()),
            id: view.id.into(),
            version: view.version,
            kind: post.kind.to_string(),
            holder: post.holder,
            sent_by: post.sent_by,
            from_on: term(post.term.from_on),
            until_on: post.term.until_on.map(term).unwrap_or_default(),
            calls: post.calls,
            visits: post.visits,
            note: post.note,
            sample: view.sample,
        }
    }

    /// Id of the post's name.
    #[must_use]
    pub fn kind_text(&self) -> String {
        format!("value-post-kind-{}", self.kind)
    }

    /// Whether it is an instructor's.
    #[must_use]
    pub fn instructs(&self) -> bool {
        self.kind == PostKind::Instructor.as_str()
    }
}

/// A unit's page.
#[derive(Debug, Clone, Template)]
#[template(path = "record/unit.html")]
pub struct UnitPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Tabs.
    pub tabs: Vec<Tab>,
    /// The units above.
    pub above: Vec<UnitLine>,
    /// The units directly below.
    pub below: Vec<UnitLine>,
    /// Names of facts and what they are, without empty ones: id of the text, value.
    pub facts: Vec<(&'static str, String)>,
    /// Note.
    pub note: String,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// Whether it is of a kind that is founded by the three conditions.
    pub founds: bool,
    /// Founding checks kept with it.
    pub foundings: Vec<FoundingLine>,
    /// The year its year page begins with.
    pub year: i32,
    /// Terms.
    pub posts: Vec<TermLine>,
    /// The day the first term began.
    pub since: String,
    /// Posts for a new term.
    pub kinds: Vec<Choice>,
    /// What was done to it.
    pub past: Vec<PastLine>,
    /// Whether who looks may write.
    pub may_write: bool,
    /// The terms as files.
    pub files: Files,
}

/// What is known of a unit, without what is empty.
fn facts(texts: Texts, unit: &Unit) -> Vec<(&'static str, String)> {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mode = unit
        .founding_mode
        .map(|mode| texts.s(&format!("value-unit-founding_mode-{mode}")));
    let mut facts = vec![
        (
            "field-unit-kind",
            texts.s(&format!("value-unit-kind-{}", unit.kind)),
        ),
        ("field-short_name", unit.short_name.clone()),
        ("field-founded_on", day(unit.founded_on)),
        ("field-founding_mode", mode.unwrap_or_default()),
        ("field-closed_on", day(unit.closed_on)),
        ("field-address", unit.address.clone()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

impl UnitPage {
    /// The page of a unit.
    #[must_use]
    pub fn of(
        c: Chrome,
        mut view: UnitView,
        lines: Vec<HistoryLine>,
        foundings: &[FoundingView],
        today: Date,
    ) -> Self {
        let texts = Texts(c.lang);
        let unit = &view.unit;
        let facts = facts(texts, unit);
        let names: Vec<(String, String)> = view
            .above
            .iter()
            .map(|name| (name.id.to_string(), name.name.clone()))
            .collect();
        let begins = view.posts.iter().map(|view| view.post.term.from_on);
        let first = begins.min().unwrap_or(today).min(today);
        // Who held what when: post by post, each with the latest term first.
        view.posts.sort_by_key(|view| view.post.kind);
        let terms = view.posts.into_iter();
        Self {
            past: past(texts, lines, &names),
            founds: unit.kind == UnitKind::Park || !foundings.is_empty(),
            foundings: foundings
                .iter()
                .map(|check| FoundingLine::of(check, String::new()))
                .collect(),
            year: today.year(),
            posts: terms.map(|post| TermLine::of(post, today, first)).collect(),
            since: first.to_string(),
            kinds: post_kinds(""),
            files: Query::default()
                .within("unit", view.id.as_str())
                .files("posts"),
            tabs: tabs(""),
            above: view
                .above
                .into_iter()
                .map(|name| UnitLine::of_name(name, 0))
                .collect(),
            below: view
                .below
                .into_iter()
                .map(|name| UnitLine::of_name(name, 0))
                .collect(),
            id: view.id.into(),
            version: view.version,
            name: view.unit.name,
            note: view.unit.note,
            sample: view.sample,
            source: view.source,
            may_write: view.may_write,
            facts,
            c,
        }
    }
}

/// The form of a unit, filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitForm {
    /// Id; empty for a new one.
    pub id: String,
    /// The version it is filled from.
    pub version: i64,
    /// Id of the parent.
    pub parent: String,
    /// Kind on the wire.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Place among its siblings.
    pub ordinal: i64,
    /// Day.
    pub founded_on: String,
    /// Mode on the wire.
    pub founding_mode: String,
    /// Day.
    pub closed_on: String,
    /// Address.
    pub address: String,
    /// Note.
    pub note: String,
}

impl UnitForm {
    /// As it is stored.
    #[must_use]
    pub fn of(view: &UnitView) -> Self {
        let unit = &view.unit;
        let text = |value: Option<String>| value.unwrap_or_default();
        Self {
            id: view.id.to_string(),
            version: view.version,
            parent: text(unit.parent.as_ref().map(ToString::to_string)),
            kind: unit.kind.to_string(),
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            ordinal: unit.ordinal,
            founded_on: text(unit.founded_on.map(|day| day.to_string())),
            founding_mode: text(unit.founding_mode.map(|mode| mode.to_string())),
            closed_on: text(unit.closed_on.map(|day| day.to_string())),
            address: unit.address.clone(),
            note: unit.note.clone(),
        }
    }

    /// An empty one for a unit below `parent`.
    #[must_use]
    pub fn below(parent: String) -> Self {
        Self {
            kind: if parent.is_empty() {
                UnitKind::WorkingCommittee
            } else {
                UnitKind::Branch
            }
            .to_string(),
            parent,
            ..Self::default()
        }
    }
}

/// The page of the form.
#[derive(Debug, Clone, Template)]
#[template(path = "record/unit_form.html")]
pub struct UnitFormPage {
    /// Frame.
    pub c: Chrome,
    /// What is filled in.
    pub form: UnitForm,
    /// Units it may stand under.
    pub parents: Vec<UnitChoice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Modes of founding.
    pub modes: Vec<Choice>,
}
