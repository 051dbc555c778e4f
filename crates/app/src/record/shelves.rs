//! How centres, pairings and shops are stored, and what must agree.

use pingyi_domain::DomainError;
use pingyi_domain::record::{Centre, CentreId, Pairing, PairingId, Shop, ShopId, Spell, UnitId};
use pingyi_store::Conn;
use pingyi_store::repo::centres::{self, CentreRow};
use pingyi_store::repo::pairings::{self, PairingRow};
use pingyi_store::repo::shops::{self, ShopRow};
use pingyi_store::repo::units;

use super::belongings::{Done, Held, Shelf, refused};
use crate::{AppError, Result};

type Read<T> = std::result::Result<T, DomainError>;

fn date(text: Option<&str>) -> Read<Option<pingyi_domain::record::Date>> {
    text.map(str::parse).transpose()
}

fn text<T: ToString>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

/// All rows read, or none.
pub(super) fn all<R, T>(rows: &[R], read: impl Fn(&R) -> Read<Held<T>>) -> Result<Vec<Held<T>>> {
    let read: Read<Vec<Held<T>>> = rows.iter().map(read).collect();
    read.map_err(AppError::internal)
}

fn centre_of(row: &CentreRow) -> Read<Held<Centre>> {
    Ok(Held {
        id: row.id.clone(),
        version: row.version,
        sample: row.sample != 0,
        source: row.source.clone(),
        what: Centre {
            unit: row.unit.parse()?,
            kind: row.kind.parse()?,
            name: row.name.clone(),
            address: row.address.clone(),
            opened_on: date(row.opened_on.as_deref())?,
            closed_on: date(row.closed_on.as_deref())?,
            terminals: row.terminals,
            covers: row
                .covers
                .iter()
                .map(|id| id.parse())
                .collect::<Read<_>>()?,
            services: row.services.clone(),
            note: row.note.clone(),
        },
    })
}

fn centre_row(id: &str, version: i64, centre: &Centre) -> CentreRow {
    CentreRow {
        id: id.to_owned(),
        version,
        unit: centre.unit.to_string(),
        kind: centre.kind.to_string(),
        name: centre.name.clone(),
        address: centre.address.clone(),
        opened_on: text(centre.opened_on.as_ref()),
        closed_on: text(centre.closed_on.as_ref()),
        terminals: centre.terminals,
        note: centre.note.clone(),
        sample: 0,
        source: String::new(),
        covers: centre.covers.iter().map(ToString::to_string).collect(),
        services: centre.services.clone(),
    }
}

impl Shelf for Centre {
    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        CentreId::generate(rng).into()
    }

    async fn insert(&self, conn: &mut Conn, id: &str) -> Done<()> {
        centres::insert(conn, &centre_row(id, 1, self)).await
    }

    async fn update(&self, conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        centres::update(conn, &centre_row(id, version, self)).await
    }

    async fn delete(conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        centres::delete(conn, id, version).await
    }

    async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<Held<Self>>> {
        let row = centres::by_id(conn, id).await?;
        row.as_ref()
            .map(centre_of)
            .transpose()
            .map_err(AppError::internal)
    }

    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Held<Self>>> {
        all(&centres::of_unit(conn, unit.as_str()).await?, centre_of)
    }

    async fn agrees(&self, conn: &mut Conn, _id: &str) -> Result<()> {
        for unit in &self.covers {
            known(conn, "covers", unit).await?;
        }
        let words = super::words::words_in(conn, pingyi_domain::record::WordList::Service).await?;
        let is_word = |code: &String| words.iter().any(|view| view.word.code == *code);
        if self.services.iter().all(is_word) {
            Ok(())
        } else {
            Err(refused("services", "word"))
        }
    }
}

async fn known(conn: &mut Conn, field: &str, unit: &UnitId) -> Result<()> {
    match units::by_id(conn, unit.as_str()).await? {
        Some(_) => Ok(()),
        None => Err(refused(field, "unit")),
    }
}

fn pairing_of(row: &PairingRow) -> Read<Held<Pairing>> {
    Ok(Held {
        id: row.id.clone(),
        version: row.version,
        sample: row.sample != 0,
        source: row.source.clone(),
        what: Pairing {
            unit: row.unit.parse()?,
            partner: row.partner.as_deref().map(str::parse).transpose()?,
            outside: row.outside.clone(),
            purpose: row.purpose.clone(),
            spell: Spell {
                from_on: row.from_on.parse()?,
                until_on: date(row.until_on.as_deref())?,
            },
        },
    })
}

fn pairing_row(id: &str, version: i64, pairing: &Pairing) -> PairingRow {
    PairingRow {
        id: id.to_owned(),
        version,
        unit: pairing.unit.to_string(),
        partner: text(pairing.partner.as_ref()),
        outside: pairing.outside.clone(),
        purpose: pairing.purpose.clone(),
        from_on: pairing.spell.from_on.to_string(),
        until_on: text(pairing.spell.until_on.as_ref()),
        sample: 0,
        source: String::new(),
    }
}

impl Shelf for Pairing {
    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        PairingId::generate(rng).into()
    }

    async fn insert(&self, conn: &mut Conn, id: &str) -> Done<()> {
        pairings::insert(conn, &pairing_row(id, 1, self)).await
    }

    async fn update(&self, conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        pairings::update(conn, &pairing_row(id, version, self)).await
    }

    async fn delete(conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        pairings::delete(conn, id, version).await
    }

    async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<Held<Self>>> {
        let row = pairings::by_id(conn, id).await?;
        row.as_ref()
            .map(pairing_of)
            .transpose()
            .map_err(AppError::internal)
    }

    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Held<Self>>> {
        all(&pairings::of_unit(conn, unit.as_str()).await?, pairing_of)
    }

    async fn agrees(&self, conn: &mut Conn, _id: &str) -> Result<()> {
        match &self.partner {
            Some(partner) => known(conn, "partner", partner).await,
            None => Ok(()),
        }
    }
}

fn shop_of(row: &ShopRow) -> Read<Held<Shop>> {
    Ok(Held {
        id: row.id.clone(),
        version: row.version,
        sample: row.sample != 0,
        source: row.source.clone(),
        what: Shop {
            unit: row.unit.parse()?,
            name: row.name.clone(),
            place: row.place.clone(),
            plaque: row.plaque.clone(),
            given_on: row.given_on.parse()?,
            pledge: row.pledge.clone(),
            pledged_on: date(row.pledged_on.as_deref())?,
            withdrawn_on: date(row.withdrawn_on.as_deref())?,
            withdrawn_reason: row.withdrawn_reason.clone(),
        },
    })
}

fn shop_row(id: &str, version: i64, shop: &Shop) -> ShopRow {
    ShopRow {
        id: id.to_owned(),
        version,
        unit: shop.unit.to_string(),
        name: shop.name.clone(),
        place: shop.place.clone(),
        plaque: shop.plaque.clone(),
        given_on: shop.given_on.to_string(),
        pledge: shop.pledge.clone(),
        pledged_on: text(shop.pledged_on.as_ref()),
        withdrawn_on: text(shop.withdrawn_on.as_ref()),
        withdrawn_reason: shop.withdrawn_reason.clone(),
        sample: 0,
        source: String::new(),
    }
}

impl Shelf for Shop {
    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        ShopId::generate(rng).into()
    }

    async fn insert(&self, conn: &mut Conn, id: &str) -> Done<()> {
        shops::insert(conn, &shop_row(id, 1, self)).await
    }

    async fn update(&self, conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        shops::update(conn, &shop_row(id, version, self)).await
    }

    async fn delete(conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        shops::delete(conn, id, version).await
    }

    async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<Held<Self>>> {
        let row = shops::by_id(conn, id).await?;
        row.as_ref()
            .map(shop_of)
            .transpose()
            .map_err(AppError::internal)
    }

    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Held<Self>>> {
        all(&shops::of_unit(conn, unit.as_str()).await?, shop_of)
    }

    async fn agrees(&self, conn: &mut Conn, id: &str) -> Result<()> {
        if self.plaque.is_empty() || self.withdrawn_on.is_some() {
            return Ok(());
        }
        let others = shops::with_plaque(conn, &self.plaque).await?;
        if others.iter().any(|other| other != id) {
            return Err(refused("plaque", "plaque_taken"));
        }
        Ok(())
    }
}
