//! A rater puts sealed opinions into the urn: without credential or category (contract §6).

use pingyi_ballot::opinion::Entry;
use pingyi_domain::{AppraisalId, sha256_hex};
use pingyi_store::Conn;
use pingyi_store::repo::{boxes, opinions, roll};

use crate::loaded::{Loaded, id_of};
use crate::{App, AppError, Result};

/// Bundles per slip that the urn takes: a rater may cast again and write anew.
const BUNDLES_PER_SLIP: i64 = 3;

impl App {
    /// Puts one rater's bundle into the urn: one entry per presenter, in any order. The same bundle again
    /// changes nothing.
    ///
    /// # Errors
    /// [`AppError::WrongState`] unless open or paused, [`AppError::Opinion`] with `opinion_count`,
    /// `opinion_malformed`, `opinion_bad_proof`, `urn_full` or `no_opinions`.
    pub async fn put_opinions(&self, id: &AppraisalId, entries: Vec<String>) -> Result<usize> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        check_bundle(&appraisal, &entries)?;
        let context = self
            .urn_context(&mut view, id)
            .await?
            .ok_or(AppError::internal("an urn without key"))?;
        drop(view);
        let entries = self
            .0
            .caster
            .run(move || {
                use rayon::prelude::*;
                let checked: std::result::Result<Vec<Entry>, _> = entries
                    .par_iter()
                    .map(|entry| Entry::parse(&context, entry))
                    .collect();
                checked.map(|_| entries)
            })
            .await?
            .map_err(|error| AppError::Opinion {
                code: opinion_code(&error),
            })?;
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        check_bundle(&appraisal, &entries)?;
        if opinions::count(&mut tx, id).await? >= most(&mut tx, &appraisal).await? {
            return Err(AppError::Opinion { code: "urn_full" });
        }
        for entry in &entries {
            opinions::insert(&mut tx, id, &sha256_hex(entry.as_bytes()), entry).await?;
        }
        tx.commit().await?;
        Ok(entries.len())
    }
}

fn check_bundle(appraisal: &Loaded, entries: &[String]) -> Result<()> {
    if !appraisal.config.form.opinions {
        return Err(AppError::Opinion {
            code: "no_opinions",
        });
    }
    if !appraisal.state.takes_opinions() {
        return appraisal.wrong_state();
    }
    if entries.len() != appraisal.config.presenters.len() {
        return Err(AppError::Opinion {
            code: "opinion_count",
        });
    }
    Ok(())
}

fn opinion_code(error: &pingyi_ballot::BallotError) -> &'static str {
    match error {
        pingyi_ballot::BallotError::OpinionProof => "opinion_bad_proof",
        _ => "opinion_malformed",
    }
}

/// The urn has no credentials, so the number of slips bounds what anybody can stuff into it.
async fn most(conn: &mut Conn, appraisal: &Loaded) -> Result<i64> {
    let mut slips = 0;
    for row in boxes::of_appraisal(conn, &appraisal.id).await? {
        slips += roll::counts(conn, &id_of(&row))
            .await?
            .iter()
            .map(|count| count.number)
            .sum::<i64>();
    }
    let presenters =
        i64::try_from(appraisal.config.presenters.len()).map_err(AppError::internal)?;
    Ok(slips
        .saturating_mul(presenters)
        .saturating_mul(BUNDLES_PER_SLIP))
}
