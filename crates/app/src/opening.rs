//! Opening the boxes: the tellers' shares, the result, our own verification of it.

use std::io::{Seek as _, SeekFrom, Write as _};

use pingyi_ballot::archive::{EventType, Hash};
use pingyi_ballot::decrypt::{ElectionResult, Owned, PartialDecryption, Shares, Task, TellerShare};
use pingyi_ballot::election::Election;
use pingyi_ballot::group::Point;
use pingyi_ballot::tally::{EncryptedTally, SizedEncryptedTally};
use pingyi_ballot::trustee::Trustees;
use pingyi_ballot::verify::{Options, Report, Status, verify};
use pingyi_domain::appraisal::{BoxOutcome, State};
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::repo::appraisals;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::shares::{self, ShareRow};
use pingyi_store::{BoxId, Conn, Tx};

use crate::appraisal_view::verification_of;
use crate::board_records::{append, tally_json, trustees_json};
use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, category_of, id_of, minimum_of};
use crate::meeting::head_mark;
use crate::{
    App, AppError, CheckLine, FindingLine, Result, SharesIn, TellerSeat, VerificationLine,
};

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

impl App {
    async fn sealed(&self, conn: &mut Conn, row: &BoxRow) -> Result<Sealed> {
        let id = id_of(row);
        let election = self.election(conn, &id).await?.ok_or(AppError::NotFound)?;
        let trustees = trustees_json(conn, &id).await?.ok_or(AppError::NotFound)?;
        let (tally, sized) = tally_json(conn, row).await?.ok_or(AppError::NotFound)?;
        let (tally, election) = self
            .0
            .caster
            .run(move || EncryptedTally::parse(&election, &tally).map(|tally| (tally, election)))
            .await?
            .map_err(AppError::internal)?;
        Ok(Sealed {
            election,
            trustees: Trustees::parse(&trustees).map_err(AppError::internal)?,
            tally,
            sized: serde_json::from_str(&sized)?,
        })
    }

    /// Takes a teller's share of a box. The share that completes the threshold opens it.
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
        if self.store_share(seat, &id, &sealed, &new).await? {
            self.settle(&seat.appraisal).await?;
        }
        Ok(())
    }

    async fn check_share(&self, owner: u32, sealed: &Sealed, share: TellerShare) -> Result<()> {
        let key = key_of(&sealed.trustees, owner)?;
        let task = Task::new(&sealed.election, &sealed.tally);
        let faults = self
            .0
            .caster
            .run(move || task.check_share(owner, &key, &share))
            .await?;
        match faults.into_iter().next() {
            None => Ok(()),
            Some(fault) => Err(AppError::BadShare {
                code: fault.code(),
                text: fault.to_string(),
            }),
        }
    }

    /// Stores a checked share; says whether the box is open now.
    async fn store_share(
        &self,
        seat: &TellerSeat,
        id: &BoxId,
        sealed: &Sealed,
        new: &ShareRow,
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
            let result = serde_json::to_string(&self.compute(sealed, all).await?)?;
            append(&mut tx, &mut row, EventType::Result, &[&result]).await?;
            boxes::set_state(&mut tx, id, opened.name()).await?;
            events.push((
                Actor::System,
                AuditEvent::BoxOpened {
                    head: head_mark(&row)?,
                },
            ));
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

    async fn compute(&self, sealed: &Sealed, all: Vec<ShareRow>) -> Result<ElectionResult> {
        let (tally, total) = (sealed.tally.clone(), sealed.sized.total_weight);
        let groups = sealed.trustees.groups();
        self.0
            .caster
            .run(move || {
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

    /// Verifies every opened box that has not been verified, as anybody would from its files, and counts the
    /// appraisal when all boxes are done. Safe to call at any time, any number of times.
    pub(crate) async fn settle(&self, id: &AppraisalId) -> Result<()> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if !matches!(appraisal.state, State::Closed(_)) {
            return Ok(());
        }
        let rows = boxes::of_appraisal(&mut view, id).await?;
        let mut open = Vec::new();
        for row in rows {
            let known = verification_of(&mut view, id, &row).await?;
            if row.state == "opened" && known.is_none_or(|line| line.head != head_text(&row)) {
                open.push(row);
            }
        }
        drop(view);
        for row in &open {
            self.verify_box(id, row).await?;
        }
        self.count(id).await
    }

    /// Verifies one opened box from its archive and sidecar, and stores what was found.
    pub(crate) async fn verify_box(&self, id: &AppraisalId, row: &BoxRow) -> Result<()> {
        let report = self.report(row).await?;
        let line = line_of(row, &report)?;
        let mut tx = self.store().begin().await?;
        Loaded::lock(&mut tx, id).await?;
        documents::put(
            &mut tx,
            id,
            Kind::Verification,
            &row.r#box,
            &serde_json::to_string(&line)?,
        )
        .await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Boxes]);
        Ok(())
    }

    async fn report(&self, row: &BoxRow) -> Result<Report> {
        let id = id_of(row);
        let mut file = tempfile::tempfile().map_err(AppError::internal)?;
        let mut archive = self.board_archive(&id).await?;
        while let Some(bytes) = archive.next().await? {
            file.write_all(&bytes).map_err(AppError::internal)?;
        }
        file.seek(SeekFrom::Start(0)).map_err(AppError::internal)?;
        let proofs = self.board_proofs(&id).await?;
        let head: Hash = row.head.parse().map_err(AppError::internal)?;
        let options = Options {
            expected_head: Some(head),
            ..Options::default()
        };
        self.0
            .caster
            .run(move || {
                verify(
                    std::io::BufReader::new(file),
                    Some(proofs.as_bytes()),
                    &options,
                    &|_| (),
                )
            })
            .await
    }

    /// Closed → Counted when every box is skipped, or opened and found valid.
    async fn count(&self, id: &AppraisalId) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let State::Closed(_) = appraisal.state else {
            return Ok(());
        };
        let outcomes = outcomes(&mut tx, &appraisal).await?;
        let Ok(state) = appraisal.state.clone().count(&outcomes) else {
            return Ok(());
        };
        let result = self.work_out(&mut tx, &appraisal).await?;
        documents::put(
            &mut tx,
            id,
            Kind::Result,
            "",
            &serde_json::to_string(&result)?,
        )
        .await?;
        let skipped = state
            .counted()
            .map(|counted| counted.skipped.clone())
            .unwrap_or_default();
        appraisal.move_to(&mut tx, state).await?;
        self.record(
            &mut tx,
            &Actor::System,
            id.as_str(),
            &AuditEvent::AppraisalCounted { skipped },
        )
        .await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal, Topic::Boxes, Topic::Result]);
        Ok(())
    }

    /// What a crash may have left: boxes opened but not verified. Called when the server starts.
    pub(crate) async fn finish_interrupted(&self) -> Result<()> {
        let mut view = self.store().read().await?;
        let rows = appraisals::all(&mut view).await?;
        drop(view);
        for row in rows.into_iter().filter(|row| row.state == "closed") {
            let id: AppraisalId = row.id.parse().map_err(AppError::internal)?;
            self.settle(&id).await?;
        }
        Ok(())
    }

    /// Verifies all opened boards again, from their archives.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before closing.
    pub async fn count_check(
        &self,
        _actor: &Actor,
        id: &AppraisalId,
    ) -> Result<crate::AppraisalView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if !matches!(
            appraisal.state,
            State::Closed(_) | State::Counted(_) | State::Released(_)
        ) {
            return appraisal.wrong_state();
        }
        let rows = boxes::of_appraisal(&mut view, id).await?;
        drop(view);
        for row in rows.iter().filter(|row| row.state == "opened") {
            self.verify_box(id, row).await?;
        }
        self.count(id).await?;
        self.announce(id, &[Topic::Result]);
        self.appraisal(id).await
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

/// A box with findings stays pending: its result is not announced.
async fn outcomes(
    tx: &mut Tx,
    appraisal: &Loaded,
) -> Result<Vec<(pingyi_domain::CategoryCode, BoxOutcome)>> {
    let mut outcomes = Vec::new();
    for row in boxes::of_appraisal(tx, &appraisal.id).await? {
        let outcome = ballot_box(&row, 0, &[])?.outcome();
        let verified = verification_of(tx, &appraisal.id, &row).await?;
        let valid = verified.is_some_and(|line| line.status == "valid");
        let outcome = if outcome == BoxOutcome::Opened && !valid {
            BoxOutcome::Pending
        } else {
            outcome
        };
        outcomes.push((category_of(&row)?, outcome));
    }
    Ok(outcomes)
}

fn head_text(row: &BoxRow) -> String {
    format!("{} {}", row.height, row.head)
}

fn line_of(row: &BoxRow, report: &Report) -> Result<VerificationLine> {
    let findings = report.findings.iter().map(|finding| FindingLine {
        code: finding.code.clone(),
        place: finding.place.to_string(),
        text: finding.text.clone(),
    });
    let checks = report.checks.iter().map(|check| CheckLine {
        code: check.code.clone(),
        count: check.count,
    });
    let status = if report.status == Status::Valid {
        "valid"
    } else {
        "findings"
    };
    Ok(VerificationLine {
        r#box: id_of(row),
        category: category_of(row)?,
        status: status.to_owned(),
        checks: checks.collect(),
        findings: findings.collect(),
        head: head_text(row),
    })
}
