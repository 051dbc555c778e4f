//! What the web itself can refuse, and how every refusal becomes an answer (contract §3).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pingyi_app::AppError;
use pingyi_app::papers::{Glyph, PaperFault};
use pingyi_app::record::LaterRow;
use serde_json::{Value, json};

use crate::lang::Texts;

/// Everything a route can answer instead of what was asked.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The application refused.
    #[error(transparent)]
    App(#[from] AppError),
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// The role does not suffice.
    #[error("forbidden")]
    Forbidden,
    /// The request does not carry the page's token.
    #[error("no or wrong X-CSRF-Token")]
    Csrf,
    /// There is no such address.
    #[error("no such address")]
    NotFound,
    /// The address does not take this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The body is larger than the route takes.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The most, in bytes.
        limit: usize,
    },
    /// The request cannot be read.
    #[error("bad request: {reason}")]
    BadRequest {
        /// What is wrong with it.
        reason: String,
    },
    /// `If-Match` is missing.
    #[error("no If-Match")]
    VersionMissing,
    /// A page could not be made.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// An answer could not be written.
    #[error("answer: {0}")]
    Answer(#[from] serde_json::Error),
}

impl WebError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::App(error) => error.code(),
            Self::NotSignedIn => "not_signed_in",
            Self::Forbidden => "forbidden",
            Self::Csrf => "csrf",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooLarge { .. } => "too_large",
            Self::BadRequest { .. } => "bad_request",
            Self::VersionMissing => "version_missing",
            Self::Template(_) | Self::Answer(_) => "internal",
        }
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::App(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::Csrf => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest { .. } => StatusCode::BAD_REQUEST,
            Self::VersionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::Template(_) | Self::Answer(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether it is our own fault: logged with an id, and shown with that id only.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.status() == StatusCode::INTERNAL_SERVER_ERROR
    }

    /// In words: what is wrong and what to do.
    #[must_use]
    pub fn message(&self, texts: Texts) -> String {
        let code = self.code();
        let id = format!("err-{code}");
        if !texts.has(&id) {
            return texts.a("err-other", "code", code);
        }
        match self {
            Self::App(AppError::TooManyAttempts { seconds }) => {
                texts.with(&id, [("seconds", (*seconds).into())])
            }
            Self::App(AppError::RollBadCredential { index }) => {
                texts.with(&id, [("index", (index + 1).into())])
            }
            Self::App(AppError::RollTooLong { limit }) => {
                texts.with(&id, [("limit", (*limit).into())])
            }
            Self::App(
                AppError::Ceremony { text, .. }
                | AppError::BadShare { text, .. }
                | AppError::BadBackup(text),
            ) => texts.a(&id, "text", text),
            Self::App(AppError::NewerDatabase { found, known }) => texts.with(
                &id,
                [("found", (*found).into()), ("known", (*known).into())],
            ),
            Self::TooLarge { limit } => texts.a(&id, "limit", &size_text(*limit)),
            Self::BadRequest { reason } => texts.a(&id, "reason", reason),
            _ => texts.s(&id),
        }
    }

    /// The JSON of the contract. `id` for errors of our own.
    #[must_use]
    pub fn json(&self, texts: Texts, id: Option<&str>) -> Value {
        let mut error = json!({"code": self.code(), "message": self.message(texts)});
        if let Some(id) = id {
            error["id"] = json!(id);
        }
        match self {
            Self::App(AppError::Problems(problems)) => {
                error["problems"] = problems
                    .iter()
                    .map(|problem| crate::problems::json(texts, problem))
                    .collect();
            }
            Self::App(AppError::Invalid { field, rule }) => {
                error["problems"] =
                    json!([{"path": field, "code": rule, "message": rule_text(texts, rule)}]);
            }
            Self::App(AppError::NotReady(lacks)) => {
                error["problems"] = crate::problems::lacks_json(texts, lacks);
            }
            Self::App(AppError::LaterRecords(later)) => {
                error["problems"] = later_json(texts, later);
            }
            Self::App(AppError::Paper(fault)) => {
                error["problems"] = paper_problems(texts, fault);
            }
            Self::App(AppError::Fields(problems)) => {
                error["problems"] = problems
                    .iter()
                    .map(|p| json!({"path": p.field, "code": p.rule, "message": field_text(texts, &p.field, &p.rule)}))
                    .collect();
            }
            _ => {}
        }
        let mut body = json!({"error": error});
        match self {
            Self::App(AppError::ChangedMeanwhile { version, config }) => {
                body["version"] = json!(version);
                body["config"] = serde_json::to_value(config).unwrap_or(Value::Null);
            }
            Self::App(AppError::Conflict(conflict)) => {
                body["conflict"] = crate::words::conflict_json(texts, conflict);
            }
            Self::App(AppError::WrongState { state }) => body["error"]["state"] = json!(state),
            _ => {}
        }
        body
    }
}

/// An error in words where it is told on a page, line by line: what is wrong, and each particular.
pub(crate) fn said(texts: Texts, error: &AppError) -> Vec<String> {
    let (code, head) = (error.code(), format!("err-{}", error.code()));
    let whole = if texts.has(&head) {
        texts.s(&head)
    } else {
        texts.a("err-other", "code", code)
    };
    let particulars = match error {
        AppError::Paper(fault) => paper_problems(texts, fault),
        AppError::Invalid { rule, .. } => json!([{ "message": rule_text(texts, rule) }]),
        _ => json!([]),
    };
    let lines = particulars.as_array().into_iter().flatten();
    let lines = lines.filter_map(|line| line["message"].as_str().map(str::to_owned));
    std::iter::once(whole).chain(lines).collect()
}

/// What keeps a paper from being made, by its place in the data; nothing where the message says it all.
fn paper_problems(texts: Texts, fault: &PaperFault) -> Value {
    let glyph = |glyph: &Glyph| {
        let pages: Vec<String> = glyph.pages.iter().map(ToString::to_string).collect();
        let values = [
            ("character", glyph.character.to_string().into()),
            ("code", glyph.code.clone().into()),
            ("pages", pages.join(", ").into()),
            ("places", glyph.places.join(", ").into()),
        ];
        let path = glyph.places.first().cloned().unwrap_or_default();
        json!({"path": path, "code": "missing_glyph", "message": texts.with("paper-glyph", values)})
    };
    match fault {
        PaperFault::Problems(problems) => problems
            .iter()
            .map(|problem| {
                let rule = json!(problem.rule);
                let rule = rule.as_str().unwrap_or_default().to_owned();
                let said = texts.s(&format!("paper-rule-{rule}"));
                let message = format!("{} {said}", place_text(texts, &problem.path));
                json!({"path": problem.path, "code": rule, "message": message})
            })
            .collect(),
        PaperFault::Glyphs(glyphs) => glyphs.iter().map(glyph).collect(),
        _ => json!([]),
    }
}

/// A place of a paper's data in words, where its field has a name; as it is elsewhere.
fn place_text(texts: Texts, path: &str) -> String {
    let id = format!("field-paper-{}", path.replace('.', "-"));
    if texts.has(&id) {
        texts.s(&id)
    } else {
        path.to_owned()
    }
}

/// Most records named when a unit cannot be dissolved; the rest is counted.
const LATER_SHOWN: usize = 20;

/// What stands in the way of dissolving a unit: how many at the field, then each of them.
fn later_json(texts: Texts, later: &[LaterRow]) -> Value {
    let field = json!({"path": "closed_on", "code": "later_records",
        "message": texts.n("rule-later_records", later.len())});
    let rows = later.iter().take(LATER_SHOWN).map(|row| {
        let kind = texts.s(&format!("record-kind-{}", row.kind));
        let day = if row.on_day.is_empty() {
            texts.s("record-ongoing")
        } else {
            row.on_day.clone()
        };
        let said = format!("{day} {kind} {}", row.title);
        json!({"path": "later", "code": "later_records", "message": said.trim_end()})
    });
    std::iter::once(field).chain(rows).collect()
}

/// What is wrong with a field; in a file of drawings (`drawings.<number>.<name>`) with which of them.
fn field_text(texts: Texts, field: &str, rule: &str) -> String {
    let said = rule_text(texts, rule);
    let drawing = field
        .strip_prefix("drawings.")
        .and_then(|rest| rest.split_once('.'));
    let Some((number, name)) = drawing else {
        return said;
    };
    let values = [
        ("n", number.to_owned().into()),
        ("name", name.to_owned().into()),
        ("said", said.into()),
    ];
    texts.with(
        if name.is_empty() {
            "geo-at"
        } else {
            "geo-at-named"
        },
        values,
    )
}

fn rule_text(texts: Texts, rule: &str) -> String {
    let id = format!("rule-{rule}");
    if texts.has(&id) {
        texts.s(&id)
    } else {
        texts.a("rule-other", "code", rule)
    }
}

fn size_text(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MB", bytes >> 20)
    } else {
        format!("{} KB", bytes >> 10)
    }
}

/// A refusal on its way to where the language and the kind of page are known.
#[derive(Debug, Clone)]
pub(crate) struct Refusal(pub std::sync::Arc<WebError>);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::App(AppError::Busy | AppError::ShuttingDown) = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Self::App(AppError::TooManyAttempts { seconds }) = self {
            response.headers_mut().insert(
                header::RETRY_AFTER,
                HeaderValue::from(seconds.unsigned_abs()),
            );
        }
        response
            .extensions_mut()
            .insert(Refusal(std::sync::Arc::new(self)));
        response
    }
}
