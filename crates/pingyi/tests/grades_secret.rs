//! Before the announcement a leader's pages hold no figure of the result; the organiser's do, and after it both.

#![allow(clippy::unwrap_used)]

mod common;

use common::House;
use pingyi_testkit::client::Organiser;
use pingyi_testkit::plan::Habits;
use serde_json::Value;

/// The scores as shown, of every presenter.
fn scores(result: &Value) -> Vec<String> {
    let tables = result["tables"].as_array().unwrap().iter();
    tables
        .map(|table| table["score"]["shown"].as_str().unwrap().to_owned())
        .collect()
}

async fn page(who: &Organiser, http: &pingyi_testkit::client::Http, path: &str) -> String {
    let bytes = http.download(&who.auth(), path).await;
    bytes.map_or_else(
        |_| String::new(),
        |bytes| String::from_utf8(bytes.to_vec()).unwrap(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_sees_nothing_of_the_grades_before_the_release() {
    let house = House::new();
    let meeting = house.meeting(24, 2, Habits::PLAIN, 5).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    let office = &meeting.organiser;
    office
        .add_user("shuji", "书记", &["leader"], "correct horse 9")
        .await
        .unwrap();
    let leader = Organiser::sign_in(&meeting.http, "shuji", "correct horse 9")
        .await
        .unwrap();
    office.act(&id, "open").await.unwrap();
    meeting.cast_all(&prepared).await.unwrap();
    meeting.close_and_open(&mut prepared).await.unwrap();
    let known = scores(&office.result(&id).await.unwrap());
    assert!(known.iter().all(|score| score.len() > 3), "{known:?}");
    let paths = [
        "grades",
        "compare",
        "followup",
        "evaluation",
        "result",
        "papers",
    ];
    let pages = async |who: &Organiser| {
        let mut all = String::new();
        for path in paths {
            all += &page(who, &meeting.http, &format!("/appraisals/{id}/{path}")).await;
        }
        all += &page(who, &meeting.http, &format!("/appraisals/{id}")).await;
        all + &page(who, &meeting.http, &format!("/api/appraisals/{id}/result")).await
    };
    let holds = |text: &str| known.iter().any(|score| text.contains(score.as_str()));
    assert!(holds(&pages(office).await), "the organiser sees it counted");
    let early = pages(&leader).await;
    assert!(
        !early.is_empty() && !holds(&early),
        "nothing before the release"
    );
    office.act(&id, "release").await.unwrap();
    assert!(holds(
        &page(&leader, &meeting.http, &format!("/appraisals/{id}/grades")).await
    ));
}
