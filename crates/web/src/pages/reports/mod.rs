//! Pages of the duty reports, and what they share.

pub mod list;
pub mod outline;
pub mod own_slides;
pub mod report;
mod samples;
pub mod slides;
pub mod template;
pub mod versions;

use pingyi_app::reports::{
    FigureCode, FigureOf, FigureSpan, Outline, ReportStateName, SectionSpec,
};

use super::record::ledger::Words;
use super::sample::Sample;
use crate::lang::{Lang, Texts};

/// Every page of the reports × its samples.
#[must_use]
pub fn samples(lang: Lang) -> Vec<Sample> {
    samples::all(lang)
}

/// The tone of a state's badge.
#[must_use]
pub const fn tone(state: ReportStateName) -> &'static str {
    match state {
        ReportStateName::Draft => "info",
        ReportStateName::Submitted => "warn",
        ReportStateName::Returned => "bad",
        ReportStateName::Approved => "ok",
    }
}

/// A figure in words: `2017年 学习教育 记录条数`.
#[must_use]
pub fn figure_label(words: &Words, code: &FigureCode) -> String {
    let texts = Texts(words.lang);
    let mut parts = Vec::new();
    match code.span {
        FigureSpan::Own => {}
        FigureSpan::Year(year) => {
            parts.push(texts.a("report-figure-year", "year", &year.to_string()));
        }
        FigureSpan::Quarter(quarter) => parts.push(quarter.to_string()),
    }
    if !code.kind.is_empty() {
        parts.push(words.label(&words.kinds, &code.kind));
    }
    if !code.topic.is_empty() {
        parts.push(words.label(&words.topics, &code.topic));
    }
    let measure = code.measure;
    parts.push(texts.s(&match code.of {
        FigureOf::Itself => format!("value-indicator-measure-{measure}"),
        FigureOf::Part => format!("report-figure-part-{measure}"),
        FigureOf::Whole => format!("report-figure-whole-{measure}"),
    }));
    parts.join(" ")
}

/// Heading and guidance of a section in the language of the page: those that come with the program have an English
/// text, what the office wrote stands as it is.
#[must_use]
pub fn section_words(lang: Lang, spec: &SectionSpec) -> (String, String) {
    let own = Outline::default();
    let same = own.section(&spec.code).filter(|_| lang == Lang::En);
    let texts = Texts(lang);
    let said = |came: Option<&String>, is: &String, what: &str| {
        if came == Some(is) {
            texts.s(&format!("report-{what}-{}", spec.code))
        } else {
            is.clone()
        }
    };
    (
        said(same.map(|one| &one.title), &spec.title, "section"),
        said(same.map(|one| &one.guidance), &spec.guidance, "guidance"),
    )
}
