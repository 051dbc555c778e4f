//! The audit trail: what is written, how entries are chained, and how an export is verified offline.
//!
//! An entry's hash is SHA-256 over the hash of the entry before it (empty for the first) followed by the
//! canonical JSON of its own content `{"action","actor","at","detail","seq","subject"}`. An export is one line
//! of canonical JSON for each entry, with `"hash"` and `"parent"` beside the content.

mod entry;
mod events;
mod verify;

pub use entry::{AuditEntry, Content, TrailPart, lines_of};
pub use events::{AuditEvent, BoxHead, BoxMark, ReportListed};
pub use verify::{
    AuditFault, AuditReport, Extent, Fault, TrailMark, verify_anchored, verify_export,
};

#[cfg(test)]
mod tests;
