//! The server's half of the ceremony: judges, routes, assembles, and learns no secret.

use super::channel::inspect;
use super::message::{Output, Polynomial, VerifierInput};
use crate::group::Point;
use crate::proof::Proof;
use crate::trustee::{
    Announced, CertKeys, Context, Signed, TellerError, ThresholdParameters, Trustee, Trustees,
    certs_statement, expected_key, key_is_signed, parse_coefexps, same_certified_keys,
};

/// A ceremony of `size` tellers, `threshold` of whom will be needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceremony {
    size: u32,
    threshold: u32,
}

/// A ceremony whose certificates are all there and good.
#[derive(Debug, Clone)]
pub struct Certified {
    ceremony: Ceremony,
    certs: Vec<Signed>,
    keys: Vec<CertKeys>,
}

impl Ceremony {
    /// A ceremony, if these numbers make one.
    ///
    /// # Errors
    /// [`TellerError::Threshold`] unless 1 ≤ threshold ≤ size; a threshold of 1 is for one teller only,
    /// since several would all hold the same share.
    pub fn new(size: u32, threshold: u32) -> Result<Self, TellerError> {
        Context::new(size, threshold, 1)?;
        if threshold == 1 && size > 1 {
            return Err(TellerError::Threshold { threshold, size });
        }
        Ok(Self { size, threshold })
    }

    /// The context of a seat, from 1.
    ///
    /// # Errors
    /// [`TellerError::Threshold`] for a seat there is not.
    pub fn context(&self, index: u32) -> Result<Context, TellerError> {
        Context::new(self.size, self.threshold, index)
    }

    /// Judges one certificate on arrival.
    ///
    /// # Errors
    /// [`TellerError::Malformed`], `NotCanonical`, `CertContext`, `CertSignature`, `NeutralKey`.
    pub fn check_cert(&self, index: u32, cert: &Signed) -> Result<(), TellerError> {
        CertKeys::check(&self.context(index)?, cert).map(drop)
    }

    /// All certificates in the order of the seats: checked one by one and against each other.
    ///
    /// # Errors
    /// As [`Ceremony::check_cert`], and [`TellerError::Count`], [`TellerError::SameKey`].
    pub fn certified(self, certs: Vec<Signed>) -> Result<Certified, TellerError> {
        if certs.len() != self.size as usize {
            let (expected, found) = (self.size as usize, certs.len());
            return Err(TellerError::Count {
                what: "certificates",
                expected,
                found,
            });
        }
        let keys: Vec<CertKeys> = (1..=self.size)
            .zip(&certs)
            .map(|(index, cert)| CertKeys::check(&self.context(index)?, cert))
            .collect::<Result<_, _>>()?;
        let all: Vec<Point> = keys
            .iter()
            .flat_map(|keys| [keys.verification, keys.encryption])
            .collect();
        match same_certified_keys(&all).into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(Certified {
                ceremony: self,
                certs,
                keys,
            }),
        }
    }
}

impl Certified {
    /// The certificates in the order of the seats.
    #[must_use]
    pub fn certs(&self) -> &[Signed] {
        &self.certs
    }

    pub(super) fn keys(&self) -> &[CertKeys] {
        &self.keys
    }

    /// Judges a polynomial on arrival as far as anybody can who is not its recipient.
    ///
    /// # Errors
    /// [`TellerError::Malformed`], `NotCanonical`, `Count`, `CommitmentLength`, `CommitmentSignature`,
    /// `CertsSignature`; [`TellerError::Threshold`] for a seat there is not.
    pub fn check_polynomial(&self, index: u32, message: &Polynomial) -> Result<(), TellerError> {
        self.check_commitment(index, &message.coefexps, &message.signature)?;
        self.expect_all("shares", message.secrets.len())?;
        inspect(&message.polynomial)?;
        message
            .secrets
            .iter()
            .try_for_each(|secret| inspect(secret).map(drop))
    }

    /// What teller `index` gets to check, once all polynomials are there (in the order of the seats).
    ///
    /// # Errors
    /// [`TellerError::Count`]; [`TellerError::Threshold`] for a seat there is not.
    pub fn vinput(
        &self,
        index: u32,
        polynomials: &[Polynomial],
    ) -> Result<VerifierInput, TellerError> {
        let position = self.position(index)?;
        self.expect_all("polynomials", polynomials.len())?;
        let missing = TellerError::Count {
            what: "shares",
            expected: self.certs.len(),
            found: 0,
        };
        let secrets: Option<Vec<String>> = polynomials
            .iter()
            .map(|message| message.secrets.get(position).cloned())
            .collect();
        Ok(VerifierInput {
            polynomial: polynomials[position].polynomial.clone(),
            secrets: secrets.ok_or(missing)?,
            coefexps: polynomials
                .iter()
                .map(|message| message.coefexps.clone())
                .collect(),
            signatures: polynomials
                .iter()
                .map(|message| message.signature)
                .collect(),
        })
    }

    /// Judges an output on arrival: the key follows from the commitments, is proved and signed.
    ///
    /// # Errors
    /// [`TellerError::KeyMismatch`], `KeyProof`, `KeySignature`, `Malformed`, `NotCanonical`, `Count`.
    pub fn check_output(
        &self,
        index: u32,
        polynomials: &[Polynomial],
        output: &Output,
    ) -> Result<(), TellerError> {
        let signer = &self.keys[self.position(index)?].verification;
        let coefexps = self.commitments_of(polynomials)?;
        let (key, owner) = (&output.public_key, index);
        if key.public_key == Point::identity() {
            return Err(TellerError::NeutralKey {
                what: "verification key",
                index,
            });
        }
        if key.public_key != expected_key(&coefexps, index) {
            return Err(TellerError::KeyMismatch { owner });
        }
        if !key.pok.verify_key(&key.public_key) {
            return Err(TellerError::KeyProof { owner });
        }
        if !key_is_signed(key, signer) {
            return Err(TellerError::KeySignature { owner });
        }
        inspect(&output.private_key).map(drop)
    }

    /// `trustees.json` from all messages, with the tellers' names if given; verified before it is returned.
    ///
    /// # Errors
    /// Whatever [`Trustees::check`] finds; [`TellerError::Count`].
    pub fn assemble(
        &self,
        polynomials: &[Polynomial],
        outputs: &[Output],
        names: Option<&[String]>,
    ) -> Result<Trustees, TellerError> {
        self.expect_all("polynomials", polynomials.len())?;
        self.expect_all("outputs", outputs.len())?;
        let verification_keys = outputs.iter().enumerate().map(|(position, output)| {
            let mut key = output.public_key.clone();
            key.name = names.and_then(|names| names.get(position)).cloned();
            key
        });
        let trustees = Trustees::new(vec![Trustee::Pedersen(ThresholdParameters {
            threshold: self.ceremony.threshold,
            certs: self.certs.clone(),
            coefexps: polynomials
                .iter()
                .map(|message| message.coefexps.clone())
                .collect(),
            signatures: polynomials
                .iter()
                .map(|message| message.signature)
                .collect(),
            verification_keys: verification_keys.collect(),
        })]);
        let announced = Announced {
            threshold: self.ceremony.threshold,
            size: self.ceremony.size,
        };
        trustees.check(Some(announced))?;
        Ok(trustees)
    }

    /// Everybody's commitments with their signatures, in the order of the seats.
    pub(super) fn check_commitments(
        &self,
        coefexps: &[Signed],
        signatures: &[Proof],
    ) -> Result<Vec<Vec<Point>>, TellerError> {
        self.expect_all("commitments", coefexps.len())?;
        self.expect_all("signatures of the certificates", signatures.len())?;
        (1..=self.ceremony.size)
            .zip(coefexps.iter().zip(signatures))
            .map(|(index, (signed, signature))| self.check_commitment(index, signed, signature))
            .collect()
    }

    pub(super) fn expect_all(&self, what: &'static str, found: usize) -> Result<(), TellerError> {
        let expected = self.certs.len();
        if found == expected {
            Ok(())
        } else {
            Err(TellerError::Count {
                what,
                expected,
                found,
            })
        }
    }

    fn check_commitment(
        &self,
        index: u32,
        signed: &Signed,
        signature: &Proof,
    ) -> Result<Vec<Point>, TellerError> {
        let keys = &self.keys[self.position(index)?];
        let coefexps = parse_coefexps(signed, keys)?;
        let statement = certs_statement(&self.certs, &coefexps);
        if signature.verify_signature(&keys.verification, &statement) {
            Ok(coefexps)
        } else {
            Err(TellerError::CertsSignature { index })
        }
    }

    /// The commitments of polynomials that were checked on arrival.
    fn commitments_of(&self, polynomials: &[Polynomial]) -> Result<Vec<Vec<Point>>, TellerError> {
        self.expect_all("polynomials", polynomials.len())?;
        let signed = polynomials.iter().zip(&self.keys);
        signed
            .map(|(message, keys)| parse_coefexps(&message.coefexps, keys))
            .collect()
    }

    fn position(&self, index: u32) -> Result<usize, TellerError> {
        self.ceremony
            .context(index)
            .map(|context| context.index as usize - 1)
    }
}
