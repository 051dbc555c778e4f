//! The duty report (述职报告; domain.md §10, product.md "Reports", docs/report-contract.md §2): an outline of the office's,
//! text of the unit's, figures out of the record, last year's list answered, and the way from draft to approved.

mod answer;
mod compare;
mod content;
mod deck;
mod figure;
mod lack;
mod machine;
mod outline;
mod remark;
#[cfg(test)]
mod tests;
mod text;

pub use answer::{ANSWER_LEAST, ANSWER_MOST};
pub use compare::{Line, Side, Span, SpanKind, compare};
pub use content::{Answered, Content, FrozenFigure, Written};
pub use deck::{
    Arrange, ArrangeError, Arrangement, DeckFacts, FactFigure, KindWord, MOST_FIGURES, MOST_PHOTOS,
    Picked, Placed, Problem, SLIDE_POINTS_MOST, SLIDE_TITLE_MOST, SlideField, SlideKind,
    first_sentence,
};
pub use figure::{FigureCode, FigureOf, FigureSpan, Worked};
pub use lack::{Lack, answers, lacks};
pub use machine::{
    REPORT_ARROWS, ReportArrow, ReportError, ReportHand, ReportMove, ReportState, ReportStateName,
};
pub use outline::{
    FIXED_SECTIONS, LAST_YEAR, MOST_SECTIONS, Outline, OutlineDraft, SectionDraft, SectionSpec,
};
pub use remark::{RemarkError, RemarkMove, RemarkState};
pub use text::{MOST_CHARACTERS, Piece, characters, filled, paragraphs, pieces};
