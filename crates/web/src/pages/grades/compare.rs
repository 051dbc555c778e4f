//! A year beside the one before.

use askama::Template;
use pingyi_app::{CompareView, Difference, TwoYears, TwoYearsLine, Warning, Went};

use super::what_if::place;
use crate::chrome::Chrome;
use crate::lang::Texts;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "grades/compare.html")]
pub struct ComparePage {
    /// Frame.
    pub c: Chrome,
    /// What it shows.
    pub m: CompareModel,
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct CompareModel {
    /// Id of the later appraisal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i64,
    /// Earlier ones: id, title, whether it is the one used.
    pub bases: Vec<(String, String, bool)>,
    /// Year of the one used; none where there is none.
    pub before: Option<i64>,
    /// What is not measured alike, in sentences.
    pub warnings: Vec<String>,
    /// Presenters of the earlier year who are no longer there.
    pub gone: String,
    /// Items of the later year.
    pub items: Vec<String>,
    /// Categories of the later year.
    pub categories: Vec<String>,
    /// In the order of the form.
    pub rows: Vec<CompareRow>,
}

/// One presenter in two years.
#[derive(Debug, Clone)]
pub struct CompareRow {
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Whether there is an earlier year.
    pub known: bool,
    /// Place of the year before.
    pub rank_before: String,
    /// Place.
    pub rank: String,
    /// The composite.
    pub score: Pair,
    /// The ballot score.
    pub ballot: Pair,
    /// By item.
    pub items: Vec<Pair>,
    /// By category.
    pub categories: Vec<Pair>,
}

/// A number, the one of the year before, and where it went.
#[derive(Debug, Clone)]
pub struct Pair {
    /// This year.
    pub now: String,
    /// The year before.
    pub before: String,
    /// `+1.20`, `−0.50`, `=`; empty where one is missing.
    pub change: String,
    /// `up`, `down`, `same` or empty.
    pub went: &'static str,
}

impl CompareModel {
    /// The page's model.
    #[must_use]
    pub fn of(texts: Texts, view: CompareView) -> Self {
        let used = view.years.as_ref().map(|years| years.before.id.clone());
        let bases = view.bases.into_iter().map(|basis| {
            let chosen = used.as_ref() == Some(&basis.id);
            (basis.id.to_string(), basis.title, chosen)
        });
        let mut model = Self {
            id: view.now.id.to_string(),
            title: view.now.title,
            year: view.now.year,
            bases: bases.collect(),
            before: None,
            warnings: Vec::new(),
            gone: String::new(),
            items: Vec::new(),
            categories: Vec::new(),
            rows: Vec::new(),
        };
        if let Some(years) = view.years {
            model.fill(texts, years, view.places);
        }
        model
    }

    fn fill(&mut self, texts: Texts, years: TwoYears, places: u8) {
        self.before = Some(years.before.year);
        self.warnings = years
            .warnings
            .iter()
            .map(|one| warning(texts, one))
            .collect();
        self.gone = texts.list(&years.gone);
        self.items = years.items;
        self.categories = years.categories;
        self.rows = years
            .presenters
            .into_iter()
            .map(|line| row(texts, line, places))
            .collect();
    }
}

fn row(texts: Texts, line: TwoYearsLine, places: u8) -> CompareRow {
    let pairs = |numbers: &[Difference]| -> Vec<Pair> {
        numbers.iter().map(|number| pair(number, places)).collect()
    };
    CompareRow {
        known: line.before.is_some(),
        rank_before: line
            .before
            .as_ref()
            .map_or_else(|| "—".to_owned(), |before| place(texts, before)),
        rank: place(texts, &line.now),
        score: pair(&line.score, places),
        ballot: pair(&line.ballot, places),
        items: pairs(&line.items),
        categories: pairs(&line.categories),
        title: line.title,
        unit: line.unit,
    }
}

fn pair(number: &Difference, places: u8) -> Pair {
    let shown = |number: Option<&pingyi_app::Exact>| {
        number.map_or_else(|| "—".to_owned(), |number| number.rounded(places))
    };
    let (change, went) = match &number.change {
        Some(Went::Up(by)) => (format!("+{}", by.rounded(places)), "up"),
        Some(Went::Down(by)) => (format!("−{}", by.rounded(places)), "down"),
        Some(Went::Same) => ("=".to_owned(), "same"),
        None => (String::new(), ""),
    };
    Pair {
        now: shown(number.now.as_ref()),
        before: shown(number.before.as_ref()),
        change,
        went,
    }
}

/// Why the years are not measured alike, naming what changed.
fn warning(texts: Texts, found: &Warning) -> String {
    let came = |id: &str, added: &[String], removed: &[String]| {
        let part = |id: String, names: &[String]| {
            let named = !names.is_empty();
            named.then(|| texts.a(&id, "names", &texts.list(names)))
        };
        let parts = [
            part(format!("compare-{id}-added"), added),
            part(format!("compare-{id}-removed"), removed),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" ")
    };
    let names = |id: &str, names: &[String]| texts.a(id, "names", &texts.list(names));
    match found {
        Warning::Grades => texts.s("compare-grades"),
        Warning::Composite => texts.s("compare-composite"),
        Warning::Items { added, removed } => came("items", added, removed),
        Warning::Categories { added, removed } => came("categories", added, removed),
        Warning::ItemWeights { items } => names("compare-item-weights", items),
        Warning::CategoryWeights { categories } => names("compare-category-weights", categories),
        Warning::CategoriesCounted { categories } => {
            names("compare-categories-counted", categories)
        }
    }
}
