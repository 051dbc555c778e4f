//! The first administrator, made with a one-time code that stands on the console.

use std::sync::PoisonError;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, Role};
use pingyi_store::Tx;
use pingyi_store::repo::{settings, users};

use crate::tokens::hash_of;
use crate::users::view_of;
use crate::{App, AppError, NewUser, Result, UserView};

const CODE: &str = "setup_code";
/// Codes that are good at the same time.
const CODES: usize = 8;

impl App {
    /// The code for the console; none once there is a user. Every start without users makes one of its own, and all of
    /// the last few are good: several servers may start on one database, each with its console.
    #[must_use]
    pub fn setup_code(&self) -> Option<String> {
        self.0
            .setup_code
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The code is dead once anybody has a log-in, however that user was made.
    pub(crate) async fn end_set_up(&self, tx: &mut Tx) -> Result<()> {
        settings::remove(tx, CODE).await?;
        Ok(())
    }

    pub(crate) fn forget_setup_code(&self) {
        self.0
            .setup_code
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    pub(crate) async fn prepare_set_up(&self) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let code = if users::count(&mut tx).await? > 0 {
            settings::remove(&mut tx, CODE).await?;
            None
        } else {
            let code = self.new_setup_code();
            let known = settings::get(&mut tx, CODE).await?.unwrap_or_default();
            let mut hashes: Vec<&str> = known.split_whitespace().collect();
            let hash = hash_of(&code);
            hashes.push(&hash);
            let last = &hashes[hashes.len().saturating_sub(CODES)..];
            settings::put(&mut tx, CODE, &last.join(" ")).await?;
            Some(code)
        };
        tx.commit().await?;
        *self
            .0
            .setup_code
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = code;
        Ok(())
    }

    /// Makes the first administrator, who is an organiser too; the code is dead then.
    ///
    /// # Errors
    /// [`AppError::BadSetupCode`], [`AppError::Invalid`].
    pub async fn set_up(
        &self,
        code: &str,
        login: &str,
        name: &str,
        password: &str,
    ) -> Result<UserView> {
        let hash = hash_of(code.trim());
        let mut view = self.store().read().await?;
        let known = settings::get(&mut view, CODE).await?.unwrap_or_default();
        if !known.split_whitespace().any(|good| good == hash) {
            return Err(AppError::BadSetupCode);
        }
        drop(view);
        let new = NewUser {
            login: login.to_owned(),
            name: name.to_owned(),
            roles: [Role::Admin, Role::Organiser].into_iter().collect(),
            password: password.to_owned(),
            unit: None,
        };
        let row = self.new_row(&new).await?;
        let mut tx = self.store().begin().await?;
        // Once only, also when two people press at once.
        if !settings::remove(&mut tx, CODE).await? || users::count(&mut tx).await? > 0 {
            return Err(AppError::BadSetupCode);
        }
        let event = AuditEvent::SetUp {
            login: row.login.clone(),
        };
        self.insert(&mut tx, &Actor::Console, &row, &event).await?;
        tx.commit().await?;
        *self
            .0
            .setup_code
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        view_of(row)
    }
}
