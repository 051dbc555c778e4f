//! A year of a unit on one page.

use axum::extract::{Path, State};
use pingyi_app::AppError;
use pingyi_app::record::{UnitId, WordList};

use crate::access::{Access, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lang::Lang;
use crate::pages::record::year::{YearNames, YearPage};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page(
        "/units/{unit}/year/{year}",
        Access::Roles(SEE),
        year,
    )]
}

async fn names(
    ctx: &Ctx,
    visit: &Visit,
    list: WordList,
) -> Result<Vec<(String, String)>, WebError> {
    let english = visit.texts().0 == Lang::En;
    let words = ctx.app.words(list).await?;
    let named = words
        .into_iter()
        .map(|view| (view.word.code.clone(), view.word.label(english).to_owned()));
    Ok(named.collect())
}

async fn year(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path((unit, year)): Path<(String, String)>,
) -> Answer {
    let unit: UnitId = id(&unit)?;
    let year: i32 = year
        .parse()
        .map_err(|_| WebError::App(AppError::NotFound))?;
    let report = ctx.app.year_report(&hand, &unit, year).await?;
    let kinds = names(&ctx, &visit, WordList::EntryKind).await?;
    let topics = names(&ctx, &visit, WordList::Topic).await?;
    let services = names(&ctx, &visit, WordList::Service).await?;
    let title = format!("{} {year}", report.unit.name);
    let mut c = visit.chrome(&ctx, title, &["office", "charts"]);
    // A sheet of its own, with narrower margins: a year is one page.
    c.page_class = "page-year";
    let named = YearNames {
        kinds: &kinds,
        topics: &topics,
        services: &services,
    };
    page(&YearPage::of(c, &report, &named))
}
