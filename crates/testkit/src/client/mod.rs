//! One client for each part a person plays; each holds its own secrets.

pub mod http;

pub use http::{Auth, Http};
