//! Talking to the server: JSON in, JSON out, the contract's errors as values, retries where repeating is harmless.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode, header};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Refusal, TestkitError};

/// How long one answer may take before the client gives up on it.
const PATIENCE: Duration = Duration::from_mins(2);
/// The first pause before a repeated request; doubled each time up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

#[cfg(feature = "tls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(not(feature = "tls"))]
type Connector = HttpConnector;

/// A connection pool to one server. Cloning shares the pool.
#[derive(Clone, Debug)]
pub struct Http {
    base: String,
    client: Client<Connector, Full<Bytes>>,
}

/// Who is asking.
#[derive(Clone, Debug, Default)]
pub enum Auth {
    /// Nobody in particular: the booth and the board.
    #[default]
    Nobody,
    /// A session of the office: cookie and the token that every unsafe method carries.
    Session {
        /// The `Cookie` header.
        cookie: String,
        /// The `X-CSRF-Token` header.
        csrf: String,
    },
    /// A token of a teller, the issuer or the hall.
    Bearer(String),
}

/// An answer before it is judged.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// The `Set-Cookie` values, each cut before its attributes.
    pub cookies: Vec<String>,
    /// The body, whole.
    pub body: Bytes,
}

#[derive(Deserialize)]
struct ErrorBody {
    error: ErrorFields,
}

#[derive(Deserialize)]
struct ErrorFields {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    problems: Vec<Value>,
}

impl Http {
    /// A pool for the server at `base` (`http://host:port`, `https://…` in a build with TLS).
    ///
    /// # Errors
    /// [`TestkitError::BadAddress`] when `base` is no such address.
    pub fn new(base: &str) -> Result<Self, TestkitError> {
        Self::keeping(base, usize::MAX)
    }

    /// As [`Http::new`], but no connection is used twice: behind a door that deals connections out, every request
    /// is dealt anew.
    ///
    /// # Errors
    /// As [`Http::new`].
    pub fn afresh(base: &str) -> Result<Self, TestkitError> {
        Self::keeping(base, 0)
    }

    fn keeping(base: &str, idle: usize) -> Result<Self, TestkitError> {
        let base = base.trim_end_matches('/').to_owned();
        let known =
            base.starts_with("http://") || (cfg!(feature = "tls") && base.starts_with("https://"));
        if !known || base.parse::<hyper::Uri>().is_err() {
            return Err(TestkitError::BadAddress(base));
        }
        Ok(Self {
            client: Client::builder(TokioExecutor::new())
                .pool_max_idle_per_host(idle)
                .build(connector(&base)?),
            base,
        })
    }

    /// The address without a final slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// `GET`, JSON out.
    ///
    /// # Errors
    /// As [`Http::call`].
    pub async fn get<T: DeserializeOwned>(
        &self,
        auth: &Auth,
        path: &str,
    ) -> Result<T, TestkitError> {
        self.call(Method::GET, auth, path, None).await
    }

    /// `POST` JSON, JSON out.
    ///
    /// # Errors
    /// As [`Http::call`].
    pub async fn post<T: DeserializeOwned>(
        &self,
        auth: &Auth,
        path: &str,
        body: &Value,
    ) -> Result<T, TestkitError> {
        self.call(Method::POST, auth, path, Some(body)).await
    }

    /// One request with an optional JSON body, judged: 2xx is parsed, anything else is an error.
    ///
    /// # Errors
    /// [`TestkitError::Refused`] for the contract's errors, [`TestkitError::NoAnswer`] when none came,
    /// [`TestkitError::Unexpected`] when the body is not what the contract says.
    pub async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        auth: &Auth,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, TestkitError> {
        let bytes = body.map_or_else(Bytes::new, |value| Bytes::from(value.to_string()));
        let answer = self.send(method, auth, path, bytes, &[]).await?;
        self.judge(path, &answer)
    }

    /// `GET` of a file, byte for byte.
    ///
    /// # Errors
    /// As [`Http::call`].
    pub async fn download(&self, auth: &Auth, path: &str) -> Result<Bytes, TestkitError> {
        let answer = self
            .send(Method::GET, auth, path, Bytes::new(), &[])
            .await?;
        if answer.status.is_success() {
            Ok(answer.body)
        } else {
            Err(self.refusal(path, &answer))
        }
    }

    /// Parses the body of an answer, or makes an error of it.
    ///
    /// # Errors
    /// [`TestkitError::Refused`] or [`TestkitError::Unexpected`].
    pub fn judge<T: DeserializeOwned>(
        &self,
        path: &str,
        answer: &Answer,
    ) -> Result<T, TestkitError> {
        if !answer.status.is_success() {
            return Err(self.refusal(path, answer));
        }
        let body: &[u8] = if answer.body.is_empty() {
            b"null"
        } else {
            &answer.body
        };
        serde_json::from_slice(body).map_err(|error| self.unexpected(path, &error.to_string()))
    }

    /// Sends one request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`TestkitError::NoAnswer`] when none came in time.
    pub async fn send(
        &self,
        method: Method,
        auth: &Auth,
        path: &str,
        body: Bytes,
        headers: &[(&str, &str)],
    ) -> Result<Answer, TestkitError> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        request = request
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT_LANGUAGE, "en");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request = match auth {
            Auth::Nobody => request,
            Auth::Session { cookie, csrf } => request
                .header(header::COOKIE, cookie)
                .header("x-csrf-token", csrf),
            Auth::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        };
        let request = request
            .body(Full::new(body))
            .map_err(|error| self.unexpected(path, &error.to_string()))?;
        tokio::time::timeout(PATIENCE, self.exchange(path, request))
            .await
            .unwrap_or_else(|_| {
                Err(self.no_answer(path, format!("nothing for {} s", PATIENCE.as_secs())))
            })
    }

    async fn exchange(
        &self,
        path: &str,
        request: Request<Full<Bytes>>,
    ) -> Result<Answer, TestkitError> {
        let response = self
            .client
            .request(request)
            .await
            .map_err(|error| self.no_answer(path, causes(&error)))?;
        let status = response.status();
        let cookies = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .map(|value| value.split(';').next().unwrap_or_default().to_owned())
            .collect();
        let body = response
            .into_body()
            .collect()
            .await
            .map_err(|error| self.no_answer(path, causes(&error)))?;
        Ok(Answer {
            status,
            cookies,
            body: body.to_bytes(),
        })
    }

    /// The contract's error in an answer.
    #[must_use]
    pub fn refusal(&self, path: &str, answer: &Answer) -> TestkitError {
        match serde_json::from_slice::<ErrorBody>(&answer.body) {
            Ok(ErrorBody { error }) => {
                let problems = if error.problems.is_empty() {
                    String::new()
                } else {
                    Value::from(error.problems).to_string()
                };
                TestkitError::Refused(Refusal {
                    status: answer.status.as_u16(),
                    code: error.code,
                    message: [error.message, problems].join(" ").trim().to_owned(),
                })
            }
            Err(error) => self.unexpected(
                path,
                &format!(
                    "status {} with a body that is no error: {error}",
                    answer.status
                ),
            ),
        }
    }

    fn unexpected(&self, path: &str, reason: &str) -> TestkitError {
        TestkitError::Unexpected {
            url: format!("{}{path}", self.base),
            reason: reason.to_owned(),
        }
    }

    fn no_answer(&self, path: &str, reason: String) -> TestkitError {
        TestkitError::NoAnswer {
            url: format!("{}{path}", self.base),
            reason,
        }
    }
}

#[cfg(feature = "tls")]
fn connector(base: &str) -> Result<Connector, TestkitError> {
    let builder = hyper_rustls::HttpsConnectorBuilder::new()
        .with_native_roots()
        .map_err(|error| TestkitError::BadAddress(format!("{base} ({error})")))?;
    Ok(builder.https_or_http().enable_http1().wrap_connector(tcp()))
}

#[cfg(not(feature = "tls"))]
#[expect(clippy::unnecessary_wraps, reason = "the connector with TLS can fail")]
fn connector(_base: &str) -> Result<Connector, TestkitError> {
    Ok(tcp())
}

fn tcp() -> HttpConnector {
    let mut tcp = HttpConnector::new();
    tcp.set_nodelay(true);
    tcp.enforce_http(false);
    tcp
}

/// An error with everything beneath it: the network layer hides "connection refused" two levels down.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// Repeats `attempt` while its failure may pass, at most `times` times, with growing pauses.
///
/// Only for requests that are harmless to repeat (reading, casting the same ballot, sending the same share).
///
/// # Errors
/// The last failure.
pub async fn patiently<T, Attempt>(
    times: u32,
    mut attempt: impl FnMut() -> Attempt,
) -> Result<T, TestkitError>
where
    Attempt: Future<Output = Result<T, TestkitError>>,
{
    let mut pause = FIRST_PAUSE;
    for _ in 1..times {
        match attempt().await {
            Err(error) if error.passing() => tokio::time::sleep(pause).await,
            settled => return settled,
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    attempt().await
}
