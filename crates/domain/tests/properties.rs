//! Walks through the state machines in any order, and orders of any names: what must hold on every way.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use std::collections::BTreeSet;

use pingyi_domain::appraisal::{
    Action, BoxOutcome, SealCheck, State, StateName, TransitionError, VoidReason,
};
use pingyi_domain::ceremony::{Arrival, Ceremony, Step};
use pingyi_domain::config::{FormPreset, Presenter};
use pingyi_domain::order::{BoardHead, StrokeOrder, draw};
use pingyi_domain::{AppraisalConfig, CategoryCode, Digest, PresenterCode};
use proptest::prelude::*;

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

fn take(state: State, action: Action) -> Result<State, TransitionError> {
    let config = config();
    let rolls: Vec<(CategoryCode, u32)> = config
        .categories
        .iter()
        .map(|one| (one.code, one.expected))
        .collect();
    match action {
        Action::Key => state.key(Digest::of(b"trustees")),
        Action::ResetKeys => state.reset_keys(),
        Action::Seal => state.seal(&SealCheck {
            config: &config,
            rolls: &rolls,
        }),
        Action::Open => state.open(),
        Action::Pause => state.pause(),
        Action::Resume => state.resume(),
        Action::Close => state.close(),
        Action::Count => state.count(&[("A".parse().unwrap(), BoxOutcome::Opened)]),
        Action::Keep => state.keep(vec![]),
        Action::Release => state.release(vec![]),
        Action::Archive => state.archive(vec![]),
        Action::Void => state.void(VoidReason::new("试").unwrap()),
        // These end the walk, so they are left out of it.
        Action::Wipe | Action::Delete => Ok(state),
    }
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    prop::collection::vec(prop::sample::select(Action::ALL), 0..60)
}

fn names() -> impl Strategy<Value = Vec<String>> {
    let letters = prop::sample::select(
        "一丁七王李张陈赵钱孙周吴郑冯卫蒋沈韩杨朱秦A龘"
            .chars()
            .collect::<Vec<_>>(),
    );
    let name = prop::collection::vec(letters, 1..4)
        .prop_map(|letters| letters.into_iter().collect::<String>());
    prop::collection::vec(name, 1..12)
}

fn codes(count: usize) -> Vec<PresenterCode> {
    (0..count)
        .map(|number| format!("p{number}").parse().unwrap())
        .collect()
}

proptest! {
    #[test]
    fn on_every_walk_what_sealing_fixed_stays_and_the_ends_are_ends(actions in actions()) {
        let mut state = State::Draft;
        for action in actions {
            let before = state.clone();
            // A refused action leaves everything as it was.
            let Ok(next) = take(state.clone(), action) else { continue };
            if let Some(frozen) = before.frozen() {
                prop_assert_eq!(next.frozen(), Some(frozen));
            }
            if matches!(before.name(), StateName::Archived | StateName::Voided) {
                prop_assert_eq!(&next, &before);
            }
            if next.takes_ballots() || next.takes_opinions() {
                prop_assert!(next.frozen().is_some() && next.counted().is_none());
            }
            if next.shows_result() {
                prop_assert!(next.counted().is_some());
            }
            let json = serde_json::to_string(&next).unwrap();
            prop_assert_eq!(serde_json::from_str::<State>(&json).unwrap(), next.clone());
            state = next;
        }
    }

    #[test]
    fn no_order_of_messages_lets_a_step_begin_early(
        messages in prop::collection::vec((1_u32..4, prop::sample::select(&Step::ALL[..]), 0_u8..2), 0..80),
    ) {
        let mut ceremony = Ceremony::new(3);
        for (seat, step, content) in messages {
            let before = ceremony.clone();
            let Ok((next, arrival)) = ceremony.clone().take(seat, step, Digest::of(&[content])) else { continue };
            match arrival {
                Arrival::Again => prop_assert_eq!(&next, &before),
                Arrival::New => {
                    prop_assert!(Step::ALL.into_iter().filter(|one| *one < step).all(|one| before.complete(one)));
                    prop_assert_eq!(before.waiting_for(), Some(step));
                }
            }
            ceremony = next;
        }
        prop_assert_eq!(ceremony.waiting_for().is_none(), ceremony.complete(Step::Output));
    }

    #[test]
    fn the_order_by_strokes_depends_on_the_names_alone(names in names(), turn in 0_usize..12) {
        let codes = codes(names.len());
        let mut entered: Vec<(&PresenterCode, &str)> = codes.iter().zip(names.iter().map(String::as_str)).collect();
        let titles = |order: &StrokeOrder| -> Vec<String> {
            let of = |code: &PresenterCode| names[codes.iter().position(|one| one == code).unwrap()].clone();
            order.order.iter().map(of).collect()
        };
        let one = StrokeOrder::of(entered.iter().copied());
        let by = turn % entered.len();
        entered.rotate_left(by);
        let two = StrokeOrder::of(entered.into_iter());
        prop_assert_eq!(titles(&one), titles(&two));
        prop_assert_eq!(one.unknown.contains(&'A'), names.concat().contains('A'));
        prop_assert_eq!(one.order.into_iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn a_draw_loses_nobody_and_can_be_repeated(count in 0_usize..100, height in 0_u64..1000) {
        let id = "abcdefgh23456789".parse().unwrap();
        let head = BoardHead { category: "A".parse().unwrap(), height, hash: Digest::of(b"head") };
        let drawn = draw(&id, &[head], &codes(count)).unwrap();
        prop_assert_eq!(&draw(&id, &drawn.heads, &codes(count)).unwrap(), &drawn);
        let all: BTreeSet<_> = drawn.order.into_iter().collect();
        prop_assert_eq!(all, codes(count).into_iter().collect::<BTreeSet<_>>());
    }

    #[test]
    fn a_configuration_is_read_back_as_written(
        preset in prop::sample::select(&FormPreset::ALL[..]), title in "\\PC{0,90}", weight in (0_u32..1000, 1_u32..1000),
    ) {
        let mut config = AppraisalConfig { form: preset.form(), title, ..config() };
        config.categories[0].weight = format!("{}/{}", weight.0, weight.1).parse().unwrap();
        let again = AppraisalConfig::from_json(&config.canonical_json()).unwrap();
        prop_assert_eq!(again.scheme_hash(), config.scheme_hash());
        prop_assert_eq!(again, config);
    }
}
