//! What is made of files that come in.

#![allow(clippy::unwrap_used)]

mod files;
mod pictures;
