//! Pages from the result to the grade: grades, the leaders' evaluation, what-if, year over year.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::{AppError, WhatIfAsk};

use crate::access::{Access, COMMENT, LEADER, ORGANISER};
use crate::answer::{Answer, page};
use crate::api::appraisal_id;
use crate::error::WebError;
use crate::lists::Query;
use crate::pages::grades::compare::{CompareModel, ComparePage};
use crate::pages::grades::evaluation::EvaluationPage;
use crate::pages::grades::what_if::{WhatIfModel, WhatIfPage};
use crate::pages::grades::{GradesModel, GradesPage};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Me, Visit};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/appraisals/{id}/grades", Access::Roles(COMMENT), grades),
        Route::page(
            "/appraisals/{id}/evaluation",
            Access::Roles(LEADER),
            evaluation,
        ),
        Route::page(
            "/appraisals/{id}/what-if",
            Access::Roles(ORGANISER),
            what_if,
        ),
        Route::page("/appraisals/{id}/compare", Access::Roles(COMMENT), compare),
    ]
}

async fn grades(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = appraisal_id(&id)?;
    let view = ctx.app.grades(&id).await?;
    let seen = view.worked.is_some() && (visit.has(ORGANISER) || view.shown_to_leaders);
    let result = if seen {
        Some(ctx.app.result(&id).await?)
    } else {
        None
    };
    let mut c = visit.chrome(&ctx, visit.texts().s("grades-title"), &["office"]);
    c.rehearsal = view.rehearsal;
    c.events = Some(format!("/api/appraisals/{id}/events"));
    page(&GradesPage {
        c,
        g: GradesModel::of(visit.texts(), &view, result.as_ref()),
        organiser: visit.has(ORGANISER),
        leader: visit.has(LEADER),
    })
}

async fn evaluation(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Path(id): Path<String>,
) -> Answer {
    let view = ctx.app.evaluation(&me.0, &appraisal_id(&id)?).await?;
    let mut c = visit.chrome(&ctx, visit.texts().s("evaluation-title"), &["office"]);
    c.rehearsal = view.rehearsal;
    page(&EvaluationPage { c, e: view })
}

async fn what_if(
    State(ctx): State<Ctx>,
    visit: Visit,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let ask: WhatIfAsk = Query::all_of(&uri).into_iter().collect();
    let view = ctx.app.what_if(&appraisal_id(&id)?, &ask).await?;
    page(&WhatIfPage {
        c: visit.chrome(&ctx, visit.texts().s("what-if-title"), &["office"]),
        w: WhatIfModel::of(visit.texts(), view),
    })
}

async fn compare(
    State(ctx): State<Ctx>,
    visit: Visit,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let with = query
        .get("with")
        .map(|with| with.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let id = appraisal_id(&id)?;
    let view = ctx.app.compare_years(&id, with.as_ref()).await?;
    if !visit.has(ORGANISER) && !view.shown_to_leaders {
        return Err(WebError::Forbidden);
    }
    let mut c = visit.chrome(&ctx, visit.texts().s("compare-title"), &["office"]);
    c.rehearsal = view.rehearsal;
    page(&ComparePage {
        c,
        m: CompareModel::of(visit.texts(), view),
    })
}
