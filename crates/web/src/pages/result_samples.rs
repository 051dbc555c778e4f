//! A sample result, given as the JSON of contract §3.7, so that the way from the application's view to the page is
//! sampled too.

use pingyi_app::ResultView;
use serde_json::{Value, json};

use super::result::ResultPage;
use super::sample::{Sample, chrome_in};
use super::{appraisal_samples, build_result};
use crate::lang::Lang;

fn score(hundredths: u64) -> Value {
    json!({
        "fraction": format!("{hundredths}/100"),
        "decimal": format!("{}.{:02}0000", hundredths / 100, hundredths % 100),
        "shown": format!("{}.{:02}", hundredths / 100, hundredths % 100),
    })
}

fn text(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Counts of one category for the presenter at `place`: fewer top marks further down.
fn counts(place: u64, ballots: u64, items: u64) -> Value {
    let row = |item: u64| {
        let low = (place + item) % 3;
        let middle = (place * 2 + item) % 9 + 2;
        let unknown = u64::from((place + item).is_multiple_of(4));
        json!([ballots - middle - low - unknown, middle, low, 0, unknown])
    };
    (0..items).map(row).collect()
}

fn table(lang: Lang, place: u64, title: &str, items: &[&str], first_alone: bool) -> Value {
    let total = 9_721 - place * 173 - u64::from(first_alone && place > 0) * 150;
    let count = u64::try_from(items.len()).unwrap_or(1);
    let category = |(code, label, weight, ballots): (&str, &str, &str, u64)| {
        json!({
            "code": code, "label": label, "weight": weight, "counts_in_score": true,
            "counts": counts(place, ballots, count),
            "item_means": items.iter().map(|_| score(total)).collect::<Vec<_>>(), "mean": score(total + 30),
        })
    };
    let (from, to) = if first_alone && place == 0 {
        (1, 1)
    } else {
        (place.max(2) - u64::from(!first_alone), (place + 3).min(9))
    };
    json!({
        "code": format!("p{}", place + 1), "title": title, "unit": title, "score": score(total),
        "rank": {"from": from, "to": to, "rank": place + 1, "group": if first_alone { place.min(1) + 1 } else { place / 3 + 1 }},
        "proposed": text(lang, if place < 3 { "好" } else { "较好" }, if place < 3 { "Good" } else { "Fairly good" }),
        "categories": [
            category(("A", text(lang, "街道领导班子", "Leading group"), "40", 19)),
            category(("B", text(lang, "部门、园区和社区党组织", "Departments, parks and communities"), "30", 49)),
            category(("C", text(lang, "两代表一委员和支部", "Representatives and branches"), "30", 29)),
        ],
        "working": [
            {"step": "item_mean", "category": "A", "item": "overall", "numerator": "680", "denominator": "7", "value": score(9_714),
             "terms": [{"code": "good", "label": text(lang, "好", "Good"), "weight": "6", "value": "100"},
                       {"code": "fair", "label": text(lang, "较好", "Fairly good"), "weight": "1", "value": "80"}]},
            {"step": "ballot_score", "category": null, "item": null, "numerator": "9369", "denominator": "100", "value": score(total),
             "terms": [{"code": "A", "label": "A", "weight": "40", "value": "680/7"}, {"code": "B", "label": "B", "weight": "30", "value": "92"}]},
        ],
    })
}

fn view(lang: Lang, items: &[&str], first_alone: bool) -> Result<ResultView, serde_json::Error> {
    let item = |(place, label): (usize, &&str)| {
        let code = if place == 0 {
            "overall".to_owned()
        } else {
            format!("i{place}")
        };
        json!({"code": code, "label": label, "weight": "1"})
    };
    let names = [
        ("good", "好", "Good", Some("100")),
        ("fair", "较好", "Fairly good", Some("80")),
        ("plain", "一般", "Average", Some("60")),
        ("poor", "差", "Poor", Some("40")),
        ("unknown", "不了解", "Don't know", None),
    ];
    let grades = names.map(
        |(code, zh, en, value)| json!({"code": code, "label": text(lang, zh, en), "value": value}),
    );
    let tables = (0..)
        .zip(appraisal_samples::presenters(lang))
        .map(|(place, title)| table(lang, place, &title, items, first_alone));
    let verified = |uuid: &str, category: &str| {
        json!({"box": uuid, "category": category, "status": "valid", "head": format!("42 {}", "5f2c9a17".repeat(8)), "findings": [],
               "checks": [{"code": "ballot_proofs", "count": 972}, {"code": "chain", "count": 54}]})
    };
    serde_json::from_value(json!({
        "title": appraisal_samples::title(lang), "places": 2, "items": items.iter().enumerate().map(item).collect::<Vec<_>>(),
        "grades": grades, "tables": tables.collect::<Vec<_>>(),
        "statements": [{"code": "category_skipped", "category": "C", "presenter": null, "args": {"weight": "30", "ballots": "5", "minimum": "8"}},
            {"code": "redistributed", "category": null, "presenter": null, "args": {"parts": "A 4/7, B 3/7"}}],
        "ranking": {"method": "resampling", "resamplings": 2000, "seed": "5f2c", "level": 95},
        "verification": [verified("4TAPAp81i55xTi", "A"), verified("9qKUkP3cVvZr7d", "B"), verified("Fh2mXw6sYbN8Ge", "C")],
        "trail": {"seq": 1_284, "hash": "c04e77b1".repeat(8)},
        "reconciliation": {"entitled": 20, "present": 19, "quorum": "reached", "lines": [{
            "category": "A", "counted": {"entitled": 20, "present": 19, "issued_phone": 19, "spare_destroyed": 5},
            "board": {"roll": 25, "roll_paper": 0, "ballots": 19, "from_paper": 0}, "issued": 19, "returned": 19, "valid": 19, "void": 0,
            "abstained": 0, "mismatches": []}]},
    }))
}

/// One item and six, announced and not.
pub(super) fn pages(lang: Lang) -> Vec<Sample> {
    let overall = text(lang, "总体评价", "Overall");
    let six = match lang {
        Lang::Zh => [
            overall,
            "对抓基层党建工作的认识熟悉程度",
            "履行抓基层党建工作责任情况",
            "推动重点任务落实情况及成效",
            "查摆抓基层党建工作中存在问题",
            "下一步抓好基层党建工作的思路措施",
        ],
        Lang::En => [
            overall,
            "Grasp of the work",
            "Duties fulfilled",
            "Key tasks and effect",
            "Problems found",
            "Next steps",
        ],
    };
    let page = |name, items: &[&str], first_alone, preview| {
        let mut c = chrome_in(lang, "result-title", "/appraisals/a1/result", &["office"]);
        c.events = Some("/api/appraisals/a1/events".to_owned());
        let standing = build_result::Standing {
            preview,
            office: preview,
        };
        let html = view(lang, items, first_alone)
            .map_err(|error| askama::Error::Custom(Box::new(error)))
            .and_then(|view| {
                askama::Template::render(&ResultPage {
                    c,
                    r: build_result::result(lang, "a1", standing, &view),
                })
            });
        Sample::new(name, html)
    };
    vec![
        page("result-one-item", &[overall], true, true),
        page("result-six-items", &six, false, false),
    ]
}
