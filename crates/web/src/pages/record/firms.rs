//! A firm's page.

use askama::Template;
use pingyi_app::record::{
    CoverKind, Coverage, Date, FirmView, Kept, Standing, Strike, UnitName, Word, WordList,
};

use super::{PastLine, UnitChoice, past};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};

/// One of several words of the vocabulary, or of several records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A spell of a firm in its table, with its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpellLine {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// What, in words.
    pub what: String,
    /// By whom or which, in words.
    pub who: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended; empty while it goes on.
    pub until_on: String,
    /// Note.
    pub note: String,
    /// Whether it holds today.
    pub now: bool,
    /// Reasons or kinds, with its own chosen.
    pub kinds: Vec<WordOption>,
    /// Id of the organisation.
    pub unit: String,
    /// Id of the instructor's term.
    pub post: String,
}

/// A firm.
#[derive(Debug, Clone, Template)]
#[template(path = "record/firm.html")]
pub struct FirmPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Texts and values of its facts.
    pub facts: Vec<(&'static str, String)>,
    /// Ids of the words for what holds today.
    pub badges: Vec<&'static str>,
    /// Whether an organisation of its own is due.
    pub due: bool,
    /// Note.
    pub note: String,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// Strikes; the last line is the form of a new one.
    pub strikes: Vec<SpellLine>,
    /// Covers; the last line is the form of a new one.
    pub covers: Vec<SpellLine>,
    /// Units for choices.
    pub units: Vec<UnitChoice>,
    /// Instructors for choices.
    pub posts: Vec<WordOption>,
    /// Today.
    pub today: String,
    /// Whether who looks may change it.
    pub may_write: bool,
    /// History, the newest first.
    pub past: Vec<PastLine>,
}

fn label(words: &[Word], list: WordList, code: &str, lang: Lang) -> String {
    let found = words
        .iter()
        .find(|word| word.list == list && word.code == code);
    found.map_or_else(
        || code.to_owned(),
        |word| word.label(lang == Lang::En).to_owned(),
    )
}

fn dash(text: String) -> String {
    if text.is_empty() {
        "—".to_owned()
    } else {
        text
    }
}

fn day_text(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl FirmPage {
    /// The page of a firm; names of units, words, and the instructors of today.
    #[must_use]
    pub fn of(
        c: Chrome,
        view: FirmView,
        today: Date,
        (names, words, instructors): (&[UnitName], &[Word], &[(String, String)]),
    ) -> Self {
        let lang = c.lang;
        let texts = Texts(lang);
        let spells: Vec<(CoverKind, _)> = view
            .covers
            .iter()
            .map(|kept| (kept.record.kind, kept.record.spell))
            .collect();
        let struck = view.strikes.iter().map(|kept| kept.record.spell);
        let now = Standing::on(today, view.firm.opened_on, struck, &spells);
        let by_id: Vec<(String, String)> = names
            .iter()
            .map(|name| (name.id.to_string(), name.name.clone()))
            .chain(view.instructors.iter().cloned())
            .chain(instructors.iter().cloned())
            .chain(
                words
                    .iter()
                    .map(|w| (w.code.clone(), w.label(lang == Lang::En).to_owned())),
            )
            .collect();
        let called = |id: &str| {
            let found = by_id.iter().find(|(one, _)| one == id);
            found.map_or_else(String::new, |(_, name)| name.clone())
        };
        let members = view.firm.members.unwrap_or(0);
        Self {
            facts: facts(texts, &view, words, called(view.firm.unit.as_str())),
            badges: standing_badges(now),
            due: now.operating() && !now.own && members >= 3,
            strikes: strike_lines(&view, words, today, lang),
            covers: cover_lines(&view, &called, today, texts),
            units: names.iter().cloned().map(UnitChoice::of).collect(),
            posts: post_options(&view.instructors, instructors),
            past: past(texts, view.history, &by_id),
            id: view.id.into(),
            name: view.firm.name,
            note: view.firm.note,
            sample: view.sample,
            source: view.source,
            today: today.to_string(),
            may_write: view.may_write,
            c,
        }
    }
}

fn post_options(held: &[(String, String)], running: &[(String, String)]) -> Vec<WordOption> {
    let mut all: Vec<WordOption> = Vec::new();
    for (id, holder) in running.iter().chain(held) {
        if !all.iter().any(|one| one.value == *id) {
            all.push(WordOption {
                value: id.clone(),
                label: holder.clone(),
                chosen: false,
            });
        }
    }
    all
}

fn standing_badges(now: Standing) -> Vec<&'static str> {
    let facts = [
        (now.struck, "firm-is-struck"),
        (now.own, "firm-is-own"),
        (now.joint, "firm-is-joint"),
        (now.work, "firm-is-work"),
    ];
    let mut found: Vec<_> = facts.iter().filter(|f| f.0).map(|f| f.1).collect();
    if found.is_empty() {
        found.push("firm-is-none");
    }
    found
}

fn facts(
    texts: Texts,
    view: &FirmView,
    words: &[Word],
    unit: String,
) -> Vec<(&'static str, String)> {
    let firm = &view.firm;
    let number = |n: Option<i64>| dash(n.map(|n| n.to_string()).unwrap_or_default());
    let mut facts = vec![
        ("field-unit", unit),
        ("field-credit_code", dash(firm.credit_code.clone())),
        (
            "field-firm-kind",
            texts.s(&format!("value-firm-kind-{}", firm.kind)),
        ),
        (
            "field-sector",
            dash(label(words, WordList::Sector, &firm.sector, texts.0)),
        ),
        ("field-employees", number(firm.employees)),
        ("field-members", number(firm.members)),
        ("field-address", dash(firm.address.clone())),
        ("field-opened_on", firm.opened_on.to_string()),
    ];
    if !firm.uncovered.is_empty() {
        let reason = label(words, WordList::UncoveredReason, &firm.uncovered, texts.0);
        facts.push(("field-uncovered", reason));
    }
    facts
}

fn reasons(words: &[Word], chosen: &str, lang: Lang) -> Vec<WordOption> {
    words
        .iter()
        .filter(|word| {
            word.list == WordList::StrikeReason && (!word.retired || word.code == chosen)
        })
        .map(|word| WordOption {
            value: word.code.clone(),
            label: word.label(lang == Lang::En).to_owned(),
            chosen: word.code == chosen,
        })
        .collect()
}

fn strike_lines(view: &FirmView, words: &[Word], today: Date, lang: Lang) -> Vec<SpellLine> {
    let line = |kept: &Kept<Strike>| SpellLine {
        id: kept.id.clone(),
        version: kept.version,
        what: label(words, WordList::StrikeReason, &kept.record.reason, lang),
        who: String::new(),
        from_on: kept.record.spell.from_on.to_string(),
        until_on: day_text(kept.record.spell.until_on),
        note: kept.record.note.clone(),
        now: kept.record.spell.holds(today),
        kinds: reasons(words, &kept.record.reason, lang),
        unit: String::new(),
        post: String::new(),
    };
    let fresh = SpellLine::fresh(reasons(words, "", lang), today, String::new());
    view.strikes.iter().map(line).chain([fresh]).collect()
}

fn cover_kinds(texts: Texts, chosen: &str) -> Vec<WordOption> {
    let option = |kind: &CoverKind| WordOption {
        value: kind.to_string(),
        label: texts.s(&format!("value-coverage-kind-{kind}")),
        chosen: kind.as_str() == chosen,
    };
    CoverKind::ALL.iter().map(option).collect()
}

fn cover_lines(
    view: &FirmView,
    named: &impl Fn(&str) -> String,
    today: Date,
    texts: Texts,
) -> Vec<SpellLine> {
    let line = |kept: &Kept<Coverage>| {
        let text = |id: Option<String>| id.unwrap_or_default();
        let cover = &kept.record;
        let unit = text(cover.unit.as_ref().map(ToString::to_string));
        let post = text(cover.post.as_ref().map(ToString::to_string));
        SpellLine {
            id: kept.id.clone(),
            version: kept.version,
            what: texts.s(&format!("value-coverage-kind-{}", cover.kind)),
            who: named(if unit.is_empty() { &post } else { &unit }),
            from_on: cover.spell.from_on.to_string(),
            until_on: day_text(cover.spell.until_on),
            note: cover.note.clone(),
            now: cover.spell.holds(today),
            kinds: cover_kinds(texts, cover.kind.as_str()),
            unit,
            post,
        }
    };
    let fresh = SpellLine::fresh(cover_kinds(texts, "own"), today, view.firm.unit.to_string());
    view.covers.iter().map(line).chain([fresh]).collect()
}

impl SpellLine {
    /// The form of a new one.
    fn fresh(kinds: Vec<WordOption>, today: Date, unit: String) -> Self {
        Self {
            id: String::new(),
            version: 0,
            what: String::new(),
            who: String::new(),
            from_on: today.to_string(),
            until_on: String::new(),
            note: String::new(),
            now: false,
            kinds,
            unit,
            post: String::new(),
        }
    }

    /// Ids of its fields begin with this.
    #[must_use]
    pub fn key(&self) -> &str {
        if self.id.is_empty() { "new" } else { &self.id }
    }
}
