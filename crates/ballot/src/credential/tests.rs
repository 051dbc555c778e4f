use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{Credential, Roll, RollEntry, Uuid};
use crate::error::BallotError;
use crate::tally::Weight;

#[test]
fn known_derivation_of_protocol_md() {
    let uuid: Uuid = "eu7vLfTG49KXk9".parse().unwrap();
    let credential: Credential = "AwyxG-dyzbUs-D8UGW-m4E8Aw".parse().unwrap();
    assert_eq!(
        credential.secret(&uuid).to_string(),
        "5495399212734514804507218528702545345442433384518110767731230539447230877389"
    );
    assert_eq!(
        credential.public(&uuid).to_string(),
        "eb20b48c271d9d175d88eb5e0726805b6399b048f335f71ae8931d98c249ca11"
    );
}

#[test]
fn only_the_written_form_is_a_credential() {
    let rng = &mut ChaCha20Rng::seed_from_u64(3);
    for _ in 0..50 {
        let made = Credential::generate(rng);
        assert_eq!(made.expose().parse::<Credential>().unwrap(), made);
    }
    for text in [
        "",
        "AwyxG-dyzbUs-D8UGW-m4E8A",
        "AwyxG-dyzbUs-D8UGW-m4E8Aw ",
        "AwyxGdyzbUsD8UGWm4E8Aw",
        "AwyxG-dyzbUs-D8UGWm-4E8Aw",
        "AwyxG-dyzbUs-D8UGW-m4E8A0",
        "AwyxG-dyzbUs-D8UGW-m4E8Al",
        "AwyxG-dyzbU-sD8UG-Wm4E8-A",
    ] {
        assert_eq!(
            text.parse::<Credential>(),
            Err(BallotError::CredentialSyntax),
            "{text}"
        );
    }
    let shown = format!("{:?}", Credential::generate(rng));
    assert_eq!(shown, "Credential(…)");
}

#[test]
fn uuids_have_at_least_14_base58_characters() {
    let made = Uuid::generate(&mut ChaCha20Rng::seed_from_u64(4));
    assert_eq!(made.as_str().len(), 14);
    assert_eq!(made.as_str().parse::<Uuid>().unwrap(), made);
    for text in [
        "eu7vLfTG49KXk",
        "eu7vLfTG49KXk0",
        "../../etc/passw",
        &"1".repeat(65),
    ] {
        assert_eq!(text.parse::<Uuid>(), Err(BallotError::UuidSyntax), "{text}");
    }
    assert!(serde_json::from_str::<Uuid>("\"short\"").is_err());
}

fn entry(seed: u64, weight: u64) -> RollEntry {
    let uuid = "eu7vLfTG49KXk9".parse().unwrap();
    let credential = Credential::generate(&mut ChaCha20Rng::seed_from_u64(seed)).public(&uuid);
    RollEntry {
        credential,
        weight: Weight::new(weight).unwrap(),
    }
}

#[test]
fn rolls_are_sorted_and_keep_weights() {
    let roll = Roll::new(&[entry(1, 1), entry(2, 0), entry(3, 12)]).unwrap();
    let texts: Vec<String> = serde_json::from_str(roll.json()).unwrap();
    assert!(texts.is_sorted());
    assert_eq!(texts.iter().filter(|t| t.ends_with(",12")).count(), 1);
    assert_eq!(texts.iter().filter(|t| t.ends_with(",0")).count(), 1);
    let again = Roll::parse(roll.json()).unwrap();
    assert_eq!(again.json(), roll.json());
    assert!(again.iter().eq(roll.iter()));
    assert_eq!(
        again.weight_of(&entry(3, 1).credential.to_hex()),
        Weight::new(12).ok()
    );
    assert_eq!(again.weight_of(&entry(4, 1).credential.to_hex()), None);
    assert_eq!(again.len(), 3);
}

#[test]
fn rolls_refuse_duplicates_strangers_and_odd_weights() {
    assert!(matches!(
        Roll::new(&[entry(1, 1), entry(1, 2)]),
        Err(BallotError::RollDuplicate(_))
    ));
    let hex = entry(1, 1).credential.to_string();
    let twice = format!("[\"{hex}\",\"{hex},2\"]");
    assert!(matches!(
        Roll::parse(&twice),
        Err(BallotError::RollDuplicate(_))
    ));
    for weight in ["", "-1", "01", "1.5", " 1", "99999999999999999999"] {
        assert!(
            Roll::parse(&format!("[\"{hex},{weight}\"]")).is_err(),
            "{weight}"
        );
    }
    for json in ["", "{}", "[1]", "[\"\"]", "[\"xyz\"]"] {
        assert!(Roll::parse(json).is_err(), "{json}");
    }
    let torsion = curve25519_dalek::constants::EIGHT_TORSION[4]
        .compress()
        .to_bytes();
    let outside = crate::hash::hex(&torsion.iter().rev().copied().collect::<Vec<u8>>());
    assert_eq!(
        Roll::parse(&format!("[\"{outside}\"]")).err(),
        Some(BallotError::PointOutsideSubgroup)
    );
    assert!(Roll::new(&[]).unwrap().is_empty());
}

#[test]
fn rolls_have_limits() {
    // Readable but for its size.
    let long = "[]".to_owned() + &" ".repeat(128 << 20);
    assert_eq!(Roll::parse(&long).err(), Some(BallotError::RollMalformed));
    let many = format!("[{}\"\"]", "\"\",".repeat(1_000_000));
    assert_eq!(Roll::parse(&many).err(), Some(BallotError::RollMalformed));
    let most = Weight::MAX.get();
    assert_eq!(
        Roll::new(&[entry(1, most), entry(2, 1)]).err(),
        Some(BallotError::WeightTooLarge)
    );
    let [first, second] = [1, 2].map(|seed| entry(seed, 1).credential);
    let heavy = format!("[\"{first},{most}\",\"{second}\"]");
    assert_eq!(Roll::parse(&heavy).err(), Some(BallotError::WeightTooLarge));
}
