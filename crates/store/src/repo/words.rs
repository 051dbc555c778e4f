//! The vocabulary: words the office added or changed. What comes with the program is in the domain crate; a row here
//! takes the place of the word with its list and code.

use crate::{Conn, Result};

/// One word.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WordRow {
    /// List on the wire.
    pub list: String,
    /// What it is stored as.
    pub code: String,
    /// Version, from 1.
    pub version: i64,
    /// For a topic its kind.
    pub parent: String,
    /// Place in the list.
    pub ordinal: i64,
    /// 中文.
    pub label_zh: String,
    /// English.
    pub label_en: String,
    /// 1 when it is no longer offered.
    pub retired: i64,
}

crate::statements::statements! {
    INSERT = "INSERT INTO vocabulary (list, code, version, parent, ordinal, label_zh, label_en, retired) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    UPDATE = "UPDATE vocabulary SET version = version + 1, parent = $4, ordinal = $5, label_zh = $6, label_en = $7, \
              retired = $8 WHERE list = $1 AND code = $2 AND version = $3";
    BY_CODE = "SELECT list, code, version, parent, ordinal, label_zh, label_en, retired FROM vocabulary \
               WHERE list = $1 AND code = $2";
    ALL = "SELECT list, code, version, parent, ordinal, label_zh, label_en, retired FROM vocabulary ORDER BY list, code";
}

/// Adds a word.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the list has the code.
pub async fn insert(conn: &mut Conn, word: &WordRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(word.list.as_str())
        .bind(word.code.as_str())
        .bind(word.version)
        .bind(word.parent.as_str())
        .bind(word.ordinal)
        .bind(word.label_zh.as_str())
        .bind(word.label_en.as_str())
        .bind(word.retired)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a word that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn update(conn: &mut Conn, word: &WordRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(word.list.as_str())
        .bind(word.code.as_str())
        .bind(word.version)
        .bind(word.parent.as_str())
        .bind(word.ordinal)
        .bind(word.label_zh.as_str())
        .bind(word.label_en.as_str())
        .bind(word.retired)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The stored word with this code.
///
/// # Errors
/// When the database fails.
pub async fn by_code(conn: &mut Conn, list: &str, code: &str) -> Result<Option<WordRow>> {
    Ok(sqlx::query_as(BY_CODE)
        .bind(list)
        .bind(code)
        .fetch_optional(conn)
        .await?)
}

/// All stored words.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<WordRow>> {
    Ok(sqlx::query_as(ALL).fetch_all(conn).await?)
}
