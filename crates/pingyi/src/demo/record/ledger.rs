//! Made-up entries of the two years: joint meetings quarter by quarter with a few missing, the rest by weight.

use pingyi_app::record::{Date, Period, Quarter};

use super::book::{Book, morning, row};
use super::firms::Firm;
use super::units::{PARKS, Tree};
use super::words::{ENTRIES, Sort};

/// What the ledger of a park draws from.
struct Ground<'a> {
    tree: &'a Tree,
    firms: Vec<Vec<&'a Firm>>,
}

pub(super) fn fill(book: &mut Book, tree: &Tree, firms: &[Firm], count: i64) {
    let mut ground = Ground {
        tree,
        firms: vec![Vec::new(); PARKS.len()],
    };
    for firm in firms {
        ground.firms[firm.park].push(firm);
    }
    let mut left = count;
    let quarters: Vec<Quarter> = book.years.quarters().collect();
    for park in 0..PARKS.len() {
        for quarter in &quarters {
            if left > 0 && meeting(book, &ground, park, *quarter) {
                left -= 1;
            }
        }
    }
    let sorts: Vec<i64> = ENTRIES.iter().map(|sort| sort.2).collect();
    // The big parks do more, but no park does nothing.
    let parks: Vec<i64> = PARKS.iter().map(|park| 8 + park.3 / 2).collect();
    for _ in 0..left {
        let park = book.weighted(&parks);
        let sort = ENTRIES[book.weighted(&sorts)];
        let day = book.day_in(book.years);
        entry(book, &ground, park, sort, day);
    }
}

/// A joint meeting, where it was held: nine in ten were.
fn meeting(book: &mut Book, ground: &Ground<'_>, park: usize, quarter: Quarter) -> bool {
    let Some(period) = Period::new(quarter.first_day(), quarter.last_day().min(book.today)) else {
        return false;
    };
    if !book.chance(90) {
        return false;
    }
    let day = book.day_in(period);
    let title = format!(
        "{}{}年第{}季度党群共建联席会议",
        PARKS[park].1,
        quarter.year(),
        quarter.number()
    );
    let sort: Sort = ("meeting", "", 1, &[], "党群服务中心");
    let id = put(
        book,
        (&ground.tree.parks[park], park),
        sort,
        day,
        &title,
        Some(quarter),
    );
    let bodies = [
        "街道组织部",
        "街道总工会",
        "团工委",
        "妇联",
        "安监办",
        "城管办",
    ];
    let first = book.below(3);
    let last = book.between(3, 5);
    for (place, body) in (1_i64..)
        .zip(bodies)
        .filter(|(place, _)| *place > first && *place <= last + 1)
    {
        book.put(
            "entry_bodies",
            row![id.as_str(), place, "attended", None::<&str>, body],
        );
    }
    true
}

fn entry(book: &mut Book, ground: &Ground<'_>, park: usize, sort: Sort, day: Date) {
    let of_branch = book.chance(30);
    let unit = if of_branch {
        book.one_of(&ground.tree.branches[park])
    } else {
        ground.tree.parks[park].clone()
    };
    let title = book.one_of(sort.3).to_owned();
    let id = put(book, (&unit, park), sort, day, &title, None);
    let firms: Vec<&Firm> = ground.firms[park]
        .iter()
        .copied()
        .filter(|firm| firm.opened <= day)
        .collect();
    let most = match sort.0 {
        "class" => 6,
        "visit" | "safety" | "mediation" => 2,
        _ => 0,
    };
    if most == 0 || firms.is_empty() {
        return;
    }
    let mut took_part = Vec::new();
    for _ in 0..book.between(1, most) {
        let firm = book.one_of(&firms);
        if !took_part.contains(&firm.id) {
            took_part.push(firm.id.clone());
        }
    }
    for firm in took_part {
        book.put("entry_firms", row![id.as_str(), firm]);
    }
}

/// People, hours in thousandths, cases and how many of them were settled, where the kind has such a figure.
fn figures(book: &mut Book, kind: &str) -> [Option<i64>; 4] {
    let people = match kind {
        "class" | "activity" => Some(book.between(15, 160)),
        "meeting" | "volunteering" => Some(book.between(8, 40)),
        "visit" => Some(book.between(1, 4)),
        _ => None,
    };
    let hours = (kind == "volunteering").then(|| book.between(2, 12) * 5_000);
    let cases = matches!(kind, "service" | "mediation").then(|| book.between(1, 30));
    let settled = cases
        .filter(|_| kind == "mediation")
        .map(|cases| book.between(cases / 2, cases));
    [people, hours, cases, settled]
}

/// Puts the row itself; most are confirmed, what is recent waits, a few were given back.
fn put(
    book: &mut Book,
    at: (&str, usize),
    sort: Sort,
    day: Date,
    title: &str,
    quarter: Option<Quarter>,
) -> String {
    let (kind, topic, _, _, place) = sort;
    let id = book.id();
    let recent = book.today.days() - day.days() < 21;
    let state = match book.below(100) {
        0..2 => "returned",
        2..8 => "recorded",
        _ if recent => "recorded",
        _ => "confirmed",
    };
    let [people, hours, cases, settled] = figures(book, kind);
    let unsafe_place = kind == "safety" && book.chance(40);
    let findings = ["", "发现隐患已当场整改"][usize::from(unsafe_place)];
    let reason = ["", "请补充参加人数和照片"][usize::from(state == "returned")];
    let (office, recorder) = (book.hands.office.clone(), book.hands.recorder.clone());
    let reviewed = (state != "recorded").then(|| morning(book.later(day, 3)) + 3_600);
    let summary = format!("{}，{title}。样例记录。", PARKS[at.1].1);
    book.put(
        "entries",
        row![
            id.as_str(),
            1,
            at.0,
            kind,
            topic,
            day.to_string(),
            title,
            place,
            summary.as_str(),
            people,
            None::<i64>,
            "",
            hours,
            cases,
            settled,
            findings,
            quarter.map(|quarter| quarter.to_string()),
            None::<&str>,
            None::<&str>,
            state,
            reason,
            recorder,
            morning(book.later(day, 1)),
            reviewed.map(|_| office),
            reviewed,
            None::<&str>,
            1,
            ""
        ],
    );
    book.index("entry", &id, at.0, title, &format!("{place} {summary}"));
    id
}
