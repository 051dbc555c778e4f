//! A teller's part in the key ceremony (contract §4): one step each time it is called, until the joint key stands.

use pingyi_ballot::dkg::{self, Ceremony, Certified, Seed, VerifierInput};
use pingyi_ballot::trustee::{Announced, SecretKey, Signed, Trustees};
use rand_chacha::ChaCha20Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::http::{Auth, Http, patiently};
use super::wire::TellerView;
use crate::error::TestkitError;

/// How often a request is repeated that got no answer.
const PATIENCE: u32 = 40;

/// One teller with the link's token and the seed of the key file.
pub struct Teller {
    pub(super) http: Http,
    pub(super) auth: Auth,
    pub(super) seed: Seed,
    pub(super) rng: ChaCha20Rng,
}

/// Where a teller stands in the ceremony.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something was sent.
    Sent,
    /// Nothing to do until the others have sent theirs.
    Waits,
    /// The joint key stands and this teller has verified it.
    Done,
}

impl Teller {
    /// A teller who comes for the first time: a new seed.
    #[must_use]
    pub fn new(http: &Http, token: &str, mut rng: ChaCha20Rng) -> Self {
        let seed = Seed::generate(&mut rng);
        Self::returning(http, token, seed, rng)
    }

    /// A teller who comes back with their key file.
    #[must_use]
    pub fn returning(http: &Http, token: &str, seed: Seed, rng: ChaCha20Rng) -> Self {
        Self {
            http: http.clone(),
            auth: Auth::Bearer(token.to_owned()),
            seed,
            rng,
        }
    }

    /// The teller's only secret, for the key file.
    #[must_use]
    pub fn seed(&self) -> &Seed {
        &self.seed
    }

    /// What the server shows this teller.
    ///
    /// # Errors
    /// The token is dead, or no answer.
    pub async fn view(&self) -> Result<TellerView, TestkitError> {
        patiently(PATIENCE, || async {
            self.http.get(&self.auth, "/api/teller").await
        })
        .await
    }

    /// Does what is this teller's turn to do, checking everything the server passes on.
    ///
    /// # Errors
    /// [`TestkitError::Distrust`] where something does not hold; refused; or no answer.
    pub async fn step(&mut self) -> Result<Step, TestkitError> {
        let view = self.view().await?;
        let seat = seat(&view)?;
        let keys = dkg::Teller::from_seed(&self.seed);
        let ceremony = Ceremony::new(view.size, view.threshold).map_err(distrust)?;
        if view.ceremony.certs.get(seat).is_none_or(Option::is_none) {
            let cert = keys.cert(
                &ceremony.context(view.index).map_err(distrust)?,
                &mut self.rng,
            );
            return self.send("cert", &cert).await;
        }
        let Some(certified) = certified(&view, ceremony)? else {
            return Ok(Step::Waits);
        };
        if view.ceremony.polynomials.get(seat) != Some(&true) {
            let polynomial = keys
                .polynomial(&certified, &mut self.rng)
                .map_err(distrust)?;
            return self.send("polynomial", &polynomial).await;
        }
        let Some(input) = &view.ceremony.vinput else {
            return Ok(Step::Waits);
        };
        if view.ceremony.outputs.get(seat) != Some(&true) {
            let input: VerifierInput = read(input)?;
            let output = keys
                .output(&certified, &input, &mut self.rng)
                .map_err(distrust)?;
            return self.send("output", &output).await;
        }
        let Some(trustees) = &view.ceremony.trustees else {
            return Ok(Step::Waits);
        };
        self.check_key(&view, trustees)?;
        Ok(Step::Done)
    }

    /// The finished key must be the announced tellers', and this teller's share must open with the seed.
    fn check_key(&self, view: &TellerView, trustees: &str) -> Result<(), TestkitError> {
        let trustees = Trustees::parse(trustees).map_err(distrust)?;
        let announced = Announced {
            threshold: view.threshold,
            size: view.size,
        };
        let faults = trustees.faults(Some(announced));
        if let Some(fault) = faults.first() {
            return Err(distrust(fault));
        }
        self.secret_key(view, &trustees).map(drop)
    }

    /// This teller's share of the key, opened with the seed and compared with the published verification key.
    pub(super) fn secret_key(
        &self,
        view: &TellerView,
        trustees: &Trustees,
    ) -> Result<SecretKey, TestkitError> {
        let groups = trustees.groups();
        let known = groups
            .first()
            .and_then(|group| group.tellers.get(seat(view).ok()?));
        let known =
            known.ok_or_else(|| distrust("this teller's key is not among the published ones"))?;
        let sealed = view.decryption_key.as_deref();
        let sealed = sealed.ok_or_else(|| distrust("the server lost this teller's share"))?;
        dkg::Teller::from_seed(&self.seed)
            .decryption_key(sealed, &known.key)
            .map_err(distrust)
    }

    async fn send<T: Serialize + Sync>(&self, what: &str, body: &T) -> Result<Step, TestkitError> {
        let body = serde_json::to_value(body).map_err(distrust)?;
        let path = format!("/api/teller/{what}");
        let _: Value = patiently(PATIENCE, || async {
            self.http.post(&self.auth, &path, &body).await
        })
        .await?;
        Ok(Step::Sent)
    }
}

/// All certificates, checked, once they are all there.
fn certified(view: &TellerView, ceremony: Ceremony) -> Result<Option<Certified>, TestkitError> {
    let Some(certs) = view
        .ceremony
        .certs
        .iter()
        .map(Option::as_ref)
        .collect::<Option<Vec<_>>>()
    else {
        return Ok(None);
    };
    let certs = certs
        .into_iter()
        .map(read::<Signed>)
        .collect::<Result<Vec<_>, _>>()?;
    ceremony.certified(certs).map(Some).map_err(distrust)
}

/// The teller's place in lists by seat.
pub(super) fn seat(view: &TellerView) -> Result<usize, TestkitError> {
    let seat = view
        .index
        .checked_sub(1)
        .and_then(|seat| usize::try_from(seat).ok());
    seat.ok_or_else(|| distrust("seats count from 1"))
}

pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, TestkitError> {
    T::deserialize(value).map_err(distrust)
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(super) fn distrust(reason: impl ToString) -> TestkitError {
    TestkitError::Distrust {
        who: "a teller",
        reason: reason.to_string(),
    }
}
