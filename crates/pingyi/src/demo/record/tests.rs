use std::collections::{BTreeMap, BTreeSet};

use pingyi_app::record::{Cell, CoverKind, Hand, Share, Spell, Standing};
use pingyi_app::{Actor, App, Settings};

use super::published::{ARTICLE, BRANCHES, LAND, MEMBERS, OWN_CENTRES, QUOTES, SHOPS};
use super::units::PARKS;
use super::*;

fn made() -> Filling {
    let hands = Hands {
        recorder: "user:recorder".into(),
        office: "user:office".into(),
    };
    filling("2026-11-23".parse().unwrap(), hands, Extent::DEMO)
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        other => panic!("no text: {other:?}"),
    }
}

fn int(cell: &Cell) -> i64 {
    match cell {
        Cell::Int(number) => *number,
        other => panic!("no number: {other:?}"),
    }
}

/// Rows of a table whose columns `sample` and `source` are the last but `after` ones.
fn published<'a>(all: &'a Filling, table: &str, after: usize) -> Vec<&'a Vec<Cell>> {
    let rows = all.rows(table).iter();
    rows.filter(|row| row[row.len() - 2 - after] == Cell::Int(0))
        .collect()
}

fn quote(part: &str) -> &'static str {
    let found: Vec<&str> = QUOTES.lines().filter(|line| line.contains(part)).collect();
    assert_eq!(found.len(), 1, "{part}: {found:?}");
    found[0]
}

#[test]
fn as_much_is_made_up_as_was_asked_for() {
    let all = made();
    assert_eq!(all.count("firms"), 3_000);
    let samples = |table| all.count(table) - published(&all, table, 0).len();
    assert_eq!(samples("entries"), 2_000);
    assert_eq!(samples("matters"), 300);
    assert_eq!(made(), all, "the same seed makes the same record");
    let years: BTreeSet<&str> = all
        .rows("entries")
        .iter()
        .map(|row| &text(&row[5])[..4])
        .collect();
    assert_eq!(years, BTreeSet::from(["2018", "2025", "2026"]));
}

#[test]
fn what_is_no_sample_cites_a_sentence_of_the_article() {
    let all = made();
    let mut cited = BTreeSet::new();
    for (table, after) in [
        ("units", 1),
        ("posts", 0),
        ("headcounts", 0),
        ("centres", 0),
        ("entries", 0),
        ("matters", 0),
    ] {
        let rows = published(&all, table, after);
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            let source = text(&row[row.len() - 1 - after]);
            let sentences = source
                .strip_prefix(&format!("《{ARTICLE}》（2018年12月）："))
                .unwrap();
            for sentence in sentences.split('；') {
                assert!(
                    QUOTES.lines().any(|line| line == sentence),
                    "{table}: {sentence}"
                );
                cited.insert(sentence.to_owned());
            }
        }
    }
    assert!(cited.len() >= 15, "{}", cited.len());
    assert!(all.rows("firms").iter().all(|row| row[21] == Cell::Int(1)));
    assert!(
        all.rows("indicators")
            .iter()
            .all(|row| row[11] == Cell::Int(1))
    );
}

#[test]
fn the_nine_parks_are_those_of_the_article() {
    let all = made();
    let names = quote("先后成立");
    let parks: Vec<_> = all
        .rows("units")
        .iter()
        .filter(|row| text(&row[5]) == "park")
        .collect();
    assert_eq!(parks.len(), 9);
    assert!(quote("2016年底").contains("9个园区党委"));
    for (park, (name, ..)) in parks.iter().zip(PARKS) {
        assert_eq!((text(&park[6]), text(&park[8])), (name, "2016-12-31"));
        assert!(names.contains(name), "{name}");
    }
    let secretaries = all
        .rows("posts")
        .iter()
        .filter(|row| text(&row[3]) == "first_secretary");
    assert_eq!(secretaries.count(), 9);
}

#[test]
fn the_figures_are_those_of_the_article() {
    let all = made();
    let huanancheng = text(
        &all.rows("units")
            .iter()
            .find(|row| text(&row[6]) == PARKS[0].0)
            .unwrap()[0],
    );
    let branches = all
        .rows("units")
        .iter()
        .filter(|row| text(&row[5]) == "branch" && row[2] == Cell::from(huanancheng));
    assert_eq!(branches.count(), 15);
    assert!(quote("支部数").ends_with(&format!("{BRANCHES}个")));

    let [before, after, internet] = MEMBERS;
    let members = quote("互联网企业党员202人");
    for figure in [
        format!("{before}名增至{after}余名"),
        format!("{internet}人"),
        "45%".to_owned(),
    ] {
        assert!(members.contains(&figure), "{figure}");
    }
    let counts = published(&all, "headcounts", 0);
    let parts = |id: &Cell| -> BTreeMap<String, i64> {
        let of = all
            .rows("headcount_values")
            .iter()
            .filter(|row| row[0] == *id);
        of.map(|row| (text(&row[1]).to_owned(), int(&row[2])))
            .collect()
    };
    let read: Vec<_> = counts
        .iter()
        .map(|row| (text(&row[3]), parts(&row[0])))
        .collect();
    assert_eq!(
        read,
        [
            ("2017-12-31", BTreeMap::from([("total".to_owned(), 270)])),
            (
                "2018-12-15",
                BTreeMap::from([("total".to_owned(), 390), ("internet".to_owned(), 202)])
            ),
        ]
    );
    assert!(counts.iter().all(|row| row[2] == Cell::from(huanancheng)));
    // 202 are 45 % of the district's: of about 449.
    assert_eq!(
        Share {
            part: 202,
            whole: 449
        }
        .to_string(),
        "45.0%"
    );

    assert_eq!(all.count("shops"), 14);
    assert!(quote("党员门店").contains(&format!("{SHOPS}名")));
    let kinds = |kind: &str| {
        all.rows("centres")
            .iter()
            .filter(|row| text(&row[3]) == kind)
            .count()
    };
    assert_eq!((kinds("own"), kinds("joint")), (OWN_CENTRES, 3));
    assert!(quote("独立的党群服务中心").contains("6个园区拥有独立的党群服务中心,其余3个园区"));
    let land: Vec<_> = all
        .rows("matters")
        .iter()
        .filter(|row| row[12] == Cell::Int(LAND))
        .collect();
    assert_eq!(
        (land.len(), text(&land[0][13]), text(&land[0][14])),
        (1, "平方米", "closed")
    );
    assert!(quote("土地整备").contains("83万平方米") && LAND == 83 * 10_000 * 1_000);
    assert_eq!(published(&all, "matters", 0).len(), 5);
    let meetings = published(&all, "entries", 0);
    let meetings: Vec<&str> = meetings
        .iter()
        .filter(|row| text(&row[3]) == "meeting")
        .map(|row| text(&row[6]))
        .collect();
    assert_eq!(meetings.len(), 3);
    assert!(
        ["山厦", "华南城", "新木盛"]
            .iter()
            .all(|park| quote("联席会议").contains(park)
                && meetings.iter().any(|title| title.contains(park)))
    );
}

/// What the register says of today follows from the spells, and every case of the two coverages is there.
#[test]
fn the_state_of_a_firm_follows_from_its_spells() {
    let all = made();
    let today = "2026-11-23".parse().unwrap();
    let read = |from: &Cell, until: &Cell| {
        let until_on = matches!(until, Cell::Text(_)).then(|| text(until).parse().unwrap());
        let spell = Spell {
            from_on: text(from).parse().unwrap(),
            until_on,
        };
        assert!(spell.is_sound() && spell.from_on <= today, "{spell:?}");
        spell
    };
    let mut strikes: BTreeMap<&str, Vec<Spell>> = BTreeMap::new();
    for row in all.rows("strikes") {
        strikes
            .entry(text(&row[2]))
            .or_default()
            .push(read(&row[4], &row[5]));
    }
    let mut covers: BTreeMap<&str, Vec<(CoverKind, Spell)>> = BTreeMap::new();
    for row in all.rows("coverages") {
        let kind = text(&row[3]).parse().unwrap();
        covers
            .entry(text(&row[2]))
            .or_default()
            .push((kind, read(&row[6], &row[7])));
    }
    let mut cases = BTreeSet::new();
    for row in all.rows("firms") {
        let id = text(&row[0]);
        let of = strikes.get(id).cloned().unwrap_or_default();
        let by = covers.get(id).cloned().unwrap_or_default();
        let standing = Standing::on(today, text(&row[13]).parse().unwrap(), of, &by);
        let stored = [14, 15, 16, 17].map(|at| int(&row[at]) == 1);
        assert!(standing.opened);
        assert_eq!(
            stored,
            [standing.struck, standing.own, standing.joint, standing.work],
            "{id}"
        );
        let covered = standing.own || standing.joint || standing.work;
        assert_eq!(
            text(&row[18]).is_empty(),
            covered,
            "a reason where nothing covers it"
        );
        cases.insert(stored);
    }
    assert!(cases.contains(&[false, true, true, false]), "own and joint");
    assert!(
        cases.contains(&[true, false, false, false]) && cases.contains(&[true, false, true, false])
    );
    let names: BTreeSet<&str> = all.rows("firms").iter().map(|row| text(&row[3])).collect();
    assert_eq!(names.len(), 3_000, "names differ");
}

#[tokio::test]
async fn it_goes_into_a_database_whole() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Settings::new("http://127.0.0.1").in_folder(folder.path()))
        .await
        .unwrap();
    let hand = Hand::office(Actor::System);
    let all = made();
    app.fill_record(&hand, &all).await.unwrap();
    let names = app.unit_names().await.unwrap();
    assert_eq!(names.len(), all.count("units"));
    assert!(app.fill_record(&hand, &all).await.is_err(), "only once");
    app.shutdown().await;
}
