//! The result sheet, the table of all marks, the letter.

use super::Block::{Points, Table, Text};
use super::{Block, cells, day, heading, place, shown, signs};
use crate::{BoardHead, FeedbackLetter, Reconciliation, ResultSheet, SummaryTable};

pub(super) fn result_sheet(paper: &ResultSheet) -> Vec<Block> {
    let mut head = cells(["述职人"]);
    head.extend(
        paper
            .categories
            .iter()
            .map(|one| format!("{} 票 {}", one.code, one.weight)),
    );
    let composite = paper.presenters.iter().any(|row| row.composite.is_some());
    head.push("测评得分".to_owned());
    head.extend(composite.then(|| "综合得分".to_owned()));
    head.extend(cells(["名次（区间）", "等次"]));
    let rows = paper.presenters.iter().map(|row| {
        let mut cells = vec![row.presenter.clone()];
        cells.extend(row.means.iter().map(|mean| shown(mean.as_ref())));
        cells.push(shown(row.score.as_ref()));
        cells.extend(composite.then(|| shown(row.composite.as_ref())));
        cells.push(place(row.place));
        cells.push(shown(row.grade.as_ref()));
        cells
    });
    let counted = paper.reconciliation.iter().map(counted);
    let end = |one: &BoardHead| format!("{}：{} {}", one.category, one.height, one.hash);
    let wrong = paper.reconciliation.iter().flat_map(|line| {
        let of = line.mismatches.iter();
        of.map(|said| Text(format!("{}：{said}", line.category)))
    });
    let place = format!("{} {}", day(paper.held_on), paper.place);
    let mut blocks = vec![
        Text(place.trim_end().to_owned()),
        Table {
            head,
            rows: rows.collect(),
        },
        heading("票数核对"),
        Table {
            head: cells([
                "类别",
                "应到",
                "实到",
                "发出手机票",
                "发出纸票",
                "收回",
                "有效",
                "无效",
                "弃权",
                "备用销毁",
            ]),
            rows: counted.collect(),
        },
    ];
    blocks.extend(wrong);
    blocks.push(Text(paper.quorum.clone()));
    blocks.push(heading("说明"));
    blocks.push(Points(paper.statements.clone()));
    blocks.push(heading("票箱末次记录"));
    blocks.push(Points(paper.boards.iter().map(end).collect()));
    blocks.push(signs(&paper.signatures));
    blocks
}

fn counted(line: &Reconciliation) -> Vec<String> {
    let numbers = [
        line.entitled,
        line.present,
        line.issued_phone,
        line.issued_paper,
        line.returned,
        line.valid,
        line.void,
        line.abstained,
        line.destroyed,
    ];
    let numbers = numbers.into_iter().map(shown);
    std::iter::once(line.category.clone())
        .chain(numbers)
        .collect()
}

pub(super) fn summary_table(paper: &SummaryTable) -> Vec<Block> {
    let mut head = cells(["述职人"]);
    for item in &paper.items {
        head.push(format!("{}（权重 {}）", item.label, item.weight));
        head.extend(paper.grades.iter().cloned());
    }
    head.extend(cells(["测评得分", "名次（区间）", "等次"]));
    let rows = paper.rows.iter().map(|row| {
        let mut cells = vec![row.presenter.clone()];
        for mark in &row.items {
            cells.push(shown(mark.score.as_ref()));
            cells.extend(mark.counts.iter().map(u64::to_string));
        }
        cells.push(shown(row.ballot.as_ref()));
        cells.push(place(row.place));
        cells.push(shown(row.grade.as_ref()));
        cells
    });
    vec![
        Text(day(paper.held_on)),
        Table {
            head,
            rows: rows.collect(),
        },
        heading("说明"),
        Points(paper.notes.clone()),
    ]
}

pub(super) fn letter(paper: &FeedbackLetter) -> Vec<Block> {
    let ballots: u64 = paper.opened.iter().map(|one| one.ballots).sum();
    let (on, appraisal) = (day(paper.held_on), &paper.appraisal);
    let mut blocks = vec![
        Text(format!("{}：", paper.to)),
        Text(format!(
            "{on}，在{appraisal}中，{ballots} 名评议人以无记名方式对您作出评价。"
        )),
        heading("总体情况"),
        Text(score_text(paper)),
    ];
    let opened = paper.opened.iter().map(|one| {
        let ballots = one.ballots.to_string();
        vec![one.category.clone(), ballots, shown(one.mean.as_ref())]
    });
    blocks.push(Table {
        head: cells(["评议人类别", "有效票", "平均分"]),
        rows: opened.collect(),
    });
    blocks.push(heading("各项测评"));
    let mut head = cells(["测评项目"]);
    head.extend(paper.grades.iter().cloned());
    head.extend(cells(["得分", "中位数"]));
    let rows = paper.items.iter().map(|item| {
        let mut cells = vec![item.label.clone()];
        cells.extend(item.counts.iter().map(u64::to_string));
        cells.extend([shown(item.score.as_ref()), shown(item.median.as_ref())]);
        cells
    });
    blocks.push(Table {
        head,
        rows: rows.collect(),
    });
    blocks.push(heading("评议意见"));
    if paper.opinions.is_empty() {
        blocks.push(Text("评议人没有写下意见。".to_owned()));
    }
    for group in &paper.opinions {
        blocks.extend((!group.about.is_empty()).then(|| Text(group.about.clone())));
        blocks.push(Points(group.texts.clone()));
    }
    let struck = paper.struck.len();
    blocks.extend((struck > 0).then(|| {
        let why = paper.struck.join("；");
        Text(format!("另有 {struck} 条意见未列入：{why}。"))
    }));
    if !paper.comment.is_empty() {
        blocks.push(heading("领导点评"));
        blocks.extend(paper.comment.lines().map(|line| Text(line.to_owned())));
    }
    blocks.extend(
        paper
            .reply_by
            .map(|by| Text(format!("请于{}前报送整改清单。", day(by)))),
    );
    blocks
}

fn score_text(paper: &FeedbackLetter) -> String {
    let Some(score) = &paper.score else {
        return "本次测评没有可计入的票，不计得分。".to_owned();
    };
    let median = paper.median.as_ref();
    let median = median.map_or_else(String::new, |median| {
        format!("，全体述职人得分的中位数为 {median} 分")
    });
    let grade = paper.grade.as_ref();
    let grade = grade.map_or_else(String::new, |grade| format!("；确定等次为“{grade}”"));
    format!("您的得分为 {score} 分{median}{grade}。")
}
