//! Import of firms: sending a file, mapping its columns and seeing what it comes to, what was done.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::AppError;
use pingyi_app::record::{IMPORT_FIELDS, ImportId, Mapping};

use crate::access::{Access, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lists::Query;
use crate::pages::record::UnitChoice;
use crate::pages::record::imports::{ImportDonePage, ImportLine, ImportMapPage, ImportStartPage};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/import/firm", Access::Roles(WRITE), start),
        Route::page("/imports/{import}", Access::Roles(WRITE), import),
    ]
}

async fn start(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let rows = ctx.app.imports(&hand).await?;
    let c = visit.chrome(&ctx, visit.texts().s("import-title"), &["office"]);
    page(&ImportStartPage {
        rows: rows.into_iter().map(ImportLine::of).collect(),
        c,
    })
}

/// The mapping of an address; none while nothing was chosen. A kept one is taken by its name.
fn mapping(query: &Query, kept: &[(String, Mapping)]) -> Option<Mapping> {
    if let Some(name) = query.get("kept")
        && let Some((_, mapping)) = kept.iter().find(|(one, _)| one == name)
    {
        return Some(mapping.clone());
    }
    query.get("mapped")?;
    let of = |prefix: &str| {
        let pair = |field: &&str| {
            Some((
                (*field).to_owned(),
                query.text(&format!("{prefix}-{field}")),
            ))
        };
        IMPORT_FIELDS
            .iter()
            .filter_map(pair)
            .filter(|(_, text)| !text.is_empty())
            .collect()
    };
    Some(Mapping {
        sheet: query.text("sheet"),
        columns: of("col"),
        otherwise: of("else"),
    })
}

async fn import(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let import: ImportId = id(&path)?;
    let c = visit.chrome(&ctx, visit.texts().s("import-title"), &["office"]);
    match ctx.app.import(&hand, &import).await {
        Ok(row) => {
            let way = ctx.app.in_the_way(&hand, &import).await?;
            return page(&ImportDonePage {
                line: ImportLine::of(row),
                changed: way.changed,
                used: way.used,
                c,
            });
        }
        Err(AppError::NotFound) => {}
        Err(other) => return Err(WebError::App(other)),
    }
    let query = Query::of(&uri);
    let kept = ctx.app.mappings().await?;
    let preview = ctx
        .app
        .preview_import(&hand, &import, mapping(&query, &kept))
        .await?;
    let names = ctx.app.unit_names().await?;
    let units = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path) && !name.closed);
    let kept = kept.into_iter().map(|(name, _)| name).collect();
    page(&ImportMapPage::of(
        c,
        preview,
        units.map(UnitChoice::of).collect(),
        kept,
    )?)
}
