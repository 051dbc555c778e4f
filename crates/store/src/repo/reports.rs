//! Duty reports: rows, sections, answers, versions, remarks, moves.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One report.
    ReportRow in "reports"
    form {
        /// State on the wire.
        state: String,
        /// Actor who handed it in, in the states behind that.
        submitted_by: Option<String>,
        /// Seconds since 1970.
        submitted_at: Option<i64>,
        /// Actor who approved it.
        approved_by: Option<String>,
        /// Seconds since 1970.
        approved_at: Option<i64>,
    }
    once {
        /// Id of the unit.
        unit: String,
        /// The year reported on.
        year: i64,
        /// JSON of the outline when it was begun.
        outline: String,
        /// Actor.
        begun_by: String,
        /// Seconds since 1970.
        begun_at: i64,
        /// 1 for what was made up.
        sample: i64,
    }
    finds {
        OF_YEAR = "WHERE year = CAST($1 AS BIGINT) ORDER BY unit";
        OF_UNIT = "WHERE unit = $1 ORDER BY year DESC";
    }
}

impl Row for ReportRow {}

/// A section as it is written.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SectionRow {
    /// Id of the report.
    pub report: String,
    /// Code of the section.
    pub code: String,
    /// Version, from 1.
    pub version: i64,
    /// Text as typed.
    pub text: String,
    /// Who wrote it last.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// What is answered to a matter.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// Id of the report.
    pub report: String,
    /// Id of the matter.
    pub matter: String,
    /// Version, from 1.
    pub version: i64,
    /// Text.
    pub text: String,
    /// Who wrote it last.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// A submission.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionRow {
    /// Id of the report.
    pub report: String,
    /// From 1.
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who submitted.
    pub actor: String,
    /// Canonical JSON.
    pub content: String,
    /// SHA-256 of it.
    pub hash: String,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RemarkRow {
    /// Id.
    pub id: String,
    /// Id of the report.
    pub report: String,
    /// The version it hangs on.
    pub seq: i64,
    /// Code of the section.
    pub section: String,
    /// The stretch of text it is about; empty for the whole section.
    pub quote: String,
    /// The words.
    pub text: String,
    /// State on the wire.
    pub state: String,
    /// Who made it.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
    /// What the unit answered.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<String>,
    /// Seconds since 1970.
    pub answered_at: Option<i64>,
}

/// A move of a report.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportMoveRow {
    /// Id of the report.
    pub report: String,
    /// From 1.
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Move on the wire; `begin` for the first.
    #[sqlx(rename = "move")]
    pub step: String,
    /// State it led to.
    pub state: String,
    /// What was said.
    pub text: String,
}

/// How far the reports of a year are, one row for each.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProgressRow {
    /// Id of the report.
    pub report: String,
    /// Sections with text.
    pub written: i64,
    /// When somebody wrote last, in seconds since 1970.
    pub at: i64,
    /// Remarks that are open.
    pub open_remarks: i64,
}

crate::statements::statements! {
    YEARS = "SELECT DISTINCT year FROM reports ORDER BY year DESC";
    PROGRESS = "SELECT r.id AS report, \
                (SELECT count(*) FROM report_sections s WHERE s.report = r.id AND s.text <> '') AS written, \
                (SELECT COALESCE(MAX(s.at), r.begun_at) FROM report_sections s WHERE s.report = r.id) AS at, \
                (SELECT count(*) FROM report_remarks m WHERE m.report = r.id AND m.state = 'open') AS open_remarks \
                FROM reports r WHERE r.year = $1";
    SECTIONS = "SELECT report, code, version, text, actor, at FROM report_sections WHERE report = $1 ORDER BY code";
    SECTION = "SELECT report, code, version, text, actor, at FROM report_sections WHERE report = $1 AND code = $2";
    ADD_SECTION = "INSERT INTO report_sections (report, code, version, text, actor, at) VALUES ($1, $2, 1, $3, $4, $5) \
                   ON CONFLICT (report, code) DO NOTHING";
    PUT_SECTION = "UPDATE report_sections SET version = version + 1, text = $4, actor = $5, at = $6 \
                   WHERE report = $1 AND code = $2 AND version = $3";
    ANSWERS = "SELECT report, matter, version, text, actor, at FROM report_answers WHERE report = $1 ORDER BY matter";
    ANSWER = "SELECT report, matter, version, text, actor, at FROM report_answers WHERE report = $1 AND matter = $2";
    ADD_ANSWER = "INSERT INTO report_answers (report, matter, version, text, actor, at) VALUES ($1, $2, 1, $3, $4, $5) \
                  ON CONFLICT (report, matter) DO NOTHING";
    PUT_ANSWER = "UPDATE report_answers SET version = version + 1, text = $4, actor = $5, at = $6 \
                  WHERE report = $1 AND matter = $2 AND version = $3";
    ADD_VERSION = "INSERT INTO report_versions (report, seq, at, actor, content, hash) VALUES ($1, $2, $3, $4, $5, $6)";
    VERSIONS = "SELECT report, seq, at, actor, content, hash FROM report_versions WHERE report = $1 ORDER BY seq";
    LAST_VERSION = "SELECT report, seq, at, actor, content, hash FROM report_versions WHERE report = $1 \
                    ORDER BY seq DESC LIMIT 1";
    ADD_REMARK = "INSERT INTO report_remarks (id, report, seq, section, quote, text, state, actor, at, answer) \
                  VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, '')";
    REMARKS = "SELECT id, report, seq, section, quote, text, state, actor, at, answer, answered_by, answered_at \
               FROM report_remarks WHERE report = $1 ORDER BY at, id";
    REMARK = "SELECT id, report, seq, section, quote, text, state, actor, at, answer, answered_by, answered_at \
              FROM report_remarks WHERE id = $1";
    PUT_REMARK = "UPDATE report_remarks SET state = $3, answer = $4, answered_by = $5, answered_at = $6 \
                  WHERE id = $1 AND state = $2";
    ADD_MOVE = "INSERT INTO report_moves (report, seq, at, actor, move, state, text) VALUES ($1, \
                (SELECT COALESCE(MAX(seq), 0) + 1 FROM report_moves WHERE report = $1), $2, $3, $4, $5, $6)";
    MOVES = "SELECT report, seq, at, actor, move, state, text FROM report_moves WHERE report = $1 ORDER BY seq";
}

/// The reports of a year.
///
/// # Errors
/// When the database fails.
pub async fn of_year(conn: &mut Conn, year: i64) -> Result<Vec<ReportRow>> {
    row::find(conn, OF_YEAR, &[&year.to_string()]).await
}

/// The reports of a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<ReportRow>> {
    row::find(conn, OF_UNIT, &[unit]).await
}

/// The years there are reports on, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn years(conn: &mut Conn) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(YEARS).fetch_all(conn).await?)
}

/// How far the reports of a year are.
///
/// # Errors
/// When the database fails.
pub async fn progress(conn: &mut Conn, year: i64) -> Result<Vec<ProgressRow>> {
    Ok(sqlx::query_as(PROGRESS).bind(year).fetch_all(conn).await?)
}

/// What is written of a report; sections without a row are empty.
///
/// # Errors
/// When the database fails.
pub async fn sections(conn: &mut Conn, report: &str) -> Result<Vec<SectionRow>> {
    Ok(sqlx::query_as(SECTIONS)
        .bind(report)
        .fetch_all(conn)
        .await?)
}

/// One section, where something was written.
///
/// # Errors
/// When the database fails.
pub async fn section(conn: &mut Conn, report: &str, code: &str) -> Result<Option<SectionRow>> {
    let query = sqlx::query_as(SECTION).bind(report).bind(code);
    Ok(query.fetch_optional(conn).await?)
}

/// Stores a section that still has the version of the row (0: that has none yet) and raises it; false when somebody was
/// faster.
///
/// # Errors
/// When the database fails.
pub async fn put_section(conn: &mut Conn, row: &SectionRow) -> Result<bool> {
    let query = if row.version == 0 {
        let query = sqlx::query(ADD_SECTION);
        query.bind(row.report.as_str()).bind(row.code.as_str())
    } else {
        let query = sqlx::query(PUT_SECTION);
        let query = query.bind(row.report.as_str()).bind(row.code.as_str());
        query.bind(row.version)
    };
    let query = query.bind(row.text.as_str()).bind(row.actor.as_str());
    let done = query.bind(row.at).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// What is answered in a report.
///
/// # Errors
/// When the database fails.
pub async fn answers(conn: &mut Conn, report: &str) -> Result<Vec<AnswerRow>> {
    Ok(sqlx::query_as(ANSWERS).bind(report).fetch_all(conn).await?)
}

/// The answer to one matter, where there is one.
///
/// # Errors
/// When the database fails.
pub async fn answer(conn: &mut Conn, report: &str, matter: &str) -> Result<Option<AnswerRow>> {
    let query = sqlx::query_as(ANSWER).bind(report).bind(matter);
    Ok(query.fetch_optional(conn).await?)
}

/// As [`put_section`], for an answer.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the matter.
pub async fn put_answer(conn: &mut Conn, row: &AnswerRow) -> Result<bool> {
    let query = if row.version == 0 {
        let query = sqlx::query(ADD_ANSWER);
        query.bind(row.report.as_str()).bind(row.matter.as_str())
    } else {
        let query = sqlx::query(PUT_ANSWER);
        let query = query.bind(row.report.as_str()).bind(row.matter.as_str());
        query.bind(row.version)
    };
    let query = query.bind(row.text.as_str()).bind(row.actor.as_str());
    let done = query.bind(row.at).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps a submission.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when its number is taken.
pub async fn add_version(conn: &mut Conn, row: &VersionRow) -> Result<()> {
    sqlx::query(ADD_VERSION)
        .bind(row.report.as_str())
        .bind(row.seq)
        .bind(row.at)
        .bind(row.actor.as_str())
        .bind(row.content.as_str())
        .bind(row.hash.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// All submissions of a report, the first first.
///
/// # Errors
/// When the database fails.
pub async fn versions(conn: &mut Conn, report: &str) -> Result<Vec<VersionRow>> {
    Ok(sqlx::query_as(VERSIONS)
        .bind(report)
        .fetch_all(conn)
        .await?)
}

/// The last submission of a report.
///
/// # Errors
/// When the database fails.
pub async fn last_version(conn: &mut Conn, report: &str) -> Result<Option<VersionRow>> {
    let query = sqlx::query_as(LAST_VERSION).bind(report);
    Ok(query.fetch_optional(conn).await?)
}

/// Keeps a new remark; its state, answer and what belongs to it are not read.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the version it hangs on.
pub async fn add_remark(conn: &mut Conn, row: &RemarkRow) -> Result<()> {
    sqlx::query(ADD_REMARK)
        .bind(row.id.as_str())
        .bind(row.report.as_str())
        .bind(row.seq)
        .bind(row.section.as_str())
        .bind(row.quote.as_str())
        .bind(row.text.as_str())
        .bind(row.actor.as_str())
        .bind(row.at)
        .execute(conn)
        .await?;
    Ok(())
}

/// All remarks on a report, the first first.
///
/// # Errors
/// When the database fails.
pub async fn remarks(conn: &mut Conn, report: &str) -> Result<Vec<RemarkRow>> {
    Ok(sqlx::query_as(REMARKS).bind(report).fetch_all(conn).await?)
}

/// The remark with this id.
///
/// # Errors
/// When the database fails.
pub async fn remark(conn: &mut Conn, id: &str) -> Result<Option<RemarkRow>> {
    Ok(sqlx::query_as(REMARK).bind(id).fetch_optional(conn).await?)
}

/// Stores state and answer of a remark that still is in state `from`; false when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn put_remark(conn: &mut Conn, from: &str, row: &RemarkRow) -> Result<bool> {
    let done = sqlx::query(PUT_REMARK)
        .bind(row.id.as_str())
        .bind(from)
        .bind(row.state.as_str())
        .bind(row.answer.as_str())
        .bind(row.answered_by.as_deref())
        .bind(row.answered_at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down a move; its place in the row follows from those before.
///
/// # Errors
/// When the database fails.
pub async fn add_move(conn: &mut Conn, step: &ReportMoveRow) -> Result<()> {
    sqlx::query(ADD_MOVE)
        .bind(step.report.as_str())
        .bind(step.at)
        .bind(step.actor.as_str())
        .bind(step.step.as_str())
        .bind(step.state.as_str())
        .bind(step.text.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// All moves of a report, the first first.
///
/// # Errors
/// When the database fails.
pub async fn moves(conn: &mut Conn, report: &str) -> Result<Vec<ReportMoveRow>> {
    Ok(sqlx::query_as(MOVES).bind(report).fetch_all(conn).await?)
}
