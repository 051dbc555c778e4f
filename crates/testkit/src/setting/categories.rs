//! Groups of raters: the five of the source article, or those named on the command line.

use crate::error::TestkitError;

/// The five groups in the hall (domain.md §7): label, weight, about 100 raters together.
const CATEGORIES: [(&str, u32, u32); 5] = [
    ("园区党委第一书记", 20, 9),
    ("街道党群相关部门", 25, 20),
    ("园区下辖各支部", 30, 45),
    ("社区党委", 15, 12),
    ("两代表一委员", 10, 14),
];

/// One group of raters with a box of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// One capital letter.
    pub code: char,
    /// The group's name.
    pub label: String,
    /// Weight of its mean in the score.
    pub weight: u32,
    /// How many of it are in the hall.
    pub raters: u32,
}

/// Fewest raters that a group of a meeting can have: below this no box may be opened (trust.md).
const SMALLEST: u32 = 3;

/// The five groups of domain.md §7 with this many raters in all, in the proportions of 100; none smaller than
/// three while there are enough raters for that, the largest group giving up what the small ones lack.
#[must_use]
pub fn five_groups(raters: u32) -> Vec<Category> {
    let mut before = 0;
    let share = |hundredths: u32| {
        u32::try_from(u64::from(raters) * u64::from(hundredths) / 100).unwrap_or(raters)
    };
    // Differences of running totals, so that the parts add up.
    let mut parts = CATEGORIES.map(|(_, _, hundredths)| {
        let part = share(before + hundredths) - share(before);
        before += hundredths;
        part
    });
    while let Some(small) = parts.iter().position(|part| *part < SMALLEST) {
        let largest = (0..parts.len())
            .max_by_key(|at| parts[*at])
            .filter(|at| parts[*at] > SMALLEST);
        let Some(largest) = largest else { break };
        parts[largest] -= 1;
        parts[small] += 1;
    }
    CATEGORIES
        .into_iter()
        .zip('A'..='Z')
        .zip(parts)
        .map(|(((label, weight, _), code), raters)| Category {
            code,
            label: label.into(),
            weight,
            raters,
        })
        .collect()
}

/// Reads `A:40,B:30:25,C:30`: code, weight, and optionally how many raters. Raters without a number are what is left
/// of `total`, shared out as evenly as it goes.
///
/// # Errors
/// [`TestkitError::BadPlan`] naming the part that cannot be read, or when the fixed numbers exceed the total.
pub fn parse_categories(text: &str, total: u32) -> Result<Vec<Category>, TestkitError> {
    let parts = text
        .split(',')
        .map(parse_category)
        .collect::<Result<Vec<_>, _>>()?;
    let fixed = parts.iter().try_fold(0_u32, |sum, (_, _, raters)| {
        sum.checked_add(raters.unwrap_or(0))
    });
    let free = u32::try_from(
        parts
            .iter()
            .filter(|(_, _, raters)| raters.is_none())
            .count(),
    )
    .unwrap_or(u32::MAX);
    let left = fixed
        .and_then(|fixed| total.checked_sub(fixed))
        .filter(|left| free > 0 || *left == 0);
    let left = left.ok_or_else(|| {
        TestkitError::BadPlan(format!(
            "the categories \"{text}\" do not add up to {total} raters"
        ))
    })?;
    let mut taken = 0;
    Ok(parts
        .into_iter()
        .map(|(code, weight, raters)| {
            let raters = raters.unwrap_or_else(|| {
                taken += 1;
                left / free + u32::from(taken <= left % free)
            });
            Category {
                code,
                label: format!("{code}票"),
                weight,
                raters,
            }
        })
        .collect())
}

fn parse_category(part: &str) -> Result<(char, u32, Option<u32>), TestkitError> {
    let unreadable = || {
        TestkitError::BadPlan(format!(
            "\"{part}\" is no category (LETTER:WEIGHT or LETTER:WEIGHT:RATERS)"
        ))
    };
    let mut fields = part.trim().split(':');
    let code = fields
        .next()
        .and_then(|code| code.parse::<char>().ok())
        .filter(char::is_ascii_uppercase)
        .ok_or_else(unreadable)?;
    let weight = fields
        .next()
        .and_then(|weight| weight.parse().ok())
        .ok_or_else(unreadable)?;
    let raters = fields
        .next()
        .map(str::parse)
        .transpose()
        .map_err(|_| unreadable())?;
    if fields.next().is_some() {
        Err(unreadable())
    } else {
        Ok((code, weight, raters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_meetings_have_no_group_too_small_to_open() {
        let raters = |total| {
            five_groups(total)
                .iter()
                .map(|c| c.raters)
                .collect::<Vec<_>>()
        };
        assert_eq!(raters(100), [9, 20, 45, 12, 14]);
        assert_eq!(raters(30), [3, 6, 13, 3, 5]);
        assert_eq!(raters(15), [3; 5]);
        for total in 0..300 {
            let parts = raters(total);
            assert_eq!(parts.iter().sum::<u32>(), total);
            assert!(
                total < 15 || parts.iter().all(|part| *part >= 3),
                "{parts:?}"
            );
        }
    }

    #[test]
    fn raters_are_shared_out_and_add_up() {
        let categories = parse_categories("A:40,B:30:5,C:30", 100).unwrap();
        let raters: Vec<_> = categories
            .iter()
            .map(|category| (category.code, category.weight, category.raters))
            .collect();
        assert_eq!(raters, [('A', 40, 48), ('B', 30, 5), ('C', 30, 47)]);
    }

    #[test]
    fn categories_that_cannot_be_are_named() {
        for bad in [
            "",
            "a:40",
            "A",
            "A:x",
            "A:1:2:3",
            "AB:1",
            "A:40:101",
            "A:40:5,B:1:6",
        ] {
            assert!(
                matches!(parse_categories(bad, 100), Err(TestkitError::BadPlan(_))),
                "{bad}"
            );
        }
    }

    #[test]
    fn the_five_groups_add_up_to_any_number() {
        for raters in [0, 1, 7, 99, 100, 101, 2_000, 30_000] {
            assert_eq!(
                five_groups(raters)
                    .iter()
                    .map(|group| group.raters)
                    .sum::<u32>(),
                raters
            );
        }
    }
}
