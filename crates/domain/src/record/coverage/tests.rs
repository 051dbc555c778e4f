use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn spell(from: &str, until: &str) -> Spell {
    Spell {
        from_on: day(from),
        until_on: (!until.is_empty()).then(|| day(until)),
    }
}

/// One firm on 2018-12-15, opened 2016: operating, struck, own, organised, worked.
fn counted(opened: &str, strikes: &[Spell], covers: &[(CoverKind, Spell)]) -> [i64; 5] {
    let on = day("2018-12-15");
    let standing = Standing::on(on, day(opened), strikes.iter().copied(), covers);
    let mut cover = Cover::default();
    cover.count(standing, 1);
    [
        cover.operating,
        cover.struck,
        cover.own,
        cover.organised,
        cover.worked,
    ]
}

/// What it is, what covers it, and what it is counted as.
type Case = (&'static str, Vec<(CoverKind, Spell)>, [i64; 5]);

#[test]
fn a_firm_counts_once_whatever_covers_it() {
    use CoverKind::{Instructor, Joint, Liaison, Own, Union, Youth};
    let since = || spell("2017-01-01", "");
    let table: [Case; 9] = [
        ("nothing", vec![], [1, 0, 0, 0, 0]),
        ("own", vec![(Own, since())], [1, 0, 1, 1, 1]),
        ("joint", vec![(Joint, since())], [1, 0, 0, 1, 1]),
        (
            "own and joint",
            vec![(Own, since()), (Joint, since())],
            [1, 0, 1, 1, 1],
        ),
        (
            "own and union",
            vec![(Own, since()), (Union, since())],
            [1, 0, 1, 1, 1],
        ),
        ("instructor", vec![(Instructor, since())], [1, 0, 0, 0, 1]),
        (
            "all four of work",
            vec![
                (Instructor, since()),
                (Liaison, since()),
                (Union, since()),
                (Youth, since()),
            ],
            [1, 0, 0, 0, 1],
        ),
        (
            "ended on the day",
            vec![(Own, spell("2017-01-01", "2018-12-15"))],
            [1, 0, 0, 0, 0],
        ),
        (
            "begun on the day",
            vec![(Own, spell("2018-12-15", ""))],
            [1, 0, 1, 1, 1],
        ),
    ];
    for (what, covers, expected) in table {
        assert_eq!(counted("2016-01-01", &[], &covers), expected, "{what}");
    }
}

#[test]
fn a_struck_out_firm_is_in_no_rate() {
    let own = [(CoverKind::Own, spell("2017-01-01", ""))];
    let struck = |from, until| [spell(from, until)];
    assert_eq!(
        counted("2016-01-01", &struck("2018-01-01", ""), &own),
        [0, 1, 0, 0, 0]
    );
    // Ended on the day: it counts again, with what covers it.
    assert_eq!(
        counted("2016-01-01", &struck("2018-01-01", "2018-12-15"), &own),
        [1, 0, 1, 1, 1]
    );
    assert_eq!(
        counted("2016-01-01", &struck("2018-01-01", "2018-12-16"), &own),
        [0, 1, 0, 0, 0]
    );
    // Not there yet: neither operating nor struck.
    assert_eq!(
        counted("2018-12-16", &struck("2018-01-01", ""), &own),
        [0; 5]
    );
    assert_eq!(counted("2018-12-15", &[], &own), [1, 0, 1, 1, 1]);
}

#[test]
fn rates_have_both_their_numbers() {
    let mut cover = Cover::default();
    assert_eq!(cover.organisation_rate().to_string(), "—");
    let open = Standing {
        opened: true,
        ..Standing::default()
    };
    cover.count(
        Standing {
            own: true,
            joint: true,
            work: true,
            ..open
        },
        2,
    );
    cover.count(
        Standing {
            joint: true,
            ..open
        },
        3,
    );
    cover.count(Standing { work: true, ..open }, 1);
    cover.count(open, 2);
    cover.count(
        Standing {
            struck: true,
            own: true,
            ..open
        },
        5,
    );
    let mut twice = cover;
    twice.add(cover);
    assert_eq!((twice.operating, twice.struck), (16, 10));
    let rates = [
        cover.organisation_rate(),
        cover.own_rate(),
        cover.work_rate(),
    ];
    assert_eq!(
        rates.map(|rate| (rate.part, rate.whole)),
        [(5, 8), (2, 8), (6, 8)]
    );
    assert_eq!(
        rates.map(|rate| rate.to_string()),
        ["62.5%", "25.0%", "75.0%"]
    );
}

fn rules<T>(read: Result<T, Vec<FieldProblem>>) -> Vec<String> {
    let problems = read.err().unwrap_or_default();
    problems
        .into_iter()
        .map(|p| format!("{} {}", p.field, p.rule))
        .collect()
}

#[test]
fn the_forms_say_all_that_is_wrong() {
    let today = day("2018-12-15");
    let cover = |kind: &str| CoverageDraft {
        firm: "f".repeat(16),
        kind: kind.into(),
        from_on: "2017-01-01".into(),
        ..CoverageDraft::default()
    };
    let none: [&str; 0] = [];
    assert_eq!(rules(cover("union").read(today)), none);
    assert_eq!(rules(cover("own").read(today)), ["unit missing"]);
    assert_eq!(rules(cover("instructor").read(today)), ["post missing"]);
    let odd = CoverageDraft {
        unit: "u".repeat(16),
        post: "p".repeat(16),
        until_on: "2018-12-16".into(),
        ..cover("youth")
    };
    assert_eq!(
        rules(odd.read(today)),
        ["unit cover_unit", "post cover_post", "until_on date_future"]
    );
    let joint = CoverageDraft {
        unit: "u".repeat(16),
        ..cover("joint")
    };
    assert_eq!(rules(joint.read(today)), none);
    let strike = StrikeDraft {
        firm: "f".repeat(16),
        from_on: "2018-12-16".into(),
        ..StrikeDraft::default()
    };
    assert_eq!(
        rules(strike.read(today)),
        ["reason missing", "from_on date_future"]
    );
}

#[test]
fn the_same_cover_does_not_stand_twice() {
    let cover = |kind, unit: char, from, until| Coverage {
        firm: "f".repeat(16).parse().unwrap(),
        kind,
        unit: Some(unit.to_string().repeat(16).parse().unwrap()),
        post: None,
        spell: spell(from, until),
        note: String::new(),
    };
    let joint = cover(CoverKind::Joint, 'a', "2017-01-01", "2018-01-01");
    assert!(joint.repeats(&cover(CoverKind::Joint, 'a', "2017-12-31", "")));
    assert!(!joint.repeats(&cover(CoverKind::Joint, 'a', "2018-01-01", "")));
    assert!(!joint.repeats(&cover(CoverKind::Joint, 'b', "2017-12-31", "")));
    assert!(!joint.repeats(&cover(CoverKind::Own, 'a', "2017-12-31", "")));
}
