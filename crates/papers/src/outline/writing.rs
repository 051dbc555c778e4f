//! What people write: minutes, circular, duty report.

use super::Block::{self, Heading, Points, Table, Text};
use super::{cells, day, heading, or_dash, shown, signs, texts};
use crate::{Circular, DutyReport, Minutes, Section};

pub(super) fn minutes(paper: &Minutes) -> Vec<Block> {
    let clock = [paper.from.as_str(), paper.to.as_str()];
    let clock: Vec<&str> = clock.into_iter().filter(|text| !text.is_empty()).collect();
    let rows = paper.attendance.iter().map(|one| {
        vec![
            one.category.clone(),
            shown(one.entitled),
            shown(one.present),
        ]
    });
    let mut blocks = vec![
        Text(format!("时间：{} {}", day(paper.held_on), clock.join("—"))),
        Text(format!("地点：{}", or_dash(&paper.place))),
        Text(format!(
            "主持人：{}　记录人：{}",
            or_dash(&paper.chair),
            or_dash(&paper.recorder)
        )),
        heading("到会情况"),
        Table {
            head: cells(["类别", "应到", "实到"]),
            rows: rows.collect(),
        },
        heading("会议议程"),
        Points(paper.agenda.clone()),
        heading("述职和点评"),
    ];
    for report in &paper.reports {
        blocks.push(Text(report.presenter.clone()));
        blocks.extend(report.summary.lines().map(|line| Text(line.to_owned())));
        let by = &report.commented_by;
        let comment = &report.comment;
        blocks.extend((!comment.is_empty()).then(|| Text(format!("{by}点评：{comment}"))));
    }
    blocks.push(heading("测评情况"));
    blocks.extend(texts(&paper.vote));
    if !paper.resolutions.is_empty() {
        blocks.push(heading("会议要求"));
        blocks.extend(texts(&paper.resolutions));
    }
    blocks.push(signs(&paper.signatures));
    blocks
}

pub(super) fn circular(paper: &Circular) -> Vec<Block> {
    let mut blocks = Vec::new();
    let above = format!("{} {}", paper.letterhead, paper.number);
    blocks.extend((!above.trim().is_empty()).then(|| Text(above.trim().to_owned())));
    blocks.push(Text(format!("{}：", or_dash(&paper.to))));
    blocks.extend(texts(&paper.opening));
    for (section, number) in paper.sections.iter().zip(1..) {
        blocks.push(Heading(format!("{}、{}", chinese(number), section.heading)));
        blocks.extend(texts(&section.paragraphs));
        for (point, number) in section.points.iter().zip(1..) {
            blocks.push(point_text(point, number));
        }
    }
    blocks.extend(texts(&paper.closing));
    if !paper.attachments.is_empty() {
        blocks.push(heading("附件"));
        blocks.push(Points(paper.attachments.clone()));
    }
    blocks.push(Text(format!("{} {}", paper.head.office, day(paper.dated))));
    let copies = (!paper.copies.is_empty()).then(|| format!("抄送：{}", paper.copies));
    blocks.extend(copies.map(Text));
    blocks
}

fn point_text(point: &Section, number: usize) -> Block {
    let text: String = point.paragraphs.concat();
    Text(format!("（{}）{}{text}", chinese(number), point.heading))
}

/// Numbers of headings up to 99.
pub(super) fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    let ten = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    format!("{ten}{}", DIGITS[ones])
}

pub(super) fn duty_report(paper: &DutyReport) -> Vec<Block> {
    let mut blocks = vec![Text(paper.presenter.clone())];
    for (section, number) in paper.sections.iter().zip(1..) {
        blocks.push(Heading(format!("{}、{}", chinese(number), section.heading)));
        blocks.extend(texts(&section.paragraphs));
        if !section.answers.is_empty() {
            let rows = section.answers.iter();
            let rows =
                rows.map(|one| vec![one.problem.clone(), one.done.clone(), one.state.clone()]);
            blocks.push(Table {
                head: cells(["上年问题", "整改情况", "状态"]),
                rows: rows.collect(),
            });
        }
    }
    blocks.push(Text(day(paper.dated)));
    blocks
}
