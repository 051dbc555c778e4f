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
            roll_paper: 4,
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
fn more_ballots_cast_from_paper_than_forms_issued_void_whatever_is_said_to_have_come_back() {
    let (mut counted, mut board) = sound();
    board.from_paper = 4;
    let line = Line::new(category(), counted.clone(), board);
    assert!(line.voids(), "four ballots from three forms");
    assert_eq!(
        line.mismatches,
        [Mismatch::PaperReturnedAboveIssued, Mismatch::PaperNotCast]
    );
    assert_eq!(line.returned, 16, "never fewer than are counted");
    counted.returned_paper = Some(0);
    assert!(Line::new(category(), counted, board).voids());
}

#[test]
fn what_was_not_counted_is_not_compared() {
    let board = Board {
        roll: 20,
        roll_paper: 4,
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
fn without_paper_nobody_writes_a_nought_for_it() {
    let line = |roll_paper, issued_phone| {
        let counted = Counted {
            issued_phone,
            ..Counted::default()
        };
        let board = Board {
            roll: 20,
            roll_paper,
            ballots: 16,
            from_paper: 0,
        };
        Line::new(category(), counted, board)
    };
    assert_eq!(line(0, Some(18)).issued, Some(18));
    assert_eq!(line(0, Some(18)).abstained, Some(2));
    assert_eq!(line(3, Some(18)).issued, None);
    assert_eq!(line(0, None).issued, None);
    assert!(line(0, Some(15)).voids());
    let mut paper = line(0, Some(18));
    paper.counted.returned_paper = Some(1);
    let paper = Line::new(category(), paper.counted, paper.board);
    assert!(paper.voids(), "paper came back that nobody made");
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
                roll_paper: 9,
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
