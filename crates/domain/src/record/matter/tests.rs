use super::*;
use crate::Actor;
use crate::diagram;
use crate::record::{FieldChange, changes};

fn user(id: &str) -> Actor {
    Actor::User(id.into())
}

fn examples() -> [MatterState; 5] {
    [
        MatterState::Raised,
        MatterState::Assigned,
        MatterState::Reported {
            by: user("recorder"),
        },
        MatterState::SentBack,
        MatterState::Closed {
            reported_by: user("recorder"),
            by: user("office"),
        },
    ]
}

fn take(state: MatterState, action: MatterMove) -> Result<MatterState, MatterError> {
    match action {
        MatterMove::Assign => state.assign(true),
        MatterMove::Report => state.report(user("recorder"), true),
        MatterMove::Close => state.close(user("office")),
        MatterMove::SendBack => state.send_back("照片看不清"),
        MatterMove::Reopen => state.reopen("又出现了"),
    }
}

#[test]
fn every_pair_of_state_and_move_does_what_the_table_says() {
    for state in examples() {
        let from = state.name();
        for action in MatterMove::ALL.iter().copied() {
            let result = take(state.clone(), action).map(|next| next.name());
            match MATTER_ARROWS.iter().find(|a| a.0 == from && a.1 == action) {
                Some(arrow) => {
                    assert_eq!(result, Ok(arrow.2), "{action} from {from}");
                    assert_eq!(arrow.3, action.hand());
                }
                None => assert_eq!(
                    result,
                    Err(MatterError::WrongState {
                        action,
                        state: from
                    })
                ),
            }
        }
    }
    let on: Vec<_> = MatterMove::from(MatterStateName::Reported).collect();
    assert_eq!(on, [MatterMove::Close, MatterMove::SendBack]);
}

#[test]
fn the_diagram_shows_the_table() {
    let lines = MATTER_ARROWS.iter().map(|(from, action, to, who)| {
        diagram::line(
            from.as_str(),
            to.as_str(),
            &[action.as_str(), who.as_str(), "matter_moved"],
        )
    });
    diagram::assert_shows("matter.md", "raised", lines);
}

#[test]
fn nothing_is_closed_without_proof_or_by_who_reported_it() {
    let assigned = MatterState::Raised.assign(true).unwrap();
    assert_eq!(
        MatterState::Raised.assign(false),
        Err(MatterError::Unassigned)
    );
    assert_eq!(
        assigned.clone().report(user("a"), false),
        Err(MatterError::ProofMissing)
    );
    let reported = assigned.report(user("a"), true).unwrap();
    assert_eq!(
        reported.clone().close(user("a")),
        Err(MatterError::SamePerson)
    );
    assert_eq!(
        reported.clone().send_back(" \n"),
        Err(MatterError::ReasonMissing)
    );
    // Whoever reports last is who may not close.
    let again = reported
        .send_back("不够")
        .unwrap()
        .report(user("b"), true)
        .unwrap();
    let closed = again.close(user("a")).unwrap();
    let parts = MatterState::Closed {
        reported_by: user("b"),
        by: user("a"),
    };
    assert_eq!(closed, parts);
    assert_eq!(closed.clone().reopen(""), Err(MatterError::ReasonMissing));
    assert_eq!(closed.reopen("复发"), Ok(MatterState::Assigned));
}

fn draft() -> MatterDraft {
    MatterDraft {
        list: "key_task".into(),
        title: "土地整备".into(),
        origin: "superior".into(),
        unit: "a".repeat(16),
        responsible: "土整中心".into(),
        raised_on: "2018-01-10".into(),
        due_on: "2018-12-31".into(),
        quantity: "830000".into(),
        measure: "平方米".into(),
        ..MatterDraft::default()
    }
}

fn today() -> Date {
    "2018-12-15".parse().unwrap()
}

fn rules(draft: &MatterDraft) -> Vec<String> {
    let said = |p: FieldProblem| format!("{} {}", p.field, p.rule);
    draft
        .read(today())
        .map_or_else(|all| all.into_iter().map(said).collect(), |_| vec![])
}

#[test]
fn the_form_says_all_that_is_wrong() {
    assert_eq!(rules(&draft()), [] as [&str; 0]);
    let bad = MatterDraft {
        list: "wish".into(),
        title: String::new(),
        origin: "rumour".into(),
        unit: String::new(),
        raised_on: "2018-12-16".into(),
        due_on: "soon".into(),
        quantity: "-1".into(),
        ..draft()
    };
    assert_eq!(
        rules(&bad),
        [
            "list matter_list",
            "title missing",
            "origin matter_origin",
            "unit missing",
            "raised_on date_future",
            "due_on date",
            "quantity amount"
        ]
    );
    let problem = MatterDraft {
        list: "problem".into(),
        due_on: "2018-01-09".into(),
        measure: String::new(),
        ..draft()
    };
    assert_eq!(
        rules(&problem),
        [
            "due_on due_before",
            "quantity quantity_key_task",
            "measure missing"
        ]
    );
    let nothing = MatterDraft {
        quantity: "0".into(),
        ..draft()
    };
    assert_eq!(rules(&nothing), ["quantity quantity_nought"]);
    let now = MatterDraft {
        raised_on: String::new(),
        ..draft()
    };
    assert_eq!(now.read(today()).unwrap().raised_on, today());
}

#[test]
fn overdue_is_a_day_past_and_not_closed() {
    use MatterStateName::{Assigned, Closed, Raised};
    let day = |text: &str| Some(text.parse().unwrap());
    for (state, due, is) in [
        (Assigned, day("2018-12-14"), Due::Over),
        (Closed, day("2018-12-14"), Due::None),
        (Assigned, day("2018-12-15"), Due::Soon),
        (Assigned, day("2018-12-29"), Due::Soon),
        (Assigned, day("2018-12-30"), Due::Later),
        (Raised, None, Due::None),
    ] {
        assert_eq!(Due::of(state, due, today()), is, "{state} {due:?}");
    }
}

#[test]
fn progress_may_pass_the_whole() {
    let amount = |text: &str| text.parse::<Amount>().unwrap();
    let whole = amount("830000");
    for (done, shown) in [
        (None, "0.0%"),
        (Some("415000"), "50.0%"),
        (Some("840000.5"), "101.2%"),
    ] {
        assert_eq!(progress(done.map(amount), whole).to_string(), shown);
    }
}

#[test]
fn what_was_asked_for_is_made_unless_the_field_moved_on() {
    let matter = draft().read(today()).unwrap();
    assert_eq!(MatterDraft::from(&matter), draft());
    let wanted = MatterDraft {
        due_on: "2019-06-30".into(),
        measure: "㎡".into(),
        ..draft()
    };
    let asked = changes(Some(&matter), Some(&wanted.read(today()).unwrap()));
    assert_eq!(asked.len(), 2);
    assert_eq!(apply(&matter, &asked), Ok(wanted.clone()));
    // The same again, once made, changes nothing.
    let made = wanted.read(today()).unwrap();
    assert_eq!(apply(&made, &asked), Ok(wanted.clone()));
    let moved = MatterDraft {
        due_on: "2019-01-31".into(),
        ..draft()
    };
    let stale = EditError::Stale {
        field: "due_on".into(),
    };
    assert_eq!(apply(&moved.read(today()).unwrap(), &asked), Err(stale));
    let odd = FieldChange {
        field: "state".into(),
        from: "raised".into(),
        to: "closed".into(),
    };
    assert_eq!(
        apply(&matter, &[odd]),
        Err(EditError::Unknown {
            field: "state".into()
        })
    );
}

#[test]
fn every_field_can_be_asked_for() {
    let matter = draft().read(today()).unwrap();
    let all: Vec<FieldChange> = matter
        .fields()
        .into_iter()
        .map(|(field, value)| FieldChange {
            field: field.into(),
            from: value.clone(),
            to: value,
        })
        .collect();
    assert_eq!(apply(&matter, &all), Ok(draft()));
}
