//! Matters: the list, one matter, its form.

use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use pingyi_app::Hand;
use pingyi_app::record::matter::{MatterStateName, SOON_DAYS};
use pingyi_app::record::{
    Date, MATTER_SORTS, MatterFilter, MatterId, MattersOf, Month, Period, Scope, Sheet, UnitId,
    UnitName,
};

use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::chrome::Chrome;
use crate::error::WebError;
use crate::lists::{PAGE, Query};
use crate::pages::record::UnitChoice;
use crate::pages::record::matter_board::{BoardPage, columns};
use crate::pages::record::matter_form::{MatterForm, MatterFormPage};
use crate::pages::record::matter_list::{Asked, MatterRowLine, MattersPage};
use crate::pages::record::matters::MatterPage;
use crate::pages::record::within::Within;
use crate::route::Route;
use crate::screens::record::{sheets, tab, title};
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/matters", Access::Roles(SEE), matters),
        Route::page("/units/{unit}/matters", Access::Roles(SEE), matters_of),
        Route::page("/matters/new", Access::Roles(WRITE), new),
        Route::page("/matters/{matter}", Access::Roles(SEE), matter),
        Route::page("/matters/{matter}/edit", Access::Roles(WRITE), edit),
    ]
}

/// The units somebody may see, for a filter.
pub(super) fn seen(names: &[UnitName], hand: &Hand) -> Vec<UnitChoice> {
    let all = names.iter().filter(|name| hand.scope().holds(&name.path));
    all.cloned().map(UnitChoice::of).collect()
}

/// The part of the tree a filter names; an unknown unit is nothing.
pub(super) fn under(names: &[UnitName], query: &Query) -> Option<Scope> {
    let wanted = query.get("unit")?;
    let found = wanted
        .parse::<UnitId>()
        .ok()
        .and_then(|id| names.iter().find(|name| name.id == id));
    Some(found.map_or(Scope::Nothing, |name| Scope::Under(name.path.clone())))
}

/// The days `over` and `soon` stand for: from, until.
fn days(due: Option<&str>, today: Date) -> (Option<String>, Option<String>) {
    let day = |days| today.plus_days(days).map(|day| day.to_string());
    match due {
        Some("over") => (None, day(-1)),
        Some("soon") => (day(0), day(SOON_DAYS)),
        _ => (None, None),
    }
}

fn filter(names: &[UnitName], query: &Query, today: Date) -> MatterFilter {
    let (due_from, due_until) = days(query.get("due"), today);
    let state = query.get("state");
    MatterFilter {
        unit: under(names, query),
        list: query.get("list").map(str::to_owned),
        state: state
            .filter(|state| state.parse::<MatterStateName>().is_ok())
            .map(str::to_owned),
        open: state == Some("open"),
        due_from,
        due_until,
        text: query.get("q").map(str::to_owned),
        counted: counted(query),
    }
}

/// The figure of a year page or of a digest somebody comes from; what is neither year, month nor day narrows nothing.
fn counted(query: &Query) -> Option<MattersOf> {
    let year = |name| {
        let text = query.get(name)?;
        let month = text.parse::<Month>().ok().and_then(Month::period);
        let period = match month {
            Some(month) => month,
            None => Period::year(text.parse().ok()?)?,
        };
        Some((period.first().to_string(), period.last().to_string()))
    };
    let due = |name: &str| query.get(name)?.parse::<Date>().ok();
    if let (Some(from), Some(until)) = (due("due_from"), due("due_until")) {
        return Some(MattersOf::Due(from.to_string(), until.to_string()));
    }
    let day = query
        .get("open_on")
        .and_then(|day| day.parse::<Date>().ok());
    if let Some((from, until)) = year("raised") {
        return Some(MattersOf::Raised(from, until));
    }
    if let Some((from, until)) = year("closed") {
        return Some(MattersOf::Closed(from, until));
    }
    if let Some((from, until)) = year("standing") {
        return Some(MattersOf::Standing(from, until));
    }
    let day = day?.to_string();
    if let Some(due) = year("due_in") {
        return Some(MattersOf::DueOn(day, due));
    }
    Some(if query.get("due") == Some("before") {
        MattersOf::OverdueOn(day)
    } else {
        MattersOf::OpenOn(day)
    })
}

async fn matters(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    shown(&ctx, &visit, &hand, Query::of(&uri), None).await
}

/// The matters of a unit and all below it: a tab of its page.
async fn matters_of(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let (query, within) = tab(&ctx, &hand, (&path, &uri), "/matters").await?;
    shown(&ctx, &visit, &hand, query, within).await
}

async fn shown(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    query: Query,
    within: Option<Within>,
) -> Answer {
    let title = title(visit.texts(), within.as_ref(), "matters-title");
    let c = visit.chrome(ctx, title, &["office"]);
    if query.get("as") == Some("board") {
        board(ctx, c, hand, &query, within).await
    } else {
        list(ctx, c, hand, &query, within).await
    }
}

async fn board(ctx: &Ctx, c: Chrome, hand: &Hand, query: &Query, within: Option<Within>) -> Answer {
    let names = ctx.app.unit_names().await?;
    let filter = filter(&names, query, ctx.app.today()?);
    let found = ctx.app.matter_board(hand, &filter).await?;
    page(&BoardPage {
        columns: columns(found, &names, query),
        asked: Asked::of(query),
        units: seen(&names, hand),
        narrowed: query.is_narrowed(),
        may_add: hand.writes_somewhere(),
        path: query.path().to_owned(),
        list: query.with(&[("as", "")]),
        within,
        c,
    })
}

async fn list(ctx: &Ctx, c: Chrome, hand: &Hand, query: &Query, within: Option<Within>) -> Answer {
    let names = ctx.app.unit_names().await?;
    let today = ctx.app.today()?;
    let ask = query.ask(MATTER_SORTS, PAGE);
    let found = ctx
        .app
        .matters(hand, &filter(&names, query, today), &ask)
        .await?;
    let due = |what| {
        let (due_from, due_until) = days(Some(what), today);
        MatterFilter {
            unit: under(&names, query).filter(|_| within.is_some()),
            due_from,
            due_until,
            ..MatterFilter::default()
        }
    };
    let rows = found
        .rows
        .into_iter()
        .map(|line| MatterRowLine::of(line, &names))
        .collect();
    page(&MattersPage {
        over: ctx.app.matters_count(hand, &due("over")).await?,
        soon: ctx.app.matters_count(hand, &due("soon")).await?,
        title: query.head(&ask, "field-matter-title", "title", false),
        due: query.head(&ask, "field-due_on", "due_key", false),
        raised: query.head(&ask, "field-raised_on", "raised_on", false),
        asked: Asked::of(query),
        units: seen(&names, hand),
        may_add: hand.writes_somewhere(),
        narrowed: query.is_narrowed(),
        next: query.next(found.next.as_ref()),
        total: found.total,
        files: query.files("matters"),
        path: query.path().to_owned(),
        board: query.with(&[("as", "board"), ("state", ""), ("sort", ""), ("dir", "")]),
        rows,
        within,
        c,
    })
}

/// The list of an address as a sheet: all its pages.
pub(crate) async fn sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let query = Query::of(uri);
    let names = ctx.app.unit_names().await?;
    let filter = filter(&names, &query, ctx.app.today()?);
    let ask = query.ask(MATTER_SORTS, PAGE).whole();
    let found = ctx.app.matters(hand, &filter, &ask).await?;
    Ok(sheets::matters(visit.texts(), found.rows, &names))
}

async fn matter(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: MatterId = id(&path)?;
    let view = ctx.app.matter(&hand, &id).await?;
    let names = ctx.app.unit_names().await?;
    let c = visit.chrome(&ctx, view.title(), &["office"]);
    page(&MatterPage::of(c, view, &names, ctx.app.today()?))
}

async fn edit(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: MatterId = id(&path)?;
    let view = ctx.app.matter(&hand, &id).await?;
    if !view.may_write {
        return Err(WebError::App(pingyi_app::AppError::NotYourUnit));
    }
    if view.state == MatterStateName::Closed {
        let state = view.state.to_string();
        return Err(WebError::App(pingyi_app::AppError::WrongState { state }));
    }
    form_page(&ctx, &visit, &hand, MatterForm::of(&view)).await
}

async fn new(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let form = MatterForm::new(query.text("unit"), query.text("entry"), ctx.app.today()?);
    form_page(&ctx, &visit, &hand, form).await
}

async fn form_page(ctx: &Ctx, visit: &Visit, hand: &Hand, form: MatterForm) -> Answer {
    let names = ctx.app.unit_names().await?;
    let units = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path))
        .map(UnitChoice::of);
    let c = visit.chrome(ctx, visit.texts().s(form.title()), &["office"]);
    page(&MatterFormPage::of(c, units.collect(), form))
}
