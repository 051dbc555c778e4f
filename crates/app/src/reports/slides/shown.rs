//! What the hall shows. The slides are fixed, with their hash in the trail, when the stage goes to their presenter: what is
//! changed while they speak is not seen until the stage comes to them again.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::ReportId;
use pingyi_domain::report::ReportStateName;
use pingyi_domain::{Actor, AppraisalId, Digest, PresenterCode, canonical_json};
use pingyi_papers::Slide;
use pingyi_store::repo::decks::{self, ShownHead, ShownRow};
use pingyi_store::repo::{reports, slides, units};
use pingyi_store::{Conn, Tx};

use super::{DeckPhoto, material, screen};
use crate::followup::unit_of;
use crate::loaded::Loaded;
use crate::record::units::in_order;
use crate::reports::{Kept, kept};
use crate::{App, AppError, HallSeat, Result};

/// The report whose slides the hall shows of a presenter: their unit's of the year, once it was handed in.
async fn report_of(
    conn: &mut Conn,
    appraisal: &Loaded,
    code: &PresenterCode,
) -> Result<Option<Kept>> {
    let names = in_order(units::all(conn).await?)?;
    let presenter = appraisal.config.presenter(code);
    let Some(unit) = presenter.and_then(|presenter| unit_of(presenter, &names)) else {
        return Ok(None);
    };
    let rows = reports::of_unit(conn, unit.id.as_str()).await?;
    let year = i64::from(appraisal.config.year);
    let Some(row) = rows.into_iter().find(|row| row.year == year) else {
        return Ok(None);
    };
    let id: ReportId = row.id.parse().map_err(AppError::internal)?;
    let found = kept(conn, &id).await?;
    let told = matches!(
        found.state.name(),
        ReportStateName::Submitted | ReportStateName::Approved
    );
    Ok(told.then_some(found))
}

/// Fixes what the hall shows of a presenter, in the transaction that gives them the stage. An uploaded file goes before.
pub(crate) async fn fix_deck(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    (appraisal, code): (&Loaded, &PresenterCode),
) -> Result<()> {
    let id = &appraisal.id;
    let uploaded = slides::codes(tx, id).await?;
    let own = uploaded.iter().any(|one| one == code.as_str());
    let found = if own {
        None
    } else {
        report_of(tx, appraisal, code).await?
    };
    let Some(stored) = found else {
        if decks::drop_shown(tx, id, code.as_str()).await? {
            let presenter = code.clone();
            let event = AuditEvent::DeckDropped { presenter };
            app.record(tx, actor, id.as_str(), &event).await?;
        }
        return Ok(());
    };
    let report = stored.id.clone();
    let found = material(app, tx, stored).await?;
    let deck = screen::screen(&found, false);
    let mut photos = Vec::new();
    for one in &deck.slides {
        if let Slide::Photos { photos: list, .. } = &one.slide {
            let each = list.iter().map(|photo| &photo.picture);
            photos.extend(each.map(|photo| (photo.sha256.clone(), photo.media.clone())));
        }
    }
    let text = canonical_json(&deck);
    let hash = Digest::of(text.as_bytes());
    let row = ShownRow {
        appraisal: id.to_string(),
        presenter: code.to_string(),
        report: report.to_string(),
        deck: text,
        hash: hash.to_string(),
        at: app.now(),
    };
    let before = decks::shown(tx, id, code.as_str()).await?;
    if before.is_some_and(|before| before.hash == row.hash && before.report == row.report) {
        return Ok(());
    }
    decks::put_shown(tx, &row, &photos).await?;
    let event = AuditEvent::DeckShown {
        presenter: code.clone(),
        report,
        deck: hash,
    };
    app.record(tx, actor, id.as_str(), &event).await
}

/// Which presenters have slides for the hall.
pub(crate) async fn shown_heads(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<ShownHead>> {
    Ok(decks::heads(conn, id).await?)
}

impl App {
    /// The slides the hall shows of a presenter: the exact text whose hash the trail names.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn shown_deck(&self, id: &AppraisalId, code: &PresenterCode) -> Result<String> {
        let mut view = self.store().read().await?;
        let row = decks::shown(&mut view, id, code.as_str()).await?;
        Ok(row.ok_or(AppError::NotFound)?.deck)
    }

    /// A photo in them, by the hash of its file; no other file is handed out.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::FileMissing`], [`AppError::FileChanged`].
    pub async fn shown_photo(
        &self,
        id: &AppraisalId,
        code: &PresenterCode,
        sha256: &str,
    ) -> Result<DeckPhoto> {
        let mut view = self.store().read().await?;
        let media = decks::photo(&mut view, id, code.as_str(), sha256).await?;
        let media = media.ok_or(AppError::NotFound)?;
        drop(view);
        let digest = sha256.parse().map_err(|_| AppError::NotFound)?;
        Ok(DeckPhoto {
            media,
            content: self.file(&digest).await?,
        })
    }

    /// The slides the hall shows of a presenter, for the hall screen of that appraisal.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn hall_deck(&self, seat: &HallSeat, code: &PresenterCode) -> Result<String> {
        self.shown_deck(&seat.appraisal, code).await
    }

    /// A photo in them, for the hall screen of that appraisal.
    ///
    /// # Errors
    /// As [`App::shown_photo`].
    pub async fn hall_photo(
        &self,
        seat: &HallSeat,
        code: &PresenterCode,
        sha256: &str,
    ) -> Result<DeckPhoto> {
        self.shown_photo(&seat.appraisal, code, sha256).await
    }
}
