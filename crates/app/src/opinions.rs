//! Reading the opened opinions.

use pingyi_domain::AppraisalId;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::opinions::OpinionSheet;
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::opinions;

use crate::loaded::Loaded;
use crate::{App, AppError, OpinionsView, PresenterOpinions, Result};

impl App {
    /// The opened opinions, after release or keeping; none of an urn that stayed empty.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before that, [`AppError::NotFound`] while the tellers have not opened the urn.
    pub async fn opinions(&self, id: &AppraisalId) -> Result<OpinionsView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if !appraisal.state.shows_opinions() {
            return appraisal.wrong_state();
        }
        if let Some(stored) = documents::get(&mut view, id, Kind::Opinions, "").await? {
            return Ok(serde_json::from_str(&stored)?);
        }
        // An urn into which nobody put anything needs no tellers to be read.
        if opinions::count(&mut view, id).await? == 0 {
            let config = &appraisal.config;
            return Ok(told(config, OpinionSheet::new(config, [])));
        }
        Err(AppError::NotFound)
    }
}

/// The sheet with the titles of the presenters.
pub(crate) fn told(config: &AppraisalConfig, sheet: OpinionSheet) -> OpinionsView {
    let presenters = sheet.presenters.into_iter().zip(&config.presenters);
    OpinionsView {
        presenters: presenters
            .map(|(of, presenter)| PresenterOpinions {
                code: of.presenter,
                title: presenter.title.clone(),
                texts: of.texts,
            })
            .collect(),
        unreadable: sheet.unreadable,
        empty: sheet.empty,
    }
}
