//! From result to grade in the demo: presenters tied to the parks, a scheme of three sources, a leader who evaluates and
//! confirms. Points are made up, like the marks.

use std::collections::BTreeMap;

use pingyi_app::{
    App, AppError, AppraisalId, DecisionDraft, DecisionsDraft, EvaluationDraft, UserView,
};
use serde_json::{Value, json};

use crate::error::CommandError;

/// The configuration with its presenters tied to the units of the same name, and a scheme that uses the indicators of
/// `year`.
///
/// # Errors
/// When the data fails.
pub(super) async fn tied(app: &App, mut config: Value, year: i32) -> Result<Value, CommandError> {
    let names = app.unit_names().await?;
    for presenter in config["presenters"].as_array_mut().into_iter().flatten() {
        let unit = names.iter().find(|unit| presenter["unit"] == unit.name);
        if let Some(unit) = unit {
            presenter["unit_id"] = json!(unit.id);
        }
    }
    config["scheme"] = json!({
        "places": 2, "quorum": [2, 3],
        "composite": {"ballot": 60, "indicators": 25, "leaders": 15, "indicators_year": year},
        "cuts": [{"label": "好", "from": 85}, {"label": "较好", "from": 75},
                 {"label": "一般", "from": 60}, {"label": "差", "from": 0}],
        "cap": {"share": "1/3"},
        "floors": [{"kind": "marks", "best": 2, "below": "2/3", "at_most": "一般"}],
    });
    Ok(config)
}

/// The leader's points for everybody, in the order of the form.
///
/// # Errors
/// When the data fails.
pub(super) async fn evaluate(
    app: &App,
    leader: &UserView,
    id: &AppraisalId,
) -> Result<(), AppError> {
    const POINTS: [&str; 4] = ["92", "88.5", "90", "85.25"];
    let lines = app.evaluation(leader, id).await?.lines.into_iter();
    let points = lines
        .zip(POINTS.iter().cycle())
        .map(|(line, points)| (line.code.to_string(), (*points).to_owned()))
        .collect();
    app.evaluate(leader, id, &EvaluationDraft { points }).await
}

/// The committee follows every proposal, and the leader confirms it.
///
/// # Errors
/// When the data fails.
pub(super) async fn decide(
    app: &App,
    (office, leader): (&UserView, &UserView),
    id: &AppraisalId,
) -> Result<(), AppError> {
    let worked = app.grades(id).await?.worked;
    let tables = worked.into_iter().flat_map(|worked| worked.presenters);
    let decisions: BTreeMap<String, DecisionDraft> = tables
        .filter_map(|table| {
            let line = DecisionDraft {
                grade: table.proposed?.to_string(),
                reason: String::new(),
            };
            Some((table.code.to_string(), line))
        })
        .collect();
    let draft = DecisionsDraft {
        version: 0,
        decisions,
    };
    app.decide_grades(&office.actor(), id, &draft).await?;
    let version = app.grades(id).await?.version;
    app.confirm_grades(&leader.actor(), id, version).await
}
