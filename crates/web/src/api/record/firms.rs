//! Firms, their strikes and covers.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::{CoverageDraft, FirmDraft, StrikeDraft};

use super::{Changed, Removed, id};
use crate::access::{Access, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let write = || Access::Roles(WRITE);
    vec![
        Route::post("/api/firms", write(), add_firm),
        Route::post("/api/firms/{firm}", write(), change_firm),
        Route::act(Method::DELETE, "/api/firms/{firm}", write(), remove_firm),
        Route::post("/api/strikes", write(), add_strike),
        Route::post("/api/strikes/{strike}", write(), change_strike),
        Route::act(
            Method::DELETE,
            "/api/strikes/{strike}",
            write(),
            remove_strike,
        ),
        Route::post("/api/coverages", write(), add_coverage),
        Route::post("/api/coverages/{coverage}", write(), change_coverage),
        Route::act(
            Method::DELETE,
            "/api/coverages/{coverage}",
            write(),
            remove_coverage,
        ),
    ]
}

macro_rules! things {
    ($draft:ty, $add:ident $app_add:ident, $change:ident $app_change:ident, $remove:ident $app_remove:ident) => {
        async fn $add(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
            let form: $draft = read(body, SMALL).await?;
            json_with(StatusCode::CREATED, &ctx.app.$app_add(&hand, &form).await?)
        }

        async fn $change(
            State(ctx): State<Ctx>,
            Yours(hand): Yours,
            Path(path): Path<String>,
            body: Body,
        ) -> Answer {
            let sent: Changed<$draft> = read(body, SMALL).await?;
            let id = id(&path)?;
            let stored = ctx.app.$app_change(&hand, &id, sent.version, &sent.form);
            json(&stored.await?)
        }

        async fn $remove(
            State(ctx): State<Ctx>,
            Yours(hand): Yours,
            Path(path): Path<String>,
            Query(sent): Query<Removed>,
        ) -> Answer {
            let id = id(&path)?;
            ctx.app.$app_remove(&hand, &id, sent.version).await?;
            done()
        }
    };
}

things!(FirmDraft, add_firm add_firm, change_firm change_firm, remove_firm remove_firm);
things!(StrikeDraft, add_strike add_strike, change_strike change_strike, remove_strike remove_strike);
things!(CoverageDraft, add_coverage add_coverage, change_coverage change_coverage, remove_coverage remove_coverage);
