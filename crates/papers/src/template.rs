//! The templates, compiled in: a paper needs no file beside the program.

use crate::paper::PaperKind;

/// The layout all templates share: page, head, footer, tables, dates (GB/T 9704-2012 where it is a document).
pub const LAYOUT: &str = include_str!("../templates/layout.typ");

/// A kind's template with its sample.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The Typst source.
    pub source: &'static str,
    /// Sample data, as JSON.
    pub sample: &'static str,
}

macro_rules! template {
    ($name:literal) => {
        Template {
            source: include_str!(concat!("../templates/", $name, ".typ")),
            sample: include_str!(concat!("../templates/", $name, ".json")),
        }
    };
}

impl PaperKind {
    /// The template of this kind of paper.
    #[must_use]
    pub const fn template(self) -> Template {
        match self {
            Self::ResultSheet => template!("result_sheet"),
            Self::SummaryTable => template!("summary_table"),
            Self::FeedbackLetter => template!("feedback_letter"),
            Self::FollowUpList => template!("follow_up_list"),
            Self::Coverage => template!("coverage"),
            Self::Minutes => template!("minutes"),
            Self::Circular => template!("circular"),
            Self::PressBrief => template!("press_brief"),
            Self::YearBook => template!("year_book"),
            Self::DutyReport => template!("duty_report"),
            Self::Deck => template!("deck"),
            Self::Digest => template!("digest"),
        }
    }
}
