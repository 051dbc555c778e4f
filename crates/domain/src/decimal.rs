//! Decimal numbers from 0 up as people write them, kept as whole numbers of their last place.

use std::fmt::{self, Write as _};

/// Reads `83.5` with at most so many digits before the point and so many after it, in units of the last place: with three
/// places 83500. None for anything else.
pub(crate) fn read(text: &str, (before, places): (usize, usize)) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, before) || !digits(part, places) {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
}

/// Writes it without noughts at the end.
pub(crate) fn write(
    out: &mut fmt::Formatter<'_>,
    value: impl Into<i64>,
    places: usize,
) -> fmt::Result {
    let digits = format!("{:0>width$}", value.into(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    out.write_str(whole)?;
    let part = part.trim_end_matches('0');
    if part.is_empty() {
        return Ok(());
    }
    out.write_char('.')?;
    out.write_str(part)
}
