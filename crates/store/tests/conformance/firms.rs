//! Firms, what covers them, and imports.

use pingyi_domain::record::{CoverKind, Kind, Scope, Spell, Standing, name_key};
use pingyi_store::list::{Ask, Cursor};
use pingyi_store::repo::coverages::{self, CoverageRow, StrikeRow};
use pingyi_store::repo::find;
use pingyi_store::repo::firms::{self, FirmFilter, FirmRow, FirmView};
use pingyi_store::repo::imports::{self, ImportRow, MappingRow, TouchedRow, UploadRow};
use pingyi_store::repo::pulses;
use pingyi_store::repo::search::{self, DocRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Store, StoreError, Tx, row};

use crate::units::{id, tree};

pub fn firm(letter: char, unit: &UnitRow) -> FirmRow {
    let name = format!("{letter}号科技有限公司");
    FirmRow {
        id: id(letter).to_string(),
        version: 1,
        unit: unit.id.clone(),
        name_key: name_key(&name),
        name,
        credit_code: String::new(),
        kind: "non_public".into(),
        sector: "internet".into(),
        employees: Some(20),
        members: None,
        address: "平湖大道".into(),
        lon: Some(114_120_000),
        lat: Some(22_680_000),
        opened_on: "2016-01-01".into(),
        struck: 0,
        own: 0,
        joint: 0,
        work: 0,
        uncovered: String::new(),
        note: String::new(),
        import: None,
        sample: 1,
        source: String::new(),
    }
}

fn ask(limit: u32) -> Ask {
    Ask {
        sort: "name",
        descending: false,
        after: None,
        limit,
    }
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
pub async fn a_firm_is_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let coded = FirmRow {
        credit_code: "91350100M000100Y43".into(),
        ..firm('g', &b)
    };
    firms::insert(&mut tx, &[firm('f', &b), coded.clone()])
        .await
        .unwrap();
    let mut changed = FirmRow {
        unit: c.id.clone(),
        members: Some(3),
        lon: None,
        lat: None,
        uncovered: "few".into(),
        ..firm('f', &b)
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(
        !row::update(&mut tx, &changed).await.unwrap(),
        "the version is spent"
    );
    firms::set_today(&mut tx, &changed.id, [true, false, true, true])
        .await
        .unwrap();
    changed = FirmRow {
        version: 2,
        struck: 1,
        joint: 1,
        work: 1,
        ..changed
    };
    assert_eq!(
        row::by_id::<FirmRow>(&mut tx, &changed.id).await.unwrap(),
        Some(changed.clone())
    );
    let both = [
        FirmRow {
            employees: None,
            version: 1,
            ..coded.clone()
        },
        FirmRow {
            address: "新址".into(),
            ..changed.clone()
        },
    ];
    assert!(firms::update_many(&mut tx, &both).await.unwrap());
    assert!(!firms::update_many(&mut tx, &both).await.unwrap(), "spent");
    let ids = [coded.id.as_str(), changed.id.as_str(), "none"];
    let mut now: Vec<FirmRow> = firms::by_ids(&mut tx, &ids).await.unwrap();
    now.sort_by_key(|row| row.version);
    let said: Vec<_> = now
        .iter()
        .map(|row| (row.version, row.employees, row.address.as_str()))
        .collect();
    assert_eq!(said, [(2, None, "平湖大道"), (3, Some(20), "新址")]);
    let code = coded.credit_code.as_str();
    assert_eq!(
        firms::with_code(&mut tx, code, &changed.id).await.unwrap(),
        Some(coded.id.clone())
    );
    assert_eq!(
        firms::with_code(&mut tx, code, &coded.id).await.unwrap(),
        None
    );
    assert_eq!(firms::keys(&mut tx).await.unwrap().len(), 2);
    let same = firms::keys_of(&mut tx, &b.id, &coded.name_key)
        .await
        .unwrap();
    assert_eq!(same.len(), 1);
    assert!(
        !row::delete::<FirmRow>(&mut tx, &changed.id, 2)
            .await
            .unwrap()
    );
    assert!(
        row::delete::<FirmRow>(&mut tx, &changed.id, 3)
            .await
            .unwrap()
    );
    assert!(pulses::count(&mut tx, pulses::FIRMS).await.unwrap() > 3);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let same_code = FirmRow {
        credit_code: coded.credit_code.clone(),
        ..firm('h', &b)
    };
    let error = firms::insert(&mut tx, &[same_code]).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "one code, one firm");
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let error = firms::insert(&mut tx, &[coded]).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let stray = FirmRow {
        unit: "none".into(),
        ..firm('s', &b)
    };
    let error = firms::insert(&mut tx, &[stray]).await.unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
}

type Cover = (CoverKind, &'static str, Option<&'static str>);

/// A firm with its letter, the day it was opened, its strikes, its covers.
type Sample = (
    char,
    &'static str,
    &'static [(&'static str, Option<&'static str>)],
    &'static [Cover],
);

/// Firms with every sort of cover.
const FIRMS: &[Sample] = &[
    (
        'f',
        "2016-01-01",
        &[],
        &[
            (CoverKind::Own, "2017-01-01", None),
            (CoverKind::Joint, "2017-01-01", None),
        ],
    ),
    (
        'g',
        "2016-01-01",
        &[("2018-01-01", None)],
        &[(CoverKind::Own, "2017-01-01", None)],
    ),
    (
        'h',
        "2016-01-01",
        &[("2017-06-01", Some("2018-06-30"))],
        &[(CoverKind::Joint, "2017-01-01", None)],
    ),
    (
        'i',
        "2018-07-01",
        &[],
        &[(CoverKind::Union, "2018-07-01", None)],
    ),
    (
        'j',
        "2016-01-01",
        &[],
        &[(CoverKind::Own, "2017-01-01", Some("2018-06-30"))],
    ),
    ('k', "2016-01-01", &[], &[]),
];

async fn covered(tx: &mut Tx) -> UnitRow {
    let [_, b, ..] = tree(tx).await;
    for (letter, opened, strikes, covers) in FIRMS {
        let row = FirmRow {
            opened_on: (*opened).into(),
            members: Some(3),
            ..firm(*letter, &b)
        };
        firms::insert(tx, std::slice::from_ref(&row)).await.unwrap();
        for (n, (from, until)) in strikes.iter().enumerate() {
            let strike = StrikeRow {
                id: format!("{letter}{n}"),
                version: 1,
                firm: row.id.clone(),
                reason: "shell".into(),
                from_on: (*from).into(),
                until_on: until.map(Into::into),
                note: String::new(),
            };
            row::insert(tx, &strike).await.unwrap();
        }
        for (n, (kind, from, until)) in covers.iter().enumerate() {
            let cover = CoverageRow {
                id: format!("{letter}{n}"),
                version: 1,
                firm: row.id.clone(),
                kind: kind.to_string(),
                unit: None,
                post: None,
                from_on: (*from).into(),
                until_on: until.map(Into::into),
                note: String::new(),
            };
            row::insert(tx, &cover).await.unwrap();
        }
        let now = standing(*letter, "2018-12-15");
        firms::set_today(tx, &row.id, [now.struck, now.own, now.joint, now.work])
            .await
            .unwrap();
    }
    b
}

fn standing(letter: char, day: &str) -> Standing {
    let firm = FIRMS.iter().find(|firm| firm.0 == letter).unwrap();
    let spell = |from: &str, until: Option<&str>| Spell {
        from_on: from.parse().unwrap(),
        until_on: until.map(|day| day.parse().unwrap()),
    };
    let strikes: Vec<Spell> = firm
        .2
        .iter()
        .map(|(from, until)| spell(from, *until))
        .collect();
    let covers: Vec<_> = firm
        .3
        .iter()
        .map(|(kind, from, until)| (*kind, spell(from, *until)))
        .collect();
    Standing::on(
        day.parse().unwrap(),
        firm.1.parse().unwrap(),
        strikes,
        &covers,
    )
}

/// Lists and counts agree with the rule of the domain, on every day, from the spells and from what is kept for today.
pub async fn the_lists_hold_what_the_rates_count(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let unit = covered(&mut tx).await;
    let today = "2018-12-15";
    for (day, is_today) in [
        ("2015-12-31", false),
        ("2016-12-31", false),
        ("2017-06-01", false),
        ("2018-06-29", false),
        ("2018-06-30", false),
        ("2018-07-01", false),
        (today, false),
        (today, true),
    ] {
        let mut total = pingyi_domain::record::Cover::default();
        for row in firms::tally(&mut tx, day, is_today).await.unwrap() {
            assert_eq!(
                (row.unit.as_str(), row.sector.as_str()),
                (unit.id.as_str(), "internet")
            );
            let standing = Standing {
                opened: true,
                struck: row.struck == 1,
                own: row.own == 1,
                joint: row.joint == 1,
                work: row.work == 1,
            };
            total.count(standing, row.n);
        }
        let mut expected = pingyi_domain::record::Cover::default();
        for firm in FIRMS {
            expected.count(standing(firm.0, day), 1);
        }
        assert_eq!(total, expected, "{day} {is_today}");
        for (name, view) in FirmView::ALL {
            let filter = FirmFilter {
                view: *view,
                on: day.into(),
                is_today,
                ..FirmFilter::default()
            };
            let page = firms::page(&mut tx, &Scope::All, &filter, &ask(50))
                .await
                .unwrap();
            let found: String = page.rows.iter().map(|row| &row.id[..1]).collect();
            let wanted: String = FIRMS
                .iter()
                .filter(|firm| holds(*view, standing(firm.0, day)))
                .map(|firm| firm.0)
                .collect();
            assert_eq!(found, wanted, "{name} on {day} {is_today}");
            assert_eq!(page.total, u64::try_from(wanted.len()).unwrap());
        }
    }
    let narrow = FirmFilter {
        under: Some(unit.path.parse().unwrap()),
        sector: Some("x".into()),
        ..FirmFilter::default()
    };
    assert_eq!(
        firms::page(&mut tx, &Scope::All, &narrow, &ask(5))
            .await
            .unwrap()
            .total,
        0
    );
    let mut asked = ask(4);
    let all = FirmFilter {
        under: Some(unit.path.parse().unwrap()),
        ..FirmFilter::default()
    };
    let first = firms::page(&mut tx, &Scope::All, &all, &asked)
        .await
        .unwrap();
    asked.after = first
        .next
        .and_then(|next| Cursor::from_text(&next.to_text()));
    let (rest, none) = firms::rows(&mut tx, &Scope::All, &all, &asked)
        .await
        .unwrap();
    assert_eq!((first.rows.len(), rest.len(), none), (4, 2, None));
    let nothing = firms::page(&mut tx, &Scope::Nothing, &all, &ask(5))
        .await
        .unwrap();
    assert_eq!((nothing.total, nothing.rows.len()), (0, 0));
    spells_keep_their_version(&mut tx).await;
}

fn holds(view: FirmView, firm: Standing) -> bool {
    let organised = firm.own || firm.joint;
    match view {
        FirmView::All => true,
        FirmView::Operating => firm.operating(),
        FirmView::Own => firm.operating() && firm.own,
        FirmView::Covered => firm.operating() && organised,
        FirmView::Uncovered => firm.operating() && !organised,
        FirmView::Worked => firm.operating() && (organised || firm.work),
        FirmView::Unworked => firm.operating() && !organised && !firm.work,
        FirmView::Struck => firm.opened && firm.struck,
        FirmView::Due => firm.operating() && !firm.own,
    }
}

async fn spells_keep_their_version(tx: &mut Tx) {
    let mut strike = row::by_id::<StrikeRow>(tx, "g0").await.unwrap().unwrap();
    strike.until_on = Some("2018-12-01".into());
    assert!(row::update(tx, &strike).await.unwrap());
    assert!(!row::update(tx, &strike).await.unwrap());
    strike.version = 2;
    assert_eq!(
        coverages::strikes_of(tx, &strike.firm).await.unwrap(),
        [strike.clone()]
    );
    assert!(!row::delete::<StrikeRow>(tx, "g0", 1).await.unwrap());
    assert!(row::delete::<StrikeRow>(tx, "g0", 2).await.unwrap());
    let mut cover = row::by_id::<CoverageRow>(tx, "f1").await.unwrap().unwrap();
    cover.kind = "youth".into();
    assert!(row::update(tx, &cover).await.unwrap());
    assert!(!row::update(tx, &cover).await.unwrap());
    cover.version = 2;
    assert!(
        coverages::coverages_of(tx, &cover.firm)
            .await
            .unwrap()
            .contains(&cover)
    );
    assert!(!row::delete::<CoverageRow>(tx, "f1", 1).await.unwrap());
    assert!(row::delete::<CoverageRow>(tx, "f1", 2).await.unwrap());
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
pub async fn an_import_is_undone_whole(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let import = id('z').to_string();
    let upload = UploadRow {
        id: import.clone(),
        kind: "firm".into(),
        file_name: "企业.xlsx".into(),
        sha256: "ab".into(),
        actor: "console".into(),
        at: 100,
        content: vec![0, 255, 1],
    };
    imports::put_upload(&mut tx, upload.clone(), 100)
        .await
        .unwrap();
    assert_eq!(
        imports::upload(&mut tx, &import).await.unwrap(),
        Some(upload.clone())
    );
    let later = UploadRow {
        id: "later".into(),
        at: 200,
        ..upload
    };
    imports::put_upload(&mut tx, later, 101).await.unwrap();
    assert_eq!(
        imports::upload(&mut tx, &import).await.unwrap(),
        None,
        "too old"
    );
    assert!(imports::drop_upload(&mut tx, "later").await.unwrap());
    let row = ImportRow {
        id: import.clone(),
        kind: "firm".into(),
        unit: None,
        file_name: "企业.xlsx".into(),
        sha256: "ab".into(),
        mapping: "{}".into(),
        actor: "console".into(),
        at: 100,
        added: 1200,
        changed: 0,
        refused: 3,
        undone_at: None,
        indexing: 1,
        indexed_to: String::new(),
    };
    imports::insert(&mut tx, &row).await.unwrap();
    let many: Vec<FirmRow> = (0..1200)
        .map(|n| FirmRow {
            id: format!("{n:016}"),
            name: format!("第{n}号"),
            import: Some(import.clone()),
            ..firm('f', &b)
        })
        .collect();
    firms::insert(&mut tx, &many).await.unwrap();
    let docs: Vec<DocRow> = many
        .iter()
        .map(|row| DocRow {
            kind: "firm".into(),
            id: row.id.clone(),
            unit: Some(b.id.clone()),
            title: row.name.clone(),
            body: String::new(),
        })
        .collect();
    search::put_new(&mut tx, "firm", &docs).await.unwrap();
    let touched: Vec<TouchedRow> = many
        .iter()
        .map(|row| TouchedRow {
            record: row.id.clone(),
            version: 1,
            before: String::new(),
            kind: "firm".into(),
        })
        .collect();
    imports::touch(&mut tx, &import, &touched).await.unwrap();
    assert_eq!(imports::touched(&mut tx, &import).await.unwrap(), touched);
    assert_eq!(imports::latest(&mut tx, "firm").await.unwrap(), [row]);
    let found = FirmFilter {
        text: Some("第1199".into()),
        ..FirmFilter::default()
    };
    let page = firms::page(&mut tx, &Scope::All, &found, &ask(5))
        .await
        .unwrap();
    assert_eq!((page.total, page.rows[0].name.as_str()), (1, "第1199号"));
    row::update(&mut tx, &many[7]).await.unwrap();
    let cover = CoverageRow {
        id: "c".into(),
        version: 1,
        firm: many[9].id.clone(),
        kind: "union".into(),
        unit: None,
        post: None,
        from_on: "2018-01-01".into(),
        until_on: None,
        note: String::new(),
    };
    row::insert(&mut tx, &cover).await.unwrap();
    let way = imports::in_the_way(&mut tx, Kind::Firm, &import)
        .await
        .unwrap();
    assert_eq!(way, (vec!["第7号".to_owned()], vec!["第9号".to_owned()]));
    row::delete::<CoverageRow>(&mut tx, "c", 1).await.unwrap();
    assert_eq!(
        imports::unindexed(&mut tx).await.unwrap(),
        std::slice::from_ref(&import)
    );
    let made = imports::made(&mut tx, &import).await.unwrap();
    assert_eq!((made.len(), made[3].title.as_str()), (1200, "第3号"));
    imports::set_indexed(&mut tx, &import, 0, "").await.unwrap();
    assert!(imports::unindexed(&mut tx).await.unwrap().is_empty());
    imports::set_counts(&mut tx, &import, [1, 2, 3])
        .await
        .unwrap();
    imports::remove(&mut tx, Kind::Firm, &import).await.unwrap();
    // What nobody finds any more is swept out of the index.
    let pairs = [("第7".to_owned(), 1)];
    let left = async |tx: &mut Tx| {
        let wanted: Vec<String> = pairs.iter().map(|(pair, _)| pair.clone()).collect();
        let doc = DocRow {
            kind: "firm".into(),
            id: many[7].id.clone(),
            unit: None,
            title: "见".into(),
            body: String::new(),
        };
        search::put_lines(tx, "firm", &[doc]).await.unwrap();
        let found = find::holding(tx, &Scope::All, None, &wanted, (0, 10))
            .await
            .unwrap();
        search::remove(tx, "firm", &many[7].id).await.unwrap();
        found.len()
    };
    assert_eq!(left(&mut tx).await, 1);
    assert_eq!(
        search::sweep(&mut tx, ("firm", &import), "").await.unwrap(),
        None
    );
    assert_eq!(left(&mut tx).await, 0);
    assert_eq!(
        firms::page(&mut tx, &Scope::All, &found, &ask(5))
            .await
            .unwrap()
            .total,
        0
    );
    assert!(firms::keys(&mut tx).await.unwrap().is_empty());
    assert!(imports::set_undone(&mut tx, &import, 300).await.unwrap());
    assert!(!imports::set_undone(&mut tx, &import, 301).await.unwrap());
    assert_eq!(
        imports::by_id(&mut tx, &import)
            .await
            .unwrap()
            .unwrap()
            .undone_at,
        Some(300)
    );
    let mapping = MappingRow {
        id: "m".into(),
        kind: "firm".into(),
        name: "工商".into(),
        columns: "{}".into(),
    };
    imports::put_mapping(&mut tx, &mapping).await.unwrap();
    let again = MappingRow {
        id: "n".into(),
        columns: "{\"a\":1}".into(),
        ..mapping
    };
    imports::put_mapping(&mut tx, &again).await.unwrap();
    let kept = imports::mappings(&mut tx, "firm").await.unwrap();
    assert_eq!((kept.len(), kept[0].columns.as_str()), (1, "{\"a\":1}"));
    assert!(imports::drop_mapping(&mut tx, &kept[0].id).await.unwrap());
}
