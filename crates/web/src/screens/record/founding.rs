//! The founding check: its form, and one check.

use axum::extract::{Path, State};
use pingyi_app::record::{FoundingId, UnitName};

use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::pages::record::founding::{Canvas, FoundingCheckPage, FoundingLine, FoundingPage};
use crate::pages::record::{UnitChoice, past};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/founding", Access::Roles(ORGANISER), founding),
        Route::page("/founding/{founding}", Access::Roles(SEE), check),
    ]
}

async fn founding(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let names: Vec<UnitName> = ctx.app.unit_names().await?;
    let checks = ctx.app.foundings(&hand).await?;
    let lines = checks.iter().map(|view| {
        let unit = view.founding.unit.as_ref();
        let unit = unit.and_then(|id| names.iter().find(|name| name.id == *id));
        FoundingLine::of(
            view,
            unit.map(|unit| unit.short.clone()).unwrap_or_default(),
        )
    });
    let lines = lines.collect();
    let areas = ctx.app.areas().await?;
    page(&FoundingPage {
        c: visit.chrome(&ctx, visit.texts().s("founding-title"), &["office", "map"]),
        kept: ctx.app.founding_thresholds().await?,
        canvas: Canvas::of(&areas, None),
        lines,
        units: names.into_iter().map(UnitChoice::of).collect(),
    })
}

async fn check(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let wanted: FoundingId = id(&path)?;
    let view = ctx.app.founding(&hand, &wanted).await?;
    let lines = ctx.app.founding_history(&hand, &wanted).await?;
    let names = ctx.app.unit_names().await?;
    let unit = view.founding.unit.as_ref();
    let unit = unit.and_then(|id| names.iter().find(|name| name.id == *id));
    let unit = unit.map(|unit| (unit.id.to_string(), unit.name.clone()));
    let known: Vec<(String, String)> = names
        .iter()
        .map(|name| (name.id.to_string(), name.name.clone()))
        .collect();
    let areas = ctx.app.areas().await?;
    let c = visit.chrome(&ctx, view.founding.title.clone(), &["office"]);
    let past = past(visit.texts(), lines, &known);
    let units = names.into_iter().map(UnitChoice::of).collect();
    let page_of = FoundingCheckPage::of(c, view, unit, &areas, (units, past), hand.is_office());
    page(&page_of)
}
