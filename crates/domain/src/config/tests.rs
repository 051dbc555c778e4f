use std::collections::BTreeSet;

use pingyi_scoring::Source;

use super::*;
use crate::AppraisalId;

mod grading;

/// A configuration with nothing to put right.
fn sound() -> AppraisalConfig {
    let presenters = (1..=9)
        .map(|number| Presenter {
            code: format!("p{number}").parse().unwrap(),
            title: format!("第{number}园区党委第一书记"),
            unit: String::new(),
            unit_id: None,
        })
        .collect();
    AppraisalConfig {
        presenters,
        ..AppraisalConfig::starting(2018)
    }
}

fn codes_at(config: &AppraisalConfig) -> Vec<(ProblemCode, String)> {
    config
        .problems()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect()
}

#[test]
fn the_example_of_the_contract_is_read() {
    let json = r#"{
        "title":"2018年园区党委书记述职评议", "year":2018,
        "form":{
          "title":"园区党委书记述职测评表",
          "items":[{"code":"overall","label":"总体评价","weight":1}],
          "grades":[{"code":"good","label":"好","value":100,"abstain":false},
                    {"code":"poor","label":"差","value":40,"abstain":false},
                    {"code":"unknown","label":"不了解","value":null,"abstain":true}],
          "opinions":true,"warn_all_equal":false,"max_top":null },
        "categories":[{"code":"A","label":"街道领导班子","weight":40,"expected":20,"minimum":8}],
        "presenters":[{"code":"p1","title":"华南城园区党委第一书记","unit":"华南城园区党委"}],
        "order":"strokes",
        "scheme":{"places":2,"quorum":[2,3],"cuts":[{"label":"好","from":90},{"label":"差","from":"33.3"}]},
        "tellers":{"threshold":2,"names":["监票人","计票人一","计票人二"]},
        "minutes_per_report":10,
        "release":"on_the_spot"
    }"#;
    let config = AppraisalConfig::from_json(json).unwrap();
    assert_eq!(config.problems(), []);
    assert_eq!(config.order, OrderRule::Strokes);
    let again = AppraisalConfig::from_json(&config.canonical_json()).unwrap();
    assert_eq!(again, config);
}

#[test]
fn an_empty_object_is_the_default_form_and_lacks_only_year_and_presenters() {
    let config = AppraisalConfig::from_json("{}").unwrap();
    assert_eq!(config, AppraisalConfig::default());
    let wrong = [
        (ProblemCode::TooLow, "year".to_owned()),
        (ProblemCode::TooFew, "presenters".to_owned()),
    ];
    assert_eq!(codes_at(&config), wrong);
    assert_eq!(sound().problems(), []);
    assert_eq!(sound().question_count(), 54);
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    for (json, path) in [
        (r#"{"titel":"x"}"#, "titel"),
        (
            r#"{"categories":[{"code":"AA","label":"x","weight":1,"expected":9}]}"#,
            "categories[0].code",
        ),
        (
            r#"{"categories":[{"code":"A","label":"x","weight":-1,"expected":9}]}"#,
            "categories[0].weight",
        ),
        (r#"{"scheme":{"quorum":[3,2]}}"#, "scheme.quorum"),
        (r#"{"order":"alphabet"}"#, "order"),
        (
            r#"{"form":{"title":"x","items":[],"grades":[],"colour":1}}"#,
            "form.colour",
        ),
    ] {
        let problem = AppraisalConfig::from_json(json).unwrap_err();
        assert_eq!(
            (problem.code, problem.path.as_str()),
            (ProblemCode::Unreadable, path),
            "{json}"
        );
        assert!(!problem.args["reason"].is_empty());
    }
}

#[test]
fn every_preset_is_sound() {
    for preset in FormPreset::ALL {
        let config = AppraisalConfig {
            form: preset.form(),
            ..sound()
        };
        assert_eq!(config.problems(), [], "{preset:?}");
    }
    let points: Vec<u64> = FormPreset::FiveVirtues
        .form()
        .items
        .iter()
        .filter_map(|item| item.weight.to_u64())
        .collect();
    assert_eq!(points, [20, 15, 15, 30, 20]);
    assert!(FormPreset::Satisfied.form().grades.last().unwrap().abstain);
}

/// One change for each problem code, and the place where it must be found.
type Spoil = (ProblemCode, &'static str, fn(&mut AppraisalConfig));
const SPOILS: &[Spoil] = &[
    (ProblemCode::TextMissing, "title", |config| {
        config.title = "  ".into();
    }),
    (ProblemCode::TextTooLong, "title", |config| {
        config.title = "长".repeat(MAX_TITLE + 1);
    }),
    (ProblemCode::TextControl, "presenters[2].title", |config| {
        config.presenters[2].title = "甲\n乙".into();
    }),
    (ProblemCode::TextControl, "presenters[2].unit", |config| {
        config.presenters[2].unit = "\u{7}".into();
    }),
    (ProblemCode::DuplicateCode, "categories[1].code", |config| {
        config.categories[1].code = config.categories[0].code;
    }),
    (ProblemCode::DuplicateCode, "form.items[5].code", |config| {
        config.form.items[5].code = config.form.items[0].code.clone();
    }),
    (
        ProblemCode::DuplicateLabel,
        "form.grades[1].label",
        |config| config.form.grades[1].label = "好".into(),
    ),
    (ProblemCode::DuplicateLabel, "tellers.names[2]", |config| {
        config.tellers.names[2] = "监票人".into();
    }),
    (ProblemCode::TooFew, "categories", |config| {
        config.categories.clear();
    }),
    (ProblemCode::TooFew, "form.grades", |config| {
        config.form.grades.truncate(2);
        config.form.grades[1].abstain = true;
        config.form.grades[1].value = None;
    }),
    (ProblemCode::TooMany, "presenters", |config| {
        config.form = FormPreset::Overall.form();
        config.presenters = (0..101)
            .map(|number| Presenter {
                code: format!("p{number}").parse().unwrap(),
                title: format!("第{number}位"),
                unit: String::new(),
                unit_id: None,
            })
            .collect();
    }),
    (ProblemCode::WeightsAllZero, "categories", |config| {
        config
            .categories
            .iter_mut()
            .for_each(|category| category.weight = Weight::zero());
    }),
    (ProblemCode::WeightsAllZero, "form.items", |config| {
        config
            .form
            .items
            .iter_mut()
            .for_each(|item| item.weight = Weight::zero());
    }),
    (
        ProblemCode::ValueMissing,
        "form.grades[3].value",
        |config| config.form.grades[3].value = None,
    ),
    (
        ProblemCode::AbstainWithValue,
        "form.grades[3].value",
        |config| config.form.grades[3].abstain = true,
    ),
    (
        ProblemCode::AbstainNotLast,
        "form.grades[0].abstain",
        |config| {
            config.form.grades[0].abstain = true;
            config.form.grades[0].value = None;
        },
    ),
    (
        ProblemCode::ValuesNotDescending,
        "form.grades[1].value",
        |config| {
            config.form.grades[1].value = Some(Value::from(100_u32));
        },
    ),
    (ProblemCode::TooLow, "categories[0].minimum", |config| {
        config.categories[0].minimum = 2;
    }),
    (ProblemCode::TooLow, "tellers.threshold", |config| {
        config.tellers.threshold = 1;
    }),
    (ProblemCode::TooLow, "form.max_top", |config| {
        config.form.max_top = Some(0);
    }),
    (ProblemCode::TooHigh, "tellers.threshold", |config| {
        config.tellers.threshold = 4;
    }),
    (ProblemCode::TooHigh, "categories[4].expected", |config| {
        config.categories[4].expected = 30_001;
    }),
    (ProblemCode::TooHigh, "scheme.places", |config| {
        config.scheme.places = 7;
    }),
    (ProblemCode::TooLow, "minutes_per_report", |config| {
        config.minutes_per_report = 0;
    }),
    (ProblemCode::BallotTooLarge, "presenters", |config| {
        let item = config.form.items[0].clone();
        config.presenters = (0..100)
            .map(|number| Presenter {
                code: format!("p{number}").parse().unwrap(),
                title: format!("第{number}位"),
                unit: String::new(),
                unit_id: None,
            })
            .collect();
        config.form.items = (0..20)
            .map(|number| Item {
                code: format!("i{number}").parse().unwrap(),
                label: format!("第{number}项"),
                ..item.clone()
            })
            .collect();
    }),
    (
        ProblemCode::MinimumAboveExpected,
        "categories[0].minimum",
        |config| config.categories[0].minimum = 10,
    ),
    (
        ProblemCode::CutsNotDescending,
        "scheme.cuts[1].from",
        |config| {
            config.scheme.cuts = vec![cut("好", 90), cut("较好", 90)];
        },
    ),
    (
        ProblemCode::DuplicateUnit,
        "presenters[3].unit_id",
        |config| {
            let unit: UnitId = "aaaaaaaaaaaaaaaa".parse().unwrap();
            config.presenters[1].unit_id = Some(unit.clone());
            config.presenters[3].unit_id = Some(unit);
        },
    ),
    (ProblemCode::CapWithoutSecondGrade, "scheme.cap", |config| {
        config.scheme.cuts = vec![cut("好", 90)];
        config.scheme.cap = Some(Cap::Number(3));
    }),
    (
        ProblemCode::ItemUnknown,
        "scheme.floors[0].item",
        |config| {
            config.scheme.cuts = vec![cut("好", 90), cut("较好", 80)];
            config.scheme.floors = vec![FloorRule::Marks {
                item: Some("nowhere".parse().unwrap()),
                best: 2,
                below: "2/3".parse().unwrap(),
                at_most: "较好".into(),
            }];
        },
    ),
    (
        ProblemCode::GradeUnknown,
        "scheme.floors[0].at_most",
        |config| {
            config.scheme.floors = vec![FloorRule::Points {
                source: Source::Indicators,
                below: Value::from(60_u32),
                at_most: "较好".into(),
            }];
        },
    ),
    (ProblemCode::WeightsAllZero, "scheme.composite", |config| {
        config.scheme.composite.ballot = Weight::zero();
    }),
    (ProblemCode::TooHigh, "scheme.cuts[0].from", |config| {
        config.scheme.cuts = vec![cut("好", 101)];
    }),
    (ProblemCode::TooHigh, "scheme.cap", |config| {
        config.scheme.cuts = vec![cut("好", 90), cut("较好", 80)];
        config.scheme.cap = Some(Cap::Share("4/3".parse().unwrap()));
    }),
];

fn cut(label: &str, from: u32) -> Cut {
    Cut {
        label: label.into(),
        from: Value::from(from),
    }
}

#[test]
fn each_problem_is_found_alone_and_at_its_place() {
    for (code, path, spoil) in SPOILS {
        let mut config = sound();
        spoil(&mut config);
        assert_eq!(
            codes_at(&config),
            [(*code, (*path).to_owned())],
            "{code:?} at {path}"
        );
    }
    let tested: BTreeSet<ProblemCode> = SPOILS.iter().map(|spoil| spoil.0).collect();
    assert_eq!(
        tested.len(),
        21,
        "every code has its case but `unreadable`, a matter of reading, and `unit_unknown`, one of the record"
    );
}

#[test]
fn problems_are_found_all_at_once() {
    let mut config = sound();
    config.title = String::new();
    config.categories[0].minimum = 0;
    config.tellers.threshold = 9;
    assert_eq!(config.problems().len(), 3);
}

#[test]
fn the_name_of_a_code_is_its_serialisation() {
    for (code, ..) in SPOILS {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
}

#[test]
fn questions_run_presenter_by_presenter_and_item_by_item() {
    let config = sound();
    let questions = config.questions();
    assert_eq!(questions.len(), 54);
    for (index, question) in questions.iter().enumerate() {
        let (presenter, item) = config.question_place(index).unwrap();
        assert_eq!(config.question_index(presenter, item), Some(index));
        let text = format!(
            "{} · {}",
            config.presenters[presenter].title, config.form.items[item].label
        );
        assert_eq!(question.question, text);
        assert_eq!(question.answers, ["好", "较好", "一般", "差"]);
    }
    assert_eq!(config.question_place(54), None);
    assert_eq!(config.question_index(9, 0), None);
    assert_eq!(config.question_index(0, 6), None);
    let single = AppraisalConfig {
        form: FormPreset::Overall.form(),
        ..sound()
    };
    assert_eq!(single.questions()[0].question, "第1园区党委第一书记");
}

#[test]
fn equal_configurations_have_one_hash_and_any_change_another() {
    let config = sound();
    let spaced = serde_json::to_string_pretty(&config).unwrap();
    let reread = AppraisalConfig::from_json(&spaced).unwrap();
    assert_eq!(reread.scheme_hash(), config.scheme_hash());
    assert_eq!(config.scheme_hash().len(), 64);
    let mut other = config.clone();
    other.categories[0].weight = "20.1".parse().unwrap();
    assert_ne!(other.scheme_hash(), config.scheme_hash());
    other.categories[0].weight = "20.0".parse().unwrap();
    assert_eq!(other.scheme_hash(), config.scheme_hash());
}

#[test]
fn the_extra_field_has_the_shape_of_the_contract() {
    let config = sound();
    let id: AppraisalId = "abcdefgh23456789".parse().unwrap();
    let extra = PingyiExtra::new(&config, &id, "B".parse().unwrap(), false).unwrap();
    let json = serde_json::to_value(&extra).unwrap();
    assert_eq!(json["appraisal"], "abcdefgh23456789");
    assert_eq!(json["category"], "B");
    assert_eq!(json["presenters"].as_array().unwrap().len(), 9);
    assert_eq!(
        json["grades"],
        serde_json::json!(["good", "fair", "average", "poor"])
    );
    assert_eq!(json["scheme"], config.scheme_hash());
    assert_eq!(json["minimum"], 8);
    assert_eq!(
        json["tellers"],
        serde_json::json!({"threshold": 2, "size": 3})
    );
    assert_eq!(
        PingyiExtra::new(&config, &id, "Z".parse().unwrap(), false),
        None
    );
    assert_eq!(
        config.election_name("B".parse().unwrap()).unwrap(),
        "2018年园区党委书记述职评议 · 街道党群部门"
    );
}

#[test]
fn a_quorum_is_reached_exactly() {
    let quorum = Quorum::TWO_THIRDS;
    assert!(quorum.reached(2, 3) && quorum.reached(67, 100) && quorum.reached(100, 100));
    assert!(!quorum.reached(66, 100));
    assert!(Quorum::new(0, 1).is_err() && Quorum::new(1, 0).is_err() && Quorum::new(1, 1).is_ok());
}

#[test]
fn the_scoring_scheme_follows_the_configuration() {
    let mut config = sound();
    config.form = FormPreset::Satisfied.form();
    let scheme = config.scoring_scheme();
    let values: Vec<_> = scheme
        .grades
        .iter()
        .map(|value| value.as_ref().and_then(Value::to_u64))
        .collect();
    assert_eq!(values, [Some(100), Some(80), Some(40), None]);
    assert_eq!((scheme.items.len(), scheme.categories.len()), (1, 5));
    assert_eq!(scheme.categories[4].minimum, 8);
}

#[test]
fn limits_may_be_reached() {
    let mut config = sound();
    config.title = "长".repeat(MAX_TITLE);
    config.minutes_per_report = MAX_MINUTES;
    config.categories[4].expected = MAX_EXPECTED;
    config.categories[0].minimum = config.categories[0].expected;
    config.tellers.threshold = 3;
    config.scheme.places = MAX_PLACES;
    assert_eq!(config.problems(), []);
}
