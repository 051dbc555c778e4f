//! Shells of the browser's apps. Raters' shells look at no cookie but the language, and are not logged.

use axum::extract::{Path, State};
use axum::http::HeaderMap;

use crate::access::Access;
use crate::answer::{Answer, public_page};
use crate::pages::apps::AppPage;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Visit;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/b/{uuid}", Access::Rater, booth),
        Route::page("/check", Access::Rater, check),
        Route::page("/challenge", Access::Rater, challenge),
        Route::page("/t", Access::Public, teller),
        Route::page("/issue", Access::Public, issuer),
        Route::page("/hall", Access::Public, hall),
    ]
}

/// A shell without anything of its own: whatever box is in the address, the app finds out itself whether it exists.
fn shell(
    ctx: &Ctx,
    visit: &Visit,
    headers: &HeaderMap,
    title: &str,
    bundle: &str,
    uuid: Option<String>,
) -> Answer {
    // Shells are for whoever holds a link, so they are the same for everybody, signed in or not.
    let visit = Visit {
        session: None,
        peer: None,
        ..visit.clone()
    };
    let c = visit.chrome(ctx, visit.texts().s(title), &[bundle]);
    public_page(
        headers,
        &AppPage {
            c,
            box_uuid: uuid,
            appraisal: None,
            hall: bundle == "hall",
        },
    )
}

async fn booth(
    State(ctx): State<Ctx>,
    visit: Visit,
    Path(uuid): Path<String>,
    headers: HeaderMap,
) -> Answer {
    shell(&ctx, &visit, &headers, "title-booth", "booth", Some(uuid))
}

async fn check(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap) -> Answer {
    shell(&ctx, &visit, &headers, "title-check", "check", None)
}

async fn challenge(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap) -> Answer {
    shell(&ctx, &visit, &headers, "title-challenge", "challenge", None)
}

async fn teller(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap) -> Answer {
    shell(&ctx, &visit, &headers, "title-teller", "teller", None)
}

async fn issuer(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap) -> Answer {
    shell(&ctx, &visit, &headers, "title-issuer", "issuer", None)
}

async fn hall(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap) -> Answer {
    shell(&ctx, &visit, &headers, "title-hall", "hall", None)
}
