//! What a backup holds of each table.

use std::sync::LazyLock;

use super::record;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    MaybeText,
    Int,
    MaybeInt,
    Bytes,
}

/// A table of the backup.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name, also the name of its file.
    pub name: &'static str,
    pub(super) columns: &'static [(&'static str, Holds)],
    pub(super) order: &'static str,
}

use Holds::{Bytes, Int, MaybeInt, MaybeText, Text};

/// The tables of users and appraisals; units stand before users, who may belong to one.
const OFFICE: &[Table] = &[
    Table {
        name: "settings",
        columns: &[("name", Text), ("value", Text)],
        order: "name",
    },
    Table {
        name: "users",
        columns: &[
            ("id", Text),
            ("login", Text),
            ("name", Text),
            ("password_hash", Text),
            ("roles", Text),
            ("created_at", Int),
            ("disabled_at", MaybeInt),
            ("unit", MaybeText),
        ],
        order: "id",
    },
    Table {
        name: "appraisals",
        columns: &[
            ("id", Text),
            ("version", Int),
            ("pulse", Int),
            ("state", Text),
            ("rehearsal_of", MaybeText),
            ("title", Text),
            ("year", Int),
            ("config", Text),
            ("detail", Text),
            ("created_at", Int),
        ],
        order: "id",
    },
    Table {
        name: "ceremony",
        columns: &[
            ("appraisal", Text),
            ("kind", Text),
            ("seat", Int),
            ("body", Text),
        ],
        order: "appraisal, kind, seat",
    },
    Table {
        name: "tokens",
        columns: &[
            ("appraisal", Text),
            ("kind", Text),
            ("seat", Int),
            ("hash", Text),
            ("joined", Int),
        ],
        order: "appraisal, kind, seat",
    },
    Table {
        name: "boxes",
        columns: &[
            ("box", Text),
            ("appraisal", Text),
            ("ordinal", Int),
            ("category", Text),
            ("state", Text),
            ("stamp", Int),
            ("records", Int),
            ("height", Int),
            ("head", Text),
            ("ballots", Int),
            ("voters", Int),
            ("tally", Int),
        ],
        order: "box",
    },
    Table {
        name: "roll",
        columns: &[("box", Text), ("credential", Text), ("kind", Text)],
        order: "box, credential",
    },
    Table {
        name: "records",
        columns: &[
            ("box", Text),
            ("seq", Int),
            ("name", Text),
            ("content", Text),
        ],
        order: "box, seq",
    },
    Table {
        name: "ballots",
        columns: &[
            ("box", Text),
            ("tracker", Text),
            ("credential", Text),
            ("height", Int),
            ("event", Text),
        ],
        order: "box, height",
    },
    Table {
        name: "shares",
        columns: &[
            ("box", Text),
            ("owner", Int),
            ("partial", Text),
            ("strong", Text),
        ],
        order: "box, owner",
    },
    Table {
        name: "opinions",
        columns: &[("appraisal", Text), ("digest", Text), ("entry", Text)],
        order: "appraisal, digest",
    },
    Table {
        name: "urn",
        columns: &[("appraisal", Text), ("digest", Text), ("entry", Text)],
        order: "appraisal, digest",
    },
    Table {
        name: "urn_shares",
        columns: &[("appraisal", Text), ("owner", Int), ("body", Text)],
        order: "appraisal, owner",
    },
    Table {
        name: "documents",
        columns: &[
            ("appraisal", Text),
            ("kind", Text),
            ("part", Text),
            ("body", Text),
        ],
        order: "appraisal, kind, part",
    },
    Table {
        name: "slides",
        columns: &[
            ("appraisal", Text),
            ("presenter", Text),
            ("sha256", Text),
            ("content", Bytes),
            ("brought", Int),
        ],
        order: "appraisal, presenter",
    },
    Table {
        name: "evaluations",
        columns: &[
            ("appraisal", Text),
            ("leader", Text),
            ("presenter", Text),
            ("points", Int),
        ],
        order: "appraisal, leader, presenter",
    },
    Table {
        name: "grade_decisions",
        columns: &[
            ("appraisal", Text),
            ("presenter", Text),
            ("version", Int),
            ("grade", MaybeInt),
            ("reason", Text),
            ("entered_by", Text),
            ("confirmed_by", MaybeText),
        ],
        order: "appraisal, presenter",
    },
    Table {
        name: "audit",
        columns: &[
            ("seq", Int),
            ("at", Int),
            ("actor", Text),
            ("action", Text),
            ("subject", Text),
            ("detail", Text),
            ("parent", Text),
            ("hash", Text),
        ],
        order: "seq",
    },
    Table {
        name: "audit_head",
        columns: &[("one", Int), ("seq", Int), ("at", Int), ("hash", Text)],
        order: "one",
    },
];

/// All tables of a backup, parents before children.
pub static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    [
        record::BASE,
        OFFICE,
        record::FIRMS,
        record::UNITS,
        record::LEDGER,
        record::REPORTS,
        record::INDICATORS,
        record::PAPERS,
        record::FOLLOWUP,
    ]
    .concat()
});

impl Table {
    /// The names of its columns.
    pub fn column_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns.iter().map(|(name, _)| *name)
    }

    /// Its columns with what they hold.
    pub(crate) fn holds(&self) -> impl Iterator<Item = (&'static str, Holds)> + use<> {
        self.columns.iter().copied()
    }

    pub(super) fn names(&self) -> String {
        self.columns
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ")
    }
}
