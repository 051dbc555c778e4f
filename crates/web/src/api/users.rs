//! Users (contract §3.1).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use pingyi_app::{NewUser, UserChange};

use super::SMALL;
use crate::access::{ADMIN, Access};
use crate::answer::{Answer, json, json_with, read};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Me;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/users", Access::Roles(ADMIN), list),
        Route::post("/api/users", Access::Roles(ADMIN), create),
        Route::act(
            Method::PATCH,
            "/api/users/{id}",
            Access::Roles(ADMIN),
            change,
        ),
    ]
}

async fn list(State(ctx): State<Ctx>) -> Answer {
    json(&ctx.app.users().await?)
}

async fn create(State(ctx): State<Ctx>, me: Me, body: Body) -> Answer {
    let new: NewUser = read(body, SMALL).await?;
    json_with(
        StatusCode::CREATED,
        &ctx.app.create_user(&me.actor(), new).await?,
    )
}

async fn change(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>, body: Body) -> Answer {
    let change: UserChange = read(body, SMALL).await?;
    json(&ctx.app.change_user(&me.actor(), &id, change).await?)
}
