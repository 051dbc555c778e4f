//! Samples of the year page.

use askama::Template as _;
use pingyi_app::record::{MattersRow, Share};

use super::map_samples::COVER;
use super::units::UnitLine;
use super::units_samples::sample_names;
use super::year::{YearIndicator, YearKind, YearMeetings, YearPage, YearPost, YearRate, YearTopic};
use crate::lang::{Lang, Texts};
use crate::pages::sample::{Sample, chrome_in};

fn year_kinds(lang: Lang) -> Vec<YearKind> {
    let rows = [
        ("学习教育", "Class", [12, 9, 14, 8], 3),
        ("志愿服务", "Volunteering", [4, 6, 5, 7], 0),
    ];
    let rows = rows
        .into_iter()
        .map(|(zh, en, quarters, unconfirmed)| YearKind {
            label: if lang == Lang::Zh { zh } else { en }.to_owned(),
            href: "/ledger?kind=class".to_owned(),
            quarters,
            entries: quarters.iter().sum(),
            unconfirmed,
            people: 1_240,
        });
    rows.collect()
}

fn year_rates() -> Vec<YearRate> {
    let share = |part| Share { part, whole: 43 };
    let rate = |text, now, before| YearRate {
        text,
        now: share(now),
        before: share(before),
        href: "/firms?view=covered".to_owned(),
        more: Some(-23),
    };
    vec![
        rate("coverage-organisation", 25, 20),
        rate("coverage-own", 8, 8),
        rate("coverage-work", 31, 30),
    ]
}

fn year_meetings() -> YearMeetings {
    YearMeetings {
        name: "华南城".to_owned(),
        quarters: vec![
            ("meetings-held", "ok", "/ledger/x".to_owned()),
            ("meetings-missing", "bad", String::new()),
            ("meetings-open", "warn", String::new()),
            ("meetings-ahead", "", String::new()),
        ],
    }
}

fn year_sum(texts: Texts) -> YearKind {
    YearKind {
        label: texts.s("year-sum"),
        href: "/ledger".to_owned(),
        quarters: [16, 15, 19, 15],
        entries: 65,
        unconfirmed: 3,
        people: 2_480,
    }
}

fn year_indicator(texts: Texts) -> YearIndicator {
    YearIndicator {
        name: texts.s("coverage-organisation"),
        href: "/indicators/x".to_owned(),
        figure: "58.1%".to_owned(),
        made_of: "25/43".to_owned(),
        target: "60%".to_owned(),
        reached: "96.9%".to_owned(),
        tone: "warn",
    }
}

fn sample_year(lang: Lang, full: bool) -> YearPage {
    let texts = Texts(lang);
    let names = sample_names(lang);
    let park = names.get(1).map(|unit| unit.name.clone());
    let above = names.first().cloned();
    let path = "/units/bbbbbbbbbbbbbbbb/year/2018";
    YearPage {
        c: chrome_in(lang, "units-title", path, &["office", "charts"]),
        id: "b".repeat(16),
        name: park.unwrap_or_default(),
        above: above
            .map(|name| UnitLine::of_name(name, 0))
            .into_iter()
            .collect(),
        year: 2018,
        until: "2018-12-31".to_owned(),
        running: !full,
        founded: (
            "2016-12-31".to_owned(),
            "value-unit-founding_mode-radiate".to_owned(),
        ),
        posts: vec![YearPost {
            kind: "value-post-kind-first_secretary".to_owned(),
            holder: texts.s("value-post-kind-first_secretary"),
            term: "2016-12-31 – 2018-06-30".to_owned(),
        }],
        instructors: if full { 33 } else { 0 },
        members: ["390", "270", "+120", "44.4%"].map(str::to_owned),
        cover: COVER,
        rates: year_rates(),
        struck: "/firms?view=struck".to_owned(),
        operating: "/firms?view=operating".to_owned(),
        centres: vec![("党群服务中心".to_owned(), "纠纷调解".to_owned())],
        sum: year_sum(texts),
        kinds: if full { year_kinds(lang) } else { vec![] },
        topics: vec![YearTopic {
            label: "新时代大讲堂".to_owned(),
            href: "/ledger?topic=hall".to_owned(),
            classes: 20,
            people: 900,
        }],
        reach: Share {
            part: 19,
            whole: 43,
        },
        meetings: vec![year_meetings()],
        matters: MattersRow {
            raised: 30,
            closed: 22,
            open: 8,
            overdue: 2,
        },
        indicators: vec![year_indicator(texts)],
        sample: true,
    }
}

impl YearPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let bare = YearPage {
            posts: vec![],
            centres: vec![],
            topics: vec![],
            meetings: vec![],
            indicators: vec![],
            ..sample_year(lang, false)
        };
        vec![
            Sample::new("year", sample_year(lang, true).render()),
            Sample::new("year-bare", bare.render()),
        ]
    }
}
