//! Pictures of the demo: drawn (tools/demo-pictures.mjs) and marked as samples, added to a handful of made-up entries and
//! one matter the way a recorder would add them.

use pingyi_app::list::Ask;
use pingyi_app::record::matter::MatterStateName;
use pingyi_app::record::{EntryFilter, EvidenceOwner, Hand, MatterFilter};
use pingyi_app::{App, AppError};

/// Kind of entry, what the picture is called, and the picture.
const PICTURES: [(&str, &str, &[u8]); 5] = [
    (
        "meeting",
        "联席会议（样例）.png",
        include_bytes!("pictures/meeting.png"),
    ),
    (
        "class",
        "学习教育（样例）.png",
        include_bytes!("pictures/class.png"),
    ),
    (
        "volunteering",
        "志愿服务（样例）.png",
        include_bytes!("pictures/volunteering.png"),
    ),
    (
        "activity",
        "义诊（样例）.png",
        include_bytes!("pictures/clinic.png"),
    ),
    (
        "safety",
        "安全检查（样例）.png",
        include_bytes!("pictures/safety.png"),
    ),
];
const REPAIRED: (&str, &[u8]) = (
    "整改后（样例）.png",
    include_bytes!("pictures/repaired.png"),
);
/// Of each kind the newest so many.
const EACH: usize = 2;

/// Adds the pictures.
///
/// # Errors
/// When the data or the file store fails.
pub(super) async fn add(app: &App, office: &Hand) -> Result<(), AppError> {
    let newest = |sort| Ask {
        sort,
        descending: true,
        after: None,
        limit: 20,
    };
    for (kind, name, content) in PICTURES {
        let filter = EntryFilter {
            kind: Some(kind.to_owned()),
            counts: true,
            ..EntryFilter::default()
        };
        let found = app.entries(office, &filter, &newest("on_date")).await?;
        for line in found.rows.into_iter().filter(|line| line.sample).take(EACH) {
            put(app, office, &EvidenceOwner::Entry(line.id), (name, content)).await?;
        }
    }
    let filter = MatterFilter {
        state: Some(MatterStateName::Assigned.to_string()),
        ..MatterFilter::default()
    };
    let found = app.matters(office, &filter, &newest("raised_on")).await?;
    if let Some(line) = found.rows.into_iter().find(|line| line.sample) {
        put(app, office, &EvidenceOwner::Matter(line.id), REPAIRED).await?;
    }
    Ok(())
}

async fn put(
    app: &App,
    office: &Hand,
    owner: &EvidenceOwner,
    (name, content): (&str, &[u8]),
) -> Result<(), AppError> {
    let id = app
        .add_evidence(office, owner, name, content.to_vec())
        .await?;
    let caption = name.trim_end_matches(".png");
    app.describe_evidence(office, &id, 1, caption).await
}
