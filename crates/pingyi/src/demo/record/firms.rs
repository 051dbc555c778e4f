//! Made-up firms with what covers them, so that every case of the two coverages is there: own, joint, both, work
//! only, none with a reason, struck out with and without cover.

use pingyi_app::record::{Date, is_credit_code, name_key};

use super::book::{Book, row};
use super::units::{HAIJIXING, HUANANCHENG, PARKS, Tree};
use super::words::{FIRST, SECOND, SECTORS, THIRD};

/// A firm as the ledger and the matters need it.
#[derive(Clone)]
pub(super) struct Firm {
    pub id: String,
    pub park: usize,
    pub name: String,
    pub opened: Date,
}

pub(super) fn fill(book: &mut Book, tree: &Tree, count: i64) -> Vec<Firm> {
    let weights: Vec<i64> = PARKS.iter().map(|park| park.3).collect();
    let mut load = vec![0_usize; PARKS.len()];
    (1..=count)
        .map(|number| {
            let park = book.weighted(&weights);
            firm(book, tree, number, park, &mut load[park])
        })
        .collect()
}

fn name(book: &mut Book, number: i64, trade: &str, sole: bool) -> String {
    let own = format!(
        "{}{}{}",
        book.one_of(FIRST),
        book.one_of(SECOND),
        book.one_of(THIRD)
    );
    if sole {
        return format!("平湖{own}{trade}商行{number:04}号");
    }
    let end = if book.chance(85) {
        "有限公司"
    } else {
        "有限责任公司"
    };
    format!("深圳市{own}{number:04}{trade}{end}")
}

/// A code with its check character and an authority that does not exist (99), so that it is nobody's.
fn credit_code(number: i64) -> String {
    let bare = format!("99440300MA{number:07}");
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .map(|check| format!("{bare}{check}"))
        .find(|code| is_credit_code(code))
        .unwrap_or_default()
}

/// What a made-up firm is, before anything covers it.
struct Sketch {
    kind: &'static str,
    sector: &'static str,
    name: String,
    employees: i64,
    members: i64,
    opened: Date,
}

fn sketch(book: &mut Book, number: i64, park: usize) -> Sketch {
    let column = match park {
        HUANANCHENG => 1,
        HAIJIXING | 2 | 3 => 0,
        _ => 2,
    };
    let weights: Vec<i64> = SECTORS.iter().map(|sector| sector.2[column]).collect();
    let (sector, trades, _) = SECTORS[book.weighted(&weights)];
    let sole = column == 0 && book.chance(45);
    let kind = if sole {
        "sole_trader"
    } else if book.chance(2) {
        "state"
    } else {
        "non_public"
    };
    let trade = book.one_of(trades);
    let name = name(book, number, trade, sole);
    let employees = if sole {
        book.between(1, 8)
    } else {
        book.between(3, 180)
    };
    let members = (employees * book.between(0, 9) / 100).min(employees);
    let before = Date::new(book.years.first().year() - 6, 1, 1).unwrap_or(book.today);
    let span = book.today.days() - before.days() - 60;
    let after = book.below(span);
    let opened = before.plus_days(after).unwrap_or(before);
    Sketch {
        kind,
        sector,
        name,
        employees,
        members,
        opened,
    }
}

fn firm(book: &mut Book, tree: &Tree, number: i64, park: usize, load: &mut usize) -> Firm {
    let Sketch {
        kind,
        sector,
        name,
        employees,
        members,
        opened,
    } = sketch(book, number, park);
    let (lon, lat) = super::areas::place(park, number);
    let id = book.id();
    let firm = Firm {
        id: id.clone(),
        park,
        name: name.clone(),
        opened,
    };
    let cover = cover(book, tree, &firm, members, load);
    let struck = strike(book, &firm);
    let covered = cover.iter().any(|one| *one);
    let reason = match members {
        _ if covered => "",
        0 => "no_member",
        1 | 2 => book.one_of(&["few_members", "turnover"]),
        _ => book.one_of(&["unwilling", "new", "turnover"]),
    };
    let [own, joint, work] = cover.map(i64::from);
    let (block, room) = (book.between(1, 30), book.between(101, 899));
    let address = format!("{}{block}栋{room}号", PARKS[park].1);
    book.put(
        "firms",
        row![
            id.as_str(),
            1,
            tree.parks[park].as_str(),
            name.as_str(),
            name_key(&name),
            credit_code(number),
            kind,
            sector,
            employees,
            members,
            address,
            lon,
            lat,
            opened.to_string(),
            i64::from(struck),
            own,
            joint,
            work,
            reason,
            "",
            None::<&str>,
            1,
            ""
        ],
    );
    book.index("firm", &id, &tree.parks[park], &name, "");
    firm
}

/// Puts what covers the firm and gives what of it holds today: own, joint, work.
fn cover(book: &mut Book, tree: &Tree, firm: &Firm, members: i64, load: &mut usize) -> [bool; 3] {
    let mut holds = [false; 3];
    let own = members >= 3 && book.chance(55);
    let joint = if own { book.chance(4) } else { book.chance(52) };
    let branch = book.one_of(&tree.branches[firm.park]);
    if own {
        holds[0] |= spell(book, firm, "own", Some(&branch), None);
    }
    if joint {
        holds[1] |= spell(book, firm, "joint", Some(&branch), None);
    }
    if !own && book.chance(14) {
        let posts = &tree.instructors[firm.park];
        // Four or five firms to an instructor, a sixth only where all have five.
        let post = posts[*load / 5 % posts.len()].clone();
        if *load < posts.len() * 5 + 2 && spell(book, firm, "instructor", None, Some(&post)) {
            *load += 1;
            holds[2] = true;
        }
    }
    for (kind, percent) in [("liaison", 9), ("union", 16), ("youth", 3)] {
        if book.chance(percent) {
            holds[2] |= spell(book, firm, kind, None, None);
        }
    }
    holds
}

/// Puts one cover; whether it holds today. An instructor's goes on, since the term does.
fn spell(book: &mut Book, firm: &Firm, kind: &str, unit: Option<&str>, post: Option<&str>) -> bool {
    let days = book.between(20, 900);
    let mut from = book.later(firm.opened, days);
    if post.is_some() {
        from = from.max(book.years.first());
    }
    let ended = post.is_none() && book.chance(5);
    let until = ended.then(|| {
        let days = book.between(60, 700);
        book.later(from, days)
    });
    // A spell that would end on the day it began has not been one.
    let until = until.filter(|until| *until > from);
    let id = book.id();
    book.put(
        "coverages",
        row![
            id,
            1,
            firm.id.as_str(),
            kind,
            unit,
            post,
            from.to_string(),
            until.map(|day| day.to_string()),
            ""
        ],
    );
    until.is_none()
}

fn strike(book: &mut Book, firm: &Firm) -> bool {
    if !book.chance(7) {
        return false;
    }
    let reason = book.one_of(&[
        "shell",
        "dormant",
        "dormant",
        "dissolved",
        "moved",
        "duplicate",
    ]);
    let days = book.between(90, 1200);
    let from = book.later(firm.opened, days);
    let back = book
        .chance(15)
        .then(|| book.later(from, 120))
        .filter(|until| *until > from);
    let id = book.id();
    let until = back.map(|day| day.to_string());
    book.put(
        "strikes",
        row![id, 1, firm.id.as_str(), reason, from.to_string(), until, ""],
    );
    back.is_none()
}
