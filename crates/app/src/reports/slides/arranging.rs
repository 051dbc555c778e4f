//! Arranging slides and typing for them: by who writes the report, also when it is with the office or approved. The numbers
//! stay those that were handed in.

use std::collections::BTreeMap;

use pingyi_domain::Digest;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{FieldProblem, ReportId};
use pingyi_domain::report::{
    Arrange, ArrangeError, Picked, SLIDE_POINTS_MOST, SLIDE_TITLE_MOST, SlideField, SlideKind,
    characters,
};
use pingyi_store::repo::decks::{self, DeckRow, SlideTextRow};
use pingyi_store::{Conn, Tx};

use super::super::writing::{SectionForm, WrittenDown, conflict, typed, unknown_in};
use super::super::{Kept, kept};
use super::{arrangement_of, build, material, photo_named, photos_of, worked};
use crate::record::{Hand, Stored};
use crate::{App, AppError, Result};

impl From<ArrangeError> for AppError {
    fn from(error: ArrangeError) -> Self {
        Self::Fields(vec![FieldProblem {
            field: "slides".to_owned(),
            rule: error.rule().to_owned(),
        }])
    }
}

/// What stands on the slides now, as far as the change needs it.
async fn picked(app: &App, conn: &mut Conn, stored: Kept, change: &Arrange) -> Result<Picked> {
    Ok(match change {
        Arrange::AddFigure { figure } => {
            let found = material(app, conn, stored).await?;
            let known = found.facts.figures.contains_key(figure);
            if !known {
                return Err(ArrangeError::NoFigure.into());
            }
            build::picked(&found)
        }
        Arrange::DropFigure { .. } => build::picked(&material(app, conn, stored).await?),
        Arrange::AddPhoto { .. } | Arrange::DropPhoto { .. } => {
            let row = decks::deck(conn, stored.id.as_str()).await?;
            let arrangement = arrangement_of(row.as_ref())?;
            if let Arrange::AddPhoto { photo } = change {
                let found = photo_named(conn, &stored, photo.as_str()).await?;
                found.ok_or(AppError::NotFound)?;
            }
            let all = photos_of(conn, &stored, arrangement.photos.as_deref()).await?;
            let on = build::picked_photos(arrangement.photos.as_deref(), &all);
            Picked {
                photos: on
                    .into_iter()
                    .filter_map(|row| row.id.parse().ok())
                    .collect(),
                figures: Vec::new(),
            }
        }
        _ => Picked::default(),
    })
}

/// The figures of what is typed as the slides show them: worked out anew, or those that were handed in.
async fn figures_of(
    app: &App,
    conn: &mut Conn,
    stored: Kept,
    text: &String,
) -> Result<BTreeMap<String, String>> {
    if stored.state.name().is_open() {
        return worked(app, conn, &stored, text).await;
    }
    Ok(material(app, conn, stored).await?.handed_in(text))
}

/// The place of what is typed, by the names in its address.
fn place_of((slide, field): (&str, &str)) -> Result<(SlideKind, SlideField)> {
    let slide: SlideKind = slide.parse().map_err(|_| AppError::NotFound)?;
    let field: SlideField = field.parse().map_err(|_| AppError::NotFound)?;
    if slide.takes(field) {
        Ok((slide, field))
    } else {
        Err(AppError::NotFound)
    }
}

impl App {
    /// Makes one change of the arrangement. It says what is to be, so nobody undoes somebody else's.
    ///
    /// # Errors
    /// [`AppError::NotFound`] also for a photo that is none of the unit's confirmed ones of the year,
    /// [`AppError::NotYourUnit`], [`AppError::Fields`] (field `slides`) for what cannot be, [`AppError::Busy`].
    pub async fn arrange_slides(
        &self,
        hand: &Hand,
        id: &ReportId,
        change: &Arrange,
    ) -> Result<Stored> {
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.drafts(stored.place())?;
        let before = decks::deck(&mut tx, id.as_str()).await?;
        let version = before.as_ref().map_or(0, |row| row.version);
        let arrangement = arrangement_of(before.as_ref())?;
        let picked = picked(self, &mut tx, stored, change).await?;
        let after = arrangement.clone().arranged(change, picked)?;
        if after == arrangement {
            return Ok(Stored {
                id: id.to_string(),
                version,
            });
        }
        let row = DeckRow {
            report: id.to_string(),
            version,
            arrangement: serde_json::to_string(&after)?,
            actor: hand.actor().to_string(),
            at: self.now(),
        };
        if !decks::put_deck(&mut tx, &row).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::SlidesArranged {
            version: version + 1,
            change: change.clone(),
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version: version + 1,
        })
    }

    /// Stores what is typed for a slide; an empty text leaves it to the proposal.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] for points where a slide takes none, [`AppError::NotYourUnit`],
    /// [`AppError::Conflict`] with both texts.
    pub async fn write_slide(
        &self,
        hand: &Hand,
        id: &ReportId,
        place: (&str, &str),
        form: &SectionForm,
    ) -> Result<WrittenDown> {
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.drafts(stored.place())?;
        let (slide, field) = place_of(place)?;
        let most = match field {
            SlideField::Title => SLIDE_TITLE_MOST,
            SlideField::Points => SLIDE_POINTS_MOST,
        };
        let text = typed(&form.text, most)?;
        let (version, now) = self
            .put_slide(&mut tx, hand, (id, slide, field), (form.version, &text))
            .await?;
        let figures = figures_of(self, &mut tx, stored, &text).await?;
        if now != version {
            let event = AuditEvent::SlideWritten {
                slide,
                field,
                version: now,
                text: Digest::of(text.as_bytes()),
            };
            self.record(&mut tx, hand.actor(), id.as_str(), &event)
                .await?;
            tx.commit().await?;
        }
        Ok(WrittenDown {
            version: now,
            characters: characters(&text),
            unknown: unknown_in(&text, &figures),
            figures,
        })
    }

    /// Stores a text that is another one than before; the versions before and now.
    async fn put_slide(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        (id, slide, field): (&ReportId, SlideKind, SlideField),
        (on, text): (i64, &str),
    ) -> Result<(i64, i64)> {
        let rows = decks::texts(tx, id.as_str()).await?;
        let before = rows
            .into_iter()
            .find(|row| row.slide == slide.as_str() && row.field == field.as_str());
        let version = before.as_ref().map_or(0, |row| row.version);
        let old = before.as_ref().map_or("", |row| row.text.as_str());
        if old == text {
            return Ok((version, version));
        }
        if let Some(row) = before.as_ref().filter(|row| row.version != on) {
            let stamp = (row.version, row.actor.as_str(), row.at);
            return Err(conflict(tx, "text", stamp, (old, text)).await?);
        }
        let row = SlideTextRow {
            report: id.to_string(),
            slide: slide.to_string(),
            field: field.to_string(),
            version,
            text: text.to_owned(),
            actor: hand.actor().to_string(),
            at: self.now(),
        };
        if !decks::put_text(tx, &row).await? {
            return Err(AppError::Busy);
        }
        Ok((version, version + 1))
    }
}
