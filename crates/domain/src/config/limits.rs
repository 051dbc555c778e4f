//! How much one appraisal may hold. Generous next to real meetings (domain.md §7: 7 to 18 presenters,
//! 80 to 230 raters), small enough that a ballot stays a ballot.

/// The most presenters.
pub const MAX_PRESENTERS: usize = 100;
/// The most items on the form.
pub const MAX_ITEMS: usize = 20;
/// The most grades, an abstention included.
pub const MAX_GRADES: usize = 10;
/// The most categories: one letter each.
pub const MAX_CATEGORIES: usize = 26;
/// The most raters expected in a category.
pub const MAX_EXPECTED: u32 = 30_000;
/// The most cells (presenters × items × grades) of one ballot. A cell takes about 580 bytes of the ballot's
/// JSON, and the server takes ballots of at most 2 MB (contract §3.5).
pub const MAX_CELLS: usize = 3_400;
/// The fewest ballots of a box that may be opened, whatever the office sets: of two, each would learn the other.
pub const LEAST_MINIMUM: u32 = 3;
/// The local practice for the minimum group size (domain.md §8).
pub const DEFAULT_MINIMUM: u32 = 8;
/// The fewest tellers needed to open: nobody opens alone.
pub const LEAST_THRESHOLD: u32 = 2;
/// The most tellers.
pub const MAX_TELLERS: usize = 15;
/// The most floor rules.
pub const MAX_FLOORS: usize = 10;
/// The most digits shown after the point.
pub const MAX_PLACES: u8 = 6;
/// The longest report, in minutes.
pub const MAX_MINUTES: u16 = 120;
/// The most characters of a title (of the meeting or of the form).
pub const MAX_TITLE: usize = 80;
/// The most characters of a label: item, category, presenter's title and unit, teller's name.
pub const MAX_LABEL: usize = 60;
/// The most characters of a grade, which must fit a button.
pub const MAX_GRADE_LABEL: usize = 12;
/// The years that can be appraised.
pub const YEARS: std::ops::RangeInclusive<u16> = 2000..=2999;
