//! What was published about the nine parks, and nothing else. Every row cites the sentence it stands on; where the
//! article names no day, the note says which day is put instead.

use super::book::{Book, morning, row};
use super::units::{HAIJIXING, HUANANCHENG, Tree};

/// The sentences that are cited, word for word, one a line, in the order of the article.
#[cfg(test)]
pub(super) const QUOTES: &str = include_str!("quotes.txt");

/// Title of the article of December 2018.
pub(super) const ARTICLE: &str = "平湖街道率先开展园区党委书记集中述职评议活动";

/// How a sentence of the article is cited.
pub(super) fn cite(sentence: &str) -> String {
    format!("《{ARTICLE}》（2018年12月）：{sentence}")
}

/// When the reports were given: the day put where the article says what had been done by then but no day.
pub(super) const REPORT_DAY: &str = "2018-12-15";
/// The parks were founded at the end of this year.
pub(super) const FOUNDED: &str = "2016-12-31";
pub(super) const FOUNDED_QUOTE: &str = "平湖街道于2016年底成立9个园区党委";
pub(super) const FIRST_SECRETARY_QUOTE: &str = "为各园区选派第一书记和兼职委员";
pub(super) const BRANCHES_QUOTE: &str = "支部数增加到15个";
/// Branches of 华南城.
pub(super) const BRANCHES: i64 = 15;
pub(super) const CENTRES_QUOTE: &str =
    "9个园区中已有6个园区拥有独立的党群服务中心,其余3个园区将通过联合组建的形式";
/// Parks with a centre of their own, and parks that are to share.
pub(super) const OWN_CENTRES: usize = 6;
const MEMBERS_QUOTE: &str = "党委转入组织关系的党员从2017年的270名增至390余名,其中互联网企业党员202人,占整个龙岗区互联网企业党员人数的45%";
/// Members of 华南城 at the end of 2017, at the report of 2018, and of these in internet firms.
pub(super) const MEMBERS: [i64; 3] = [270, 390, 202];
const MEDIATION_QUOTE: &str = "华南城园区党委以党群服务中心+纠纷调解";
const SERVICE_QUOTE: &str = "白坭坑海吉星园区党委以党群服务中心+便民服务等形式";
const TERMINAL_QUOTE: &str = "引进便民终端机提供各项便民服务,如护照、港澳通行证、往来台湾通行证的办理及续签和车辆交通违章处理等业务";
const SHOPS_QUOTE: &str = "为园区14名商户党员颁发“党员门店”牌匾";
/// Shops at 海吉星 with a plaque.
pub(super) const SHOPS: i64 = 14;

/// The shops of 海吉星: their number is published, their names are not.
pub(super) fn shops(book: &mut Book, tree: &Tree) -> Vec<String> {
    let unit = tree.parks[HAIJIXING].clone();
    (1..=SHOPS)
        .map(|number| {
            let id = book.id();
            let name = format!("党员门店{number:02}号");
            book.put(
                "shops",
                row![
                    id.as_str(),
                    1,
                    unit.as_str(),
                    name.as_str(),
                    None::<&str>,
                    "海吉星交易区",
                    format!("{number:02}"),
                    REPORT_DAY,
                    "诚信经营",
                    REPORT_DAY,
                    None::<&str>,
                    "",
                    1,
                    cite(SHOPS_QUOTE)
                ],
            );
            book.index("shop", &id, &unit, &name, "海吉星交易区 诚信经营");
            id
        })
        .collect()
}

/// The two centres whose services are named.
pub(super) fn centres(book: &mut Book, tree: &Tree) {
    let mut centre = |park: usize,
                      name: &str,
                      opened: Option<&str>,
                      terminals: i64,
                      quote: &str,
                      services: &[&str]| {
        let (id, unit) = (book.id(), tree.parks[park].clone());
        let note = if opened.is_some() {
            "2018年7月正式入驻，日期按月初记"
        } else {
            "开放日期未公布"
        };
        book.put(
            "centres",
            row![
                id.as_str(),
                1,
                unit.as_str(),
                "own",
                name,
                "",
                opened.unwrap_or(FOUNDED),
                None::<&str>,
                terminals,
                note,
                0,
                cite(quote)
            ],
        );
        book.index("centre", &id, &unit, name, quote);
        for service in services {
            book.put("centre_services", row![id.as_str(), *service, opened, ""]);
        }
    };
    centre(
        HUANANCHENG,
        "华南城园区党群服务中心",
        None,
        0,
        MEDIATION_QUOTE,
        &["mediation"],
    );
    let quote = format!("{SERVICE_QUOTE}；{TERMINAL_QUOTE}");
    let services = ["passport", "hk_permit", "traffic_fine"];
    centre(
        HAIJIXING,
        "海吉星园区党群服务中心",
        Some("2018-07-01"),
        1,
        &quote,
        &services,
    );
}

/// The members of 华南城. 202 are 45 % of the district's, so the district had about 449.
pub(super) fn headcounts(book: &mut Book, tree: &Tree) {
    let unit = &tree.parks[HUANANCHENG];
    let [before, after, internet] = MEMBERS;
    let mut count = |day: &str, note: &str, values: &[(&str, i64)]| {
        let id = book.id();
        book.put(
            "headcounts",
            row![
                id.as_str(),
                1,
                unit.as_str(),
                day,
                note,
                0,
                cite(MEMBERS_QUOTE)
            ],
        );
        for (part, n) in values {
            book.put("headcount_values", row![id.as_str(), *part, *n]);
        }
    };
    count(
        "2017-12-31",
        "公布为2017年的人数，按年底记",
        &[("total", before)],
    );
    count(
        REPORT_DAY,
        "公布为390余名；互联网企业党员占整个龙岗区互联网企业党员人数的45%",
        &[("total", after), ("internet", internet)],
    );
}

struct Fact {
    park: usize,
    kind: &'static str,
    topic: &'static str,
    on: &'static str,
    title: &'static str,
    quote: &'static str,
    bodies: &'static [&'static str],
}

const fn fact(
    park: usize,
    kind: &'static str,
    topic: &'static str,
    title: &'static str,
    quote: &'static str,
) -> Fact {
    Fact {
        park,
        kind,
        topic,
        on: REPORT_DAY,
        title,
        quote,
        bodies: &[],
    }
}

const MEETING_QUOTE: &str = "已召集相关部门先后到山厦工业园区、华南城园区、新木盛低碳产业园区等重点园区召开党群共建联席会议";
const SHOPPING_QUOTE: &str =
    "通过经常性组织开展卫生清洁、爱心帮扶、疏通交通、业务指导、维权帮办、承诺诚信经营等方式";
const CLINIC_QUOTE: &str =
    "大皇公商业街区党委以华侨医院党总支为先锋,立足岗位争优创先,开展义诊、讲座等公益活动";
const ACTIVITY_QUOTE: &str =
    "街道还在各园区举办红色经典诵读会、红色剧场、互联网党组织联谊会等丰富多彩的活动";

/// What was done, park by park. Parks by their place in [`super::units::PARKS`].
const FACTS: &[Fact] = &[
    fact(8, "meeting", "", "党群共建联席会议（山厦）", MEETING_QUOTE),
    fact(
        0,
        "meeting",
        "",
        "党群共建联席会议（华南城）",
        MEETING_QUOTE,
    ),
    fact(
        6,
        "meeting",
        "",
        "党群共建联席会议（新木盛）",
        MEETING_QUOTE,
    ),
    fact(
        0,
        "activity",
        "team",
        "四大电商“党群+企业”团建活动",
        "在四大电商分别开展一系列“党群+企业”团建活动",
    ),
    fact(
        0,
        "activity",
        "internet_social",
        "互联网企业“创新联动未来，奋斗方显英才”联谊活动",
        "开展互联网企业“创新联动未来,奋斗方显英才”联谊活动",
    ),
    fact(
        1,
        "plaque",
        "",
        "为14名商户党员颁发“党员门店”牌匾",
        SHOPS_QUOTE,
    ),
    Fact {
        on: "2018-07-01",
        bodies: &["龙岗公安分局驻海吉星服务中心"],
        ..fact(
            1,
            "service",
            "permit",
            "龙岗公安分局驻海吉星服务中心入驻园区党群服务中心",
            "今年7月,龙岗公安分局驻海吉星服务中心正式入驻园区党群服务中心",
        )
    },
    fact(
        1,
        "service",
        "fine",
        "便民终端机办理车辆交通违章",
        TERMINAL_QUOTE,
    ),
    fact(3, "volunteering", "cleaning", "卫生清洁", SHOPPING_QUOTE),
    fact(3, "volunteering", "care", "爱心帮扶", SHOPPING_QUOTE),
    fact(3, "volunteering", "traffic", "疏通交通", SHOPPING_QUOTE),
    fact(3, "service", "guidance", "业务指导", SHOPPING_QUOTE),
    fact(3, "mediation", "rights", "维权帮办", SHOPPING_QUOTE),
    fact(3, "activity", "", "承诺诚信经营", SHOPPING_QUOTE),
    Fact {
        bodies: &["华侨医院党总支"],
        ..fact(2, "activity", "clinic", "义诊", CLINIC_QUOTE)
    },
    Fact {
        bodies: &["华侨医院党总支"],
        ..fact(2, "activity", "", "讲座", CLINIC_QUOTE)
    },
];

/// What was done in every park.
const EVERYWHERE: &[(&str, &str, &str, &str)] = &[
    (
        "class",
        "hall",
        "新时代大讲堂",
        "推动园区成立“新时代大讲堂”",
    ),
    (
        "class",
        "study",
        "“两学一做”学习教育",
        "积极开展“两学一做”学习教育",
    ),
    ("activity", "reading", "红色经典诵读会", ACTIVITY_QUOTE),
    ("activity", "theatre", "红色剧场", ACTIVITY_QUOTE),
    (
        "activity",
        "internet_social",
        "互联网党组织联谊会",
        ACTIVITY_QUOTE,
    ),
];

/// The entries of the article. The plaques' entry is about the first shop; the others have entries of their own.
pub(super) fn entries(book: &mut Book, tree: &Tree, shops: &[String]) {
    for one in FACTS {
        entry(book, tree, one, shops);
    }
    for park in 0..tree.parks.len() {
        for (kind, topic, title, quote) in EVERYWHERE {
            entry(book, tree, &fact(park, kind, topic, title, quote), shops);
        }
    }
}

fn entry(book: &mut Book, tree: &Tree, fact: &Fact, shops: &[String]) {
    let (id, unit) = (book.id(), tree.parks[fact.park].clone());
    let summary = if fact.on == REPORT_DAY {
        "日期未公布，按述职日记。"
    } else {
        "公布到月，日期按月初记。"
    };
    let day = fact.on.parse().unwrap_or(book.today);
    let meeting = fact.kind == "meeting";
    let plaque = fact.kind == "plaque";
    let quarter = meeting.then_some("2018-Q4");
    let (quantity, measure) = if plaque {
        (Some(SHOPS * 1000), "块")
    } else {
        (None, "")
    };
    let shop = shops.first().filter(|_| plaque).cloned();
    let (recorder, office) = (book.hands.recorder.clone(), book.hands.office.clone());
    book.put(
        "entries",
        row![
            id.as_str(),
            1,
            unit.as_str(),
            fact.kind,
            fact.topic,
            fact.on,
            fact.title,
            "",
            summary,
            None::<i64>,
            quantity,
            measure,
            None::<i64>,
            None::<i64>,
            None::<i64>,
            "",
            quarter,
            shop,
            None::<&str>,
            "confirmed",
            "",
            recorder,
            morning(day),
            office,
            morning(day),
            None::<&str>,
            0,
            cite(fact.quote)
        ],
    );
    book.index("entry", &id, &unit, fact.title, summary);
    partners(book, &id, fact, meeting);
}

fn partners(book: &mut Book, id: &str, fact: &Fact, meeting: bool) {
    let role = if meeting { "attended" } else { "partner" };
    let bodies: &[&str] = if meeting {
        &["相关部门"]
    } else {
        fact.bodies
    };
    for (place, name) in (1_i64..).zip(bodies) {
        book.put("entry_bodies", row![id, place, role, None::<&str>, *name]);
    }
}

/// A key task of the subdistrict: title, the sentence, quantity in thousandths with its measure, whether it was done.
type Task = (&'static str, &'static str, Option<i64>, &'static str, bool);

/// Land to be consolidated, in thousandths of a square metre.
pub(super) const LAND: i64 = 830_000_000;

const TASKS: &[Task] = &[
    (
        "地铁10号线房屋征拆",
        "地铁10号线房屋征拆难题得到全面解决",
        None,
        "",
        true,
    ),
    (
        "河道整治房屋征拆",
        "全区任务最重的河道整治房屋征拆任务在一年内提前完成",
        None,
        "",
        true,
    ),
    (
        "一级水源保护区历史违建处置",
        "一级水源保护区历史违建处置工作以及83万平方米土地整备任务全面完成",
        None,
        "",
        true,
    ),
    (
        "土地整备83万平方米",
        "一级水源保护区历史违建处置工作以及83万平方米土地整备任务全面完成",
        Some(LAND),
        "平方米",
        true,
    ),
    ("治水提质工程", "治水提质工程全速推进", None, "", false),
];

/// The key tasks. Those done have the day of the report as theirs; the one that went on has no day.
pub(super) fn tasks(book: &mut Book, tree: &Tree) {
    let (recorder, office) = (book.hands.recorder.clone(), book.hands.office.clone());
    for (title, quote, quantity, measure, done) in TASKS {
        let id = book.id();
        let state = if *done { "closed" } else { "raised" };
        let when = done.then_some(REPORT_DAY);
        let (by, closer) = (
            done.then_some(recorder.as_str()),
            done.then_some(office.as_str()),
        );
        book.put(
            "matters",
            row![
                id.as_str(),
                1,
                "key_task",
                *title,
                "superior",
                None::<&str>,
                None::<&str>,
                tree.root.as_str(),
                "街道党工委",
                "日期未公布，按述职日记。",
                REPORT_DAY,
                when,
                *quantity,
                *measure,
                state,
                by,
                when,
                closer,
                when,
                0,
                cite(quote)
            ],
        );
        book.index("matter", &id, &tree.root, title, "街道党工委");
        if *done {
            task_moves(book, &id, quote);
        }
        if let (Some(quantity), true) = (quantity, done) {
            book.put(
                "matter_progress",
                row![id.as_str(), REPORT_DAY, *quantity, ""],
            );
        }
    }
}

/// A task that was done: taken up, reported and closed on the day of the report.
fn task_moves(book: &mut Book, id: &str, quote: &str) {
    let Ok(day) = REPORT_DAY.parse() else {
        return;
    };
    let (recorder, office) = (book.hands.recorder.clone(), book.hands.office.clone());
    let moves = [
        ("assign", "assigned", &office, ""),
        ("report", "reported", &recorder, quote),
        ("close", "closed", &office, ""),
    ];
    for (seq, (what, state, actor, text)) in (1_i64..).zip(moves) {
        let row = row![id, seq, morning(day), actor.as_str(), what, state, text];
        book.put("matter_moves", row);
    }
}
