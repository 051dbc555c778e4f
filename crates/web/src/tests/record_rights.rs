//! The rights of the year's record by unit: a recorder of one park gets 403 at every address of another's records.

use std::sync::atomic::{AtomicU8, Ordering};

use axum::body::Body;
use axum::http::{Method, StatusCode};
use pingyi_app::Role;
use pingyi_app::record::UnitId;
use serde_json::{Value, json};

use super::house::{House, Person, request};
use crate::table;

/// A house with two parks, a recorder of the first, and a record of each kind in the second.
struct Parks {
    house: House,
    office: Person,
    recorder: Person,
    own: String,
    other: String,
    root: String,
}

async fn made(house: &House, person: &Person, path: &str, body: Value) -> String {
    house.made(person, path, &body).await
}

impl Parks {
    async fn open() -> Self {
        let house = House::open().await;
        let office = house.user("office", &[Role::Organiser]).await;
        let unit = |kind: &str, name: &str, parent: &str| json!({"kind": kind, "name": name, "parent": parent});
        let root = made(
            &house,
            &office,
            "/api/units",
            unit("working_committee", "街道", ""),
        )
        .await;
        let own = made(&house, &office, "/api/units", unit("park", "华南城", &root)).await;
        let other = made(&house, &office, "/api/units", unit("park", "海吉星", &root)).await;
        let id: UnitId = own.parse().expect("an id");
        let recorder = house.user_of("jilu", &[Role::Recorder], Some(id)).await;
        Self {
            house,
            office,
            recorder,
            own,
            other,
            root,
        }
    }

    /// A record of the other park for a placeholder of an address. Every kind has its line here.
    #[allow(clippy::too_many_lines, reason = "a line for each kind")]
    async fn foreign(&self, placeholder: &str) -> String {
        match placeholder {
            "unit" => self.other.clone(),
            "post" => {
                let body = json!({"unit": self.other, "kind": "member", "holder": "委员", "from_on": "2018-01-01"});
                made(&self.house, &self.office, "/api/posts", body).await
            }
            "firm" | "strike" | "coverage" => {
                let body = json!({"unit": self.other, "name": "某企业", "kind": "non_public", "opened_on": "2018-01-01"});
                let firm = made(&self.house, &self.office, "/api/firms", body).await;
                let path = match placeholder {
                    "firm" => return firm,
                    "strike" => "/api/strikes",
                    _ => "/api/coverages",
                };
                let mut body = json!({"firm": firm, "from_on": "2018-02-01"});
                match placeholder {
                    "strike" => body["reason"] = json!("shell"),
                    _ => body["kind"] = json!("union"),
                }
                made(&self.house, &self.office, path, body).await
            }
            "entry" => {
                let body = json!({"unit": self.other, "kind": "activity", "on_date": "2018-01-01", "title": "海吉星的台账"});
                made(&self.house, &self.office, "/api/entries", body).await
            }
            "matter" => self.matter("raised").await,
            "report" => self.report().await,
            "remark" => self.remark().await,
            "evidence" => {
                let entry = Box::pin(self.foreign("entry")).await;
                let sent = b"%PDF-1.7\n%%EOF\n".as_slice();
                let path = format!("/api/entries/{entry}/evidence?name=x.pdf");
                let sent = request(Method::POST, &path, Some(&self.office), Body::from(sent));
                let reply = self.house.send(sent).await;
                assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
                reply.json()["id"].as_str().expect("an id").to_owned()
            }
            "edit" => {
                let matter = self.matter("assigned").await;
                let body = json!({"version": 2, "why": "x", "title": "y", "list": "problem", "origin": "visit", "unit": self.other,
                    "responsible": "安监办", "raised_on": "2018-01-01", "due_on": "2099-01-01"});
                made(
                    &self.house,
                    &self.office,
                    &format!("/api/matters/{matter}/edits"),
                    body,
                )
                .await
            }
            "import" => {
                let body = json!(["名称", "园区"]);
                made(&self.house, &self.office, "/api/imports?name=x.csv", body).await
            }
            "headcount" => {
                // One count a day: each record of this kind has a day of its own.
                static DAY: AtomicU8 = AtomicU8::new(10);
                let day = DAY.fetch_add(1, Ordering::Relaxed);
                let on_date = format!("2018-01-{day}");
                let body = json!({"unit": self.other, "on_date": on_date, "total": "10"});
                made(&self.house, &self.office, "/api/headcounts", body).await
            }
            "centre" => {
                let body = json!({"unit": self.other, "kind": "own", "name": "党群服务中心"});
                made(&self.house, &self.office, "/api/centres", body).await
            }
            "pairing" => {
                let body =
                    json!({"unit": self.other, "outside": "某企业", "from_on": "2018-01-01"});
                made(&self.house, &self.office, "/api/pairings", body).await
            }
            "area" => {
                let shape = json!({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "海吉星"},
                    "geometry": {"type": "Polygon", "coordinates": [[[114.1, 22.7], [114.2, 22.7], [114.2, 22.8], [114.1, 22.7]]]}}]});
                made(&self.house, &self.office, "/api/areas", shape).await
            }
            "founding" => {
                let body = json!({"title": "海吉星的测算", "way": "unit", "whole": self.other});
                let id = made(&self.house, &self.office, "/api/foundings", body).await;
                let kept = json!({"version": 1, "title": "海吉星的测算", "unit": self.other});
                let path = format!("/api/foundings/{id}");
                let reply = self.house.post(&path, Some(&self.office), &kept).await;
                assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
                id
            }
            "shop" => {
                let body = json!({"unit": self.other, "name": "水果店", "given_on": "2018-01-01"});
                made(&self.house, &self.office, "/api/shops", body).await
            }
            "inspection" => {
                let shop =
                    json!({"unit": self.other, "name": "海吉星水果店", "given_on": "2018-01-01"});
                let shop = made(&self.house, &self.office, "/api/shops", shop).await;
                let path = format!("/api/shops/{shop}/inspections");
                let body = json!({"on_date": "2018-02-01", "passed": "yes"});
                made(&self.house, &self.office, &path, body).await
            }
            "paper" => {
                let path = "/api/papers/coverage";
                let body = json!({"format": "pdf", "unit": self.other, "on": "2018-01-01"});
                made(&self.house, &self.office, path, body).await
            }
            _ => panic!("no record for {{{placeholder}}}: add one here"),
        }
    }

    /// A matter of the other park, raised or assigned.
    async fn matter(&self, state: &str) -> String {
        let body = json!({"list": "problem", "title": "海吉星的事项", "origin": "visit", "unit": self.other, "raised_on": "2018-01-01"});
        let id = made(&self.house, &self.office, "/api/matters", body).await;
        if state == "assigned" {
            let to = json!({"responsible": "安监办", "due_on": "2099-01-01"});
            let reply = self
                .house
                .post(
                    &format!("/api/matters/{id}/assign"),
                    Some(&self.office),
                    &to,
                )
                .await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        }
        id
    }

    /// A recorder of the other park: reports are written by their unit alone.
    async fn neighbour(&self) -> Person {
        static NEXT: AtomicU8 = AtomicU8::new(0);
        let login = format!("lin{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let unit = self.other.parse().expect("an id");
        self.house
            .user_of(&login, &[Role::Recorder], Some(unit))
            .await
    }

    /// A report of the other park, on a year of its own.
    async fn report(&self) -> String {
        static YEAR: AtomicU8 = AtomicU8::new(0);
        let year = 1950 + i32::from(YEAR.fetch_add(1, Ordering::Relaxed));
        let body = json!({"unit": self.other, "year": year.to_string()});
        made(&self.house, &self.neighbour().await, "/api/reports", body).await
    }

    /// A remark on a report of the other park.
    async fn remark(&self) -> String {
        let mut sections = json!({});
        for (at, code) in ["work", "last_year"].iter().enumerate() {
            sections[at.to_string()] =
                json!({"code": code, "title": code, "least": "0", "most": "9", "required": "0"});
        }
        let version = self
            .house
            .app
            .report_outline()
            .await
            .expect("an outline")
            .version;
        let outline = json!({"version": version, "sections": sections});
        let reply = self
            .house
            .post("/api/reports/outline", Some(&self.office), &outline)
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        let report = self.report().await;
        let path = format!("/api/reports/{report}/submit");
        let reply = self
            .house
            .post(&path, Some(&self.neighbour().await), &json!({}))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        let path = format!("/api/reports/{report}/remarks");
        let body = json!({"section": "work", "text": "写明效果"});
        made(&self.house, &self.office, &path, body).await
    }

    /// A form that the route takes, so that nothing but the rights can refuse it.
    fn form(&self, path: &str) -> Value {
        match path {
            "/api/units/{unit}" => {
                json!({"version": 1, "kind": "park", "name": "x", "parent": self.root})
            }
            "/api/posts/{post}" => {
                json!({"version": 1, "unit": self.other, "kind": "member", "holder": "x", "from_on": "2018-01-01"})
            }
            "/api/firms/{firm}" => {
                json!({"version": 1, "unit": self.other, "name": "x", "kind": "state", "opened_on": "2018-01-01"})
            }
            "/api/strikes/{strike}" => {
                json!({"version": 1, "firm": "f".repeat(16), "reason": "shell", "from_on": "2018-01-01"})
            }
            "/api/coverages/{coverage}" => {
                json!({"version": 1, "firm": "f".repeat(16), "kind": "union", "from_on": "2018-01-01"})
            }
            "/api/entries/{entry}" => {
                json!({"version": 1, "unit": self.other, "kind": "activity", "on_date": "2018-01-01", "title": "x"})
            }
            "/api/matters/{matter}" => {
                json!({"version": 1, "list": "problem", "title": "x", "origin": "visit", "unit": self.other})
            }
            "/api/matters/{matter}/edits" => {
                json!({"version": 1, "why": "x", "list": "problem", "title": "x", "origin": "visit", "unit": self.other})
            }
            "/api/reports/{report}/slides" => json!({"do": "up", "slide": "next"}),
            "/api/reports/{report}/sections/{code}"
            | "/api/reports/{report}/slides/{code}/{name}" => json!({"version": 0, "text": "x"}),
            "/api/reports/{report}/answers" => {
                json!({"matter": "m".repeat(16), "version": 0, "text": "x"})
            }
            path if path.starts_with("/api/reports/{report}") => json!({}),
            path if path.starts_with("/api/remarks/{remark}") => json!({"text": "x"}),
            "/api/matters/{matter}/progress" => json!({"done": "1"}),
            "/api/matters/{matter}/report" => json!({"text": "x"}),
            "/api/headcounts/{headcount}" => {
                json!({"version": 1, "unit": self.other, "on_date": "2018-01-01", "total": "11"})
            }
            "/api/centres/{centre}" => {
                json!({"version": 1, "unit": self.other, "kind": "own", "name": "x"})
            }
            "/api/pairings/{pairing}" => {
                json!({"version": 1, "unit": self.other, "outside": "x", "from_on": "2018-01-01"})
            }
            "/api/shops/{shop}" => {
                json!({"version": 1, "unit": self.other, "name": "x", "given_on": "2018-01-01"})
            }
            "/api/shops/{shop}/inspections" => json!({"on_date": "2018-02-01", "passed": "yes"}),
            "/api/centres/{centre}/cases" => json!({"quarter": "2018-Q1", "cases": {}}),
            "/api/areas/{area}" => json!({"version": 1, "name": "x"}),
            "/api/foundings/{founding}" => json!({"version": 2, "title": "x"}),
            _ => json!({"version": 1}),
        }
    }
}

/// The placeholders of appraisals, files and indicators, which belong to no unit (what is counted for an indicator is
/// narrowed like a list).
const NOT_OF_UNITS: &[&str] = &[
    "id",
    "uuid",
    "code",
    "tracker",
    "name",
    "*name",
    "indicator",
    // A digest is narrowed like a list.
    "month",
];

fn placeholder(path: &str) -> Option<&str> {
    let inside = path.split_once('{')?.1.split_once('}')?.0;
    (!NOT_OF_UNITS.contains(&inside)).then_some(inside)
}

#[tokio::test]
async fn a_recorder_of_another_park_is_refused_at_every_address() {
    let parks = Parks::open().await;
    let mut tried = 0;
    for route in table::all() {
        let path = route.meta.path;
        let Some(kind) = placeholder(path) else {
            continue;
        };
        let id = parks.foreign(kind).await;
        let mut address = path
            .replace(&format!("{{{kind}}}"), &id)
            .replace("{year}", "2018")
            .replace("{code}", "work");
        if route.method == Method::DELETE {
            address.push_str("?version=1");
        }
        let body = Body::from(parks.form(path).to_string());
        let request = request(route.method.clone(), &address, Some(&parks.recorder), body);
        let reply = parks.house.send(request).await;
        assert_eq!(
            reply.status,
            StatusCode::FORBIDDEN,
            "{} {path}: {}",
            route.method,
            reply.text
        );
        tried += 1;
    }
    assert!(tried >= 6, "{tried} addresses");
}

#[tokio::test]
async fn a_recorder_gets_in_at_home_and_sees_nothing_of_others_in_lists() {
    let parks = Parks::open().await;
    let (house, recorder) = (&parks.house, &parks.recorder);
    for path in ["/units/{}", "/units/{}/edit"] {
        let reply = house
            .get(&path.replace("{}", &parks.own), Some(recorder))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
    }
    let branch = json!({"kind": "branch", "name": "第一支部", "parent": parks.own});
    made(house, recorder, "/api/units", branch).await;
    parks.matter("raised").await;
    parks.foreign("entry").await;
    let body = json!({"list": "rectification", "title": "海吉星的整改", "origin": "appraisal", "unit": parks.other, "raised_on": "2018-01-01"});
    made(house, &parks.office, "/api/matters", body).await;
    for path in [
        "/",
        "/digest/2018-01",
        "/ledger",
        "/ledger?sort=title",
        "/meetings",
        "/ledger?q=%E6%B5%B7%E5%90%89",
    ] {
        let reply = house.get(path, Some(recorder)).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(!reply.text.contains("海吉星"), "{path} shows another park");
        let office = house.get(path, Some(&parks.office)).await;
        assert!(
            office.text.contains("海吉星"),
            "{path} hides it from the office"
        );
    }
    parks.foreign("firm").await;
    let post = json!({"unit": parks.other, "kind": "instructor", "holder": "海吉星指导员", "from_on": "2018-01-01"});
    made(house, &parks.office, "/api/posts", post).await;
    for kind in ["centre", "pairing", "shop"] {
        parks.foreign(kind).await;
    }
    for path in [
        "/firms",
        "/coverage",
        "/api/firms/export.csv",
        "/api/instructors/export.csv",
        "/api/shops/export.csv",
        "/api/pairings/export.csv",
        "/api/centres/export.csv",
        "/units",
        "/units?sort=name",
        "/units?q=%E6%B5%B7%E5%90%89",
        "/matters",
        "/matters?state=open&sort=title",
        "/matters?as=board",
        "/instructors",
        "/search?q=%E6%B5%B7%E5%90%89",
    ] {
        let reply = house.get(path, Some(recorder)).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(!reply.text.contains("海吉星"), "{path} shows another park");
        let office = house.get(path, Some(&parks.office)).await;
        assert!(
            office.text.contains("海吉星"),
            "{path} hides it from the office"
        );
    }
    let taken = json!({"kind": "branch", "name": "x", "parent": parks.other});
    assert_eq!(
        house
            .post("/api/units", Some(recorder), &taken)
            .await
            .code(),
        "not_your_unit"
    );
}

#[tokio::test]
async fn the_second_of_two_is_told_in_words_and_nothing_is_stored() {
    let parks = Parks::open().await;
    let path = format!("/api/units/{}", parks.own);
    let form = |version: i64, address: &str, parent: &str| json!({"version": version, "kind": "park", "name": "华南城", "parent": parent, "address": address});
    let first = parks
        .house
        .post(&path, Some(&parks.recorder), &form(1, "一号", &parks.root))
        .await;
    assert_eq!(
        (first.status, first.json()["version"].as_i64()),
        (StatusCode::OK, Some(2))
    );
    let second = parks
        .house
        .post(&path, Some(&parks.office), &form(1, "二号", &parks.root))
        .await;
    assert_eq!(
        (second.status, second.code().as_str()),
        (StatusCode::CONFLICT, "conflict")
    );
    let conflict = &second.json()["conflict"];
    assert_eq!(
        (conflict["version"].as_i64(), conflict["by"].as_str()),
        (Some(2), Some("jilu"))
    );
    let field = &conflict["fields"][0];
    let said = ["field", "label", "was", "theirs", "mine_text"]
        .map(|name| field[name].as_str().unwrap_or_default());
    assert_eq!(said, ["address", "Address", "(empty)", "一号", "二号"]);
    assert_eq!(field["both"], true);
    let chosen = parks
        .house
        .post(&path, Some(&parks.office), &form(2, "二号", &parks.root))
        .await;
    assert_eq!(chosen.json()["version"].as_i64(), Some(3));
    let page = parks
        .house
        .get(&format!("/units/{}", parks.own), Some(&parks.office))
        .await;
    assert!(
        page.text.contains("<del>一号</del> → 二号"),
        "{}",
        page.text
    );
    let bad = parks
        .house
        .post(
            &path,
            Some(&parks.office),
            &json!({"version": 3, "kind": "x"}),
        )
        .await;
    let problems = bad.json()["error"]["problems"].clone();
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        (problems[0]["path"].as_str(), problems[1]["path"].as_str()),
        (Some("kind"), Some("name"))
    );
}
