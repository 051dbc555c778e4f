//! A meeting played in-process: tellers, issuer and raters with honest cryptography and fixed randomness.

use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use pingyi_app::*;
use pingyi_ballot::ballot::{SealedBallot, seal};
use pingyi_ballot::credential::{Credential, Uuid};
use pingyi_ballot::decrypt::Task;
use pingyi_ballot::dkg::{Ceremony, Certified, Seed, Teller, VerifierInput};
use pingyi_ballot::election::Election;
use pingyi_ballot::opinion::{Opinion, Urn, UrnContext, seal as seal_opinion};
use pingyi_ballot::tally::EncryptedTally;
use pingyi_ballot::trustee::{SecretKey, Signed, Trustees};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

pub struct FixedClock(pub AtomicI64);

impl Clock for FixedClock {
    fn millis(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

pub struct Seeded(pub Mutex<ChaCha20Rng>);

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap().fill_bytes(bytes);
    }
}

pub fn rng() -> ChaCha20Rng {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ChaCha20Rng::seed_from_u64(NEXT.fetch_add(1, Ordering::Relaxed))
}

pub fn settings(folder: &Path) -> (Settings, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock(AtomicI64::new(1_700_000_000_000)));
    let mut settings = Settings::new("http://hall.example/").in_folder(folder);
    settings.clock = clock.clone();
    settings.randomness = Arc::new(Seeded(Mutex::new(rng())));
    (settings, clock)
}

pub fn actor() -> Actor {
    Actor::Console
}

/// Three boxes, two presenters, two items, three grades and an abstention; minimum 3.
pub fn config() -> String {
    serde_json::json!({
        "title": "2026年园区党委书记述职评议", "year": 2026,
        "form": {
            "title": "测评表",
            "items": [{"code": "overall", "label": "总体评价", "weight": 2}, {"code": "party", "label": "抓党建", "weight": 1}],
            "grades": [
                {"code": "good", "label": "好", "value": 100},
                {"code": "fair", "label": "一般", "value": 60},
                {"code": "bad", "label": "差", "value": 40},
                {"code": "unknown", "label": "不了解", "value": null, "abstain": true}],
            "opinions": true},
        "categories": [
            {"code": "A", "label": "领导", "weight": 40, "expected": 4, "minimum": 3},
            {"code": "B", "label": "部门", "weight": 30, "expected": 5, "minimum": 3},
            {"code": "C", "label": "支部", "weight": 30, "expected": 4, "minimum": 3}],
        "presenters": [
            {"code": "p1", "title": "华南城园区党委第一书记", "unit": "华南城"},
            {"code": "p2", "title": "海吉星园区党委第一书记", "unit": "海吉星"}],
        "order": "lot",
        "scheme": {"places": 2, "quorum": [2, 3]},
        "tellers": {"threshold": 2, "names": ["监票人", "计票人一", "计票人二"]},
        "minutes_per_report": 10, "release": "on_the_spot"
    })
    .to_string()
}

pub struct Meeting {
    pub app: App,
    pub clock: Arc<FixedClock>,
    pub id: AppraisalId,
    pub seats: Vec<TellerSeat>,
    pub seeds: Vec<Seed>,
    pub issuer: IssuerSeat,
    pub hall: HallSeat,
    pub boxes: Vec<BoxId>,
    /// Private credentials by box.
    pub slips: Vec<Vec<Credential>>,
    pub folder: Option<tempfile::TempDir>,
}

fn token(url: &str) -> &str {
    url.split_once('#').unwrap().1
}

impl Meeting {
    /// In a folder of its own, up to Sealed.
    pub async fn sealed() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (settings, clock) = settings(folder.path());
        let app = App::open(settings).await.unwrap();
        let mut meeting = Self::keyed(app, clock, &config()).await;
        meeting.folder = Some(folder);
        meeting.issue(&[4, 5, 4]).await;
        meeting.app.seal(&actor(), &meeting.id).await.unwrap();
        meeting
    }

    pub async fn open() -> Self {
        let meeting = Self::sealed().await;
        meeting.app.open_boxes(&actor(), &meeting.id).await.unwrap();
        meeting
    }

    /// An appraisal whose tellers have made their key.
    pub async fn keyed(app: App, clock: Arc<FixedClock>, config: &str) -> Self {
        let id = app.create_appraisal(&actor(), config).await.unwrap();
        Self::take_over(app, clock, id).await
    }

    /// The same for an appraisal that is there.
    pub async fn take_over(app: App, clock: Arc<FixedClock>, id: AppraisalId) -> Self {
        let kinds = [LinkKind::Tellers, LinkKind::Issuer, LinkKind::Hall];
        let links = app.make_links(&actor(), &id, &kinds).await.unwrap();
        let mut seats = Vec::new();
        for link in &links.tellers {
            seats.push(app.teller_seat(token(&link.url)).await.unwrap());
        }
        let issuer = app
            .issuer_seat(token(links.issuer.as_deref().unwrap()))
            .await
            .unwrap();
        let hall = app
            .hall_seat(token(links.hall.as_deref().unwrap()))
            .await
            .unwrap();
        let mut rng = rng();
        let seeds = seats.iter().map(|_| Seed::generate(&mut rng)).collect();
        let mut meeting = Self {
            app,
            clock,
            id,
            seats,
            seeds,
            issuer,
            hall,
            boxes: vec![],
            slips: vec![],
            folder: None,
        };
        meeting.make_keys().await;
        meeting
    }

    pub fn teller(&self, place: usize) -> Teller {
        Teller::from_seed(&self.seeds[place])
    }

    pub fn ceremony() -> Ceremony {
        Ceremony::new(3, 2).unwrap()
    }

    pub async fn certified(&self) -> Certified {
        let view = self.app.teller_view(&self.seats[0]).await.unwrap();
        let certs: Vec<Signed> = view
            .ceremony
            .certs
            .into_iter()
            .map(|cert| serde_json::from_value(cert.unwrap()).unwrap())
            .collect();
        Self::ceremony().certified(certs).unwrap()
    }

    async fn make_keys(&mut self) {
        let mut rng = rng();
        for (place, seat) in self.seats.iter().enumerate() {
            let cert = self
                .teller(place)
                .cert(&Self::ceremony().context(seat.seat).unwrap(), &mut rng);
            let json = serde_json::to_string(&cert).unwrap();
            self.app.send_cert(seat, &json).await.unwrap();
            // A phone that missed the answer sends again.
            self.app.send_cert(seat, &json).await.unwrap();
        }
        let certified = self.certified().await;
        for (place, seat) in self.seats.iter().enumerate() {
            let polynomial = self.teller(place).polynomial(&certified, &mut rng).unwrap();
            self.app
                .send_polynomial(seat, &serde_json::to_string(&polynomial).unwrap())
                .await
                .unwrap();
        }
        for (place, seat) in self.seats.iter().enumerate() {
            let view = self.app.teller_view(seat).await.unwrap();
            let input: VerifierInput =
                serde_json::from_value(view.ceremony.vinput.unwrap()).unwrap();
            let output = self
                .teller(place)
                .output(&certified, &input, &mut rng)
                .unwrap();
            self.app
                .send_output(seat, &serde_json::to_string(&output).unwrap())
                .await
                .unwrap();
        }
        let view = self.app.issuer_view(&self.issuer).await.unwrap();
        self.boxes = view.boxes.into_iter().map(|line| line.uuid).collect();
    }

    /// Fills the rolls with so many slips per box (the last one of each for paper).
    pub async fn issue(&mut self, numbers: &[usize]) {
        let mut rng = rng();
        self.slips.clear();
        for (id, number) in self.boxes.iter().zip(numbers) {
            let uuid: Uuid = id.as_str().parse().unwrap();
            let slips: Vec<Credential> = (0..*number)
                .map(|_| Credential::generate(&mut rng))
                .collect();
            let mut publics: Vec<String> = slips
                .iter()
                .map(|slip| slip.public(&uuid).to_string())
                .collect();
            let paper = publics.split_off(number - 1);
            let roll = RollIn {
                r#box: id.clone(),
                phone: publics,
                paper,
                spare: vec![],
            };
            self.app.put_roll(&self.issuer, roll).await.unwrap();
            self.slips.push(slips);
        }
    }

    pub async fn election(&self, place: usize) -> Election {
        let view = self.app.booth_view(&self.boxes[place]).await.unwrap();
        Election::parse(&view.election.unwrap()).unwrap()
    }

    /// A sealed ballot that gives every question the grade `grade`.
    pub async fn ballot(&self, place: usize, slip: usize, grade: usize) -> SealedBallot {
        let election = self.election(place).await;
        let marks = marks(&election, grade);
        seal(&election, &self.slips[place][slip], &marks, &mut rng()).unwrap()
    }

    pub async fn cast(&self, place: usize, slip: usize, grade: usize) -> Receipt {
        let ballot = self.ballot(place, slip, grade).await;
        self.post(place, &ballot.ballot_json).await.unwrap()
    }

    pub async fn post(&self, place: usize, json: &str) -> Result<Receipt> {
        self.app
            .cast_ballot(&self.boxes[place], json.as_bytes().to_vec())
            .await
    }

    pub async fn secret(&self, place: usize) -> SecretKey {
        let view = self.app.teller_view(&self.seats[place]).await.unwrap();
        let trustees = Trustees::parse(&view.ceremony.trustees.unwrap()).unwrap();
        let public = trustees.groups()[0].tellers[place].key;
        self.teller(place)
            .decryption_key(&view.decryption_key.unwrap(), &public)
            .unwrap()
    }

    pub async fn share(&self, teller: usize, place: usize) -> SharesIn {
        let view = self.app.teller_view(&self.seats[teller]).await.unwrap();
        let election = self.election(place).await;
        let tally = EncryptedTally::parse(
            &election,
            view.boxes[place].encrypted_tally.as_deref().unwrap(),
        )
        .unwrap();
        let owner = self.seats[teller].seat;
        let share =
            Task::new(&election, &tally).share(owner, &self.secret(teller).await, &mut rng());
        SharesIn {
            r#box: self.boxes[place].clone(),
            partial_decryption: serde_json::to_value(&share.partial_decryption).unwrap(),
            strong: serde_json::to_value(&share.strong).unwrap(),
        }
    }

    pub async fn give_share(&self, teller: usize, place: usize) -> Result<()> {
        let share = self.share(teller, place).await;
        self.app.send_shares(&self.seats[teller], &share).await
    }

    pub async fn urn_share(&self, teller: usize) -> UrnSharesIn {
        let view = self.app.urn(&self.seats[teller]).await.unwrap();
        let context = self.urn_context().await;
        assert_eq!(view.context, context.as_str());
        let urn = Urn::new(context, view.entries.iter().map(String::as_str)).unwrap();
        let share = urn.share(
            self.seats[teller].seat,
            self.secret(teller).await.scalar(),
            &mut rng(),
        );
        UrnSharesIn {
            factors: serde_json::to_value(&share.factors).unwrap(),
            proofs: serde_json::to_value(&share.proofs).unwrap(),
        }
    }

    pub async fn urn_context(&self) -> UrnContext {
        let election = self.election(0).await;
        UrnContext::new(self.id.as_str(), election.public_key())
    }

    pub async fn bundle(&self, first: &str, second: &str) -> Vec<String> {
        let context = self.urn_context().await;
        [("p1", first), ("p2", second)]
            .into_iter()
            .map(|(presenter, text)| {
                let opinion = Opinion {
                    presenter: presenter.into(),
                    text: text.into(),
                };
                seal_opinion(&context, &opinion, &mut rng()).unwrap()
            })
            .collect()
    }

    pub async fn archive(&self, place: usize) -> Vec<u8> {
        let mut stream = self
            .app
            .board_archive(&self.boxes[place], Reader::Office)
            .await
            .unwrap();
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await.unwrap() {
            bytes.extend(chunk);
        }
        bytes
    }

    pub async fn state(&self) -> String {
        self.app.appraisal(&self.id).await.unwrap().state
    }

    /// Box A: slips 0–3 good; box B: 0–3 fair; box C: two ballots, below the minimum.
    pub async fn cast_all(&self) {
        for slip in 0..4 {
            self.cast(0, slip, 0).await;
            self.cast(1, slip, 1).await;
        }
        for slip in 0..2 {
            self.cast(2, slip, 2).await;
        }
    }

    pub async fn close(&self) -> AppraisalView {
        self.app.close(&actor(), &self.id).await.unwrap()
    }

    pub async fn report(&self, place: usize) -> pingyi_ballot::verify::Report {
        let archive = self.archive(place).await;
        let proofs = self
            .app
            .board_proofs(&self.boxes[place], Reader::Office)
            .await
            .ok();
        let options = pingyi_ballot::verify::Options::default();
        pingyi_ballot::verify::verify(
            archive.as_slice(),
            proofs.as_deref().map(str::as_bytes),
            &options,
            &|_| (),
        )
    }
}

pub fn marks(election: &Election, grade: usize) -> Vec<Vec<u8>> {
    election
        .questions()
        .iter()
        .map(|question| {
            (0..question.answers.len())
                .map(|answer| u8::from(answer == grade))
                .collect()
        })
        .collect()
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code().to_owned()
}
