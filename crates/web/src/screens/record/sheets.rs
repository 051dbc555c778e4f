//! Lists as sheets: what is seen, in words, with dates as dates, numbers as numbers, rates with what they are made of.

use pingyi_app::record::{
    ColumnKind, Cover, EntryLine, Figure, Headcount, Heat, Held, MatterLine, MeetingCell,
    MeetingRow, PostView, Rates, Share, Sheet, UnitName, UnitRow, Word, growth,
};

use crate::lang::{Lang, Texts};
use crate::pages::record::coverage::sector_of;
use crate::pages::record::firms::WordOption;
use crate::pages::record::ledger::{Words, kind_and_topic};
use crate::pages::record::matters::due_badge;

use ColumnKind::{Date as Day, Decimal, Number, Share as Rate, Text};

pub(super) fn sheet(
    texts: Texts,
    name: &str,
    columns: &[(&str, ColumnKind)],
    rows: Vec<Vec<String>>,
) -> Sheet {
    let columns = columns.iter().map(|(id, kind)| (texts.s(id), *kind));
    Sheet {
        name: texts.s(name),
        columns: columns.collect(),
        rows,
    }
}

/// What may be there, in wire form.
pub(super) fn wire<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn share(share: Share) -> String {
    format!("{}/{}", share.part, share.whole)
}

pub(super) fn unit_name(names: &[UnitName], id: &str) -> String {
    let found = names.iter().find(|name| name.id.as_str() == id);
    found.map(|name| name.name.clone()).unwrap_or_default()
}

/// Entries of the ledger.
pub(super) fn entries(
    texts: Texts,
    lines: Vec<EntryLine>,
    names: &[UnitName],
    words: &Words,
) -> Sheet {
    let columns = [
        ("field-on_date", Day),
        ("field-title", Text),
        ("field-entry-kind", Text),
        ("field-unit", Text),
        ("field-place", Text),
        ("field-headcount", Number),
        ("field-quantity", Decimal),
        ("field-measure", Text),
        ("field-hours", Decimal),
        ("field-cases", Number),
        ("field-settled", Number),
        ("field-quarter", Text),
        ("field-attended", Text),
        ("field-partners", Text),
        ("field-firms", Text),
        ("field-summary", Text),
        ("field-findings", Text),
        ("field-state", Text),
    ];
    let rows = lines.into_iter().map(|line| {
        let state = texts.s(&format!("value-entry-state-{}", line.state));
        let entry = line.entry;
        vec![
            entry.on_date.to_string(),
            entry.title,
            kind_and_topic(words, &entry.kind, &entry.topic),
            unit_name(names, entry.unit.as_str()),
            entry.place,
            wire(entry.headcount),
            wire(entry.quantity),
            entry.measure,
            wire(entry.hours),
            wire(entry.cases),
            wire(entry.settled),
            wire(entry.quarter),
            entry.attended.join("、"),
            entry.partners.join("、"),
            entry.firms.join("、"),
            entry.summary,
            entry.findings,
            state,
        ]
    });
    sheet(texts, "ledger-title", &columns, rows.collect())
}

/// Matters.
pub(super) fn matters(texts: Texts, lines: Vec<MatterLine>, names: &[UnitName]) -> Sheet {
    let columns = [
        ("field-matter-title", Text),
        ("field-matter-list", Text),
        ("field-unit", Text),
        ("field-origin", Text),
        ("field-responsible", Text),
        ("field-measures", Text),
        ("field-raised_on", Day),
        ("field-due_on", Day),
        ("field-state", Text),
        ("matters-due", Text),
        ("matter-reported_on", Day),
        ("matter-closed_on", Day),
        ("field-matter-quantity", Decimal),
        ("field-measure", Text),
        ("field-done", Decimal),
        ("matter-share", Rate),
    ];
    let rows = lines.into_iter().map(|line| {
        let due = due_badge(line.due).map(|(text, _)| texts.s(text));
        let state = texts.s(&format!("value-matter-state-{}", line.state));
        let matter = line.matter;
        vec![
            matter.title,
            texts.s(&format!("value-matter-list-{}", matter.list)),
            unit_name(names, matter.unit.as_str()),
            texts.s(&format!("value-matter-origin-{}", matter.origin)),
            matter.responsible,
            matter.measures,
            matter.raised_on.to_string(),
            wire(matter.due_on),
            state,
            due.unwrap_or_default(),
            line.reported_on,
            line.closed_on,
            wire(matter.quantity),
            matter.measure,
            wire(line.done),
            line.progress.map(share).unwrap_or_default(),
        ]
    });
    sheet(texts, "matters-title", &columns, rows.collect())
}

/// The two coverages: all, by unit, by sector, by quarter; every rate with its numerator beside the denominator.
pub(super) fn coverage(texts: Texts, rates: &Rates, sectors: &[WordOption]) -> Sheet {
    let columns = [
        ("coverage-group", Text),
        ("field-name", Text),
        ("coverage-on", Day),
        ("coverage-operating", Number),
        ("coverage-organised", Number),
        ("coverage-organisation", Rate),
        ("coverage-own-n", Number),
        ("coverage-own", Rate),
        ("coverage-worked", Number),
        ("coverage-work", Rate),
        ("coverage-uncovered", Number),
        ("coverage-unworked", Number),
        ("coverage-struck", Number),
    ];
    let row = |group: &str, name: String, day: String, cover: Cover| {
        vec![
            texts.s(group),
            name,
            day,
            cover.operating.to_string(),
            cover.organised.to_string(),
            share(cover.organisation_rate()),
            cover.own.to_string(),
            share(cover.own_rate()),
            cover.worked.to_string(),
            share(cover.work_rate()),
            (cover.operating - cover.organised).to_string(),
            (cover.operating - cover.worked).to_string(),
            cover.struck.to_string(),
        ]
    };
    let on = rates.on.to_string();
    let mut rows = vec![row(
        "coverage-all",
        texts.s("coverage-all"),
        on.clone(),
        rates.total,
    )];
    for (name, cover) in &rates.units {
        rows.push(row(
            "coverage-by-unit",
            name.name.clone(),
            on.clone(),
            *cover,
        ));
    }
    for (code, cover) in &rates.sectors {
        let (name, _) = sector_of(texts, code, sectors);
        rows.push(row("coverage-by-sector", name, on.clone(), *cover));
    }
    for (quarter, cover) in &rates.quarters {
        let day = quarter.last_day().min(rates.on).to_string();
        rows.push(row("coverage-by-quarter", quarter.to_string(), day, *cover));
    }
    sheet(texts, "coverage-title", &columns, rows)
}

/// Units.
pub(super) fn units(texts: Texts, rows: Vec<UnitRow>, names: &[UnitName]) -> Sheet {
    let columns = [
        ("field-name", Text),
        ("field-short_name", Text),
        ("field-unit-kind", Text),
        ("field-parent", Text),
        ("field-founded_on", Day),
        ("field-founding_mode", Text),
        ("field-closed_on", Day),
        ("field-address", Text),
        ("field-note", Text),
    ];
    let rows = rows.into_iter().map(|row| {
        let mode = row.founding_mode;
        let mode = mode.map(|mode| texts.s(&format!("value-unit-founding_mode-{mode}")));
        vec![
            row.name,
            row.short_name,
            texts.s(&format!("value-unit-kind-{}", row.kind)),
            unit_name(names, row.parent.as_deref().unwrap_or_default()),
            row.founded_on.unwrap_or_default(),
            mode.unwrap_or_default(),
            row.closed_on.unwrap_or_default(),
            row.address,
            row.note,
        ]
    });
    sheet(texts, "units-title", &columns, rows.collect())
}

/// Terms in posts.
pub(super) fn posts(texts: Texts, terms: Vec<PostView>, names: &[UnitName]) -> Sheet {
    let columns = [
        ("field-unit", Text),
        ("field-post-kind", Text),
        ("field-holder", Text),
        ("field-sent_by", Text),
        ("field-from_on", Day),
        ("field-until_on", Day),
        ("field-calls", Number),
        ("field-visits", Number),
        ("field-note", Text),
    ];
    let rows = terms.into_iter().map(|term| {
        let post = term.post;
        let instructs = post.kind == pingyi_app::record::PostKind::Instructor;
        vec![
            unit_name(names, post.unit.as_str()),
            texts.s(&format!("value-post-kind-{}", post.kind)),
            post.holder,
            post.sent_by,
            post.term.from_on.to_string(),
            wire(post.term.until_on),
            wire(instructs.then_some(post.calls)),
            wire(instructs.then_some(post.visits)),
            post.note,
        ]
    });
    sheet(texts, "unit-posts", &columns, rows.collect())
}

/// Counts of members, each with what it grew by since the count before it of the same unit.
pub(super) fn headcounts(
    texts: Texts,
    counts: &[Held<Headcount>],
    names: &[UnitName],
    words: &[Word],
) -> Sheet {
    let mut columns = vec![
        (texts.s("field-unit"), Text),
        (texts.s("field-on_date"), Day),
        (texts.s("field-total"), Number),
        (texts.s("members-since-last"), Number),
        (texts.s("members-rate"), Rate),
        (texts.s("field-internet"), Number),
    ];
    let label = |word: &Word| word.label(texts.0 == Lang::En).to_owned();
    columns.extend(words.iter().map(|word| (label(word), Number)));
    columns.push((texts.s("field-note"), Text));
    let before = std::iter::once(None).chain(counts.iter().map(Some));
    let rows = counts.iter().zip(before).map(|(held, before)| {
        let count = &held.what;
        let before = before.filter(|before| before.what.unit == count.unit);
        let grown = before.map(|before| growth(before.what.total, count.total));
        let mut row = vec![
            unit_name(names, count.unit.as_str()),
            count.on_date.to_string(),
            count.total.to_string(),
            wire(grown.map(|(more, _)| more)),
            grown.map(|(_, rate)| share(rate)).unwrap_or_default(),
            wire(count.internet),
        ];
        row.extend(words.iter().map(|word| wire(count.parts.get(&word.code))));
        row.push(count.note.clone());
        row
    });
    Sheet {
        name: texts.s("headcounts-title"),
        rows: rows.collect(),
        columns,
    }
}

/// Joint meetings: a line for each park and quarter, and one for each meeting where there was more than one.
pub(super) fn meetings(texts: Texts, rows: Vec<MeetingRow>, year: i32) -> Sheet {
    let columns = [
        ("meetings-park", Text),
        ("field-quarter", Text),
        ("field-state", Text),
        ("field-on_date", Day),
        ("field-title", Text),
        ("meetings-attended-n", Number),
        ("meetings-matters-n", Number),
        ("meetings-matters-open", Number),
    ];
    let mut lines = Vec::new();
    for row in rows {
        for (cell, number) in row.cells.into_iter().zip(1u8..) {
            let quarter = format!("{year}-Q{number}");
            let state = match &cell {
                MeetingCell::Held(_) => "meetings-held",
                MeetingCell::Missing => "meetings-missing",
                MeetingCell::Open => "meetings-open",
                MeetingCell::Ahead => "meetings-ahead",
                MeetingCell::NoPark => "meetings-no-park",
            };
            let head = vec![row.name.clone(), quarter, texts.s(state)];
            if let MeetingCell::Held(held) = cell {
                lines.extend(held.into_iter().map(|meeting| {
                    let numbers = [meeting.attended, meeting.matters, meeting.open];
                    let rest = [meeting.on_date, meeting.title].into_iter();
                    let rest = rest.chain(numbers.map(|n| n.to_string()));
                    head.clone().into_iter().chain(rest).collect()
                }));
            } else {
                let empty = columns.len() - head.len();
                let rest = std::iter::repeat_n(String::new(), empty);
                lines.push(head.into_iter().chain(rest).collect());
            }
        }
    }
    sheet(texts, "meetings-title", &columns, lines)
}

/// The heat table: units × indicators; the target of all stands in the head of its column.
pub(super) fn heat(texts: Texts, heat: &Heat) -> Sheet {
    let mut columns = vec![(texts.s("heat-unit"), Text)];
    for (at, column) in heat.columns.iter().enumerate() {
        let figures = heat.rows.iter().filter_map(|row| row.cells.get(at));
        let mut kinds = figures.filter_map(|cell| match cell.figure {
            Figure::Count(_) => Some(Number),
            Figure::Much(_) => Some(Decimal),
            Figure::Rate(_) => Some(Rate),
            Figure::Missing => None,
        });
        let indicator = &column.indicator;
        let aim = indicator.target.map(|target| {
            let percent = if indicator.measure.is_rate() { "%" } else { "" };
            texts.a("heat-target", "target", &format!("{target}{percent}"))
        });
        let title = match aim {
            Some(aim) => format!("{} {aim}", indicator.name),
            None => indicator.name.clone(),
        };
        columns.push((title, kinds.next().unwrap_or(Text)));
    }
    columns.push((texts.s("heat-score"), Rate));
    let rows = heat.rows.iter().map(|row| {
        let figures = row.cells.iter().map(|cell| match cell.figure {
            Figure::Count(n) => n.to_string(),
            Figure::Much(amount) => amount.to_string(),
            Figure::Rate(rate) => share(rate),
            Figure::Missing => String::new(),
        });
        // A hundredth of a percent is a ten-thousandth.
        let score = row.score.map(|part| Share {
            part,
            whole: 10_000,
        });
        std::iter::once(row.unit.name.clone())
            .chain(figures)
            .chain([score.map(share).unwrap_or_default()])
            .collect()
    });
    Sheet {
        name: texts.s("indicators-title"),
        rows: rows.collect(),
        columns,
    }
}
