//! Hashes of the protocol (protocol.md §3).

use sha2::{Digest, Sha256};

use crate::group::{Point, PointHex, Scalar};

const HEX: &[u8; 16] = b"0123456789abcdef";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// SHA-256 of the bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|b| [HEX[usize::from(b >> 4)], HEX[usize::from(b & 15)]])
        .map(char::from)
        .collect()
}

/// "Base64Compact": standard base 64 without padding.
#[must_use]
pub fn b64_compact(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for k in 0..=chunk.len() {
            let digit = n >> (18 - 6 * k) & 63;
            out.push(char::from(BASE64[digit as usize]));
        }
    }
    out
}

/// The inverse of [`hex`], lower case only; none when the text is not of that form.
#[must_use]
pub fn hex_decode(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| {
        HEX.iter()
            .position(|h| *h == c)
            .and_then(|n| u8::try_from(n).ok())
    };
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

/// The inverse of [`b64_compact`]; none when the text is not exactly what it makes.
#[must_use]
pub fn b64_compact_decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut n = 0_u32;
        for c in chunk {
            let digit = BASE64.iter().position(|b| b == c)?;
            n = n << 6 | u32::try_from(digit).ok()?;
        }
        n <<= 6 * (4 - chunk.len());
        out.extend_from_slice(&n.to_be_bytes()[1..chunk.len()]);
    }
    // Unused low bits must be zero: only one text per value.
    (b64_compact(&out) == text).then_some(out)
}

/// `Hq(prefix; e1,…,en)`: SHA-256 over the prefix and the points' hexadecimal forms
/// joined by commas, read as a big-endian number mod q (protocol.md §3.1).
#[must_use]
pub fn hash_to_scalar(prefix: &str, points: &[Point]) -> Scalar {
    let mut hasher = ScalarHasher::new();
    hasher.text(prefix);
    hasher.points(&Point::to_hex_batch(points));
    hasher.finish()
}

/// The same piece by piece, for points whose hexadecimal form is at hand.
#[derive(Clone, Default)]
pub struct ScalarHasher(Sha256);

impl ScalarHasher {
    /// Nothing hashed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text as it is.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.0.update(text.as_bytes());
        self
    }

    /// Adds points joined by commas.
    pub fn points(&mut self, points: &[PointHex]) -> &mut Self {
        for (index, point) in points.iter().enumerate() {
            if index > 0 {
                self.0.update(b",");
            }
            self.0.update(point.as_bytes());
        }
        self
    }

    /// The number.
    #[must_use]
    pub fn finish(self) -> Scalar {
        Scalar::from_be_bytes(&self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_without_padding() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(b64_compact(bytes.as_bytes()), text);
        }
        assert_eq!(b64_compact(&[0xff; 32]).len(), 43);
        assert_eq!(b64_compact(&[0xfb, 0xff]), "+/8");
        for n in 0..40 {
            let bytes: Vec<u8> = (0..n).map(|k: u8| k.wrapping_mul(37)).collect();
            assert_eq!(
                b64_compact_decode(&b64_compact(&bytes)),
                Some(bytes.clone())
            );
            assert_eq!(hex_decode(&hex(&bytes)), Some(bytes));
        }
        for text in ["Z", "Zh", "Zg==", "Zm9v Zg", "Zm9-"] {
            assert_eq!(b64_compact_decode(text), None, "{text}");
        }
        for text in ["0", "0G", "AB", "é"] {
            assert_eq!(hex_decode(text), None, "{text}");
        }
    }

    #[test]
    fn sha256_of_nothing() {
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), expected);
    }

    #[test]
    fn points_are_joined_by_commas_and_reduced_big_endian() {
        let g = Point::generator();
        let two = hash_to_scalar("sig|x|", &[g, g]);
        let text = format!("sig|x|{g},{g}");
        assert_eq!(two, Scalar::from_be_bytes(&sha256(text.as_bytes())));
        assert_eq!(
            hash_to_scalar("a", &[]),
            Scalar::from_be_bytes(&sha256(b"a"))
        );
        let mut one = [0; 32];
        one[31] = 1;
        assert_eq!(Scalar::from_be_bytes(&one), Scalar::ONE);
    }
}
