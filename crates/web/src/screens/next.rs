//! What comes next with an appraisal, in one sentence.

use pingyi_app::{AppraisalItem, AppraisalView};

use crate::lang::Texts;
use crate::pages::home::Card;
use crate::pages::{appraisal::Appraisal, build};
use crate::state::State;

/// The card of an appraisal. `view` is known for those in motion.
pub(crate) fn card(
    texts: Texts,
    item: &AppraisalItem,
    view: Option<&AppraisalView>,
    watches: bool,
) -> Card {
    let state = State::from_wire(&item.state).unwrap_or(State::Draft);
    let model = view.map(|view| build::appraisal(texts.0, view, Vec::new(), 0));
    let problems = view.map_or(0, |view| view.problems.len());
    let (next, go, anchor) = sentence(texts, state, model.as_ref(), problems);
    let page = format!("/appraisals/{}", item.id);
    let href = match state {
        State::Counted | State::Released if watches => format!("{page}{anchor}"),
        State::Released | State::Archived => format!("{page}/result"),
        _ => format!("{page}{anchor}"),
    };
    Card {
        id: item.id.to_string(),
        href: if watches || matches!(state, State::Released | State::Archived) {
            href
        } else {
            String::new()
        },
        title: build::title(texts.0, &item.title),
        year: item.year.to_string(),
        state,
        rehearsal: item.rehearsal,
        next,
        go: texts.s(go),
    }
}

/// The sentence, the id of the way's label, and the place on the page.
fn sentence(
    texts: Texts,
    state: State,
    model: Option<&Appraisal>,
    problems: usize,
) -> (String, &'static str, &'static str) {
    let s = |id: &str| texts.s(id);
    let rolls = model.is_some_and(Appraisal::rolls_complete);
    match state {
        State::Draft | State::Keyed if problems > 0 => (
            texts.n("next-short-problems", problems),
            "go-draft",
            "#setup",
        ),
        State::Draft => (s("next-short-keys"), "go-draft", "#keys"),
        State::Keyed if rolls => (s("next-short-seal"), "go-keyed", "#next"),
        State::Keyed => (s("next-short-slips"), "go-keyed", "#slips"),
        State::Sealed if model.is_some_and(Appraisal::must_draw) => {
            (s("next-short-draw"), "go-sealed", "#next")
        }
        State::Sealed => (s("next-short-open"), "go-sealed", "#next"),
        State::Open => {
            let (ballots, expected) = model.map_or((0, 0), |a| (a.ballots(), a.expected()));
            let args = [("ballots", ballots.into()), ("expected", expected.into())];
            (texts.with("next-short-running", args), "go-open", "")
        }
        State::Paused => (s("next-short-paused"), "go-open", ""),
        State::Closed => (s("next-short-closed"), "go-closed", "#next"),
        State::Counted if model.is_some_and(|a| a.kept) => {
            (s("next-short-kept"), "go-counted", "#next")
        }
        State::Counted => (s("next-short-counted"), "go-counted", "#next"),
        State::Released => (s("next-short-released"), "go-released", "#next"),
        State::Archived => (s("next-short-archived"), "go-other", ""),
        State::Voided => (s("next-short-voided"), "go-other", ""),
    }
}
