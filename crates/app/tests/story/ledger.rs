//! The ledger: one matter, one entry; confirmed by somebody else; joint meetings by quarter; words of the office.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::entry::EntryMove;
use pingyi_app::record::{
    EntryDraft, EntryFilter, EntryId, EntryState, MeetingCell, UnitId, WordDraft, WordList,
};
use pingyi_app::*;

use crate::support::*;
use crate::units::Year;

const NOBODY: &str = "not_your_unit";

fn draft(unit: &UnitId, kind: &str, on_date: &str) -> EntryDraft {
    EntryDraft {
        unit: unit.to_string(),
        kind: kind.into(),
        on_date: on_date.into(),
        title: "红色经典诵读会".into(),
        ..EntryDraft::default()
    }
}

fn rules<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect(),
        other => vec![other.code().to_owned()],
    }
}

async fn add(app: &App, hand: &Hand, draft: &EntryDraft) -> EntryId {
    app.add_entry(hand, draft)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_confirmed_by_another_or_given_back_with_a_reason() {
    let year = Year::begin().await;
    let app = &year.app;
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let other = year
        .somebody("bieren", Role::Recorder, Some(&year.parks[1]))
        .await;
    let office = year.somebody("zuzhi", Role::Organiser, None).await;
    let form = EntryDraft {
        topic: "reading".into(),
        headcount: "56".into(),
        ..draft(&year.parks[0], "activity", "2023-10-20")
    };
    let id = add(app, &recorder, &form).await;
    assert_eq!(
        code(
            app.review_entry(&recorder, &id, EntryMove::Confirm, "")
                .await
        ),
        NOBODY
    );
    assert_eq!(
        code(app.review_entry(&office, &id, EntryMove::Return, " ").await),
        "fields"
    );
    app.review_entry(&office, &id, EntryMove::Return, "缺照片")
        .await
        .unwrap();
    let seen = app.entry(&recorder, &id).await.unwrap();
    assert_eq!(
        (seen.state, seen.reason.as_str(), seen.may_edit),
        (EntryState::Returned, "缺照片", true)
    );
    let again = EntryDraft {
        summary: "照片已补".into(),
        ..form.clone()
    };
    assert_eq!(
        app.change_entry(&recorder, &id, 1, &again)
            .await
            .unwrap()
            .version,
        2
    );
    let seen = app.entry(&office, &id).await.unwrap();
    assert_eq!(
        (seen.state, seen.reason.as_str(), seen.may_confirm),
        (EntryState::Recorded, "", true)
    );
    app.review_entry(&office, &id, EntryMove::Confirm, "")
        .await
        .unwrap();
    assert_eq!(
        code(app.change_entry(&recorder, &id, 2, &form).await),
        "wrong_state"
    );
    assert_eq!(
        code(app.remove_entry(&recorder, &id, 2).await),
        "wrong_state"
    );
    assert_eq!(
        app.change_entry(&office, &id, 2, &form)
            .await
            .unwrap()
            .version,
        3
    );
    assert_eq!(
        app.entry(&office, &id).await.unwrap().state,
        EntryState::Confirmed
    );
    // What the office recorded itself another of the office confirms.
    let own = add(app, &office, &form).await;
    assert_eq!(
        code(
            app.review_entry(&office, &own, EntryMove::Confirm, "")
                .await
        ),
        "same_person"
    );
    assert!(app.entry(&office, &own).await.unwrap().own);
    app.review_entry(&year.office, &own, EntryMove::Confirm, "")
        .await
        .unwrap();
    // Another park sees none of it and writes none of it.
    assert_eq!(code(app.entry(&other, &id).await), NOBODY);
    assert_eq!(code(app.add_entry(&other, &form).await), NOBODY);
    assert_eq!(code(app.change_entry(&other, &id, 3, &form).await), NOBODY);
    assert_eq!(code(app.remove_entry(&other, &id, 3).await), NOBODY);
    let ask = list::Ask {
        sort: "on_date",
        descending: true,
        after: None,
        limit: 10,
    };
    assert_eq!(
        app.entries(&other, &EntryFilter::default(), &ask)
            .await
            .unwrap()
            .total,
        0
    );
    assert_eq!(
        app.entries(&recorder, &EntryFilter::default(), &ask)
            .await
            .unwrap()
            .total,
        2
    );
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_topics_and_firms_must_be_known() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let bad = EntryDraft {
        topic: "hall".into(),
        firms: "没有的公司".into(),
        ..draft(park, "song", "2023-10-20")
    };
    assert_eq!(
        rules(app.add_entry(office, &bad).await),
        ["kind entry_kind", "topic topic", "firms firm_unknown"]
    );
    let attended = EntryDraft {
        attended: "工会、白坭坑海吉星园区党委".into(),
        ..draft(park, "meeting", "2023-10-20")
    };
    let id = add(app, office, &attended).await;
    assert_eq!(
        app.entry(office, &id).await.unwrap().entry.attended,
        ["工会", "白坭坑海吉星园区党委"]
    );
    // All that is wrong with rows that were pasted is said at once, and none of them is stored.
    let rows = [
        draft(park, "activity", "2023-10-01"),
        EntryDraft {
            title: String::new(),
            ..draft(park, "activity", "2030-01-01")
        },
    ];
    assert_eq!(
        rules(app.add_entries(office, &rows).await),
        ["1.on_date date_future", "1.title missing"]
    );
    assert_eq!(
        app.entries_count(office, &EntryFilter::default())
            .await
            .unwrap(),
        1
    );
    assert_eq!(app.add_entries(office, &rows[..1]).await.unwrap().len(), 1);
    assert_eq!(
        rules(app.add_entries(office, &[]).await),
        ["rows rows_number"]
    );
    // A word that is no longer offered stays where it is.
    let words = app.words(WordList::EntryKind).await.unwrap();
    let activity = words
        .iter()
        .find(|view| view.word.code == "activity")
        .unwrap();
    assert_eq!(activity.version, 0);
    let retired = WordDraft {
        list: "entry_kind".into(),
        label_zh: "活动".into(),
        retired: "1".into(),
        ..WordDraft::default()
    };
    let recorder = year.somebody("jilu", Role::Recorder, Some(park)).await;
    assert_eq!(
        code(app.change_word(&recorder, "activity", 0, &retired).await),
        NOBODY
    );
    assert_eq!(
        app.change_word(office, "activity", 0, &retired)
            .await
            .unwrap()
            .version,
        1
    );
    assert_eq!(
        code(
            app.change_word(
                office,
                "activity",
                0,
                &WordDraft {
                    label_zh: "别的".into(),
                    ..retired.clone()
                }
            )
            .await
        ),
        "conflict"
    );
    assert_eq!(
        rules(app.add_entry(office, &rows[0]).await),
        ["kind entry_kind"]
    );
    let own = WordDraft {
        list: "topic".into(),
        parent: "class".into(),
        label_zh: "党课".into(),
        ..WordDraft::default()
    };
    let made = app.add_word(office, &own).await.unwrap().id;
    let topic = made.strip_prefix("topic/").unwrap().to_owned();
    let class = EntryDraft {
        topic,
        ..draft(park, "class", "2023-10-01")
    };
    add(app, office, &class).await;
    let nowhere = WordDraft {
        parent: "song".into(),
        ..own
    };
    assert_eq!(
        rules(app.add_word(office, &nowhere).await),
        ["parent entry_kind"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarters_without_a_joint_meeting_are_missing() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let meeting = |day: &str, quarter: &str| EntryDraft {
        quarter: quarter.into(),
        ..draft(park, "meeting", day)
    };
    add(app, office, &meeting("2023-02-20", "")).await;
    // Held late, for the quarter before; and one that was given back, which does not count.
    add(app, office, &meeting("2023-07-03", "2023-Q2")).await;
    let back = add(app, office, &meeting("2023-09-03", "")).await;
    app.review_entry(office, &back, EntryMove::Return, "没有记录")
        .await
        .unwrap();
    let rows = app.meetings(office, 2023).await.unwrap();
    let short = |cells: &[MeetingCell]| -> String {
        cells
            .iter()
            .map(|cell| match cell {
                MeetingCell::Held(_) => 'H',
                MeetingCell::Missing => 'M',
                MeetingCell::Open => 'O',
                MeetingCell::Ahead => 'A',
                MeetingCell::NoPark => '-',
            })
            .collect()
    };
    let cells: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.name.clone(), short(&row.cells)))
        .collect();
    assert_eq!(
        cells,
        [
            ("华南城园区党委".into(), "HHMO".into()),
            ("白坭坑海吉星园区党委".into(), "MMMO".into())
        ]
    );
    let recorder = year.somebody("jilu", Role::Recorder, Some(park)).await;
    assert_eq!(app.meetings(&recorder, 2023).await.unwrap().len(), 1);
    let ahead = app.meetings(office, 2024).await.unwrap();
    assert_eq!(short(&ahead[0].cells), "AAAA");
    let classes = app.classes(office, 2023).await.unwrap();
    assert_eq!(classes.reach.len(), 3);
    assert!(
        classes.reach.iter().all(|row| row.reach.to_string() == "—"),
        "no firms, no rate"
    );
}
