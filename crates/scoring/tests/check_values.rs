//! The check values of domain.md §8 and what has to be said beside them.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use pingyi_scoring::{
    BoxCounts, CategoryRule, Exact, Part, Scheme, ScoringError, Sheet, Statement, Step,
};

fn scheme(abstention: bool) -> Scheme {
    let mut grades = [100_u32, 80, 60, 40]
        .map(|value| Some(Exact::from(value)))
        .to_vec();
    if abstention {
        grades.push(None);
    }
    let rule = |weight: u32| CategoryRule {
        weight: Exact::from(weight),
        minimum: 5,
    };
    Scheme {
        grades,
        items: vec![Exact::one()],
        categories: [40, 30, 30].map(rule).to_vec(),
    }
}

fn counts(row: &[u64]) -> BoxCounts {
    BoxCounts {
        ballots: row.iter().sum(),
        marks: Some(vec![vec![row.to_vec()]]),
    }
}

fn sheet(scheme: &Scheme, boxes: &[BoxCounts]) -> Sheet {
    Sheet::new(scheme, 1, boxes).unwrap()
}

fn score(sheet: &Sheet) -> String {
    sheet.presenters[0].score.as_ref().unwrap().rounded(6)
}

fn means(sheet: &Sheet) -> Vec<Option<String>> {
    sheet.presenters[0]
        .categories
        .iter()
        .map(|found| found.mean.as_ref().map(|mean| mean.rounded(6)))
        .collect()
}

#[test]
fn all_three_categories() {
    let scheme = scheme(false);
    let sheet = sheet(
        &scheme,
        &[
            counts(&[6, 1, 0, 0]),
            counts(&[20, 8, 2, 0]),
            counts(&[40, 18, 4, 1]),
        ],
    );
    assert_eq!(
        means(&sheet),
        ["97.142857", "92.000000", "90.793651"].map(|mean| Some(mean.to_owned()))
    );
    assert_eq!(score(&sheet), "93.695238");
    assert_eq!(
        sheet.presenters[0].score.as_ref().unwrap().fraction(),
        "9838/105"
    );
    assert_eq!(sheet.statements, []);
}

#[test]
fn a_missing_category_gives_its_weight_to_the_others_and_says_so() {
    let scheme = scheme(false);
    for (missing, first) in [
        (
            BoxCounts::unopened(0),
            Statement::CategoryEmpty {
                category: 0,
                weight: Exact::from(40_u32),
            },
        ),
        (
            BoxCounts::unopened(4),
            Statement::CategorySkipped {
                category: 0,
                weight: Exact::from(40_u32),
                ballots: 4,
                minimum: 5,
            },
        ),
        (
            BoxCounts::unopened(5),
            Statement::CategoryUnopened {
                category: 0,
                weight: Exact::from(40_u32),
            },
        ),
        (
            counts(&[4, 0, 0, 0]),
            Statement::CategorySkipped {
                category: 0,
                weight: Exact::from(40_u32),
                ballots: 4,
                minimum: 5,
            },
        ),
    ] {
        let sheet = sheet(
            &scheme,
            &[missing, counts(&[20, 8, 2, 0]), counts(&[40, 18, 4, 1])],
        );
        assert_eq!(score(&sheet), "91.396825");
        assert_eq!(sheet.presenters[0].categories[0].mean, None);
        let half = |category| Part {
            category,
            part: Exact::ratio(1, 2).unwrap(),
        };
        assert_eq!(
            sheet.statements,
            [
                first,
                Statement::Redistributed {
                    parts: vec![half(1), half(2)]
                }
            ]
        );
    }
}

#[test]
fn abstentions_are_outside_both_sums() {
    let scheme = scheme(true);
    let boxes = [
        counts(&[6, 1, 0, 0, 0]),
        counts(&[20, 8, 2, 0, 0]),
        counts(&[40, 18, 4, 1, 7]),
    ];
    let sheet = sheet(&scheme, &boxes);
    assert_eq!(means(&sheet)[2].as_deref(), Some("90.793651"));
    assert_eq!(score(&sheet), "93.695238");
    let item = &sheet.presenters[0].categories[2].items[0];
    assert_eq!((item.marks, item.abstained), (63, 7));
    assert_eq!(sheet.statements, []);
}

#[test]
fn whoever_is_unknown_to_a_whole_category_is_scored_by_the_others() {
    let scheme = scheme(true);
    let boxes = [
        counts(&[0, 0, 0, 0, 9]),
        counts(&[20, 8, 2, 0, 0]),
        counts(&[40, 18, 4, 1, 0]),
    ];
    let sheet = sheet(&scheme, &boxes);
    assert_eq!(score(&sheet), "91.396825");
    let half = |category| Part {
        category,
        part: Exact::ratio(1, 2).unwrap(),
    };
    let weight = Exact::from(40_u32);
    let expected = [
        Statement::CategoryUnmarked {
            presenter: 0,
            category: 0,
            weight,
        },
        Statement::RedistributedFor {
            presenter: 0,
            parts: vec![half(1), half(2)],
        },
    ];
    assert_eq!(sheet.statements, expected);
}

#[test]
fn without_any_mark_there_is_no_score_and_no_rank() {
    let scheme = scheme(true);
    let boxes = [
        counts(&[0, 0, 0, 0, 9]),
        BoxCounts::unopened(0),
        BoxCounts::unopened(2),
    ];
    let sheet = sheet(&scheme, &boxes);
    assert_eq!(
        (sheet.presenters[0].score.clone(), sheet.presenters[0].rank),
        (None, None)
    );
    assert!(
        sheet
            .statements
            .contains(&Statement::NoScore { presenter: 0 })
    );
    assert_eq!(sheet.working(&scheme, 0, 2), []);
    assert_eq!(sheet.working(&scheme, 1, 2), []);
}

#[test]
fn an_item_without_marks_gives_its_weight_to_the_other_items() {
    let scheme = Scheme {
        grades: vec![Some(Exact::from(100_u32)), Some(Exact::from(50_u32)), None],
        items: vec![
            Exact::from(20_u32),
            Exact::from(30_u32),
            Exact::from(50_u32),
        ],
        categories: vec![CategoryRule {
            weight: Exact::one(),
            minimum: 1,
        }],
    };
    let marks = vec![vec![vec![4, 0, 0], vec![0, 4, 0], vec![0, 0, 4]]];
    let sheet = Sheet::new(
        &scheme,
        1,
        &[BoxCounts {
            ballots: 4,
            marks: Some(marks),
        }],
    )
    .unwrap();
    assert_eq!(sheet.presenters[0].score.as_ref().unwrap().fraction(), "70");
    assert_eq!(
        sheet.statements,
        [Statement::ItemUnmarked {
            presenter: 0,
            category: 0,
            item: 2
        }]
    );
}

#[test]
fn the_working_shows_every_step_from_the_counts_to_the_score() {
    let scheme = scheme(false);
    let sheet = sheet(
        &scheme,
        &[
            counts(&[6, 1, 0, 0]),
            counts(&[20, 8, 2, 0]),
            counts(&[40, 18, 4, 1]),
        ],
    );
    let steps = sheet.working(&scheme, 0, 2);
    assert_eq!(steps.len(), 7);
    let Step::ItemMean {
        terms,
        sum,
        divisor,
        mean,
        ..
    } = &steps[0]
    else {
        panic!("{:?}", steps[0])
    };
    let products: Vec<&str> = terms
        .iter()
        .map(|term| term.product.fraction.as_str())
        .collect();
    assert_eq!(products, ["600", "80", "0", "0"]);
    assert_eq!(
        (
            sum.fraction.as_str(),
            divisor.fraction.as_str(),
            mean.fraction.as_str()
        ),
        ("680", "7", "680/7")
    );
    let Step::CategoryMean {
        category: 2, mean, ..
    } = &steps[5]
    else {
        panic!("{:?}", steps[5])
    };
    assert_eq!(mean.decimal, "90.793651");
    let Step::Score {
        terms,
        divisor,
        score,
        ..
    } = &steps[6]
    else {
        panic!("{:?}", steps[6])
    };
    assert_eq!((terms.len(), divisor.fraction.as_str()), (3, "100"));
    assert_eq!(
        (
            score.fraction.as_str(),
            score.decimal.as_str(),
            score.shown.as_str()
        ),
        ("9838/105", "93.695238", "93.70")
    );
}

#[test]
fn counts_that_do_not_fit_the_form_are_refused() {
    let scheme = scheme(false);
    let good = counts(&[6, 1, 0, 0]);
    let error = |scheme: &Scheme, boxes: &[BoxCounts]| Sheet::new(scheme, 1, boxes).unwrap_err();
    assert_eq!(
        error(&scheme, std::slice::from_ref(&good)),
        ScoringError::Boxes {
            boxes: 1,
            categories: 3
        }
    );
    let short = counts(&[6, 1, 0]);
    let boxes = [good.clone(), short, good.clone()];
    assert_eq!(error(&scheme, &boxes), ScoringError::Shape { category: 1 });
    let lost = BoxCounts {
        ballots: 8,
        ..good.clone()
    };
    let boxes = [good.clone(), good.clone(), lost];
    assert_eq!(
        error(&scheme, &boxes),
        ScoringError::RowSum {
            category: 2,
            presenter: 0,
            item: 0
        }
    );
    let boxes = [
        good.clone(),
        good.clone(),
        BoxCounts {
            ballots: 1,
            marks: Some(vec![vec![vec![u64::MAX, 1, 1, 0]]]),
        },
    ];
    assert_eq!(
        error(&scheme, &boxes),
        ScoringError::RowSum {
            category: 2,
            presenter: 0,
            item: 0
        }
    );
    let boxes = [good.clone(), good.clone(), good];
    let weightless = Scheme {
        items: vec![Exact::zero()],
        ..scheme.clone()
    };
    assert_eq!(error(&weightless, &boxes), ScoringError::NoWeight);
    let valueless = Scheme {
        grades: vec![None; 4],
        ..scheme
    };
    assert_eq!(error(&valueless, &boxes), ScoringError::NoValue);
}
