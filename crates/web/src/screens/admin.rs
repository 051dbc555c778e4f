//! Users, the audit trail, health.

use axum::extract::{OriginalUri, Path, State};
use pingyi_app::AppraisalId;
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::access::{ADMIN, AUDIT, Access};
use crate::answer::{Answer, page};
use crate::api::appraisal_id;
use crate::error::WebError;
use crate::lang::Texts;
use crate::pages::admin::{
    AuditLine, AuditPage, Back, HealthCheck, HealthPage, RoleLine, UsersPage,
};
use crate::pages::build;
use crate::pages::record::evidence::size_text;
use crate::paths::from_query;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Visit;

/// Entries of the audit trail on one page.
const SHOWN: usize = 200;

/// Entries of the audit trail that the health page checks; `pingyi admin check-audit` checks all.
const CHECKED: i64 = 2_000;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/admin/users", Access::Roles(ADMIN), users),
        Route::page("/admin/audit", Access::Roles(AUDIT), audit),
        Route::page("/admin/health", Access::Roles(ADMIN), health),
    ]
}

async fn users(State(ctx): State<Ctx>, visit: Visit) -> Answer {
    let users = ctx
        .app
        .users()
        .await?
        .into_iter()
        .map(build::user_line)
        .collect();
    let c = visit.chrome(&ctx, visit.texts().s("users-title"), &["office"]);
    page(&UsersPage {
        c,
        users,
        roles: RoleLine::all(),
        units: super::record::choices(&ctx).await?,
    })
}

async fn audit(State(ctx): State<Ctx>, visit: Visit, OriginalUri(uri): OriginalUri) -> Answer {
    let before = from_query(uri.query(), "before").and_then(|text| text.parse().ok());
    trail(&ctx, &visit, None, None, before).await
}

/// The trail of one appraisal.
pub(super) async fn audit_of(
    State(ctx): State<Ctx>,
    visit: Visit,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let id = appraisal_id(&id)?;
    let title = ctx.app.appraisal(&id).await?.config.title;
    let back = Back {
        id: id.to_string(),
        title: build::title(visit.lang, &title),
    };
    let before = from_query(uri.query(), "before").and_then(|text| text.parse().ok());
    trail(&ctx, &visit, Some(back), Some(&id), before).await
}

/// An entry as it stands in the export.
#[derive(Deserialize)]
struct Entry {
    seq: i64,
    at: i64,
    actor: String,
    action: String,
    subject: String,
    detail: Value,
    hash: String,
}

async fn trail(
    ctx: &Ctx,
    visit: &Visit,
    back: Option<Back>,
    of: Option<&AppraisalId>,
    before: Option<i64>,
) -> Answer {
    let asked = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let lines = ctx.app.audit_latest(of, before, asked).await?;
    let more = lines.len() > SHOWN;
    let mut last: Vec<Entry> = Vec::with_capacity(SHOWN);
    for line in lines.iter().take(SHOWN) {
        last.push(serde_json::from_str(line)?);
    }
    let names = names(ctx).await?;
    let older = last
        .last()
        .filter(|_| more)
        .map(|entry| format!("?before={}", entry.seq));
    let rows = last
        .into_iter()
        .map(|entry| line(visit.texts(), &names, entry))
        .collect();
    let c = visit.chrome(ctx, visit.texts().s("audit-title"), &["office"]);
    let export = match &back {
        Some(back) => format!("/api/appraisals/{}/audit.jsonl", back.id),
        None => "/api/audit.jsonl".to_owned(),
    };
    page(&AuditPage {
        c,
        back,
        rows,
        export,
        older,
    })
}

/// Names of users by id.
async fn names(ctx: &Ctx) -> Result<Vec<(String, String)>, WebError> {
    Ok(ctx
        .app
        .users()
        .await?
        .into_iter()
        .map(|user| (user.id, user.name))
        .collect())
}

fn line(texts: Texts, names: &[(String, String)], entry: Entry) -> AuditLine {
    let known = format!("audit-do-{}", entry.action);
    let action = if texts.has(&known) {
        texts.s(&known)
    } else {
        entry.action
    };
    let mut detail = vec![entry.subject];
    if entry
        .detail
        .as_object()
        .is_some_and(|fields| !fields.is_empty())
    {
        detail.push(entry.detail.to_string());
    }
    AuditLine {
        number: entry.seq,
        time: time_text(entry.at),
        actor: actor(texts, names, &entry.actor),
        action,
        detail: detail.join(" · "),
        hash: entry.hash.chars().take(12).collect(),
    }
}

fn actor(texts: Texts, names: &[(String, String)], wire: &str) -> String {
    match wire.split_once(':') {
        Some(("user", id)) => names
            .iter()
            .find(|(known, _)| known == id)
            .map_or_else(|| wire.to_owned(), |(_, name)| name.clone()),
        Some(("teller", seat)) => texts.a("audit-who-teller", "n", seat),
        _ => {
            let id = format!("audit-who-{wire}");
            if texts.has(&id) {
                texts.s(&id)
            } else {
                wire.to_owned()
            }
        }
    }
}

/// Seconds since 1970 as `2026-11-23 09:31:02 UTC`.
fn time_text(seconds: i64) -> String {
    let Ok(at) = OffsetDateTime::from_unix_timestamp(seconds) else {
        return seconds.to_string();
    };
    let (date, time) = (at.date(), at.time());
    format!(
        "{date} {:02}:{:02}:{:02} UTC",
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// Whether the file store answers and holds every file of evidence, by its name; `pingyi admin check-files` reads them.
async fn files_check(ctx: &Ctx, visit: &Visit) -> HealthCheck {
    let texts = visit.texts();
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (ok, detail) = match ctx.app.look_at_files().await {
        Ok(found) if found.missing.is_empty() => {
            let bytes = size_text(texts, number(found.bytes));
            let values = [("n", number(found.kept).into()), ("size", bytes.into())];
            (true, texts.with("health-files-ok", values))
        }
        Ok(found) => {
            let missing = i64::try_from(found.missing.len()).unwrap_or(i64::MAX);
            (false, texts.n("health-files-missing", missing))
        }
        Err(error) => {
            tracing::warn!(%error, "the file store does not answer");
            (false, texts.s("health-files-bad"))
        }
    };
    HealthCheck {
        text: "health-files",
        ok,
        detail,
    }
}

async fn health(State(ctx): State<Ctx>, visit: Visit) -> Answer {
    let texts = visit.texts();
    let well = ctx.app.is_healthy().await.is_ok();
    let report = ctx.app.check_audit_latest(CHECKED).await?;
    let missing = ctx.assets.missing();
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (entries, all) = (number(report.entries), number(report.last));
    let broken = report
        .faults
        .first()
        .map(|fault| i64::try_from(fault.line).unwrap_or(i64::MAX));
    let checks = vec![
        HealthCheck {
            text: "health-database",
            ok: well,
            detail: texts.s(if well {
                "health-database-ok"
            } else {
                "health-database-bad"
            }),
        },
        HealthCheck {
            text: "health-audit",
            ok: broken.is_none(),
            detail: match broken {
                None if entries < all => texts.with(
                    "health-audit-latest",
                    [("a", entries.into()), ("b", all.into())],
                ),
                None => texts.n("health-audit-ok", entries),
                Some(place) => texts.n("health-audit-bad", place),
            },
        },
        files_check(&ctx, &visit).await,
        HealthCheck {
            text: "health-assets",
            ok: missing.is_empty(),
            detail: if missing.is_empty() {
                texts.s("health-assets-ok")
            } else {
                texts.a("health-assets-missing", "files", &missing.join(", "))
            },
        },
        HealthCheck {
            text: "health-tls",
            ok: ctx.secure,
            detail: texts.s(if ctx.secure {
                "health-tls-on"
            } else {
                "health-tls-off"
            }),
        },
    ];
    let facts = facts(&ctx);
    let c = visit.chrome(&ctx, texts.s("health-title"), &["office"]);
    page(&HealthPage { c, checks, facts })
}

fn facts(ctx: &Ctx) -> Vec<(&'static str, String)> {
    vec![
        ("health-version", env!("CARGO_PKG_VERSION").to_owned()),
        ("health-public-url", ctx.app.base_url().to_owned()),
        ("health-now", time_text(ctx.now())),
    ]
}
