//! The tree: the working committee, the nine parks, their branches; posts, made-up centres and headcounts.

use pingyi_app::record::{Date, Quarter};

use super::book::{Book, morning, row};
use super::published::{
    BRANCHES, BRANCHES_QUOTE, CENTRES_QUOTE, FIRST_SECRETARY_QUOTE, FOUNDED, FOUNDED_QUOTE,
    OWN_CENTRES, cite,
};

/// Full name, short name, made-up branches, and how much of everything made up falls to it.
type Park = (&'static str, &'static str, i64, i64);

/// The nine parks in the order of the article.
pub(super) const PARKS: [Park; 9] = [
    ("华南城园区党委", "华南城", 0, 34),
    ("白坭坑海吉星园区党委", "海吉星", 8, 17),
    ("大皇公商业街区党委", "大皇公", 5, 7),
    ("北门坳商业街区党委", "北门坳", 6, 9),
    ("辅城坳工业园区党委", "辅城坳", 7, 9),
    ("富民工业园区党委", "富民", 5, 6),
    ("新木盛低碳产业园区党委", "新木盛", 6, 7),
    ("新鹅工业园区党委", "新鹅", 4, 5),
    ("山厦工业园区党委", "山厦", 5, 6),
];
/// Places in [`PARKS`].
pub(super) const HUANANCHENG: usize = 0;
pub(super) const HAIJIXING: usize = 1;

/// Ids of what the other parts need.
pub(super) struct Tree {
    pub root: String,
    pub parks: Vec<String>,
    /// Branches of each park.
    pub branches: Vec<Vec<String>>,
    /// Instructors' terms of each park.
    pub instructors: Vec<Vec<String>>,
}

struct NewUnit<'a> {
    above: Option<(&'a str, &'a str)>,
    kind: &'a str,
    name: &'a str,
    short: &'a str,
    founded: Option<&'a str>,
    note: &'a str,
    sample: i64,
    source: &'a str,
}

/// Id and path.
fn unit(book: &mut Book, ordinal: i64, new: &NewUnit<'_>) -> (String, String) {
    let id = book.id();
    let (parent, path) = match new.above {
        Some((parent, path)) => (Some(parent), format!("{path}{id}/")),
        None => (None, format!("{id}/")),
    };
    let at = morning(book.years.first());
    book.put(
        "units",
        row![
            id.as_str(),
            1,
            parent,
            path.as_str(),
            ordinal,
            new.kind,
            new.name,
            new.short,
            new.founded,
            None::<&str>,
            None::<&str>,
            "",
            new.note,
            new.sample,
            new.source,
            at
        ],
    );
    book.index(
        "unit",
        &id,
        &id,
        new.name,
        &format!("{} {}", new.short, new.note),
    );
    (id, path)
}

/// What everything made up is called after.
const MADE_UP: &str = "";

fn post(book: &mut Book, unit: &str, kind: &str, holder: &str, from: &str, source: &str) -> String {
    let id = book.id();
    let (calls, visits) = if kind == "instructor" { (4, 1) } else { (0, 0) };
    let sample = i64::from(source == MADE_UP);
    book.put(
        "posts",
        row![
            id.as_str(),
            1,
            unit,
            kind,
            holder,
            "平湖街道",
            from,
            None::<&str>,
            calls,
            visits,
            "",
            sample,
            source
        ],
    );
    book.index("post", &id, unit, holder, "平湖街道");
    id
}

pub(super) fn fill(book: &mut Book) -> Tree {
    let top = NewUnit {
        above: None,
        kind: "working_committee",
        name: "平湖街道党工委",
        short: "平湖街道",
        founded: None,
        note: "",
        sample: 0,
        source: &cite("平湖街道党工委坚持党建引领"),
    };
    let (root, root_path) = unit(book, 0, &top);
    let mut tree = Tree {
        root: root.clone(),
        parks: Vec::new(),
        branches: Vec::new(),
        instructors: Vec::new(),
    };
    for (ordinal, (name, short, branches, weight)) in (1_i64..).zip(PARKS) {
        let new = NewUnit {
            above: Some((&root, &root_path)),
            kind: "park",
            name,
            short,
            founded: Some(FOUNDED),
            note: "2016年底成立，日期按年底记。成立模式未按园区公布。",
            sample: 0,
            source: &cite(FOUNDED_QUOTE),
        };
        let (park, path) = unit(book, ordinal, &new);
        let instructors = posts_of(book, &park, short, weight);
        tree.instructors.push(instructors);
        let of_park = branches_of(book, (&park, &path), short, branches);
        if short == "大皇公" {
            hospital(book, (&park, &path));
        }
        tree.parks.push(park);
        tree.branches.push(of_park);
    }
    let new = NewUnit {
        above: Some((&root, &root_path)),
        kind: "community",
        name: "新木社区党委",
        short: "新木社区",
        founded: None,
        note: "",
        sample: 0,
        source: &cite("新木社区党委副书记、刚履职新木盛低碳产业园区党委书记"),
    };
    unit(book, 10, &new);
    tree
}

/// The first secretary, as published, and made-up instructors.
fn posts_of(book: &mut Book, park: &str, short: &str, weight: i64) -> Vec<String> {
    let first = cite(FIRST_SECRETARY_QUOTE);
    post(book, park, "first_secretary", "第一书记", FOUNDED, &first);
    let from = book.years.first().to_string();
    (1..=weight)
        .map(|n| {
            let holder = format!("{short}党建指导员{n:02}");
            post(book, park, "instructor", &holder, &from, MADE_UP)
        })
        .collect()
}

/// 华南城 has as many branches as were published; the names and the other parks' branches are made up.
fn branches_of(book: &mut Book, above: (&str, &str), short: &str, made_up: i64) -> Vec<String> {
    let published = cite(BRANCHES_QUOTE);
    let (count, source) = if made_up == 0 {
        (BRANCHES, published.as_str())
    } else {
        (made_up, MADE_UP)
    };
    (1..=count)
        .map(|number| {
            let name = format!("{short}园区第{number:02}支部");
            let new = NewUnit {
                above: Some(above),
                kind: "branch",
                name: &name,
                short: &format!("{short}{number:02}支部"),
                founded: None,
                note: if source == MADE_UP {
                    ""
                } else {
                    "支部数为公布数，名称为样例。"
                },
                sample: 1,
                source,
            };
            unit(book, number, &new).0
        })
        .collect()
}

fn hospital(book: &mut Book, above: (&str, &str)) {
    let new = NewUnit {
        above: Some(above),
        kind: "firm_org",
        name: "华侨医院党总支",
        short: "华侨医院",
        founded: None,
        note: "",
        sample: 0,
        source: &cite("大皇公商业街区党委以华侨医院党总支为先锋"),
    };
    unit(book, 100, &new);
}

/// The other centres: that six parks have their own and three are to share is published, which ones is not.
pub(super) fn centres(book: &mut Book, tree: &Tree) {
    let source = cite(CENTRES_QUOTE);
    for (place, (_, short, ..)) in PARKS.into_iter().enumerate().skip(2) {
        let own = place < OWN_CENTRES;
        let (id, unit) = (book.id(), tree.parks[place].clone());
        let name = format!("{short}园区党群服务中心");
        let (kind, opened, note) = if own {
            (
                "own",
                Some(FOUNDED),
                "独立中心共6个为公布数，本园区属样例。",
            )
        } else {
            ("joint", None, "3个园区将联合组建为公布内容，本园区属样例。")
        };
        book.put(
            "centres",
            row![
                id.as_str(),
                1,
                unit.as_str(),
                kind,
                name.as_str(),
                "",
                opened,
                None::<&str>,
                0,
                note,
                1,
                source.as_str()
            ],
        );
        book.index("centre", &id, &unit, &name, note);
        if !own {
            continue;
        }
        for service in ["guidance", "rights"] {
            book.put("centre_services", row![id.as_str(), service, opened, ""]);
            let quarters: Vec<Quarter> = book.years.quarters().collect();
            for quarter in quarters {
                let cases = book.between(12, 60);
                book.put(
                    "centre_cases",
                    row![id.as_str(), service, quarter.to_string(), cases],
                );
            }
        }
    }
}

/// Counts of every branch and its park: at the end of the year before, then of every quarter that has ended.
pub(super) fn headcounts(book: &mut Book, tree: &Tree) {
    let last_december = Date::new(book.years.first().year() - 1, 12, 31).unwrap_or(book.today);
    let ends = book.years.quarters().map(Quarter::last_day);
    let days: Vec<Date> = std::iter::once(last_december)
        .chain(ends.filter(|day| *day <= book.today))
        .collect();
    for (park, branches) in tree.parks.iter().zip(&tree.branches) {
        let mut sums = vec![[0_i64; 3]; days.len()];
        for branch in branches {
            let mut total = book.between(14, 34);
            let share = book.between(5, 60);
            for (day, sum) in days.iter().zip(&mut sums) {
                total += book.between(-1, 2);
                let parts = [total, total * share / 100, total * 4 / 10];
                for (sum, part) in sum.iter_mut().zip(parts) {
                    *sum += part;
                }
                count(book, branch, *day, parts);
            }
        }
        for (day, sum) in days.iter().zip(sums) {
            count(book, park, *day, sum);
        }
    }
}

fn count(book: &mut Book, unit: &str, day: Date, parts: [i64; 3]) {
    let id = book.id();
    book.put(
        "headcounts",
        row![id.as_str(), 1, unit, day.to_string(), "", 1, MADE_UP],
    );
    for (part, n) in ["total", "internet", "under_35"].into_iter().zip(parts) {
        book.put("headcount_values", row![id.as_str(), part, n]);
    }
}
