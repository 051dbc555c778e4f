//! Opinions after the urn has been opened (contract §6): grouped by presenter, without any trace of who wrote what.

use serde::{Deserialize, Serialize};

use crate::codes::PresenterCode;
use crate::config::AppraisalConfig;

/// The most bytes of an opinion's plaintext JSON.
pub const MAX_PLAINTEXT: usize = 1_200;

/// What one sealed entry holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plaintext {
    /// On whom.
    pub p: PresenterCode,
    /// The text; empty where the rater wrote nothing, for every bundle has one entry for each presenter.
    pub t: String,
}

/// The opinions on one presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenterOpinions {
    /// On whom.
    pub presenter: PresenterCode,
    /// The texts, in an order that says nothing: sorted.
    pub texts: Vec<String>,
}

/// All opinions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionSheet {
    /// In the order of the configuration.
    pub presenters: Vec<PresenterOpinions>,
    /// Entries without a text.
    pub empty: u64,
    /// Entries that did not open, are no opinion, or are about nobody.
    pub unreadable: u64,
}

impl OpinionSheet {
    /// Groups opened entries; `None` stands for one that did not open.
    #[must_use]
    pub fn new(
        config: &AppraisalConfig,
        entries: impl IntoIterator<Item = Option<String>>,
    ) -> Self {
        let blank = |code| PresenterOpinions {
            presenter: code,
            texts: Vec::new(),
        };
        let mut sheet = Self {
            presenters: config.order_as_entered().into_iter().map(blank).collect(),
            empty: 0,
            unreadable: 0,
        };
        for entry in entries {
            sheet.add(entry);
        }
        for opinions in &mut sheet.presenters {
            opinions.texts.sort_unstable();
        }
        sheet
    }

    fn add(&mut self, entry: Option<String>) {
        let read = entry
            .filter(|json| json.len() <= MAX_PLAINTEXT)
            .and_then(|json| serde_json::from_str::<Plaintext>(&json).ok());
        let Some((plaintext, opinions)) = read.and_then(|plaintext| {
            let found = self
                .presenters
                .iter_mut()
                .find(|opinions| opinions.presenter == plaintext.p)?;
            Some((plaintext, found))
        }) else {
            self.unreadable += 1;
            return;
        };
        let text = plaintext.t.trim();
        if text.is_empty() {
            self.empty += 1;
        } else {
            opinions.texts.push(text.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Presenter;

    #[test]
    fn opinions_are_grouped_sorted_and_what_is_none_is_counted() {
        let presenters = ["p1", "p2"]
            .map(|code| Presenter {
                code: code.parse().unwrap(),
                title: code.to_owned(),
                unit: String::new(),
                unit_id: None,
            })
            .to_vec();
        let config = AppraisalConfig {
            presenters,
            ..AppraisalConfig::starting(2018)
        };
        let long = format!(r#"{{"p":"p1","t":"{}"}}"#, "长".repeat(400));
        let entries = [
            Some(r#"{"p":"p2","t":" 走访少 "}"#),
            Some(r#"{"p":"p1","t":"台账不全"}"#),
            Some(r#"{"p":"p2","t":"务实"}"#),
            Some(r#"{"p":"p1","t":"\n"}"#),
            Some(r#"{"p":"p9","t":"谁"}"#),
            Some(r#"{"p":"p1","t":"x","from":"me"}"#),
            Some("garbage"),
            Some(long.as_str()),
            None,
        ];
        let sheet = OpinionSheet::new(&config, entries.map(|entry| entry.map(str::to_owned)));
        assert_eq!(sheet.presenters[0].texts, ["台账不全"]);
        assert_eq!(sheet.presenters[1].texts, ["务实", "走访少"]);
        assert_eq!((sheet.empty, sheet.unreadable), (1, 5));
    }
}
