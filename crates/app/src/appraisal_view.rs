//! The appraisal as the office sees it.

use std::collections::BTreeMap;

use pingyi_domain::appraisal::State;
use pingyi_domain::reconciliation::{Board, Counted, Line, Sheet};
use pingyi_domain::stage::Stage;
use pingyi_domain::{AppraisalId, CategoryCode, PresenterCode};
use pingyi_store::Conn;
use pingyi_store::repo::boxes::BoxRow;
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::{ballots, boxes, opinions, roll, shares, slides, tokens};

use crate::ceremony::Messages;
use crate::loaded::{Loaded, category_of, ceremony_begun, id_of};
use crate::{
    App, AppError, AppraisalView, BoxLine, Draw, Result, RollCounts, TellerLine, VerificationLine,
};

impl App {
    /// Everything about one appraisal.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn appraisal(&self, id: &AppraisalId) -> Result<AppraisalView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        let rows = boxes::of_appraisal(&mut view, id).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            lines.push(box_line(&mut view, &appraisal, row).await?);
        }
        let begun = ceremony_begun(&mut view, id).await?;
        let draw = draw_of(&mut view, id).await?;
        let next = appraisal
            .state
            .next(|_| true, appraisal.is_rehearsal(), begun);
        let comments = documents::of_kind(&mut view, id, Kind::Comment).await?;
        Ok(AppraisalView {
            id: id.clone(),
            version: appraisal.version,
            state: appraisal.state_name(),
            rehearsal: appraisal.is_rehearsal(),
            problems: appraisal.config.problems(),
            tellers: teller_lines(&mut view, &appraisal).await?,
            reconciliation: sheet(&mut view, &appraisal, &rows).await?,
            stage: stage_of(&mut view, &appraisal).await?,
            order: order_of(&appraisal, draw.as_ref()),
            draw,
            comments: comments
                .into_iter()
                .map(|part| Ok((part.part, serde_json::from_str(&part.body)?)))
                .collect::<Result<BTreeMap<_, _>>>()?,
            slides: slides::codes(&mut view, id).await?,
            next: next
                .into_iter()
                .map(pingyi_domain::appraisal::Action::as_str)
                .collect(),
            head_summary: head_summary(&rows),
            opinions: opinions::count(&mut view, id).await?,
            void_reason: match &appraisal.state {
                State::Voided(voided) => Some(voided.reason.as_str().to_owned()),
                _ => None,
            },
            kept: appraisal
                .state
                .counted()
                .is_some_and(|counted| counted.kept),
            boxes: lines,
            rehearsal_of: appraisal.rehearsal_of,
            config: appraisal.config,
        })
    }
}

/// `A 12 5f2c…; B 30 …`, for the sheet and the hall.
fn head_summary(rows: &[BoxRow]) -> String {
    let heads = rows.iter().filter(|row| row.height >= 0);
    heads
        .map(|row| format!("{} {} {}", row.category, row.height, row.head))
        .collect::<Vec<_>>()
        .join("; ")
}

pub(crate) async fn roll_counts(conn: &mut Conn, row: &BoxRow) -> Result<RollCounts> {
    let mut counts = RollCounts::default();
    for count in roll::counts(conn, &id_of(row)).await? {
        match count.kind.as_str() {
            "phone" => counts.phone = count.number,
            "paper" => counts.paper = count.number,
            _ => counts.spare = count.number,
        }
    }
    Ok(counts)
}

async fn box_line(conn: &mut Conn, appraisal: &Loaded, row: &BoxRow) -> Result<BoxLine> {
    let id = id_of(row);
    let category = category_of(row)?;
    let verified = verification_of(conn, &appraisal.id, row).await?;
    Ok(BoxLine {
        category,
        label: label_of(appraisal, category),
        state: row.state.clone(),
        roll: roll_counts(conn, row).await?,
        ballots: row.voters,
        replaced: row.ballots - row.voters,
        head: row.head.clone(),
        height: row.height,
        tally: row.tally >= 0,
        shares: shares::owners(conn, &id).await?,
        skipped: row.state == "skipped",
        result: row.state == "opened",
        verified: verified.map(|line| line.status),
        uuid: id,
    })
}

/// What our own verification of a box said last.
pub(crate) async fn verification_of(
    conn: &mut Conn,
    id: &AppraisalId,
    row: &BoxRow,
) -> Result<Option<VerificationLine>> {
    let stored = documents::get(conn, id, Kind::Verification, &row.r#box).await?;
    stored
        .map(|body| serde_json::from_str(&body).map_err(AppError::from))
        .transpose()
}

/// The name of a category.
pub(crate) fn label_of(appraisal: &Loaded, category: CategoryCode) -> String {
    appraisal
        .config
        .category(category)
        .map(|found| found.label.clone())
        .unwrap_or_default()
}

async fn teller_lines(conn: &mut Conn, appraisal: &Loaded) -> Result<Vec<TellerLine>> {
    let messages = Messages::read(conn, &appraisal.id, appraisal.size()).await?;
    let seats = tokens::all(conn, &appraisal.id).await?;
    let lines = (1..).zip(&appraisal.config.tellers.names).enumerate();
    Ok(lines
        .map(|(place, (index, name))| TellerLine {
            index,
            name: name.clone(),
            joined: seats.iter().any(|seat| {
                seat.kind == "teller" && seat.seat == i64::from(index) && seat.joined == 1
            }),
            cert: messages.certs.get(place).is_some_and(Option::is_some),
            polynomial: messages.polynomials.get(place).is_some_and(Option::is_some),
            output: messages.outputs.get(place).is_some_and(Option::is_some),
        })
        .collect())
}

/// The reconciliation of all categories, from what was counted by hand and what the boards know.
pub(crate) async fn sheet(conn: &mut Conn, appraisal: &Loaded, rows: &[BoxRow]) -> Result<Sheet> {
    let mut lines = Vec::with_capacity(appraisal.config.categories.len());
    for category in &appraisal.config.categories {
        let letter = category.code.to_string();
        let counted = documents::get(conn, &appraisal.id, Kind::Reconciliation, &letter).await?;
        let counted: Counted = counted
            .map(|body| serde_json::from_str(&body))
            .transpose()?
            .unwrap_or_default();
        let board = match rows.iter().find(|row| row.category == letter) {
            Some(row) => board_of(conn, row).await?,
            None => Board {
                roll: 0,
                roll_paper: 0,
                ballots: 0,
                from_paper: 0,
            },
        };
        lines.push(Line::new(category.code, counted, board));
    }
    Ok(Sheet::new(lines, appraisal.config.scheme.quorum))
}

async fn board_of(conn: &mut Conn, row: &BoxRow) -> Result<Board> {
    let counts = roll_counts(conn, row).await?;
    let from_paper = ballots::from_kind(conn, &id_of(row), "paper").await?;
    let small = |number: i64| u32::try_from(number).map_err(AppError::internal);
    Ok(Board {
        roll: small(counts.phone + counts.paper + counts.spare)?,
        roll_paper: small(counts.paper)?,
        ballots: small(row.voters)?,
        from_paper: small(from_paper)?,
    })
}

/// What the hall screen shows.
pub(crate) async fn stage_of(conn: &mut Conn, appraisal: &Loaded) -> Result<Stage> {
    match documents::get(conn, &appraisal.id, Kind::Stage, "").await? {
        Some(body) => Ok(serde_json::from_str(&body)?),
        None => Ok(Stage::new(&appraisal.config)),
    }
}

/// The lots, when drawn.
pub(crate) async fn draw_of(conn: &mut Conn, id: &AppraisalId) -> Result<Option<Draw>> {
    let stored = documents::get(conn, id, Kind::Draw, "").await?;
    stored
        .map(|body| serde_json::from_str(&body).map_err(AppError::from))
        .transpose()
}

/// The presenters in the order of the meeting.
pub(crate) fn order_of(appraisal: &Loaded, draw: Option<&Draw>) -> Vec<PresenterCode> {
    match draw {
        Some(draw) => draw.order.clone(),
        None => crate::order::without_lot(&appraisal.config),
    }
}
