//! The map.

use axum::extract::{OriginalUri, State};
use pingyi_app::record::UnitId;

use crate::access::{Access, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::lists::Query;
use crate::pages::record::map::MapPage;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page("/map", Access::Roles(SEE), map)]
}

async fn map(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let near: Option<UnitId> = query.get("unit").map(id).transpose()?;
    let on = ctx.app.day_of(query.get("on"))?;
    let view = ctx.app.map(&hand, on, near.as_ref()).await?;
    let units = super::choices(&ctx).await?;
    let title = view
        .near
        .as_ref()
        .map_or_else(|| visit.texts().s("map-title"), |unit| unit.name.clone());
    let c = visit.chrome(&ctx, title, &["office"]);
    page(&MapPage::of(c, &query, &view, units, hand.is_office()))
}
