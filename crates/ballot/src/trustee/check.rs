//! Judging `trustees.json`: every fault is reported, not only the first.

use super::pedersen::{CertKeys, Coefexps, Context};
use super::{
    Announced, TellerError, TellerGroup, TellerKey, ThresholdParameters, Trustee, TrusteePublicKey,
    Trustees, certs_statement, expected_key, parse_coefexps, parse_exact,
};
use crate::group::Point;

/// A number of tellers as they are counted here; nobody has four thousand million.
fn count(list: usize) -> u32 {
    u32::try_from(list).unwrap_or(u32::MAX)
}

impl Trustees {
    /// Everything that is wrong; empty when the keys may be trusted (trust.md, point 4).
    #[must_use]
    pub fn faults(&self, announced: Option<Announced>) -> Vec<TellerError> {
        let mut faults = Vec::new();
        let mut before = 0;
        for item in self.items() {
            match item {
                Trustee::Single(key) => faults.extend(single_faults(key, before + 1)),
                Trustee::Pedersen(parameters) => faults.extend(pedersen_faults(parameters, before)),
            }
            before += count(item.keys().len());
        }
        let groups = self.groups();
        faults.extend(same_keys(&groups));
        faults.extend(announced.and_then(|announced| self.contradiction(announced)));
        if self.joint_key().is_ok_and(|key| key == Point::identity()) {
            faults.push(TellerError::NeutralKey {
                what: "joint key",
                index: 0,
            });
        }
        if groups.is_empty() {
            faults.push(TellerError::Count {
                what: "tellers",
                expected: 1,
                found: 0,
            });
        }
        faults
    }

    /// The same as a question with one answer.
    ///
    /// # Errors
    /// The first of [`Trustees::faults`].
    pub fn check(&self, announced: Option<Announced>) -> Result<(), TellerError> {
        self.faults(announced)
            .into_iter()
            .next()
            .map_or(Ok(()), Err)
    }

    /// Tellers in their groups: all groups are needed, of each as many tellers as its threshold says.
    #[must_use]
    pub fn groups(&self) -> Vec<TellerGroup> {
        let mut owner = 0;
        let mut groups = Vec::new();
        for item in self.items() {
            let tellers = item.keys().iter().map(|key| {
                owner += 1;
                TellerKey {
                    owner,
                    key: key.public_key,
                    name: key.name.clone(),
                }
            });
            groups.push(TellerGroup {
                tellers: tellers.collect(),
                threshold: item.threshold(),
            });
        }
        groups
    }

    /// The election's public key y: only as good as [`Trustees::check`] says.
    ///
    /// # Errors
    /// [`TellerError::Malformed`] when commitments cannot be read.
    pub fn joint_key(&self) -> Result<Point, TellerError> {
        self.items().iter().map(Trustee::public_key).sum()
    }

    fn contradiction(&self, announced: Announced) -> Option<TellerError> {
        let groups = self.groups();
        let size: u32 = groups.iter().map(|group| count(group.tellers.len())).sum();
        let threshold: u32 = groups.iter().map(|group| group.threshold).sum();
        (announced != Announced { threshold, size }).then_some(TellerError::NotAsAnnounced {
            threshold,
            size,
            announced_threshold: announced.threshold,
            announced_size: announced.size,
        })
    }
}

impl Trustee {
    fn keys(&self) -> &[TrusteePublicKey] {
        match self {
            Self::Single(key) => std::slice::from_ref(key),
            Self::Pedersen(parameters) => &parameters.verification_keys,
        }
    }

    const fn threshold(&self) -> u32 {
        match self {
            Self::Single(_) => 1,
            Self::Pedersen(parameters) => parameters.threshold,
        }
    }

    fn public_key(&self) -> Result<Point, TellerError> {
        match self {
            Self::Single(key) => Ok(key.public_key),
            Self::Pedersen(parameters) => {
                let constants = parameters.coefexps.iter().map(|signed| {
                    let message: Coefexps = parse_exact("commitments", &signed.message)?;
                    message.coefexps.first().copied().ok_or(TellerError::Count {
                        what: "commitments",
                        expected: 1,
                        found: 0,
                    })
                });
                constants.sum()
            }
        }
    }
}

fn single_faults(key: &TrusteePublicKey, owner: u32) -> Vec<TellerError> {
    let mut faults = Vec::new();
    if key.public_key == Point::identity() {
        faults.push(TellerError::NeutralKey {
            what: "verification key",
            index: owner,
        });
    }
    if !key.pok.verify_key(&key.public_key) {
        faults.push(TellerError::KeyProof { owner });
    }
    faults
}

fn pedersen_faults(parameters: &ThresholdParameters, before: u32) -> Vec<TellerError> {
    let size = parameters.certs.len();
    let lengths = [
        ("commitments", parameters.coefexps.len()),
        (
            "signatures of the certificates",
            parameters.signatures.len(),
        ),
        ("verification keys", parameters.verification_keys.len()),
    ];
    let mut faults: Vec<TellerError> = lengths
        .into_iter()
        .filter(|(_, found)| *found != size)
        .map(|(what, found)| TellerError::Count {
            what,
            expected: size,
            found,
        })
        .collect();
    if size == 0 {
        faults.push(TellerError::Threshold {
            threshold: parameters.threshold,
            size: 0,
        });
    }
    let mut certs = Vec::new();
    for index in 1..=count(size) {
        match Context::new(count(size), parameters.threshold, index) {
            Ok(context) => certs.push(context),
            Err(fault) => return [faults, vec![fault]].concat(),
        }
    }
    let (keys, bad) = split(
        certs
            .iter()
            .zip(&parameters.certs)
            .map(|(context, cert)| CertKeys::check(context, cert)),
    );
    faults.extend(bad);
    if keys.len() != size || !faults.is_empty() {
        // Without all certificates nothing that they certify can be judged.
        return faults;
    }
    let all: Vec<Point> = keys
        .iter()
        .flat_map(|keys| [keys.verification, keys.encryption])
        .collect();
    faults.extend(same_certified_keys(&all));
    faults.extend(commitment_faults(parameters, &keys, before));
    faults
}

fn commitment_faults(
    parameters: &ThresholdParameters,
    keys: &[CertKeys],
    before: u32,
) -> Vec<TellerError> {
    let signed = parameters.coefexps.iter().zip(keys);
    let (coefexps, mut faults) = split(signed.map(|(signed, keys)| parse_coefexps(signed, keys)));
    if !faults.is_empty() {
        return faults;
    }
    for (position, own) in keys.iter().enumerate() {
        let index = own.context.index;
        let statement = certs_statement(&parameters.certs, &coefexps[position]);
        if !parameters.signatures[position].verify_signature(&own.verification, &statement) {
            faults.push(TellerError::CertsSignature { index });
        }
        let key = &parameters.verification_keys[position];
        let owner = before + index;
        faults.extend(single_faults(key, owner));
        if key.public_key != expected_key(&coefexps, index) {
            faults.push(TellerError::KeyMismatch { owner });
        }
        if !key_is_signed(key, &own.verification) {
            faults.push(TellerError::KeySignature { owner });
        }
    }
    faults
}

/// Whether the certified key signed this verification key (its text is the message).
pub(crate) fn key_is_signed(key: &TrusteePublicKey, signer: &Point) -> bool {
    let message = key.public_key.to_string();
    key.signature
        .is_some_and(|signature| signature.verify_signature(signer, &message))
}

/// Pairs of tellers with equal verification keys. Where any one of a ceremony's tellers can open alone
/// (threshold 1), they hold the same share by construction.
fn same_keys(groups: &[TellerGroup]) -> Vec<TellerError> {
    let tellers: Vec<(usize, u32, &TellerKey)> = groups
        .iter()
        .enumerate()
        .flat_map(|(number, group)| {
            group
                .tellers
                .iter()
                .map(move |key| (number, group.threshold, key))
        })
        .collect();
    pairs(tellers.len())
        .map(|(first, second)| (tellers[first], tellers[second]))
        .filter(|(first, second)| first.2.key == second.2.key)
        .filter(|(first, second)| first.0 != second.0 || first.1 != 1)
        .map(|(first, second)| TellerError::SameKey {
            what: "verification key",
            first: first.2.owner,
            second: second.2.owner,
        })
        .collect()
}

/// Pairs of equal signing and channel keys, two of each teller in a row, all of which must differ.
pub(crate) fn same_certified_keys(keys: &[Point]) -> Vec<TellerError> {
    let teller = |position: usize| count(position / 2 + 1);
    pairs(keys.len())
        .filter(|(first, second)| keys[*first] == keys[*second])
        .map(|(first, second)| TellerError::SameKey {
            what: "certified key",
            first: teller(first),
            second: teller(second),
        })
        .collect()
}

fn pairs(length: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..length).flat_map(move |first| (first + 1..length).map(move |second| (first, second)))
}

fn split<T>(results: impl Iterator<Item = Result<T, TellerError>>) -> (Vec<T>, Vec<TellerError>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(error) => bad.push(error),
        }
    }
    (good, bad)
}
