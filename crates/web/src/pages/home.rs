//! Home (what needs me now) and the list of appraisals.

use askama::Template;
use pingyi_app::record::Trend;

use super::followup::digest::ProgressTable;
use super::record::heat::HeatTable;
use super::record::spark::Sparkline;
use super::record::units::members_line;
use super::sample::{Sample, chrome_in};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::state::State;

/// An appraisal in a list.
#[derive(Debug, Clone)]
pub struct Card {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Year as written.
    pub year: String,
    /// State.
    pub state: State,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// What comes next, in words.
    pub next: String,
    /// Label of the way there.
    pub go: String,
    /// Where it leads; nothing when the user may not go there yet.
    pub href: String,
}

impl Card {
    /// Tone of the badge.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        self.state.tone()
    }

    /// Id of the state's name.
    #[must_use]
    pub const fn state_text(&self) -> &'static str {
        self.state.text()
    }

    /// How pressing it is: a running meeting comes before what is being prepared or done.
    #[must_use]
    pub const fn urgency(&self) -> u8 {
        match self.state {
            State::Open | State::Paused => 6,
            State::Closed => 5,
            State::Counted => 4,
            State::Sealed => 3,
            State::Keyed => 2,
            State::Draft => 1,
            State::Released | State::Archived | State::Voided => 0,
        }
    }

    /// Whether something is still to be done.
    #[must_use]
    pub const fn in_motion(&self) -> bool {
        !matches!(self.state, State::Archived | State::Voided)
    }
}

/// Home.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// Frame.
    pub c: Chrome,
    /// Appraisals in motion, the most pressing first.
    pub cards: Vec<Card>,
    /// How many appraisals there are in all.
    pub done: usize,
    /// Whether the user may make one.
    pub may_create: bool,
    /// What the record says, for who sees something of it.
    pub record: Option<HomeRecord>,
}

/// The year's record on Home.
#[derive(Debug, Clone, Default)]
pub struct HomeRecord {
    /// Units × indicators of this year.
    pub heat: HeatTable,
    /// Matters past their day.
    pub over: u64,
    /// Matters due within two weeks.
    pub soon: u64,
    /// Entries that wait to be confirmed, for the office.
    pub waiting: u64,
    /// Entries that were given back, for who writes them.
    pub returned: u64,
    /// Opinions that wait for a leader to say whether they are struck: id of the appraisal, how many.
    pub strikes: Vec<(String, i64)>,
    /// What is put right of what was found wanting, by unit.
    pub rectification: ProgressTable,
    /// This month, for the digest: `YYYY-MM`.
    pub month: String,
    /// Members over the last quarters.
    pub members: Option<Sparkline>,
    /// First and last of them.
    pub members_said: String,
    /// Entries of the last quarters.
    pub entries: Option<Sparkline>,
    /// First and last of them.
    pub entries_said: String,
}

impl HomeRecord {
    /// With the lines of a trend; entries of nothing but noughts are no line.
    #[must_use]
    pub fn with_trend(mut self, texts: Texts, trend: &Trend) -> Self {
        let entries: Vec<Option<i64>> = trend.entries.iter().copied().map(Some).collect();
        self.members = members_line(texts, &trend.members);
        self.members_said = Sparkline::said(&trend.members, |n| n.to_string());
        if trend.entries.iter().any(|n| *n > 0) {
            self.entries_said = Sparkline::said(&entries, |n| n.to_string());
            let said = self.entries_said.clone();
            let words = [("n", entries.len().into()), ("said", said.into())];
            self.entries = Sparkline::of(&entries, texts.with("spark-entries", words));
        }
        self
    }

    /// Whether nothing waits for who looks.
    #[must_use]
    pub const fn nothing(&self) -> bool {
        self.over == 0
            && self.soon == 0
            && self.waiting == 0
            && self.returned == 0
            && self.strikes.is_empty()
    }
}

impl HomePage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let trend = Trend {
            members: vec![Some(270), None, Some(390)],
            entries: vec![120, 180, 240],
            ..Trend::default()
        };
        let page = |cards: Vec<Card>, done: u8| {
            let c = chrome_in(lang, "home-title", "/", &["office"]);
            Self {
                c,
                cards,
                done: usize::from(done),
                may_create: true,
                record: Some(
                    HomeRecord {
                        heat: HeatTable::example(lang),
                        over: u64::from(done),
                        soon: u64::from(done),
                        waiting: u64::from(done) * 4,
                        returned: u64::from(done),
                        strikes: (0..i64::from(done))
                            .take(1)
                            .map(|_| ("a1".to_owned(), 2))
                            .collect(),
                        rectification: if done > 0 {
                            ProgressTable::example(lang)
                        } else {
                            ProgressTable::default()
                        },
                        month: "2018-12".to_owned(),
                        ..HomeRecord::default()
                    }
                    .with_trend(Texts(lang), &trend),
                ),
            }
            .render()
        };
        let moving = cards(lang).into_iter().filter(Card::in_motion).collect();
        vec![
            Sample::new("home", page(moving, 3)),
            Sample::new("home-empty", page(vec![], 0)),
        ]
    }
}

/// The list of appraisals.
#[derive(Debug, Clone, Template)]
#[template(path = "appraisals.html")]
pub struct AppraisalsPage {
    /// Frame.
    pub c: Chrome,
    /// All of them, newest first.
    pub rows: Vec<Card>,
    /// Whether the user may make one.
    pub may_create: bool,
}

impl AppraisalsPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |rows| {
            let c = chrome_in(lang, "appraisals-title", "/appraisals", &["office"]);
            Self {
                c,
                rows,
                may_create: true,
            }
            .render()
        };
        vec![
            Sample::new("appraisals", page(cards(lang))),
            Sample::new("appraisals-empty", page(vec![])),
        ]
    }
}

fn cards(lang: Lang) -> Vec<Card> {
    let c = chrome_in(lang, "home-title", "/", &[]);
    let card = |id: &str,
                title: [&str; 2],
                year: &str,
                state,
                rehearsal,
                next: String,
                go: &str,
                anchor: &str| Card {
        id: id.to_owned(),
        title: title[usize::from(lang == Lang::En)].to_owned(),
        year: year.to_owned(),
        state,
        rehearsal,
        next,
        go: c.s(go),
        href: format!("/appraisals/{id}{anchor}"),
    };
    let this_year = [
        "2018年园区党委书记述职评议",
        "Duty reports of the park committees' secretaries 2018",
    ];
    let last_year = [
        "2017年园区党委书记述职评议",
        "Duty reports of the park committees' secretaries 2017",
    ];
    vec![
        card(
            "a1",
            this_year,
            "2018",
            State::Draft,
            false,
            c.n("next-short-problems", 3),
            "go-draft",
            "#setup",
        ),
        card(
            "a2",
            this_year,
            "2018",
            State::Keyed,
            true,
            c.s("next-short-slips"),
            "go-keyed",
            "#slips",
        ),
        card(
            "a3",
            last_year,
            "2017",
            State::Archived,
            false,
            c.s("next-short-archived"),
            "go-other",
            "",
        ),
    ]
}
