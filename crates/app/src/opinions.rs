//! Reading the opened opinions.

use pingyi_domain::AppraisalId;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::opinions::OpinionSheet;
use pingyi_store::Conn;
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::followups::{self, OpinionStrikeRow};
use pingyi_store::repo::opinions;

use crate::loaded::Loaded;
use crate::{App, AppError, OpinionsView, PresenterOpinions, Result};

impl App {
    /// The opened opinions, after release or keeping; none of an urn that stayed empty. What was struck is left out.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before that, [`AppError::NotFound`] while the tellers have not opened the urn.
    pub async fn opinions(&self, id: &AppraisalId) -> Result<OpinionsView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if !appraisal.state.shows_opinions() {
            return appraisal.wrong_state();
        }
        let sheet = opened(&mut view, &appraisal).await?;
        let mut sheet = sheet.ok_or(AppError::NotFound)?;
        for strike in followups::strikes(&mut view, id).await? {
            leave_out(&mut sheet, &strike)?;
        }
        for of in &mut sheet.presenters {
            of.texts.retain(|text| !text.is_empty());
        }
        Ok(sheet)
    }
}

/// All opinions as the tellers opened them, what is struck among them; none while they have not.
pub(crate) async fn opened(conn: &mut Conn, appraisal: &Loaded) -> Result<Option<OpinionsView>> {
    let id = &appraisal.id;
    if let Some(stored) = documents::get(conn, id, Kind::Opinions, "").await? {
        return Ok(Some(serde_json::from_str(&stored)?));
    }
    // An urn into which nobody put anything needs no tellers to be read.
    let config = &appraisal.config;
    let unused = opinions::count(conn, id).await? == 0;
    Ok(unused.then(|| told(config, OpinionSheet::new(config, []))))
}

/// Takes the words of a struck opinion out and says why; one that waits for a leader is counted and still read.
/// Opened opinions are never empty, so an empty text marks one that goes.
fn leave_out(sheet: &mut OpinionsView, strike: &OpinionStrikeRow) -> Result<()> {
    let place = usize::try_from(strike.number - 1).map_err(AppError::internal)?;
    let of = sheet
        .presenters
        .iter_mut()
        .find(|of| of.code.as_str() == strike.presenter);
    if let Some(of) = of {
        if strike.confirmed_by.is_none() {
            of.waiting += 1;
        } else if let Some(text) = of.texts.get_mut(place) {
            text.clear();
            of.struck.push(strike.reason.clone());
        }
    }
    Ok(())
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
                struck: Vec::new(),
                waiting: 0,
            })
            .collect(),
        unreadable: sheet.unreadable,
        empty: sheet.empty,
    }
}
