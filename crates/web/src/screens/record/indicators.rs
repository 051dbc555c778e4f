//! The heat table, indicators with the rows behind them, their form, and search.

use std::collections::HashMap;

use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use pingyi_app::Hand;
use pingyi_app::list::Cursor;
use pingyi_app::record::{
    IndicatorId, IndicatorView, Kind, Measure, Sheet, UnitId, UnitKind, WordList,
};

use crate::access::{Access, ORGANISER, SEE};
use crate::answer::{Answer, page};
use crate::api::record::id;
use crate::error::WebError;
use crate::lang::Lang;
use crate::lists::Query;
use crate::pages::record::heat::HeatTable;
use crate::pages::record::indicator_form::{
    IndicatorForm, IndicatorFormPage, WordChoice, measures,
};
use crate::pages::record::indicator_history::HistoryTable;
use crate::pages::record::indicators::{BehindLine, IndicatorPage, IndicatorsPage, all_units};
use crate::pages::record::search::{FoundLine, SearchPage};
use crate::pages::record::{Choice, UnitChoice};
use crate::route::Route;
use crate::screens::record::sheets;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

/// Hits on the page of search.
const HITS: usize = 50;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/indicators", Access::Roles(SEE), indicators),
        Route::page("/indicators/new", Access::Roles(ORGANISER), new),
        Route::page("/indicators/{indicator}", Access::Roles(SEE), indicator),
        Route::page(
            "/indicators/{indicator}/edit",
            Access::Roles(ORGANISER),
            edit,
        ),
        Route::page("/search", Access::Roles(SEE), search),
    ]
}

async fn indicators(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let asked = query.get("year").and_then(|year| year.parse().ok());
    let year = asked.unwrap_or(ctx.app.today()?.year());
    let all = ctx.app.indicators().await?;
    let mut years: Vec<i32> = all
        .iter()
        .map(|one| one.indicator.period.first().year())
        .collect();
    years.push(year);
    years.sort_unstable();
    years.dedup();
    let heat = ctx.app.heat(&hand, year).await?;
    page(&IndicatorsPage {
        c: visit.chrome(&ctx, visit.texts().s("indicators-title"), &["office"]),
        heat: HeatTable::of(&heat, year),
        years,
        may_add: hand.is_office(),
        files: query.files("indicators"),
    })
}

/// The heat table of an address's year as a sheet.
pub(crate) async fn sheet(
    ctx: &Ctx,
    visit: &Visit,
    hand: &Hand,
    uri: &Uri,
) -> Result<Sheet, WebError> {
    let query = Query::of(uri);
    let asked = query.get("year").and_then(|year| year.parse().ok());
    let year = asked.unwrap_or(ctx.app.today()?.year());
    let heat = ctx.app.heat(hand, year).await?;
    Ok(sheets::heat(visit.texts(), &heat))
}

async fn indicator(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let indicator: IndicatorId = id(&path)?;
    let unit: Option<UnitId> = query.get("unit").map(id).transpose()?;
    let after = query.get("after").and_then(Cursor::from_text);
    let found = ctx
        .app
        .indicator(&hand, &indicator, unit.as_ref(), after)
        .await?;
    let Some(one) = found.heat.columns.first() else {
        return Err(WebError::NotFound);
    };
    let names = names(&ctx).await?;
    let measure = one.indicator.measure;
    let next = query.next(found.behind.next.as_ref());
    let total = found.behind.total;
    let line = |row: pingyi_app::record::BehindRow| {
        let kind = if measure == Measure::ClosedInTime {
            "matter"
        } else {
            "entry"
        };
        let unit = names.get(&row.unit).cloned().unwrap_or_default();
        let href = address(kind, &row.id, None).unwrap_or_default();
        BehindLine::of(row, unit, href, measure)
    };
    let period = one.indicator.period;
    let year = period.first().year();
    let name = one.indicator.name.clone();
    let mut heat = HeatTable::of(&found.heat, year);
    for (line, count) in heat.lines.iter_mut().zip(found.unconfirmed) {
        line.unconfirmed = Some(count);
    }
    let c = visit.chrome(&ctx, name.clone(), &["office", "charts"]);
    page(&IndicatorPage {
        id: indicator.to_string(),
        measure,
        period: [period.first().to_string(), period.last().to_string()],
        heat,
        history: HistoryTable::of(&found.history, unit.as_ref().map(UnitId::as_str)),
        elsewhere: elsewhere(one, unit.as_ref(), found.heat.today.to_string()),
        unit: all_units(visit.texts(), found.unit.map(|unit| unit.short)),
        behind: found.behind.rows.into_iter().map(line).collect(),
        total,
        next,
        may_change: hand.is_office(),
        name,
        c,
    })
}

/// Where the firms or the counts behind a figure are, when they are not entries or matters.
fn elsewhere(one: &IndicatorView, unit: Option<&UnitId>, today: String) -> String {
    let view = match one.indicator.measure {
        Measure::OrgRate => "covered",
        Measure::OwnRate => "own",
        Measure::WorkRate => "worked",
        Measure::Members | Measure::Growth => {
            return unit
                .map(|unit| format!("/units/{unit}"))
                .unwrap_or_default();
        }
        _ => return String::new(),
    };
    let day = one.indicator.period.last().to_string().min(today);
    let unit = unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
    format!("/firms?view={view}&on={day}{unit}")
}

/// Short names of all units by id.
async fn names(ctx: &Ctx) -> Result<HashMap<String, String>, WebError> {
    let names = ctx.app.unit_names().await?;
    Ok(names
        .into_iter()
        .map(|unit| (unit.id.to_string(), unit.short))
        .collect())
}

/// The page of a record: its own, or that of the unit it belongs to.
fn address(kind: &str, id: &str, unit: Option<&str>) -> Option<String> {
    let of_unit = || unit.map(|unit| format!("/units/{unit}"));
    let own = match kind {
        "unit" => "/units",
        "firm" => "/firms",
        "matter" => "/matters",
        "entry" => "/ledger",
        "indicator" => "/indicators",
        "shop" => "/shops",
        "centre" => "/centres",
        _ => return of_unit(),
    };
    let prefix = format!("{own}/{{");
    let has_page = crate::table::all()
        .iter()
        .any(|route| route.meta.path.starts_with(&prefix));
    if has_page {
        Some(format!("{own}/{id}"))
    } else {
        of_unit()
    }
}

async fn new(State(ctx): State<Ctx>, visit: Visit) -> Answer {
    let year = ctx.app.today()?.year();
    let form = IndicatorForm {
        from_on: format!("{year}-01-01"),
        until_on: format!("{year}-12-31"),
        weight: "10".to_owned(),
        ..IndicatorForm::default()
    };
    form_page(&ctx, &visit, form, None).await
}

async fn edit(State(ctx): State<Ctx>, visit: Visit, Path(path): Path<String>) -> Answer {
    let wanted: IndicatorId = id(&path)?;
    let all = ctx.app.indicators().await?;
    let one = all.into_iter().find(|one| one.id == wanted);
    let one = one.ok_or(WebError::NotFound)?;
    let indicator = &one.indicator;
    let form = IndicatorForm {
        id: one.id.to_string(),
        version: one.version,
        name: indicator.name.clone(),
        ordinal: indicator.ordinal.to_string(),
        from_on: indicator.period.first().to_string(),
        until_on: indicator.period.last().to_string(),
        weight: indicator.weight.to_string(),
        target: indicator
            .target
            .map(|target| target.to_string())
            .unwrap_or_default(),
        retired: indicator.retired,
    };
    form_page(&ctx, &visit, form, Some(&one)).await
}

async fn form_page(
    ctx: &Ctx,
    visit: &Visit,
    form: IndicatorForm,
    one: Option<&IndicatorView>,
) -> Answer {
    let english = visit.texts().0 == Lang::En;
    let (kind, topic, measure) = one.map_or(("", "", "entries"), |one| {
        let indicator = &one.indicator;
        (
            &*indicator.kind,
            &*indicator.topic,
            indicator.measure.as_str(),
        )
    });
    let words = async |list, chosen: &str| -> Result<Vec<WordChoice>, WebError> {
        let words = ctx.app.words(list).await?;
        let offered = words
            .into_iter()
            .filter(|view| !view.word.retired || view.word.code == chosen);
        Ok(offered
            .map(|view| WordChoice {
                label: view.word.label(english).to_owned(),
                chosen: view.word.code == chosen,
                code: view.word.code,
            })
            .collect())
    };
    let parks = ctx.app.unit_names().await?.into_iter();
    let units = parks
        .filter(|unit| unit.kind == UnitKind::Park && !unit.closed)
        .map(|unit| {
            let own = one.and_then(|one| one.indicator.targets.get(&unit.id));
            let own = own.map(ToString::to_string).unwrap_or_default();
            (UnitChoice::of(unit), own)
        });
    page(&IndicatorFormPage {
        c: visit.chrome(ctx, visit.texts().s("indicators-title"), &["office"]),
        form,
        measures: measures(measure),
        kinds: words(WordList::EntryKind, kind).await?,
        topics: words(WordList::Topic, topic).await?,
        units: units.collect(),
    })
}

async fn search(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    let query = Query::of(&uri);
    let (text, kind) = (query.text("q"), query.text("kind"));
    let of_kind: Option<Kind> = kind.parse().ok();
    let found = ctx.app.find(&hand, &text, of_kind, HITS).await?;
    let names = names(&ctx).await?;
    let more = found.len() == HITS;
    let hits = found.into_iter().map(|hit| FoundLine {
        href: address(hit.kind.as_str(), &hit.id, hit.unit.as_deref()).unwrap_or_default(),
        kind: format!("record-kind-{}", hit.kind),
        nearly: matches!(hit.fit, pingyi_app::record::Fit::Nearly(_)),
        unit: hit
            .unit
            .and_then(|unit| names.get(&unit).cloned())
            .unwrap_or_default(),
        title: hit.title,
        body: hit.body.chars().take(80).collect(),
    });
    let kinds = [
        Kind::Unit,
        Kind::Post,
        Kind::Firm,
        Kind::Centre,
        Kind::Shop,
        Kind::Entry,
        Kind::Matter,
    ];
    page(&SearchPage {
        c: visit.chrome(&ctx, visit.texts().s("search-title"), &["office"]),
        kinds: kinds
            .iter()
            .map(|one| Choice::new("record-kind", one.as_str(), &kind))
            .collect(),
        hits: hits.collect(),
        text,
        more,
    })
}
