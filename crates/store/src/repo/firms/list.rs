//! Lists of firms: what they are narrowed by, pages, exports.

use pingyi_domain::record::{Scope, UnitPath};

use super::{FirmRow, TallyRow};
use crate::list::{Ask, Cursor, Matching, Page, Select};
use crate::repo::find;
use crate::row::Columns as _;
use crate::{Conn, Result};

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

impl FirmView {
    /// Which firms of a count by [`super::tally`] it shows; none where the count does not tell.
    #[must_use]
    pub fn of_tally(self) -> Option<fn(&TallyRow) -> bool> {
        Some(match self {
            Self::All | Self::Due => return None,
            Self::Operating => |row| row.struck == 0,
            Self::Own => |row| row.struck == 0 && row.own == 1,
            Self::Covered => |row| row.struck == 0 && row.own + row.joint > 0,
            Self::Uncovered => |row| row.struck == 0 && row.own + row.joint == 0,
            Self::Worked => |row| row.struck == 0 && row.own + row.joint + row.work > 0,
            Self::Unworked => |row| row.struck == 0 && row.own + row.joint + row.work == 0,
            Self::Struck => |row| row.struck == 1,
        })
    }
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
    // Nearly all firms are there on any day: `|| ''` keeps SQLite from reading them by that day and sorting them afterwards.
    let select = select.and("opened_on || '' <= ?", [day.into()]);
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

fn select(scope: &Scope, filter: &FirmFilter, found: Option<&Matching>) -> Select {
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
    match (code_of(filter), found) {
        (Some(code), _) => select.and("credit_code = ? AND credit_code <> ''", [code.into()]),
        (None, Some(found)) => select.matching("firms.id", found),
        (None, None) => select,
    }
}

/// The credit code that is asked for instead of a name.
fn code_of(filter: &FirmFilter) -> Option<String> {
    let code = filter.text.as_ref()?.to_ascii_uppercase();
    pingyi_domain::record::is_credit_code(&code).then_some(code)
}

async fn found(conn: &mut Conn, filter: &FirmFilter) -> Result<Option<Matching>> {
    let text = filter.text.as_deref().filter(|_| code_of(filter).is_none());
    find::matching_of(conn, "firm", text).await
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
    let found = found(conn, filter).await?;
    let select = select(scope, filter, found.as_ref());
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
    let found = found(conn, filter).await?;
    let select = select(scope, filter, found.as_ref());
    select.rows(conn, ask, place(ask.sort == "opened_on")).await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = UnitPath::of(None, &crate::list::sample_unit());
    let found = crate::list::sample_matching("firm");
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
                &select(&Scope::Under(path.clone()), &filter, Some(&found)),
                SORTS,
            ));
        }
    }
    texts
}
