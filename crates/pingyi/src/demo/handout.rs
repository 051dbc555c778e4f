//! What the demo prints: where to look and how to get in.

use pingyi_testkit::meeting::Prepared;
use serde::Serialize;

use crate::texts::Texts;

/// Slips handed out for trying; the simulated raters hold the others.
const SLIPS: usize = 2;

/// One log-in.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    login: String,
    roles: String,
    password: String,
}

impl Account {
    /// A log-in with its roles.
    pub fn new(login: &str, roles: &str, password: &str) -> Self {
        Self {
            login: login.to_owned(),
            roles: roles.to_owned(),
            password: password.to_owned(),
        }
    }
}

/// Everything to hand out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Handout {
    /// The demo's address.
    pub base_url: String,
    /// Who can sign in.
    pub accounts: Vec<Account>,
    /// Last year's appraisal, archived.
    pub last_year: Option<String>,
    /// This year's, still a draft.
    pub draft: Option<String>,
    /// The one that is going on.
    pub appraisal: Option<String>,
    /// Its hall screen.
    pub hall: Option<String>,
    /// Its slips to try, box by box.
    pub slips: Vec<String>,
    /// Where the simulated tellers sit.
    pub tellers: Vec<String>,
}

impl Handout {
    /// Takes over the addresses of a prepared appraisal.
    pub fn take(&mut self, prepared: &Prepared) {
        self.appraisal = Some(prepared.appraisal.clone());
        self.hall.clone_from(&prepared.hall);
        self.tellers.clone_from(&prepared.teller_links);
        let tried = prepared
            .spare
            .iter()
            .flat_map(|slips| slips.iter().take(SLIPS));
        self.slips = tried.map(|slip| slip.address(&self.base_url)).collect();
    }

    /// For programs: one line of JSON.
    pub fn json(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// For people.
    pub fn told(&self, texts: &Texts) -> String {
        let mut lines = vec![texts.with("cli-demo-open", &[("address", &self.base_url)])];
        for Account {
            login,
            roles,
            password,
        } in &self.accounts
        {
            lines.push(texts.with(
                "cli-demo-account",
                &[("login", login), ("roles", roles), ("password", password)],
            ));
        }
        if let Some(id) = &self.appraisal {
            lines.push(texts.with(
                "cli-demo-appraisal",
                &[("address", &format!("{}/appraisals/{id}", self.base_url))],
            ));
        }
        if let Some(hall) = &self.hall {
            lines.push(texts.with("cli-demo-hall", &[("address", hall)]));
        }
        if !self.slips.is_empty() {
            lines.push(texts.plain("cli-demo-slips"));
            lines.extend(self.slips.iter().map(|slip| format!("  {slip}")));
        }
        lines.push(texts.plain("cli-demo-stop"));
        lines.join("\n")
    }
}
