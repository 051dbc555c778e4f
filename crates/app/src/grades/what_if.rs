//! What-if: other weights, values, cut points, caps and floors on the counts of an appraisal that is over. Before sealing only, so
//! that nobody fits the rules to a result.

use std::collections::BTreeMap;

use pingyi_domain::AppraisalId;
use pingyi_domain::appraisal::State;
use pingyi_domain::config::{AppraisalConfig, FloorRule};
use pingyi_domain::record::Check;
use pingyi_scoring::{Cap, Exact, Method, Outcome, ScoringError, Source, Ties};

use super::basis::{Past, announced};
use super::ground::known;
use crate::loaded::Loaded;
use crate::{App, AppError, Moved, Result, Tried, WhatIfField, WhatIfGroup, WhatIfView};

/// What is asked: texts by the name of the field, as a form sends them.
pub type WhatIfAsk = BTreeMap<String, String>;

impl App {
    /// What would move: before, as it was worked out; after, by the draft's scheme with what is asked on top.
    ///
    /// # Errors
    /// [`AppError::WhatIfClosed`] once sealed, [`AppError::NotFound`] without the appraisal or the one asked for (`on`).
    pub async fn what_if(&self, id: &AppraisalId, ask: &WhatIfAsk) -> Result<WhatIfView> {
        let mut view = self.store().read().await?;
        let draft = Loaded::read(&mut view, id).await?;
        if !matches!(draft.state, State::Draft | State::Keyed { .. }) {
            return Err(AppError::WhatIfClosed);
        }
        let bases = announced(&mut view).await?;
        let on = ask.get("on").filter(|on| !on.is_empty());
        let chosen = match on {
            Some(on) => {
                let found = bases.iter().find(|basis| basis.id.as_str() == on);
                Some(found.ok_or(AppError::NotFound)?)
            }
            None => bases.first(),
        };
        let tried = match chosen {
            Some(used) => {
                let past = self.past(&mut view, &used.id).await?;
                drop(view);
                let (config, ask) = (draft.config.clone(), ask.clone());
                let work = move || tried(&past, &config, &ask);
                Some(self.0.caster.run_long(work).await??)
            }
            None => None,
        };
        Ok(WhatIfView {
            id: id.clone(),
            title: draft.title,
            bases,
            tried,
        })
    }
}

fn tried(past: &Past, draft: &AppraisalConfig, ask: &WhatIfAsk) -> Result<Tried> {
    let config = &past.appraisal.config;
    let before = config.method();
    let start = carried(config, draft);
    let mut form = Form::new(ask);
    let after = form.read(config, &start);
    let outcome = |method: &Method| -> std::result::Result<Outcome, ScoringError> {
        let full = method.full()?;
        method.outcome(&known(full, &past.counts, &past.beside))
    };
    let was = outcome(&before).map_err(AppError::internal)?;
    let moves = match outcome(&after) {
        Ok(then) => moves(config, &start, (&was, &then)),
        Err(error) => {
            form.refuse(&error);
            Vec::new()
        }
    };
    Ok(Tried {
        basis: past.basis(),
        config: config.clone(),
        fields: form.fields,
        floors: start.scheme.floors.clone(),
        grades: start
            .scheme
            .cuts
            .iter()
            .map(|cut| cut.label.clone())
            .collect(),
        problems: form.check.done(None::<()>).err().unwrap_or_default(),
        moves,
    })
}

/// The earlier configuration with what the draft says differently, where the two name the same things.
fn carried(config: &AppraisalConfig, draft: &AppraisalConfig) -> AppraisalConfig {
    let mut start = config.clone();
    for item in &mut start.form.items {
        let same = draft
            .form
            .items
            .iter()
            .find(|other| other.code == item.code);
        item.weight = same.map_or_else(|| item.weight.clone(), |other| other.weight.clone());
    }
    for category in &mut start.categories {
        if let Some(other) = draft.category(category.code) {
            category.weight = other.weight.clone();
        }
    }
    for grade in &mut start.form.grades {
        let same = draft
            .form
            .grades
            .iter()
            .find(|other| other.code == grade.code);
        if let Some(other) = same.filter(|other| other.value.is_some() == grade.value.is_some()) {
            grade.value.clone_from(&other.value);
        }
    }
    start.scheme = draft.scheme.clone();
    start
}

/// The fields of the page with what is typed in them, and what is wrong with it.
struct Form<'a> {
    ask: &'a WhatIfAsk,
    fields: Vec<WhatIfField>,
    check: Check,
}

impl<'a> Form<'a> {
    fn new(ask: &'a WhatIfAsk) -> Self {
        Self {
            ask,
            fields: Vec::new(),
            check: Check::default(),
        }
    }

    /// One number: what is typed where it can be read, else where it started.
    fn number(
        &mut self,
        (group, name): (WhatIfGroup, String),
        label: &str,
        (start, was): (&Exact, Option<&Exact>),
    ) -> Exact {
        let typed = self.ask.get(&name).map(|text| text.trim());
        let read = typed.and_then(|text| self.check.needed::<Exact>(&name, text, "exact"));
        self.fields.push(WhatIfField {
            group,
            label: label.to_owned(),
            value: typed.map_or_else(|| start.to_string(), str::to_owned),
            was: was.map(ToString::to_string).unwrap_or_default(),
            name,
        });
        read.unwrap_or_else(|| start.clone())
    }

    fn read(&mut self, config: &AppraisalConfig, start: &AppraisalConfig) -> Method {
        let was = config.method();
        let mut method = start.method();
        for source in Source::ALL {
            let name = (
                WhatIfGroup::Composite,
                format!("composite.{}", source.name()),
            );
            let numbers = (
                &start.method().composite.weight(source).clone(),
                Some(was.composite.weight(source)),
            );
            let read = self.number(name, "", numbers);
            match source {
                Source::Ballot => method.composite.ballot = read,
                Source::Indicators => method.composite.indicators = read,
                Source::Leaders => method.composite.leaders = read,
            }
        }
        for (place, category) in start.categories.iter().enumerate() {
            let name = (WhatIfGroup::Category, format!("category.{}", category.code));
            let numbers = (&category.weight, Some(&config.categories[place].weight));
            method.scheme.categories[place].weight = self.number(name, &category.label, numbers);
        }
        for (place, item) in start.form.items.iter().enumerate() {
            let name = (WhatIfGroup::Item, format!("item.{}", item.code));
            let numbers = (&item.weight, Some(&config.form.items[place].weight));
            method.scheme.items[place] = self.number(name, &item.label, numbers);
        }
        for (place, grade) in start.form.grades.iter().enumerate() {
            let Some(value) = &grade.value else { continue };
            let name = (WhatIfGroup::Value, format!("value.{}", grade.code));
            let numbers = (value, config.form.grades[place].value.as_ref());
            method.scheme.grades[place] = Some(self.number(name, &grade.label, numbers));
        }
        for (place, cut) in start.scheme.cuts.iter().enumerate() {
            let name = (WhatIfGroup::Cut, format!("cut.{place}"));
            let same = config
                .scheme
                .cuts
                .iter()
                .find(|other| other.label == cut.label);
            let numbers = (&cut.from, same.map(|other| &other.from));
            method.rules.cuts[place] = self.number(name, &cut.label, numbers);
        }
        method.rules.cap = self.cap(config.scheme.cap.as_ref(), start.scheme.cap.as_ref());
        method.rules.ties = self.ties(config.scheme.ties, start.scheme.ties);
        let mut floored = start.clone();
        floored.scheme.floors = self.floors(&config.scheme.floors, &start.scheme.floors);
        method.rules.floors = floored.grade_rules().floors;
        method
    }

    /// What becomes of those who tie where the places run out.
    fn ties(&mut self, was: Ties, start: Ties) -> Ties {
        const NAME: &str = "ties";
        let typed = self.ask.get(NAME).map(|text| text.trim());
        let read = match typed {
            Some(text) => Ties::named(text),
            None => Some(start),
        };
        if read.is_none() {
            self.check.refuse(NAME, "choice");
        }
        let ties = read.unwrap_or(start);
        self.fields.push(WhatIfField {
            group: WhatIfGroup::Ties,
            name: NAME.to_owned(),
            label: String::new(),
            value: ties.name().to_owned(),
            was: was.name().to_owned(),
        });
        ties
    }

    /// The floors with the bounds that are typed; one without a bound does not count.
    fn floors(&mut self, was: &[FloorRule], start: &[FloorRule]) -> Vec<FloorRule> {
        let mut kept = Vec::new();
        for (place, rule) in start.iter().enumerate() {
            let name = format!("floor.{place}");
            let typed = self.ask.get(&name).map(|text| text.trim().to_owned());
            let text = typed.unwrap_or_else(|| rule.below().to_string());
            let read = self.check.maybe::<Exact>(&name, &text, "exact");
            let same = was.iter().find(|other| other.is_like(rule));
            self.fields.push(WhatIfField {
                group: WhatIfGroup::Floor,
                name,
                label: String::new(),
                value: text.clone(),
                was: same.map_or_else(String::new, |rule| rule.below().to_string()),
            });
            match read {
                Some(below) => kept.push(rule.with(below)),
                // What cannot be read keeps what the draft says.
                None if !text.is_empty() => kept.push(rule.clone()),
                None => {}
            }
        }
        kept
    }

    /// A part where it is written with a stroke or a point, else a number; nothing for no cap.
    fn cap(&mut self, was: Option<&Cap>, start: Option<&Cap>) -> Option<Cap> {
        let shown = |cap: Option<&Cap>| match cap {
            Some(Cap::Share(share)) if *share == Exact::one() => "1/1".to_owned(),
            Some(Cap::Share(share)) => share.to_string(),
            Some(Cap::Number(number)) => number.to_string(),
            None => String::new(),
        };
        let typed = self.ask.get("cap").map(|text| text.trim().to_owned());
        let text = typed.clone().unwrap_or_else(|| shown(start));
        let read = self.check.maybe::<Exact>("cap", &text, "exact");
        self.fields.push(WhatIfField {
            group: WhatIfGroup::Cap,
            name: "cap".to_owned(),
            label: String::new(),
            value: text.clone(),
            was: shown(was),
        });
        match (typed, read) {
            (None, _) => start.cloned(),
            (Some(typed), Some(read)) if typed.contains(['/', '.']) => Some(Cap::Share(read)),
            (Some(_), Some(read)) => {
                let number = read
                    .to_u64()
                    .and_then(|number| usize::try_from(number).ok());
                number.map(Cap::Number)
            }
            (Some(_), None) => None,
        }
    }

    /// Numbers that can be read and do not fit each other.
    fn refuse(&mut self, error: &ScoringError) {
        let (field, rule) = match error {
            ScoringError::CutsNotFalling { cut } => (format!("cut.{cut}"), "cuts_falling"),
            ScoringError::CapAboveAll => ("cap".to_owned(), "cap_above_all"),
            ScoringError::CapWithoutSecondGrade => ("cap".to_owned(), "cap_second"),
            ScoringError::NoWeight => (String::new(), "weights_zero"),
            _ => (String::new(), "not_fitting"),
        };
        self.check.refuse(&field, rule);
    }
}

fn moves(
    config: &AppraisalConfig,
    start: &AppraisalConfig,
    (was, then): (&Outcome, &Outcome),
) -> Vec<Moved> {
    let label = |config: &AppraisalConfig, grade: Option<usize>| {
        let cut = config.scheme.cuts.get(grade?)?;
        Some(cut.label.clone())
    };
    let presenters = config.presenters.iter().enumerate();
    presenters
        .map(|(place, presenter)| {
            let (before, after) = (was.standing(place), then.standing(place));
            Moved {
                code: presenter.code.clone(),
                title: presenter.title.clone(),
                grade_before: label(config, before.grade),
                grade_after: label(start, after.grade),
                before,
                after,
            }
        })
        .collect()
}
