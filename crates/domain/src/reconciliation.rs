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

/// What the board and the roll know of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Slips on the roll: phone, paper, spare.
    pub roll: u32,
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
    /// Phone ballots on the board and paper forms returned.
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
        let paper_back = counted.returned_paper.unwrap_or(board.from_paper);
        let issued = counted
            .issued_phone
            .zip(counted.issued_paper)
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
                above(Some(paper_back), counted.issued_paper),
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
mod tests {
    use super::*;

    fn category() -> CategoryCode {
        "A".parse().unwrap()
    }

    fn sound() -> (Counted, Board) {
        let counted = Counted {
            entitled: Some(20),
            present: Some(18),
            issued_phone: Some(15),
            issued_paper: Some(3),
            returned_paper: Some(3),
            void_paper: Some(1),
            spare_destroyed: Some(2),
        };
        (
            counted,
            Board {
                roll: 20,
                ballots: 16,
                from_paper: 2,
            },
        )
    }

    #[test]
    fn a_sound_category_adds_up() {
        let (counted, board) = sound();
        let line = Line::new(category(), counted, board);
        assert_eq!(line.mismatches, []);
        assert_eq!(line.abstained, Some(1));
        assert_eq!(
            (line.issued, line.returned, line.valid, line.void),
            (Some(18), 17, 16, 1)
        );
    }

    type Bend = (Mismatch, fn(&mut Counted, &mut Board));

    #[test]
    fn each_mismatch_is_found_alone() {
        let bends: [Bend; 7] = [
            (Mismatch::ReturnedAboveIssued, |counted, _| {
                counted.issued_phone = Some(13);
            }),
            (Mismatch::PaperReturnedAboveIssued, |counted, board| {
                counted.returned_paper = Some(4);
                board.from_paper = 3;
            }),
            (Mismatch::PresentAboveEntitled, |counted, _| {
                counted.entitled = Some(17);
            }),
            (Mismatch::IssuedAbovePresent, |counted, _| {
                counted.present = Some(17);
            }),
            (Mismatch::VoidAboveReturned, |counted, board| {
                counted.void_paper = Some(4);
                board.from_paper = 0;
                board.ballots = 14;
            }),
            (Mismatch::PaperNotCast, |_, board| board.from_paper = 3),
            (Mismatch::MoreSlipsThanRoll, |_, board| board.roll = 19),
        ];
        for (mismatch, bend) in bends {
            let (mut counted, mut board) = sound();
            bend(&mut counted, &mut board);
            assert_eq!(Line::new(category(), counted, board).mismatches, [mismatch]);
        }
    }

    #[test]
    fn only_more_returned_than_issued_voids() {
        let (mut counted, board) = sound();
        counted.present = Some(17);
        let harmless = Line::new(category(), counted.clone(), board);
        assert!(!harmless.voids());
        counted.issued_phone = Some(10);
        let voided = Line::new("B".parse().unwrap(), counted, board);
        let sheet = Sheet::new(vec![harmless, voided], Quorum::TWO_THIRDS);
        assert_eq!(sheet.overdrawn(), ["B".parse().unwrap()]);
    }

    #[test]
    fn what_was_not_counted_is_not_compared() {
        let board = Board {
            roll: 20,
            ballots: 16,
            from_paper: 0,
        };
        let line = Line::new(category(), Counted::default(), board);
        assert_eq!(
            (line.mismatches.len(), line.issued, line.returned),
            (0, None, 16)
        );
        assert_eq!(
            Sheet::new(vec![line], Quorum::TWO_THIRDS).quorum,
            QuorumState::Unknown
        );
    }

    #[test]
    fn the_quorum_is_of_all_categories_together() {
        let line = |entitled, present| {
            let counted = Counted {
                entitled: Some(entitled),
                present: Some(present),
                ..Counted::default()
            };
            Line::new(
                category(),
                counted,
                Board {
                    roll: 99,
                    ballots: 0,
                    from_paper: 0,
                },
            )
        };
        let sheet = Sheet::new(vec![line(20, 5), line(10, 15)], Quorum::TWO_THIRDS);
        assert_eq!(
            (sheet.entitled, sheet.present, sheet.quorum),
            (Some(30), Some(20), QuorumState::Reached)
        );
        let sheet = Sheet::new(vec![line(20, 5), line(10, 14)], Quorum::TWO_THIRDS);
        assert_eq!(sheet.quorum, QuorumState::NotReached);
    }
}
