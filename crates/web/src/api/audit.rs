//! The audit trail as JSON lines (contract §3.2), for checking offline.

use axum::body::Body;
use axum::extract::{Path, State};
use futures_util::stream;
use pingyi_app::{AppError, AuditStream};

use super::appraisal_id;
use super::board::file;
use crate::access::{APPRAISAL_AUDIT, AUDIT, Access};
use crate::answer::Answer;
use crate::route::Route;
use crate::settings::Ctx;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/audit.jsonl", Access::Roles(AUDIT), whole),
        Route::get(
            "/api/appraisals/{id}/audit.jsonl",
            Access::Roles(APPRAISAL_AUDIT),
            of_appraisal,
        ),
    ]
}

async fn whole(State(ctx): State<Ctx>) -> Answer {
    Ok(lines(ctx.app.audit_export(None), "audit.jsonl"))
}

async fn of_appraisal(State(ctx): State<Ctx>, Path(id): Path<String>) -> Answer {
    let id = appraisal_id(&id)?;
    Ok(lines(
        ctx.app.audit_export(Some(&id)),
        &format!("audit-{id}.jsonl"),
    ))
}

fn lines(trail: AuditStream, name: &str) -> axum::response::Response {
    let pieces = stream::unfold(Some(trail), |trail| async move {
        let mut trail = trail?;
        match trail.next().await {
            Ok(piece) => piece.map(|piece| (Ok::<_, AppError>(piece), Some(trail))),
            Err(error) => Some((Err(error), None)),
        }
    });
    file(Body::from_stream(pieces), "application/jsonl", name)
}
