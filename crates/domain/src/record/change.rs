//! Changes of a record field by field: the history, and what two people did to the same record.

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// A record whose fields can be compared one by one.
pub trait Record {
    /// What it is.
    const KIND: Kind;

    /// Its fields by name, in wire form (dates `YYYY-MM-DD`, names on the wire, empty for none), always all of them and
    /// in the same order; without id and version.
    fn fields(&self) -> Vec<(&'static str, String)>;

    /// What it is called, for the history and for search.
    fn title(&self) -> String;

    /// What search finds it by beside its title; `None`: it is not found by search at all.
    fn search_text(&self) -> Option<String>;
}

/// A field that is no longer what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// What it was, in wire form; empty for nothing.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// The fields that differ; from nothing, those that are not empty.
#[must_use]
pub fn changes<R: Record>(before: Option<&R>, after: Option<&R>) -> Vec<FieldChange> {
    let read = |record: Option<&R>| record.map(Record::fields).unwrap_or_default();
    let (before, after) = (read(before), read(after));
    let all = if after.is_empty() { &before } else { &after };
    let value = |fields: &[(&'static str, String)], at: usize| {
        fields
            .get(at)
            .map(|(_, text)| text.clone())
            .unwrap_or_default()
    };
    all.iter()
        .enumerate()
        .map(|(at, (field, _))| FieldChange {
            field: (*field).to_owned(),
            from: value(&before, at),
            to: value(&after, at),
        })
        .filter(|change| change.from != change.to)
        .collect()
}

/// A field on which what is stored and what somebody sends differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldConflict {
    /// The field.
    pub field: String,
    /// What it was when the person began; `None` where the history does not reach back.
    pub was: Option<String>,
    /// What is stored now.
    pub theirs: String,
    /// What the person sends.
    pub mine: String,
    /// Whether both changed it, so that somebody must choose.
    pub both: bool,
}

/// Compares what somebody sends with what is stored, given the changes stored since they began (oldest first;
/// `None` where they are not all known). Empty when both say the same.
#[must_use]
pub fn conflicts<R: Record>(
    stored: &R,
    mine: &R,
    since: Option<&[FieldChange]>,
) -> Vec<FieldConflict> {
    let was = |field: &str, now: &str| -> Option<String> {
        let since = since?;
        // The first change since then says what it was before it.
        let first = since.iter().find(|change| change.field == field);
        Some(first.map_or_else(|| now.to_owned(), |change| change.from.clone()))
    };
    changes(Some(stored), Some(mine))
        .into_iter()
        .map(|change| {
            let was = was(&change.field, &change.from);
            let both = was
                .as_ref()
                .is_none_or(|was| *was != change.from && *was != change.to);
            FieldConflict {
                was,
                both,
                field: change.field,
                theirs: change.from,
                mine: change.to,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing(&'static str, &'static str, &'static str);

    impl Record for Thing {
        const KIND: Kind = Kind::Word;
        fn fields(&self) -> Vec<(&'static str, String)> {
            vec![
                ("a", self.0.into()),
                ("b", self.1.into()),
                ("c", self.2.into()),
            ]
        }
        fn title(&self) -> String {
            self.0.into()
        }
        fn search_text(&self) -> Option<String> {
            None
        }
    }

    fn change(field: &str, from: &str, to: &str) -> FieldChange {
        FieldChange {
            field: field.into(),
            from: from.into(),
            to: to.into(),
        }
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let (one, two) = (Thing("1", "2", ""), Thing("1", "3", ""));
        assert_eq!(changes(Some(&one), Some(&two)), [change("b", "2", "3")]);
        assert_eq!(
            changes(None, Some(&one)),
            [change("a", "", "1"), change("b", "", "2")]
        );
        assert_eq!(
            changes(Some(&one), None),
            [change("a", "1", ""), change("b", "2", "")]
        );
        assert_eq!(changes(Some(&one), Some(&one)), []);
    }

    #[test]
    fn two_people_and_three_fields() {
        // It was 1 2 3; they made it 1 8 9, I made it 7 2 6: a is mine, b theirs, c was changed by both.
        let since = [
            change("b", "2", "5"),
            change("b", "5", "8"),
            change("c", "3", "9"),
        ];
        let said = conflicts(&Thing("1", "8", "9"), &Thing("7", "2", "6"), Some(&since));
        let short: Vec<_> = said
            .iter()
            .map(|c| {
                (
                    c.field.as_str(),
                    c.was.as_deref().unwrap_or("?"),
                    c.theirs.as_str(),
                    c.mine.as_str(),
                    c.both,
                )
            })
            .collect();
        assert_eq!(
            short,
            [
                ("a", "1", "1", "7", false),
                ("b", "2", "8", "2", false),
                ("c", "3", "9", "6", true)
            ]
        );
        // Both did the same: nothing to choose. Without history every difference must be chosen.
        assert_eq!(
            conflicts(&Thing("1", "8", "9"), &Thing("1", "8", "9"), Some(&since)),
            []
        );
        let unknown = conflicts(&Thing("1", "2", "3"), &Thing("1", "2", "4"), None);
        assert!(unknown.len() == 1 && unknown[0].both && unknown[0].was.is_none());
    }
}
