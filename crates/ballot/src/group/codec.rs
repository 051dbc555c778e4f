//! Text and bytes: big-endian hexadecimal of points, decimal of scalars.

use crate::error::BallotError;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// RFC 8032 bytes (little-endian) as 64 hexadecimal digits, big-endian.
pub(super) fn bytes_to_hex(little_endian: &[u8; 32]) -> [u8; 64] {
    let mut out = [0_u8; 64];
    for (pair, byte) in out.chunks_exact_mut(2).zip(little_endian.iter().rev()) {
        pair[0] = HEX[usize::from(byte >> 4)];
        pair[1] = HEX[usize::from(byte & 15)];
    }
    out
}

/// The value of a digit, or a number with the high bits set.
const fn digit_values() -> [u8; 256] {
    let mut values = [0xf0; 256];
    let mut n = 0;
    while n < 16 {
        values[HEX[n as usize] as usize] = n;
        n += 1;
    }
    values
}

const DIGITS: [u8; 256] = digit_values();

/// The inverse of [`bytes_to_hex`]; lower case only.
pub(super) fn hex_to_bytes(text: &str) -> Result<[u8; 32], BallotError> {
    let digits: &[u8; 64] = text
        .as_bytes()
        .try_into()
        .map_err(|_| BallotError::PointSyntax)?;
    let mut out = [0_u8; 32];
    let mut faults = 0;
    for (byte, pair) in out.iter_mut().rev().zip(digits.chunks_exact(2)) {
        let (high, low) = (DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]);
        faults |= high | low;
        *byte = high << 4 | low & 15;
    }
    if faults & 0xf0 == 0 {
        Ok(out)
    } else {
        Err(BallotError::PointSyntax)
    }
}

/// Whether `y` (little-endian, sign bit on top) is reduced mod 2^255 − 19 and the sign
/// of x = 0 (which is y = ±1) is positive: the two ways a second encoding of the same
/// point can exist.
pub(super) fn is_canonical_y(bytes: &[u8; 32]) -> bool {
    let middle_ones = bytes[1..31].iter().all(|b| *b == 0xff);
    let top = bytes[31] & 0x7f;
    let below_p = !(middle_ones && top == 0x7f && bytes[0] >= 0xed);
    let x_is_zero = (bytes[0] == 1 && bytes[1..31].iter().all(|b| *b == 0) && top == 0)
        || (bytes[0] == 0xec && middle_ones && top == 0x7f);
    below_p && !(x_is_zero && bytes[31] & 0x80 != 0)
}

/// Ten to the nineteenth, the largest power of ten in 64 bits.
const CHUNK: u64 = 10_000_000_000_000_000_000;
const CHUNK_DIGITS: usize = 19;
/// The group order has 76 decimal digits; this is the next multiple of eight.
const PADDED_DIGITS: usize = 80;

fn low(x: u128) -> u64 {
    let bytes = x.to_le_bytes();
    u64::from_le_bytes([
        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
    ])
}

/// Eight decimal digits at once: neighbours are joined in three steps. None if one is no digit.
fn eight_digits(text: [u8; 8]) -> Option<u64> {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    let n = u64::from_le_bytes(text);
    // '0' to '9' are 0x30 to 0x39: the high half is 3, also with 6 added. No byte below 0x3a
    // carries into the next one.
    let high = |n: u64| n & !LOW == 0x3030_3030_3030_3030;
    if !high(n) || !high(n.wrapping_add(0x0606_0606_0606_0606)) {
        return None;
    }
    // The first digit is in the lowest byte; the lanes are wide enough for every product.
    let digits = n & LOW;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff)
}

/// Decimal digits to 32 little-endian bytes. Refuses signs, leading zeros, spaces and
/// anything longer than the group order; the caller compares with the order.
pub(super) fn decimal_to_bytes(text: &str) -> Result<[u8; 32], BallotError> {
    let digits = text.as_bytes();
    if digits.is_empty() || (digits.len() > 1 && digits[0] == b'0') {
        return Err(BallotError::ScalarSyntax);
    }
    let Some(zeros) = PADDED_DIGITS.checked_sub(digits.len()).filter(|n| *n >= 4) else {
        let all_digits = digits.iter().all(u8::is_ascii_digit);
        return Err(if all_digits {
            BallotError::ScalarOutOfRange
        } else {
            BallotError::ScalarSyntax
        });
    };
    let mut padded = [b'0'; PADDED_DIGITS];
    padded[zeros..].copy_from_slice(digits);
    let mut limbs = [0_u64; 4];
    for eight in padded.as_chunks().0 {
        let mut carry = eight_digits(*eight).ok_or(BallotError::ScalarSyntax)?;
        for limb in &mut limbs {
            (*limb, carry) = limb.carrying_mul(100_000_000, carry);
        }
        // 76 digits stay below 2^253, so nothing is carried out.
    }
    let mut out = [0_u8; 32];
    for (eight, limb) in out.chunks_exact_mut(8).zip(limbs) {
        eight.copy_from_slice(&limb.to_le_bytes());
    }
    Ok(out)
}

/// 32 little-endian bytes to decimal without leading zeros.
pub(super) fn bytes_to_decimal(bytes: &[u8; 32]) -> String {
    let mut limbs = [0_u64; 4];
    for (limb, eight) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
        *limb = eight.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    }
    let mut chunks = Vec::with_capacity(5);
    while limbs.iter().any(|limb| *limb != 0) {
        let mut remainder = 0_u128;
        for limb in limbs.iter_mut().rev() {
            let wide = remainder << 64 | u128::from(*limb);
            *limb = low(wide / u128::from(CHUNK));
            remainder = wide % u128::from(CHUNK);
        }
        chunks.push(low(remainder));
    }
    let mut out = chunks.pop().unwrap_or(0).to_string();
    for chunk in chunks.iter().rev() {
        use std::fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = write!(out, "{chunk:0CHUNK_DIGITS$}");
    }
    out
}
