//! Follow-up: from a released appraisal to matters, from matters to the digest and to next year's form; who may what.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use std::sync::Arc;

use pingyi_app::followup::{FindingsDraft, LastYear, Source};
use pingyi_app::record::matter::{MatterMove, MatterStateName};
use pingyi_app::record::{MatterFilter, MatterId, Month, MoveForm};
use pingyi_app::*;
use pingyi_ballot::ballot::seal;
use pingyi_ballot::election::Election;

use crate::support::*;
use crate::units::Year;

/// The meeting of support.rs with presenters who lead the parks of the year, and a fourth grade that is the second.
fn parks_config(year: u16) -> String {
    let mut config: serde_json::Value = serde_json::from_str(&config()).unwrap();
    config["year"] = year.into();
    config["order"] = "fixed".into();
    config["form"]["grades"] = serde_json::json!([
        {"code": "good", "label": "好", "value": 100}, {"code": "fair", "label": "较好", "value": 80},
        {"code": "bad", "label": "差", "value": 40},
        {"code": "unknown", "label": "不了解", "value": null, "abstain": true}]);
    config["presenters"][0]["unit"] = "华南城园区党委".into();
    config["presenters"][1]["unit"] = "白坭坑海吉星园区党委".into();
    config.to_string()
}

fn at(text: &str) -> PresenterCode {
    text.parse().unwrap()
}

/// One grade for each question: p1 overall, p1 party, p2 overall, p2 party.
async fn cast(meeting: &Meeting, place: usize, slip: usize, grades: [usize; 4]) {
    let election: Election = meeting.election(place).await;
    let marks: Vec<Vec<u8>> = grades
        .iter()
        .map(|grade| (0..4).map(|answer| u8::from(answer == *grade)).collect())
        .collect();
    let ballot = seal(&election, &meeting.slips[place][slip], &marks, &mut rng()).unwrap();
    meeting.post(place, &ballot.ballot_json).await.unwrap();
}

/// Plays an appraisal until its result is counted: p1 is bad at 抓党建, everything else is good.
async fn counted(app: App, clock: Arc<FixedClock>, id: AppraisalId) -> Meeting {
    let mut meeting = Meeting::take_over(app, clock, id).await;
    meeting.issue(&[4, 4, 4]).await;
    meeting.app.seal(&actor(), &meeting.id).await.unwrap();
    meeting.app.open_boxes(&actor(), &meeting.id).await.unwrap();
    for place in 0..3 {
        for slip in 0..3 {
            cast(&meeting, place, slip, [0, 2, 0, 0]).await;
        }
    }
    for (first, second) in [("走访少", ""), ("骂人的话", "务实"), ("台账不全", "")] {
        let entries = meeting.bundle(first, second).await;
        meeting
            .app
            .put_opinions(&meeting.id, entries)
            .await
            .unwrap();
    }
    meeting
        .app
        .comment(
            &actor(),
            &meeting.id,
            &at("p1"),
            "两个覆盖扎实，走访要补上。",
        )
        .await
        .unwrap();
    meeting.close().await;
    for teller in 0..2 {
        for place in 0..3 {
            meeting.give_share(teller, place).await.unwrap();
        }
        let share = meeting.urn_share(teller).await;
        let given = meeting.app.send_urn_shares(&meeting.seats[teller], &share);
        given.await.unwrap();
    }
    assert_eq!(meeting.state().await, "counted");
    meeting
}

struct Case {
    year: Year,
    meeting: Meeting,
    office: Hand,
    own: Hand,
}

impl Case {
    /// A released appraisal of the year 2022; the clock stands in November 2023.
    async fn begin() -> Self {
        let year = Year::begin().await;
        let id = year
            .app
            .create_appraisal(&actor(), &parks_config(2022))
            .await;
        let meeting = counted(year.app.clone(), year.clock.clone(), id.unwrap()).await;
        let office = year.somebody("zuzhi", Role::Organiser, None).await;
        let own = year.somebody("jilu", Role::Recorder, Some(&year.parks[0]));
        let own = own.await;
        assert_eq!(
            code(year.app.follow_up(&meeting.id).await),
            "wrong_state",
            "not before it is released or kept"
        );
        year.app.release(&actor(), &meeting.id).await.unwrap();
        Self {
            year,
            meeting,
            office,
            own,
        }
    }

    async fn list(&self, hand: &Hand, draft: &FindingsDraft) -> Result<Stored> {
        let (id, p1) = (&self.meeting.id, at("p1"));
        self.year.app.list_findings(hand, id, &p1, draft).await
    }

    fn draft(&self, sources: &[&str], title: &str) -> FindingsDraft {
        FindingsDraft {
            sources: sources.iter().map(ToString::to_string).collect(),
            title: title.into(),
            unit: self.year.parks[0].to_string(),
            ..FindingsDraft::default()
        }
    }

    async fn go(&self, hand: &Hand, id: &MatterId, step: MatterMove, text: &str) -> Result<Stored> {
        let form = MoveForm {
            text: text.into(),
            ..MoveForm::default()
        };
        self.year.app.move_matter(hand, id, step, &form).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_wanting_becomes_matters_and_is_put_right() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let found = app.follow_up(&case.meeting.id).await.unwrap();
    assert_eq!(found.second, Some(("较好".into(), "80.00".into())));
    let [p1, p2] = found.presenters.as_slice() else {
        panic!("two presenters")
    };
    let low: Vec<(String, &str, &str, bool, bool)> = p1
        .low
        .iter()
        .map(|item| {
            let low = item.low;
            (
                item.source.to_string(),
                item.score.as_str(),
                item.median.as_str(),
                low.below_median,
                low.below_second,
            )
        })
        .collect();
    assert_eq!(low, [("item:party".into(), "40.00", "70.00", true, true)]);
    assert!(p2.low.is_empty());
    assert_eq!(p1.owner.as_ref(), Some(&case.year.parks[0]));
    let texts: Vec<&str> = p1.opinions.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        texts,
        ["台账不全", "走访少", "骂人的话"],
        "sorted by their words"
    );
    assert_eq!(p1.comment, "两个覆盖扎实，走访要补上。");
    assert!(p2.comment.is_empty());

    // What is refused: the form, the presenter, the hand, what was not found.
    let empty = case.list(&case.office, &FindingsDraft::default()).await;
    let Err(AppError::Fields(problems)) = empty else {
        panic!("{empty:?}")
    };
    assert_eq!(problems.len(), 3, "{problems:?}");
    let good = case.draft(&["item:party", "opinion:2"], "走访企业不够");
    let p9 = app
        .list_findings(&case.office, &case.meeting.id, &at("p9"), &good)
        .await;
    assert_eq!(code(p9), "not_found");
    assert_eq!(code(case.list(&case.own, &good).await), "not_your_unit");
    for source in ["item:overall", "opinion:4", "item:none"] {
        let draft = case.draft(&[source], "x");
        assert_eq!(
            code(case.list(&case.office, &draft).await),
            "fields",
            "{source}"
        );
    }
    let comment = case.draft(&["comment"], "x");
    let p2 = app
        .list_findings(&case.office, &case.meeting.id, &at("p2"), &comment)
        .await;
    assert_eq!(code(p2), "fields", "nobody commented on p2");
    let all = MatterFilter::default();
    let none = app.matters_count(&case.office, &all).await.unwrap();
    assert_eq!(none, 0, "nothing half made");

    // One that is only raised, one that is assigned at once.
    let raised = case.list(&case.office, &good).await.unwrap();
    let assigned = FindingsDraft {
        responsible: "党建办".into(),
        due_on: "2023-12-05".into(),
        measures: "逐户走访".into(),
        ..case.draft(&["comment"], "补上走访")
    };
    let assigned = case.list(&case.office, &assigned).await.unwrap();
    let (raised, assigned): (MatterId, MatterId) =
        (raised.id.parse().unwrap(), assigned.id.parse().unwrap());
    let view = app.matter(&case.own, &raised).await.unwrap();
    assert_eq!(view.state, MatterStateName::Raised);
    let sources: Vec<(Source, &str)> = view
        .sources
        .iter()
        .map(|one| (one.source.clone(), one.label.as_str()))
        .collect();
    let party = Source::Item("party".parse().unwrap());
    assert_eq!(sources, [(party, "抓党建"), (Source::Opinion(2), "")]);
    assert_eq!(view.sources[0].appraisal, case.meeting.id);
    assert_eq!(view.sources[0].post, "华南城园区党委第一书记");
    let view = app.matter(&case.own, &assigned).await.unwrap();
    assert_eq!(view.state, MatterStateName::Assigned);
    assert_eq!(view.moves.len(), 2);
    let found = app.follow_up(&case.meeting.id).await.unwrap();
    let made: Vec<&str> = found.presenters[0]
        .made_of(&Source::Comment)
        .map(|made| made.title.as_str())
        .collect();
    assert_eq!(made, ["补上走访"]);
    assert_eq!(found.presenters[0].matters.len(), 2);

    // How far it is: before and after it is closed, by somebody else and with proof.
    let progress = |all: &followup::UnitsProgress| -> Vec<[i64; 4]> {
        let lines = all.lines.iter();
        lines
            .map(|one| [one.listed, one.closed, one.due, one.overdue])
            .collect()
    };
    let before = app.rectification(&case.own).await.unwrap();
    assert_eq!(progress(&before), [[2, 0, 0, 0]]);
    assert_eq!(before.lines[0].unit.id, case.year.parks[0]);
    case.go(&case.own, &assigned, MatterMove::Report, "走访 45 家")
        .await
        .unwrap();
    let office = case.year.somebody("zuzhi2", Role::Organiser, None).await;
    case.go(&office, &assigned, MatterMove::Close, "")
        .await
        .unwrap();
    let after = app.rectification(&case.own).await.unwrap();
    assert_eq!(progress(&after), [[2, 1, 0, 0]]);
    let digest = app.digest(&case.own, "2023-11".parse().unwrap()).await;
    let digest = digest.unwrap();
    assert_eq!(digest.lines, after.lines, "one park, one month");
    assert_eq!(digest.closed.len(), 1);
    assert_eq!(digest.closed[0].proof, "走访 45 家");
    assert_eq!(digest.period.last().to_string(), "2023-11-15");
    assert!(digest.overdue.is_empty());
    // Others see nothing of it, and no month that has not begun.
    let other = case
        .year
        .somebody("bieren", Role::Recorder, Some(&case.year.parks[1]))
        .await;
    let month: Month = "2023-11".parse().unwrap();
    let foreign = app.digest(&other, month).await.unwrap();
    assert!(foreign.lines.is_empty() && foreign.closed.is_empty());
    assert!(app.rectification(&other).await.unwrap().lines.is_empty());
    let ahead = app.digest(&case.office, "2023-12".parse().unwrap()).await;
    assert_eq!(code(ahead), "not_found");

    // A matter raised by mistake goes, and leaves the finding.
    let version = app.matter(&case.office, &raised).await.unwrap().version;
    app.remove_matter(&case.office, &raised, version)
        .await
        .unwrap();
    let found = app.follow_up(&case.meeting.id).await.unwrap();
    assert_eq!(found.presenters[0].matters.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opinion_is_struck_by_two_and_stays_in_the_archive() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let (id, p1) = (&case.meeting.id, at("p1"));
    let leader = case.year.somebody("lingdao", Role::Leader, None).await;
    let (office, leader) = (case.office.actor(), leader.actor());
    let strike =
        async |number: u32, why: &str| app.strike_opinion(office, id, &p1, number, why).await;
    assert_eq!(
        code(strike(3, " ").await),
        "fields",
        "a reason is asked for"
    );
    for number in [0, 4] {
        assert_eq!(code(strike(number, "辱骂").await), "not_found");
    }
    let nobody = app.decide_strike(leader, id, &p1, 3, (true, ""));
    assert_eq!(code(nobody.await), "not_found", "nothing waits");
    strike(3, "辱骂").await.unwrap();
    assert_eq!(code(strike(3, "辱骂").await), "already_struck");
    // While it waits it is still read, and cannot become a matter.
    let shown = app.opinions(id).await.unwrap();
    assert_eq!(
        (shown.presenters[0].texts.len(), shown.presenters[0].waiting),
        (3, 1)
    );
    let draft = case.draft(&["opinion:3"], "x");
    assert_eq!(code(case.list(&case.office, &draft).await), "fields");
    let own = app.decide_strike(office, id, &p1, 3, (true, ""));
    assert_eq!(code(own.await), "same_person");
    app.decide_strike(leader, id, &p1, 3, (true, ""))
        .await
        .unwrap();
    let twice = app.decide_strike(leader, id, &p1, 3, (false, "不"));
    assert_eq!(code(twice.await), "not_found", "it holds");
    let shown = app.opinions(id).await.unwrap();
    assert_eq!(shown.presenters[0].texts, ["台账不全", "走访少"]);
    assert_eq!(shown.presenters[0].struck, ["辱骂"]);
    assert_eq!(shown.presenters[0].waiting, 0);
    let found = app.follow_up(id).await.unwrap();
    let struck = &found.presenters[0].opinions[2];
    assert!(struck.is_struck() && struck.text.is_empty());
    let said = struck.strike.as_ref().unwrap();
    assert_eq!(
        (said.by.as_str(), said.confirmed_by.as_str()),
        ("zuzhi", "lingdao")
    );

    // Another one is let stand, with a reason.
    strike(1, "不实").await.unwrap();
    let silent = app.decide_strike(leader, id, &p1, 1, (false, " "));
    assert_eq!(code(silent.await), "fields");
    app.decide_strike(leader, id, &p1, 1, (false, "是批评，不是辱骂"))
        .await
        .unwrap();
    let shown = app.opinions(id).await.unwrap();
    assert_eq!(shown.presenters[0].texts.len(), 2);
    // The urn is what it was, and the trail has who and why, not the words.
    let urn = app.urn(&case.meeting.seats[0]).await.unwrap();
    assert_eq!(urn.entries.len(), 6);
    let mut export = app.audit_export(Some(id));
    let mut trail = String::new();
    while let Some(line) = export.next().await.unwrap() {
        trail.push_str(&line);
    }
    assert!(trail.contains("opinion_struck") && trail.contains("strike_decided"));
    assert!(!trail.contains("骂人的话"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_of_a_rehearsal_and_kept_results_can_be_followed_up() {
    let year = Year::begin().await;
    let app = year.app.clone();
    let id = app.create_appraisal(&actor(), &parks_config(2022)).await;
    let rehearsal = app.rehearse(&actor(), &id.unwrap()).await.unwrap();
    let meeting = counted(app.clone(), year.clock.clone(), rehearsal).await;
    app.keep(&actor(), &meeting.id).await.unwrap();
    assert_eq!(code(app.follow_up(&meeting.id).await), "of_rehearsal");
    let strike = app
        .strike_opinion(&actor(), &meeting.id, &at("p1"), 1, "x")
        .await;
    assert_eq!(code(strike), "of_rehearsal");
    app.wipe(&actor(), &meeting.id).await.unwrap();

    let id = app.create_appraisal(&actor(), &parks_config(2022)).await;
    let meeting = counted(app.clone(), year.clock.clone(), id.unwrap()).await;
    app.keep(&actor(), &meeting.id).await.unwrap();
    let found = app.follow_up(&meeting.id).await.unwrap();
    assert_eq!(found.presenters[0].low.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_form_shows_last_years_list_as_it_was_sealed() {
    let case = Case::begin().await;
    let app = case.year.app.clone();
    let mut made = Vec::new();
    for (source, title) in [("item:party", "抓党建"), ("opinion:2", "走访不够")] {
        let draft = FindingsDraft {
            responsible: "党建办".into(),
            due_on: "2023-12-31".into(),
            ..case.draft(&[source], title)
        };
        let stored = case.list(&case.office, &draft).await.unwrap();
        made.push(stored.id.parse::<MatterId>().unwrap());
    }
    let other = case.year.somebody("zuzhi2", Role::Organiser, None).await;
    case.go(
        &case.own,
        &made[0],
        MatterMove::Report,
        "走访 45 家，补上台账",
    )
    .await
    .unwrap();
    case.go(&other, &made[0], MatterMove::Close, "")
        .await
        .unwrap();
    let copy = app
        .copy_appraisal(&actor(), &case.meeting.id)
        .await
        .unwrap();
    let version = app.appraisal(&copy).await.unwrap().version;
    app.edit_config(&actor(), &copy, version, &parks_config(2023))
        .await
        .unwrap();
    let list = async |id: &AppraisalId| app.last_years(id).await.unwrap()[0].list.clone();
    let draft: LastYear = list(&copy).await.unwrap();
    assert_eq!((draft.year, draft.listed, draft.closed), (2022, 2, 1));
    assert_eq!(draft.lines[0].title, "走访不够", "what is open comes first");
    assert_eq!(draft.lines[1].answer, "走访 45 家，补上台账");
    assert_eq!(app.last_years(&copy).await.unwrap()[1].list, None);

    let mut next = Meeting::take_over(app.clone(), case.year.clock.clone(), copy).await;
    next.issue(&[4, 4, 4]).await;
    let booth = app.booth_view(&next.boxes[0]).await.unwrap();
    assert_eq!(booth.last_year, None, "not before it is sealed");
    app.seal(&actor(), &next.id).await.unwrap();
    let booth = app.booth_view(&next.boxes[0]).await.unwrap();
    let text = booth.last_year.unwrap();
    let election: serde_json::Value = serde_json::from_str(&booth.election.unwrap()).unwrap();
    let hash = pingyi_domain::sha256_hex(text.as_bytes());
    assert_eq!(election["x_pingyi"]["last_year"], hash.as_str());
    let shown: std::collections::BTreeMap<String, LastYear> = serde_json::from_str(&text).unwrap();
    assert_eq!(shown["p1"], draft);
    // What happens later does not change what was sealed.
    case.go(&case.own, &made[1], MatterMove::Report, "也走访了")
        .await
        .unwrap();
    let booth = app.booth_view(&next.boxes[0]).await.unwrap();
    assert_eq!(booth.last_year.as_deref(), Some(text.as_str()));
    assert_eq!(list(&next.id).await.unwrap(), draft);
    app.open_boxes(&actor(), &next.id).await.unwrap();
    let order: StageOrder =
        serde_json::from_value(serde_json::json!({"scene": "speaker", "presenter": "p1"})).unwrap();
    app.set_stage(&actor(), &next.id, &order).await.unwrap();
    let hall = app.hall_view(&next.hall).await.unwrap();
    let numbers = hall.stage.last_year.unwrap();
    assert_eq!((numbers.year, numbers.listed, numbers.closed), (2022, 2, 1));
    // Nobody had a list before: nothing is sealed, and the first election says nothing of it.
    let first = app.booth_view(&case.meeting.boxes[0]).await.unwrap();
    assert_eq!(first.last_year, None);
    assert!(!first.election.unwrap().contains("last_year"));
}
