//! Storing the configuration; two people who edit at once do not overwrite each other.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::{AppraisalConfig, Problem};
use pingyi_domain::record::UnitId;
use pingyi_domain::{Actor, AppraisalId, Digest};
use pingyi_store::repo::appraisals;
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Conn, row};

use crate::events::Topic;
use crate::loaded::{Loaded, ceremony_begun, lock_boxes};
use crate::{App, AppError, ConfigStored, Result};

impl App {
    /// Stores a configuration, also one with problems, when nobody stored another since `version`.
    ///
    /// # Errors
    /// [`AppError::Problems`] when it cannot be read, [`AppError::ChangedMeanwhile`], `frozen`,
    /// `tellers_frozen`; in Keyed also `categories_frozen` when the categories' letters change.
    pub async fn edit_config(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        version: i64,
        config_json: &str,
    ) -> Result<ConfigStored> {
        let config = AppraisalConfig::from_json(config_json)
            .map_err(|problem| AppError::Problems(vec![problem]))?;
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        let begun = ceremony_begun(&mut tx, id).await?;
        appraisal
            .state
            .check_edit(begun, &appraisal.config, &config)?;
        if appraisal.version != version {
            return Err(AppError::ChangedMeanwhile {
                version: appraisal.version,
                config: Box::new(appraisal.config),
            });
        }
        // Once the boxes exist (Keyed) their categories stay; labels, weights and minimums may still change.
        let boxes = lock_boxes(&mut tx, id).await?;
        let same = boxes
            .iter()
            .map(|row| row.category.clone())
            .eq(config.categories.iter().map(|c| c.code.to_string()));
        if !boxes.is_empty() && !same {
            return Err(AppError::Invalid {
                field: "categories",
                rule: "categories_frozen",
            });
        }
        units_known(&mut tx, &config).await?;
        let json = config.canonical_json();
        appraisals::set_config(&mut tx, id, &config.title, i64::from(config.year), &json).await?;
        let version = version + 1;
        let event = AuditEvent::ConfigChanged {
            version: u64::try_from(version).map_err(AppError::internal)?,
            scheme: Digest::of(json.as_bytes()),
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal]);
        Ok(ConfigStored {
            version,
            problems: config.problems(),
        })
    }
}

/// Refuses a configuration that ties presenters to units which are not in the record: all of them at once.
///
/// # Errors
/// [`AppError::Problems`].
pub(crate) async fn units_known(conn: &mut Conn, config: &AppraisalConfig) -> Result<()> {
    let tied = config.presenters.iter().enumerate();
    let tied: Vec<(usize, &UnitId)> = tied
        .filter_map(|(place, presenter)| Some((place, presenter.unit_id.as_ref()?)))
        .collect();
    let ids: Vec<&str> = tied.iter().map(|(_, unit)| unit.as_str()).collect();
    let known: Vec<UnitRow> = row::by_ids(conn, &ids).await?;
    let unknown: Vec<Problem> = tied
        .iter()
        .filter(|(_, unit)| known.iter().all(|row| row.id != unit.as_str()))
        .map(|(place, _)| Problem::unit_unknown(*place))
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(AppError::Problems(unknown))
    }
}
