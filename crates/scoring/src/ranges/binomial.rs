//! Exact binomial and multinomial draws from random bits alone: whole numbers only, so that the same seed gives the
//! same draws on every machine.

use rand_core::Rng;

/// How many of `trials` succeed, each with the chance `numerator ÷ denominator` (at most 1).
///
/// A trial succeeds when its own random binary fraction, one coin for each bit, lies below the chance. Bit by bit,
/// half of the trials still undecided differ from the chance's bit and are thereby decided; so about two coins are
/// thrown for each trial, 64 in one word.
pub fn binomial(rng: &mut impl Rng, trials: u64, numerator: u64, denominator: u64) -> u64 {
    let (mut undecided, mut rest, mut successes) = (trials, u128::from(numerator), 0);
    let denominator = u128::from(denominator);
    if rest >= denominator {
        return trials;
    }
    while undecided > 0 && rest > 0 {
        rest *= 2;
        let ones = heads(rng, undecided);
        if rest >= denominator {
            rest -= denominator;
            successes += undecided - ones;
            undecided = ones;
        } else {
            undecided -= ones;
        }
    }
    successes
}

/// How many of so many coins show heads.
fn heads(rng: &mut impl Rng, coins: u64) -> u64 {
    let whole: u64 = (0..coins / 64)
        .map(|_| u64::from(rng.next_u64().count_ones()))
        .sum();
    let rest = coins % 64;
    if rest == 0 {
        return whole;
    }
    whole + u64::from((rng.next_u64() >> (64 - rest)).count_ones())
}

/// Shares `trials` out among the cells with chances as their weights, into `drawn`. `cumulative[k]` is the sum of
/// the weights before cell k, one entry longer than `drawn`.
pub fn multinomial(rng: &mut impl Rng, trials: u64, cumulative: &[u64], drawn: &mut [u64]) {
    if drawn.len() <= 1 {
        if let Some(only) = drawn.first_mut() {
            *only = trials;
        }
        return;
    }
    if trials == 0 {
        drawn.fill(0);
        return;
    }
    let middle = drawn.len() / 2;
    let (first, last) = (cumulative[0], cumulative[drawn.len()]);
    let left = binomial(rng, trials, cumulative[middle] - first, last - first);
    let (below, above) = drawn.split_at_mut(middle);
    multinomial(rng, left, &cumulative[..=middle], below);
    multinomial(rng, trials - left, &cumulative[middle..], above);
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // small counts
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn certain_and_impossible_are_certain_and_impossible() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!(binomial(&mut rng, 1_000, 0, 7), 0);
        assert_eq!(binomial(&mut rng, 1_000, 7, 7), 1_000);
        assert_eq!(binomial(&mut rng, 0, 3, 7), 0);
    }

    /// Compares frequencies with the exact distribution by chi squared; the bound has a chance of about one in a
    /// million for a true distribution, and the seed is fixed.
    #[test]
    fn the_distribution_is_binomial() {
        for (trials, numerator, denominator) in [(5_u64, 1_u64, 3_u64), (8, 5, 7), (6, 1, 2)] {
            let mut rng = ChaCha8Rng::seed_from_u64(trials);
            let draws = 40_000_u32;
            let mut seen = vec![0_u32; usize::try_from(trials).unwrap() + 1];
            for _ in 0..draws {
                seen[usize::try_from(binomial(&mut rng, trials, numerator, denominator))
                    .unwrap()] += 1;
            }
            let chance = numerator as f64 / denominator as f64;
            let mut expected =
                (1.0 - chance).powi(i32::try_from(trials).unwrap()) * f64::from(draws);
            let mut chi = 0.0;
            for (successes, count) in seen.iter().enumerate() {
                chi += (f64::from(*count) - expected).powi(2) / expected;
                let k = successes as f64;
                expected *= (trials as f64 - k) / (k + 1.0) * chance / (1.0 - chance);
            }
            assert!(
                chi < 45.0,
                "{trials} trials, {numerator}/{denominator}: chi squared {chi}"
            );
        }
    }

    #[test]
    fn a_multinomial_shares_all_out_in_proportion() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let cumulative = [0, 10, 10, 40, 100];
        let mut totals = [0_u64; 4];
        for _ in 0..2_000 {
            let mut drawn = [0; 4];
            multinomial(&mut rng, 100, &cumulative, &mut drawn);
            assert_eq!(drawn.iter().sum::<u64>(), 100);
            for (total, count) in totals.iter_mut().zip(drawn) {
                *total += count;
            }
        }
        assert_eq!(totals[1], 0);
        for (total, expected) in totals.iter().zip([20_000, 0, 60_000, 120_000]) {
            assert!(total.abs_diff(expected) < 1_500, "{totals:?}");
        }
    }
}
