//! What somebody may see and write of the record: by their roles, and by the unit of their account (contract §2).

use pingyi_domain::record::{Date, Scope, UnitId, UnitPath};
use pingyi_domain::{Actor, Role};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;

use crate::{App, AppError, Result, UserView};

/// Somebody at work on the record.
#[derive(Debug, Clone)]
pub struct Hand {
    actor: Actor,
    sees: Scope,
    writes: Scope,
    drafts: Scope,
    office: bool,
    leader: bool,
    presents: Option<UnitId>,
}

impl Hand {
    /// The office itself, for the demo and the command line.
    #[must_use]
    pub const fn office(actor: Actor) -> Self {
        Self {
            actor,
            sees: Scope::All,
            writes: Scope::All,
            drafts: Scope::Nothing,
            office: true,
            leader: false,
            presents: None,
        }
    }

    fn of(user: &UserView, own: Option<UnitPath>) -> Self {
        let office = user.has(&[Role::Organiser]);
        let own = own.map_or(Scope::Nothing, Scope::Under);
        let sees = if office || user.has(&[Role::Leader, Role::Auditor]) {
            Scope::All
        } else if user.has(&[Role::Recorder, Role::Presenter]) {
            own.clone()
        } else {
            Scope::Nothing
        };
        let drafts = if user.has(&[Role::Recorder, Role::Presenter]) {
            own.clone()
        } else {
            Scope::Nothing
        };
        let writes = if office {
            Scope::All
        } else if user.has(&[Role::Recorder]) {
            own
        } else {
            Scope::Nothing
        };
        Self {
            actor: user.actor(),
            sees,
            writes,
            drafts,
            office,
            leader: user.has(&[Role::Leader]),
            presents: user.unit.clone().filter(|_| user.has(&[Role::Presenter])),
        }
    }

    /// As the audit trail names them.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What lists are narrowed to.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.sees
    }

    /// Whether they may write what belongs to the unit at this place.
    #[must_use]
    pub fn may_write(&self, place: &UnitPath) -> bool {
        self.writes.holds(place)
    }

    /// Whether they may write anything at all.
    #[must_use]
    pub fn writes_somewhere(&self) -> bool {
        self.writes != Scope::Nothing
    }

    /// Whether they are the office.
    #[must_use]
    pub const fn is_office(&self) -> bool {
        self.office
    }

    /// Whether they are a leader.
    #[must_use]
    pub const fn is_leader(&self) -> bool {
        self.leader
    }

    /// The unit they report for, where they are a presenter.
    #[must_use]
    pub const fn presents_for(&self) -> Option<&UnitId> {
        self.presents.as_ref()
    }

    /// Whether they report for this very unit.
    #[must_use]
    pub fn presents(&self, unit: &UnitId) -> bool {
        self.presents.as_ref() == Some(unit)
    }

    /// # Errors
    /// [`AppError::NotYourUnit`] unless they may see what belongs to the unit at this place.
    pub(crate) fn sees(&self, place: &UnitPath) -> Result<()> {
        allowed(self.sees.holds(place))
    }

    /// # Errors
    /// [`AppError::NotYourUnit`] unless they may write what belongs to the unit at this place.
    pub(crate) fn writes(&self, place: &UnitPath) -> Result<()> {
        allowed(self.writes.holds(place))
    }

    /// Whether they write the duty report of the unit at this place: presenters and recorders of their own unit and what is
    /// below it. The office looks it over and writes none.
    #[must_use]
    pub fn may_draft(&self, place: &UnitPath) -> bool {
        self.drafts.holds(place)
    }

    /// # Errors
    /// [`AppError::NotYourUnit`] unless they write the duty report of the unit at this place.
    pub(crate) fn drafts(&self, place: &UnitPath) -> Result<()> {
        allowed(self.drafts.holds(place))
    }

    /// # Errors
    /// [`AppError::NotYourUnit`] unless they are the office.
    pub(crate) fn decides(&self) -> Result<()> {
        allowed(self.office)
    }
}

fn allowed(may: bool) -> Result<()> {
    if may {
        Ok(())
    } else {
        Err(AppError::NotYourUnit)
    }
}

impl App {
    /// What a user may see and write, looked up anew for every request.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hand(&self, user: &UserView) -> Result<Hand> {
        let own = match &user.unit {
            Some(id) => {
                let mut view = self.store().read().await?;
                let row = row::by_id::<UnitRow>(&mut view, id.as_str()).await?;
                row.map(|row| row.path.parse::<UnitPath>())
                    .transpose()
                    .map_err(AppError::internal)?
            }
            None => None,
        };
        Ok(Hand::of(user, own))
    }

    /// The day by the clocks of China.
    ///
    /// # Errors
    /// When the clock stands outside the calendar.
    pub fn today(&self) -> Result<Date> {
        Date::in_china(self.now()).ok_or_else(|| AppError::internal("the clock is out of range"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(roles: &[Role]) -> UserView {
        UserView {
            id: "u".into(),
            login: "u".into(),
            name: "u".into(),
            roles: roles.iter().copied().collect(),
            active: true,
            password_mark: String::new(),
            unit: None,
        }
    }

    #[test]
    fn roles_and_unit_decide_together() {
        let path = |letters: &str| -> UnitPath {
            let ids: String = letters
                .chars()
                .map(|c| c.to_string().repeat(16) + "/")
                .collect();
            ids.parse().unwrap()
        };
        let (root, own, below, other) = (path("a"), path("ab"), path("abc"), path("ad"));
        let places = [&root, &own, &below, &other];
        let table: [(&[Role], [bool; 4], [bool; 4]); 7] = [
            (&[Role::Organiser], [true; 4], [true; 4]),
            (&[Role::Leader], [true; 4], [false; 4]),
            (&[Role::Auditor], [true; 4], [false; 4]),
            (
                &[Role::Recorder],
                [false, true, true, false],
                [false, true, true, false],
            ),
            (&[Role::Presenter], [false, true, true, false], [false; 4]),
            (&[Role::Admin, Role::Teller], [false; 4], [false; 4]),
            (
                &[Role::Leader, Role::Recorder],
                [true; 4],
                [false, true, true, false],
            ),
        ];
        for (roles, sees, writes) in table {
            let hand = Hand::of(&user(roles), Some(own.clone()));
            assert_eq!(
                places.map(|place| hand.sees(place).is_ok()),
                sees,
                "{roles:?}"
            );
            assert_eq!(
                places.map(|place| hand.may_write(place)),
                writes,
                "{roles:?}"
            );
            assert_eq!(hand.decides().is_ok(), roles.contains(&Role::Organiser));
        }
        let without = Hand::of(&user(&[Role::Recorder]), None);
        assert!(
            places
                .iter()
                .all(|place| without.sees(place).is_err() && !without.may_write(place))
        );
    }
}
