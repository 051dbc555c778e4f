//! Finding by pairs: what holds enough of the pairs of a question. The rarest pairs of the question lead, the others are
//! looked up for what these lead to, so that a question costs what its rarest pairs cost.

use pingyi_domain::record::{Kind, Scope, asked};
use sqlx::{Any, AssertSqlSafe};

use super::search::DocRow;
use crate::list::{Matching, Value};
use crate::{Conn, Result};

crate::statements::statements! {
    FREQUENT = "SELECT count(*) FROM (SELECT 1 FROM search_grams WHERE gram = $1 AND kind = $2 LIMIT 2000) AS counted";
}

/// A pair that so many things have is a common one.
const COMMON: i64 = 2000;

/// How many things of a kind have a pair, up to [`COMMON`].
async fn frequency(conn: &mut Conn, gram: &str, kind: &str) -> Result<i64> {
    let query = sqlx::query_scalar(FREQUENT).bind(gram).bind(kind);
    Ok(query.fetch_one(conn).await?)
}

/// The pairs by how many things of a kind have them, the rarest first.
async fn by_frequency(
    conn: &mut Conn,
    kind: &str,
    grams: impl IntoIterator<Item = String>,
) -> Result<Vec<(i64, String)>> {
    let mut all = Vec::new();
    for gram in grams {
        all.push((frequency(conn, &gram, kind).await?, gram));
    }
    all.sort();
    Ok(all)
}

/// How a list finds what search finds by a text.
///
/// # Errors
/// When the database fails.
pub async fn matching(conn: &mut Conn, kind: &'static str, text: &str) -> Result<Matching> {
    let all = by_frequency(conn, kind, asked(text)).await?;
    let rare = all.first().is_some_and(|(count, _)| *count < COMMON);
    let mut grams = all.into_iter().map(|(_, gram)| gram);
    Ok(Matching {
        kind,
        rare: if rare { grams.next() } else { None },
        rest: grams.collect(),
    })
}

/// The same where there is a text that asks for something.
///
/// # Errors
/// When the database fails.
pub async fn matching_of(
    conn: &mut Conn,
    kind: &'static str,
    text: Option<&str>,
) -> Result<Option<Matching>> {
    match text {
        Some(text) => Ok(Some(matching(conn, kind, text).await?)),
        None => Ok(None),
    }
}

/// The statement: things of a kind with at least so many of the pairs, most first, the shorter of two titles before the
/// longer; the first of the pairs lead.
fn statement(
    scope: &Scope,
    kind: &str,
    grams: &[String],
    least: usize,
    limit: i64,
) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![kind.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let pairs: Vec<String> = grams
        .iter()
        .map(|gram| place(gram.as_str().into()))
        .collect();
    // Whatever holds so many of them holds one of these.
    let lead = &pairs[..(pairs.len() - least.min(pairs.len()) + 1).min(pairs.len())];
    let within = match scope {
        Scope::All => String::new(),
        Scope::Nothing => " AND 1 = 0".to_owned(),
        Scope::Under(path) => format!(
            " AND d.unit IN (SELECT id FROM units WHERE path >= {} AND path < {})",
            place(path.as_str().into()),
            place(path.end().into())
        ),
    };
    let least = place(i64::try_from(least).unwrap_or(i64::MAX).into());
    let held = format!(
        "(SELECT count(*) FROM search_grams x WHERE x.kind = $1 AND x.id = d.id AND x.gram IN ({}))",
        pairs.join(", ")
    );
    let sql = format!(
        "SELECT kind, id, unit, title, body FROM (SELECT d.kind, d.id, d.unit, d.title, d.body, {held} AS n \
         FROM search_docs d WHERE d.kind = $1 AND d.id IN (SELECT id FROM search_grams WHERE kind = $1 AND gram IN ({})) \
         AND {held} >= {least}{within} LIMIT $2) AS h ORDER BY n DESC, length(title), id",
        lead.join(", ")
    );
    (sql, values)
}

/// Things in the scope that hold at least `least` of the pairs, at most `limit` of each kind.
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
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    if grams.is_empty() || least > grams.len() {
        return Ok(found);
    }
    for one in Kind::ALL.iter().map(|kind| kind.as_str()) {
        if kind.is_some_and(|kind| kind != one) {
            continue;
        }
        let sorted = by_frequency(conn, one, grams.iter().cloned()).await?;
        // Fewer of the pairs are in this kind at all than are asked for.
        if sorted.iter().filter(|(count, _)| *count > 0).count() < least {
            continue;
        }
        let sorted: Vec<String> = sorted.into_iter().map(|(_, gram)| gram).collect();
        let (sql, values) = statement(scope, one, &sorted, least, limit);
        let mut query = sqlx::query_as::<Any, DocRow>(AssertSqlSafe(sql));
        for value in values {
            query = match value {
                Value::Int(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        found.extend(query.fetch_all(&mut *conn).await?);
    }
    Ok(found)
}

/// Every shape of the statement, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = pingyi_domain::record::UnitPath::of(None, &crate::list::sample_unit());
    let grams = ["华南".to_owned(), "南城".to_owned()];
    [Scope::All, Scope::Under(path), Scope::Nothing]
        .iter()
        .flat_map(|scope| [1, 2].map(|least| statement(scope, "firm", &grams, least, 10).0))
        .collect()
}
