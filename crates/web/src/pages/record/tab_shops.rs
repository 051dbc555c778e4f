//! The tab of a unit's Party-member shops.

use pingyi_app::record::{Held, Shop};

use super::belongings::{Column, Field, Pick, Row};
use super::tabs::{Around, Tabbed, column, day, edited, field, needed};
use crate::lang::Texts;

/// The name of the firm a shop is.
fn firm_name(shop: &Shop, around: &Around) -> String {
    let firm = shop.firm.as_ref();
    let found = firm.and_then(|id| around.firms.iter().find(|(one, _)| one == id));
    found.map(|(_, name)| name.clone()).unwrap_or_default()
}

impl Tabbed for Shop {
    const THING: &'static str = "shops";
    const PATH: &'static str = "/shops";
    const TITLE: &'static str = "shops-title";
    const EMPTY: &'static str = "shops-none";

    fn columns(_: &Around, texts: Texts) -> Vec<Column> {
        vec![
            column(texts, "field-name", false),
            column(texts, "field-plaque", false),
            column(texts, "field-given_on", false),
            column(texts, "field-shop-firm", false),
            column(texts, "field-place", false),
            column(texts, "shop-inspected", false),
            column(texts, "field-withdrawn_on", false),
        ]
    }

    fn row(held: &Held<Self>, _: Option<&Held<Self>>, around: &Around, texts: Texts) -> Row {
        let shop = &held.what;
        let inspected = around.inspected.iter().find(|(id, _)| *id == held.id);
        Row {
            head: shop.name.clone(),
            rest: vec![
                shop.plaque.clone(),
                shop.given_on.to_string(),
                firm_name(shop, around),
                shop.place.clone(),
                inspected.map(|(_, day)| day.clone()).unwrap_or_default(),
                day(shop.withdrawn_on),
            ],
            badge: Some(if shop.withdrawn_on.is_some() {
                "shop-withdrawn"
            } else {
                "shop-hung"
            }),
            ok: shop.withdrawn_on.is_none(),
            sample: held.sample,
            source: held.source.clone(),
            form: edited(held, &shop.name, around, texts),
            href: Some(format!("/shops/{}", held.id)),
            own: true,
        }
    }

    fn form(from: Option<&Self>, around: &Around, texts: Texts) -> Vec<Field> {
        let named = from.map(|shop| firm_name(shop, around));
        let firm = Pick {
            value: String::new(),
            label: named.unwrap_or_default(),
            chosen: true,
        };
        vec![
            needed(field(texts, from, "name", "text")),
            Field {
                options: vec![firm],
                hint: Some("shop-firm-hint"),
                ..field(texts, from, "firm", "firm")
            },
            field(texts, from, "place", "text"),
            field(texts, from, "plaque", "text"),
            needed(field(texts, from, "given_on", "date")),
            field(texts, from, "pledge", "area"),
            field(texts, from, "pledged_on", "date"),
            field(texts, from, "withdrawn_on", "date"),
            Field {
                hint: Some("shop-withdrawn-hint"),
                ..field(texts, from, "withdrawn_reason", "area")
            },
        ]
    }
}
