use super::{Point, Scalar, codec};
use crate::error::BallotError;

const G: &str = "6666666666666666666666666666666666666666666666666666666666666658";
const G2: &str = "2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9";
const IDENTITY: &str = "0000000000000000000000000000000000000000000000000000000000000001";
const Q: &str = "7237005577332262213973186563042994240857116359379907606001950938285454250989";

#[test]
fn known_encodings_of_protocol_md() {
    assert_eq!(Point::generator().to_string(), G);
    assert_eq!((Point::generator() + Point::generator()).to_string(), G2);
    assert_eq!(Point::identity().to_string(), IDENTITY);
    for text in [G, G2, IDENTITY] {
        assert_eq!(text.parse::<Point>().unwrap().to_string(), text);
    }
    assert_eq!(Point::base_mul(&Scalar::from(2)).to_string(), G2);
}

#[test]
fn refuses_other_encodings_of_the_same_point() {
    let upper = G2.to_uppercase();
    assert_eq!(upper.parse::<Point>(), Err(BallotError::PointSyntax));
    assert_eq!(G2[1..].parse::<Point>(), Err(BallotError::PointSyntax));
    assert_eq!(
        format!("{G2}0").parse::<Point>(),
        Err(BallotError::PointSyntax)
    );
    assert_eq!(
        "é".repeat(32).parse::<Point>(),
        Err(BallotError::PointSyntax)
    );
    // Negative zero: the identity with the sign bit set.
    let minus_zero = format!("8{}", &IDENTITY[1..]);
    assert_eq!(
        minus_zero.parse::<Point>(),
        Err(BallotError::PointNotCanonical)
    );
    // y = p + 1, which decodes to y = 1.
    let unreduced = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee";
    assert_eq!(
        unreduced.parse::<Point>(),
        Err(BallotError::PointNotCanonical)
    );
    // y = 2 is not on the curve.
    let off = format!("{}2", &IDENTITY[..63]);
    assert_eq!(off.parse::<Point>(), Err(BallotError::PointNotOnCurve));
}

#[test]
fn canonical_check_agrees_with_compressing_again() {
    for low in 0..=255_u8 {
        for (middle, top) in [(0xff, 0x7f), (0xff, 0xff), (0, 0), (0, 0x80)] {
            let mut bytes = [middle; 32];
            bytes[0] = low;
            bytes[31] = top;
            let compressed = curve25519_dalek::edwards::CompressedEdwardsY(bytes);
            if let Some(point) = compressed.decompress() {
                assert_eq!(
                    codec::is_canonical_y(&bytes),
                    point.compress() == compressed
                );
            }
        }
    }
}

fn torsion() -> Vec<Point> {
    curve25519_dalek::constants::EIGHT_TORSION[1..]
        .iter()
        .map(|t| Point(*t))
        .collect()
}

#[test]
fn points_outside_the_subgroup_are_refused() {
    for t in torsion() {
        let point = Point::generator() + t;
        assert!(!point.is_in_subgroup());
        assert_eq!(
            point.to_string().parse::<Point>(),
            Err(BallotError::PointOutsideSubgroup)
        );
        assert!(Point::from_hex_unchecked_subgroup(&point.to_string()).is_ok());
    }
    assert!(Point::identity().is_in_subgroup());
}

#[test]
fn batch_finds_one_bad_point_anywhere_and_bad_pairs() {
    let good: Vec<Point> = (0..437_u64)
        .map(|n| Point::base_mul(&Scalar::from(n)))
        .collect();
    assert!(Point::batch_in_subgroup(&good));
    assert!(Point::batch_in_subgroup(&good[..3]));
    assert!(Point::batch_in_subgroup(&[]));
    for (k, t) in torsion().into_iter().enumerate() {
        for place in [0, 1 + k, 200 + k, 434, 435, 436] {
            let mut points = good.clone();
            points[place] += t;
            assert!(!Point::batch_in_subgroup(&points), "torsion {k} at {place}");
            // A second one that cancels it in the plain sum.
            points[(place + 7) % 437] += -t;
            assert!(!Point::batch_in_subgroup(&points));
        }
    }
}

/// Ten subsets at a time, the most there are.
#[test]
fn large_batch_finds_one_bad_point_and_bad_pairs() {
    let mut points = vec![Point::generator(); 7_000];
    assert!(Point::batch_in_subgroup(&points));
    for t in torsion() {
        for place in [0, 15, 16, 3_500, 6_999] {
            points[place] += t;
            assert!(!Point::batch_in_subgroup(&points));
            points[(place + 7) % 7_000] += -t;
            assert!(!Point::batch_in_subgroup(&points));
            points[place] = Point::generator();
            points[(place + 7) % 7_000] = Point::generator();
        }
    }
}

#[test]
fn decimal_forms() {
    let minus_one = -Scalar::ONE;
    let top = minus_one.to_string();
    assert_eq!(&top[..75], &Q[..75]);
    assert_eq!(top.parse::<Scalar>().unwrap(), minus_one);
    for n in [0, 1, 9, 10, 19_999_999_999_999_999, u64::MAX] {
        assert_eq!(Scalar::from(n).to_string(), n.to_string());
        assert_eq!(n.to_string().parse::<Scalar>().unwrap(), Scalar::from(n));
    }
    let e38 = format!("1{}", "0".repeat(38));
    assert_eq!(e38.parse::<Scalar>().unwrap().to_string(), e38);
    assert_eq!(Q.parse::<Scalar>(), Err(BallotError::ScalarOutOfRange));
    // 2^256 + 1 would be 1 in 256 bits.
    let wrapped = "115792089237316195423570985008687907853269984665640564039457584007913129639937";
    assert_eq!(
        wrapped.parse::<Scalar>(),
        Err(BallotError::ScalarOutOfRange)
    );
    for text in ["", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "x", "１"] {
        assert_eq!(
            text.parse::<Scalar>(),
            Err(BallotError::ScalarSyntax),
            "{text}"
        );
    }
    // Every other byte in every place.
    for place in 0..20 {
        for byte in (0..128_u8).filter(|byte| !byte.is_ascii_digit()) {
            let mut text = "1".repeat(20);
            text.replace_range(place..=place, &char::from(byte).to_string());
            assert_eq!(
                text.parse::<Scalar>(),
                Err(BallotError::ScalarSyntax),
                "{text}"
            );
        }
    }
    for length in 1..76 {
        for digit in 1..10_u64 {
            let text = digit.to_string().repeat(length);
            let value = text.bytes().fold(Scalar::ZERO, |sum, d| {
                sum * Scalar::from(10) + Scalar::from(u64::from(d - b'0'))
            });
            assert_eq!(text.parse::<Scalar>().unwrap(), value, "{text}");
        }
    }
    for text in ["9".repeat(76), "1".repeat(77), "9".repeat(4000)] {
        assert_eq!(text.parse::<Scalar>(), Err(BallotError::ScalarOutOfRange));
    }
}

#[test]
fn json_forms() {
    let point: Point = serde_json::from_str(&format!("\"{G2}\"")).unwrap();
    assert_eq!(serde_json::to_string(&point).unwrap(), format!("\"{G2}\""));
    let scalar: Scalar = serde_json::from_str("\"42\"").unwrap();
    assert_eq!(serde_json::to_string(&scalar).unwrap(), "\"42\"");
    assert!(serde_json::from_str::<Scalar>("42").is_err());
    assert!(!format!("{scalar:?}").contains("42"));
}

#[test]
fn multiplications_agree() {
    let x = Point::base_mul(&Scalar::from(77));
    let (c, z) = (Scalar::from(12_345) * -Scalar::ONE, Scalar::from(987));
    let expected = Point::base_mul(&z) + x.mul(&c);
    assert_eq!(Point::vartime_double_base(&c, &x, &z), expected);
    assert_eq!(
        Point::vartime_sum(&[(z, Point::generator()), (c, x)]),
        expected
    );
    let y = Point::base_mul(&Scalar::from(31));
    assert_eq!(super::FixedBase::new(&y).mul(&z), y.mul(&z));
    assert_eq!(
        super::VerifyBase::new(&y).vartime_double_base(&c, &x, &z),
        y.mul(&z) + x.mul(&c)
    );
}
