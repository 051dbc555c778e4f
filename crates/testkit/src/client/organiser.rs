//! The organiser: sets up, opens, closes, announces. Holds no key.

use hyper::Method;
use hyper::body::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::http::{Answer, Auth, Http, patiently};
use super::wire::{AppraisalView, Links};
use crate::error::TestkitError;

/// How often a request is repeated that got no answer.
const PATIENCE: u32 = 40;

/// A person signed in at the office.
#[derive(Debug, Clone)]
pub struct Organiser {
    http: Http,
    auth: Auth,
}

#[derive(Deserialize)]
struct SignedIn {
    csrf: String,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

impl Organiser {
    /// Signs in.
    ///
    /// # Errors
    /// `bad_login`, `too_many_attempts`, or no answer.
    pub async fn sign_in(http: &Http, login: &str, password: &str) -> Result<Self, TestkitError> {
        let body = json!({"login": login, "password": password});
        Self::start(http, "/api/login", &body).await
    }

    /// Makes the first administrator with the one-time code of the console, and signs in.
    ///
    /// # Errors
    /// The code is wrong or used up, or no answer.
    pub async fn first(
        http: &Http,
        code: &str,
        login: &str,
        password: &str,
    ) -> Result<Self, TestkitError> {
        let body = json!({"code": code, "login": login, "name": "组织者", "password": password});
        let _: Value = http.post(&Auth::Nobody, "/api/setup", &body).await?;
        Self::sign_in(http, login, password).await
    }

    /// The session, for other requests of the same person.
    #[must_use]
    pub fn auth(&self) -> Auth {
        self.auth.clone()
    }

    async fn start(http: &Http, path: &str, body: &Value) -> Result<Self, TestkitError> {
        let bytes = Bytes::from(body.to_string());
        let answer: Answer = http
            .send(Method::POST, &Auth::Nobody, path, bytes, &[])
            .await?;
        let signed_in: SignedIn = http.judge(path, &answer)?;
        let auth = Auth::Session {
            cookie: answer.cookies.join("; "),
            csrf: signed_in.csrf,
        };
        Ok(Self {
            http: http.clone(),
            auth,
        })
    }

    /// Makes an appraisal of this configuration and returns its id.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn create(&self, config: &Value) -> Result<String, TestkitError> {
        let created: Created = self.post("/api/appraisals", config).await?;
        Ok(created.id)
    }

    /// Makes a rehearsal of an appraisal and returns its id.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn rehearse(&self, id: &str) -> Result<String, TestkitError> {
        let created: Created = self
            .post(&format!("/api/appraisals/{id}/rehearsal"), &json!({}))
            .await?;
        Ok(created.id)
    }

    /// Adds a user and returns what the server says of them.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn add_user(
        &self,
        login: &str,
        name: &str,
        roles: &[&str],
        password: &str,
    ) -> Result<Value, TestkitError> {
        let body = json!({"login": login, "name": name, "roles": roles, "password": password});
        self.post("/api/users", &body).await
    }

    /// The appraisal as it stands.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn view(&self, id: &str) -> Result<AppraisalView, TestkitError> {
        self.get(&format!("/api/appraisals/{id}")).await
    }

    /// New links for tellers, issuer and hall; the old ones die.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn links(&self, id: &str) -> Result<Links, TestkitError> {
        let body = json!({"kinds": ["tellers", "issuer", "hall"]});
        self.post(&format!("/api/appraisals/{id}/links"), &body)
            .await
    }

    /// One of the actions of contract §3.2: `seal`, `open`, `pause`, `resume`, `close`, `count_check`, `release`,
    /// `keep`, `archive`, `reset_keys`. Patient: after an answer that never came, the state tells whether the action
    /// was done, and only an action that was not is sent again.
    ///
    /// # Errors
    /// `wrong_state` and others, or no answer for more than a minute.
    pub async fn act(&self, id: &str, action: &str) -> Result<AppraisalView, TestkitError> {
        let after = match action {
            "seal" => "sealed",
            "open" | "resume" => "open",
            "pause" => "paused",
            "close" => "closed",
            "release" => "released",
            "archive" => "archived",
            _ => return self.act_once(id, action).await,
        };
        let error = match self.act_once(id, action).await {
            Err(error) if error.passing() => error,
            settled => return settled,
        };
        for _ in 0..PATIENCE {
            let view = self.view(id).await?;
            if view.state == after {
                return Ok(view);
            }
            match self.act_once(id, action).await {
                Err(error) if error.passing() => {}
                settled => return settled,
            }
        }
        Err(error)
    }

    /// As [`Organiser::act`], but sent once, whatever the answer.
    ///
    /// # Errors
    /// `wrong_state` and others, or no answer.
    pub async fn act_once(&self, id: &str, action: &str) -> Result<AppraisalView, TestkitError> {
        self.http
            .post(
                &self.auth,
                &format!("/api/appraisals/{id}/{action}"),
                &json!({}),
            )
            .await
    }

    /// Puts a scene on the hall screen.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn stage(&self, id: &str, scene: &Value) -> Result<Value, TestkitError> {
        self.post(&format!("/api/appraisals/{id}/stage"), scene)
            .await
    }

    /// The result as announced (`ResultView`).
    ///
    /// # Errors
    /// Not counted yet, or no answer.
    pub async fn result(&self, id: &str) -> Result<Value, TestkitError> {
        self.get(&format!("/api/appraisals/{id}/result")).await
    }

    /// The opened opinions.
    ///
    /// # Errors
    /// Not released yet, or no answer.
    pub async fn opinions(&self, id: &str) -> Result<Value, TestkitError> {
        self.get(&format!("/api/appraisals/{id}/opinions")).await
    }

    /// The whole audit trail, one event a line.
    ///
    /// # Errors
    /// Not allowed, or no answer.
    pub async fn audit(&self) -> Result<Bytes, TestkitError> {
        self.http.download(&self.auth, "/api/audit.jsonl").await
    }

    /// `GET` of any route of the office, patiently.
    ///
    /// # Errors
    /// Refused, or no answer for more than a minute.
    pub async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, TestkitError> {
        patiently(PATIENCE, || async { self.http.get(&self.auth, path).await }).await
    }

    /// `POST` to any route of the office where repeating is harmless, patiently.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn post<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
    ) -> Result<T, TestkitError> {
        patiently(PATIENCE, || async {
            self.http.post(&self.auth, path, body).await
        })
        .await
    }
}
