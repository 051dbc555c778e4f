//! Entries of the ledger, with who took part and the firms.

mod many;

use pingyi_domain::record::Scope;

pub(crate) use many::STATEMENTS as MANY_STATEMENTS;
pub use many::{EntryKey, insert_many, keys};

use super::find;
use crate::list::{Ask, Cursor, Matching, Page, Select};
use crate::row::{Columns as _, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One entry.
    EntryRow in "entries"
    form {
        /// Id of the unit.
        unit: String,
        /// Code of the kind.
        kind: String,
        /// Code of the topic.
        topic: String,
        /// Day.
        on_date: String,
        /// What it was.
        title: String,
        /// Where.
        place: String,
        /// What happened.
        summary: String,
        /// How many people.
        headcount: Option<i64>,
        /// Thousandths.
        quantity: Option<i64>,
        /// Of what.
        measure: String,
        /// Thousandths of hours.
        hours: Option<i64>,
        /// Cases.
        cases: Option<i64>,
        /// Cases settled.
        settled: Option<i64>,
        /// What was found.
        findings: String,
        /// Quarter of a joint meeting.
        quarter: Option<String>,
        /// Id of the shop.
        shop: Option<String>,
        /// Id of the instructor's post.
        post: Option<String>,
        /// State on the wire.
        state: String,
        /// Why it was given back.
        reason: String,
    }
    once {
        /// Actor.
        recorded_by: String,
        /// Seconds since 1970.
        recorded_at: i64,
        /// Actor.
        reviewed_by: Option<String>,
        /// Seconds since 1970.
        reviewed_at: Option<i64>,
        /// Id of the import it came with.
        import: Option<String>,
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
}

impl Row for EntryRow {
    async fn drop_parts(conn: &mut Conn, id: &str) -> Result<()> {
        for statement in [DELETE_BODIES, DELETE_FIRMS] {
            sqlx::query(statement).bind(id).execute(&mut *conn).await?;
        }
        Ok(())
    }
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BodyRow {
    /// `partner` or `attended`.
    pub role: String,
    /// Id, where it is a unit of ours.
    pub unit: Option<String>,
    /// Name.
    pub name: String,
}

/// A firm of an entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedFirm {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id of its unit.
    pub unit: String,
}

crate::statements::statements! {
    REVIEW = "UPDATE entries SET state = $3, reason = $4, reviewed_by = $5, reviewed_at = $6 WHERE id = $1 AND state = $2";
    DELETE_BODIES = "DELETE FROM entry_bodies WHERE entry = $1";
    DELETE_FIRMS = "DELETE FROM entry_firms WHERE entry = $1";
    ADD_BODY = "INSERT INTO entry_bodies (entry, place, role, unit, name) VALUES ($1, $2, $3, $4, $5)";
    BODIES = "SELECT role, unit, name FROM entry_bodies WHERE entry = $1 ORDER BY place";
    ADD_FIRM = "INSERT INTO entry_firms (entry, firm) VALUES ($1, $2)";
    FIRMS = "SELECT firms.id, firms.name, firms.unit FROM entry_firms JOIN firms ON firms.id = entry_firms.firm \
             WHERE entry_firms.entry = $1 ORDER BY firms.name, firms.id";
    FIRMS_NAMED = "SELECT id, name, unit FROM firms WHERE name = $1 OR name_key = $2 ORDER BY id LIMIT 20";
    BODIES_LIKE = "SELECT DISTINCT entry_bodies.name FROM entry_bodies JOIN entries ON entries.id = entry_bodies.entry \
                   JOIN units ON units.id = entries.unit WHERE substr(entry_bodies.name, 1, length($1)) = $1 \
                   AND units.path >= $2 AND units.path < $3 ORDER BY entry_bodies.name LIMIT 10";
    FIRMS_LIKE = "SELECT id, name, unit FROM firms WHERE name_key >= $1 AND name_key < $2 ORDER BY name_key, id LIMIT 10";
}

/// Stores the review of an entry that is in state `from`; false when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn review(conn: &mut Conn, from: &str, row: &EntryRow) -> Result<bool> {
    let done = sqlx::query(REVIEW)
        .bind(row.id.as_str())
        .bind(from)
        .bind(row.state.as_str())
        .bind(row.reason.as_str())
        .bind(row.reviewed_by.as_deref())
        .bind(row.reviewed_at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Replaces who took part, in this order.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without a unit named.
pub async fn set_bodies(conn: &mut Conn, entry: &str, bodies: &[BodyRow]) -> Result<()> {
    sqlx::query(DELETE_BODIES)
        .bind(entry)
        .execute(&mut *conn)
        .await?;
    for (place, body) in (0_i64..).zip(bodies) {
        sqlx::query(ADD_BODY)
            .bind(entry)
            .bind(place)
            .bind(body.role.as_str())
            .bind(body.unit.as_deref())
            .bind(body.name.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Replaces the firms.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without a firm named, [`crate::StoreError::Conflict`] when one stands twice.
pub async fn set_firms(conn: &mut Conn, entry: &str, firms: &[String]) -> Result<()> {
    sqlx::query(DELETE_FIRMS)
        .bind(entry)
        .execute(&mut *conn)
        .await?;
    for firm in firms {
        sqlx::query(ADD_FIRM)
            .bind(entry)
            .bind(firm.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Who took part, in order.
///
/// # Errors
/// When the database fails.
pub async fn bodies(conn: &mut Conn, entry: &str) -> Result<Vec<BodyRow>> {
    Ok(sqlx::query_as(BODIES).bind(entry).fetch_all(conn).await?)
}

/// The firms, by name.
///
/// # Errors
/// When the database fails.
pub async fn firms(conn: &mut Conn, entry: &str) -> Result<Vec<NamedFirm>> {
    Ok(sqlx::query_as(FIRMS).bind(entry).fetch_all(conn).await?)
}

/// Entries looked up by one statement.
const AT_ONCE: usize = 500;

/// What belongs to many entries, by the id of the entry.
async fn of_many<T>(conn: &mut Conn, entries: &[&str], sql: (&str, &str)) -> Result<Vec<T>>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::any::AnyRow> + Send + Unpin,
{
    let mut all = Vec::new();
    for some in entries.chunks(AT_ONCE) {
        let places = crate::list::places(1, some.len());
        let sql = sqlx::AssertSqlSafe(format!("{}{places}{}", sql.0, sql.1));
        let mut query = sqlx::query_as::<sqlx::Any, T>(sql);
        for id in some {
            query = query.bind(*id);
        }
        all.extend(query.fetch_all(&mut *conn).await?);
    }
    Ok(all)
}

const BODIES_OF: (&str, &str) = (
    "SELECT entry, role, name FROM entry_bodies WHERE entry IN ",
    " ORDER BY entry, place",
);
const FIRMS_OF: (&str, &str) = (
    "SELECT entry_firms.entry, firms.name FROM entry_firms JOIN firms ON firms.id = entry_firms.firm WHERE entry_firms.entry IN ",
    " ORDER BY entry_firms.entry, firms.name, firms.id",
);

/// Who took part in many entries, in order: entry, role, name.
///
/// # Errors
/// When the database fails.
pub async fn bodies_of(conn: &mut Conn, entries: &[&str]) -> Result<Vec<(String, String, String)>> {
    of_many(conn, entries, BODIES_OF).await
}

/// The firms of many entries, by name: entry, name.
///
/// # Errors
/// When the database fails.
pub async fn firms_of(conn: &mut Conn, entries: &[&str]) -> Result<Vec<(String, String)>> {
    of_many(conn, entries, FIRMS_OF).await
}

/// The firms called this, or with this key.
///
/// # Errors
/// When the database fails.
pub async fn firms_named(conn: &mut Conn, name: &str, key: &str) -> Result<Vec<NamedFirm>> {
    Ok(sqlx::query_as(FIRMS_NAMED)
        .bind(name)
        .bind(key)
        .fetch_all(conn)
        .await?)
}

/// Names of those who took part in entries of the units between two places, that begin so; a few, for who is typing.
///
/// # Errors
/// When the database fails.
pub async fn bodies_like(
    conn: &mut Conn,
    begins: &str,
    (from, until): (&str, &str),
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(BODIES_LIKE)
        .bind(begins)
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await?)
}

/// Firms whose key begins so, a few, for who is typing.
///
/// # Errors
/// When the database fails.
pub async fn firms_like(conn: &mut Conn, key: &str) -> Result<Vec<NamedFirm>> {
    let end = format!("{key}\u{10ffff}");
    Ok(sqlx::query_as(FIRMS_LIKE)
        .bind(key)
        .bind(end)
        .fetch_all(conn)
        .await?)
}

/// What a list of entries is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    /// A unit and all below it.
    pub unit: Option<Scope>,
    /// Code of the kind.
    pub kind: Option<String>,
    /// Code of the topic.
    pub topic: Option<String>,
    /// State on the wire.
    pub state: Option<String>,
    /// Not given back.
    pub counts: bool,
    /// From this day on.
    pub from: Option<String>,
    /// Until this day, which is in it.
    pub until: Option<String>,
    /// Meetings by the quarter they are the meetings of, also when they were held later.
    pub by_quarter: bool,
    /// With this firm.
    pub firm: Option<String>,
    /// What search finds.
    pub text: Option<String>,
}

/// The columns a list of entries sorts by.
pub const SORTS: &[&str] = &["on_date", "title"];

/// The quarter a day on the wire lies in, on the wire.
fn quarter(day: &str) -> Option<String> {
    let day = day.parse().ok()?;
    Some(pingyi_domain::record::Quarter::of(day).to_string())
}

/// Only entries of the days asked for.
fn within(select: Select, filter: &EntryFilter) -> Select {
    let quarters = |from: &str, until: &str| Some((quarter(from)?, quarter(until)?));
    if let (true, Some(from), Some(until)) = (filter.by_quarter, &filter.from, &filter.until)
        && let Some((first, last)) = quarters(from, until)
    {
        let days = [from.as_str().into(), until.as_str().into()];
        let [from, until] = days;
        return select.and(
            "((quarter IS NULL AND on_date >= ? AND on_date <= ?) OR (quarter >= ? AND quarter <= ?))",
            [from, until, first.into(), last.into()],
        );
    }
    select
        .and_maybe("on_date >= ?", filter.from.as_deref())
        .and_maybe("on_date <= ?", filter.until.as_deref())
}

fn select(scope: &Scope, filter: &EntryFilter, found: Option<&Matching>) -> Select {
    let mut select = Select::new(EntryRow::COLUMNS, EntryRow::TABLE)
        .scope("unit", scope)
        .and_maybe("kind = ?", filter.kind.as_deref())
        .and_maybe("topic = ?", filter.topic.as_deref())
        .and_maybe("state = ?", filter.state.as_deref())
        .and_maybe(
            "id IN (SELECT entry FROM entry_firms WHERE firm = ?)",
            filter.firm.as_deref(),
        );
    if let Some(unit) = &filter.unit {
        select = select.scope("unit", unit);
    }
    select = within(select, filter);
    if filter.counts {
        select = select.and("state <> 'returned'", []);
    }
    match found {
        Some(found) => select.matching("entries.id", found),
        None => select,
    }
}

/// One page of entries.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &EntryFilter,
    ask: &Ask,
) -> Result<Page<EntryRow>> {
    let by_title = ask.sort == "title";
    let place = move |row: &EntryRow| {
        let key = if by_title { &row.title } else { &row.on_date };
        Cursor::after(key.as_str(), row.id.as_str())
    };
    let found = find::matching_of(conn, "entry", filter.text.as_deref()).await?;
    select(scope, filter, found.as_ref())
        .page(conn, ask, place)
        .await
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, scope: &Scope, filter: &EntryFilter) -> Result<u64> {
    let found = find::matching_of(conn, "entry", filter.text.as_deref()).await?;
    select(scope, filter, found.as_ref()).count(conn).await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let found = crate::list::sample_matching("entry");
    let text = || Some("x".to_owned());
    let filter = EntryFilter {
        unit: Some(crate::list::sample_scope()),
        kind: text(),
        topic: text(),
        state: text(),
        counts: true,
        from: text(),
        until: text(),
        by_quarter: false,
        firm: text(),
        text: Some("联席会议".to_owned()),
    };
    let by_quarter = EntryFilter {
        from: Some("2018-01-01".to_owned()),
        until: Some("2018-12-31".to_owned()),
        by_quarter: true,
        ..EntryFilter::default()
    };
    let of_many = [BODIES_OF, FIRMS_OF].map(|sql| format!("{}($1, $2){}", sql.0, sql.1));
    let mut texts = crate::list::scoped_shapes(|scope| select(scope, &filter, Some(&found)), SORTS);
    texts.extend(of_many);
    texts.extend(crate::list::scoped_shapes(
        |scope| select(scope, &by_quarter, None),
        SORTS,
    ));
    texts
}
