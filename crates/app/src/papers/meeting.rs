//! The papers that people write and the facts go along with: minutes, press brief, circular.

use pingyi_domain::record::Date;
use pingyi_papers::{Attendance, Circular, Minutes, PressBrief, Report, Section, Signature};

use super::facts::Facts;
use super::sheets::category_name;
use super::texts::TextKind;
use super::words::paragraphs;
use crate::ResultTable;

pub(super) fn minutes(facts: &Facts) -> Minutes {
    let own = |field: &str| facts.meeting(field).to_owned();
    let written = |field: &str| paragraphs(&facts.written(TextKind::Minutes, field));
    let lines = facts.result.reconciliation.lines.iter();
    let signs = |role: &str, field: &str| Signature {
        role: role.to_owned(),
        name: own(field),
    };
    Minutes {
        head: facts.head(),
        title: facts.appraisal.title.clone() + "会议",
        held_on: facts.held_on(),
        from: own("from"),
        to: own("to"),
        place: own("place"),
        chair: own("chair"),
        recorder: own("recorder"),
        attendance: lines
            .map(|line| Attendance {
                category: category_name(facts, line.category),
                entitled: line.counted.entitled,
                present: line.counted.present,
            })
            .collect(),
        agenda: written("agenda"),
        reports: facts
            .result
            .tables
            .iter()
            .map(|table| report(facts, table))
            .collect(),
        vote: written("vote"),
        resolutions: written("resolutions"),
        signatures: vec![signs("主持人", "chair"), signs("记录人", "recorder")],
    }
}

fn report(facts: &Facts, table: &ResultTable) -> Report {
    let code: &str = table.code.as_ref();
    let comment = facts.comments.get(code).cloned().unwrap_or_default();
    let by = if comment.is_empty() {
        ""
    } else {
        facts.meeting("commented_by")
    };
    Report {
        presenter: table.title.clone(),
        from: String::new(),
        minutes: None,
        summary: facts.written(TextKind::Minutes, &format!("summary-{code}")),
        commented_by: by.to_owned(),
        comment,
    }
}

pub(super) fn press_brief(facts: &Facts) -> PressBrief {
    let written = |field: &str| facts.written(TextKind::PressBrief, field);
    PressBrief {
        head: facts.head(),
        series: written("series"),
        issue: written("issue"),
        title: written("title"),
        paragraphs: paragraphs(&written("text")),
        sent_to: written("sent_to"),
    }
}

pub(super) fn circular(facts: &Facts) -> Circular {
    let written = |field: &str| facts.written(TextKind::Circular, field);
    let day = |field: &str| written(field).parse::<Date>().ok();
    let (opening, sections) = sections(&written("text"));
    Circular {
        head: facts.head(),
        letterhead: written("letterhead"),
        number: written("number"),
        title: written("title"),
        to: written("to"),
        opening,
        sections,
        closing: paragraphs(&written("closing")),
        attachments: paragraphs(&written("attachments")),
        dated: day("dated").unwrap_or(facts.today),
        copies: written("copies"),
        issued_by: written("issued_by"),
        issued_on: day("issued_on"),
    }
}

/// A text with the numbers of official documents: what comes before the first `一、`, and the sections with their
/// points `（一）`. The numbers are set anew on paper, so one that was miscounted does not stay.
fn sections(text: &str) -> (Vec<String>, Vec<Section>) {
    let mut opening = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for line in paragraphs(text) {
        let section = sections.last_mut();
        match (numbered(&line), section) {
            (Some(Numbered::Section(heading)), _) => sections.push(section_of(heading)),
            (Some(Numbered::Point(text)), Some(section)) => section.points.push(point(text)),
            (_, Some(section)) => match section.points.last_mut() {
                Some(point) => point.paragraphs.push(line),
                None => section.paragraphs.push(line),
            },
            (_, None) => opening.push(line),
        }
    }
    (opening, sections)
}

enum Numbered<'a> {
    Section(&'a str),
    Point(&'a str),
}

const DIGITS: &str = "一二三四五六七八九十百";

fn numbered(line: &str) -> Option<Numbered<'_>> {
    let counts = |text: &str| !text.is_empty() && text.chars().all(|c| DIGITS.contains(c));
    if let Some((number, heading)) = line.split_once('、')
        && counts(number)
        && !heading.trim().is_empty()
    {
        return Some(Numbered::Section(heading.trim()));
    }
    let (number, text) = line.strip_prefix('（')?.split_once('）')?;
    (counts(number) && !text.trim().is_empty()).then(|| Numbered::Point(text.trim()))
}

fn section_of(heading: &str) -> Section {
    Section {
        heading: heading.to_owned(),
        paragraphs: Vec::new(),
        points: Vec::new(),
    }
}

/// A point's first sentence is its heading, which runs on into its text.
fn point(text: &str) -> Section {
    let (heading, rest) = match text.split_once('。') {
        Some((heading, rest)) => (heading.to_owned() + "。", rest.trim()),
        None => (text.to_owned(), ""),
    };
    Section {
        heading,
        paragraphs: paragraphs(rest),
        points: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_official_numbers_becomes_sections_and_points() {
        let text = "现通报如下。\n\n一、基本情况\n共一百人、九个园区。\n（一）组织有力。各园区提前准备。\n又一段\n（二）氛围浓厚\n三、整改要求\n（一）、不是编号\n四、\n一百、也是标题";
        let (opening, sections) = sections(text);
        assert_eq!(opening, ["现通报如下。"]);
        let headings: Vec<_> = sections.iter().map(|one| one.heading.as_str()).collect();
        assert_eq!(headings, ["基本情况", "整改要求", "也是标题"]);
        let first = &sections[0];
        assert_eq!(first.paragraphs, ["共一百人、九个园区。"]);
        assert_eq!(first.points[0].heading, "组织有力。");
        assert_eq!(first.points[0].paragraphs, ["各园区提前准备。", "又一段"]);
        assert_eq!(first.points[1].heading, "氛围浓厚");
        assert_eq!(sections[1].points[0].heading, "、不是编号");
        assert_eq!(sections[1].points[0].paragraphs, ["四、"]);
    }

    #[test]
    fn a_text_without_numbers_is_all_opening() {
        let (opening, sections) = sections("第一段\n第二段、有顿号");
        assert_eq!(opening.len(), 2);
        assert!(sections.is_empty());
    }
}
