//! What must hold for every count: who gave which mark does not matter, a better mark never harms, only ratios of
//! weights count. Ballots are made one by one and counted, as raters would.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use pingyi_scoring::{BoxCounts, CategoryRule, Exact, Scheme, Sheet};
use proptest::prelude::*;

const PRESENTERS: usize = 3;
const ITEMS: usize = 2;
/// 100, 80, 60, 40 and an abstention.
const GRADES: usize = 5;

/// The grade given in each row of one ballot.
type Ballot = Vec<usize>;

fn scheme(items: &[u32], categories: &[u32]) -> Scheme {
    let mut grades = [100_u32, 80, 60, 40]
        .map(|value| Some(Exact::from(value)))
        .to_vec();
    grades.push(None);
    let rule = |&weight: &u32| CategoryRule {
        weight: Exact::from(weight),
        minimum: 1,
    };
    Scheme {
        grades,
        items: items.iter().map(|&weight| Exact::from(weight)).collect(),
        categories: categories.iter().map(rule).collect(),
    }
}

fn count(ballots: &[Ballot]) -> BoxCounts {
    let mut marks = vec![vec![vec![0; GRADES]; ITEMS]; PRESENTERS];
    for ballot in ballots {
        for (row, &grade) in ballot.iter().enumerate() {
            marks[row / ITEMS][row % ITEMS][grade] += 1;
        }
    }
    BoxCounts {
        ballots: ballots.len() as u64,
        marks: Some(marks),
    }
}

fn sheet(scheme: &Scheme, boxes: &[Vec<Ballot>]) -> Sheet {
    let counts: Vec<BoxCounts> = boxes.iter().map(|ballots| count(ballots)).collect();
    Sheet::new(scheme, PRESENTERS, &counts).unwrap()
}

fn ballots() -> impl Strategy<Value = Vec<Ballot>> {
    prop::collection::vec(prop::collection::vec(0..GRADES, PRESENTERS * ITEMS), 1..12)
}

fn boxes() -> impl Strategy<Value = Vec<Vec<Ballot>>> {
    prop::collection::vec(ballots(), 2)
}

fn weights() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(1_u32..50, 2)
}

proptest! {
    #[test]
    fn the_order_of_the_raters_does_not_matter(
        boxes in boxes(), items in weights(), categories in weights(), turn in 0_usize..12,
    ) {
        let scheme = scheme(&items, &categories);
        let mut turned = boxes.clone();
        for ballots in &mut turned {
            let by = turn % ballots.len();
            ballots.rotate_left(by);
            ballots.reverse();
        }
        prop_assert_eq!(sheet(&scheme, &boxes), sheet(&scheme, &turned));
    }

    #[test]
    fn a_better_mark_in_place_of_a_worse_never_lowers(
        boxes in boxes(), items in weights(), categories in weights(),
        place in (0_usize..2, 0_usize..12, 0_usize..PRESENTERS * ITEMS),
    ) {
        let scheme = scheme(&items, &categories);
        let (category, ballot, row) = place;
        let ballot = ballot % boxes[category].len();
        let given = boxes[category][ballot][row];
        prop_assume!(given != GRADES - 1 && given > 0);
        let mut better = boxes.clone();
        better[category][ballot][row] = given - 1;
        let (before, after) = (sheet(&scheme, &boxes), sheet(&scheme, &better));
        let (presenter, item) = (row / ITEMS, row % ITEMS);
        let mean = |sheet: &Sheet| sheet.presenters[presenter].categories[category].items[item].mean.clone();
        prop_assert!(mean(&after) > mean(&before));
        prop_assert!(after.presenters[presenter].score > before.presenters[presenter].score);
        for other in (0..PRESENTERS).filter(|&other| other != presenter) {
            prop_assert_eq!(&after.presenters[other].score, &before.presenters[other].score);
        }
    }

    #[test]
    fn only_the_ratios_of_weights_count(
        boxes in boxes(), items in weights(), categories in weights(), scale in 1_u32..1000,
    ) {
        let scaled = |weights: &[u32]| weights.iter().map(|weight| weight * scale).collect::<Vec<_>>();
        let plain = sheet(&scheme(&items, &categories), &boxes);
        let other = sheet(&scheme(&scaled(&items), &scaled(&categories)), &boxes);
        prop_assert_eq!(plain.presenters, other.presenters);
    }

    #[test]
    fn a_score_lies_between_the_lowest_and_the_highest_value(
        boxes in boxes(), items in weights(), categories in weights(),
    ) {
        let sheet = sheet(&scheme(&items, &categories), &boxes);
        for score in sheet.presenters.iter().filter_map(|presenter| presenter.score.as_ref()) {
            prop_assert!(*score >= Exact::from(40_u32) && *score <= Exact::from(100_u32));
        }
    }

    #[test]
    fn the_parts_of_the_categories_that_count_add_up_to_one(
        boxes in boxes(), items in weights(), categories in weights(),
    ) {
        let sheet = sheet(&scheme(&items, &categories), &boxes);
        for presenter in sheet.presenters.iter().filter(|presenter| presenter.score.is_some()) {
            let total: Exact = presenter.categories.iter().filter_map(|found| found.part.clone()).sum();
            prop_assert_eq!(total, Exact::one());
        }
    }
}
