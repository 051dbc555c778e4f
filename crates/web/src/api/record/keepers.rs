//! Inspections of shops, cases of service centres, and names for who is typing.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::{CasesDraft, CentreId, InspectionDraft, InspectionId, ShopId};

use super::id;
use crate::access::{Access, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::lists::Query;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let write = || Access::Roles(WRITE);
    vec![
        Route::post("/api/shops/{shop}/inspections", write(), inspect),
        Route::act(
            Method::DELETE,
            "/api/inspections/{inspection}",
            write(),
            remove_inspection,
        ),
        Route::post("/api/centres/{centre}/cases", write(), count_cases),
        Route::get("/api/names/firms", write(), firms),
        Route::get("/api/names/bodies", write(), bodies),
    ]
}

async fn inspect(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let form: InspectionDraft = read(body, SMALL).await?;
    let id: ShopId = id(&path)?;
    let stored = ctx.app.inspect_shop(&hand, &id, &form).await?;
    json_with(StatusCode::CREATED, &stored)
}

async fn remove_inspection(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: InspectionId = id(&path)?;
    ctx.app.remove_inspection(&hand, &id).await?;
    done()
}

async fn count_cases(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let form: CasesDraft = read(body, SMALL).await?;
    let id: CentreId = id(&path)?;
    ctx.app.count_cases(&hand, &id, &form).await?;
    done()
}

async fn firms(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    json(
        &ctx.app
            .offer_firms(&hand, &Query::of(&uri).text("q"))
            .await?,
    )
}

async fn bodies(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    json(
        &ctx.app
            .offer_bodies(&hand, &Query::of(&uri).text("q"))
            .await?,
    )
}
