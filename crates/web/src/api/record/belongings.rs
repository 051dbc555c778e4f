//! What belongs to one unit: headcounts, service centres, pairings, shops. One set of handlers for all four.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::{
    BelongingDraft, CentreDraft, CentreId, HeadcountDraft, HeadcountId, PairingDraft, PairingId,
    Shelf, ShopDraft, ShopId,
};

use super::{Changed, Removed, id};
use crate::access::{Access, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

/// Make, change and take away at `$many` and `$one`.
macro_rules! three {
    ($draft:ty, $id:ty, $many:literal, $one:literal) => {
        [
            Route::post($many, Access::Roles(WRITE), add::<$draft>),
            Route::post($one, Access::Roles(WRITE), change::<$draft, $id>),
            Route::act(
                Method::DELETE,
                $one,
                Access::Roles(WRITE),
                remove::<$draft, $id>,
            ),
        ]
    };
}

pub(crate) fn routes() -> Vec<Route> {
    [
        three!(
            HeadcountDraft,
            HeadcountId,
            "/api/headcounts",
            "/api/headcounts/{headcount}"
        ),
        three!(
            CentreDraft,
            CentreId,
            "/api/centres",
            "/api/centres/{centre}"
        ),
        three!(
            PairingDraft,
            PairingId,
            "/api/pairings",
            "/api/pairings/{pairing}"
        ),
        three!(ShopDraft, ShopId, "/api/shops", "/api/shops/{shop}"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

async fn add<D>(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer
where
    D: BelongingDraft<Of: Shelf> + Sync,
{
    let form: D = read(body, SMALL).await?;
    let stored = ctx.app.add_belonging(&hand, &form).await?;
    json_with(StatusCode::CREATED, &stored)
}

async fn change<D, I>(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer
where
    D: BelongingDraft<Of: Shelf> + Sync,
    I: std::str::FromStr + AsRef<str> + Send,
{
    let sent: Changed<D> = read(body, SMALL).await?;
    let id: I = id(&path)?;
    let stored = ctx
        .app
        .change_belonging(&hand, id.as_ref(), sent.version, &sent.form)
        .await?;
    json(&stored)
}

async fn remove<D, I>(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    Query(sent): Query<Removed>,
) -> Answer
where
    D: BelongingDraft<Of: Shelf>,
    I: std::str::FromStr + AsRef<str> + Send,
{
    let id: I = id(&path)?;
    ctx.app
        .remove_belonging::<D::Of>(&hand, id.as_ref(), sent.version)
        .await?;
    done()
}
