//! From the application's views to what the pages show.

use pingyi_app::{AppraisalView, BoxLine, ReconciliationSheet, Role, Shown, UserView};
use serde_json::Value;

use super::admin::{RoleLine, UserLine};
use super::appraisal::{Appraisal, BallotBox, ProblemLine, Reconciliation, Teller};
use super::stage::{Presenter, Scene, StageNow};
use crate::lang::{Lang, Texts};
use crate::state::State;

/// How many tellers must come, in words.
#[must_use]
pub fn threshold_text(lang: Lang, threshold: usize, size: usize) -> String {
    Texts(lang).with(
        "threshold-text",
        [("threshold", threshold.into()), ("size", size.into())],
    )
}

/// The page's model of an appraisal. `now` in milliseconds since 1970, for the clock on stage.
#[must_use]
pub fn appraisal(
    lang: Lang,
    view: &AppraisalView,
    problems: Vec<ProblemLine>,
    now: i64,
) -> Appraisal {
    let state = State::from_wire(&view.state).unwrap_or(State::Draft);
    let next: Vec<String> = view.next.iter().map(|name| (*name).to_owned()).collect();
    let threshold = usize::try_from(view.config.tellers.threshold).unwrap_or(usize::MAX);
    let on_stage = stage(view, now);
    Appraisal {
        id: view.id.to_string(),
        version: view.version,
        title: title(lang, &view.config.title),
        year: i64::from(view.config.year),
        state,
        kept: view.kept,
        rehearsal: view.rehearsal,
        problems,
        tellers: tellers(view),
        threshold,
        threshold_text: threshold_text(lang, threshold, view.config.tellers.names.len()),
        boxes: view
            .boxes
            .iter()
            .map(|line| ballot_box(view, line))
            .collect(),
        agenda: agenda(view, &on_stage),
        stage: on_stage,
        by_lot: serde_json::to_value(view.config.order).is_ok_and(|rule| rule == "lot"),
        draw: view.draw.as_ref().map(|draw| draw.seed.to_string()),
        void_reason: view.void_reason.clone(),
        next,
    }
}

/// The title, or a word for an appraisal that has none yet.
#[must_use]
pub fn title(lang: Lang, title: &str) -> String {
    if title.trim().is_empty() {
        Texts(lang).s("appraisal-untitled")
    } else {
        title.to_owned()
    }
}

fn tellers(view: &AppraisalView) -> Vec<Teller> {
    view.tellers
        .iter()
        .map(|line| Teller {
            index: i64::from(line.index),
            name: line.name.clone(),
            joined: line.joined,
            done: [line.cert, line.polynomial, line.output]
                .into_iter()
                .filter(|done| *done)
                .count(),
        })
        .collect()
}

fn ballot_box(view: &AppraisalView, line: &BoxLine) -> BallotBox {
    let category = view.config.category(line.category);
    BallotBox {
        uuid: line.uuid.to_string(),
        category: line.category.to_string(),
        label: line.label.clone(),
        expected: category.map_or(0, |category| i64::from(category.expected)),
        minimum: category.map_or(0, |category| i64::from(category.minimum)),
        phone: line.roll.phone,
        paper: line.roll.paper,
        spare: line.roll.spare,
        ballots: line.ballots,
        replaced: line.replaced,
        head: line.head.clone(),
        height: line.height,
        shares: line.shares.clone(),
        skipped: line.skipped,
        result: line.result,
        verified: line.verified.as_deref().map(|status| status == "valid"),
        reconciliation: reconciliation(&view.reconciliation, &line.category.to_string()),
    }
}

/// The numbers of a category.
#[must_use]
pub fn reconciliation(sheet: &ReconciliationSheet, category: &str) -> Reconciliation {
    let Some(line) = sheet
        .lines
        .iter()
        .find(|line| line.category.to_string() == category)
    else {
        return Reconciliation::default();
    };
    let counted = &line.counted;
    Reconciliation {
        entitled: counted.entitled,
        present: counted.present,
        issued_phone: counted.issued_phone,
        issued_paper: counted.issued_paper,
        returned_paper: counted.returned_paper,
        void_paper: counted.void_paper,
        spare_destroyed: counted.spare_destroyed,
        issued: line.issued,
        returned: line.returned,
        voids: line.voids(),
        mismatches: line
            .mismatches
            .iter()
            .filter_map(wire)
            .map(|name| format!("mismatch-{name}"))
            .collect(),
    }
}

/// The name of a plain enum on the wire.
fn wire(value: &impl serde::Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => Some(name),
        _ => None,
    }
}

fn stage(view: &AppraisalView, now: i64) -> StageNow {
    let scene = match view.stage.scene {
        pingyi_app::Scene::Agenda => Scene::Agenda,
        pingyi_app::Scene::Speaker => Scene::Speaker,
        pingyi_app::Scene::Mark => Scene::Mark,
        pingyi_app::Scene::Turnout => Scene::Turnout,
        pingyi_app::Scene::Draw => Scene::Draw,
        pingyi_app::Scene::Results => Scene::Results,
        pingyi_app::Scene::Blank => Scene::Blank,
    };
    let all = view.config.presenters.len();
    StageNow {
        scene: scene.wire().to_owned(),
        presenter: view
            .stage
            .presenter
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        slide: view.stage.slide,
        seconds_left: view.stage.countdown.seconds_left(now),
        running: view.stage.countdown.running(),
        shown: match view.stage.results {
            Shown::Some { shown } => usize::try_from(shown).unwrap_or(all).min(all),
            Shown::All => all,
        },
    }
}

fn agenda(view: &AppraisalView, stage: &StageNow) -> Vec<Presenter> {
    let line = |code: &pingyi_app::PresenterCode| {
        let presenter = view
            .config
            .presenters
            .iter()
            .find(|presenter| presenter.code == *code)?;
        let name = code.to_string();
        Some(Presenter {
            title: presenter.title.clone(),
            unit: presenter.unit.clone(),
            done: view.stage.done.contains(code) && name != stage.presenter,
            now: name == stage.presenter,
            slides: view.slides.contains(&name),
            comment: view.comments.get(&name).cloned().unwrap_or_default(),
            code: name,
        })
    };
    view.order.iter().filter_map(line).collect()
}

/// A line of the list of users.
#[must_use]
pub fn user_line(user: UserView) -> UserLine {
    UserLine {
        id: user.id,
        login: user.login,
        name: user.name,
        roles: Role::ALL
            .into_iter()
            .filter(|role| user.roles.has(*role))
            .map(RoleLine)
            .collect(),
        active: user.active,
        unit: user.unit.map(String::from).unwrap_or_default(),
    }
}
