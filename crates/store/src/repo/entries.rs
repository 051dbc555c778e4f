//! Entries of the ledger, with who took part and the firms.

use pingyi_domain::record::Scope;

use crate::list::{Ask, Cursor, Page, Select};
use crate::{Conn, Result};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// Id.
    pub id: String,
    /// Version, from 1; reviews leave it.
    pub version: i64,
    /// Id of the unit.
    pub unit: String,
    /// Code of the kind.
    pub kind: String,
    /// Code of the topic.
    pub topic: String,
    /// Day.
    pub on_date: String,
    /// What it was.
    pub title: String,
    /// Where.
    pub place: String,
    /// What happened.
    pub summary: String,
    /// How many people.
    pub headcount: Option<i64>,
    /// Thousandths.
    pub quantity: Option<i64>,
    /// Of what.
    pub measure: String,
    /// Thousandths of hours.
    pub hours: Option<i64>,
    /// Cases.
    pub cases: Option<i64>,
    /// Cases settled.
    pub settled: Option<i64>,
    /// What was found.
    pub findings: String,
    /// Quarter of a joint meeting.
    pub quarter: Option<String>,
    /// Id of the shop.
    pub shop: Option<String>,
    /// Id of the instructor's post.
    pub post: Option<String>,
    /// State on the wire.
    pub state: String,
    /// Why it was given back.
    pub reason: String,
    /// Actor.
    pub recorded_by: String,
    /// Seconds since 1970.
    pub recorded_at: i64,
    /// Actor.
    pub reviewed_by: Option<String>,
    /// Seconds since 1970.
    pub reviewed_at: Option<i64>,
    /// Id of the import it came with.
    pub import: Option<String>,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
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
    INSERT = "INSERT INTO entries (id, version, unit, kind, topic, on_date, title, place, summary, headcount, quantity, measure, \
              hours, cases, settled, findings, quarter, shop, post, state, reason, recorded_by, recorded_at, reviewed_by, \
              reviewed_at, import, sample, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
              $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)";
    UPDATE = "UPDATE entries SET version = version + 1, unit = $4, kind = $5, topic = $6, on_date = $7, title = $8, place = $9, \
              summary = $10, headcount = $11, quantity = $12, measure = $13, hours = $14, cases = $15, settled = $16, \
              findings = $17, quarter = $18, shop = $19, post = $20, state = $21, reason = $22 \
              WHERE id = $1 AND version = $2 AND state = $3";
    REVIEW = "UPDATE entries SET state = $3, reason = $4, reviewed_by = $5, reviewed_at = $6 WHERE id = $1 AND state = $2";
    DELETE = "DELETE FROM entries WHERE id = $1 AND version = $2";
    DELETE_BODIES = "DELETE FROM entry_bodies WHERE entry = $1";
    DELETE_FIRMS = "DELETE FROM entry_firms WHERE entry = $1";
    BY_ID = "SELECT id, version, unit, kind, topic, on_date, title, place, summary, headcount, quantity, measure, hours, cases, \
             settled, findings, quarter, shop, post, state, reason, recorded_by, recorded_at, reviewed_by, reviewed_at, import, \
             sample, source FROM entries WHERE id = $1";
    ADD_BODY = "INSERT INTO entry_bodies (entry, place, role, unit, name) VALUES ($1, $2, $3, $4, $5)";
    BODIES = "SELECT role, unit, name FROM entry_bodies WHERE entry = $1 ORDER BY place";
    ADD_FIRM = "INSERT INTO entry_firms (entry, firm) VALUES ($1, $2)";
    FIRMS = "SELECT firms.id, firms.name, firms.unit FROM entry_firms JOIN firms ON firms.id = entry_firms.firm \
             WHERE entry_firms.entry = $1 ORDER BY firms.name, firms.id";
    FIRMS_NAMED = "SELECT id, name, unit FROM firms WHERE name = $1 OR name_key = $2 ORDER BY id LIMIT 20";
    FIRMS_LIKE = "SELECT id, name, unit FROM firms WHERE name_key >= $1 AND name_key < $2 ORDER BY name_key, id LIMIT 10";
}

/// Adds an entry, without those who took part.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without its unit, shop, post or import.
pub async fn insert(conn: &mut Conn, row: &EntryRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.kind.as_str())
        .bind(row.topic.as_str())
        .bind(row.on_date.as_str())
        .bind(row.title.as_str())
        .bind(row.place.as_str())
        .bind(row.summary.as_str())
        .bind(row.headcount)
        .bind(row.quantity)
        .bind(row.measure.as_str())
        .bind(row.hours)
        .bind(row.cases)
        .bind(row.settled)
        .bind(row.findings.as_str())
        .bind(row.quarter.as_deref())
        .bind(row.shop.as_deref())
        .bind(row.post.as_deref())
        .bind(row.state.as_str())
        .bind(row.reason.as_str())
        .bind(row.recorded_by.as_str())
        .bind(row.recorded_at)
        .bind(row.reviewed_by.as_deref())
        .bind(row.reviewed_at)
        .bind(row.import.as_deref())
        .bind(row.sample)
        .bind(row.source.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores an entry that still has its version and is in state `from`, and raises its version; false when somebody was
/// faster. The state and reason of the row are stored.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without its unit, shop or post.
pub async fn update(conn: &mut Conn, from: &str, row: &EntryRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(from)
        .bind(row.unit.as_str())
        .bind(row.kind.as_str())
        .bind(row.topic.as_str())
        .bind(row.on_date.as_str())
        .bind(row.title.as_str())
        .bind(row.place.as_str())
        .bind(row.summary.as_str())
        .bind(row.headcount)
        .bind(row.quantity)
        .bind(row.measure.as_str())
        .bind(row.hours)
        .bind(row.cases)
        .bind(row.settled)
        .bind(row.findings.as_str())
        .bind(row.quarter.as_deref())
        .bind(row.shop.as_deref())
        .bind(row.post.as_deref())
        .bind(row.state.as_str())
        .bind(row.reason.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
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

/// Takes an entry away, with who took part; false when it has another version.
///
/// # Errors
/// [`crate::StoreError::Orphan`] while matters or evidence refer to it.
pub async fn delete(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    for statement in [DELETE_BODIES, DELETE_FIRMS] {
        sqlx::query(statement).bind(id).execute(&mut *conn).await?;
    }
    let done = sqlx::query(DELETE)
        .bind(id)
        .bind(version)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The entry with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<EntryRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
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
    /// With this firm.
    pub firm: Option<String>,
    /// What search finds.
    pub text: Option<String>,
}

/// The columns a list of entries sorts by.
pub const SORTS: &[&str] = &["on_date", "title"];

const COLUMNS: &str = "id, version, unit, kind, topic, on_date, title, place, summary, headcount, quantity, measure, hours, cases, \
    settled, findings, quarter, shop, post, state, reason, recorded_by, recorded_at, reviewed_by, reviewed_at, import, sample, \
    source";

fn select(scope: &Scope, filter: &EntryFilter) -> Select {
    let mut select = Select::new(COLUMNS, "entries")
        .scope("unit", scope)
        .and_maybe("kind = ?", filter.kind.as_deref())
        .and_maybe("topic = ?", filter.topic.as_deref())
        .and_maybe("state = ?", filter.state.as_deref())
        .and_maybe("on_date >= ?", filter.from.as_deref())
        .and_maybe("on_date <= ?", filter.until.as_deref())
        .and_maybe(
            "id IN (SELECT entry FROM entry_firms WHERE firm = ?)",
            filter.firm.as_deref(),
        );
    if let Some(unit) = &filter.unit {
        select = select.scope("unit", unit);
    }
    if filter.counts {
        select = select.and("state <> 'returned'", []);
    }
    match &filter.text {
        Some(text) => select.matching("id", "entry", text),
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
    select(scope, filter).page(conn, ask, place).await
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, scope: &Scope, filter: &EntryFilter) -> Result<u64> {
    select(scope, filter).count(conn).await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = pingyi_domain::record::UnitPath::of(None, &crate::list::sample_unit());
    let text = || Some("x".to_owned());
    let filter = EntryFilter {
        unit: Some(Scope::Under(path.clone())),
        kind: text(),
        topic: text(),
        state: text(),
        counts: true,
        from: text(),
        until: text(),
        firm: text(),
        text: Some("联席会议".to_owned()),
    };
    let of_many = [BODIES_OF, FIRMS_OF].map(|sql| format!("{}($1, $2){}", sql.0, sql.1));
    [Scope::All, Scope::Under(path), Scope::Nothing]
        .iter()
        .flat_map(|scope| crate::list::shapes(&select(scope, &filter), SORTS))
        .chain(of_many)
        .collect()
}
