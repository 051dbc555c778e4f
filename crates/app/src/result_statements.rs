//! The sentences that a result sheet must carry.

use std::collections::BTreeMap;

use pingyi_domain::config::AppraisalConfig;
use pingyi_scoring::{Part, Statement as Said};

use crate::Statement;

/// A sentence by its code, with its numbers.
pub(crate) fn statement(config: &AppraisalConfig, said: &Said, places: u8) -> Statement {
    let mut args = BTreeMap::new();
    let mut put = |name: &str, value: String| args.insert(name.to_owned(), value);
    let (code, category, presenter) = match said {
        Said::CategorySkipped {
            category,
            weight,
            ballots,
            minimum,
        } => {
            put("weight", weight.rounded(places));
            put("ballots", ballots.to_string());
            put("minimum", minimum.to_string());
            ("category_skipped", Some(*category), None)
        }
        Said::CategoryEmpty { category, weight } => {
            put("weight", weight.rounded(places));
            ("category_empty", Some(*category), None)
        }
        Said::CategoryUnopened { category, weight } => {
            put("weight", weight.rounded(places));
            ("category_unopened", Some(*category), None)
        }
        Said::CategoryUnmarked {
            presenter,
            category,
            weight,
        } => {
            put("weight", weight.rounded(places));
            ("category_unmarked", Some(*category), Some(*presenter))
        }
        Said::ItemUnmarked {
            presenter,
            category,
            item,
        } => {
            put("item", config.form.items[*item].label.clone());
            ("item_unmarked", Some(*category), Some(*presenter))
        }
        Said::Redistributed { parts } => {
            put("parts", parts_text(config, parts));
            ("redistributed", None, None)
        }
        Said::RedistributedFor { presenter, parts } => {
            put("parts", parts_text(config, parts));
            ("redistributed_for", None, Some(*presenter))
        }
        Said::NoScore { presenter } => ("no_score", None, Some(*presenter)),
    };
    Statement {
        code: code.to_owned(),
        category: category.map(|place| config.categories[place].code),
        presenter: presenter.map(|place| config.presenters[place].code.clone()),
        args,
    }
}

/// `A 4/7, B 3/7`
fn parts_text(config: &AppraisalConfig, parts: &[Part]) -> String {
    let texts = parts.iter().map(|part| {
        format!(
            "{} {}",
            config.categories[part.category].code,
            part.part.fraction()
        )
    });
    texts.collect::<Vec<_>>().join(", ")
}
