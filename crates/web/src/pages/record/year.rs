//! A year of a unit on one page of paper: every figure with the list behind it.

use askama::Template;
use pingyi_app::record::{
    Centre, Cover, Date, FoundingMode, Held, KindYear, MattersRow, MeetingCell, MeetingRow,
    PostKind, PostView, Share, TopicRow, Unit, UnitName, YearReport,
};

use super::heat::{amount_text, figure_text};
use super::units::UnitLine;
use crate::chrome::Chrome;
use crate::lang::Texts;

/// Names of the vocabulary: code and label.
pub type Names = [(String, String)];

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearPost {
    /// Id of the post's name.
    pub kind: String,
    /// Who.
    pub holder: String,
    /// From when until when, in words.
    pub term: String,
}

/// A rate at the end of the year and a year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearRate {
    /// Id of its name.
    pub text: &'static str,
    /// The rate.
    pub now: Share,
    /// A year before.
    pub before: Share,
    /// The list of its numerator.
    pub href: String,
    /// Tenths of a percentage point between the two; none without both.
    pub more: Option<i64>,
}

impl YearRate {
    fn of(text: &'static str, (now, before): (Share, Share), href: String) -> Self {
        let more = now
            .tenths_of_percent()
            .zip(before.tenths_of_percent())
            .map(|(now, before)| now - before);
        Self {
            text,
            now,
            before,
            href,
            more,
        }
    }

    /// The difference with its sign, in percentage points.
    #[must_use]
    pub fn difference(&self) -> String {
        self.more.map_or_else(
            || "—".to_owned(),
            |more| {
                let sign = match more {
                    1.. => "+",
                    0 => "",
                    _ => "−",
                };
                format!("{sign}{}.{}", more.abs() / 10, more.abs() % 10)
            },
        )
    }
}

/// The entries of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearKind {
    /// Name of the kind.
    pub label: String,
    /// Where the entries are.
    pub href: String,
    /// By quarter.
    pub quarters: [i64; 4],
    /// In all.
    pub entries: i64,
    /// Not confirmed.
    pub unconfirmed: i64,
    /// People.
    pub people: i64,
}

/// A topic of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTopic {
    /// Name.
    pub label: String,
    /// Where the entries are.
    pub href: String,
    /// Classes.
    pub classes: i64,
    /// People.
    pub people: i64,
}

/// The joint meetings of a park.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearMeetings {
    /// Name.
    pub name: String,
    /// For each quarter: id of its word, tone, address of the entry.
    pub quarters: Vec<(&'static str, &'static str, String)>,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearIndicator {
    /// Name.
    pub name: String,
    /// Where the rows are.
    pub href: String,
    /// Actual.
    pub figure: String,
    /// What a rate is made of.
    pub made_of: String,
    /// Target, or empty.
    pub target: String,
    /// Share of the target, or empty.
    pub reached: String,
    /// Tone.
    pub tone: &'static str,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "record/year.html")]
pub struct YearPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Name of the unit.
    pub name: String,
    /// The units above.
    pub above: Vec<UnitLine>,
    /// The year.
    pub year: i32,
    /// The last day counted.
    pub until: String,
    /// Whether the year is still running.
    pub running: bool,
    /// When it was founded, and how: id of the mode's name.
    pub founded: (String, String),
    /// Terms, the first secretary's first; without instructors.
    pub posts: Vec<YearPost>,
    /// How many instructors there were.
    pub instructors: usize,
    /// Members on the last day, at the beginning, difference, rate.
    pub members: [String; 4],
    /// Coverages on the last day.
    pub cover: Cover,
    /// The three rates.
    pub rates: Vec<YearRate>,
    /// Where the struck-out firms are.
    pub struck: String,
    /// Where the operating firms are.
    pub operating: String,
    /// Names of the centres, with their services.
    pub centres: Vec<(String, String)>,
    /// Entries by kind.
    pub kinds: Vec<YearKind>,
    /// All of them.
    pub sum: YearKind,
    /// Classes.
    pub topics: Vec<YearTopic>,
    /// Firms reached.
    pub reach: Share,
    /// Joint meetings.
    pub meetings: Vec<YearMeetings>,
    /// Matters.
    pub matters: MattersRow,
    /// Indicators.
    pub indicators: Vec<YearIndicator>,
    /// Whether indicators were made up.
    pub sample: bool,
}

fn label(names: &Names, code: &str) -> String {
    let found = names.iter().find(|(known, _)| known == code);
    found.map_or_else(|| code.to_owned(), |(_, label)| label.clone())
}

fn term(texts: Texts, view: &PostView) -> YearPost {
    let term = view.post.term;
    let until = term
        .until_on
        .map_or_else(|| texts.s("record-ongoing"), |day| day.to_string());
    YearPost {
        kind: format!("value-post-kind-{}", view.post.kind),
        holder: view.post.holder.clone(),
        term: format!("{} – {until}", term.from_on),
    }
}

/// Terms by the rank of their post, and the number of instructors, who are too many to be named on one page.
fn posts(texts: Texts, all: &[PostView]) -> (Vec<YearPost>, usize) {
    let (instructors, mut others): (Vec<&PostView>, Vec<&PostView>) = all
        .iter()
        .partition(|view| view.post.kind == PostKind::Instructor);
    others.sort_by_key(|view| (view.post.kind, view.post.term.from_on));
    let others = others.into_iter().map(|view| term(texts, view));
    (others.collect(), instructors.len())
}

fn meeting(cell: &MeetingCell) -> (&'static str, &'static str, String) {
    match cell {
        MeetingCell::Held(held) => {
            let first = held.first().map(|row| format!("/ledger/{}", row.id));
            ("meetings-held", "ok", first.unwrap_or_default())
        }
        MeetingCell::Missing => ("meetings-missing", "bad", String::new()),
        MeetingCell::Open => ("meetings-open", "warn", String::new()),
        MeetingCell::Ahead => ("meetings-ahead", "", String::new()),
        MeetingCell::NoPark => ("meetings-no-park", "", String::new()),
    }
}

fn members(report: &YearReport) -> [String; 4] {
    let count = |n: Option<i64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let (more, rate) = match report.growth {
        Some((more, rate)) => (format!("{more:+}"), rate.to_string()),
        None => ("—".to_owned(), "—".to_owned()),
    };
    let [before, now] = report.members;
    [count(now), count(before), more, rate]
}

fn indicators(report: &YearReport) -> Vec<YearIndicator> {
    let Some(row) = report.heat.rows.first() else {
        return Vec::new();
    };
    let line = |(column, cell): (
        &pingyi_app::record::IndicatorView,
        &pingyi_app::record::HeatCell,
    )| {
        let measure = column.indicator.measure;
        let (figure, made_of) = figure_text(cell.figure);
        let target = cell.target.map(|target| amount_text(target, measure));
        YearIndicator {
            name: column.indicator.name.clone(),
            href: format!("/indicators/{}?unit={}#behind", column.id, report.id),
            figure,
            made_of,
            target: target.unwrap_or_default(),
            reached: cell
                .reached()
                .map(|share| share.to_string())
                .unwrap_or_default(),
            tone: cell.tone.as_str(),
        }
    };
    report
        .heat
        .columns
        .iter()
        .zip(&row.cells)
        .map(line)
        .collect()
}

fn centre(held: &Held<Centre>, services: &Names, comma: &str) -> (String, String) {
    let named: Vec<String> = held
        .what
        .services
        .iter()
        .map(|code| label(services, code))
        .collect();
    (held.what.name.clone(), named.join(comma))
}

/// What the page names things by: kinds, topics and services of the vocabulary.
pub struct YearNames<'a> {
    /// Kinds of entries.
    pub kinds: &'a Names,
    /// Topics.
    pub topics: &'a Names,
    /// Services of centres.
    pub services: &'a Names,
}

/// The addresses behind the figures.
struct Lists<'a>(&'a YearReport);

impl Lists<'_> {
    fn ledger(&self, more: &str) -> String {
        let YearReport {
            id, year, until, ..
        } = self.0;
        format!("/ledger?unit={id}&from={year}-01-01&until={until}&counts=1{more}")
    }

    fn firms(&self, view: &str) -> String {
        format!("/firms?unit={}&on={}&view={view}", self.0.id, self.0.until)
    }

    fn kinds(&self, names: &Names) -> Vec<YearKind> {
        let line = |kind: &KindYear| YearKind {
            label: label(names, &kind.kind),
            href: self.ledger(&format!("&kind={}", kind.kind)),
            quarters: kind.quarters,
            entries: kind.entries(),
            unconfirmed: kind.unconfirmed,
            people: kind.people,
        };
        self.0.kinds.iter().map(line).collect()
    }

    fn topics(&self, names: &Names) -> Vec<YearTopic> {
        let line = |row: &TopicRow| YearTopic {
            label: label(names, &row.topic),
            href: self.ledger(&format!("&kind=class&topic={}", row.topic)),
            classes: row.classes,
            people: row.people,
        };
        self.0.topics.iter().map(line).collect()
    }

    fn rates(&self) -> Vec<YearRate> {
        let (now, before) = (self.0.cover, self.0.cover_before);
        vec![
            YearRate::of(
                "coverage-organisation",
                (now.organisation_rate(), before.organisation_rate()),
                self.firms("covered"),
            ),
            YearRate::of(
                "coverage-own",
                (now.own_rate(), before.own_rate()),
                self.firms("own"),
            ),
            YearRate::of(
                "coverage-work",
                (now.work_rate(), before.work_rate()),
                self.firms("worked"),
            ),
        ]
    }
}

/// All kinds together.
fn sum(label: String, href: String, kinds: &[YearKind]) -> YearKind {
    let quarter = |at: usize| kinds.iter().filter_map(|kind| kind.quarters.get(at)).sum();
    YearKind {
        label,
        href,
        quarters: [quarter(0), quarter(1), quarter(2), quarter(3)],
        entries: kinds.iter().map(|kind| kind.entries).sum(),
        unconfirmed: kinds.iter().map(|kind| kind.unconfirmed).sum(),
        people: kinds.iter().map(|kind| kind.people).sum(),
    }
}

fn founded(unit: &Unit) -> (String, String) {
    let mode = |mode: FoundingMode| format!("value-unit-founding_mode-{mode}");
    (
        unit.founded_on
            .as_ref()
            .map(Date::to_string)
            .unwrap_or_default(),
        unit.founding_mode.map(mode).unwrap_or_default(),
    )
}

fn meetings(report: &YearReport) -> Vec<YearMeetings> {
    let line = |row: &MeetingRow| YearMeetings {
        name: row.name.clone(),
        quarters: row.cells.iter().map(meeting).collect(),
    };
    report.meetings.iter().map(line).collect()
}

impl YearPage {
    /// The page of a report.
    #[must_use]
    pub fn of(c: Chrome, report: &YearReport, names: &YearNames<'_>) -> Self {
        let texts = Texts(c.lang);
        let lists = Lists(report);
        let (posts, instructors) = posts(texts, &report.posts);
        let kinds = lists.kinds(names.kinds);
        let comma = texts.s("record-comma");
        let centre = |held| centre(held, names.services, &comma);
        let above = |name: &UnitName| UnitLine::of_name(name.clone(), 0);
        Self {
            sum: sum(texts.s("year-sum"), lists.ledger(""), &kinds),
            topics: lists.topics(names.topics),
            rates: lists.rates(),
            struck: lists.firms("struck"),
            operating: lists.firms("operating"),
            cover: report.cover,
            founded: founded(&report.unit),
            posts,
            instructors,
            members: members(report),
            centres: report.centres.iter().map(centre).collect(),
            reach: report.reach,
            meetings: meetings(report),
            matters: report.matters,
            indicators: indicators(report),
            sample: report.heat.columns.iter().any(|column| column.sample),
            id: report.id.to_string(),
            name: report.unit.name.clone(),
            above: report.above.iter().map(above).collect(),
            year: report.year,
            until: report.until.to_string(),
            running: report.running,
            kinds,
            c,
        }
    }
}
