//! The key ceremony: tellers make a key together that nobody ever holds whole (protocol.md §8,
//! contract §4).
//!
//! Every step is a pure function of the messages so far. A teller needs nothing but their [`Seed`]:
//! what they once drew comes back to them encrypted to themselves, so a phone may drop at any moment.
//! The server's half ([`Ceremony`]) judges each message on arrival and never learns a secret.
//!
//! 1. each teller: [`Teller::cert`]; the server: [`Ceremony::check_cert`]
//! 2. each teller, all certificates being there: [`Teller::polynomial`]; [`Certified::check_polynomial`]
//! 3. the server, all polynomials being there: [`Certified::vinput`]
//! 4. each teller: [`Teller::output`]; [`Certified::check_output`]
//! 5. the server, all outputs being there: [`Certified::assemble`]

mod channel;
mod message;
mod seed;
mod server;
mod teller;
#[cfg(test)]
mod tests;

pub use message::{Output, Polynomial, VerifierInput};
pub use seed::Seed;
pub use server::{Ceremony, Certified};
pub use teller::Teller;
