//! Counts of members (domain.md §3): parts of a total, growth between two dates, share of the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::belonging::{Belonging, BelongingDraft, MOST, Numbers};
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::UnitId;
use super::kind::Kind;
use super::scope::UnitPath;
use super::share::Share;

/// A count of a unit's members on a day, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headcount {
    /// The unit.
    pub unit: UnitId,
    /// The day.
    pub on_date: Date,
    /// All members.
    pub total: i64,
    /// Those in internet firms, where they were counted.
    pub internet: Option<i64>,
    /// Those of the office's own columns, by the code of the word.
    pub parts: BTreeMap<String, i64>,
    /// Note.
    pub note: String,
}

/// The form of a count, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeadcountDraft {
    /// Id of the unit.
    pub unit: String,
    /// Day, not after today.
    pub on_date: String,
    /// 0 to 10,000,000.
    pub total: String,
    /// As many or fewer, or empty.
    pub internet: String,
    /// By code, each as many as the total or fewer.
    pub parts: Numbers,
    /// Up to 400 characters.
    pub note: String,
}

impl BelongingDraft for HeadcountDraft {
    type Of = Headcount;

    fn read(&self, today: Date) -> Result<Headcount, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit: Option<UnitId> = check.needed("unit", &self.unit, "unit");
        check.demand(!self.on_date.trim().is_empty(), "on_date", "missing");
        let on_date = check.past_day("on_date", &self.on_date, today);
        check.demand(!self.total.trim().is_empty(), "total", "missing");
        let total = check.number("total", &self.total, 0..=MOST);
        let internet = check.number("internet", &self.internet, 0..=MOST);
        let parts = self.parts.read(&mut check, "parts");
        let fits = |n: i64| total.is_none_or(|total| n <= total);
        check.demand(internet.is_none_or(fits), "internet", "part_of_total");
        check.demand(parts.values().all(|n| fits(*n)), "parts", "part_of_total");
        let note = check.lines("note", &self.note, 0..=400);
        let read = unit.zip(on_date).zip(total);
        check.done(read.map(|((unit, on_date), total)| Headcount {
            unit,
            on_date,
            total,
            internet,
            parts,
            note,
        }))
    }
}

impl Record for Headcount {
    const KIND: Kind = Kind::Headcount;

    fn fields(&self) -> Vec<(&'static str, String)> {
        let parts: Vec<String> = self
            .parts
            .iter()
            .map(|(code, n)| format!("{code}={n}"))
            .collect();
        vec![
            ("unit", self.unit.to_string()),
            ("on_date", self.on_date.to_string()),
            ("total", self.total.to_string()),
            (
                "internet",
                self.internet.map(|n| n.to_string()).unwrap_or_default(),
            ),
            ("parts", parts.join(" ")),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.on_date.to_string()
    }

    fn search_text(&self) -> Option<String> {
        None
    }
}

impl Belonging for Headcount {
    fn unit(&self) -> &UnitId {
        &self.unit
    }

    fn begins(&self) -> (&'static str, Option<Date>) {
        ("on_date", Some(self.on_date))
    }
}

/// How many more there are (fewer: below nought), and that as a share of the earlier; none where that was 0.
#[must_use]
pub fn growth(earlier: i64, later: i64) -> (i64, Share) {
    let more = later - earlier;
    (
        more,
        Share {
            part: more,
            whole: earlier,
        },
    )
}

/// The whole tree with its counts of one part, to be asked for figures.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// By path.
    units: BTreeMap<String, Counted>,
}

/// A unit of the tree.
#[derive(Clone, Debug)]
struct Counted {
    path: UnitPath,
    closed_on: Option<Date>,
    counts: BTreeMap<Date, i64>,
}

impl Counts {
    /// Adds a unit, dissolved on a day or not.
    pub fn unit(&mut self, path: UnitPath, closed_on: Option<Date>) {
        let key = path.as_str().to_owned();
        let unit = Counted {
            path,
            closed_on,
            counts: BTreeMap::new(),
        };
        self.units.insert(key, unit);
    }

    /// Adds a count of a unit that was added before.
    pub fn count(&mut self, path: &str, on: Date, n: i64) {
        if let Some(unit) = self.units.get_mut(path) {
            unit.counts.insert(on, n);
        }
    }

    /// A unit's figure on a day: its own newest count until then, else the sum of what stands directly below it and was
    /// not dissolved by then. None where nobody has counted; that is not nought.
    #[must_use]
    pub fn figure(&self, unit: &UnitPath, on: Date) -> Option<i64> {
        let own = &self.units.get(unit.as_str())?.counts;
        if let Some((_, n)) = own.range(..=on).next_back() {
            return Some(*n);
        }
        let below = self.units.range(unit.as_str().to_owned()..unit.end());
        let figures = below
            .map(|(_, one)| one)
            .filter(|one| {
                one.path.depth() == unit.depth() + 1 && one.closed_on.is_none_or(|day| on < day)
            })
            .filter_map(|one| self.figure(&one.path, on));
        figures.reduce(|sum, n| sum + n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn path(letters: &str) -> UnitPath {
        let ids: String = letters
            .chars()
            .map(|c| c.to_string().repeat(16) + "/")
            .collect();
        ids.parse().unwrap()
    }

    fn rules(draft: &HeadcountDraft) -> Vec<String> {
        let problems = draft.read(day("2018-12-15")).err().unwrap_or_default();
        problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect()
    }

    #[test]
    fn a_part_is_no_more_than_the_total() {
        let draft = HeadcountDraft {
            unit: "a".repeat(16),
            on_date: "2018-12-15".into(),
            total: "390".into(),
            internet: "202".into(),
            parts: Numbers::Text("women=150 young=".into()),
            ..HeadcountDraft::default()
        };
        let read = draft.read(day("2018-12-15")).unwrap();
        assert_eq!(
            (read.internet, read.parts["women"], read.parts.len()),
            (Some(202), 150, 1)
        );
        let map = BTreeMap::from([("Bad code".to_owned(), "391".to_owned())]);
        let bad = HeadcountDraft {
            on_date: "2018-12-16".into(),
            internet: "391".into(),
            parts: Numbers::Map(map),
            ..draft
        };
        assert_eq!(
            rules(&bad),
            [
                "on_date date_future",
                "parts word",
                "internet part_of_total",
                "parts part_of_total"
            ]
        );
        assert_eq!(
            rules(&HeadcountDraft::default()),
            ["unit missing", "on_date missing", "total missing"]
        );
    }

    #[test]
    fn growth_has_no_rate_from_nought_and_a_fall_a_minus() {
        let (more, share) = growth(270, 390);
        assert_eq!((more, share.to_string().as_str()), (120, "44.4%"));
        let (fewer, share) = growth(270, 180);
        assert_eq!((fewer, share.to_string().as_str()), (-90, "-33.3%"));
        assert_eq!(growth(0, 5).1.to_string(), "—");
    }

    #[test]
    fn a_figure_is_the_own_newest_count_or_the_sum_below() {
        let mut counts = Counts::default();
        for letters in ["a", "ab", "abc", "abd", "abe", "af"] {
            let closed = (letters == "abe").then(|| day("2018-06-01"));
            counts.unit(path(letters), closed);
        }
        for (letters, on, n) in [
            ("abc", "2017-12-31", 10),
            ("abc", "2018-06-30", 12),
            ("abd", "2018-03-31", 5),
            ("abe", "2017-12-31", 100),
        ] {
            counts.count(path(letters).as_str(), day(on), n);
        }
        let of = |counts: &Counts, letters: &str, on: &str| counts.figure(&path(letters), day(on));
        let figure = |letters: &str, on: &str| of(&counts, letters, on);
        assert_eq!(figure("ab", "2017-12-30"), None, "nobody had counted");
        assert_eq!(figure("ab", "2017-12-31"), Some(110));
        assert_eq!(figure("ab", "2018-03-31"), Some(115));
        assert_eq!(
            figure("ab", "2018-06-01"),
            Some(15),
            "dissolved on that day"
        );
        assert_eq!(figure("a", "2018-06-30"), Some(17));
        assert_eq!(figure("af", "2018-06-30"), None);
        counts.count(path("ab").as_str(), day("2018-07-01"), 40);
        assert_eq!(
            of(&counts, "a", "2018-07-01"),
            Some(40),
            "the own count goes first"
        );
        assert_eq!(of(&counts, "z", "2018-07-01"), None);
    }
}
