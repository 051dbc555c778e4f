//! Making, changing and taking away indicators: the office's.

use std::collections::BTreeMap;

use pingyi_domain::DomainError;
use pingyi_domain::record::{
    Amount, FieldProblem, Indicator, IndicatorDraft, IndicatorId, Period, WordList,
};
use pingyi_store::Conn;
use pingyi_store::repo::indicators::{self, IndicatorRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;

use super::super::hand::Hand;
use super::super::settle::Stored;
use super::super::words::words_in;
use super::super::written::{Around, Home, Read, Written};
use super::{IndicatorView, corrupt};
use crate::{App, AppError, Result};

fn view_of(row: &IndicatorRow) -> Result<IndicatorView> {
    Ok(IndicatorView {
        id: row.id.parse().map_err(corrupt)?,
        version: row.version,
        indicator: Indicator::of(row).map_err(corrupt)?,
        sample: row.sample != 0,
    })
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<IndicatorView>> {
    indicators::all(conn).await?.iter().map(view_of).collect()
}

pub(super) async fn one(conn: &mut Conn, id: &IndicatorId) -> Result<IndicatorView> {
    let row = row::by_id(conn, id.as_str()).await?;
    view_of(&row.ok_or(AppError::NotFound)?)
}

impl Written for Indicator {
    type Row = IndicatorRow;

    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        IndicatorId::generate(rng).into()
    }

    fn of(row: &IndicatorRow) -> Read<Self> {
        let (mut target, mut targets) = (None, BTreeMap::new());
        for (unit, thousandths) in &row.targets {
            let amount = Amount::from_thousandths(*thousandths);
            let amount = amount.ok_or_else(|| DomainError::Amount {
                text: thousandths.to_string(),
            })?;
            if unit.is_empty() {
                target = Some(amount);
            } else {
                targets.insert(unit.parse()?, amount);
            }
        }
        let ends_before = || DomainError::Date {
            text: row.until_on.clone(),
        };
        let period = Period::new(row.from_on.parse()?, row.until_on.parse()?);
        Ok(Self {
            name: row.name.clone(),
            ordinal: row.ordinal,
            measure: row.measure.parse()?,
            kind: row.kind.clone(),
            topic: row.topic.clone(),
            period: period.ok_or_else(ends_before)?,
            weight: row.weight,
            retired: row.retired != 0,
            target,
            targets,
        })
    }

    fn to_row(&self, id: &str, version: i64) -> IndicatorRow {
        let all = self.target.map(|amount| (String::new(), amount));
        let units = self.targets.iter();
        let units = units.map(|(unit, amount)| (unit.to_string(), *amount));
        IndicatorRow {
            id: id.to_owned(),
            version,
            ordinal: self.ordinal,
            name: self.name.clone(),
            measure: self.measure.to_string(),
            kind: self.kind.clone(),
            topic: self.topic.clone(),
            from_on: self.period.first().to_string(),
            until_on: self.period.last().to_string(),
            weight: self.weight,
            retired: i64::from(self.retired),
            sample: 0,
            targets: all
                .into_iter()
                .chain(units)
                .map(|(unit, amount)| (unit, amount.thousandths()))
                .collect(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Office
    }

    async fn agrees(&self, conn: &mut Conn, _: Around<'_, Self>) -> Result<()> {
        fits(conn, self).await
    }
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
        if row::by_id::<UnitRow>(conn, unit.as_str()).await?.is_none() {
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
        self.enter(hand, draft.read()?).await
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
        self.amend(hand, (id.as_str(), version), draft.read()?)
            .await
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
        self.erase::<Indicator>(hand, (id.as_str(), version)).await
    }
}
