//! The address of a list: filters, sort, page (docs/record-contract.md §4). A list without script is a form that asks
//! by GET, heads that are links, and a link to the next page.

use axum::http::Uri;
use pingyi_app::list::{Ask, Cursor};

use crate::paths::{decode, encode_value};

/// Rows on a page.
pub(crate) const PAGE: u32 = 50;

/// What an address asks of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    path: String,
    pairs: Vec<(String, String)>,
    /// What the place itself says, as a unit's tab its unit: it is part of the path, and of addresses elsewhere.
    fixed: Option<(&'static str, String)>,
}

/// Where a list is as a file: what is seen, all its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// As a workbook.
    pub xlsx: String,
    /// As comma-separated text.
    pub csv: String,
}

impl Files {
    /// For samples.
    #[must_use]
    pub fn sample(things: &str) -> Self {
        Query::default().files(things)
    }
}

/// The head of a column that sorts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Id of its text.
    pub text: &'static str,
    /// Where it leads.
    pub href: String,
    /// `ascending`, `descending` or `none`.
    pub sorted: &'static str,
    /// Whether it holds numbers.
    pub number: bool,
}

impl Query {
    /// Reads an address. Empty values count as not there; `+` is a space, as forms send it.
    pub fn of(uri: &Uri) -> Self {
        let mut pairs = Self::all_of(uri);
        pairs.retain(|(_, value)| !value.trim().is_empty());
        Self {
            path: uri.path().to_owned(),
            pairs,
            fixed: None,
        }
    }

    /// Every name and value of an address, also the empty ones.
    pub fn all_of(uri: &Uri) -> Vec<(String, String)> {
        uri.query()
            .unwrap_or_default()
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decode(name), decode(&value.replace('+', " "))))
            .collect()
    }

    /// The same list at a place that says one filter itself.
    pub fn within(mut self, name: &'static str, value: &str) -> Self {
        self.pairs.retain(|(key, _)| key != name);
        self.fixed = Some((name, value.to_owned()));
        self
    }

    /// The address without what is asked.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a filter.
    pub fn get(&self, name: &str) -> Option<&str> {
        if let Some((key, value)) = &self.fixed
            && *key == name
        {
            return Some(value);
        }
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim())
    }

    /// The value of a filter as text; empty without one.
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// Whether anything is filtered or sorted.
    pub fn is_narrowed(&self) -> bool {
        self.pairs
            .iter()
            .any(|(name, _)| name != "lang" && name != "as")
    }

    /// Where the list is as a file.
    pub fn files(&self, things: &str) -> Files {
        let file = |ending| self.at(&format!("/api/{things}/export.{ending}"), &[("as", "")]);
        Files {
            xlsx: file("xlsx"),
            csv: file("csv"),
        }
    }

    /// Sort and page. Columns outside `sorts` sort as the first of them.
    pub fn ask(&self, sorts: &[&'static str], limit: u32) -> Ask {
        let wanted = self.get("sort");
        let known = sorts.iter().find(|sort| Some(**sort) == wanted);
        Ask {
            sort: known.or(sorts.first()).copied().unwrap_or("id"),
            descending: self.get("dir") == Some("desc"),
            after: self.get("after").and_then(Cursor::from_text),
            limit,
        }
    }

    /// The same address with other values; an empty value takes its name out. The page begins anew.
    pub fn with(&self, values: &[(&str, &str)]) -> String {
        self.at(&self.path, values)
    }

    /// As [`Query::with`] at another path (an export of what is seen).
    pub fn at(&self, path: &str, values: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| {
            name != "after" && name != "lang" && !values.iter().any(|(other, _)| other == name)
        });
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let given = values
            .iter()
            .copied()
            .filter(|(_, value)| !value.is_empty());
        let fixed = self.fixed.iter().filter(|(name, _)| {
            path != self.path && !values.iter().any(|(other, _)| other == name)
        });
        let all: Vec<String> = fixed
            .map(|(name, value)| (*name, value.as_str()))
            .chain(kept)
            .chain(given)
            .map(|(name, value)| format!("{}={}", encode_value(name), encode_value(value)))
            .collect();
        if all.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", all.join("&"))
        }
    }

    /// Where the next page is.
    pub fn next(&self, cursor: Option<&Cursor>) -> Option<String> {
        cursor.map(|cursor| self.with(&[("after", &cursor.to_text())]))
    }

    /// The head of a column: sorts by it, and the other way round when it sorts already.
    pub fn head(&self, ask: &Ask, text: &'static str, sort: &'static str, number: bool) -> Head {
        let sorted = match (ask.sort == sort, ask.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        let way = if sorted == "ascending" { "desc" } else { "" };
        Head {
            text,
            href: self.with(&[("sort", sort), ("dir", way)]),
            sorted,
            number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(address: &str) -> Query {
        Query::of(&address.parse().unwrap())
    }

    #[test]
    fn an_address_is_read_and_written() {
        let query =
            query("/units?q=%E5%8D%8E+%E5%8D%97%26&kind=&sort=name&dir=desc&after=x&lang=en");
        assert_eq!((query.get("q"), query.get("kind")), (Some("华 南&"), None));
        let ask = query.ask(&["path", "name"], PAGE);
        assert_eq!((ask.sort, ask.descending, ask.after), ("name", true, None));
        assert_eq!(query.ask(&["path"], PAGE).sort, "path");
        assert_eq!(
            query.with(&[("kind", "park")]),
            "/units?q=%E5%8D%8E%20%E5%8D%97%26&sort=name&dir=desc&kind=park"
        );
        assert_eq!(
            query.with(&[("q", ""), ("sort", ""), ("dir", "")]),
            "/units"
        );
    }

    #[test]
    fn a_tab_of_a_unit_says_the_unit_itself() {
        let tab = query("/units/u/firms?unit=other&q=x").within("unit", "u");
        assert_eq!((tab.get("unit"), tab.get("q")), (Some("u"), Some("x")));
        assert_eq!(
            tab.with(&[("sort", "name")]),
            "/units/u/firms?q=x&sort=name"
        );
        assert_eq!(tab.files("firms").csv, "/api/firms/export.csv?unit=u&q=x");
        assert_eq!(tab.at("/firms", &[("unit", "v")]), "/firms?q=x&unit=v");
        assert!(
            !query("/units/u/firms?as=board")
                .within("unit", "u")
                .is_narrowed()
        );
    }

    #[test]
    fn a_head_turns_its_sort_round() {
        let up = query("/units?sort=name");
        let head = up.head(&up.ask(&["path", "name"], PAGE), "x", "name", false);
        assert_eq!(
            (head.sorted, head.href.as_str()),
            ("ascending", "/units?sort=name&dir=desc")
        );
        let down = query("/units?sort=name&dir=desc");
        let head = down.head(&down.ask(&["path", "name"], PAGE), "x", "name", false);
        assert_eq!(
            (head.sorted, head.href.as_str()),
            ("descending", "/units?sort=name")
        );
        let other = down.head(&down.ask(&["path", "name"], PAGE), "x", "path", false);
        assert_eq!(
            (other.sorted, other.href.as_str()),
            ("none", "/units?sort=path")
        );
        let cursor = Cursor::after("华", "id");
        let next = query(&up.next(Some(&cursor)).unwrap());
        assert_eq!(next.ask(&["name"], PAGE).after, Some(cursor));
    }
}
