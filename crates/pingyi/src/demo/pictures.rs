//! Pictures of the demo: drawn (tools/demo-pictures.mjs) and marked as samples, added to a handful of made-up entries and
//! one matter the way a recorder would add them.

use pingyi_app::list::Ask;
use pingyi_app::record::matter::MatterStateName;
use pingyi_app::record::{EntryFilter, EntryLine, EvidenceOwner, Hand, MatterFilter, MatterLine};
use pingyi_app::{App, AppError};

/// What the title says, what the picture is called, and the picture.
const PICTURES: [(&str, &str, &[u8]); 5] = [
    (
        "联席会议",
        "联席会议（样例）.png",
        include_bytes!("pictures/meeting.png"),
    ),
    (
        "大讲堂",
        "学习教育（样例）.png",
        include_bytes!("pictures/class.png"),
    ),
    (
        "卫生清洁",
        "志愿服务（样例）.png",
        include_bytes!("pictures/volunteering.png"),
    ),
    (
        "园区义诊",
        "义诊（样例）.png",
        include_bytes!("pictures/clinic.png"),
    ),
    (
        "消防安全检查",
        "安全检查（样例）.png",
        include_bytes!("pictures/safety.png"),
    ),
];
/// The matter that is put right, its picture's name, and the picture.
const REPAIRED: (&str, &str, &[u8]) = (
    "消防通道被占用",
    "整改后（样例）.png",
    include_bytes!("pictures/repaired.png"),
);
/// Of each the newest so many.
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
    for (title, name, content) in PICTURES {
        let filter = EntryFilter {
            text: Some(title.to_owned()),
            counts: true,
            ..EntryFilter::default()
        };
        let found = app.entries(office, &filter, &newest("on_date")).await?;
        let fits = |line: &EntryLine| line.sample && line.entry.title.contains(title);
        for line in found.rows.into_iter().filter(fits).take(EACH) {
            put(app, office, &EvidenceOwner::Entry(line.id), (name, content)).await?;
        }
    }
    let (title, name, content) = REPAIRED;
    let filter = MatterFilter {
        state: Some(MatterStateName::Assigned.to_string()),
        text: Some(title.to_owned()),
        ..MatterFilter::default()
    };
    let found = app.matters(office, &filter, &newest("raised_on")).await?;
    let fits = |line: &MatterLine| line.sample && line.matter.title.contains(title);
    if let Some(line) = found.rows.into_iter().find(fits) {
        put(
            app,
            office,
            &EvidenceOwner::Matter(line.id),
            (name, content),
        )
        .await?;
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
