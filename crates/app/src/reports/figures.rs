//! Figures worked out and followed back to their rows: the statements of the indicators, and nothing beside them.

use std::collections::{BTreeMap, BTreeSet};

use pingyi_domain::record::{
    Date, Indicator, Measure, ReportId, Scope, UnitId, UnitPath, WordList,
};
use pingyi_domain::report::{FigureCode, FigureOf, FigureSpan, Piece, Worked, pieces};
use pingyi_store::Conn;
use pingyi_store::list::Ask;
use pingyi_store::repo::firms::{self, FirmFilter, FirmView};
use pingyi_store::repo::{indicators, units};

use super::{Kept, kept};
use crate::record::indicators::counting::{Counts, counted};
use crate::record::units::in_order;
use crate::record::words::words_in;
use crate::record::{Hand, UnitName};
use crate::{App, Result};

/// A figure that can be put into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureOffer {
    /// Its code.
    pub code: FigureCode,
    /// What it is today.
    pub worked: Worked,
}

/// The kinds and topics there are; topics as `kind/topic`.
pub(super) struct Vocabulary {
    pub kinds: Vec<String>,
    topics: BTreeSet<String>,
}

impl Vocabulary {
    pub async fn read(conn: &mut Conn) -> Result<Self> {
        let kinds = words_in(conn, WordList::EntryKind).await?;
        let topics = words_in(conn, WordList::Topic).await?;
        Ok(Self {
            kinds: kinds.into_iter().map(|view| view.word.code).collect(),
            topics: topics
                .into_iter()
                .map(|view| format!("{}/{}", view.word.parent, view.word.code))
                .collect(),
        })
    }

    fn knows(&self, code: &FigureCode) -> bool {
        let topic = || format!("{}/{}", code.kind, code.topic);
        (code.kind.is_empty() || self.kinds.contains(&code.kind))
            && (code.topic.is_empty() || self.topics.contains(&topic()))
    }
}

/// The figure as an indicator of its own, so that it is counted like one; none outside the calendar.
fn indicator(code: &FigureCode, year: i32) -> Option<Indicator> {
    Some(Indicator {
        name: String::new(),
        ordinal: 0,
        measure: code.measure,
        kind: code.kind.clone(),
        topic: code.topic.clone(),
        period: code.period(year)?,
        weight: 1,
        retired: false,
        target: None,
        targets: BTreeMap::new(),
    })
}

/// The figures that stand in texts, each once.
pub(crate) fn codes_in<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<FigureCode> {
    let mut codes = BTreeMap::new();
    for text in texts {
        for piece in pieces(text) {
            if let Piece::Figure(code) = piece {
                codes.insert(code.to_string(), code);
            }
        }
    }
    codes.into_values().collect()
}

/// Works figures out for one unit and the report of a year, by their codes. Those of kinds and topics that do not exist are
/// left out.
pub(crate) async fn work(
    app: &App,
    conn: &mut Conn,
    (unit, year): (&UnitName, i32),
    codes: &[FigureCode],
) -> Result<BTreeMap<String, Worked>> {
    let mut all = BTreeMap::new();
    if codes.is_empty() {
        return Ok(all);
    }
    let today = app.today()?;
    let vocabulary = Vocabulary::read(conn).await?;
    let names = in_order(units::all(conn).await?)?;
    let mut counts = Counts::new(app, &names, today, today);
    let rows = std::slice::from_ref(unit);
    for code in codes.iter().filter(|code| vocabulary.knows(code)) {
        let (Some(one), Some(source)) = (indicator(code, year), code.source(&unit.id, year, today))
        else {
            continue;
        };
        let figures = counts.figures(conn, &one, rows).await?;
        if let Some(figure) = figures.first() {
            all.insert(code.to_string(), code.worked(*figure, source));
        }
    }
    Ok(all)
}

/// Members of the units at this place and below it, one line a unit that counted.
async fn heads(conn: &mut Conn, place: &UnitPath, day: Date) -> Result<Vec<String>> {
    let names = in_order(units::all(conn).await?)?;
    let below = |id: &str| {
        let id: std::result::Result<UnitId, _> = id.parse();
        id.is_ok_and(|id| {
            names
                .iter()
                .any(|name| name.id == id && place.holds(&name.path))
        })
    };
    let rows = indicators::members(conn, &day.to_string()).await?;
    let rows = rows.into_iter().filter(|row| below(&row.unit));
    Ok(rows
        .map(|row| format!("{} {day} {}", row.unit, row.part))
        .collect())
}

/// The rows behind a figure: ids of entries, matters or firms, or the counts of members.
pub(crate) async fn behind(
    conn: &mut Conn,
    (unit, year, today): (&UnitName, i32, Date),
    code: &FigureCode,
) -> Result<Vec<String>> {
    let Some(one) = indicator(code, year) else {
        return Ok(Vec::new());
    };
    let scope = Scope::Under(unit.path.clone());
    let until = one.until(today);
    let view = match code.measure {
        Measure::Members | Measure::Growth => {
            let mut rows = heads(conn, &unit.path, until).await?;
            if code.measure == Measure::Growth {
                let before = one.period.first().plus_days(-1).unwrap_or(until);
                rows.extend(heads(conn, &unit.path, before).await?);
            }
            return Ok(rows);
        }
        Measure::OrgRate => FirmView::Covered,
        Measure::OwnRate => FirmView::Own,
        Measure::WorkRate => FirmView::Worked,
        measure => {
            let by = counted(&one, today);
            let whole = (None, u32::MAX);
            let page = indicators::behind(conn, &scope, measure, &by, whole).await?;
            return Ok(page.rows.into_iter().map(|row| row.id).collect());
        }
    };
    let filter = FirmFilter {
        view: if code.of == FigureOf::Whole {
            FirmView::Operating
        } else {
            view
        },
        on: until.to_string(),
        is_today: until == today,
        ..FirmFilter::default()
    };
    let (rows, _) = firms::rows(conn, &scope, &filter, &Ask::all("name")).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The figures that are offered: rates with what they are made of, members, and what was done by kind.
pub(super) fn offered(vocabulary: &Vocabulary) -> Vec<FigureCode> {
    let rates = [
        Measure::OrgRate,
        Measure::OwnRate,
        Measure::WorkRate,
        Measure::ClosedInTime,
    ];
    let mut codes = Vec::new();
    for measure in rates {
        for of in [FigureOf::Itself, FigureOf::Part, FigureOf::Whole] {
            codes.push(FigureCode {
                of,
                ..FigureCode::of(measure)
            });
        }
    }
    codes.extend([Measure::Members, Measure::Growth].map(FigureCode::of));
    let meetings = FigureCode {
        kind: "meeting".to_owned(),
        ..FigureCode::of(Measure::Quarters)
    };
    codes.push(meetings);
    for measure in [Measure::Entries, Measure::Headcount, Measure::Quantity] {
        codes.push(FigureCode::of(measure));
        codes.extend(vocabulary.kinds.iter().map(|kind| FigureCode {
            kind: kind.clone(),
            ..FigureCode::of(measure)
        }));
    }
    codes
}

impl App {
    /// The figures that can be put into a report, as they are today; those of the year before that were nothing then and
    /// are nothing now are left out.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn report_figures(&self, hand: &Hand, id: &ReportId) -> Result<Vec<FigureOffer>> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let vocabulary = Vocabulary::read(&mut view).await?;
        let mut codes = offered(&vocabulary);
        let before = codes.iter().filter(|code| code.of == FigureOf::Itself);
        let before: Vec<FigureCode> = before
            .map(|code| FigureCode {
                span: FigureSpan::Year(stored.year - 1),
                ..code.clone()
            })
            .collect();
        codes.extend(before);
        let unit = (&stored.unit, stored.year);
        let mut worked = work(self, &mut view, unit, &codes).await?;
        let says = |worked: &Worked| !matches!(worked.shown.as_str(), "0" | "—");
        let offers = codes.into_iter().filter_map(|code| {
            let worked = worked.remove(&code.to_string())?;
            let narrow = code.measure.of_entries() || code.span != FigureSpan::Own;
            (says(&worked) || !narrow).then_some(FigureOffer { code, worked })
        });
        Ok(offers.collect())
    }

    /// Single figures of a report by the codes that were typed, as they are today; what is no figure is left out.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn report_figure_values(
        &self,
        hand: &Hand,
        id: &ReportId,
        typed: &[String],
    ) -> Result<BTreeMap<String, Worked>> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let codes: Vec<FigureCode> = typed.iter().filter_map(|code| code.parse().ok()).collect();
        work(self, &mut view, (&stored.unit, stored.year), &codes).await
    }
}

/// Works out the figures of a report's texts.
pub(crate) async fn of_texts<'a>(
    app: &App,
    conn: &mut Conn,
    stored: &Kept,
    texts: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<String, Worked>> {
    let codes = codes_in(texts);
    work(app, conn, (&stored.unit, stored.year), &codes).await
}
