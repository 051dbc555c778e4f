//! The register of firms, a firm's page and form, and the two coverages.

use std::collections::HashMap;

use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use pingyi_app::record::{
    ColumnKind, Date, FIRM_SORTS, FirmFilter, FirmId, FirmKind, FirmRow, FirmsShown, Rates, Sheet,
    UnitName, Word, WordList,
};
use pingyi_app::{AppError, Hand};

use super::matters::seen;
use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lang::{Lang, Texts};
use crate::lists::{PAGE, Query};
use crate::pages::record::coverage::CoveragePage;
use crate::pages::record::firm_form::{FirmForm, FirmFormPage};
use crate::pages::record::firm_list::{FirmLine, FirmsPage, views};
use crate::pages::record::firms::{FirmPage, WordOption};
use crate::pages::record::within::Within;
use crate::pages::record::{Choice, UnitChoice};
use crate::route::Route;
use crate::screens::record::{sheets, tab, title};
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/firms", Access::Roles(SEE), firms),
        Route::page("/units/{unit}/firms", Access::Roles(SEE), firms_of),
        Route::page("/firms/new", Access::Roles(WRITE), new),
        Route::page("/firms/{firm}", Access::Roles(SEE), firm),
        Route::page("/firms/{firm}/edit", Access::Roles(WRITE), edit),
        Route::page("/coverage", Access::Roles(SEE), coverage),
    ]
}

const LISTS: &[WordList] = &[
    WordList::Sector,
    WordList::StrikeReason,
    WordList::UncoveredReason,
];

/// What a list of firms is asked for, and the names it is shown with.
struct Asked {
    filter: FirmFilter,
    on: Date,
    names: Vec<UnitName>,
    words: Vec<Word>,
}

async fn asked(ctx: &Ctx, query: &Query) -> Result<Asked, WebError> {
    let names = ctx.app.unit_names().await?;
    let words = ctx.app.firm_words(LISTS).await?;
    let today = ctx.app.today()?;
    let on = ctx.app.day_of(query.get("on"))?.unwrap_or(today);
    let under = query.get("unit").map(|unit| {
        let found = names.iter().find(|name| name.id.as_str() == unit);
        found
            .map(|name| name.path.clone())
            .ok_or(AppError::NotFound)
    });
    let wanted = query.get("view").unwrap_or("all");
    let known = FirmsShown::ALL.iter().find(|(name, _)| *name == wanted);
    let none = |text: &str| {
        if text == "none" {
            String::new()
        } else {
            text.to_owned()
        }
    };
    let filter = FirmFilter {
        text: query.get("q").map(str::to_owned),
        under: under.transpose()?,
        sector: query.get("sector").map(none),
        kind: query.get("kind").map(str::to_owned),
        reason: query.get("reason").map(none),
        view: known.map(|(_, view)| *view).unwrap_or_default(),
        on: on.to_string(),
        is_today: on == today,
    };
    Ok(Asked {
        filter,
        on,
        names,
        words,
    })
}

/// The words of one list as choices.
fn options(words: &[Word], list: WordList, lang: Lang, chosen: &str) -> Vec<WordOption> {
    words
        .iter()
        .filter(|word| word.list == list && (!word.retired || word.code == chosen))
        .map(|word| WordOption {
            value: word.code.clone(),
            label: word.label(lang == Lang::En).to_owned(),
            chosen: word.code == chosen,
        })
        .collect()
}

/// What the list of one page or of a file shows of each firm.
async fn lines(
    ctx: &Ctx,
    asked: &Asked,
    texts: Texts,
    rows: Vec<FirmRow>,
) -> Result<Vec<FirmLine>, WebError> {
    let struck = if asked.filter.view == FirmsShown::Struck {
        let shown: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        ctx.app.struck_on(asked.on, &shown).await?
    } else {
        HashMap::new()
    };
    let english = texts.0 == Lang::En;
    let word = |list: WordList, code: &str| {
        let found = asked
            .words
            .iter()
            .find(|word| word.list == list && word.code == code);
        found.map_or_else(|| code.to_owned(), |word| word.label(english).to_owned())
    };
    let units: HashMap<&str, &str> = asked
        .names
        .iter()
        .map(|name| (name.id.as_str(), name.short.as_str()))
        .collect();
    let line = |row: FirmRow| {
        let reason = match struck.get(&row.id) {
            Some(reason) => word(WordList::StrikeReason, reason),
            None => word(WordList::UncoveredReason, &row.uncovered),
        };
        FirmLine {
            unit: units
                .get(row.unit.as_str())
                .copied()
                .unwrap_or_default()
                .to_owned(),
            sector: word(WordList::Sector, &row.sector),
            reason,
            row,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

async fn firms(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    list(&ctx, &visit, &hand, &Query::of(&uri), None).await
}

/// The firms of a unit and all below it: a tab of its page.
async fn firms_of(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let (query, within) = tab(&ctx, &hand, (&path, &uri), "/firms").await?;
    list(&ctx, &visit, &hand, &query, within).await
}

async fn list(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    query: &Query,
    within: Option<Within>,
) -> Answer {
    let asked = asked(ctx, query).await?;
    let ask = query.ask(FIRM_SORTS, PAGE);
    let found = ctx.app.firms(hand, &asked.filter, &ask).await?;
    let texts = visit.texts();
    let title = title(texts, within.as_ref(), "firms-title");
    let c = visit.chrome(ctx, title, &["office"]);
    let total = found.total;
    let next = query.next(found.next.as_ref());
    let rows = lines(ctx, &asked, texts, found.rows).await?;
    let (sector, kind) = (query.text("sector"), query.text("kind"));
    page(&FirmsPage {
        name: query.head(&ask, "field-name", "name", false),
        opened: query.head(&ask, "field-opened_on", "opened_on", false),
        sectors: options(&asked.words, WordList::Sector, texts.0, &sector),
        no_sector: sector == "none",
        kinds: kinds(&kind),
        views: views(query.get("view").unwrap_or("all")),
        units: seen(&asked.names, hand),
        unit: query.text("unit"),
        text: query.text("q"),
        on: query.text("on"),
        day: asked.on.to_string(),
        is_today: asked.filter.is_today,
        reasons: matches!(
            asked.filter.view,
            FirmsShown::Struck | FirmsShown::Uncovered | FirmsShown::Unworked | FirmsShown::Due
        ),
        narrowed: query.is_narrowed(),
        may_add: hand.writes_somewhere(),
        files: query.files("firms"),
        path: query.path().to_owned(),
        within,
        rows,
        total,
        next,
        c,
    })
}

fn kinds(chosen: &str) -> Vec<Choice> {
    FirmKind::ALL
        .iter()
        .map(|kind| Choice::new("value-firm-kind", kind.as_str(), chosen))
        .collect()
}

/// The list of an address as a sheet: all its pages.
pub(crate) async fn sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let query = Query::of(uri);
    let asked = asked(ctx, &query).await?;
    let ask = query.ask(FIRM_SORTS, PAGE);
    let texts = visit.texts();
    let rows = ctx.app.all_firms(hand, &asked.filter, &ask).await?;
    let is_today = asked.filter.is_today;
    let lines = lines(ctx, &asked, texts, rows).await?;
    let columns = [
        ("field-name", ColumnKind::Text),
        ("field-credit_code", ColumnKind::Text),
        ("field-unit", ColumnKind::Text),
        ("field-firm-kind", ColumnKind::Text),
        ("field-sector", ColumnKind::Text),
        ("field-employees", ColumnKind::Number),
        ("field-members", ColumnKind::Number),
        ("field-address", ColumnKind::Text),
        ("field-opened_on", ColumnKind::Date),
        ("firms-cover", ColumnKind::Text),
        ("firms-reason", ColumnKind::Text),
    ];
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let rows = lines
        .into_iter()
        .map(|line| {
            let cover: Vec<String> = line.badges().iter().map(|id| texts.s(id)).collect();
            vec![
                line.row.name.clone(),
                line.row.credit_code.clone(),
                line.unit.clone(),
                texts.s(&line.kind_text()),
                line.sector.clone(),
                number(line.row.employees),
                number(line.row.members),
                line.row.address.clone(),
                line.row.opened_on.clone(),
                if is_today {
                    cover.join("、")
                } else {
                    String::new()
                },
                line.reason,
            ]
        })
        .collect();
    Ok(Sheet {
        name: texts.s("firms-title"),
        columns: columns.map(|(text, kind)| (texts.s(text), kind)).to_vec(),
        rows,
    })
}

async fn firm(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: FirmId = id(&path)?;
    let view = ctx.app.firm(&hand, &id).await?;
    let names = ctx.app.unit_names().await?;
    let words = ctx.app.firm_words(LISTS).await?;
    let instructors = ctx.app.instructors().await?;
    let today = ctx.app.today()?;
    let c = visit.chrome(&ctx, view.firm.name.clone(), &["office"]);
    page(&FirmPage::of(
        c,
        view,
        today,
        (&names, &words, &instructors),
    ))
}

async fn edit(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: FirmId = id(&path)?;
    let view = ctx.app.firm(&hand, &id).await?;
    if !view.may_write {
        return Err(WebError::App(AppError::NotYourUnit));
    }
    form_page(&ctx, &visit, &hand, FirmForm::of(&view)).await
}

async fn new(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let form = FirmForm::within(Query::of(&uri).text("unit"));
    form_page(&ctx, &visit, &hand, form).await
}

async fn form_page(ctx: &Ctx, visit: &Visit, hand: &Hand, form: FirmForm) -> Answer {
    let names = ctx.app.unit_names().await?;
    let words = ctx.app.firm_words(LISTS).await?;
    let texts = visit.texts();
    let title = if form.id.is_empty() {
        "firms-new"
    } else {
        "firms-edit"
    };
    let c = visit.chrome(ctx, texts.s(title), &["office"]);
    let writable = names
        .into_iter()
        .filter(|name| hand.may_write(&name.path) && !name.closed);
    page(&FirmFormPage {
        units: writable.map(UnitChoice::of).collect(),
        kinds: kinds(&form.draft.kind),
        sectors: options(&words, WordList::Sector, texts.0, &form.draft.sector),
        reasons: options(
            &words,
            WordList::UncoveredReason,
            texts.0,
            &form.draft.uncovered,
        ),
        c,
        form,
    })
}

/// The rates an address asks for, and the words of sectors.
async fn rates(ctx: &Ctx, hand: &Hand, query: &Query) -> Result<(Asked, Rates), WebError> {
    let asked = asked(ctx, query).await?;
    let rates = ctx
        .app
        .rates(hand, Some(asked.on), asked.filter.under.as_ref())
        .await?;
    Ok((asked, rates))
}

async fn coverage(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let (asked, rates) = rates(&ctx, &hand, &query).await?;
    let texts = visit.texts();
    let c = visit.chrome(&ctx, texts.s("coverage-title"), &["office", "charts"]);
    let sectors = options(&asked.words, WordList::Sector, texts.0, "");
    let units = seen(&asked.names, &hand);
    let is_today = asked.filter.is_today;
    page(&CoveragePage::of(
        c,
        &query,
        rates,
        (units, &sectors),
        is_today,
    ))
}

/// The rates of an address as a sheet, each with numerator and denominator.
pub(crate) async fn coverage_sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let (asked, rates) = rates(ctx, hand, &Query::of(uri)).await?;
    let texts = visit.texts();
    let sectors = options(&asked.words, WordList::Sector, texts.0, "");
    Ok(sheets::coverage(texts, &rates, &sectors))
}
