//! Matters: from raised to closed by somebody else, with proof; changes by request and approval; who may what.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::matter::MatterMove;
use pingyi_app::record::{
    EditWish, MatterDraft, MatterFilter, MatterId, MatterView, MoveForm, UnitId,
};
use pingyi_app::*;

use crate::support::*;
use crate::units::Year;

const NOBODY: &str = "not_your_unit";

fn draft(unit: &UnitId) -> MatterDraft {
    MatterDraft {
        list: "key_task".into(),
        title: "土地整备".into(),
        origin: "superior".into(),
        unit: unit.to_string(),
        quantity: "830000".into(),
        measure: "平方米".into(),
        ..MatterDraft::default()
    }
}

fn say(text: &str) -> MoveForm {
    MoveForm {
        text: text.into(),
        ..MoveForm::default()
    }
}

fn to(who: &str, due: &str) -> MoveForm {
    MoveForm {
        responsible: who.into(),
        due_on: due.into(),
        ..MoveForm::default()
    }
}

struct Case {
    year: Year,
    /// A recorder of the first park, one of the second, and another of the office.
    own: Hand,
    other: Hand,
    office: Hand,
    id: MatterId,
}

impl Case {
    async fn begin() -> Self {
        let year = Year::begin().await;
        let own = year
            .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
            .await;
        let other = year
            .somebody("bieren", Role::Recorder, Some(&year.parks[1]))
            .await;
        let office = year.somebody("zuzhi", Role::Organiser, None).await;
        let id = year
            .app
            .add_matter(&own, &draft(&year.parks[0]))
            .await
            .unwrap()
            .id;
        Self {
            own,
            other,
            office,
            id: id.parse().unwrap(),
            year,
        }
    }

    async fn go(&self, hand: &Hand, step: MatterMove, form: &MoveForm) -> Result<Stored> {
        self.year.app.move_matter(hand, &self.id, step, form).await
    }

    async fn view(&self) -> MatterView {
        self.year.app.matter(&self.office, &self.id).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_is_closed_by_somebody_else_and_with_proof() {
    let case = Case::begin().await;
    let assign = to("土整中心", "2024-06-30");
    assert_eq!(
        code(case.go(&case.own, MatterMove::Assign, &assign).await),
        NOBODY
    );
    assert_eq!(
        code(case.go(&case.office, MatterMove::Assign, &say("")).await),
        "fields"
    );
    assert_eq!(
        code(
            case.go(&case.office, MatterMove::Report, &say("完成"))
                .await
        ),
        "wrong_state"
    );
    case.go(&case.office, MatterMove::Assign, &assign)
        .await
        .unwrap();
    assert_eq!(
        code(case.go(&case.own, MatterMove::Report, &say(" ")).await),
        "fields",
        "no proof"
    );
    // The office may report as well; then another of the office closes.
    case.go(&case.office, MatterMove::Report, &say("已全部移交"))
        .await
        .unwrap();
    assert_eq!(
        code(case.go(&case.office, MatterMove::Close, &say("")).await),
        "same_person"
    );
    assert_eq!(
        code(case.go(&case.own, MatterMove::Close, &say("")).await),
        NOBODY
    );
    let seen = case.view().await;
    assert!(
        seen.own_report && seen.may == [MatterMove::SendBack],
        "{:?}",
        seen.may
    );
    assert_eq!(
        code(
            case.go(&case.year.office, MatterMove::SendBack, &say(""))
                .await
        ),
        "fields"
    );
    case.go(&case.year.office, MatterMove::SendBack, &say("缺移交单"))
        .await
        .unwrap();
    case.go(&case.own, MatterMove::Report, &say("移交单已补"))
        .await
        .unwrap();
    case.go(&case.office, MatterMove::Close, &say("现场看过"))
        .await
        .unwrap();
    case.go(&case.office, MatterMove::Reopen, &say("又被占用"))
        .await
        .unwrap();
    let seen = case.view().await;
    let moves: Vec<_> = seen
        .moves
        .iter()
        .map(|m| (m.seq, m.who.as_str(), m.step.as_str(), m.state.as_str()))
        .collect();
    assert_eq!(
        moves,
        [
            (1, "jilu", "raise", "raised"),
            (2, "zuzhi", "assign", "assigned"),
            (3, "zuzhi", "report", "reported"),
            (4, "console", "send_back", "sent_back"),
            (5, "jilu", "report", "reported"),
            (6, "zuzhi", "close", "closed"),
            (7, "zuzhi", "reopen", "assigned"),
        ]
    );
    assert_eq!(
        (seen.version, seen.matter.responsible.as_str()),
        (2, "土整中心")
    );
    assert!(case.year.app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_park_neither_sees_nor_moves_it() {
    let case = Case::begin().await;
    let app = &case.year.app;
    assert_eq!(code(app.matter(&case.other, &case.id).await), NOBODY);
    assert_eq!(
        code(
            app.change_matter(&case.other, &case.id, 1, &draft(&case.year.parks[1]))
                .await
        ),
        NOBODY
    );
    assert_eq!(
        code(
            app.add_matter(&case.other, &draft(&case.year.parks[0]))
                .await
        ),
        NOBODY
    );
    assert_eq!(
        code(app.remove_matter(&case.other, &case.id, 1).await),
        NOBODY
    );
    assert_eq!(
        code(
            app.progress_matter(&case.other, &case.id, "", "1", "")
                .await
        ),
        NOBODY
    );
    for step in MatterMove::ALL {
        assert_eq!(
            code(case.go(&case.other, *step, &say("x")).await),
            NOBODY,
            "{step}"
        );
    }
    // Nor is it moved there by who may write here.
    assert_eq!(
        code(
            app.change_matter(&case.own, &case.id, 1, &draft(&case.year.parks[1]))
                .await
        ),
        NOBODY
    );
    let ask = list::Ask {
        sort: "due_key",
        descending: false,
        after: None,
        limit: 10,
    };
    let filter = MatterFilter::default();
    assert_eq!(
        app.matters(&case.other, &filter, &ask).await.unwrap().total,
        0
    );
    assert_eq!(
        app.matters(&case.own, &filter, &ask).await.unwrap().total,
        1
    );
    let leader = case.year.somebody("lingdao", Role::Leader, None).await;
    assert!(app.matter(&leader, &case.id).await.unwrap().may.is_empty());
    assert_eq!(
        code(case.go(&leader, MatterMove::Assign, &say("")).await),
        NOBODY
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_raised_is_edited_freely_and_then_by_request_and_approval() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let named = MatterDraft {
        measures: "逐户签约".into(),
        ..draft(&case.year.parks[0])
    };
    assert_eq!(
        app.change_matter(&case.own, &case.id, 1, &named)
            .await
            .unwrap()
            .version,
        2
    );
    assert_eq!(
        code(
            app.change_matter(&case.office, &case.id, 1, &draft(&case.year.parks[0]))
                .await
        ),
        "conflict"
    );
    let wish = |due: &str| EditWish {
        why: "拆迁延后".into(),
        form: MatterDraft {
            responsible: "土整中心".into(),
            due_on: due.into(),
            raised_on: "2023-11-15".into(),
            ..named.clone()
        },
    };
    assert_eq!(
        code(
            app.ask_edit(&case.own, &case.id, 2, &wish("2024-12-31"))
                .await
        ),
        "wrong_state"
    );
    case.go(
        &case.office,
        MatterMove::Assign,
        &to("土整中心", "2024-06-30"),
    )
    .await
    .unwrap();
    assert_eq!(
        code(app.change_matter(&case.own, &case.id, 3, &named).await),
        "wrong_state"
    );
    assert_eq!(
        code(app.remove_matter(&case.own, &case.id, 3).await),
        "wrong_state"
    );
    assert_eq!(
        code(
            app.ask_edit(&case.own, &case.id, 3, &wish("2024-06-30"))
                .await
        ),
        "fields",
        "nothing is changed"
    );
    assert_eq!(
        code(
            app.ask_edit(&case.other, &case.id, 3, &wish("2024-12-31"))
                .await
        ),
        NOBODY
    );
    let none = EditWish {
        why: " ".into(),
        ..wish("2024-12-31")
    };
    assert_eq!(
        code(app.ask_edit(&case.own, &case.id, 3, &none).await),
        "fields"
    );
    let ask = async |hand: &Hand, due: &str| {
        app.ask_edit(hand, &case.id, case.view().await.version, &wish(due))
            .await
            .unwrap()
            .id
            .parse()
            .unwrap()
    };
    let first = ask(&case.own, "2024-12-31").await;
    let second = ask(&case.own, "2025-03-31").await;
    let mine = ask(&case.office, "2024-09-30").await;
    assert_eq!(
        case.view().await.matter.due_on.unwrap().to_string(),
        "2024-06-30",
        "asking changes nothing"
    );
    assert_eq!(
        code(app.decide_edit(&case.own, &first, true, "").await),
        NOBODY
    );
    assert_eq!(
        code(app.decide_edit(&case.office, &mine, true, "").await),
        "same_person"
    );
    assert_eq!(
        code(app.decide_edit(&case.office, &first, false, "").await),
        "fields",
        "a refusal says why"
    );
    app.decide_edit(&case.office, &first, true, "")
        .await
        .unwrap();
    let seen = case.view().await;
    assert_eq!(
        (
            seen.version,
            seen.matter.due_on.unwrap().to_string().as_str()
        ),
        (4, "2024-12-31")
    );
    assert_eq!(
        code(app.decide_edit(&case.office, &first, false, "x").await),
        "wrong_state"
    );
    assert_eq!(
        code(app.decide_edit(&case.office, &second, true, "").await),
        "old_version",
        "the field moved on"
    );
    app.decide_edit(&case.office, &second, false, "太晚")
        .await
        .unwrap();
    let states: Vec<_> = case
        .view()
        .await
        .edits
        .into_iter()
        .map(|e| (e.state, e.answer, e.decided_by))
        .collect();
    assert_eq!(states.iter().filter(|e| e.0 == "asked").count(), 1);
    assert!(states.contains(&("refused".into(), "太晚".into(), "zuzhi".into())));
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_task_says_how_far_it_is() {
    let case = Case::begin().await;
    let app = &case.year.app;
    for (day, done) in [
        ("2023-10-31", "415000"),
        ("2023-09-30", "100000"),
        ("2023-10-31", "840000.5"),
    ] {
        app.progress_matter(&case.own, &case.id, day, done, "")
            .await
            .unwrap();
    }
    let shown: Vec<String> = case
        .view()
        .await
        .progress
        .iter()
        .map(|p| p.share.to_string())
        .collect();
    assert_eq!(shown, ["101.2%", "12.0%"]);
    assert_eq!(
        code(
            app.progress_matter(&case.own, &case.id, "2024-01-01", "1", "")
                .await
        ),
        "fields",
        "a day ahead"
    );
    assert_eq!(
        code(app.progress_matter(&case.own, &case.id, "", "-1", "").await),
        "fields"
    );
    let ask = list::Ask {
        sort: "due_key",
        descending: false,
        after: None,
        limit: 10,
    };
    let page = app
        .matters(&case.own, &MatterFilter::default(), &ask)
        .await
        .unwrap();
    assert_eq!(page.rows[0].progress.unwrap().to_string(), "101.2%");
    let problem = MatterDraft {
        list: "problem".into(),
        quantity: String::new(),
        ..draft(&case.year.parks[0])
    };
    let other = app
        .add_matter(&case.own, &problem)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap();
    assert_eq!(
        code(app.progress_matter(&case.own, &other, "", "1", "").await),
        "fields",
        "no quantity"
    );
    app.remove_matter(&case.own, &other, 1).await.unwrap();
    assert_eq!(code(app.matter(&case.own, &other).await), "not_found");
}
