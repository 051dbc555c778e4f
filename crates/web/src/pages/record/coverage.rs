//! The two coverages: three rates, by unit, by sector and over time.

use askama::Template;
use pingyi_app::record::{Cover, Quarter, Rates, Share};

use super::UnitChoice;
use super::firms::WordOption;
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::lists::{Files, Query};

/// The numbers of a unit, a sector, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverLine {
    /// Its name.
    pub name: String,
    /// How far it is moved in.
    pub depth: usize,
    /// Numbers.
    pub cover: Cover,
    /// Where its lists are, without the view.
    list: String,
}

impl CoverLine {
    /// The list behind a number.
    #[must_use]
    pub fn list(&self, view: &str) -> String {
        let join = if self.list.contains('?') { '&' } else { '?' };
        format!("{}{join}view={view}", self.list)
    }

    /// Operating firms that no organisation covers.
    #[must_use]
    pub const fn uncovered(&self) -> i64 {
        self.cover.operating - self.cover.organised
    }

    /// Operating firms that nothing covers.
    #[must_use]
    pub const fn unworked(&self) -> i64 {
        self.cover.operating - self.cover.worked
    }
}

/// A table of rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverGroup {
    /// Id of its title.
    pub title: &'static str,
    /// Ids of its elements end with this.
    pub key: &'static str,
    /// Its lines.
    pub lines: Vec<CoverLine>,
}

/// A rate at the end of a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterLine {
    /// The quarter.
    pub quarter: Quarter,
    /// Numbers.
    pub cover: Cover,
}

impl QuarterLine {
    /// A rate in percent with one decimal, for the chart; empty where there is none.
    #[must_use]
    pub fn percent(&self, rate: Share) -> String {
        rate.tenths_of_percent()
            .map(|tenths| format!("{}.{}", tenths / 10, tenths % 10))
            .unwrap_or_default()
    }
}

/// The two coverages.
#[derive(Debug, Clone, Template)]
#[template(path = "record/coverage.html")]
pub struct CoveragePage {
    /// Frame.
    pub c: Chrome,
    /// All together.
    pub total: CoverLine,
    /// By unit, and by sector.
    pub groups: Vec<CoverGroup>,
    /// By quarter, the oldest first.
    pub quarters: Vec<QuarterLine>,
    /// Units to choose from.
    pub units: Vec<UnitChoice>,
    /// The one chosen.
    pub unit: String,
    /// The day asked for; empty for today.
    pub on: String,
    /// The day.
    pub day: String,
    /// Whether that is today.
    pub is_today: bool,
    /// The rates as files.
    pub files: Files,
}

fn quarter_lines(quarters: Vec<(Quarter, Cover)>) -> Vec<QuarterLine> {
    let line = |(quarter, cover)| QuarterLine { quarter, cover };
    quarters.into_iter().map(line).collect()
}

/// A sector's name, and how a list of firms asks for it.
pub(crate) fn sector_of<'a>(
    texts: Texts,
    code: &'a str,
    sectors: &[WordOption],
) -> (String, &'a str) {
    if code.is_empty() {
        return (texts.s("firms-sector-none"), "none");
    }
    let known = sectors.iter().find(|option| option.value == code);
    let name = known.map_or_else(|| code.to_owned(), |option| option.label.clone());
    (name, code)
}

impl CoveragePage {
    /// The page of an address.
    #[must_use]
    pub(crate) fn of(
        c: Chrome,
        query: &Query,
        rates: Rates,
        (units, sectors): (Vec<UnitChoice>, &[WordOption]),
        is_today: bool,
    ) -> Self {
        let top = rates
            .units
            .iter()
            .map(|(name, _)| name.path.depth())
            .min()
            .unwrap_or(0);
        let line = |name: String, depth, cover, values: &[(&str, &str)]| CoverLine {
            name,
            depth,
            cover,
            list: query.at("/firms", values),
        };
        let by_unit = rates.units.iter().map(|(name, cover)| {
            let depth = (name.path.depth() - top).min(4);
            line(
                name.name.clone(),
                depth,
                *cover,
                &[("unit", name.id.as_str())],
            )
        });
        let by_sector = rates.sectors.iter().map(|(code, cover)| {
            let (name, value) = sector_of(Texts(c.lang), code, sectors);
            line(name, 0, *cover, &[("sector", value)])
        });
        Self {
            groups: vec![
                CoverGroup {
                    title: "coverage-by-unit",
                    key: "unit",
                    lines: by_unit.collect(),
                },
                CoverGroup {
                    title: "coverage-by-sector",
                    key: "sector",
                    lines: by_sector.collect(),
                },
            ],
            total: line(c.s("coverage-all"), 0, rates.total, &[]),
            quarters: quarter_lines(rates.quarters),
            units,
            unit: query.text("unit"),
            on: query.text("on"),
            day: rates.on.to_string(),
            is_today,
            files: query.files("coverage"),
            c,
        }
    }
}
