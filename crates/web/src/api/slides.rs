//! Slides of a duty report: arrange, type, see, download; and what the hall shows of them.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use pingyi_app::HallSeat;
use pingyi_app::papers::{PaperFormat, Wanted};
use pingyi_app::record::ReportId;
use pingyi_app::reports::{Arrange, DeckPhoto, ReportFile, SectionForm};

use super::papers::make_one;
use super::record::evidence::disposition;
use super::record::id;
use super::reports::DRAFT;
use super::{SMALL, appraisal_id, presenter_code};
use crate::access::{Access, SEE, WATCH};
use crate::answer::{Answer, json, read};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Seat, Yours};

const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

pub(crate) fn routes() -> Vec<Route> {
    let (draft, see) = (Access::Roles(DRAFT), Access::Roles(SEE));
    let watch = Access::Roles(WATCH);
    vec![
        Route::get("/api/reports/{report}/deck", see, deck),
        Route::get("/api/reports/{report}/deck/photos/{name}", see, photo),
        Route::get("/api/reports/{report}/pptx", see, pptx),
        Route::post("/api/reports/{report}/slides/pdf", see, pdf),
        Route::post("/api/reports/{report}/slides", draft, arrange),
        Route::post("/api/reports/{report}/slides/{code}/{name}", draft, write),
        Route::get(
            "/api/appraisals/{id}/presenters/{code}/deck",
            watch,
            shown_deck,
        ),
        Route::get(
            "/api/appraisals/{id}/presenters/{code}/deck/photos/{name}",
            watch,
            shown_photo,
        ),
        Route::get("/api/hall/decks/{code}", Access::HallLink, hall_deck),
        Route::get(
            "/api/hall/decks/{code}/photos/{name}",
            Access::HallLink,
            hall_photo,
        ),
    ]
}

async fn deck(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: ReportId = id(&path)?;
    json(&ctx.app.report_screen(&hand, &id).await?)
}

/// Pictures were written anew by us when they came; the hash of one never means another.
fn picture(photo: DeckPhoto) -> Response {
    let mut response = photo.content.into_response();
    let out = response.headers_mut();
    let media = if photo.media == "image/png" {
        "image/png"
    } else {
        "image/jpeg"
    };
    for (name, value) in [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "private, max-age=3600"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
    ] {
        out.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn photo(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, name)): Path<(String, String)>,
) -> Answer {
    let id: ReportId = id(&path)?;
    Ok(picture(ctx.app.report_photo(&hand, &id, &name).await?))
}

async fn pptx(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: ReportId = id(&path)?;
    Ok(pptx_file(ctx.app.report_pptx(&hand, &id).await?))
}

/// A pptx to keep.
pub(super) fn pptx_file(file: ReportFile) -> Response {
    let head = [
        (header::CONTENT_TYPE, PPTX.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            disposition("attachment", &file.name),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (head, file.bytes).into_response()
}

/// Made and kept like every paper; the answer says under which id.
async fn pdf(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let wanted = Wanted::Deck(id(&path)?);
    make_one(&ctx, &hand, &wanted, PaperFormat::Pdf.name()).await
}

async fn arrange(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let change: Arrange = read(body, SMALL).await?;
    let id: ReportId = id(&path)?;
    json(&ctx.app.arrange_slides(&hand, &id, &change).await?)
}

async fn write(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, slide, field)): Path<(String, String, String)>,
    body: Body,
) -> Answer {
    let form: SectionForm = read(body, SMALL).await?;
    let id: ReportId = id(&path)?;
    let place = (slide.as_str(), field.as_str());
    json(&ctx.app.write_slide(&hand, &id, place, &form).await?)
}

/// The exact text whose hash the trail names.
fn shown(deck: String) -> Response {
    let head = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    (head, deck).into_response()
}

async fn shown_deck(State(ctx): State<Ctx>, Path((id, code)): Path<(String, String)>) -> Answer {
    let (id, code) = (appraisal_id(&id)?, presenter_code(&code)?);
    Ok(shown(ctx.app.shown_deck(&id, &code).await?))
}

async fn shown_photo(
    State(ctx): State<Ctx>,
    Path((id, code, name)): Path<(String, String, String)>,
) -> Answer {
    let (id, code) = (appraisal_id(&id)?, presenter_code(&code)?);
    Ok(picture(ctx.app.shown_photo(&id, &code, &name).await?))
}

async fn hall_deck(
    State(ctx): State<Ctx>,
    Seat(seat): Seat<HallSeat>,
    Path(code): Path<String>,
) -> Answer {
    let code = presenter_code(&code)?;
    Ok(shown(ctx.app.hall_deck(&seat, &code).await?))
}

async fn hall_photo(
    State(ctx): State<Ctx>,
    Seat(seat): Seat<HallSeat>,
    Path((code, name)): Path<(String, String)>,
) -> Answer {
    let code = presenter_code(&code)?;
    Ok(picture(ctx.app.hall_photo(&seat, &code, &name).await?))
}
