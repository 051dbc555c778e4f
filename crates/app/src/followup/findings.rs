//! What an appraisal found wanting: low items, opinions and the leader's comment, by presenter.

use std::collections::HashMap;

use pingyi_domain::followup::{Low, Source, second_value};
use pingyi_domain::record::matter::{Due, MatterStateName};
use pingyi_domain::record::{Date, MatterId, UnitId};
use pingyi_domain::{AppraisalId, PresenterCode};
use pingyi_scoring::{Exact, Sheet, median};
use pingyi_store::Conn;
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::followups::{self, ListedSource, OpinionStrikeRow};

use super::{followed, unit_of};
use crate::loaded::Loaded;
use crate::opinions::opened;
use crate::record::{UnitName, name_of};
use crate::work_out::Counted;
use crate::{App, AppError, Result};

/// A matter made of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Id.
    pub id: MatterId,
    /// What is to be put right.
    pub title: String,
    /// Where it stands.
    pub state: MatterStateName,
    /// How it stands to its day.
    pub due: Due,
    /// The day, where there is one.
    pub due_on: Option<Date>,
    /// What it is made of.
    pub sources: Vec<Source>,
}

/// An item that came out low.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowItem {
    /// What a matter made of it names.
    pub source: Source,
    /// What the rater read.
    pub label: String,
    /// Its score over all categories, as shown.
    pub score: String,
    /// The median of all presenters on it, as shown.
    pub median: String,
    /// Why it is low.
    pub low: Low,
}

/// Who struck an opinion and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrikeView {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// As the trail names them: they do not confirm it themselves.
    pub actor: String,
    /// The leader who confirmed it; empty while it waits.
    pub confirmed_by: String,
}

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionFound {
    /// What a matter made of it names.
    pub source: Source,
    /// Its number, from 1.
    pub number: u32,
    /// Its words; empty once it is struck and confirmed: then they are in the sealed archive alone.
    pub text: String,
    /// Whether it is struck, or waits for it.
    pub strike: Option<StrikeView>,
}

impl OpinionFound {
    /// Whether it is struck and confirmed.
    #[must_use]
    pub fn is_struck(&self) -> bool {
        let strike = self.strike.as_ref();
        strike.is_some_and(|strike| !strike.confirmed_by.is_empty())
    }

    /// Whether it waits for a leader.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.strike.is_some() && !self.is_struck()
    }
}

/// Everything found about one presenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit, as on the form.
    pub unit: String,
    /// The unit that would put it right, where the presenter is tied to one.
    pub owner: Option<UnitId>,
    /// Score as shown; empty without one.
    pub score: String,
    /// Items that came out low, the lowest first.
    pub low: Vec<LowItem>,
    /// Opinions, in the order of the opened urn.
    pub opinions: Vec<OpinionFound>,
    /// The leader's comment; empty without one.
    pub comment: String,
    /// The matters made of all this.
    pub matters: Vec<Made>,
}

impl Findings {
    /// The matters made of one finding.
    pub fn made_of<'a>(&'a self, source: &'a Source) -> impl Iterator<Item = &'a Made> {
        self.matters
            .iter()
            .filter(move |made| made.sources.contains(source))
    }
}

/// An appraisal with what it found wanting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Id.
    pub id: AppraisalId,
    /// Title.
    pub title: String,
    /// Year.
    pub year: u16,
    /// The word and the value of the second grade, where the form has one.
    pub second: Option<(String, String)>,
    /// Whether the opinions can be read: the tellers have opened the urn, or nobody used it.
    pub opinions: bool,
    /// Presenters in the order of the configuration.
    pub presenters: Vec<Findings>,
}

impl App {
    /// What an appraisal found wanting, and what was made of it.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::WrongState`] before release or keeping, [`AppError::OfRehearsal`].
    pub async fn follow_up(&self, id: &AppraisalId) -> Result<FollowUp> {
        let today = self.today()?;
        let names = self.unit_names().await?;
        let mut view = self.store().read().await?;
        let appraisal = followed(&mut view, id).await?;
        let config = &appraisal.config;
        let sheet = Counted::read(&mut view, &appraisal).await?.sheet()?;
        let items = low_items(&appraisal, &sheet);
        let listed = followups::of_appraisal(&mut view, id).await?;
        let written = written(&mut view, &appraisal).await?;
        let comments = comments(&mut view, id).await?;
        let mut presenters = Vec::with_capacity(config.presenters.len());
        let told = config.presenters.iter().zip(&sheet.presenters).zip(items);
        for ((presenter, scored), low) in told {
            let code = presenter.code.as_str();
            presenters.push(Findings {
                owner: unit_of(presenter, &names).map(|name: &UnitName| name.id.clone()),
                code: presenter.code.clone(),
                title: presenter.title.clone(),
                unit: presenter.unit.clone(),
                score: shown(scored.score.as_ref(), config.scheme.places),
                low,
                opinions: written.of(code),
                comment: comments.get(code).cloned().unwrap_or_default(),
                matters: made(&listed, code, today)?,
            });
        }
        let second = second_value(&config.form.grades);
        Ok(FollowUp {
            id: id.clone(),
            second: second
                .map(|(grade, value)| (grade.label.clone(), value.rounded(config.scheme.places))),
            opinions: written.open,
            title: appraisal.title,
            year: appraisal.config.year,
            presenters,
        })
    }
}

fn shown(value: Option<&Exact>, places: u8) -> String {
    value.map(|value| value.rounded(places)).unwrap_or_default()
}

/// The low items of each presenter, the lowest first.
fn low_items(appraisal: &Loaded, sheet: &Sheet) -> Vec<Vec<LowItem>> {
    let config = &appraisal.config;
    let scheme = config.scoring_scheme();
    let places = config.scheme.places;
    let second = second_value(&config.form.grades).map(|(_, value)| value);
    let scores: Vec<Vec<Option<Exact>>> = (0..config.presenters.len())
        .map(|presenter| sheet.item_scores(&scheme, presenter))
        .collect();
    let medians: Vec<Option<Exact>> = (0..config.form.items.len())
        .map(|item| {
            let of_all = scores.iter().filter_map(|row| row.get(item)?.clone());
            median(&of_all.collect::<Vec<_>>())
        })
        .collect();
    let low = |row: &Vec<Option<Exact>>| {
        let items = config.form.items.iter().zip(row).zip(&medians);
        let mut low: Vec<(&Exact, LowItem)> = items
            .filter_map(|((item, score), median)| {
                let score = score.as_ref()?;
                let low = Low::of(score, median.as_ref(), second)?;
                let line = LowItem {
                    source: Source::Item(item.code.clone()),
                    label: item.label.clone(),
                    score: score.rounded(places),
                    median: shown(median.as_ref(), places),
                    low,
                };
                Some((score, line))
            })
            .collect();
        low.sort_by(|a, b| a.0.cmp(b.0));
        low.into_iter().map(|(_, line)| line).collect()
    };
    scores.iter().map(low).collect()
}

/// The opened opinions with what was struck.
struct Written {
    open: bool,
    texts: HashMap<String, Vec<String>>,
    strikes: HashMap<(String, i64), StrikeView>,
}

impl Written {
    fn of(&self, presenter: &str) -> Vec<OpinionFound> {
        let texts = self.texts.get(presenter).into_iter().flatten();
        let found = (1_u32..).zip(texts).map(|(number, text)| {
            let key = (presenter.to_owned(), i64::from(number));
            let mut found = OpinionFound {
                source: Source::Opinion(number),
                number,
                text: text.clone(),
                strike: self.strikes.get(&key).cloned(),
            };
            if found.is_struck() {
                found.text.clear();
            }
            found
        });
        found.collect()
    }
}

async fn written(conn: &mut Conn, appraisal: &Loaded) -> Result<Written> {
    let sheet = opened(conn, appraisal).await?;
    let mut strikes = HashMap::new();
    for row in followups::strikes(conn, &appraisal.id).await? {
        let key = (row.presenter.clone(), row.number);
        strikes.insert(key, strike_view(conn, row).await?);
    }
    Ok(Written {
        open: sheet.is_some(),
        texts: sheet
            .into_iter()
            .flat_map(|sheet| sheet.presenters)
            .map(|of| (of.code.to_string(), of.texts))
            .collect(),
        strikes,
    })
}

async fn strike_view(conn: &mut Conn, row: OpinionStrikeRow) -> Result<StrikeView> {
    Ok(StrikeView {
        by: name_of(conn, &row.struck_by).await?,
        confirmed_by: match &row.confirmed_by {
            Some(actor) => name_of(conn, actor).await?,
            None => String::new(),
        },
        reason: row.reason,
        actor: row.struck_by,
    })
}

async fn comments(conn: &mut Conn, id: &AppraisalId) -> Result<HashMap<String, String>> {
    let parts = documents::of_kind(conn, id, Kind::Comment).await?;
    parts
        .into_iter()
        .map(|part| Ok((part.part, serde_json::from_str(&part.body)?)))
        .collect()
}

/// The matters of one presenter, each once, with what it is made of.
fn made(listed: &[ListedSource], presenter: &str, today: Date) -> Result<Vec<Made>> {
    let mut all: Vec<Made> = Vec::new();
    for line in listed
        .iter()
        .filter(|line| line.source.presenter == presenter)
    {
        let source = Source::new(&line.source.source, &line.source.part);
        let source = source.map_err(AppError::internal)?;
        let known = all
            .iter_mut()
            .find(|one| one.id.as_str() == line.source.matter);
        if let Some(known) = known {
            known.sources.push(source);
            continue;
        }
        let state: MatterStateName = line.state.parse().map_err(AppError::internal)?;
        let due_on = line.due_on.as_deref().map(str::parse).transpose();
        let due_on: Option<Date> = due_on.map_err(AppError::internal)?;
        all.push(Made {
            id: line.source.matter.parse().map_err(AppError::internal)?,
            title: line.title.clone(),
            due: Due::of(state, due_on, today),
            state,
            due_on,
            sources: vec![source],
        });
    }
    Ok(all)
}
