//! A line of few figures in a table's cell or beside a number: drawn by the server, said in words, in no colour alone.

use std::fmt::Write as _;

/// Width and height of the picture.
const SIZE: (i64, i64) = (96, 24);

/// A small line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sparkline {
    /// The lines, for the attribute `d`; broken where a figure is missing.
    pub path: String,
    /// The last figure's place.
    pub end: (i64, i64),
    /// First and last figure in words, and how many.
    pub spoken: String,
}

impl Sparkline {
    /// A line through figures, the oldest first; none where fewer than two are known. `spoken` says the figures.
    #[must_use]
    pub fn of(values: &[Option<i64>], spoken: String) -> Option<Self> {
        let known: Vec<i64> = values.iter().flatten().copied().collect();
        let (least, most) = (known.iter().min()?, known.iter().max()?);
        if known.len() < 2 {
            return None;
        }
        let steps = i64::try_from(values.len() - 1).ok()?;
        let spread = (most - least).max(1);
        let place = |at: i64, value: i64| {
            let y = if most == least {
                SIZE.1 / 2
            } else {
                SIZE.1 - (value - least) * SIZE.1 / spread
            };
            (at * SIZE.0 / steps, y)
        };
        let mut path = String::new();
        let mut end = (0, 0);
        let mut broken = true;
        for (at, value) in (0..).zip(values) {
            let Some(value) = value else {
                broken = true;
                continue;
            };
            let (x, y) = place(at, *value);
            // Writing to a String cannot fail.
            let _ = write!(path, "{}{x} {y}", if broken { 'M' } else { 'L' });
            (end, broken) = ((x, y), false);
        }
        Some(Self { path, end, spoken })
    }

    /// First and last known figure with an arrow between.
    #[must_use]
    pub fn said(values: &[Option<i64>], figure: impl Fn(i64) -> String) -> String {
        let mut known = values.iter().flatten();
        let first = known.next().copied();
        let last = known.next_back().copied().or(first);
        match first.zip(last) {
            Some((first, last)) => format!("{} → {}", figure(first), figure(last)),
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_rises_with_its_figures_and_breaks_where_one_is_missing() {
        let line = Sparkline::of(&[Some(0), None, Some(5), Some(10)], String::new()).unwrap();
        assert_eq!(line.path, "M0 24M64 12L96 0");
        assert_eq!(line.end, (96, 0));
        let level = Sparkline::of(&[Some(3), Some(3)], String::new()).unwrap();
        assert_eq!(level.path, "M0 12L96 12");
        assert_eq!(Sparkline::of(&[None, Some(3)], String::new()), None);
        assert_eq!(Sparkline::of(&[], String::new()), None);
        let said = |values: &[Option<i64>]| Sparkline::said(values, |n| n.to_string());
        assert_eq!(said(&[None, Some(270), Some(300), Some(390)]), "270 → 390");
        assert_eq!(said(&[Some(1)]), "1 → 1");
        assert_eq!(said(&[]), "");
    }
}
