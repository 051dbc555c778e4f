//! The slides as files: one deck for PDF and pptx, with the pictures in it.

use std::collections::BTreeMap;

use pingyi_domain::record::ReportId;
use pingyi_domain::report::SlideKind;
use pingyi_papers::{Deck, Head, Paper, Picture, Slide};
use pingyi_store::repo::units;

use super::build::build;
use super::{DeckPhoto, Material, PhotoRef, ScreenDeck, material, photo_named, screen};
use crate::record::Hand;
use crate::record::units::in_order;
use crate::reports::{ReportFile, kept};
use crate::{App, AppError, Result};

impl App {
    /// The slides of a report as they would be shown now, with the pictures in them; those left out are not there.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::FileMissing`], [`AppError::FileChanged`] for a photo.
    pub async fn report_deck(&self, hand: &Hand, id: &ReportId) -> Result<Deck> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let names = in_order(units::all(&mut view).await?)?;
        let root = names.iter().find(|name| name.path.holds(stored.place()));
        let office = root.map(|root| root.name.clone()).unwrap_or_default();
        let found = material(self, &mut view, stored).await?;
        drop(view);
        self.deck_of(&found, office).await
    }

    async fn deck_of(&self, found: &Material, office: String) -> Result<Deck> {
        let mut title = String::new();
        let mut slides = Vec::new();
        for built in build(found) {
            if built.slide == SlideKind::Cover {
                title = built.title;
            } else if !built.hidden {
                slides.extend(built.slides);
            }
        }
        let pictures = self.pictures(&slides).await?;
        let picture = |photo: PhotoRef| {
            pictures
                .get(&photo.sha256)
                .cloned()
                .ok_or(AppError::NotFound)
        };
        let slides = slides
            .into_iter()
            .map(|slide| slide.with_photos(picture))
            .collect::<Result<Vec<Slide>>>()?;
        Ok(Deck {
            head: Head {
                office,
                made_on: found.dated,
                mark: found.mark(),
            },
            title,
            presenter: found.stored.unit.name.clone(),
            dated: found.dated,
            slides,
        })
    }

    /// The pictures that stand on slides, by hash.
    async fn pictures(&self, slides: &[Slide<PhotoRef>]) -> Result<BTreeMap<String, Picture>> {
        let mut pictures = BTreeMap::new();
        for slide in slides {
            let Slide::Photos { photos, .. } = slide else {
                continue;
            };
            for photo in photos {
                let sha256 = &photo.picture.sha256;
                if pictures.contains_key(sha256) {
                    continue;
                }
                let digest = sha256.parse().map_err(AppError::internal)?;
                let content = self.file(&digest).await?;
                let picture = Picture::new(content.to_vec()).map_err(AppError::internal)?;
                pictures.insert(sha256.clone(), picture);
            }
        }
        Ok(pictures)
    }

    /// The slides as an editable pptx.
    ///
    /// # Errors
    /// As [`App::report_deck`]; [`AppError::Paper`] when there is no slide behind the cover.
    pub async fn report_pptx(&self, hand: &Hand, id: &ReportId) -> Result<ReportFile> {
        let deck = self.report_deck(hand, id).await?;
        let name = format!("{}{}.pptx", deck.presenter, deck.title);
        let paper = Paper::Deck(deck).checked()?;
        let written = tokio::task::spawn_blocking(move || pingyi_office::pptx(&paper)).await;
        let written = written.map_err(AppError::internal)?;
        Ok(ReportFile {
            name,
            bytes: written.map_err(crate::papers::PaperFault::from)?,
        })
    }

    /// The slides of a report for its page: all of them, those left out too.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn report_screen(&self, hand: &Hand, id: &ReportId) -> Result<ScreenDeck> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let found = material(self, &mut view, stored).await?;
        Ok(screen::screen(&found, true))
    }

    /// A photo that a report's slides may show, by the hash of its file.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for any other, [`AppError::NotYourUnit`], [`AppError::FileMissing`],
    /// [`AppError::FileChanged`].
    pub async fn report_photo(
        &self,
        hand: &Hand,
        id: &ReportId,
        sha256: &str,
    ) -> Result<DeckPhoto> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let row = photo_named(&mut view, &stored, sha256).await?;
        drop(view);
        let row = row.ok_or(AppError::NotFound)?;
        let digest = row.sha256.parse().map_err(AppError::internal)?;
        Ok(DeckPhoto {
            content: self.file(&digest).await?,
            media: row.media,
        })
    }
}
