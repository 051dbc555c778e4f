//! What the demo prints: where to look and how to get in.

use pingyi_testkit::meeting::Prepared;
use pingyi_testkit::setting::Setting;
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
    /// Whether the raters are simulated too, or the meeting is a rehearsal for those who watch.
    pub simulated: bool,
    /// The category of each slip.
    #[serde(skip)]
    pub categories: Vec<char>,
}

impl Handout {
    /// Takes over the addresses of a prepared appraisal.
    pub fn take(&mut self, prepared: &Prepared, setting: &Setting) {
        self.appraisal = Some(prepared.appraisal.clone());
        self.hall.clone_from(&prepared.hall);
        self.tellers.clone_from(&prepared.teller_links);
        for (category, slips) in setting.categories.iter().zip(&prepared.spare) {
            for slip in slips.iter().take(SLIPS) {
                self.categories.push(category.code);
                self.slips.push(slip.address(&self.base_url));
            }
        }
    }

    /// For programs: one line of JSON.
    pub fn json(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// For people: four short lists, each line within 80 columns on the usual address.
    pub fn told(&self, texts: &Texts) -> String {
        let mut lines = vec![texts.plain("cli-demo-open"), String::new()];
        lines.extend(self.addresses(texts));
        lines.extend([String::new(), texts.plain("cli-demo-accounts")]);
        lines.extend(self.log_ins(texts));
        if !self.slips.is_empty() {
            lines.extend([String::new(), texts.plain("cli-demo-slips")]);
            let slips = self.categories.iter().zip(&self.slips);
            lines.extend(slips.map(|(category, slip)| format!("  {category}  {slip}")));
        }
        lines.extend([String::new(), texts.plain("cli-demo-stop")]);
        lines.join("\n")
    }

    fn addresses(&self, texts: &Texts) -> Vec<String> {
        let page = |id: &String| format!("{}/appraisals/{id}", self.base_url);
        let this_year = if self.simulated {
            "cli-demo-this-year"
        } else {
            "cli-demo-rehearsal"
        };
        let rows = [
            ("cli-demo-start", Some(self.base_url.clone())),
            ("cli-demo-last-year", self.last_year.as_ref().map(page)),
            ("cli-demo-draft", self.draft.as_ref().map(page)),
            (this_year, self.appraisal.as_ref().map(page)),
            ("cli-demo-hall", self.hall.clone()),
        ];
        let rows: Vec<[String; 2]> = rows
            .into_iter()
            .filter_map(|(label, address)| Some([texts.plain(label), address?]))
            .collect();
        table(&rows)
    }

    fn log_ins(&self, texts: &Texts) -> Vec<String> {
        let role = |role: &str| texts.plain(&format!("cli-role-{role}"));
        let rows: Vec<[String; 3]> = self
            .accounts
            .iter()
            .map(|account| {
                let roles: Vec<String> = account.roles.split(' ').map(role).collect();
                let roles = roles.join(&texts.plain("cli-demo-and"));
                [account.login.clone(), account.password.clone(), roles]
            })
            .collect();
        table(&rows)
    }
}

/// Rows with their columns one under the other.
fn table<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widest = |column: usize| {
        rows.iter()
            .map(|row| width(&row[column]))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(widest).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths);
        let cells = cells.map(|(cell, wide)| format!("  {cell}{}", " ".repeat(wide - width(cell))));
        cells.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// Columns of a terminal: a Chinese character or full-width sign takes two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c >= '\u{2e80}' { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    fn handout() -> Handout {
        let id = "crecy9ufkg44pd2a";
        let base_url = "http://127.0.0.1:8080".to_owned();
        Handout {
            accounts: vec![
                Account::new("organiser", "admin organiser", "pingyi-demo"),
                Account::new("leader", "leader", "pingyi-demo"),
                Account::new("recorder", "recorder", "pingyi-demo"),
                Account::new("auditor", "auditor", "pingyi-demo"),
            ],
            last_year: Some(id.to_owned()),
            draft: Some(id.to_owned()),
            appraisal: Some(id.to_owned()),
            hall: Some(format!("{base_url}/hall#YL2aAxC8Jm6cY5fpu6nZVkRiwZac26xT")),
            slips: vec![format!(
                "{base_url}/b/cWjcp5H48AxS5Z#naDNo-1eAZxB-ytCnt-zu2e8h"
            )],
            categories: vec!['A'],
            base_url,
            ..Handout::default()
        }
    }

    #[test]
    fn everything_is_told_within_80_columns_one_under_the_other() {
        for language in [Language::Chinese, Language::English] {
            for simulated in [false, true] {
                let told = Handout {
                    simulated,
                    ..handout()
                }
                .told(&Texts::new(language));
                assert!(told.lines().all(|line| width(line) <= 80), "{told}");
                assert!(!told.contains("cli-"), "{told}");
                assert_eq!(told.matches("/appraisals/").count(), 3, "{told}");
                assert_eq!(told.matches("pingyi-demo").count(), 4, "{told}");
                let columns = |what: &str| -> Vec<usize> {
                    let lines = told.lines().filter_map(|line| line.split_once(what));
                    lines.map(|(before, _)| width(before)).collect()
                };
                let addresses = columns("http://");
                let (slip, pages) = addresses.split_last().unwrap();
                assert_eq!(*slip, 5);
                assert!(pages.iter().all(|column| *column == pages[0]), "{told}");
                let passwords = columns("pingyi-demo");
                assert!(passwords.iter().all(|column| *column == passwords[0]));
            }
        }
    }
}
