use serde_json::{Map, json};

use super::{Election, ElectionBuilder, Question};
use crate::error::BallotError;
use crate::group::Point;

fn builder() -> ElectionBuilder {
    let answers = ["好", "较好", "一般", "差"].map(str::to_owned).to_vec();
    let mut extra = Map::new();
    extra.insert(
        "x_pingyi".to_owned(),
        json!({"category": "A", "minimum": 8}),
    );
    ElectionBuilder {
        description: "测评表 \"2018\"\n".to_owned(),
        name: "述职评议 · A票".to_owned(),
        public_key: Point::generator(),
        questions: vec![
            Question::one_of("甲", answers.clone()),
            Question {
                blank: true,
                min: 0,
                max: 2,
                question: "乙".to_owned(),
                answers,
            },
        ],
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: Some("Pingyi".to_owned()),
        credential_authority: None,
        extra,
    }
}

#[test]
fn fields_stand_in_the_order_of_the_format() {
    let election = builder().build().unwrap();
    let expected = concat!(
        r#"{"version":1,"description":"测评表 \"2018\"\n","name":"述职评议 · A票","group":"Ed25519","#,
        r#""public_key":"6666666666666666666666666666666666666666666666666666666666666658","#,
        r#""questions":[{"answers":["好","较好","一般","差"],"min":1,"max":1,"question":"甲"},"#,
        r#"{"answers":["好","较好","一般","差"],"blank":true,"min":0,"max":2,"question":"乙"}],"#,
        r#""uuid":"eu7vLfTG49KXk9","administrator":"Pingyi","#,
        r#""x_pingyi":{"category":"A","minimum":8}}"#,
    );
    assert_eq!(election.json(), expected);
    assert_eq!(election.extra("x_pingyi").unwrap()["category"], "A");
    assert_eq!(election.administrator(), Some("Pingyi"));
    assert_eq!(election.credential_authority(), None);
}

#[test]
fn bytes_are_kept_and_fingerprinted_as_they_are() {
    let compact = builder().build().unwrap();
    let spaced = compact
        .json()
        .replace("\"min\":1", "\"min\" : 1,\"blank\":false");
    let election = Election::parse(&spaced).unwrap();
    assert_eq!(election.json(), spaced);
    assert_eq!(election.questions(), compact.questions());
    assert_ne!(election.fingerprint(), compact.fingerprint());
    assert_eq!(election.fingerprint().len(), 43);
}

fn refused(from: &str, to: &str) -> BallotError {
    let json = builder().build().unwrap().json().replacen(from, to, 1);
    Election::parse(&json).unwrap_err()
}

#[test]
fn each_fault_has_its_error() {
    assert_eq!(
        refused("\"version\":1", "\"version\":2"),
        BallotError::ElectionVersion(2)
    );
    assert_eq!(
        refused("\"Ed25519\"", "\"BELENIOS-2048\""),
        BallotError::ElectionGroup("BELENIOS-2048".to_owned())
    );
    assert_eq!(
        refused("\"min\":1", "\"min\":2"),
        BallotError::QuestionBounds(0)
    );
    assert_eq!(
        refused("\"max\":2", "\"max\":1001"),
        BallotError::QuestionTooLarge(1)
    );
    assert_eq!(
        refused(
            "[\"好\",\"较好\",\"一般\",\"差\"],\"blank\"",
            "[],\"blank\""
        ),
        BallotError::QuestionBounds(1)
    );
    for (from, to) in [
        ("{\"version\"", "{\"version\":1,\"version\""),
        ("\"version\":1,", ""),
        ("6658", "6657"),
        ("6658", "66580"),
        ("eu7vLfTG49KXk9", "eu7vLfTG49KXk"),
        ("\"min\":1", "\"min\":-1"),
        ("\"min\":1", "\"min\":1,\"type\":\"NonHomomorphic\""),
        ("}]", "}"),
    ] {
        assert!(
            matches!(refused(from, to), BallotError::ElectionMalformed(_)),
            "{to}"
        );
    }
    let huge = " ".repeat(super::MAX_ELECTION_BYTES + 1);
    assert_eq!(Election::parse(&huge), Err(BallotError::ElectionTooLarge));
    let mut many = builder();
    many.questions = vec![Question::one_of("q", vec!["a".to_owned()]); super::MAX_QUESTIONS + 1];
    assert_eq!(many.build(), Err(BallotError::ElectionTooLarge));
    let mut wide = builder();
    wide.questions[0].answers = vec!["a".to_owned(); 1001];
    assert_eq!(wide.build(), Err(BallotError::QuestionTooLarge(0)));
    let mut reserved = builder();
    reserved
        .extra
        .insert("uuid".to_owned(), json!("eu7vLfTG49KXk9"));
    assert!(matches!(
        reserved.build(),
        Err(BallotError::ElectionMalformed(_))
    ));
}

#[test]
fn what_a_question_admits() {
    let one = &builder().questions[0];
    let blank = &builder().questions[1];
    assert!(one.admits(&[0, 1, 0, 0]));
    for marks in [
        &[0_u8, 0, 0, 0][..],
        &[1, 1, 0, 0],
        &[2, 0, 0, 0],
        &[1, 0, 0],
        &[0, 1, 0, 0, 0],
    ] {
        assert!(!one.admits(marks), "{marks:?}");
    }
    for marks in [[1_u8, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 1, 0, 0, 1]] {
        assert!(blank.admits(&marks), "{marks:?}");
    }
    for marks in [[1_u8, 1, 0, 0, 0], [0, 1, 1, 1, 0], [0, 2, 0, 0, 0]] {
        assert!(!blank.admits(&marks), "{marks:?}");
    }
}
