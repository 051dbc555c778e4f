//! Every check of the verifier: honest boxes pass, and each forgery is found by the check made for it.
#![allow(clippy::unwrap_used)]

mod board;
mod file;
mod opening;
mod properties;
mod setup;
#[path = "../toolkit/mod.rs"]
mod toolkit;

use pingyi_ballot::archive::{
    ArchiveReader, Entry, Event, EventType, Hash, RecordKind, header_record, record,
};
use pingyi_ballot::decrypt::{ElectionResult, PartialDecryption, Sidecar};
use pingyi_ballot::election::Question;
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::hash::hash_to_scalar;
use pingyi_ballot::proof::Proof;
use pingyi_ballot::tally::Weight;
use pingyi_ballot::verify::{Options, Report, Status, verify};
use proptest::prelude::*;
use toolkit::scene::{
    Plan, Scene, Step, TIME, build_election, pingyi_extra, setup_step, share_step, step, write,
    write_with_head,
};

fn judge(archive: &[u8], sidecar: Option<&str>) -> Report {
    verify(
        archive,
        sidecar.map(str::as_bytes),
        &Options::default(),
        &|_| (),
    )
}

fn judge_foreign(archive: &[u8]) -> Report {
    let options = Options {
        belenios: true,
        ..Options::default()
    };
    verify(archive, None, &options, &|_| ())
}

fn codes(report: &Report) -> Vec<&str> {
    report
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

#[track_caller]
fn finds(steps: &[Step], sidecar: &Sidecar, code: &str) -> Report {
    let report = judge(&write(steps), Some(&sidecar.json()));
    assert_eq!(report.status, Status::Findings);
    assert!(
        codes(&report).contains(&code),
        "{code} not in {:#?}",
        report.findings
    );
    report
}

/// Finds this and nothing else: the forgery is such that no other check can notice it.
#[track_caller]
fn finds_only(steps: &[Step], sidecar: &Sidecar, code: &str) -> Report {
    let report = finds(steps, sidecar, code);
    assert!(
        codes(&report).iter().all(|found| *found == code),
        "{:#?}",
        report.findings
    );
    report
}

fn opened() -> (Scene, Vec<Step>, Sidecar) {
    let mut scene = Scene::voted(&Plan::default());
    let (steps, sidecar) = scene.opened(&[1, 2]);
    (scene, steps, sidecar)
}

fn at(steps: &[Step], kind: EventType) -> usize {
    steps.iter().position(|step| step.kind == kind).unwrap()
}

#[test]
fn an_honest_box_is_valid() {
    for owners in [&[1, 2][..], &[3, 1], &[1, 2, 3]] {
        let mut scene = Scene::voted(&Plan::default());
        let (steps, sidecar) = scene.opened(owners);
        let (archive, head) = write_with_head(&steps);
        let options = Options {
            expected_head: Some(head.hash),
            ..Options::default()
        };
        let report = verify(
            &archive[..],
            Some(sidecar.json().as_bytes()),
            &options,
            &|_| (),
        );
        assert_eq!(report.findings, []);
        assert_eq!(report.status, Status::Valid);
        assert_eq!(report.reservations, []);
        assert_eq!(
            (
                report.ballots,
                report.counted,
                report.total_weight,
                report.roll
            ),
            (5, 4, 4, 4)
        );
        assert_eq!(
            (report.head, report.height),
            (Some(head.hash), Some(head.height))
        );
        assert_eq!(
            report.box_uuid.as_deref(),
            Some(scene.election.uuid().as_str())
        );
        assert!(report.strong_proofs);
        let mut openers = owners.to_vec();
        openers.sort_unstable();
        assert_eq!(report.openers, openers);
        let checks: Vec<(&str, u64)> = report
            .checks
            .iter()
            .map(|check| (check.code.as_str(), check.count))
            .collect();
        // 3 tellers, 3 questions of 4 answers; two records for each share and its event.
        let shares = owners.len() as u64;
        let expected = [
            ("ballots", 5),
            ("decryption_proofs", 12 * shares),
            ("events", 9 + shares),
            ("head", 1),
            ("minimum", 1),
            ("records", 21 + 3 * shares),
            ("result_cells", 12),
            ("roll", 4),
            ("setup", 1),
            ("share_consistency", shares),
            ("strong_proofs", 12 * shares),
            ("tally_cells", 12),
            ("tellers", 3),
        ];
        assert_eq!(checks, expected);
        let rows = report.result.unwrap();
        assert!(rows.iter().all(|row| row.iter().sum::<u64>() == 4));
    }
}

#[test]
fn a_box_still_open_is_valid_so_far_at_every_phase() {
    let (_, steps, sidecar) = opened();
    for length in 1..steps.len() {
        let report = judge(&write(&steps[..length]), None);
        assert_eq!(
            report.status,
            Status::ValidOpen,
            "{length}: {:#?}",
            report.findings
        );
        let shares = steps[..length]
            .iter()
            .any(|step| step.kind == EventType::PartialDecryption);
        assert_eq!(report.reservations.len(), usize::from(shares));
    }
    assert_eq!(
        judge(&write(&steps), Some(&sidecar.json())).status,
        Status::Valid
    );
}

#[test]
fn progress_is_reported_to_the_end() {
    let (_, steps, _) = opened();
    let archive = write(&steps);
    let last = std::sync::Mutex::new(None);
    verify(&archive[..], None, &Options::default(), &|progress| {
        *last.lock().unwrap() = Some(progress);
    });
    let last = last.into_inner().unwrap().unwrap();
    assert_eq!(last.bytes, archive.len() as u64);
    assert_eq!(last.ballots, 5);
}

#[test]
fn many_ballots_are_counted_across_batches() {
    let plan = Plan {
        questions: 1,
        voters: 150,
        ..Plan::default()
    };
    let mut scene = Scene::voted(&plan);
    let (steps, sidecar) = scene.opened(&[2, 3]);
    let report = judge(&write(&steps), Some(&sidecar.json()));
    assert_eq!(report.status, Status::Valid);
    assert_eq!((report.ballots, report.counted), (151, 150));
}
