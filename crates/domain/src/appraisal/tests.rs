use super::*;
use crate::config::{AppraisalConfig, Presenter};
use crate::diagram;
use crate::roles::Role;

fn config() -> AppraisalConfig {
    let presenter = Presenter {
        code: "p1".parse().unwrap(),
        title: "第一书记".into(),
        unit: String::new(),
        unit_id: None,
    };
    AppraisalConfig {
        presenters: vec![presenter],
        ..AppraisalConfig::starting(2018)
    }
}

fn rolls(config: &AppraisalConfig) -> Vec<(CategoryCode, u32)> {
    config
        .categories
        .iter()
        .map(|category| (category.code, category.expected))
        .collect()
}

fn code(letter: &str) -> CategoryCode {
    letter.parse().unwrap()
}

fn frozen() -> Frozen {
    Frozen {
        trustees: Digest::of(b"trustees"),
        scheme: Digest::of(b"scheme"),
    }
}

fn counted(kept: bool) -> Counted {
    Counted {
        frozen: frozen(),
        skipped: vec![],
        kept,
    }
}

/// An example of each state; for Counted the one from which every arrow of Counted is possible.
fn example(name: StateName, action: Action) -> State {
    match name {
        StateName::Draft => State::Draft,
        StateName::Keyed => State::Keyed {
            trustees: Digest::of(b"trustees"),
        },
        StateName::Sealed => State::Sealed(frozen()),
        StateName::Open => State::Open(frozen()),
        StateName::Paused => State::Paused(frozen()),
        StateName::Closed => State::Closed(frozen()),
        StateName::Counted => State::Counted(counted(action == Action::Archive)),
        StateName::Released => State::Released(counted(false)),
        StateName::Archived => State::Archived(counted(false)),
        StateName::Voided => State::Voided(Voided {
            from: StateName::Open,
            reason: VoidReason::new("试").unwrap(),
            frozen: frozen(),
        }),
    }
}

/// Takes an arrow with everything its rules ask for.
fn take(state: State, action: Action) -> Result<End, TransitionError> {
    let config = config();
    let next = match action {
        Action::Key => state.key(Digest::of(b"trustees")),
        Action::ResetKeys => state.reset_keys(),
        Action::Seal => state.seal(&SealCheck {
            config: &config,
            rolls: &rolls(&config),
        }),
        Action::Open => state.open(),
        Action::Pause => state.pause(),
        Action::Resume => state.resume(),
        Action::Close => state.close(),
        Action::Count => state.count(&[(code("A"), BoxOutcome::Opened)]),
        Action::Keep => state.keep(vec![]),
        Action::Release => state.release(vec![]),
        Action::Archive => state.archive(vec![]),
        Action::Void => state.void(VoidReason::new("停电").unwrap()),
        Action::Wipe => return state.wipe(true).map(|()| End::Gone),
        Action::Delete => return state.delete().map(|()| End::Gone),
    };
    next.map(|state| End::State(state.name()))
}

#[test]
fn every_pair_of_state_and_action_does_what_the_table_says() {
    for &from in StateName::ALL {
        for &action in Action::ALL {
            let result = take(example(from, action), action);
            match Arrow::find(from, action) {
                Some(arrow) => assert_eq!(result, Ok(arrow.to), "{action} from {from}"),
                None => assert_eq!(
                    result,
                    Err(TransitionError::WrongState {
                        action,
                        state: from
                    })
                ),
            }
        }
    }
}

#[test]
fn no_arrow_stands_twice_and_each_event_is_in_the_catalogue() {
    for (index, arrow) in ARROWS.iter().enumerate() {
        let twin = |other: &Arrow| other.from == arrow.from && other.action == arrow.action;
        assert!(!ARROWS[..index].iter().any(twin), "{arrow:?}");
        assert!(
            crate::audit::AuditEvent::ACTIONS.contains(&arrow.event),
            "{}",
            arrow.event
        );
    }
}

#[test]
fn the_diagram_shows_the_table() {
    let table = ARROWS.iter().map(|arrow| {
        let to = match arrow.to {
            End::State(name) => name.as_str(),
            End::Gone => "[*]",
        };
        diagram::line(
            arrow.from.as_str(),
            to,
            &[arrow.action.as_str(), arrow.who.as_str(), arrow.event],
        )
    });
    diagram::assert_shows("appraisal.md", "draft", table);
}

#[test]
fn sealing_names_the_rule_broken() {
    let keyed = example(StateName::Keyed, Action::Seal);
    let config = config();
    let seal = |config: &AppraisalConfig, rolls: &[(CategoryCode, u32)]| {
        keyed.clone().seal(&SealCheck { config, rolls })
    };
    let faulty = AppraisalConfig {
        title: String::new(),
        ..config.clone()
    };
    assert_eq!(
        seal(&faulty, &rolls(&faulty)),
        Err(TransitionError::Problems { count: 1 })
    );
    let mut short = rolls(&config);
    short.remove(1);
    assert_eq!(
        seal(&config, &short),
        Err(TransitionError::RollMissing {
            categories: vec![code("B")]
        })
    );
    let mut short = rolls(&config);
    short[2].1 = 7;
    assert_eq!(
        seal(&config, &short),
        Err(TransitionError::RollBelowMinimum {
            categories: vec![code("C")]
        })
    );
    let sealed = seal(&config, &rolls(&config)).unwrap();
    assert_eq!(
        sealed.frozen().unwrap().scheme.as_str(),
        config.scheme_hash()
    );
}

#[test]
fn the_count_waits_for_every_box_and_remembers_the_skipped() {
    let closed = example(StateName::Closed, Action::Count);
    let boxes = [
        (code("A"), BoxOutcome::Opened),
        (code("B"), BoxOutcome::Pending),
    ];
    assert_eq!(
        closed.clone().count(&boxes),
        Err(TransitionError::BoxesPending {
            categories: vec![code("B")]
        })
    );
    let boxes = [
        (code("A"), BoxOutcome::Opened),
        (code("B"), BoxOutcome::Skipped),
    ];
    let state = closed.count(&boxes).unwrap();
    assert_eq!(state.counted().unwrap().skipped, [code("B")]);
}

#[test]
fn a_result_is_put_away_only_released_or_kept() {
    let state = State::Counted(counted(false));
    assert_eq!(
        state.clone().archive(vec![]),
        Err(TransitionError::NeitherReleasedNorKept)
    );
    assert!(!state.shows_opinions() && !state.shows_result());
    let kept = state.keep(vec![]).unwrap();
    assert!(kept.shows_opinions() && !kept.shows_result());
    assert_eq!(kept.clone().keep(vec![]), Err(TransitionError::AlreadyKept));
    let put_away = kept.clone().archive(vec![]).unwrap();
    assert!(put_away.shows_opinions() && !put_away.shows_result());
    let released = kept.release(vec![]).unwrap();
    assert!(released.shows_result() && released.shows_opinions());
    // Released after it was kept is released for good.
    assert!(released.archive(vec![]).unwrap().shows_result());
}

#[test]
fn more_returned_than_issued_stops_the_result() {
    let refused = Err(TransitionError::ReturnedAboveIssued {
        categories: vec![code("A")],
    });
    assert_eq!(
        State::Counted(counted(false)).release(vec![code("A")]),
        refused
    );
    assert_eq!(
        State::Counted(counted(false)).keep(vec![code("A")]),
        refused
    );
    // The numbers may be put right as long as it is kept, and then say that it is void.
    let kept = State::Counted(counted(true));
    assert_eq!(kept.clone().archive(vec![code("A")]), refused);
    assert_eq!(kept.release(vec![code("A")]), refused);
}

#[test]
fn voiding_needs_a_reason_and_keeps_it() {
    assert_eq!(VoidReason::new(" \n"), Err(TransitionError::ReasonMissing));
    let long = "长".repeat(MAX_REASON + 1);
    assert_eq!(
        VoidReason::new(&long),
        Err(TransitionError::ReasonTooLong { most: MAX_REASON })
    );
    let state = State::Open(frozen())
        .void(VoidReason::new(" 票数不符 ").unwrap())
        .unwrap();
    let json = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&json).unwrap(), state);
    assert!(
        json.contains(r#""state":"voided","from":"open","reason":"票数不符""#),
        "{json}"
    );
    assert!(serde_json::from_str::<State>(&json.replace("票数不符", " ")).is_err());
}

#[test]
fn every_state_is_read_back_as_written() {
    for &name in StateName::ALL {
        let state = example(name, Action::Open);
        let json = serde_json::to_value(&state).unwrap();
        assert_eq!(json["state"], name.as_str());
        assert_eq!(serde_json::from_value::<State>(json).unwrap(), state);
        assert_eq!(name.as_str().parse::<StateName>().unwrap(), name);
    }
}

#[test]
fn only_a_rehearsal_is_wiped() {
    assert_eq!(
        State::Open(frozen()).wipe(false),
        Err(TransitionError::NotARehearsal)
    );
}

#[test]
fn editing_ends_with_sealing_and_tellers_with_the_first_certificate() {
    let old = config();
    let mut other_title = old.clone();
    other_title.title.push('x');
    let mut other_tellers = old.clone();
    other_tellers.tellers.names.swap(0, 1);
    let keyed = example(StateName::Keyed, Action::Seal);
    assert_eq!(State::Draft.check_edit(false, &old, &other_tellers), Ok(()));
    assert_eq!(State::Draft.check_edit(true, &old, &other_title), Ok(()));
    assert_eq!(
        State::Draft.check_edit(true, &old, &other_tellers),
        Err(TransitionError::TellersFrozen)
    );
    assert_eq!(keyed.check_edit(true, &old, &other_title), Ok(()));
    assert_eq!(
        keyed.check_edit(true, &old, &other_tellers),
        Err(TransitionError::TellersFrozen)
    );
    let frozen_error = Err(TransitionError::Frozen {
        state: StateName::Open,
    });
    assert_eq!(
        State::Open(frozen()).check_edit(true, &old, &old),
        frozen_error
    );
}

#[test]
fn the_next_steps_follow_role_and_kind() {
    let organiser = |role| role == Role::Organiser;
    let next = |state: &State, rehearsal| state.next(organiser, rehearsal, false);
    assert_eq!(next(&State::Draft, false), [Action::Delete]);
    assert_eq!(next(&State::Draft, true), [Action::Wipe]);
    assert_eq!(
        State::Draft.next(organiser, false, true),
        [Action::ResetKeys, Action::Delete]
    );
    assert_eq!(
        next(&State::Open(frozen()), false),
        [Action::Pause, Action::Close, Action::Void]
    );
    let before = State::Counted(counted(false));
    assert_eq!(
        next(&before, false),
        [Action::Keep, Action::Release, Action::Void]
    );
    let kept = State::Counted(counted(true));
    assert_eq!(
        next(&kept, false),
        [Action::Release, Action::Archive, Action::Void]
    );
    assert_eq!(
        State::Open(frozen()).next(|role| role == Role::Leader, false, true),
        []
    );
}

#[test]
fn what_is_taken_in_which_state() {
    let with = |test: fn(&State) -> bool| -> Vec<StateName> {
        StateName::ALL
            .iter()
            .copied()
            .filter(|&name| test(&example(name, Action::Open)))
            .collect()
    };
    assert_eq!(with(State::takes_ballots), [StateName::Open]);
    assert_eq!(
        with(State::takes_opinions),
        [StateName::Open, StateName::Paused]
    );
    assert_eq!(with(State::takes_roll), [StateName::Keyed]);
    assert_eq!(
        with(State::shows_result),
        [StateName::Released, StateName::Archived]
    );
}
