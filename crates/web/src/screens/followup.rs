//! Follow-up of an appraisal: its presenters, one of them, last year's lists, the monthly digest.

use axum::extract::{Path, State};
use pingyi_app::record::Month;
use pingyi_app::{AppError, Role};

use crate::access::{Access, COMMENT, ORGANISER, SEE};
use crate::answer::{Answer, page};
use crate::api::{appraisal_id, presenter_code};
use crate::error::WebError;
use crate::pages::followup::digest::DigestPage;
use crate::pages::followup::one::{FindingsPage, Looking};
use crate::pages::followup::{FollowUpPage, LastYearPage};
use crate::pages::record::UnitChoice;
use crate::route::Route;
use crate::settings::Ctx;
use crate::state::State as Phase;
use crate::visit::{Me, Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/appraisals/{id}/followup", Access::Roles(COMMENT), all),
        Route::page(
            "/appraisals/{id}/followup/{code}",
            Access::Roles(COMMENT),
            one,
        ),
        Route::page(
            "/appraisals/{id}/last-year",
            Access::Roles(ORGANISER),
            last_year,
        ),
        Route::page("/digest/{month}", Access::Roles(SEE), digest),
    ]
}

async fn all(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(id): Path<String>,
) -> Answer {
    let view = ctx.app.follow_up(&appraisal_id(&id)?).await?;
    let c = visit.chrome(&ctx, visit.texts().s("followup-title"), &["office"]);
    page(&FollowUpPage::of(c, &view, hand.is_office()))
}

async fn one(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Yours(hand): Yours,
    Path((id, code)): Path<(String, String)>,
) -> Answer {
    let code = presenter_code(&code)?;
    let view = ctx.app.follow_up(&appraisal_id(&id)?).await?;
    let place = view.presenters.iter().position(|one| one.code == code);
    let place = place.ok_or(AppError::NotFound)?;
    let names = ctx.app.unit_names().await?.into_iter();
    let open = names.filter(|name| !name.closed && hand.may_write(&name.path));
    let looking = Looking {
        office: hand.is_office(),
        leader: visit.has(&[Role::Leader]),
        actor: me.actor().to_string(),
    };
    let title = view.presenters[place].title.clone();
    let c = visit.chrome(&ctx, title, &["office"]);
    let units = open.map(UnitChoice::of).collect();
    let found = FindingsPage::of(c, &view, place, units, &looking);
    page(&found.ok_or(AppError::NotFound)?)
}

async fn last_year(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = appraisal_id(&id)?;
    let rows = ctx.app.last_years(&id).await?;
    let appraisal = ctx.app.appraisal(&id).await?;
    let c = visit.chrome(&ctx, visit.texts().s("lastyear-title"), &["office"]);
    let phase = Phase::from_wire(&appraisal.state);
    page(&LastYearPage {
        c,
        id: id.to_string(),
        title: appraisal.config.title,
        fixed: !matches!(phase, Some(Phase::Draft | Phase::Keyed)),
        rows,
    })
}

async fn digest(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(month): Path<String>,
) -> Answer {
    let month: Month = month
        .parse()
        .map_err(|_| WebError::App(AppError::NotFound))?;
    let view = ctx.app.digest(&hand, month).await?;
    let names = ctx.app.unit_names().await?;
    let running = Month::of(ctx.app.today()?) == month;
    let title = visit
        .texts()
        .a("digest-title-of", "month", &month.to_string());
    let c = visit.chrome(&ctx, title, &["office"]);
    page(&DigestPage::of(c, view, &names, running))
}
