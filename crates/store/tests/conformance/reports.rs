//! Duty reports: sections and answers with versions of their own, submissions kept whole, remarks.

use pingyi_store::repo::matters::MatterRow;
use pingyi_store::repo::reports::{
    self, AnswerRow, RemarkRow, ReportMoveRow, ReportRow, SectionRow, VersionRow,
};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Store, StoreError, row};

use crate::units::{id, tree};

pub fn report(letter: char, unit: &UnitRow, year: i64) -> ReportRow {
    ReportRow {
        id: id(letter).to_string(),
        version: 1,
        state: "draft".into(),
        submitted_by: None,
        submitted_at: None,
        approved_by: None,
        approved_at: None,
        unit: unit.id.clone(),
        year,
        outline: "[]".into(),
        begun_by: "user:a".into(),
        begun_at: 7,
        sample: 0,
    }
}

pub async fn a_unit_has_one_report_a_year(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let mut row = report('r', &b, 2018);
    row::insert(&mut tx, &row).await.unwrap();
    row::insert(&mut tx, &report('s', &c, 2018)).await.unwrap();
    row::insert(&mut tx, &report('t', &b, 2017)).await.unwrap();
    (row.state, row.submitted_by) = ("submitted".into(), Some("user:a".into()));
    assert!(row::update(&mut tx, &row).await.unwrap());
    assert!(!row::update(&mut tx, &row).await.unwrap(), "an old version");
    row.version = 2;
    let found = reports::of_year(&mut tx, 2018).await.unwrap();
    assert!(found.contains(&row) && found.len() == 2);
    let of_unit = reports::of_unit(&mut tx, &b.id).await.unwrap();
    let years: Vec<i64> = of_unit.iter().map(|row| row.year).collect();
    assert_eq!(years, [2018, 2017]);
    assert_eq!(reports::years(&mut tx).await.unwrap(), [2018, 2017]);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(matches!(
        row::insert(&mut tx, &report('u', &b, 2018)).await,
        Err(StoreError::Conflict)
    ));
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    (row.state, row.approved_by) = ("approved".into(), Some("user:a".into()));
    assert!(
        row::update(&mut tx, &row).await.is_err(),
        "approved by who submitted it"
    );
}

pub async fn a_section_is_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let one = report('r', &b, 2018);
    row::insert(&mut tx, &one).await.unwrap();
    let mut row = SectionRow {
        report: one.id.clone(),
        code: "work".into(),
        version: 0,
        text: "开课{{entries:class}}次".into(),
        actor: "user:a".into(),
        at: 8,
    };
    assert!(reports::put_section(&mut tx, &row).await.unwrap());
    assert!(
        !reports::put_section(&mut tx, &row).await.unwrap(),
        "somebody else wrote first"
    );
    row.version = 1;
    row.text = "改".into();
    assert!(reports::put_section(&mut tx, &row).await.unwrap());
    assert!(!reports::put_section(&mut tx, &row).await.unwrap());
    row.version = 2;
    let found = reports::section(&mut tx, &one.id, "work").await.unwrap();
    assert_eq!(found, Some(row.clone()));
    assert_eq!(reports::sections(&mut tx, &one.id).await.unwrap(), [row]);
    let progress = reports::progress(&mut tx, 2018).await.unwrap();
    assert_eq!(
        (
            progress[0].written,
            progress[0].at,
            progress[0].open_remarks
        ),
        (1, 8, 0)
    );
}

pub fn matter(letter: char, unit: &UnitRow) -> MatterRow {
    MatterRow {
        id: id(letter).to_string(),
        version: 1,
        list: "rectification".into(),
        title: format!("整改{letter}"),
        origin: "appraisal".into(),
        entry: None,
        firm: None,
        unit: unit.id.clone(),
        responsible: "x".into(),
        measures: String::new(),
        raised_on: "2018-02-01".into(),
        due_on: None,
        quantity: None,
        measure: String::new(),
        state: "raised".into(),
        reported_by: None,
        reported_on: None,
        closed_by: None,
        closed_on: None,
        sample: 0,
        source: String::new(),
    }
}

pub async fn an_answer_is_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let listed = matter('1', &b);
    row::insert(&mut tx, &listed).await.unwrap();
    let one = report('r', &b, 2018);
    row::insert(&mut tx, &one).await.unwrap();
    let mut answer = AnswerRow {
        report: one.id.clone(),
        matter: id('1').to_string(),
        version: 0,
        text: "已逐户回访".into(),
        actor: "user:a".into(),
        at: 9,
    };
    assert!(reports::put_answer(&mut tx, &answer).await.unwrap());
    assert!(!reports::put_answer(&mut tx, &answer).await.unwrap());
    answer.version = 1;
    assert!(reports::put_answer(&mut tx, &answer).await.unwrap());
    answer.version = 2;
    let found = reports::answer(&mut tx, &one.id, &answer.matter).await;
    assert_eq!(found.unwrap(), Some(answer.clone()));
    assert_eq!(reports::answers(&mut tx, &one.id).await.unwrap(), [answer]);
}

pub async fn a_submission_is_kept_with_its_remarks_and_moves(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let one = report('r', &b, 2018);
    row::insert(&mut tx, &one).await.unwrap();
    let version = |seq: i64| VersionRow {
        report: one.id.clone(),
        seq,
        at: 10 + seq,
        actor: "user:a".into(),
        content: "{}".into(),
        hash: "0".repeat(64),
    };
    reports::add_version(&mut tx, &version(1)).await.unwrap();
    reports::add_version(&mut tx, &version(2)).await.unwrap();
    let all = reports::versions(&mut tx, &one.id).await.unwrap();
    assert_eq!(all, [version(1), version(2)]);
    let last = reports::last_version(&mut tx, &one.id).await.unwrap();
    assert_eq!(last, Some(version(2)));
    let mut remark = RemarkRow {
        id: id('m').to_string(),
        report: one.id.clone(),
        seq: 2,
        section: "work".into(),
        quote: "开课".into(),
        text: "写明效果".into(),
        state: "open".into(),
        actor: "user:b".into(),
        at: 20,
        answer: String::new(),
        answered_by: None,
        answered_at: None,
    };
    reports::add_remark(&mut tx, &remark).await.unwrap();
    assert_eq!(
        reports::progress(&mut tx, 2018).await.unwrap()[0].open_remarks,
        1
    );
    (remark.state, remark.answer) = ("answered".into(), "已补".into());
    (remark.answered_by, remark.answered_at) = (Some("user:a".into()), Some(21));
    assert!(reports::put_remark(&mut tx, "open", &remark).await.unwrap());
    assert!(
        !reports::put_remark(&mut tx, "open", &remark).await.unwrap(),
        "somebody was faster"
    );
    let found = reports::remark(&mut tx, &remark.id).await.unwrap();
    assert_eq!(found, Some(remark.clone()));
    let step = ReportMoveRow {
        report: one.id.clone(),
        seq: 0,
        at: 22,
        actor: "user:a".into(),
        step: "submit".into(),
        state: "submitted".into(),
        text: String::new(),
    };
    reports::add_move(&mut tx, &step).await.unwrap();
    reports::add_move(&mut tx, &step).await.unwrap();
    let moves = reports::moves(&mut tx, &one.id).await.unwrap();
    let numbers: Vec<i64> = moves.iter().map(|step| step.seq).collect();
    assert_eq!(numbers, [1, 2]);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    remark.seq = 3;
    remark.id = id('n').to_string();
    assert!(matches!(
        reports::add_remark(&mut tx, &remark).await,
        Err(StoreError::Orphan)
    ));
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    assert!(matches!(
        reports::add_version(&mut tx, &version(2)).await,
        Err(StoreError::Conflict)
    ));
}
