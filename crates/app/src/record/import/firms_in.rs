//! Writing the firms of a file, with what covers them and why they are struck out.

use pingyi_domain::record::{Coverage, Date, FirmId, Kind, Spell, Standing, Strike};
use pingyi_store::repo::coverages::{CoverageRow, StrikeRow};
use pingyi_store::repo::firms::{self, FirmRow};
use pingyi_store::repo::imports::TouchedRow;
use pingyi_store::repo::pulses;
use pingyi_store::row;
use pingyi_store::{StoreError, Tx};
use rand_chacha::ChaCha20Rng;

use super::Choice;
use super::alike;
use super::bring::{AT_ONCE, Done, Work};
use super::cells::Good;
use super::job::{ImportStep, Job};
use super::rows::FirmIn;
use super::settled::doc_of;
use crate::record::firms::firm_row;
use crate::record::written::Written as _;
use crate::{App, AppError, Result};

/// The spells that come with firms, new ones.
#[derive(Default)]
pub(super) struct Spells {
    covers: Vec<CoverageRow>,
    strikes: Vec<StrikeRow>,
}

impl Spells {
    pub fn add(&mut self, rng: &mut ChaCha20Rng, covers: Vec<Coverage>, strike: Option<Strike>) {
        for cover in covers {
            self.covers.push(cover.to_row(&Coverage::new_id(rng), 1));
        }
        if let Some(strike) = strike {
            self.strikes.push(strike.to_row(&Strike::new_id(rng), 1));
        }
    }

    pub fn touched(&self) -> impl Iterator<Item = TouchedRow> + '_ {
        let covers = self.covers.iter();
        let covers = covers.map(|row| made(&row.id, Kind::Coverage));
        let strikes = self.strikes.iter();
        covers.chain(strikes.map(|row| made(&row.id, Kind::Strike)))
    }

    pub async fn insert(&self, tx: &mut Tx) -> Result<()> {
        row::insert_all(tx, &self.covers).await?;
        row::insert_all(tx, &self.strikes).await?;
        Ok(())
    }
}

/// What an undo has to know of a record that the import made.
pub(super) fn made(id: &str, kind: Kind) -> TouchedRow {
    TouchedRow {
        record: id.to_owned(),
        version: 1,
        before: String::new(),
        kind: kind.to_string(),
    }
}

const fn since(day: Date) -> Spell {
    Spell {
        from_on: day,
        until_on: None,
    }
}

/// What covers the firm, as its row says.
pub(super) fn covers_of(firm: &FirmId, row: &FirmIn) -> Result<Vec<Coverage>> {
    let covers = row.covers.iter().map(|cover| {
        let unit = cover.unit.as_deref().map(str::parse).transpose();
        let post = cover.post.as_deref().map(str::parse).transpose();
        Ok(Coverage {
            firm: firm.clone(),
            kind: cover.kind,
            unit: unit.map_err(AppError::internal)?,
            post: post.map_err(AppError::internal)?,
            spell: since(cover.from_on),
            note: String::new(),
        })
    });
    covers.collect()
}

/// Why the firm is struck out, as its row says.
pub(super) fn strike_of_row(firm: &FirmId, row: &FirmIn) -> Option<Strike> {
    row.strike.as_ref().map(|strike| Strike {
        firm: firm.clone(),
        reason: strike.reason.clone(),
        spell: since(strike.from_on),
        note: String::new(),
    })
}

impl App {
    /// Writes firms; `pulse` is how often the register had been written when the rows were compared with it.
    pub(super) async fn bring_firms(
        &self,
        tx: &mut Tx,
        work: &Work,
        (good, pulse): (&[Good<FirmIn>], i64),
        job: &Job,
    ) -> Result<Done> {
        // Held until the end: nobody else writes firms meanwhile.
        if pulses::raise(tx, pulses::FIRMS).await? != pulse + 1 {
            let known = firms::keys(tx).await?;
            if alike::firms(good, &known) != work.preview.alike {
                return Err(AppError::OldVersion);
            }
        }
        let mut done = Done::default();
        let (mut new, mut known) = (Vec::new(), Vec::new());
        for row in good {
            match work.chosen.get(&row.row) {
                Some((Choice::Skip, _)) => done.skipped += 1,
                Some((Choice::Update, firm)) => known.push((firm.as_str(), &row.record)),
                Some((Choice::Add, _)) | None => new.push(&row.record),
            }
        }
        self.add_firms(tx, work, &new, &mut done, job).await?;
        self.update_firms(tx, work, &known, &mut done, job).await?;
        Ok(done)
    }

    async fn add_firms(
        &self,
        tx: &mut Tx,
        work: &Work,
        new: &[&FirmIn],
        done: &mut Done,
        job: &Job,
    ) -> Result<()> {
        let today = self.today()?;
        let mut rng = self.rng();
        // In order, so that neighbours of the indexes are written together.
        let mut ids: Vec<FirmId> = new.iter().map(|_| FirmId::generate(&mut rng)).collect();
        ids.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
        let mut rows = Vec::with_capacity(new.len());
        let mut spells = Spells::default();
        for (id, one) in ids.iter().zip(new) {
            spells.add(&mut rng, covers_of(id, one)?, strike_of_row(id, one));
            let covers: Vec<_> = one
                .covers
                .iter()
                .map(|c| (c.kind, since(c.from_on)))
                .collect();
            let strikes = one.strike.iter().map(|strike| since(strike.from_on));
            let now = Standing::on(today, one.firm.opened_on, strikes, &covers);
            rows.push(FirmRow {
                import: Some(work.id.to_string()),
                struck: now.struck.into(),
                own: now.own.into(),
                joint: now.joint.into(),
                work: now.work.into(),
                ..firm_row(id, 1, &one.firm)
            });
        }
        for (written, some) in rows.chunks(AT_ONCE).enumerate() {
            match firms::insert(tx, some).await {
                Err(StoreError::Conflict) => return Err(AppError::OldVersion),
                other => other?,
            }
            job.tell(
                ImportStep::Writing,
                written * AT_ONCE + some.len(),
                work.preview.good,
            );
        }
        spells.insert(tx).await?;
        done.added = rows.len();
        done.docs.extend(rows.iter().map(doc_of));
        done.touched
            .extend(rows.iter().map(|row| made(&row.id, Kind::Firm)));
        done.touched.extend(spells.touched());
        Ok(())
    }
}
