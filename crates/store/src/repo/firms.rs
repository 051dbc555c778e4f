//! Firms: the register, its lists, and the counts behind the two coverages.

use pingyi_domain::record::{Scope, UnitPath};

use crate::list::{Ask, Cursor, Page, Select};
use crate::row::{Columns as _, Row};
use crate::{Conn, Result};

pub use crate::row::{insert_all as insert, update};

crate::row::columns! {
    /// One firm.
    FirmRow in "firms"
    form {
        /// Id of the unit.
        unit: String,
        /// Full name.
        name: String,
        /// What the name is compared by.
        name_key: String,
        /// Credit code, or empty.
        credit_code: String,
        /// Kind on the wire.
        kind: String,
        /// Code, or empty.
        sector: String,
        /// Employees.
        employees: Option<i64>,
        /// Party members.
        members: Option<i64>,
        /// Address.
        address: String,
        /// Millionths of a degree.
        lon: Option<i64>,
        /// Millionths of a degree.
        lat: Option<i64>,
        /// Day.
        opened_on: String,
        /// Code of the reason why nothing covers it, or empty.
        uncovered: String,
        /// Note.
        note: String,
    }
    once {
        /// 1 while struck out today, as the next three are today's.
        struck: i64,
        /// 1 with its own organisation.
        own: i64,
        /// 1 in a joint one.
        joint: i64,
        /// 1 with an instructor, liaison, union or youth league.
        work: i64,
        /// The import it came with.
        import: Option<String>,
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
}

impl Row for FirmRow {}

/// What a firm is recognised by.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FirmKey {
    /// Id.
    pub id: String,
    /// Id of the unit.
    pub unit: String,
    /// Full name.
    pub name: String,
    /// What the name is compared by.
    pub name_key: String,
    /// Credit code, or empty.
    pub credit_code: String,
}

/// Firms of one unit and sector that are the same on a day, counted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TallyRow {
    /// Id of the unit.
    pub unit: String,
    /// Code of the sector, or empty.
    pub sector: String,
    /// 1 when struck out.
    pub struck: i64,
    /// 1 with its own organisation.
    pub own: i64,
    /// 1 in a joint one.
    pub joint: i64,
    /// 1 with other cover.
    pub work: i64,
    /// How many.
    pub n: i64,
}

crate::statements::statements! {
    SET_TODAY = "UPDATE firms SET struck = $2, own = $3, joint = $4, work = $5 WHERE id = $1";
    BY_CODE = "SELECT id FROM firms WHERE credit_code = $1 AND id <> $2 LIMIT 1";
    KEYS = "SELECT id, unit, name, name_key, credit_code FROM firms ORDER BY id";
    KEYS_OF = "SELECT id, unit, name, name_key, credit_code FROM firms WHERE unit = $1 AND name_key = $2 ORDER BY id";
    TALLY_TODAY = "SELECT unit, sector, struck, own, joint, work, count(*) AS n FROM firms WHERE opened_on <= $1 \
                   GROUP BY unit, sector, struck, own, joint, work";
    TALLY_ON = "WITH c AS (SELECT firm, MAX(CASE WHEN kind = 'own' THEN 1 ELSE 0 END) AS own, \
                  MAX(CASE WHEN kind = 'joint' THEN 1 ELSE 0 END) AS joint, \
                  MAX(CASE WHEN kind IN ('own', 'joint') THEN 0 ELSE 1 END) AS work \
                  FROM coverages WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1) GROUP BY firm), \
                s AS (SELECT DISTINCT firm FROM strikes WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1)), \
                f AS (SELECT firms.unit AS unit, firms.sector AS sector, \
                  CAST(CASE WHEN s.firm IS NULL THEN 0 ELSE 1 END AS BIGINT) AS struck, \
                  CAST(COALESCE(c.own, 0) AS BIGINT) AS own, CAST(COALESCE(c.joint, 0) AS BIGINT) AS joint, \
                  CAST(COALESCE(c.work, 0) AS BIGINT) AS work \
                  FROM firms LEFT JOIN c ON c.firm = firms.id LEFT JOIN s ON s.firm = firms.id \
                  WHERE firms.opened_on <= $1) \
                SELECT unit, sector, struck, own, joint, work, count(*) AS n FROM f \
                GROUP BY unit, sector, struck, own, joint, work";
}

/// Keeps what holds today beside the firm: struck, own, joint, work.
///
/// # Errors
/// When the database fails.
pub async fn set_today(conn: &mut Conn, id: &str, today: [bool; 4]) -> Result<()> {
    let mut query = sqlx::query(SET_TODAY).bind(id);
    for fact in today {
        query = query.bind(i64::from(fact));
    }
    query.execute(conn).await?;
    Ok(())
}

/// Another firm with this credit code.
///
/// # Errors
/// When the database fails.
pub async fn with_code(conn: &mut Conn, code: &str, other_than: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(BY_CODE)
        .bind(code)
        .bind(other_than)
        .fetch_optional(conn)
        .await?)
}

/// What all firms are recognised by.
///
/// # Errors
/// When the database fails.
pub async fn keys(conn: &mut Conn) -> Result<Vec<FirmKey>> {
    Ok(sqlx::query_as(KEYS).fetch_all(conn).await?)
}

/// The firms of a unit with this key of a name.
///
/// # Errors
/// When the database fails.
pub async fn keys_of(conn: &mut Conn, unit: &str, name_key: &str) -> Result<Vec<FirmKey>> {
    Ok(sqlx::query_as(KEYS_OF)
        .bind(unit)
        .bind(name_key)
        .fetch_all(conn)
        .await?)
}

/// Firms counted by unit, sector and what they are on a day: today from what is kept beside each firm, any other day
/// from the spells.
///
/// # Errors
/// When the database fails.
pub async fn tally(conn: &mut Conn, day: &str, is_today: bool) -> Result<Vec<TallyRow>> {
    let sql = if is_today { TALLY_TODAY } else { TALLY_ON };
    Ok(sqlx::query_as(sql).bind(day).fetch_all(conn).await?)
}

/// Which firms of a coverage a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirmView {
    /// All of the register.
    #[default]
    All,
    /// Operating: the denominator.
    Operating,
    /// Operating with their own organisation.
    Own,
    /// Operating with an organisation of their own or a joint one.
    Covered,
    /// Operating without either.
    Uncovered,
    /// Operating with anything.
    Worked,
    /// Operating with nothing at all.
    Unworked,
    /// Struck out.
    Struck,
    /// Operating, three members or more, not their own organisation.
    Due,
}

impl FirmView {
    /// All of them, by their name in an address.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("all", Self::All),
        ("operating", Self::Operating),
        ("own", Self::Own),
        ("covered", Self::Covered),
        ("uncovered", Self::Uncovered),
        ("worked", Self::Worked),
        ("unworked", Self::Unworked),
        ("struck", Self::Struck),
        ("due", Self::Due),
    ];
}

/// What a list of firms is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct FirmFilter {
    /// What search finds by the name, or a whole credit code.
    pub text: Option<String>,
    /// Only the firms of this unit and all below it.
    pub under: Option<UnitPath>,
    /// Code of the sector; empty for those without.
    pub sector: Option<String>,
    /// Kind on the wire.
    pub kind: Option<String>,
    /// Only those whose reason why nothing covers them is this.
    pub reason: Option<String>,
    /// Which of a coverage.
    pub view: FirmView,
    /// On which day the view holds.
    pub on: String,
    /// Whether that day is today.
    pub is_today: bool,
}

/// The columns a list of firms sorts by.
pub const SORTS: &[&str] = &["name", "opened_on"];

macro_rules! spell {
    ($table:literal, $only:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM ",
            $table,
            " x WHERE x.firm = firms.id",
            $only,
            " AND x.from_on <= ? AND (x.until_on IS NULL OR x.until_on > ?))"
        )
    };
}
const STRUCK: &str = spell!("strikes", "");
const NOT_STRUCK: &str = concat!("NOT ", spell!("strikes", ""));
const OWN: &str = spell!("coverages", " AND x.kind = 'own'");
const NOT_OWN: &str = concat!("NOT ", spell!("coverages", " AND x.kind = 'own'"));
const COVERED: &str = spell!("coverages", " AND x.kind IN ('own', 'joint')");
const UNCOVERED: &str = concat!(
    "NOT ",
    spell!("coverages", " AND x.kind IN ('own', 'joint')")
);
const WORKED: &str = spell!("coverages", "");
const UNWORKED: &str = concat!("NOT ", spell!("coverages", ""));

fn view(select: Select, filter: &FirmFilter) -> Select {
    if filter.view == FirmView::All {
        return select;
    }
    let day = filter.on.as_str();
    let on = |select: Select, condition| select.and(condition, [day.into(), day.into()]);
    let select = select.and("opened_on <= ?", [day.into()]);
    if filter.view == FirmView::Struck {
        return if filter.is_today {
            select.and("struck = 1", [])
        } else {
            on(select, STRUCK)
        };
    }
    let select = if filter.is_today {
        select.and("struck = 0", [])
    } else {
        on(select, NOT_STRUCK)
    };
    let (today, then) = match filter.view {
        FirmView::All | FirmView::Operating | FirmView::Struck => return select,
        FirmView::Own => ("own = 1", OWN),
        FirmView::Covered => ("(own = 1 OR joint = 1)", COVERED),
        FirmView::Uncovered => ("own = 0 AND joint = 0", UNCOVERED),
        FirmView::Worked => ("(own = 1 OR joint = 1 OR work = 1)", WORKED),
        FirmView::Unworked => ("own = 0 AND joint = 0 AND work = 0", UNWORKED),
        FirmView::Due => ("own = 0", NOT_OWN),
    };
    let select = if filter.is_today {
        select.and(today, [])
    } else {
        on(select, then)
    };
    if filter.view == FirmView::Due {
        select.and("members >= 3", [])
    } else {
        select
    }
}

fn select(scope: &Scope, filter: &FirmFilter) -> Select {
    let mut select = view(
        Select::new(FirmRow::COLUMNS, FirmRow::TABLE).scope("unit", scope),
        filter,
    )
    .and_maybe("sector = ?", filter.sector.as_deref())
    .and_maybe("kind = ?", filter.kind.as_deref())
    .and_maybe("uncovered = ?", filter.reason.as_deref());
    if let Some(under) = &filter.under {
        select = select.scope("unit", &Scope::Under(under.clone()));
    }
    if let Some(text) = &filter.text {
        let code = text.to_ascii_uppercase();
        select = if pingyi_domain::record::is_credit_code(&code) {
            select.and("credit_code = ?", [code.into()])
        } else {
            select.matching("id", "firm", text)
        };
    }
    select
}

fn place(by_day: bool) -> impl Fn(&FirmRow) -> Cursor {
    move |row| {
        let key = if by_day { &row.opened_on } else { &row.name };
        Cursor::after(key.as_str(), row.id.as_str())
    }
}

/// One page of firms.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &FirmFilter,
    ask: &Ask,
) -> Result<Page<FirmRow>> {
    let select = select(scope, filter);
    select.page(conn, ask, place(ask.sort == "opened_on")).await
}

/// One page of firms without the total, for exports.
///
/// # Errors
/// When the database fails.
pub async fn rows(
    conn: &mut Conn,
    scope: &Scope,
    filter: &FirmFilter,
    ask: &Ask,
) -> Result<(Vec<FirmRow>, Option<Cursor>)> {
    let select = select(scope, filter);
    select.rows(conn, ask, place(ask.sort == "opened_on")).await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = UnitPath::of(None, &crate::list::sample_unit());
    let mut texts = Vec::new();
    for (_, view) in FirmView::ALL {
        for is_today in [true, false] {
            let filter = FirmFilter {
                text: Some("华南城".to_owned()),
                under: Some(path.clone()),
                sector: Some("internet".to_owned()),
                kind: Some("non_public".to_owned()),
                reason: Some("few".to_owned()),
                view: *view,
                on: "2018-12-15".to_owned(),
                is_today,
            };
            texts.extend(crate::list::shapes(
                &select(&Scope::Under(path.clone()), &filter),
                SORTS,
            ));
        }
    }
    texts
}
