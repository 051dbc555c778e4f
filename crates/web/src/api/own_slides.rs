//! Slides that a unit brings along with its report.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::Method;
use pingyi_app::record::ReportId;

use super::meeting::slides_file;
use super::record::evidence::handed_out;
use super::record::id;
use super::reports::DRAFT;
use crate::access::{Access, SEE};
use crate::answer::{Answer, done};
use crate::lists::Query;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

const OWN: &str = "/api/reports/{report}/slides/own";

pub(crate) fn routes() -> Vec<Route> {
    let (draft, see) = (Access::Roles(DRAFT), Access::Roles(SEE));
    vec![
        Route::act(Method::PUT, OWN, draft, bring),
        Route::get(OWN, see, shown),
        Route::get("/api/reports/{report}/slides/own/sent", see, sent),
        Route::act(Method::DELETE, OWN, draft, remove),
    ]
}

/// The body is the file itself; `?name=` says what it is called.
async fn bring(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Answer {
    let report: ReportId = id(&path)?;
    let content = slides_file(body).await?;
    let name = Query::of(&uri).text("name");
    ctx.app.bring_slides(&hand, &report, &name, content).await?;
    done()
}

/// What the hall shows.
async fn shown(state: State<Ctx>, hand: Yours, path: Path<String>) -> Answer {
    send(state, hand, path, false).await
}

/// The file as it was sent.
async fn sent(state: State<Ctx>, hand: Yours, path: Path<String>) -> Answer {
    send(state, hand, path, true).await
}

async fn send(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    as_sent: bool,
) -> Answer {
    let report: ReportId = id(&path)?;
    let file = ctx.app.own_slides_file(&hand, &report, as_sent).await?;
    Ok(handed_out(file))
}

async fn remove(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let report: ReportId = id(&path)?;
    ctx.app.drop_own_slides(&hand, &report).await?;
    done()
}
