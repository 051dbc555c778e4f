//! The middle of several numbers, and a presenter's items over all categories.

use crate::exact::Exact;
use crate::scheme::Scheme;
use crate::sheet::{PresenterScore, Sheet};
use crate::working::Quotient;

/// The median: the middle number, or the mean of the two in the middle. `None` of nothing.
#[must_use]
pub fn median(numbers: &[Exact]) -> Option<Exact> {
    let mut sorted: Vec<&Exact> = numbers.iter().collect();
    sorted.sort();
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper.clone());
    }
    let lower = sorted[sorted.len() / 2 - 1];
    (lower.clone() + upper.clone()).checked_div(&Exact::from(2_u32))
}

impl Sheet {
    /// One presenter's items over all categories: Σ `W_c`·m(p,i,c) ÷ Σ `W_c` over the categories with a mark on the item, in the
    /// order of the form. Empty for a number that is no presenter.
    #[must_use]
    pub fn item_scores(&self, scheme: &Scheme, presenter: usize) -> Vec<Option<Exact>> {
        let Some(found) = self.presenters.get(presenter) else {
            return Vec::new();
        };
        (0..scheme.items.len())
            .map(|item| item_score(scheme, found, item))
            .collect()
    }
}

fn item_score(scheme: &Scheme, found: &PresenterScore, item: usize) -> Option<Exact> {
    let weighed = scheme.categories.iter().zip(&found.categories).enumerate();
    let terms = weighed.filter_map(|(category, (rule, marks))| {
        // A category that does not count for the score does not count for the item either.
        marks.mean.as_ref()?;
        let mean = marks.items.get(item)?.mean.clone()?;
        Some((category, rule.weight.clone(), mean))
    });
    Quotient::new(terms.collect(), false).value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_in_the_middle() {
        let numbers = |texts: &[&str]| -> Vec<Exact> {
            texts.iter().map(|text| text.parse().unwrap()).collect()
        };
        for (given, middle) in [
            (&[][..], None),
            (&["90"], Some("90")),
            (&["95", "80", "90"], Some("90")),
            (&["95", "80", "90", "1/3"], Some("85")),
            (&["1", "1", "2", "2"], Some("1.5")),
        ] {
            let middle = middle.map(|text| text.parse().unwrap());
            assert_eq!(median(&numbers(given)), middle, "{given:?}");
        }
    }
}
