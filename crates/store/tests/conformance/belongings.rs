//! What belongs to a unit: headcounts, service centres, pairings, shops.

use pingyi_domain::record::Scope;
use pingyi_store::repo::centres::{self, CentreRow};
use pingyi_store::repo::headcounts::{self, HeadcountRow};
use pingyi_store::repo::pairings::{self, PairingRow};
use pingyi_store::repo::shops::{self, InspectionRow, ShopRow};
use pingyi_store::repo::units;
use pingyi_store::{Store, StoreError, row};

use crate::units::{id, tree};

pub async fn counts_keep_their_parts(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let row = HeadcountRow {
        id: id('h').to_string(),
        version: 1,
        unit: b.id.clone(),
        on_date: "2018-12-15".into(),
        note: String::new(),
        sample: 0,
        source: "公布".into(),
        parts: vec![("internet".into(), 202), ("total".into(), 390)],
    };
    let earlier = HeadcountRow {
        id: id('i').to_string(),
        on_date: "2017-12-31".into(),
        parts: vec![("total".into(), 270)],
        ..row.clone()
    };
    row::insert(&mut tx, &row).await.unwrap();
    row::insert(&mut tx, &earlier).await.unwrap();
    assert_eq!(
        headcounts::of_unit(&mut tx, &b.id).await.unwrap(),
        [row.clone(), earlier]
    );
    assert!(
        headcounts::of_unit(&mut tx, &c.id)
            .await
            .unwrap()
            .is_empty()
    );
    let mut changed = HeadcountRow {
        parts: vec![("total".into(), 391), ("women".into(), 150)],
        ..row.clone()
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(!row::update(&mut tx, &changed).await.unwrap());
    changed.version = 2;
    assert_eq!(
        row::by_id::<HeadcountRow>(&mut tx, &row.id).await.unwrap(),
        Some(changed)
    );
    let mut counted = headcounts::counted(&mut tx, "total").await.unwrap();
    counted.sort();
    let path = b.path.clone();
    assert_eq!(
        counted,
        [
            (path.clone(), "2017-12-31".to_owned(), 270),
            (path, "2018-12-15".to_owned(), 391)
        ]
    );
    assert!(
        row::delete::<HeadcountRow>(&mut tx, &row.id, 2)
            .await
            .unwrap()
    );
    assert_eq!(
        row::by_id::<HeadcountRow>(&mut tx, &row.id).await.unwrap(),
        None
    );
    let twice = HeadcountRow {
        id: id('j').to_string(),
        on_date: "2017-12-31".into(),
        ..row
    };
    let error = row::insert(&mut tx, &twice).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
}

pub async fn a_centre_keeps_its_units_and_services(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    let row = CentreRow {
        id: id('e').to_string(),
        version: 1,
        unit: b.id.clone(),
        kind: "joint".into(),
        name: "联合党群服务中心".into(),
        address: String::new(),
        opened_on: Some("2018-01-01".into()),
        closed_on: None,
        terminals: 2,
        note: String::new(),
        sample: 1,
        source: String::new(),
        covers: vec![c.id.clone(), d.id.clone()],
        services: vec!["guidance".into(), "rights".into()],
    };
    row::insert(&mut tx, &row).await.unwrap();
    for unit in [&b, &c, &d] {
        let found = centres::of_unit(&mut tx, &unit.id).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&row), "{}", unit.name);
    }
    let mut changed = CentreRow {
        covers: vec![d.id.clone()],
        services: vec!["permit".into(), "rights".into()],
        ..row.clone()
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(!row::update(&mut tx, &changed).await.unwrap());
    changed.version = 2;
    assert_eq!(
        row::by_id::<CentreRow>(&mut tx, &row.id).await.unwrap(),
        Some(changed)
    );
    assert!(centres::of_unit(&mut tx, &c.id).await.unwrap().is_empty());
    assert!(centres::cases(&mut tx, &row.id).await.unwrap().is_empty());
    assert!(!row::delete::<CentreRow>(&mut tx, "none", 1).await.unwrap());
    assert!(row::delete::<CentreRow>(&mut tx, &row.id, 2).await.unwrap());
    assert_eq!(
        row::by_id::<CentreRow>(&mut tx, &row.id).await.unwrap(),
        None
    );
}

pub async fn a_pairing_is_found_from_both_sides(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    let row = PairingRow {
        id: id('p').to_string(),
        version: 1,
        unit: b.id.clone(),
        partner: Some(c.id.clone()),
        outside: String::new(),
        purpose: "共建".into(),
        from_on: "2018-01-01".into(),
        until_on: None,
        sample: 0,
        source: String::new(),
    };
    row::insert(&mut tx, &row).await.unwrap();
    for unit in [&b, &c] {
        assert_eq!(
            pairings::of_unit(&mut tx, &unit.id).await.unwrap(),
            std::slice::from_ref(&row)
        );
    }
    assert!(pairings::of_unit(&mut tx, &d.id).await.unwrap().is_empty());
    let mut changed = PairingRow {
        partner: None,
        outside: "某企业党支部".into(),
        until_on: Some("2018-12-01".into()),
        ..row.clone()
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(!row::update(&mut tx, &changed).await.unwrap());
    changed.version = 2;
    assert_eq!(
        row::by_id::<PairingRow>(&mut tx, &row.id).await.unwrap(),
        Some(changed)
    );
    assert!(
        !row::delete::<PairingRow>(&mut tx, &row.id, 1)
            .await
            .unwrap()
    );
    assert!(
        row::delete::<PairingRow>(&mut tx, &row.id, 2)
            .await
            .unwrap()
    );
}

pub async fn a_plaque_is_known_until_it_is_withdrawn(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let row = ShopRow {
        id: id('s').to_string(),
        version: 1,
        unit: b.id.clone(),
        name: "水果店".into(),
        firm: None,
        place: "海吉星".into(),
        plaque: "001".into(),
        given_on: "2018-06-01".into(),
        pledge: "诚信经营".into(),
        pledged_on: None,
        withdrawn_on: None,
        withdrawn_reason: String::new(),
        sample: 0,
        source: String::new(),
    };
    row::insert(&mut tx, &row).await.unwrap();
    assert_eq!(
        shops::of_unit(&mut tx, &b.id).await.unwrap(),
        std::slice::from_ref(&row)
    );
    assert_eq!(
        shops::with_plaque(&mut tx, "001").await.unwrap(),
        std::slice::from_ref(&row.id)
    );
    let mut changed = ShopRow {
        withdrawn_on: Some("2018-12-01".into()),
        withdrawn_reason: "停业".into(),
        ..row.clone()
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(!row::update(&mut tx, &changed).await.unwrap());
    changed.version = 2;
    assert_eq!(
        row::by_id::<ShopRow>(&mut tx, &row.id).await.unwrap(),
        Some(changed)
    );
    assert!(shops::with_plaque(&mut tx, "001").await.unwrap().is_empty());
    let inspection = |letter: char, day: &str| InspectionRow {
        id: id(letter).to_string(),
        shop: row.id.clone(),
        on_date: day.into(),
        passed: 0,
        finding: "价签不齐".into(),
    };
    let (first, second) = (inspection('x', "2018-07-01"), inspection('y', "2018-08-01"));
    for one in [&first, &second] {
        shops::inspect(&mut tx, one).await.unwrap();
    }
    assert_eq!(
        shops::inspections(&mut tx, &row.id).await.unwrap(),
        [second, first.clone()]
    );
    assert_eq!(
        shops::inspection(&mut tx, &first.id).await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(
        shops::last_inspected(&mut tx, &b.id).await.unwrap(),
        [(row.id.clone(), "2018-08-01".to_owned())]
    );
    assert!(
        shops::named(&mut tx, &Scope::All, "")
            .await
            .unwrap()
            .is_empty()
    );
    let named = shops::named(&mut tx, &Scope::All, &row.id).await.unwrap();
    assert_eq!(named[0].name, "水果店");
    for letter in ['x', 'y'] {
        let id = id(letter).to_string();
        assert!(shops::drop_inspection(&mut tx, &id).await.unwrap());
        assert!(!shops::drop_inspection(&mut tx, &id).await.unwrap());
    }
    let later = units::later(&mut tx, &b.id, "2018-05-31").await.unwrap();
    assert!(
        later
            .iter()
            .any(|one| one.kind == "shop" && one.on_day == "2018-06-01")
    );
    assert!(
        units::later(&mut tx, &b.id, "2018-06-01")
            .await
            .unwrap()
            .iter()
            .all(|one| one.kind == "unit")
    );
    assert!(!row::delete::<ShopRow>(&mut tx, &row.id, 1).await.unwrap());
    assert!(row::delete::<ShopRow>(&mut tx, &row.id, 2).await.unwrap());
}
