//! The encrypted tally of a closed box: the product of the ballots that count.

use std::collections::HashSet;
use std::sync::Arc;

use pingyi_ballot::archive::EventType;
use pingyi_ballot::ballot::Ciphertext;
use pingyi_ballot::tally::{EncryptedTally, SizedEncryptedTally, Weight};
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::{ballots, board};

use crate::board_records::append;
use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, id_of, minimum_of};
use crate::seal::ciphertexts;
use crate::{App, AppError, Result};

/// Records read at a time: a ballot of 54 × 4 has about 130 kB.
const PAGE: i64 = 128;

impl App {
    /// Computes the tally of a closed box and puts it onto its board, unless somebody else has done so or the
    /// appraisal was declared void meanwhile. The board of a closed box does not move, so nothing is locked while
    /// computing.
    pub(crate) async fn tally_box(&self, appraisal: &Loaded, closed: &BoxRow) -> Result<()> {
        let (tally, sized) = self.tally(closed).await?;
        let mut tx = self.store().begin().await?;
        Loaded::lock(&mut tx, &appraisal.id).await?;
        let id = id_of(closed);
        let mut row = boxes::lock(&mut tx, &id).await?.ok_or(AppError::NotFound)?;
        if row.state != "closed" {
            return Ok(());
        }
        if (row.records, &row.head) != (closed.records, &closed.head) {
            return Err(AppError::internal("the board of a closed box has moved"));
        }
        let tallied = ballot_box(&row, 0, &[])?.tally(minimum_of(appraisal, &row)?)?;
        row.tally = row.records;
        append(
            &mut tx,
            &mut row,
            EventType::EncryptedTally,
            &[&tally, &sized],
        )
        .await?;
        boxes::advance(&mut tx, closed.records, &row).await?;
        boxes::set_state(&mut tx, &id, tallied.name()).await?;
        tx.commit().await?;
        self.announce(&appraisal.id, &[Topic::Boxes]);
        Ok(())
    }

    /// Multiplies the ballots that count, page by page so that memory stays small.
    async fn tally(&self, row: &BoxRow) -> Result<(String, String)> {
        let id = id_of(row);
        let mut view = self.store().read().await?;
        let election = self.election(&mut view, &id).await?;
        let election = election.ok_or(AppError::internal("a box without election"))?;
        let counted = ballots::counted(&mut view, &id).await?;
        drop(view);
        let weights = vec![Weight::ONE; counted.len()];
        let names: Arc<HashSet<String>> = Arc::new(
            counted
                .into_iter()
                .map(|tracker| format!("{tracker}.data.json"))
                .collect(),
        );
        let mut tally = EncryptedTally::empty(&election);
        let (mut found, mut from) = (0, 0);
        while from < row.records {
            // A view for each page: a long one would keep the log of the database from being cut.
            let mut view = self.store().read().await?;
            let page = board::page(&mut view, &id, from, from + PAGE).await?;
            drop(view);
            let names = names.clone();
            let added = self.0.caster.run_long(move || add(tally, &page, &names));
            let number;
            (tally, number) = added.await??;
            found += number;
            from += PAGE;
        }
        if found != names.len() {
            return Err(AppError::internal(
                "the board and the index of ballots differ",
            ));
        }
        let sized = SizedEncryptedTally::new(&tally, weights).map_err(AppError::internal)?;
        Ok((tally.json(), serde_json::to_string(&sized)?))
    }
}

/// Adds the ballots of a page that count, and says how many.
fn add(
    mut tally: EncryptedTally,
    page: &[board::RecordRow],
    names: &HashSet<String>,
) -> Result<(EncryptedTally, usize)> {
    use rayon::prelude::*;
    let ballots: Result<Vec<Vec<Vec<Ciphertext>>>> = page
        .par_iter()
        .filter(|record| names.contains(&record.name))
        .map(|record| ciphertexts(&record.content))
        .collect();
    let ballots = ballots?;
    for answers in &ballots {
        tally
            .add(answers, Weight::ONE)
            .map_err(AppError::internal)?;
    }
    Ok((tally, ballots.len()))
}
