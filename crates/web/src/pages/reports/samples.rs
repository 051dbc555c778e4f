//! Samples of the pages of reports, for the gallery and the tests.

use askama::Template as _;
use pingyi_app::record::MatterStateName;
use pingyi_app::reports::{
    ANSWER_LEAST, OutlineView, Placeholder, RemarkState, ReportMove, ReportStateName, SlideKind,
    TemplateView,
};

use super::list::{ReportRow, ReportsPage};
use super::outline::OutlinePage;
use super::own_slides::{OwnFile, OwnPart};
use super::report::{AnswerBlock, PieceView, RemarkNote, ReportPage, SectionBlock, StepNote};
use super::slides::{FigureRow, PhotoRow, SlideRow, SlidesPage, TypedText};
use super::template::TemplatePage;
use super::versions::{ComparedBlock, ComparedLine, SpanText, VersionRow, VersionsPage};
use super::{section_words, tone};
use crate::lang::{Lang, Texts};
use crate::pages::sample::{Sample, chrome_in};

const ID: &str = "aaaaaaaaaaaaaaaa";

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::new("reports", reports(lang, 3)),
        Sample::new("reports-empty", reports(lang, 0)),
        Sample::new("reports-template", template(lang, true)),
        Sample::new("reports-template-none", template(lang, false)),
        Sample::new("reports-outline", outline(lang)),
        Sample::new("report-writing", report(lang, ReportStateName::Draft)),
        Sample::new("report-submitted", report(lang, ReportStateName::Submitted)),
        Sample::new("report-approved", report(lang, ReportStateName::Approved)),
        Sample::new("report-versions", versions(lang, 2)),
        Sample::new("report-versions-none", versions(lang, 0)),
        Sample::new("report-slides", slides(lang, true)),
        Sample::new("report-slides-seen", slides(lang, false)),
    ]
}

type Html = Result<String, askama::Error>;

fn reports(lang: Lang, count: usize) -> Html {
    let states = [
        Some(ReportStateName::Returned),
        Some(ReportStateName::Approved),
        None,
    ];
    let names = [
        "华南城园区党委",
        "海吉星园区党委",
        "平湖金融与现代服务业基地园区党委",
    ];
    let rows = states.into_iter().zip(names).take(count);
    ReportsPage {
        c: chrome_in(lang, "reports-title", "/reports", &["office"]),
        year: "2018".to_owned(),
        years: vec!["2018".to_owned(), "2017".to_owned()],
        rows: rows
            .map(|(state, name)| ReportRow {
                unit: ID.to_owned(),
                name: name.to_owned(),
                report: state.map(|_| ID.to_owned()).unwrap_or_default(),
                state: state.map_or("none", ReportStateName::as_str),
                tone: state.map_or("", tone),
                written: 4,
                sections: 6,
                open_remarks: 2,
                at: "2018-12-15 09:31".to_owned(),
                may_begin: state.is_none(),
                sample: true,
            })
            .collect(),
        approved: 1,
        is_office: true,
    }
    .render()
}

fn slide(at: usize, slide: SlideKind, may_arrange: bool) -> SlideRow {
    SlideRow {
        code: slide.as_str(),
        title: "不足和原因".to_owned(),
        hidden: at == 4,
        fixed: at == 0,
        up: at > 1,
        down: at > 0 && at < 8,
        heading: TypedText {
            version: 1,
            text: "不足和原因".to_owned(),
            proposed: "存在的不足".to_owned(),
        },
        points: (at > 4).then(|| TypedText {
            version: 0,
            text: String::new(),
            proposed: "活动形式单一\n覆盖不全".to_owned(),
        }),
        empty: !may_arrange && at > 0,
    }
}

fn slides(lang: Lang, may_arrange: bool) -> Html {
    let figure = |code: &str, label: &str, shown: &str| FigureRow {
        code: code.to_owned(),
        label: label.to_owned(),
        shown: shown.to_owned(),
    };
    let kinds = SlideKind::ALL.iter().enumerate();
    SlidesPage {
        c: chrome_in(lang, "slides-of-report", "/reports", &["office", "slides"]),
        id: ID.to_owned(),
        unit: "华南城园区党委".to_owned(),
        year: "2018".to_owned(),
        state: "draft",
        tone: "info",
        frozen: !may_arrange,
        may_arrange,
        slides: kinds
            .map(|(at, kind)| slide(at, *kind, may_arrange))
            .collect(),
        figures: vec![figure("org_rate", "组织覆盖率", "45.0%")],
        offers: vec![figure("members", "党员数", "390")],
        figures_picked: true,
        photos: (1..=2)
            .map(|place| PhotoRow {
                id: ID.to_owned(),
                caption: "新时代大讲堂".to_owned(),
                on_date: "2018-10-20".to_owned(),
                entry: ID.to_owned(),
                place: place - 1,
            })
            .collect(),
        photos_picked: true,
        unknown: "x".to_owned(),
        shown: true,
        some: may_arrange,
        own: OwnPart {
            file: (!may_arrange).then(|| OwnFile {
                name: "述职演示.pptx".to_owned(),
                converted: true,
                size: "1.2 MB".to_owned(),
                by: "记录员".to_owned(),
                at: "2018-12-15 09:31".to_owned(),
            }),
            may_bring: may_arrange,
        },
        template: true,
        converts: false,
        prints: true,
        sample: true,
    }
    .render()
}

fn template(lang: Lang, there: bool) -> Html {
    let placed = |slide: usize, name: &str| Placeholder {
        slide,
        name: name.to_owned(),
    };
    let view = TemplateView {
        name: "述职演示模板（平湖街道）.pptx".to_owned(),
        bytes: 1_250_000,
        by: "组织者".to_owned(),
        at: 1_544_838_660,
        known: vec![placed(1, "title"), placed(6, "table:last_year")],
        unknown: vec![placed(2, "负责人")],
    };
    let c = chrome_in(lang, "template-title", "/reports/template", &["office"]);
    let outline = OutlineView::default();
    TemplatePage::of(c, Texts(lang), &outline, there.then_some(view)).render()
}

fn outline(lang: Lang) -> Html {
    let c = chrome_in(
        lang,
        "reports-outline",
        "/reports/outline",
        &["office", "report"],
    );
    OutlinePage::of(c, &OutlineView::default()).render()
}

fn words(text: &str) -> PieceView {
    PieceView {
        text: text.to_owned(),
        ..PieceView::default()
    }
}

fn figure(text: &str, now: &str) -> PieceView {
    PieceView {
        text: text.to_owned(),
        source: "/firms?view=covered".to_owned(),
        label: "组织覆盖率".to_owned(),
        now: now.to_owned(),
        unknown: false,
    }
}

fn remark(state: RemarkState, office: bool) -> RemarkNote {
    RemarkNote {
        id: format!("{}{}", &ID[1..], state.as_str().len()),
        seq: 1,
        quote: "开展学习教育44场".to_owned(),
        text: "效果要写具体，不能只写场次。".to_owned(),
        state: state.as_str(),
        tone: "bad",
        by: "组织科 2018-12-15 09:31".to_owned(),
        answer: "已补充参学企业和解决的问题。".to_owned(),
        answered_by: "记录员".to_owned(),
        may_answer: !office,
        may_settle: office,
        may_open: office,
    }
}

fn sections(lang: Lang, state: ReportStateName) -> Vec<SectionBlock> {
    let outline = pingyi_app::reports::Outline::default();
    let sections = outline.0.iter().enumerate();
    sections
        .map(|(at, spec)| {
            let (title, guidance) = section_words(lang, spec);
            SectionBlock {
                code: spec.code.clone(),
                title,
                guidance,
                least: spec.least,
                most: spec.most,
                required: spec.required,
                version: 1,
                text: "组织覆盖率{{org_rate}}".to_owned(),
                figures: r#"{"org_rate":{"shown":"45.0%","source":"/firms","label":"组织覆盖率"}}"#
                    .to_owned(),
                paragraphs: if at == 5 {
                    Vec::new()
                } else {
                    vec![vec![
                        words("组织覆盖率达到"),
                        figure("45.0%", if at == 1 { "46.1%" } else { "" }),
                        words("，开展学习教育44场。"),
                        PieceView {
                            text: "{{x}}".to_owned(),
                            unknown: true,
                            ..PieceView::default()
                        },
                    ]]
                },
                by: "记录员 2018-12-15 09:31".to_owned(),
                lists: spec.code == "last_year",
                remarks: if at == 1 && state != ReportStateName::Draft {
                    let office = state == ReportStateName::Submitted;
                    vec![
                        remark(RemarkState::Open, office),
                        remark(RemarkState::Answered, office),
                    ]
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
}

fn report(lang: Lang, state: ReportStateName) -> Html {
    let draft = state == ReportStateName::Draft;
    ReportPage {
        c: chrome_in(
            lang,
            "reports-title",
            "/reports/aaaaaaaaaaaaaaaa",
            &["office", "report"],
        ),
        id: ID.to_owned(),
        unit: "华南城园区党委".to_owned(),
        year: "2018".to_owned(),
        state: state.as_str(),
        tone: tone(state),
        sections: sections(lang, state),
        answers: vec![AnswerBlock {
            matter: ID.to_owned(),
            title: "部分企业党组织活动少".to_owned(),
            measures: "指导员每月到企业一次".to_owned(),
            due_on: "2018-10-31".to_owned(),
            state: MatterStateName::Closed,
            tone: "ok",
            version: 1,
            text: "已逐户走访，活动记录齐全。".to_owned(),
        }],
        answer_least: ANSWER_LEAST,
        wanting: if draft {
            vec!["“廉洁自律情况”还没有写".to_owned()]
        } else {
            Vec::new()
        },
        steps: vec![StepNote {
            time: "2018-12-01 10:00".to_owned(),
            who: "记录员".to_owned(),
            step: "report-did-begin".to_owned(),
            state: "draft".to_owned(),
            text: String::new(),
        }],
        moves: match state {
            ReportStateName::Draft => vec![ReportMove::Submit],
            ReportStateName::Submitted => vec![ReportMove::Return, ReportMove::Approve],
            _ => vec![],
        },
        versions: i64::from(!draft),
        hash: if draft { String::new() } else { "0".repeat(64) },
        changed: !draft,
        may_write: draft,
        may_remark: state == ReportStateName::Submitted,
        own_submission: false,
        stays: state == ReportStateName::Approved,
        open_remarks: usize::from(!draft),
        prints: true,
        sample: true,
    }
    .render()
}

fn versions(lang: Lang, count: i64) -> Html {
    let span = |kind, text: &str| SpanText {
        kind,
        text: text.to_owned(),
    };
    let block = |changed: bool| ComparedBlock {
        title: "主要工作和成效".to_owned(),
        changed,
        lines: vec![ComparedLine {
            same: !changed,
            left: vec![span("same", "开课"), span("gone", "44"), span("same", "场")],
            right: vec![span("same", "开课"), span("new", "45"), span("same", "场")],
        }],
    };
    VersionsPage {
        c: chrome_in(
            lang,
            "reports-versions",
            "/reports/aaaaaaaaaaaaaaaa/versions",
            &["office"],
        ),
        id: ID.to_owned(),
        unit: "华南城园区党委".to_owned(),
        year: 2018,
        versions: (1..=count)
            .map(|seq| VersionRow {
                seq,
                at: "2018-12-15 09:31".to_owned(),
                who: "记录员".to_owned(),
                hash: "0".repeat(64),
            })
            .collect(),
        pair: (count > 1).then_some((1, 2)),
        blocks: if count > 1 {
            vec![block(true), block(false)]
        } else {
            Vec::new()
        },
    }
    .render()
}
