//! How long answers took: exact order statistics over every measurement.

use std::time::Duration;

use serde::Serialize;

/// Every duration measured, kept whole, so that a percentile is a value that really occurred.
#[derive(Debug, Clone, Default)]
pub struct Latencies(Vec<Duration>);

/// What is printed about a set of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many were measured.
    pub count: usize,
    /// Median.
    #[serde(serialize_with = "millis")]
    pub p50: Duration,
    /// 95 of 100 were at most this.
    #[serde(serialize_with = "millis")]
    pub p95: Duration,
    /// 99 of 100 were at most this.
    #[serde(serialize_with = "millis")]
    pub p99: Duration,
    /// The slowest.
    #[serde(serialize_with = "millis")]
    pub max: Duration,
}

/// Durations are written as milliseconds with three places.
pub(crate) fn millis<S: serde::Serializer>(
    duration: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0)
}

impl Latencies {
    /// Adds one measurement.
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Nearest-rank percentiles; nothing when nothing was measured.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let max = *sorted.last()?;
        Some(Summary {
            count: sorted.len(),
            p50: nearest_rank(&sorted, 50),
            p95: nearest_rank(&sorted, 95),
            p99: nearest_rank(&sorted, 99),
            max,
        })
    }
}

/// The smallest value that at least `percent` of the sorted, non-empty list do not exceed.
fn nearest_rank(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted[rank - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_rank() {
        let mut all = Latencies::default();
        for n in (1..=200).rev() {
            all.add(Duration::from_millis(n));
        }
        let summary = all.summary().unwrap();
        assert_eq!(summary.count, 200);
        assert_eq!(summary.p50, Duration::from_millis(100));
        assert_eq!(summary.p95, Duration::from_millis(190));
        assert_eq!(summary.p99, Duration::from_millis(198));
        assert_eq!(summary.max, Duration::from_millis(200));
    }

    #[test]
    fn one_measurement_is_every_percentile_and_none_is_no_summary() {
        assert_eq!(Latencies::default().summary(), None);
        let mut one = Latencies::default();
        one.add(Duration::from_millis(7));
        let summary = one.summary().unwrap();
        assert_eq!(
            (summary.p50, summary.p99, summary.max),
            (summary.max, summary.p50, Duration::from_millis(7))
        );
    }
}
