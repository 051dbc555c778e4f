//! The tabs of a unit: headcounts, service centres, pairings, shops.

use axum::extract::{Path, State};
use pingyi_app::record::{Centre, Headcount, Pairing, Shelf, Shop, UnitId, UnitName, WordList};

use crate::access::{Access, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lang::{Lang, Texts};
use crate::lists::Query;
use crate::pages::record::belongings::{BelongingsPage, Form, MembersView, Pick, Row};
use crate::pages::record::tabs::{Around, Tabbed};
use crate::pages::record::within::Within;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page(
            "/units/{unit}/headcounts",
            Access::Roles(SEE),
            tab::<Headcount>,
        ),
        Route::page("/units/{unit}/centres", Access::Roles(SEE), tab::<Centre>),
        Route::page("/units/{unit}/pairings", Access::Roles(SEE), tab::<Pairing>),
        Route::page("/units/{unit}/shops", Access::Roles(SEE), tab::<Shop>),
    ]
}

/// What forms and cells are filled from: names of units and words.
async fn around(
    ctx: &Ctx,
    texts: Texts,
    unit: &UnitId,
    list: Option<WordList>,
) -> Result<Around, WebError> {
    let names: Vec<UnitName> = ctx.app.unit_names().await?;
    let words = match list {
        Some(list) => ctx.app.words(list).await?,
        None => Vec::new(),
    };
    let english = texts.0 == Lang::En;
    let (firms, inspected) = ctx.app.shops_around(unit).await?;
    Ok(Around {
        firms,
        inspected,
        unit: unit.clone(),
        today: ctx.app.today()?,
        words: words
            .iter()
            .map(|view| Pick {
                value: view.word.code.clone(),
                label: view.word.label(english).to_owned(),
                chosen: view.word.retired,
            })
            .collect(),
        names,
    })
}

async fn tab<T: Shelf + Tabbed>(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
) -> Answer {
    let id: UnitId = id(&path)?;
    let view = ctx.app.unit(&hand, &id).await?;
    let kept = ctx.app.belongings::<T>(&hand, &id).await?;
    let texts = visit.texts();
    let around = around(&ctx, texts, &id, T::WORDS).await?;
    let members = match T::THING {
        "headcounts" => {
            let members = ctx.app.members(&hand, &id).await?;
            let lines = ctx.app.member_lines(&hand).await?;
            Some(MembersView::of(texts, &members, &lines))
        }
        _ => None,
    };
    let rows: Vec<Row> = kept
        .iter()
        .enumerate()
        .map(|(at, held)| T::row(held, kept.get(at + 1), &around, texts))
        .collect();
    let bundles: &[&str] = if members.is_some() {
        &["office", "charts"]
    } else {
        &["office"]
    };
    let c = visit.chrome(&ctx, view.unit.name.clone(), bundles);
    let may_write = view.may_write;
    page(&BelongingsPage {
        title: T::TITLE,
        thing: T::THING,
        empty: T::EMPTY,
        said: T::said(&kept, &around).map(|id| texts.s(id)),
        columns: T::columns(&around, texts),
        new: Form {
            key: "new".to_owned(),
            fields: T::form(None, &around, texts),
            ..Form::default()
        },
        rows,
        may_write,
        members,
        files: Query::default().within("unit", id.as_str()).files(T::THING),
        within: Within::of(view, T::PATH),
        c,
    })
}
