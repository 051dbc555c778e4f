//! Making, changing and taking away indicators: the office's.

use std::collections::BTreeMap;

use pingyi_domain::record::{
    Amount, FieldProblem, Indicator, IndicatorDraft, IndicatorId, Period, UnitId, WordList,
};
use pingyi_store::repo::indicators::{self, IndicatorRow, TargetRow};
use pingyi_store::repo::units;
use pingyi_store::{Conn, Tx};

use super::super::hand::Hand;
use super::super::note::About;
use super::super::settle::{Stored, settle, settle_removal};
use super::super::words::words_in;
use super::{IndicatorView, corrupt};
use crate::{App, AppError, Result};

fn view_of(row: IndicatorRow, targets: &[TargetRow]) -> Result<IndicatorView> {
    let first = row.from_on.parse().map_err(corrupt)?;
    let last = row.until_on.parse().map_err(corrupt)?;
    let period = Period::new(first, last);
    let period = period.ok_or_else(|| AppError::internal("a period that ends before it begins"))?;
    let mut of_all = None;
    let mut of_units = BTreeMap::new();
    for target in targets.iter().filter(|target| target.indicator == row.id) {
        let amount = Amount::from_thousandths(target.target);
        let amount = amount.ok_or_else(|| AppError::internal("a target out of range"))?;
        if target.unit.is_empty() {
            of_all = Some(amount);
        } else {
            of_units.insert(target.unit.parse::<UnitId>().map_err(corrupt)?, amount);
        }
    }
    Ok(IndicatorView {
        id: row.id.parse().map_err(corrupt)?,
        version: row.version,
        indicator: Indicator {
            name: row.name,
            ordinal: row.ordinal,
            measure: row.measure.parse().map_err(corrupt)?,
            kind: row.kind,
            topic: row.topic,
            period,
            weight: row.weight,
            retired: row.retired != 0,
            target: of_all,
            targets: of_units,
        },
        sample: row.sample != 0,
    })
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<IndicatorView>> {
    let targets = indicators::targets(conn).await?;
    let rows = indicators::all(conn).await?;
    rows.into_iter().map(|row| view_of(row, &targets)).collect()
}

pub(super) async fn one(conn: &mut Conn, id: &IndicatorId) -> Result<IndicatorView> {
    let row = indicators::by_id(conn, id.as_str()).await?;
    let targets = indicators::targets(conn).await?;
    view_of(row.ok_or(AppError::NotFound)?, &targets)
}

fn row_of(id: &IndicatorId, version: i64, one: &Indicator) -> IndicatorRow {
    IndicatorRow {
        id: id.to_string(),
        version,
        ordinal: one.ordinal,
        name: one.name.clone(),
        measure: one.measure.to_string(),
        kind: one.kind.clone(),
        topic: one.topic.clone(),
        from_on: one.period.first().to_string(),
        until_on: one.period.last().to_string(),
        weight: one.weight,
        retired: i64::from(one.retired),
        sample: 0,
    }
}

async fn put_targets(tx: &mut Tx, id: &IndicatorId, one: &Indicator) -> Result<()> {
    let all = one.target.map(|amount| (String::new(), amount));
    let units = one.targets.iter();
    let units = units.map(|(unit, amount)| (unit.to_string(), *amount));
    let targets: Vec<(String, i64)> = all
        .into_iter()
        .chain(units)
        .map(|(unit, amount)| (unit, amount.thousandths()))
        .collect();
    Ok(indicators::set_targets(tx, id.as_str(), &targets).await?)
}

/// Kind, topic and units are there, and the topic is one of the kind's.
async fn fits(conn: &mut Conn, one: &Indicator) -> Result<()> {
    let mut problems = Vec::new();
    let mut refuse = |field: String, rule: &str| {
        problems.push(FieldProblem {
            field,
            rule: rule.to_owned(),
        });
    };
    let kinds = words_in(conn, WordList::EntryKind).await?;
    if !one.kind.is_empty() && !kinds.iter().any(|view| view.word.code == one.kind) {
        refuse("kind".to_owned(), "word");
    }
    let topics = words_in(conn, WordList::Topic).await?;
    let of_kind = |code: &str| {
        topics
            .iter()
            .any(|view| view.word.code == code && view.word.parent == one.kind)
    };
    if !one.topic.is_empty() && !of_kind(&one.topic) {
        refuse("topic".to_owned(), "word");
    }
    for unit in one.targets.keys() {
        if units::by_id(conn, unit.as_str()).await?.is_none() {
            refuse(format!("targets.{unit}"), "unit");
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::Fields(problems))
    }
}

impl App {
    /// Makes an indicator.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`].
    pub async fn add_indicator(&self, hand: &Hand, draft: &IndicatorDraft) -> Result<Stored> {
        let indicator = draft.read()?;
        hand.decides()?;
        let id = IndicatorId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        fits(&mut tx, &indicator).await?;
        indicators::insert(&mut tx, &row_of(&id, 1, &indicator)).await?;
        put_targets(&mut tx, &id, &indicator).await?;
        let about = About {
            id: id.as_str(),
            unit: None,
        };
        self.note_added(&mut tx, hand, about, &indicator).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes an indicator and its targets.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub async fn change_indicator(
        &self,
        hand: &Hand,
        id: &IndicatorId,
        version: i64,
        draft: &IndicatorDraft,
    ) -> Result<Stored> {
        let indicator = draft.read()?;
        let mut tx = self.store().begin().await?;
        let stored = one(&mut tx, id).await?;
        hand.decides()?;
        let before = (&stored.indicator, stored.version);
        if !settle(&mut tx, (id.as_str(), version), before, &indicator).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: stored.version,
            });
        }
        fits(&mut tx, &indicator).await?;
        if !indicators::update(&mut tx, &row_of(id, stored.version, &indicator)).await? {
            return Err(AppError::Busy);
        }
        put_targets(&mut tx, id, &indicator).await?;
        let about = About {
            id: id.as_str(),
            unit: None,
        };
        let version = stored.version + 1;
        let both = (&stored.indicator, &indicator);
        self.note_changed(&mut tx, hand, about, version, both)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes an indicator away; its figures were never stored.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::OldVersion`].
    pub async fn remove_indicator(
        &self,
        hand: &Hand,
        id: &IndicatorId,
        version: i64,
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let stored = one(&mut tx, id).await?;
        hand.decides()?;
        settle_removal(version, stored.version)?;
        if !indicators::delete(&mut tx, id.as_str(), version).await? {
            return Err(AppError::Busy);
        }
        let about = About {
            id: id.as_str(),
            unit: None,
        };
        self.note_removed(&mut tx, hand, about, &stored.indicator)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
