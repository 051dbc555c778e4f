//! One file per table: finding and storing rows.

pub mod appraisals;
pub mod attempts;
pub mod audit;
pub mod ballots;
pub mod board;
pub mod boxes;
pub mod ceremony;
pub mod documents;
pub mod entries;
pub mod evidence;
pub mod matters;
pub mod meetings;
pub mod opinions;
pub mod posts;
pub mod roll;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod shares;
pub mod slides;
pub mod tokens;
pub mod units;
pub mod users;
pub mod wipe;
pub mod words;
