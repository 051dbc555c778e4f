//! A teller's half of the ceremony.

use rand_core::CryptoRng;
use serde::Serialize;
use zeroize::{Zeroize, Zeroizing};

use super::Seed;
use super::channel::{receive, send};
use super::message::{Coefficients, DecryptionKey, Output, Polynomial, Share, VerifierInput};
use super::server::Certified;
use crate::group::{Point, Scalar};
use crate::proof::Proof;
use crate::trustee::{
    CertKeys, Coefexps, Context, SecretKey, Signed, TellerError, certs_statement, commitment_at,
    expected_key, parse_exact, to_json,
};

/// A teller's signing and channel keys, both from the seed. Wiped when dropped.
pub struct Teller {
    signing: Scalar,
    channel: Scalar,
}

impl Teller {
    /// The keys of this seed.
    #[must_use]
    pub fn from_seed(seed: &Seed) -> Self {
        Self {
            signing: seed.derive("sk"),
            channel: seed.derive("dk"),
        }
    }

    /// Step 1: the certificate for a seat.
    pub fn cert<R: CryptoRng + ?Sized>(&self, context: &Context, rng: &mut R) -> Signed {
        let keys = CertKeys {
            context: context.clone(),
            verification: Point::base_mul(&self.signing),
            encryption: Point::base_mul(&self.channel),
        };
        Signed::sign(&self.signing, to_json(&keys), rng)
    }

    /// The seat that these certificates give to this teller, from 1.
    ///
    /// # Errors
    /// [`TellerError::NotATeller`].
    pub fn index(&self, certified: &Certified) -> Result<u32, TellerError> {
        Ok(self.seat(certified)?.context.index)
    }

    /// Step 2: draws a polynomial of degree threshold − 1 and seals its values to the tellers.
    ///
    /// # Errors
    /// [`TellerError::NotATeller`].
    pub fn polynomial<R: CryptoRng + ?Sized>(
        &self,
        certified: &Certified,
        rng: &mut R,
    ) -> Result<Polynomial, TellerError> {
        let seat = self.seat(certified)?;
        let coefficients = Coefficients {
            polynomial: (0..seat.context.threshold)
                .map(|_| Scalar::random(rng))
                .collect(),
        };
        let coefexps: Vec<Point> = coefficients
            .polynomial
            .iter()
            .map(Point::base_mul)
            .collect();
        let statement = certs_statement(certified.certs(), &coefexps);
        let mut secrets = Vec::new();
        for recipient in certified.keys() {
            let share = Share {
                secret: value_at(&coefficients.polynomial, recipient.context.index),
            };
            secrets.push(self.send(&recipient.encryption, &share, rng));
        }
        Ok(Polynomial {
            polynomial: self.send(&seat.encryption, &coefficients, rng),
            secrets,
            coefexps: Signed::sign(&self.signing, to_json(&Coefexps { coefexps }), rng),
            signature: Proof::sign(&self.signing, &statement, rng),
        })
    }

    /// Step 4: checks what every other teller sent, adds the shares up, and proves the resulting key.
    ///
    /// # Errors
    /// Whatever is wrong with the input, naming the teller it came from.
    pub fn output<R: CryptoRng + ?Sized>(
        &self,
        certified: &Certified,
        input: &VerifierInput,
        rng: &mut R,
    ) -> Result<Output, TellerError> {
        let seat = self.seat(certified)?;
        let index = seat.context.index;
        let coefexps = certified.check_commitments(&input.coefexps, &input.signatures)?;
        self.check_own_polynomial(seat, &coefexps, &input.polynomial)?;
        let secret = self.sum_of_shares(certified, index, &coefexps, &input.secrets)?;
        let mut public_key = secret.public_key(None, rng);
        if public_key.public_key != expected_key(&coefexps, index) {
            return Err(TellerError::KeyMismatch { owner: index });
        }
        let text = public_key.public_key.to_string();
        public_key.signature = Some(Proof::sign(&self.signing, &text, rng));
        let key = DecryptionKey {
            decryption_key: *secret.scalar(),
        };
        Ok(Output {
            private_key: self.send(&seat.encryption, &key, rng),
            public_key,
        })
    }

    /// Opens the share that an earlier [`Teller::output`] sealed to this teller (the decryption key the
    /// server keeps) and checks that it belongs to `public`, the teller's verification key.
    ///
    /// # Errors
    /// [`TellerError::Unreadable`], [`TellerError::WrongSender`], [`TellerError::KeyMismatch`] (teller 0
    /// stands for this teller).
    pub fn decryption_key(
        &self,
        private_key: &str,
        public: &Point,
    ) -> Result<SecretKey, TellerError> {
        let own = Point::base_mul(&self.signing);
        let text = receive(&self.channel, &own, 0, private_key)?;
        let message: DecryptionKey = parse_secret(&text, 0)?;
        let key = SecretKey::from_scalar(message.decryption_key);
        if key.public() == *public {
            Ok(key)
        } else {
            Err(TellerError::KeyMismatch { owner: 0 })
        }
    }

    fn seat<'a>(&self, certified: &'a Certified) -> Result<&'a CertKeys, TellerError> {
        let (verification, encryption) = (
            Point::base_mul(&self.signing),
            Point::base_mul(&self.channel),
        );
        certified
            .keys()
            .iter()
            .find(|keys| keys.verification == verification && keys.encryption == encryption)
            .ok_or(TellerError::NotATeller)
    }

    fn send<T: Serialize, R: CryptoRng + ?Sized>(
        &self,
        to: &Point,
        message: &T,
        rng: &mut R,
    ) -> String {
        send(&self.signing, to, to_json(message), rng)
    }

    /// The polynomial that came back must be the one whose commitments the others hold.
    fn check_own_polynomial(
        &self,
        seat: &CertKeys,
        coefexps: &[Vec<Point>],
        sealed: &str,
    ) -> Result<(), TellerError> {
        let index = seat.context.index;
        let text = receive(&self.channel, &seat.verification, index, sealed)?;
        let own: Coefficients = parse_secret(&text, index)?;
        let commitments: Vec<Point> = own.polynomial.iter().map(Point::base_mul).collect();
        let position = coefexps.get(index as usize - 1);
        if position == Some(&commitments) {
            Ok(())
        } else {
            Err(TellerError::WrongPolynomial)
        }
    }

    fn sum_of_shares(
        &self,
        certified: &Certified,
        index: u32,
        coefexps: &[Vec<Point>],
        secrets: &[String],
    ) -> Result<SecretKey, TellerError> {
        certified.expect_all("shares", secrets.len())?;
        let mut sum = Scalar::ZERO;
        for ((sender, secret), commitments) in certified.keys().iter().zip(secrets).zip(coefexps) {
            let from = sender.context.index;
            let text = receive(&self.channel, &sender.verification, from, secret)?;
            let share: Share = parse_secret(&text, from)?;
            if Point::base_mul(&share.secret) != commitment_at(commitments, index) {
                return Err(TellerError::WrongShare { from });
            }
            sum += share.secret;
        }
        let key = SecretKey::from_scalar(sum);
        sum.zeroize();
        Ok(key)
    }
}

#[cfg(test)]
impl Teller {
    /// Signs and seals any share at all.
    pub(super) fn send_for_test<R: CryptoRng>(
        &self,
        to: &Point,
        share: &Share,
        rng: &mut R,
    ) -> String {
        self.send(to, share, rng)
    }

    /// Addresses a share to one key and seals it to another, as a dishonest recipient could.
    pub(super) fn sealed_to_other_for_test<R: CryptoRng>(
        &self,
        addressed: &Point,
        sealed_to: &Point,
        share: &Share,
        rng: &mut R,
    ) -> String {
        super::channel::send_to(&self.signing, addressed, sealed_to, to_json(share), rng)
    }
}

/// A parser's message might quote a secret: say only that it cannot be read.
fn parse_secret<T: serde::de::DeserializeOwned + Serialize>(
    text: &Zeroizing<String>,
    from: u32,
) -> Result<T, TellerError> {
    parse_exact("a secret", text).map_err(|_| TellerError::Unreadable { from })
}

/// The polynomial's value by Horner's rule.
fn value_at(coefficients: &[Scalar], at: u32) -> Scalar {
    let at = Scalar::from(u64::from(at));
    coefficients
        .iter()
        .rev()
        .fold(Scalar::ZERO, |sum, coefficient| sum * at + *coefficient)
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.signing.zeroize();
        self.channel.zeroize();
    }
}

impl std::fmt::Debug for Teller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Teller(…)")
    }
}
