//! The issuer: makes the slips; the server learns public credentials only.

use pingyi_ballot::credential::{Credential, Uuid};
use rand_chacha::ChaCha20Rng;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::http::{Auth, Http, patiently};
use super::wire::IssuerView;
use crate::error::TestkitError;
use crate::plan::shuffle;

/// How often a request is repeated that got no answer.
const PATIENCE: u32 = 40;

/// One voting slip: the box and the credential on it.
#[derive(Debug, Clone)]
pub struct Slip {
    /// The box it votes in.
    pub uuid: Uuid,
    /// The secret on it.
    pub credential: Credential,
}

impl Slip {
    /// The address in the QR code; the credential stands behind `#` and never travels.
    #[must_use]
    pub fn address(&self, base_url: &str) -> String {
        let base_url = base_url.trim_end_matches('/');
        format!("{base_url}/b/{}#{}", self.uuid, self.credential.expose())
    }
}

/// How many slips of each kind a box gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PrintRun {
    /// For phones.
    pub phone: usize,
    /// Credentials set aside for paper forms.
    pub paper: usize,
    /// For late arrivals.
    pub spare: usize,
}

/// Slips of one box by kind, each kind shuffled.
#[derive(Debug, Clone, Default)]
pub struct Slips {
    /// For phones.
    pub phone: Vec<Slip>,
    /// Set aside for paper forms.
    pub paper: Vec<Slip>,
    /// For late arrivals.
    pub spare: Vec<Slip>,
}

/// Makes the slips of one box.
#[must_use]
pub fn print(uuid: &Uuid, run: PrintRun, rng: &mut ChaCha20Rng) -> Slips {
    let mut make = |count: usize| {
        let credentials = std::iter::repeat_with(|| Credential::generate(rng)).take(count);
        let mut slips: Vec<Slip> = credentials
            .map(|credential| Slip {
                uuid: uuid.clone(),
                credential,
            })
            .collect();
        shuffle(&mut slips, rng);
        slips
    };
    Slips {
        phone: make(run.phone),
        paper: make(run.paper),
        spare: make(run.spare),
    }
}

/// What the server may know of slips: their public credentials, sorted.
#[must_use]
pub fn public(slips: &[Slip]) -> Vec<String> {
    let mut list: Vec<String> = slips
        .par_iter()
        .map(|slip| slip.credential.public(&slip.uuid).to_string())
        .collect();
    list.sort_unstable();
    list
}

/// The issuer with the link's token.
#[derive(Debug, Clone)]
pub struct Issuer {
    http: Http,
    auth: Auth,
}

impl Issuer {
    /// The issuer who holds this token.
    #[must_use]
    pub fn new(http: &Http, token: &str) -> Self {
        Self {
            http: http.clone(),
            auth: Auth::Bearer(token.to_owned()),
        }
    }

    /// The boxes to make slips for.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn boxes(&self) -> Result<IssuerView, TestkitError> {
        patiently(PATIENCE, || async {
            self.http.get(&self.auth, "/api/issuer").await
        })
        .await
    }

    /// Puts the slips' public credentials on the roll of their box, in place of what was there.
    ///
    /// # Errors
    /// `wrong_state` once sealed, malformed or doubled credentials, or no answer.
    pub async fn register(&self, uuid: &Uuid, slips: &Slips) -> Result<Value, TestkitError> {
        let body = json!({
            "box": uuid.as_str(),
            "phone": public(&slips.phone),
            "paper": public(&slips.paper),
            "spare": public(&slips.spare),
        });
        patiently(PATIENCE, || async {
            self.http.post(&self.auth, "/api/issuer/roll", &body).await
        })
        .await
    }
}
