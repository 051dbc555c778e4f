//! Grades worked out by hand: cut points, floors, the cap and those who tie at it (domain.md §8).

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use pingyi_scoring::{
    Beside, BoxCounts, Cap, CategoryRule, CompositeScheme, Decision, DecisionError, Evaluation,
    Exact, Finding, Floor, GradeRules, GradeStep, Known, Method, Outcome, Proposals, Scheme,
    ScoringError, Source, Ties, findings,
};

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// Good from 90, fair from 80, middling from 60, poor below.
fn rules(cap: Option<Cap>, floors: Vec<Floor>) -> GradeRules {
    GradeRules {
        cuts: ["90", "80", "60", "0"].map(exact).to_vec(),
        cap,
        ties: Ties::Open,
        floors,
    }
}

fn method(rules: GradeRules) -> Method {
    let rule = CategoryRule {
        weight: Exact::one(),
        minimum: 1,
    };
    Method {
        scheme: Scheme {
            grades: [100_u32, 80, 60, 40]
                .map(|value| Some(Exact::from(value)))
                .to_vec(),
            items: vec![Exact::one()],
            categories: vec![rule],
        },
        composite: CompositeScheme::ballot_only(),
        rules,
    }
}

/// One box, one item, a row of counts for each presenter.
fn known(rows: &[[u64; 4]]) -> Known {
    Known {
        boxes: vec![BoxCounts {
            ballots: rows[0].iter().sum(),
            marks: Some(rows.iter().map(|row| vec![row.to_vec()]).collect()),
        }],
        presenters: vec![Beside::default(); rows.len()],
    }
}

/// Scores 85, 98, 96, 100, 96, 90, 80, 60, 40 of twenty raters; the third and the fifth are equal.
const NINE: [[u64; 4]; 9] = [
    [5, 15, 0, 0],
    [18, 2, 0, 0],
    [16, 4, 0, 0],
    [20, 0, 0, 0],
    [16, 4, 0, 0],
    [10, 10, 0, 0],
    [0, 20, 0, 0],
    [0, 0, 20, 0],
    [0, 0, 0, 20],
];

fn outcome(cap: Option<Cap>, floors: Vec<Floor>) -> Outcome {
    method(rules(cap, floors)).outcome(&known(&NINE)).unwrap()
}

fn grades(proposals: &Proposals) -> Vec<Option<usize>> {
    proposals
        .presenters
        .iter()
        .map(|proposal| proposal.grade)
        .collect()
}

#[test]
fn cut_points_alone() {
    let found = outcome(None, Vec::new()).proposals;
    assert_eq!(
        grades(&found),
        [1, 0, 0, 0, 0, 0, 1, 2, 3].map(Some),
        "90 reaches 90, 80 reaches 80, 60 reaches 60"
    );
    assert_eq!(found.cap, None);
    assert_eq!(
        found.presenters[5].steps,
        [GradeStep::Cut {
            grade: 0,
            score: exact("90"),
            from: exact("90")
        }]
    );
}

#[test]
fn below_the_last_cut_and_without_cuts_nothing_is_proposed() {
    let mut rules = rules(None, Vec::new());
    rules.cuts.truncate(3);
    let found = method(rules).outcome(&known(&NINE)).unwrap().proposals;
    assert_eq!(found.presenters[8].grade, None);
    assert_eq!(
        found.presenters[8].steps,
        [GradeStep::BelowCuts {
            score: exact("40"),
            lowest: exact("60")
        }]
    );
    let none = method(GradeRules::default())
        .outcome(&known(&NINE))
        .unwrap();
    assert_eq!(grades(&none.proposals), [None; 9]);
}

#[test]
fn a_third_of_nine_is_three_and_those_who_tie_for_the_third_get_none() {
    let third = Cap::Share(exact("1/3"));
    let found = outcome(Some(third), Vec::new()).proposals;
    // 100 and 98 have two places; 96 and 96 tie for the third; 90 is below them.
    assert_eq!(grades(&found), [1, 0, 1, 0, 1, 1, 1, 2, 3].map(Some));
    let cap = found.cap.as_ref().unwrap();
    assert_eq!((cap.places, cap.of, cap.reached, cap.given), (3, 9, 5, 2));
    assert_eq!(cap.tied, [2, 4]);
    for tied in [2, 4] {
        assert!(found.presenters[tied].tied());
        assert_eq!(
            found.presenters[tied].steps[1],
            GradeStep::TiedAtCap {
                left: 1,
                tied: 2,
                grade: 1
            }
        );
    }
    assert_eq!(
        found.presenters[5].steps[1],
        GradeStep::Capped {
            places: 3,
            grade: 1
        }
    );
}

#[test]
fn a_cap_that_fits_those_who_tie_takes_them_both() {
    let found = outcome(Some(Cap::Number(4)), Vec::new()).proposals;
    assert_eq!(grades(&found), [1, 0, 0, 0, 0, 1, 1, 2, 3].map(Some));
    assert_eq!(found.cap.unwrap().tied, [0_usize; 0]);
    let all = outcome(Some(Cap::Number(9)), Vec::new()).proposals;
    assert_eq!(
        all,
        Proposals {
            cap: all.cap.clone(),
            ..outcome(None, Vec::new()).proposals
        }
    );
    let none = outcome(Some(Cap::Number(0)), Vec::new()).proposals;
    assert!(grades(&none).iter().all(|grade| *grade != Some(0)));
    assert_eq!(
        none.cap.unwrap().tied,
        [0_usize; 0],
        "no place, no tie for one"
    );
}

#[test]
fn an_office_may_let_all_who_tie_in_and_it_is_said() {
    let mut rules = rules(Some(Cap::Number(3)), Vec::new());
    rules.ties = Ties::AllIn;
    let found = method(rules).outcome(&known(&NINE)).unwrap().proposals;
    assert_eq!(grades(&found), [1, 0, 0, 0, 0, 1, 1, 2, 3].map(Some));
    let cap = found.cap.as_ref().unwrap();
    assert_eq!((cap.places, cap.given), (3, 4));
    assert_eq!(cap.tied, [2, 4]);
    assert!(found.presenters[2].tied());
}

#[test]
fn a_share_is_rounded_down_and_counts_only_who_has_a_composite() {
    for (share, of, places) in [
        ("1/3", 9, 3),
        ("1/3", 8, 2),
        ("1/3", 2, 0),
        ("0.3", 10, 3),
        ("1", 7, 7),
        ("0", 7, 0),
    ] {
        assert_eq!(
            Cap::Share(exact(share)).places(of),
            places,
            "{share} of {of}"
        );
    }
}

#[test]
fn a_floor_bites_below_its_share_and_not_at_it() {
    let floor = |below: &str| Floor::Marks {
        item: Some(0),
        best: 2,
        below: exact(below),
        at_most: 2,
    };
    let mut method = method(rules(None, vec![floor("2/3")]));
    // The leaders lift both to the second grade: (76 + 100) ÷ 2 = 88 and (80 + 100) ÷ 2 = 90.
    method.composite.leaders = Exact::one();
    let leader = Evaluation {
        weight: Exact::one(),
        points: exact("100"),
    };
    let mut known = known(&[[9, 0, 0, 6], [10, 0, 0, 5]]);
    for beside in &mut known.presenters {
        beside.leaders = vec![leader.clone()];
    }
    let found = method.outcome(&known).unwrap().proposals;
    assert_eq!(grades(&found), [2, 0].map(Some), "10 of 15 is two thirds");
    assert_eq!(
        found.presenters[0].steps[1],
        GradeStep::Floor {
            floor: 0,
            found: exact("3/5"),
            grade: 2
        }
    );
    assert_eq!(found.presenters[1].steps.len(), 1);
}

#[test]
fn a_floor_frees_a_place_under_the_cap() {
    // The second (98) keeps 1 of 10 below the best grade and loses it; the two who tie then fit in.
    let floor = Floor::Marks {
        item: None,
        best: 1,
        below: exact("0.8"),
        at_most: 1,
    };
    let mut rows = NINE;
    rows[1] = [15, 5, 0, 0];
    let method = method(rules(Some(Cap::Number(3)), vec![floor]));
    let found = method.outcome(&known(&rows)).unwrap().proposals;
    assert_eq!(grades(&found), [1, 1, 0, 0, 0, 1, 1, 2, 3].map(Some));
    assert_eq!(found.cap.unwrap().given, 3);
}

#[test]
fn too_few_points_of_a_source_keep_from_the_best_grade() {
    let floor = Floor::Points {
        source: Source::Indicators,
        below: exact("60"),
        at_most: 1,
    };
    let mut method = method(rules(None, vec![floor]));
    method.composite.indicators = exact("0.1");
    let mut known = known(&[[20, 0, 0, 0], [20, 0, 0, 0], [20, 0, 0, 0]]);
    known.presenters[0].indicators = Some(exact("0.59"));
    known.presenters[1].indicators = Some(exact("0.6"));
    let found = method.outcome(&known).unwrap().proposals;
    assert_eq!(
        grades(&found),
        [1, 0, 0].map(Some),
        "who has no indicators is left alone"
    );
}

#[test]
fn rules_that_do_not_fit_are_refused() {
    let refused = |rules: GradeRules| method(rules).outcome(&known(&NINE)).unwrap_err();
    let mut rising = rules(None, Vec::new());
    rising.cuts[2] = exact("80");
    assert_eq!(refused(rising), ScoringError::CutsNotFalling { cut: 2 });
    assert_eq!(
        refused(rules(Some(Cap::Share(exact("1.1"))), Vec::new())),
        ScoringError::CapAboveAll
    );
    let single = GradeRules {
        cuts: vec![exact("90")],
        cap: Some(Cap::Number(1)),
        ties: Ties::Open,
        floors: Vec::new(),
    };
    assert_eq!(refused(single), ScoringError::CapWithoutSecondGrade);
    let floor = |item, best, at_most| Floor::Marks {
        item,
        best,
        below: exact("2/3"),
        at_most,
    };
    for wrong in [
        floor(Some(1), 2, 2),
        floor(None, 0, 2),
        floor(None, 5, 2),
        floor(None, 2, 4),
    ] {
        assert_eq!(
            refused(rules(None, vec![floor(None, 2, 2), wrong])),
            ScoringError::Floor { floor: 1 }
        );
    }
}

#[test]
fn another_grade_than_the_one_proposed_needs_a_reason() {
    assert_eq!(
        Decision::new(Some(1), 0, 4, Some("  ")),
        Err(DecisionError::ReasonMissing)
    );
    assert_eq!(
        Decision::new(None, 1, 4, None),
        Err(DecisionError::ReasonMissing)
    );
    assert_eq!(
        Decision::new(Some(1), 4, 4, Some("x")),
        Err(DecisionError::NoSuchGrade {
            grade: 4,
            grades: 4
        })
    );
    let same = Decision::new(Some(1), 1, 4, None).unwrap();
    assert!(!same.differs() && same.reason().is_none());
    let other = Decision::new(Some(1), 0, 4, Some(" 并列，班子研究确定 ")).unwrap();
    assert!(other.differs());
    assert_eq!(other.reason(), Some("并列，班子研究确定"));
    assert_eq!((other.proposed(), other.decided()), (Some(1), 0));
}

#[test]
fn all_decisions_together_are_looked_over() {
    let found = outcome(Some(Cap::Number(3)), Vec::new()).proposals;
    let as_proposed: Vec<Option<Decision>> = found
        .presenters
        .iter()
        .map(|proposal| {
            let grade = proposal.grade.unwrap();
            Some(Decision::new(Some(grade), grade, 4, None).unwrap())
        })
        .collect();
    assert_eq!(findings(&found, &as_proposed), []);
    let lift = |decisions: &mut Vec<Option<Decision>>, presenter: usize| {
        decisions[presenter] = Some(Decision::new(Some(1), 0, 4, Some("班子研究确定")).unwrap());
    };
    let mut one = as_proposed.clone();
    lift(&mut one, 2);
    assert_eq!(
        findings(&found, &one),
        [Finding::TieSplit { tied: vec![2, 4] }]
    );
    let mut both = one;
    lift(&mut both, 4);
    both[8] = None;
    assert_eq!(
        findings(&found, &both),
        [
            Finding::AboveCap {
                places: 3,
                given: 4
            },
            Finding::Undecided { presenter: 8 }
        ]
    );
}
