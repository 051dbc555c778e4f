//! Follow-up of appraisals, in a backup.

use super::table;
use crate::backup::tables::Holds::{Int, MaybeInt, MaybeText, Text};
use crate::backup::tables::Table;

/// Of `migrations/0140_followup.sql`.
pub(in crate::backup) const FOLLOWUP: &[Table] = &[
    table(
        "matter_sources",
        &[
            ("matter", Text),
            ("appraisal", Text),
            ("presenter", Text),
            ("source", Text),
            ("part", Text),
        ],
        "matter, appraisal, presenter, source, part",
    ),
    table(
        "opinion_strikes",
        &[
            ("appraisal", Text),
            ("presenter", Text),
            ("number", Int),
            ("reason", Text),
            ("struck_by", Text),
            ("struck_at", Int),
            ("confirmed_by", MaybeText),
            ("confirmed_at", MaybeInt),
        ],
        "appraisal, presenter, number",
    ),
];
