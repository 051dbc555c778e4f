//! The letters of an appraisal, one after the other in the background: each is made whole or not at all, and those that
//! are not say why.

use std::sync::Arc;
use std::time::Duration;

use pingyi_domain::{AppraisalId, PresenterCode};
use pingyi_store::repo::papers;

use super::fault::PaperFault;
use super::keep::may_be_made;
use super::which::{PaperFormat, Sheet, Wanted};
use crate::events::Topic;
use crate::jobs::{Going, Job};
use crate::loaded::Loaded;
use crate::record::Hand;
use crate::{App, AppError, Result};

/// How long an answer waits for the letters it has set off; a few are done with it, many show how far they are.
const PATIENCE: Duration = Duration::from_secs(2);

/// A letter that was not made.
#[derive(Debug, Clone)]
pub struct LetterFailed {
    /// To whom.
    pub presenter: PresenterCode,
    /// Why.
    pub why: Arc<AppError>,
}

/// How far the letters of an appraisal are.
#[derive(Debug, Clone, Default)]
pub struct LettersRun {
    /// Letters looked at.
    pub done: usize,
    /// All of them.
    pub total: usize,
    /// Those that were not made.
    pub failed: Vec<LetterFailed>,
    /// Whether it is over.
    pub over: bool,
}

impl LettersRun {
    /// How much is done, in percent.
    #[must_use]
    pub fn percent(&self) -> usize {
        100 * self.done.min(self.total) / self.total.max(1)
    }
}

impl Going for LettersRun {
    const TOPIC: Topic = Topic::Papers;

    fn has_ended(&self) -> bool {
        self.over
    }

    fn mark(&self) -> usize {
        2 * self.done + usize::from(self.over)
    }
}

impl App {
    /// Makes the letters of all presenters; those that say the same already stay. It goes on when who asked has gone. The
    /// answer is what came of it, or how far it is when that takes longer than two seconds; who asks again while it goes on
    /// waits for the same.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`], [`AppError::NotFound`], [`AppError::WrongState`] before the count, [`AppError::Paper`]
    /// when there is no program to make them.
    pub async fn make_letters(&self, hand: &Hand, id: &AppraisalId) -> Result<LettersRun> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        drop(view);
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        if !self.prints() {
            let program = self.press_place().into();
            return Err(AppError::Paper(PaperFault::Absent { program }));
        }
        let presenters = appraisal.config.presenters.iter();
        let codes: Vec<PresenterCode> = presenters.map(|one| one.code.clone()).collect();
        let first = LettersRun {
            total: codes.len(),
            ..LettersRun::default()
        };
        let begun = self.0.letters.begin(id.as_str(), first, &self.0.events);
        if let Some(job) = begun {
            let (app, hand, id) = (self.clone(), hand.clone(), id.clone());
            self.spawn(async move { app.letters_one_by_one(&hand, &id, codes, &job).await });
        }
        let _ = tokio::time::timeout(PATIENCE, self.0.letters.ended(id.as_str())).await;
        Ok(self.letters_run(id).unwrap_or_default())
    }

    /// How far the letters are that are being made, or what came of the last ones; none where nothing is known. Whoever
    /// may see it asks [`App::papers_of`] first.
    #[must_use]
    pub fn letters_run(&self, id: &AppraisalId) -> Option<LettersRun> {
        self.0.letters.progress(id.as_str())
    }

    /// One letter; what was made of the same data stays, and nothing is pressed anew.
    async fn make_letter(&self, hand: &Hand, wanted: &Wanted) -> Result<()> {
        let facts = self.facts_of(hand, wanted).await?;
        may_be_made(wanted, facts.as_ref())?;
        let paper = self.filled(hand, wanted, facts.as_ref()).await?;
        let data = paper.hash().to_string();
        let mut view = self.store().read().await?;
        let made = papers::of_place(&mut view, &wanted.place()).await?;
        drop(view);
        let mut made = made.iter();
        if !made.any(|row| row.data == data && row.format == PaperFormat::Pdf.name()) {
            self.make_paper(hand, wanted, PaperFormat::Pdf).await?;
        }
        Ok(())
    }

    async fn letters_one_by_one(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        codes: Vec<PresenterCode>,
        job: &Job<LettersRun>,
    ) {
        let mut run = LettersRun {
            total: codes.len(),
            ..LettersRun::default()
        };
        for presenter in codes {
            let wanted = Wanted::Of(id.clone(), Sheet::Letter(presenter.clone()));
            if let Err(error) = self.make_letter(hand, &wanted).await {
                tracing::warn!(code = error.code(), %presenter, "a letter was not made");
                let why = Arc::new(error);
                run.failed.push(LetterFailed { presenter, why });
            }
            run.done += 1;
            job.say(run.clone());
        }
        run.over = true;
        job.say(run);
    }
}
