use super::*;
use crate::diagram;

fn hash(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

/// A ceremony of two in which seat 1 stands so and seat 2 has done everything.
fn beside_one_that_is_done(seat: Seat) -> Ceremony {
    let done = Seat::Done {
        certificate: hash("c2"),
        polynomial: hash("p2"),
        output: hash("o2"),
    };
    Ceremony(vec![seat, done])
}

fn seats() -> [Seat; 4] {
    [
        Seat::Empty,
        Seat::Certified {
            certificate: hash("c"),
        },
        Seat::Committed {
            certificate: hash("c"),
            polynomial: hash("p"),
        },
        Seat::Done {
            certificate: hash("c"),
            polynomial: hash("p"),
            output: hash("o"),
        },
    ]
}

#[test]
fn every_pair_of_seat_and_step_does_what_the_table_says() {
    for seat in seats() {
        for step in Step::ALL {
            let ceremony = beside_one_that_is_done(seat.clone());
            let result = ceremony.take(1, step, hash("new"));
            let arrow = SEAT_ARROWS
                .iter()
                .find(|arrow| arrow.0 == seat.name() && arrow.1 == step);
            match (arrow, seat.message(step)) {
                (Some(arrow), _) => {
                    let (next, arrival) = result.unwrap();
                    assert_eq!((next.seats()[0].name(), arrival), (arrow.2, Arrival::New));
                    assert_eq!(next.seats()[0].message(step), Some(&hash("new")));
                }
                (None, Some(_)) => {
                    assert_eq!(result, Err(CeremonyError::AlreadySent { seat: 1 }));
                }
                (None, None) => assert_eq!(result, Err(CeremonyError::TooEarly)),
            }
        }
    }
}

#[test]
fn the_diagram_shows_the_table() {
    let lines = SEAT_ARROWS
        .iter()
        .map(|arrow| diagram::line(arrow.0, arrow.2, &[arrow.1.as_str(), "teller", arrow.3]));
    let reset = seats().into_iter().map(|seat| {
        diagram::line(
            seat.name(),
            "empty",
            &["reset_keys", "organiser", "keys_reset"],
        )
    });
    diagram::assert_shows("ceremony.md", "empty", lines.chain(reset));
    for arrow in SEAT_ARROWS {
        assert!(crate::audit::AuditEvent::ACTIONS.contains(&arrow.3));
    }
}

#[test]
fn a_step_waits_for_every_seat() {
    let mut ceremony = Ceremony::new(3);
    assert!(!ceremony.begun());
    for (step, next) in
        Step::ALL
            .into_iter()
            .zip([Some(Step::Polynomial), Some(Step::Output), None])
    {
        for seat in 1..=3 {
            assert_eq!(ceremony.waiting_for(), Some(step));
            if let Some(next) = next {
                let early = ceremony.clone().take(1, next, hash("early"));
                assert_eq!(early, Err(CeremonyError::TooEarly), "{step:?} seat {seat}");
            }
            ceremony = ceremony
                .take(seat, step, hash(&format!("{step:?}{seat}")))
                .unwrap()
                .0;
        }
        assert!(ceremony.complete(step) && ceremony.begun());
    }
    assert_eq!(ceremony.waiting_for(), None);
}

#[test]
fn the_same_message_again_is_no_change_and_another_is_refused() {
    let (ceremony, _) = Ceremony::new(2)
        .take(2, Step::Certificate, hash("c"))
        .unwrap();
    let (again, arrival) = ceremony
        .clone()
        .take(2, Step::Certificate, hash("c"))
        .unwrap();
    assert_eq!((&again, arrival), (&ceremony, Arrival::Again));
    let other = ceremony.clone().take(2, Step::Certificate, hash("x"));
    assert_eq!(other, Err(CeremonyError::AlreadySent { seat: 2 }));
    for seat in [0, 3, u32::MAX] {
        assert_eq!(
            ceremony.clone().take(seat, Step::Certificate, hash("c")),
            Err(CeremonyError::NoSuchSeat { seat })
        );
    }
}
