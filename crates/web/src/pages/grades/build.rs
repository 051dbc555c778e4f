//! From the application's view to what the page of the grades shows.

use pingyi_app::record::AuditEvent;
use pingyi_app::{
    CompositeStep, DecisionView, Exact, Finding, GradeLine, GradeTable, GradesView, GradesWorked,
    IndicatorsWorked, LeadersWorked, PresenterCode, ResultView, Source, Statement,
};

use super::rules::{exact, floor, rules, source};
use super::{GradeRow, GradesModel};
use crate::lang::Texts;
use crate::pages::record::{FieldLine, PastLine};
use crate::pages::{build_result, charts};
use crate::words::time_text;

const DASH: &str = "—";

impl GradesModel {
    /// The page's model; `result` is there where the user may see it.
    #[must_use]
    pub fn of(texts: Texts, view: &GradesView, result: Option<&ResultView>) -> Self {
        let maker = Maker { texts, view };
        let worked = view.worked.as_ref();
        let (total, done) = view.leaders;
        let weights = view.config.scheme.composite.scheme();
        let used = maker.used();
        Self {
            id: view.id.to_string(),
            title: view.config.title.clone(),
            seen: result.is_some(),
            counted: worked.is_some(),
            rules: rules(texts, &view.config),
            leaders: used.contains(&Source::Leaders).then(|| {
                texts.with(
                    "grades-leaders-done",
                    [("a", done.into()), ("b", total.into())],
                )
            }),
            statements: worked
                .filter(|_| result.is_some())
                .map(|worked| {
                    worked
                        .statements
                        .iter()
                        .map(|said| maker.statement(said))
                        .collect()
                })
                .unwrap_or_default(),
            notes: worked
                .filter(|_| result.is_some())
                .map(|worked| maker.notes(worked))
                .unwrap_or_default(),
            sources: used
                .iter()
                .map(|&one| (source(texts, one.name()), weights.weight(one).to_string()))
                .collect(),
            rows: match (worked, result) {
                (Some(worked), Some(result)) => maker.rows(worked, result),
                _ => Vec::new(),
            },
            grades: view
                .config
                .scheme
                .cuts
                .iter()
                .map(|cut| cut.label.clone())
                .enumerate()
                .collect(),
            version: view.version,
            decidable: view.decidable,
            confirmable: view.shown_to_leaders,
            waiting: view
                .decisions
                .iter()
                .filter(|line| line.grade.is_some() && line.confirmed_by.is_none())
                .count(),
            past: maker.past(),
        }
    }
}

struct Maker<'a> {
    texts: Texts,
    view: &'a GradesView,
}

impl Maker<'_> {
    fn used(&self) -> Vec<Source> {
        let composite = &self.view.config.scheme.composite;
        let all = Source::ALL.into_iter();
        all.filter(|&source| composite.uses(source)).collect()
    }

    fn title_of(&self, code: &PresenterCode) -> String {
        let found = self.view.config.presenter(code);
        found.map_or_else(|| code.to_string(), |presenter| presenter.title.clone())
    }

    fn grade(&self, place: Option<usize>) -> Option<String> {
        let cut = self.view.config.scheme.cuts.get(place?)?;
        Some(cut.label.clone())
    }

    fn statement(&self, said: &Statement) -> String {
        let presenter = said.presenter.as_ref().map(|code| self.title_of(code));
        let presenter = presenter.unwrap_or_default();
        let names = |text: &str| {
            let word = |part: &str| match part.split_once(' ') {
                Some((name, rest)) => format!("{} {rest}", source(self.texts, name)),
                None => source(self.texts, part),
            };
            let parts: Vec<String> = text.split(", ").map(word).collect();
            self.texts.list(&parts)
        };
        let args: Vec<(&str, String)> = said
            .args
            .iter()
            .map(|(name, value)| match name.as_str() {
                "source" | "parts" => (name.as_str(), names(value)),
                _ => (name.as_str(), value.clone()),
            })
            .collect();
        let args = args.iter().map(|(name, value)| (*name, value.as_str()));
        let id = format!("grades-said-{}", said.code.replace('_', "-"));
        let who = [("presenter", presenter.as_str())];
        self.texts.with_map(&id, who.into_iter().chain(args))
    }

    /// What the cap did, and what the decisions together have to be told.
    fn notes(&self, worked: &GradesWorked) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(cap) = &worked.cap {
            let numbers = [
                ("places", cap.places.to_string()),
                ("of", cap.of.to_string()),
                ("reached", cap.reached.to_string()),
                ("given", cap.given.to_string()),
            ];
            let numbers = numbers.iter().map(|(name, value)| (*name, value.as_str()));
            notes.push(self.texts.with_map("grades-cap", numbers));
            if !cap.tied.is_empty() {
                let tied: Vec<String> = cap.tied.iter().map(|code| self.title_of(code)).collect();
                let tied = self.texts.list(&tied);
                notes.push(self.texts.a("grades-cap-tied", "tied", &tied));
            }
        }
        // Until something is decided, that nothing is decided need not be said.
        let begun = self.view.decisions.iter().any(|line| line.grade.is_some());
        if begun {
            notes.extend(self.findings());
        }
        notes
    }

    fn findings(&self) -> Vec<String> {
        let titles = |places: &[usize]| {
            let named = places
                .iter()
                .filter_map(|&place| self.view.config.presenters.get(place));
            let titles: Vec<String> = named.map(|presenter| presenter.title.clone()).collect();
            self.texts.list(&titles)
        };
        let mut undecided = Vec::new();
        let mut said = Vec::new();
        for finding in &self.view.findings {
            match finding {
                Finding::AboveCap { places, given } => said.push(self.texts.with(
                    "grades-above-cap",
                    [("a", (*given).into()), ("b", (*places).into())],
                )),
                Finding::TieSplit { tied } => {
                    said.push(self.texts.a("grades-tie-split", "tied", &titles(tied)));
                }
                Finding::Undecided { presenter } => undecided.push(*presenter),
            }
        }
        if !undecided.is_empty() {
            said.push(self.texts.a("grades-undecided", "who", &titles(&undecided)));
        }
        said
    }

    fn rows(&self, worked: &GradesWorked, result: &ResultView) -> Vec<GradeRow> {
        let mut tables: Vec<(&GradeTable, &DecisionView)> =
            worked.presenters.iter().zip(&self.view.decisions).collect();
        // Equal ranks stay in the order of the form: the sort is stable.
        tables.sort_by_key(|(table, _)| table.rank.as_ref().map_or(usize::MAX, |rank| rank.rank));
        let rows = tables.into_iter();
        rows.map(|(table, decision)| self.row(worked, table, decision, result))
            .collect()
    }

    fn row(
        &self,
        worked: &GradesWorked,
        table: &GradeTable,
        decision: &DecisionView,
        result: &ResultView,
    ) -> GradeRow {
        let dash = || DASH.to_owned();
        let steps: Vec<String> = table.steps.iter().map(|line| self.step(line)).collect();
        let points = self.used().into_iter().map(|source| {
            let found = table.sources.iter().find(|line| line.source == source);
            found.map_or_else(dash, |line| line.points.shown.clone())
        });
        let rank = table.rank.as_ref();
        GradeRow {
            code: table.code.to_string(),
            title: table.title.clone(),
            rank: match rank {
                Some(rank) if table.shared_by > 1 => {
                    self.texts.a("grades-tie", "rank", &rank.rank.to_string())
                }
                Some(rank) => rank.rank.to_string(),
                None => dash(),
            },
            range: rank.map_or_else(dash, |r| charts::range_text(self.texts, r.from, r.to)),
            score: table
                .composite
                .as_ref()
                .map_or_else(dash, |score| score.shown.clone()),
            fraction: table.composite.as_ref().map_or_else(dash, |score| {
                format!("{} = {}", score.fraction, score.decimal)
            }),
            points: points.collect(),
            proposed: self.grade(table.proposed).unwrap_or_else(dash),
            rule: steps.last().cloned().unwrap_or_default(),
            steps,
            working: self.working(worked, table, result),
            decided: decision.grade,
            decided_label: self.grade(decision.grade).unwrap_or_else(dash),
            reason: decision.reason.clone(),
            entered_by: decision.entered_by.clone(),
            confirmed_by: decision.confirmed_by.clone(),
        }
    }

    /// One step of the way to a grade.
    fn step(&self, line: &GradeLine) -> String {
        let config = &self.view.config;
        let number = |name: &str| {
            line.args
                .get(name)
                .and_then(|text| text.parse::<usize>().ok())
        };
        let mut args: Vec<(&str, String)> = Vec::new();
        for (name, value) in &line.args {
            let value = match name.as_str() {
                "grade" => self.grade(number("grade")).unwrap_or_default(),
                "floor" => number("floor")
                    .and_then(|place| config.scheme.floors.get(place))
                    .map(|rule| floor(self.texts, config, rule))
                    .unwrap_or_default(),
                _ => value.clone(),
            };
            args.push((name, value));
        }
        let id = format!("grades-step-{}", line.code.replace('_', "-"));
        let args = args.iter().map(|(name, value)| (*name, value.as_str()));
        self.texts.with_map(&id, args)
    }

    /// Every step from the counts to the composite.
    fn working(
        &self,
        worked: &GradesWorked,
        table: &GradeTable,
        result: &ResultView,
    ) -> Vec<String> {
        let mut steps = build_result::working(self.texts, result, &table.code);
        if let Some(indicators) = &table.beside.indicators {
            steps.extend(self.indicators(worked, indicators));
        }
        if let Some(leaders) = &table.beside.leaders {
            steps.extend(self.leaders(worked, leaders));
        }
        for step in &table.working {
            // The leaders' mean stands above, with how many they are; who gave what is not said.
            if let CompositeStep::Composite {
                terms,
                divisor,
                score,
                ..
            } = step
            {
                let term = |of: usize, weight: &str, points: &str| {
                    let name = Source::ALL
                        .get(of)
                        .map(|one| source(self.texts, one.name()));
                    format!("{} {weight} × {points}", name.unwrap_or_default())
                };
                let terms: Vec<String> = terms
                    .iter()
                    .map(|found| term(found.of, &found.factor.fraction, &found.number.fraction))
                    .collect();
                let value = format!(
                    "({}) ÷ {} = {} = {}",
                    terms.join(" + "),
                    divisor.fraction,
                    score.fraction,
                    score.decimal
                );
                steps.push(self.line(&self.texts.s("grades-working-composite"), &value));
            }
        }
        steps
    }

    fn line(&self, name: &str, value: &str) -> String {
        self.texts
            .with_map("working-line", [("name", name), ("value", value)])
    }

    /// Each indicator, their weighted mean, and its points.
    fn indicators(&self, worked: &GradesWorked, indicators: &IndicatorsWorked) -> Vec<String> {
        let mut steps: Vec<String> = indicators
            .lines
            .iter()
            .map(|line| {
                let figure = if line.figure.is_empty() {
                    DASH
                } else {
                    &line.figure
                };
                let target = match (line.target.is_empty(), line.measure.is_rate()) {
                    (true, _) => DASH.to_owned(),
                    (false, true) => format!("{}%", line.target),
                    (false, false) => line.target.clone(),
                };
                let reached = line.part();
                let reached =
                    reached.map_or_else(|| self.texts.s("grades-not-judged"), |part| exact(&part));
                let args = [
                    ("name", line.name.as_str()),
                    ("figure", figure),
                    ("target", &target),
                    ("reached", &reached),
                ];
                self.texts.with_map("grades-working-indicator", args)
            })
            .collect();
        let terms: Vec<String> = indicators
            .counting()
            .map(|(_, weight, part)| format!("{weight} × {}", part.fraction()))
            .collect();
        let full: Option<Exact> = worked.full.parse().ok();
        if let Some((score, full)) = indicators.score().zip(full) {
            let value = format!(
                "({}) ÷ {} × {full} = {}",
                terms.join(" + "),
                indicators.divisor(),
                exact(&(&score * &full))
            );
            let day = worked.on.map(|day| day.to_string()).unwrap_or_default();
            let name = self.texts.a("grades-working-indicators", "day", &day);
            steps.push(self.line(&name, &value));
        }
        steps
    }

    fn leaders(&self, worked: &GradesWorked, leaders: &LeadersWorked) -> Option<String> {
        let full: Exact = worked.full.parse().ok()?;
        let hundred = Exact::from(100_u32);
        let points = (&leaders.mean()? * &full).checked_div(&hundred)?;
        let mut value = format!("{} ÷ {}", leaders.sum(), leaders.count);
        if full != hundred {
            value = format!("{value} × {full} ÷ 100");
        }
        let value = format!("{value} = {}", exact(&points));
        let name = self.texts.n("grades-working-leaders", leaders.count);
        Some(self.line(&name, &value))
    }

    /// What was done, the newest first.
    fn past(&self) -> Vec<PastLine> {
        let lines = self.view.history.iter();
        lines
            .map(|line| PastLine {
                time: time_text(line.at),
                who: line.who.clone(),
                action: self.texts.s(&format!("audit-do-{}", line.event.action())),
                changed: false,
                fields: self.fields(&line.event),
            })
            .collect()
    }

    fn fields(&self, event: &AuditEvent) -> Vec<FieldLine> {
        let field = |label: String, to: String| FieldLine {
            label,
            from: String::new(),
            to,
        };
        match event {
            AuditEvent::EvaluationGiven { presenters } => {
                let who: Vec<String> = presenters.iter().map(|code| self.title_of(code)).collect();
                vec![field(self.texts.s("presenter"), self.texts.list(&who))]
            }
            AuditEvent::GradeDecided {
                presenter,
                proposed,
                decided,
                reason,
            } => {
                let named =
                    |grade: &Option<String>| grade.clone().unwrap_or_else(|| DASH.to_owned());
                let said = self.texts.with_map(
                    "grades-past-decided",
                    [
                        ("decided", named(decided).as_str()),
                        ("proposed", &named(proposed)),
                    ],
                );
                let said = if reason.is_empty() {
                    said
                } else {
                    format!("{said} {reason}")
                };
                vec![field(self.title_of(presenter), said)]
            }
            AuditEvent::GradesConfirmed { grades } => grades
                .iter()
                .map(|(code, grade)| field(self.title_of(code), grade.clone()))
                .collect(),
            _ => Vec::new(),
        }
    }
}
