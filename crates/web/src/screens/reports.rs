//! Duty reports: the list of a year, the outline, one report, its versions.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::record::{ReportId, WordList};

use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lists::Query;
use crate::pages::record::ledger::Words;
use crate::pages::reports::list::ReportsPage;
use crate::pages::reports::outline::OutlinePage;
use crate::pages::reports::report::ReportPage;
use crate::pages::reports::slides::{Machine, SlidesPage};
use crate::pages::reports::template::TemplatePage;
use crate::pages::reports::versions::VersionsPage;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    let see = Access::Roles(SEE);
    vec![
        Route::page("/reports", see, reports),
        Route::page("/reports/outline", Access::Roles(ORGANISER), outline),
        Route::page("/reports/template", Access::Roles(ORGANISER), template),
        Route::page("/reports/{report}", see, report),
        Route::page("/reports/{report}/versions", see, versions),
        Route::page("/reports/{report}/slides", see, slides),
    ]
}

async fn reports(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let year = ctx.app.report_year(query.get("year"))?;
    let found = ctx.app.reports(&hand, year).await?;
    let c = visit.chrome(&ctx, visit.texts().s("reports-title"), &["office"]);
    page(&ReportsPage::of(c, found, hand.is_office()))
}

async fn outline(State(ctx): State<Ctx>, visit: Visit) -> Answer {
    let found = ctx.app.report_outline().await?;
    let title = visit.texts().s("reports-outline");
    page(&OutlinePage::of(
        visit.chrome(&ctx, title, &["office", "report"]),
        &found,
    ))
}

async fn template(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let outline = ctx.app.report_outline().await?;
    let view = ctx.app.template(&hand).await?;
    let c = visit.chrome(&ctx, visit.texts().s("template-title"), &["office"]);
    page(&TemplatePage::of(c, visit.texts(), &outline, view))
}

async fn words(ctx: &Ctx, visit: &Visit) -> Result<Words, WebError> {
    let list = async |list| {
        let views = ctx.app.words(list).await?;
        Ok::<_, WebError>(views.into_iter().map(|view| view.word).collect())
    };
    Ok(Words {
        kinds: list(WordList::EntryKind).await?,
        topics: list(WordList::Topic).await?,
        lang: visit.lang,
    })
}

async fn report(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: ReportId = id(&path)?;
    let view = ctx.app.duty_report(&hand, &id).await?;
    let words = words(&ctx, &visit).await?;
    let title = format!("{} {}", view.unit.short, view.year);
    let c = visit.chrome(&ctx, title, &["office", "report"]);
    page(&ReportPage::of(c, &view, &words, ctx.app.prints()))
}

async fn slides(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: ReportId = id(&path)?;
    let view = ctx.app.report_slides(&hand, &id).await?;
    let words = words(&ctx, &visit).await?;
    let title = visit.texts().s("slides-of-report");
    let c = visit.chrome(&ctx, title, &["office", "slides"]);
    let own = ctx.app.own_slides(&hand, &id).await?;
    let can = Machine {
        prints: ctx.app.prints(),
        converts: ctx.app.converts(),
        template: ctx.app.has_template().await?,
    };
    page(&SlidesPage::of(c, (&view, own), &words, can))
}

async fn versions(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let id: ReportId = id(&path)?;
    let query = Query::of(&uri);
    let number = |name| query.get(name).and_then(|text| text.parse().ok());
    let asked = (number("from"), number("to"));
    let found = ctx.app.report_versions(&hand, &id, asked).await?;
    let c = visit.chrome(&ctx, visit.texts().s("reports-versions"), &["office"]);
    page(&VersionsPage::of(c, id.to_string(), found))
}
