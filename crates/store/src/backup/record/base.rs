//! What every area of the record stands on, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0004_record.sql`.
pub(in crate::backup) const BASE: &[Table] = &[
    table(
        "units",
        &[
            ("id", Text),
            ("version", Int),
            ("parent", MaybeText),
            ("path", Text),
            ("ordinal", Int),
            ("kind", Text),
            ("name", Text),
            ("short_name", Text),
            ("founded_on", MaybeText),
            ("founding_mode", MaybeText),
            ("closed_on", MaybeText),
            ("address", Text),
            ("note", Text),
            ("sample", Int),
            ("source", Text),
            ("created_at", Int),
        ],
        "path",
    ),
    table(
        "posts",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("kind", Text),
            ("holder", Text),
            ("sent_by", Text),
            ("from_on", Text),
            ("until_on", MaybeText),
            ("calls", Int),
            ("visits", Int),
            ("note", Text),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "vocabulary",
        &[
            ("list", Text),
            ("code", Text),
            ("version", Int),
            ("parent", Text),
            ("ordinal", Int),
            ("label_zh", Text),
            ("label_en", Text),
            ("retired", Int),
        ],
        "list, code",
    ),
    table(
        "search_docs",
        &[
            ("kind", Text),
            ("id", Text),
            ("unit", MaybeText),
            ("title", Text),
            ("body", Text),
        ],
        "kind, id",
    ),
    table(
        "search_grams",
        &[("gram", Text), ("kind", Text), ("id", Text)],
        "gram, kind, id",
    ),
];
