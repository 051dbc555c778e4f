//! The papers that show the result of all: the sheet that is signed, and the table of every mark.

use pingyi_papers::{
    BoardHead, CategoryColumn, ItemColumn, ItemMark, Reconciliation, ResultRow, ResultSheet,
    Signature, SummaryRow, SummaryTable,
};
use pingyi_scoring::Exact;

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
        indicators: None,
        leaders: None,
        composite: None,
        place: facts.place(table.rank.as_ref()),
        grade: table.proposed.clone(),
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
        composite: None,
        place: facts.place(table.rank.as_ref()),
        grade: table.proposed.clone(),
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
