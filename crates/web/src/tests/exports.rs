//! Lists as files: what is in them, read back as Excel and `LibreOffice` read them; the tabs of a unit; several entries
//! confirmed at once.

use axum::http::StatusCode;
use pingyi_app::Role;
use pingyi_app::record::UnitId;
use serde_json::json;

use super::house::{House, Person};

/// A house with two parks, entries, matters, firms and counts.
struct Filled {
    house: House,
    office: Person,
    parks: [String; 2],
}

impl Filled {
    async fn open() -> Self {
        let house = House::open().await;
        let office = house.user("office", &[Role::Organiser]).await;
        let unit = |kind: &str, name: &str, parent: &str| json!({"kind": kind, "name": name, "parent": parent, "founded_on": "2016-12-30"});
        let root = house
            .made(
                &office,
                "/api/units",
                &unit("working_committee", "街道", ""),
            )
            .await;
        let own = house
            .made(&office, "/api/units", &unit("park", "华南城", &root))
            .await;
        let other = house
            .made(&office, "/api/units", &unit("park", "海吉星", &root))
            .await;
        for (park, name) in [(&own, "华南城"), (&other, "海吉星")] {
            let entry = json!({"unit": park, "kind": "activity", "on_date": "2018-03-20", "title": format!("=HYPERLINK(\"{name}\")"),
                "headcount": "56", "partners": "红十字会、团委", "summary": "一行\n又一行"});
            house.made(&office, "/api/entries", &entry).await;
            let matter = json!({"list": "key_task", "title": format!("{name}土地整备"), "origin": "superior", "unit": park,
                "raised_on": "2018-01-02", "due_on": "2018-12-10", "quantity": "830000", "measure": "平方米"});
            let id = house.made(&office, "/api/matters", &matter).await;
            let done = json!({"on_date": "2018-06-30", "done": "415000"});
            let reply = house
                .post(&format!("/api/matters/{id}/progress"), Some(&office), &done)
                .await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
            let firm = json!({"unit": park, "name": format!("{name}企业"), "kind": "non_public", "opened_on": "2018-01-01"});
            let firm = house.made(&office, "/api/firms", &firm).await;
            let cover = json!({"firm": firm, "kind": "union", "from_on": "2018-02-01"});
            house.made(&office, "/api/coverages", &cover).await;
            let post = json!({"unit": park, "kind": "instructor", "holder": format!("{name}指导员"), "from_on": "2018-01-01"});
            house.made(&office, "/api/posts", &post).await;
            for (day, total) in [("2017-12-31", "270"), ("2018-12-15", "390")] {
                let count = json!({"unit": park, "on_date": day, "total": total});
                house.made(&office, "/api/headcounts", &count).await;
            }
        }
        Self {
            house,
            office,
            parks: [own, other],
        }
    }

    async fn csv(&self, person: &Person, path: &str) -> Vec<String> {
        let reply = self.house.get(path, Some(person)).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
        assert!(
            reply.header("content-disposition").contains(".csv"),
            "{path}"
        );
        let text = reply
            .text
            .strip_prefix('\u{feff}')
            .expect("a byte order mark");
        text.split("\r\n")
            .map(str::to_owned)
            .filter(|line| !line.is_empty())
            .collect()
    }

    async fn recorder(&self) -> Person {
        let id: UnitId = self.parks[0].parse().expect("an id");
        self.house
            .user_of("jilu", &[Role::Recorder], Some(id))
            .await
    }
}

const THINGS: [&str; 9] = [
    "firms",
    "coverage",
    "entries",
    "meetings",
    "matters",
    "units",
    "posts",
    "headcounts",
    "indicators",
];

#[tokio::test]
async fn a_file_holds_what_is_seen_in_words_with_nothing_that_runs() {
    let filled = Filled::open().await;
    let csv = async |path: &str| filled.csv(&filled.office, path).await;
    let entries = csv("/api/entries/export.csv?q=%E5%8D%8E%E5%8D%97").await;
    assert_eq!(entries.len(), 2, "the filter holds: {entries:?}");
    assert!(
        entries[1].starts_with("2018-03-20,\"'=HYPERLINK(\"\"华南城\"\")\",Activity,华南城,,56,"),
        "{}",
        entries[1]
    );
    assert!(entries[1].contains("红十字会、团委"), "{}", entries[1]);
    assert!(entries[1].contains("一行\n又一行"), "{}", entries[1]);
    let matters = csv("/api/matters/export.csv?sort=title").await;
    assert!(
        matters[1].contains("2018-01-02,2018-12-10,Raised,Overdue,,,830000,平方米,415000,50.0%"),
        "{}",
        matters[1]
    );
    let coverage = csv("/api/coverage/export.csv").await;
    assert!(
        coverage[1].ends_with(",2,0,0.0%,0,0.0%,2,100.0%,2,0,0"),
        "{}",
        coverage[1]
    );
    assert!(
        coverage
            .iter()
            .any(|line| line.starts_with("By unit,华南城,"))
    );
    let [park, other] = &filled.parks;
    let made = async |path: &str, body: serde_json::Value| {
        filled.house.made(&filled.office, path, &body).await;
    };
    let centre = json!({"unit": park, "kind": "joint", "name": "联合中心", "opened_on": "2018-03-01", "terminals": "2", "covers": [other]});
    made("/api/centres", centre).await;
    made(
        "/api/pairings",
        json!({"unit": park, "partner": other, "purpose": "共建", "from_on": "2018-01-01"}),
    )
    .await;
    made(
        "/api/shops",
        json!({"unit": park, "name": "水果店", "plaque": "007", "given_on": "2018-01-01"}),
    )
    .await;
    for (things, line) in [
        ("centres", "华南城,联合中心,Joint,,2018-03-01,,2,,海吉星,"),
        ("pairings", "华南城,海吉星,共建,2018-01-01,"),
        ("shops", "华南城,水果店,,007,2018-01-01,,,,"),
        ("instructors", "华南城指导员,华南城,0,,,"),
    ] {
        let lines = csv(&format!("/api/{things}/export.csv")).await;
        assert!(lines.contains(&line.to_owned()), "{things}: {lines:?}");
        let of_other = csv(&format!("/api/{things}/export.csv?unit={other}")).await;
        assert!(
            things == "instructors" || of_other.len() == 1,
            "only the head: {of_other:?}"
        );
    }
    let counts = csv("/api/headcounts/export.csv").await;
    assert!(
        counts
            .iter()
            .any(|line| line.starts_with("海吉星,2018-12-15,390,120,44.4%,")),
        "{counts:?}"
    );
    let first = counts
        .iter()
        .filter(|line| line.contains("2017-12-31,270,,,"));
    assert_eq!(
        first.count(),
        2,
        "the first count of a unit grew from nothing"
    );
    let meetings = csv("/api/meetings/export.csv?year=2018").await;
    assert_eq!(meetings.len(), 1 + 2 * 4, "{meetings:?}");
    assert!(
        meetings[1].starts_with("华南城,2018-Q1,Missing,"),
        "{}",
        meetings[1]
    );
    let posts = csv("/api/posts/export.csv").await;
    assert!(
        posts[1].contains("华南城指导员,,2018-01-01,,4,1,"),
        "{}",
        posts[1]
    );
    let units = csv("/api/units/export.csv").await;
    assert_eq!(units.len(), 4, "{units:?}");
    assert!(
        units[2].starts_with("华南城,,Park committee,街道,2016-12-30,"),
        "{}",
        units[2]
    );
}

#[tokio::test]
async fn a_workbook_opens_with_dates_as_dates() {
    let filled = Filled::open().await;
    for things in THINGS {
        let path = format!("/api/{things}/export.xlsx");
        let reply = filled.house.get(&path, Some(&filled.office)).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert!(
            reply.header("content-type").contains("spreadsheetml"),
            "{path}"
        );
        assert!(reply.text.starts_with("PK"), "{path} is a workbook");
    }
}

#[tokio::test]
async fn a_recorders_files_hold_nothing_of_another_park() {
    let filled = Filled::open().await;
    let recorder = filled.recorder().await;
    for things in THINGS {
        for query in ["", "?sort=title", "?year=2018"] {
            let path = format!("/api/{things}/export.csv{query}");
            let lines = filled.csv(&recorder, &path).await.join("\n");
            assert!(
                !lines.contains("海吉星"),
                "{path} holds another park: {lines}"
            );
        }
        let all = filled
            .csv(
                &filled.office,
                &format!("/api/{things}/export.csv?year=2018"),
            )
            .await;
        assert!(
            things == "indicators" || all.join("\n").contains("海吉星"),
            "{things} hides it from the office"
        );
        let other = format!("/api/{things}/export.csv?unit={}", filled.parks[1]);
        let lines = filled.csv(&recorder, &other).await.join("\n");
        assert!(!lines.contains("海吉星"), "{other}: {lines}");
    }
    let admin = filled.house.user("verwalter", &[Role::Admin]).await;
    let reply = filled
        .house
        .get("/api/entries/export.csv", Some(&admin))
        .await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_tabs_of_a_unit_hold_its_own_lists() {
    let filled = Filled::open().await;
    let (own, other) = (&filled.parks[0], &filled.parks[1]);
    for (tab, wanted) in [
        ("firms", "华南城企业"),
        ("ledger", "HYPERLINK"),
        ("matters", "华南城土地整备"),
    ] {
        let path = format!("/units/{own}/{tab}?unit={other}");
        let reply = filled.house.get(&path, Some(&filled.office)).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert!(reply.text.contains(wanted), "{path}");
        assert!(!reply.text.contains("海吉星"), "{path} shows another park");
        assert!(reply.text.contains("aria-current=\"page\">"), "{path}");
        let file = format!("export.csv?unit={own}");
        assert!(reply.text.contains(&file), "{path} exports itself");
    }
    let board = format!("/units/{own}/matters?as=board");
    let reply = filled.house.get(&board, Some(&filled.office)).await;
    assert!(
        reply.text.contains("data-open=\"move-assign\""),
        "{}",
        reply.text
    );
    assert!(!reply.text.contains("海吉星"));
}

#[tokio::test]
async fn several_entries_are_confirmed_at_once_and_each_says_what_became_of_it() {
    let filled = Filled::open().await;
    let (house, office) = (&filled.house, &filled.office);
    let recorder = filled.recorder().await;
    let entry = |title: &str| json!({"unit": filled.parks[0], "kind": "activity", "on_date": "2018-04-01", "title": title});
    let theirs = house
        .made(&recorder, "/api/entries", &entry("记录员的"))
        .await;
    let own = house.made(office, "/api/entries", &entry("自己的")).await;
    let page = house.get("/ledger", Some(office)).await;
    assert!(page.text.contains("data-batch=\"/api/entries/confirm\""));
    assert!(page.text.contains(&format!("value=\"{theirs}\"")));
    let page = house.get("/ledger", Some(&recorder)).await;
    assert!(
        !page.text.contains("data-batch"),
        "who does not decide has no boxes"
    );
    let all = json!({"entries": [theirs, own, "z".repeat(16)]});
    let reply = house.post("/api/entries/confirm", Some(office), &all).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let rows = reply.json()["rows"].clone();
    let of = |at: usize| (rows[at]["done"].as_bool(), rows[at]["code"].as_str());
    assert_eq!(of(0), (Some(true), None));
    assert_eq!(of(1), (Some(false), Some("same_person")));
    assert_eq!(of(2), (Some(false), Some("not_found")));
    assert!(
        rows[1]["message"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    assert_eq!(reply.json()["said"], "1 confirmed; 2 not, each says why.");
    let again = json!({"entries": [theirs]});
    let reply = house
        .post("/api/entries/confirm", Some(office), &again)
        .await;
    assert_eq!(reply.json()["rows"][0]["code"], "wrong_state");
    for bad in [
        json!({}),
        json!({"entries": []}),
        json!({"entries": vec!["a".repeat(16); 201]}),
    ] {
        let reply = house.post("/api/entries/confirm", Some(office), &bad).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    let home = house.get("/", Some(office)).await;
    assert!(
        home.text.contains("/ledger?state=recorded"),
        "{}",
        home.text
    );
    assert!(home.text.contains("3 entries to confirm"), "{}", home.text);
}
