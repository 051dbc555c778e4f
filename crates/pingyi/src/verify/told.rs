//! A report in words.

use pingyi_ballot::election::Election;
use pingyi_ballot::verify::{Report, Status};

use super::Judged;
use crate::texts::Texts;

/// Findings printed in full; the count says how many there are.
pub const SHOWN: usize = 50;

/// Everything about one archive.
pub fn archive(judged: &Judged, texts: &Texts) -> String {
    let report = &judged.report;
    let mut lines = vec![texts.with(
        "cli-verify-box",
        &[
            ("file", &judged.file.display()),
            ("name", &report.name.as_deref().unwrap_or("—")),
        ],
    )];
    lines.push(board(report, texts));
    lines.extend(
        report
            .result
            .iter()
            .filter(|_| report.status == Status::Valid)
            .flat_map(|_| result(judged, texts)),
    );
    lines.push(texts.with("cli-verify-checks", &[("checks", &checks(report, texts))]));
    if report.status == Status::Valid && judged.sidecar.is_some() && report.strong_proofs {
        lines.push(texts.plain("cli-verify-strong"));
    }
    for reservation in &report.reservations {
        let said = known(
            texts,
            "cli-reservation",
            &reservation.code,
            &reservation.text,
        );
        lines.push(texts.with("cli-verify-reservation", &[("text", &said)]));
    }
    for finding in report.findings.iter().take(SHOWN) {
        let said = known(texts, "cli-finding", &finding.code, &finding.text);
        lines.push(texts.with(
            "cli-verify-finding",
            &[("place", &finding.place), ("text", &said)],
        ));
    }
    if report.findings.len() > SHOWN {
        lines.push(texts.with(
            "cli-verify-more",
            &[("count", &(report.findings.len() - SHOWN))],
        ));
    }
    let verdict = match report.status {
        Status::Valid => "cli-verify-valid",
        Status::ValidOpen => "cli-verify-open",
        Status::Findings => "cli-verify-findings",
        Status::Unreadable => "cli-verify-unreadable",
    };
    lines.push(texts.with(verdict, &[("count", &report.findings.len())]));
    lines.join("\n")
}

fn board(report: &Report, texts: &Texts) -> String {
    let head = report.head.map(|head| head.hex()).unwrap_or_default();
    texts.with(
        "cli-verify-board",
        &[
            ("uuid", &report.box_uuid.as_deref().unwrap_or("—")),
            ("roll", &report.roll),
            ("ballots", &report.ballots),
            ("counted", &report.counted),
            ("height", &report.height.unwrap_or_default()),
            ("head", &head),
        ],
    )
}

/// One line for every question: `华南城… · 总体评价: 好 60, 较好 30, …`.
fn result(judged: &Judged, texts: &Texts) -> Vec<String> {
    let rows = judged.report.result.iter().flatten();
    let questions = judged.election.iter().flat_map(Election::questions);
    rows.zip(questions)
        .map(|(row, question)| {
            // With a blank answer the row has one number more, in front.
            let blank = row.len().saturating_sub(question.answers.len());
            let blanks = row
                .iter()
                .take(blank)
                .map(|count| format!("{} {count}", texts.plain("cli-verify-blank")));
            let counts = question.answers.iter().zip(row.iter().skip(blank));
            let counts = counts.map(|(answer, count)| format!("{answer} {count}"));
            let counts: Vec<String> = blanks.chain(counts).collect();
            texts.with(
                "cli-verify-row",
                &[
                    ("question", &question.question),
                    ("counts", &counts.join("  ")),
                ],
            )
        })
        .collect()
}

fn checks(report: &Report, texts: &Texts) -> String {
    let said = report.checks.iter().map(|check| {
        let name = known(texts, "cli-check", &check.code, &check.code);
        format!("{name} {}", check.count)
    });
    said.collect::<Vec<_>>()
        .join(texts.plain("cli-verify-comma").as_str())
}

/// The catalogue's words for a code with the particulars behind them; the particulars alone where it has none.
pub fn known(texts: &Texts, prefix: &str, code: &str, particulars: &str) -> String {
    let key = format!("{prefix}-{}", code.replace('_', "-"));
    if texts.knows(&key) {
        texts.with(&key, &[("text", &particulars)])
    } else {
        particulars.to_owned()
    }
}
