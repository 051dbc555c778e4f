//! Sealed messages between tellers (protocol.md §8.1, as in 3.1 and later): signed, addressed,
//! encrypted to the recipient's key with AES-256-GCM under a 32-byte nonce.

use aes_gcm::aead::consts::U32;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::aes::Aes256;
use aes_gcm::{AesGcm, Nonce};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::group::{Point, Scalar};
use crate::hash::{hex, hex_decode, sha256};
use crate::trustee::{Signed, TellerError, parse_exact, to_json};

type Cipher = AesGcm<Aes256, U32>;

const ALGORITHM: &str = "AES-GCM";

/// A message sealed to one key. K = g^s is sealed by `ElGamal`, the text by K's hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sealed {
    pub algorithm: String,
    pub alpha: Point,
    pub beta: Point,
    pub data: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Addressed {
    recipient: Point,
    message: String,
}

impl Drop for Addressed {
    fn drop(&mut self) {
        self.message.zeroize();
    }
}

/// Signs `message`, addresses it to `recipient` and seals it to them: the JSON text to be sent.
pub(super) fn send<R: CryptoRng + ?Sized>(
    signer: &Scalar,
    recipient: &Point,
    message: String,
    rng: &mut R,
) -> String {
    send_to(signer, recipient, recipient, message, rng)
}

/// The two keys differ in tests only: what a dishonest recipient could send on.
pub(super) fn send_to<R: CryptoRng + ?Sized>(
    signer: &Scalar,
    recipient: &Point,
    sealed_to: &Point,
    message: String,
    rng: &mut R,
) -> String {
    let addressed = Zeroizing::new(to_json(&Addressed {
        recipient: *recipient,
        message,
    }));
    let mut letter = Signed::sign(signer, addressed.to_string(), rng);
    let plaintext = Zeroizing::new(to_json(&letter));
    letter.message.zeroize();
    let (mut r, mut s) = (Scalar::random(rng), Scalar::random(rng));
    let shared = Point::base_mul(&s);
    let alpha = Point::base_mul(&r);
    let beta = sealed_to.mul(&r) + shared;
    r.zeroize();
    s.zeroize();
    let data = cipher(&shared)
        .encrypt(&nonce(&alpha), plaintext.as_bytes())
        .map(|data| hex(&data))
        .expect("AES-GCM takes any text below 64 GiB");
    to_json(&Sealed {
        algorithm: ALGORITHM.to_owned(),
        alpha,
        beta,
        data,
    })
}

/// What the server can check without a key: shape, points, algorithm, hexadecimal.
pub(super) fn inspect(json: &str) -> Result<(Sealed, Vec<u8>), TellerError> {
    let what = "a sealed message";
    let sealed: Sealed = parse_exact(what, json)?;
    let malformed = |text: &str| TellerError::Malformed {
        what,
        text: text.to_owned(),
    };
    if sealed.algorithm != ALGORITHM {
        return Err(malformed("the algorithm is not AES-GCM"));
    }
    let data = hex_decode(&sealed.data).ok_or_else(|| malformed("the data are not hexadecimal"))?;
    Ok((sealed, data))
}

/// Opens a message from teller `from` whose signing key is `sender`, meant for the owner of `key`.
pub(super) fn receive(
    key: &Scalar,
    sender: &Point,
    from: u32,
    json: &str,
) -> Result<Zeroizing<String>, TellerError> {
    let (sealed, data) = inspect(json)?;
    let shared = sealed.beta - sealed.alpha.mul(key);
    let unreadable = || TellerError::Unreadable { from };
    let plaintext = cipher(&shared)
        .decrypt(&nonce(&sealed.alpha), data.as_slice())
        .map(Zeroizing::new)
        .map_err(|_| unreadable())?;
    let text = std::str::from_utf8(&plaintext).map_err(|_| unreadable())?;
    let mut signed: Signed = parse_exact("a sealed message", text)?;
    let addressed = open_addressed(&signed, sender, from, &Point::base_mul(key));
    signed.message.zeroize();
    addressed
}

fn open_addressed(
    signed: &Signed,
    sender: &Point,
    from: u32,
    own: &Point,
) -> Result<Zeroizing<String>, TellerError> {
    if !signed.verify(sender) {
        return Err(TellerError::WrongSender { from });
    }
    let mut addressed: Addressed = parse_exact("a sealed message", &signed.message)?;
    if addressed.recipient != *own {
        return Err(TellerError::WrongSender { from });
    }
    Ok(Zeroizing::new(std::mem::take(&mut addressed.message)))
}

fn cipher(shared: &Point) -> Cipher {
    let key = Zeroizing::new(sha256(format!("key|{shared}").as_bytes()));
    Cipher::new((&*key).into())
}

fn nonce(alpha: &Point) -> Nonce<U32> {
    sha256(format!("iv|{alpha}").as_bytes()).into()
}
