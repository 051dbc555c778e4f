//! Every kind has a sample that is a paper; what is missing or contradicts itself is refused, all of it at once.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use std::collections::HashSet;

use pingyi_papers::{Head, Mark, MeetingFacts, Paper, PaperError, PaperKind, Problem, Rule};
use serde_json::{Value, json};

fn sample(kind: PaperKind) -> Value {
    serde_json::to_value(Paper::sample(kind).unwrap()).unwrap()
}

fn problems(paper: &Value) -> Vec<(String, Rule)> {
    match Paper::from_json(&paper.to_string()) {
        Err(PaperError::Problems(found)) => found
            .into_iter()
            .map(|Problem { path, rule }| (path, rule))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn found(path: &str, rule: Rule) -> (String, Rule) {
    (path.to_owned(), rule)
}

#[test]
fn every_kind_has_a_sample_that_says_it_is_one() {
    let mut hashes = HashSet::new();
    for kind in PaperKind::ALL {
        let paper = Paper::sample(kind).unwrap();
        assert_eq!(paper.kind(), kind);
        assert_eq!(paper.head().mark, Some(Mark::Sample), "{kind:?}");
        assert!(!paper.title().is_empty());
        assert!(hashes.insert(paper.hash()), "{kind:?}");
        let json = serde_json::to_string(&paper).unwrap();
        assert_eq!(Paper::from_json(&json).unwrap(), paper, "{kind:?}");
        assert_eq!(
            serde_json::to_value(kind).unwrap(),
            json!(kind.name()),
            "one name on the wire and on disk"
        );
    }
}

#[test]
fn the_hash_is_of_kind_and_data_and_of_nothing_else() {
    let paper = Paper::sample(PaperKind::Coverage).unwrap();
    let mut changed = sample(PaperKind::Coverage);
    changed["data"]["lines"][0]["unit"] = json!("华南城园区");
    let changed = Paper::from_json(&changed.to_string()).unwrap();
    assert_ne!(paper.hash(), changed.hash());
    assert_eq!(paper.printed()["hash"], json!(paper.hash()));
    assert_eq!(
        paper.hash(),
        Paper::sample(PaperKind::Coverage).unwrap().hash()
    );
}

#[test]
fn unknown_fields_and_other_kinds_are_refused() {
    let mut paper = sample(PaperKind::Minutes);
    paper["data"]["weather"] = json!("晴");
    let unreadable = |paper: &Value| {
        matches!(
            Paper::from_json(&paper.to_string()),
            Err(PaperError::Unreadable(_))
        )
    };
    assert!(unreadable(&paper));
    assert!(unreadable(&json!({ "kind": "menu", "data": {} })));
    let mut paper = sample(PaperKind::Circular);
    paper["data"]["dated"] = json!("2018-02-30");
    assert!(unreadable(&paper), "there is no such day");
}

#[test]
fn a_result_sheet_needs_as_many_means_as_categories_and_places_inside_their_ranges() {
    let mut paper = sample(PaperKind::ResultSheet);
    paper["data"]["title"] = json!("  ");
    paper["data"]["presenters"][1]["means"] = json!(["90.00"]);
    paper["data"]["presenters"][2]["place"] =
        json!({ "place": 5, "shared_by": 1, "from": 1, "to": 4 });
    paper["data"]["signatures"] = json!([]);
    assert_eq!(
        problems(&paper),
        [
            found("title", Rule::Blank),
            found("signatures", Rule::Empty),
            found("presenters[1].means", Rule::Width),
            found("presenters[2].place", Rule::Contradiction),
        ]
    );
}

#[test]
fn counts_are_as_many_as_grades() {
    let mut paper = sample(PaperKind::SummaryTable);
    paper["data"]["rows"][3]["items"][2]["counts"] = json!([1, 2]);
    assert_eq!(
        problems(&paper),
        [found("rows[3].items[2].counts", Rule::Width)]
    );
    let mut paper = sample(PaperKind::FeedbackLetter);
    paper["data"]["items"][0]["counts"] = json!([]);
    paper["data"]["opinions"][1]["texts"] = json!([]);
    assert_eq!(
        problems(&paper),
        [
            found("items[0].counts", Rule::Width),
            found("opinions[1].texts", Rule::Empty),
        ]
    );
}

#[test]
fn nothing_is_closed_without_proof() {
    let mut paper = sample(PaperKind::FollowUpList);
    paper["data"]["rows"][1]["proof"] = json!("");
    assert_eq!(problems(&paper), [found("rows[1].proof", Rule::Blank)]);
    paper["data"]["list"] = json!("problems");
    assert!(
        Paper::from_json(&paper.to_string()).is_ok(),
        "the list of problems shows no proof"
    );
}

#[test]
fn a_digest_closes_nothing_without_proof_and_counts_no_more_than_is_open() {
    let mut paper = sample(PaperKind::Digest);
    paper["data"]["month"] = json!(13);
    paper["data"]["lines"][0]["closed"] = json!(5);
    paper["data"]["lines"][3]["overdue"] = json!(5);
    paper["data"]["closed"][1]["proof"] = json!(" ");
    assert_eq!(
        problems(&paper),
        [
            found("month", Rule::Contradiction),
            found("lines[0]", Rule::Contradiction),
            found("lines[3]", Rule::Contradiction),
            found("closed", Rule::Contradiction),
            found("overdue", Rule::Contradiction),
            found("closed[1].proof", Rule::Blank),
        ]
    );
}

#[test]
fn a_deck_is_no_heap_of_everything() {
    let mut paper = sample(PaperKind::Deck);
    paper["data"]["slides"][1]["chart"]["series"][0]["thousandths"] = json!([1]);
    paper["data"]["slides"][4]["rows"][1] = json!(["2"]);
    paper["data"]["slides"][5]["points"][0] = json!("长".repeat(401));
    paper["data"]["slides"][6]["title"] = json!("");
    paper["data"]["slides"][2]["chart"]["series"] = json!([]);
    let mut problems = problems(&paper);
    problems.sort_by(|one, two| one.0.cmp(&two.0));
    assert_eq!(
        problems,
        [
            found("slides[1].chart.series[0].thousandths", Rule::Width),
            found("slides[2].chart.series", Rule::Empty),
            found("slides[4].rows[1]", Rule::Width),
            found("slides[5].points[0]", Rule::TooLong),
            found("slides[6].title", Rule::Blank),
        ]
    );
    let mut paper = sample(PaperKind::Deck);
    paper["data"]["slides"][3]["photos"][0]["picture"] = json!("R0lGODlh");
    assert!(matches!(
        Paper::from_json(&paper.to_string()),
        Err(PaperError::Unreadable(_))
    ));
}

#[test]
fn a_photograph_is_no_long_text() {
    let mut paper = sample(PaperKind::Deck);
    let picture = format!(
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAAA{}",
        "A".repeat(400_000)
    );
    paper["data"]["slides"][3]["photos"][0]["picture"] = json!(picture);
    assert!(Paper::from_json(&paper.to_string()).is_ok());
}

#[test]
fn coverage_cannot_cover_more_than_there_is_and_rates_follow_from_the_counts() {
    let mut paper = sample(PaperKind::Coverage);
    paper["data"]["lines"][0]["own"] = json!(900);
    paper["data"]["total"]["operating"] = json!(1);
    assert_eq!(
        problems(&paper),
        [
            found("lines[0]", Rule::Contradiction),
            found("total", Rule::Contradiction),
        ]
    );
    let mut paper = sample(PaperKind::Coverage);
    paper["data"]["lines"] = json!([
        { "unit": "甲", "firms": 5, "struck": 2, "operating": 3, "own": 1, "organised": 2, "worked": 3 },
        { "unit": "乙", "firms": 2, "struck": 2, "operating": 0, "own": 0, "organised": 0, "worked": 0 },
    ]);
    let printed = Paper::from_json(&paper.to_string()).unwrap().printed();
    assert_eq!(
        printed["rates"],
        json!([["66.7%", "33.3%", "100.0%"], ["—", "—", "—"]])
    );
}

#[test]
fn control_characters_and_endless_texts_are_named_wherever_they_stand() {
    let mut paper = sample(PaperKind::Minutes);
    paper["data"]["reports"][4]["comment"] = json!("一\u{7}二");
    paper["data"]["resolutions"][0] = json!("长".repeat(20_001));
    paper["data"]["reports"][0]["summary"] = json!("第一段\n第二段");
    let mut problems = problems(&paper);
    problems.sort_by(|one, two| one.0.cmp(&two.0));
    assert_eq!(
        problems,
        [
            found("reports[4].comment", Rule::Control),
            found("resolutions[0]", Rule::TooLong),
        ]
    );
}

fn facts() -> MeetingFacts {
    serde_json::from_value(json!({
        "host": "平湖街道",
        "title": "2018年园区党委书记述职评议会议",
        "held_on": "2018-12-15",
        "presenters": ["华南城园区党委", "白坭坑海吉星园区党委"],
        "presenters_as": "园区党委第一书记",
        "raters": ["社区党委", "两代表一委员"],
        "present": 103,
        "ballots": 98,
        "form": "园区党委书记述职测评表",
        "commented_by": "街道党工委书记",
        "demands": ["开阔视野", "以问题为导向"],
        "listed": 27,
        "next": ["2019年开展好园区“平湖第一课”。"],
    }))
    .unwrap()
}

fn draft(facts: &MeetingFacts) -> Vec<String> {
    let head: Head =
        serde_json::from_value(json!({ "office": "组织部", "made_on": "2018-12-17" })).unwrap();
    let brief = facts.draft(head, "园区党建简报".to_owned(), String::new());
    assert_eq!(brief.title, "平湖街道召开2018年园区党委书记述职评议会议");
    let paragraphs = brief.paragraphs.clone();
    Paper::PressBrief(brief).checked().unwrap();
    paragraphs
}

#[test]
fn a_brief_is_drafted_from_the_facts_of_the_meeting() {
    assert_eq!(
        draft(&facts()),
        [
            "12月15日，平湖街道召开2018年园区党委书记述职评议会议。2名园区党委第一书记依次述职，报告一年来抓基层党建工作情况、存在问题和下一步打算。述职顺序为：华南城园区党委、白坭坑海吉星园区党委。",
            "社区党委、两代表一委员等103人参加会议，以无记名方式填写《园区党委书记述职测评表》，对每名述职人作出评价并提出意见。共收回有效票98张，票箱由监票人、计票人共同开启，计票结果可由任何人核验。",
            "会议实行一述一评。街道党工委书记逐一点评，要求开阔视野，以问题为导向。",
            "会后，27个问题列入整改清单，明确责任单位和完成时限，整改情况在下一年度述职时报告。2019年开展好园区“平湖第一课”。",
        ]
    );
}

#[test]
fn what_is_not_known_is_left_out_of_the_brief() {
    let bare = MeetingFacts {
        present: None,
        ballots: None,
        commented_by: String::new(),
        demands: Vec::new(),
        listed: None,
        next: Vec::new(),
        ..facts()
    };
    let paragraphs = draft(&bare);
    assert_eq!(paragraphs.len(), 2);
    assert_eq!(
        paragraphs[1],
        "社区党委、两代表一委员参加会议，以无记名方式填写《园区党委书记述职测评表》，对每名述职人作出评价并提出意见。票箱由监票人、计票人共同开启，计票结果可由任何人核验。"
    );
    let silent = MeetingFacts {
        demands: Vec::new(),
        ..facts()
    };
    assert_eq!(
        draft(&silent)[2],
        "会议实行一述一评。街道党工委书记逐一点评。"
    );
}
