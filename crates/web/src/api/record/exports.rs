//! Lists as files: what is seen, all its pages, nothing of units that may not be seen.

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;
use pingyi_app::record::{FileFormat, Sheet};

use crate::access::{Access, SEE};
use crate::answer::Answer;
use crate::route::Route;
use crate::screens::record::{firms, indicators, kept_sheets, ledger, matters, units};
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

/// The routes of lists by their names: the sheet comes from the screen that shows the list.
macro_rules! files {
    ($($things:literal => $sheet:path),* $(,)?) => {
        vec![$(
            Route::get(concat!("/api/", $things, "/export.csv"), Access::Roles(SEE), files!(@ $things, $sheet, Csv)),
            Route::get(concat!("/api/", $things, "/export.xlsx"), Access::Roles(SEE), files!(@ $things, $sheet, Xlsx)),
        )*]
    };
    (@ $things:literal, $sheet:path, $format:ident) => {
        async |State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours, OriginalUri(uri): OriginalUri| {
            file(&ctx, $things, &$sheet(&ctx, &visit, &hand, &uri).await?, FileFormat::$format)
        }
    };
}

pub(crate) fn routes() -> Vec<Route> {
    files! {
        "firms" => firms::sheet,
        "coverage" => firms::coverage_sheet,
        "entries" => ledger::sheet,
        "meetings" => ledger::meetings_sheet,
        "matters" => matters::sheet,
        "units" => units::sheet,
        "posts" => units::posts_sheet,
        "headcounts" => units::headcounts_sheet,
        "centres" => kept_sheets::centres,
        "pairings" => kept_sheets::pairings,
        "shops" => kept_sheets::shops,
        "instructors" => kept_sheets::instructors,
        "indicators" => indicators::sheet,
    }
}

fn file(ctx: &Ctx, things: &str, sheet: &Sheet, format: FileFormat) -> Answer {
    let (kind, ending) = match format {
        FileFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        FileFormat::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    };
    let name = format!("{things}-{}.{ending}", ctx.app.today()?);
    let head = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let mut response = (head, sheet.write(format)?).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
