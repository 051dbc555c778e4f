//! Small parts of an appraisal kept as JSON: stage, comments, reconciliation, draw, opened opinions, result.

use crate::{AppraisalId, Conn, Result};

/// The kinds of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the hall screen shows (one part, named by the empty text).
    Stage,
    /// The leader's comment on a presenter (part: presenter code).
    Comment,
    /// Paper and slips of a category (part: category letter).
    Reconciliation,
    /// The lots drawn (one part).
    Draw,
    /// The opened opinions (one part).
    Opinions,
    /// The result as computed from the opened boxes (one part).
    Result,
    /// Composite and grades as worked out with the result (one part).
    Grades,
    /// What our own verification of a box said (part: box uuid).
    Verification,
    /// What people type for a paper before it is made (part: which text).
    PaperText,
    /// Last year's lists as the form shows them, fixed at sealing (one part; the exact text whose hash the boxes bind).
    LastYear,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Comment => "comment",
            Self::Reconciliation => "reconciliation",
            Self::Draw => "draw",
            Self::Opinions => "opinions",
            Self::Result => "result",
            Self::Grades => "grades",
            Self::Verification => "verification",
            Self::PaperText => "paper_text",
            Self::LastYear => "last_year",
        }
    }
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PartRow {
    /// Which one of its kind.
    pub part: String,
    /// JSON.
    pub body: String,
}

crate::statements::statements! {
    PUT = "INSERT INTO documents (appraisal, kind, part, body) VALUES ($1, $2, $3, $4) \
           ON CONFLICT (appraisal, kind, part) DO UPDATE SET body = excluded.body";
    GET = "SELECT body FROM documents WHERE appraisal = $1 AND kind = $2 AND part = $3";
    OF_KIND = "SELECT part, body FROM documents WHERE appraisal = $1 AND kind = $2 ORDER BY part";
    REMOVE = "DELETE FROM documents WHERE appraisal = $1 AND kind = $2 AND part = $3";
}

/// Stores a part.
///
/// # Errors
/// When the database fails.
pub async fn put(
    conn: &mut Conn,
    id: &AppraisalId,
    kind: Kind,
    part: &str,
    body: &str,
) -> Result<()> {
    sqlx::query(PUT)
        .bind(id.as_str())
        .bind(kind.name())
        .bind(part)
        .bind(body)
        .execute(conn)
        .await?;
    Ok(())
}

/// One part.
///
/// # Errors
/// When the database fails.
pub async fn get(
    conn: &mut Conn,
    id: &AppraisalId,
    kind: Kind,
    part: &str,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(GET)
        .bind(id.as_str())
        .bind(kind.name())
        .bind(part)
        .fetch_optional(conn)
        .await?)
}

/// All parts of a kind.
///
/// # Errors
/// When the database fails.
pub async fn of_kind(conn: &mut Conn, id: &AppraisalId, kind: Kind) -> Result<Vec<PartRow>> {
    Ok(sqlx::query_as(OF_KIND)
        .bind(id.as_str())
        .bind(kind.name())
        .fetch_all(conn)
        .await?)
}

/// Takes a part away.
///
/// # Errors
/// When the database fails.
pub async fn remove(conn: &mut Conn, id: &AppraisalId, kind: Kind, part: &str) -> Result<()> {
    sqlx::query(REMOVE)
        .bind(id.as_str())
        .bind(kind.name())
        .bind(part)
        .execute(conn)
        .await?;
    Ok(())
}
