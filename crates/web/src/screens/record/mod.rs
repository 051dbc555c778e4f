//! Pages of the year's record.

mod belongings;
pub(crate) mod firms;
mod founding;
mod imports;
pub(crate) mod indicators;
mod keepers;
pub(crate) mod kept_sheets;
pub(crate) mod ledger;
mod map;
pub(crate) mod matters;
mod sheets;
pub(crate) mod units;
mod words;
mod year;

use axum::http::Uri;
use pingyi_app::Hand;
use pingyi_app::record::UnitId;

use crate::api::record::id;
use crate::error::WebError;
use crate::lang::Texts;
use crate::lists::Query;
use crate::pages::record::UnitChoice;
use crate::pages::record::within::Within;
use crate::route::Route;
use crate::settings::Ctx;

pub(crate) fn routes() -> Vec<Route> {
    [
        units::routes(),
        belongings::routes(),
        firms::routes(),
        imports::routes(),
        matters::routes(),
        ledger::routes(),
        words::routes(),
        keepers::routes(),
        indicators::routes(),
        map::routes(),
        founding::routes(),
        year::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A list as the tab of a unit that ends in `ending`: what its address asks, of this unit and all below it, and its head.
async fn tab(
    ctx: &Ctx,
    hand: &Hand,
    (path, uri): (&str, &Uri),
    ending: &str,
) -> Result<(Query, Option<Within>), WebError> {
    let id: UnitId = id(path)?;
    let view = ctx.app.unit(hand, &id).await?;
    let query = Query::of(uri).within("unit", id.as_str());
    Ok((query, Some(Within::of(view, ending))))
}

/// The title of a list: its own, or the unit's whose tab it is.
fn title(texts: Texts, within: Option<&Within>, own: &str) -> String {
    within.map_or_else(|| texts.s(own), |unit| unit.name.clone())
}

/// All units by name, for a choice.
pub(crate) async fn choices(ctx: &Ctx) -> Result<Vec<UnitChoice>, WebError> {
    let names = ctx.app.unit_names().await?;
    Ok(names.into_iter().map(UnitChoice::of).collect())
}
