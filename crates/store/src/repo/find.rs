//! Finding by pairs: what holds enough of the pairs of a question.

use pingyi_domain::record::Scope;
use sqlx::{Any, AssertSqlSafe};

use super::search::DocRow;
use crate::list::Value;
use crate::{Conn, Result};

/// The statement: things with at least so many of the pairs, most first, the shorter of two titles before the longer.
fn statement(
    scope: &Scope,
    kind: Option<&str>,
    grams: &[String],
    least: i64,
    limit: i64,
) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![least.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let pairs: Vec<String> = grams
        .iter()
        .map(|gram| place(gram.as_str().into()))
        .collect();
    let of_kind = kind.map_or_else(String::new, |kind| {
        format!(" AND kind = {}", place(kind.into()))
    });
    let within = match scope {
        Scope::All => String::new(),
        Scope::Nothing => " WHERE 1 = 0".to_owned(),
        Scope::Under(path) => format!(
            " WHERE d.unit IN (SELECT id FROM units WHERE path >= {} AND path < {})",
            place(path.as_str().into()),
            place(path.end().into())
        ),
    };
    let sql = format!(
        "SELECT d.kind, d.id, d.unit, d.title, d.body FROM (SELECT kind, id, count(*) AS n FROM search_grams \
         WHERE gram IN ({}){of_kind} GROUP BY kind, id HAVING count(*) >= $1) AS h \
         JOIN search_docs d ON d.kind = h.kind AND d.id = h.id{within} \
         ORDER BY h.n DESC, length(d.title), d.kind, d.id LIMIT $2",
        pairs.join(", ")
    );
    (sql, values)
}

/// Things in the scope that hold at least `least` of the pairs, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn holding(
    conn: &mut Conn,
    scope: &Scope,
    kind: Option<&str>,
    grams: &[String],
    (least, limit): (i64, i64),
) -> Result<Vec<DocRow>> {
    if grams.is_empty() {
        return Ok(Vec::new());
    }
    let (sql, values) = statement(scope, kind, grams, least, limit);
    let mut query = sqlx::query_as::<Any, DocRow>(AssertSqlSafe(sql));
    for value in values {
        query = match value {
            Value::Int(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
        };
    }
    Ok(query.fetch_all(conn).await?)
}

/// Every shape of the statement, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = pingyi_domain::record::UnitPath::of(None, &crate::list::sample_unit());
    let grams = ["华南".to_owned(), "南城".to_owned()];
    [Scope::All, Scope::Under(path), Scope::Nothing]
        .iter()
        .flat_map(|scope| [None, Some("firm")].map(|kind| statement(scope, kind, &grams, 1, 10).0))
        .collect()
}
