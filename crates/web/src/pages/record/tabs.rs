//! What each tab of a unit shows: columns, rows, and the fields of its form.

use pingyi_app::record::{
    Centre, CentreKind, Date, FirmId, Headcount, Held, Pairing, Record, UnitId, UnitName, WordList,
    growth,
};

use super::belongings::{Column, Field, Form, Pick, Row};
use super::centre::badge;
use crate::lang::Texts;

/// What rows and forms are filled from.
#[derive(Debug, Clone)]
pub struct Around {
    /// The unit whose tab it is.
    pub unit: UnitId,
    /// The day.
    pub today: Date,
    /// The words of the tab's list; `chosen` says that a word is retired.
    pub words: Vec<Pick>,
    /// All units.
    pub names: Vec<UnitName>,
    /// The firms that shops of the unit are.
    pub firms: Vec<(FirmId, String)>,
    /// The day each shop of the unit was inspected last, by id of the shop.
    pub inspected: Vec<(String, String)>,
}

impl Around {
    fn name(&self, id: &UnitId) -> String {
        let found = self.names.iter().find(|name| name.id == *id);
        found.map(|name| name.name.clone()).unwrap_or_default()
    }

    fn word(&self, code: &str) -> String {
        let found = self.words.iter().find(|word| word.value == code);
        found.map_or_else(|| code.to_owned(), |word| word.label.clone())
    }

    /// Words that are offered: not retired, or chosen already.
    fn offered(&self, chosen: &[String]) -> Vec<Pick> {
        let offered = self.words.iter().map(|word| Pick {
            chosen: chosen.contains(&word.value),
            ..word.clone()
        });
        offered
            .zip(&self.words)
            .filter(|(pick, word)| pick.chosen || !word.chosen)
            .map(|(pick, _)| pick)
            .collect()
    }

    fn units(&self, chosen: &[UnitId], wanted: impl Fn(&UnitName) -> bool) -> Vec<Pick> {
        let others = self.names.iter().filter(|name| name.id != self.unit);
        others
            .filter(|name| chosen.contains(&name.id) || (!name.closed && wanted(name)))
            .map(|name| Pick {
                value: name.id.to_string(),
                label: name.name.clone(),
                chosen: chosen.contains(&name.id),
            })
            .collect()
    }
}

/// How a kind of record is shown on its tab.
pub trait Tabbed: Record + Sized {
    /// `headcounts`, `centres`, `pairings`, `shops`.
    const THING: &'static str;
    /// The same behind a slash.
    const PATH: &'static str;
    /// Id of the title.
    const TITLE: &'static str;
    /// Id of what an empty table says.
    const EMPTY: &'static str;
    /// The words it needs.
    const WORDS: Option<WordList> = None;

    /// The heads of the table.
    fn columns(around: &Around, texts: Texts) -> Vec<Column>;
    /// A row; `before` is the one below it.
    fn row(held: &Held<Self>, before: Option<&Held<Self>>, around: &Around, texts: Texts) -> Row;
    /// The fields of its form, filled from a record or empty.
    fn form(from: Option<&Self>, around: &Around, texts: Texts) -> Vec<Field>;
    /// Id of a sentence above the table.
    fn said(_kept: &[Held<Self>], _around: &Around) -> Option<&'static str> {
        None
    }
}

pub(super) fn column(texts: Texts, id: &str, number: bool) -> Column {
    Column {
        label: texts.s(id),
        number,
    }
}

/// A field whose label is `field-` and its name, filled from the record's own fields.
pub(super) fn field<T: Record>(
    texts: Texts,
    from: Option<&T>,
    name: &'static str,
    kind: &'static str,
) -> Field {
    let stored = from.map(Record::fields).unwrap_or_default();
    let value = stored.into_iter().find(|(field, _)| *field == name);
    Field {
        name: name.to_owned(),
        label: crate::words::label(texts, T::KIND, name),
        kind,
        value: value.map(|(_, value)| value).unwrap_or_default(),
        ..Field::default()
    }
}

pub(super) fn needed(field: Field) -> Field {
    Field {
        required: true,
        ..field
    }
}

pub(super) fn edited<T: Tabbed>(
    held: &Held<T>,
    title: &str,
    around: &Around,
    texts: Texts,
) -> Form {
    Form {
        key: held.id.clone(),
        version: held.version,
        title: title.to_owned(),
        fields: T::form(Some(&held.what), around, texts),
    }
}

pub(super) fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

impl Tabbed for Headcount {
    const THING: &'static str = "headcounts";
    const PATH: &'static str = "/headcounts";
    const TITLE: &'static str = "headcounts-title";
    const EMPTY: &'static str = "headcounts-none";
    const WORDS: Option<WordList> = Some(WordList::Headcount);

    fn columns(around: &Around, texts: Texts) -> Vec<Column> {
        let mut columns = vec![
            column(texts, "field-on_date", false),
            column(texts, "field-total", true),
            column(texts, "members-since-last", true),
            column(texts, "field-internet", true),
        ];
        columns.extend(around.words.iter().map(|word| Column {
            label: word.label.clone(),
            number: true,
        }));
        columns.push(column(texts, "field-note", false));
        columns
    }

    fn row(held: &Held<Self>, before: Option<&Held<Self>>, around: &Around, texts: Texts) -> Row {
        let count = &held.what;
        let title = count.on_date.to_string();
        let grown = before.map_or_else(String::new, |before| {
            let (more, rate) = growth(before.what.total, count.total);
            format!("{more:+} ({rate})")
        });
        let shown = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let mut rest = vec![count.total.to_string(), grown, shown(count.internet)];
        let part = |word: &Pick| shown(count.parts.get(&word.value).copied());
        rest.extend(around.words.iter().map(part));
        rest.push(count.note.clone());
        Row {
            form: edited(held, &title, around, texts),
            head: title,
            rest,
            badge: None,
            ok: false,
            sample: held.sample,
            source: held.source.clone(),
            own: true,
            href: None,
        }
    }

    fn form(from: Option<&Self>, around: &Around, texts: Texts) -> Vec<Field> {
        let mut fields = vec![
            needed(field(texts, from, "on_date", "date")),
            needed(field(texts, from, "total", "number")),
            field(texts, from, "internet", "number"),
        ];
        let known: Vec<String> = from
            .map(|c| c.parts.keys().cloned().collect())
            .unwrap_or_default();
        for word in around.offered(&known) {
            let n = from.and_then(|count| count.parts.get(&word.value));
            fields.push(Field {
                name: format!("parts.{}", word.value),
                label: word.label,
                kind: "number",
                value: n.map(ToString::to_string).unwrap_or_default(),
                ..Field::default()
            });
        }
        fields.push(field(texts, from, "note", "area"));
        fields
    }
}

impl Tabbed for Centre {
    const THING: &'static str = "centres";
    const PATH: &'static str = "/centres";
    const TITLE: &'static str = "centres-title";
    const EMPTY: &'static str = "centres-none";
    const WORDS: Option<WordList> = Some(WordList::Service);

    fn columns(_: &Around, texts: Texts) -> Vec<Column> {
        vec![
            column(texts, "field-name", false),
            column(texts, "field-centre-kind", false),
            column(texts, "field-services", false),
            column(texts, "field-covers", false),
            column(texts, "field-terminals", true),
            column(texts, "field-centre-opened_on", false),
        ]
    }

    fn row(held: &Held<Self>, _: Option<&Held<Self>>, around: &Around, texts: Texts) -> Row {
        let centre = &held.what;
        let open = centre.is_open(around.today);
        let services: Vec<String> = centre
            .services
            .iter()
            .map(|code| around.word(code))
            .collect();
        let own = centre.unit == around.unit;
        let keeper = (!own).then(|| around.name(&centre.unit));
        let covers = keeper
            .into_iter()
            .chain(centre.covers.iter().map(|id| around.name(id)));
        Row {
            head: centre.name.clone(),
            rest: vec![
                texts.s(&format!("value-centre-kind-{}", centre.kind)),
                services.join(texts.s("record-comma").as_str()),
                covers
                    .collect::<Vec<_>>()
                    .join(texts.s("record-comma").as_str()),
                centre.terminals.to_string(),
                day(centre.opened_on),
            ],
            badge: Some(badge(open, centre.closed_on.is_some()).0),
            ok: open,
            sample: held.sample,
            source: held.source.clone(),
            form: edited(held, &centre.name, around, texts),
            href: Some(format!("/centres/{}", held.id)),
            own,
        }
    }

    fn form(from: Option<&Self>, around: &Around, texts: Texts) -> Vec<Field> {
        let kind = from.map_or(CentreKind::Own, |centre| centre.kind);
        let kinds = CentreKind::ALL.iter().map(|one| Pick {
            value: one.to_string(),
            label: texts.s(&format!("value-centre-kind-{one}")),
            chosen: *one == kind,
        });
        let covers = from.map(|centre| centre.covers.clone()).unwrap_or_default();
        let services = from
            .map(|centre| centre.services.clone())
            .unwrap_or_default();
        let is_park = |name: &UnitName| name.kind == pingyi_app::record::UnitKind::Park;
        vec![
            needed(field(texts, from, "name", "text")),
            Field {
                options: kinds.collect(),
                ..field(texts, from, "kind", "select")
            },
            field(texts, from, "address", "text"),
            field(texts, from, "opened_on", "date"),
            Field {
                label: texts.s("field-centre-closed_on"),
                ..field(texts, from, "closed_on", "date")
            },
            field(texts, from, "terminals", "number"),
            Field {
                options: around.offered(&services),
                ..field(texts, from, "services", "checks")
            },
            Field {
                options: around.units(&covers, is_park),
                ..field(texts, from, "covers", "checks")
            },
            field(texts, from, "note", "area"),
        ]
    }

    fn said(kept: &[Held<Self>], around: &Around) -> Option<&'static str> {
        let covered = kept
            .iter()
            .any(|held| held.what.covers(&around.unit, around.today));
        Some(if covered {
            "centres-covered"
        } else {
            "centres-uncovered"
        })
    }
}

impl Tabbed for Pairing {
    const THING: &'static str = "pairings";
    const PATH: &'static str = "/pairings";
    const TITLE: &'static str = "pairings-title";
    const EMPTY: &'static str = "pairings-none";

    fn columns(_: &Around, texts: Texts) -> Vec<Column> {
        vec![
            column(texts, "field-partner", false),
            column(texts, "field-purpose", false),
            column(texts, "field-from_on", false),
            column(texts, "field-until_on", false),
        ]
    }

    fn row(held: &Held<Self>, _: Option<&Held<Self>>, around: &Around, texts: Texts) -> Row {
        let pairing = &held.what;
        let own = pairing.unit == around.unit;
        let title = match &pairing.partner {
            Some(partner) if own => around.name(partner),
            Some(_) => around.name(&pairing.unit),
            None => pairing.outside.clone(),
        };
        let until = pairing.spell.until_on;
        Row {
            rest: vec![
                pairing.purpose.clone(),
                pairing.spell.from_on.to_string(),
                until.map_or_else(|| texts.s("record-ongoing"), |day| day.to_string()),
            ],
            badge: pairing.spell.holds(around.today).then_some("pairing-now"),
            ok: true,
            sample: held.sample,
            source: held.source.clone(),
            form: edited(held, &title, around, texts),
            head: title,
            href: None,
            own,
        }
    }

    fn form(from: Option<&Self>, around: &Around, texts: Texts) -> Vec<Field> {
        let chosen: Vec<UnitId> = from.and_then(|p| p.partner.clone()).into_iter().collect();
        let mut partners = vec![Pick {
            value: String::new(),
            label: texts.s("record-empty"),
            chosen: chosen.is_empty(),
        }];
        partners.extend(around.units(&chosen, |_| true));
        vec![
            Field {
                options: partners,
                hint: Some("pairing-partner-hint"),
                ..field(texts, from, "partner", "select")
            },
            field(texts, from, "outside", "text"),
            field(texts, from, "purpose", "area"),
            needed(field(texts, from, "from_on", "date")),
            field(texts, from, "until_on", "date"),
        ]
    }
}
