//! One function per parser: any bytes go in, nothing may panic, and whatever is accepted must be written
//! again as the same bytes. `valid` has good inputs to start mutating from.

use std::sync::OnceLock;

use pingyi_ballot::archive::{
    ArchiveReader, DEFAULT_RECORD_LIMIT, Entry, Event, Record, RecordKind, header_record, record,
};
use pingyi_ballot::ballot::{Tracker, check, tracker};
use pingyi_ballot::challenge::ChallengeFile;
use pingyi_ballot::credential::{Credential, Roll, Uuid};
use pingyi_ballot::decrypt::{ElectionResult, Owned, PartialDecryption, Sidecar};
use pingyi_ballot::dkg::{Ceremony, Certified, Output, Polynomial, Seed, Teller, VerifierInput};
use pingyi_ballot::election::Election;
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::opinion::{Entry as Opinion, UrnContext};
use pingyi_ballot::trustee::{Signed, Trustees};
use pingyi_ballot::verify::{Options, Status, verify};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;

const ARCHIVE: &[u8] = include_bytes!("../../crates/ballot/vectors/archive.bel");
const DECRYPT: &str = include_str!("../../crates/ballot/vectors/decrypt.json");
const CEREMONY: &str = include_str!("../../crates/ballot/vectors/dkg.json");
const OPINION: &str = include_str!("../../crates/ballot/vectors/opinion.json");
const BALLOT: &str = include_str!("../../crates/ballot/vectors/ballot.json");

fn vectors(text: &'static str) -> Value {
    serde_json::from_str(text).expect("the vectors are JSON")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text in the vectors").to_owned()
}

fn known_election() -> &'static Election {
    static ELECTION: OnceLock<Election> = OnceLock::new();
    ELECTION
        .get_or_init(|| Election::parse(&text(&vectors(DECRYPT)["election"])).expect("an election"))
}

fn known_ceremony() -> &'static (Certified, Vec<Polynomial>, Teller) {
    static CERTIFIED: OnceLock<(Certified, Vec<Polynomial>, Teller)> = OnceLock::new();
    CERTIFIED.get_or_init(|| {
        let all = vectors(CEREMONY);
        let certs: Vec<Signed> =
            serde_json::from_value(all["certs"].clone()).expect("certificates");
        let ceremony = Ceremony::new(3, 2).expect("two of three");
        let polynomials = serde_json::from_value(all["polynomials"].clone()).expect("polynomials");
        let seed: Seed = text(&all["seeds"][0]).parse().expect("a seed");
        (
            ceremony.certified(certs).expect("good certificates"),
            polynomials,
            Teller::from_seed(&seed),
        )
    })
}

/// A board's archive: read record by record, rewritten, and judged as a whole.
pub fn archive(data: &[u8]) {
    if let Ok(reader) = ArchiveReader::with_limit(data, DEFAULT_RECORD_LIMIT) {
        let timestamp = reader.timestamp();
        let records: Result<Vec<Record>, _> =
            reader.map(|read| read.and_then(Record::sound)).collect();
        if let Ok(records) = records {
            let mut again = header_record(timestamp).expect("it was read");
            for read in records {
                let kind = if read.entry == Entry::Data {
                    RecordKind::Data
                } else {
                    RecordKind::Event
                };
                again.extend(record(timestamp, kind, &read.content).expect("it was read"));
            }
            assert_eq!(again, data);
        }
    }
    let options = Options {
        belenios: true,
        ..Options::default()
    };
    let report = verify(data, None, &options, &|_| ());
    assert_eq!(
        report.status == Status::Unreadable || report.status == Status::Findings,
        !report.findings.is_empty()
    );
    let _ = Event::parse(data).map(|event| assert_eq!(event.json().as_bytes(), data));
}

/// An election.
pub fn election(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(election) = Election::parse(text) {
        assert_eq!(election.json(), text);
        assert!(election.max_ballot_bytes() > 0);
    }
}

/// A ballot for a known election.
pub fn ballot(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(checked) = check(known_election(), text) {
        assert_eq!(checked.tracker(), tracker(text));
    }
}

/// Tellers' keys.
pub fn trustees(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(trustees) = Trustees::parse(text) {
        assert_eq!(trustees.json(), text);
        let _ = (
            trustees.faults(None),
            trustees.groups(),
            trustees.joint_key(),
        );
    }
}

/// What tellers and server say to each other.
pub fn ceremony(data: &[u8]) {
    let (certified, polynomials, teller) = known_ceremony();
    if let Ok(cert) = serde_json::from_slice::<Signed>(data) {
        let _ = Ceremony::new(3, 2)
            .expect("two of three")
            .check_cert(1, &cert);
    }
    if let Ok(message) = serde_json::from_slice::<Polynomial>(data) {
        let _ = certified.check_polynomial(1, &message);
    }
    if let Ok(output) = serde_json::from_slice::<Output>(data) {
        let _ = certified.check_output(1, polynomials, &output);
        let _ = teller.decryption_key(&output.private_key, &output.public_key.public_key);
    }
    if let Ok(input) = serde_json::from_slice::<VerifierInput>(data) {
        let _ = teller.output(certified, &input, &mut ChaCha20Rng::from_seed([7; 32]));
    }
}

/// Strong proofs, shares and results.
pub fn sidecar(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    // Judging the whole archive is slow, and pointless where nothing can be read.
    if Sidecar::parse(text).is_ok() {
        let report = verify(ARCHIVE, Some(data), &Options::default(), &|_| ());
        let good = self::text(&vectors(DECRYPT)["sidecar"]);
        assert_eq!(report.status == Status::Valid, text == good);
    }
    let _ = Sidecar::parse(text).map(|value| assert_eq!(value.json(), text));
    let _ = PartialDecryption::parse(text).map(|value| assert_eq!(value.json(), text));
    let _ = Owned::parse(text).map(|value| assert_eq!(value.json(), text));
    let _ = ElectionResult::parse(text).map(|value| assert_eq!(value.json(), text));
}

/// Everything short that people type or scan.
pub fn credential(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = text
        .parse::<Credential>()
        .map(|value| assert_eq!(value.expose(), text));
    let _ = text
        .parse::<Uuid>()
        .map(|value| assert_eq!(value.as_str(), text));
    let _ = text
        .parse::<Seed>()
        .map(|value| assert_eq!(value.expose(), text.replace('-', "")));
    let _ = text
        .parse::<Tracker>()
        .map(|value| assert!(value.hex() == text || value.b64() == text));
    let _ = text
        .parse::<Point>()
        .map(|value| assert_eq!(value.to_string(), text));
    let _ = text
        .parse::<Scalar>()
        .map(|value| assert_eq!(value.to_string(), text));
    let _ = Roll::parse(text).map(|value| assert_eq!(value.json(), text));
}

/// An entry of the urn of opinions.
pub fn opinion(data: &[u8]) {
    let Ok(wire) = std::str::from_utf8(data) else {
        return;
    };
    let all = vectors(OPINION);
    let secret: Scalar = text(&all["secret_key"]).parse().expect("a number");
    let context = UrnContext::new(&text(&all["appraisal"]), &Point::base_mul(&secret));
    if let Ok(entry) = Opinion::parse(&context, wire) {
        assert_eq!(entry.wire(), wire);
        let _ = entry.open(&context, &entry.alpha().mul(&secret));
    }
}

/// A challenge file.
pub fn opening(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(file) = text.parse::<ChallengeFile>() {
        let _ = file.check();
    }
}

/// A target's name, its body and good inputs.
pub type Target = (&'static str, fn(&[u8]), Vec<Vec<u8>>);

/// All targets.
pub fn targets() -> Vec<Target> {
    let (decrypt, dkg, opinions, ballots) = (
        vectors(DECRYPT),
        vectors(CEREMONY),
        vectors(OPINION),
        vectors(BALLOT),
    );
    let bytes = |value: &Value| text(value).into_bytes();
    let json = |value: &Value| value.to_string().into_bytes();
    vec![
        (
            "archive",
            archive,
            vec![ARCHIVE.to_vec(), ARCHIVE[..20_480].to_vec()],
        ),
        (
            "election",
            election,
            vec![bytes(&decrypt["election"]), bytes(&ballots["election"])],
        ),
        ("ballot", ballot, vec![bytes(&decrypt["ballots"][0])]),
        (
            "trustees",
            trustees,
            vec![bytes(&decrypt["trustees"]), bytes(&dkg["trustees"])],
        ),
        (
            "ceremony",
            ceremony,
            vec![
                json(&dkg["certs"][0]),
                json(&dkg["polynomials"][0]),
                json(&dkg["outputs"][0]),
                json(&dkg["vinputs"][0]),
            ],
        ),
        (
            "sidecar",
            sidecar,
            vec![
                bytes(&decrypt["sidecar"]),
                bytes(&decrypt["partial_decryptions"][0]),
                bytes(&decrypt["result"]),
            ],
        ),
        (
            "credential",
            credential,
            vec![
                bytes(&ballots["credential"]),
                bytes(&ballots["tracker"]),
                bytes(&ballots["public_credential"]),
                bytes(&decrypt["decryption_keys"][0]),
                bytes(&decrypt["roll"]),
                bytes(&dkg["seeds_printed"][0]),
            ],
        ),
        ("opinion", opinion, vec![bytes(&opinions["order"][0])]),
        ("opening", opening, vec![bytes(&ballots["challenge_file"])]),
    ]
}
