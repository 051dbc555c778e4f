//! Making a rectification matter of what was ticked, and where a matter comes from.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::followup::{FindingsDraft, Source};
use pingyi_domain::record::{FieldProblem, MatterId};
use pingyi_domain::{AppraisalId, PresenterCode};
use pingyi_store::Conn;
use pingyi_store::repo::followups::{self, SourceRow};

use super::findings::Findings;
use super::followed_locked;
use crate::loaded::Loaded;
use crate::record::{Hand, Stored};
use crate::{App, AppError, Result};

/// One finding a matter is made of, as the matter's page shows it. The words of an opinion are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterSource {
    /// The appraisal.
    pub appraisal: AppraisalId,
    /// Its title.
    pub title: String,
    /// Code of the presenter.
    pub presenter: PresenterCode,
    /// Their post.
    pub post: String,
    /// The finding.
    pub source: Source,
    /// What the rater read, where it is an item.
    pub label: String,
}

impl App {
    /// Makes one rectification matter of what was ticked. With somebody who answers for it and a day it is assigned at
    /// once.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`] unless the office,
    /// [`AppError::WrongState`], [`AppError::OfRehearsal`].
    pub async fn list_findings(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        presenter: &PresenterCode,
        draft: &FindingsDraft,
    ) -> Result<Stored> {
        let (matter, sources) = draft.read(self.today()?)?;
        let found = self.follow_up(id).await?;
        let findings = found.presenters.iter().find(|one| one.code == *presenter);
        let findings = findings.ok_or(AppError::NotFound)?;
        hand.decides()?;
        if !sources.iter().all(|source| holds(findings, source)) {
            let (field, rule) = ("sources".to_owned(), "finding".to_owned());
            return Err(AppError::Fields(vec![FieldProblem { field, rule }]));
        }
        let mut tx = self.store().begin().await?;
        followed_locked(&mut tx, id).await?;
        let stored = self.raise_matter(&mut tx, hand, &matter).await?;
        for source in &sources {
            let row = SourceRow {
                matter: stored.id.clone(),
                appraisal: id.to_string(),
                presenter: presenter.to_string(),
                source: source.sort().to_owned(),
                part: source.part(),
            };
            followups::add_source(&mut tx, &row).await?;
        }
        if !matter.responsible.is_empty() && matter.due_on.is_some() {
            let made = stored.id.parse().map_err(AppError::internal)?;
            self.assign_raised(&mut tx, hand, &made).await?;
        }
        let event = AuditEvent::MatterListed {
            matter: stored.id.parse().map_err(AppError::internal)?,
            presenter: presenter.clone(),
            sources: sources.iter().map(ToString::to_string).collect(),
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(stored)
    }
}

/// Whether there is such a finding: what is struck, or waits for it, is none.
fn holds(findings: &Findings, source: &Source) -> bool {
    match source {
        Source::Item(_) => findings.low.iter().any(|item| item.source == *source),
        Source::Opinion(_) => findings
            .opinions
            .iter()
            .any(|opinion| opinion.source == *source && opinion.strike.is_none()),
        Source::Comment => !findings.comment.trim().is_empty(),
    }
}

/// What a matter is made of, with the names its page shows.
pub(crate) async fn sources_of(conn: &mut Conn, matter: &MatterId) -> Result<Vec<MatterSource>> {
    let rows = followups::of_matter(conn, matter.as_str()).await?;
    let mut all: Vec<MatterSource> = Vec::with_capacity(rows.len());
    let mut known: Option<Loaded> = None;
    for row in rows {
        let id: AppraisalId = row.appraisal.parse().map_err(AppError::internal)?;
        let appraisal = match known.take().filter(|appraisal| appraisal.id == id) {
            Some(appraisal) => appraisal,
            None => Loaded::read(conn, &id).await?,
        };
        let presenter: PresenterCode = row.presenter.parse().map_err(AppError::internal)?;
        let source = Source::new(&row.source, &row.part).map_err(AppError::internal)?;
        let config = &appraisal.config;
        all.push(MatterSource {
            title: appraisal.title.clone(),
            post: config
                .presenter(&presenter)
                .map(|one| one.title.clone())
                .unwrap_or_default(),
            label: match &source {
                Source::Item(code) => {
                    let item = config.form.items.iter().find(|item| item.code == *code);
                    item.map(|item| item.label.clone()).unwrap_or_default()
                }
                Source::Opinion(_) | Source::Comment => String::new(),
            },
            appraisal: id,
            presenter,
            source,
        });
        known = Some(appraisal);
    }
    Ok(all)
}
