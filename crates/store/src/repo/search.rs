//! The search index: a line for each thing that can be found, and the bigrams of its text.

use pingyi_domain::record::grams;
use sqlx::AssertSqlSafe;

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

crate::statements::statements! {
    PUT = "INSERT INTO search_docs (kind, id, unit, title, body) VALUES ($1, $2, $3, $4, $5) \
           ON CONFLICT (kind, id) DO UPDATE SET unit = excluded.unit, title = excluded.title, body = excluded.body";
    DELETE = "DELETE FROM search_docs WHERE kind = $1 AND id = $2";
    DELETE_GRAMS = "DELETE FROM search_grams WHERE kind = $1 AND id = $2";
}

/// Rows of one statement: 3 values each, and `SQLite` takes 32,766 in all.
const AT_ONCE: usize = 1000;

/// Puts a thing into the index, or puts it there anew.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &mut Conn, doc: &DocRow) -> Result<()> {
    sqlx::query(PUT)
        .bind(doc.kind.as_str())
        .bind(doc.id.as_str())
        .bind(doc.unit.as_deref())
        .bind(doc.title.as_str())
        .bind(doc.body.as_str())
        .execute(&mut *conn)
        .await?;
    sqlx::query(DELETE_GRAMS)
        .bind(doc.kind.as_str())
        .bind(doc.id.as_str())
        .execute(&mut *conn)
        .await?;
    let all: Vec<String> = grams(&format!("{} {}", doc.title, doc.body))
        .into_iter()
        .collect();
    for some in all.chunks(AT_ONCE) {
        let places: Vec<String> = (0..some.len())
            .map(|n| format!("(${}, $1, $2)", n + 3))
            .collect();
        let sql = format!(
            "INSERT INTO search_grams (gram, kind, id) VALUES {}",
            places.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql))
            .bind(doc.kind.as_str())
            .bind(doc.id.as_str());
        for gram in some {
            query = query.bind(gram.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Pairs of one statement: 2 values each beside the kind.
const PAIRS_AT_ONCE: usize = 8000;
/// Things of one statement: 5 values each.
const DOCS_AT_ONCE: usize = 2000;

/// Puts things of one kind into the index that are not in it yet: what imports of many thousands need.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when one is in it, or the database fails.
pub async fn put_new(conn: &mut Conn, kind: &str, docs: &[DocRow]) -> Result<()> {
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
    // In the order of the index, so that neighbours are written together.
    let mut pairs: Vec<(String, &str)> = docs
        .iter()
        .flat_map(|doc| {
            let found = grams(&format!("{} {}", doc.title, doc.body));
            found.into_iter().map(|gram| (gram, doc.id.as_str()))
        })
        .collect();
    pairs.sort_unstable();
    for some in pairs.chunks(PAIRS_AT_ONCE) {
        let places: Vec<String> = (0..some.len())
            .map(|n| format!("(${}, $1, ${})", 2 * n + 2, 2 * n + 3))
            .collect();
        let sql = format!(
            "INSERT INTO search_grams (gram, kind, id) VALUES {}",
            places.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(kind);
        for (gram, id) in some {
            query = query.bind(gram.as_str()).bind(*id);
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Takes a thing out of the index.
///
/// # Errors
/// When the database fails.
pub async fn remove(conn: &mut Conn, kind: &str, id: &str) -> Result<()> {
    for statement in [DELETE_GRAMS, DELETE] {
        sqlx::query(statement)
            .bind(kind)
            .bind(id)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
