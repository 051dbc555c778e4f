//! The place of a unit in the tree, and how much of the tree somebody may see or write.

use std::fmt;
use std::str::FromStr;

use super::ids::UnitId;
use crate::error::DomainError;

/// The ids from the root to a unit, each followed by `/`. What lies below begins with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPath(String);

impl UnitPath {
    /// The path of a unit directly below `parent`, or of a root.
    #[must_use]
    pub fn of(parent: Option<&Self>, id: &UnitId) -> Self {
        let above = parent.map_or("", |path| path.0.as_str());
        Self(format!("{above}{id}/"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this unit or lies below it.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// What comes after everything below this path in code point order: with `/` (0x2F) at the end turned to `0`.
    #[must_use]
    pub fn end(&self) -> String {
        format!("{}0", &self.0[..self.0.len() - 1])
    }

    /// How many units stand above.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches('/').count().saturating_sub(1)
    }
}

impl fmt::Display for UnitPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for UnitPath {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Path`] unless ids with a `/` after each.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let inner = text.strip_suffix('/').unwrap_or_default();
        if inner.split('/').all(|id| id.parse::<UnitId>().is_ok()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(DomainError::Path {
                text: text.to_owned(),
            })
        }
    }
}

/// How much of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Nothing.
    Nothing,
    /// A unit and all below it.
    Under(UnitPath),
    /// All units.
    All,
}

impl Scope {
    /// Whether the unit at this place is in it.
    #[must_use]
    pub fn holds(&self, place: &UnitPath) -> bool {
        match self {
            Self::Nothing => false,
            Self::Under(top) => top.holds(place),
            Self::All => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_begins_with_the_path() {
        let id = |c: char| c.to_string().repeat(16).parse::<UnitId>().unwrap();
        let root = UnitPath::of(None, &id('a'));
        let (park, other) = (
            UnitPath::of(Some(&root), &id('b')),
            UnitPath::of(Some(&root), &id('c')),
        );
        let branch = UnitPath::of(Some(&park), &id('d'));
        let scope = Scope::Under(park.clone());
        assert!(scope.holds(&park) && scope.holds(&branch));
        assert!(!scope.holds(&root) && !scope.holds(&other));
        assert!(Scope::All.holds(&root) && !Scope::Nothing.holds(&root));
        assert!(park.as_str() <= branch.as_str() && branch.as_str() < park.end().as_str());
        assert!(other.as_str() > park.end().as_str());
        assert_eq!((root.depth(), branch.depth()), (0, 2));
        assert_eq!(branch.as_str().parse::<UnitPath>().unwrap(), branch);
        for bad in ["", "/", "aaaaaaaaaaaaaaaa", "short/", "aaaaaaaaaaaaaaaa//"] {
            assert!(bad.parse::<UnitPath>().is_err(), "{bad}");
        }
    }
}
