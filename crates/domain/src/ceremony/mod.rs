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
mod tests;
