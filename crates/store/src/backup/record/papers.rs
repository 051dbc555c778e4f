//! Papers, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, MaybeInt, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0130_papers.sql`, `0150_scans.sql` and `0151_office.sql`.
pub(in crate::backup) const PAPERS: &[Table] = &[PAPERS_MADE, SCANS, OWN_SLIDES, OFFICE_TEMPLATES];

const PAPERS_MADE: Table = table(
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
);

const SCANS: Table = table(
    "scans",
    &[
        ("id", Text),
        ("version", Int),
        ("sheet", Text),
        ("appraisal", Text),
        ("name", Text),
        ("media", Text),
        ("bytes", Int),
        ("sha256", Text),
        ("thumb", MaybeText),
        ("width", MaybeInt),
        ("height", MaybeInt),
        ("actor", Text),
        ("at", Int),
    ],
    "id",
);

const OWN_SLIDES: Table = table(
    "own_slides",
    &[
        ("id", Text),
        ("version", Int),
        ("name", Text),
        ("original", Text),
        ("sha256", Text),
        ("bytes", Int),
        ("actor", Text),
        ("at", Int),
    ],
    "id",
);

const OFFICE_TEMPLATES: Table = table(
    "office_templates",
    &[
        ("id", Text),
        ("version", Int),
        ("name", Text),
        ("sha256", Text),
        ("bytes", Int),
        ("actor", Text),
        ("at", Int),
    ],
    "id",
);
