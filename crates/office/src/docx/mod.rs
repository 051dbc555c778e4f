//! Documents as docx.

mod official;

use std::io::Cursor;

use pingyi_domain::record::Date;
use pingyi_papers::{Answer, Circular, DutyReport, Paper, PressBrief, Section};

use crate::error::OfficeError;
use official::Official;

/// The docx of a document: duty report, circular or press brief. Look the paper over first ([`Paper::checked`]).
///
/// # Errors
/// [`OfficeError::Kind`] for the papers that are tables or letters, made as PDF only.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, OfficeError> {
    let document = match paper {
        Paper::DutyReport(report) => duty_report(report, paper),
        Paper::Circular(circular) => self::circular(circular, paper),
        Paper::PressBrief(brief) => press_brief(brief, paper),
        _ => return Err(OfficeError::Kind(paper.kind())),
    };
    let mut bytes = Cursor::new(Vec::new());
    document
        .finish()
        .pack(&mut bytes)
        .map_err(|error| OfficeError::Package(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn duty_report(report: &DutyReport, paper: &Paper) -> Official {
    let mut document = Official::new(paper.head(), &paper.hash());
    document.title(&report.title);
    document.byline(&report.presenter);
    for (at, section) in report.sections.iter().enumerate() {
        document.heading(at + 1, &section.heading);
        document.paragraphs(&section.paragraphs);
        if !section.answers.is_empty() {
            document.table(
                &["序号", "上年度问题", "整改情况", "状态"],
                &answers(&section.answers),
            );
        }
    }
    document.signed(&report.presenter, &day(report.dated));
    document
}

fn answers(answers: &[Answer]) -> Vec<Vec<String>> {
    let row = |(at, answer): (usize, &Answer)| {
        let texts = [&answer.problem, &answer.done, &answer.state].map(Clone::clone);
        std::iter::once((at + 1).to_string()).chain(texts).collect()
    };
    answers.iter().enumerate().map(row).collect()
}

fn circular(circular: &Circular, paper: &Paper) -> Official {
    let mut document = Official::new(paper.head(), &paper.hash());
    document.letterhead(&circular.letterhead, &circular.number);
    document.title(&circular.title);
    document.addressee(&circular.to);
    document.paragraphs(&circular.opening);
    for (at, section) in circular.sections.iter().enumerate() {
        document.heading(at + 1, &section.heading);
        document.paragraphs(&section.paragraphs);
        points(&mut document, &section.points);
    }
    document.paragraphs(&circular.closing);
    document.attachments(&circular.attachments);
    document.signed(&circular.head.office, &day(circular.dated));
    let issued_on = circular.issued_on.map(day).unwrap_or_default();
    document.colophon(&circular.copies, &circular.issued_by, &issued_on);
    document
}

fn points(document: &mut Official, points: &[Section]) {
    for (at, point) in points.iter().enumerate() {
        let (first, rest) = match point.paragraphs.split_first() {
            Some((first, rest)) => (first.as_str(), rest),
            None => ("", &[][..]),
        };
        document.point(at + 1, &point.heading, first);
        document.paragraphs(rest);
    }
}

fn press_brief(brief: &PressBrief, paper: &Paper) -> Official {
    let mut document = Official::new(paper.head(), &paper.hash());
    document.letterhead(&brief.series, &brief.issue);
    document.title(&brief.title);
    document.paragraphs(&brief.paragraphs);
    document.signed(&brief.head.office, &day(brief.head.made_on));
    document
}

#[cfg(test)]
mod tests;
