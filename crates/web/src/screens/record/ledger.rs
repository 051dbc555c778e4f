//! The ledger: the list, one entry, its form; joint meetings by quarter; classes and their reach.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::Hand;
use pingyi_app::record::{
    Date, ENTRY_SORTS, EntryFilter, EntryId, EntryState, UnitName, WordList, WordView,
};

use super::matters::{seen, under};
use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lists::{PAGE, Query};
use crate::pages::record::UnitChoice;
use crate::pages::record::gatherings::{ClassesPage, MeetingsPage};
use crate::pages::record::ledger::{
    Asked, EntryForm, EntryFormPage, EntryPage, EntryRowLine, LedgerPage, Words,
};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/ledger", Access::Roles(SEE), ledger),
        Route::page("/ledger/new", Access::Roles(WRITE), new),
        Route::page("/ledger/{entry}", Access::Roles(SEE), entry),
        Route::page("/ledger/{entry}/edit", Access::Roles(WRITE), edit),
        Route::page("/meetings", Access::Roles(SEE), meetings),
        Route::page("/classes", Access::Roles(SEE), classes),
    ]
}

async fn words(ctx: &Ctx, visit: &Visit) -> Result<Words, WebError> {
    let labels = |views: Vec<WordView>| views.into_iter().map(|view| view.word).collect();
    Ok(Words {
        kinds: labels(ctx.app.words(WordList::EntryKind).await?),
        topics: labels(ctx.app.words(WordList::Topic).await?),
        lang: visit.lang,
    })
}

fn day(query: &Query, name: &str) -> Option<String> {
    query
        .get(name)?
        .parse::<Date>()
        .ok()
        .map(|day| day.to_string())
}

fn filter(names: &[UnitName], query: &Query) -> EntryFilter {
    let state = query
        .get("state")
        .and_then(|state| state.parse::<EntryState>().ok());
    EntryFilter {
        unit: under(names, query),
        kind: query.get("kind").map(str::to_owned),
        topic: query.get("topic").map(str::to_owned),
        state: state.map(|state| state.to_string()),
        counts: query.get("counts").is_some(),
        from: day(query, "from"),
        until: day(query, "until"),
        firm: query.get("firm").map(str::to_owned),
        text: query.get("q").map(str::to_owned),
    }
}

async fn ledger(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let names = ctx.app.unit_names().await?;
    let words = words(&ctx, &visit).await?;
    let mut ask = query.ask(ENTRY_SORTS, PAGE);
    // The latest first, unless the address says how to sort.
    ask.descending |= query.get("sort").is_none();
    let found = ctx
        .app
        .entries(&hand, &filter(&names, &query), &ask)
        .await?;
    let waits = EntryFilter {
        state: Some(EntryState::Recorded.to_string()),
        ..EntryFilter::default()
    };
    let waiting = ctx.app.entries_count(&hand, &waits).await?;
    let c = visit.chrome(&ctx, visit.texts().s("ledger-title"), &["office"]);
    let rows = found
        .rows
        .into_iter()
        .map(|line| EntryRowLine::of(line, &names, &words));
    page(&LedgerPage {
        rows: rows.collect(),
        date: query.head(&ask, "field-on_date", "on_date", false),
        title: query.head(&ask, "field-title", "title", false),
        asked: Asked::of(&query, &words),
        units: seen(&names, &hand),
        may_add: hand.writes_somewhere(),
        is_office: hand.is_office(),
        narrowed: query.is_narrowed(),
        next: query.next(found.next.as_ref()),
        total: found.total,
        waiting: if hand.is_office() { waiting } else { 0 },
        c,
    })
}

async fn entry(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: EntryId = id(&path)?;
    let view = ctx.app.entry(&hand, &id).await?;
    let names = ctx.app.unit_names().await?;
    let words = words(&ctx, &visit).await?;
    let c = visit.chrome(&ctx, view.entry.title.clone(), &["office"]);
    page(&EntryPage::of(
        c,
        view,
        &names,
        &words,
        hand.writes_somewhere(),
    ))
}

async fn edit(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: EntryId = id(&path)?;
    let view = ctx.app.entry(&hand, &id).await?;
    if !view.may_edit {
        return Err(WebError::App(pingyi_app::AppError::NotYourUnit));
    }
    form_page(&ctx, &visit, &hand, EntryForm::of(&view)).await
}

async fn new(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let form = EntryForm::new(
        query.text("unit"),
        query.text("kind"),
        query.text("quarter"),
        ctx.app.today()?,
    );
    form_page(&ctx, &visit, &hand, form).await
}

async fn form_page(ctx: &Ctx, visit: &Visit, hand: &Hand, form: EntryForm) -> Answer {
    let names = ctx.app.unit_names().await?;
    let words = words(ctx, visit).await?;
    let units = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path) && !name.closed);
    let c = visit.chrome(ctx, visit.texts().s(form.title()), &["office"]);
    page(&EntryFormPage::of(
        c,
        units.map(UnitChoice::of).collect(),
        &words,
        form,
    ))
}

fn year(query: &Query, today: Date) -> i32 {
    let asked = query.get("year").and_then(|year| year.parse().ok());
    asked
        .filter(|year| (1900..=2199).contains(year))
        .unwrap_or(today.year())
}

async fn meetings(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let year = year(&Query::of(&uri), ctx.app.today()?);
    let rows = ctx.app.meetings(&hand, year).await?;
    let c = visit.chrome(&ctx, visit.texts().s("meetings-title"), &["office"]);
    page(&MeetingsPage::of(c, rows, year, hand.writes_somewhere()))
}

async fn classes(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let year = year(&Query::of(&uri), ctx.app.today()?);
    let found = ctx.app.classes(&hand, year).await?;
    let words = words(&ctx, &visit).await?;
    let c = visit.chrome(&ctx, visit.texts().s("classes-title"), &["office"]);
    page(&ClassesPage::of(c, found, year, &words))
}
