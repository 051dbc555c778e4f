//! Making and changing users.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, Role, sha256_hex};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::repo::users::{self, UserRow};
use pingyi_store::row;
use pingyi_store::{StoreError, Tx};

use crate::{App, AppError, NewUser, Result, UserChange, UserView};

pub(crate) fn view_of(row: UserRow) -> Result<UserView> {
    Ok(UserView {
        // The hash is salted anew each time; a hash of it leads nowhere.
        password_mark: sha256_hex(row.password_hash.as_bytes()),
        id: row.id,
        login: row.login,
        name: row.name,
        roles: row.roles.parse().map_err(AppError::internal)?,
        active: row.disabled_at.is_none(),
        unit: row
            .unit
            .map(|id| id.parse())
            .transpose()
            .map_err(AppError::internal)?,
    })
}

fn checked_login(login: &str) -> Result<String> {
    let login = login.trim().to_lowercase();
    let length = login.chars().count();
    let fits = login
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if (2..=32).contains(&length) && fits {
        Ok(login)
    } else {
        Err(AppError::Invalid {
            field: "login",
            rule: "login_form",
        })
    }
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if (1..=60).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(AppError::Invalid {
            field: "name",
            rule: "length",
        })
    }
}

impl App {
    /// Everybody with a log-in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users(&self) -> Result<Vec<UserView>> {
        let mut view = self.store().read().await?;
        users::all(&mut view)
            .await?
            .into_iter()
            .map(view_of)
            .collect()
    }

    /// Makes a user.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a field that breaks its rule, [`AppError::LoginTaken`].
    pub async fn create_user(&self, actor: &Actor, new: NewUser) -> Result<UserView> {
        let row = self.new_row(&new).await?;
        let mut tx = self.store().begin().await?;
        let event = AuditEvent::UserCreated {
            login: row.login.clone(),
            roles: new.roles.clone(),
        };
        self.insert(&mut tx, actor, &row, &event).await?;
        self.end_set_up(&mut tx).await?;
        tx.commit().await?;
        self.forget_setup_code();
        view_of(row)
    }

    pub(crate) async fn new_row(&self, new: &NewUser) -> Result<UserRow> {
        Ok(UserRow {
            id: self.new_user_id(),
            login: checked_login(&new.login)?,
            name: checked_name(&new.name)?,
            password_hash: self.hash_password(&new.password).await?,
            roles: new.roles.to_string(),
            created_at: self.now(),
            disabled_at: None,
            unit: new.unit.as_ref().map(ToString::to_string),
        })
    }

    pub(crate) async fn insert(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        row: &UserRow,
        event: &AuditEvent,
    ) -> Result<()> {
        match users::insert(tx, row).await {
            Err(StoreError::Conflict) => return Err(AppError::LoginTaken),
            Err(StoreError::Orphan) => return Err(NO_SUCH_UNIT),
            other => other?,
        }
        self.record(tx, actor, &row.id, event).await
    }

    /// Changes a user; what is left out stays.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Invalid`], [`AppError::LastAdmin`].
    pub async fn change_user(
        &self,
        actor: &Actor,
        id: &str,
        change: UserChange,
    ) -> Result<UserView> {
        let hash = match &change.password {
            Some(password) => Some(self.hash_password(password).await?),
            None => None,
        };
        let mut tx = self.store().begin().await?;
        let mut row = users::by_id(&mut tx, id).await?.ok_or(AppError::NotFound)?;
        if let Some(name) = &change.name {
            row.name = checked_name(name)?;
        }
        if let Some(roles) = &change.roles {
            row.roles = roles.to_string();
        }
        if let Some(unit) = &change.unit {
            row.unit = checked_unit(&mut tx, unit).await?;
        }
        if let Some(active) = change.active {
            row.disabled_at = if active {
                None
            } else {
                row.disabled_at.or(Some(self.now()))
            };
        }
        let password = hash.is_some();
        if let Some(hash) = hash {
            row.password_hash = hash;
        }
        users::update(&mut tx, &row).await?;
        one_admin_stays(&mut tx).await?;
        let view = view_of(row)?;
        let event = AuditEvent::UserChanged {
            roles: view.roles.clone(),
            disabled: !view.active,
            password,
            unit: view.unit.clone(),
        };
        self.record(&mut tx, actor, id, &event).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Sets a new password, from the command line.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn reset_password(&self, login: &str, password: &str) -> Result<UserView> {
        let mut view = self.store().read().await?;
        let login = login.trim().to_lowercase();
        let user = users::by_login(&mut view, &login)
            .await?
            .ok_or(AppError::NotFound)?;
        drop(view);
        let change = UserChange {
            password: Some(password.to_owned()),
            ..UserChange::default()
        };
        let changed = self.change_user(&Actor::Console, &user.id, change).await?;
        let mut tx = self.store().begin().await?;
        pingyi_store::repo::attempts::clear(&mut tx, &login).await?;
        tx.commit().await?;
        Ok(changed)
    }
}

const NO_SUCH_UNIT: AppError = AppError::Invalid {
    field: "unit",
    rule: "unit",
};

/// The id of a unit that exists, or nothing for nothing.
async fn checked_unit(tx: &mut Tx, text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match row::by_id::<UnitRow>(tx, text).await? {
        Some(unit) => Ok(Some(unit.id)),
        None => Err(NO_SUCH_UNIT),
    }
}

async fn one_admin_stays(tx: &mut Tx) -> Result<()> {
    let all: Result<Vec<UserView>> = users::all(tx).await?.into_iter().map(view_of).collect();
    if all?
        .iter()
        .any(|user| user.active && user.roles.has(Role::Admin))
    {
        Ok(())
    } else {
        Err(AppError::LastAdmin)
    }
}
