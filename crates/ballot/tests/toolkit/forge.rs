//! Ballots no honest device would make.

use pingyi_ballot::ballot::Ballot;
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::hash::{b64_compact, sha256};
use pingyi_ballot::proof::Proof;

use super::scene::Scene;

/// Takes an honest ballot for the first choice of a one-question box, marks the second choice as well, and
/// signs the outcome properly. The proofs cannot be made honestly and stay as they are.
pub fn second_choice_marked(scene: &mut Scene, voter: usize, honest: &str) -> String {
    let mut ballot = Ballot::parse(honest).unwrap();
    let cell = &mut ballot.answers[0].choices[1];
    let beta: Point = cell.beta.parse().unwrap();
    cell.beta = (beta + Point::generator()).to_string().into();
    sign(scene, voter, ballot)
}

/// Signs a changed ballot with the rater's own credential.
pub fn sign(scene: &mut Scene, voter: usize, mut ballot: Ballot<'_>) -> String {
    let mut signature = ballot.signature.take().unwrap();
    let hash = b64_compact(&sha256(ballot.json().unwrap().as_bytes()));
    let secret: Scalar = scene.credentials[voter].secret(scene.election.uuid());
    let proof = Proof::sign_ballot(&secret, &hash, &mut scene.rng);
    signature.hash = hash.into();
    signature.proof.challenge = proof.challenge.to_string().into();
    signature.proof.response = proof.response.to_string().into();
    ballot.signature = Some(signature);
    ballot.json().unwrap()
}
