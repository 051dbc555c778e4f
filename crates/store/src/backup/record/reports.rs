//! Duty reports, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, MaybeInt, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0100_reports.sql` and `0110_slides.sql`.
pub(in crate::backup) const REPORTS: &[Table] = &[
    table(
        "reports",
        &[
            ("id", Text),
            ("version", Int),
            ("unit", Text),
            ("year", Int),
            ("outline", Text),
            ("state", Text),
            ("begun_by", Text),
            ("begun_at", Int),
            ("submitted_by", MaybeText),
            ("submitted_at", MaybeInt),
            ("approved_by", MaybeText),
            ("approved_at", MaybeInt),
            ("sample", Int),
        ],
        "id",
    ),
    table(
        "report_sections",
        &[
            ("report", Text),
            ("code", Text),
            ("version", Int),
            ("text", Text),
            ("actor", Text),
            ("at", Int),
        ],
        "report, code",
    ),
    table(
        "report_answers",
        &[
            ("report", Text),
            ("matter", Text),
            ("version", Int),
            ("text", Text),
            ("actor", Text),
            ("at", Int),
        ],
        "report, matter",
    ),
    table(
        "report_versions",
        &[
            ("report", Text),
            ("seq", Int),
            ("at", Int),
            ("actor", Text),
            ("content", Text),
            ("hash", Text),
        ],
        "report, seq",
    ),
    table(
        "report_remarks",
        &[
            ("id", Text),
            ("report", Text),
            ("seq", Int),
            ("section", Text),
            ("quote", Text),
            ("text", Text),
            ("state", Text),
            ("actor", Text),
            ("at", Int),
            ("answer", Text),
            ("answered_by", MaybeText),
            ("answered_at", MaybeInt),
        ],
        "id",
    ),
    table(
        "report_moves",
        &[
            ("report", Text),
            ("seq", Int),
            ("at", Int),
            ("actor", Text),
            ("move", Text),
            ("state", Text),
            ("text", Text),
        ],
        "report, seq",
    ),
    table(
        "report_decks",
        &[
            ("report", Text),
            ("version", Int),
            ("arrangement", Text),
            ("actor", Text),
            ("at", Int),
        ],
        "report",
    ),
    table(
        "report_slide_texts",
        &[
            ("report", Text),
            ("slide", Text),
            ("field", Text),
            ("version", Int),
            ("text", Text),
            ("actor", Text),
            ("at", Int),
        ],
        "report, slide, field",
    ),
    table(
        "report_deck_facts",
        &[("report", Text), ("seq", Int), ("facts", Text)],
        "report, seq",
    ),
    table(
        "shown_decks",
        &[
            ("appraisal", Text),
            ("presenter", Text),
            ("report", Text),
            ("deck", Text),
            ("hash", Text),
            ("at", Int),
        ],
        "appraisal, presenter",
    ),
    table(
        "shown_deck_photos",
        &[
            ("appraisal", Text),
            ("presenter", Text),
            ("sha256", Text),
            ("media", Text),
        ],
        "appraisal, presenter, sha256",
    ),
];
