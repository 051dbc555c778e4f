//! Working the result out: from the opened boxes to scores, rank ranges and the working behind each number.

use pingyi_ballot::decrypt::ElectionResult;
use pingyi_domain::PresenterCode;
use pingyi_domain::config::AppraisalConfig;
use pingyi_scoring::{BoxCounts, Sheet};
use pingyi_store::Conn;
use pingyi_store::repo::boxes::{self, BoxRow};

use crate::appraisal_view::{draw_of, order_of};
use crate::board_records::result_json;
use crate::grades::{Ground, leaders_of};
use crate::loaded::Loaded;
use crate::result_tables::{WorkedOut, tables};
use crate::{App, AppError, Beside, LeadersWorked, Result};

/// All that a result follows from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counted {
    config: AppraisalConfig,
    counts: Vec<BoxCounts>,
    /// Heads of the boards, the seed of the rank ranges.
    heads: Vec<String>,
    order: Vec<PresenterCode>,
    /// What the leaders gave each presenter.
    leaders: Vec<Option<LeadersWorked>>,
}

impl Counted {
    /// Reads it from the boards.
    pub async fn read(conn: &mut Conn, appraisal: &Loaded) -> Result<Self> {
        let rows = boxes::of_appraisal(conn, &appraisal.id).await?;
        let mut counts = Vec::with_capacity(rows.len());
        for row in &rows {
            counts.push(counts_of(conn, &appraisal.config, row).await?);
        }
        let leaders = leaders_of(conn, &appraisal.id, &appraisal.config).await?;
        let draw = draw_of(conn, &appraisal.id).await?;
        Ok(Self {
            config: appraisal.config.clone(),
            counts,
            heads: rows.into_iter().map(|row| row.head).collect(),
            order: order_of(appraisal, draw.as_ref()),
            leaders,
        })
    }

    /// The counts of the boxes, in the order of the categories.
    pub fn counts(&self) -> &[BoxCounts] {
        &self.counts
    }
}

impl Counted {
    /// The scores of all presenters, without rank ranges.
    pub fn sheet(&self) -> Result<Sheet> {
        let scheme = self.config.scoring_scheme();
        let presenters = self.config.presenters.len();
        Sheet::new(&scheme, presenters, &self.counts).map_err(AppError::internal)
    }
}

impl App {
    /// Works result and grades out, on the cores set aside for long work. `ground` is what the record says.
    pub(crate) async fn work_out(&self, counted: Counted, ground: Ground) -> Result<WorkedOut> {
        let work = move || {
            let beside = ground.beside.into_iter().zip(&counted.leaders);
            let beside: Vec<Beside> = beside
                .map(|(beside, leaders)| Beside {
                    leaders: *leaders,
                    ..beside
                })
                .collect();
            let ground = Ground {
                beside,
                on: ground.on,
            };
            let mut worked = tables(&counted.config, &counted.counts, &counted.heads, &ground)?;
            let order = &counted.order;
            worked
                .result
                .tables
                .sort_by_key(|table| order.iter().position(|code| *code == table.code));
            Ok(worked)
        };
        self.0.caster.run_long(work).await?
    }
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
