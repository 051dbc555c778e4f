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
