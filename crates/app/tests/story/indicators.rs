//! Indicators: figures follow from the record, judged against targets, with the rows behind them; search.

use pingyi_app::record::{
    Cell, Figure, Filling, Fit, IndicatorDraft, IndicatorId, Kind, Share, Tone,
};
use pingyi_app::*;
use pingyi_domain::record::{HeadcountDraft, UnitDraft, UnitId};

use super::units::{self, Year};

macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

/// The fixed clock stands at 2023-11-15 in China.
pub fn draft(name: &str, measure: &str, kind: &str, target: &str) -> IndicatorDraft {
    IndicatorDraft {
        name: name.into(),
        measure: measure.into(),
        kind: kind.into(),
        from_on: "2023-01-01".into(),
        until_on: "2023-12-31".into(),
        weight: "10".into(),
        target: target.into(),
        ..IndicatorDraft::default()
    }
}

pub fn entry(n: i64, unit: &str, kind: &str, day: &str, state: &str) -> Vec<Cell> {
    row![
        format!("{n:0>16}"),
        1,
        unit,
        kind,
        "",
        day,
        format!("记录{n}"),
        "",
        "",
        Some(10),
        None::<i64>,
        "",
        None::<i64>,
        None::<i64>,
        None::<i64>,
        "",
        None::<&str>,
        None::<&str>,
        None::<&str>,
        state,
        "",
        "system",
        0,
        None::<&str>,
        None::<i64>,
        None::<&str>,
        0,
        ""
    ]
}

/// Name, struck, own, joint, work.
fn firm(n: i64, unit: &str, [struck, own, joint, work]: [i64; 4]) -> Vec<Cell> {
    let name = format!("企业{n}");
    row![
        format!("{n:0>16}"),
        1,
        unit,
        name.as_str(),
        name.as_str(),
        "",
        "non_public",
        "",
        None::<i64>,
        None::<i64>,
        "",
        None::<i64>,
        None::<i64>,
        "2020-01-01",
        struck,
        own,
        joint,
        work,
        "",
        "",
        None::<&str>,
        0,
        ""
    ]
}

/// Park one: two classes (one of its branch), one returned, one of the year before; five firms, one struck out.
async fn filled(year: &Year) -> Vec<IndicatorId> {
    let (one, branch) = (year.parks[0].as_str(), year.branch.as_str());
    let filling = Filling {
        tables: vec![
            (
                "entries",
                vec![
                    entry(1, one, "class", "2023-02-01", "recorded"),
                    entry(2, branch, "class", "2023-05-01", "confirmed"),
                    entry(3, one, "class", "2023-05-02", "returned"),
                    entry(4, one, "class", "2022-05-02", "confirmed"),
                ],
            ),
            (
                "firms",
                vec![
                    firm(1, one, [0, 1, 1, 0]),
                    firm(2, one, [0, 0, 1, 0]),
                    firm(3, one, [0, 0, 0, 1]),
                    firm(4, one, [0, 0, 0, 0]),
                    firm(5, one, [1, 1, 0, 0]),
                ],
            ),
        ],
        docs: vec![],
    };
    year.app.fill_record(&year.office, &filling).await.unwrap();
    let mut ids = Vec::new();
    let drafts = [
        draft("学习场次", "entries", "class", "2"),
        draft("学习人次", "headcount", "class", "40"),
        draft("学习季度", "quarters", "class", "4"),
        draft("组织覆盖率", "org_rate", "", "60"),
        draft("工作覆盖率", "work_rate", "", "60"),
        draft("党员", "members", "", "100"),
    ];
    for (place, draft) in (1_i64..).zip(drafts) {
        let draft = IndicatorDraft {
            ordinal: place.to_string(),
            ..draft
        };
        let stored = year.app.add_indicator(&year.office, &draft).await.unwrap();
        ids.push(stored.id.parse().unwrap());
    }
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_follow_from_the_record() {
    let year = Year::begin().await;
    filled(&year).await;
    let heat = year.app.heat(&year.office, 2023).await.unwrap();
    assert_eq!((heat.columns.len(), heat.rows.len()), (6, 2));
    let told: Vec<_> = heat.rows[0]
        .cells
        .iter()
        .map(|cell| (cell.figure, cell.tone))
        .collect();
    assert_eq!(
        told,
        [
            (Figure::Count(2), Tone::Ok),
            // 20 of 40, with 319 of 365 days gone 34.9 are expected.
            (Figure::Count(20), Tone::Bad),
            // Three quarters have ended.
            (Figure::Count(2), Tone::Bad),
            (Figure::Rate(Share { part: 2, whole: 4 }), Tone::Warn),
            (Figure::Rate(Share { part: 3, whole: 4 }), Tone::Ok),
            (Figure::Missing, Tone::None),
        ]
    );
    // (1 + 1/2 + 1/2 + 50/60 + 1) ÷ 5
    assert_eq!(heat.rows[0].score, Some(7_667));
    let other: Vec<Figure> = heat.rows[1].cells.iter().map(|cell| cell.figure).collect();
    assert_eq!(other[0], Figure::Count(0));
    assert_eq!(other[3], Figure::Rate(Share { part: 0, whole: 0 }));
    assert!(
        year.app
            .heat(&year.office, 2022)
            .await
            .unwrap()
            .columns
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_dissolved_branch_are_counted_no_more() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let branch = units::draft("branch", "华南城第二支部", Some(park));
    let second: UnitId = app
        .add_unit(office, &branch)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap();
    for (unit, on, total) in [
        (&year.branch, "2022-12-31", "20"),
        (&second, "2022-12-31", "30"),
        (&second, "2023-08-01", "52"),
    ] {
        let count = HeadcountDraft {
            unit: unit.to_string(),
            on_date: on.into(),
            total: total.into(),
            ..HeadcountDraft::default()
        };
        app.add_belonging(office, &count).await.unwrap();
    }
    for (place, measure) in ["members", "growth"].into_iter().enumerate() {
        let draft = IndicatorDraft {
            ordinal: (place + 1).to_string(),
            ..draft(measure, measure, "", "60")
        };
        app.add_indicator(office, &draft).await.unwrap();
    }
    let figures = async || -> Vec<Figure> {
        let heat = app.heat(office, 2023).await.unwrap();
        heat.rows[0].cells.iter().map(|cell| cell.figure).collect()
    };
    assert_eq!(figures().await, [Figure::Count(72), Figure::Count(22)]);
    // Its members went over into the second branch, which counted them in August.
    let dissolved = UnitDraft {
        closed_on: "2023-07-01".into(),
        ..units::draft("branch", "华南城第一支部", Some(park))
    };
    app.change_unit(office, &year.branch, 1, &dissolved)
        .await
        .unwrap();
    assert_eq!(figures().await, [Figure::Count(52), Figure::Count(2)]);
    let page = app.members(office, park).await.unwrap();
    assert_eq!(page.own.total, Some(52), "as the page of the park has it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_behind_a_figure_are_those_counted() {
    let year = Year::begin().await;
    let ids = filled(&year).await;
    let behind = async |hand: &Hand, unit| {
        let found = year.app.indicator(hand, &ids[0], unit, None).await?;
        let titles: Vec<String> = found.behind.rows.into_iter().map(|row| row.title).collect();
        Ok::<_, AppError>(titles)
    };
    assert_eq!(
        behind(&year.office, Some(&year.parks[0])).await.unwrap(),
        ["记录2", "记录1"]
    );
    assert!(
        behind(&year.office, Some(&year.parks[1]))
            .await
            .unwrap()
            .is_empty()
    );
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert!(
        behind(&recorder, None).await.unwrap().is_empty(),
        "only what one may see"
    );
    let refused = behind(&recorder, Some(&year.parks[0])).await.unwrap_err();
    assert!(matches!(refused, AppError::NotYourUnit));
    let seen = year.app.heat(&recorder, 2023).await.unwrap();
    let units: Vec<_> = seen.rows.iter().map(|row| row.unit.id.clone()).collect();
    assert_eq!(units, [year.parks[1].clone()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn indicators_are_the_offices() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let wanted = draft("学习场次", "entries", "class", "4");
    assert!(matches!(
        app.add_indicator(&recorder, &wanted).await,
        Err(AppError::NotYourUnit)
    ));
    let unknown = draft("学习场次", "entries", "songs", "4");
    assert!(matches!(
        app.add_indicator(office, &unknown).await,
        Err(AppError::Fields(_))
    ));
    let stored = app.add_indicator(office, &wanted).await.unwrap();
    let id: IndicatorId = stored.id.parse().unwrap();
    let mut own = wanted.clone();
    own.targets.insert(year.parks[0].to_string(), "7".into());
    assert_eq!(
        app.change_indicator(office, &id, 1, &own)
            .await
            .unwrap()
            .version,
        2
    );
    let heat = app.heat(office, 2023).await.unwrap();
    let targets: Vec<_> = heat
        .rows
        .iter()
        .map(|row| row.cells[0].target.unwrap().to_string())
        .collect();
    assert_eq!(targets, ["7", "4"]);
    let conflict = app.change_indicator(office, &id, 1, &wanted).await;
    assert!(matches!(conflict, Err(AppError::Conflict(_))));
    assert!(matches!(
        app.remove_indicator(office, &id, 1).await,
        Err(AppError::OldVersion)
    ));
    app.remove_indicator(office, &id, 2).await.unwrap();
    assert!(app.indicators().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_what_one_may_see_also_spelled_wrong() {
    let year = Year::begin().await;
    let find = async |hand: &Hand, text: &str| -> Vec<(String, Fit)> {
        let hits = year
            .app
            .find(hand, text, Some(Kind::Unit), 10)
            .await
            .unwrap();
        hits.into_iter().map(|hit| (hit.title, hit.fit)).collect()
    };
    let hits = find(&year.office, "华南城").await;
    assert_eq!(hits.len(), 2);
    assert!(hits.iter().all(|(_, fit)| *fit == Fit::Begins));
    let nearly = find(&year.office, "海吉新园区").await;
    assert_eq!(
        nearly,
        [("白坭坑海吉星园区党委".to_owned(), Fit::Nearly(1))]
    );
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert!(find(&recorder, "华南城").await.is_empty());
    assert!(find(&year.office, "").await.is_empty());
}
