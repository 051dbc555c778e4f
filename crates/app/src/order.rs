//! The order of the reports: as entered, by strokes, or by lot.

use pingyi_domain::config::{AppraisalConfig, OrderRule};
use pingyi_domain::{AppraisalId, PresenterCode, sha256_hex};

use crate::Draw;

/// The order where no lots have been drawn.
pub(crate) fn without_lot(config: &AppraisalConfig) -> Vec<PresenterCode> {
    let mut presenters: Vec<&pingyi_domain::config::Presenter> = config.presenters.iter().collect();
    if config.order == OrderRule::Strokes {
        presenters.sort_by_key(|presenter| presenter.title.clone());
    }
    presenters
        .into_iter()
        .map(|presenter| presenter.code.clone())
        .collect()
}

/// The lots. Seed: SHA-256 of `pingyi-draw-v1|<appraisal>|<category:height:head>;…` over the boards when they
/// were drawn. Order: presenters sorted by SHA-256 of `<seed>|<code>`, which nobody who does not choose the
/// heads can foresee and everybody can repeat.
pub(crate) fn lots(config: &AppraisalConfig, id: &AppraisalId, heads: &[String]) -> Draw {
    let seed = sha256_hex(format!("pingyi-draw-v1|{id}|{}", heads.join(";")).as_bytes());
    let mut order: Vec<PresenterCode> = config
        .presenters
        .iter()
        .map(|presenter| presenter.code.clone())
        .collect();
    order.sort_by_key(|code| sha256_hex(format!("{seed}|{code}").as_bytes()));
    Draw { seed, order }
}
