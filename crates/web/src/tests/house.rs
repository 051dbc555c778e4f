//! A running application with its router, without a socket.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use pingyi_app::record::UnitId;
use pingyi_app::{App, NewUser, Role, Settings};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub const PASSWORD: &str = "correct horse battery";

pub struct House {
    pub app: App,
    pub router: Router,
    _folder: tempfile::TempDir,
}

/// What a request was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    pub fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// Somebody signed in.
pub struct Person {
    pub cookie: String,
    pub csrf: String,
}

impl House {
    pub async fn open() -> Self {
        Self::at("http://127.0.0.1:8080").await
    }

    pub async fn at(base_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings::new(base_url).in_folder(folder.path());
        // What is tested here is what happens around the program, not its pages.
        let program = "../app/tests/stand-in-papers.py";
        settings.printing.program =
            Some(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(program));
        let app = App::open(settings).await.expect("the application opens");
        let router = crate::router(app.clone());
        Self {
            app,
            router,
            _folder: folder,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router never fails");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("a body");
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// How the door answers, with the code of a refusal or where it sends one: what lies behind may be an endless stream.
    pub async fn knock(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router never fails");
        let status = response.status();
        if let Some(to) = response.headers().get(header::LOCATION) {
            return (status, to.to_str().unwrap_or_default().to_owned());
        }
        if status.is_success() {
            return (status, String::new());
        }
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body");
        let value: Value = serde_json::from_slice(&body).unwrap_or_default();
        let code = value["error"]["code"].as_str().unwrap_or_default();
        (status, code.to_owned())
    }

    pub async fn get(&self, path: &str, person: Option<&Person>) -> Reply {
        self.send(request(Method::GET, path, person, Body::empty()))
            .await
    }

    pub async fn post(&self, path: &str, person: Option<&Person>, body: &Value) -> Reply {
        self.send(request(
            Method::POST,
            path,
            person,
            Body::from(body.to_string()),
        ))
        .await
    }

    /// Makes something; its id.
    pub async fn made(&self, person: &Person, path: &str, body: &Value) -> String {
        let reply = self.post(path, Some(person), body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{path}: {}", reply.text);
        reply.json()["id"].as_str().expect("an id").to_owned()
    }

    /// The first administrator, by the console's code.
    pub async fn admin(&self) -> Person {
        let code = self.app.setup_code().expect("a new house has a code");
        let body = json!({"code": code, "login": "admin", "name": "管理员", "password": PASSWORD});
        person(&self.post("/api/setup", None, &body).await)
    }

    /// Somebody with these roles.
    pub async fn user(&self, login: &str, roles: &[Role]) -> Person {
        self.user_of(login, roles, None).await
    }

    /// Somebody with these roles who keeps or reports for a unit.
    pub async fn user_of(&self, login: &str, roles: &[Role], unit: Option<UnitId>) -> Person {
        let new = NewUser {
            login: login.to_owned(),
            name: login.to_owned(),
            roles: roles.iter().copied().collect(),
            password: PASSWORD.to_owned(),
            unit,
        };
        self.app
            .create_user(&pingyi_app::Actor::Console, new)
            .await
            .expect("a user");
        self.log_in(login).await
    }

    pub async fn log_in(&self, login: &str) -> Person {
        person(
            &self
                .post(
                    "/api/login",
                    None,
                    &json!({"login": login, "password": PASSWORD}),
                )
                .await,
        )
    }
}

fn person(reply: &Reply) -> Person {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let cookie = reply
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    Person {
        cookie,
        csrf: reply.json()["csrf"].as_str().unwrap_or_default().to_owned(),
    }
}

/// A request as the browser of `person` would send it.
pub fn request(method: Method, path: &str, person: Option<&Person>, body: Body) -> Request<Body> {
    let mut builder = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT_LANGUAGE, "en");
    if let Some(person) = person {
        builder = builder
            .header(header::COOKIE, &person.cookie)
            .header("x-csrf-token", &person.csrf);
    }
    builder.body(body).expect("a request")
}
