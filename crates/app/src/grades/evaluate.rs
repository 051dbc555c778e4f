//! The leaders' evaluation: each leader gives each presenter 0 to 100 points, seen by nobody else; the office learns the
//! mean after the count. It never touches a ballot.

use std::collections::BTreeMap;

use pingyi_domain::appraisal::State;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::grading::{EvaluationDraft, Points};
use pingyi_domain::{Actor, AppraisalId, PresenterCode};
use pingyi_scoring::Source;
use pingyi_store::Conn;
use pingyi_store::repo::evaluations::{self, EvaluationRow};

use crate::appraisal_view::{draw_of, order_of};
use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, EvaluationLine, EvaluationView, LeadersWorked, Result, UserView};

/// Whether points can be given: who reports is fixed, and the count has not taken them.
fn is_open(appraisal: &Loaded) -> bool {
    matches!(
        appraisal.state,
        State::Sealed(_) | State::Open(_) | State::Paused(_) | State::Closed(_)
    )
}

impl App {
    /// What a leader gave, to go on with.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn evaluation(&self, leader: &UserView, id: &AppraisalId) -> Result<EvaluationView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        let given: BTreeMap<String, Points> = evaluations::of_leader(&mut view, id, &leader.id)
            .await?
            .into_iter()
            .map(|row| Ok((row.presenter, points_of(row.points)?)))
            .collect::<Result<_>>()?;
        let draw = draw_of(&mut view, id).await?;
        let lines = order_of(&appraisal, draw.as_ref()).into_iter();
        let lines = lines.filter_map(|code| {
            let presenter = appraisal.config.presenter(&code)?;
            let points = given.get(code.as_str()).map(Points::to_string);
            Some(EvaluationLine {
                title: presenter.title.clone(),
                unit: presenter.unit.clone(),
                points: points.unwrap_or_default(),
                code,
            })
        });
        Ok(EvaluationView {
            lines: lines.collect(),
            id: id.clone(),
            open: is_open(&appraisal),
            used: appraisal.config.scheme.composite.uses(Source::Leaders),
            title: appraisal.title.clone(),
            state: appraisal.state_name(),
            rehearsal: appraisal.is_rehearsal(),
        })
    }

    /// Stores what a leader gives, from sealing to the count; an empty text takes it back.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::WrongState`].
    pub async fn evaluate(
        &self,
        leader: &UserView,
        id: &AppraisalId,
        draft: &EvaluationDraft,
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        let given = draft.read(&appraisal.config)?;
        if !is_open(&appraisal) {
            return appraisal.wrong_state();
        }
        let before = evaluations::of_leader(&mut tx, id, &leader.id).await?;
        let mut changed = Vec::new();
        for (code, points) in given {
            let stood = before.iter().find(|row| row.presenter == code.as_str());
            let points = points.map(|points| i64::from(points.hundredths()));
            if stood.map(|row| row.points) == points {
                continue;
            }
            match points {
                Some(points) => {
                    let row = EvaluationRow {
                        leader: leader.id.clone(),
                        presenter: code.to_string(),
                        points,
                    };
                    evaluations::put(&mut tx, id, &row).await?;
                }
                None => {
                    evaluations::remove(&mut tx, id, &leader.id, code.as_str()).await?;
                }
            }
            changed.push(code);
        }
        if changed.is_empty() {
            return Ok(());
        }
        let event = AuditEvent::EvaluationGiven {
            presenters: changed,
        };
        let actor: Actor = leader.actor();
        self.record(&mut tx, &actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal]);
        Ok(())
    }
}

fn points_of(hundredths: i64) -> Result<Points> {
    let points = u32::try_from(hundredths)
        .ok()
        .and_then(Points::from_hundredths);
    points.ok_or(AppError::internal("stored points"))
}

/// What the leaders gave together, in the order of the configuration.
pub(crate) async fn leaders_of(
    conn: &mut Conn,
    id: &AppraisalId,
    config: &AppraisalConfig,
) -> Result<Vec<Option<LeadersWorked>>> {
    let mut given: BTreeMap<PresenterCode, LeadersWorked> = BTreeMap::new();
    for row in evaluations::all(conn, id).await? {
        let code = row.presenter.parse().map_err(AppError::internal)?;
        let sum = given.entry(code).or_insert(LeadersWorked {
            count: 0,
            hundredths: 0,
        });
        sum.count += 1;
        sum.hundredths += u64::from(points_of(row.points)?.hundredths());
    }
    let presenters = config.presenters.iter();
    Ok(presenters
        .map(|presenter| given.get(&presenter.code).copied())
        .collect())
}
