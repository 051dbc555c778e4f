use super::*;
use crate::diagram;

#[test]
fn every_pair_of_state_and_move_does_what_the_table_says() {
    for state in EntryState::ALL.iter().copied() {
        for action in EntryMove::ALL.iter().copied() {
            let result = match action {
                EntryMove::Confirm => state.confirm(false),
                EntryMove::Return => state.give_back("缺照片"),
                EntryMove::Edit => state.edit(true),
            };
            match ENTRY_ARROWS.iter().find(|a| a.0 == state && a.1 == action) {
                Some(arrow) => {
                    assert_eq!(result, Ok(arrow.2), "{action} from {state}");
                    if action == EntryMove::Edit {
                        assert_eq!(state.edit(false).is_ok(), arrow.3 == "unit");
                    }
                }
                None => assert_eq!(result, Err(EntryError::WrongState { action, state })),
            }
        }
    }
    assert_eq!(
        EntryState::Recorded.confirm(true),
        Err(EntryError::SamePerson)
    );
    assert_eq!(
        EntryState::Confirmed.give_back(" "),
        Err(EntryError::ReasonMissing)
    );
    assert_eq!(
        EntryState::Confirmed.edit(false),
        Err(EntryError::OfficeOnly)
    );
}

#[test]
fn the_diagram_shows_the_table() {
    let lines = ENTRY_ARROWS.iter().map(|(from, action, to, who, event)| {
        diagram::line(from.as_str(), to.as_str(), &[action.as_str(), who, event])
    });
    diagram::assert_shows("entry.md", "recorded", lines);
}

fn draft(kind: &str) -> EntryDraft {
    EntryDraft {
        unit: "a".repeat(16),
        kind: kind.into(),
        on_date: "2018-11-20".into(),
        title: "第四季度联席会议".into(),
        ..EntryDraft::default()
    }
}

fn rules(draft: &EntryDraft) -> Vec<String> {
    let said = |p: FieldProblem| format!("{} {}", p.field, p.rule);
    let read = draft.read("2018-12-15".parse().unwrap());
    read.map_or_else(|all| all.into_iter().map(said).collect(), |_| vec![])
}

#[test]
fn a_meeting_is_of_the_quarter_of_its_day_unless_it_says_otherwise() {
    let today = "2018-12-15".parse().unwrap();
    let quarter = |draft: EntryDraft| draft.read(today).unwrap().quarter.map(|q| q.to_string());
    assert_eq!(quarter(draft("meeting")).as_deref(), Some("2018-Q4"));
    let late = EntryDraft {
        quarter: "2018-Q3".into(),
        ..draft("meeting")
    };
    assert_eq!(quarter(late).as_deref(), Some("2018-Q3"));
    assert_eq!(quarter(draft("activity")), None);
    let ahead = EntryDraft {
        quarter: "2019-Q1".into(),
        ..draft("meeting")
    };
    assert_eq!(rules(&ahead), ["quarter date_future"]);
}

#[test]
fn names_stand_apart_by_any_of_the_usual_signs() {
    let entry = EntryDraft {
        attended: "工会、 团委，妇联\n工会;派出所".into(),
        firms: "甲公司, 乙公司".into(),
        ..draft("meeting")
    };
    let entry = entry.read("2018-12-15".parse().unwrap()).unwrap();
    assert_eq!(entry.attended, ["工会", "团委", "妇联", "派出所"]);
    assert_eq!(entry.firms, ["甲公司", "乙公司"]);
    let many = (0..=MOST_NAMES)
        .map(|n| format!("公司{n}"))
        .collect::<Vec<_>>()
        .join("、");
    assert_eq!(
        rules(&EntryDraft {
            firms: many,
            ..draft("visit")
        }),
        ["firms too_many"]
    );
}

#[test]
fn fields_go_with_their_kinds() {
    let all = EntryDraft {
        quarter: "2018-Q4".into(),
        attended: "工会".into(),
        hours: "2.5".into(),
        cases: "3".into(),
        settled: "2".into(),
        findings: "灭火器过期".into(),
        shop: "b".repeat(16),
        post: "c".repeat(16),
        ..draft("")
    };
    let held = |kind: &str| -> Vec<&str> {
        let refused = rules(&EntryDraft {
            kind: kind.into(),
            ..all.clone()
        });
        let is_held = |field: &&str| !refused.contains(&format!("{field} not_of_kind"));
        OF_KINDS
            .iter()
            .map(|(field, _)| *field)
            .filter(is_held)
            .collect()
    };
    for (kind, fields) in [
        ("meeting", &["quarter", "attended"][..]),
        ("class", &[]),
        ("activity", &[]),
        ("volunteering", &["hours"]),
        ("service", &["cases"]),
        ("mediation", &["cases", "settled"]),
        ("visit", &["post"]),
        ("safety", &["findings"]),
        ("plaque", &["shop"]),
        ("own_kind", &[]),
    ] {
        assert_eq!(held(kind), fields, "{kind}");
    }
}

#[test]
fn the_form_says_all_that_is_wrong() {
    assert_eq!(
        rules(&EntryDraft::default()),
        [
            "unit missing",
            "kind missing",
            "on_date missing",
            "title missing"
        ]
    );
    let bad = EntryDraft {
        on_date: "2018-12-16".into(),
        headcount: "-1".into(),
        quantity: "3".into(),
        cases: "2".into(),
        settled: "3".into(),
        ..draft("mediation")
    };
    assert_eq!(
        rules(&bad),
        [
            "on_date date_future",
            "settled settled_cases",
            "headcount number_range",
            "measure missing"
        ]
    );
}
