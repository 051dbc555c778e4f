//! What the slides take from the record: counted like the figures of the report, and frozen with every submission.

use pingyi_domain::canonical_json;
use pingyi_domain::record::{Measure, Period, Quarter, WordList};
use pingyi_domain::report::{
    DeckFacts, FactFigure, FigureCode, FigureOf, FigureSpan, KindWord, Problem,
};
use pingyi_store::Conn;
use pingyi_store::repo::{decks, reports};

use super::super::figures::{Vocabulary, codes_in, offered, work};
use super::super::{Kept, texts_of};
use crate::record::words::words_in;
use crate::{App, AppError, Result};

/// The same figure over another time.
pub(super) fn over(code: &FigureCode, span: FigureSpan) -> FigureCode {
    FigureCode {
        span,
        ..code.clone()
    }
}

/// The codes of all that the slides can show: what is offered, the year before beside it, the two coverages by quarter,
/// and what stands in texts.
fn codes(
    vocabulary: &Vocabulary,
    year: i32,
    quarters: &[Quarter],
    texts: &[String],
) -> Vec<FigureCode> {
    let itself = offered(vocabulary)
        .into_iter()
        .filter(|code| code.of == FigureOf::Itself);
    let own: Vec<FigureCode> = itself.collect();
    let before = own
        .iter()
        .map(|code| over(code, FigureSpan::Year(year - 1)));
    let rates = [Measure::OrgRate, Measure::WorkRate].map(FigureCode::of);
    let by_quarter = rates.iter().flat_map(|code| {
        let spans = quarters.iter().copied().map(FigureSpan::Quarter);
        spans.map(|span| over(code, span))
    });
    let mut all: Vec<FigureCode> = before.chain(by_quarter).collect();
    all.extend(own);
    for code in codes_in(texts) {
        if !all.contains(&code) {
            all.push(code);
        }
    }
    all
}

/// Gathers the facts as they are today.
pub(super) async fn gather(app: &App, conn: &mut Conn, stored: &Kept) -> Result<DeckFacts> {
    let today = app.today()?;
    let period = Period::year(stored.year).ok_or(AppError::NotFound)?;
    let quarters: Vec<Quarter> = (1..=4)
        .filter_map(|number| Quarter::new(stored.year, number))
        .filter(|quarter| quarter.first_day() <= today)
        .collect();
    let mut texts: Vec<String> = texts_of(conn, &stored.id).await?.into_values().collect();
    let typed = decks::texts(conn, stored.id.as_str()).await?;
    texts.extend(typed.into_iter().map(|row| row.text));
    let vocabulary = Vocabulary::read(conn).await?;
    let codes = codes(&vocabulary, stored.year, &quarters, &texts);
    let worked = work(app, conn, (&stored.unit, stored.year), &codes).await?;
    let words = words_in(conn, WordList::EntryKind).await?;
    let days = (period.first().to_string(), period.last().to_string());
    let days = (days.0.as_str(), days.1.as_str());
    let problems = decks::problems(conn, days, stored.place()).await?;
    Ok(DeckFacts {
        figures: worked
            .iter()
            .map(|(code, worked)| (code.clone(), FactFigure::from(worked)))
            .collect(),
        kinds: words
            .into_iter()
            .map(|view| KindWord {
                code: view.word.code,
                word: view.word.label_zh,
            })
            .collect(),
        quarters,
        problems: problems
            .into_iter()
            .map(|row| {
                Ok(Problem {
                    title: row.title,
                    state: row.state.parse().map_err(AppError::internal)?,
                    done: row.done,
                })
            })
            .collect::<Result<_>>()?,
    })
}

/// Keeps the facts of a submission, in its transaction.
pub(in crate::reports) async fn freeze(
    app: &App,
    conn: &mut Conn,
    stored: &Kept,
    seq: i64,
) -> Result<()> {
    let facts = gather(app, conn, stored).await?;
    Ok(decks::add_facts(conn, stored.id.as_str(), seq, &canonical_json(&facts)).await?)
}

/// The facts of the last submission; for one of before there were slides those of today, with the report's own figures as
/// they were frozen.
pub(super) async fn frozen(app: &App, conn: &mut Conn, stored: &Kept) -> Result<DeckFacts> {
    let last = reports::last_version(conn, stored.id.as_str()).await?;
    let seq = last.map_or(0, |row| row.seq);
    match decks::facts(conn, stored.id.as_str(), seq).await? {
        Some(text) => Ok(serde_json::from_str(&text)?),
        None => gather(app, conn, stored).await,
    }
}
