//! What would move under other weights.

use askama::Template;
use pingyi_app::record::FieldProblem;
use pingyi_app::{Moved, Standing, Ties, Tried, WhatIfField, WhatIfGroup, WhatIfView};

use super::rules::{floor, source};
use crate::chrome::Chrome;
use crate::lang::Texts;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "grades/what_if.html")]
pub struct WhatIfPage {
    /// Frame.
    pub c: Chrome,
    /// What it shows.
    pub w: WhatIfModel,
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct WhatIfModel {
    /// Id of the draft.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Released appraisals: id, title, whether it is the one used.
    pub bases: Vec<(String, String, bool)>,
    /// Title of the one used.
    pub basis: Option<String>,
    /// Numbers to change, by what they belong to.
    pub groups: Vec<NumberGroup>,
    /// Problems that belong to no field.
    pub problems: Vec<String>,
    /// By the place before.
    pub rows: Vec<MovedRow>,
    /// How many places and grades would be other ones.
    pub finding: String,
    /// Whether grades are proposed at all.
    pub has_grades: bool,
}

/// Numbers of one kind.
#[derive(Debug, Clone)]
pub struct NumberGroup {
    /// Name of the group, also of its text.
    pub name: &'static str,
    /// The numbers.
    pub fields: Vec<NumberField>,
}

/// One number.
#[derive(Debug, Clone)]
pub struct NumberField {
    /// Name in the form.
    pub name: String,
    /// What it is.
    pub label: String,
    /// As typed.
    pub value: String,
    /// What can be chosen, with its words; nothing for a number.
    pub choices: Vec<(&'static str, String)>,
    /// What was in force.
    pub was: String,
    /// What is wrong with it.
    pub error: String,
    /// The end of its slider; none for a number without one.
    pub most: Option<&'static str>,
}

/// One presenter before and after.
#[derive(Debug, Clone)]
pub struct MovedRow {
    /// Post.
    pub title: String,
    /// Composite before.
    pub score_before: String,
    /// Composite after.
    pub score_after: String,
    /// Place before.
    pub rank_before: String,
    /// Place after.
    pub rank_after: String,
    /// Whether the place is another one.
    pub rank_moves: bool,
    /// Grade before.
    pub grade_before: String,
    /// Grade after.
    pub grade_after: String,
    /// Whether the grade is another one.
    pub grade_moves: bool,
}

/// Kinds of numbers, in the order of the page: name, kind, end of the slider.
const GROUPS: [(&str, WhatIfGroup, Option<&str>); 8] = [
    ("composite", WhatIfGroup::Composite, Some("100")),
    ("category", WhatIfGroup::Category, Some("100")),
    ("item", WhatIfGroup::Item, Some("100")),
    ("value", WhatIfGroup::Value, Some("100")),
    ("cut", WhatIfGroup::Cut, Some("100")),
    ("cap", WhatIfGroup::Cap, None),
    ("ties", WhatIfGroup::Ties, None),
    ("floor", WhatIfGroup::Floor, None),
];

impl WhatIfModel {
    /// The page's model.
    #[must_use]
    pub fn of(texts: Texts, view: WhatIfView) -> Self {
        let used = view.tried.as_ref().map(|tried| tried.basis.id.clone());
        let bases = view.bases.into_iter().map(|basis| {
            let chosen = used.as_ref() == Some(&basis.id);
            (basis.id.to_string(), basis.title, chosen)
        });
        let mut model = Self {
            id: view.id.to_string(),
            title: view.title,
            bases: bases.collect(),
            basis: None,
            groups: Vec::new(),
            problems: Vec::new(),
            rows: Vec::new(),
            finding: String::new(),
            has_grades: false,
        };
        let Some(tried) = view.tried else {
            return model;
        };
        model.groups = groups(texts, &tried);
        let elsewhere =
            |problem: &&FieldProblem| tried.fields.iter().all(|field| field.name != problem.field);
        let rest = tried.problems.iter().filter(elsewhere);
        model.problems = rest.map(|problem| rule(texts, problem)).collect();
        model.has_grades = !tried.grades.is_empty() || !tried.config.scheme.cuts.is_empty();
        let places = tried.config.scheme.places;
        let mut moves: Vec<&Moved> = tried.moves.iter().collect();
        moves.sort_by_key(|moved| moved.before.rank.map_or(usize::MAX, |rank| rank.place));
        model.rows = moves
            .iter()
            .map(|moved| row(texts, moved, places))
            .collect();
        model.finding = finding(texts, &model.rows);
        model.basis = Some(tried.basis.title);
        model
    }
}

impl WhatIfModel {
    /// Whether a number cannot be read.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        let mut fields = self.groups.iter().flat_map(|group| &group.fields);
        fields.any(|field| !field.error.is_empty())
    }
}

impl NumberGroup {
    /// Id of its text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("what-if-group-{}", self.name)
    }
}

/// The numbers by what they belong to, each with what is wrong with it.
fn groups(texts: Texts, tried: &Tried) -> Vec<NumberGroup> {
    let wrong = |name: &str| {
        let found = tried
            .problems
            .iter()
            .filter(|problem| problem.field == name);
        let said: Vec<String> = found.map(|problem| rule(texts, problem)).collect();
        said.join(" ")
    };
    let label = |field: &WhatIfField| match field.group {
        WhatIfGroup::Composite => source(texts, field.name.trim_start_matches("composite.")),
        WhatIfGroup::Cap => texts.s("what-if-cap"),
        WhatIfGroup::Ties => texts.s("what-if-ties"),
        WhatIfGroup::Floor => floor_of(texts, tried, &field.name),
        _ => field.label.clone(),
    };
    let group = |(name, group, most): (&'static str, WhatIfGroup, Option<&'static str>)| {
        let fields = tried.fields.iter().filter(|field| field.group == group);
        let fields: Vec<NumberField> = fields
            .map(|field| NumberField {
                label: label(field),
                error: wrong(&field.name),
                choices: choices(texts, field),
                value: field.value.clone(),
                was: match field.group {
                    WhatIfGroup::Ties => ties(texts, &field.was),
                    _ => field.was.clone(),
                },
                name: field.name.clone(),
                most,
            })
            .collect();
        // One item alone has nothing to be weighed against.
        let alone = usize::from(group == WhatIfGroup::Item);
        let shown = fields.len() > alone;
        shown.then_some(NumberGroup { name, fields })
    };
    GROUPS.into_iter().filter_map(group).collect()
}

/// The floor of a field in a sentence, with the draft's bound.
fn floor_of(texts: Texts, tried: &Tried, name: &str) -> String {
    let place = name.trim_start_matches("floor.").parse::<usize>();
    let rule = place.ok().and_then(|place| tried.floors.get(place));
    rule.map_or_else(String::new, |rule| floor(texts, &tried.config, rule))
}

fn ties(texts: Texts, name: &str) -> String {
    texts.s(&format!("what-if-ties-{}", name.replace('_', "-")))
}

/// What can be chosen in a field, with its words; nothing for a number.
fn choices(texts: Texts, field: &WhatIfField) -> Vec<(&'static str, String)> {
    if field.group != WhatIfGroup::Ties {
        return Vec::new();
    }
    let all = Ties::ALL.into_iter();
    all.map(|one| (one.name(), ties(texts, one.name())))
        .collect()
}

fn rule(texts: Texts, problem: &FieldProblem) -> String {
    texts.s(&format!("rule-{}", problem.rule))
}

fn finding(texts: Texts, rows: &[MovedRow]) -> String {
    let ranks = rows.iter().filter(|row| row.rank_moves).count();
    let grades = rows.iter().filter(|row| row.grade_moves).count();
    if ranks == 0 && grades == 0 {
        return texts.s("what-if-same");
    }
    texts.with("what-if-moves", [("a", ranks.into()), ("b", grades.into())])
}

/// A place; one that is shared says so.
pub(super) fn place(texts: Texts, standing: &Standing) -> String {
    match standing.rank {
        Some(rank) if rank.shared_by > 1 => texts.a("grades-tie", "rank", &rank.place.to_string()),
        Some(rank) => rank.place.to_string(),
        None => "—".to_owned(),
    }
}

fn row(texts: Texts, moved: &Moved, places: u8) -> MovedRow {
    let score = |standing: &Standing| {
        let score = standing.score.as_ref();
        score.map_or_else(|| "—".to_owned(), |score| score.rounded(places))
    };
    let grade = |grade: &Option<String>| grade.clone().unwrap_or_else(|| "—".to_owned());
    let at = |standing: &Standing| standing.rank.map(|rank| rank.place);
    MovedRow {
        title: moved.title.clone(),
        score_before: score(&moved.before),
        score_after: score(&moved.after),
        rank_before: place(texts, &moved.before),
        rank_after: place(texts, &moved.after),
        rank_moves: at(&moved.before) != at(&moved.after),
        grade_moves: moved.grade_before != moved.grade_after,
        grade_before: grade(&moved.grade_before),
        grade_after: grade(&moved.grade_after),
    }
}
