//! The screens: what each page shows is a type, so a page that lacks something does not compile.
//!
//! Each page has `samples()`; one test renders every page × sample × language, and `make gallery` writes them to a
//! folder to look at.

pub mod admin;
pub mod appraisal;
mod appraisal_lines;
mod appraisal_samples;
pub mod apps;
pub mod board;
pub mod build;
mod build_charts;
pub mod build_result;
pub mod charts;
pub mod enter;
pub mod followup;
pub mod grades;
pub mod home;
pub mod papers;
pub mod record;
pub mod reports;
pub mod result;
mod result_samples;
pub mod sample;
pub mod stage;
