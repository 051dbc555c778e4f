//! Files of the office's own programs: slides brought along with a report, the office's template. The files themselves lie
//! in the file store under their SHA-256.

use crate::row::Row;

crate::row::columns! {
    /// The slides somebody brought along with a report; its id is the report's.
    OwnSlidesRow in "own_slides"
    form {
        /// Name as it was sent.
        name: String,
        /// SHA-256 of the file as it was sent.
        original: String,
        /// SHA-256 of the PDF.
        sha256: String,
        /// Size of the PDF.
        bytes: i64,
        /// Actor.
        actor: String,
        /// Seconds since 1970.
        at: i64,
    }
    once {}
    finds {}
}

impl Row for OwnSlidesRow {}

crate::row::columns! {
    /// A template of the office.
    TemplateRow in "office_templates"
    form {
        /// Name as it was sent.
        name: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Size.
        bytes: i64,
        /// Actor.
        actor: String,
        /// Seconds since 1970.
        at: i64,
    }
    once {}
    finds {}
}

impl Row for TemplateRow {}
