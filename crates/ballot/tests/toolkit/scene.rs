//! A whole ballot box made with the crate's own functions, kept in parts so that a test can forge any of
//! them before the archive is written.

use pingyi_ballot::archive::{ArchiveWriter, EventType, Hash, Head, Setup};
use pingyi_ballot::ballot::{CheckedBallot, check, seal};
use pingyi_ballot::credential::{Credential, Roll, RollEntry, Uuid};
use pingyi_ballot::decrypt::{ElectionResult, Owned, Shares, Sidecar, StrongShare, Task};
use pingyi_ballot::election::{Election, ElectionBuilder, Question};
use pingyi_ballot::tally::{EncryptedTally, SizedEncryptedTally, Weight, counted};
use pingyi_ballot::trustee::{SecretKey, Trustees};
use rand_chacha::ChaCha20Rng;

use super::{play_ceremony, rng};

pub const TIME: u64 = 1_700_000_000;
pub const ANSWERS: [&str; 4] = ["好", "较好", "一般", "差"];

/// One event with the data records before it.
#[derive(Clone, Debug)]
pub struct Step {
    pub kind: EventType,
    pub data: Vec<String>,
}

pub struct Scene {
    pub rng: ChaCha20Rng,
    pub trustees: Trustees,
    pub keys: Vec<SecretKey>,
    pub election: Election,
    pub credentials: Vec<Credential>,
    pub roll: Roll,
    pub ballots: Vec<String>,
    /// Weights in the order of the credentials.
    pub weights: Vec<Weight>,
}

/// What kind of box to make.
pub struct Plan {
    pub questions: usize,
    pub voters: usize,
    pub tellers: (u32, u32),
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            questions: 3,
            voters: 4,
            tellers: (2, 3),
            seed: 1,
        }
    }
}

/// Our own field of an election that asks one item about so many presenters.
pub fn pingyi_extra(threshold: u32, size: u32, presenters: usize) -> serde_json::Value {
    let presenters: Vec<String> = (1..=presenters)
        .map(|number| format!("p{number}"))
        .collect();
    serde_json::json!({
        "appraisal": "abcdefgh12345678", "category": "A", "presenters": presenters, "items": ["overall"],
        "grades": ["good", "fair", "poor", "bad"], "scheme": Hash::of(b"scheme"), "minimum": 3,
        "rehearsal": false, "tellers": {"threshold": threshold, "size": size}
    })
}

pub fn one_of_four(number: usize) -> Question {
    Question::one_of(format!("第{number}位"), ANSWERS.map(str::to_owned).to_vec())
}

pub fn build_election(
    trustees: &Trustees,
    questions: Vec<Question>,
    x_pingyi: Option<serde_json::Value>,
    rng: &mut ChaCha20Rng,
) -> Election {
    let extra = x_pingyi
        .map(|value| ("x_pingyi".to_owned(), value))
        .into_iter()
        .collect();
    ElectionBuilder {
        description: "园区党委书记述职测评表".into(),
        name: "2018年园区党委书记述职评议 · 街道领导班子".into(),
        public_key: trustees.joint_key().unwrap(),
        questions,
        uuid: Uuid::generate(rng),
        administrator: Some("Pingyi".into()),
        credential_authority: Some("issuer".into()),
        extra,
    }
    .build()
    .unwrap()
}

impl Scene {
    /// Everything up to Setup.
    pub fn sealed(plan: &Plan) -> Self {
        let mut rng = rng(plan.seed);
        let (threshold, size) = plan.tellers;
        let played = play_ceremony(size, threshold, &mut rng);
        let questions = (1..=plan.questions).map(one_of_four).collect();
        let extra = pingyi_extra(threshold, size, plan.questions);
        let election = build_election(&played.trustees, questions, Some(extra), &mut rng);
        let credentials: Vec<Credential> = (0..plan.voters)
            .map(|_| Credential::generate(&mut rng))
            .collect();
        let weights = vec![Weight::ONE; plan.voters];
        Self::assemble(
            played.trustees,
            played.keys,
            election,
            credentials,
            weights,
            rng,
        )
    }

    pub fn assemble(
        trustees: Trustees,
        keys: Vec<SecretKey>,
        election: Election,
        credentials: Vec<Credential>,
        weights: Vec<Weight>,
        rng: ChaCha20Rng,
    ) -> Self {
        let entries: Vec<RollEntry> = credentials
            .iter()
            .zip(&weights)
            .map(|(credential, weight)| RollEntry {
                credential: credential.public(election.uuid()),
                weight: *weight,
            })
            .collect();
        let roll = Roll::new(&entries).unwrap();
        Self {
            rng,
            trustees,
            keys,
            election,
            credentials,
            roll,
            ballots: Vec::new(),
            weights,
        }
    }

    /// The same with a ballot of each rater, and of the first a second time.
    pub fn voted(plan: &Plan) -> Self {
        let mut scene = Self::sealed(plan);
        for voter in (0..plan.voters).chain([0]) {
            let marks = scene.marks(voter + scene.ballots.len() / plan.voters);
            scene.cast(voter, &marks);
        }
        scene
    }

    /// Some valid marks for elections of one-of-n questions.
    pub fn marks(&self, seed: usize) -> Vec<Vec<u8>> {
        let questions = self.election.questions().iter().enumerate();
        questions
            .map(|(number, question)| {
                let chosen = (seed * 7 + number * 3) % question.choices();
                (0..question.choices())
                    .map(|choice| u8::from(choice == chosen))
                    .collect()
            })
            .collect()
    }

    pub fn seal(&mut self, voter: usize, marks: &[Vec<u8>]) -> String {
        let sealed = seal(
            &self.election,
            &self.credentials[voter],
            marks,
            &mut self.rng,
        )
        .unwrap();
        sealed.ballot_json.clone()
    }

    pub fn cast(&mut self, voter: usize, marks: &[Vec<u8>]) {
        let ballot = self.seal(voter, marks);
        self.ballots.push(ballot);
    }

    pub fn checked(&self) -> Vec<CheckedBallot> {
        self.ballots
            .iter()
            .map(|ballot| check(&self.election, ballot).unwrap())
            .collect()
    }

    /// The tally of what is counted, with the archive's word on its size.
    pub fn tally(&self) -> (EncryptedTally, SizedEncryptedTally) {
        let checked = self.checked();
        let weighted: Vec<(&CheckedBallot, Weight)> = counted(&checked)
            .into_iter()
            .map(|ballot| {
                (
                    ballot,
                    self.roll.weight_of(ballot.credential_hex()).unwrap(),
                )
            })
            .collect();
        let weights: Vec<Weight> = weighted.iter().map(|(_, weight)| *weight).collect();
        let tally = EncryptedTally::of(&self.election, weighted).unwrap();
        let sized = SizedEncryptedTally::new(&tally, weights).unwrap();
        (tally, sized)
    }

    pub fn setup_step(&self) -> Step {
        setup_step(self.election.json(), self.trustees.json(), self.roll.json())
    }

    /// Setup and ballots.
    pub fn open_steps(&self) -> Vec<Step> {
        let mut steps = vec![self.setup_step()];
        steps.extend(
            self.ballots
                .iter()
                .map(|ballot| step(EventType::Ballot, &[ballot])),
        );
        steps
    }

    /// The whole of it, opened by these tellers (from 1), with the sidecar.
    pub fn opened(&mut self, owners: &[u32]) -> (Vec<Step>, Sidecar) {
        let (tally, sized) = self.tally();
        let tally_json = tally.json();
        let mut steps = self.open_steps();
        steps.push(step(EventType::EndBallots, &[]));
        let sized_json = serde_json::to_string(&sized).unwrap();
        steps.push(step(EventType::EncryptedTally, &[&tally_json, &sized_json]));
        let task = Task::new(&self.election, &tally);
        let hash = Hash::of(tally_json.as_bytes());
        let mut sidecar = Sidecar::new(self.election.fingerprint(), hash);
        let mut shares = Shares::new();
        for owner in owners {
            let key = &self.keys[*owner as usize - 1];
            let share = task.share(*owner, key, &mut self.rng);
            steps.push(share_step(*owner, &share.partial_decryption.json()));
            shares.insert(*owner, share.partial_decryption.decryption_factors.concat());
            sidecar.shares.push(StrongShare {
                owner: *owner,
                proofs: share.strong,
            });
        }
        let result =
            ElectionResult::compute(&tally, sized.total_weight, &self.trustees.groups(), &shares);
        steps.push(step(EventType::Result, &[&result.unwrap().json()]));
        (steps, sidecar)
    }
}

pub fn step(kind: EventType, data: &[&str]) -> Step {
    Step {
        kind,
        data: data.iter().map(|text| (*text).to_owned()).collect(),
    }
}

pub fn setup_step(election: &str, trustees: &str, roll: &str) -> Step {
    let setup = Setup::of(election.as_bytes(), trustees.as_bytes(), roll.as_bytes()).json();
    step(EventType::Setup, &[election, trustees, roll, &setup])
}

pub fn share_step(owner: u32, partial_decryption: &str) -> Step {
    let reference = Owned {
        owner,
        payload: Hash::of(partial_decryption.as_bytes()),
    };
    step(
        EventType::PartialDecryption,
        &[partial_decryption, &reference.json()],
    )
}

/// The archive of these steps.
pub fn write(steps: &[Step]) -> Vec<u8> {
    write_with_head(steps).0
}

pub fn write_with_head(steps: &[Step]) -> (Vec<u8>, Head) {
    let mut writer = ArchiveWriter::create(Vec::new(), TIME).unwrap();
    for step in steps {
        let data: Vec<&[u8]> = step.data.iter().map(String::as_bytes).collect();
        writer.append(step.kind, &data).unwrap();
    }
    let head = writer.head().unwrap();
    (writer.into_inner(), head)
}
