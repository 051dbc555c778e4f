//! What last year's appraisal of the demo found wanting becomes matters on the rectification list.

use pingyi_app::followup::FindingsDraft;
use pingyi_app::record::Date;
use pingyi_app::{App, AppError, AppraisalId, UserView};

/// Days until a matter is due, from today.
const DAYS: [i64; 3] = [60, 90, 120];
/// What is done about it.
const MEASURES: [&str; 3] = [
    "逐个支部听取意见，列出具体问题，按季度向联席会议报告进展",
    "第一书记带队走访评价偏低的单位，一个月内逐条回复",
    "对照测评结果补齐短板，年中向党工委报告一次",
];

/// Makes a matter of each presenter's lowest item, where it came out low.
///
/// # Errors
/// When the data fails.
pub(super) async fn list(app: &App, office: &UserView, id: &AppraisalId) -> Result<(), AppError> {
    let hand = app.hand(office).await?;
    let today = app.today()?;
    let found = app.follow_up(id).await?;
    let low = found.presenters.into_iter().filter_map(|one| {
        let item = one.low.first().cloned()?;
        Some((one.code, one.title, one.owner?, item))
    });
    let ways = DAYS.iter().zip(MEASURES).cycle();
    for ((code, title, unit, item), (days, measures)) in low.zip(ways) {
        let due: Option<Date> = today.plus_days(*days);
        let draft = FindingsDraft {
            sources: vec![item.source.to_string()],
            title: format!("“{}”得分偏低", item.label),
            unit: unit.to_string(),
            responsible: title,
            measures: measures.to_owned(),
            due_on: due.map(|day| day.to_string()).unwrap_or_default(),
        };
        app.list_findings(&hand, id, &code, &draft).await?;
    }
    Ok(())
}
