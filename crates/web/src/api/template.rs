//! The office's template of slides, and reports in it.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::Method;
use pingyi_app::record::ReportId;

use super::meeting::slides_file;
use super::record::evidence::handed_out;
use super::record::id;
use super::slides::pptx_file;
use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, done};
use crate::lists::Query;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

const TEMPLATE: &str = "/api/reports/template";

pub(crate) fn routes() -> Vec<Route> {
    let (office, see) = (Access::Roles(ORGANISER), Access::Roles(SEE));
    vec![
        Route::act(Method::PUT, TEMPLATE, office, set),
        Route::get(TEMPLATE, office, file),
        Route::act(Method::DELETE, TEMPLATE, office, remove),
        Route::get("/api/reports/{report}/template", see, filled),
    ]
}

/// The body is the file itself; `?name=` says what it is called.
async fn set(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Answer {
    let content = slides_file(body).await?;
    let name = Query::of(&uri).text("name");
    ctx.app.set_template(&hand, &name, content).await?;
    done()
}

async fn file(State(ctx): State<Ctx>, Yours(hand): Yours) -> Answer {
    Ok(handed_out(ctx.app.template_file(&hand).await?))
}

async fn remove(State(ctx): State<Ctx>, Yours(hand): Yours) -> Answer {
    ctx.app.remove_template(&hand).await?;
    done()
}

async fn filled(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let report: ReportId = id(&path)?;
    Ok(pptx_file(ctx.app.report_in_template(&hand, &report).await?))
}
