//! How far each teller is in the key ceremony (protocol.md §8, contract §4): certificates, then polynomials,
//! then outputs; each step begins when every seat has done the one before.
//!
//! What the messages say is checked by the ballot crate before a step is taken here.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::hash::Digest;

/// One teller's seat with the hashes of what came from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "seat", rename_all = "snake_case")]
pub enum Seat {
    /// Nothing yet.
    Empty,
    /// The certificate is in.
    Certified {
        /// SHA-256 of the certificate.
        certificate: Digest,
    },
    /// The polynomial is in.
    Committed {
        /// SHA-256 of the certificate.
        certificate: Digest,
        /// SHA-256 of the polynomial message.
        polynomial: Digest,
    },
    /// The output is in and verified.
    Done {
        /// SHA-256 of the certificate.
        certificate: Digest,
        /// SHA-256 of the polynomial message.
        polynomial: Digest,
        /// SHA-256 of the output.
        output: Digest,
    },
}

/// What a teller sends, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A signed certificate of the seat's keys.
    Certificate,
    /// The polynomial and the secrets for the others.
    Polynomial,
    /// The checked output with the verification key.
    Output,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Certificate, Self::Polynomial, Self::Output];

    /// The name on the wire and in the diagram.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Polynomial => "polynomial",
            Self::Output => "output",
        }
    }
}

/// Whether a message changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is the first of its kind from this seat.
    New,
    /// The same message had come before: a retry, to be answered as the first time.
    Again,
}

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CeremonyError {
    /// There is no such seat.
    #[error("there is no seat {seat}")]
    NoSuchSeat {
        /// From 1.
        seat: u32,
    },
    /// Another message of this kind has come from this seat.
    #[error("seat {seat} has already sent another message of this kind")]
    AlreadySent {
        /// From 1.
        seat: u32,
    },
    /// The step before is not complete in every seat.
    #[error("the step before is not complete")]
    TooEarly,
}

impl CeremonyError {
    /// The stable code for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchSeat { .. } => "no_such_seat",
            Self::AlreadySent { .. } => "already_sent",
            Self::TooEarly => "too_early",
        }
    }
}

impl Seat {
    /// The name of the seat's state.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Certified { .. } => "certified",
            Self::Committed { .. } => "committed",
            Self::Done { .. } => "done",
        }
    }

    /// The hash of a message that is in.
    #[must_use]
    pub const fn message(&self, step: Step) -> Option<&Digest> {
        match (self, step) {
            (
                Self::Certified { certificate }
                | Self::Committed { certificate, .. }
                | Self::Done { certificate, .. },
                Step::Certificate,
            ) => Some(certificate),
            (
                Self::Committed { polynomial, .. } | Self::Done { polynomial, .. },
                Step::Polynomial,
            ) => Some(polynomial),
            (Self::Done { output, .. }, Step::Output) => Some(output),
            _ => None,
        }
    }

    /// The next state, or the old one back where the step is not this seat's next.
    fn advance(self, step: Step, message: Digest) -> Result<Self, Self> {
        match (self, step) {
            (Self::Empty, Step::Certificate) => Ok(Self::Certified {
                certificate: message,
            }),
            (Self::Certified { certificate }, Step::Polynomial) => Ok(Self::Committed {
                certificate,
                polynomial: message,
            }),
            (
                Self::Committed {
                    certificate,
                    polynomial,
                },
                Step::Output,
            ) => Ok(Self::Done {
                certificate,
                polynomial,
                output: message,
            }),
            (seat, _) => Err(seat),
        }
    }
}

/// The seats of all tellers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ceremony(Vec<Seat>);

impl Ceremony {
    /// Empty seats for `size` tellers.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self(vec![Seat::Empty; size])
    }

    /// The seats, the first being seat 1.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.0
    }

    /// Whether anything has come: from then on the tellers are fixed.
    #[must_use]
    pub fn begun(&self) -> bool {
        self.0.iter().any(|seat| *seat != Seat::Empty)
    }

    /// Whether every seat has sent this.
    #[must_use]
    pub fn complete(&self, step: Step) -> bool {
        !self.0.is_empty() && self.0.iter().all(|seat| seat.message(step).is_some())
    }

    /// The step the ceremony waits for, or `None` when it is over.
    #[must_use]
    pub fn waiting_for(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.complete(*step))
    }

    /// Takes a message from a seat, counted from 1.
    ///
    /// # Errors
    /// See [`CeremonyError`].
    pub fn take(
        self,
        seat: u32,
        step: Step,
        message: Digest,
    ) -> Result<(Self, Arrival), CeremonyError> {
        let place = usize::try_from(seat)
            .ok()
            .and_then(|number| number.checked_sub(1));
        let Some((place, found)) = place.and_then(|place| Some((place, self.0.get(place)?))) else {
            return Err(CeremonyError::NoSuchSeat { seat });
        };
        if let Some(sent) = found.message(step) {
            return if *sent == message {
                Ok((self, Arrival::Again))
            } else {
                Err(CeremonyError::AlreadySent { seat })
            };
        }
        let before = Step::ALL.into_iter().take_while(|earlier| *earlier < step);
        if !before.into_iter().all(|earlier| self.complete(earlier)) {
            return Err(CeremonyError::TooEarly);
        }
        let mut seats = self.0;
        let next = seats[place]
            .clone()
            .advance(step, message)
            .map_err(|_| CeremonyError::TooEarly)?;
        seats[place] = next;
        Ok((Self(seats), Arrival::New))
    }
}

/// The arrows of one seat: from, step, to, and the audit entry.
pub const SEAT_ARROWS: &[(&str, Step, &str, &str)] = &[
    ("empty", Step::Certificate, "certified", "teller_certified"),
    (
        "certified",
        Step::Polynomial,
        "committed",
        "teller_committed",
    ),
    ("committed", Step::Output, "done", "teller_done"),
];

#[cfg(test)]
mod tests {
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
}
