//! Made-up indicators of this year and of the year before, with the same target for every park.

use super::book::{Book, row};

/// Name, measure, kind, topic, target in thousandths (percent for a rate), weight.
const GOALS: &[(&str, &str, &str, &str, i64, i64)] = &[
    ("每季度召开联席会议", "quarters", "meeting", "", 4_000, 20),
    ("学习教育场次", "entries", "class", "", 28_000, 10),
    ("学习教育人次", "headcount", "class", "", 2_200_000, 10),
    ("志愿服务场次", "entries", "volunteering", "", 16_000, 10),
    ("组织覆盖率", "org_rate", "", "", 60_000, 15),
    ("工作覆盖率", "work_rate", "", "", 72_000, 10),
    ("事项按时销号率", "closed_in_time", "", "", 80_000, 15),
    ("党员净增", "growth", "", "", 6_000, 10),
];

pub(super) fn fill(book: &mut Book) {
    let this = book.today.year();
    for year in [this, this - 1] {
        for (ordinal, (name, measure, kind, topic, target, weight)) in (1_i64..).zip(GOALS) {
            let id = book.id();
            let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
            book.put(
                "indicators",
                row![
                    id.as_str(),
                    1,
                    ordinal,
                    *name,
                    *measure,
                    *kind,
                    *topic,
                    first,
                    last,
                    *weight,
                    0,
                    1
                ],
            );
            book.put("targets", row![id, "", *target]);
        }
    }
}
