//! The rules of an appraisal's grades in sentences.

use pingyi_app::{AppraisalConfig, Cap, Exact, FloorRule, ItemCode, Source, Ties};

use crate::lang::Texts;

/// The name of a source.
pub(super) fn source(texts: Texts, name: &str) -> String {
    texts.s(&format!("grades-source-{name}"))
}

/// What is in force, a sentence each.
pub(super) fn rules(texts: Texts, config: &AppraisalConfig) -> Vec<String> {
    let scheme = &config.scheme;
    let weights = scheme.composite.scheme();
    let used = Source::ALL
        .into_iter()
        .filter(|&source| scheme.composite.uses(source));
    let parts: Vec<String> = used
        .map(|one| format!("{} {}", source(texts, one.name()), weights.weight(one)))
        .collect();
    let mut said = vec![texts.a("grades-rule-composite", "parts", &texts.list(&parts))];
    if scheme.cuts.is_empty() {
        said.push(texts.s("grades-rule-none"));
        return said;
    }
    let cuts: Vec<String> = scheme
        .cuts
        .iter()
        .map(|cut| format!("{} ≥ {}", cut.label, cut.from))
        .collect();
    said.push(texts.a("grades-rule-cuts", "cuts", &texts.list(&cuts)));
    let first = &scheme.cuts[0].label;
    if let Some(cap) = &scheme.cap {
        let (id, value) = match cap {
            Cap::Share(share) => ("grades-rule-cap-share", share.to_string()),
            Cap::Number(number) => ("grades-rule-cap-number", number.to_string()),
        };
        said.push(texts.with_map(id, [("grade", first.as_str()), ("cap", &value)]));
        said.push(texts.s(match scheme.ties {
            Ties::Open => "grades-rule-ties-open",
            Ties::AllIn => "grades-rule-ties-in",
        }));
    }
    said.extend(scheme.floors.iter().map(|rule| floor(texts, config, rule)));
    said
}

/// A floor in a sentence.
pub(super) fn floor(texts: Texts, config: &AppraisalConfig, rule: &FloorRule) -> String {
    match rule {
        FloorRule::Marks {
            item,
            best,
            below,
            at_most,
        } => {
            let best = usize::try_from(*best).unwrap_or(usize::MAX);
            let grades: Vec<&str> = config
                .form
                .grades
                .iter()
                .take(best)
                .map(|grade| grade.label.as_str())
                .collect();
            let named = |code: &ItemCode| config.form.items.iter().find(|item| item.code == *code);
            let item = item.as_ref().and_then(named);
            let item = item.map_or_else(|| texts.s("grades-all-items"), |item| item.label.clone());
            texts.with_map(
                "grades-rule-floor-marks",
                [
                    ("item", item.as_str()),
                    ("grades", &grades.join("+")),
                    ("below", &below.to_string()),
                    ("grade", at_most),
                ],
            )
        }
        FloorRule::Points {
            source: from,
            below,
            at_most,
        } => texts.with_map(
            "grades-rule-floor-points",
            [
                ("source", source(texts, from.name()).as_str()),
                ("below", &below.to_string()),
                ("grade", at_most),
            ],
        ),
    }
}

/// An exact number with its decimal where that does not say it all: `128229/1400 = 91.592143`.
pub(super) fn exact(number: &Exact) -> String {
    const DECIMALS: u8 = 6;
    match number.terminating() {
        Some(decimal) if decimal.len() <= 9 => decimal,
        _ => format!("{} = {}", number.fraction(), number.rounded(DECIMALS)),
    }
}
