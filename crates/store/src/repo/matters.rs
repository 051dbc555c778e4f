//! Matters: rows, moves, progress, changes asked for.

use pingyi_domain::record::Scope;

use super::{find, followups};
use crate::list::{Ask, Cursor, Matching, Page, Select};
use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One matter.
    MatterRow in "matters"
    form {
        /// List on the wire.
        list: String,
        /// What it is about.
        title: String,
        /// Origin on the wire.
        origin: String,
        /// Id of the entry it was raised in.
        entry: Option<String>,
        /// Id of the firm it is about.
        firm: Option<String>,
        /// Id of the unit.
        unit: String,
        /// Who answers for it.
        responsible: String,
        /// What is done about it.
        measures: String,
        /// Day.
        raised_on: String,
        /// Day.
        due_on: Option<String>,
        /// Thousandths.
        quantity: Option<i64>,
        /// Of what.
        measure: String,
    }
    once {
        /// State on the wire.
        state: String,
        /// Actor who reported it last.
        reported_by: Option<String>,
        /// Day.
        reported_on: Option<String>,
        /// Actor who closed it.
        closed_by: Option<String>,
        /// Day.
        closed_on: Option<String>,
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
    finds {
        OF_ENTRY = "WHERE entry = $1 ORDER BY raised_on, id";
    }
}

impl Row for MatterRow {
    async fn drop_parts(conn: &mut Conn, id: &str) -> Result<()> {
        sqlx::query(DELETE_MOVES)
            .bind(id)
            .execute(&mut *conn)
            .await?;
        followups::drop_sources(conn, id).await
    }
}

/// A matter in a list: with how much is done.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedMatter {
    /// The matter.
    #[sqlx(flatten)]
    pub matter: MatterRow,
    /// Thousandths, the newest.
    pub done: Option<i64>,
    /// What lists sort by: its day, or the last of all days; behind them what is closed.
    pub due_key: String,
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MoveRow {
    /// Id of the matter.
    pub matter: String,
    /// From 1.
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Move on the wire; `raise` for the first.
    #[sqlx(rename = "move")]
    pub step: String,
    /// State it led to.
    pub state: String,
    /// What was said.
    pub text: String,
}

/// How much was done by a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProgressRow {
    /// Id of the matter.
    pub matter: String,
    /// Day.
    pub on_date: String,
    /// Thousandths.
    pub done: i64,
    /// Note.
    pub note: String,
}

/// A change asked for.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EditRow {
    /// Id.
    pub id: String,
    /// Id of the matter.
    pub matter: String,
    /// The matter's version when it was asked for.
    pub version: i64,
    /// JSON: list of field, from, to.
    pub change: String,
    /// Why.
    pub reason: String,
    /// Actor.
    pub asked_by: String,
    /// Seconds since 1970.
    pub asked_at: i64,
    /// `asked`, `granted`, `refused`.
    pub state: String,
    /// Actor.
    pub decided_by: Option<String>,
    /// Seconds since 1970.
    pub decided_at: Option<i64>,
    /// What was answered.
    pub answer: String,
}

crate::statements::statements! {
    MOVE = "UPDATE matters SET state = $3, reported_by = $4, reported_on = $5, closed_by = $6, closed_on = $7 \
            WHERE id = $1 AND state = $2";
    DELETE = "DELETE FROM matters WHERE id = $1 AND version = $2 AND state = 'raised'";
    DELETE_MOVES = "DELETE FROM matter_moves WHERE matter = $1";
    ADD_MOVE = "INSERT INTO matter_moves (matter, seq, at, actor, move, state, text) VALUES ($1, \
                (SELECT COALESCE(MAX(seq), 0) + 1 FROM matter_moves WHERE matter = $1), $2, $3, $4, $5, $6)";
    MOVES = "SELECT matter, seq, at, actor, move, state, text FROM matter_moves WHERE matter = $1 ORDER BY seq";
    LAST_MOVE = "SELECT COALESCE(MAX(seq), 0) FROM matter_moves WHERE matter = $1";
    PUT_PROGRESS = "INSERT INTO matter_progress (matter, on_date, done, note) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (matter, on_date) DO UPDATE SET done = excluded.done, note = excluded.note";
    PROGRESS = "SELECT matter, on_date, done, note FROM matter_progress WHERE matter = $1 ORDER BY on_date DESC";
    ADD_EDIT = "INSERT INTO matter_edits (id, matter, version, change, reason, asked_by, asked_at, state, answer) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', '')";
    DECIDE_EDIT = "UPDATE matter_edits SET state = $2, decided_by = $3, decided_at = $4, answer = $5 \
                   WHERE id = $1 AND state = 'asked'";
    EDIT = "SELECT id, matter, version, change, reason, asked_by, asked_at, state, decided_by, decided_at, answer \
            FROM matter_edits WHERE id = $1";
    EDITS = "SELECT id, matter, version, change, reason, asked_by, asked_at, state, decided_by, decided_at, answer \
             FROM matter_edits WHERE matter = $1 ORDER BY asked_at DESC, id";
    ASKED = "SELECT id, matter, version, change, reason, asked_by, asked_at, state, decided_by, decided_at, answer \
             FROM matter_edits WHERE state = 'asked' ORDER BY asked_at, id";
}

/// Stores the fields of a matter that still has the version and state given, and raises its version; false when
/// somebody was faster.
///
/// # Errors
/// As [`row::update`].
pub async fn update(conn: &mut Conn, row: &MatterRow) -> Result<bool> {
    row::update_in_state(conn, &row.state, row).await
}

/// Stores the state of a matter that still is in state `from`; false when somebody was faster.
///
/// # Errors
/// When the database fails, or the row breaks the rule that nobody closes what they reported.
pub async fn set_state(conn: &mut Conn, from: &str, row: &MatterRow) -> Result<bool> {
    let done = sqlx::query(MOVE)
        .bind(row.id.as_str())
        .bind(from)
        .bind(row.state.as_str())
        .bind(row.reported_by.as_deref())
        .bind(row.reported_on.as_deref())
        .bind(row.closed_by.as_deref())
        .bind(row.closed_on.as_deref())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a matter away that nobody answers for yet; false when it moved on or has another version, and then the
/// transaction must not be kept.
///
/// # Errors
/// [`crate::StoreError::Orphan`] while evidence belongs to it.
pub async fn delete(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    MatterRow::drop_parts(conn, id).await?;
    let query = sqlx::query(DELETE).bind(id).bind(version);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// The matters raised in an entry.
///
/// # Errors
/// When the database fails.
pub async fn of_entry(conn: &mut Conn, entry: &str) -> Result<Vec<MatterRow>> {
    row::find(conn, OF_ENTRY, &[entry]).await
}

/// Writes down a move; its place in the row follows from those before.
///
/// # Errors
/// When the database fails.
pub async fn add_move(conn: &mut Conn, step: &MoveRow) -> Result<()> {
    sqlx::query(ADD_MOVE)
        .bind(step.matter.as_str())
        .bind(step.at)
        .bind(step.actor.as_str())
        .bind(step.step.as_str())
        .bind(step.state.as_str())
        .bind(step.text.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// All moves of a matter, the first first.
///
/// # Errors
/// When the database fails.
pub async fn moves(conn: &mut Conn, matter: &str) -> Result<Vec<MoveRow>> {
    Ok(sqlx::query_as(MOVES).bind(matter).fetch_all(conn).await?)
}

/// Number of the last move; 0 without any.
///
/// # Errors
/// When the database fails.
pub async fn last_move(conn: &mut Conn, matter: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(LAST_MOVE)
        .bind(matter)
        .fetch_one(conn)
        .await?)
}

/// Writes down how much was done by a day, or corrects it.
///
/// # Errors
/// When the database fails.
pub async fn put_progress(conn: &mut Conn, row: &ProgressRow) -> Result<()> {
    sqlx::query(PUT_PROGRESS)
        .bind(row.matter.as_str())
        .bind(row.on_date.as_str())
        .bind(row.done)
        .bind(row.note.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// How much was done by which day, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn progress(conn: &mut Conn, matter: &str) -> Result<Vec<ProgressRow>> {
    Ok(sqlx::query_as(PROGRESS)
        .bind(matter)
        .fetch_all(conn)
        .await?)
}

/// Writes down a change asked for; state and decision of the row are not read.
///
/// # Errors
/// When the database fails.
pub async fn add_edit(conn: &mut Conn, edit: &EditRow) -> Result<()> {
    sqlx::query(ADD_EDIT)
        .bind(edit.id.as_str())
        .bind(edit.matter.as_str())
        .bind(edit.version)
        .bind(edit.change.as_str())
        .bind(edit.reason.as_str())
        .bind(edit.asked_by.as_str())
        .bind(edit.asked_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores the decision on a change; false when it was decided before.
///
/// # Errors
/// When the database fails.
pub async fn decide_edit(conn: &mut Conn, edit: &EditRow) -> Result<bool> {
    let done = sqlx::query(DECIDE_EDIT)
        .bind(edit.id.as_str())
        .bind(edit.state.as_str())
        .bind(edit.decided_by.as_deref())
        .bind(edit.decided_at)
        .bind(edit.answer.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The change with this id.
///
/// # Errors
/// When the database fails.
pub async fn edit(conn: &mut Conn, id: &str) -> Result<Option<EditRow>> {
    Ok(sqlx::query_as(EDIT).bind(id).fetch_optional(conn).await?)
}

/// The changes asked for of a matter, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn edits(conn: &mut Conn, matter: &str) -> Result<Vec<EditRow>> {
    Ok(sqlx::query_as(EDITS).bind(matter).fetch_all(conn).await?)
}

/// All changes that wait to be decided, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn asked(conn: &mut Conn) -> Result<Vec<EditRow>> {
    Ok(sqlx::query_as(ASKED).fetch_all(conn).await?)
}

/// What a list of matters is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct MatterFilter {
    /// A unit and all below it.
    pub unit: Option<Scope>,
    /// List on the wire.
    pub list: Option<String>,
    /// State on the wire.
    pub state: Option<String>,
    /// Only those not closed.
    pub open: bool,
    /// Only those not closed and due from this day on …
    pub due_from: Option<String>,
    /// … or until this day.
    pub due_until: Option<String>,
    /// What search finds.
    pub text: Option<String>,
    /// What counted for a year.
    pub counted: Option<MattersOf>,
}

/// The matters behind a figure of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MattersOf {
    /// Raised from day to day.
    Raised(String, String),
    /// Closed from day to day.
    Closed(String, String),
    /// Due from day to day.
    Due(String, String),
    /// Not closed on a day.
    OpenOn(String),
    /// Not closed on a day, and due before it.
    OverdueOn(String),
    /// Not closed on a day, and due from day to day.
    DueOn(String, (String, String)),
    /// Raised by the last day and not closed before the first: what was to be done from day to day.
    Standing(String, String),
}

/// The columns a list of matters sorts by.
pub const SORTS: &[&str] = &["due_key", "raised_on", "title"];

const COLUMNS: &str = "id, version, list, title, origin, entry, firm, unit, responsible, measures, raised_on, due_on, quantity, \
    measure, state, reported_by, reported_on, closed_by, closed_on, sample, source, due_key, \
    (SELECT done FROM matter_progress WHERE matter = found.id ORDER BY on_date DESC LIMIT 1) AS done";
// Overdue first (product.md): what has no day comes after everything that has one, what is closed after all that is open.
const FOUND: &str = "(SELECT *, CASE state WHEN 'closed' THEN 'closed ' ELSE '' END || COALESCE(due_on, '9999-12-31') AS due_key \
                     FROM matters) AS found";

/// A closed matter was open until the day it was closed on.
const OPEN: &str = "raised_on <= ? AND (closed_on IS NULL OR closed_on > ?)";

fn select(scope: &Scope, filter: &MatterFilter, found: Option<&Matching>) -> Select {
    let mut select = Select::new(COLUMNS, FOUND)
        .scope("unit", scope)
        .and_maybe("list = ?", filter.list.as_deref())
        .and_maybe("state = ?", filter.state.as_deref())
        .and_maybe("due_on >= ?", filter.due_from.as_deref())
        .and_maybe("due_on <= ?", filter.due_until.as_deref());
    if let Some(unit) = &filter.unit {
        select = select.scope("unit", unit);
    }
    if filter.open || filter.due_from.is_some() || filter.due_until.is_some() {
        select = select.and("state <> 'closed'", []);
    }
    select = match filter.counted.clone() {
        None => select,
        Some(MattersOf::Raised(a, b)) => {
            select.and("raised_on BETWEEN ? AND ?", [a.into(), b.into()])
        }
        Some(MattersOf::Closed(a, b)) => {
            select.and("closed_on BETWEEN ? AND ?", [a.into(), b.into()])
        }
        Some(MattersOf::Due(a, b)) => select.and("due_on BETWEEN ? AND ?", [a.into(), b.into()]),
        Some(MattersOf::OpenOn(day)) => select.and(OPEN, [day.as_str().into(), day.into()]),
        Some(MattersOf::OverdueOn(day)) => select
            .and(OPEN, [day.as_str().into(), day.as_str().into()])
            .and("due_on < ?", [day.into()]),
        Some(MattersOf::DueOn(day, (a, b))) => select
            .and(OPEN, [day.as_str().into(), day.into()])
            .and("due_on BETWEEN ? AND ?", [a.into(), b.into()]),
        Some(MattersOf::Standing(a, b)) => select.and(
            "raised_on <= ? AND (closed_on IS NULL OR closed_on >= ?)",
            [b.into(), a.into()],
        ),
    };
    match found {
        Some(found) => select.matching("found.id", found),
        None => select,
    }
}

/// One page of matters.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &MatterFilter,
    ask: &Ask,
) -> Result<Page<ListedMatter>> {
    let sort = ask.sort;
    let place = move |row: &ListedMatter| {
        let key = match sort {
            "title" => &row.matter.title,
            "raised_on" => &row.matter.raised_on,
            _ => &row.due_key,
        };
        Cursor::after(key.as_str(), row.matter.id.as_str())
    };
    let found = find::matching_of(conn, "matter", filter.text.as_deref()).await?;
    select(scope, filter, found.as_ref())
        .page(conn, ask, place)
        .await
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, scope: &Scope, filter: &MatterFilter) -> Result<u64> {
    let found = find::matching_of(conn, "matter", filter.text.as_deref()).await?;
    select(scope, filter, found.as_ref()).count(conn).await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let found = crate::list::sample_matching("matter");
    let text = || Some("x".to_owned());
    let filter = MatterFilter {
        unit: Some(crate::list::sample_scope()),
        list: text(),
        state: text(),
        open: true,
        due_from: text(),
        due_until: text(),
        text: Some("土地整备".to_owned()),
        counted: Some(MattersOf::OverdueOn("x".to_owned())),
    };
    crate::list::scoped_shapes(|scope| select(scope, &filter, Some(&found)), SORTS)
}
