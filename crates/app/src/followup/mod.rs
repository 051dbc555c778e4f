//! Follow-up of an appraisal (docs/report-contract.md §6): what it found wanting, laid side by side; the matters made of
//! it; opinions struck; the monthly digest; last year's list for the next form.

mod digest;
mod findings;
mod last_year;
mod listing;
mod progress;
mod strikes;

use pingyi_domain::AppraisalId;
use pingyi_domain::config::Presenter;
use pingyi_store::{Conn, Tx};

use crate::loaded::Loaded;
use crate::record::UnitName;
use crate::{AppError, Result};

pub use digest::{ClosedMatter, DigestView};
pub use findings::{Findings, FollowUp, LowItem, Made, OpinionFound, StrikeView};
pub use last_year::LastYearView;
pub(crate) use last_year::{fix as fix_last_year, fixed as last_year_fixed};
pub use listing::MatterSource;
pub(crate) use listing::sources_of;
pub use pingyi_domain::followup::{FindingsDraft, LastYear, LastYearLine, Low, Source};
pub use progress::{UnitProgress, UnitsProgress};

/// The appraisal, where it can be followed up: its opinions may be read, and it is no rehearsal, which is wiped.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::WrongState`], [`AppError::OfRehearsal`].
async fn followed(conn: &mut Conn, id: &AppraisalId) -> Result<Loaded> {
    followable(Loaded::read(conn, id).await?)
}

/// The same, locked: whoever writes begins with this, as with every change of an appraisal, and tells the trail last.
async fn followed_locked(tx: &mut Tx, id: &AppraisalId) -> Result<Loaded> {
    followable(Loaded::lock(tx, id).await?)
}

fn followable(appraisal: Loaded) -> Result<Loaded> {
    if !appraisal.state.shows_opinions() {
        return appraisal.wrong_state();
    }
    if appraisal.is_rehearsal() {
        return Err(AppError::OfRehearsal);
    }
    Ok(appraisal)
}

/// The unit a presenter leads: the one they are tied to, else the one whose full or short name stands on the form.
pub(crate) fn unit_of<'a>(presenter: &Presenter, names: &'a [UnitName]) -> Option<&'a UnitName> {
    if let Some(id) = &presenter.unit_id {
        return names.iter().find(|name| name.id == *id);
    }
    let wanted = presenter.unit.trim();
    let called = |name: &&UnitName| name.name == wanted || name.short == wanted;
    names.iter().filter(|_| !wanted.is_empty()).find(called)
}
