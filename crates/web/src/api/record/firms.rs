//! Firms, their strikes and covers, and the list as a file.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse as _;
use pingyi_app::Hand;
use pingyi_app::record::{CoverageDraft, FileFormat, FirmDraft, StrikeDraft};

use super::{Changed, Removed, id};
use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::screens::record::firms::sheet;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    let write = || Access::Roles(WRITE);
    vec![
        Route::get("/api/firms/export.csv", Access::Roles(SEE), export_csv),
        Route::get("/api/firms/export.xlsx", Access::Roles(SEE), export_xlsx),
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

async fn export_csv(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    export(&ctx, &visit, &hand, &uri, FileFormat::Csv).await
}

async fn export_xlsx(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    export(&ctx, &visit, &hand, &uri, FileFormat::Xlsx).await
}

async fn export(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &axum::http::Uri,
    format: FileFormat,
) -> Answer {
    let sheet = sheet(ctx, visit, hand, uri).await?;
    let (kind, ending) = match format {
        FileFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        FileFormat::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    };
    let name = format!("firms-{}.{ending}", ctx.app.today()?);
    let bytes = sheet.write(format)?;
    let mut response = (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-store"),
        ],
        bytes,
    )
        .into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
