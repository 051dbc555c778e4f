//! Samples of the tabs of a unit.

use std::collections::BTreeMap;

use askama::Template as _;
use pingyi_app::record::{
    Centre, CentreKind, Date, Headcount, Held, MemberFigures, MemberLines, Members, Pairing,
    Quarter, Share, Shop, Spell, UnitId, UnitName,
};

use super::belongings::{BelongingsPage, Form, MembersView, Pick};
use super::tabs::{Around, Tabbed};
use super::units_samples::sample_names;
use super::within::Within;
use crate::lang::{Lang, Texts};
use crate::lists::Files;
use crate::pages::sample::{Sample, chrome_in};

fn sample<T: Tabbed>(
    called: &'static str,
    lang: Lang,
    around: &Around,
    kept: &[Held<T>],
    members: Option<&Members>,
    may_write: bool,
) -> Sample {
    let texts = Texts(lang);
    let Some(within) = Within::sample(lang, T::PATH) else {
        return Sample::new(called, Ok(String::new()));
    };
    let mut c = chrome_in(lang, "units-title", "/units/bbbbbbbbbbbbbbbb", &["office"]);
    c.title.clone_from(&within.name);
    let rows = kept.iter().enumerate();
    let page = BelongingsPage {
        within,
        title: T::TITLE,
        thing: T::THING,
        empty: T::EMPTY,
        said: T::said(kept, around).map(|id| texts.s(id)),
        columns: T::columns(around, texts),
        rows: rows
            .map(|(at, held)| T::row(held, kept.get(at + 1), around, texts))
            .collect(),
        new: Form {
            key: "new".to_owned(),
            fields: T::form(None, around, texts),
            ..Form::default()
        },
        may_write,
        members: members.map(|members| MembersView::of(texts, members, &sample_lines())),
        files: Files::sample(T::THING),
        c,
    };
    Sample::new(called, page.render())
}

fn held<T>(letter: &str, what: T) -> Held<T> {
    Held {
        id: letter.repeat(16),
        version: 2,
        what,
        sample: true,
        source: String::new(),
    }
}

fn counts(unit: &UnitId, days: [Date; 2]) -> Vec<Held<Headcount>> {
    let count = |letter, on_date, total, internet| {
        held(
            letter,
            Headcount {
                unit: unit.clone(),
                on_date,
                total,
                internet,
                parts: BTreeMap::from([("women".to_owned(), total / 3)]),
                note: String::new(),
            },
        )
    };
    let [later, earlier] = days;
    vec![
        count("h", later, 390, Some(202)),
        count("i", earlier, 270, None),
    ]
}

/// Two quarters of the unit, of which one was not counted.
fn sample_lines() -> MemberLines {
    let mut lines = MemberLines::default();
    lines.quarters.extend("2018-Q3".parse::<Quarter>());
    lines.quarters.extend("2018-Q4".parse::<Quarter>());
    if let Ok(id) = "b".repeat(16).parse() {
        lines.of.insert(id, vec![None, Some(390)]);
    }
    lines
}

fn members(names: &[UnitName], since: Date) -> Option<Members> {
    let figures = |at: usize, total: Option<i64>| {
        names.get(at).cloned().map(|unit| MemberFigures {
            unit,
            total,
            internet: total.map(|n| n / 2),
            growth: total.map(|n| {
                (
                    n / 3,
                    Share {
                        part: n / 3,
                        whole: n - n / 3,
                    },
                )
            }),
            share: total.map(|part| Share { part, whole: 1200 }),
        })
    };
    Some(Members {
        since,
        own: figures(1, Some(390))?,
        below: figures(2, None).into_iter().collect(),
    })
}

/// A joint centre of the first of two units.
fn centre([unit, other]: [&UnitId; 2], opened: Date, name: &str) -> Centre {
    Centre {
        unit: unit.clone(),
        kind: CentreKind::Joint,
        name: name.to_owned(),
        address: String::new(),
        opened_on: Some(opened),
        closed_on: None,
        terminals: 2,
        covers: vec![other.clone()],
        services: vec!["women".to_owned()],
        note: String::new(),
    }
}

/// A pairing of the second of two units with the first.
fn pairing([unit, other]: [&UnitId; 2], from_on: Date, purpose: &str) -> Pairing {
    Pairing {
        unit: other.clone(),
        partner: Some(unit.clone()),
        outside: String::new(),
        purpose: purpose.to_owned(),
        spell: Spell {
            from_on,
            until_on: None,
        },
    }
}

fn shop(unit: &UnitId, given_on: Date, name: &str) -> Shop {
    Shop {
        unit: unit.clone(),
        name: name.to_owned(),
        firm: None,
        place: String::new(),
        plaque: "001".to_owned(),
        given_on,
        pledge: String::new(),
        pledged_on: None,
        withdrawn_on: None,
        withdrawn_reason: String::new(),
    }
}

impl BelongingsPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let names = sample_names(lang);
        let day = |year, month, day| Date::new(year, month, day);
        let (Some(today), Some(earlier), Some(unit), Some(other)) = (
            day(2018, 12, 15),
            day(2017, 12, 31),
            names.get(1).map(|name| name.id.clone()),
            names.get(3).map(|name| name.id.clone()),
        ) else {
            return Vec::new();
        };
        let members = members(&names, earlier);
        let around = Around {
            unit: unit.clone(),
            today,
            words: vec![Pick {
                value: "women".to_owned(),
                label: if lang == Lang::Zh {
                    "女党员"
                } else {
                    "Women"
                }
                .to_owned(),
                chosen: false,
            }],
            names,
            firms: vec![],
            inspected: vec![("s".repeat(16), "2018-11-20".to_owned())],
        };
        let title = Texts(lang).s("centres-title");
        let pair = [&unit, &other];
        let centre = held("c", centre(pair, earlier, &title));
        let pairing = held("p", pairing(pair, earlier, &title));
        let shop = held("s", shop(&unit, earlier, &title));
        let counts = counts(&unit, [today, earlier]);
        vec![
            sample(
                "unit-headcounts",
                lang,
                &around,
                &counts,
                members.as_ref(),
                true,
            ),
            sample::<Headcount>("unit-headcounts-reader", lang, &around, &[], None, false),
            sample("unit-centres", lang, &around, &[centre], None, true),
            sample::<Centre>("unit-centres-reader", lang, &around, &[], None, false),
            sample("unit-pairings", lang, &around, &[pairing], None, true),
            sample::<Pairing>("unit-pairings-reader", lang, &around, &[], None, false),
            sample("unit-shops", lang, &around, &[shop], None, true),
            sample::<Shop>("unit-shops-reader", lang, &around, &[], None, false),
        ]
    }
}
