//! The tree of units, the list, a unit's page, its form.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::record::{
    FoundingMode, UNIT_SORTS, UnitFilter, UnitId, UnitKind, UnitName, UnitRow,
};
use pingyi_app::{Hand, list::Page};

use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lists::{PAGE, Query};
use crate::pages::record::units::{UnitForm, UnitFormPage, UnitLine, UnitPage, UnitsPage};
use crate::pages::record::{Choice, UnitChoice};
use crate::route::Route;
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
    page(&UnitsPage {
        name: query.head(&ask, "field-name", "name", false),
        kinds: UnitKind::ALL
            .iter()
            .map(|k| Choice::new("value-unit-kind", k.as_str(), &kind))
            .collect(),
        text: query.text("q"),
        closed: query.get("closed").is_some(),
        may_add: hand.writes_somewhere(),
        rows,
        total,
        next,
        narrowed,
        c,
    })
}

async fn listed(ctx: &Ctx, hand: &Hand, query: &Query) -> Result<Page<UnitRow>, WebError> {
    let filter = UnitFilter {
        kind: query.get("kind").map(str::to_owned),
        text: query.get("q").map(str::to_owned),
        closed: query.get("closed").is_some(),
    };
    Ok(ctx
        .app
        .units(hand, &filter, &query.ask(UNIT_SORTS, PAGE))
        .await?)
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
    let c = visit.chrome(&ctx, view.unit.name.clone(), &["office"]);
    page(&UnitPage::of(c, view, lines, ctx.app.today()?))
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
