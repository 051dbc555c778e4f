//! From the application's result to what the page shows.

use pingyi_app::{
    CategoryResult, PresenterCode, ResultTable, ResultView, ScoreView, Statement,
    VerificationLine as AppVerification, WorkingStep,
};

use super::appraisal::Reconciliation;
use super::charts::{self, GradeKey};
use super::result::{
    CategoryHead, PresenterResult, Proof, ProofBox, ResultModel, VerificationLine,
};
use crate::lang::{Lang, Texts};

pub(super) const DASH: &str = "—";

/// How far a result is: announced, or still the office's.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Not decided yet: what is seen is a preview.
    pub preview: bool,
    /// The public board ends before the tellers' shares: the whole archives are the office's.
    pub office: bool,
}

/// The page's model of `view`.
#[must_use]
pub fn result(lang: Lang, id: &str, standing: Standing, view: &ResultView) -> ResultModel {
    let texts = Texts(lang);
    let mut tables: Vec<&ResultTable> = view.tables.iter().collect();
    // Equal ranks stay in the order of the meeting: the sort is stable.
    tables.sort_by_key(|table| table.rank.as_ref().map_or(usize::MAX, |rank| rank.rank));
    let grades = legend(view);
    let maker = Maker {
        texts,
        view,
        tables: &tables,
        grades: &grades,
    };
    ResultModel {
        id: id.to_owned(),
        title: view.title.clone(),
        preview: standing.preview,
        finding: maker.finding(),
        statements: view
            .statements
            .iter()
            .map(|statement| maker.statement(statement))
            .collect(),
        categories: maker.categories(),
        has_grades: tables.iter().any(|table| table.proposed.is_some()),
        presenters: tables.iter().map(|table| maker.presenter(table)).collect(),
        overall: maker.chart(
            "overall",
            texts.s("finding-overall"),
            false,
            &|_| true,
            &|_| true,
        ),
        ranks: maker.ranks(),
        items: maker.items(),
        by_category: maker.by_category(),
        verification: view
            .verification
            .iter()
            .map(|line| maker.verification(line))
            .collect(),
        proof: proof(view, standing.office),
        reconciliation_heads: Reconciliation::default()
            .fields()
            .iter()
            .map(|field| field.text)
            .collect(),
        reconciliation: reconciliation(view),
    }
}

/// The steps of one presenter's ballot score, in words and figures.
pub(super) fn working(texts: Texts, view: &ResultView, presenter: &PresenterCode) -> Vec<String> {
    let tables: Vec<&ResultTable> = view.tables.iter().collect();
    let maker = Maker {
        texts,
        view,
        tables: &tables,
        grades: &[],
    };
    let table = tables.iter().find(|table| table.code == *presenter);
    table.map_or_else(Vec::new, |table| {
        let steps = table.working.iter();
        steps.map(|step| maker.step(table, step)).collect()
    })
}

/// What the sheet says so that anybody can check it.
fn proof(view: &ResultView, office: bool) -> Proof {
    let folder = if office { "/api/boards" } else { "/board" };
    let boxes: Vec<ProofBox> = view
        .verification
        .iter()
        .map(|line| {
            let uuid = line.r#box.to_string();
            let (height, head) = line.head.split_once(' ').unwrap_or(("", &line.head));
            let file = |ending| {
                let name = format!("{uuid}.{ending}");
                (format!("{folder}/{name}"), name)
            };
            // A box that was not opened has no shares, and so no proofs of them.
            let opened = matches!(line.status.as_str(), "valid" | "findings");
            let mut files = vec![file("bel")];
            files.extend(opened.then(|| file("proofs.json")));
            ProofBox {
                label: line.category.to_string(),
                files,
                height: height.to_owned(),
                head: head.to_owned(),
                uuid,
            }
        })
        .collect();
    // Sixteen digits are enough for the eye; the whole hash stands above the line.
    let heads = boxes.iter().map(|one| {
        let short: String = one.head.chars().take(16).collect();
        format!("--head {short} ")
    });
    let heads: String = heads.collect();
    let files: Vec<String> = boxes
        .iter()
        .map(|one| format!("{}.bel", one.uuid))
        .collect();
    Proof {
        command: format!("pingyi verify {heads}{}", files.join(" ")),
        trail: view.trail.clone().map(|mark| (mark.seq, mark.hash)),
        boxes,
        office,
    }
}

fn legend(view: &ResultView) -> Vec<GradeKey> {
    let abstain: Vec<bool> = view
        .grades
        .iter()
        .map(|grade| grade.value.is_none())
        .collect();
    let labels = view.grades.iter().map(|grade| grade.label.clone());
    labels
        .zip(charts::tones(&abstain))
        .map(|(label, tone)| GradeKey { label, tone })
        .collect()
}

/// Category and numbers, by line of the sheet.
fn reconciliation(view: &ResultView) -> Vec<(String, Vec<String>)> {
    let sheet = &view.reconciliation;
    let line = |category: String| {
        let fields = super::build::reconciliation(sheet, &category).fields();
        (
            category,
            fields.into_iter().map(|field| field.value).collect(),
        )
    };
    sheet
        .lines
        .iter()
        .map(|found| line(found.category.to_string()))
        .collect()
}

pub(super) struct Maker<'a> {
    pub(super) texts: Texts,
    pub(super) view: &'a ResultView,
    pub(super) tables: &'a [&'a ResultTable],
    pub(super) grades: &'a [GradeKey],
}

impl Maker<'_> {
    /// The headline: who leads, or that the first few cannot be told apart.
    fn finding(&self) -> String {
        let Some(first) = self.tables.first() else {
            return self.texts.s("finding-none");
        };
        let (Some(rank), Some(score)) = (&first.rank, &first.score) else {
            return self.texts.s("finding-none");
        };
        let together = self
            .tables
            .iter()
            .filter(|t| t.rank.as_ref().is_some_and(|r| r.group == rank.group))
            .count();
        if together > 1 {
            return self.texts.n("finding-group", together);
        }
        self.texts.with(
            "finding-leader",
            [
                ("title", first.title.clone().into()),
                ("score", score.shown.clone().into()),
            ],
        )
    }

    fn statement(&self, statement: &Statement) -> String {
        let category = statement
            .category
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let presenter = statement
            .presenter
            .as_ref()
            .and_then(|code| self.view.tables.iter().find(|t| t.code == *code));
        let presenter = presenter
            .map(|table| table.title.clone())
            .unwrap_or_default();
        let id = format!("statement-{}", statement.code);
        if !self.texts.has(&id) {
            return self.texts.a("statement-other", "code", &statement.code);
        }
        let named = [
            ("category", category.as_str()),
            ("presenter", presenter.as_str()),
        ];
        let args = statement
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        self.texts.with_map(&id, named.into_iter().chain(args))
    }

    fn categories(&self) -> Vec<CategoryHead> {
        let Some(first) = self.view.tables.first() else {
            return Vec::new();
        };
        let head = |category: &CategoryResult| CategoryHead {
            code: category.code.to_string(),
            label: category.label.clone(),
            weight: category.weight.clone(),
        };
        first.categories.iter().map(head).collect()
    }

    fn presenter(&self, table: &ResultTable) -> PresenterResult {
        let shown = |score: Option<&ScoreView>| {
            score.map_or_else(|| DASH.to_owned(), |score| score.shown.clone())
        };
        let rank = table.rank.as_ref();
        PresenterResult {
            code: table.code.to_string(),
            title: table.title.clone(),
            rank: rank.map_or_else(|| DASH.to_owned(), |rank| rank.rank.to_string()),
            range: rank.map_or_else(
                || DASH.to_owned(),
                |r| charts::range_text(self.texts, r.from, r.to),
            ),
            score: shown(table.score.as_ref()),
            fraction: table.score.as_ref().map_or_else(
                || DASH.to_owned(),
                |s| format!("{} = {}", s.fraction, s.decimal),
            ),
            means: table
                .categories
                .iter()
                .map(|c| shown(c.mean.as_ref().filter(|_| c.counts_in_score)))
                .collect(),
            grade: table.proposed.clone().unwrap_or_else(|| DASH.to_owned()),
            working: table
                .working
                .iter()
                .map(|step| self.step(table, step))
                .collect(),
        }
    }

    /// One step: `A 类 总体评价平均：(好 6 × 100 + 较好 1 × 80) ÷ 7 = 680/7 = 97.142857`.
    fn step(&self, table: &ResultTable, step: &WorkingStep) -> String {
        let category = step
            .category
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let item = step
            .item
            .as_ref()
            .and_then(|code| self.view.items.iter().find(|item| item.code == *code));
        let item = item.map(|item| item.label.as_str()).unwrap_or_default();
        let name = self.texts.with_map(
            &format!("working-{}", step.step.replace('_', "-")),
            [
                ("category", category.as_str()),
                ("item", item),
                ("presenter", table.title.as_str()),
            ],
        );
        let terms = step
            .terms
            .iter()
            .map(|term| format!("{} {} × {}", term.label, term.weight, term.value));
        let terms = terms.collect::<Vec<_>>().join(" + ");
        let value = match &step.value {
            Some(value) => format!(
                "({terms}) ÷ {} = {} = {}",
                step.denominator, value.fraction, value.decimal
            ),
            None => self.texts.s("working-none"),
        };
        self.texts.with_map(
            "working-line",
            [("name", name.as_str()), ("value", value.as_str())],
        )
    }

    fn verification(&self, line: &AppVerification) -> VerificationLine {
        let checked: u64 = line.checks.iter().map(|check| check.count).sum();
        let (mark, text) = match line.status.as_str() {
            "valid" => ("yes", self.texts.n("verified-valid", checked)),
            "skipped" => ("yes", self.texts.s("check-skipped")),
            "findings" => ("no", self.texts.n("verified-findings", line.findings.len())),
            _ => ("wait", self.texts.s("check-wait")),
        };
        VerificationLine {
            label: line.category.to_string(),
            mark,
            text,
            findings: line
                .findings
                .iter()
                .map(|f| format!("{} · {} · {}", f.code, f.place, f.text))
                .collect(),
        }
    }
}
