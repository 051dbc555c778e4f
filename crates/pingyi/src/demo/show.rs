//! The meeting as the hall sees it: agenda, speakers, marking, turnout, results.

use std::time::Duration;

use pingyi_testkit::TestkitError;
use pingyi_testkit::client::Organiser;
use pingyi_testkit::meeting::{Meeting, Prepared};
use pingyi_testkit::setting::Setting;
use serde_json::json;

use crate::error::CommandError;

/// The least time a scene stays up while ballots come in.
const SCENE: Duration = Duration::from_millis(400);

/// Plays a prepared meeting with the hall screen moving, to the released result.
///
/// # Errors
/// The first thing that went wrong.
pub async fn play(meeting: &Meeting, mut prepared: Prepared) -> Result<(), CommandError> {
    let id = prepared.appraisal.clone();
    let organiser = &meeting.organiser;
    organiser.stage(&id, &json!({"scene": "agenda"})).await?;
    organiser.act(&id, "open").await?;
    let (shown, cast) = tokio::join!(
        speakers(
            organiser,
            &id,
            meeting.setting.units.len(),
            meeting.manner.pace
        ),
        meeting.cast_all(&prepared),
    );
    shown?;
    cast?;
    organiser.stage(&id, &json!({"scene": "turnout"})).await?;
    meeting.close_and_open(&mut prepared).await?;
    organiser.act(&id, "release").await?;
    organiser
        .stage(&id, &json!({"scene": "results", "results": "all"}))
        .await?;
    meeting.check(&prepared).await?;
    Ok(())
}

async fn speakers(
    organiser: &Organiser,
    id: &str,
    presenters: usize,
    pace: Duration,
) -> Result<(), TestkitError> {
    for presenter in 0..presenters {
        let code = Setting::presenter_code(presenter);
        for scene in ["speaker", "mark"] {
            organiser
                .stage(id, &json!({"scene": scene, "presenter": code}))
                .await?;
            tokio::time::sleep(SCENE.max(pace)).await;
        }
    }
    Ok(())
}
