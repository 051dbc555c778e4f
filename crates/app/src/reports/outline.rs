//! The outline of the reports: a setting of the office, kept like the thresholds of the founding check.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::FieldProblem;
use pingyi_domain::report::{Outline, OutlineDraft};
use pingyi_domain::{Digest, canonical_json};
use pingyi_store::Conn;
use pingyi_store::repo::settings;
use serde::{Deserialize, Serialize};

use crate::record::{Hand, Stored};
use crate::{App, AppError, Result};

const SETTING: &str = "report_outline";

/// The outline with its version; 0 for the one that comes with the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineView {
    /// Version, to be sent back with a change.
    pub version: i64,
    /// The outline.
    pub outline: Outline,
}

/// The outline as it stands.
pub(crate) async fn current(conn: &mut Conn) -> Result<OutlineView> {
    match settings::get(conn, SETTING).await? {
        Some(text) => Ok(serde_json::from_str(&text)?),
        None => Ok(OutlineView::default()),
    }
}

impl App {
    /// The outline that new reports begin with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_outline(&self) -> Result<OutlineView> {
        let mut view = self.store().read().await?;
        current(&mut view).await
    }

    /// Sets the outline. Reports that were begun keep theirs.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`] for all but the office, [`AppError::Fields`] with `old_version` when
    /// somebody else changed it since and it is not the same.
    pub async fn set_report_outline(
        &self,
        hand: &Hand,
        version: i64,
        draft: &OutlineDraft,
    ) -> Result<Stored> {
        let outline = draft.read()?;
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        let before = current(&mut tx).await?;
        let stored = |version| Stored {
            id: SETTING.to_owned(),
            version,
        };
        if before.outline == outline {
            return Ok(stored(before.version));
        }
        if before.version != version {
            return Err(AppError::Fields(vec![FieldProblem {
                field: "sections".to_owned(),
                rule: "outline_changed".to_owned(),
            }]));
        }
        let version = version + 1;
        let event = AuditEvent::OutlineChanged {
            version,
            outline: Digest::of(canonical_json(&outline).as_bytes()),
        };
        let text = serde_json::to_string(&OutlineView { version, outline })?;
        settings::put(&mut tx, SETTING, &text).await?;
        self.record(&mut tx, hand.actor(), SETTING, &event).await?;
        tx.commit().await?;
        Ok(stored(version))
    }
}
