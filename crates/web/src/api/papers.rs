//! Making papers, writing what stands in them, handing letters over, and the files themselves.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pingyi_app::papers::{PaperFile, PaperFormat, Sheet, TextKind, Wanted, list_named};
use pingyi_app::record::{PaperId, UnitId};
use pingyi_app::{AppError, Hand};
use serde::Deserialize;
use serde_json::{Value, json};

use super::board::file as attached;
use super::record::evidence::disposition;
use super::record::id;
use super::{LARGE, SMALL, appraisal_id};
use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, json, json_with, read};
use crate::error::WebError;
use crate::route::Route;
use crate::screens::papers::{month_of, unit_of};
use crate::settings::Ctx;
use crate::visit::{Me, Yours};

/// A file of ours shown alone or in a frame of ours does nothing but show itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; \
    frame-ancestors 'self'";

pub(crate) fn routes() -> Vec<Route> {
    let (office, see) = (Access::Roles(ORGANISER), Access::Roles(SEE));
    vec![
        Route::post("/api/appraisals/{id}/papers/{code}", office, make),
        Route::post("/api/appraisals/{id}/letters", office, make_letters),
        Route::post("/api/appraisals/{id}/letters/give", office, give_letters),
        Route::post("/api/appraisals/{id}/texts/{name}", office, write),
        Route::post("/api/papers/coverage", see, coverage),
        Route::post("/api/papers/lists/{name}", see, list),
        Route::post("/api/papers/years/{unit}/{year}", see, year),
        Route::post("/api/papers/digest/{name}", see, digest),
        Route::get("/api/papers/{paper}", see, file),
        Route::get("/api/appraisals/{id}/bundle", office, bundle),
    ]
}

/// What is to be made.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Making {
    format: String,
    unit: String,
    on: String,
}

pub(super) async fn make_one(ctx: &Ctx, hand: &Hand, wanted: &Wanted, format: &str) -> Answer {
    let format = PaperFormat::named(format).ok_or(AppError::Invalid {
        field: "format",
        rule: "paper_format",
    })?;
    let id = ctx.app.make_paper(hand, wanted, format).await?;
    json_with(StatusCode::CREATED, &json!({ "id": id }))
}

async fn make(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, code)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let sheet = Sheet::named(&code).ok_or(AppError::NotFound)?;
    let wanted = Wanted::Of(appraisal_id(&path)?, sheet);
    let sent: Making = read(body, SMALL).await?;
    make_one(&ctx, &hand, &wanted, &sent.format).await
}

/// The letters of all presenters, in the background; what came of it, or how far it is.
async fn make_letters(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let run = ctx.app.make_letters(&hand, &appraisal_id(&path)?).await?;
    let status = if run.over {
        StatusCode::OK
    } else {
        StatusCode::ACCEPTED
    };
    let failed = run.failed.len();
    let told = json!({"letters": run.done - failed, "failed": failed, "of": run.total});
    json_with(status, &told)
}

async fn give_letters(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let given = ctx.app.give_letters(&hand, &appraisal_id(&path)?).await?;
    json(&json!({ "given": given }))
}

async fn write(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, name)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let kind = TextKind::named(&name).ok_or(AppError::NotFound)?;
    let id = appraisal_id(&path)?;
    let mut sent: BTreeMap<String, Value> = read(body, LARGE).await?;
    let bad = |reason: &str| WebError::BadRequest {
        reason: reason.to_owned(),
    };
    let version = sent.remove("version").and_then(|version| version.as_i64());
    let version = version.ok_or_else(|| bad("version"))?;
    let text = |(name, value): (String, Value)| match value {
        Value::String(text) => Ok((name, text)),
        _ => Err(bad(&name)),
    };
    let fields = sent.into_iter().map(text).collect::<Result<_, _>>()?;
    let stored = ctx
        .app
        .write_paper_text(&hand, &id, (kind, version), &fields)
        .await?;
    json(&stored)
}

async fn coverage(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let sent: Making = read(body, SMALL).await?;
    let on = Some(sent.on.as_str()).filter(|on| !on.is_empty());
    let on = ctx.app.day_of(on)?.map_or_else(|| ctx.app.today(), Ok)?;
    let wanted = Wanted::Coverage(unit_of(&sent.unit)?, on);
    make_one(&ctx, &hand, &wanted, &sent.format).await
}

async fn list(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(name): Path<String>,
    body: Body,
) -> Answer {
    let list = list_named(&name).ok_or(AppError::NotFound)?;
    let sent: Making = read(body, SMALL).await?;
    let wanted = Wanted::List(list, unit_of(&sent.unit)?);
    make_one(&ctx, &hand, &wanted, &sent.format).await
}

async fn year(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((unit, year)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let unit: UnitId = id(&unit)?;
    let year = year.parse().map_err(|_| AppError::NotFound)?;
    let wanted = Wanted::YearBook(unit, year);
    // Whose year it is comes before what is to be made of it.
    ctx.app.paper(&hand, &wanted).await?;
    let sent: Making = read(body, SMALL).await?;
    make_one(&ctx, &hand, &wanted, &sent.format).await
}

async fn digest(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(name): Path<String>,
    body: Body,
) -> Answer {
    let (year, month) = month_of(&name)?;
    let sent: Making = read(body, SMALL).await?;
    let wanted = Wanted::Digest(unit_of(&sent.unit)?, year, month);
    make_one(&ctx, &hand, &wanted, &sent.format).await
}

async fn bundle(State(ctx): State<Ctx>, me: Me, Path(path): Path<String>) -> Answer {
    let id = appraisal_id(&path)?;
    let stream = ctx.app.bundle(&me.actor(), &id).await?;
    let pieces = futures_util::stream::unfold(Some(stream), |stream| async move {
        let mut stream = stream?;
        match stream.piece() {
            Ok(piece) => piece.map(|piece| (Ok::<_, AppError>(piece), Some(stream))),
            Err(error) => Some((Err(error), None)),
        }
    });
    let body = Body::from_stream(pieces);
    Ok(attached(
        body,
        "application/x-tar",
        &format!("bundle-{id}.tar"),
    ))
}

async fn file(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let paper: PaperId = id(&path)?;
    Ok(sent(ctx.app.paper_file(&hand, &paper).await?))
}

/// A PDF is shown, what is to be edited is saved.
fn sent(file: PaperFile) -> Response {
    let (media, shown) = match file.row.format.as_str() {
        "pdf" => ("application/pdf", "inline"),
        "docx" => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
        ),
        _ => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment",
        ),
    };
    let name = format!("{}.{}", file.row.title, file.row.format);
    let head = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(shown, &name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    let mut response = (head, file.content).into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
