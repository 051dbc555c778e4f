//! Signed papers that were scanned; the files themselves lie in the file store under their SHA-256.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One scan of a signed paper.
    ScanRow in "scans"
    form {
        /// Which paper: its name in an address, or `other`.
        sheet: String,
    }
    once {
        /// Id of the appraisal.
        appraisal: String,
        /// Name as it was sent.
        name: String,
        /// Media type.
        media: String,
        /// Size.
        bytes: i64,
        /// SHA-256 of the file.
        sha256: String,
        /// SHA-256 of the small rendition of a picture.
        thumb: Option<String>,
        /// Pixels.
        width: Option<i64>,
        /// Pixels.
        height: Option<i64>,
        /// Actor.
        actor: String,
        /// Seconds since 1970.
        at: i64,
    }
    finds {
        OF_APPRAISAL = "WHERE appraisal = $1 ORDER BY sheet, at, id";
    }
}

impl Row for ScanRow {}

/// The scans of an appraisal, those of one paper together, in the order in which they came.
///
/// # Errors
/// When the database fails.
pub async fn of_appraisal(conn: &mut Conn, appraisal: &str) -> Result<Vec<ScanRow>> {
    row::find(conn, OF_APPRAISAL, &[appraisal]).await
}
