//! Finding by pairs: what holds enough of the pairs of a question. The rarest pairs of the question lead, the others are
//! looked up for what these lead to, so that a question costs what its rarest pairs cost.

use std::collections::HashMap;

use pingyi_domain::record::{Kind, Scope, asked};
use sqlx::{Any, AssertSqlSafe};

use super::search::DocRow;
use crate::list::{Matching, Value};
use crate::{Conn, Result};

/// Ids are random: those that begin with one of the first two of their 32 letters are a sixteenth of all.
const SAMPLE: &str = "4";
/// What one of the sample stands for.
const SAMPLED: i64 = 16;
/// A pair that so many things have is a common one.
const COMMON: i64 = 2000;
/// Pairs that lead beside those of which one must be held: with each of them one more must be.
const FURTHER: usize = 1;

/// About how many things of these kinds have each pair.
async fn frequencies(
    conn: &mut Conn,
    kinds: &[&str],
    grams: &[String],
) -> Result<HashMap<(String, String), i64>> {
    if grams.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = sampled(kinds.len(), grams.len());
    let mut query = sqlx::query_as::<Any, (String, String, i64)>(AssertSqlSafe(sql)).bind(SAMPLE);
    for text in kinds
        .iter()
        .copied()
        .chain(grams.iter().map(String::as_str))
    {
        query = query.bind(text);
    }
    let rows = query.fetch_all(conn).await?.into_iter();
    Ok(rows
        .map(|(kind, gram, n)| ((kind, gram), n * SAMPLED))
        .collect())
}

fn sampled(kinds: usize, grams: usize) -> String {
    let places = |from: usize, n: usize| {
        let all: Vec<String> = (from..from + n).map(|at| format!("${at}")).collect();
        all.join(", ")
    };
    format!(
        "SELECT kind, gram, count(*) FROM search_grams WHERE id < $1 AND kind IN ({}) AND gram IN ({}) GROUP BY gram, kind",
        places(2, kinds),
        places(2 + kinds, grams)
    )
}

/// The pairs by how many things of a kind have them, the rarest first.
fn rarest_first(
    kind: &str,
    grams: &[String],
    counts: &HashMap<(String, String), i64>,
) -> Vec<(i64, String)> {
    let count = |gram: &String| {
        let count = counts.get(&(kind.to_owned(), gram.clone()));
        (count.copied().unwrap_or(0), gram.clone())
    };
    let mut all: Vec<(i64, String)> = grams.iter().map(count).collect();
    all.sort();
    all
}

/// How a list finds what search finds by a text.
///
/// # Errors
/// When the database fails.
pub async fn matching(conn: &mut Conn, kind: &'static str, text: &str) -> Result<Matching> {
    let grams: Vec<String> = asked(text).into_iter().collect();
    let counts = frequencies(conn, &[kind], &grams).await?;
    let all = rarest_first(kind, &grams, &counts);
    Ok(Matching {
        kind,
        is_common: all.first().is_some_and(|(count, _)| *count >= COMMON),
        pairs: all.into_iter().map(|(_, gram)| gram).collect(),
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

/// The statement: things of a kind with all of the pairs, or where some may be missing those that hold most of the rarest
/// of them; the shorter of two titles before the longer. Whatever misses at most so many of all the pairs misses no more
/// of those that lead. `CROSS JOIN` keeps `SQLite` from reading all things first.
fn statement(
    scope: &Scope,
    kind: &str,
    grams: &[String],
    missing: usize,
    limit: i64,
) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![kind.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let leading = if missing == 0 {
        grams.len()
    } else {
        missing + 1 + FURTHER
    };
    let pairs: Vec<String> = grams
        .iter()
        .take(leading)
        .map(|gram| place(gram.as_str().into()))
        .collect();
    let within = match scope {
        Scope::All => String::new(),
        Scope::Nothing => " AND 1 = 0".to_owned(),
        Scope::Under(path) => format!(
            " AND d.unit IN (SELECT id FROM units WHERE path >= {} AND path < {})",
            place(path.as_str().into()),
            place(path.end().into())
        ),
    };
    let columns = "d.kind AS kind, d.id AS id, d.unit AS unit, d.title AS title, d.body AS body";
    let sql = match pairs.split_first() {
        Some((rarest, rest)) if missing == 0 => {
            let mut held = String::new();
            for pair in rest {
                held.push_str(" AND EXISTS (SELECT 1 FROM search_grams x WHERE x.gram = ");
                held.push_str(pair);
                held.push_str(" AND x.kind = $1 AND x.id = g.id LIMIT 1 OFFSET 0)");
            }
            format!(
                "SELECT kind, id, unit, title, body FROM (SELECT {columns} FROM search_grams g CROSS JOIN search_docs d \
                 WHERE g.gram = {rarest} AND g.kind = $1 AND d.kind = $1 AND d.id = g.id{held}{within} LIMIT $2) AS h \
                 ORDER BY length(title), id"
            )
        }
        _ => {
            let least = pairs.len().saturating_sub(missing).max(1);
            let least = place(i64::try_from(least).unwrap_or(i64::MAX).into());
            format!(
                "SELECT {columns} FROM (SELECT id, count(*) AS n FROM search_grams WHERE kind = $1 AND gram IN ({}) GROUP BY id \
                 HAVING count(*) >= {least}) AS c CROSS JOIN search_docs d WHERE d.kind = $1 AND d.id = c.id{within} \
                 ORDER BY c.n DESC, length(d.title), d.id LIMIT $2",
                pairs.join(", ")
            )
        }
    };
    (sql, values)
}

/// Things in the scope that hold all of the pairs but at most so many, at most `limit` of each kind; where some may be
/// missing, candidates: those that hold most of the rarest pairs.
///
/// # Errors
/// When the database fails.
pub async fn holding(
    conn: &mut Conn,
    scope: &Scope,
    kind: Option<&str>,
    grams: &[String],
    (missing, limit): (usize, i64),
) -> Result<Vec<DocRow>> {
    let mut found = Vec::new();
    if grams.is_empty() {
        return Ok(found);
    }
    let kinds: Vec<&str> = Kind::ALL
        .iter()
        .map(|one| one.as_str())
        .filter(|one| kind.is_none_or(|kind| kind == *one))
        .collect();
    let counts = frequencies(conn, &kinds, grams).await?;
    for one in kinds {
        let sorted: Vec<String> = rarest_first(one, grams, &counts)
            .into_iter()
            .map(|(_, gram)| gram)
            .collect();
        let (sql, values) = statement(scope, one, &sorted, missing, limit);
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
        .flat_map(|scope| [0, 1].map(|missing| statement(scope, "firm", &grams, missing, 10).0))
        .chain([sampled(2, 3)])
        .collect()
}
