//! The papers of the record: lists, coverage, year book, digest.

use super::Block::{self, Heading, Table, Text};
use super::{cells, day, heading, or_dash, shown, texts};
use crate::{
    Coverage, CoverageLine, Digest, DigestLine, FollowUpList, ListKind, ListRow, YearBook,
};

/// The cells of one row of a list.
type Cells = fn(&ListRow) -> Vec<String>;

pub(super) fn list(paper: &FollowUpList) -> Vec<Block> {
    let (head, row): (Vec<String>, Cells) = match paper.list {
        ListKind::Problems => (cells(["单位", "存在问题", "问题来源"]), |row| {
            vec![row.unit.clone(), row.problem.clone(), or_dash(&row.origin)]
        }),
        ListKind::Duties => (
            cells([
                "单位",
                "存在问题",
                "责任单位（责任人）",
                "牵头领导",
                "完成时限",
            ]),
            |row| {
                vec![
                    row.unit.clone(),
                    row.problem.clone(),
                    or_dash(&row.responsible),
                    or_dash(&row.leader),
                    shown(row.due),
                ]
            },
        ),
        ListKind::Rectification => (
            cells([
                "单位",
                "存在问题",
                "整改措施",
                "责任人",
                "完成时限",
                "进展",
                "销号日期",
                "销号依据",
            ]),
            |row| {
                vec![
                    row.unit.clone(),
                    row.problem.clone(),
                    or_dash(&row.measures),
                    or_dash(&row.responsible),
                    shown(row.due),
                    or_dash(&row.state),
                    shown(row.closed_on),
                    or_dash(&row.proof),
                ]
            },
        ),
    };
    let about = Text(format!("依据：{}", paper.about));
    if paper.rows.is_empty() {
        return vec![about, Text("没有列入本清单的事项。".to_owned())];
    }
    let rows = paper.rows.iter().map(row).collect();
    vec![about, Table { head, rows }]
}

pub(super) fn coverage(paper: &Coverage) -> Vec<Block> {
    let row = |line: &CoverageLine| {
        let [organisation, own, work] = line.rates();
        vec![
            line.unit.clone(),
            line.firms.to_string(),
            line.struck.to_string(),
            line.operating.to_string(),
            line.organised.to_string(),
            organisation,
            line.own.to_string(),
            own,
            line.worked.to_string(),
            work,
        ]
    };
    let lines = paper.lines.iter().chain([&paper.total]).map(row);
    let mut blocks = vec![
        Text(day(paper.on)),
        Table {
            head: cells([
                "单位",
                "企业",
                "剔除",
                "在营",
                "组织覆盖",
                "组织覆盖率",
                "单独组建",
                "单独组建率",
                "工作覆盖",
                "工作覆盖率",
            ]),
            rows: lines.collect(),
        },
    ];
    for (title, firms) in [
        ("剔除的企业", &paper.struck),
        ("未覆盖的企业", &paper.uncovered),
    ] {
        blocks.push(heading(title));
        let rows: Vec<Vec<String>> = firms
            .iter()
            .map(|one| vec![one.firm.clone(), one.unit.clone(), one.reason.clone()])
            .collect();
        blocks.push(if rows.is_empty() {
            Text("没有。".to_owned())
        } else {
            let head = cells(["企业", "单位", "原因"]);
            Table { head, rows }
        });
    }
    blocks
}

pub(super) fn year_book(paper: &YearBook) -> Vec<Block> {
    let figures = paper.figures.iter().map(|one| {
        let now = format!("{} {}", one.value, one.measure);
        vec![
            one.label.clone(),
            now.trim_end().to_owned(),
            or_dash(&one.before),
        ]
    });
    let mut blocks: Vec<Block> = texts(&paper.about).collect();
    blocks.push(heading("一年数据"));
    blocks.push(Table {
        head: cells(["指标", "本年", "上年"]),
        rows: figures.collect(),
    });
    for group in &paper.groups {
        blocks.push(Heading(format!(
            "{}（{}）",
            group.kind,
            group.entries.len()
        )));
        let rows = group.entries.iter().map(|entry| {
            vec![
                entry.on.to_string(),
                entry.title.clone(),
                or_dash(&entry.place),
                shown(entry.headcount),
            ]
        });
        blocks.push(Table {
            head: cells(["日期", "事项", "地点", "人数"]),
            rows: rows.collect(),
        });
    }
    if !paper.matters.is_empty() {
        blocks.push(heading("事项"));
        let rows = paper.matters.iter().map(|one| {
            vec![
                one.title.clone(),
                one.list.clone(),
                shown(one.due),
                one.state.clone(),
            ]
        });
        blocks.push(Table {
            head: cells(["事项", "清单", "时限", "状态"]),
            rows: rows.collect(),
        });
    }
    blocks.extend(appraisals(paper));
    blocks
}

fn appraisals(paper: &YearBook) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !paper.appraisals.is_empty() {
        blocks.push(heading("历年评议"));
        let rows = paper.appraisals.iter().map(|one| {
            vec![
                one.year.to_string(),
                one.title.clone(),
                shown(one.score.as_ref()),
                shown(one.grade.as_ref()),
            ]
        });
        blocks.push(Table {
            head: cells(["年份", "评议", "得分", "等次"]),
            rows: rows.collect(),
        });
    }
    blocks
}

pub(super) fn digest(paper: &Digest) -> Vec<Block> {
    let row = |line: &DigestLine| {
        vec![
            line.unit.clone(),
            line.open.to_string(),
            line.closed.to_string(),
            line.due.to_string(),
            line.overdue.to_string(),
        ]
    };
    let mut blocks = vec![if paper.lines.is_empty() {
        Text("本月没有整改事项。".to_owned())
    } else {
        Table {
            head: cells(["单位", "在办", "本月销号", "下月到期", "逾期"]),
            rows: paper.lines.iter().map(row).collect(),
        }
    }];
    for (title, rows) in [("本月销号", &paper.closed), ("月末逾期", &paper.overdue)] {
        if rows.is_empty() {
            continue;
        }
        blocks.push(heading(title));
        let rows = rows.iter().map(|row| {
            vec![
                row.unit.clone(),
                row.problem.clone(),
                shown(row.due),
                shown(row.closed_on),
                or_dash(&row.proof),
            ]
        });
        blocks.push(Table {
            head: cells(["单位", "存在问题", "完成时限", "销号日期", "销号依据"]),
            rows: rows.collect(),
        });
    }
    blocks
}
