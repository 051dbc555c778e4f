//! Which paper is meant: by its address in the app, and how its row names it.

use pingyi_domain::record::{Date, ReportId, UnitId};
use pingyi_domain::{AppraisalId, PresenterCode};
use pingyi_papers::{ListKind, PaperKind};

/// A paper that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// One of an appraisal.
    Of(AppraisalId, Sheet),
    /// The two coverages on a day, of a unit or of the highest one who asks may see.
    Coverage(Option<UnitId>, Date),
    /// A unit's year.
    YearBook(UnitId, i32),
    /// One of the three lists, of a unit or of all.
    List(ListKind, Option<UnitId>),
    /// What was put right in a month, of a unit or of all.
    Digest(Option<UnitId>, u16, u8),
    /// A duty report.
    Report(ReportId),
    /// Its slides.
    Deck(ReportId),
}

/// A paper of an appraisal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// 测评结果单
    Result,
    /// 测评汇总表
    Summary,
    /// 会议记录
    Minutes,
    /// 简报
    Brief,
    /// 通报
    Circular,
    /// One of the three lists, of the matters made of what it found wanting.
    List(ListKind),
    /// 意见反馈书, to one presenter.
    Letter(PresenterCode),
}

/// What file is made of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    /// For printing and the archive.
    Pdf,
    /// For editing on, in Word.
    Docx,
    /// For reckoning on, in Excel.
    Xlsx,
}

impl PaperFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Xlsx];

    /// The ending, also on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// In which formats a paper can be made, the first one first.
    #[must_use]
    pub const fn of(kind: PaperKind) -> &'static [Self] {
        match kind {
            PaperKind::SummaryTable => &[Self::Pdf, Self::Xlsx],
            PaperKind::Circular | PaperKind::PressBrief | PaperKind::DutyReport => {
                &[Self::Pdf, Self::Docx]
            }
            _ => &[Self::Pdf],
        }
    }
}

impl Sheet {
    /// Those that are one to an appraisal.
    pub const ONE: [Self; 5] = [
        Self::Result,
        Self::Summary,
        Self::Minutes,
        Self::Circular,
        Self::Brief,
    ];

    /// The three lists.
    pub const LISTS: [Self; 3] = [
        Self::List(ListKind::Problems),
        Self::List(ListKind::Duties),
        Self::List(ListKind::Rectification),
    ];

    /// As it stands in an address: `result_sheet`, `list-problems`, `letter-p1`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Letter(code) => format!("letter-{code}"),
            Self::List(list) => format!("list-{}", list_name(*list)),
            other => other.kind().name().to_owned(),
        }
    }

    /// The paper with this name in an address.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.strip_prefix("letter-") {
            Some(code) => code.parse().ok().map(Self::Letter),
            None => Self::of_all().find(|sheet| sheet.name() == name),
        }
    }

    /// Those that are one to an appraisal, lists and all.
    pub fn of_all() -> impl Iterator<Item = Self> {
        Self::ONE.into_iter().chain(Self::LISTS)
    }

    /// Which input it is.
    #[must_use]
    pub const fn kind(&self) -> PaperKind {
        match self {
            Self::Result => PaperKind::ResultSheet,
            Self::Summary => PaperKind::SummaryTable,
            Self::Minutes => PaperKind::Minutes,
            Self::Brief => PaperKind::PressBrief,
            Self::Circular => PaperKind::Circular,
            Self::List(_) => PaperKind::FollowUpList,
            Self::Letter(_) => PaperKind::FeedbackLetter,
        }
    }
}

impl Wanted {
    /// The unit it is narrowed to, where it can be.
    pub(super) fn unit_mut(&mut self) -> Option<&mut Option<UnitId>> {
        match self {
            Self::Coverage(unit, _) | Self::List(_, unit) | Self::Digest(unit, ..) => Some(unit),
            Self::Of(..) | Self::YearBook(..) | Self::Report(_) | Self::Deck(_) => None,
        }
    }

    /// As its rows name it.
    #[must_use]
    pub fn place(&self) -> String {
        let of = |unit: &Option<UnitId>| unit.as_ref().map_or("all", UnitId::as_str).to_owned();
        match self {
            Self::Of(id, sheet) => format!("appraisal/{id}/{}", sheet.name()),
            Self::Coverage(unit, on) => format!("coverage/{}/{on}", of(unit)),
            Self::YearBook(unit, year) => format!("year/{unit}/{year}"),
            Self::List(list, unit) => format!("list/{}/{}", list_name(*list), of(unit)),
            Self::Digest(unit, year, month) => format!("digest/{}/{year}-{month:02}", of(unit)),
            Self::Report(id) => format!("report/{id}"),
            Self::Deck(id) => format!("slides/{id}"),
        }
    }
}

/// A list on the wire.
#[must_use]
pub const fn list_name(list: ListKind) -> &'static str {
    match list {
        ListKind::Problems => "problems",
        ListKind::Duties => "duties",
        ListKind::Rectification => "rectification",
    }
}

/// The list with this name.
#[must_use]
pub fn list_named(name: &str) -> Option<ListKind> {
    [
        ListKind::Problems,
        ListKind::Duties,
        ListKind::Rectification,
    ]
    .into_iter()
    .find(|list| list_name(*list) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_found_again_by_its_name() {
        let letter = Sheet::Letter("p1".parse().unwrap());
        for sheet in Sheet::of_all().chain([letter]) {
            assert_eq!(Sheet::named(&sheet.name()), Some(sheet));
        }
        for none in ["", "letter-", "letter-P 1", "feedback_letter", "deck"] {
            assert_eq!(Sheet::named(none), None, "{none}");
        }
        for format in PaperFormat::ALL {
            assert_eq!(PaperFormat::named(format.name()), Some(format));
        }
    }
}
