//! The result: from the opened boxes to scores, rank ranges and the working behind each number.

use std::collections::BTreeMap;

use pingyi_ballot::decrypt::ElectionResult;
use pingyi_domain::AppraisalId;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::sha256_hex;
use pingyi_scoring::{
    BoxCounts, Exact, Number, Part, RankRange, Resampling, Sheet, Statement as Said, Step, Term,
    rank_ranges,
};
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::{Conn, Tx};

use crate::appraisal_view::{draw_of, order_of, sheet, verification_of};
use crate::board_records::result_json;
use crate::loaded::{Loaded, category_of, id_of};
use crate::{
    App, AppError, CategoryResult, NamedGrade, NamedItem, RankView, RankingNote, Result,
    ResultTable, ResultView, ScoreView, Statement, VerificationLine, WorkingStep, WorkingTerm,
};

/// Resamplings for the rank ranges.
const RESAMPLINGS: u32 = 2_000;

impl App {
    /// The result, from Counted on; who may see it when is for the route to say
    /// (`state.shows_result()` for everybody).
    ///
    /// # Errors
    /// [`AppError::WrongState`] before Counted.
    pub async fn result(&self, id: &AppraisalId) -> Result<ResultView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        stored_result(&mut view, &appraisal).await
    }

    /// Works the result out when everything has been opened and verified.
    pub(crate) async fn work_out(&self, tx: &mut Tx, appraisal: &Loaded) -> Result<ResultView> {
        let config = appraisal.config.clone();
        let rows = boxes::of_appraisal(tx, &appraisal.id).await?;
        let mut counts = Vec::with_capacity(rows.len());
        for row in &rows {
            counts.push(counts_of(tx, &config, row).await?);
        }
        let heads: Vec<String> = rows.iter().map(|row| row.head.clone()).collect();
        let draw = draw_of(tx, &appraisal.id).await?;
        let order = order_of(appraisal, draw.as_ref());
        let reconciliation = sheet(tx, appraisal, &rows).await?;
        let verification = verification(tx, appraisal, &rows).await?;
        self.0
            .caster
            .run(move || {
                let mut view = tables(&config, &counts, &heads)?;
                view.tables
                    .sort_by_key(|table| order.iter().position(|code| *code == table.code));
                Ok(ResultView {
                    verification,
                    reconciliation,
                    ..view
                })
            })
            .await?
    }
}

/// The stored result with what may have changed beside it.
pub(crate) async fn stored_result(conn: &mut Conn, appraisal: &Loaded) -> Result<ResultView> {
    let stored = documents::get(conn, &appraisal.id, Kind::Result, "").await?;
    let stored: ResultView =
        serde_json::from_str(&stored.ok_or(AppError::internal("counted without result"))?)?;
    let rows = boxes::of_appraisal(conn, &appraisal.id).await?;
    Ok(ResultView {
        reconciliation: sheet(conn, appraisal, &rows).await?,
        verification: verification(conn, appraisal, &rows).await?,
        ..stored
    })
}

async fn verification(
    conn: &mut Conn,
    appraisal: &Loaded,
    rows: &[BoxRow],
) -> Result<Vec<VerificationLine>> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let stored = verification_of(conn, &appraisal.id, row).await?;
        lines.push(match stored {
            Some(line) => line,
            None => VerificationLine {
                r#box: id_of(row),
                category: category_of(row)?,
                status: row.state.clone(),
                checks: Vec::new(),
                findings: Vec::new(),
                head: format!("{} {}", row.height, row.head),
            },
        });
    }
    Ok(lines)
}

/// The counts of a box as scoring takes them: `[presenter][item][grade]`.
async fn counts_of(conn: &mut Conn, config: &AppraisalConfig, row: &BoxRow) -> Result<BoxCounts> {
    let ballots = u64::try_from(row.voters).map_err(AppError::internal)?;
    if row.state != "opened" {
        return Ok(BoxCounts::unopened(ballots));
    }
    let json = result_json(conn, row)
        .await?
        .ok_or(AppError::internal("an opened box without result"))?;
    let result: ElectionResult = serde_json::from_str(&json)?;
    let rows: Vec<Vec<u64>> = result
        .result
        .iter()
        .map(|row| row.iter().map(|count| count.get()).collect())
        .collect();
    let marks = rows
        .chunks(config.form.items.len())
        .map(<[Vec<u64>]>::to_vec)
        .collect();
    Ok(BoxCounts {
        ballots,
        marks: Some(marks),
    })
}

fn tables(config: &AppraisalConfig, counts: &[BoxCounts], heads: &[String]) -> Result<ResultView> {
    let scheme = config.scoring_scheme();
    let places = config.scheme.places;
    let scored =
        Sheet::new(&scheme, config.presenters.len(), counts).map_err(AppError::internal)?;
    let seed = sha256_hex(format!("pingyi-ranks-v1|{}", heads.join("|")).as_bytes());
    let bytes = data_encoding::HEXLOWER
        .decode(seed.as_bytes())
        .map_err(AppError::internal)?;
    let resampling = Resampling {
        times: RESAMPLINGS,
        seed: bytes.as_slice().try_into().map_err(AppError::internal)?,
    };
    let ranges = rank_ranges(&scheme, counts, &scored, resampling).map_err(AppError::internal)?;
    let tables = (0..config.presenters.len())
        .map(|presenter| table(config, &scored, counts, &ranges, presenter, places))
        .collect();
    Ok(ResultView {
        title: config.title.clone(),
        places,
        items: config
            .form
            .items
            .iter()
            .map(|item| NamedItem {
                code: item.code.clone(),
                label: item.label.clone(),
                weight: item.weight.fraction(),
            })
            .collect(),
        grades: config
            .form
            .grades
            .iter()
            .map(|grade| NamedGrade {
                code: grade.code.clone(),
                label: grade.label.clone(),
                value: grade.value.as_ref().map(Exact::fraction),
            })
            .collect(),
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
        reconciliation: pingyi_domain::reconciliation::Sheet::new(Vec::new(), config.scheme.quorum),
    })
}

fn number(number: &Number) -> ScoreView {
    ScoreView {
        fraction: number.fraction.clone(),
        decimal: number.decimal.clone(),
        shown: number.shown.clone(),
    }
}

fn exact(value: Option<&Exact>, places: u8) -> Option<ScoreView> {
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
        proposed: proposed(config, found.score.as_ref()),
        categories: categories.collect(),
        working: steps.iter().map(|step| working(config, step)).collect(),
    }
}

/// The grade whose cut point the score reaches first, best first.
fn proposed(config: &AppraisalConfig, score: Option<&Exact>) -> Option<String> {
    let score = score?;
    config
        .scheme
        .cuts
        .iter()
        .find(|cut| *score >= cut.from)
        .map(|cut| cut.label.clone())
}

fn working(config: &AppraisalConfig, step: &Step) -> WorkingStep {
    let (name, category, item, (sum, divisor, value)) = match step {
        Step::ItemMean {
            category,
            item,
            sum,
            divisor,
            mean,
            ..
        } => (
            "item_mean",
            Some(*category),
            Some(*item),
            (sum, divisor, mean),
        ),
        Step::CategoryMean {
            category,
            sum,
            divisor,
            mean,
            ..
        } => ("category_mean", Some(*category), None, (sum, divisor, mean)),
        Step::Score {
            sum,
            divisor,
            score,
            ..
        } => ("ballot_score", None, None, (sum, divisor, score)),
    };
    WorkingStep {
        step: name.to_owned(),
        category: category.map(|place| config.categories[place].code),
        item: item.map(|place| config.form.items[place].code.clone()),
        terms: terms_of(config, step),
        numerator: sum.fraction.clone(),
        denominator: divisor.fraction.clone(),
        value: Some(number(value)),
    }
}

/// Counts weigh the grades' points; weights weigh the means.
fn terms_of(config: &AppraisalConfig, step: &Step) -> Vec<WorkingTerm> {
    match step {
        Step::ItemMean { terms, .. } => terms
            .iter()
            .map(|term| {
                let grade = &config.form.grades[term.of];
                WorkingTerm {
                    code: grade.code.to_string(),
                    label: grade.label.clone(),
                    weight: term.number.fraction.clone(),
                    value: term.factor.fraction.clone(),
                }
            })
            .collect(),
        Step::CategoryMean { terms, .. } => weighed(terms, |of| {
            let item = &config.form.items[of];
            (item.code.to_string(), item.label.clone())
        }),
        Step::Score { terms, .. } => weighed(terms, |of| {
            let category = &config.categories[of];
            (category.code.to_string(), category.label.clone())
        }),
    }
}

fn weighed(terms: &[Term], name: impl Fn(usize) -> (String, String)) -> Vec<WorkingTerm> {
    let term = |term: &Term| {
        let (code, label) = name(term.of);
        let (weight, value) = (term.factor.fraction.clone(), term.number.fraction.clone());
        WorkingTerm {
            code,
            label,
            weight,
            value,
        }
    };
    terms.iter().map(term).collect()
}

fn statement(config: &AppraisalConfig, said: &Said, places: u8) -> Statement {
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
