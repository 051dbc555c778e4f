//! One client for each part a person plays; each holds its own secrets.

pub mod http;
pub mod organiser;
pub mod wire;

pub use http::{Auth, Http, patiently};
pub use organiser::Organiser;
