//! A store that speaks as much S3 as we use: PUT, GET, HEAD, DELETE and the list, each request signed by the one key it
//! knows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pingyi_domain::Digest;

#[derive(Clone, Default)]
struct Inside {
    files: Arc<Mutex<BTreeMap<String, Bytes>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

pub(super) struct Bucket {
    inside: Inside,
    address: String,
}

impl Bucket {
    pub async fn open() -> Self {
        let inside = Inside::default();
        let router = Router::new().fallback(answer).with_state(inside.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inside, address }
    }

    pub fn settings(&self, key: &str, secret: &str) -> Vec<(String, String)> {
        [
            ("AWS_ACCESS_KEY_ID", key),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_REGION", "shenzhen-1"),
            ("AWS_ENDPOINT", &self.address),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_PAGER", "of another program"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    pub fn clear(&self) {
        self.inside.files.lock().unwrap().clear();
    }

    /// Method and path of every request.
    pub fn asked(&self) -> Vec<String> {
        self.inside.asked.lock().unwrap().clone()
    }
}

async fn answer(State(inside): State<Inside>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    inside
        .asked
        .lock()
        .unwrap()
        .push(format!("{} {path}", parts.method));
    let head = |name: &str| {
        let value = parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let content = to_bytes(body, 1 << 20).await.unwrap();
    let signed = head("authorization");
    let scope = signed.strip_prefix("AWS4-HMAC-SHA256 Credential=key/");
    let scoped = scope.is_some_and(|scope| {
        scope.contains("/shenzhen-1/s3/aws4_request") && scope.contains("Signature=")
    });
    let hash = head("x-amz-content-sha256");
    let whole = hash == Digest::of(&content).as_str();
    if !scoped || !whole || head("x-amz-date").is_empty() {
        return (
            StatusCode::FORBIDDEN,
            "<Error><Code>AccessDenied</Code></Error>",
        )
            .into_response();
    }
    let mut files = inside.files.lock().unwrap();
    let stamp = [
        (header::LAST_MODIFIED, "Mon, 23 Nov 2026 08:00:00 GMT"),
        (header::ETAG, "\"tag\""),
    ];
    match (parts.method, files.get(&path)) {
        (Method::GET, _) if path.trim_end_matches('/') == "/evidence" => {
            list(&files, parts.uri.query().unwrap_or_default()).into_response()
        }
        (Method::PUT, _) => {
            files.insert(path, content);
            stamp.into_response()
        }
        (Method::DELETE, _) => {
            files.remove(&path);
            StatusCode::NO_CONTENT.into_response()
        }
        (Method::GET | Method::HEAD, Some(found)) => (stamp, found.clone()).into_response(),
        (Method::GET | Method::HEAD, None) => StatusCode::NOT_FOUND.into_response(),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

fn list(files: &BTreeMap<String, Bytes>, query: &str) -> String {
    assert!(query.contains("list-type=2"), "{query}");
    let prefix = query
        .split('&')
        .find_map(|part| part.strip_prefix("prefix="));
    let prefix = prefix.unwrap_or_default().replace("%2F", "/");
    let mut xml = String::from("<ListBucketResult><IsTruncated>false</IsTruncated>");
    for (path, content) in files {
        let key = path.trim_start_matches("/evidence/");
        if key.starts_with(&prefix) {
            let size = content.len();
            write!(
                xml,
                "<Contents><Key>{key}</Key><Size>{size}</Size><ETag>\"tag\"</ETag>\
                 <LastModified>2026-11-23T08:00:00.000Z</LastModified></Contents>"
            )
            .unwrap();
        }
    }
    xml + "</ListBucketResult>"
}
