use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{
    Entry, MAX_OPINION_BYTES, Opinion, Urn, UrnContext, UrnShare, WIRE_LENGTH, fits, seal,
};
use crate::error::BallotError;
use crate::group::{Point, Scalar};

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(21)
}

fn key() -> Scalar {
    Scalar::random(&mut ChaCha20Rng::seed_from_u64(22))
}

fn context() -> UrnContext {
    UrnContext::new("a1", &Point::base_mul(&key()))
}

fn opinion(presenter: &str, text: &str) -> Opinion {
    Opinion {
        presenter: presenter.to_owned(),
        text: text.to_owned(),
    }
}

/// The longest text for presenter `p1`.
fn longest() -> String {
    "x".repeat(MAX_OPINION_BYTES - r#"{"p":"p1","t":""}"#.len())
}

#[test]
fn sealed_texts_open_and_have_one_length() {
    let rng = &mut rng();
    for text in ["", "园区路灯夜里不亮。\n\"请修\"", &longest()] {
        let made = opinion("p1", text);
        assert!(fits(&made));
        let wire = seal(&context(), &made, rng).unwrap();
        assert_eq!(wire.len(), WIRE_LENGTH);
        let entry = Entry::parse(&context(), &wire).unwrap();
        assert_eq!(entry.wire(), wire);
        assert_eq!(
            entry.open(&context(), &entry.alpha().mul(&key())),
            Some(made)
        );
        let wrong = entry.alpha().mul(&(key() + Scalar::ONE));
        assert_eq!(entry.open(&context(), &wrong), None);
    }
    let long = opinion("p1", &(longest() + "x"));
    assert!(!fits(&long));
    assert_eq!(
        seal(&context(), &long, rng).err(),
        Some(BallotError::OpinionTooLong)
    );
}

#[test]
fn only_clean_padding_is_an_opinion() {
    let rng = &mut rng();
    let json = br#"{"p":"p1","t":"x"}"#;
    let padded = |length: u16, json: &[u8], last: u8| {
        let mut bytes = [&length.to_be_bytes(), json].concat();
        bytes.resize(super::PADDED, 0);
        bytes[super::PADDED - 1] = last;
        bytes
    };
    let mut open = |bytes: Vec<u8>| {
        let wire = super::entry::seal_padded(&context(), &bytes, rng).unwrap();
        let entry = Entry::parse(&context(), &wire).unwrap();
        entry.open(&context(), &entry.alpha().mul(&key()))
    };
    assert_eq!(open(padded(18, json, 0)), Some(opinion("p1", "x")));
    assert_eq!(open(padded(18, json, 1)), None);
    assert_eq!(open(padded(17, json, 0)), None);
    assert_eq!(open(padded(19, json, 0)), None);
    assert_eq!(open(padded(1215, json, 0)), None);
    assert_eq!(open(padded(u16::MAX, json, 0)), None);
    assert_eq!(open(padded(0, b"", 0)), None);
    let long = serde_json::to_vec(&opinion("p1", &(longest() + "x"))).unwrap();
    assert_eq!(open(padded(1201, &long, 0)), None);
}

#[test]
fn a_proof_has_one_text() {
    // The group order added: the same number to the arithmetic.
    let wire = seal(&context(), &opinion("p1", "t"), &mut rng()).unwrap();
    for at in [65, 130] {
        let half = |at: usize| u128::from_str_radix(&wire[at..at + 32], 16).unwrap();
        let order = (1 << 124, 0x14de_f9de_a2f7_9cd6_5812_631a_5cf5_d3ed);
        let (low, carry) = half(at + 32).overflowing_add(order.1);
        let high = half(at) + order.0 + u128::from(carry);
        let mut changed = wire.clone();
        changed.replace_range(at..at + 64, &format!("{high:032x}{low:032x}"));
        assert_eq!(
            Entry::parse(&context(), &changed),
            Err(BallotError::ScalarOutOfRange)
        );
    }
}

#[test]
fn every_character_of_an_entry_matters() {
    let wire = seal(&context(), &opinion("p1", "t"), &mut rng()).unwrap();
    for place in (0..195)
        .chain((195..WIRE_LENGTH).step_by(97))
        .chain([WIRE_LENGTH - 1])
    {
        for replacement in ["0", "1", "f", "Z", ".", "="] {
            let mut changed = wire.clone();
            changed.replace_range(place..=place, replacement);
            let same = changed == wire;
            assert_eq!(
                Entry::parse(&context(), &changed).is_ok(),
                same,
                "{place} {replacement}"
            );
        }
    }
    for changed in [
        "",
        &wire[1..],
        &format!("{wire}A"),
        &"é".repeat(WIRE_LENGTH / 2),
    ] {
        assert!(Entry::parse(&context(), changed).is_err());
    }
}

#[test]
fn entries_are_bound_to_their_urn_and_their_maker() {
    let wire = seal(&context(), &opinion("p1", "t"), &mut rng()).unwrap();
    for other in [
        UrnContext::new("a2", context().key()),
        UrnContext::new("a1", &Point::generator()),
    ] {
        assert_eq!(Entry::parse(&other, &wire), Err(BallotError::OpinionProof));
    }
    // The α of somebody's ballot, shifted: the proof does not follow.
    let alpha: Point = wire[..64].parse().unwrap();
    let shifted = format!("{}{}", alpha + Point::generator(), &wire[64..]);
    assert_eq!(
        Entry::parse(&context(), &shifted),
        Err(BallotError::OpinionProof)
    );
}

fn wires(rng: &mut ChaCha20Rng) -> Vec<String> {
    [("p1", "one"), ("p2", ""), ("p1", "two"), ("p3", "three")]
        .map(|(p, t)| seal(&context(), &opinion(p, t), rng).unwrap())
        .to_vec()
}

fn urn(wires: &[String]) -> Urn {
    Urn::new(context(), wires.iter().map(String::as_str)).unwrap()
}

#[test]
fn the_order_of_arrival_is_lost() {
    let mut wires = wires(&mut rng());
    let first = urn(&wires);
    wires.reverse();
    assert_eq!(urn(&wires), first);
    let hashes: Vec<String> = first
        .entries()
        .iter()
        .map(|e| crate::hash::sha256_hex(e.wire().as_bytes()))
        .collect();
    assert!(hashes.is_sorted());
    wires.push(wires[0].clone());
    let twice = Urn::new(context(), wires.iter().map(String::as_str));
    assert_eq!(twice.err(), Some(BallotError::OpinionTwice));
}

#[test]
fn an_urn_opens_with_checked_shares() {
    let rng = &mut rng();
    let mut wires = wires(rng);
    // Garbage with an honest proof of knowledge: sealed for a key nobody has.
    let mut stranger = context();
    stranger.key = Point::base_mul(&Scalar::from(5));
    wires.push(seal(&stranger, &opinion("p1", "lost"), rng).unwrap());
    let urn = urn(&wires);
    let public = *context().key();
    let share = urn.share(2, &key(), rng);
    let json = serde_json::to_string(&share).unwrap();
    assert!(json.starts_with("{\"factors\":[\""));
    assert_eq!(serde_json::from_str::<UrnShare>(&json).unwrap(), share);
    assert_eq!(urn.check_share(2, &public, &share), Ok(()));

    let opened = urn.open(&share.factors).unwrap();
    assert_eq!((opened.empty, opened.unreadable), (1, 1));
    let mut texts: Vec<&str> = opened.opinions.iter().map(|o| o.text.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["one", "three", "two"]);
    assert_eq!(
        urn.open(&share.factors[1..]).err(),
        Some(BallotError::UrnShareShape)
    );
}

#[test]
fn shares_are_bound_to_teller_urn_place_and_factor() {
    let rng = &mut rng();
    let urn_of = |wires: &[String]| urn(wires);
    let all = wires(rng);
    let urn = urn_of(&all);
    let public = *context().key();
    let share = urn.share(1, &key(), rng);
    let refuse = |owner, public: &Point, share: &UrnShare| {
        urn.check_share(owner, public, share).unwrap_err()
    };
    assert_eq!(refuse(2, &public, &share), BallotError::UrnShareProof(0));
    let other = public + Point::generator();
    assert_eq!(refuse(1, &other, &share), BallotError::UrnShareProof(0));
    let mut bad = share.clone();
    bad.factors[3] += Point::generator();
    assert_eq!(refuse(1, &public, &bad), BallotError::UrnShareProof(3));
    let mut bad = share.clone();
    bad.proofs[1].response += Scalar::ONE;
    assert_eq!(refuse(1, &public, &bad), BallotError::UrnShareProof(1));
    let mut bad = share.clone();
    bad.proofs.swap(0, 1);
    bad.factors.swap(0, 1);
    assert_eq!(refuse(1, &public, &bad), BallotError::UrnShareProof(0));
    let mut bad = share.clone();
    bad.proofs.pop();
    assert_eq!(refuse(1, &public, &bad), BallotError::UrnShareShape);
    let mut bad = share.clone();
    bad.factors.pop();
    assert_eq!(refuse(1, &public, &bad), BallotError::UrnShareShape);
    // A share of another urn's content.
    let share = urn_of(&all[..3]).share(1, &key(), rng);
    assert!(urn.check_share(1, &public, &share).is_err());
}
