//! The pages of the office's papers.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::papers::{
    LettersRun, Paper, PaperKind, PaperRow, PaperView, Sheet, TextKind, Wanted, list_named,
};
use pingyi_app::record::{PaperId, UnitId};
use pingyi_app::views::AppraisalView;
use pingyi_app::{AppError, AppraisalId, Hand, Role};

use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, page};
use crate::api::appraisal_id;
use crate::api::record::id;
use crate::error::{WebError, said};
use crate::lang::Texts;
use crate::lists::Query;
use crate::pages::papers::{
    FailedLine, LetterLine, LettersPage, MadeLine, PaperLine, PaperPage, PapersPage, RunLine,
    Scans, TextForm, buttons,
};
use crate::route::Route;
use crate::settings::Ctx;
use crate::state::State as Phase;
use crate::visit::{Visit, Yours};
use crate::words::time_text;

/// Who may read a letter; which, the use case says.
pub(crate) const LETTER: &[Role] = &[Role::Organiser, Role::Leader, Role::Presenter];

pub(crate) fn routes() -> Vec<Route> {
    let (office, see) = (Access::Roles(ORGANISER), Access::Roles(SEE));
    vec![
        Route::page("/appraisals/{id}/papers", office, list),
        Route::page("/appraisals/{id}/papers/{code}", office, of_appraisal),
        Route::page("/papers/coverage", see, coverage),
        Route::page("/papers/lists/{name}", see, lists),
        Route::page("/papers/years/{unit}/{year}", see, year),
        Route::page("/papers/digest/{name}", see, digest),
        Route::page("/letters", Access::Roles(&[Role::Presenter]), letters),
        Route::page("/letters/{paper}", Access::Roles(LETTER), letter),
    ]
}

/// Where the program was looked for and is not.
fn absent(ctx: &Ctx) -> String {
    if ctx.app.prints() {
        String::new()
    } else {
        ctx.app.press_place()
    }
}

async fn list(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id = appraisal_id(&path)?;
    let rows = ctx.app.papers_of(&hand, &id).await?;
    let scans = ctx.app.scans_of(&hand, &id).await?;
    let appraisal = ctx.app.appraisal(&id).await?;
    let text = ctx.app.paper_text(&hand, &id, TextKind::Meeting).await?;
    let mut c = visit.chrome(&ctx, visit.texts().s("papers-title"), &["office"]);
    c.rehearsal = appraisal.rehearsal;
    c.events = Some(format!("/api/appraisals/{id}/events"));
    let line = |sheet: &Sheet, name: String, letter: bool| PaperLine {
        href: format!("/appraisals/{id}/papers/{}", sheet.name()),
        made: latest(&rows, &Wanted::Of(id.clone(), sheet.clone()).place()),
        name,
        letter,
    };
    let letters = appraisal.order.iter().filter_map(|code| {
        let presenter = appraisal.config.presenter(code)?;
        let sheet = Sheet::Letter(code.clone());
        Some(line(&sheet, presenter.title.clone(), true))
    });
    let one = |sheets: &[Sheet]| -> Vec<PaperLine> {
        let named = sheets.iter();
        named
            .map(|sheet| line(sheet, format!("paper-{}", sheet.name()), false))
            .collect()
    };
    page(&PapersPage {
        papers: one(&Sheet::ONE),
        lists: one(&Sheet::LISTS),
        letters: letters.collect(),
        run: ctx
            .app
            .letters_run(&id)
            .map(|run| run_line(visit.texts(), &appraisal, &run)),
        scans: Scans::of(
            visit.texts(),
            &id,
            &appraisal.config,
            scans,
            appraisal.state != "archived",
        ),
        form: TextForm::of(id.as_str(), text),
        may_give: appraisal.kept
            || matches!(
                Phase::from_wire(&appraisal.state),
                Some(Phase::Released | Phase::Archived)
            ),
        absent: absent(&ctx),
        title: appraisal.config.title,
        id: id.to_string(),
        c,
    })
}

/// How far the letters are, with the reason of each that was not made.
fn run_line(texts: Texts, appraisal: &AppraisalView, run: &LettersRun) -> RunLine {
    let failed = run.failed.iter().map(|one| {
        let presenter = appraisal.config.presenter(&one.presenter);
        let sheet = Sheet::Letter(one.presenter.clone());
        FailedLine {
            href: format!("/appraisals/{}/papers/{}", appraisal.id, sheet.name()),
            name: presenter.map_or_else(|| one.presenter.to_string(), |one| one.title.clone()),
            why: said(texts, &one.why),
        }
    });
    RunLine {
        going: !run.over,
        percent: run.percent(),
        done: run.done,
        total: run.total,
        failed: failed.collect(),
    }
}

/// Of each format the file made last.
fn latest(rows: &[PaperRow], place: &str) -> Vec<MadeLine> {
    let mut seen: Vec<&str> = Vec::new();
    let mut made = Vec::new();
    for row in rows.iter().filter(|row| row.place == place) {
        if !seen.contains(&row.format.as_str()) {
            seen.push(&row.format);
            made.push(MadeLine::of(row, None));
        }
    }
    made
}

async fn of_appraisal(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path((path, code)): Path<(String, String)>,
) -> Answer {
    let id = appraisal_id(&path)?;
    let sheet = Sheet::named(&code).ok_or(AppError::NotFound)?;
    let text = match sheet.kind() {
        PaperKind::Minutes => Some(TextKind::Minutes),
        PaperKind::PressBrief => Some(TextKind::PressBrief),
        PaperKind::Circular => Some(TextKind::Circular),
        _ => None,
    };
    let form = match text {
        Some(kind) => Some(text_form(&ctx, &hand, &id, kind).await?),
        None => None,
    };
    let back = (
        format!("/appraisals/{id}/papers"),
        visit.texts().s("papers-title"),
    );
    let shown = Shown {
        post: format!("/api/appraisals/{id}/papers/{code}"),
        wanted: Wanted::Of(id, sheet),
        back,
        with: Vec::new(),
        form,
    };
    show(&ctx, &visit, &hand, shown).await
}

async fn text_form(
    ctx: &Ctx,
    hand: &Hand,
    id: &AppraisalId,
    kind: TextKind,
) -> Result<TextForm, WebError> {
    let view = ctx.app.paper_text(hand, id, kind).await?;
    Ok(TextForm::of(id.as_str(), view))
}

/// A paper to be shown.
struct Shown {
    wanted: Wanted,
    back: (String, String),
    post: String,
    /// Further fields of what the buttons send.
    with: Vec<(&'static str, String)>,
    form: Option<TextForm>,
}

async fn show(ctx: &Ctx, visit: &Visit, hand: &Hand, shown: Shown) -> Answer {
    let view = ctx.app.paper(hand, &shown.wanted).await?;
    let buttons = buttons(&view.paper, &shown.with);
    let c = visit.chrome(ctx, view.paper.title(), &["office"]);
    page(&PaperPage {
        back: shown.back,
        post: shown.post,
        form: shown.form,
        absent: absent(ctx),
        buttons,
        ..filled(c, &view)
    })
}

/// What a page shows of a paper by itself.
fn filled(c: crate::chrome::Chrome, view: &PaperView) -> PaperPage {
    let hash = view.paper.hash().to_string();
    let made = view.made.iter();
    let made: Vec<MadeLine> = made.map(|row| MadeLine::of(row, Some(&hash))).collect();
    let current = made.iter().find(|one| one.current && one.format == "PDF");
    PaperPage {
        c,
        back: (String::new(), String::new()),
        title: view.paper.title(),
        blocks: view.paper.outline(),
        foot: view.paper.head().made(),
        pdf: current.map(|one| one.href.clone()),
        hash,
        form: None,
        post: String::new(),
        buttons: Vec::new(),
        made,
        absent: String::new(),
    }
}

/// The unit an address names, or none.
pub(crate) fn unit_of(text: &str) -> Result<Option<UnitId>, WebError> {
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(id(text)?))
}

async fn coverage(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let unit = query.text("unit");
    let on = ctx.app.day_of(query.get("on"))?;
    let on = on.map_or_else(|| ctx.app.today(), Ok)?;
    let shown = Shown {
        wanted: Wanted::Coverage(unit_of(&unit)?, on),
        back: ("/coverage".to_owned(), visit.texts().s("coverage-title")),
        post: "/api/papers/coverage".to_owned(),
        with: vec![("unit", unit), ("on", on.to_string())],
        form: None,
    };
    show(&ctx, &visit, &hand, shown).await
}

async fn lists(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let list = list_named(&name).ok_or(AppError::NotFound)?;
    let unit = Query::of(&uri).text("unit");
    let shown = Shown {
        wanted: Wanted::List(list, unit_of(&unit)?),
        back: ("/matters".to_owned(), visit.texts().s("matters-title")),
        post: format!("/api/papers/lists/{name}"),
        with: vec![("unit", unit)],
        form: None,
    };
    show(&ctx, &visit, &hand, shown).await
}

async fn year(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path((unit, year)): Path<(String, String)>,
) -> Answer {
    let unit: UnitId = id(&unit)?;
    let number: i32 = year.parse().map_err(|_| AppError::NotFound)?;
    let shown = Shown {
        back: (
            format!("/units/{unit}/year/{number}"),
            visit.texts().n("year-title", year),
        ),
        post: format!("/api/papers/years/{unit}/{number}"),
        wanted: Wanted::YearBook(unit, number),
        with: Vec::new(),
        form: None,
    };
    show(&ctx, &visit, &hand, shown).await
}

/// `2018-12`
pub(crate) fn month_of(text: &str) -> Result<(u16, u8), WebError> {
    let read = || {
        let (year, month) = text.split_once('-')?;
        let two = month.len() == 2 && year.len() == 4;
        let month = month
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        two.then(|| Some((year.parse().ok()?, month)))?
    };
    read().ok_or(WebError::App(AppError::NotFound))
}

async fn digest(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let (year, month) = month_of(&name)?;
    let unit = Query::of(&uri).text("unit");
    let shown = Shown {
        wanted: Wanted::Digest(unit_of(&unit)?, year, month),
        back: ("/matters".to_owned(), visit.texts().s("matters-title")),
        post: format!("/api/papers/digest/{name}"),
        with: vec![("unit", unit)],
        form: None,
    };
    show(&ctx, &visit, &hand, shown).await
}

async fn letters(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let rows = ctx.app.own_letters(&hand).await?;
    let letters = rows.into_iter().map(|row| LetterLine {
        href: format!("/letters/{}", row.id),
        at: row.given_at.map(time_text).unwrap_or_default(),
        title: row.title,
    });
    page(&LettersPage {
        c: visit.chrome(&ctx, visit.texts().s("letters-title"), &["office"]),
        letters: letters.collect(),
    })
}

/// A letter as it was made: from its own data, whatever was changed since.
async fn letter(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let made: PaperId = id(&path)?;
    let row = ctx.app.paper_made(&hand, &made).await?;
    if row.kind != PaperKind::FeedbackLetter.name() {
        return Err(AppError::NotFound.into());
    }
    let paper = Paper::from_json(&row.input).map_err(AppError::from)?;
    let c = visit.chrome(&ctx, row.title.clone(), &["office"]);
    let view = PaperView {
        paper,
        made: vec![row],
    };
    let own = visit.has(&[Role::Presenter]);
    let back = if own { "/letters" } else { "/appraisals" };
    let words = if own {
        "letters-title"
    } else {
        "appraisals-title"
    };
    page(&PaperPage {
        back: (back.to_owned(), visit.texts().s(words)),
        ..filled(c, &view)
    })
}
