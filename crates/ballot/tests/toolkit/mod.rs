//! What several of these tests need: key ceremonies from fixed seeds, vectors kept in files.
#![allow(dead_code)]

pub mod forge;
pub mod scene;
pub mod tool;
pub mod vectors;

use pingyi_ballot::dkg::{Ceremony, Certified, Output, Polynomial, Seed, Teller};
use pingyi_ballot::trustee::{SecretKey, Trustees};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A finished key ceremony with everything that was said in it.
pub struct Played {
    pub seeds: Vec<Seed>,
    pub tellers: Vec<Teller>,
    pub certified: Certified,
    pub polynomials: Vec<Polynomial>,
    pub outputs: Vec<Output>,
    pub trustees: Trustees,
    pub keys: Vec<SecretKey>,
}

pub fn play_ceremony(size: u32, threshold: u32, rng: &mut ChaCha20Rng) -> Played {
    let ceremony = Ceremony::new(size, threshold).unwrap();
    let seeds: Vec<Seed> = (0..size).map(|_| Seed::generate(rng)).collect();
    let tellers: Vec<Teller> = seeds.iter().map(Teller::from_seed).collect();
    let certs = (1..)
        .zip(&tellers)
        .map(|(index, teller)| teller.cert(&ceremony.context(index).unwrap(), rng))
        .collect();
    let certified = ceremony.certified(certs).unwrap();
    let polynomials: Vec<Polynomial> = tellers
        .iter()
        .map(|teller| teller.polynomial(&certified, rng).unwrap())
        .collect();
    let mut outputs = Vec::new();
    let mut keys = Vec::new();
    for (index, teller) in (1..).zip(&tellers) {
        let input = certified.vinput(index, &polynomials).unwrap();
        let output = teller.output(&certified, &input, rng).unwrap();
        keys.push(
            teller
                .decryption_key(&output.private_key, &output.public_key.public_key)
                .unwrap(),
        );
        outputs.push(output);
    }
    let trustees = certified.assemble(&polynomials, &outputs, None).unwrap();
    Played {
        seeds,
        tellers,
        certified,
        polynomials,
        outputs,
        trustees,
        keys,
    }
}
