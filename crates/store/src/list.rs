//! Lists with filters, a sort and pages (docs/record-contract.md §4). The statement is put together from fixed pieces;
//! every value is bound. The next page begins after the last row of this one (keyset), so page 1,000 costs what
//! page 1 costs, and a row added meanwhile neither repeats nor hides another.

use data_encoding::BASE64URL_NOPAD;
use pingyi_domain::record::{Scope, UnitPath};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, FromRow};

use crate::{Conn, Result};

/// A value of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Where a page ends: the sorted value and the id of its last row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor(Value, String);

impl Cursor {
    /// The place after a row.
    #[must_use]
    pub fn after(key: impl Into<Value>, id: impl Into<String>) -> Self {
        Self(key.into(), id.into())
    }

    /// As it stands in an address.
    #[must_use]
    pub fn to_text(&self) -> String {
        let json = serde_json::json!([self.0, self.1]).to_string();
        BASE64URL_NOPAD.encode(json.as_bytes())
    }

    /// Reads it from an address; what is no cursor is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let json = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (key, id) = serde_json::from_slice(&json).ok()?;
        Some(Self(key, id))
    }
}

/// What is asked of a list beside its filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Name of the column to sort by, one of the list's own.
    pub sort: &'static str,
    /// From the end.
    pub descending: bool,
    /// Rows after this place.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

impl Ask {
    /// A whole list by one of its columns.
    #[must_use]
    pub const fn all(sort: &'static str) -> Self {
        Self {
            sort,
            descending: false,
            after: None,
            limit: u32::MAX,
        }
    }

    /// The same list from its beginning to its end, for a file.
    #[must_use]
    pub fn whole(self) -> Self {
        Self {
            after: None,
            limit: u32::MAX,
            ..self
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
    /// Rows on all pages; more than [`MOST_COUNTED`] of a list narrowed by a text are many.
    pub total: u64,
}

impl<T> Page<T> {
    /// The same page with its rows made into something else.
    pub fn map<U>(self, with: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(with).collect(),
            next: self.next,
            total: self.total,
        }
    }
}

/// A statement of a list on its way.
#[derive(Debug, Clone)]
pub struct Select {
    columns: &'static str,
    from: &'static str,
    conditions: Vec<String>,
    /// The condition that reads otherwise where rows are counted, with the same values: its place and that text.
    counted: Option<(usize, String)>,
    values: Vec<Value>,
    /// Whether its count stops at [`MOST_COUNTED`].
    is_capped: bool,
}

/// How a list finds what search finds by a text: by its rarest pair, and the rest of the pairs looked up for each row.
/// Where many have the rarest pair a page reads the list in its order and looks that up too: it is full before long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// Kind of the records on the wire.
    pub kind: &'static str,
    /// The pairs, the rarest first.
    pub pairs: Vec<String>,
    /// Whether many of them have even the rarest.
    pub is_common: bool,
}

/// Rows of a list narrowed by a text are counted up to so many and one more: there the count is only read as "many".
pub const MOST_COUNTED: u64 = 10_000;

impl Select {
    /// `SELECT columns FROM from`; joins belong to `from`. The id must be a column called `id`.
    #[must_use]
    pub const fn new(columns: &'static str, from: &'static str) -> Self {
        Self {
            columns,
            from,
            conditions: Vec::new(),
            counted: None,
            values: Vec::new(),
            is_capped: false,
        }
    }

    /// Only rows for which the condition holds; each `?` in it is one of the values.
    #[must_use]
    pub fn and(mut self, condition: &'static str, values: impl IntoIterator<Item = Value>) -> Self {
        self.add(condition, values);
        self
    }

    /// As [`Select::and`] where there is a value.
    #[must_use]
    pub fn and_maybe<V: Into<Value>>(self, condition: &'static str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.and(condition, [value.into()]),
            None => self,
        }
    }

    /// Only rows whose `column` is a unit in the scope.
    #[must_use]
    pub fn scope(mut self, column: &'static str, scope: &Scope) -> Self {
        match scope {
            Scope::All => {}
            Scope::Nothing => self.add("1 = 0", []),
            Scope::Under(path) => {
                let within = "IN (SELECT id FROM units WHERE path >= ? AND path < ?)";
                let values = [path.as_str().into(), path.end().into()];
                self.add(&format!("{column} {within}"), values);
            }
        }
        self
    }

    /// Only rows that search finds: `column` is the id with its table. Counts of such lists stop at [`MOST_COUNTED`].
    #[must_use]
    pub fn matching(mut self, column: &'static str, found: &Matching) -> Self {
        const LED: &str = "IN (SELECT id FROM search_grams WHERE gram = ? AND kind = ?)";
        // `OFFSET` keeps PostgreSQL from making joins of them: planning ten joins takes longer than all lookups.
        const HELD: &str =
            "EXISTS (SELECT 1 FROM search_grams g WHERE g.gram = ? AND g.kind = ? AND g.id =";
        const ALONE: &str = "LIMIT 1 OFFSET 0)";
        for (place, gram) in found.pairs.iter().enumerate() {
            let values = [gram.as_str().into(), found.kind.into()];
            if place == 0 && !found.is_common {
                self.add(&format!("{column} {LED}"), values);
                continue;
            }
            if place == 0 {
                let (led, _) = numbered(&format!("{column} {LED}"), self.values.len());
                self.counted = Some((self.conditions.len(), led));
            }
            self.add(&format!("{HELD} {column} {ALONE}"), values);
        }
        self.is_capped = true;
        self
    }

    fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        let (text, next) = numbered(condition, self.values.len());
        self.values.extend(values);
        debug_assert_eq!(self.values.len(), next, "values of {condition}");
        self.conditions.push(text);
    }

    fn filtered(&self) -> String {
        self.where_all(&self.conditions)
    }

    fn where_all(&self, conditions: &[String]) -> String {
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        format!("FROM {}{filter}", self.from)
    }

    /// The statement of one page, one row longer than asked, to see whether more follow.
    fn page_sql(mut self, ask: &Ask) -> (String, Vec<Value>) {
        let (than, way) = if ask.descending {
            ("<", "DESC")
        } else {
            (">", "ASC")
        };
        if let Some(Cursor(key, id)) = &ask.after {
            let values = [key.clone(), id.clone().into()];
            self.add(&format!("({}, id) {than} (?, ?)", ask.sort), values);
        }
        let sql = format!(
            "SELECT {} {} ORDER BY {} {way}, id {way} LIMIT {}",
            self.columns,
            self.filtered(),
            ask.sort,
            i64::from(ask.limit) + 1
        );
        (sql, self.values)
    }

    /// The text of a page, for the test that prepares every statement on both engines.
    #[must_use]
    pub fn text(self, ask: &Ask) -> String {
        self.page_sql(ask).0
    }

    fn count_sql(&self) -> String {
        let mut conditions = self.conditions.clone();
        if let Some((place, text)) = &self.counted
            && let Some(condition) = conditions.get_mut(*place)
        {
            condition.clone_from(text);
        }
        let filtered = self.where_all(&conditions);
        if self.is_capped {
            let most = MOST_COUNTED + 1;
            format!("SELECT count(*) FROM (SELECT 1 {filtered} LIMIT {most}) AS counted")
        } else {
            format!("SELECT count(*) {filtered}")
        }
    }

    /// How many rows there are; of those narrowed by a text at most [`MOST_COUNTED`] and one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, conn: &mut Conn) -> Result<u64> {
        let sql = self.count_sql();
        let mut query = sqlx::query_scalar::<Any, i64>(AssertSqlSafe(sql));
        for value in self.values.clone() {
            query = match value {
                Value::Int(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        let count = query.fetch_one(conn).await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// One page, without its total (exports go on with `after`).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows<T>(
        self,
        conn: &mut Conn,
        ask: &Ask,
        place: impl Fn(&T) -> Cursor,
    ) -> Result<(Vec<T>, Option<Cursor>)>
    where
        T: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let (sql, values) = self.page_sql(ask);
        let mut query = sqlx::query_as::<Any, T>(AssertSqlSafe(sql));
        for value in values {
            query = match value {
                Value::Int(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        let mut rows = query.fetch_all(conn).await?;
        let limit = usize::try_from(ask.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(place);
        Ok((rows, next))
    }

    /// One page with the total. `place` gives the sorted value and the id of a row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page<T>(
        self,
        conn: &mut Conn,
        ask: &Ask,
        place: impl Fn(&T) -> Cursor,
    ) -> Result<Page<T>>
    where
        T: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let total = self.count(conn).await?;
        let (rows, next) = self.rows(conn, ask, place).await?;
        Ok(Page { rows, next, total })
    }
}

/// A condition with its `?` numbered on from so many values, and the number of the last.
fn numbered(condition: &str, mut next: usize) -> (String, usize) {
    let mut text = String::with_capacity(condition.len() + 8);
    for piece in condition.split_inclusive('?') {
        match piece.strip_suffix('?') {
            Some(before) => {
                next += 1;
                text.push_str(before);
                text.push('$');
                text.push_str(&next.to_string());
            }
            None => text.push_str(piece),
        }
    }
    (text, next)
}

/// Values of one statement. The driver of `SQLite` looks the name of every `$n` up among all of them each time a statement
/// runs (sqlx-sqlite, `arguments.rs`): the work grows with the square of their number, and thousands are too many.
pub(crate) const VALUES_AT_ONCE: usize = 480;

/// `($1, $2), ($3, $4)`: the places of so many rows of so many values.
pub(crate) fn places(rows: usize, width: usize) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(rows * width * 7);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=width {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to a String cannot fail.
            let _ = write!(text, "{comma}${}", row * width + column);
        }
        text.push(')');
    }
    text
}

/// A unit for the samples of lists.
pub(crate) fn sample_unit() -> pingyi_domain::record::UnitId {
    "a".repeat(16).parse().expect("sixteen letters are an id")
}

/// One unit and all below it, for the samples of lists.
pub(crate) fn sample_scope() -> Scope {
    Scope::Under(UnitPath::of(None, &sample_unit()))
}

/// A list in every scope, by each of its sorts.
pub(crate) fn scoped_shapes(
    select: impl Fn(&Scope) -> Select,
    sorts: &[&'static str],
) -> Vec<String> {
    [Scope::All, sample_scope(), Scope::Nothing]
        .iter()
        .flat_map(|scope| shapes(&select(scope), sorts))
        .collect()
}

/// What search finds, for the samples of lists.
pub(crate) fn sample_matching(kind: &'static str) -> Matching {
    Matching {
        kind,
        pairs: vec!["华南".to_owned(), "南城".to_owned()],
        is_common: true,
    }
}

/// A list by each of its sorts, both ways, at the beginning and further on.
pub(crate) fn shapes(select: &Select, sorts: &[&'static str]) -> Vec<String> {
    let mut texts = Vec::new();
    for sort in sorts {
        for (descending, after) in [(false, None), (true, Some(Cursor::after("x", "y")))] {
            let ask = Ask {
                sort,
                descending,
                after,
                limit: 50,
            };
            texts.push(select.clone().text(&ask));
        }
    }
    texts.push(select.count_sql());
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_and_never_in_the_text() {
        let ask = Ask {
            sort: "name",
            descending: true,
            after: Some(Cursor::after("华南城'--", "x")),
            limit: 50,
        };
        let (sql, values) = Select::new("id, name", "firms")
            .and("struck = ?", [1.into()])
            .and_maybe("sector = ?", None::<&str>)
            .and("(a = ? OR b = ?)", ["x".into(), "y'".into()])
            .page_sql(&ask);
        assert_eq!(
            sql,
            "SELECT id, name FROM firms WHERE struck = $1 AND (a = $2 OR b = $3) AND (name, id) < ($4, $5) \
             ORDER BY name DESC, id DESC LIMIT 51"
        );
        assert_eq!(values.len(), 5);
        assert_eq!(values[3], Value::from("华南城'--"));
    }

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }

    #[test]
    fn a_cursor_goes_through_an_address() {
        for cursor in [Cursor::after("华南城 \"?&", "id"), Cursor::after(-7, "id")] {
            let text = cursor.to_text();
            assert!(
                text.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
            );
            assert_eq!(Cursor::from_text(&text), Some(cursor));
        }
        for bad in ["", "%", "bm9uc2Vuc2U", "W10"] {
            assert_eq!(Cursor::from_text(bad), None, "{bad}");
        }
    }
}
