//! Indicators and targets, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, Text};
use crate::backup::tables::Table;

/// Of `migrations/0040_indicators.sql`.
pub(in crate::backup) const INDICATORS: &[Table] = &[
    table(
        "indicators",
        &[
            ("id", Text),
            ("version", Int),
            ("ordinal", Int),
            ("name", Text),
            ("measure", Text),
            ("kind", Text),
            ("topic", Text),
            ("from_on", Text),
            ("until_on", Text),
            ("weight", Int),
            ("retired", Int),
            ("sample", Int),
        ],
        "id",
    ),
    table(
        "targets",
        &[("indicator", Text), ("unit", Text), ("target", Int)],
        "indicator, unit",
    ),
];
