//! The monthly digest of rectification.

use askama::Template;
use pingyi_app::followup::{ClosedMatter, DigestView, UnitProgress};
use pingyi_app::record::{MatterLine, Month, UnitName};

use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::pages::record::matter_list::MatterRowLine;

/// One unit: each figure with the address of the rows behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressLine {
    /// Id of the unit; empty for the sum.
    pub id: String,
    /// Its short name; empty for the sum.
    pub name: String,
    /// What was to be done, closed, coming due, overdue.
    pub figures: [(i64, String); 4],
    /// How much is closed.
    pub share: String,
}

impl ProgressLine {
    /// Whether anything is overdue.
    #[must_use]
    pub const fn is_late(&self) -> bool {
        self.figures[3].0 > 0
    }
}

/// The addresses behind the figures of a line: each begins with the unit's part.
#[derive(Debug, Clone)]
pub struct Behind {
    /// What was to be done.
    pub listed: String,
    /// Closed.
    pub closed: String,
    /// Coming due.
    pub due: String,
    /// Overdue.
    pub overdue: String,
}

impl Behind {
    /// Of a month, as of a day.
    #[must_use]
    pub fn of(view: &DigestView) -> Self {
        let (month, day) = (view.month, view.period.last());
        let next = Month::of(view.due.first());
        Self {
            listed: format!("standing={month}"),
            closed: format!("closed={month}"),
            due: format!("open_on={day}&due_in={next}"),
            overdue: format!("open_on={day}&due=before"),
        }
    }

    /// Of this year, until today.
    #[must_use]
    pub fn year(year: i32) -> Self {
        Self {
            listed: format!("standing={year}"),
            closed: format!("closed={year}"),
            due: "due=soon".to_owned(),
            overdue: "due=over".to_owned(),
        }
    }

    fn line(&self, one: &UnitProgress) -> ProgressLine {
        let unit = format!("&unit={}", one.unit.id);
        ProgressLine {
            id: one.unit.id.to_string(),
            name: one.unit.short.clone(),
            figures: self.figures([one.listed, one.closed, one.due, one.overdue], &unit),
            share: one.share().to_string(),
        }
    }

    fn figures(&self, counts: [i64; 4], unit: &str) -> [(i64, String); 4] {
        let parts = [&self.listed, &self.closed, &self.due, &self.overdue];
        std::array::from_fn(|at| {
            let href = format!("/matters?list=rectification&{}{unit}", parts[at]);
            (counts[at], href)
        })
    }
}

/// Units and what they have put right: a table with the sum below, for Home and for the digest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgressTable {
    /// The units.
    pub lines: Vec<ProgressLine>,
    /// The sum, where there is more than one.
    pub sum: Option<ProgressLine>,
}

impl ProgressTable {
    /// With the addresses of the rows.
    #[must_use]
    pub fn of(units: &[UnitProgress], behind: &Behind) -> Self {
        let add = |what: fn(&UnitProgress) -> i64| units.iter().map(what).sum::<i64>();
        let sums = [
            add(|one| one.listed),
            add(|one| one.closed),
            add(|one| one.due),
            add(|one| one.overdue),
        ];
        let share = pingyi_app::record::Share {
            part: sums[1],
            whole: sums[0],
        };
        Self {
            lines: units.iter().map(|one| behind.line(one)).collect(),
            sum: (units.len() > 1).then(|| ProgressLine {
                id: String::new(),
                name: String::new(),
                figures: behind.figures(sums, ""),
                share: share.to_string(),
            }),
        }
    }
}

/// A matter closed in the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedLine {
    /// The matter.
    pub row: MatterRowLine,
    /// The day.
    pub closed_on: String,
    /// What its report said.
    pub proof: String,
    /// How many files belong to it.
    pub files: i64,
}

/// The digest.
#[derive(Debug, Clone, Template)]
#[template(path = "followup/digest.html")]
pub struct DigestPage {
    /// Frame.
    pub c: Chrome,
    /// The month, `YYYY-MM`.
    pub month: String,
    /// The day its figures stand as of.
    pub until: String,
    /// Whether it runs still.
    pub running: bool,
    /// The month before and behind; behind only what has begun.
    pub before: String,
    /// See [`DigestPage::before`].
    pub behind: String,
    /// Units.
    pub table: ProgressTable,
    /// Matters closed.
    pub closed: Vec<ClosedLine>,
    /// Matters overdue.
    pub overdue: Vec<MatterRowLine>,
}

impl DigestPage {
    /// As the application counted it.
    #[must_use]
    pub fn of(c: Chrome, view: DigestView, names: &[UnitName], running: bool) -> Self {
        let row = |line: MatterLine| MatterRowLine::of(line, names);
        let closed = |one: ClosedMatter| ClosedLine {
            closed_on: one.line.closed_on.clone(),
            row: row(one.line),
            proof: one.proof,
            files: one.files,
        };
        let text = |month: Option<Month>| month.map(|m| m.to_string()).unwrap_or_default();
        Self {
            month: view.month.to_string(),
            until: view.period.last().to_string(),
            running,
            before: text(view.month.previous()),
            behind: if running {
                String::new()
            } else {
                text(view.month.next())
            },
            table: ProgressTable::of(&view.lines, &Behind::of(&view)),
            closed: view.closed.into_iter().map(closed).collect(),
            overdue: view.overdue.into_iter().map(row).collect(),
            c,
        }
    }
}

impl ProgressTable {
    /// For samples.
    #[must_use]
    pub fn example(lang: Lang) -> Self {
        let words = |zh: &str, en: &str| (if lang == Lang::Zh { zh } else { en }).to_owned();
        let behind = Behind::year(2018);
        let line = |id: &str, name: String, counts: [i64; 4], share: &str| ProgressLine {
            id: id.to_owned(),
            name,
            figures: behind.figures(counts, "&unit=bbbbbbbbbbbbbbbb"),
            share: share.to_owned(),
        };
        Self {
            lines: vec![
                line(
                    "b",
                    words("华南城", "China South City"),
                    [5, 4, 0, 1],
                    "80.0%",
                ),
                line("c", words("海吉星", "Haijixing"), [3, 3, 0, 0], "100.0%"),
                line(
                    "d",
                    words(
                        "平湖金融与现代服务业基地",
                        "Pinghu finance and modern services base",
                    ),
                    [12, 0, 2, 0],
                    "0.0%",
                ),
            ],
            sum: Some(line("", String::new(), [20, 7, 2, 1], "35.0%")),
        }
    }
}
