//! Making, listing, copying and taking away appraisals.

use pingyi_domain::appraisal::State;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::record::Date;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::Tx;
use pingyi_store::repo::{appraisals, slides, wipe};

use crate::edit_config::units_known;
use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, AppraisalItem, Result};

impl App {
    /// All appraisals, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appraisals(&self) -> Result<Vec<AppraisalItem>> {
        let mut view = self.store().read().await?;
        let rows = appraisals::all(&mut view).await?;
        rows.into_iter()
            .map(|row| {
                Ok(AppraisalItem {
                    id: row.id.parse().map_err(AppError::internal)?,
                    title: row.title,
                    year: row.year,
                    state: row.state,
                    rehearsal: row.rehearsal_of.is_some(),
                })
            })
            .collect()
    }

    /// Makes an appraisal from a configuration; `{}` or an empty text gives the default form for this year.
    ///
    /// # Errors
    /// [`AppError::Problems`] when the text cannot be read as a configuration.
    pub async fn create_appraisal(&self, actor: &Actor, config_json: &str) -> Result<AppraisalId> {
        let config = if matches!(config_json.trim(), "" | "{}") {
            AppraisalConfig::starting(self.this_year())
        } else {
            AppraisalConfig::from_json(config_json)
                .map_err(|problem| AppError::Problems(vec![problem]))?
        };
        let mut tx = self.store().begin().await?;
        units_known(&mut tx, &config).await?;
        let id = self
            .insert_appraisal(&mut tx, actor, &config, None, false)
            .await?;
        tx.commit().await?;
        self.announce(&id, &[Topic::Appraisal]);
        Ok(id)
    }

    /// The year by the clocks of China, within what can be appraised.
    fn this_year(&self) -> u16 {
        let year = self.today().map_or(2026, Date::year);
        u16::try_from(year).unwrap_or(2026)
    }

    async fn insert_appraisal(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        config: &AppraisalConfig,
        copy_of: Option<&AppraisalId>,
        rehearsal: bool,
    ) -> Result<AppraisalId> {
        let id = AppraisalId::generate(&mut self.rng());
        let row = appraisals::AppraisalRow {
            id: id.to_string(),
            version: 1,
            pulse: 1,
            state: State::Draft.name().to_string(),
            rehearsal_of: copy_of.filter(|_| rehearsal).map(ToString::to_string),
            title: config.title.clone(),
            year: i64::from(config.year),
            config: config.canonical_json(),
            detail: serde_json::to_string(&State::Draft)?,
            created_at: self.now(),
        };
        appraisals::insert(tx, &row).await?;
        // A new meeting has new slides; a rehearsal tries out these.
        if let Some(source) = copy_of.filter(|_| rehearsal) {
            slides::copy(tx, source, &id).await?;
        }
        let event = AuditEvent::AppraisalCreated {
            title: config.title.clone(),
            copy_of: copy_of.cloned(),
            rehearsal,
        };
        let mut events = vec![(id.to_string(), event)];
        // What came along is told like what is brought, so that a bundle's slides are those of its own trail.
        for (presenter, sha256) in slides::hashes(tx, &id).await? {
            let event = AuditEvent::SlidesSet {
                presenter: presenter.parse().map_err(AppError::internal)?,
                file: sha256.parse().map_err(AppError::internal)?,
                original: None,
            };
            events.push((id.to_string(), event));
        }
        self.record_many(tx, actor, &events).await?;
        Ok(id)
    }

    /// A new draft with the same configuration.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn copy_appraisal(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalId> {
        self.copy(actor, id, false).await
    }

    /// A rehearsal: the same with its slides, marked as one, wiped in one press.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn rehearse(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalId> {
        self.copy(actor, id, true).await
    }

    async fn copy(&self, actor: &Actor, id: &AppraisalId, rehearsal: bool) -> Result<AppraisalId> {
        let mut tx = self.store().begin().await?;
        let source = Loaded::read(&mut tx, id).await?;
        let new = self
            .insert_appraisal(&mut tx, actor, &source.config, Some(id), rehearsal)
            .await?;
        tx.commit().await?;
        self.announce(&new, &[Topic::Appraisal]);
        Ok(new)
    }

    /// Takes a draft away. Its audit entries stay.
    ///
    /// # Errors
    /// [`AppError::WrongState`] from Keyed on.
    pub async fn delete_appraisal(&self, actor: &Actor, id: &AppraisalId) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        appraisal.state.clone().delete()?;
        wipe::whole(&mut tx, id).await?;
        let event = AuditEvent::AppraisalDeleted {
            title: appraisal.title,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal]);
        Ok(())
    }

    /// Takes a rehearsal away whole, in any state.
    ///
    /// # Errors
    /// `not_a_rehearsal`.
    pub async fn wipe(&self, actor: &Actor, id: &AppraisalId) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        appraisal.state.clone().wipe(appraisal.is_rehearsal())?;
        crate::loaded::lock_boxes(&mut tx, id).await?;
        wipe::whole(&mut tx, id).await?;
        let of = appraisal.rehearsal_of.and_then(|of| of.parse().ok());
        self.record(
            &mut tx,
            actor,
            id.as_str(),
            &AuditEvent::RehearsalWiped { of },
        )
        .await?;
        tx.commit().await?;
        self.forget_deleted().await;
        self.announce(id, &Topic::ALL);
        Ok(())
    }
}
