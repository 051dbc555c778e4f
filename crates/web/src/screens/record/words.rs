//! The vocabulary, a list at a time.

use axum::extract::{OriginalUri, State};
use pingyi_app::record::WordList;

use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, page};
use crate::lists::Query;
use crate::pages::record::vocabulary::WordsPage;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Visit;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page("/words", Access::Roles(ORGANISER), words)]
}

async fn words(State(ctx): State<Ctx>, visit: Visit, OriginalUri(uri): OriginalUri) -> Answer {
    let asked = Query::of(&uri)
        .get("list")
        .and_then(|list| list.parse().ok());
    let list = asked.unwrap_or(WordList::EntryKind);
    let kinds = ctx.app.words(WordList::EntryKind).await?;
    let found = ctx.app.words(list).await?;
    let c = visit.chrome(&ctx, visit.texts().s("words-title"), &["office"]);
    page(&WordsPage::of(c, list, found, &kinds))
}
