//! Signing in, with a limit on wrong passwords.

use pingyi_domain::Actor;
use pingyi_domain::audit::AuditEvent;
use pingyi_store::repo::{attempts, users};

use crate::users::view_of;
use crate::{App, AppError, Result, UserView, passwords};

/// Wrong passwords for one log-in name, from wherever strangers try them, before it rests for strangers. Much above
/// what the door itself lets one address try, so that nobody alone locks somebody else out.
const MAX_FAILURES: i64 = 40;
/// Seconds within which they count, and for which the name then rests.
const WINDOW: i64 = 15 * 60;

/// Who tries a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Anybody: wrong passwords count against the name.
    Stranger,
    /// A device this name has signed in with before. It is counted by itself, by whoever recognised it: what strangers
    /// try must not keep its owner out.
    Known,
}

impl App {
    /// Signs somebody in: the user, for the session.
    ///
    /// # Errors
    /// [`AppError::BadLogin`] (also for an account that is off), [`AppError::TooManyAttempts`].
    pub async fn log_in(&self, login: &str, password: &str, asker: Asker) -> Result<UserView> {
        let login = login.trim().to_lowercase();
        if login.chars().count() > 64 || password.chars().count() > 400 {
            return Err(AppError::BadLogin);
        }
        let mut view = self.store().read().await?;
        if asker == Asker::Stranger {
            self.check_attempts(attempts::get(&mut view, &login).await?)?;
        }
        let user = users::by_login(&mut view, &login).await?;
        drop(view);
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let fits = passwords::fits(password, hash).await?;
        let Some(user) = user.filter(|user| fits && user.disabled_at.is_none()) else {
            return match asker {
                Asker::Stranger => self.count_failure(login).await,
                Asker::Known => Err(AppError::BadLogin),
            };
        };
        let mut tx = self.store().begin().await?;
        if asker == Asker::Stranger {
            attempts::clear(&mut tx, &login).await?;
        }
        let actor = Actor::User(user.id.clone());
        self.record(&mut tx, &actor, &user.id, &AuditEvent::SignedIn {})
            .await?;
        tx.commit().await?;
        view_of(user)
    }

    async fn count_failure(&self, login: String) -> Result<UserView> {
        let mut tx = self.store().begin().await?;
        // Looked at again here: guesses that were under way at once all count.
        self.check_attempts(attempts::get(&mut tx, &login).await?)?;
        attempts::add(&mut tx, &login, self.now(), self.now() - WINDOW).await?;
        let now = attempts::get(&mut tx, &login).await?;
        if now.is_some_and(|row| row.failures >= MAX_FAILURES) {
            let event = AuditEvent::SignInLocked { login };
            self.record(&mut tx, &Actor::System, "", &event).await?;
        }
        tx.commit().await?;
        Err(AppError::BadLogin)
    }

    fn check_attempts(&self, row: Option<attempts::AttemptsRow>) -> Result<()> {
        let Some(row) = row.filter(|row| row.failures >= MAX_FAILURES) else {
            return Ok(());
        };
        let seconds = row.since + WINDOW - self.now();
        if seconds > 0 {
            Err(AppError::TooManyAttempts { seconds })
        } else {
            Ok(())
        }
    }

    /// The trail's word that an address or a device tried too many passwords on a name and has to wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in_rests(&self, login: &str) -> Result<()> {
        let login = login.trim().to_lowercase();
        let mut tx = self.store().begin().await?;
        let event = AuditEvent::SignInLocked { login };
        self.record(&mut tx, &Actor::System, "", &event).await?;
        Ok(tx.commit().await?)
    }

    /// The trail's word that somebody signed out; the session itself is the web's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_out(&self, actor: &Actor) -> Result<()> {
        let Actor::User(id) = actor else {
            return Ok(());
        };
        let mut tx = self.store().begin().await?;
        self.record(&mut tx, actor, id, &AuditEvent::SignedOut {})
            .await?;
        Ok(tx.commit().await?)
    }

    /// The user of a session; none once the account is off.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn user(&self, id: &str) -> Result<Option<UserView>> {
        let mut view = self.store().read().await?;
        let user = users::by_id(&mut view, id)
            .await?
            .filter(|user| user.disabled_at.is_none());
        user.map(view_of).transpose()
    }
}
