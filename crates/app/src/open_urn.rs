//! The tellers open the urn of sealed opinions, in an order that tells nothing (contract §6).

use std::collections::BTreeMap;

use pingyi_ballot::decrypt::{Shares, combine};
use pingyi_ballot::opinion::{Urn, UrnShare};
use pingyi_ballot::trustee::Trustees;
use pingyi_domain::appraisal::State;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::opinions::OpinionSheet;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::{opinions, shares};
use pingyi_store::{Conn, Tx};

use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, OpinionsView, Result, TellerSeat, UrnEntries, UrnSharesIn};

impl App {
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
            .run_long(move || check_urn_share(&checked.0, &checked.1, owner, &checked.2))
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
            .run_long(move || Urn::new(context, entries.iter().map(String::as_str)))
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
            .run_long(move || opened(&config, &urn, &trustees, &all))
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
}

fn is_closed(state: &State) -> bool {
    matches!(
        state,
        State::Closed(_) | State::Counted(_) | State::Released(_)
    )
}

fn check_urn_share(urn: &Urn, trustees: &Trustees, owner: u32, share: &UrnShare) -> Result<()> {
    let key = crate::send_shares::key_of(trustees, owner)?;
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
    let view = crate::opinions::told(config, sheet);
    Ok(OpinionsView {
        empty: view.empty + u64::try_from(found.empty).map_err(AppError::internal)?,
        ..view
    })
}
