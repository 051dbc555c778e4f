//! The page of the grades.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{AppraisalId, PresenterCode, Role};
use pingyi_scoring::{CapNote, Decision, Proposal, Proposals, findings};
use pingyi_store::Conn;
use pingyi_store::repo::decisions::{self, DecisionRow};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::{evaluations, users};

use super::ground::Ground;
use crate::loaded::Loaded;
use crate::record::{history_of, name_of};
use crate::work_out::Counted;
use crate::{App, AppError, Beside, DecisionView, GradesView, GradesWorked, HistoryLine, Result};

impl App {
    /// Composite, grades and decisions of an appraisal; who may see them when is for the route to say
    /// ([`GradesView::shown_to_leaders`]).
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn grades(&self, id: &AppraisalId) -> Result<GradesView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        let worked = self.worked(&mut view, &appraisal).await?;
        let rows = decisions::all(&mut view, id).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for presenter in &appraisal.config.presenters {
            let row = rows
                .iter()
                .find(|row| row.presenter == presenter.code.as_str());
            lines.push(match row {
                Some(row) => DecisionView {
                    presenter: presenter.code.clone(),
                    grade: place_of(row)?,
                    reason: row.reason.clone(),
                    entered_by: name_of(&mut view, &row.entered_by).await?,
                    confirmed_by: match &row.confirmed_by {
                        Some(actor) => Some(name_of(&mut view, actor).await?),
                        None => None,
                    },
                },
                None => DecisionView {
                    presenter: presenter.code.clone(),
                    grade: None,
                    reason: String::new(),
                    entered_by: String::new(),
                    confirmed_by: None,
                },
            });
        }
        Ok(GradesView {
            id: id.clone(),
            state: appraisal.state_name(),
            rehearsal: appraisal.is_rehearsal(),
            shown_to_leaders: appraisal.state.shows_opinions(),
            findings: worked
                .as_ref()
                .filter(|worked| !worked.grades.is_empty())
                .map(|worked| findings_of(worked, &lines))
                .unwrap_or_default(),
            worked,
            decisions: lines,
            version: version_of(&rows),
            leaders: self.leaders_done(&mut view, &appraisal).await?,
            history: grade_lines(&mut view, id).await?,
            decidable: decidable(&appraisal),
            config: appraisal.config,
        })
    }

    /// Composite and grades as stored at the count; worked out where an older version counted. None before the count.
    pub(crate) async fn worked(
        &self,
        conn: &mut Conn,
        appraisal: &Loaded,
    ) -> Result<Option<GradesWorked>> {
        if appraisal.state.counted().is_none() {
            return Ok(None);
        }
        if let Some(json) = documents::get(conn, &appraisal.id, Kind::Grades, "").await? {
            return Ok(Some(serde_json::from_str(&json)?));
        }
        let beside = appraisal.config.presenters.iter();
        let ground = Ground {
            on: None,
            beside: beside.map(|_| Beside::default()).collect(),
        };
        let counted = Counted::read(conn, appraisal).await?;
        Ok(Some(self.work_out(counted, ground).await?.grades))
    }

    /// How many leaders there are, and how many have evaluated everybody.
    async fn leaders_done(&self, conn: &mut Conn, appraisal: &Loaded) -> Result<(usize, usize)> {
        let given = evaluations::all(conn, &appraisal.id).await?;
        let (mut all, mut done) = (0, 0);
        for user in users::all(conn).await? {
            let user = crate::users::view_of(user)?;
            if !user.active || !user.roles.has(Role::Leader) {
                continue;
            }
            all += 1;
            let theirs = given.iter().filter(|row| row.leader == user.id).count();
            done += usize::from(theirs >= appraisal.config.presenters.len());
        }
        Ok((all, done))
    }
}

/// Decisions are entered and confirmed from the count until everything is put away.
pub(super) fn decidable(appraisal: &Loaded) -> bool {
    use pingyi_domain::appraisal::State;
    matches!(appraisal.state, State::Counted(_) | State::Released(_))
}

/// What a form or a confirmation started from.
pub(super) fn version_of(rows: &[DecisionRow]) -> i64 {
    rows.iter().map(|row| row.version).sum()
}

/// The grade of a decision, by its place.
pub(crate) fn place_of(row: &DecisionRow) -> Result<Option<usize>> {
    let place = row.grade.map(usize::try_from).transpose();
    place.map_err(AppError::internal)
}

fn findings_of(worked: &GradesWorked, lines: &[DecisionView]) -> Vec<pingyi_scoring::Finding> {
    let place = |code: &PresenterCode| {
        worked
            .presenters
            .iter()
            .position(|table| table.code == *code)
    };
    let proposals = Proposals {
        presenters: worked
            .presenters
            .iter()
            .map(|table| Proposal {
                grade: table.proposed,
                steps: Vec::new(),
            })
            .collect(),
        cap: worked.cap.as_ref().map(|cap| CapNote {
            places: cap.places,
            of: cap.of,
            reached: cap.reached,
            given: cap.given,
            tied: cap.tied.iter().filter_map(place).collect(),
        }),
    };
    let decided: Vec<Option<Decision>> = lines
        .iter()
        .zip(&worked.presenters)
        .map(|(line, table)| {
            // Stored decisions had their reasons when they were entered.
            let reason = Some(line.reason.as_str()).filter(|reason| !reason.is_empty());
            let reason = reason.or(Some("-"));
            Decision::new(table.proposed, line.grade?, worked.grades.len(), reason).ok()
        })
        .collect();
    findings(&proposals, &decided)
}

/// The lines of the audit trail about grades and evaluations, the latest first.
async fn grade_lines(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<HistoryLine>> {
    let mut lines = history_of(conn, id.as_str()).await?;
    lines.retain(|line| {
        matches!(
            line.event,
            AuditEvent::EvaluationGiven { .. }
                | AuditEvent::GradeDecided { .. }
                | AuditEvent::GradesConfirmed { .. }
        )
    });
    lines.reverse();
    Ok(lines)
}
