//! Indicators with their targets, and what is counted for them: one statement for each measure, by unit.

use crate::list::{Ask, Cursor, Page, Select};
use crate::row::{self, Row};
use crate::{Conn, Result};
use pingyi_domain::record::{Measure, Scope, UnitPath};

crate::row::columns! {
    /// One indicator.
    IndicatorRow in "indicators"
    form {
        /// Place in the table.
        ordinal: i64,
        /// What it is called.
        name: String,
        /// Measure on the wire.
        measure: String,
        /// Code of the kind, or empty.
        kind: String,
        /// Code of the topic, or empty.
        topic: String,
        /// First day.
        from_on: String,
        /// Last day.
        until_on: String,
        /// Weight.
        weight: i64,
        /// 1 when it is no longer shown.
        retired: i64,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
    }
    parts {
        /// Unit, or empty for all, and thousandths.
        targets: Vec<(String, i64)>,
    }
    finds {
        ALL = "ORDER BY from_on DESC, ordinal, id";
    }
}

impl Row for IndicatorRow {
    async fn put_parts(&self, conn: &mut Conn) -> Result<()> {
        Self::drop_parts(conn, &self.id).await?;
        for (unit, target) in &self.targets {
            let query = sqlx::query(ADD_TARGET).bind(&self.id).bind(unit);
            query.bind(*target).execute(&mut *conn).await?;
        }
        Ok(())
    }

    async fn read_parts(&mut self, conn: &mut Conn) -> Result<()> {
        let query = sqlx::query_as(TARGETS_OF).bind(&self.id);
        self.targets = query.fetch_all(conn).await?;
        Ok(())
    }

    async fn drop_parts(conn: &mut Conn, id: &str) -> Result<()> {
        sqlx::query(DELETE_TARGETS).bind(id).execute(conn).await?;
        Ok(())
    }
}

/// What one unit counts.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    /// Id of the unit.
    pub unit: String,
    /// `YYYY-MM` or `YYYY-Qn` for quarters, else empty.
    pub bucket: String,
    /// What is counted.
    pub part: i64,
    /// Of how many.
    pub whole: i64,
}

/// What entries are narrowed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Code of the kind, or empty for all.
    pub kind: String,
    /// Code of the topic, or empty for all.
    pub topic: String,
    /// First day.
    pub first: String,
    /// Last day.
    pub last: String,
    /// First quarter, for the meetings of a quarter held later.
    pub first_quarter: String,
    /// Last quarter.
    pub last_quarter: String,
}

crate::statements::statements! {
    TARGETS_OF = "SELECT unit, target FROM targets WHERE indicator = $1 ORDER BY unit";
    TARGETS = "SELECT indicator, unit, target FROM targets ORDER BY indicator, unit";
    DELETE_TARGETS = "DELETE FROM targets WHERE indicator = $1";
    ADD_TARGET = "INSERT INTO targets (indicator, unit, target) VALUES ($1, $2, $3)";
    ENTRIES = "SELECT unit, '' AS bucket, count(*) AS part, CAST(0 AS BIGINT) AS whole FROM entries \
               WHERE state <> 'returned' AND on_date >= $1 AND on_date <= $2 AND ($3 = '' OR kind = $3) \
               AND ($4 = '' OR topic = $4) GROUP BY unit";
    HEADCOUNT = "SELECT unit, '' AS bucket, CAST(COALESCE(SUM(headcount), 0) AS BIGINT) AS part, CAST(0 AS BIGINT) AS whole \
                 FROM entries WHERE state <> 'returned' AND on_date >= $1 AND on_date <= $2 AND ($3 = '' OR kind = $3) \
                 AND ($4 = '' OR topic = $4) GROUP BY unit";
    QUANTITY = "SELECT unit, '' AS bucket, CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS part, CAST(0 AS BIGINT) AS whole \
                FROM entries WHERE state <> 'returned' AND on_date >= $1 AND on_date <= $2 AND ($3 = '' OR kind = $3) \
                AND ($4 = '' OR topic = $4) GROUP BY unit";
    // A meeting counts for the quarter it is the meeting of, also when it was held later.
    QUARTERS = "SELECT unit, bucket, count(*) AS part, CAST(0 AS BIGINT) AS whole FROM \
                (SELECT unit, substr(on_date, 1, 7) AS bucket FROM entries WHERE state <> 'returned' \
                AND quarter IS NULL AND on_date >= $1 AND on_date <= $2 AND ($3 = '' OR kind = $3) AND ($4 = '' OR topic = $4) \
                UNION ALL SELECT unit, quarter FROM entries WHERE state <> 'returned' \
                AND quarter >= $5 AND quarter <= $6 AND ($3 = '' OR kind = $3) AND ($4 = '' OR topic = $4)) AS held \
                GROUP BY unit, bucket";
    CLOSED = "SELECT unit, '' AS bucket, \
              CAST(SUM(CASE WHEN state = 'closed' AND closed_on <= due_on THEN 1 ELSE 0 END) AS BIGINT) AS part, \
              count(*) AS whole FROM matters WHERE due_on >= $1 AND due_on <= $2 GROUP BY unit";
    MEMBERS = "SELECT h.unit AS unit, '' AS bucket, v.n AS part, CAST(0 AS BIGINT) AS whole FROM headcounts h \
               JOIN headcount_values v ON v.headcount = h.id AND v.part = 'total' WHERE h.on_date = \
               (SELECT MAX(x.on_date) FROM headcounts x JOIN headcount_values y ON y.headcount = x.id AND y.part = 'total' \
               WHERE x.unit = h.unit AND x.on_date <= $1)";
}

/// All indicators, the latest period first, in order.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<IndicatorRow>> {
    let mut rows: Vec<IndicatorRow> = row::find(conn, ALL, &[]).await?;
    let query = sqlx::query_as(TARGETS);
    let targets: Vec<(String, String, i64)> = query.fetch_all(conn).await?;
    for (id, unit, target) in targets {
        if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
            row.targets.push((unit, target));
        }
    }
    Ok(rows)
}

/// What each unit counts by itself for a measure of entries or of matters; nothing for the others.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, measure: Measure, by: &Counted) -> Result<Vec<CountRow>> {
    let sql = match measure {
        Measure::Entries => ENTRIES,
        Measure::Headcount => HEADCOUNT,
        Measure::Quantity => QUANTITY,
        Measure::Quarters => QUARTERS,
        Measure::ClosedInTime => CLOSED,
        _ => return Ok(Vec::new()),
    };
    let mut query = sqlx::query_as(sql)
        .bind(by.first.as_str())
        .bind(by.last.as_str());
    if measure.of_entries() {
        query = query.bind(by.kind.as_str()).bind(by.topic.as_str());
    }
    if measure == Measure::Quarters {
        query = query
            .bind(by.first_quarter.as_str())
            .bind(by.last_quarter.as_str());
    }
    Ok(query.fetch_all(conn).await?)
}

/// The newest count of members of each unit on or before a day.
///
/// # Errors
/// When the database fails.
pub async fn members(conn: &mut Conn, day: &str) -> Result<Vec<CountRow>> {
    Ok(sqlx::query_as(MEMBERS).bind(day).fetch_all(conn).await?)
}

/// A row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BehindRow {
    /// Id of the entry or matter.
    pub id: String,
    /// Id of its unit.
    pub unit: String,
    /// What it is called.
    pub title: String,
    /// Its day; of a matter when it was due.
    pub on_date: String,
    /// People of an entry.
    pub headcount: Option<i64>,
    /// Thousandths.
    pub quantity: Option<i64>,
    /// Quarter of a meeting.
    pub quarter: Option<String>,
    /// State on the wire.
    pub state: String,
    /// When a matter was closed.
    pub closed_on: Option<String>,
}

const ENTRY_COLUMNS: &str = "id, unit, title, on_date, headcount, quantity, quarter, state, CAST(NULL AS TEXT) AS closed_on";
const MATTER_COLUMNS: &str = "id, unit, title, on_date, CAST(NULL AS BIGINT) AS headcount, \
    CAST(NULL AS BIGINT) AS quantity, CAST(NULL AS TEXT) AS quarter, state, closed_on";
const DUE: &str =
    "(SELECT matters.*, due_on AS on_date FROM matters WHERE due_on IS NOT NULL) AS due";

fn behind_select(scope: &Scope, measure: Measure, by: &Counted) -> Select {
    let text = |text: &str| text.to_owned().into();
    let days = [text(&by.first), text(&by.last)];
    if measure == Measure::ClosedInTime {
        return Select::new(MATTER_COLUMNS, DUE)
            .scope("unit", scope)
            .and("on_date >= ? AND on_date <= ?", days);
    }
    let narrowed = |text: &String| (!text.is_empty()).then(|| text.clone());
    let select = Select::new(ENTRY_COLUMNS, "entries")
        .scope("unit", scope)
        .and("state <> 'returned'", [])
        .and_maybe("kind = ?", narrowed(&by.kind))
        .and_maybe("topic = ?", narrowed(&by.topic));
    if measure == Measure::Quarters {
        let [first, last] = days;
        let values = [first, last, text(&by.first_quarter), text(&by.last_quarter)];
        return select.and(
            "((quarter IS NULL AND on_date >= ? AND on_date <= ?) OR (quarter >= ? AND quarter <= ?))",
            values,
        );
    }
    select.and("on_date >= ? AND on_date <= ?", days)
}

/// One page of the entries or matters behind a figure, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn behind(
    conn: &mut Conn,
    scope: &Scope,
    measure: Measure,
    by: &Counted,
    (after, limit): (Option<Cursor>, u32),
) -> Result<Page<BehindRow>> {
    let ask = Ask {
        sort: "on_date",
        descending: true,
        after,
        limit,
    };
    let place = |row: &BehindRow| Cursor::after(row.on_date.as_str(), row.id.as_str());
    behind_select(scope, measure, by)
        .page(conn, &ask, place)
        .await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let scope = Scope::Under(UnitPath::of(None, &crate::list::sample_unit()));
    let by = Counted {
        kind: "x".to_owned(),
        topic: "x".to_owned(),
        first: "x".to_owned(),
        last: "x".to_owned(),
        first_quarter: "x".to_owned(),
        last_quarter: "x".to_owned(),
    };
    [Measure::Entries, Measure::Quarters, Measure::ClosedInTime]
        .iter()
        .flat_map(|measure| {
            crate::list::shapes(&behind_select(&scope, *measure, &by), &["on_date"])
        })
        .collect()
}
