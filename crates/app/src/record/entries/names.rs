//! Names of an entry that must be known: its kind and topic, its firms, the units among who took part.

use pingyi_domain::record::{Check, Entry, FieldProblem, PostKind, UnitPath, WordList, name_key};
use pingyi_store::repo::entries::{self, BodyRow, NamedFirm};
use pingyi_store::repo::posts::PostRow;
use pingyi_store::repo::shops::ShopRow;
use pingyi_store::repo::units::{self, UnitRow};
use pingyi_store::{Tx, row};

use crate::record::Hand;
use crate::record::words::{WordView, words_in};
use crate::{AppError, Result};

/// What the names stand for.
pub(super) struct Linked {
    pub bodies: Vec<BodyRow>,
    pub firms: Vec<String>,
}

/// Finds what the names stand for; firms then stand by their names in the register. Words that are retired are refused
/// unless they stood there before.
///
/// # Errors
/// [`AppError::Fields`], [`AppError::NotYourUnit`].
pub(super) async fn resolve(
    tx: &mut Tx,
    hand: &Hand,
    entry: &mut Entry,
    before: Option<&Entry>,
) -> Result<Linked> {
    let all = units::all(tx).await?;
    let own = all.iter().find(|row| row.id == entry.unit.as_str());
    let Some(own) = own else {
        return Err(super::refused("unit", "unit"));
    };
    let place: UnitPath = own.path.parse().map_err(AppError::internal)?;
    hand.writes(&place)?;
    let mut check = Check::default();
    let open = own
        .closed_on
        .as_deref()
        .is_none_or(|day| entry.on_date.to_string().as_str() < day);
    check.demand(open, "on_date", "entry_unit_closed");
    let kinds = words_in(tx, WordList::EntryKind).await?;
    check.demand(
        known(&kinds, &entry.kind, "", before.map(|b| b.kind.as_str())),
        "kind",
        "entry_kind",
    );
    if !entry.topic.is_empty() {
        let topics = words_in(tx, WordList::Topic).await?;
        let fits = known(
            &topics,
            &entry.topic,
            &entry.kind,
            before.map(|b| b.topic.as_str()),
        );
        check.demand(fits, "topic", "topic");
    }
    keepers(tx, entry, &place, &all, &mut check).await?;
    let mut firms: Vec<NamedFirm> = Vec::new();
    for name in &entry.firms {
        match firm(tx, name, &place, &all).await? {
            Ok(found) if firms.iter().all(|firm| firm.id != found.id) => firms.push(found),
            Ok(_) => {}
            Err(rule) => check.refuse("firms", rule),
        }
    }
    let problems: std::result::Result<(), Vec<FieldProblem>> = check.done(Some(()));
    problems?;
    firms.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    entry.firms = firms.iter().map(|firm| firm.name.clone()).collect();
    Ok(Linked {
        bodies: bodies(entry, &all),
        firms: firms.into_iter().map(|firm| firm.id).collect(),
    })
}

/// The shop and the instructor of an entry are there, and of a unit at the entry's, above it or below it.
async fn keepers(
    tx: &mut Tx,
    entry: &Entry,
    place: &UnitPath,
    all: &[UnitRow],
    check: &mut Check,
) -> Result<()> {
    let near = |unit: &str| {
        let row = all.iter().find(|row| row.id == unit);
        let there = row.and_then(|row| row.path.parse::<UnitPath>().ok());
        there.is_some_and(|there| there.holds(place) || place.holds(&there))
    };
    if let Some(shop) = &entry.shop {
        let shop = row::by_id::<ShopRow>(tx, shop.as_str()).await?;
        check.demand(shop.is_some_and(|shop| near(&shop.unit)), "shop", "shop");
    }
    if let Some(post) = &entry.post {
        let post = row::by_id::<PostRow>(tx, post.as_str()).await?;
        let instructs =
            |post: PostRow| post.kind == PostKind::Instructor.as_str() && near(&post.unit);
        check.demand(post.is_some_and(instructs), "post", "post");
    }
    Ok(())
}

/// Who took part; those with the name of a unit of ours stand for it.
pub(in crate::record) fn bodies(entry: &Entry, all: &[UnitRow]) -> Vec<BodyRow> {
    let bodies = [("partner", &entry.partners), ("attended", &entry.attended)];
    let bodies = bodies
        .into_iter()
        .flat_map(|(role, names)| names.iter().map(move |name| (role, name)));
    let bodies = bodies.map(|(role, name)| BodyRow {
        role: role.to_owned(),
        unit: all
            .iter()
            .find(|row| row.name == *name || row.short_name == *name)
            .map(|row| row.id.clone()),
        name: name.clone(),
    });
    bodies.collect()
}

/// Whether the code is a word below `parent` that is offered, or was there before.
fn known(words: &[WordView], code: &str, parent: &str, before: Option<&str>) -> bool {
    let word = words
        .iter()
        .find(|view| view.word.code == code && view.word.parent == parent);
    word.is_some_and(|view| !view.word.retired || before == Some(code))
}

/// The one firm with this name: by its very name before its key, in the unit's own park before elsewhere.
async fn firm(
    tx: &mut Tx,
    name: &str,
    place: &UnitPath,
    all: &[UnitRow],
) -> Result<std::result::Result<NamedFirm, &'static str>> {
    let found = entries::firms_named(tx, name, &name_key(name)).await?;
    Ok(one_of(&found, name, place, all).cloned())
}

/// The same among firms that have the name or its key.
pub(in crate::record) fn one_of<'a>(
    found: &'a [NamedFirm],
    name: &str,
    place: &UnitPath,
    all: &[UnitRow],
) -> std::result::Result<&'a NamedFirm, &'static str> {
    let near = |firm: &NamedFirm| {
        let unit = all.iter().find(|row| row.id == firm.unit);
        let there = unit.and_then(|row| row.path.parse::<UnitPath>().ok());
        there.is_some_and(|there| there.holds(place) || place.holds(&there))
    };
    let best = |exact: bool, close: bool| -> Vec<&'a NamedFirm> {
        let fits = |firm: &&NamedFirm| (!exact || firm.name == name) && (!close || near(firm));
        found.iter().filter(fits).collect()
    };
    for (exact, close) in [(true, true), (true, false), (false, true), (false, false)] {
        match best(exact, close)[..] {
            [] => {}
            [one] => return Ok(one),
            _ => return Err("firm_many"),
        }
    }
    Err("firm_unknown")
}
