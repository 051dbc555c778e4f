//! The pages of one appraisal: its own, its result, its audit trail, the preview of its hall screen.

use axum::extract::{Path, State};
use pingyi_app::record::{UnitId, UnitName};
use pingyi_app::{AppraisalView, Source};
use serde_json::json;

use crate::access::{APPRAISAL_AUDIT, Access, COMMENT, LEADER, ORGANISER, WATCH};
use crate::answer::{Answer, page};
use crate::api::appraisal_id;
use crate::api::meeting::may_see_result;
use crate::error::WebError;
use crate::pages::appraisal::AppraisalPage;
use crate::pages::apps::AppPage;
use crate::pages::result::ResultPage;
use crate::pages::{build, build_result};
use crate::problems;
use crate::route::Route;
use crate::settings::Ctx;
use crate::state::State as Phase;
use crate::visit::Visit;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/appraisals/{id}", Access::Roles(WATCH), show),
        Route::page("/appraisals/{id}/result", Access::SignedIn, result),
        Route::page(
            "/appraisals/{id}/audit",
            Access::Roles(APPRAISAL_AUDIT),
            super::admin::audit_of,
        ),
        Route::page("/appraisals/{id}/hall", Access::Roles(WATCH), hall),
    ]
}

async fn show(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    let view = ctx.app.appraisal(&appraisal_id(&id)?).await?;
    let texts = visit.texts();
    let lines = view
        .problems
        .iter()
        .map(|problem| problems::line(texts, problem))
        .collect();
    let a = build::appraisal(visit.lang, &view, lines, ctx.millis());
    let editing = matches!(a.state, Phase::Draft | Phase::Keyed) && visit.has(ORGANISER);
    let bundles: &[&str] = if editing {
        &["office", "setup"]
    } else {
        &["office"]
    };
    let mut c = visit.chrome(&ctx, a.title.clone(), bundles);
    c.rehearsal = a.rehearsal;
    c.events = Some(format!("/api/appraisals/{}/events", a.id));
    let [config_json, problems_json, units_json] = if editing {
        editor_data(&visit, &view, &ctx.app.unit_names().await?)?
    } else {
        Default::default()
    };
    page(&AppraisalPage {
        c,
        a,
        organiser: visit.has(ORGANISER),
        converts: ctx.app.converts(),
        may_comment: visit.has(COMMENT),
        evaluates: visit.has(LEADER) && view.config.scheme.composite.uses(Source::Leaders),
        config_json,
        problems_json,
        units_json,
    })
}

/// Configuration, its problems, and the units a presenter may be tied to, as the editor takes them.
fn editor_data(
    visit: &Visit,
    view: &AppraisalView,
    units: &[UnitName],
) -> Result<[String; 3], WebError> {
    let found: Vec<_> = view
        .problems
        .iter()
        .map(|problem| problems::json(visit.texts(), problem))
        .collect();
    // One that was dissolved stays where it was chosen.
    let chosen = |id: &UnitId| view.config.presenter_of(id).is_some();
    let units: Vec<_> = units
        .iter()
        .filter(|unit| !unit.closed || chosen(&unit.id))
        .map(|unit| {
            let kind = visit.texts().s(&format!("value-unit-kind-{}", unit.kind));
            json!({"id": unit.id, "name": unit.name, "short": unit.short, "kind": kind})
        })
        .collect();
    Ok([
        for_script(&serde_json::to_string(&view.config)?),
        for_script(&serde_json::to_string(&found)?),
        for_script(&serde_json::to_string(&units)?),
    ])
}

/// JSON that cannot end the script element it stands in, nor be read as markup.
fn for_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

async fn result(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = appraisal_id(&id)?;
    let phase = may_see_result(&ctx, &visit, &id).await?;
    let view = ctx.app.result(&id).await?;
    let appraisal = ctx.app.appraisal(&id).await?;
    let preview = phase == Phase::Counted;
    let standing = build_result::Standing {
        preview,
        office: preview || appraisal.kept,
    };
    let r = build_result::result(visit.lang, id.as_str(), standing, &view);
    let mut c = visit.chrome(&ctx, visit.texts().s("result-title"), &["office"]);
    c.rehearsal = appraisal.rehearsal;
    page(&ResultPage { c, r })
}

async fn hall(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = appraisal_id(&id)?;
    let c = visit.chrome(&ctx, visit.texts().s("title-hall"), &["hall"]);
    page(&AppPage {
        c,
        box_uuid: None,
        appraisal: Some(id.to_string()),
        hall: true,
    })
}

#[cfg(test)]
mod tests {
    use super::for_script;

    #[test]
    fn json_cannot_leave_its_script_element() {
        let out = for_script(r#"{"title":"</script><!-- & -->"}"#);
        assert!(!out.contains(['<', '>', '&']));
        let back: serde_json::Value = serde_json::from_str(&out).expect("still JSON");
        assert_eq!(back["title"], "</script><!-- & -->");
    }
}
