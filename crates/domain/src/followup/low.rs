//! Which items of a presenter are low.

use pingyi_scoring::Exact;

use crate::config::Grade;

/// Why an item is low: below the median of all presenters, or below what the second grade is worth. Being exactly
/// there is not low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Low {
    /// Below the median of all.
    pub below_median: bool,
    /// Below the value of the second grade.
    pub below_second: bool,
}

impl Low {
    /// How an item's score stands; none where it is not low.
    #[must_use]
    pub fn of(score: &Exact, median: Option<&Exact>, second: Option<&Exact>) -> Option<Self> {
        let below = |line: Option<&Exact>| line.is_some_and(|line| score < line);
        let low = Self {
            below_median: below(median),
            below_second: below(second),
        };
        (low.below_median || low.below_second).then_some(low)
    }
}

/// What the second grade of a form is worth: the next value below the best. None where all are worth the same.
#[must_use]
pub fn second_value(grades: &[Grade]) -> Option<(&Grade, &Exact)> {
    let values = || grades.iter().filter_map(|g| Some((g, g.value.as_ref()?)));
    let best = values().map(|(_, value)| value).max()?;
    values()
        .filter(|(_, value)| *value < best)
        .max_by(|a, b| a.1.cmp(b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::AppraisalConfig;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn the_second_grade_is_the_next_below_the_best() {
        let mut grades = AppraisalConfig::starting(2018).form.grades;
        let (grade, value) = second_value(&grades).unwrap();
        assert_eq!((grade.label.as_str(), value), ("较好", &exact("80")));
        grades.reverse();
        assert_eq!(second_value(&grades).unwrap().1, &exact("80"));
        grades.retain(|grade| grade.value == Some(exact("100")));
        assert_eq!(second_value(&grades), None);
    }

    #[test]
    fn an_item_is_low_below_the_median_or_below_the_second_grade() {
        let (median, second) = (exact("90"), exact("80"));
        let of = |score: &str| Low::of(&exact(score), Some(&median), Some(&second));
        assert_eq!(of("90"), None);
        assert_eq!(
            of("269/3"),
            Some(Low {
                below_median: true,
                below_second: false
            })
        );
        assert_eq!(
            of("79.99"),
            Some(Low {
                below_median: true,
                below_second: true
            })
        );
        // All bad: nobody is below the median, everybody below the second grade.
        assert_eq!(
            Low::of(&exact("60"), Some(&exact("60")), Some(&second)),
            Some(Low {
                below_median: false,
                below_second: true
            })
        );
        assert_eq!(Low::of(&exact("60"), None, None), None);
    }
}
