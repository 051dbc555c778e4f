//! Reconciliation of what went out with what came back (domain.md §9), for each category.

use serde::{Deserialize, Serialize};

use crate::codes::CategoryCode;
use crate::config::Quorum;

/// What people count and enter for one category; what has not been counted is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counted {
    /// 应到: raters entitled.
    pub entitled: Option<u32>,
    /// 实到: raters present.
    pub present: Option<u32>,
    /// 发出: phone slips given out.
    pub issued_phone: Option<u32>,
    /// 发出: paper forms given out.
    pub issued_paper: Option<u32>,
    /// 收回: paper forms in the box.
    pub returned_paper: Option<u32>,
    /// 无效: paper forms that could not be read or break the rules.
    pub void_paper: Option<u32>,
    /// 销毁: spare slips and forms destroyed in public.
    pub spare_destroyed: Option<u32>,
}

impl Counted {
    /// Paper forms given out, as far as known, and come back.
    fn paper(&self, board: Board) -> (Option<u32>, u32) {
        // Where no paper was made, nobody need write a nought for it.
        let none_made = (board.roll_paper == 0).then_some(0);
        // A ballot cast from paper is a form that came back, whatever was written down of them.
        let back = self.returned_paper.unwrap_or(0).max(board.from_paper);
        (self.issued_paper.or(none_made), back)
    }
}

/// What the board and the roll know of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Slips on the roll: phone, paper, spare.
    pub roll: u32,
    /// Paper forms on the roll; part of `roll`.
    pub roll_paper: u32,
    /// Ballots that count: the last of each credential.
    pub ballots: u32,
    /// Ballots cast from paper, as entered by the tellers; part of `ballots`.
    pub from_paper: u32,
}

/// Whether enough raters were present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuorumState {
    /// Enough.
    Reached,
    /// Too few.
    NotReached,
    /// Not all categories are counted yet.
    Unknown,
}

/// Something in a category that does not add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mismatch {
    /// More returned than issued: voids the vote.
    ReturnedAboveIssued,
    /// More paper returned than issued: voids the vote.
    PaperReturnedAboveIssued,
    /// More present than entitled.
    PresentAboveEntitled,
    /// More issued than present.
    IssuedAbovePresent,
    /// More void papers than returned ones.
    VoidAboveReturned,
    /// Valid paper forms and ballots cast from paper differ.
    PaperNotCast,
    /// Issued and destroyed slips are more than the roll has.
    MoreSlipsThanRoll,
}

impl Mismatch {
    /// Whether it voids the vote and does not merely want an explanation.
    #[must_use]
    pub const fn voids(self) -> bool {
        matches!(
            self,
            Self::ReturnedAboveIssued | Self::PaperReturnedAboveIssued
        )
    }
}

/// One line of the reconciliation sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The category.
    pub category: CategoryCode,
    /// What was entered.
    pub counted: Counted,
    /// What the board knows.
    pub board: Board,
    /// Phone slips and paper forms given out, as far as entered.
    pub issued: Option<u32>,
    /// Phone ballots on the board and paper forms returned, of which there are no fewer than were cast.
    pub returned: u32,
    /// Ballots that count.
    pub valid: u32,
    /// Paper forms that do not count.
    pub void: u32,
    /// 弃权: slips and forms given out that did not come back, as far as entered. Marks of "don't know" are
    /// another thing and stand with each item's counts.
    pub abstained: Option<u32>,
    /// What does not add up.
    pub mismatches: Vec<Mismatch>,
}

/// The whole sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// A line for each category.
    pub lines: Vec<Line>,
    /// Raters entitled in all, where all are entered.
    pub entitled: Option<u32>,
    /// Raters present in all, where all are entered.
    pub present: Option<u32>,
    /// Whether they are enough.
    pub quorum: QuorumState,
}

impl Line {
    /// Works out one category.
    #[must_use]
    pub fn new(category: CategoryCode, counted: Counted, board: Board) -> Self {
        let (issued_paper, paper_back) = counted.paper(board);
        let issued = counted
            .issued_phone
            .zip(issued_paper)
            .map(|(phone, paper)| phone.saturating_add(paper));
        let phone_back = board.ballots.saturating_sub(board.from_paper);
        let returned = phone_back.saturating_add(paper_back);
        let void = counted.void_paper.unwrap_or(0);
        let above = |one: Option<u32>, other: Option<u32>| {
            one.zip(other).is_some_and(|(one, other)| one > other)
        };
        let valid_paper = counted.returned_paper.map(|back| back.saturating_sub(void));
        let slips =
            issued.map(|issued| issued.saturating_add(counted.spare_destroyed.unwrap_or(0)));
        let found = [
            (
                Mismatch::ReturnedAboveIssued,
                above(Some(returned), issued) || above(Some(phone_back), counted.issued_phone),
            ),
            (
                Mismatch::PaperReturnedAboveIssued,
                above(Some(paper_back), issued_paper),
            ),
            (
                Mismatch::PresentAboveEntitled,
                above(counted.present, counted.entitled),
            ),
            (Mismatch::IssuedAbovePresent, above(issued, counted.present)),
            (
                Mismatch::VoidAboveReturned,
                above(counted.void_paper, counted.returned_paper),
            ),
            (
                Mismatch::PaperNotCast,
                valid_paper.is_some_and(|paper| paper != board.from_paper),
            ),
            (Mismatch::MoreSlipsThanRoll, above(slips, Some(board.roll))),
        ];
        let mismatches = found
            .iter()
            .filter(|mismatch| mismatch.1)
            .map(|mismatch| mismatch.0)
            .collect();
        Self {
            category,
            counted,
            board,
            issued,
            returned,
            valid: board.ballots,
            void,
            abstained: issued.map(|issued| issued.saturating_sub(returned)),
            mismatches,
        }
    }

    /// Whether more came back than went out.
    #[must_use]
    pub fn voids(&self) -> bool {
        self.mismatches.iter().any(|mismatch| mismatch.voids())
    }
}

impl Sheet {
    /// Works out the sheet from its lines.
    #[must_use]
    pub fn new(lines: Vec<Line>, quorum: Quorum) -> Self {
        let total = |field: fn(&Counted) -> Option<u32>| -> Option<u32> {
            lines.iter().try_fold(0_u32, |sum, line| {
                Some(sum.saturating_add(field(&line.counted)?))
            })
        };
        let (entitled, present) = (
            total(|counted| counted.entitled),
            total(|counted| counted.present),
        );
        let quorum = match present.zip(entitled) {
            None => QuorumState::Unknown,
            Some((present, entitled)) if quorum.reached(present, entitled) => QuorumState::Reached,
            Some(_) => QuorumState::NotReached,
        };
        Self {
            lines,
            entitled,
            present,
            quorum,
        }
    }

    /// The categories in which more came back than went out: the vote there is void (domain.md §9), and
    /// [`crate::appraisal::State::release`] refuses.
    #[must_use]
    pub fn overdrawn(&self) -> Vec<CategoryCode> {
        self.lines
            .iter()
            .filter(|line| line.voids())
            .map(|line| line.category)
            .collect()
    }
}

#[cfg(test)]
mod tests;
