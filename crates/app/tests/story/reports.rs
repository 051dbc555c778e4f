//! Duty reports: written by the unit, looked over by the office; figures frozen with their source; last year's list answered.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::matter::MatterMove;
use pingyi_app::record::{EntryDraft, MatterDraft, MatterId, MoveForm, RemarkId, ReportId, UnitId};
use pingyi_app::reports::{
    AnswerForm, BeginForm, Lack, OutlineDraft, RemarkForm, RemarkMove, RemarkMoveForm, ReportForm,
    ReportMove, ReportStateName, ReportView, SectionDraft, SectionForm, SpanKind,
};
use pingyi_app::*;
use pingyi_papers::Paper;

use crate::support::*;
use crate::units::Year;

const NOBODY: &str = "not_your_unit";

struct Case {
    year: Year,
    /// A recorder and a presenter of the first park, a recorder of the second, and two of the office.
    recorder: Hand,
    presenter: Hand,
    other: Hand,
    office: Hand,
    chief: Hand,
    id: ReportId,
}

fn section(code: &str, least: &str, most: &str) -> SectionDraft {
    SectionDraft {
        code: code.into(),
        title: format!("节{code}"),
        least: least.into(),
        most: most.into(),
        required: "1".into(),
        ..SectionDraft::default()
    }
}

fn begin(unit: &UnitId, year: &str) -> BeginForm {
    BeginForm {
        unit: unit.to_string(),
        year: year.into(),
    }
}

fn say(text: &str) -> ReportForm {
    ReportForm { text: text.into() }
}

async fn class(year: &Year, hand: &Hand, unit: &UnitId, day: &str) {
    let draft = EntryDraft {
        unit: unit.to_string(),
        kind: "class".into(),
        on_date: day.into(),
        title: format!("学习{day}"),
        headcount: "30".into(),
        ..EntryDraft::default()
    };
    year.app.add_entry(hand, &draft).await.unwrap();
}

impl Case {
    async fn begin() -> Self {
        let year = Year::begin().await;
        let somebody =
            async |login: &str, role, unit: Option<&UnitId>| year.somebody(login, role, unit).await;
        let recorder = somebody("jilu", Role::Recorder, Some(&year.parks[0])).await;
        let presenter = somebody("shuzhi", Role::Presenter, Some(&year.parks[0])).await;
        let other = somebody("bieren", Role::Recorder, Some(&year.parks[1])).await;
        let office = somebody("zuzhi", Role::Organiser, None).await;
        let chief = somebody("zhuren", Role::Organiser, None).await;
        let outline = OutlineDraft {
            sections: vec![section("work", "6", "40"), section("last_year", "0", "40")],
        };
        assert_eq!(
            code(year.app.set_report_outline(&recorder, 0, &outline).await),
            NOBODY
        );
        let app = &year.app;
        app.set_report_outline(&office, 0, &outline).await.unwrap();
        let one = begin(&year.parks[0], "2023");
        assert_eq!(code(app.begin_report(&other, &one).await), NOBODY);
        let by_office = begin(&year.parks[0], "2022");
        app.begin_report(&office, &by_office).await.unwrap();
        let id = app.begin_report(&recorder, &one).await.unwrap().id;
        assert_eq!(code(app.begin_report(&presenter, &one).await), "fields");
        assert_eq!(
            code(
                app.begin_report(&recorder, &begin(&year.parks[0], "2024"))
                    .await
            ),
            "fields",
            "a year to come"
        );
        Self {
            id: id.parse().unwrap(),
            recorder,
            presenter,
            other,
            office,
            chief,
            year,
        }
    }

    async fn write(&self, hand: &Hand, code: &str, version: i64, text: &str) -> Result<i64> {
        let form = SectionForm {
            version,
            text: text.into(),
        };
        let app = &self.year.app;
        let written = app.write_section(hand, &self.id, code, &form).await?;
        Ok(written.version)
    }

    async fn go(&self, hand: &Hand, step: ReportMove, text: &str) -> Result<Stored> {
        self.year
            .app
            .move_report(hand, &self.id, step, &say(text))
            .await
    }

    async fn view(&self, hand: &Hand) -> ReportView {
        self.year.app.duty_report(hand, &self.id).await.unwrap()
    }

    /// A rectification matter out of the last appraisal.
    async fn listed(&self, title: &str) -> MatterId {
        let draft = MatterDraft {
            list: "rectification".into(),
            title: title.into(),
            origin: "appraisal".into(),
            unit: self.year.parks[0].to_string(),
            raised_on: "2023-02-01".into(),
            ..MatterDraft::default()
        };
        let stored = self.year.app.add_matter(&self.office, &draft).await;
        stored.unwrap().id.parse().unwrap()
    }

    async fn remark(&self, text: &str) -> RemarkId {
        let form = RemarkForm {
            section: "work".into(),
            quote: "学习".into(),
            text: text.into(),
        };
        let stored = self.year.app.remark_report(&self.office, &self.id, &form);
        stored.await.unwrap().id.parse().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_from_draft_to_approved() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let matter = case.listed("企业党组织活动少").await;
    class(
        &case.year,
        &case.recorder,
        &case.year.parks[0],
        "2023-03-01",
    )
    .await;
    class(&case.year, &case.recorder, &case.year.branch, "2023-04-01").await;
    class(&case.year, &case.other, &case.year.parks[1], "2023-04-01").await;
    class(
        &case.year,
        &case.recorder,
        &case.year.parks[0],
        "2022-04-01",
    )
    .await;

    // Everything that is wanting, at once.
    case.write(&case.recorder, "work", 0, "学{{entries:nope}}{{x}}")
        .await
        .unwrap();
    let Err(AppError::NotReady(lacks)) = case.go(&case.recorder, ReportMove::Submit, "").await
    else {
        panic!("not refused")
    };
    assert_eq!(lacks.len(), 4, "{lacks:?}");
    assert!(
        lacks.iter().any(
            |lack| matches!(lack, Lack::UnknownFigure { figure, .. } if figure == "entries:nope")
        ) && lacks
            .iter()
            .any(|lack| matches!(lack, Lack::Unanswered { title, .. } if title.contains("活动少")))
    );
    assert_eq!(case.view(&case.recorder).await.wanting, lacks);

    let written = app
        .write_section(
            &case.presenter,
            &case.id,
            "work",
            &SectionForm {
                version: 1,
                text: "开展学习{{entries:class}}场，上年{{entries:class:2022}}场。".into(),
            },
        )
        .await
        .unwrap();
    assert_eq!(
        (written.version, written.figures["entries:class"].as_str()),
        (2, "2")
    );
    assert_eq!(written.figures["entries:class:2022"], "1");
    assert_eq!((written.characters, written.unknown.len()), (12, 0));
    case.write(&case.presenter, "last_year", 0, "都已整改")
        .await
        .unwrap();
    let answer = |version, text: &str| AnswerForm {
        matter: matter.to_string(),
        version,
        text: text.into(),
    };
    app.write_answer(&case.recorder, &case.id, &answer(0, "已办"))
        .await
        .unwrap();
    assert_eq!(
        code(case.go(&case.recorder, ReportMove::Submit, "").await),
        "not_ready",
        "two characters say nothing"
    );
    app.write_answer(
        &case.recorder,
        &case.id,
        &answer(1, "已逐户走访，每月活动一次，记录齐全"),
    )
    .await
    .unwrap();

    // Rights: who submits, who sees.
    assert_eq!(
        code(case.go(&case.other, ReportMove::Submit, "").await),
        NOBODY
    );
    assert_eq!(
        code(case.go(&case.office, ReportMove::Submit, "").await),
        NOBODY
    );
    assert_eq!(code(app.duty_report(&case.other, &case.id).await), NOBODY);
    case.go(&case.recorder, ReportMove::Submit, "")
        .await
        .unwrap();
    assert_eq!(
        code(case.write(&case.recorder, "work", 2, "改").await),
        "wrong_state"
    );
    let seen = case.view(&case.office).await;
    let frozen = seen.figures["entries:class"].frozen.clone().unwrap();
    assert_eq!((frozen.shown.as_str(), frozen.rows), ("2", 2));
    assert!(
        frozen.source.starts_with("/ledger?unit="),
        "{}",
        frozen.source
    );
    assert!(seen.may_remark && seen.may == [ReportMove::Return, ReportMove::Approve]);

    // The record goes on; the report stays as it was handed in, with today's figure beside it.
    class(
        &case.year,
        &case.recorder,
        &case.year.parks[0],
        "2023-05-01",
    )
    .await;
    let seen = case.view(&case.office).await;
    let figure = &seen.figures["entries:class"];
    assert_eq!(
        (
            figure.now.as_ref().unwrap().shown.as_str(),
            figure.frozen.as_ref().unwrap().shown.as_str()
        ),
        ("3", "2")
    );

    // Remarked on, given back, answered, handed in anew.
    assert_eq!(
        code(case.go(&case.office, ReportMove::Return, " ").await),
        "fields",
        "neither remark nor reason"
    );
    let remark = case.remark("写明效果").await;
    assert_eq!(
        code(case.go(&case.office, ReportMove::Approve, "").await),
        "fields",
        "a remark is open"
    );
    assert_eq!(
        code(case.go(&case.recorder, ReportMove::Withdraw, "").await),
        "fields",
        "looked at"
    );
    case.go(&case.office, ReportMove::Return, "").await.unwrap();
    let reply = |text: &str| RemarkMoveForm { text: text.into() };
    assert_eq!(
        code(
            app.move_remark(&case.other, &remark, RemarkMove::Answer, &reply("x"))
                .await
        ),
        NOBODY
    );
    assert_eq!(
        code(
            app.move_remark(&case.recorder, &remark, RemarkMove::Answer, &reply(" "))
                .await
        ),
        "fields"
    );
    app.move_remark(&case.recorder, &remark, RemarkMove::Answer, &reply("已补"))
        .await
        .unwrap();
    case.write(
        &case.recorder,
        "work",
        2,
        "开展学习{{entries:class}}场，参学企业更多。",
    )
    .await
    .unwrap();
    case.go(&case.presenter, ReportMove::Submit, "")
        .await
        .unwrap();
    let compared = app
        .report_versions(&case.chief, &case.id, (None, None))
        .await
        .unwrap();
    assert_eq!(compared.pair, Some((1, 2)));
    let line = &compared.sections[0].lines[0];
    let changed = |side: &[pingyi_app::reports::Span], kind| {
        side.iter()
            .find(|span| span.kind == kind)
            .map(|span| span.text.clone())
    };
    assert_eq!(changed(&line.left, SpanKind::Gone).as_deref(), Some("2"));
    assert_eq!(changed(&line.right, SpanKind::New).as_deref(), Some("3"));

    // Approved: the answer stands in the history of the matter.
    app.move_remark(&case.office, &remark, RemarkMove::Settle, &reply(""))
        .await
        .unwrap();
    case.go(&case.chief, ReportMove::Approve, "").await.unwrap();
    let told = app.matter(&case.office, &matter).await.unwrap();
    let last = told.moves.last().unwrap();
    assert_eq!(last.step, "answer");
    assert!(last.text.contains("逐户走访"));
    assert_eq!(
        case.view(&case.office).await.state,
        ReportStateName::Approved
    );
    let Paper::DutyReport(paper) = app.report_paper(&case.office, &case.id).await.unwrap() else {
        panic!("another paper")
    };
    assert_eq!(
        paper.sections[0].paragraphs,
        ["开展学习3场，参学企业更多。"]
    );
    assert_eq!(paper.sections[1].answers[0].problem, "企业党组织活动少");
    assert!(paper.head.mark.is_none());
    let docx = app.report_docx(&case.recorder, &case.id).await.unwrap();
    assert!(docx.bytes.starts_with(b"PK"));
    assert_eq!(
        docx.name,
        "华南城园区党委2023年度抓基层党建工作述职报告.docx"
    );

    // Taken up again with a reason; then it is written anew.
    assert_eq!(
        code(case.go(&case.office, ReportMove::Reopen, "").await),
        "fields"
    );
    case.go(&case.office, ReportMove::Reopen, "数字有误")
        .await
        .unwrap();
    assert!(case.view(&case.recorder).await.may_write);
    let steps: Vec<String> = case
        .view(&case.office)
        .await
        .moves
        .into_iter()
        .map(|step| step.step)
        .collect();
    assert_eq!(
        steps,
        ["begin", "submit", "return", "submit", "approve", "reopen"]
    );
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_of_one_section_meet_and_nothing_is_lost() {
    let case = Case::begin().await;
    let first = case.write(&case.recorder, "work", 0, "记录员写的");
    assert_eq!(first.await.unwrap(), 1);
    let Err(AppError::Conflict(conflict)) =
        case.write(&case.presenter, "work", 0, "书记写的").await
    else {
        panic!("overwritten")
    };
    let field = &conflict.fields[0];
    assert_eq!((conflict.version, conflict.by.as_str()), (1, "jilu"));
    assert_eq!(
        (field.theirs.as_str(), field.mine.as_str(), field.both),
        ("记录员写的", "书记写的", true)
    );
    // The same text from an old version is no conflict, and another section is nobody's business.
    assert_eq!(
        case.write(&case.presenter, "work", 0, "记录员写的")
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        case.write(&case.presenter, "last_year", 0, "各写各的")
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        case.write(&case.presenter, "work", 1, "书记写的")
            .await
            .unwrap(),
        2
    );
    assert_eq!(
        code(case.write(&case.recorder, "nope", 0, "x").await),
        "not_found"
    );
    assert_eq!(code(case.write(&case.office, "work", 2, "x").await), NOBODY);
    assert_eq!(code(case.write(&case.other, "work", 2, "x").await), NOBODY);
    assert_eq!(
        code(case.write(&case.recorder, "work", 2, "a\u{7}b").await),
        "fields"
    );
    let long = "长".repeat(20_001);
    assert_eq!(
        code(case.write(&case.recorder, "work", 2, &long).await),
        "fields"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_every_park_and_nothing_of_others() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let all = app.reports(&case.office, 2023).await.unwrap();
    assert_eq!(all.lines.len(), 2);
    assert!(all.lines[0].report.is_some() && all.lines[1].report.is_none());
    assert!(all.lines[1].may_begin && !all.lines[0].may_begin);
    let own = app.reports(&case.other, 2023).await.unwrap();
    assert_eq!(own.lines.len(), 1);
    assert!(own.lines[0].may_begin && own.lines[0].unit.id == case.year.parks[1]);
    assert_eq!(own.years, [2023, 2022]);
    let offers = app.report_figures(&case.recorder, &case.id).await.unwrap();
    assert!(
        offers
            .iter()
            .any(|offer| offer.code.to_string() == "org_rate:whole")
    );
    assert_eq!(
        code(app.report_figures(&case.other, &case.id).await),
        NOBODY
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_can_be_taken_back_and_its_outline_stays() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let wider = OutlineDraft {
        sections: vec![
            section("work", "6", "40"),
            section("last_year", "0", "40"),
            section("", "0", "400"),
        ],
    };
    assert_eq!(
        code(app.set_report_outline(&case.office, 0, &wider).await),
        "fields",
        "somebody else changed it"
    );
    app.set_report_outline(&case.office, 1, &wider)
        .await
        .unwrap();
    assert_eq!(app.report_outline().await.unwrap().outline.0[2].code, "s1");
    assert_eq!(case.view(&case.recorder).await.sections.len(), 2);
    case.write(&case.recorder, "work", 0, "写了八个字的工作")
        .await
        .unwrap();
    case.write(&case.recorder, "last_year", 0, "没有")
        .await
        .unwrap();
    case.go(&case.recorder, ReportMove::Submit, "")
        .await
        .unwrap();
    assert_eq!(
        code(case.go(&case.presenter, ReportMove::Withdraw, "").await),
        "same_person",
        "only who handed it in takes it back"
    );
    case.go(&case.recorder, ReportMove::Withdraw, "")
        .await
        .unwrap();
    let seen = case.view(&case.recorder).await;
    assert_eq!(seen.state, ReportStateName::Draft);
    assert!(seen.may_write && seen.wanting.is_empty());
    // A matter of the list that is closed later stays on it as it was when the report was handed in.
    let matter = case.listed("台账不全").await;
    let form = AnswerForm {
        matter: matter.to_string(),
        version: 0,
        text: "已补齐台账并逐月检查落实".into(),
    };
    app.write_answer(&case.recorder, &case.id, &form)
        .await
        .unwrap();
    case.go(&case.recorder, ReportMove::Submit, "")
        .await
        .unwrap();
    let to = MoveForm {
        responsible: "组织科".into(),
        due_on: "2023-12-31".into(),
        ..MoveForm::default()
    };
    app.move_matter(&case.office, &matter, MatterMove::Assign, &to)
        .await
        .unwrap();
    let seen = case.view(&case.office).await;
    assert_eq!(seen.answers[0].state.as_str(), "raised");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_says_in_words_what_is_no_figure_and_the_page_lists_it_before() {
    let case = Case::begin().await;
    let text = "开展活动 {{entries}} 次，{{wrong}}，{{entries:nokind}}，还有 {{ 两个词 }}。";
    case.write(&case.recorder, "work", 0, text).await.unwrap();
    let view = case.view(&case.recorder).await;
    let unknown = view.wanting.iter().filter_map(|lack| match lack {
        Lack::UnknownFigure { figure, .. } => Some(figure.as_str()),
        _ => None,
    });
    assert_eq!(
        unknown.collect::<Vec<_>>(),
        ["wrong", "entries:nokind", "两个词"]
    );
    let app = &case.year.app;
    let Paper::DutyReport(draft) = app.report_paper(&case.recorder, &case.id).await.unwrap() else {
        panic!("no report");
    };
    let said = draft.sections[0].paragraphs.join("");
    assert!(!said.contains("{{") && !said.contains("}}"), "{said}");
    for code in ["wrong", "entries:nokind", "两个词"] {
        assert!(
            said.contains(&format!("（没有这个数字：{code}）")),
            "{said}"
        );
    }
    assert!(said.starts_with("开展活动 0 次"), "{said}");
    app.report_docx(&case.recorder, &case.id).await.unwrap();
}
