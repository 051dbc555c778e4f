//! The public board: the page of an appraisal and the files of its boxes, under one address.

use axum::extract::{Path, State};
use axum::http::HeaderMap;

use pingyi_app::Reader;

use crate::access::Access;
use crate::answer::{Answer, public_page};
use crate::api::appraisal_id;
use crate::api::board::{Wanted, archive, proofs};
use crate::pages::board::{Board, BoardBox, BoardPage};
use crate::pages::build;
use crate::route::Route;
use crate::settings::Ctx;
use crate::state::State as Phase;
use crate::visit::Visit;

pub(crate) fn routes() -> Vec<Route> {
    // Who looks at the board may be a rater who has just cast: not logged.
    vec![Route::page("/board/{name}", Access::Rater, board)]
}

async fn board(
    State(ctx): State<Ctx>,
    visit: Visit,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Answer {
    match Wanted::of(&name) {
        Wanted::Archive(uuid) => return archive(&ctx, uuid, Reader::Anybody).await,
        Wanted::Proofs(uuid) => return proofs(&ctx, uuid, Reader::Anybody).await,
        Wanted::Page => {}
    }
    let view = ctx.app.board_view(&appraisal_id(&name)?).await?;
    let boxes = view.boxes.into_iter().map(|line| BoardBox {
        uuid: line.uuid.to_string(),
        name: format!("{} {}", line.category.code, line.category.label),
        state: Phase::of_box(&line.state),
        ballots: line.head.ballots,
        height: line.head.height,
        head: line.head.hash,
        proofs: line.proofs,
    });
    let b = Board::new(build::title(visit.lang, &view.title), boxes.collect());
    let mut c = visit.chrome(&ctx, visit.texts().s("board-title"), &["office"]);
    c.page_class = "page-public";
    c.offer_login = true;
    c.rehearsal = view.rehearsal;
    public_page(&headers, &BoardPage { c, b })
}
