//! Made-up matters in every state, with the moves that led there.

use pingyi_app::record::Date;

use super::book::{Book, morning, row};
use super::firms::Firm;
use super::units::{PARKS, Tree};
use super::words::{PROBLEMS, RECTIFICATIONS, TASKS};

pub(super) fn fill(book: &mut Book, tree: &Tree, firms: &[Firm], count: i64) {
    let parks: Vec<i64> = PARKS.iter().map(|park| 8 + park.3 / 2).collect();
    for _ in 0..count {
        let park = book.weighted(&parks);
        matter(book, tree, park, firms);
    }
}

struct Draft {
    list: &'static str,
    title: String,
    measures: &'static str,
    origin: &'static str,
    firm: Option<String>,
    quantity: Option<i64>,
    measure: &'static str,
}

fn draft(book: &mut Book, park: usize, firms: &[Firm]) -> Draft {
    let short = PARKS[park].1;
    let kind = book.below(100);
    if kind < 60 {
        let (what, measures) = book.one_of(PROBLEMS);
        let origin = book.one_of(&["joint_meeting", "visit", "firm"]);
        let own: Vec<&Firm> = firms.iter().filter(|firm| firm.park == park).collect();
        let firm = (origin == "firm" && !own.is_empty()).then(|| book.one_of(&own));
        let title = match firm {
            Some(firm) => format!("{}反映{what}", firm.name),
            None => format!("{short}{what}"),
        };
        return Draft {
            list: "problem",
            title,
            measures,
            origin,
            firm: firm.map(|firm| firm.id.clone()),
            quantity: None,
            measure: "",
        };
    }
    if kind < 78 {
        let (what, measure) = book.one_of(TASKS);
        let quantity = book.between(2, 60);
        return Draft {
            list: "key_task",
            title: format!("{short}{what}{quantity}{measure}"),
            measures: "按季度推进，月末报进度",
            origin: "superior",
            firm: None,
            quantity: Some(quantity * 1000),
            measure,
        };
    }
    let (what, measures) = book.one_of(RECTIFICATIONS);
    Draft {
        list: "rectification",
        title: format!("{short}{what}"),
        measures,
        origin: "appraisal",
        firm: None,
        quantity: None,
        measure: "",
    }
}

fn matter(book: &mut Book, tree: &Tree, park: usize, firms: &[Firm]) {
    let draft = draft(book, park, firms);
    let raised = book.day_in(book.years);
    let days = book.between(30, 120);
    let due = raised.plus_days(days).unwrap_or(raised);
    let id = book.id();
    let state = fate(book, raised, due);
    let reported = matches!(state, "reported" | "closed" | "sent_back").then(|| {
        let early = book.between(-25, 6);
        let day = due.plus_days(early).unwrap_or(due).max(raised);
        day.min(book.today)
    });
    let closed = reported
        .filter(|_| state == "closed")
        .map(|day| book.later(day, 4));
    let (recorder, office) = (book.hands.recorder.clone(), book.hands.office.clone());
    let unit = tree.parks[park].clone();
    let assigned = state != "raised";
    let first = format!("{}第一书记", PARKS[park].1);
    let responsible = if assigned { first } else { String::new() };
    book.put(
        "matters",
        row![
            id.as_str(),
            1,
            draft.list,
            draft.title.as_str(),
            draft.origin,
            None::<&str>,
            draft.firm,
            unit.as_str(),
            responsible.as_str(),
            draft.measures,
            raised.to_string(),
            assigned.then(|| due.to_string()),
            draft.quantity,
            draft.measure,
            state,
            reported.map(|_| recorder),
            reported.map(|day| day.to_string()),
            closed.map(|_| office),
            closed.map(|day| day.to_string()),
            1,
            ""
        ],
    );
    book.index(
        "matter",
        &id,
        &unit,
        &draft.title,
        &format!("{responsible} {}", draft.measures),
    );
    moves(book, &id, state, [Some(raised), reported, closed]);
    if let Some(quantity) = draft.quantity.filter(|_| assigned) {
        progress(book, &id, quantity, raised, closed.or(reported));
    }
}

/// What became of it: nearly all that are long due are closed, a few hang.
fn fate(book: &mut Book, raised: Date, due: Date) -> &'static str {
    let ago = book.today.days() - due.days();
    let roll = book.below(100);
    if book.today.days() - raised.days() < 10 {
        return if roll < 60 { "raised" } else { "assigned" };
    }
    match ago {
        31.. => {
            ["closed", "closed", "assigned", "sent_back", "reported"][step(roll, &[80, 94, 97, 98])]
        }
        0..31 => ["closed", "reported", "assigned", "sent_back", "closed"]
            [step(roll, &[60, 75, 92, 100])],
        _ => ["assigned", "reported", "closed", "sent_back", "assigned"]
            [step(roll, &[70, 80, 95, 100])],
    }
}

/// How many of the bounds the number has reached.
fn step(number: i64, bounds: &[i64; 4]) -> usize {
    bounds.iter().filter(|bound| number >= **bound).count()
}

fn moves(book: &mut Book, id: &str, state: &str, days: [Option<Date>; 3]) {
    let (recorder, office) = (book.hands.recorder.clone(), book.hands.office.clone());
    let [raised, reported, closed] = days;
    let end = match state {
        "closed" => ("close", closed),
        "sent_back" => ("send_back", reported.map(|day| book.later(day, 2))),
        _ => ("", None),
    };
    let assigned = raised
        .filter(|_| state != "raised")
        .map(|day| book.later(day, 2));
    let steps = [
        ("assign", "assigned", &office, assigned, ""),
        (
            "report",
            "reported",
            &recorder,
            reported,
            "已按措施办结，见照片。样例记录。",
        ),
        (
            end.0,
            state,
            &office,
            end.1,
            if state == "sent_back" {
                "佐证不足，请补充"
            } else {
                ""
            },
        ),
    ];
    let mut seq = 0;
    let mut last = 0;
    for (what, state, actor, day, text) in steps {
        let Some(day) = day else { continue };
        seq += 1;
        last = morning(day).max(last + 1);
        book.put(
            "matter_moves",
            row![id, seq, last, actor.as_str(), what, state, text],
        );
    }
}

/// Progress month by month; a task reported done has all of it.
fn progress(book: &mut Book, id: &str, quantity: i64, raised: Date, done: Option<Date>) {
    let end = done.unwrap_or(book.today);
    let mut day = raised;
    let mut sum = 0;
    while let Some(next) = day.plus_days(30).filter(|next| *next < end) {
        day = next;
        sum = (sum + quantity * book.between(5, 25) / 100_000 * 1000).min(quantity);
        book.put("matter_progress", row![id, day.to_string(), sum, ""]);
    }
    if done.is_some() {
        book.put("matter_progress", row![id, end.to_string(), quantity, ""]);
    }
}
