//! The tables of a result: scores, means and rank ranges of each presenter.

use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::sha256_hex;
use pingyi_scoring::{
    BoxCounts, Exact, Number, RankRange, Resampling, Sheet, composite_ranges, rank_ranges,
};

use crate::grades::{Ground, grades_of, known};
use crate::result_statements::statement;
use crate::result_working::working;
use crate::{
    AppError, CategoryResult, GradesWorked, NamedGrade, NamedItem, RankView, RankingNote, Result,
    ResultTable, ResultView, ScoreView,
};

/// Resamplings for the rank ranges.
const RESAMPLINGS: u32 = 2_000;

/// What is stored at the count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WorkedOut {
    pub result: ResultView,
    pub grades: GradesWorked,
}

/// Everything that follows from the counts and from what is known beside them; verification and reconciliation are added
/// when it is shown.
pub(crate) fn tables(
    config: &AppraisalConfig,
    counts: &[BoxCounts],
    heads: &[String],
    ground: &Ground,
) -> Result<WorkedOut> {
    let method = config.method();
    let scheme = &method.scheme;
    let places = config.scheme.places;
    let full = method.full().map_err(AppError::internal)?;
    let known = known(full, counts, &ground.beside);
    let outcome = method.outcome(&known).map_err(AppError::internal)?;
    let scored = &outcome.sheet;
    let seed = sha256_hex(format!("pingyi-ranks-v1|{}", heads.join("|")).as_bytes());
    let bytes = data_encoding::HEXLOWER
        .decode(seed.as_bytes())
        .map_err(AppError::internal)?;
    let resampling = Resampling {
        times: RESAMPLINGS,
        seed: bytes.as_slice().try_into().map_err(AppError::internal)?,
    };
    let ranges = rank_ranges(scheme, counts, scored, resampling).map_err(AppError::internal)?;
    let composites = if config.scheme.composite.is_ballot_only() {
        ranges.clone()
    } else {
        composite_ranges(scheme, counts, &outcome.composite, resampling)
            .map_err(AppError::internal)?
    };
    let grades = grades_of(config, ground, &outcome, &composites)?;
    let tables = (0..config.presenters.len())
        .map(|presenter| ResultTable {
            proposed: grades.proposed(presenter),
            ..table(config, scored, counts, &ranges, presenter, places)
        })
        .collect();
    let result = ResultView {
        title: config.title.clone(),
        places,
        items: named_items(config),
        grades: named_grades(config),
        tables,
        statements: scored
            .statements
            .iter()
            .map(|said| statement(config, said, places))
            .collect(),
        ranking: RankingNote {
            method: "resampling_within_category".to_owned(),
            resamplings: RESAMPLINGS,
            seed,
            level: 95,
        },
        verification: Vec::new(),
        trail: None,
        reconciliation: pingyi_domain::reconciliation::Sheet::new(Vec::new(), config.scheme.quorum),
    };
    Ok(WorkedOut { result, grades })
}

fn named_items(config: &AppraisalConfig) -> Vec<NamedItem> {
    let items = config.form.items.iter().map(|item| NamedItem {
        code: item.code.clone(),
        label: item.label.clone(),
        weight: item.weight.fraction(),
    });
    items.collect()
}

fn named_grades(config: &AppraisalConfig) -> Vec<NamedGrade> {
    let grades = config.form.grades.iter().map(|grade| NamedGrade {
        code: grade.code.clone(),
        label: grade.label.clone(),
        value: grade.value.as_ref().map(Exact::fraction),
    });
    grades.collect()
}

/// A number in its three spellings.
pub(crate) fn number(number: &Number) -> ScoreView {
    ScoreView {
        fraction: number.fraction.clone(),
        decimal: number.decimal.clone(),
        shown: number.shown.clone(),
    }
}

pub(crate) fn exact(value: Option<&Exact>, places: u8) -> Option<ScoreView> {
    value.map(|value| number(&value.number(places)))
}

fn table(
    config: &AppraisalConfig,
    scored: &Sheet,
    counts: &[BoxCounts],
    ranges: &[Option<RankRange>],
    presenter: usize,
    places: u8,
) -> ResultTable {
    let found = &scored.presenters[presenter];
    let named = &config.presenters[presenter];
    let categories = config
        .categories
        .iter()
        .enumerate()
        .map(|(place, category)| {
            let part = &found.categories[place];
            let marks = counts[place]
                .marks
                .as_ref()
                .map(|marks| marks[presenter].clone());
            CategoryResult {
                code: category.code,
                label: category.label.clone(),
                weight: category.weight.fraction(),
                counts_in_score: part.mean.is_some(),
                counts: marks.unwrap_or_default(),
                item_means: part
                    .items
                    .iter()
                    .map(|item| exact(item.mean.as_ref(), places))
                    .collect(),
                mean: exact(part.mean.as_ref(), places),
            }
        });
    let rank = found
        .rank
        .zip(ranges[presenter])
        .map(|(rank, range)| RankView {
            from: range.from,
            to: range.to,
            rank: rank.place,
            group: range.group,
        });
    let steps = scored.working(&config.scoring_scheme(), presenter, places);
    ResultTable {
        code: named.code.clone(),
        title: named.title.clone(),
        unit: named.unit.clone(),
        score: exact(found.score.as_ref(), places),
        rank,
        proposed: None,
        categories: categories.collect(),
        working: steps.iter().map(|step| working(config, step)).collect(),
    }
}
