//! Follow-up: what matters are made of, opinions struck, last year's list of a unit, how far units are.

use pingyi_domain::record::{Scope, UnitPath};

use super::matters::MatterRow;
use crate::{AppraisalId, Conn, Result};

/// One finding a matter is made of.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SourceRow {
    /// Id of the matter.
    pub matter: String,
    /// Id of the appraisal.
    pub appraisal: String,
    /// Code of the presenter.
    pub presenter: String,
    /// `item`, `opinion`, `comment`.
    pub source: String,
    /// The item's code, the opinion's number, or empty.
    pub part: String,
}

/// A finding with the matter it became.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedSource {
    /// The finding.
    #[sqlx(flatten)]
    pub source: SourceRow,
    /// The matter's title.
    pub title: String,
    /// Its state on the wire.
    pub state: String,
    /// The day it is due.
    pub due_on: Option<String>,
    /// Id of its unit.
    pub unit: String,
}

/// An opinion struck as abusive.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpinionStrikeRow {
    /// Id of the appraisal.
    pub appraisal: String,
    /// Code of the presenter.
    pub presenter: String,
    /// Its number, from 1.
    pub number: i64,
    /// Why.
    pub reason: String,
    /// Actor.
    pub struck_by: String,
    /// Seconds since 1970.
    pub struck_at: i64,
    /// The leader who confirmed it; while there is none it waits.
    pub confirmed_by: Option<String>,
    /// Seconds since 1970.
    pub confirmed_at: Option<i64>,
}

/// A matter of last year's list, with the year of its appraisal and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LastYearRow {
    /// The matter.
    #[sqlx(flatten)]
    pub matter: MatterRow,
    /// The year of the appraisal it comes from.
    pub year: i64,
    /// The newest answer of a report (move `answer`), else what its newest report said where that stands; else empty.
    pub answer: String,
}

/// How far the rectification of one unit is, from a day to a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ProgressOf {
    /// Id of the unit.
    pub unit: String,
    /// Not closed before the first day, and raised by the last.
    pub listed: i64,
    /// Of these closed by the last day.
    pub closed: i64,
    /// Of these not closed, and due from day to day of another spell.
    pub due: i64,
    /// Of these not closed, and due before the last day.
    pub overdue: i64,
}

/// What shows that a matter is done.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProofRow {
    /// Id of the matter.
    pub matter: String,
    /// What its newest report said.
    pub text: String,
    /// How many files belong to it.
    pub files: i64,
}

/// The days a count of progress goes by.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// First day.
    pub from: &'a str,
    /// Last day.
    pub until: &'a str,
    /// First day of what counts as due.
    pub due_from: &'a str,
    /// Last day of it.
    pub due_until: &'a str,
}

crate::statements::statements! {
    ADD_SOURCE = "INSERT INTO matter_sources (matter, appraisal, presenter, source, part) VALUES ($1, $2, $3, $4, $5)";
    OF_MATTER = "SELECT matter, appraisal, presenter, source, part FROM matter_sources WHERE matter = $1 \
                 ORDER BY appraisal, presenter, source, part";
    DROP_SOURCES = "DELETE FROM matter_sources WHERE matter = $1";
    OF_APPRAISAL = "SELECT s.matter, s.appraisal, s.presenter, s.source, s.part, m.title, m.state, m.due_on, m.unit \
                    FROM matter_sources s JOIN matters m ON m.id = s.matter WHERE s.appraisal = $1 \
                    ORDER BY s.presenter, (SELECT MIN(v.at) FROM matter_moves v WHERE v.matter = m.id), s.matter, \
                    s.source, s.part";
    STRIKES = "SELECT appraisal, presenter, number, reason, struck_by, struck_at, confirmed_by, confirmed_at \
               FROM opinion_strikes WHERE appraisal = $1 ORDER BY presenter, number";
    WAITING = "SELECT appraisal, count(*) AS number FROM opinion_strikes WHERE confirmed_by IS NULL GROUP BY appraisal \
               ORDER BY appraisal";
    STRIKE = "INSERT INTO opinion_strikes (appraisal, presenter, number, reason, struck_by, struck_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    CONFIRM = "UPDATE opinion_strikes SET confirmed_by = $4, confirmed_at = $5 \
               WHERE appraisal = $1 AND presenter = $2 AND number = $3 AND confirmed_by IS NULL";
    UNSTRIKE = "DELETE FROM opinion_strikes WHERE appraisal = $1 AND presenter = $2 AND number = $3 AND confirmed_by IS NULL";
    // Matters that were typed in without their appraisal belong to the meeting of the winter before they were raised
    // (December to March, domain.md §2). A refused report is no answer.
    LAST_YEAR = "SELECT id, version, list, title, origin, entry, firm, unit, responsible, measures, raised_on, due_on, quantity, \
                 measure, state, reported_by, reported_on, closed_by, closed_on, sample, source, year, answer FROM \
                 (SELECT m.*, COALESCE((SELECT MAX(a.year) FROM matter_sources s JOIN appraisals a ON a.id = s.appraisal \
                 WHERE s.matter = m.id), CAST(substr(m.raised_on, 1, 4) AS BIGINT) \
                 - CASE WHEN substr(m.raised_on, 6, 2) = '12' THEN 0 ELSE 1 END) AS year, \
                 COALESCE((SELECT v.text FROM matter_moves v WHERE v.matter = m.id AND v.text <> '' AND (v.move = 'answer' \
                 OR (v.move = 'report' AND m.state IN ('reported', 'closed'))) \
                 ORDER BY CASE v.move WHEN 'answer' THEN 0 ELSE 1 END, v.seq DESC LIMIT 1), '') AS answer \
                 FROM matters m WHERE m.list = 'rectification' AND m.origin = 'appraisal' \
                 AND m.unit IN (SELECT id FROM units WHERE path >= $1 AND path < $2)) AS listed \
                 WHERE year = $3 OR (year < $3 AND (closed_on IS NULL OR closed_on >= $4)) ORDER BY raised_on, id";
    PROGRESS = "SELECT unit, count(*) AS listed, \
                CAST(SUM(CASE WHEN closed_on <= $2 THEN 1 ELSE 0 END) AS BIGINT) AS closed, \
                CAST(SUM(CASE WHEN (closed_on IS NULL OR closed_on > $2) AND due_on BETWEEN $3 AND $4 THEN 1 ELSE 0 END) AS BIGINT) AS due, \
                CAST(SUM(CASE WHEN (closed_on IS NULL OR closed_on > $2) AND due_on < $2 THEN 1 ELSE 0 END) AS BIGINT) AS overdue \
                FROM matters WHERE list = 'rectification' AND raised_on <= $2 AND (closed_on IS NULL OR closed_on >= $1) \
                AND unit IN (SELECT id FROM units WHERE path >= $5 AND path < $6) GROUP BY unit ORDER BY unit";
    PROOFS = "SELECT m.id AS matter, COALESCE((SELECT v.text FROM matter_moves v WHERE v.matter = m.id AND v.move = 'report' \
              ORDER BY v.seq DESC LIMIT 1), '') AS text, (SELECT count(*) FROM evidence e WHERE e.matter = m.id) AS files \
              FROM matters m WHERE m.list = 'rectification' AND m.closed_on BETWEEN $1 AND $2 ORDER BY m.id";
}

/// Writes down what a matter is made of.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when it stands there already.
pub async fn add_source(conn: &mut Conn, row: &SourceRow) -> Result<()> {
    sqlx::query(ADD_SOURCE)
        .bind(row.matter.as_str())
        .bind(row.appraisal.as_str())
        .bind(row.presenter.as_str())
        .bind(row.source.as_str())
        .bind(row.part.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// What a matter is made of.
///
/// # Errors
/// When the database fails.
pub async fn of_matter(conn: &mut Conn, matter: &str) -> Result<Vec<SourceRow>> {
    Ok(sqlx::query_as(OF_MATTER)
        .bind(matter)
        .fetch_all(conn)
        .await?)
}

/// Takes away what a matter is made of, before the matter itself.
///
/// # Errors
/// When the database fails.
pub(super) async fn drop_sources(conn: &mut Conn, matter: &str) -> Result<()> {
    sqlx::query(DROP_SOURCES).bind(matter).execute(conn).await?;
    Ok(())
}

/// Everything of an appraisal that became a matter, by presenter.
///
/// # Errors
/// When the database fails.
pub async fn of_appraisal(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<ListedSource>> {
    Ok(sqlx::query_as(OF_APPRAISAL)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// The opinions of an appraisal that are struck, or wait for it.
///
/// # Errors
/// When the database fails.
pub async fn strikes(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<OpinionStrikeRow>> {
    Ok(sqlx::query_as(STRIKES)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// The appraisals with opinions that wait for a leader, and how many of each.
///
/// # Errors
/// When the database fails.
pub async fn waiting(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(WAITING).fetch_all(conn).await?)
}

/// Strikes an opinion; it waits to be confirmed.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when it is struck already.
pub async fn strike(conn: &mut Conn, row: &OpinionStrikeRow) -> Result<()> {
    sqlx::query(STRIKE)
        .bind(row.appraisal.as_str())
        .bind(row.presenter.as_str())
        .bind(row.number)
        .bind(row.reason.as_str())
        .bind(row.struck_by.as_str())
        .bind(row.struck_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Confirms that an opinion is struck; false when it no longer waits.
///
/// # Errors
/// When the database fails, or who struck it would confirm it.
pub async fn confirm(conn: &mut Conn, row: &OpinionStrikeRow) -> Result<bool> {
    let done = sqlx::query(CONFIRM)
        .bind(row.appraisal.as_str())
        .bind(row.presenter.as_str())
        .bind(row.number)
        .bind(row.confirmed_by.as_deref())
        .bind(row.confirmed_at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a strike back that waits; false when it no longer does.
///
/// # Errors
/// When the database fails.
pub async fn unstrike(conn: &mut Conn, row: &OpinionStrikeRow) -> Result<bool> {
    let done = sqlx::query(UNSTRIKE)
        .bind(row.appraisal.as_str())
        .bind(row.presenter.as_str())
        .bind(row.number)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The rectification list of a unit and all below it that comes from the appraisal of `year`: with what was left open of
/// earlier years and not closed before the next year began. This is what the report of `year + 1` answers and what the
/// appraisal of `year + 1` shows. The oldest first.
///
/// # Errors
/// When the database fails.
pub async fn last_year(conn: &mut Conn, place: &UnitPath, year: i64) -> Result<Vec<LastYearRow>> {
    Ok(sqlx::query_as(LAST_YEAR)
        .bind(place.as_str())
        .bind(place.end())
        .bind(year)
        .bind(format!("{:04}-01-01", year + 1))
        .fetch_all(conn)
        .await?)
}

/// How far rectification is, by the unit a matter belongs to; units without any are left out.
///
/// # Errors
/// When the database fails.
pub async fn progress(conn: &mut Conn, scope: &Scope, span: Span<'_>) -> Result<Vec<ProgressOf>> {
    let (from, end) = match scope {
        Scope::All => (String::new(), "~".to_owned()),
        Scope::Under(path) => (path.as_str().to_owned(), path.end()),
        Scope::Nothing => return Ok(Vec::new()),
    };
    Ok(sqlx::query_as(PROGRESS)
        .bind(span.from)
        .bind(span.until)
        .bind(span.due_from)
        .bind(span.due_until)
        .bind(from)
        .bind(end)
        .fetch_all(conn)
        .await?)
}

/// What shows that the matters closed from day to day are done.
///
/// # Errors
/// When the database fails.
pub async fn proofs(conn: &mut Conn, from: &str, until: &str) -> Result<Vec<ProofRow>> {
    Ok(sqlx::query_as(PROOFS)
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await?)
}
