//! Composite, cap, ties and floors in a configuration, and configurations of before they were.

use pingyi_scoring::{Floor, GradeRules};

use super::*;

#[test]
fn a_configuration_of_before_reads_and_keeps_its_hash() {
    let json = r#"{"presenters":[{"code":"p1","title":"第一书记","unit":"华南城"}],
        "scheme":{"places":2,"quorum":[2,3],"cuts":[{"label":"好","from":90}]}}"#;
    let config = AppraisalConfig::from_json(json).unwrap();
    assert!(config.scheme.composite.is_ballot_only());
    assert_eq!(config.grade_rules().cuts, [Value::from(90_u32)]);
    let written = config.canonical_json();
    for word in ["unit_id", "composite", "cap", "ties", "floors"] {
        assert!(!written.contains(word), "{word} in {written}");
    }
    assert_eq!(
        AppraisalConfig::from_json(&written).unwrap().scheme_hash(),
        config.scheme_hash()
    );
}

#[test]
fn the_scheme_is_part_of_what_is_sealed() {
    let plain = sound();
    let changes: [fn(&mut AppraisalConfig); 5] = [
        |config| config.scheme.composite.leaders = Weight::one(),
        |config| config.scheme.cap = Some(Cap::Number(3)),
        |config| config.scheme.ties = Ties::AllIn,
        |config| config.scheme.cuts = vec![cut("好", 90)],
        |config| config.presenters[0].unit_id = Some("aaaaaaaaaaaaaaaa".parse().unwrap()),
    ];
    for change in changes {
        let mut other = sound();
        change(&mut other);
        assert_ne!(other.scheme_hash(), plain.scheme_hash());
    }
}

const FULL: &str = r#"{
    "form":{"title":"测评表","items":[{"code":"overall","label":"总体评价"},{"code":"duty","label":"履责"}],
      "grades":[{"code":"good","label":"好","value":100},{"code":"fair","label":"较好","value":80}]},
    "scheme":{"places":2,"quorum":[2,3],
      "cuts":[{"label":"好","from":90},{"label":"较好","from":"80.5"}],
      "composite":{"ballot":60,"indicators":25,"leaders":"15.5","indicators_year":2017},
      "cap":{"share":"1/3"},"ties":"all_in",
      "floors":[{"kind":"marks","item":"duty","best":1,"below":"2/3","at_most":"较好"},
                {"kind":"points","source":"indicators","below":60,"at_most":"较好"}]}}"#;

#[test]
fn the_whole_scheme_is_read_written_and_handed_to_the_arithmetic() {
    let config = AppraisalConfig::from_json(FULL).unwrap();
    let again = AppraisalConfig::from_json(&config.canonical_json()).unwrap();
    assert_eq!(again, config);
    let exact = |text: &str| text.parse::<Value>().unwrap();
    assert_eq!(
        config.grade_rules(),
        GradeRules {
            cuts: vec![exact("90"), exact("80.5")],
            cap: Some(Cap::Share(exact("1/3"))),
            ties: Ties::AllIn,
            floors: vec![
                Floor::Marks {
                    item: Some(1),
                    best: 1,
                    below: exact("2/3"),
                    at_most: 1,
                },
                Floor::Points {
                    source: Source::Indicators,
                    below: exact("60"),
                    at_most: 1,
                },
            ],
        }
    );
    assert_eq!(config.method().composite.leaders, exact("15.5"));
    assert!(config.grade_rules().check(&config.scoring_scheme()).is_ok());
    let misspelt = FULL.replace("\"below\":60", "\"beneath\":60");
    assert!(AppraisalConfig::from_json(&misspelt).is_err());
}
