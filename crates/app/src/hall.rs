//! The hall screen.

use pingyi_domain::PresenterCode;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::followup::LastYears;
use pingyi_domain::stage::{Shown, Stage};
use pingyi_store::Conn;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::decks::ShownHead;
use pingyi_store::repo::slides;

use crate::appraisal_view::{draw_of, label_of, order_of, roll_counts, sheet, stage_of};
use crate::board::{Reader, seen_by};
use crate::followup::last_year_fixed;
use crate::loaded::{Loaded, category_of};
use crate::reports::shown_heads;
use crate::result::stored_result;
use crate::{
    AgendaLine, App, AppError, GradeCount, HallCountdown, HallDeck, HallHead, HallLastYear,
    HallResult, HallSeat, HallStage, HallView, Result, ResultTable, ResultView, TurnoutLine,
};

impl App {
    /// Everything the hall screen may show now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hall_view(&self, seat: &HallSeat) -> Result<HallView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, &seat.appraisal).await?;
        let rows = boxes::of_appraisal(&mut view, &seat.appraisal).await?;
        let stage = stage_of(&mut view, &appraisal).await?;
        let draw = draw_of(&mut view, &seat.appraisal).await?;
        let order = order_of(&appraisal, draw.as_ref());
        let results = if appraisal.state.shows_result() {
            let result = stored_result(&mut view, &appraisal).await?;
            Some(shown(&appraisal.config, &result, stage.results))
        } else {
            None
        };
        let files = slides::codes(&mut view, &seat.appraisal).await?;
        let decks = shown_heads(&mut view, &seat.appraisal).await?;
        let last_year = last_year(&mut view, &appraisal, &stage).await?;
        Ok(HallView {
            title: appraisal.config.title.clone(),
            rehearsal: appraisal.is_rehearsal(),
            state: appraisal.state_name(),
            agenda: agenda(&appraisal.config, &order, &stage),
            turnout: turnout(&mut view, &appraisal, &rows).await?,
            results,
            results_total: appraisal.config.presenters.len(),
            heads: heads(&mut view, &appraisal, &rows).await?,
            draw,
            stage: HallStage {
                last_year,
                ..self.hall_stage(stage, &files, &decks)
            },
        })
    }

    fn hall_stage(&self, stage: Stage, files: &[String], decks: &[ShownHead]) -> HallStage {
        let has_slides = stage
            .presenter
            .as_ref()
            .is_some_and(|code| files.iter().any(|file| file == code.as_str()));
        let slides_url = stage
            .presenter
            .as_ref()
            .filter(|_| has_slides)
            .map(|code| format!("/api/hall/slides/{code}"));
        let deck = stage.presenter.as_ref().filter(|_| !has_slides);
        let deck = deck.and_then(|code| {
            let head = decks.iter().find(|head| head.presenter == code.as_str())?;
            Some(HallDeck {
                url: format!("/api/hall/decks/{code}"),
                hash: head.hash.clone(),
            })
        });
        HallStage {
            scene: stage.scene,
            slide: stage.slide,
            slides_url,
            deck,
            countdown: HallCountdown {
                seconds_left: stage.countdown.seconds_left(self.millis()),
                running: stage.countdown.running(),
            },
            presenter: stage.presenter,
            last_year: None,
        }
    }
}

/// Last year's list of who is on.
async fn last_year(
    conn: &mut Conn,
    appraisal: &Loaded,
    stage: &Stage,
) -> Result<Option<HallLastYear>> {
    let Some(presenter) = &stage.presenter else {
        return Ok(None);
    };
    let Some(text) = last_year_fixed(conn, &appraisal.id).await? else {
        return Ok(None);
    };
    let lists: LastYears = serde_json::from_str(&text)?;
    Ok(lists.get(presenter).map(|list| HallLastYear {
        year: list.year,
        listed: list.listed,
        closed: list.closed,
    }))
}

fn agenda(config: &AppraisalConfig, order: &[PresenterCode], stage: &Stage) -> Vec<AgendaLine> {
    let lines = order.iter().filter_map(|code| config.presenter(code));
    lines
        .map(|presenter| AgendaLine {
            code: presenter.code.clone(),
            title: presenter.title.clone(),
            unit: presenter.unit.clone(),
            done: stage.done.contains(&presenter.code),
            now: stage.presenter.as_ref() == Some(&presenter.code)
                && !stage.done.contains(&presenter.code),
        })
        .collect()
}

async fn turnout(conn: &mut Conn, appraisal: &Loaded, rows: &[BoxRow]) -> Result<Vec<TurnoutLine>> {
    let sheet = sheet(conn, appraisal, rows).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let category = category_of(row)?;
        let entered = sheet
            .lines
            .iter()
            .find(|line| line.category == category)
            .and_then(|line| line.issued);
        let issued = if let Some(issued) = entered {
            i64::from(issued)
        } else {
            let counts = roll_counts(conn, row).await?;
            counts.phone + counts.paper
        };
        lines.push(TurnoutLine {
            category,
            label: label_of(appraisal, category),
            issued,
            ballots: row.voters,
        });
    }
    Ok(lines)
}

/// The heads that the public boards show.
async fn heads(conn: &mut Conn, appraisal: &Loaded, rows: &[BoxRow]) -> Result<Vec<HallHead>> {
    let mut heads = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| row.height >= 0) {
        let row = seen_by(conn, Reader::Anybody, appraisal, row.clone()).await?;
        heads.push(HallHead {
            category: category_of(&row)?,
            height: row.height,
            hash: row.head,
        });
    }
    Ok(heads)
}

/// The results in the order of announcement, which is the order of the meeting; as many as the chair has shown.
fn shown(config: &AppraisalConfig, result: &ResultView, shown: Shown) -> Vec<HallResult> {
    let number = match shown {
        Shown::All => result.tables.len(),
        Shown::Some { shown } => usize::try_from(shown).unwrap_or(usize::MAX),
    };
    result
        .tables
        .iter()
        .take(number)
        .map(|table| hall_result(config, table))
        .collect()
}

fn hall_result(config: &AppraisalConfig, table: &ResultTable) -> HallResult {
    let distribution = config
        .form
        .grades
        .iter()
        .enumerate()
        .map(|(place, grade)| GradeCount {
            code: grade.code.clone(),
            label: grade.label.clone(),
            abstain: grade.abstain,
            count: table
                .categories
                .iter()
                .flat_map(|category| &category.counts)
                .filter_map(|row| row.get(place))
                .sum(),
        });
    HallResult {
        code: table.code.clone(),
        title: table.title.clone(),
        unit: table.unit.clone(),
        score: table.score.clone(),
        rank: table.rank.clone(),
        distribution: distribution.collect(),
    }
}

/// A presenter's code from an address.
///
/// # Errors
/// [`AppError::NotFound`] when it is none.
pub fn presenter_code(text: &str) -> Result<PresenterCode> {
    text.parse().map_err(|_| AppError::NotFound)
}
