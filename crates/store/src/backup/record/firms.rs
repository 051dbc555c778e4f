//! Firms, strikes, coverages and imports, in a backup.

use super::table;
use crate::backup::tables::Holds::{Bytes, Int, MaybeInt, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0010_firms.sql`.
pub(in crate::backup) const FIRMS: &[Table] = &[
    table(
        "imports",
        &[
            ("id", Text),
            ("kind", Text),
            ("unit", MaybeText),
            ("file_name", Text),
            ("sha256", Text),
            ("mapping", Text),
            ("actor", Text),
            ("at", Int),
            ("added", Int),
            ("changed", Int),
            ("refused", Int),
            ("undone_at", MaybeInt),
        ],
        "id",
    ),
    table(
        "import_rows",
        &[
            ("import", Text),
            ("record", Text),
            ("version", Int),
            ("before", Text),
        ],
        "import, record",
    ),
    table(
        "mappings",
        &[
            ("id", Text),
            ("kind", Text),
            ("name", Text),
            ("columns", Text),
        ],
        "id",
    ),
    table(
        "uploads",
        &[
            ("id", Text),
            ("kind", Text),
            ("file_name", Text),
            ("sha256", Text),
            ("actor", Text),
            ("at", Int),
            ("content", Bytes),
        ],
        "id",
    ),
    table(
        "firms",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("name", Text),
            ("name_key", Text),
            ("credit_code", Text),
            ("kind", Text),
            ("sector", Text),
            ("employees", MaybeInt),
            ("members", MaybeInt),
            ("address", Text),
            ("lon", MaybeInt),
            ("lat", MaybeInt),
            ("opened_on", Text),
            ("struck", Int),
            ("own", Int),
            ("joint", Int),
            ("work", Int),
            ("uncovered", Text),
            ("note", Text),
            ("import", MaybeText),
            ("sample", Int),
            ("source", Text),
        ],
        "id",
    ),
    table(
        "strikes",
        &[
            ("id", Text),
            ("version", Int),
            ("firm", Text),
            ("reason", Text),
            ("from_on", Text),
            ("until_on", MaybeText),
            ("note", Text),
        ],
        "id",
    ),
    table(
        "coverages",
        &[
            ("id", Text),
            ("version", Int),
            ("firm", Text),
            ("kind", Text),
            ("unit", MaybeText),
            ("post", MaybeText),
            ("from_on", Text),
            ("until_on", MaybeText),
            ("note", Text),
        ],
        "id",
    ),
];
