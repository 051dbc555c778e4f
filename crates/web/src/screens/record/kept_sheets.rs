//! What belongs to units and who instructs, as sheets.

use axum::http::Uri;
use pingyi_app::Hand;
use pingyi_app::record::{
    Centre, ColumnKind, Held, Pairing, Sheet, Shop, UnitId, UnitName, Word, WordList,
};

use super::sheets::{sheet, unit_name, wire};
use super::units::placed;
use crate::error::WebError;
use crate::lang::Lang;
use crate::settings::Ctx;
use crate::visit::Visit;

use ColumnKind::{Date as Day, Number, Text};

fn units_named(names: &[UnitName], ids: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let all: Vec<String> = ids
        .into_iter()
        .map(|id| unit_name(names, id.as_ref()))
        .collect();
    all.join("、")
}

/// The service centres of the unit an address names and of those below it, or of all.
pub(crate) async fn centres(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let (names, place) = placed(ctx, uri).await?;
    let kept: Vec<Held<Centre>> = ctx.app.whole_belongings(hand, place.as_ref()).await?;
    let texts = visit.texts();
    let words = ctx.app.words(WordList::Service).await?;
    let words: Vec<Word> = words.into_iter().map(|view| view.word).collect();
    let service = |code: &String| {
        let word = words.iter().find(|word| word.code == *code);
        word.map_or_else(
            || code.clone(),
            |word| word.label(texts.0 == Lang::En).to_owned(),
        )
    };
    let columns = [
        ("field-unit", Text),
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
    let rows = kept.into_iter().map(|held| {
        let centre = held.what;
        let services: Vec<String> = centre.services.iter().map(service).collect();
        vec![
            unit_name(&names, centre.unit.as_str()),
            centre.name,
            texts.s(&format!("value-centre-kind-{}", centre.kind)),
            centre.address,
            wire(centre.opened_on),
            wire(centre.closed_on),
            centre.terminals.to_string(),
            services.join("、"),
            units_named(&names, centre.covers.iter().map(UnitId::as_str)),
            centre.note,
        ]
    });
    Ok(sheet(texts, "centres-title", &columns, rows.collect()))
}

/// The pairings of the unit an address names and of those below it, or of all.
pub(crate) async fn pairings(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let (names, place) = placed(ctx, uri).await?;
    let kept: Vec<Held<Pairing>> = ctx.app.whole_belongings(hand, place.as_ref()).await?;
    let columns = [
        ("field-unit", Text),
        ("field-partner", Text),
        ("field-purpose", Text),
        ("field-from_on", Day),
        ("field-until_on", Day),
    ];
    let rows = kept.into_iter().map(|held| {
        let pairing = held.what;
        let partner = pairing.partner.as_ref();
        vec![
            unit_name(&names, pairing.unit.as_str()),
            partner.map_or(pairing.outside, |id| unit_name(&names, id.as_str())),
            pairing.purpose,
            pairing.spell.from_on.to_string(),
            wire(pairing.spell.until_on),
        ]
    });
    Ok(sheet(
        visit.texts(),
        "pairings-title",
        &columns,
        rows.collect(),
    ))
}

/// The Party-member shops of the unit an address names and of those below it, or of all.
pub(crate) async fn shops(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let (names, place) = placed(ctx, uri).await?;
    let kept: Vec<Held<Shop>> = ctx.app.whole_belongings(hand, place.as_ref()).await?;
    let columns = [
        ("field-unit", Text),
        ("field-name", Text),
        ("field-place", Text),
        ("field-plaque", Text),
        ("field-given_on", Day),
        ("field-pledge", Text),
        ("field-pledged_on", Day),
        ("field-withdrawn_on", Day),
        ("field-withdrawn_reason", Text),
    ];
    let rows = kept.into_iter().map(|held| {
        let shop = held.what;
        vec![
            unit_name(&names, shop.unit.as_str()),
            shop.name,
            shop.place,
            shop.plaque,
            shop.given_on.to_string(),
            shop.pledge,
            wire(shop.pledged_on),
            wire(shop.withdrawn_on),
            shop.withdrawn_reason,
        ]
    });
    Ok(sheet(
        visit.texts(),
        "shops-title",
        &columns,
        rows.collect(),
    ))
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
        if load.firms.is_empty() {
            rows.push(
                who.iter()
                    .cloned()
                    .chain([String::new(), String::new(), String::new()])
                    .collect(),
            );
        }
        for firm in load.firms {
            let visits = [
                firm.name,
                firm.visits.to_string(),
                firm.last_on.unwrap_or_default(),
            ];
            rows.push(who.iter().cloned().chain(visits).collect());
        }
    }
    Ok(sheet(visit.texts(), "instructors-title", &columns, rows))
}
