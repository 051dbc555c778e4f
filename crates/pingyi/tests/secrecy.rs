//! Who sees the result before it is announced: every role, on the running server, in each state after the count; and
//! that the audit trail is bound to the boxes.

#![allow(clippy::unwrap_used)]

mod common;

use common::{House, PASSWORD, verify, write_archives};
use hyper::Method;
use hyper::body::Bytes;
use pingyi_testkit::client::{Auth, Http};
use pingyi_testkit::meeting::{Meeting, Prepared, download};
use pingyi_testkit::plan::Habits;
use serde_json::json;

const ROLES: [&str; 6] = [
    "leader",
    "teller",
    "auditor",
    "presenter",
    "recorder",
    "admin",
];

/// Somebody with one role; a visitor without any is `nobody`.
struct Person {
    role: &'static str,
    auth: Auth,
}

async fn sign_in(http: &Http, login: &str) -> Auth {
    let body = json!({"login": login, "password": PASSWORD}).to_string();
    let sent = http.send(
        Method::POST,
        &Auth::Nobody,
        "/api/login",
        Bytes::from(body),
        &[],
    );
    let answer = sent.await.unwrap();
    let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    Auth::Session {
        cookie: answer.cookies.join("; "),
        csrf: said["csrf"].as_str().unwrap().to_owned(),
    }
}

async fn people(meeting: &Meeting) -> Vec<Person> {
    let http = &meeting.http;
    let mut people = vec![
        Person {
            role: "nobody",
            auth: Auth::Nobody,
        },
        Person {
            role: "organiser",
            auth: sign_in(http, "organiser").await,
        },
    ];
    for role in ROLES {
        let login = format!("a-{role}");
        let organiser = &meeting.organiser;
        organiser
            .add_user(&login, role, &[role], PASSWORD)
            .await
            .unwrap();
        people.push(Person {
            role,
            auth: sign_in(http, &login).await,
        });
    }
    people
}

/// Who of them is answered 200 at a path.
async fn who_sees(http: &Http, people: &[Person], path: &str) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for person in people {
        let answer = http
            .send(Method::GET, &person.auth, path, Bytes::new(), &[])
            .await
            .unwrap();
        if answer.status.is_success() {
            seen.push(person.role);
        }
    }
    seen
}

/// What each path shows to whom.
struct Doors<'a> {
    meeting: &'a Meeting,
    prepared: &'a Prepared,
    people: Vec<Person>,
}

impl Doors<'_> {
    async fn are(&self, result: &[&str], opinions: &[&str], public_proofs: bool) {
        let (http, id) = (&self.meeting.http, &self.prepared.appraisal);
        let uuid = self.prepared.boxes[0].as_str();
        for path in [
            format!("/api/appraisals/{id}/result"),
            format!("/appraisals/{id}/result"),
        ] {
            assert_eq!(who_sees(http, &self.people, &path).await, result, "{path}");
        }
        let path = format!("/api/appraisals/{id}/opinions");
        assert_eq!(
            who_sees(http, &self.people, &path).await,
            opinions,
            "{path}"
        );
        for file in ["bel", "proofs.json"] {
            let path = format!("/api/boards/{uuid}.{file}");
            assert_eq!(
                who_sees(http, &self.people, &path).await,
                ["organiser"],
                "{path}"
            );
        }
        let path = format!("/board/{uuid}.proofs.json");
        let seen = who_sees(http, &self.people, &path).await.len();
        assert_eq!(seen, if public_proofs { 8 } else { 0 }, "{path}");
    }
}

const EVERYBODY: [&str; 7] = [
    "organiser",
    "leader",
    "teller",
    "auditor",
    "presenter",
    "recorder",
    "admin",
];

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_organiser_sees_a_result_before_it_is_announced() {
    let house = House::new();
    let meeting = house.meeting(20, 2, Habits::USUAL, 31).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    meeting.organiser.act(&id, "open").await.unwrap();
    let casting = meeting.cast_all(&prepared).await.unwrap();
    meeting.close_and_open(&mut prepared).await.unwrap();
    let doors = Doors {
        meeting: &meeting,
        prepared: &prepared,
        people: people(&meeting).await,
    };
    doors.are(&["organiser"], &[], false).await;
    // What is public verifies, holds every receipt, and ends before the shares.
    let mut public = Vec::new();
    for uuid in &prepared.boxes {
        let archive = download(&meeting.http, uuid.as_str(), false).await.unwrap();
        let has = |kind: &str| {
            archive
                .board
                .windows(kind.len())
                .any(|part| part == kind.as_bytes())
        };
        assert!(has("\"EncryptedTally\"") && !has("\"PartialDecryption\"") && !has("\"Result\""));
        public.push(archive);
    }
    pingyi_testkit::meeting::expect_receipts(&public, &casting.receipts).unwrap();
    let (code, text) = verify(&[], &write_archives(house.place(), &public));
    assert_eq!(code, 0, "{text}");

    meeting.organiser.act(&id, "keep").await.unwrap();
    doors
        .are(&["organiser"], &["organiser", "leader"], false)
        .await;
    meeting.organiser.act(&id, "release").await.unwrap();
    doors.are(&EVERYBODY, &["organiser", "leader"], true).await;
    meeting.organiser.act(&id, "archive").await.unwrap();
    doors.are(&EVERYBODY, &["organiser", "leader"], true).await;

    // The trail is bound to the boxes: one that was written anew is found out by them and by nothing else.
    let archives = meeting.check(&prepared).await.unwrap();
    let boards = write_archives(house.place(), &archives);
    let trail = house.place().join("audit.jsonl");
    let whole = meeting.organiser.audit().await.unwrap();
    std::fs::write(&trail, &whole).unwrap();
    let option = ["--audit", trail.to_str().unwrap()];
    assert_eq!(verify(&option, &boards).0, 0);
    let short: Vec<u8> = whole
        .split_inclusive(|byte| *byte == b'\n')
        .take(3)
        .flatten()
        .copied()
        .collect();
    std::fs::write(&trail, short).unwrap();
    assert_eq!(verify(&option, &[]).0, 0, "whole in itself");
    let (code, text) = verify(&option, &boards);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("names another entry"), "{text}");
    // The trail of one appraisal is judged as the part it is.
    let path = format!("/api/appraisals/{id}/audit.jsonl");
    let organiser = &doors.people[1].auth;
    let part = meeting.http.download(organiser, &path).await.unwrap();
    std::fs::write(&trail, &part).unwrap();
    let (code, text) = verify(&option, &boards);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("This part of the audit trail"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_and_put_away_or_void_stays_unseen() {
    for end in ["archive", "void"] {
        let house = House::new();
        let meeting = house.meeting(20, 2, Habits::PLAIN, 32).await;
        let mut prepared = meeting.prepare().await.unwrap();
        let id = prepared.appraisal.clone();
        meeting.organiser.act(&id, "open").await.unwrap();
        meeting.cast_all(&prepared).await.unwrap();
        meeting.close_and_open(&mut prepared).await.unwrap();
        let people = people(&meeting).await;
        if end == "archive" {
            meeting.organiser.act(&id, "keep").await.unwrap();
            meeting.organiser.act(&id, "archive").await.unwrap();
        } else {
            let path = format!("/api/appraisals/{id}/void");
            let body = json!({"reason": "票数有误"});
            let _: serde_json::Value = meeting.organiser.post(&path, &body).await.unwrap();
        }
        let http = &meeting.http;
        let result = who_sees(http, &people, &format!("/api/appraisals/{id}/result")).await;
        let kept: &[&str] = if end == "archive" {
            &["organiser"]
        } else {
            &[]
        };
        assert_eq!(result, kept, "{end}");
        let proofs = format!("/board/{}.proofs.json", prepared.boxes[0].as_str());
        assert!(who_sees(http, &people, &proofs).await.is_empty(), "{end}");
    }
}
