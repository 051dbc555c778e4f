//! Papers: what was made; the files themselves lie in the file store under their SHA-256.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One paper that was made.
    PaperRow in "papers"
    form {
        /// When a letter was handed over, in seconds since 1970.
        given_at: Option<i64>,
    }
    once {
        /// What it is of: `appraisal/<id>/result_sheet`.
        place: String,
        /// Kind on the wire.
        kind: String,
        /// `pdf`, `docx`, `pptx` or `xlsx`.
        format: String,
        /// Id of the appraisal it belongs to.
        appraisal: Option<String>,
        /// Code of the presenter it is written to; empty where it is to nobody.
        presenter: String,
        /// Id of the unit it is about.
        unit: Option<String>,
        /// Title, also the name of its file.
        title: String,
        /// SHA-256 of its data.
        data: String,
        /// The data: canonical JSON of kind and data.
        input: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Size.
        bytes: i64,
        /// Pages of a PDF.
        pages: Option<i64>,
        /// Actor.
        actor: String,
        /// Seconds since 1970.
        at: i64,
    }
    finds {
        OF_PLACE = "WHERE place = $1 ORDER BY at DESC, id";
        OF_APPRAISAL = "WHERE appraisal = $1 ORDER BY place, format, at DESC, id";
        GIVEN_TO = "WHERE unit = $1 AND kind = 'feedback_letter' AND given_at IS NOT NULL ORDER BY at DESC, id";
        SAME = "WHERE place = $1 AND format = $2 AND data = $3 AND sha256 = $4";
    }
}

impl Row for PaperRow {}

/// The papers made of one thing, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_place(conn: &mut Conn, place: &str) -> Result<Vec<PaperRow>> {
    row::find(conn, OF_PLACE, &[place]).await
}

/// All papers of an appraisal; of each kind the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_appraisal(conn: &mut Conn, appraisal: &str) -> Result<Vec<PaperRow>> {
    row::find(conn, OF_APPRAISAL, &[appraisal]).await
}

/// The letters that were handed to the presenter of a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn given_to(conn: &mut Conn, unit: &str) -> Result<Vec<PaperRow>> {
    row::find(conn, GIVEN_TO, &[unit]).await
}

/// The paper with the same data and the same bytes.
///
/// # Errors
/// When the database fails.
pub async fn same(conn: &mut Conn, paper: &PaperRow) -> Result<Option<PaperRow>> {
    let values = [
        paper.place.as_str(),
        &paper.format,
        &paper.data,
        &paper.sha256,
    ];
    Ok(row::find(conn, SAME, &values).await?.into_iter().next())
}
