//! What the slides say in words: papers of the office are Chinese, whoever reads the page (docs/papers.md).

use pingyi_domain::record::{Date, Measure};
use pingyi_domain::report::{DeckFacts, FigureCode, FigureSpan, SlideKind};

/// The heading of a slide where nobody typed another one.
pub(super) fn title(slide: SlideKind, year: i32) -> String {
    let words = match slide {
        SlideKind::Cover => return format!("{year}年度抓基层党建工作述职报告"),
        SlideKind::SixFigures => "数字看一年",
        SlideKind::Coverage => "两个覆盖",
        SlideKind::ByKind => "做了哪些工作",
        SlideKind::Photos => "工作掠影",
        SlideKind::Problems => "问题和解决情况",
        SlideKind::LastYear => "上年度问题整改情况",
        SlideKind::Shortcomings => "存在的不足",
        SlideKind::Next => "下一步打算",
    };
    words.to_owned()
}

/// What a figure is called on a slide, and its unit.
pub(super) fn figure(facts: &DeckFacts, code: &FigureCode) -> (String, &'static str) {
    let kind = facts.kinds.iter().find(|kind| kind.code == code.kind);
    let kind = kind.map_or("", |kind| kind.word.as_str());
    let (words, measure) = match code.measure {
        Measure::Entries if kind.is_empty() => ("记录在册的工作".to_owned(), "项"),
        Measure::Entries => (kind.to_owned(), "次"),
        Measure::Headcount => (format!("{kind}参加人数"), "人次"),
        Measure::Quantity => (format!("{kind}数量"), ""),
        Measure::Quarters => (format!("开展{kind}的季度"), "个"),
        Measure::OrgRate => ("组织覆盖率".to_owned(), ""),
        Measure::OwnRate => ("单独组建率".to_owned(), ""),
        Measure::WorkRate => ("工作覆盖率".to_owned(), ""),
        Measure::ClosedInTime => ("问题按时销号率".to_owned(), ""),
        Measure::Members => ("党员".to_owned(), "名"),
        Measure::Growth => ("党员净增".to_owned(), "名"),
    };
    let time = match code.span {
        FigureSpan::Own => String::new(),
        FigureSpan::Year(year) => format!("{year}年"),
        FigureSpan::Quarter(quarter) => {
            format!("{}年{}", quarter.year(), quarter_of(quarter.number()))
        }
    };
    (format!("{time}{words}"), measure)
}

/// A day of the year that is spoken of.
pub(super) fn day(day: Date) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// A quarter by its number.
pub(super) const fn quarter_of(number: u8) -> &'static str {
    match number {
        1 => "一季度",
        2 => "二季度",
        3 => "三季度",
        _ => "四季度",
    }
}
