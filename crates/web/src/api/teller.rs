//! A teller (contract §3.3): by the link's token, no session.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use pingyi_app::{TellerSeat, Topic, UrnSharesIn};

use super::LARGE;
use crate::access::Access;
use crate::answer::{Answer, bytes, done, json, read};
use crate::error::WebError;
use crate::live;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Seat;

/// The most bytes of shares: 3,400 cells with two proofs each.
const SHARES: usize = 16 << 20;

pub(crate) fn routes() -> Vec<Route> {
    let teller = Access::TellerLink;
    vec![
        Route::get("/api/teller", teller, show),
        Route::post("/api/teller/cert", teller, cert),
        Route::post("/api/teller/polynomial", teller, polynomial),
        Route::post("/api/teller/output", teller, output),
        Route::post("/api/teller/shares", teller, shares),
        Route::get("/api/teller/urn", teller, urn),
        Route::post("/api/teller/urn_shares", teller, urn_shares),
        Route::get("/api/teller/events", teller, events),
    ]
}

async fn show(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>) -> Answer {
    json(&ctx.app.teller_view(&seat).await?)
}

/// The text of a message of the ceremony.
async fn text(body: Body) -> Result<String, WebError> {
    let body = bytes(body, LARGE).await?;
    String::from_utf8(body.to_vec()).map_err(|error| WebError::BadRequest {
        reason: error.to_string(),
    })
}

async fn cert(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>, body: Body) -> Answer {
    ctx.app.send_cert(&seat, &text(body).await?).await?;
    done()
}

async fn polynomial(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>, body: Body) -> Answer {
    ctx.app.send_polynomial(&seat, &text(body).await?).await?;
    done()
}

async fn output(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>, body: Body) -> Answer {
    ctx.app.send_output(&seat, &text(body).await?).await?;
    done()
}

async fn shares(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>, body: Body) -> Answer {
    ctx.app
        .send_shares(&seat, &read(body, SHARES).await?)
        .await?;
    done()
}

async fn urn(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>) -> Answer {
    json(&ctx.app.urn(&seat).await?)
}

async fn urn_shares(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>, body: Body) -> Answer {
    let input: UrnSharesIn = read(body, SHARES).await?;
    ctx.app.send_urn_shares(&seat, &input).await?;
    done()
}

async fn events(State(ctx): State<Ctx>, Seat(seat): Seat<TellerSeat>) -> Response {
    live::events(&ctx, seat.appraisal.as_str(), &Topic::ALL)
}
