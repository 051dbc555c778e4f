//! Keeping the sessions of the web pages; what is in them is the web's own.

use pingyi_store::StoreError;
use pingyi_store::repo::sessions;

use crate::{App, Result};

impl App {
    /// Stores a new session (times in seconds since 1970); false when the id is taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_create(&self, id: &str, data: &str, expires_at: i64) -> Result<bool> {
        let mut tx = self.store().begin().await?;
        match sessions::create(&mut tx, id, data, expires_at).await {
            Err(StoreError::Conflict) => return Ok(false),
            other => other?,
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Stores a session, new or known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_save(&self, id: &str, data: &str, expires_at: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        sessions::save(&mut tx, id, data, expires_at).await?;
        Ok(tx.commit().await?)
    }

    /// The text of a session that has not expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_load(&self, id: &str) -> Result<Option<String>> {
        let mut view = self.store().read().await?;
        Ok(sessions::load(&mut view, id, self.now()).await?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_delete(&self, id: &str) -> Result<()> {
        let mut tx = self.store().begin().await?;
        sessions::delete(&mut tx, id).await?;
        Ok(tx.commit().await?)
    }

    /// Takes expired sessions away and says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions_expire(&self) -> Result<u64> {
        let mut tx = self.store().begin().await?;
        let gone = sessions::delete_expired(&mut tx, self.now()).await?;
        tx.commit().await?;
        Ok(gone)
    }
}
