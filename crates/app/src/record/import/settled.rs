//! What is done with a row: what was chosen for it, and how it lies over a firm that is there.

use std::collections::{BTreeMap, HashMap, HashSet};

use pingyi_domain::record::{FieldProblem, Firm, Kind, Record as _};
use pingyi_store::repo::firms::FirmRow;
use pingyi_store::repo::search::DocRow;

use super::super::firms::refused;
use super::{Choice, ImportOrder, Like, Preview};
use crate::{AppError, Result};

/// What is to be done with each row that may be there already, where everything can be done: the choice and the record.
pub(super) fn settled(
    preview: &Preview,
    order: &ImportOrder,
) -> Result<HashMap<u32, (Choice, String)>> {
    let stop = |field: &str, rule: &str| AppError::Fields(vec![refused(field, rule)]);
    if let Some(code) = preview.refusal {
        return Err(stop("file", code));
    }
    if preview.refused_rows > 0 && !order.good_rows {
        return Err(stop("rows", "import_refused"));
    }
    let mut chosen = HashMap::new();
    let mut updated: HashSet<&str> = HashSet::new();
    let mut problems: Vec<FieldProblem> = Vec::new();
    for alike in &preview.alike {
        let single = order.choices.get(&alike.row);
        let choice = single.or(order.rest.as_ref()).copied();
        let rule = match choice {
            None => Some("choice_missing"),
            Some(Choice::Add) if alike.like == Like::Code => Some("choice_code"),
            Some(Choice::Update) if preview.kind == Kind::Entry => Some("choice_update"),
            Some(Choice::Update) if !updated.insert(&alike.known) => {
                // Two rows for one firm: the first is it, unless both were chosen one by one.
                if single.is_none() {
                    chosen.insert(alike.row, (Choice::Skip, alike.known.clone()));
                    continue;
                }
                Some("choice_twice")
            }
            Some(_) => None,
        };
        match (rule, choice) {
            (None, Some(choice)) => {
                chosen.insert(alike.row, (choice, alike.known.clone()));
            }
            (rule, _) => problems.push(refused(
                &format!("choice-{}", alike.row),
                rule.unwrap_or("choice_missing"),
            )),
        }
    }
    if problems.is_empty() {
        Ok(chosen)
    } else {
        Err(AppError::Fields(problems))
    }
}

pub(super) fn doc_of(row: &FirmRow) -> DocRow {
    DocRow {
        kind: Kind::Firm.to_string(),
        id: row.id.clone(),
        unit: Some(row.unit.clone()),
        title: row.name.clone(),
        body: String::new(),
    }
}

/// A row over a stored firm: what the row leaves empty stays.
pub(super) fn laid_over(stored: &Firm, row: &Firm) -> Firm {
    let text = |new: &String, old: &String| {
        if new.is_empty() {
            old.clone()
        } else {
            new.clone()
        }
    };
    Firm {
        unit: row.unit.clone(),
        name: row.name.clone(),
        credit_code: text(&row.credit_code, &stored.credit_code),
        kind: row.kind,
        sector: text(&row.sector, &stored.sector),
        employees: row.employees.or(stored.employees),
        members: row.members.or(stored.members),
        address: text(&row.address, &stored.address),
        lon: row.lon.or(stored.lon),
        lat: row.lat.or(stored.lat),
        opened_on: row.opened_on,
        uncovered: text(&row.uncovered, &stored.uncovered),
        note: text(&row.note, &stored.note),
    }
}

/// The form a firm would be read from: the fields of both have the same names.
pub(super) fn draft_of(firm: &Firm) -> BTreeMap<&'static str, String> {
    firm.fields().into_iter().collect()
}
