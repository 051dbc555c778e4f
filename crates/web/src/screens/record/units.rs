//! The tree of units, the list, a unit's page, its form.

use std::collections::HashMap;

use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use pingyi_app::record::{
    FoundingMode, Sheet, UNIT_SORTS, UnitFilter, UnitId, UnitKind, UnitName, UnitPath, UnitRow,
    Word, WordList,
};
use pingyi_app::{Hand, list::Page};

use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lists::{PAGE, Query};
use crate::pages::record::units::{
    UnitForm, UnitFormPage, UnitLine, UnitPage, UnitsPage, unit_links,
};
use crate::pages::record::{Choice, UnitChoice};
use crate::route::Route;
use crate::screens::record::sheets;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/units", Access::Roles(SEE), units),
        Route::page("/units/new", Access::Roles(WRITE), new),
        Route::page("/units/{unit}", Access::Roles(SEE), unit),
        Route::page("/units/{unit}/edit", Access::Roles(WRITE), edit),
    ]
}

async fn units(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let c = visit.chrome(&ctx, visit.texts().s("units-title"), &["office"]);
    let ask = query.ask(UNIT_SORTS, PAGE);
    let narrowed = query.is_narrowed();
    let (rows, total, next) = if narrowed {
        let found = listed(&ctx, &hand, &query).await?;
        let next = query.next(found.next.as_ref());
        let lines = found
            .rows
            .into_iter()
            .filter_map(UnitLine::of_row)
            .collect();
        (lines, found.total, next)
    } else {
        let lines = tree(&ctx, &hand).await?;
        let total = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        (lines, total, None)
    };
    let kind = query.text("kind");
    let members = ctx.app.member_lines(&hand).await?;
    let texts = visit.texts();
    let rows: Vec<UnitLine> = rows
        .into_iter()
        .map(|row: UnitLine| row.with_members(texts, &members))
        .collect();
    page(&UnitsPage {
        name: query.head(&ask, "field-name", "name", false),
        kinds: UnitKind::ALL
            .iter()
            .map(|k| Choice::new("value-unit-kind", k.as_str(), &kind))
            .collect(),
        text: query.text("q"),
        closed: query.get("closed").is_some(),
        may_add: hand.writes_somewhere(),
        sheets: [
            ("units-title", "units"),
            ("unit-posts", "posts"),
            ("headcounts-title", "headcounts"),
        ]
        .map(|(text, things)| match things {
            "units" => (text, query.files(things)),
            _ => (text, Query::default().files(things)),
        })
        .to_vec(),
        links: unit_links(hand.is_office()),
        rows,
        total,
        next,
        narrowed,
        c,
    })
}

fn filter(query: &Query) -> UnitFilter {
    UnitFilter {
        kind: query.get("kind").map(str::to_owned),
        text: query.get("q").map(str::to_owned),
        closed: query.get("closed").is_some(),
    }
}

async fn listed(ctx: &Ctx, hand: &Hand, query: &Query) -> Result<Page<UnitRow>, WebError> {
    let ask = query.ask(UNIT_SORTS, PAGE);
    Ok(ctx.app.units(hand, &filter(query), &ask).await?)
}

/// The units of an address as a sheet; in the tree's order unless the address says how to sort.
pub(crate) async fn sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let query = Query::of(uri);
    let names = ctx.app.unit_names().await?;
    let ask = query.ask(UNIT_SORTS, PAGE).whole();
    let mut rows = ctx.app.units(hand, &filter(&query), &ask).await?.rows;
    if query.get("sort").is_none() {
        let order: HashMap<&str, usize> = names
            .iter()
            .zip(0..)
            .map(|(name, at)| (name.id.as_str(), at))
            .collect();
        rows.sort_by_key(|row| order.get(row.id.as_str()).copied());
    }
    Ok(sheets::units(visit.texts(), rows, &names))
}

/// The names of units, and the place of the one the address names; one that does not exist is refused.
pub(super) async fn placed(
    ctx: &Ctx,
    uri: &Uri,
) -> Result<(Vec<UnitName>, Option<UnitPath>), WebError> {
    let names = ctx.app.unit_names().await?;
    let query = Query::of(uri);
    let Some(wanted) = query.get("unit") else {
        return Ok((names, None));
    };
    let found = names.iter().find(|name| name.id.as_str() == wanted);
    let place = found.map(|name| name.path.clone());
    Ok((names, Some(place.ok_or(WebError::NotFound)?)))
}

/// The terms of the unit an address names and of those below it, or of all, as a sheet.
pub(crate) async fn posts_sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let (names, place) = placed(ctx, uri).await?;
    let terms = ctx.app.whole_posts(hand, place.as_ref()).await?;
    Ok(sheets::posts(visit.texts(), terms, &names))
}

/// The counts of members of the unit an address names and of those below it, or of all, as a sheet.
pub(crate) async fn headcounts_sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let (names, place) = placed(ctx, uri).await?;
    let counts = ctx.app.whole_counts(hand, place.as_ref()).await?;
    let words = ctx.app.words(WordList::Headcount).await?;
    let words: Vec<Word> = words.into_iter().map(|view| view.word).collect();
    Ok(sheets::headcounts(visit.texts(), &counts, &names, &words))
}

/// What somebody may see of the tree, not dissolved.
async fn tree(ctx: &Ctx, hand: &Hand) -> Result<Vec<UnitLine>, WebError> {
    let names = ctx.app.unit_names().await?;
    let seen: Vec<UnitName> = names
        .into_iter()
        .filter(|name| hand.scope().holds(&name.path) && !name.closed)
        .collect();
    let top = seen.iter().map(|name| name.path.depth()).min().unwrap_or(0);
    Ok(seen
        .into_iter()
        .map(|name| UnitLine::of_name(name, top))
        .collect())
}

async fn unit(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: UnitId = id(&path)?;
    let view = ctx.app.unit(&hand, &id).await?;
    let lines = ctx.app.unit_history(&hand, &id).await?;
    let foundings = ctx.app.foundings_of(&hand, &id).await?;
    let c = visit.chrome(&ctx, view.unit.name.clone(), &["office"]);
    page(&UnitPage::of(c, view, lines, &foundings, ctx.app.today()?))
}

async fn edit(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: UnitId = id(&path)?;
    let view = ctx.app.unit(&hand, &id).await?;
    if !view.may_write {
        return Err(WebError::App(pingyi_app::AppError::NotYourUnit));
    }
    let form = UnitForm::of(&view);
    form_page(&ctx, &visit, &hand, form).await
}

async fn new(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let parent = Query::of(&uri).text("parent");
    form_page(&ctx, &visit, &hand, UnitForm::below(parent)).await
}

async fn form_page(ctx: &Ctx, visit: &Visit, hand: &Hand, form: UnitForm) -> Answer {
    let names = ctx.app.unit_names().await?;
    // Where it stands now stays to be chosen, also when that is above what the user may write.
    let parents: Vec<UnitChoice> = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path) || name.id.as_str() == form.parent)
        .map(UnitChoice::of)
        .collect();
    let title = if form.id.is_empty() {
        "units-new"
    } else {
        "units-edit"
    };
    let c = visit.chrome(ctx, visit.texts().s(title), &["office"]);
    let kinds = UnitKind::ALL
        .iter()
        .map(|k| Choice::new("value-unit-kind", k.as_str(), &form.kind));
    let modes = FoundingMode::ALL
        .iter()
        .map(|m| Choice::new("value-unit-founding_mode", m.as_str(), &form.founding_mode));
    page(&UnitFormPage {
        kinds: kinds.collect(),
        modes: modes.collect(),
        c,
        parents,
        form,
    })
}
