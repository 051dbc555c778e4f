//! What belongs to units, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0020_units.sql`.
pub(in crate::backup) const UNITS: &[Table] = &[
    table(
        "foundings",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", MaybeText),
            ("title", Text),
            ("on_date", Text),
            ("figures", Text),
            ("thresholds", Text),
            ("mode", MaybeText),
            ("met", Int),
            ("note", Text),
            ("sample", Int),
        ],
        "id",
    ),
    table(
        "areas",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", MaybeText),
            ("name", Text),
            ("geojson", Text),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "headcounts",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("on_date", Text),
            ("note", Text),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "headcount_values",
        &[("headcount", Text), ("part", Text), ("n", Int)],
        "headcount, part",
    ),
    table(
        "centres",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("kind", Text),
            ("name", Text),
            ("address", Text),
            ("opened_on", MaybeText),
            ("closed_on", MaybeText),
            ("terminals", Int),
            ("note", Text),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "centre_units",
        &[("centre", Text), ("unit", Text)],
        "centre, unit",
    ),
    table(
        "centre_services",
        &[
            ("centre", Text),
            ("service", Text),
            ("since", MaybeText),
            ("note", Text),
        ],
        "centre, service",
    ),
    table(
        "centre_cases",
        &[
            ("centre", Text),
            ("service", Text),
            ("quarter", Text),
            ("n", Int),
        ],
        "centre, service, quarter",
    ),
    table(
        "pairings",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("partner", MaybeText),
            ("outside", Text),
            ("purpose", Text),
            ("from_on", Text),
            ("until_on", MaybeText),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "shops",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("name", Text),
            ("firm", MaybeText),
            ("place", Text),
            ("plaque", Text),
            ("given_on", Text),
            ("pledge", Text),
            ("pledged_on", MaybeText),
            ("withdrawn_on", MaybeText),
            ("withdrawn_reason", Text),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "shop_inspections",
        &[
            ("id", Text),
            ("shop", Text),
            ("on_date", Text),
            ("passed", Int),
            ("finding", Text),
        ],
        "id",
    ),
];
