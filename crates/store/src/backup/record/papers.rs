//! Papers, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, MaybeInt, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0130_papers.sql`.
pub(in crate::backup) const PAPERS: &[Table] = &[table(
    "papers",
    &[
        ("id", Text),
        ("version", Int),
        ("given_at", MaybeInt),
        ("place", Text),
        ("kind", Text),
        ("format", Text),
        ("appraisal", MaybeText),
        ("presenter", Text),
        ("unit", MaybeText),
        ("title", Text),
        ("data", Text),
        ("input", Text),
        ("sha256", Text),
        ("bytes", Int),
        ("pages", MaybeInt),
        ("actor", Text),
        ("at", Int),
    ],
    "id",
)];
