//! Two years side by side, and what other weights would have moved.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use pingyi_scoring::{
    Beside, BoxCounts, CategoryRule, Change, CompositeScheme, Difference, Exact, GradeRules, Known,
    Method, Scheme, ScoringError, Ties, Warning, Year, compare, what_if,
};

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Two presenters, two items, categories A (40) and B (60).
fn year(rows: [[[u64; 2]; 2]; 4]) -> Year {
    let rule = |weight: &str| CategoryRule {
        weight: exact(weight),
        minimum: 3,
    };
    let boxed = |presenters: &[[[u64; 2]; 2]]| BoxCounts {
        ballots: presenters[0][0].iter().sum(),
        marks: Some(
            presenters
                .iter()
                .map(|items| items.iter().map(|row| row.to_vec()).collect())
                .collect(),
        ),
    };
    Year {
        grades: names(&["good", "poor"]),
        items: names(&["overall", "tasks"]),
        categories: names(&["A", "B"]),
        presenters: names(&["north", "south"]),
        method: Method {
            scheme: Scheme {
                grades: vec![Some(exact("100")), Some(exact("50"))],
                items: vec![exact("1"), exact("1")],
                categories: vec![rule("40"), rule("60")],
            },
            composite: CompositeScheme::ballot_only(),
            rules: GradeRules {
                cuts: vec![exact("80"), exact("0")],
                cap: None,
                ties: Ties::Open,
                floors: Vec::new(),
            },
        },
        known: Known {
            boxes: vec![boxed(&rows[..2]), boxed(&rows[2..])],
            presenters: vec![Beside::default(); 2],
        },
    }
}

/// A: north 4/0 and 2/2, south 4/0 and 4/0; B: north 8/2 and 8/2, south 2/8 and 5/5.
fn first() -> Year {
    year([
        [[4, 0], [2, 2]],
        [[4, 0], [4, 0]],
        [[8, 2], [8, 2]],
        [[2, 8], [5, 5]],
    ])
}

fn up(by: &str) -> Change {
    Change::Up(exact(by))
}

#[test]
fn a_year_beside_itself_has_no_warning_and_no_change() {
    let found = compare(&first(), &first()).unwrap();
    assert_eq!(found.warnings, []);
    assert_eq!(found.gone, names(&[]));
    for presenter in &found.presenters {
        let all = [&presenter.score, &presenter.ballot];
        for difference in all
            .into_iter()
            .chain(&presenter.items)
            .chain(&presenter.categories)
        {
            assert_eq!(difference.change, Some(Change::Same));
        }
        assert_eq!(presenter.before.as_ref(), Some(&presenter.now));
    }
}

#[test]
fn presenters_are_matched_by_name_and_every_number_by_its_own() {
    let before = first();
    // The same two in the other order, with one mark of south better in B on the first item.
    let mut now = year([
        [[4, 0], [4, 0]],
        [[4, 0], [2, 2]],
        [[3, 7], [5, 5]],
        [[8, 2], [8, 2]],
    ]);
    now.presenters = names(&["south", "north"]);
    let found = compare(&before, &now).unwrap();
    assert_eq!(found.warnings, []);
    let south = &found.presenters[0];
    // B's first item 60 → 65, so B's mean (60 + 75) ÷ 2 = 67.5 → 70, the score by 0.6 × 2.5.
    assert_eq!(south.name, "south");
    assert_eq!(south.categories[0].change, Some(Change::Same));
    assert_eq!(south.categories[1].change, Some(up("2.5")));
    assert_eq!(south.items[0].change, Some(up("3")));
    assert_eq!(south.items[1].change, Some(Change::Same));
    assert_eq!(south.ballot.change, Some(up("1.5")));
    assert_eq!(found.presenters[1].score.change, Some(Change::Same));
    let back = compare(&now, &before).unwrap();
    assert_eq!(
        back.presenters[1].score.change,
        Some(Change::Down(exact("1.5")))
    );
}

#[test]
fn who_is_new_has_nothing_before_and_who_went_is_named() {
    let mut now = first();
    now.presenters = names(&["north", "west"]);
    let found = compare(&first(), &now).unwrap();
    let west = &found.presenters[1];
    assert_eq!(west.before, None);
    assert_eq!(
        west.score,
        Difference {
            before: None,
            now: west.now.score.clone(),
            change: None
        }
    );
    assert_eq!(found.gone, names(&["south"]));
    assert_eq!(found.warnings, [], "presenters are no part of the form");
}

#[test]
fn every_change_of_form_or_categories_is_a_warning() {
    let warned = |change: &dyn Fn(&mut Year)| {
        let mut now = first();
        change(&mut now);
        compare(&first(), &now).unwrap().warnings
    };
    assert_eq!(
        warned(&|year| year.method.scheme.grades[1] = Some(exact("60"))),
        [Warning::Grades]
    );
    assert_eq!(
        warned(&|year| year.grades[1] = "bad".to_owned()),
        [Warning::Grades]
    );
    assert_eq!(
        warned(&|year| year.items[1] = "plans".to_owned()),
        [Warning::Items {
            added: names(&["plans"]),
            removed: names(&["tasks"])
        }]
    );
    assert_eq!(
        warned(&|year| year.method.scheme.items[1] = exact("3")),
        [Warning::ItemWeights {
            items: names(&["overall", "tasks"])
        }]
    );
    assert_eq!(
        warned(&|year| year.method.scheme.items = vec![exact("7"), exact("7")]),
        [],
        "only ratios of weights matter"
    );
    assert_eq!(
        warned(&|year| year.categories[0] = "C".to_owned()),
        [Warning::Categories {
            added: names(&["C"]),
            removed: names(&["A"])
        }]
    );
    assert_eq!(
        warned(&|year| year.method.scheme.categories[0].weight = exact("60")),
        [Warning::CategoryWeights {
            categories: names(&["A", "B"])
        }]
    );
    assert_eq!(
        warned(&|year| year.known.boxes[0].marks = None),
        [Warning::CategoriesCounted {
            categories: names(&["A"])
        }]
    );
    assert_eq!(
        warned(&|year| year.method.composite.leaders = exact("1")),
        [Warning::Composite]
    );
}

#[test]
fn a_year_that_does_not_fit_itself_is_refused() {
    let mut now = first();
    now.items.pop();
    assert_eq!(compare(&first(), &now), Err(ScoringError::Names));
}

#[test]
fn what_if_shows_who_would_move() {
    let year = first();
    // North: A (100 + 75) ÷ 2 = 87.5, B 90 → 89. South: A 100, B 67.5 → 80.5.
    let mut other = year.method.clone();
    other.scheme.categories[0].weight = exact("90");
    other.scheme.categories[1].weight = exact("10");
    let moves = what_if(&year.method, &other, &year.known).unwrap();
    let place = |standing: &pingyi_scoring::Standing| standing.rank.unwrap().place;
    assert_eq!(moves[0].before.score, Some(exact("89")));
    assert_eq!(moves[1].before.score, Some(exact("80.5")));
    // North 78.75 + 9 = 87.75, south 90 + 6.75 = 96.75.
    assert_eq!(moves[0].after.score, Some(exact("87.75")));
    assert_eq!(moves[1].after.score, Some(exact("96.75")));
    assert_eq!((place(&moves[0].before), place(&moves[0].after)), (1, 2));
    assert!(
        moves
            .iter()
            .all(|found| found.rank_moves() && !found.grade_moves())
    );
    let mut strict = year.method.clone();
    strict.rules.cuts[0] = exact("85");
    let moves = what_if(&year.method, &strict, &year.known).unwrap();
    assert!(!moves[0].grade_moves() && moves[1].grade_moves());
    assert!(moves.iter().all(|found| !found.rank_moves()));
}
