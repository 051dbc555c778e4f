//! What belongs to a unit and has a page of its own: shops, service centres; and the instructors.

use axum::extract::{Path, State};
use pingyi_app::record::{CentreId, ShopId, Word, WordList};

use crate::access::{Access, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::pages::record::centre::CentrePage;
use crate::pages::record::instructors::InstructorsPage;
use crate::pages::record::shop::ShopPage;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/shops/{shop}", Access::Roles(SEE), shop),
        Route::page("/centres/{centre}", Access::Roles(SEE), centre),
        Route::page("/instructors", Access::Roles(SEE), instructors),
    ]
}

async fn shop(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: ShopId = id(&path)?;
    let view = ctx.app.shop(&hand, &id).await?;
    let c = visit.chrome(&ctx, view.held.what.name.clone(), &["office"]);
    page(&ShopPage::of(c, view, ctx.app.today()?))
}

async fn centre(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: CentreId = id(&path)?;
    let view = ctx.app.centre(&hand, &id).await?;
    let names = ctx.app.unit_names().await?;
    let words = ctx.app.words(WordList::Service).await?;
    let words: Vec<Word> = words.into_iter().map(|view| view.word).collect();
    let c = visit.chrome(&ctx, view.held.what.name.clone(), &["office"]);
    page(&CentrePage::of(c, view, &names, &words, ctx.app.today()?))
}

async fn instructors(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let found = ctx.app.instructor_loads(&hand).await?;
    let names = ctx.app.unit_names().await?;
    let c = visit.chrome(&ctx, visit.texts().s("instructors-title"), &["office"]);
    page(&InstructorsPage::of(c, found, &names))
}
