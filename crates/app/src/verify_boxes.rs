//! Our own verification of the opened boxes, from the same files that anybody can download.

use std::io::{Seek as _, SeekFrom, Write as _};

use pingyi_ballot::archive::Hash;
use pingyi_ballot::verify::{Options, Report, Status, verify};
use pingyi_domain::appraisal::State;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::documents::{self, Kind};

use crate::board::Reader;
use crate::events::Topic;
use crate::loaded::{Loaded, category_of, id_of};
use crate::{App, AppError, CheckLine, FindingLine, Result, VerificationLine};

impl App {
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
        let mut archive = self.board_archive(&id, Reader::Office).await?;
        while let Some(bytes) = archive.next().await? {
            file.write_all(&bytes).map_err(AppError::internal)?;
        }
        file.seek(SeekFrom::Start(0)).map_err(AppError::internal)?;
        let proofs = self.board_proofs(&id, Reader::Office).await?;
        let head: Hash = row.head.parse().map_err(AppError::internal)?;
        let options = Options {
            expected_head: Some(head),
            ..Options::default()
        };
        self.0
            .caster
            .run_long(move || {
                verify(
                    std::io::BufReader::new(file),
                    Some(proofs.as_bytes()),
                    &options,
                    &|_| (),
                )
            })
            .await
    }

    /// Verifies all opened boards again, from their archives, and finishes a count that something interrupted.
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
        self.settle(id).await?;
        self.announce(id, &[Topic::Result]);
        self.appraisal(id).await
    }
}

/// The head that a verification is about.
pub(crate) fn head_text(row: &BoxRow) -> String {
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
