//! Every statement is a named constant; a test prepares each of them on both engines.

/// Declares the statements of one file and lists them for the test.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Name and text of every statement of this file.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// Name and text of every statement the program runs with parameters.
#[must_use]
pub fn all() -> Vec<(&'static str, &'static str)> {
    use crate::repo;
    [
        crate::migrate::STATEMENTS,
        repo::settings::STATEMENTS,
        repo::users::STATEMENTS,
        repo::sessions::STATEMENTS,
        repo::attempts::STATEMENTS,
        repo::appraisals::STATEMENTS,
        repo::ceremony::STATEMENTS,
        repo::tokens::STATEMENTS,
        repo::boxes::STATEMENTS,
        repo::roll::STATEMENTS,
        repo::board::STATEMENTS,
        repo::ballots::STATEMENTS,
        repo::shares::STATEMENTS,
        repo::opinions::STATEMENTS,
        repo::documents::STATEMENTS,
        repo::slides::STATEMENTS,
        repo::audit::STATEMENTS,
        repo::wipe::STATEMENTS,
        repo::units::STATEMENTS,
        repo::headcounts::STATEMENTS,
        repo::centres::STATEMENTS,
        repo::shops::STATEMENTS,
        repo::search::STATEMENTS,
        repo::firms::STATEMENTS,
        repo::coverages::STATEMENTS,
        repo::imports::STATEMENTS,
        repo::imports::UNDO_STATEMENTS,
        repo::pulses::STATEMENTS,
        repo::words::STATEMENTS,
        repo::entries::STATEMENTS,
        repo::entries::MANY_STATEMENTS,
        repo::evidence::STATEMENTS,
        repo::meetings::STATEMENTS,
        repo::matters::STATEMENTS,
        repo::indicators::STATEMENTS,
        repo::foundings::STATEMENTS,
        repo::year::STATEMENTS,
        repo::evaluations::STATEMENTS,
        repo::decisions::STATEMENTS,
        repo::followups::STATEMENTS,
        repo::reports::STATEMENTS,
        repo::decks::STATEMENTS,
    ]
    .concat()
}

/// The text of every statement that is put together: rows that have a version, and lists in every shape; for the same
/// test.
#[must_use]
pub fn built() -> Vec<String> {
    use crate::repo;
    use crate::row::samples;
    [
        samples::<repo::units::UnitRow>(),
        samples::<repo::posts::PostRow>(),
        samples::<repo::headcounts::HeadcountRow>(),
        samples::<repo::centres::CentreRow>(),
        samples::<repo::pairings::PairingRow>(),
        samples::<repo::papers::PaperRow>(),
        samples::<repo::scans::ScanRow>(),
        samples::<repo::office::OwnSlidesRow>(),
        samples::<repo::office::TemplateRow>(),
        samples::<repo::shops::ShopRow>(),
        samples::<repo::firms::FirmRow>(),
        samples::<repo::coverages::StrikeRow>(),
        samples::<repo::coverages::CoverageRow>(),
        samples::<repo::entries::EntryRow>(),
        samples::<repo::matters::MatterRow>(),
        samples::<repo::indicators::IndicatorRow>(),
        samples::<repo::areas::AreaRow>(),
        samples::<repo::foundings::FoundingRow>(),
        samples::<repo::reports::ReportRow>(),
        repo::units::samples(),
        repo::posts::samples(),
        repo::headcounts::samples(),
        repo::shops::samples(),
        repo::firms::samples(),
        repo::entries::samples(),
        repo::matters::samples(),
        repo::indicators::samples(),
        repo::find::samples(),
        repo::coverages::samples(),
    ]
    .concat()
}
