//! The table of all routes: every address the server answers, and who may call it.

use crate::route::Route;
use crate::{api, screens};

/// Every route there is.
pub(crate) fn all() -> Vec<Route> {
    [
        screens::routes(),
        api::session::routes(),
        api::users::routes(),
        api::appraisals::routes(),
        api::meeting::routes(),
        api::grades::routes(),
        api::teller::routes(),
        api::links::routes(),
        api::booth::routes(),
        api::board::routes(),
        api::audit::routes(),
        api::files::routes(),
        api::followup::routes(),
        api::papers::routes(),
        api::own_slides::routes(),
        api::template::routes(),
        api::scans::routes(),
        api::record::routes(),
        api::reports::routes(),
        api::slides::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The table as text, one route a line: method, path, who may. The test keeps a copy to compare with.
#[must_use]
pub fn listing() -> String {
    let mut lines: Vec<String> = all()
        .iter()
        .map(|route| {
            format!(
                "{:<46} {:<6} {}",
                route.meta.path,
                route.method.as_str(),
                route.meta.access.name()
            )
        })
        .collect();
    lines.sort();
    lines.join("\n")
}
