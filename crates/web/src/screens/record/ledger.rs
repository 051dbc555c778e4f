//! The ledger: the list, one entry, its form; joint meetings by quarter; classes and their reach.

use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use pingyi_app::Hand;
use pingyi_app::list::Ask;
use pingyi_app::record::{
    Date, ENTRY_SORTS, EntryDraft, EntryFilter, EntryId, EntryState, Sheet, UnitName, WordList,
    WordView,
};

use super::matters::{seen, under};
use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lists::{PAGE, Query};
use crate::pages::record::UnitChoice;
use crate::pages::record::belongings::Pick;
use crate::pages::record::entry_form::{EntryForm, EntryFormPage};
use crate::pages::record::gatherings::{ClassesPage, MeetingsPage};
use crate::pages::record::ledger::{Asked, EntryPage, EntryRowLine, LedgerPage, Words};
use crate::pages::record::paste::PastePage;
use crate::pages::record::within::Within;
use crate::route::Route;
use crate::screens::record::{sheets, tab, title};
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/ledger", Access::Roles(SEE), ledger),
        Route::page("/units/{unit}/ledger", Access::Roles(SEE), ledger_of),
        Route::page("/ledger/new", Access::Roles(WRITE), new),
        Route::page("/ledger/paste", Access::Roles(WRITE), paste),
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
        by_quarter: query.get("by") == Some("quarter"),
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
    list(&ctx, &visit, &hand, &Query::of(&uri), None).await
}

/// The entries of a unit and all below it: a tab of its page.
async fn ledger_of(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let (query, within) = tab(&ctx, &hand, (&path, &uri), "/ledger").await?;
    list(&ctx, &visit, &hand, &query, within).await
}

/// Sort and page of an address: the latest first, unless it says how to sort.
fn asked(query: &Query) -> Ask {
    let mut ask = query.ask(ENTRY_SORTS, PAGE);
    ask.descending |= query.get("sort").is_none();
    ask
}

async fn list(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    query: &Query,
    within: Option<Within>,
) -> Answer {
    let names = ctx.app.unit_names().await?;
    let words = words(ctx, visit).await?;
    let ask = asked(query);
    let found = ctx.app.entries(hand, &filter(&names, query), &ask).await?;
    let waits = EntryFilter {
        unit: under(&names, query).filter(|_| within.is_some()),
        state: Some(EntryState::Recorded.to_string()),
        ..EntryFilter::default()
    };
    let waiting = if hand.is_office() {
        ctx.app.entries_count(hand, &waits).await?
    } else {
        0
    };
    let title = title(visit.texts(), within.as_ref(), "ledger-title");
    let c = visit.chrome(ctx, title, &["office"]);
    let rows = found
        .rows
        .into_iter()
        .map(|line| EntryRowLine::of(line, &names, &words, hand.is_office()));
    page(&LedgerPage {
        rows: rows.collect(),
        date: query.head(&ask, "field-on_date", "on_date", false),
        title: query.head(&ask, "field-title", "title", false),
        asked: Asked::of(query, &words),
        units: seen(&names, hand),
        may_add: hand.writes_somewhere(),
        is_office: hand.is_office(),
        narrowed: query.is_narrowed(),
        next: query.next(found.next.as_ref()),
        total: found.total,
        files: query.files("entries"),
        path: query.path().to_owned(),
        waiting,
        within,
        c,
    })
}

/// The list of an address as a sheet: all its pages.
pub(crate) async fn sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let query = Query::of(uri);
    let names = ctx.app.unit_names().await?;
    let words = words(ctx, visit).await?;
    let found = ctx
        .app
        .whole_entries(hand, &filter(&names, &query), &asked(&query))
        .await?;
    Ok(sheets::entries(visit.texts(), found, &names, &words))
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

/// Shops and instructors to choose from, each with its unit; those of the entry stay, though they may have gone.
async fn kept(
    ctx: &Ctx,
    hand: &Hand,
    draft: &EntryDraft,
    names: &[UnitName],
) -> Result<(Vec<Pick>, Vec<Pick>), WebError> {
    let short = |unit: &str| {
        let found = names.iter().find(|name| name.id.as_str() == unit);
        found.map(|name| name.short.clone()).unwrap_or_default()
    };
    let pick = |id: String, name: &str, unit: &str, chosen: &str| Pick {
        chosen: id == chosen,
        label: format!("{name} · {}", short(unit)),
        value: id,
    };
    let shops = ctx.app.shop_names(hand, &draft.shop).await?.into_iter();
    let shops = shops.map(|shop| pick(shop.id, &shop.name, &shop.unit, &draft.shop));
    let posts = ctx
        .app
        .instructor_names(hand, &draft.post)
        .await?
        .into_iter();
    let posts = posts.map(|term| {
        let post = term.post;
        pick(
            term.id.into(),
            &post.holder,
            post.unit.as_str(),
            &draft.post,
        )
    });
    Ok((shops.collect(), posts.collect()))
}

async fn paste(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let names = ctx.app.unit_names().await?;
    let words = words(&ctx, &visit).await?;
    let units = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path) && !name.closed);
    let c = visit.chrome(&ctx, visit.texts().s("paste-title"), &["office", "paste"]);
    page(&PastePage::of(c, units.collect(), &words)?)
}

async fn form_page(ctx: &Ctx, visit: &Visit, hand: &Hand, form: EntryForm) -> Answer {
    let all = ctx.app.unit_names().await?;
    let words = words(ctx, visit).await?;
    let units = all.clone();
    let units = units
        .into_iter()
        .filter(|name| hand.may_write(&name.path) && !name.closed);
    let c = visit.chrome(ctx, visit.texts().s(form.title()), &["office"]);
    let units = units.map(UnitChoice::of).collect();
    let kept = kept(ctx, hand, &form.draft, &all).await?;
    page(&EntryFormPage::of(c, units, &words, kept, form))
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
    let query = Query::of(&uri);
    let year = year(&query, ctx.app.today()?);
    let rows = ctx.app.meetings(&hand, year).await?;
    let c = visit.chrome(&ctx, visit.texts().s("meetings-title"), &["office"]);
    let files = query.files("meetings");
    page(&MeetingsPage::of(
        c,
        rows,
        year,
        (hand.writes_somewhere(), files),
    ))
}

/// The joint meetings of an address's year as a sheet: a line for each park and quarter, and each meeting in it.
pub(crate) async fn meetings_sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let year = year(&Query::of(uri), ctx.app.today()?);
    let rows = ctx.app.meetings(hand, year).await?;
    Ok(sheets::meetings(visit.texts(), rows, year))
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
