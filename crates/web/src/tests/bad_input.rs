//! Bad input in every field of every form of the record: refused at its field or stored as what it is, never an error of
//! ours, never run by a page.

use axum::http::StatusCode;
use pingyi_app::Role;
use serde_json::{Value, json};

use super::house::{House, Person};
use crate::lang::MISSING;

/// What people and programs type where something else was asked for.
const BAD: &[&str] = &[
    "\u{7}",
    "甲\u{0}乙",
    "\u{202e}txt.exe",
    "0",
    "-1",
    "1e3",
    "9223372036854775808",
    "-9223372036854775809",
    "0.0001",
    "NaN",
    "👩‍🏫🎉",
    "العربية",
    "'; DROP TABLE units;--",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{7*7}} %s %n ${jndi:ldap://x}",
    "=cmd|' /C calc'!A0",
    "2099-01-01",
    "2018-02-30",
    "0000-00-00",
    "9999-12-31",
    "2018-Q5",
    "zzzzzzzzzzzzzzzz",
    "../../etc/passwd",
];

/// Of these a form stores nothing, in no field.
const NEVER: &[&str] = &["\u{7}", "甲\u{0}乙", "\u{202e}txt.exe"];

struct Forms {
    house: House,
    office: Person,
    /// Where a form is sent, and one that is taken, field by field.
    taken: Vec<(String, Value)>,
}

impl Forms {
    async fn open() -> Self {
        let house = House::open().await;
        let office = house.user("office", &[Role::Organiser]).await;
        let add = async |path: &str, body: Value| house.made(&office, path, &body).await;
        let root = json!({"kind": "working_committee", "name": "街道", "parent": ""});
        let root = add("/api/units", root).await;
        let unit = json!({"kind": "park", "name": "华南城", "parent": root, "short_name": "", "ordinal": "", "founded_on": "",
            "founding_mode": "", "closed_on": "", "address": "", "note": ""});
        let park = add("/api/units", unit.clone()).await;
        let firm = json!({"unit": park, "name": "企业", "credit_code": "", "kind": "non_public", "sector": "", "employees": "",
            "members": "", "address": "", "lon": "", "lat": "", "opened_on": "2018-01-01", "uncovered": "", "note": ""});
        let firm_id = add("/api/firms", firm.clone()).await;
        let shop = json!({"unit": park, "name": "水果店", "firm": "", "place": "", "plaque": "", "given_on": "2018-01-01",
            "pledge": "", "pledged_on": "", "withdrawn_on": "", "withdrawn_reason": ""});
        let shop_id = add("/api/shops", shop.clone()).await;
        let centre = json!({"unit": park, "kind": "own", "name": "中心", "address": "", "opened_on": "2018-01-01",
            "closed_on": "", "terminals": "", "note": ""});
        let centre_id = add("/api/centres", centre.clone()).await;
        let matter = json!({"list": "key_task", "title": "事项", "origin": "visit", "entry": "", "firm": "", "unit": park,
            "responsible": "", "measures": "", "raised_on": "2018-01-01", "due_on": "", "quantity": "10", "measure": "户"});
        let matter_id = add("/api/matters", matter.clone()).await;
        let entry = json!({"unit": park, "kind": "mediation", "topic": "", "on_date": "2018-01-01", "title": "台账", "place": "",
            "summary": "", "headcount": "", "quantity": "", "measure": "", "hours": "", "cases": "", "settled": "", "findings": "",
            "quarter": "", "shop": "", "post": "", "partners": "", "attended": "", "firms": ""});
        let post = json!({"unit": park, "kind": "instructor", "holder": "指导员", "sent_by": "", "from_on": "2018-01-01",
            "until_on": "", "calls": "", "visits": "", "note": ""});
        let taken = vec![
            ("/api/units".to_owned(), unit),
            ("/api/posts".to_owned(), post),
            (
                "/api/headcounts".to_owned(),
                json!({"unit": park, "on_date": "2018-01-01", "total": "10", "internet": "", "note": ""}),
            ),
            ("/api/centres".to_owned(), centre),
            (
                format!("/api/centres/{centre_id}/cases"),
                json!({"quarter": "2018-Q1"}),
            ),
            (
                "/api/pairings".to_owned(),
                json!({"unit": park, "partner": "", "outside": "某企业", "purpose": "", "from_on": "2018-01-01", "until_on": ""}),
            ),
            ("/api/shops".to_owned(), shop),
            (
                format!("/api/shops/{shop_id}/inspections"),
                json!({"on_date": "2018-02-01", "passed": "yes", "finding": ""}),
            ),
            ("/api/firms".to_owned(), firm),
            (
                "/api/strikes".to_owned(),
                json!({"firm": firm_id, "reason": "shell", "from_on": "2018-02-01", "until_on": "2018-02-02", "note": ""}),
            ),
            (
                "/api/coverages".to_owned(),
                json!({"firm": firm_id, "kind": "union", "unit": "", "post": "", "from_on": "2018-02-01", "until_on": "2018-02-02", "note": ""}),
            ),
            ("/api/entries".to_owned(), entry),
            ("/api/matters".to_owned(), matter),
            (
                format!("/api/matters/{matter_id}/progress"),
                json!({"on_date": "2018-02-01", "done": "1", "note": ""}),
            ),
            (
                format!("/api/matters/{matter_id}/assign"),
                json!({"text": "", "responsible": "安监办", "due_on": "2018-12-01"}),
            ),
            (
                "/api/indicators".to_owned(),
                json!({"name": "指标", "ordinal": "", "measure": "entries", "kind": "", "topic": "", "from_on": "2018-01-01", "until_on": "2018-12-31", "weight": "10", "retired": "", "target": ""}),
            ),
            (
                "/api/words".to_owned(),
                json!({"list": "topic", "parent": "class", "ordinal": "", "label_zh": "主题", "label_en": "", "retired": ""}),
            ),
        ];
        Self {
            house,
            office,
            taken,
        }
    }

    /// Sends a form with one field filled so; whether it was stored.
    async fn send(&self, path: &str, form: &Value, field: &str, value: &str) -> bool {
        let mut form = form.clone();
        form[field] = json!(value);
        let reply = self.house.post(path, Some(&self.office), &form).await;
        let stored = reply.status == StatusCode::CREATED || reply.status == StatusCode::OK;
        let refused = matches!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND | StatusCode::CONFLICT
        );
        assert!(
            stored || refused,
            "{path} {field} = {value:?}: {} {}",
            reply.status,
            reply.text
        );
        if reply.status == StatusCode::UNPROCESSABLE_ENTITY {
            let problems = reply.json()["error"]["problems"].clone();
            let problems = problems.as_array().cloned().unwrap_or_default();
            assert!(
                !problems.is_empty(),
                "{path} {field} = {value:?} says nothing"
            );
            for problem in problems {
                let message = problem["message"].as_str().unwrap_or_default();
                assert!(
                    !message.is_empty() && !message.contains(MISSING),
                    "{problem}"
                );
            }
        }
        stored
    }
}

#[tokio::test]
async fn every_field_of_every_form_takes_or_refuses_what_is_typed() {
    let forms = Forms::open().await;
    let (mut stored, mut refused) = (0, 0);
    for (path, form) in &forms.taken {
        let fields: Vec<String> = form.as_object().expect("a form").keys().cloned().collect();
        for field in &fields {
            for value in BAD {
                if forms.send(path, form, field, value).await {
                    assert!(!NEVER.contains(value), "{path} {field} took {value:?}");
                    stored += 1;
                } else {
                    refused += 1;
                }
            }
            let long = "长".repeat(4001);
            assert!(
                !forms.send(path, form, field, &long).await,
                "{path} {field} took 4,001 characters"
            );
        }
    }
    assert!(
        stored > 300 && refused > 1_500,
        "{stored} stored, {refused} refused"
    );
    // What was stored stands on pages and in files as text.
    let lists = [
        "/units?sort=name",
        "/firms",
        "/ledger",
        "/ledger?sort=title",
        "/matters",
        "/matters?as=board",
        "/instructors",
        "/indicators",
        "/words?list=topic",
        "/meetings",
        "/coverage",
        "/search?q=alert",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/",
    ];
    for path in lists {
        let page = forms.house.get(path, Some(&forms.office)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        for run in ["<script>alert", "<img src=x"] {
            assert!(!page.text.contains(run), "{path} runs what was typed");
        }
    }
    for things in [
        "entries",
        "firms",
        "matters",
        "units",
        "posts",
        "headcounts",
        "indicators",
    ] {
        let csv = forms
            .house
            .get(&format!("/api/{things}/export.csv"), Some(&forms.office))
            .await;
        assert_eq!(csv.status, StatusCode::OK, "{things}");
        let runs = csv.text.lines().any(|line| {
            line.split(',')
                .any(|cell| cell.trim_matches('"').starts_with("=cmd"))
        });
        assert!(!runs, "{things} holds a formula");
        let xlsx = forms
            .house
            .get(&format!("/api/{things}/export.xlsx"), Some(&forms.office))
            .await;
        assert_eq!(xlsx.status, StatusCode::OK, "{things}");
    }
}

#[tokio::test]
async fn a_body_of_another_shape_is_a_bad_request() {
    let forms = Forms::open().await;
    for (path, form) in &forms.taken {
        let field = form
            .as_object()
            .and_then(|form| form.keys().next().cloned());
        let mut wrong = form.clone();
        wrong[field.expect("a field")] = json!({"a": [1]});
        for body in [wrong, json!([]), json!("x"), json!({"no_such_field": "x"})] {
            let reply = forms.house.post(path, Some(&forms.office), &body).await;
            assert!(
                reply.status == StatusCode::BAD_REQUEST
                    || reply.status == StatusCode::UNPROCESSABLE_ENTITY,
                "{path} {body}: {} {}",
                reply.status,
                reply.text
            );
        }
    }
}

#[tokio::test]
async fn an_address_of_a_list_may_say_anything() {
    let forms = Forms::open().await;
    let pages = [
        "/units",
        "/firms",
        "/ledger",
        "/matters",
        "/search",
        "/indicators",
        "/meetings",
        "/classes",
        "/instructors",
    ];
    for page in pages {
        for name in [
            "q", "unit", "kind", "state", "due", "after", "sort", "dir", "from", "until", "year",
            "as", "topic", "firm",
        ] {
            for value in [
                "%00",
                "%FF%FE",
                "'%20OR%201=1",
                "9223372036854775808",
                "-1",
                "%3Cscript%3E",
                "%F0%9F%8E%89",
                "a".repeat(3000).as_str(),
            ] {
                let reply = forms
                    .house
                    .get(&format!("{page}?{name}={value}"), Some(&forms.office))
                    .await;
                assert!(
                    reply.status == StatusCode::OK || reply.status.is_client_error(),
                    "{page}?{name}={value}: {} {}",
                    reply.status,
                    reply.text
                );
                assert!(!reply.text.contains("<script>\""), "{page} {name}");
            }
        }
    }
}
