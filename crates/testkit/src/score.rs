//! The score of domain.md §8 once more, straight from its formulas and the planned marks. Deliberately independent of
//! `pingyi-scoring`: what the server announces is compared with this.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;

use crate::plan::Counts;
use crate::setting::Setting;

/// The exact score of every presenter, in configuration order; nothing where no mark counts.
///
/// `counts` is by category; a category with fewer ballots than the minimum is not opened and its weight goes to the
/// others.
#[must_use]
pub fn scores(setting: &Setting, counts: &[Counts]) -> Vec<Option<BigRational>> {
    (0..setting.units.len())
        .map(|presenter| score(setting, counts, presenter))
        .collect()
}

fn score(setting: &Setting, counts: &[Counts], presenter: usize) -> Option<BigRational> {
    let opened = setting
        .categories
        .iter()
        .zip(counts)
        .filter(|(category, _)| category.raters >= setting.minimum);
    let means = opened.filter_map(|(category, counts)| {
        Some((
            BigRational::from(BigInt::from(category.weight)),
            category_mean(setting, counts, presenter)?,
        ))
    });
    weighted_mean(means)
}

/// m(p,c): all items weigh the same in a simulated form.
fn category_mean(setting: &Setting, counts: &Counts, presenter: usize) -> Option<BigRational> {
    let first = presenter * setting.items.len();
    let rows = &counts[first..first + setting.items.len()];
    let one = BigRational::from(BigInt::from(1));
    weighted_mean(
        rows.iter()
            .filter_map(|row| Some((one.clone(), item_mean(setting, row)?))),
    )
}

/// m(p,i,c): abstentions are outside both sums.
fn item_mean(setting: &Setting, row: &[u64]) -> Option<BigRational> {
    let marks = setting
        .grades
        .iter()
        .zip(row)
        .filter_map(|(grade, count)| Some((*count, grade.value?)));
    weighted_mean(marks.map(|(count, value)| {
        (
            BigRational::from(BigInt::from(count)),
            BigRational::from(BigInt::from(value)),
        )
    }))
}

/// Σ w·v ÷ Σ w, or nothing when the weights are all zero.
fn weighted_mean(parts: impl Iterator<Item = (BigRational, BigRational)>) -> Option<BigRational> {
    let zero = (BigRational::zero(), BigRational::zero());
    let (weights, sum) = parts.fold(zero, |(weights, sum), (weight, value)| {
        (weights + &weight, sum + weight * value)
    });
    (!weights.is_zero()).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::parse_categories;

    /// The check values of domain.md §8.
    fn check(counts: [[u64; 5]; 3]) -> String {
        let categories = parse_categories("A:40:9,B:30:9,C:30:9", 27).unwrap();
        let setting = Setting::new(1, 1, categories).unwrap().with_abstention();
        let counts = counts.map(|row| vec![row.to_vec()]);
        let score = scores(&setting, &counts)[0].clone().unwrap();
        let millionths = (score * BigInt::from(1_000_000)).round();
        millionths.to_integer().to_string()
    }

    #[test]
    fn the_check_values_of_the_domain() {
        assert_eq!(
            check([[6, 1, 0, 0, 0], [20, 8, 2, 0, 0], [40, 18, 4, 1, 0]]),
            "93695238"
        );
        assert_eq!(
            check([[0; 5], [20, 8, 2, 0, 0], [40, 18, 4, 1, 0]]),
            "91396825"
        );
        assert_eq!(
            check([[6, 1, 0, 0, 0], [20, 8, 2, 0, 0], [40, 18, 4, 1, 7]]),
            "93695238"
        );
    }

    #[test]
    fn a_box_below_the_minimum_gives_its_weight_away() {
        let categories = parse_categories("A:40:2,B:30:9,C:30:9", 20).unwrap();
        let setting = Setting::new(1, 1, categories).unwrap();
        let row = |marks: [u64; 4]| vec![marks.to_vec()];
        let counts = [row([6, 1, 0, 0]), row([20, 8, 2, 0]), row([40, 18, 4, 1])];
        let score = scores(&setting, &counts)[0].clone().unwrap();
        assert_eq!(
            (score * BigInt::from(1_000_000)).round().to_integer(),
            BigInt::from(91_396_825)
        );
    }
}
