//! Slides of duty reports: arrangement and texts with versions, facts of a submission, photos and problems they may show,
//! what the hall shows.

use pingyi_domain::record::UnitPath;
use pingyi_store::repo::decks::{self, DeckRow, ShownRow, SlideTextRow};
use pingyi_store::repo::entries::EntryRow;
use pingyi_store::repo::evidence::{self, EvidenceRow};
use pingyi_store::repo::matters::MatterRow;
use pingyi_store::repo::reports::{self, VersionRow};
use pingyi_store::repo::{appraisals, wipe};
use pingyi_store::{Conn, Store, row};

use crate::fixture::{appraisal_id, appraisal_row};
use crate::ledger::entry;
use crate::reports::{matter, report};
use crate::units::{id, tree};

pub async fn slides_are_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let one = report('r', &b, 2018);
    row::insert(&mut tx, &one).await.unwrap();
    assert_eq!(decks::deck(&mut tx, &one.id).await.unwrap(), None);
    let mut deck = DeckRow {
        report: one.id.clone(),
        version: 0,
        arrangement: "{}".into(),
        actor: "user:a".into(),
        at: 8,
    };
    assert!(decks::put_deck(&mut tx, &deck).await.unwrap());
    assert!(
        !decks::put_deck(&mut tx, &deck).await.unwrap(),
        "somebody was faster"
    );
    deck.version = 1;
    deck.arrangement = r#"{"slides":[]}"#.into();
    assert!(decks::put_deck(&mut tx, &deck).await.unwrap());
    assert!(!decks::put_deck(&mut tx, &deck).await.unwrap());
    deck.version = 2;
    assert_eq!(decks::deck(&mut tx, &one.id).await.unwrap(), Some(deck));
    let mut text = SlideTextRow {
        report: one.id.clone(),
        slide: "next".into(),
        field: "points".into(),
        version: 0,
        text: "一\n二".into(),
        actor: "user:a".into(),
        at: 8,
    };
    assert!(decks::put_text(&mut tx, &text).await.unwrap());
    assert!(!decks::put_text(&mut tx, &text).await.unwrap());
    text.version = 1;
    text.text = String::new();
    assert!(decks::put_text(&mut tx, &text).await.unwrap());
    assert!(!decks::put_text(&mut tx, &text).await.unwrap());
    text.version = 2;
    assert_eq!(decks::texts(&mut tx, &one.id).await.unwrap(), [text]);
    let version = VersionRow {
        report: one.id.clone(),
        seq: 1,
        at: 9,
        actor: "user:a".into(),
        content: "{}".into(),
        hash: "00".into(),
    };
    reports::add_version(&mut tx, &version).await.unwrap();
    decks::add_facts(&mut tx, &one.id, 1, "{}").await.unwrap();
    let facts = decks::facts(&mut tx, &one.id, 1).await.unwrap();
    assert_eq!(facts.as_deref(), Some("{}"));
    assert_eq!(decks::facts(&mut tx, &one.id, 2).await.unwrap(), None);
}

/// An older one than those offered is still found, by id and by file; one of another unit or year is not.
async fn one_is_found_by_name(conn: &mut Conn, place: &UnitPath, old: &decks::PhotoRow) {
    let year = ("2018-01-01", "2018-12-31");
    for name in [&old.id, &old.sha256] {
        let found = decks::photo_named(conn, year, place, name).await;
        assert_eq!(found.unwrap().as_ref(), Some(old));
    }
    for letter in ['3', '4', '5', 'p'] {
        let name = id(letter);
        let found = decks::photo_named(conn, year, place, name.as_str()).await;
        assert_eq!(found.unwrap(), None, "{letter}");
    }
}

pub async fn only_confirmed_photos_and_problems_of_the_year_are_offered(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let place: UnitPath = b.path.parse().unwrap();
    let confirmed = |row: EntryRow| EntryRow {
        state: "confirmed".into(),
        reviewed_by: Some("user:b".into()),
        reviewed_at: Some(9),
        ..row
    };
    let entries = [
        confirmed(entry('1', &b, "class", "2018-03-01")),
        confirmed(entry('2', &b, "class", "2018-12-31")),
        entry('3', &b, "class", "2018-03-01"),
        confirmed(entry('4', &b, "class", "2019-01-01")),
        confirmed(entry('5', &c, "class", "2018-03-01")),
    ];
    let file = |letter: char, media: &str, width: Option<i64>| EvidenceRow {
        id: id(letter).to_string(),
        entry: Some(id(letter).to_string()),
        matter: None,
        step: None,
        name: "照片.jpg".into(),
        media: media.into(),
        bytes: 1234,
        sha256: letter.to_string().repeat(64),
        width,
        height: width,
        actor: "user:a".into(),
        at: 5,
        version: 1,
        caption: if letter == '1' {
            "开课".into()
        } else {
            String::new()
        },
        thumb: None,
        place: 1,
    };
    for row in &entries {
        row::insert(&mut tx, row).await.unwrap();
        let letter = row.id.chars().next().unwrap();
        evidence::insert(&mut tx, &file(letter, "image/jpeg", Some(20)))
            .await
            .unwrap();
    }
    let pdf = EvidenceRow {
        id: id('p').to_string(),
        place: 2,
        ..file('1', "application/pdf", None)
    };
    evidence::insert(&mut tx, &pdf).await.unwrap();
    let year = ("2018-01-01", "2018-12-31");
    let photos = decks::photos(&mut tx, year, &place, 10).await.unwrap();
    let captions: Vec<&str> = photos.iter().map(|row| row.caption.as_str()).collect();
    assert_eq!(
        captions,
        ["事项2", "开课"],
        "the newest first, in the entry's words without own"
    );
    assert_eq!(
        (photos[1].width, photos[1].entry.as_str()),
        (20, id('1').as_str())
    );
    assert_eq!(
        decks::photos(&mut tx, year, &place, 1).await.unwrap().len(),
        1
    );
    one_is_found_by_name(&mut tx, &place, &photos[1]).await;

    let problem = |letter: char, raised_on: &str, closed_on: Option<&str>| MatterRow {
        list: "problem".into(),
        measures: "走访".into(),
        raised_on: raised_on.into(),
        state: if closed_on.is_some() {
            "closed"
        } else {
            "raised"
        }
        .into(),
        closed_on: closed_on.map(str::to_owned),
        ..matter(letter, &b)
    };
    for row in [
        problem('a', "2018-05-01", None),
        problem('b', "2018-06-01", Some("2018-07-01")),
        problem('c', "2017-06-01", Some("2017-07-01")),
        problem('d', "2017-06-01", None),
        problem('e', "2019-06-01", None),
        matter('f', &b),
    ] {
        row::insert(&mut tx, &row).await.unwrap();
    }
    let problems = decks::problems(&mut tx, year, &place).await.unwrap();
    let titles: Vec<&str> = problems.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["整改b", "整改d", "整改a"], "what is solved first");
    assert_eq!(problems[0].done, "走访");
}

pub async fn the_hall_shows_one_deck_of_a_presenter_and_its_photos(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let one = report('r', &b, 2018);
    row::insert(&mut tx, &one).await.unwrap();
    appraisals::insert(&mut tx, &appraisal_row()).await.unwrap();
    let of = appraisal_id();
    let mut shown = ShownRow {
        appraisal: of.to_string(),
        presenter: "p1".into(),
        report: one.id.clone(),
        deck: "{}".into(),
        hash: "00".into(),
        at: 9,
    };
    let (first, second) = ("a".repeat(64), "b".repeat(64));
    let photo = |hash: &str| (hash.to_owned(), "image/png".to_owned());
    let list = [photo(&first), photo(&first)];
    decks::put_shown(&mut tx, &shown, &list).await.unwrap();
    assert_eq!(
        evidence::uses(&mut tx, &first).await.unwrap(),
        1,
        "the file stays"
    );
    shown.hash = "11".into();
    decks::put_shown(&mut tx, &shown, &[photo(&second)])
        .await
        .unwrap();
    assert_eq!(decks::shown(&mut tx, &of, "p1").await.unwrap(), Some(shown));
    assert_eq!(decks::shown(&mut tx, &of, "p2").await.unwrap(), None);
    let media = decks::photo(&mut tx, &of, "p1", &second).await.unwrap();
    assert_eq!(media.as_deref(), Some("image/png"));
    assert_eq!(
        decks::photo(&mut tx, &of, "p1", &first).await.unwrap(),
        None
    );
    assert_eq!(
        decks::photo(&mut tx, &of, "p2", &second).await.unwrap(),
        None
    );
    assert_eq!(evidence::files(&mut tx).await.unwrap(), [second]);
    assert_eq!(decks::heads(&mut tx, &of).await.unwrap()[0].hash, "11");
    assert_eq!(decks::of_report(&mut tx, &one.id).await.unwrap().len(), 1);
    decks::drop_shown(&mut tx, &of, "p1").await.unwrap();
    assert_eq!(decks::heads(&mut tx, &of).await.unwrap(), []);
    let again = ShownRow {
        appraisal: of.to_string(),
        presenter: "p1".into(),
        report: one.id.clone(),
        deck: "{}".into(),
        hash: "00".into(),
        at: 9,
    };
    decks::put_shown(&mut tx, &again, &list).await.unwrap();
    wipe::whole(&mut tx, &of).await.unwrap();
    assert_eq!(decks::of_report(&mut tx, &one.id).await.unwrap(), []);
}
