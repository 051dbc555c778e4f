//! The urn of sealed opinions: filled without credential or category, opened by the tellers in an order that
//! tells nothing (contract §6).

use std::collections::BTreeMap;

use pingyi_ballot::decrypt::{Shares, combine};
use pingyi_ballot::opinion::{Entry, Urn, UrnShare};
use pingyi_ballot::trustee::Trustees;
use pingyi_domain::appraisal::State;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::opinions::OpinionSheet;
use pingyi_domain::{Actor, AppraisalId, sha256_hex};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::{boxes, opinions, roll, shares};
use pingyi_store::{Conn, Tx};

use crate::events::Topic;
use crate::loaded::{Loaded, id_of};
use crate::{
    App, AppError, OpinionsView, PresenterOpinions, Result, TellerSeat, UrnEntries, UrnSharesIn,
};

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

    /// The entries in the order of their hashes, once the boxes are closed.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before closing.
    pub async fn urn(&self, seat: &TellerSeat) -> Result<UrnEntries> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, &seat.appraisal).await?;
        if !is_closed(&appraisal.state) {
            return appraisal.wrong_state();
        }
        let context = self
            .urn_context(&mut view, &seat.appraisal)
            .await?
            .ok_or(AppError::internal("an urn without key"))?;
        let entries = opinions::all(&mut view, &seat.appraisal).await?;
        Ok(UrnEntries {
            context: context.to_string(),
            entries,
        })
    }

    /// Takes a teller's share of the urn; with enough of them it is opened.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before closing, [`AppError::BadShare`], [`AppError::AlreadySent`].
    pub async fn send_urn_shares(&self, seat: &TellerSeat, input: &UrnSharesIn) -> Result<()> {
        let share: UrnShare = serde_json::from_value(
            serde_json::json!({"factors": input.factors, "proofs": input.proofs}),
        )
        .map_err(|error| AppError::BadShare {
            code: "share_malformed",
            text: error.to_string(),
        })?;
        let body = serde_json::to_string(&share)?;
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, &seat.appraisal).await?;
        if !is_closed(&appraisal.state) {
            return appraisal.wrong_state();
        }
        // A closed urn never changes, so it is read and checked outside the transaction.
        let (urn, trustees) = self.urn_and_trustees(&mut view, &seat.appraisal).await?;
        drop(view);
        let owner = seat.seat;
        let checked = (urn.clone(), trustees.clone(), share.clone());
        self.0
            .caster
            .run(move || check_urn_share(&checked.0, &checked.1, owner, &checked.2))
            .await??;
        self.store_urn_share(seat, (urn, trustees), share, &body)
            .await
    }

    async fn store_urn_share(
        &self,
        seat: &TellerSeat,
        (urn, trustees): (Urn, Trustees),
        share: UrnShare,
        body: &str,
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, &seat.appraisal).await?;
        if !is_closed(&appraisal.state) {
            return appraisal.wrong_state();
        }
        let known = shares::of_urn(&mut tx, &seat.appraisal).await?;
        if let Some(own) = known.iter().find(|row| row.owner == i64::from(seat.seat)) {
            let same = own.body == body;
            return if same {
                Ok(())
            } else {
                Err(AppError::AlreadySent)
            };
        }
        if documents::get(&mut tx, &seat.appraisal, Kind::Opinions, "")
            .await?
            .is_some()
        {
            // Enough of the others came; one more is not needed.
            return Ok(());
        }
        shares::insert_urn(&mut tx, &seat.appraisal, i64::from(seat.seat), body).await?;
        let mut all: BTreeMap<u32, UrnShare> = BTreeMap::from([(seat.seat, share)]);
        for row in known {
            let owner = u32::try_from(row.owner).map_err(AppError::internal)?;
            all.insert(owner, serde_json::from_str(&row.body)?);
        }
        let (actor, event) = (
            Actor::Teller(seat.seat),
            AuditEvent::UrnSharesGiven { seat: seat.seat },
        );
        self.record(&mut tx, &actor, seat.appraisal.as_str(), &event)
            .await?;
        if all.len() >= appraisal.threshold() as usize {
            self.open_urn(&mut tx, &appraisal, urn, trustees, all)
                .await?;
        }
        tx.commit().await?;
        self.announce(&seat.appraisal, &[Topic::Boxes, Topic::Result]);
        Ok(())
    }

    async fn urn_and_trustees(&self, conn: &mut Conn, id: &AppraisalId) -> Result<(Urn, Trustees)> {
        let context = self
            .urn_context(conn, id)
            .await?
            .ok_or(AppError::internal("an urn without key"))?;
        let trustees = self
            .trustees(conn, id)
            .await?
            .ok_or(AppError::internal("no trustees"))?;
        let entries = opinions::all(conn, id).await?;
        let urn = self
            .0
            .caster
            .run(move || Urn::new(context, entries.iter().map(String::as_str)))
            .await?
            .map_err(AppError::internal)?;
        Ok((urn, Trustees::parse(&trustees).map_err(AppError::internal)?))
    }

    async fn open_urn(
        &self,
        tx: &mut Tx,
        appraisal: &Loaded,
        urn: Urn,
        trustees: Trustees,
        all: BTreeMap<u32, UrnShare>,
    ) -> Result<()> {
        let config = appraisal.config.clone();
        let entries = u32::try_from(urn.entries().len()).map_err(AppError::internal)?;
        let view = self
            .0
            .caster
            .run(move || opened(&config, &urn, &trustees, &all))
            .await??;
        let unreadable = u32::try_from(view.unreadable).map_err(AppError::internal)?;
        documents::put(
            tx,
            &appraisal.id,
            Kind::Opinions,
            "",
            &serde_json::to_string(&view)?,
        )
        .await?;
        let event = AuditEvent::UrnOpened {
            entries,
            unreadable,
        };
        self.record(tx, &Actor::System, appraisal.id.as_str(), &event)
            .await
    }

    /// The opened opinions, after release or keeping.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before that, [`AppError::NotFound`] while the tellers have not opened the urn.
    pub async fn opinions(&self, id: &AppraisalId) -> Result<OpinionsView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if !appraisal.state.shows_opinions() {
            return appraisal.wrong_state();
        }
        let stored = documents::get(&mut view, id, Kind::Opinions, "")
            .await?
            .ok_or(AppError::NotFound)?;
        Ok(serde_json::from_str(&stored)?)
    }
}

fn is_closed(state: &State) -> bool {
    matches!(
        state,
        State::Closed(_) | State::Counted(_) | State::Released(_)
    )
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

fn check_urn_share(urn: &Urn, trustees: &Trustees, owner: u32, share: &UrnShare) -> Result<()> {
    let key = crate::opening::key_of(trustees, owner)?;
    urn.check_share(owner, &key, share)
        .map_err(|error| AppError::BadShare {
            code: "share_bad_strong_proof",
            text: error.to_string(),
        })
}

fn opened(
    config: &AppraisalConfig,
    urn: &Urn,
    trustees: &Trustees,
    all: &BTreeMap<u32, UrnShare>,
) -> Result<OpinionsView> {
    let shares: Shares = all
        .iter()
        .map(|(owner, share)| (*owner, share.factors.clone()))
        .collect();
    let combined =
        combine(&trustees.groups(), &shares, urn.entries().len()).map_err(AppError::internal)?;
    let found = urn.open(&combined).map_err(AppError::internal)?;
    let texts = found
        .opinions
        .iter()
        .map(|opinion| serde_json::to_string(opinion).ok());
    let sheet = OpinionSheet::new(
        config,
        texts.chain(std::iter::repeat_n(None, found.unreadable)),
    );
    let titles = config
        .presenters
        .iter()
        .map(|presenter| presenter.title.clone());
    Ok(OpinionsView {
        presenters: sheet
            .presenters
            .into_iter()
            .zip(titles)
            .map(|(of, title)| PresenterOpinions {
                code: of.presenter,
                title,
                texts: of.texts,
            })
            .collect(),
        unreadable: sheet.unreadable,
        empty: sheet.empty + u64::try_from(found.empty).map_err(AppError::internal)?,
    })
}
