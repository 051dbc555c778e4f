//! What is stored of an appraisal, as its papers need it.

use std::collections::BTreeMap;

use pingyi_domain::AppraisalId;
use pingyi_domain::record::{Date, MatterId, UnitId};
use pingyi_papers::{Head, Mark, Place};
use pingyi_scoring::{BoxCounts, Exact, Sheet};
use pingyi_store::Conn;
use pingyi_store::repo::audit;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::decisions::{self, DecisionRow};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::followups::{self, OpinionStrikeRow};
use pingyi_store::repo::units::{self, UnitRow};

use super::texts::{TextKind, Typed};
use crate::loaded::Loaded;
use crate::result::stored_result;
use crate::work_out::Counted;
use crate::{
    App, AppError, GradeTable, GradesWorked, OpinionsView, RankView, Result, ResultTable,
    ResultView,
};

/// Everything an appraisal's papers say.
pub(super) struct Facts {
    pub appraisal: Loaded,
    pub result: ResultView,
    pub rows: Vec<BoxRow>,
    pub counts: Vec<BoxCounts>,
    pub scored: Sheet,
    pub comments: BTreeMap<String, String>,
    pub opinions: Option<OpinionsView>,
    pub strikes: Vec<OpinionStrikeRow>,
    pub grades: Option<GradesWorked>,
    pub decisions: Vec<DecisionRow>,
    pub typed: BTreeMap<TextKind, Typed>,
    /// The matters made of what it found wanting.
    pub listed: Vec<MatterId>,
    pub units: Vec<UnitRow>,
    pub office: String,
    pub opened_on: Option<Date>,
    pub today: Date,
}

impl App {
    /// Reads what an appraisal's papers say.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::WrongState`] before it is counted.
    pub(super) async fn facts(&self, id: &AppraisalId) -> Result<Facts> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        let result = stored_result(&mut view, &appraisal).await?;
        let rows = boxes::of_appraisal(&mut view, id).await?;
        let counts = Counted::read(&mut view, &appraisal)
            .await?
            .counts()
            .to_vec();
        let scheme = appraisal.config.scoring_scheme();
        let scored = Sheet::new(&scheme, appraisal.config.presenters.len(), &counts)
            .map_err(AppError::internal)?;
        let comments = documents::of_kind(&mut view, id, Kind::Comment).await?;
        let comments = comments
            .into_iter()
            .map(|part| Ok((part.part, serde_json::from_str(&part.body)?)));
        let comments = comments.collect::<Result<_>>()?;
        let units = units::all(&mut view).await?;
        let typed = super::texts::all(&mut view, id).await?;
        let opened_on = opened_on(&mut view, id).await?;
        let listed = super::standing::listed(&mut view, id).await?;
        let strikes = followups::strikes(&mut view, id).await?;
        let grades = self.worked(&mut view, &appraisal).await?;
        let decisions = decisions::all(&mut view, id).await?;
        drop(view);
        let opinions = match self.opinions(id).await {
            Ok(opinions) => Some(opinions),
            // Not opened, or not to be seen yet: the papers do without.
            Err(AppError::NotFound | AppError::WrongState { .. }) => None,
            Err(other) => return Err(other),
        };
        Ok(Facts {
            office: office_of(&units),
            today: self.today()?,
            appraisal,
            result,
            rows,
            counts,
            scored,
            comments,
            opinions,
            strikes,
            grades,
            decisions,
            typed,
            listed,
            units,
            opened_on,
        })
    }
}

/// The office is the root of the tree, where there is one.
pub(super) fn office_of(units: &[UnitRow]) -> String {
    let root = units
        .iter()
        .find(|unit| unit.parent.is_none() && unit.closed_on.is_none());
    root.map(|unit| unit.name.clone()).unwrap_or_default()
}

/// The day the boxes were opened to ballots: the day of the meeting, as far as the record says.
async fn opened_on(conn: &mut Conn, id: &AppraisalId) -> Result<Option<Date>> {
    let opened = audit::first_of(conn, id.as_str(), "appraisal_opened").await?;
    Ok(opened.and_then(|entry| Date::in_china(entry.at)))
}

impl Facts {
    /// What was typed into a field of one of the texts, or nothing.
    pub fn said(&self, kind: TextKind, field: &str) -> Option<&str> {
        self.typed.get(&kind)?.fields.get(field).map(String::as_str)
    }

    /// The same of the facts of the meeting; empty where nobody wrote it down.
    pub fn meeting(&self, field: &str) -> &str {
        self.said(TextKind::Meeting, field).unwrap_or_default()
    }

    /// Who signs: as typed, else the root of the tree.
    pub fn office(&self) -> String {
        match self.meeting("office") {
            "" => self.office.clone(),
            typed => typed.to_owned(),
        }
    }

    pub fn head(&self) -> Head {
        Head {
            office: self.office(),
            made_on: self.today,
            mark: self.appraisal.is_rehearsal().then_some(Mark::Rehearsal),
        }
    }

    /// The day of the meeting: as typed, else the day the boxes were opened.
    pub fn held_on(&self) -> Date {
        let typed = self.meeting("held_on").parse().ok();
        typed.or(self.opened_on).unwrap_or(self.today)
    }

    /// The place of a presenter with those who share it.
    pub fn place(&self, rank: Option<&RankView>) -> Option<Place> {
        let rank = rank?;
        let same = |table: &&ResultTable| {
            let other = table.rank.as_ref();
            other.is_some_and(|other| other.rank == rank.rank)
        };
        let small = |number: usize| u32::try_from(number).ok();
        Some(Place {
            place: small(rank.rank)?,
            shared_by: small(self.result.tables.iter().filter(same).count())?,
            from: small(rank.from)?,
            to: small(rank.to)?,
        })
    }

    /// The number of a presenter in the configuration, where scoring counts them.
    pub fn number(&self, table: &ResultTable) -> usize {
        let presenters = &self.appraisal.config.presenters;
        let found = presenters.iter().position(|one| one.code == table.code);
        found.unwrap_or(usize::MAX)
    }

    /// How often each grade was given to a presenter on an item, over all boxes that were opened.
    pub fn pooled(&self, presenter: usize, item: usize) -> Vec<u64> {
        let mut sum = vec![0; self.appraisal.config.form.grades.len()];
        let opened = self.counts.iter().filter_map(|one| one.marks.as_ref());
        for marks in opened {
            let row = marks.get(presenter).and_then(|items| items.get(item));
            for (all, count) in sum.iter_mut().zip(row.into_iter().flatten()) {
                *all += count;
            }
        }
        sum
    }

    /// A presenter's items over all categories.
    pub fn items(&self, presenter: usize) -> Vec<Option<Exact>> {
        let scheme = self.appraisal.config.scoring_scheme();
        self.scored.item_scores(&scheme, presenter)
    }

    pub fn shown(&self, score: Option<&Exact>) -> Option<String> {
        Some(score?.rounded(self.result.places))
    }

    /// What was worked out of the composite and the grades of a presenter.
    pub fn graded(&self, table: &ResultTable) -> Option<&GradeTable> {
        let mut all = self.grades.iter().flat_map(|worked| &worked.presenters);
        all.find(|one| one.code == table.code)
    }

    /// The grade that the committee decided and a second person confirmed.
    pub fn decided(&self, table: &ResultTable) -> Option<String> {
        let mut rows = self.decisions.iter();
        let row = rows.find(|row| row.presenter == table.code.as_str())?;
        row.confirmed_by.as_ref()?;
        self.grade_label(usize::try_from(row.grade?).ok()?)
    }

    /// The grade decided, or proposed while none is.
    pub fn grade(&self, table: &ResultTable) -> Option<String> {
        let proposed = || self.grade_label(self.graded(table)?.proposed?);
        self.decided(table).or_else(proposed)
    }

    fn grade_label(&self, place: usize) -> Option<String> {
        let grades = &self.grades.as_ref()?.grades;
        Some(grades.get(place)?.label.clone())
    }

    /// The opinions on a presenter that stand, and why others do not.
    pub fn opinions_on(&self, code: &str) -> (Vec<String>, Vec<String>) {
        let all = self.opinions.iter().flat_map(|view| &view.presenters);
        let own = all.filter(|one| one.code.as_ref() == code);
        let texts = own.flat_map(|one| one.texts.iter().zip(1_i64..));
        let struck = |number: i64| {
            let mut rows = self.strikes.iter();
            rows.find(|row| {
                row.presenter == code && row.number == number && row.confirmed_by.is_some()
            })
        };
        let (mut stand, mut reasons) = (Vec::new(), Vec::new());
        for (text, number) in texts {
            match struck(number) {
                Some(row) => reasons.push(row.reason.clone()),
                None => stand.push(text.clone()),
            }
        }
        (stand, reasons)
    }

    /// Whether an opinion on a presenter was struck and a leader has not said whether it stays so.
    pub fn strike_waits(&self, code: &str) -> bool {
        let mut rows = self.strikes.iter();
        rows.any(|row| row.presenter == code && row.confirmed_by.is_none())
    }

    /// The unit a presenter leads: the one they are tied to, else the one of that name, where only one has it.
    pub fn unit_of(&self, table: &ResultTable) -> Option<UnitId> {
        let presenter = self.appraisal.config.presenter(&table.code);
        let tied = presenter.and_then(|presenter| presenter.unit_id.clone());
        if tied.is_some() {
            return tied;
        }
        let named = |unit: &&UnitRow| {
            !table.unit.is_empty() && (unit.name == table.unit || unit.short_name == table.unit)
        };
        let mut found = self.units.iter().filter(named);
        match (found.next(), found.next()) {
            (Some(one), None) => one.id.parse().ok(),
            _ => None,
        }
    }
}
