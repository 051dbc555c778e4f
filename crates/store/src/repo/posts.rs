//! Terms in posts.

use pingyi_domain::record::Scope;

use crate::list::{Ask, Cursor, Select};
use crate::row::{self, Columns as _, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One term.
    PostRow in "posts"
    form {
        /// Id of the unit.
        unit: String,
        /// Kind on the wire.
        kind: String,
        /// Who.
        holder: String,
        /// By whom they were sent.
        sent_by: String,
        /// First day.
        from_on: String,
        /// The day it had ended.
        until_on: Option<String>,
        /// Calls to each firm a month.
        calls: i64,
        /// Visits to each firm a month.
        visits: i64,
        /// Note.
        note: String,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
    finds {
        OF_UNIT = "WHERE unit = $1 ORDER BY from_on DESC, id";
    }
}

impl Row for PostRow {}

/// All terms of a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<PostRow>> {
    row::find(conn, OF_UNIT, &[unit]).await
}

fn select(scope: &Scope, under: &Scope, kind: Option<&str>) -> Select {
    Select::new(PostRow::COLUMNS, PostRow::TABLE)
        .scope("unit", scope)
        .scope("unit", under)
        .and_maybe("kind = ?", kind)
}

/// All terms of the units in both scopes, of one kind or of all, the first begun first.
///
/// # Errors
/// When the database fails.
pub async fn listed(
    conn: &mut Conn,
    scope: &Scope,
    under: &Scope,
    kind: Option<&str>,
) -> Result<Vec<PostRow>> {
    let ask = Ask::all("from_on");
    let place = |row: &PostRow| Cursor::after(row.from_on.as_str(), row.id.as_str());
    let (rows, _) = select(scope, under, kind).rows(conn, &ask, place).await?;
    Ok(rows)
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let under = crate::list::sample_scope();
    let select = select(&Scope::All, &under, Some("instructor"));
    crate::list::shapes(&select, &["from_on"])
}
