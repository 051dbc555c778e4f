//! Files over the wire: how they are sent back, and that nothing in them can act.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use pingyi_app::Role;
use serde_json::{Value, json};

use super::house::{House, Person, Reply, request};

/// A PNG of one red point.
const POINT: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0,
    0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 0x0C, b'I', b'D', b'A', b'T',
    8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0, 3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, b'I',
    b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];
const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

struct Case {
    house: House,
    office: Person,
    entry: String,
}

impl Case {
    async fn begin() -> Self {
        let house = House::open().await;
        let office = house.user("office", &[Role::Organiser]).await;
        let made = async |path: &str, body: Value| {
            let reply = house.post(path, Some(&office), &body).await;
            assert_eq!(reply.status, StatusCode::CREATED, "{path}: {}", reply.text);
            reply.json()["id"].as_str().expect("an id").to_owned()
        };
        let unit = json!({"kind": "working_committee", "name": "街道", "parent": ""});
        let unit = made("/api/units", unit).await;
        let entry =
            json!({"unit": unit, "kind": "activity", "on_date": "2018-01-01", "title": "义诊"});
        let entry = made("/api/entries", entry).await;
        Self {
            house,
            office,
            entry,
        }
    }

    async fn put(&self, name: &str, content: &'static [u8]) -> Reply {
        let name = crate::paths::encode_value(name);
        let path = format!("/api/entries/{}/evidence?name={name}", self.entry);
        let sent = request(Method::POST, &path, Some(&self.office), Body::from(content));
        self.house.send(sent).await
    }

    async fn get(&self, path: &str) -> Reply {
        self.house.get(path, Some(&self.office)).await
    }
}

fn id(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply.json()["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_picture_is_shown_a_document_is_saved_and_neither_can_act() {
    let case = Case::begin().await;
    let picture = id(&case.put("现场 \"1\".png", POINT).await);
    let document = id(&case.put("报告.pdf", PDF).await);
    for (path, kind, begins) in [
        (
            format!("/api/evidence/{picture}"),
            "image/png",
            "inline; filename=\"__ _1_.png\"; filename*=UTF-8''%E7%8E%B0",
        ),
        (
            format!("/api/evidence/{picture}/small"),
            "image/jpeg",
            "inline; ",
        ),
        (
            format!("/api/evidence/{document}"),
            "application/pdf",
            "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%8A%A5",
        ),
    ] {
        let reply = case.get(&path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(reply.header("content-type"), kind);
        let disposition = reply.header("content-disposition");
        assert!(disposition.starts_with(begins), "{disposition}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("sandbox"),
            "{policy}"
        );
        assert!(!policy.contains("'self'"), "{policy}");
        assert_eq!(reply.header("cache-control"), "private, no-cache");
        let mut again = request(Method::GET, &path, Some(&case.office), Body::empty());
        let tag = reply.headers[header::ETAG].clone();
        again.headers_mut().insert(header::IF_NONE_MATCH, tag);
        let again = case.house.send(again).await;
        assert!(
            again.header("content-security-policy").contains("sandbox"),
            "else the browser forgets it"
        );
        assert_eq!(
            (again.status, again.text.len()),
            (StatusCode::NOT_MODIFIED, 0)
        );
    }
    let none = case.get(&format!("/api/evidence/{document}/small")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    // Whoever signs out or belongs elsewhere gets nothing, whatever the browser remembers.
    let closed = case
        .house
        .get(&format!("/api/evidence/{picture}"), None)
        .await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_page_shows_names_as_text_and_what_the_picture_shows() {
    let case = Case::begin().await;
    let picture = id(&case.put("<script>alert(1)</script>.png", POINT).await);
    let address = format!("/api/evidence/{picture}");
    let page = case.get(&format!("/ledger/{}", case.entry)).await.text;
    assert!(page.contains(&format!("src=\"{address}/small\"")), "{page}");
    assert!(!page.contains("<script>alert"), "escaped");
    let words = json!({"version": 1, "caption": "医生在\"义诊\""});
    let reply = case.house.post(&address, Some(&case.office), &words).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let page = case.get(&format!("/ledger/{}", case.entry)).await.text;
    assert!(page.contains("alt=\"医生在&#34;义诊&#34;\""), "{page}");
    let gone = request(Method::DELETE, &address, Some(&case.office), Body::empty());
    assert_eq!(case.house.send(gone).await.status, StatusCode::OK);
    let page = case.get(&format!("/ledger/{}", case.entry)).await.text;
    assert!(!page.contains(&address), "{page}");
}

#[tokio::test]
async fn what_is_refused_is_told_in_words() {
    let case = Case::begin().await;
    let html = case.put("x.jpg", b"<html><script>alert(1)</script>").await;
    assert_eq!(html.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = html.json()["error"]["problems"][0].clone();
    assert_eq!(
        (problem["path"].as_str(), problem["code"].as_str()),
        (Some("file"), Some("evidence_kind"))
    );
    assert!(
        problem["message"]
            .as_str()
            .is_some_and(|text| text.contains("docx"))
    );
    let path = format!("/api/entries/{}/evidence?name=x", case.entry);
    let large = vec![b'%'; pingyi_app::record::MAX_EVIDENCE_BYTES + 1];
    let sent = request(Method::POST, &path, Some(&case.office), Body::from(large));
    let reply = case.house.send(sent).await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    );
    assert!(reply.text.contains("20 MB"), "{}", reply.text);
    let page = case.get(&format!("/ledger/{}", case.entry)).await;
    assert!(page.text.contains("No pictures or files yet"));
}
