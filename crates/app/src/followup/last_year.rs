//! Last year's list of each presenter, and how it was answered: for the next appraisal's form. Worked out anew until the
//! appraisal is sealed, fixed from then on.

use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::followup::{LastYear, LastYearLine, LastYears, sealed};
use pingyi_domain::record::UnitId;
use pingyi_domain::{AppraisalId, PresenterCode};
use pingyi_store::Conn;
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::followups;
use pingyi_store::repo::units;

use super::unit_of;
use crate::loaded::Loaded;
use crate::record::in_order;
use crate::{App, AppError, Result};

/// Last year's list of one presenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastYearView {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// The unit whose list it is; none where the presenter is tied to none.
    pub unit: Option<UnitId>,
    /// The list; none where nothing stands on it.
    pub list: Option<LastYear>,
}

impl App {
    /// Last year's lists as the booth shows them: before sealing as they would be fixed now, then as they were.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn last_years(&self, id: &AppraisalId) -> Result<Vec<LastYearView>> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        let mut lists = if appraisal.state.frozen().is_some() {
            match fixed(&mut view, id).await? {
                Some(text) => serde_json::from_str(&text)?,
                None => LastYears::new(),
            }
        } else {
            gather(&mut view, &appraisal.config).await?
        };
        let names = in_order(units::all(&mut view).await?)?;
        let presenters = appraisal
            .config
            .presenters
            .iter()
            .map(|presenter| LastYearView {
                code: presenter.code.clone(),
                title: presenter.title.clone(),
                unit: unit_of(presenter, &names).map(|name| name.id.clone()),
                list: lists.remove(&presenter.code),
            });
        Ok(presenters.collect())
    }
}

/// The lists of all presenters of an appraisal, as they stand now.
async fn gather(conn: &mut Conn, config: &AppraisalConfig) -> Result<LastYears> {
    let names = in_order(units::all(conn).await?)?;
    let mut lists = LastYears::new();
    let Some(year) = config.year.checked_sub(1) else {
        return Ok(lists);
    };
    for presenter in &config.presenters {
        let Some(unit) = unit_of(presenter, &names) else {
            continue;
        };
        let rows = followups::last_year(conn, &unit.path, year.into()).await?;
        let lines = rows.into_iter().map(|row| {
            let closed_on = row.matter.closed_on.as_deref().map(str::parse).transpose();
            Ok(LastYearLine {
                title: row.matter.title,
                closed_on: closed_on.map_err(AppError::internal)?,
                answer: row.answer,
            })
        });
        if let Some(list) = LastYear::of(year, lines.collect::<Result<_>>()?) {
            lists.insert(presenter.code.clone(), list);
        }
    }
    Ok(lists)
}

/// Fixes the lists in the transaction that seals: stores the exact text and gives the hash that the boxes bind.
pub(crate) async fn fix(conn: &mut Conn, appraisal: &Loaded) -> Result<Option<String>> {
    let Some((text, hash)) = sealed(&gather(conn, &appraisal.config).await?) else {
        return Ok(None);
    };
    documents::put(conn, &appraisal.id, Kind::LastYear, "", &text).await?;
    Ok(Some(hash))
}

/// The text that was fixed; none where nobody has a list.
pub(crate) async fn fixed(conn: &mut Conn, id: &AppraisalId) -> Result<Option<String>> {
    Ok(documents::get(conn, id, Kind::LastYear, "").await?)
}
