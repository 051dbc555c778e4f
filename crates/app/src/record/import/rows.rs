//! From the rows of a file to records: which go in, and why the others do not.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{
    CoverKind, Date, Entry, EntryDraft, Firm, FirmDraft, Kind, UnitId, UnitPath, fold, name_key,
};
use pingyi_store::repo::entries::{BodyRow, NamedFirm};
use pingyi_store::repo::firms::FirmKey;
use pingyi_store::repo::units::UnitRow;

use super::super::entries::names::{bodies, one_of};
use super::cells::{Columns, Good, Names, Plan, Row, YES};
use super::fields::{Mapping, since};
use super::read::Table;

type Texts = BTreeMap<&'static str, String>;

/// What covers a firm, as a row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CoverIn {
    pub kind: CoverKind,
    pub unit: Option<String>,
    pub post: Option<String>,
    pub from_on: Date,
}

/// Why a firm is struck out, as a row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StrikeIn {
    pub reason: String,
    pub from_on: Date,
}

/// A firm with what its row says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FirmIn {
    pub firm: Firm,
    pub covers: Vec<CoverIn>,
    pub strike: Option<StrikeIn>,
}

/// An entry with what its names stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryIn {
    pub entry: Entry,
    pub bodies: Vec<BodyRow>,
    pub firms: Vec<String>,
}

/// An instructor whose term runs: id of the term, holder, place of the unit.
#[derive(Debug, Clone)]
pub(crate) struct InstructorIn {
    pub post: String,
    pub holder: String,
    pub place: UnitPath,
}

/// Reads every row; `read` makes a record and its key of the texts, and says otherwise what is wrong.
fn plan<T>(
    kind: Kind,
    table: &Table,
    mapping: &Mapping,
    names: &Names,
    mut read: impl FnMut(&mut Row<'_>, &Columns<'_>, &Texts) -> Option<(T, String)>,
) -> Plan<T> {
    let columns = Columns::of(kind, table, mapping);
    let mut plan = Plan::default();
    for (number, cells) in &table.rows {
        let mut row = Row::new(names, *number);
        let texts = row.texts(&columns, cells, &mapping.otherwise);
        match read(&mut row, &columns, &texts) {
            Some((record, key)) if row.refused.is_empty() => {
                plan.dates_as_text += row.dates_as_text;
                plan.good.push(Good {
                    row: *number,
                    record,
                    key,
                });
            }
            _ => {
                plan.refused_rows += 1;
                plan.refused.append(&mut row.refused);
            }
        }
    }
    plan
}

/// The unit of a row must be the hand's to write.
fn may_write(row: &mut Row<'_>, columns: &Columns<'_>, unit: &UnitId) {
    let names = row.names;
    if names.places.get(unit).is_some_and(|unit| !unit.may) {
        row.refuse(columns.head("unit"), "", "not_your_unit");
    }
}

fn firm_draft(texts: &Texts) -> FirmDraft {
    let text = |field: &str| texts.get(field).cloned().unwrap_or_default();
    FirmDraft {
        unit: text("unit"),
        name: text("name"),
        credit_code: text("credit_code"),
        kind: text("kind"),
        sector: text("sector"),
        employees: text("employees"),
        members: text("members"),
        address: text("address"),
        opened_on: text("opened_on"),
        uncovered: text("uncovered"),
        note: text("note"),
        ..FirmDraft::default()
    }
}

/// Reads firms. A row that is the same as an earlier one of the file, by code or by name and unit, is refused.
pub(crate) fn firms(
    table: &Table,
    mapping: &Mapping,
    names: &Names,
    instructors: &[InstructorIn],
) -> Plan<FirmIn> {
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut keys: HashMap<(UnitId, String), u32> = HashMap::new();
    plan(Kind::Firm, table, mapping, names, |row, columns, texts| {
        let firm = match firm_draft(texts).read(names.today) {
            Ok(firm) => firm,
            Err(problems) => {
                row.refuse_all(columns, texts, problems);
                return None;
            }
        };
        may_write(row, columns, &firm.unit);
        let place = names.places.get(&firm.unit);
        if place.is_some_and(|unit| unit.closed_on.is_some()) {
            row.refuse(columns.head("unit"), "", "unit_closed");
        }
        let cover_on = mapping.otherwise.get("cover_on").map(String::as_str);
        let covers = covers(row, columns, texts, cover_on);
        let path = place.map(|unit| &unit.path);
        let covers = with_instructor(row, columns, covers, (texts, path), instructors);
        let strike = strike(row, columns, texts);
        if !row.refused.is_empty() {
            return None;
        }
        let key = name_key(&firm.name);
        let same_code = (!firm.credit_code.is_empty())
            .then(|| codes.insert(firm.credit_code.clone(), row.number));
        let same_name = keys.insert((firm.unit.clone(), key.clone()), row.number);
        if let Some(first) = same_code.flatten().or(same_name) {
            row.refuse("", format!("{} ({first})", firm.name), "twice");
        }
        let record = FirmIn {
            firm,
            covers,
            strike,
        };
        Some((record, key))
    })
}

/// A day of a row that may not lie ahead; none where it is missing or refused.
fn past(row: &mut Row<'_>, head: &str, text: Option<&str>) -> Option<Date> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        row.refuse(head, "", "missing");
        return None;
    };
    let Ok(day) = text.parse::<Date>() else {
        row.refuse(head, text, "date");
        return None;
    };
    if day > row.names.today {
        row.refuse(head, text, "date_future");
        return None;
    }
    Some(day)
}

/// The covers of a row but for the instructor's term, which is found by the name.
fn covers(
    row: &mut Row<'_>,
    columns: &Columns<'_>,
    texts: &Texts,
    otherwise: Option<&str>,
) -> Vec<CoverIn> {
    let mut found = Vec::new();
    for kind in CoverKind::ALL.iter().copied() {
        let (said, on) = (texts.get(kind.as_str()), texts.get(since(kind)));
        let Some(said) = said else {
            // What could not be read is not missing as well.
            if let Some(on) = on
                && !row.is_refused(columns.head(kind.as_str()))
            {
                row.refuse(columns.head(since(kind)), on.as_str(), "cover_without");
            }
            continue;
        };
        let is_mark = !kind.is_organisation() && kind != CoverKind::Instructor;
        let unit = said.parse::<UnitId>().ok();
        let unit = unit.and_then(|unit| row.names.places.get(&unit));
        if unit.is_some_and(|unit| unit.closed_on.is_some()) {
            row.refuse(columns.head(kind.as_str()), "", "unit_closed");
            continue;
        }
        let own_day = Some(said.as_str()).filter(|said| is_mark && *said != YES);
        let day = own_day.or(on.map(String::as_str)).or(otherwise);
        if let Some(from_on) = past(row, columns.head(kind.as_str()), day) {
            found.push(CoverIn {
                kind,
                unit: kind.is_organisation().then(|| said.clone()),
                post: None,
                from_on,
            });
        }
    }
    found
}

/// The one instructor of this name in or above the firm's unit.
fn with_instructor(
    row: &mut Row<'_>,
    columns: &Columns<'_>,
    mut covers: Vec<CoverIn>,
    (texts, place): (&Texts, Option<&UnitPath>),
    all: &[InstructorIn],
) -> Vec<CoverIn> {
    let Some(name) = texts.get(CoverKind::Instructor.as_str()) else {
        return covers;
    };
    let here = |one: &&InstructorIn| {
        one.holder == *name
            && place.is_none_or(|place| one.place.holds(place) || place.holds(&one.place))
    };
    let found: Vec<&InstructorIn> = all.iter().filter(here).collect();
    if let [one] = found[..] {
        let of_kind = |cover: &&mut CoverIn| cover.kind == CoverKind::Instructor;
        for cover in covers.iter_mut().filter(of_kind) {
            cover.post = Some(one.post.clone());
        }
    } else {
        row.refuse(columns.head("instructor"), name.as_str(), "instructor");
    }
    covers
}

fn strike(row: &mut Row<'_>, columns: &Columns<'_>, texts: &Texts) -> Option<StrikeIn> {
    let (reason, on) = (texts.get("struck"), texts.get("struck_on"));
    match (reason, on) {
        (None, None) => None,
        (None, Some(on)) => {
            if !row.is_refused(columns.head("struck")) {
                row.refuse(columns.head("struck_on"), on.as_str(), "strike_without");
            }
            None
        }
        (Some(reason), on) => {
            let head = columns.head("struck_on");
            let head = if head.is_empty() {
                columns.head("struck")
            } else {
                head
            };
            past(row, head, on.map(String::as_str)).map(|from_on| StrikeIn {
                reason: reason.clone(),
                from_on,
            })
        }
    }
}

/// The firms of the register, found by name, as entries name them.
#[derive(Debug, Default)]
pub(crate) struct FirmBook {
    firms: Vec<NamedFirm>,
    by_name: HashMap<String, Vec<usize>>,
}

impl FirmBook {
    /// Of all firms.
    pub fn of(keys: Vec<FirmKey>) -> Self {
        let mut book = Self::default();
        for (at, key) in keys.into_iter().enumerate() {
            if key.name != key.name_key {
                book.by_name.entry(key.name_key).or_default().push(at);
            }
            book.by_name.entry(key.name.clone()).or_default().push(at);
            book.firms.push(NamedFirm {
                id: key.id,
                name: key.name,
                unit: key.unit,
            });
        }
        book
    }

    /// Those of this name, or with its key.
    fn named(&self, name: &str) -> Vec<NamedFirm> {
        let key = name_key(name);
        let places = [name, key.as_str()].map(|one| self.by_name.get(one));
        let mut places: Vec<usize> = places.into_iter().flatten().flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .map(|at| self.firms[at].clone())
            .collect()
    }
}

fn entry_draft(texts: &Texts) -> EntryDraft {
    let text = |field: &str| texts.get(field).cloned().unwrap_or_default();
    EntryDraft {
        unit: text("unit"),
        kind: text("kind"),
        topic: text("topic"),
        on_date: text("on_date"),
        title: text("title"),
        place: text("place"),
        summary: text("summary"),
        headcount: text("headcount"),
        quantity: text("quantity"),
        measure: text("measure"),
        hours: text("hours"),
        cases: text("cases"),
        settled: text("settled"),
        findings: text("findings"),
        quarter: text("quarter"),
        partners: text("partners"),
        attended: text("attended"),
        firms: text("firms"),
        ..EntryDraft::default()
    }
}

/// Reads entries. A row with unit, day, kind and title of an earlier one of the file is refused.
pub(crate) fn entries(
    table: &Table,
    mapping: &Mapping,
    names: &Names,
    (units, book): (&[UnitRow], &FirmBook),
) -> Plan<EntryIn> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    plan(Kind::Entry, table, mapping, names, |row, columns, texts| {
        let mut entry = match entry_draft(texts).read(names.today) {
            Ok(entry) => entry,
            Err(problems) => {
                row.refuse_all(columns, texts, problems);
                return None;
            }
        };
        may_write(row, columns, &entry.unit);
        let unit = names.places.get(&entry.unit);
        let day = entry.on_date.to_string();
        let gone = unit.and_then(|unit| unit.closed_on.as_ref());
        if gone.is_some_and(|closed| *closed <= day) {
            row.refuse(columns.head("on_date"), day.as_str(), "entry_unit_closed");
        }
        let fits = |word: &pingyi_domain::record::Word| {
            word.code == entry.topic && word.parent == entry.kind
        };
        if !entry.topic.is_empty() && !names.words.iter().any(fits) {
            row.refuse(columns.head("topic"), "", "topic");
        }
        let firms = firms_named(
            row,
            columns,
            &mut entry,
            (unit.map(|unit| &unit.path), units, book),
        );
        let key = entry_key(entry.unit.as_str(), &day, &entry.kind, &entry.title);
        if row.refused.is_empty()
            && let Some(first) = seen.insert(key.clone(), row.number)
        {
            row.refuse("", format!("{} ({first})", entry.title), "twice");
        }
        let bodies = bodies(&entry, units);
        let record = EntryIn {
            entry,
            bodies,
            firms,
        };
        Some((record, key))
    })
}

/// What two entries are compared by.
pub(crate) fn entry_key(unit: &str, day: &str, kind: &str, title: &str) -> String {
    format!("{unit} {day} {kind} {}", fold(title))
}

/// Finds the firms of an entry; they stand by their names in the register then.
fn firms_named(
    row: &mut Row<'_>,
    columns: &Columns<'_>,
    entry: &mut Entry,
    (place, units, book): (Option<&UnitPath>, &[UnitRow], &FirmBook),
) -> Vec<String> {
    let Some(place) = place else { return vec![] };
    let mut found: Vec<NamedFirm> = Vec::new();
    for name in &entry.firms {
        let known = book.named(name);
        match one_of(&known, name, place, units) {
            Ok(firm) if found.iter().all(|one| one.id != firm.id) => found.push(firm.clone()),
            Ok(_) => {}
            Err(rule) => row.refuse(columns.head("firms"), name.as_str(), rule),
        }
    }
    found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    entry.firms = found.iter().map(|firm| firm.name.clone()).collect();
    found.into_iter().map(|firm| firm.id).collect()
}
