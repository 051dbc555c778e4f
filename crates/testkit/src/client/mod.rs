//! One client for each part a person plays; each holds its own secrets.

pub mod board;
pub mod ceremony;
pub mod http;
pub mod issuer;
pub mod opening;
mod opinions;
pub mod organiser;
pub mod rater;
pub mod wire;

pub use ceremony::{Step, Teller};
pub use http::{Auth, Http, patiently};
pub use issuer::Issuer;
pub use organiser::Organiser;
pub use rater::{Booth, Cast, Rater};
