//! What belongs to units and who instructs, as sheets.

use std::collections::HashMap;

use axum::http::Uri;
use pingyi_app::Hand;
use pingyi_app::record::{
    Centre, ColumnKind, Held, Pairing, Sheet, Shelf, Shop, UnitId, UnitName, WordList,
};

use super::sheets::{sheet, unit_name, wire};
use super::units::placed;
use crate::error::WebError;
use crate::lang::Lang;
use crate::settings::Ctx;
use crate::visit::Visit;

use ColumnKind::{Date as Day, Number, Text};

/// Who asks for the sheet of which address.
type Asked<'a> = (&'a Ctx, &'a Visit, &'a Hand, &'a Uri);

/// What one kind of record of the unit an address names and of those below it says, or of all: behind the unit's name the
/// cells of its columns.
async fn kept<T: Shelf>(
    (ctx, visit, hand, uri): Asked<'_>,
    title: &str,
    columns: &[(&str, ColumnKind)],
    cells: impl Fn(T, &[UnitName]) -> Vec<String>,
) -> Result<Sheet, WebError> {
    let (names, place) = placed(ctx, uri).await?;
    let held: Vec<Held<T>> = ctx.app.whole_belongings(hand, place.as_ref()).await?;
    let rows = held.into_iter().map(|held| {
        let mut row = vec![unit_name(&names, held.what.unit().as_str())];
        row.extend(cells(held.what, &names));
        row
    });
    let columns: Vec<_> = std::iter::once(&("field-unit", Text))
        .chain(columns)
        .copied()
        .collect();
    Ok(sheet(visit.texts(), title, &columns, rows.collect()))
}

/// Service centres.
pub(crate) async fn centres(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let texts = visit.texts();
    let words = ctx.app.words(WordList::Service).await?;
    let services: HashMap<&str, &str> = words
        .iter()
        .map(|view| {
            (
                view.word.code.as_str(),
                view.word.label(texts.0 == Lang::En),
            )
        })
        .collect();
    let columns = [
        ("field-name", Text),
        ("field-centre-kind", Text),
        ("field-address", Text),
        ("field-centre-opened_on", Day),
        ("field-centre-closed_on", Day),
        ("field-terminals", Number),
        ("field-services", Text),
        ("field-covers", Text),
        ("field-note", Text),
    ];
    let cells = |centre: Centre, names: &[UnitName]| {
        let service =
            |code: &String| (*services.get(code.as_str()).unwrap_or(&code.as_str())).to_owned();
        let covered = centre.covers.iter().map(UnitId::as_str);
        vec![
            centre.name,
            texts.s(&format!("value-centre-kind-{}", centre.kind)),
            centre.address,
            wire(centre.opened_on),
            wire(centre.closed_on),
            centre.terminals.to_string(),
            listed(centre.services.iter().map(service)),
            listed(covered.map(|id| unit_name(names, id))),
            centre.note,
        ]
    };
    kept((ctx, visit, hand, uri), "centres-title", &columns, cells).await
}

fn listed(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join("、")
}

/// Pairings.
pub(crate) async fn pairings(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let columns = [
        ("field-partner", Text),
        ("field-purpose", Text),
        ("field-from_on", Day),
        ("field-until_on", Day),
    ];
    let cells = |pairing: Pairing, names: &[UnitName]| {
        let partner = pairing.partner.as_ref();
        vec![
            partner.map_or(pairing.outside, |id| unit_name(names, id.as_str())),
            pairing.purpose,
            pairing.spell.from_on.to_string(),
            wire(pairing.spell.until_on),
        ]
    };
    kept((ctx, visit, hand, uri), "pairings-title", &columns, cells).await
}

/// Party-member shops.
pub(crate) async fn shops(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let columns = [
        ("field-name", Text),
        ("field-place", Text),
        ("field-plaque", Text),
        ("field-given_on", Day),
        ("field-pledge", Text),
        ("field-pledged_on", Day),
        ("field-withdrawn_on", Day),
        ("field-withdrawn_reason", Text),
    ];
    let cells = |shop: Shop, _: &[UnitName]| {
        vec![
            shop.name,
            shop.place,
            shop.plaque,
            shop.given_on.to_string(),
            shop.pledge,
            wire(shop.pledged_on),
            wire(shop.withdrawn_on),
            shop.withdrawn_reason,
        ]
    };
    kept((ctx, visit, hand, uri), "shops-title", &columns, cells).await
}

/// The instructors of today: a line for each firm they look after, and one for each who looks after none.
pub(crate) async fn instructors(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    _: &Uri,
) -> Result<Sheet, WebError> {
    let names = ctx.app.unit_names().await?;
    let found = ctx.app.instructor_loads(hand).await?;
    let columns = [
        ("field-holder", Text),
        ("field-unit", Text),
        ("instructors-load", Number),
        ("field-shop-firm", Text),
        ("instructors-visits-month", Number),
        ("instructors-last", Day),
    ];
    let mut rows = Vec::new();
    for load in found.rows {
        let unit = unit_name(&names, load.post.post.unit.as_str());
        let who = [load.post.post.holder, unit, load.firms.len().to_string()];
        let line = |of: [String; 3]| who.iter().cloned().chain(of).collect();
        if load.firms.is_empty() {
            rows.push(line(Default::default()));
        }
        for firm in load.firms {
            rows.push(line([
                firm.name,
                firm.visits.to_string(),
                firm.last_on.unwrap_or_default(),
            ]));
        }
    }
    Ok(sheet(visit.texts(), "instructors-title", &columns, rows))
}
