//! Rows that are stored once per version. A table is described once, by [`columns!`]: from that follow the row's type,
//! how it is bound, and the statements that add, change, remove and find it, for the use cases and for the test that
//! prepares every statement on both engines.

use std::future::Future;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, FromRow};

use crate::repo::pulses;
use crate::{Conn, Result, list};

/// A statement that is being given its values.
pub type Bound<'q> = Query<'q, Any, AnyArguments>;

/// What a table holds; [`columns!`] writes it.
pub trait Columns: for<'r> FromRow<'r, AnyRow> + Send + Sync + Unpin + Sized + 'static {
    /// Name of the table.
    const TABLE: &'static str;
    /// All columns, with commas between them.
    const COLUMNS: &'static str;
    /// Columns that a change stores, behind `id` and `version`.
    const FORM: &'static [&'static str];
    /// Columns that only a new row stores, behind those.
    const ONCE: &'static [&'static str];
    /// Ways to find rows: name and text, the text behind `FROM table`.
    const FINDS: &'static [(&'static str, &'static str)];

    /// The statements of this table.
    fn sql() -> &'static Sql;

    /// Id and version.
    fn stamp(&self) -> (&str, i64);

    /// Binds the columns of [`Columns::FORM`].
    fn bind_form<'q>(&self, query: Bound<'q>) -> Bound<'q>;

    /// Binds the columns of [`Columns::ONCE`].
    fn bind_once<'q>(&self, query: Bound<'q>) -> Bound<'q>;
}

/// A row with what hangs on it in other tables. By itself nothing does.
pub trait Row: Columns {
    /// The count of writings that is raised before such a row is written ([`crate::repo::pulses`]).
    const PULSE: Option<&'static str> = None;

    /// Stores what hangs on the row, after the row itself.
    fn put_parts(&self, _: &mut Conn) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Reads what hangs on the row.
    fn read_parts(&mut self, _: &mut Conn) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Takes away what hangs on the row, before the row itself.
    #[must_use = "nothing happens before it is awaited"]
    fn drop_parts(_: &mut Conn, _: &str) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// The statements of one table.
#[derive(Debug)]
pub struct Sql {
    insert: String,
    update: String,
    update_in_state: String,
    delete: String,
    by_id: String,
}

impl Sql {
    /// Builds them from the names of table and columns.
    pub(crate) fn of<R: Columns>() -> Self {
        let (table, columns) = (R::TABLE, R::COLUMNS);
        let form: Vec<String> = (3..)
            .zip(R::FORM)
            .map(|(n, column)| format!("{column} = ${n}"))
            .collect();
        let update = format!(
            "UPDATE {table} SET version = version + 1, {} WHERE id = $1 AND version = $2",
            form.join(", ")
        );
        Self {
            insert: format!(
                "INSERT INTO {table} ({columns}) VALUES {}",
                list::places(1, width::<R>())
            ),
            update_in_state: format!("{update} AND state = ${}", R::FORM.len() + 3),
            update,
            delete: format!("DELETE FROM {table} WHERE id = $1 AND version = $2"),
            by_id: format!("SELECT {columns} FROM {table} WHERE id = $1"),
        }
    }
}

/// How many columns there are.
fn width<R: Columns>() -> usize {
    R::FORM.len() + R::ONCE.len() + 2
}

fn find_sql<R: Columns>(rest: &str) -> String {
    format!("SELECT {} FROM {} {rest}", R::COLUMNS, R::TABLE)
}

/// The text of every statement of a table, for the test.
pub(crate) fn samples<R: Columns>() -> Vec<String> {
    let sql = R::sql();
    let mut texts = vec![
        sql.insert.clone(),
        sql.update.clone(),
        sql.delete.clone(),
        sql.by_id.clone(),
    ];
    if R::FORM.iter().chain(R::ONCE).any(|name| *name == "state") {
        texts.push(sql.update_in_state.clone());
    }
    texts.extend(R::FINDS.iter().map(|(_, rest)| find_sql::<R>(rest)));
    texts
}

fn bind_all<'q, R: Columns>(row: &R, query: Bound<'q>) -> Bound<'q> {
    let (id, version) = row.stamp();
    row.bind_once(row.bind_form(query.bind(id).bind(version)))
}

async fn raise<R: Row>(conn: &mut Conn) -> Result<()> {
    if let Some(pulse) = R::PULSE {
        pulses::raise(conn, pulse).await?;
    }
    Ok(())
}

/// Adds a row with what hangs on it.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when it is there already, [`crate::StoreError::Orphan`] without what it refers to.
pub async fn insert<R: Row>(conn: &mut Conn, row: &R) -> Result<()> {
    raise::<R>(conn).await?;
    bind_all(row, sqlx::query(R::sql().insert.as_str()))
        .execute(&mut *conn)
        .await?;
    row.put_parts(conn).await
}

/// Rows of one statement.
fn at_once<R: Columns>() -> usize {
    (list::VALUES_AT_ONCE / width::<R>()).max(1)
}

/// Adds many rows, without what hangs on them.
///
/// # Errors
/// As [`insert`].
pub async fn insert_all<R: Row>(conn: &mut Conn, rows: &[R]) -> Result<()> {
    raise::<R>(conn).await?;
    for some in rows.chunks(at_once::<R>()) {
        let sql = format!(
            "INSERT INTO {} ({}) VALUES {}",
            R::TABLE,
            R::COLUMNS,
            list::places(some.len(), width::<R>())
        );
        let query = sqlx::query(AssertSqlSafe(sql)).persistent(some.len() == at_once::<R>());
        let query = some.iter().fold(query, |query, row| bind_all(row, query));
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Stores many rows that still have their versions, without what hangs on them, and raises these; false when somebody was
/// faster with one of them.
///
/// # Errors
/// As [`update`].
pub async fn update_all<R: Row>(conn: &mut Conn, rows: &[R]) -> Result<bool> {
    raise::<R>(conn).await?;
    let mut all = true;
    for some in rows.chunks(at_once::<R>()) {
        let query = sqlx::query(AssertSqlSafe(update_all_sql::<R>(some.len())));
        let query = some.iter().fold(
            query.persistent(some.len() == at_once::<R>()),
            |query, row| {
                let (id, version) = row.stamp();
                row.bind_form(query.bind(id).bind(version))
            },
        );
        let stored = query.execute(&mut *conn).await?.rows_affected();
        all &= usize::try_from(stored).is_ok_and(|stored| stored == some.len());
    }
    Ok(all)
}

fn update_all_sql<R: Columns>(rows: usize) -> String {
    let (table, form) = (R::TABLE, R::FORM);
    let set: Vec<String> = form
        .iter()
        .map(|name| format!("{name} = n.{name}"))
        .collect();
    format!(
        "WITH n (id, version, {}) AS (VALUES {}) UPDATE {table} SET version = {table}.version + 1, {} FROM n \
         WHERE {table}.id = n.id AND {table}.version = n.version",
        form.join(", "),
        list::places(rows, form.len() + 2),
        set.join(", ")
    )
}

/// Rows with these ids, in no order, without what hangs on them.
///
/// # Errors
/// When the database fails.
pub async fn by_ids<R: Columns>(conn: &mut Conn, ids: &[&str]) -> Result<Vec<R>> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(list::VALUES_AT_ONCE) {
        let sql = find_sql::<R>(&format!("WHERE id IN {}", list::places(1, some.len())));
        let mut query =
            sqlx::query_as(AssertSqlSafe(sql)).persistent(some.len() == list::VALUES_AT_ONCE);
        for id in some {
            query = query.bind(*id);
        }
        all.extend(query.fetch_all(&mut *conn).await?);
    }
    Ok(all)
}

/// Stores a row that still has its version, and raises it; false when somebody was faster.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without what it refers to, or when something refers to a part that goes.
pub async fn update<R: Row>(conn: &mut Conn, row: &R) -> Result<bool> {
    let (id, version) = row.stamp();
    let query = sqlx::query(R::sql().update.as_str()).bind(id).bind(version);
    store(conn, row, row.bind_form(query)).await
}

/// As [`update`], for a row that is in state `from` as well: other moves leave the version.
///
/// # Errors
/// As [`update`].
pub async fn update_in_state<R: Row>(conn: &mut Conn, from: &str, row: &R) -> Result<bool> {
    let (id, version) = row.stamp();
    let query = sqlx::query(R::sql().update_in_state.as_str())
        .bind(id)
        .bind(version);
    store(conn, row, row.bind_form(query).bind(from)).await
}

async fn store<R: Row>(conn: &mut Conn, row: &R, query: Bound<'static>) -> Result<bool> {
    raise::<R>(conn).await?;
    let stored = query.execute(&mut *conn).await?.rows_affected() == 1;
    if stored {
        row.put_parts(conn).await?;
    }
    Ok(stored)
}

/// Takes a row away with what hangs on it; false when it has another version, and then the transaction must not be kept.
///
/// # Errors
/// [`crate::StoreError::Orphan`] while anything refers to it.
pub async fn delete<R: Row>(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    raise::<R>(conn).await?;
    R::drop_parts(conn, id).await?;
    let query = sqlx::query(R::sql().delete.as_str()).bind(id).bind(version);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// The row with this id, with what hangs on it.
///
/// # Errors
/// When the database fails.
pub async fn by_id<R: Row>(conn: &mut Conn, id: &str) -> Result<Option<R>> {
    let query = sqlx::query_as(R::sql().by_id.as_str()).bind(id);
    let mut found: Option<R> = query.fetch_optional(&mut *conn).await?;
    if let Some(row) = &mut found {
        row.read_parts(conn).await?;
    }
    Ok(found)
}

/// Rows found in one of the ways of the table, without what hangs on them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find<R: Columns>(
    conn: &mut Conn,
    rest: &'static str,
    values: &[&str],
) -> Result<Vec<R>> {
    let mut query = sqlx::query_as(AssertSqlSafe(find_sql::<R>(rest)));
    for value in values {
        query = query.bind(*value);
    }
    Ok(query.fetch_all(conn).await?)
}

/// Describes a table whose rows have an id and a version:
///
/// - `form`: the columns that a change stores;
/// - `once`: those that only a new row stores, or statements of their own change;
/// - `parts`: fields that are kept in other tables ([`Row`] says how), where there are any;
/// - `finds`: ways to find rows, as text behind `FROM table`, for [`find`], where there are any.
macro_rules! columns {
    (
        $(#[$doc:meta])*
        $row:ident in $table:literal
        form { $($(#[$form_doc:meta])* $form:ident: $form_type:ty,)* }
        once { $($(#[$once_doc:meta])* $once:ident: $once_type:ty,)* }
        $(parts { $($(#[$part_doc:meta])* $part:ident: $part_type:ty,)* })?
        $(finds { $($find:ident = $rest:literal;)* })?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
        pub struct $row {
            /// Id.
            pub id: String,
            /// Version, from 1.
            pub version: i64,
            $($(#[$form_doc])* pub $form: $form_type,)*
            $($(#[$once_doc])* pub $once: $once_type,)*
            $($($(#[$part_doc])* #[sqlx(skip)] pub $part: $part_type,)*)?
        }

        impl $crate::row::Columns for $row {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static str =
                concat!("id, version" $(, ", ", stringify!($form))* $(, ", ", stringify!($once))*);
            const FORM: &'static [&'static str] = &[$(stringify!($form)),*];
            const ONCE: &'static [&'static str] = &[$(stringify!($once)),*];
            const FINDS: &'static [(&'static str, &'static str)] = &[$($((stringify!($find), $find)),*)?];

            fn sql() -> &'static $crate::row::Sql {
                static SQL: std::sync::LazyLock<$crate::row::Sql> =
                    std::sync::LazyLock::new($crate::row::Sql::of::<$row>);
                &SQL
            }

            fn stamp(&self) -> (&str, i64) {
                (&self.id, self.version)
            }

            fn bind_form<'q>(&self, query: $crate::row::Bound<'q>) -> $crate::row::Bound<'q> {
                query$(.bind(&self.$form))*
            }

            fn bind_once<'q>(&self, query: $crate::row::Bound<'q>) -> $crate::row::Bound<'q> {
                query$(.bind(&self.$once))*
            }
        }

        $($(const $find: &str = $rest;)*)?
    };
}
pub(crate) use columns;
