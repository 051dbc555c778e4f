//! Duty reports: begin, write, move on, remark; figures; as docx; the outline.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use pingyi_app::Hand;
use pingyi_app::papers::{PaperFormat, Wanted};
use pingyi_app::record::{RemarkId, ReportId, WordList};
use pingyi_app::reports::{
    AnswerForm, BeginForm, OutlineDraft, RemarkForm, RemarkMove, RemarkMoveForm, ReportForm,
    ReportMove, SectionDraft, SectionForm,
};
use serde::Deserialize;
use serde_json::json;

use super::papers::make_one;
use super::record::evidence::disposition;
use super::record::{Changed, id};
use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::pages::record::ledger::Words;
use crate::pages::reports::figure_label;
use crate::roles::Role;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

/// Roles that write reports; of which unit is for the use case to say.
pub(super) const DRAFT: &[Role] = &[Role::Presenter, Role::Recorder];

/// Roles that begin them.
const BEGIN: &[Role] = &[Role::Organiser, Role::Presenter, Role::Recorder];

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(crate) fn routes() -> Vec<Route> {
    let (draft, office) = (Access::Roles(DRAFT), Access::Roles(ORGANISER));
    let see = Access::Roles(SEE);
    vec![
        Route::post("/api/reports", Access::Roles(BEGIN), begin),
        Route::post("/api/reports/outline", office, outline),
        Route::get("/api/reports/{report}/figures", see, figures),
        Route::get("/api/reports/{report}/docx", see, docx),
        Route::post("/api/reports/{report}/pdf", see, pdf),
        Route::post("/api/reports/{report}/sections/{code}", draft, section),
        Route::post("/api/reports/{report}/answers", draft, answer),
        Route::post("/api/reports/{report}/remarks", office, remark),
        Route::post("/api/reports/{report}/submit", draft, submit),
        Route::post("/api/reports/{report}/withdraw", draft, withdraw),
        Route::post("/api/reports/{report}/return", office, give_back),
        Route::post("/api/reports/{report}/approve", office, approve),
        Route::post("/api/reports/{report}/reopen", office, reopen),
        Route::post("/api/remarks/{remark}/answer", draft, answer_remark),
        Route::post("/api/remarks/{remark}/settle", office, settle_remark),
        Route::post("/api/remarks/{remark}/open", office, open_remark),
    ]
}

async fn begin(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: BeginForm = read(body, SMALL).await?;
    json_with(
        StatusCode::CREATED,
        &ctx.app.begin_report(&hand, &form).await?,
    )
}

/// The sections by their place in the form: `sections.0.title`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sections {
    sections: BTreeMap<String, SectionDraft>,
}

impl Sections {
    /// In the order of their places; what is no place stands behind.
    fn in_order(self) -> Vec<SectionDraft> {
        let mut all: Vec<(usize, SectionDraft)> = self
            .sections
            .into_iter()
            .map(|(at, section)| (at.parse().unwrap_or(usize::MAX), section))
            .collect();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, section)| section).collect()
    }
}

async fn outline(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let sent: Changed<Sections> = read(body, SMALL).await?;
    let draft = OutlineDraft {
        sections: sent.form.in_order(),
    };
    let stored = ctx.app.set_report_outline(&hand, sent.version, &draft);
    json(&stored.await?)
}

async fn figures(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: ReportId = id(&path)?;
    let offers = ctx.app.report_figures(&hand, &id).await?;
    let words = Words {
        kinds: words_of(&ctx, WordList::EntryKind).await?,
        topics: words_of(&ctx, WordList::Topic).await?,
        lang: visit.lang,
    };
    let all: Vec<_> = offers
        .iter()
        .map(|offer| {
            json!({
                "code": offer.code.to_string(), "label": figure_label(&words, &offer.code),
                "shown": offer.worked.shown, "source": offer.worked.source,
            })
        })
        .collect();
    json(&json!({"figures": all}))
}

async fn words_of(
    ctx: &Ctx,
    list: WordList,
) -> Result<Vec<pingyi_app::record::Word>, crate::error::WebError> {
    let views = ctx.app.words(list).await?;
    Ok(views.into_iter().map(|view| view.word).collect())
}

async fn docx(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: ReportId = id(&path)?;
    let file = ctx.app.report_docx(&hand, &id).await?;
    let head = [
        (header::CONTENT_TYPE, DOCX.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            disposition("attachment", &file.name),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((head, file.bytes).into_response())
}

/// Made and kept like every paper; the answer says under which id.
async fn pdf(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let wanted = Wanted::Report(id(&path)?);
    make_one(&ctx, &hand, &wanted, PaperFormat::Pdf.name()).await
}

async fn section(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, code)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let form: SectionForm = read(body, 2 * SMALL).await?;
    let id: ReportId = id(&path)?;
    json(&ctx.app.write_section(&hand, &id, &code, &form).await?)
}

async fn answer(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let form: AnswerForm = read(body, SMALL).await?;
    let id: ReportId = id(&path)?;
    json(&ctx.app.write_answer(&hand, &id, &form).await?)
}

async fn remark(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let form: RemarkForm = read(body, SMALL).await?;
    let id: ReportId = id(&path)?;
    let stored = ctx.app.remark_report(&hand, &id, &form).await?;
    json_with(StatusCode::CREATED, &stored)
}

async fn go(ctx: &Ctx, hand: &Hand, path: &str, step: ReportMove, body: Body) -> Answer {
    let form: ReportForm = read(body, SMALL).await?;
    let id: ReportId = id(path)?;
    json(&ctx.app.move_report(hand, &id, step, &form).await?)
}

async fn go_remark(ctx: &Ctx, hand: &Hand, path: &str, step: RemarkMove, body: Body) -> Answer {
    let form: RemarkMoveForm = read(body, SMALL).await?;
    let id: RemarkId = id(path)?;
    ctx.app.move_remark(hand, &id, step, &form).await?;
    done()
}

/// Handlers of moves, each by its name.
macro_rules! moves {
    ($($name:ident = $go:ident $step:expr;)*) => {$(
        async fn $name(
            State(ctx): State<Ctx>,
            Yours(hand): Yours,
            Path(path): Path<String>,
            body: Body,
        ) -> Answer {
            $go(&ctx, &hand, &path, $step, body).await
        }
    )*};
}

moves! {
    submit = go ReportMove::Submit;
    withdraw = go ReportMove::Withdraw;
    give_back = go ReportMove::Return;
    approve = go ReportMove::Approve;
    reopen = go ReportMove::Reopen;
    answer_remark = go_remark RemarkMove::Answer;
    settle_remark = go_remark RemarkMove::Settle;
    open_remark = go_remark RemarkMove::Open;
}
