//! Import of firms and entries: sending a file, mapping its columns and seeing what it comes to, how far it is, what was
//! done.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::AppError;
use pingyi_app::Hand;
use pingyi_app::record::{ImportId, ImportStep, InTheWay, Kind, Mapping, WordList, import_fields};

use crate::access::{Access, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::chrome::Chrome;
use crate::error::WebError;
use crate::lists::Query;
use crate::pages::record::UnitChoice;
use crate::pages::record::imports::{
    Going, ImportDonePage, ImportGoingPage, ImportLine, ImportMapPage, ImportStartPage, Otherwise,
    title_of,
};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/import/firm", Access::Roles(WRITE), start_firms),
        Route::page("/import/entry", Access::Roles(WRITE), start_entries),
        Route::page("/imports/{import}", Access::Roles(WRITE), import),
    ]
}

async fn start_firms(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    start(&ctx, &visit, &hand, Kind::Firm).await
}

async fn start_entries(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    start(&ctx, &visit, &hand, Kind::Entry).await
}

async fn start(ctx: &Ctx, visit: &Visit, hand: &Hand, kind: Kind) -> Answer {
    let rows = ctx.app.imports(hand, kind).await?;
    let c = visit.chrome(ctx, visit.texts().s(title_of(kind)), &["office"]);
    page(&ImportStartPage {
        rows: rows.into_iter().map(ImportLine::of).collect(),
        kind,
        c,
    })
}

/// The mapping of an address; none while nothing was chosen. A kept one is taken by its name.
fn mapping(kind: Kind, query: &Query, kept: &[(String, Mapping)]) -> Option<Mapping> {
    if let Some(name) = query.get("kept")
        && let Some((_, mapping)) = kept.iter().find(|(one, _)| one == name)
    {
        return Some(mapping.clone());
    }
    query.get("mapped")?;
    let of = |prefix: &str, more: &[&'static str]| {
        let fields = import_fields(kind).into_iter().map(|(field, _)| field);
        let pair = |field: &'static str| {
            let text = query.text(&format!("{prefix}-{field}"));
            (!text.is_empty()).then(|| (field.to_owned(), text))
        };
        fields
            .chain(more.iter().copied())
            .filter_map(pair)
            .collect()
    };
    Some(Mapping {
        sheet: query.text("sheet"),
        columns: of("col", &[]),
        otherwise: of("else", &["cover_on"]),
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
    let (kind, file_name) = ctx.app.import_head(&hand, &import).await?;
    let progress = ctx.app.import_progress(&import);
    let mut c = visit.chrome(&ctx, visit.texts().s(title_of(kind)), &["office"]);
    let going = progress
        .filter(|p| p.step != ImportStep::Ended)
        .map(Going::of);
    c.events = going.map(|_| format!("/api/imports/{import}/events"));
    match ctx.app.import(&hand, &import).await {
        Ok(row) => {
            let going = going.or_else(|| Going::unknown(row.indexing));
            // What is in the way of an undo is looked for only where one can be asked for.
            let way = if going.is_none() && row.undone_at.is_none() {
                ctx.app.in_the_way(&hand, &import).await?
            } else {
                InTheWay::default()
            };
            return page(&ImportDonePage {
                going,
                line: ImportLine::of(row),
                kind,
                changed: way.changed,
                used: way.used,
                c,
            });
        }
        Err(AppError::NotFound) => {}
        Err(other) => return Err(WebError::App(other)),
    }
    if let Some(going) = going {
        return page(&ImportGoingPage {
            c,
            kind,
            file_name,
            going,
        });
    }
    let query = Query::of(&uri);
    let failed = progress.and_then(|p| p.failed);
    map(&ctx, c, &hand, (&import, kind), (&query, failed)).await
}

/// The columns of a file that waits, and what it comes to.
async fn map(
    ctx: &Ctx,
    c: Chrome,
    hand: &Hand,
    (import, kind): (&ImportId, Kind),
    (query, failed): (&Query, Option<&str>),
) -> Answer {
    let kept = ctx.app.mappings(kind).await?;
    let preview = ctx
        .app
        .preview_import(hand, import, mapping(kind, query, &kept))
        .await?;
    let names = ctx.app.unit_names().await?;
    let units = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path) && !name.closed);
    let otherwise = Otherwise {
        units: units.map(UnitChoice::of).collect(),
        words: ctx.app.firm_words(&[WordList::EntryKind]).await?,
    };
    let kept = kept.into_iter().map(|(name, _)| name).collect();
    page(&ImportMapPage::of(c, preview, otherwise, (kept, failed))?)
}
