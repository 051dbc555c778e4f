//! The issuer and the hall screen (contract §3.4, §3.6): by their links' tokens.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use pingyi_app::{HallSeat, IssuerSeat, RollIn, Topic};

use super::{LARGE, presenter_code};
use crate::access::Access;
use crate::answer::{Answer, json, read};
use crate::live;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Seat;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/issuer", Access::IssuerLink, issuer),
        Route::post("/api/issuer/roll", Access::IssuerLink, roll),
        Route::get("/api/hall", Access::HallLink, hall),
        Route::get("/api/hall/events", Access::HallLink, hall_events),
        Route::get("/api/hall/slides/{code}", Access::HallLink, hall_slides),
    ]
}

async fn issuer(State(ctx): State<Ctx>, Seat(seat): Seat<IssuerSeat>) -> Answer {
    json(&ctx.app.issuer_view(&seat).await?)
}

async fn roll(State(ctx): State<Ctx>, Seat(seat): Seat<IssuerSeat>, body: Body) -> Answer {
    let input: RollIn = read(body, LARGE).await?;
    json(&ctx.app.put_roll(&seat, input).await?)
}

async fn hall(State(ctx): State<Ctx>, Seat(seat): Seat<HallSeat>) -> Answer {
    json(&ctx.app.hall_view(&seat).await?)
}

async fn hall_events(State(ctx): State<Ctx>, Seat(seat): Seat<HallSeat>) -> Response {
    live::events(&ctx, seat.appraisal.as_str(), &Topic::ALL)
}

async fn hall_slides(
    State(ctx): State<Ctx>,
    Seat(seat): Seat<HallSeat>,
    Path(code): Path<String>,
) -> Answer {
    Ok(super::meeting::pdf(
        ctx.app.hall_slides(&seat, &presenter_code(&code)?).await?,
    ))
}
