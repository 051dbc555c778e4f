//! Sealing: form, roll, scheme and tellers are frozen, and each board gets its first event.

use pingyi_ballot::ballot::Ciphertext;
use pingyi_ballot::credential::{Roll, RollEntry};
use pingyi_ballot::election::{Election, ElectionBuilder, Question};
use pingyi_ballot::group::Point;
use pingyi_ballot::tally::Weight;
use pingyi_ballot::trustee::Trustees;
use pingyi_domain::appraisal::SealCheck;
use pingyi_domain::audit::{AuditEvent, TrailMark};
use pingyi_domain::config::PingyiExtra;
use pingyi_domain::{Actor, AppraisalId, CategoryCode};
use pingyi_store::Tx;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::{audit, roll};
use serde_json::Map;

use crate::board_records::append_setup;
use crate::events::Topic;
use crate::followup::fix_last_year;
use crate::loaded::{Loaded, ballot_box, category_of, id_of, lock_boxes};
use crate::{App, AppError, AppraisalView, Result};

impl App {
    /// Keyed → Sealed.
    ///
    /// # Errors
    /// [`AppError::WrongState`], `has_problems`, `roll_missing`, `roll_below_minimum`.
    pub async fn seal(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let mut rows = lock_boxes(&mut tx, id).await?;
        let mut rolls = Vec::with_capacity(rows.len());
        for row in &rows {
            let size: i64 = roll::counts(&mut tx, &id_of(row))
                .await?
                .iter()
                .map(|count| count.number)
                .sum();
            rolls.push((
                category_of(row)?,
                u32::try_from(size).map_err(AppError::internal)?,
            ));
        }
        let check = SealCheck {
            config: &appraisal.config,
            rolls: &rolls,
        };
        let state = appraisal.state.clone().seal(&check)?;
        let trustees = self
            .trustees(&mut tx, id)
            .await?
            .ok_or(AppError::internal("no trustees"))?;
        // Nobody else writes into the trail until this is committed, so the boxes name its true head.
        let trail = trail_head(&mut tx).await?;
        let last_year = fix_last_year(&mut tx, &appraisal).await?;
        let anchors = (trail, last_year);
        let mut marks = Vec::with_capacity(rows.len());
        for row in &mut rows {
            let election = election(&appraisal, row, &trustees, anchors.clone())?;
            let fingerprint = self.seal_box(&mut tx, &election, row, &trustees).await?;
            marks.push(pingyi_domain::audit::BoxMark {
                category: category_of(row)?,
                uuid: row.r#box.clone(),
                fingerprint,
            });
        }
        let scheme = state.frozen().map(|frozen| frozen.scheme.clone());
        let scheme = scheme.ok_or(AppError::internal("sealing fixed no scheme"))?;
        appraisal.move_to(&mut tx, state).await?;
        let event = AuditEvent::AppraisalSealed {
            scheme,
            boxes: marks,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &Topic::ALL);
        self.appraisal(id).await
    }

    async fn seal_box(
        &self,
        tx: &mut Tx,
        election: &Election,
        row: &mut BoxRow,
        trustees: &str,
    ) -> Result<String> {
        let id = id_of(row);
        let credentials = roll::all(tx, &id).await?;
        let roll = tokio::task::spawn_blocking(move || published_roll(&credentials))
            .await
            .map_err(AppError::internal)??;
        row.stamp = self.now();
        boxes::set_stamp(tx, &id, row.stamp).await?;
        append_setup(tx, row, election.json(), trustees, roll.json()).await?;
        boxes::advance(tx, 0, row).await?;
        boxes::set_state(tx, &id, ballot_box(row, 0, &[])?.seal()?.name()).await?;
        Ok(election.fingerprint().to_owned())
    }
}

/// The last entry of the trail, locked.
pub(crate) async fn trail_head(tx: &mut Tx) -> Result<TrailMark> {
    let head = audit::lock_head(tx).await?;
    Ok(TrailMark {
        seq: u64::try_from(head.seq).map_err(AppError::internal)?,
        hash: head.hash,
    })
}

/// `election.json` of a box (contract §2.1).
fn election(
    appraisal: &Loaded,
    row: &BoxRow,
    trustees: &str,
    (trail, last_year): (TrailMark, Option<String>),
) -> Result<Election> {
    let category: CategoryCode = category_of(row)?;
    let config = &appraisal.config;
    let key = Trustees::parse(trustees)
        .and_then(|trustees| trustees.joint_key())
        .map_err(AppError::internal)?;
    let extra = PingyiExtra::new(config, &appraisal.id, category, appraisal.is_rehearsal());
    let extra = extra
        .ok_or(AppError::internal("the box has no category"))?
        .anchoring(trail)
        .showing(last_year);
    let questions = config
        .questions()
        .into_iter()
        .map(|text| Question::one_of(text.question, text.answers));
    let mut fields = Map::new();
    fields.insert("x_pingyi".to_owned(), serde_json::to_value(extra)?);
    let builder = ElectionBuilder {
        description: config.form.title.clone(),
        name: config
            .election_name(category)
            .ok_or(AppError::internal("the box has no category"))?,
        public_key: key,
        questions: questions.collect(),
        uuid: row.r#box.parse().map_err(AppError::internal)?,
        administrator: Some("Pingyi".to_owned()),
        credential_authority: Some("issuer".to_owned()),
        extra: fields,
    };
    builder.build().map_err(AppError::internal)
}

/// The list of public credentials as published.
fn published_roll(credentials: &[String]) -> Result<Roll> {
    let entries: Result<Vec<RollEntry>> = credentials
        .iter()
        .map(|text| {
            // Checked for the subgroup when the roll came in.
            let credential =
                Point::from_hex_unchecked_subgroup(text).map_err(AppError::internal)?;
            Ok(RollEntry {
                credential,
                weight: Weight::ONE,
            })
        })
        .collect();
    Roll::new(&entries?).map_err(AppError::internal)
}

/// Reads the ciphertexts of a ballot that this server checked when it was cast.
pub(crate) fn ciphertexts(json: &str) -> Result<Vec<Vec<Ciphertext>>> {
    let ballot = pingyi_ballot::ballot::Ballot::parse(json).map_err(AppError::internal)?;
    let point = |text: &str| Point::from_hex_unchecked_subgroup(text).map_err(AppError::internal);
    ballot
        .answers
        .iter()
        .map(|answer| {
            let choices = answer.choices.iter();
            choices
                .map(|c| {
                    Ok(Ciphertext {
                        alpha: point(&c.alpha)?,
                        beta: point(&c.beta)?,
                    })
                })
                .collect()
        })
        .collect()
}
