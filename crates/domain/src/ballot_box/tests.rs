use super::*;
use crate::diagram;

/// An example of each state: closed with 8 ballots, to be tallied at a minimum of 8 and skipped at 9.
fn examples() -> [BallotBox; 9] {
    [
        BallotBox::New,
        BallotBox::Sealed,
        BallotBox::Open,
        BallotBox::Paused,
        BallotBox::Closed { ballots: 8 },
        BallotBox::Tallied {
            ballots: 8,
            shares: BTreeSet::from([1, 2]),
        },
        BallotBox::Opened { ballots: 8 },
        BallotBox::Skipped {
            ballots: 7,
            minimum: 8,
        },
        BallotBox::Void,
    ]
}

fn take(state: BallotBox, action: BoxAction) -> Result<BallotBox, BoxError> {
    match action {
        BoxAction::Seal => state.seal(),
        BoxAction::Open => state.open(),
        BoxAction::Pause => state.pause(),
        BoxAction::Resume => state.resume(),
        BoxAction::Close => state.close(8),
        BoxAction::Tally => state.tally(8),
        BoxAction::Skip => state.skip(9),
        BoxAction::Share => state.share(3),
        BoxAction::Result => state.result(2),
        BoxAction::Void => state.void(),
    }
}

#[test]
fn every_pair_of_state_and_action_does_what_the_table_says() {
    for state in examples() {
        for action in BoxAction::ALL {
            let from = state.name();
            let result = take(state.clone(), action).map(|next| next.name());
            match BOX_ARROWS
                .iter()
                .find(|arrow| arrow.0 == from && arrow.1 == action)
            {
                Some(arrow) => assert_eq!(result, Ok(arrow.2), "{action:?} from {from}"),
                None => assert_eq!(
                    result,
                    Err(BoxError::WrongState {
                        action,
                        state: from
                    })
                ),
            }
        }
    }
}

#[test]
fn the_diagram_shows_the_table() {
    let lines = BOX_ARROWS
        .iter()
        .map(|arrow| diagram::line(arrow.0, arrow.2, &[arrow.1.as_str(), arrow.3]));
    diagram::assert_shows("box.md", "new", lines);
}

#[test]
fn a_box_below_its_minimum_is_skipped_and_no_other() {
    let closed = BallotBox::Closed { ballots: 7 };
    assert_eq!(
        closed.clone().tally(8),
        Err(BoxError::BelowMinimum {
            ballots: 7,
            minimum: 8
        })
    );
    assert_eq!(
        closed.clone().tally_or_skip(8),
        Ok(BallotBox::Skipped {
            ballots: 7,
            minimum: 8
        })
    );
    assert_eq!(
        closed.clone().skip(7),
        Err(BoxError::NotBelowMinimum {
            ballots: 7,
            minimum: 7
        })
    );
    let tallied = closed.tally_or_skip(7).unwrap();
    assert_eq!(tallied.name(), "tallied");
    assert_eq!(tallied.outcome(), BoxOutcome::Pending);
    assert_eq!(
        BallotBox::Open.tally_or_skip(1).unwrap_err(),
        BoxError::WrongState {
            action: BoxAction::Tally,
            state: "open"
        }
    );
}

#[test]
fn the_result_waits_for_the_threshold_and_counts_a_teller_once() {
    let tallied = BallotBox::Tallied {
        ballots: 8,
        shares: BTreeSet::new(),
    };
    let one = tallied.share(3).unwrap();
    assert_eq!(one.clone().share(3), Err(BoxError::ShareTwice { seat: 3 }));
    assert_eq!(
        one.clone().result(2),
        Err(BoxError::BelowThreshold {
            present: 1,
            threshold: 2
        })
    );
    let opened = one.share(1).unwrap().result(2).unwrap();
    assert_eq!(opened.outcome(), BoxOutcome::Opened);
    assert_eq!(
        BallotBox::Skipped {
            ballots: 1,
            minimum: 8
        }
        .outcome(),
        BoxOutcome::Skipped
    );
}

#[test]
fn every_state_is_read_back_as_written() {
    for state in examples() {
        let json = serde_json::to_value(&state).unwrap();
        assert_eq!(json["state"], state.name());
        assert_eq!(serde_json::from_value::<BallotBox>(json).unwrap(), state);
    }
}
