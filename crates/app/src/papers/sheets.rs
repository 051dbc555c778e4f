//! The papers that show the result of all: the sheet that is signed, and the table of every mark.

use pingyi_papers::{
    BoardHead, CategoryColumn, ItemColumn, ItemMark, Place, Reconciliation, ResultRow, ResultSheet,
    Signature, SummaryRow, SummaryTable,
};
use pingyi_scoring::{Exact, Source};

use super::facts::Facts;
use super::words;
use crate::{AppError, Result, ResultTable};

pub(super) fn result_sheet(facts: &Facts) -> Result<ResultSheet> {
    Ok(ResultSheet {
        head: facts.head(),
        title: facts.appraisal.title.clone(),
        held_on: facts.held_on(),
        place: facts.meeting("place").to_owned(),
        categories: categories(facts),
        presenters: facts
            .result
            .tables
            .iter()
            .map(|table| row(facts, table))
            .collect(),
        reconciliation: reconciliation(facts),
        quorum: words::quorum(&facts.appraisal.config, &facts.result.reconciliation),
        statements: statements(facts),
        boards: boards(facts)?,
        signatures: signatures(facts),
    })
}

pub(super) fn summary_table(facts: &Facts) -> SummaryTable {
    let config = &facts.appraisal.config;
    let weights: Vec<&Exact> = config.form.items.iter().map(|item| &item.weight).collect();
    let items = config.form.items.iter().map(|item| ItemColumn {
        label: item.label.clone(),
        weight: words::weight(&item.weight, &weights),
    });
    SummaryTable {
        head: facts.head(),
        title: facts.appraisal.title.clone(),
        held_on: facts.held_on(),
        grades: facts.grade_labels(),
        items: items.collect(),
        rows: facts
            .result
            .tables
            .iter()
            .map(|table| summary_row(facts, table))
            .collect(),
        notes: statements(facts),
    }
}

impl Facts {
    /// The grades of the form, in its order.
    pub fn grade_labels(&self) -> Vec<String> {
        let grades = self.appraisal.config.form.grades.iter();
        grades.map(|grade| grade.label.clone()).collect()
    }
}

impl Facts {
    /// The composite as shown, where there is more in it than the ballots.
    pub(super) fn composite(&self, table: &ResultTable) -> Option<String> {
        let graded = self.graded(table)?;
        let composed = graded.sources.len() > 1;
        let composite = graded.composite.as_ref().filter(|_| composed)?;
        Some(composite.shown.clone())
    }

    /// The points from one source, where it counts.
    fn source(&self, table: &ResultTable, which: Source) -> Option<String> {
        let mut sources = self.graded(table)?.sources.iter();
        let line = sources.find(|line| line.source == which)?;
        Some(line.points.shown.clone())
    }

    /// The place by what decides: the composite where there is one, else the ballots.
    pub(super) fn placed(&self, table: &ResultTable) -> Option<Place> {
        let graded = self.graded(table).filter(|one| one.sources.len() > 1);
        let Some(graded) = graded else {
            return self.place(table.rank.as_ref());
        };
        let rank = graded.rank.as_ref()?;
        let small = |number: usize| u32::try_from(number).ok();
        Some(Place {
            place: small(rank.rank)?,
            shared_by: small(graded.shared_by.max(1))?,
            from: small(rank.from.min(rank.rank))?,
            to: small(rank.to.max(rank.rank))?,
        })
    }
}

fn summary_row(facts: &Facts, table: &ResultTable) -> SummaryRow {
    let presenter = facts.number(table);
    let marks = facts.items(presenter).into_iter().enumerate();
    SummaryRow {
        presenter: table.title.clone(),
        items: marks
            .map(|(item, score)| ItemMark {
                score: facts.shown(score.as_ref()),
                counts: facts.pooled(presenter, item),
            })
            .collect(),
        ballot: table.score.as_ref().map(|score| score.shown.clone()),
        indicators: facts.source(table, Source::Indicators),
        leaders: facts.source(table, Source::Leaders),
        composite: facts.composite(table),
        place: facts.placed(table),
        grade: facts.grade(table),
    }
}

fn categories(facts: &Facts) -> Vec<CategoryColumn> {
    let config = &facts.appraisal.config;
    let all: Vec<&Exact> = config.categories.iter().map(|one| &one.weight).collect();
    let columns = config.categories.iter().map(|category| CategoryColumn {
        code: category.code.to_string(),
        label: category.label.clone(),
        weight: words::weight(&category.weight, &all),
    });
    columns.collect()
}

fn row(facts: &Facts, table: &ResultTable) -> ResultRow {
    let means = table.categories.iter().map(|part| {
        let mean = part.mean.as_ref().filter(|_| part.counts_in_score);
        mean.map(|mean| mean.shown.clone())
    });
    ResultRow {
        presenter: table.title.clone(),
        means: means.collect(),
        score: table.score.as_ref().map(|score| score.shown.clone()),
        composite: facts.composite(table),
        place: facts.placed(table),
        grade: facts.grade(table),
    }
}

/// `A 票（街道领导班子）`
pub(super) fn category_name(facts: &Facts, code: pingyi_domain::CategoryCode) -> String {
    let found = facts.appraisal.config.category(code);
    found.map_or_else(
        || format!("{code} 票"),
        |category| format!("{code} 票（{}）", category.label),
    )
}

fn reconciliation(facts: &Facts) -> Vec<Reconciliation> {
    let lines = facts.result.reconciliation.lines.iter();
    let lines = lines.map(|line| Reconciliation {
        category: category_name(facts, line.category),
        entitled: line.counted.entitled,
        present: line.counted.present,
        issued_phone: line.counted.issued_phone,
        issued_paper: line.counted.issued_paper,
        returned: Some(line.returned),
        valid: Some(line.valid),
        void: Some(line.void),
        abstained: line.abstained,
        destroyed: line.counted.spare_destroyed,
        mismatches: line
            .mismatches
            .iter()
            .map(|found| words::mismatch(*found).to_owned())
            .collect(),
    });
    lines.collect()
}

/// How the numbers were worked out, each a sentence.
fn statements(facts: &Facts) -> Vec<String> {
    let config = &facts.appraisal.config;
    let said = facts.result.statements.iter();
    [words::grades(config), words::scoring(facts.result.places)]
        .into_iter()
        .chain(said.map(|one| words::statement(config, one)))
        .chain([words::ranking(facts.result.ranking.resamplings)])
        .collect()
}

fn boards(facts: &Facts) -> Result<Vec<BoardHead>> {
    let rows = facts.rows.iter().filter(|row| row.height >= 0);
    rows.map(|row| {
        let category = row.category.parse().map_err(AppError::internal)?;
        Ok(BoardHead {
            category: category_name(facts, category),
            height: u64::try_from(row.height).map_err(AppError::internal)?,
            hash: row.head.parse().map_err(AppError::internal)?,
        })
    })
    .collect()
}

/// The tellers by their seats, and the chair.
fn signatures(facts: &Facts) -> Vec<Signature> {
    let tellers = facts.appraisal.config.tellers.names.iter();
    let tellers = tellers.map(|name| Signature {
        role: name.clone(),
        name: String::new(),
    });
    let chair = Signature {
        role: "主持人".to_owned(),
        name: facts.meeting("chair").to_owned(),
    };
    tellers.chain([chair]).collect()
}
