//! What belongs to a unit: entered, changed, taken away; rights; nothing begins after the unit has ended; figures.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::*;
use pingyi_app::*;
use pingyi_domain::record::{CentreDraft, HeadcountDraft, Many, Numbers, PairingDraft, ShopDraft};

use crate::units::{Year, draft};

fn said<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.code().to_owned(),
    }
}

fn count(unit: &UnitId, on: &str, total: &str) -> HeadcountDraft {
    HeadcountDraft {
        unit: unit.to_string(),
        on_date: on.into(),
        total: total.into(),
        ..HeadcountDraft::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_counted_once_a_day_and_make_figures() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let today = app.today().unwrap();
    let day = |back: i64| today.plus_days(-back).unwrap().to_string();
    let first = count(park, &day(400), "270");
    let stored = app.add_belonging(office, &first).await.unwrap();
    let later = HeadcountDraft {
        internet: "202".into(),
        ..count(park, &day(10), "390")
    };
    app.add_belonging(office, &later).await.unwrap();
    assert_eq!(
        said(app.add_belonging(office, &later).await),
        "on_date day_counted"
    );
    let unknown = HeadcountDraft {
        parts: Numbers::Text("martians=1".into()),
        ..count(park, &day(5), "390")
    };
    assert_eq!(
        said(app.add_belonging(office, &unknown).await),
        "parts word"
    );
    app.add_belonging(office, &count(&year.parks[1], &day(3), "110"))
        .await
        .unwrap();
    let members = app.members(office, park).await.unwrap();
    assert_eq!(
        (members.own.total, members.own.internet),
        (Some(390), Some(202))
    );
    let (more, rate) = members.own.growth.unwrap();
    assert_eq!((more, rate.to_string().as_str()), (120, "44.4%"));
    assert_eq!(members.own.share.unwrap().to_string(), "78.0%");
    assert_eq!(
        members.below[0].total, None,
        "nobody has counted the branch"
    );
    let whole = app.members(office, &year.root).await.unwrap();
    assert_eq!(whole.own.total, Some(500));
    let shown: Vec<_> = whole
        .below
        .iter()
        .map(|one| one.growth.map(|g| g.0))
        .collect();
    assert_eq!(shown, [Some(120), None]);
    // The second of two people is asked; the same again is nothing new; taken away with the right version only.
    let changed = count(park, &day(400), "271");
    let again = app
        .change_belonging(office, &stored.id, 1, &changed)
        .await
        .unwrap();
    assert_eq!(again.version, 2);
    let mine = count(park, &day(400), "272");
    assert_eq!(
        said(app.change_belonging(office, &stored.id, 1, &mine).await),
        "conflict"
    );
    assert_eq!(
        said(
            app.remove_belonging::<Headcount>(office, &stored.id, 1)
                .await
        ),
        "old_version"
    );
    app.remove_belonging::<Headcount>(office, &stored.id, 2)
        .await
        .unwrap();
    assert_eq!(app.members(office, park).await.unwrap().own.growth, None);
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_of_another_park_gets_nothing() {
    let year = Year::begin().await;
    let (app, park) = (&year.app, &year.parks[0]);
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[1]))
        .await;
    let mine = count(&year.parks[1], "2018-01-01", "5");
    let own = app.add_belonging(&recorder, &mine).await.unwrap();
    let foreign = count(park, "2018-01-01", "5");
    assert_eq!(
        said(app.add_belonging(&recorder, &foreign).await),
        "not_your_unit"
    );
    assert_eq!(
        said(app.change_belonging(&recorder, &own.id, 1, &foreign).await),
        "not_your_unit",
        "nothing moves to where one may not write"
    );
    let other = app.add_belonging(&year.office, &foreign).await.unwrap();
    assert_eq!(
        said(app.change_belonging(&recorder, &other.id, 1, &mine).await),
        "not_your_unit"
    );
    assert_eq!(
        said(
            app.remove_belonging::<Headcount>(&recorder, &other.id, 1)
                .await
        ),
        "not_your_unit"
    );
    assert_eq!(said(app.members(&recorder, park).await), "not_your_unit");
    assert_eq!(
        said(app.belongings::<Shop>(&recorder, park).await),
        "not_your_unit"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_begins_after_the_unit_was_dissolved() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let closed = UnitDraft {
        closed_on: "2018-06-01".into(),
        ..draft("branch", "华南城第一支部", Some(park))
    };
    app.change_unit(office, &year.branch, 1, &closed)
        .await
        .unwrap();
    app.add_belonging(office, &count(&year.branch, "2018-06-01", "9"))
        .await
        .unwrap();
    let late = count(&year.branch, "2018-06-02", "9");
    assert_eq!(
        said(app.add_belonging(office, &late).await),
        "on_date unit_closed"
    );
    let post = PostDraft {
        unit: year.branch.to_string(),
        kind: "secretary".into(),
        holder: "书记".into(),
        from_on: "2018-06-02".into(),
        ..PostDraft::default()
    };
    assert_eq!(
        said(app.add_post(office, &post).await),
        "from_on unit_closed"
    );
    let pairing = PairingDraft {
        unit: year.branch.to_string(),
        outside: "某企业".into(),
        from_on: "2018-07-01".into(),
        ..PairingDraft::default()
    };
    assert_eq!(
        said(app.add_belonging(office, &pairing).await),
        "from_on unit_closed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn centres_pairings_and_shops_agree_with_the_rest() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let [park, other] = &year.parks;
    let centre = CentreDraft {
        unit: park.to_string(),
        kind: "joint".into(),
        name: "联合党群服务中心".into(),
        opened_on: "2018-01-01".into(),
        covers: Many::List(vec![other.to_string()]),
        services: Many::Text("guidance".into()),
        ..CentreDraft::default()
    };
    let word = WordDraft {
        list: "service".into(),
        label_zh: "人才服务".into(),
        ..WordDraft::default()
    };
    app.add_word(office, &word).await.unwrap();
    let code = app.words(WordList::Service).await.unwrap()[0]
        .word
        .code
        .clone();
    let centre = CentreDraft {
        services: Many::List(vec![code]),
        ..centre
    };
    let today = app.today().unwrap();
    app.add_belonging(office, &centre).await.unwrap();
    let found = app.belongings::<Centre>(office, other).await.unwrap();
    assert!(found[0].what.covers(other, today) && found[0].what.services.len() == 1);
    let bad = CentreDraft {
        services: Many::Text("magic".into()),
        ..centre.clone()
    };
    assert_eq!(said(app.add_belonging(office, &bad).await), "services word");
    let nowhere = CentreDraft {
        covers: Many::Text("z".repeat(16)),
        ..centre
    };
    assert_eq!(
        said(app.add_belonging(office, &nowhere).await),
        "covers unit"
    );
    let shop = ShopDraft {
        unit: park.to_string(),
        name: "水果店".into(),
        plaque: "001".into(),
        given_on: "2018-01-01".into(),
        ..ShopDraft::default()
    };
    let stored = app.add_belonging(office, &shop).await.unwrap();
    let twin = ShopDraft {
        unit: other.to_string(),
        ..shop.clone()
    };
    assert_eq!(
        said(app.add_belonging(office, &twin).await),
        "plaque plaque_taken"
    );
    let withdrawn = ShopDraft {
        withdrawn_on: "2018-02-01".into(),
        withdrawn_reason: "停业".into(),
        ..shop.clone()
    };
    app.change_belonging(office, &stored.id, 1, &withdrawn)
        .await
        .unwrap();
    app.add_belonging(office, &twin).await.unwrap();
    assert_eq!(
        said(app.change_belonging(office, &stored.id, 2, &shop).await),
        "plaque plaque_taken"
    );
    let pairing = PairingDraft {
        unit: park.to_string(),
        partner: other.to_string(),
        from_on: "2018-01-01".into(),
        ..PairingDraft::default()
    };
    app.add_belonging(office, &pairing).await.unwrap();
    assert_eq!(
        app.belongings::<Pairing>(office, other)
            .await
            .unwrap()
            .len(),
        1
    );
    let ghost = PairingDraft {
        partner: "z".repeat(16),
        ..pairing
    };
    assert_eq!(
        said(app.add_belonging(office, &ghost).await),
        "partner unit"
    );
}
