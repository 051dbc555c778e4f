//! What matters are made of, opinions struck, last year's list, progress by unit.

use pingyi_domain::record::Scope;
use pingyi_store::repo::appraisals;
use pingyi_store::repo::followups::{self, OpinionStrikeRow, SourceRow, Span};
use pingyi_store::repo::matters::{self, MatterFilter, MatterRow, MattersOf, MoveRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Store, StoreError, Tx, row};

use crate::fixture::{appraisal_id, appraisal_row};
use crate::ledger::matter;
use crate::units::tree;

fn rectification(letter: char, unit: &UnitRow, raised: &str, due: &str) -> MatterRow {
    MatterRow {
        list: "rectification".into(),
        origin: "appraisal".into(),
        raised_on: raised.into(),
        ..matter(letter, unit, Some(due))
    }
}

fn closed(row: MatterRow, day: &str) -> MatterRow {
    MatterRow {
        state: "closed".into(),
        reported_by: Some("user:a".into()),
        reported_on: Some(day.into()),
        closed_by: Some("user:b".into()),
        closed_on: Some(day.into()),
        ..row
    }
}

fn source(matter: &MatterRow, source: &str, part: &str) -> SourceRow {
    SourceRow {
        matter: matter.id.clone(),
        appraisal: appraisal_id().to_string(),
        presenter: "p1".into(),
        source: source.into(),
        part: part.into(),
    }
}

async fn said(tx: &mut Tx, matter: &MatterRow, step: &str, text: &str) {
    let row = MoveRow {
        matter: matter.id.clone(),
        seq: 0,
        at: 7,
        actor: "user:a".into(),
        step: step.into(),
        state: matter.state.clone(),
        text: text.into(),
    };
    matters::add_move(tx, &row).await.unwrap();
}

pub async fn a_matter_keeps_what_it_is_made_of(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    appraisals::insert(&mut tx, &appraisal_row()).await.unwrap();
    let row = rectification('m', &b, "2026-12-20", "2027-06-30");
    row::insert(&mut tx, &row).await.unwrap();
    for (sort, part) in [("opinion", "2"), ("item", "overall"), ("comment", "")] {
        let one = source(&row, sort, part);
        followups::add_source(&mut tx, &one).await.unwrap();
    }
    let kept = followups::of_matter(&mut tx, &row.id).await.unwrap();
    let parts: Vec<(&str, &str)> = kept
        .iter()
        .map(|one| (one.source.as_str(), one.part.as_str()))
        .collect();
    assert_eq!(
        parts,
        [("comment", ""), ("item", "overall"), ("opinion", "2")]
    );
    let listed = followups::of_appraisal(&mut tx, &appraisal_id())
        .await
        .unwrap();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0].title, row.title);
    assert_eq!(listed[0].state, "raised");
    // Raised by mistake: it goes with what it was made of.
    assert!(matters::delete(&mut tx, &row.id, 1).await.unwrap());
    let listed = followups::of_appraisal(&mut tx, &appraisal_id()).await;
    assert_eq!(listed.unwrap(), []);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let orphan = followups::add_source(&mut tx, &source(&row, "comment", "")).await;
    assert!(matches!(orphan, Err(StoreError::Orphan)));
}

pub async fn an_opinion_is_struck_by_two(store: Store) {
    let mut tx = store.begin().await.unwrap();
    appraisals::insert(&mut tx, &appraisal_row()).await.unwrap();
    let mut strike = OpinionStrikeRow {
        appraisal: appraisal_id().to_string(),
        presenter: "p1".into(),
        number: 2,
        reason: "辱骂".into(),
        struck_by: "user:a".into(),
        struck_at: 7,
        confirmed_by: None,
        confirmed_at: None,
    };
    followups::strike(&mut tx, &strike).await.unwrap();
    let waiting = followups::waiting(&mut tx).await.unwrap();
    assert_eq!(waiting, [(appraisal_id().to_string(), 1)]);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(matches!(
        followups::strike(&mut tx, &strike).await,
        Err(StoreError::Conflict)
    ));
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let waiting = strike.clone();
    strike.confirmed_by = Some("user:a".into());
    strike.confirmed_at = Some(8);
    assert!(
        followups::confirm(&mut tx, &strike).await.is_err(),
        "one pair of eyes"
    );
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    strike.confirmed_by = Some("user:b".into());
    assert!(followups::confirm(&mut tx, &strike).await.unwrap());
    assert!(!followups::confirm(&mut tx, &strike).await.unwrap());
    assert_eq!(followups::waiting(&mut tx).await.unwrap(), []);
    assert!(
        !followups::unstrike(&mut tx, &strike).await.unwrap(),
        "it holds"
    );
    let all = followups::strikes(&mut tx, &appraisal_id()).await.unwrap();
    assert_eq!(all, [strike]);
    let other = OpinionStrikeRow {
        number: 3,
        ..waiting
    };
    followups::strike(&mut tx, &other).await.unwrap();
    assert!(followups::unstrike(&mut tx, &other).await.unwrap());
    let all = followups::strikes(&mut tx, &appraisal_id()).await.unwrap();
    assert_eq!(all.len(), 1);
}

pub async fn last_years_list_is_of_its_appraisal(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    appraisals::insert(&mut tx, &appraisal_row()).await.unwrap();
    // Of the appraisal of 2026, held in February 2027.
    let of = rectification('e', &b, "2027-02-10", "2027-06-30");
    let below = closed(
        rectification('f', &d, "2027-02-11", "2027-06-30"),
        "2027-05-01",
    );
    // Typed in by hand: the winter meeting before it was raised.
    let typed = rectification('g', &b, "2026-12-20", "2027-06-30");
    let next = rectification('h', &b, "2027-12-20", "2028-06-30");
    // Of the year before: still open; closed within the year; closed before it.
    let open = rectification('i', &b, "2026-01-15", "2026-06-30");
    let late = closed(
        rectification('j', &b, "2026-01-16", "2026-06-30"),
        "2027-01-05",
    );
    let done = closed(
        rectification('k', &b, "2026-01-17", "2026-06-30"),
        "2026-12-31",
    );
    let other = rectification('l', &c, "2027-02-10", "2027-06-30");
    let problem = MatterRow {
        list: "problem".into(),
        ..rectification('n', &b, "2027-02-10", "2027-06-30")
    };
    for row in [
        &of, &below, &typed, &next, &open, &late, &done, &other, &problem,
    ] {
        row::insert(&mut tx, row).await.unwrap();
    }
    let mut of_next = source(&next, "comment", "");
    followups::add_source(&mut tx, &source(&of, "item", "overall"))
        .await
        .unwrap();
    said(&mut tx, &of, "report", "已走访").await;
    said(&mut tx, &below, "report", "先说").await;
    said(&mut tx, &below, "answer", "已全部走访").await;
    said(&mut tx, &below, "report", "后说").await;
    said(&mut tx, &late, "report", "迟了").await;
    let place = b.path.parse().unwrap();
    let list = followups::last_year(&mut tx, &place, 2026).await.unwrap();
    let short: Vec<(&str, i64, &str)> = list
        .iter()
        .map(|row| (&row.matter.id[..1], row.year, row.answer.as_str()))
        .collect();
    assert_eq!(
        short,
        [
            ("i", 2025, ""),
            ("j", 2025, "迟了"),
            ("g", 2026, ""),
            ("e", 2026, ""),
            ("f", 2026, "已全部走访"),
        ],
        "what is not reported any more is no answer, an answer in a report comes first"
    );
    // Its own appraisal decides, not the day it was raised.
    of_next.matter.clone_from(&next.id);
    followups::add_source(&mut tx, &of_next).await.unwrap();
    let list = followups::last_year(&mut tx, &place, 2026).await.unwrap();
    assert_eq!(list.last().unwrap().matter.id, next.id);
}

pub async fn progress_counts_each_matter_once(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [a, b, c, _] = tree(&mut tx).await;
    let rows = [
        rectification('e', &b, "2026-01-10", "2026-10-31"),
        rectification('f', &b, "2026-11-05", "2026-12-15"),
        closed(
            rectification('g', &b, "2026-01-10", "2026-10-01"),
            "2026-11-30",
        ),
        closed(
            rectification('h', &b, "2026-01-10", "2026-10-01"),
            "2026-10-31",
        ),
        closed(
            rectification('i', &c, "2026-01-10", "2026-12-31"),
            "2026-12-02",
        ),
        rectification('j', &b, "2026-12-01", "2026-12-20"),
    ];
    for row in &rows {
        row::insert(&mut tx, row).await.unwrap();
    }
    let span = Span {
        from: "2026-11-01",
        until: "2026-11-30",
        due_from: "2026-12-01",
        due_until: "2026-12-31",
    };
    let counted = |rows: Vec<followups::ProgressOf>| -> Vec<(String, [i64; 4])> {
        rows.into_iter()
            .map(|of| {
                (
                    of.unit[..1].to_owned(),
                    [of.listed, of.closed, of.due, of.overdue],
                )
            })
            .collect()
    };
    let all = followups::progress(&mut tx, &Scope::All, span)
        .await
        .unwrap();
    assert_eq!(
        counted(all),
        [("b".into(), [3, 1, 1, 1]), ("c".into(), [1, 0, 1, 0])]
    );
    let under = Scope::Under(c.path.parse().unwrap());
    let own = followups::progress(&mut tx, &under, span).await.unwrap();
    assert_eq!(own.len(), 1);
    let none = followups::progress(&mut tx, &Scope::Nothing, span).await;
    assert_eq!(none.unwrap(), []);
    // The rows behind each figure are the same rows.
    let under = Scope::Under(a.path.parse().unwrap());
    let from_to = || ("2026-11-01".to_owned(), "2026-11-30".to_owned());
    for (counted, ids) in [
        (MattersOf::Standing(from_to().0, from_to().1), "efgi"),
        (MattersOf::Closed(from_to().0, from_to().1), "g"),
        (MattersOf::OverdueOn("2026-11-30".into()), "e"),
        (
            MattersOf::DueOn(
                "2026-11-30".into(),
                ("2026-12-01".into(), "2026-12-31".into()),
            ),
            "fi",
        ),
    ] {
        let filter = MatterFilter {
            list: Some("rectification".into()),
            counted: Some(counted.clone()),
            ..MatterFilter::default()
        };
        let ask = pingyi_store::list::Ask {
            sort: "raised_on",
            descending: false,
            after: None,
            limit: 50,
        };
        let page = matters::page(&mut tx, &under, &filter, &ask).await.unwrap();
        let mut found: Vec<&str> = page.rows.iter().map(|row| &row.matter.id[..1]).collect();
        found.sort_unstable();
        assert_eq!(found.concat(), ids, "{counted:?}");
    }
    said(&mut tx, &rows[2], "report", "先").await;
    said(&mut tx, &rows[2], "report", "附移交单").await;
    let proofs = followups::proofs(&mut tx, "2026-11-01", "2026-11-30")
        .await
        .unwrap();
    assert_eq!(proofs.len(), 1);
    assert_eq!((proofs[0].text.as_str(), proofs[0].files), ("附移交单", 0));
}
