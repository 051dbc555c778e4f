//! Commands beside a running server, and the check of a challenged phone.

#![allow(clippy::unwrap_used)]

mod common;

use common::{House, PASSWORD, run};
use pingyi_ballot::ballot::seal;
use pingyi_ballot::challenge::ChallengeFile;
use pingyi_ballot::credential::Credential;
use pingyi_ballot::election::{Election, ElectionBuilder, Question};
use pingyi_ballot::group::{Point, Scalar};
use pingyi_testkit::client::wire::token;
use pingyi_testkit::client::{Issuer, Organiser, Step, Teller};
use pingyi_testkit::secrets::Secrets;

#[tokio::test(flavor = "multi_thread")]
async fn the_code_on_the_console_is_good_after_a_command_beside_the_server() {
    let house = House::new();
    let data = house.data();
    let backup = house.place().join("empty.backup");
    let (code, text) = run(&[
        "backup",
        "--data",
        data.to_str().unwrap(),
        backup.to_str().unwrap(),
    ]);
    assert_eq!(code, 0, "{text}");
    house.organiser().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_added_at_the_machine() {
    let house = House::new();
    house.organiser().await;
    let data = house.data();
    let add = ["admin", "--data", data.to_str().unwrap(), "add-admin"];
    let (code, text) = run(&[&add[..], &["second"]].concat());
    assert_eq!(code, 0, "{text}");
    let password = text.split("second: ").nth(1).unwrap();
    let password = password.split(' ').next().unwrap();
    let second = Organiser::sign_in(&house.http(), "second", password)
        .await
        .unwrap();
    second
        .add_user("third", "第三位", &["auditor"], PASSWORD)
        .await
        .unwrap();
    // The same once more, and no login at all.
    assert_eq!(run(&[&add[..], &["second"]].concat()).0, 2);
    assert_eq!(run(&[&add[..], &[""]].concat()).0, 2);
    assert_eq!(run(&add).0, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn slips_made_at_the_command_line_are_on_the_server_s_roll() {
    let house = House::new();
    let organiser = house.organiser().await;
    let config = common::setting(8, 1).config();
    let id = organiser.create(&config).await.unwrap();
    let links = organiser.links(&id).await.unwrap();
    let secrets = Secrets::new([5; 32]);
    let mut tellers: Vec<Teller> = links
        .tellers
        .iter()
        .map(|link| Teller::new(&house.http(), token(&link.url).unwrap(), secrets.stream()))
        .collect();
    let mut done = 0;
    while done < tellers.len() {
        done = 0;
        for teller in &mut tellers {
            done += usize::from(teller.step().await.unwrap() == Step::Done);
        }
    }
    let link = links.issuer.unwrap();
    let uuid = organiser.view(&id).await.unwrap().boxes[0].uuid.clone();
    let url = house.url();
    let issue = |out: &str, link: &str| {
        let out = house.place().join(out);
        let counts = ["--phone", "5", "--paper", "2", "--spare", "1"];
        let place = ["--base-url", &url, "--out", out.to_str().unwrap()];
        let head = ["issue", "--uuid", &uuid, "--link", link];
        run(&[&head[..], &counts, &place].concat())
    };
    // A link that is not whole, and one that is not the issuer's: nothing reaches the roll.
    assert_eq!(issue("no-token", &format!("{url}/issue")).0, 2);
    assert_eq!(issue("no-place", &format!("{url}/#abc")).0, 2);
    let (code, text) = issue("stranger", &format!("{url}/issue#{}", "A".repeat(32)));
    assert_eq!(code, 2, "{text}");
    let issuer = Issuer::new(&house.http(), token(&link).unwrap());
    let registered = async || {
        let view = issuer.boxes().await.unwrap();
        view.boxes
            .iter()
            .find(|one| one.uuid == uuid)
            .unwrap()
            .registered
    };
    assert_eq!(registered().await, 0);

    let (code, text) = issue("slips", &link);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("The server has the roll: 8 credentials"),
        "{text}"
    );
    assert!(!text.contains(token(&link).unwrap()), "{text}");
    assert_eq!(registered().await, 8);
    let paper = house.place().join(format!("slips/{uuid}.paper.json"));
    let paper: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(paper).unwrap()).unwrap();
    assert_eq!(paper["credentials"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_simulated_on_a_server_that_runs_with_every_option() {
    let house = House::new();
    house.organiser().await;
    let out = house.place().join("boards");
    let simulate = |password: &str| {
        let arguments = [
            "simulate",
            "--url",
            &house.url(),
            "--login",
            "organiser",
            "--password",
            password,
            "--raters",
            "10",
            "--presenters",
            "2",
            "--items",
            "2",
            "--categories",
            "A:40,B:30:4,C:30:3",
            "--abstention",
            "--tellers",
            "4",
            "--threshold",
            "3",
            "--seed",
            "9",
            "--pace",
            "5",
            "--at-once",
            "2",
            "--presealed",
            "--plain",
            "--json",
            "--out",
            out.to_str().unwrap(),
        ];
        run(&arguments)
    };
    let (code, text) = simulate("not the password");
    assert_eq!(code, 2, "{text}");
    let (code, text) = simulate(PASSWORD);
    assert_eq!(code, 0, "{text}");
    let figures: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(figures["casting"]["ballots"], 10, "{text}");
    assert_eq!(figures["casting"]["at_once"], 2, "{text}");
    assert_eq!(figures["casting"]["presealed"], true, "{text}");
    assert_eq!(figures["opening"]["tellers"], 3, "{text}");
    let boards: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "bel"))
        .collect();
    assert_eq!(boards.len(), 3);
    let (code, text) = common::verify(&[], &boards);
    assert_eq!(code, 0, "{text}");
}

fn spoiled() -> (Election, ChallengeFile) {
    let mut rng = Secrets::new([6; 32]).stream();
    let answers = ["好", "较好", "一般", "差"].map(str::to_owned).to_vec();
    let election = ElectionBuilder {
        description: String::new(),
        name: "述职评议".to_owned(),
        public_key: Point::base_mul(&Scalar::random(&mut rng)),
        questions: ["甲", "乙"]
            .map(|name| Question::one_of(name, answers.clone()))
            .to_vec(),
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap();
    let credential = Credential::generate(&mut rng);
    let marks = [vec![0, 1, 0, 0], vec![0, 0, 0, 1]];
    let sealed = seal(&election, &credential, &marks, &mut rng).unwrap();
    let file = ChallengeFile::new(&election, &sealed, &credential.public(election.uuid()));
    (election, file)
}

#[test]
fn a_challenged_phone_is_checked_without_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("challenge.json");
    let check = |file: &ChallengeFile, more: &[&str]| {
        std::fs::write(&path, serde_json::to_string(file).unwrap()).unwrap();
        let command = ["verify", "--challenge", path.to_str().unwrap()];
        run(&[&command[..], more].concat())
    };
    let (_, file) = spoiled();
    let ballot: serde_json::Value = serde_json::from_str(&file.ballot).unwrap();
    // What stood on the phone before the rater chose.
    let shown = ballot["signature"]["hash"].as_str().unwrap();
    let (code, text) = check(&file, &[]);
    assert_eq!(code, 0, "{text}");
    for part in ["甲: 较好", "乙: 差", shown] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    let (code, text) = check(&file, &["--lang", "zh-CN"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains(&format!("核对码：{shown}")), "{text}");
    let (code, text) = check(&file, &["--json"]);
    assert_eq!(code, 0, "{text}");
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["code"], shown);
    assert_eq!(
        told["choices"],
        serde_json::json!([[0, 1, 0, 0], [0, 0, 0, 1]])
    );

    // Randomness of another cell: the phone lies.
    let mut lie = file.clone();
    lie.opening.randomness[0].swap(0, 1);
    let (code, text) = check(&lie, &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("not to be trusted"), "{text}");
    std::fs::write(&path, "{}").unwrap();
    let (code, text) = run(&["verify", "--challenge", path.to_str().unwrap()]);
    assert_eq!(code, 2, "{text}");
    assert_eq!(run(&["verify", "--challenge", "/nowhere/file"]).0, 2);
}
