//! The committee's decision: entered by the organiser, confirmed by a leader who is somebody else.

use std::collections::BTreeMap;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::grading::{DecisionsDraft, Proposed};
use pingyi_domain::{Actor, AppraisalId};
use pingyi_scoring::Decision;
use pingyi_store::repo::decisions;

use super::view::{decidable, place_of, version_of};
use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, GradesWorked, Result};

impl App {
    /// Enters what the committee decided. A line that says something new is to be confirmed anew.
    ///
    /// # Errors
    /// [`AppError::Fields`] with everything wrong at once, [`AppError::WrongState`] before the count and once archived,
    /// [`AppError::OldVersion`], [`AppError::Invalid`] where the scheme has no grades.
    pub async fn decide_grades(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        draft: &DecisionsDraft,
    ) -> Result<()> {
        let (mut tx, appraisal, worked) = self.deciding(id).await?;
        let proposed: Vec<Proposed> = worked
            .presenters
            .iter()
            .map(|table| Proposed {
                presenter: table.code.clone(),
                grade: table.proposed,
            })
            .collect();
        let read = draft.read(&proposed, worked.grades.len())?;
        let before = decisions::all(&mut tx, id).await?;
        if version_of(&before) != draft.version {
            return Err(AppError::OldVersion);
        }
        let mut events = Vec::new();
        for (code, decision) in &read {
            let stood = before.iter().find(|row| row.presenter == code.as_str());
            let grade = decision.as_ref().map(Decision::decided);
            let reason = decision.as_ref().and_then(Decision::reason).unwrap_or("");
            let stood = match stood {
                Some(row) => (place_of(row)?, row.reason.as_str()),
                None => (None, ""),
            };
            if stood == (grade, reason) {
                continue;
            }
            let place = grade.map(i64::try_from).transpose();
            let place = place.map_err(AppError::internal)?;
            let by = actor.to_string();
            decisions::put(&mut tx, id, code.as_str(), (place, reason), &by).await?;
            let label = |place: usize| worked.grades.get(place).map(|grade| grade.label.clone());
            let proposed = worked.presenters.iter().find(|table| table.code == *code);
            let event = AuditEvent::GradeDecided {
                presenter: code.clone(),
                proposed: proposed.and_then(|table| table.proposed).and_then(label),
                decided: grade.and_then(label),
                reason: reason.to_owned(),
            };
            events.push((appraisal.id.to_string(), event));
        }
        if events.is_empty() {
            return Ok(());
        }
        self.record_many(&mut tx, actor, &events).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal, Topic::Result]);
        Ok(())
    }

    /// Confirms every decision that waits for it, as they stood when the leader read them.
    ///
    /// # Errors
    /// [`AppError::SamePerson`] who entered one of them, [`AppError::OldVersion`], [`AppError::WrongState`] before release
    /// or keeping, once archived, and where nothing waits.
    pub async fn confirm_grades(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        version: i64,
    ) -> Result<()> {
        let (mut tx, appraisal, worked) = self.deciding(id).await?;
        if !appraisal.state.shows_opinions() {
            return appraisal.wrong_state();
        }
        let rows = decisions::all(&mut tx, id).await?;
        if version_of(&rows) != version {
            return Err(AppError::OldVersion);
        }
        let by = actor.to_string();
        let mut grades = BTreeMap::new();
        for row in rows.iter().filter(|row| row.confirmed_by.is_none()) {
            let Some(place) = place_of(row)? else {
                continue;
            };
            if row.entered_by == by {
                return Err(AppError::SamePerson);
            }
            decisions::confirm(&mut tx, id, &row.presenter, &by).await?;
            let label = worked.grades.get(place).map(|grade| grade.label.clone());
            let code = row.presenter.parse().map_err(AppError::internal)?;
            grades.insert(code, label.unwrap_or_default());
        }
        if grades.is_empty() {
            return appraisal.wrong_state();
        }
        let event = AuditEvent::GradesConfirmed { grades };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal, Topic::Result]);
        Ok(())
    }

    /// The appraisal, locked, with the grades that are decided on.
    async fn deciding(&self, id: &AppraisalId) -> Result<(pingyi_store::Tx, Loaded, GradesWorked)> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        if !decidable(&appraisal) {
            return appraisal.wrong_state();
        }
        let worked = self.worked(&mut tx, &appraisal).await?;
        let worked = worked.ok_or(AppError::internal("counted without grades"))?;
        if worked.grades.is_empty() {
            return Err(AppError::Invalid {
                field: "decisions",
                rule: "no_grades",
            });
        }
        Ok((tx, appraisal, worked))
    }
}
