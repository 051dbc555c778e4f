//! A teller sends the share of a box; the one that completes the threshold opens it.

use pingyi_ballot::archive::{EventType, Hash};
use pingyi_ballot::decrypt::{ElectionResult, Owned, PartialDecryption, Shares, Task, TellerShare};
use pingyi_ballot::election::Election;
use pingyi_ballot::group::Point;
use pingyi_ballot::tally::{EncryptedTally, SizedEncryptedTally};
use pingyi_ballot::trustee::Trustees;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::shares::{self, ShareRow};
use pingyi_store::{BoxId, Conn, Tx};

use crate::board_records::{append, tally_json, trustees_json};
use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, category_of, id_of, minimum_of};
use crate::meeting::head_mark;
use crate::{App, AppError, Result, SharesIn, TellerSeat};

/// The verification key of a teller.
pub(crate) fn key_of(trustees: &Trustees, owner: u32) -> Result<Point> {
    let groups = trustees.groups();
    let key = groups
        .iter()
        .flat_map(|group| &group.tellers)
        .find(|teller| teller.owner == owner);
    Ok(key.ok_or(AppError::BadToken)?.key)
}

/// What a box is opened with; fixed once its tally is on the board.
struct Sealed {
    election: std::sync::Arc<Election>,
    trustees: Trustees,
    tally: EncryptedTally,
    sized: SizedEncryptedTally,
}

/// A result computed beforehand, and from whose shares.
struct Ready {
    owners: Vec<i64>,
    result: ElectionResult,
}

impl App {
    async fn sealed(&self, conn: &mut Conn, row: &BoxRow) -> Result<Sealed> {
        let id = id_of(row);
        let election = self.election(conn, &id).await?.ok_or(AppError::NotFound)?;
        let trustees = trustees_json(conn, &id).await?.ok_or(AppError::NotFound)?;
        let (tally, sized) = tally_json(conn, row).await?.ok_or(AppError::NotFound)?;
        let (tally, election) = self
            .0
            .caster
            .run_long(move || {
                EncryptedTally::parse(&election, &tally).map(|tally| (tally, election))
            })
            .await?
            .map_err(AppError::internal)?;
        Ok(Sealed {
            election,
            trustees: Trustees::parse(&trustees).map_err(AppError::internal)?,
            tally,
            sized: serde_json::from_str(&sized)?,
        })
    }

    /// Takes a teller's share of a box. The share that completes the threshold opens it and sets the verification off;
    /// the answer waits for that, but not for ever.
    ///
    /// # Errors
    /// [`AppError::BadShare`], [`AppError::AlreadySent`], [`AppError::WrongState`] for a box that is not
    /// waiting for shares (void, skipped, not closed), [`AppError::NotFound`].
    pub async fn send_shares(&self, seat: &TellerSeat, input: &SharesIn) -> Result<()> {
        let share = read_share(input)?;
        let (partial, strong) = (
            share.partial_decryption.json(),
            serde_json::to_string(&share.strong)?,
        );
        let id = input.r#box.clone();
        let mut view = self.store().read().await?;
        let row = boxes::by_id(&mut view, &id).await?;
        let row = row
            .filter(|row| row.appraisal == seat.appraisal.as_str())
            .ok_or(AppError::NotFound)?;
        if row.tally < 0 {
            return Err(AppError::WrongState { state: row.state });
        }
        let sealed = self.sealed(&mut view, &row).await?;
        drop(view);
        self.check_share(seat.seat, &sealed, share).await?;
        let new = ShareRow {
            owner: i64::from(seat.seat),
            partial,
            strong,
        };
        let ready = self
            .ready_result(&seat.appraisal, &id, &sealed, &new)
            .await?;
        if self.store_share(seat, &id, &sealed, &new, ready).await? {
            self.settle_soon(&seat.appraisal).await?;
        }
        Ok(())
    }

    async fn check_share(&self, owner: u32, sealed: &Sealed, share: TellerShare) -> Result<()> {
        let key = key_of(&sealed.trustees, owner)?;
        let task = Task::new(&sealed.election, &sealed.tally);
        let faults = self
            .0
            .caster
            .run_long(move || task.check_share(owner, &key, &share))
            .await?;
        match faults.into_iter().next() {
            None => Ok(()),
            Some(fault) => Err(AppError::BadShare {
                code: fault.code(),
                text: fault.to_string(),
            }),
        }
    }

    /// The result of a box that this share completes, computed before anything is locked.
    async fn ready_result(
        &self,
        appraisal: &AppraisalId,
        id: &BoxId,
        sealed: &Sealed,
        new: &ShareRow,
    ) -> Result<Option<Ready>> {
        let mut view = self.store().read().await?;
        let threshold = Loaded::read(&mut view, appraisal).await?.threshold() as usize;
        let mut all = shares::of_box(&mut view, id).await?;
        drop(view);
        let again = all.iter().any(|share| share.owner == new.owner);
        if again || all.len() + 1 != threshold {
            return Ok(None);
        }
        all.push(new.clone());
        let owners = all.iter().map(|share| share.owner).collect();
        let result = self.compute(sealed, all).await?;
        Ok(Some(Ready { owners, result }))
    }

    /// Stores a checked share; says whether the box is open now.
    async fn store_share(
        &self,
        seat: &TellerSeat,
        id: &BoxId,
        sealed: &Sealed,
        new: &ShareRow,
        ready: Option<Ready>,
    ) -> Result<bool> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, &seat.appraisal).await?;
        let mut row = boxes::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
        let mut all = shares::of_box(&mut tx, id).await?;
        if let Some(own) = all.iter().find(|share| share.owner == new.owner) {
            let same = own.partial == new.partial && own.strong == new.strong;
            // A retry also finishes what the first answer may have missed: the verification.
            return if same {
                Ok(row.state == "opened")
            } else {
                Err(AppError::AlreadySent)
            };
        }
        if row.state == "opened" {
            // Enough of the others came; the board takes no share after its result.
            return Ok(true);
        }
        let owners: Vec<i64> = all.iter().map(|share| share.owner).collect();
        let waiting = ballot_box(&row, minimum_of(&appraisal, &row)?, &owners)?.share(seat.seat)?;
        let before = row.records;
        post_share(&mut tx, &mut row, seat.seat, new).await?;
        let given = AuditEvent::SharesGiven {
            category: category_of(&row)?,
            seat: seat.seat,
        };
        let mut events = vec![(Actor::Teller(seat.seat), given)];
        all.push(new.clone());
        let complete = all.len() >= appraisal.threshold() as usize;
        if complete {
            let opened = waiting.result(appraisal.threshold())?;
            let result = self.result_of(sealed, all, ready).await?;
            append(&mut tx, &mut row, EventType::Result, &[&result]).await?;
            boxes::set_state(&mut tx, id, opened.name()).await?;
            let head = head_mark(&row)?;
            events.push((Actor::System, AuditEvent::BoxOpened { head }));
        }
        boxes::advance(&mut tx, before, &row).await?;
        for (actor, event) in &events {
            self.record(&mut tx, actor, appraisal.id.as_str(), event)
                .await?;
        }
        tx.commit().await?;
        self.announce(&appraisal.id, &[Topic::Boxes]);
        Ok(complete)
    }

    /// The result of these shares, computed beforehand unless another teller's share came in between.
    async fn result_of(
        &self,
        sealed: &Sealed,
        all: Vec<ShareRow>,
        ready: Option<Ready>,
    ) -> Result<String> {
        let owners: Vec<i64> = all.iter().map(|share| share.owner).collect();
        let result = match ready.filter(|ready| ready.owners == owners) {
            Some(ready) => ready.result,
            None => self.compute(sealed, all).await?,
        };
        Ok(serde_json::to_string(&result)?)
    }

    async fn compute(&self, sealed: &Sealed, all: Vec<ShareRow>) -> Result<ElectionResult> {
        let (tally, total) = (sealed.tally.clone(), sealed.sized.total_weight);
        let groups = sealed.trustees.groups();
        self.0
            .caster
            .run_long(move || {
                let mut shares = Shares::new();
                for share in &all {
                    let partial =
                        PartialDecryption::parse(&share.partial).map_err(AppError::internal)?;
                    let owner = u32::try_from(share.owner).map_err(AppError::internal)?;
                    shares.insert(owner, partial.decryption_factors.concat());
                }
                ElectionResult::compute(&tally, total, &groups, &shares).map_err(AppError::internal)
            })
            .await?
    }
}

/// Puts a share onto the board and beside it.
async fn post_share(tx: &mut Tx, row: &mut BoxRow, seat: u32, new: &ShareRow) -> Result<()> {
    shares::insert(tx, &id_of(row), new).await?;
    let owned = Owned {
        owner: seat,
        payload: Hash::of(new.partial.as_bytes()),
    };
    let data = [new.partial.as_str(), &owned.json()];
    append(tx, row, EventType::PartialDecryption, &data).await?;
    Ok(())
}

fn read_share(input: &SharesIn) -> Result<TellerShare> {
    let value =
        serde_json::json!({"partial_decryption": input.partial_decryption, "strong": input.strong});
    serde_json::from_value(value).map_err(|error| AppError::BadShare {
        code: "share_malformed",
        text: error.to_string(),
    })
}
