//! Putting the shares of enough tellers together (protocol.md §9).

use std::collections::BTreeMap;

use super::{DecryptError, Place};
use crate::group::{Point, Scalar};
use crate::trustee::TellerGroup;

/// Each teller's factors, ciphertext by ciphertext, all lists of one length; by number from 1.
pub type Shares = BTreeMap<u32, Vec<Point>>;

/// The product of all groups' factors for each of `length` ciphertexts: α to the joint secret.
///
/// Of each group the tellers with the lowest indices are used, as many as its threshold. Proofs and
/// lengths must have been checked.
///
/// # Errors
/// [`DecryptError::TooFew`] when a group has not enough shares.
pub fn combine(
    groups: &[TellerGroup],
    shares: &Shares,
    length: usize,
) -> Result<Vec<Point>, DecryptError> {
    let mut product = vec![Point::identity(); length];
    for group in groups {
        let present = present(group, shares);
        let used = enough(group, &present)?;
        let weights = weights(used, 0);
        for (cell, sum) in product.iter_mut().enumerate() {
            *sum += interpolate(used, &weights, cell);
        }
    }
    Ok(product)
}

/// Shares beyond a group's threshold that do not lie on the polynomial of the lowest ones.
#[must_use]
pub fn inconsistencies(
    groups: &[TellerGroup],
    shares: &Shares,
    places: &[Place],
) -> Vec<DecryptError> {
    let mut faults = Vec::new();
    for group in groups {
        let present = present(group, shares);
        let Ok(used) = enough(group, &present) else {
            continue;
        };
        for surplus in &present[used.len()..] {
            let weights = weights(used, surplus.index);
            let wrong = places
                .iter()
                .enumerate()
                .filter(|(cell, _)| interpolate(used, &weights, *cell) != surplus.factors[*cell]);
            faults.extend(wrong.map(|(_, place)| DecryptError::Inconsistent {
                owner: surplus.owner,
                place: *place,
            }));
        }
    }
    faults
}

struct Present<'a> {
    /// In the group, from 1: where the polynomial is evaluated.
    index: u32,
    owner: u32,
    factors: &'a [Point],
}

fn present<'a>(group: &TellerGroup, shares: &'a Shares) -> Vec<Present<'a>> {
    (1..)
        .zip(&group.tellers)
        .filter_map(|(index, teller)| {
            let factors = shares.get(&teller.owner)?;
            Some(Present {
                index,
                owner: teller.owner,
                factors,
            })
        })
        .collect()
}

fn enough<'a, 'b>(
    group: &TellerGroup,
    present: &'b [Present<'a>],
) -> Result<&'b [Present<'a>], DecryptError> {
    let (needed, found) = (group.threshold, present.len());
    present
        .get(..needed as usize)
        .ok_or(DecryptError::TooFew { needed, found })
}

/// Lagrange's weights for the value at `at`: `Π (at − k) / (j − k)` over the other indices k.
fn weights(used: &[Present<'_>], at: u32) -> Vec<Scalar> {
    let number = |index: u32| Scalar::from(u64::from(index));
    used.iter()
        .map(|own| {
            let others = used.iter().filter(|other| other.index != own.index);
            let (mut above, mut below) = (Scalar::ONE, Scalar::ONE);
            for other in others {
                above = above * (number(at) - number(other.index));
                below = below * (number(own.index) - number(other.index));
            }
            // Indices differ and are far below q, so the denominator is never 0.
            above * below.invert().unwrap_or(Scalar::ZERO)
        })
        .collect()
}

fn interpolate(used: &[Present<'_>], weights: &[Scalar], cell: usize) -> Point {
    let terms: Vec<(Scalar, Point)> = used
        .iter()
        .zip(weights)
        .map(|(share, weight)| (*weight, share.factors[cell]))
        .collect();
    Point::vartime_sum(&terms)
}
