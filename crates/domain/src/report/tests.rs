use super::*;
use crate::record::{Figure, Measure, Share};
use crate::{Actor, diagram};

fn user(id: &str) -> Actor {
    Actor::User(id.into())
}

#[test]
fn a_figure_is_read_back_as_written_and_anything_else_is_refused() {
    for text in [
        "org_rate",
        "org_rate:part",
        "work_rate:2017:whole",
        "entries",
        "entries:class",
        "entries:class:2018",
        "headcount:class/hall:2018-Q3",
        "quarters:meeting",
        "members:2017",
    ] {
        let code: FigureCode = text.parse().unwrap();
        assert_eq!(code.to_string(), text);
    }
    for bad in [
        "",
        "rate",
        "org_rate:class",
        "entries:part",
        "entries:2018:class",
        "entries:class:volunteering",
        "entries:2018:2017",
        "entries:class/",
        "entries:Class",
        "org_rate:part:2018",
        "org_rate:part:whole",
        "entries:class/hall/x",
        "entries:",
        "org_rate:99",
        "org_rate:0000",
    ] {
        assert!(bad.parse::<FigureCode>().is_err(), "{bad}");
    }
}

#[test]
fn a_figure_leads_to_the_rows_it_counts() {
    let unit = "a".repeat(16).parse().unwrap();
    let today = "2018-12-15".parse().unwrap();
    let source = |code: &str| {
        let code: FigureCode = code.parse().unwrap();
        code.source(&unit, 2018, today)
            .unwrap()
            .replace(unit.as_str(), "U")
    };
    assert_eq!(
        source("org_rate"),
        "/firms?unit=U&on=2018-12-15&view=covered"
    );
    assert_eq!(
        source("org_rate:2017:whole"),
        "/firms?unit=U&on=2017-12-31&view=operating"
    );
    assert_eq!(
        source("headcount:class/hall:2018-Q3"),
        "/ledger?unit=U&from=2018-07-01&until=2018-09-30&counts=1&kind=class&topic=hall"
    );
    assert_eq!(
        source("quarters:meeting"),
        "/ledger?unit=U&from=2018-01-01&until=2018-12-15&counts=1&kind=meeting&by=quarter"
    );
    assert_eq!(
        source("closed_in_time"),
        "/matters?unit=U&due_from=2018-01-01&due_until=2018-12-15"
    );
    assert_eq!(source("growth"), "/units/U/headcounts");
}

#[test]
fn a_figure_is_shown_as_lists_show_it() {
    let shown = |code: &str, value| {
        let code: FigureCode = code.parse().unwrap();
        code.worked(value, String::new()).shown
    };
    let rate = Figure::Rate(Share {
        part: 202,
        whole: 449,
    });
    assert_eq!(shown("org_rate", rate), "45.0%");
    assert_eq!(shown("org_rate:part", rate), "202");
    assert_eq!(shown("org_rate:whole", rate), "449");
    assert_eq!(shown("growth", Figure::Count(-3)), "-3");
    assert_eq!(shown("members", Figure::Missing), "—");
    let code = FigureCode::of(Measure::OrgRate);
    assert_eq!(code.worked(rate, String::new()).part, Some((202, 449)));
}

#[test]
fn text_comes_apart_into_words_and_figures() {
    let text = "覆盖率{{org_rate}}，开课{{ entries:class }}次{{x}}。{{未完";
    let all = pieces(text);
    assert_eq!(all.len(), 7, "{all:?}");
    assert_eq!(all[1], Piece::Figure("org_rate".parse().unwrap()));
    assert_eq!(all[3], Piece::Figure("entries:class".parse().unwrap()));
    assert_eq!(all[5], Piece::Unknown("x".into()));
    assert_eq!(all[6], Piece::Words("。{{未完".into()));
    let filled = filled(text, |code| format!("<{code}>"));
    assert_eq!(
        filled,
        "覆盖率<org_rate>，开课<entries:class>次{{x}}。{{未完"
    );
    assert_eq!(paragraphs(" 一\r\n\n  二 \n"), ["一", "二"]);
    assert_eq!(characters(" 一 二\n3"), 3);
}

#[test]
fn an_outline_keeps_its_codes_and_says_everything_that_is_wrong() {
    let default = Outline::default();
    let mut draft = OutlineDraft {
        sections: default.0.iter().map(SectionDraft::from).collect(),
    };
    assert_eq!(draft.read().unwrap(), default);
    draft.sections.push(SectionDraft {
        title: "特色做法".into(),
        most: "300".into(),
        ..SectionDraft::default()
    });
    let read = draft.read().unwrap();
    assert_eq!((read.0[6].code.as_str(), read.0[6].required), ("s1", false));
    draft.sections[0].title.clear();
    draft.sections[1].least = "900".into();
    draft.sections[1].most = "800".into();
    draft.sections[2].code = "work".into();
    draft.sections[6].code = "x y".into();
    let said: Vec<String> = draft
        .read()
        .unwrap_err()
        .into_iter()
        .map(|problem| format!("{} {}", problem.field, problem.rule))
        .collect();
    assert_eq!(
        said,
        [
            "sections.2.code section_twice",
            "sections.6.code section_code",
            "sections section_last_year",
            "sections.0.title missing",
            "sections.1.most section_limits",
        ]
    );
}

#[test]
fn what_is_wanting_is_said_all_at_once() {
    let section = |code: &str, least, most, required| SectionSpec {
        code: code.into(),
        title: format!("节{code}"),
        guidance: String::new(),
        least,
        most,
        required,
    };
    let outline = Outline(vec![
        section("duties", 1, 9, true),
        section("work", 8, 9, true),
        section("next", 1, 5, true),
        section("s1", 3, 9, false),
        section("s2", 3, 9, false),
        section("last_year", 2, 9, true),
    ]);
    let texts = [
        ("duties", " \n"),
        ("work", "率{{org_rate}}{{x}}"),
        ("next", "一二三四五六"),
        ("s2", "一二"),
        ("last_year", "率{{entries:nope}}"),
    ]
    .map(|(code, text)| (code.to_owned(), text.to_owned()))
    .into();
    let shown = |code: &FigureCode| code.kind.is_empty().then(|| "45.0%".to_owned());
    let matter = |letter: &str| letter.repeat(16).parse().unwrap();
    let list = [
        (matter("a"), "甲".to_owned(), "已经办好了的事".to_owned()),
        (
            matter("b"),
            "乙".to_owned(),
            "已建立台账并逐户回访".to_owned(),
        ),
    ];
    let said: Vec<String> = lacks(&outline, &texts, shown, &list)
        .iter()
        .map(|lack| match lack {
            Lack::Missing { code, .. } => format!("{code} missing"),
            Lack::Short {
                code, has, least, ..
            } => format!("{code} {has}<{least}"),
            Lack::Long {
                code, has, most, ..
            } => format!("{code} {has}>{most}"),
            Lack::UnknownFigure { code, figure, .. } => format!("{code} {figure}?"),
            Lack::Unanswered { title, .. } => format!("{title} unanswered"),
        })
        .collect();
    assert_eq!(
        said,
        [
            "duties missing",
            "work x?",
            "work 11>9",
            "next 6>5",
            "s2 2<3",
            "last_year entries:nope?",
            "last_year 1<2",
            "甲 unanswered",
        ]
    );
    let right = [("last_year".to_owned(), "都已改".to_owned())].into();
    let one = Outline(vec![section("last_year", 2, 9, true)]);
    assert_eq!(lacks(&one, &right, shown, &list[1..]), []);
}

fn examples() -> [ReportState; 4] {
    [
        ReportState::Draft,
        ReportState::Submitted { by: user("unit") },
        ReportState::Returned,
        ReportState::Approved {
            submitted_by: user("unit"),
            by: user("office"),
        },
    ]
}

fn take(state: ReportState, action: ReportMove) -> Result<ReportState, ReportError> {
    match action {
        ReportMove::Submit => state.submit(user("unit")),
        ReportMove::Return => state.give_back(1, "", false),
        ReportMove::Approve => state.approve(user("office"), 0),
        ReportMove::Withdraw => state.withdraw(&user("unit"), false, false),
        ReportMove::Reopen => state.reopen("数字有误", false),
    }
}

#[test]
fn every_pair_of_state_and_move_does_what_the_table_says() {
    for state in examples() {
        let from = state.name();
        for action in ReportMove::ALL.iter().copied() {
            let result = take(state.clone(), action).map(|next| next.name());
            match REPORT_ARROWS.iter().find(|a| a.0 == from && a.1 == action) {
                Some(arrow) => {
                    assert_eq!(result, Ok(arrow.2), "{action} from {from}");
                    assert_eq!(arrow.3, action.hand());
                }
                None => assert_eq!(
                    result,
                    Err(ReportError::WrongState {
                        action,
                        state: from
                    })
                ),
            }
        }
    }
    let on: Vec<_> = ReportMove::from(ReportStateName::Approved).collect();
    assert_eq!(on, [ReportMove::Reopen]);
}

#[test]
fn the_diagram_shows_the_table() {
    let arrows = REPORT_ARROWS.iter().map(|(from, action, to, hand)| {
        let label = [action.as_str(), hand.as_str(), "report_moved"];
        diagram::line(from.as_str(), to.as_str(), &label)
    });
    diagram::assert_shows("report.md", "draft", arrows);
}

#[test]
fn rules_beyond_the_arrows() {
    let submitted = || ReportState::Submitted { by: user("unit") };
    assert_eq!(
        submitted().approve(user("unit"), 0),
        Err(ReportError::SamePerson)
    );
    assert_eq!(
        submitted().approve(user("office"), 1),
        Err(ReportError::RemarkOpen)
    );
    assert_eq!(
        submitted().give_back(0, " ", false),
        Err(ReportError::NothingSaid)
    );
    assert!(submitted().give_back(0, "数字不对", false).is_ok());
    assert_eq!(
        submitted().withdraw(&user("other"), false, false),
        Err(ReportError::OtherPerson)
    );
    assert_eq!(
        submitted().withdraw(&user("unit"), true, false),
        Err(ReportError::LookedAt)
    );
    let approved = || ReportState::Approved {
        submitted_by: user("unit"),
        by: user("office"),
    };
    assert_eq!(
        approved().reopen("", false),
        Err(ReportError::ReasonMissing)
    );
    assert_eq!(approved().reopen("因为", true), Err(ReportError::Shown));
}

#[test]
fn a_remark_is_answered_before_it_is_settled_or_settled_at_once() {
    use RemarkMove::{Answer, Open, Settle};
    let table = [
        (RemarkState::Open, Answer, Some(RemarkState::Answered)),
        (RemarkState::Answered, Answer, Some(RemarkState::Answered)),
        (RemarkState::Settled, Answer, None),
        (RemarkState::Open, Settle, Some(RemarkState::Settled)),
        (RemarkState::Answered, Settle, Some(RemarkState::Settled)),
        (RemarkState::Settled, Settle, None),
        (RemarkState::Open, Open, None),
        (RemarkState::Answered, Open, Some(RemarkState::Open)),
        (RemarkState::Settled, Open, Some(RemarkState::Open)),
    ];
    for (state, action, next) in table {
        assert_eq!(state.take(action, true).ok(), next, "{action} {state}");
    }
    assert_eq!(
        RemarkState::Open.take(Answer, false),
        Err(RemarkError::AnswerMissing)
    );
}

#[test]
fn versions_differ_paragraph_by_paragraph_and_word_by_word() {
    let text = |lines: &[&str]| -> Vec<String> { lines.iter().map(ToString::to_string).collect() };
    let old = text(&["一、开课44次", "不变的一段", "要删去的"]);
    let new = text(&["一、开课45次，效果好", "不变的一段", "另起", "再起"]);
    let lines = compare(&old, &new);
    let shown = |side: &Side| -> String {
        side.iter()
            .map(|span| match span.kind {
                SpanKind::Same => span.text.clone(),
                SpanKind::Gone => format!("[-{}]", span.text),
                SpanKind::New => format!("[+{}]", span.text),
            })
            .collect()
    };
    assert_eq!(shown(&lines[0].left), "一、开课[-44]次");
    assert_eq!(shown(&lines[0].right), "一、开课[+45]次[+，效果好]");
    assert!(lines[1].is_same() && !lines[0].is_same());
    assert_eq!(lines.len(), 4);
    assert_eq!(
        (shown(&lines[3].left), shown(&lines[3].right)),
        (String::new(), "[+再起]".into())
    );
    assert_eq!(compare(&[], &[]), []);
}

#[test]
fn a_frozen_content_has_one_hash_whatever_the_order_of_rows() {
    let code: FigureCode = "entries:class".parse().unwrap();
    let worked = code.worked(Figure::Count(2), "/ledger".into());
    let frozen = |rows: [&str; 2]| {
        let rows = rows.map(str::to_owned).to_vec();
        FrozenFigure::of(&code, &worked, rows)
    };
    assert_eq!(frozen(["a", "b"]), frozen(["b", "a"]));
    let content = Content {
        sections: vec![Written {
            code: "work".into(),
            title: "x".into(),
            text: "开课{{entries:class}}次\n\n{{org_rate}}".into(),
        }],
        figures: vec![frozen(["a", "b"])],
        answers: Vec::new(),
    };
    assert_eq!(
        content.paragraphs(&content.sections[0].text),
        ["开课2次", "—"]
    );
    let json = crate::canonical_json(&content);
    let read: Content = serde_json::from_str(&json).unwrap();
    assert_eq!(read.hash(), content.hash());
}
