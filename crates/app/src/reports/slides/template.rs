//! The office's own pptx template: kept by its hash, filled with what a report says.

use std::collections::BTreeMap;

use bytes::Bytes;
use pingyi_domain::Digest;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::ReportId;
use pingyi_domain::report::FigureCode;
use pingyi_office::{Placeholder, Values, fill, placeholders};
use pingyi_papers::{DutyReport, Mark, Paper};
use pingyi_store::repo::office::TemplateRow;
use pingyi_store::row;

use super::{Material, material, worked};
use crate::papers::PaperFault;
use crate::record::{EvidenceFile, Hand, PPTX, called, name_of};
use crate::reports::outline::current;
use crate::reports::{ReportFile, kept};
use crate::slides::{MAX_SLIDES_BYTES, SlidesFault};
use crate::{App, AppError, Result};

/// The one template there is.
const DECK: &str = "deck";
/// Placeholders that every report has something for.
pub const TEMPLATE_NAMES: [&str; 7] = [
    "title",
    "presenter",
    "unit",
    "year",
    "date",
    "office",
    "mark",
];
/// The table of last year's list: number, problem, what was done, state.
pub const TEMPLATE_TABLE: &str = "table:last_year";

/// The template with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateView {
    /// Name of the file.
    pub name: String,
    /// Size in bytes.
    pub bytes: i64,
    /// Whoever set it, by name.
    pub by: String,
    /// Seconds since 1970.
    pub at: i64,
    /// Placeholders that are filled.
    pub known: Vec<Placeholder>,
    /// Placeholders that stay as they are.
    pub unknown: Vec<Placeholder>,
}

/// The figure a placeholder asks for.
fn figure_of(name: &str) -> Option<FigureCode> {
    name.strip_prefix("figure:")?.parse().ok()
}

/// Whether a report may have something for a placeholder.
fn is_known(name: &str, sections: &[String]) -> bool {
    TEMPLATE_NAMES.contains(&name)
        || name == TEMPLATE_TABLE
        || figure_of(name).is_some()
        || name
            .strip_prefix("section:")
            .is_some_and(|code| sections.iter().any(|known| known == code))
}

/// What a report has for the placeholders, besides its figures.
fn values(report: &DutyReport, found: &Material) -> Values {
    let mut texts = BTreeMap::new();
    let day = report.dated;
    let all = [
        report.title.clone(),
        report.presenter.clone(),
        found.stored.unit.short.clone(),
        found.stored.year.to_string(),
        format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        report.head.office.clone(),
        match report.head.mark {
            Some(Mark::Draft) => "草稿".to_owned(),
            Some(Mark::Sample) => "示例数据".to_owned(),
            Some(Mark::Rehearsal) | None => String::new(),
        },
    ];
    for (name, text) in TEMPLATE_NAMES.iter().zip(all) {
        texts.insert((*name).to_owned(), vec![text]);
    }
    let mut rows = Vec::new();
    for (spec, section) in found.stored.outline.0.iter().zip(&report.sections) {
        texts.insert(format!("section:{}", spec.code), section.paragraphs.clone());
        for (number, answer) in (1..).zip(&section.answers) {
            let texts = [&answer.problem, &answer.done, &answer.state].map(Clone::clone);
            let number: usize = number;
            rows.push(std::iter::once(number.to_string()).chain(texts).collect());
        }
    }
    Values {
        texts,
        tables: BTreeMap::from([(TEMPLATE_TABLE.to_owned(), rows)]),
    }
}

impl App {
    /// Sets the template.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for all but the office, [`AppError::Slides`], [`AppError::DiskFull`].
    pub async fn set_template(&self, hand: &Hand, name: &str, file: Vec<u8>) -> Result<()> {
        hand.decides()?;
        if file.len() > MAX_SLIDES_BYTES {
            return Err(SlidesFault::TooLarge.into());
        }
        let file = Bytes::from(file);
        self.asked(file.clone()).await?;
        // As long as this is held, no sweep takes away what no row names yet.
        let uploading = self.0.sweeping.read().await;
        let digest = self.files()?.put(file.clone()).await?;
        let row = TemplateRow {
            id: DECK.to_owned(),
            version: 1,
            name: called(name, PPTX),
            sha256: digest.to_string(),
            bytes: i64::try_from(file.len()).map_err(AppError::internal)?,
            actor: hand.actor().to_string(),
            at: self.now(),
        };
        let event = AuditEvent::TemplateSet {
            name: row.name.clone(),
            file: digest.clone(),
        };
        let mut tx = self.store().begin().await?;
        let before = row::by_id::<TemplateRow>(&mut tx, DECK).await?;
        let stored = match &before {
            None => row::insert(&mut tx, &row).await.map(|()| true)?,
            Some(old) => {
                let version = old.version;
                row::update(&mut tx, &TemplateRow { version, ..row }).await?
            }
        };
        if !stored {
            return Err(AppError::Busy);
        }
        self.record(&mut tx, hand.actor(), DECK, &event).await?;
        tx.commit().await?;
        if self.files()?.size(&digest).await?.is_none() {
            self.files()?.put(file).await?;
        }
        drop(uploading);
        match before {
            Some(before) => self.forget_both(&before.sha256, None).await,
            None => Ok(()),
        }
    }

    /// Takes the template away.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for all but the office, [`AppError::NotFound`].
    pub async fn remove_template(&self, hand: &Hand) -> Result<()> {
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        let found = row::by_id::<TemplateRow>(&mut tx, DECK).await?;
        let found = found.ok_or(AppError::NotFound)?;
        if !row::delete::<TemplateRow>(&mut tx, DECK, found.version).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::TemplateRemoved {
            file: found.sha256.parse().map_err(AppError::internal)?,
        };
        self.record(&mut tx, hand.actor(), DECK, &event).await?;
        tx.commit().await?;
        self.forget_both(&found.sha256, None).await
    }

    /// Whether there is a template.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_template(&self) -> Result<bool> {
        let mut view = self.store().read().await?;
        Ok(row::by_id::<TemplateRow>(&mut view, DECK).await?.is_some())
    }

    /// The template with what stands in it.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for all but the office, [`AppError::FileMissing`], [`AppError::FileChanged`].
    pub async fn template(&self, hand: &Hand) -> Result<Option<TemplateView>> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let Some(found) = row::by_id::<TemplateRow>(&mut view, DECK).await? else {
            return Ok(None);
        };
        let by = name_of(&mut view, &found.actor).await?;
        let outline = current(&mut view).await?.outline;
        drop(view);
        let codes: Vec<String> = outline.0.into_iter().map(|section| section.code).collect();
        let content = self.template_content(&found).await?;
        let all = self.asked(content).await?;
        let (known, unknown) = all.into_iter().partition(|one| is_known(&one.name, &codes));
        Ok(Some(TemplateView {
            name: found.name,
            bytes: found.bytes,
            by,
            at: found.at,
            known,
            unknown,
        }))
    }

    /// The placeholders of a template; all of it is unpacked for that, and looked over.
    async fn asked(&self, content: Bytes) -> Result<Vec<Placeholder>> {
        self.unpacking(move || Ok(placeholders(&content).map_err(SlidesFault::from)?))
            .await
    }

    async fn template_content(&self, row: &TemplateRow) -> Result<Bytes> {
        let digest: Digest = row.sha256.parse().map_err(AppError::internal)?;
        self.file(&digest).await
    }

    /// The template as it was sent.
    ///
    /// # Errors
    /// As [`App::template`]; [`AppError::NotFound`].
    pub async fn template_file(&self, hand: &Hand) -> Result<EvidenceFile> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let found = row::by_id::<TemplateRow>(&mut view, DECK).await?;
        let found = found.ok_or(AppError::NotFound)?;
        drop(view);
        Ok(EvidenceFile {
            content: self.template_content(&found).await?,
            name: found.name,
            media: PPTX.to_owned(),
            sha256: found.sha256,
        })
    }

    /// A report in the office's template. Handed in: with its figures as they were then; a figure that was not among them
    /// stays unfilled, since today's beside them would be of another day.
    ///
    /// # Errors
    /// [`AppError::NotFound`] also without a template, [`AppError::NotYourUnit`], [`AppError::FileMissing`],
    /// [`AppError::FileChanged`].
    pub async fn report_in_template(&self, hand: &Hand, id: &ReportId) -> Result<ReportFile> {
        let Paper::DutyReport(report) = self.report_paper(hand, id).await? else {
            return Err(AppError::internal("another paper"));
        };
        let mut view = self.store().read().await?;
        let row = row::by_id::<TemplateRow>(&mut view, DECK).await?;
        let row = row.ok_or(AppError::NotFound)?;
        let stored = kept(&mut view, id).await?;
        let found = material(self, &mut view, stored).await?;
        drop(view);
        let content = self.template_content(&row).await?;
        let asked = self.asked(content.clone()).await?;
        let codes = asked
            .iter()
            .filter_map(|one| Some((one.name.clone(), figure_of(&one.name)?)));
        let codes: BTreeMap<String, FigureCode> = codes.collect();
        let mut values = values(&report, &found);
        let text = codes.values().map(|code| format!("{{{{{code}}}}}"));
        let text: String = text.collect();
        let shown = if found.is_frozen() {
            found.handed_in(&text)
        } else {
            let mut view = self.store().read().await?;
            worked(self, &mut view, &found.stored, &text).await?
        };
        for (name, code) in codes {
            if let Some(shown) = shown.get(&code.to_string()) {
                values.texts.insert(name, vec![shown.clone()]);
            }
        }
        let filled = self.unpacking(move || Ok(fill(&content, &values).map_err(PaperFault::from)?));
        Ok(ReportFile {
            name: format!("{}{}.pptx", report.presenter, report.title),
            bytes: filled.await?.bytes,
        })
    }
}
