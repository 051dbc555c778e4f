//! Pages of the year's record.

mod belongings;
pub(crate) mod firms;
mod imports;
pub(crate) mod indicators;
mod keepers;
pub(crate) mod ledger;
pub(crate) mod matters;
mod sheets;
pub(crate) mod units;
mod words;

use crate::error::WebError;
use crate::pages::record::UnitChoice;
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
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All units by name, for a choice.
pub(crate) async fn choices(ctx: &Ctx) -> Result<Vec<UnitChoice>, WebError> {
    let names = ctx.app.unit_names().await?;
    Ok(names.into_iter().map(UnitChoice::of).collect())
}
