//! The bodies of the fuzz targets (fuzz/) on valid inputs that were cut, changed, repeated and mixed up.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../../fuzz/src/bodies.rs"]
#[allow(dead_code, clippy::pedantic)]
mod bodies;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[derive(Debug, Clone)]
enum Change {
    Byte(usize, u8),
    Bit(usize),
    Cut(usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    Digit(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<usize>;
    let change = prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, value)| Change::Byte(at, value)),
        at().prop_map(Change::Bit),
        at().prop_map(Change::Cut),
        (at(), 1..40_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (at(), 1..600_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        at().prop_map(Change::Digit),
    ];
    vec(change, 1..4)
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match *change {
        Change::Byte(at, value) => bytes[at % length] = value,
        Change::Bit(at) => bytes[at / 8 % length] ^= 1 << (at % 8),
        Change::Cut(at) => bytes.truncate(at % length),
        Change::Remove(at, count) => {
            let start = at % length;
            bytes.drain(start..(start + count).min(length));
        }
        Change::Repeat(at, count) => {
            let start = at % length;
            let part = bytes[start..(start + count).min(length)].to_vec();
            bytes.splice(start..start, part);
        }
        // Keeps the layout and changes only a value.
        Change::Digit(at) => {
            let digits: Vec<usize> = (0..length).filter(|k| bytes[*k].is_ascii_digit()).collect();
            if let Some(place) = digits.get(at % digits.len().max(1)) {
                bytes[*place] = b'0' + (bytes[*place] - b'0' + 1) % 10;
            }
        }
    }
}

#[test]
fn valid_inputs_pass_the_bodies() {
    for (_, body, seeds) in bodies::targets() {
        for seed in seeds {
            body(&seed);
        }
        body(b"");
    }
}

#[test]
fn mutated_inputs_pass_the_bodies() {
    for (name, body, seeds) in bodies::targets() {
        let config = Config {
            failure_persistence: None,
            ..Config::with_cases(200)
        };
        let strategy = (0..seeds.len(), changes());
        let run = TestRunner::new(config).run(&strategy, |(seed, changes)| {
            let mut bytes = seeds[seed].clone();
            for change in &changes {
                apply(&mut bytes, change);
            }
            body(&bytes);
            Ok(())
        });
        assert!(run.is_ok(), "{name}: {}", run.unwrap_err());
    }
}

#[test]
fn there_is_a_fuzz_target_for_each_body() {
    let manifest = include_str!("../../../fuzz/Cargo.toml");
    for (name, _, _) in bodies::targets() {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
