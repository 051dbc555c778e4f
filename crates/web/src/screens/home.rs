//! Home and the list of appraisals.

use axum::extract::State;

use super::next::card;
use crate::access::{Access, LEADER, ORGANISER, SEE, WATCH};
use crate::answer::{Answer, page};
use crate::error::WebError;
use crate::pages::followup::digest::{Behind, ProgressTable};
use crate::pages::home::{AppraisalsPage, Card, HomePage, HomeRecord};
use crate::pages::record::heat::HeatTable;
use crate::route::Route;
use crate::settings::Ctx;
use crate::state::State as Phase;
use crate::visit::{Visit, Yours};
use pingyi_app::Hand;
use pingyi_app::record::{EntryFilter, EntryState, MatterFilter, Month};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/", Access::SignedIn, home),
        Route::page("/appraisals", Access::SignedIn, appraisals),
    ]
}

/// The cards of all appraisals, newest first. Only those in motion are looked at closely.
async fn cards(ctx: &Ctx, visit: &Visit) -> Result<Vec<Card>, WebError> {
    let watches = visit.has(WATCH);
    let mut cards = Vec::new();
    for item in ctx.app.appraisals().await? {
        let done = matches!(
            Phase::from_wire(&item.state),
            Some(Phase::Archived | Phase::Voided)
        );
        let view = if done {
            None
        } else {
            Some(ctx.app.appraisal(&item.id).await?)
        };
        cards.push(card(visit.texts(), &item, view.as_ref(), watches));
    }
    Ok(cards)
}

/// What the record says to who sees something of it.
async fn record(ctx: &Ctx, visit: &Visit, hand: &Hand) -> Result<Option<HomeRecord>, WebError> {
    if !visit.has(SEE) {
        return Ok(None);
    }
    let today = ctx.app.today()?;
    let year = today.year();
    let heat = ctx.app.heat(hand, year).await?;
    let count = async |from: Option<i64>, until: i64| {
        let day = |days: i64| today.plus_days(days).map(|day| day.to_string());
        let filter = MatterFilter {
            due_from: from.and_then(day),
            due_until: day(until),
            ..MatterFilter::default()
        };
        ctx.app.matters_count(hand, &filter).await
    };
    let entries = async |state: EntryState| {
        let filter = EntryFilter {
            state: Some(state.to_string()),
            ..EntryFilter::default()
        };
        ctx.app.entries_count(hand, &filter).await
    };
    let office = hand.is_office();
    let waiting = if office {
        entries(EntryState::Recorded).await?
    } else {
        0
    };
    let returned = if hand.writes_somewhere() && !office {
        entries(EntryState::Returned).await?
    } else {
        0
    };
    let right = ctx.app.rectification(hand).await?;
    let strikes = if visit.has(LEADER) {
        let waiting = ctx.app.strikes_waiting().await?.into_iter();
        waiting.map(|(id, n)| (id.to_string(), n)).collect()
    } else {
        Vec::new()
    };
    let record = HomeRecord {
        waiting,
        returned,
        heat: HeatTable::of(&heat, year),
        over: count(None, -1).await?,
        soon: count(Some(0), pingyi_app::record::matter::SOON_DAYS).await?,
        strikes,
        rectification: ProgressTable::of(&right.lines, &Behind::year(year)),
        month: Month::of(today).to_string(),
        ..HomeRecord::default()
    };
    let trend = ctx.app.trend(hand).await?;
    Ok(Some(record.with_trend(visit.texts(), &trend)))
}

async fn home(State(ctx): State<Ctx>, visit: Visit, Yours(hand): Yours) -> Answer {
    let all = cards(&ctx, &visit).await?;
    let done = all.len();
    let mut moving: Vec<Card> = all.into_iter().filter(Card::in_motion).collect();
    // What is furthest along is most pressing: a running meeting before a draft, earnest before rehearsal.
    moving.sort_by_key(|card| (std::cmp::Reverse(card.urgency()), card.rehearsal));
    let c = visit.chrome(&ctx, visit.texts().s("home-title"), &["office"]);
    page(&HomePage {
        c,
        cards: moving,
        done,
        may_create: visit.has(ORGANISER),
        record: record(&ctx, &visit, &hand).await?,
    })
}

async fn appraisals(State(ctx): State<Ctx>, visit: Visit) -> Answer {
    let rows = cards(&ctx, &visit).await?;
    let c = visit.chrome(&ctx, visit.texts().s("appraisals-title"), &["office"]);
    page(&AppraisalsPage {
        c,
        rows,
        may_create: visit.has(ORGANISER),
    })
}
