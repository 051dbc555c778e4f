//! With belenios-tool 3.0, a program none of us wrote: it verifies our archives, we verify its archives, and
//! ballots and shares of one side are taken by the other.
//!
//! `election verify` of that version does not wait for its own checks of ballots (protocol.md §0.3), so every
//! ballot is also given to `election verify-ballot` against the archive that ends before it.
#![allow(clippy::unwrap_used)]

mod toolkit;

use std::collections::BTreeMap;

use pingyi_ballot::archive::{ArchiveReader, Entry, Record, RecordKind, header_record, record};
use pingyi_ballot::ballot::seal;
use pingyi_ballot::credential::Credential;
use pingyi_ballot::decrypt::{Owned, Task};
use pingyi_ballot::dkg::{Ceremony, Seed, Teller};
use pingyi_ballot::election::Election;
use pingyi_ballot::tally::EncryptedTally;
use pingyi_ballot::trustee::{SecretKey, Signed};
use pingyi_ballot::verify::{Options, Report, Status, verify};
use toolkit::forge::second_choice_marked;
use toolkit::rng;
use toolkit::scene::{Plan, Scene, write};
use toolkit::tool::Tool;

// --- ours, judged by the tool ---

#[test]
fn the_tool_verifies_our_archives() {
    for questions in [5, 9] {
        let Some(tool) = Tool::new(&format!("ours-{questions}")) else {
            return;
        };
        let plan = Plan {
            questions,
            voters: 6,
            tellers: (2, 3),
            seed: questions as u64,
        };
        let mut scene = Scene::voted(&plan);
        let marks = scene.marks(11);
        scene.cast(3, &marks);
        let (steps, _) = scene.opened(&[1, 3]);
        let name = format!("{}.bel", scene.election.uuid());
        // Every ballot against the archive that ends before it.
        for (number, ballot) in scene.ballots.iter().enumerate() {
            tool.write(&name, write(&steps[..=number]));
            let said = tool.verify_ballot(ballot);
            assert!(said.good, "ballot {number}: {}", said.err);
        }
        // Every phase from closing on.
        for length in scene.ballots.len() + 1..=steps.len() {
            tool.write(&name, write(&steps[..length]));
            let said = tool.verify();
            assert!(
                said.good && said.err.contains("all checks passed"),
                "{}",
                said.err
            );
        }
        // The tool's own tally and result are ours.
        let end = scene.ballots.len() + 2;
        tool.write(&name, write(&steps[..end]));
        let tally = tool.run(&["election", "compute-encrypted-tally"], "");
        let lines: Vec<&str> = tally.lines().collect();
        assert_eq!(lines, steps[end].data);
        tool.write(&name, write(&steps[..steps.len() - 1]));
        let result = tool.run(&["election", "compute-result"], "");
        assert_eq!(result.trim_end(), steps.last().unwrap().data[0]);
    }
}

#[test]
fn the_tool_refuses_a_ballot_that_we_refuse() {
    let Some(tool) = Tool::new("refused") else {
        return;
    };
    let mut scene = Scene::sealed(&Plan {
        questions: 1,
        ..Plan::default()
    });
    let honest = scene.seal(0, &[vec![1, 0, 0, 0]]);
    let double = second_choice_marked(&mut scene, 0, &honest);
    tool.write(
        &format!("{}.bel", scene.election.uuid()),
        write(&scene.open_steps()),
    );
    assert!(tool.verify_ballot(&honest).good);
    assert!(!tool.verify_ballot(&double).good);
}

#[test]
fn the_tool_accepts_all_tellers_of_ours_and_single_ones() {
    for (tellers, owners) in [
        ((3, 3), &[1, 2, 3][..]),
        ((1, 1), &[1]),
        ((3, 5), &[2, 4, 5]),
        ((2, 3), &[1, 2, 3]),
    ] {
        let Some(tool) = Tool::new(&format!("tellers-{}-{}", tellers.0, tellers.1)) else {
            return;
        };
        let mut scene = Scene::voted(&Plan {
            questions: 2,
            tellers,
            ..Plan::default()
        });
        let (steps, _) = scene.opened(owners);
        tool.write(&format!("{}.bel", scene.election.uuid()), write(&steps));
        let said = tool.verify();
        assert!(said.good, "{tellers:?}: {}", said.err);
    }
}

// --- the tool's, judged by us ---

/// An election made by the tool in its own folder.
struct Foreign {
    tool: Tool,
    credentials: BTreeMap<String, String>,
    /// `.privkey` files of mandatory tellers, in their order.
    singles: Vec<String>,
    /// Names of the key files of the tellers of a ceremony.
    ceremony: Vec<String>,
}

const TEMPLATE: &str = r#"{"description":"述职 \"测评\"","name":"Foreign","questions":[
    {"answers":["a","b","c"],"min":1,"max":2,"question":"Q1"},
    {"answers":["x","y"],"blank":true,"min":0,"max":2,"question":"Q2"},
    {"answers":["u","v","w","z"],"min":1,"max":1,"question":"Q3"}],
    "administrator":"Adm","credential_authority":"server"}"#;

impl Foreign {
    fn make(tool: Tool, singles: usize, ceremony: Option<(u32, u32)>) -> Self {
        let uuid = tool.run(&["setup", "generate-token"], "").trim().to_owned();
        tool.write(
            "voters.txt",
            "a@x.org,a,3\nb@x.org,b,1\nc@x.org,c,0\nd@x.org,d,2\n",
        );
        let group = "--group=Ed25519";
        let id = format!("--uuid={uuid}");
        tool.run(
            &[
                "setup",
                "generate-credentials",
                group,
                &id,
                "--file=voters.txt",
            ],
            "",
        );
        let credentials = serde_json::from_str(&tool.read(&tool.find(".privcreds"))).unwrap();
        let public = tool.read(&tool.find(".pubcreds"));
        tool.write("public_creds.json", public);
        let mut foreign = Self {
            tool,
            credentials,
            singles: Vec::new(),
            ceremony: Vec::new(),
        };
        foreign.single_keys(singles);
        if let Some((threshold, size)) = ceremony {
            foreign.hold_ceremony(threshold, size);
        }
        let tool = &foreign.tool;
        tool.run(&["setup", "make-trustees"], "");
        tool.write("template.json", TEMPLATE);
        tool.run(
            &[
                "setup",
                "make-election",
                group,
                &id,
                "--template=template.json",
            ],
            "",
        );
        tool.run(&["archive", "init"], "");
        foreign
    }

    fn single_keys(&mut self, count: usize) {
        let mut all = String::new();
        for number in 0..count {
            self.tool
                .run(&["setup", "generate-trustee-key", "--group=Ed25519"], "");
            let (public, private) = (self.tool.find(".pubkey"), self.tool.find(".privkey"));
            all += &self.tool.read(&public);
            let kept = format!("single{number}");
            std::fs::remove_file(self.tool.dir.join(public)).unwrap();
            std::fs::rename(self.tool.dir.join(private), self.tool.dir.join(&kept)).unwrap();
            self.singles.push(kept);
        }
        self.tool.write("public_keys.jsons", all);
    }

    fn hold_ceremony(&mut self, threshold: u32, size: u32) {
        let tool = &self.tool;
        let step = |args: &[&str], input: &str| {
            let start = ["setup", "generate-trustee-key-threshold", "--group=Ed25519"];
            tool.run(&[&start[..], args].concat(), input)
        };
        let context = |index: u32| format!("--threshold-context={index}/{threshold}/{size}");
        for index in 1..=size {
            let id = step(&["--step=1", &context(index)], "").trim().to_owned();
            self.ceremony.push(id);
        }
        let certs: String = self
            .ceremony
            .iter()
            .map(|id| tool.read(&format!("{id}.cert")))
            .collect();
        tool.write("certs.jsons", certs);
        let certs = "--certs=certs.jsons";
        step(&["--step=2", certs], "");
        let mut polynomials = String::new();
        for (index, id) in (1..).zip(&self.ceremony) {
            let key = format!("--key={id}.key");
            polynomials += &step(&["--step=3", certs, &key, &context(index)], "");
        }
        tool.write("polynomials.jsons", polynomials);
        let polynomials = "--polynomials=polynomials.jsons";
        step(&["--step=4", certs, polynomials], "");
        let mut outputs = String::new();
        for id in &self.ceremony {
            let key = format!("--key={id}.key");
            outputs += &step(
                &["--step=5", certs, &key],
                &tool.read(&format!("{id}.vinput")),
            );
        }
        let threshold = step(&["--step=6", certs, polynomials], &outputs);
        tool.write("threshold.json", threshold);
    }

    fn vote(&self, login: &str, choice: &str) -> String {
        self.tool.write("credential", &self.credentials[login]);
        self.tool.write("choice", choice);
        let args = [
            "election",
            "generate-ballot",
            "--privcred=credential",
            "--choice=choice",
        ];
        let ballot = self.tool.run(&args, "");
        self.tool.add_event("Ballot", &ballot);
        ballot.trim_end().to_owned()
    }

    fn close(&self) {
        self.tool.add_event("EndBallots", "");
        let tally = self.tool.run(&["election", "compute-encrypted-tally"], "");
        self.tool.add_event("EncryptedTally", &tally);
    }

    /// Opens as mandatory teller number `index`, from 0.
    fn open_single(&self, index: usize) {
        let key = format!("--privkey={}", self.singles[index]);
        let owner = format!("--trustee-id={}", index + 1);
        let share = self.tool.run(&["election", "decrypt", &key, &owner], "");
        self.tool.add_event("PartialDecryption", &share);
    }

    /// Opens as teller number `index` of the ceremony, from 0.
    fn open_shared(&self, index: usize) {
        let id = &self.ceremony[index];
        let key = format!("--key={id}.key");
        let decryption_key = format!("--decryption-key={id}.dkey");
        let owner = format!("--trustee-id={}", self.singles.len() + index + 1);
        let share = self.tool.run(
            &[
                "election",
                "decrypt-threshold",
                &key,
                &decryption_key,
                &owner,
            ],
            "",
        );
        self.tool.add_event("PartialDecryption", &share);
    }

    fn count(&self) -> String {
        let result = self.tool.run(&["election", "compute-result"], "");
        self.tool.add_event("Result", &result);
        result.trim_end().to_owned()
    }

    /// Judges the archive as it stands, and checks that it is rewritten byte for byte.
    #[track_caller]
    fn judge(&self, expected: Status) -> Report {
        let archive = self.tool.archive();
        assert!(
            rewritten(&archive) == archive,
            "our writer makes other bytes"
        );
        let options = Options {
            belenios: true,
            ..Options::default()
        };
        let report = verify(&archive[..], None, &options, &|_| ());
        assert_eq!(report.status, expected, "{:#?}", report.findings);
        report
    }
}

fn rewritten(archive: &[u8]) -> Vec<u8> {
    let reader = ArchiveReader::new(archive).unwrap();
    let timestamp = reader.timestamp();
    let mut bytes = header_record(timestamp).unwrap();
    for read in reader {
        let Record { entry, content, .. } = read.unwrap().sound().unwrap();
        let kind = if entry == Entry::Data {
            RecordKind::Data
        } else {
            RecordKind::Event
        };
        bytes.extend(record(timestamp, kind, &content).unwrap());
    }
    bytes
}

/// Weights: a 3, b 1, c 0, d 2. The first ballot of a is replaced.
const VOTES: [(&str, &str); 5] = [
    ("a", "[[1,1,0],[0,1,0],[1,0,0,0]]"),
    ("b", "[[1,0,0],[1,0,0],[0,1,0,0]]"),
    ("c", "[[0,0,1],[0,0,0],[0,0,1,0]]"),
    ("a", "[[0,1,1],[0,1,1],[0,0,0,1]]"),
    ("d", "[[0,0,1],[1,0,0],[1,0,0,0]]"),
];
const RESULT: [&[u64]; 3] = [&[1, 3, 5], &[3, 3, 3], &[2, 1, 0, 3]];

#[test]
fn we_verify_the_tools_archives_at_every_phase() {
    for (name, singles, ceremony) in [
        ("one", 1, None),
        ("two", 2, None),
        ("threshold", 0, Some((2, 3))),
        ("mixed", 1, Some((2, 3))),
        ("four", 0, Some((3, 4))),
    ] {
        let Some(tool) = Tool::new(&format!("theirs-{name}")) else {
            return;
        };
        let foreign = Foreign::make(tool, singles, ceremony);
        let report = foreign.judge(Status::ValidOpen);
        assert_eq!((report.roll, report.ballots), (4, 0));
        for (number, (login, choice)) in VOTES.iter().enumerate() {
            foreign.vote(login, choice);
            let report = foreign.judge(Status::ValidOpen);
            assert_eq!(report.ballots, number as u64 + 1);
        }
        foreign.close();
        let report = foreign.judge(Status::ValidOpen);
        assert_eq!(
            (report.ballots, report.counted, report.total_weight),
            (5, 4, 6)
        );
        (0..singles).for_each(|index| foreign.open_single(index));
        let threshold = ceremony.map_or(0, |(threshold, _)| threshold as usize);
        // The last tellers rather than the first, and one more than needed where there is one.
        let size = ceremony.map_or(0, |(_, size)| size as usize);
        (size - threshold..size).for_each(|index| foreign.open_shared(index));
        foreign.judge(Status::ValidOpen);
        if size > threshold {
            foreign.open_shared(0);
            foreign.judge(Status::ValidOpen);
        }
        foreign.count();
        let report = foreign.judge(Status::Valid);
        assert_eq!(
            report.result.as_deref(),
            Some(&RESULT.map(<[u64]>::to_vec)[..])
        );
        assert!(!report.strong_proofs);
        assert!(
            report
                .reservations
                .iter()
                .any(|note| note.code == "strong_absent")
        );
        assert!(foreign.tool.verify().good);
        // The same archive as one of ours: it lacks what we demand.
        let archive = foreign.tool.archive();
        let strict = verify(&archive[..], None, &Options::default(), &|_| ());
        let codes: Vec<&str> = strict
            .findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(codes, ["roll_weighted", "pingyi_missing", "strong_missing"]);
    }
}

// --- both together ---

#[test]
fn our_ballots_and_shares_are_taken_into_the_tools_election() {
    let Some(tool) = Tool::new("together") else {
        return;
    };
    let foreign = Foreign::make(tool, 1, None);
    // The file ends with a line break, which the archive (and so the fingerprint) does not have.
    let election = Election::parse(foreign.tool.read("election.json").trim_end()).unwrap();
    let mut rng = rng(5);
    for (number, (login, choice)) in VOTES.iter().enumerate() {
        if number % 2 == 1 {
            foreign.vote(login, choice);
            continue;
        }
        let credential: Credential = foreign.credentials[*login].parse().unwrap();
        let public = credential.public(election.uuid()).to_string();
        assert!(foreign.tool.read("public_creds.json").contains(&public));
        let marks: Vec<Vec<u8>> = serde_json::from_str(choice).unwrap();
        let sealed = seal(&election, &credential, &marks, &mut rng).unwrap();
        let said = foreign.tool.verify_ballot(&sealed.ballot_json);
        assert!(said.good, "{}", said.err);
        foreign.tool.add_event("Ballot", &sealed.ballot_json);
    }
    foreign.close();
    // Our share with the tool's key.
    let records: Vec<Record> = ArchiveReader::new(&foreign.tool.archive()[..])
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let stored = &records[records.len() - 3].content;
    let tally = EncryptedTally::parse(&election, std::str::from_utf8(stored).unwrap()).unwrap();
    let key: String = serde_json::from_str(&foreign.tool.read(&foreign.singles[0])).unwrap();
    let key = SecretKey::from_scalar(key.parse().unwrap());
    let share = Task::new(&election, &tally)
        .share(1, &key, &mut rng)
        .partial_decryption
        .json();
    let owned = Owned {
        owner: 1,
        payload: pingyi_ballot::archive::Hash::of(share.as_bytes()),
    };
    foreign
        .tool
        .add_event("PartialDecryption", &format!("{share}\n{}", owned.json()));
    foreign.count();
    let said = foreign.tool.verify();
    assert!(said.good, "{}", said.err);
    let report = foreign.judge(Status::Valid);
    assert_eq!(
        report.result.as_deref(),
        Some(&RESULT.map(<[u64]>::to_vec)[..])
    );
}

#[test]
fn a_tellers_seed_gives_the_same_keys_in_both_programs() {
    let Some(tool) = Tool::new("seeds") else {
        return;
    };
    let foreign = Foreign::make(tool, 0, Some((2, 3)));
    let certs: Vec<Signed> = foreign
        .tool
        .read("certs.jsons")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let certified = Ceremony::new(3, 2).unwrap().certified(certs).unwrap();
    for (index, id) in (1..).zip(&foreign.ceremony) {
        let seed: Seed = foreign
            .tool
            .read(&format!("{id}.key"))
            .trim()
            .parse()
            .unwrap();
        assert_eq!(Teller::from_seed(&seed).index(&certified), Ok(index));
    }
}
