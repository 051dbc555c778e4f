//! The search index: a line for each thing that can be found, and the pairs of its text. What a line was found by
//! follows from the line, so pairs are taken away by their key and no second index of them is kept.

use pingyi_domain::record::{Pair, pair_text, pairs};
use sqlx::AssertSqlSafe;

use crate::list::VALUES_AT_ONCE;
use crate::{Conn, Result};

/// A thing that can be found.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DocRow {
    /// Kind on the wire.
    pub kind: String,
    /// Id.
    pub id: String,
    /// The unit it belongs to.
    pub unit: Option<String>,
    /// What it is called.
    pub title: String,
    /// What else it is found by.
    pub body: String,
}

impl DocRow {
    /// The pairs it is found by, in their order.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        pairs(&format!("{} {}", self.title, self.body))
    }
}

crate::statements::statements! {
    PUT = "INSERT INTO search_docs (kind, id, unit, title, body) VALUES ($1, $2, $3, $4, $5) \
           ON CONFLICT (kind, id) DO UPDATE SET unit = excluded.unit, title = excluded.title, body = excluded.body";
    DOC = "SELECT kind, id, unit, title, body FROM search_docs WHERE kind = $1 AND id = $2";
    DELETE = "DELETE FROM search_docs WHERE kind = $1 AND id = $2";
    FURTHER = "SELECT gram FROM search_grams WHERE gram > $1 ORDER BY gram LIMIT 1 OFFSET 50000";
    SWEEP = "DELETE FROM search_grams WHERE gram > $1 AND gram <= $2 AND kind = $3 \
             AND id IN (SELECT record FROM import_rows WHERE import = $4 AND before = '')";
    SWEEP_REST = "DELETE FROM search_grams WHERE gram > $1 AND kind = $2 \
                  AND id IN (SELECT record FROM import_rows WHERE import = $3 AND before = '')";
}

/// Pairs of one statement where each takes one value.
const ONES_AT_ONCE: usize = VALUES_AT_ONCE;
/// Pairs of one statement where each takes two.
const PAIRS_AT_ONCE: usize = VALUES_AT_ONCE / 2;
/// Things of one statement: 4 values each beside the kind.
const DOCS_AT_ONCE: usize = VALUES_AT_ONCE / 5;

/// A thing as it stands in the index.
///
/// # Errors
/// When the database fails.
pub async fn doc(conn: &mut Conn, kind: &str, id: &str) -> Result<Option<DocRow>> {
    let query = sqlx::query_as(DOC).bind(kind).bind(id);
    Ok(query.fetch_optional(conn).await?)
}

/// Puts a thing into the index, or puts it there anew.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &mut Conn, row: &DocRow) -> Result<()> {
    let before = doc(conn, &row.kind, &row.id).await?;
    sqlx::query(PUT)
        .bind(row.kind.as_str())
        .bind(row.id.as_str())
        .bind(row.unit.as_deref())
        .bind(row.title.as_str())
        .bind(row.body.as_str())
        .execute(&mut *conn)
        .await?;
    let now = row.pairs();
    let mut gone = before.map(|row| row.pairs()).unwrap_or_default();
    gone.retain(|pair| now.binary_search(pair).is_err());
    take(conn, (&row.kind, &row.id), &gone).await?;
    let all: Vec<(Pair, &str)> = now.iter().map(|pair| (*pair, row.id.as_str())).collect();
    add(conn, &row.kind, &all).await
}

/// Adds pairs with the ids of what has them, best in their order; those that are there stay.
///
/// # Errors
/// When the database fails.
pub async fn add(conn: &mut Conn, kind: &str, all: &[(Pair, &str)]) -> Result<()> {
    for some in all.chunks(PAIRS_AT_ONCE) {
        let places: Vec<String> = (0..some.len())
            .map(|n| format!("(${}, $1, ${})", 2 * n + 2, 2 * n + 3))
            .collect();
        let sql = format!(
            "INSERT INTO search_grams (gram, kind, id) VALUES {} ON CONFLICT (gram, kind, id) DO NOTHING",
            places.join(", ")
        );
        let full = some.len() == PAIRS_AT_ONCE;
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(full).bind(kind);
        for (pair, id) in some {
            query = query.bind(pair_text(*pair)).bind(*id);
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Takes pairs of one thing away.
///
/// # Errors
/// When the database fails.
pub async fn take(conn: &mut Conn, (kind, id): (&str, &str), all: &[Pair]) -> Result<()> {
    for some in all.chunks(ONES_AT_ONCE) {
        let places: Vec<String> = (0..some.len()).map(|n| format!("${}", n + 3)).collect();
        let sql = format!(
            "DELETE FROM search_grams WHERE kind = $1 AND id = $2 AND gram IN ({})",
            places.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        query = query.bind(kind).bind(id);
        for pair in some {
            query = query.bind(pair_text(*pair));
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Adds the lines of things of one kind that are not in the index yet, without their pairs.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when one is in it, or the database fails.
pub async fn put_lines(conn: &mut Conn, kind: &str, docs: &[DocRow]) -> Result<()> {
    for some in docs.chunks(DOCS_AT_ONCE) {
        let places = crate::list::places(some.len(), 5);
        let sql = format!("INSERT INTO search_docs (kind, id, unit, title, body) VALUES {places}");
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for doc in some {
            query = query
                .bind(kind)
                .bind(doc.id.as_str())
                .bind(doc.unit.as_deref())
                .bind(doc.title.as_str())
                .bind(doc.body.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// All pairs of many things with the places of these in the list, in the order of the index, so that neighbours are
/// written together.
#[must_use]
pub fn pairs_of(docs: &[DocRow]) -> Vec<(Pair, u32)> {
    let places = (0_u32..).zip(docs);
    let mut all: Vec<(Pair, u32)> = places
        .flat_map(|(place, doc)| doc.pairs().into_iter().map(move |pair| (pair, place)))
        .collect();
    all.sort_unstable();
    all
}

/// Puts things of one kind into the index that are not in it yet.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when one is in it, or the database fails.
pub async fn put_new(conn: &mut Conn, kind: &str, docs: &[DocRow]) -> Result<()> {
    put_lines(conn, kind, docs).await?;
    let ids: Vec<&str> = docs.iter().map(|doc| doc.id.as_str()).collect();
    for some in pairs_of(docs).chunks(PAIRS_AT_ONCE) {
        let of = |place: u32| usize::try_from(place).ok().and_then(|at| ids.get(at));
        let some = some
            .iter()
            .filter_map(|(pair, at)| Some((*pair, *of(*at)?)));
        add(conn, kind, &some.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Takes a thing out of the index.
///
/// # Errors
/// When the database fails.
pub async fn remove(conn: &mut Conn, kind: &str, id: &str) -> Result<()> {
    let Some(row) = doc(conn, kind, id).await? else {
        return Ok(());
    };
    take(conn, (kind, id), &row.pairs()).await?;
    sqlx::query(DELETE)
        .bind(kind)
        .bind(id)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// Takes away, of some pairs after `after`, those of what an import made; the last of them looked at, none at the end.
///
/// # Errors
/// When the database fails.
pub async fn sweep(
    conn: &mut Conn,
    (kind, import): (&str, &str),
    after: &str,
) -> Result<Option<String>> {
    let further: Option<String> = sqlx::query_scalar(FURTHER)
        .bind(after)
        .fetch_optional(&mut *conn)
        .await?;
    let query = match &further {
        Some(until) => sqlx::query(SWEEP).bind(after).bind(until.as_str()),
        None => sqlx::query(SWEEP_REST).bind(after),
    };
    query.bind(kind).bind(import).execute(&mut *conn).await?;
    Ok(further)
}
