//! What goes over the wire: sessions, headers, caches, limits, live events, and what is not logged.

use std::io;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use futures_util::StreamExt as _;
use pingyi_app::{AppError, Role};
use serde_json::json;
use tower::ServiceExt as _;
use tracing_subscriber::fmt::MakeWriter;

use super::house::{House, PASSWORD, request};
use crate::access::{Access, Kind};
use crate::answer::refused;
use crate::error::WebError;
use crate::guard::Meta;
use crate::lang::Lang;
use crate::settings::{Ctx, WebSettings};
use crate::visit::Visit;

#[tokio::test]
async fn the_session_is_in_a_cookie_no_script_reads_and_ends_with_log_out() {
    let house = House::open().await;
    let admin = house.admin().await;
    let reply = house
        .post(
            "/api/login",
            None,
            &json!({"login": "admin", "password": PASSWORD}),
        )
        .await;
    let cookie = reply.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure"),
        "plain http: the browser would not send it back"
    );
    let session = house.get("/api/session", Some(&admin)).await;
    assert_eq!(session.json()["user"]["login"], "admin");
    assert_eq!(session.json()["csrf"], admin.csrf.as_str());
    assert_eq!(
        house
            .post("/api/logout", Some(&admin), &json!({}))
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(
        house.get("/api/session", Some(&admin)).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn behind_https_the_cookie_never_travels_in_the_clear() {
    let house = House::at("https://pingyi.example").await;
    house.admin().await;
    let reply = house
        .post(
            "/api/login",
            None,
            &json!({"login": "admin", "password": PASSWORD}),
        )
        .await;
    assert!(
        reply.header("set-cookie").starts_with("__Host-pingyi="),
        "{:?}",
        reply.headers
    );
    assert!(reply.header("set-cookie").contains("; Secure"));
    assert_eq!(
        reply.header("strict-transport-security"),
        "max-age=31536000"
    );
}

#[tokio::test]
async fn somebody_switched_off_is_out_at_once() {
    let house = House::open().await;
    let admin = house.admin().await;
    let leader = house.user("leader", &[Role::Leader]).await;
    let id = house.get("/api/session", Some(&leader)).await.json()["user"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let body = Body::from(json!({"active": false}).to_string());
    let reply = house
        .send(request(
            Method::PATCH,
            &format!("/api/users/{id}"),
            Some(&admin),
            body,
        ))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert_eq!(
        house.get("/api/session", Some(&leader)).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let house = House::open().await;
    let admin = house.admin().await;
    let leader = house.user("leader", &[Role::Leader]).await;
    let id = house.get("/api/session", Some(&leader)).await.json()["user"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let change = async |body: serde_json::Value| {
        let path = format!("/api/users/{id}");
        let body = Body::from(body.to_string());
        let reply = house
            .send(request(Method::PATCH, &path, Some(&admin), body))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        assert!(!reply.text.contains("mark"), "{}", reply.text);
    };
    change(json!({"name": "another name"})).await;
    let status = house.get("/api/session", Some(&leader)).await.status;
    assert_eq!(status, StatusCode::OK);
    change(json!({"password": "another good password"})).await;
    let status = house.get("/api/session", Some(&leader)).await.status;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        house.get("/api/session", Some(&admin)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn wrong_passwords_are_limited_and_say_how_long() {
    let house = House::open().await;
    house.admin().await;
    let wrong = json!({"login": "admin", "password": "not it at all"});
    for _ in 0..8 {
        assert_eq!(
            house.post("/api/login", None, &wrong).await.code(),
            "bad_login"
        );
    }
    let reply = house.post("/api/login", None, &wrong).await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts")
    );
    assert!(
        reply
            .header("retry-after")
            .parse::<u64>()
            .is_ok_and(|seconds| seconds > 0)
    );
}

#[tokio::test]
async fn a_foreign_page_cannot_log_anybody_in() {
    let house = House::open().await;
    house.admin().await;
    let body = Body::from(json!({"login": "admin", "password": PASSWORD}).to_string());
    let mut forged = request(Method::POST, "/api/login", None, body);
    forged
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().expect("a header"));
    assert_eq!(house.send(forged).await.code(), "csrf");
}

#[tokio::test]
async fn every_answer_carries_the_protecting_headers() {
    let house = House::open().await;
    for path in [
        "/login",
        "/b/4TAPAp81i55xTi",
        "/api/session",
        "/assets/pingyi.css",
        "/nothing",
        "/healthz",
        "/",
    ] {
        let reply = house.get(path, None).await;
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'; script-src 'self'; style-src 'self';"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(
            policy.ends_with("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
    }
    let hall = house.get("/hall", None).await;
    assert!(
        hall.header("content-security-policy")
            .ends_with("frame-ancestors 'self'")
    );
}

#[tokio::test]
async fn raters_leave_no_line_in_the_log_and_no_cookie_is_looked_at() {
    let house = House::open().await;
    let admin = house.admin().await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(log.clone())
        .with_max_level(tracing::Level::TRACE)
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    // While there is only one subscriber, a place in the code that another test's thread reaches first is taken for
    // one that nobody listens to. A second one keeps that from happening.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    for (method, path) in [
        (Method::GET, "/b/4TAPAp81i55xTi"),
        (Method::GET, "/api/boxes/4TAPAp81i55xTi"),
        (Method::POST, "/api/boxes/4TAPAp81i55xTi/ballots"),
        (Method::GET, "/board/4TAPAp81i55xTi.bel"),
        (Method::GET, "/assets/pingyi.css"),
    ] {
        let reply = house
            .send(request(method, path, Some(&admin), Body::from("{}")))
            .await;
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        assert!(!reply.headers.contains_key("set-cookie"), "{path}");
        assert!(!reply.text.contains(&admin.csrf), "{path}");
        let lines = log.text();
        let ours: Vec<&str> = lines
            .lines()
            .filter(|line| line.contains("pingyi"))
            .collect();
        assert_eq!(ours, Vec::<&str>::new(), "{path} is in the log");
    }
    house.get("/api/session", Some(&admin)).await;
    let lines = log.text();
    assert!(
        lines.contains("route=\"/api/session\"") && lines.contains("status=200"),
        "{lines}"
    );
    for secret in [admin.csrf.as_str(), admin.cookie.as_str()] {
        assert!(!lines.contains(secret), "a secret is in the log");
    }
    drop(guard);
}

#[tokio::test]
async fn too_much_is_refused() {
    let house = House::open().await;
    let big = request(
        Method::POST,
        "/api/boxes/4TAPAp81i55xTi/ballots",
        None,
        Body::from(vec![b'x'; 2_000_001]),
    );
    let reply = house.send(big).await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "ballot_too_large")
    );
    let big = request(
        Method::POST,
        "/api/login",
        None,
        Body::from(vec![b' '; 70_000]),
    );
    let reply = house.send(big).await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    );
    let odd = request(
        Method::POST,
        "/api/login",
        None,
        Body::from("{\"login\":1}"),
    );
    assert_eq!(house.send(odd).await.code(), "bad_request");
}

#[tokio::test]
async fn files_are_kept_by_their_hash_and_made_small() {
    let house = House::open().await;
    let page = house.get("/login", None).await;
    let from = page
        .text
        .find("/assets/pingyi.css?v=")
        .expect("the page links the style sheet");
    let address = page.text[from..]
        .split('"')
        .next()
        .unwrap_or_default()
        .to_owned();
    let plain = house.get(&address, None).await;
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(plain.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(
        house
            .get("/assets/pingyi.css?v=0000000000000000", None)
            .await
            .header("cache-control"),
        "no-cache"
    );
    let mut small = request(Method::GET, &address, None, Body::empty());
    small.headers_mut().insert(
        header::ACCEPT_ENCODING,
        "br;q=0, gzip".parse().expect("a header"),
    );
    let small = house.send(small).await;
    assert_eq!(small.header("content-encoding"), "gzip");
    assert_ne!(
        small.header("etag"),
        plain.header("etag"),
        "an encoding has a tag of its own"
    );
    let mut again = request(Method::GET, &address, None, Body::empty());
    again.headers_mut().insert(
        header::IF_NONE_MATCH,
        plain.header("etag").parse().expect("a tag"),
    );
    let again = house.send(again).await;
    assert_eq!(
        (again.status, again.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
}

#[tokio::test]
async fn public_pages_are_asked_for_again_only_when_changed_and_others_never_kept() {
    let house = House::open().await;
    let admin = house.admin().await;
    let first = house.get("/b/4TAPAp81i55xTi", None).await;
    let mut again = request(Method::GET, "/b/4TAPAp81i55xTi", None, Body::empty());
    again.headers_mut().insert(
        header::IF_NONE_MATCH,
        first.header("etag").parse().expect("a tag"),
    );
    assert_eq!(house.send(again).await.status, StatusCode::NOT_MODIFIED);
    let mut home = request(Method::GET, "/", Some(&admin), Body::empty());
    home.headers_mut().insert(
        header::ACCEPT_ENCODING,
        "gzip, br".parse().expect("a header"),
    );
    let home = house.send(home).await;
    assert_eq!(home.header("cache-control"), "no-store");
    assert_eq!(
        home.header("content-encoding"),
        "",
        "a page with a secret is not compressed"
    );
}

#[tokio::test]
async fn the_language_is_chosen_and_remembered() {
    let house = House::open().await;
    let reply = house.get("/login?lang=zh-CN", None).await;
    assert!(reply.text.contains("<html lang=\"zh-CN\">"));
    assert!(
        reply.header("set-cookie").starts_with("lang=zh-CN;"),
        "{:?}",
        reply.headers
    );
    let reply = house.get("/api/session", None).await;
    assert_eq!(reply.json()["error"]["message"], "Log in first.");
}

#[tokio::test]
async fn an_appraisal_is_made_and_shown_in_both_languages() {
    let house = House::open().await;
    let admin = house.admin().await;
    let made = house
        .post("/api/appraisals", Some(&admin), &json!({}))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap_or_default().to_owned();
    for path in [
        "/".to_owned(),
        "/appraisals".to_owned(),
        format!("/appraisals/{id}"),
        format!("/appraisals/{id}/audit"),
        format!("/appraisals/{id}/hall"),
        format!("/board/{id}"),
        "/admin/users".to_owned(),
        "/admin/audit".to_owned(),
        "/admin/health".to_owned(),
    ] {
        for lang in Lang::ALL {
            let reply = house
                .get(&format!("{path}?lang={}", lang.tag()), Some(&admin))
                .await;
            assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
            assert!(
                !reply.text.contains(crate::lang::MISSING),
                "{path} {lang:?}: {}",
                reply.text
            );
        }
    }
    let page = house.get(&format!("/appraisals/{id}"), Some(&admin)).await;
    assert!(
        page.text.contains("id=\"setup-config\""),
        "the editor of a draft"
    );
    let stale = Body::from("{}");
    let mut edit = request(
        Method::PUT,
        &format!("/api/appraisals/{id}/config"),
        Some(&admin),
        stale,
    );
    assert_eq!(house.send(edit).await.code(), "version_missing");
    edit = request(
        Method::PUT,
        &format!("/api/appraisals/{id}/config"),
        Some(&admin),
        Body::from("{\"titel\":1}"),
    );
    edit.headers_mut()
        .insert(header::IF_MATCH, "1".parse().expect("a header"));
    let reply = house.send(edit).await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "problems")
    );
    assert!(
        reply.json()["error"]["problems"][0]["message"]
            .as_str()
            .is_some_and(|text| text.starts_with("Cannot be read"))
    );
    let result = house
        .get(
            &format!("/api/appraisals/{id}/result"),
            Some(&house.user("shuzhi", &[Role::Presenter]).await),
        )
        .await;
    assert_eq!(
        (result.status, result.code().as_str()),
        (StatusCode::FORBIDDEN, "forbidden")
    );
}

#[tokio::test]
async fn changes_are_told_without_content() {
    let house = House::open().await;
    let admin = house.admin().await;
    let made = house
        .post("/api/appraisals", Some(&admin), &json!({}))
        .await;
    let id = made.json()["id"].as_str().unwrap_or_default().to_owned();
    let listen = request(
        Method::GET,
        &format!("/api/appraisals/{id}/events"),
        Some(&admin),
        Body::empty(),
    );
    let response = house
        .router
        .clone()
        .oneshot(listen)
        .await
        .expect("an answer");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut events = response.into_body().into_data_stream();
    house
        .post(
            &format!("/api/appraisals/{id}/links"),
            Some(&admin),
            &json!({}),
        )
        .await;
    let copied = house
        .post(
            &format!("/api/appraisals/{id}/copy"),
            Some(&admin),
            &json!({}),
        )
        .await;
    assert_eq!(copied.status, StatusCode::CREATED);
    let body = Body::from(
        house
            .get(&format!("/api/appraisals/{id}"), Some(&admin))
            .await
            .json()["config"]
            .to_string(),
    );
    let mut edit = request(
        Method::PUT,
        &format!("/api/appraisals/{id}/config"),
        Some(&admin),
        body,
    );
    edit.headers_mut()
        .insert(header::IF_MATCH, "1".parse().expect("a header"));
    assert_eq!(house.send(edit).await.status, StatusCode::OK);
    let event = events.next().await.expect("an event").expect("bytes");
    let text = String::from_utf8_lossy(&event);
    assert!(
        text.starts_with("event: change\ndata: {\"topic\":\""),
        "{text}"
    );
    assert!(!text.contains(&id), "{text}");
}

#[tokio::test]
async fn an_error_of_our_own_is_shown_by_its_id_only() {
    let house = House::open().await;
    let ctx = Ctx::new(house.app.clone(), WebSettings::default());
    let visit = Visit {
        lang: Lang::En,
        path: "/x".to_owned(),
        session: None,
        peer: None,
    };
    for kind in [Kind::Api, Kind::Page] {
        let meta = Meta {
            path: "/x",
            access: Access::Public,
            kind,
        };
        let error = WebError::App(AppError::Internal("table users is on fire".to_owned()));
        let response = refused(
            &ctx,
            &meta,
            &visit,
            axum::response::IntoResponse::into_response(error),
        );
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body");
        let text = String::from_utf8_lossy(&body);
        assert!(!text.contains("on fire"), "{text}");
        if kind == Kind::Api {
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(value["error"]["id"].as_str().map(str::len), Some(8));
        }
    }
}

/// Over a real socket, as a phone would: the whole body is sent before the answer is read.
#[tokio::test]
async fn who_sends_too_much_hears_so_and_the_connection_stays_whole() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let house = House::open().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = crate::service(house.app.clone());
    tokio::spawn(async move { axum::serve(listener, service).await });
    let mut phone = tokio::net::TcpStream::connect(address)
        .await
        .expect("there");
    let size = 12_000_000;
    let head = format!(
        "POST /api/boxes/4TAPAp81i55xTi/ballots HTTP/1.1\r\nHost: x\r\nAccept-Language: zh-CN\r\n\
         Content-Length: {size}\r\n\r\n"
    );
    phone.write_all(head.as_bytes()).await.expect("taken");
    let body = vec![b'x'; size];
    phone.write_all(&body).await.expect("the server reads on");
    // A second request on the same connection shows that nothing broke.
    let next = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    phone.write_all(next.as_bytes()).await.expect("taken");
    let mut answer = String::new();
    phone.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(
        answer.contains("ballot_too_large") && answer.contains("这张票太大"),
        "{answer}"
    );
    assert!(
        answer.contains("HTTP/1.1 200 OK") && answer.ends_with("ok\n"),
        "{answer}"
    );
}

/// Many accounts, one password: the address is what is limited then.
#[tokio::test]
async fn an_address_that_guesses_too_often_rests_and_others_do_not() {
    let house = House::open().await;
    house.admin().await;
    let guess = |address: &str, login: &str, password: &str| {
        let body = json!({"login": login, "password": password}).to_string();
        let mut request = request(Method::POST, "/api/login", None, Body::from(body));
        let address: std::net::IpAddr = address.parse().expect("an address");
        let peer = axum::extract::ConnectInfo(std::net::SocketAddr::from((address, 40_000)));
        request.extensions_mut().insert(peer);
        request
    };
    for n in 0..40 {
        let reply = house
            .send(guess("10.1.1.1", &format!("user{n}"), "spring 2026"))
            .await;
        assert_eq!(reply.code(), "bad_login");
    }
    let reply = house.send(guess("10.1.1.1", "admin", PASSWORD)).await;
    assert_eq!(reply.code(), "too_many_attempts");
    let reply = house.send(guess("10.1.1.2", "admin", PASSWORD)).await;
    assert_eq!(reply.status, StatusCode::OK);
}

/// Somebody in the hall guesses at the organiser's name: the organiser goes on working, and gets in again with the
/// browser they used before, from the same address; a browser nobody knows has to wait.
#[tokio::test]
async fn strangers_lock_nobody_out_of_a_browser_that_is_known() {
    let house = House::open().await;
    let admin = house.admin().await;
    let try_in = |password: &str, cookies: &str| {
        let body = json!({"login": "admin", "password": password}).to_string();
        let mut request = request(Method::POST, "/api/login", None, Body::from(body));
        if !cookies.is_empty() {
            let value = cookies.parse().expect("a header");
            request.headers_mut().insert("cookie", value);
        }
        house.send(request)
    };
    let first = try_in(PASSWORD, "").await;
    let device = first
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find(|value| value.starts_with("pingyi_device_"))
        .expect("a cookie for the device");
    assert!(
        device.contains("HttpOnly") && device.contains("Path=/api/login"),
        "{device}"
    );
    let device = device.split(';').next().unwrap_or_default().to_owned();
    for _ in 0..8 {
        assert_eq!(try_in("guess", "").await.code(), "bad_login");
    }
    assert_eq!(try_in(PASSWORD, "").await.code(), "too_many_attempts");
    let forged = format!("{}x", &device[..device.len() - 1]);
    assert_eq!(try_in(PASSWORD, &forged).await.code(), "too_many_attempts");
    let session = house.get("/api/session", Some(&admin)).await;
    assert_eq!(session.status, StatusCode::OK, "who is in stays in");
    assert_eq!(try_in(PASSWORD, &device).await.status, StatusCode::OK);
    assert_eq!(
        try_in(PASSWORD, "").await.code(),
        "too_many_attempts",
        "the owner's log-in does not open the door for strangers"
    );
    for _ in 0..8 {
        assert_eq!(try_in("guess", &device).await.code(), "bad_login");
    }
    assert_eq!(
        try_in(PASSWORD, &device).await.code(),
        "too_many_attempts",
        "a stolen device guesses no more than anybody"
    );
}

/// A new password makes the devices of before strangers again.
#[tokio::test]
async fn a_device_is_forgotten_with_the_password() {
    let house = House::open().await;
    house.admin().await;
    let body = |password: &str| json!({"login": "admin", "password": password});
    let reply = house.post("/api/login", None, &body(PASSWORD)).await;
    let device = reply
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find(|value| value.starts_with("pingyi_device_"))
        .and_then(|value| value.split(';').next())
        .expect("a device")
        .to_owned();
    let new = "another good password";
    house.app.reset_password("admin", new).await.expect("reset");
    for _ in 0..8 {
        house.post("/api/login", None, &body("guess")).await;
    }
    let mut request = request(
        Method::POST,
        "/api/login",
        None,
        Body::from(body(new).to_string()),
    );
    let value = device.parse().expect("a header");
    request.headers_mut().insert("cookie", value);
    assert_eq!(house.send(request).await.code(), "too_many_attempts");
}

/// A log kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("nobody panics while writing").clone();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // The colours of a terminal.
        text.split('\u{1b}')
            .map(|part| part.split_once('m').map_or(part, |(_, rest)| rest))
            .collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("nobody panics while writing")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
