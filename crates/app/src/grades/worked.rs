//! Composite and grades as they are stored: numbers in three spellings, grades by their place.

use std::collections::BTreeMap;

use pingyi_domain::config::AppraisalConfig;
use pingyi_scoring::{
    CompositeStatement, Exact, GradeStep, Outcome, RankRange, SourcePart, SourceScore,
};

use super::ground::Ground;
use crate::result_tables::{exact, number};
use crate::{
    AppError, Beside, CapLine, GradeLine, GradeName, GradeTable, GradesWorked, RankView, Result,
    SourceLine, Statement,
};

impl GradesWorked {
    /// The name of the grade proposed for a presenter, by place in the configuration.
    #[must_use]
    pub fn proposed(&self, presenter: usize) -> Option<String> {
        let place = self.presenters.get(presenter)?.proposed?;
        Some(self.grades.get(place)?.label.clone())
    }
}

/// What is stored of an outcome.
pub(crate) fn grades_of(
    config: &AppraisalConfig,
    ground: &Ground,
    outcome: &Outcome,
    ranges: &[Option<RankRange>],
) -> Result<GradesWorked> {
    let method = config.method();
    let cap = outcome.proposals.cap.as_ref();
    Ok(GradesWorked {
        places: config.scheme.places,
        full: method.full().map_err(AppError::internal)?.fraction(),
        on: ground.on,
        grades: config
            .scheme
            .cuts
            .iter()
            .map(|cut| GradeName {
                label: cut.label.clone(),
                from: cut.from.fraction(),
            })
            .collect(),
        presenters: (0..config.presenters.len())
            .map(|presenter| table(config, ground, outcome, ranges, presenter))
            .collect(),
        statements: outcome
            .composite
            .statements
            .iter()
            .map(|said| statement(config, said))
            .collect(),
        cap: cap.map(|note| CapLine {
            places: note.places,
            of: note.of,
            reached: note.reached,
            given: note.given,
            tied: note
                .tied
                .iter()
                .map(|&presenter| config.presenters[presenter].code.clone())
                .collect(),
        }),
    })
}

fn table(
    config: &AppraisalConfig,
    ground: &Ground,
    outcome: &Outcome,
    ranges: &[Option<RankRange>],
    presenter: usize,
) -> GradeTable {
    let places = config.scheme.places;
    let named = &config.presenters[presenter];
    let found = &outcome.composite.presenters[presenter];
    let proposal = &outcome.proposals.presenters[presenter];
    let scheme = config.scheme.composite.scheme();
    let source = |part: &SourceScore| SourceLine {
        source: part.source,
        weight: scheme.weight(part.source).fraction(),
        part: part.part.fraction(),
        points: number(&part.points.number(places)),
    };
    let range = ranges.get(presenter).copied().flatten();
    GradeTable {
        code: named.code.clone(),
        title: named.title.clone(),
        unit: named.unit.clone(),
        sources: found.parts.iter().map(source).collect(),
        composite: exact(found.score.as_ref(), places),
        rank: found.rank.zip(range).map(|(rank, range)| RankView {
            from: range.from,
            to: range.to,
            rank: rank.place,
            group: range.group,
        }),
        shared_by: found.rank.map_or(0, |rank| rank.shared_by),
        working: outcome.composite.working(&scheme, presenter, places),
        proposed: proposal.grade,
        steps: proposal
            .steps
            .iter()
            .map(|step| line(step, places))
            .collect(),
        beside: ground
            .beside
            .get(presenter)
            .cloned()
            .unwrap_or_else(|| Beside {
                unit: named.unit_id.clone(),
                ..Beside::default()
            }),
    }
}

/// A step with its numbers: composites and points as they are shown, with the exact fraction beside them.
fn line(step: &GradeStep, places: u8) -> GradeLine {
    let mut args = BTreeMap::new();
    let mut put = |name: &str, value: String| args.insert(name.to_owned(), value);
    let shown = |number: &Exact| number.rounded(places);
    let code = match step {
        GradeStep::Cut { grade, score, from } => {
            put("grade", grade.to_string());
            put("score", shown(score));
            put("exact", score.fraction());
            put("from", from.fraction());
            "cut"
        }
        GradeStep::BelowCuts { score, lowest } => {
            put("score", shown(score));
            put("exact", score.fraction());
            put("lowest", lowest.fraction());
            "below_cuts"
        }
        GradeStep::Floor {
            floor,
            found,
            grade,
        } => {
            put("floor", floor.to_string());
            put("found", found.fraction());
            put("grade", grade.to_string());
            "floor"
        }
        GradeStep::Capped { places, grade } => {
            put("places", places.to_string());
            put("grade", grade.to_string());
            "capped"
        }
        GradeStep::TiedAtCap { left, tied, grade } => {
            put("left", left.to_string());
            put("tied", tied.to_string());
            put("grade", grade.to_string());
            if *grade == 0 { "tied_in" } else { "tied_open" }
        }
    };
    GradeLine {
        code: code.to_owned(),
        args,
    }
}

/// A sentence by its code, with its numbers.
fn statement(config: &AppraisalConfig, said: &CompositeStatement) -> Statement {
    let mut args = BTreeMap::new();
    let mut put = |name: &str, value: String| args.insert(name.to_owned(), value);
    let parts_text = |parts: &[SourcePart]| {
        let part = |part: &SourcePart| format!("{} {}", part.source.name(), part.part.fraction());
        parts.iter().map(part).collect::<Vec<_>>().join(", ")
    };
    let (code, presenter) = match said {
        CompositeStatement::SourceMissing { source, weight } => {
            put("source", source.name().to_owned());
            put("weight", weight.fraction());
            ("source_missing", None)
        }
        CompositeStatement::Redistributed { parts } => {
            put("parts", parts_text(parts));
            ("redistributed_sources", None)
        }
        CompositeStatement::SourceMissingFor {
            presenter,
            source,
            weight,
        } => {
            put("source", source.name().to_owned());
            put("weight", weight.fraction());
            ("source_missing_for", Some(*presenter))
        }
        CompositeStatement::RedistributedFor { presenter, parts } => {
            put("parts", parts_text(parts));
            ("redistributed_sources_for", Some(*presenter))
        }
        CompositeStatement::NoComposite { presenter } => ("no_composite", Some(*presenter)),
    };
    Statement {
        code: code.to_owned(),
        category: None,
        presenter: presenter.map(|place| config.presenters[place].code.clone()),
        args,
    }
}
