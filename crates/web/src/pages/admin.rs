//! Users, the audit trail, health.

use askama::Template;

use super::record::UnitChoice;
use super::sample::{Sample, chrome_in};
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::roles::{self, Role};

/// A role as a form shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleLine(pub Role);

impl RoleLine {
    /// All roles.
    #[must_use]
    pub fn all() -> Vec<Self> {
        Role::ALL.into_iter().map(Self).collect()
    }

    /// Name on the wire.
    #[must_use]
    pub const fn wire(&self) -> &'static str {
        self.0.as_str()
    }

    /// Id of its name.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        roles::text(self.0)
    }

    /// Id of what it may do.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        roles::hint(self.0)
    }
}

/// A user in the list.
#[derive(Debug, Clone)]
pub struct UserLine {
    /// Id.
    pub id: String,
    /// Log-in name.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// Roles.
    pub roles: Vec<RoleLine>,
    /// Whether the user can sign in.
    pub active: bool,
    /// Id of the unit the user keeps or reports for; empty for none.
    pub unit: String,
}

impl UserLine {
    /// Whether the user has the role.
    #[must_use]
    pub fn has(&self, role: &RoleLine) -> bool {
        self.roles.contains(role)
    }
}

/// Users.
#[derive(Debug, Clone, Template)]
#[template(path = "users.html")]
pub struct UsersPage {
    /// Frame.
    pub c: Chrome,
    /// All users.
    pub users: Vec<UserLine>,
    /// All roles.
    pub roles: Vec<RoleLine>,
    /// All units, for the choice.
    pub units: Vec<UnitChoice>,
}

impl UsersPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let user = |id: &str, login: &str, name: [&str; 2], roles: &[Role], active| UserLine {
            id: id.to_owned(),
            login: login.to_owned(),
            name: name[usize::from(lang == Lang::En)].to_owned(),
            roles: roles.iter().copied().map(RoleLine).collect(),
            active,
            unit: String::new(),
        };
        let users = vec![
            user(
                "u1",
                "admin",
                ["管理员", "Administrator"],
                &[Role::Admin, Role::Organiser],
                true,
            ),
            user(
                "u2",
                "shuji",
                ["街道党工委书记", "Secretary of the working committee"],
                &[Role::Leader],
                true,
            ),
            user(
                "u3",
                "shenji",
                ["审计组", "Audit group"],
                &[Role::Auditor],
                false,
            ),
        ];
        let c = chrome_in(lang, "users-title", "/admin/users", &["office"]);
        vec![Sample::new(
            "users",
            Self {
                c,
                users,
                roles: RoleLine::all(),
                units: super::record::unit_choices(lang),
            }
            .render(),
        )]
    }
}

/// The appraisal whose trail it is.
#[derive(Debug, Clone)]
pub struct Back {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// An entry of the audit trail.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// Number from 1.
    pub number: i64,
    /// Time as written.
    pub time: String,
    /// Who.
    pub actor: String,
    /// Name of what was done.
    pub action: String,
    /// About what, and details.
    pub detail: String,
    /// The beginning of its hash.
    pub hash: String,
}

impl AuditLine {
    /// The beginning of details too long for a row; the whole unfolds.
    #[must_use]
    pub fn short(&self) -> Option<String> {
        const ROOM: usize = 60;
        let start: String = self.detail.chars().take(ROOM).collect();
        (start.len() < self.detail.len()).then(|| format!("{start}…"))
    }
}

/// The audit trail.
#[derive(Debug, Clone, Template)]
#[template(path = "audit.html")]
pub struct AuditPage {
    /// Frame.
    pub c: Chrome,
    /// The appraisal, when it is the trail of one.
    pub back: Option<Back>,
    /// Newest first.
    pub rows: Vec<AuditLine>,
    /// Where the whole can be downloaded.
    pub export: String,
    /// Where older entries are.
    pub older: Option<String>,
}

impl AuditPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let rows: Vec<_> = [
            (3, "09:31:02", "admin", "open", "a1", "9f41c2d07be3"),
            (
                2,
                "09:02:44",
                "admin",
                "seal",
                "a1 · heads A 0 5f2c…",
                "41aa07cc12d9",
            ),
            (1, "08:40:10", "system", "setup", "u1", "07bd5512ffe0"),
        ]
        .into_iter()
        .map(|(number, time, actor, action, detail, hash)| AuditLine {
            number,
            time: format!("2026-11-23 {time}"),
            actor: actor.to_owned(),
            action: action.to_owned(),
            detail: detail.to_owned(),
            hash: hash.to_owned(),
        })
        .collect();
        let page = |path: &str, back, rows, older| {
            let c = chrome_in(lang, "audit-title", path, &["office"]);
            Self {
                c,
                back,
                rows,
                export: "/api/audit.jsonl".to_owned(),
                older,
            }
            .render()
        };
        let title = super::appraisal_samples::title(lang).to_owned();
        vec![
            Sample::new(
                "audit",
                page(
                    "/admin/audit",
                    None,
                    rows.clone(),
                    Some("?before=1".to_owned()),
                ),
            ),
            Sample::new(
                "audit-appraisal",
                page(
                    "/appraisals/a1/audit",
                    Some(Back {
                        id: "a1".to_owned(),
                        title,
                    }),
                    rows,
                    None,
                ),
            ),
            Sample::new("audit-empty", page("/admin/audit", None, vec![], None)),
        ]
    }
}

/// One thing looked at.
#[derive(Debug, Clone)]
pub struct HealthCheck {
    /// Id of its name.
    pub text: &'static str,
    /// Whether it is well.
    pub ok: bool,
    /// In words.
    pub detail: String,
}

/// Health.
#[derive(Debug, Clone, Template)]
#[template(path = "health.html")]
pub struct HealthPage {
    /// Frame.
    pub c: Chrome,
    /// What was looked at.
    pub checks: Vec<HealthCheck>,
    /// Facts: id of the name, value.
    pub facts: Vec<(&'static str, String)>,
}

impl HealthPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let c = chrome_in(lang, "health-title", "/admin/health", &["office"]);
        let checks = vec![
            HealthCheck {
                text: "health-database",
                ok: true,
                detail: c.s("health-database-ok"),
            },
            HealthCheck {
                text: "health-audit",
                ok: true,
                detail: c.n("health-audit-ok", 214),
            },
            HealthCheck {
                text: "health-files",
                ok: false,
                detail: c.n("health-files-missing", 2),
            },
            HealthCheck {
                text: "health-assets",
                ok: false,
                detail: c.a("health-assets-missing", "files", "hall.js"),
            },
            HealthCheck {
                text: "health-tls",
                ok: false,
                detail: c.s("health-tls-off"),
            },
        ];
        let facts = vec![
            ("health-version", "0.1.0".to_owned()),
            ("health-engine", "SQLite".to_owned()),
            ("health-public-url", "http://192.168.1.20:8080".to_owned()),
            ("health-now", "2026-11-23 09:31:02".to_owned()),
        ];
        vec![Sample::new("health", Self { c, checks, facts }.render())]
    }
}
