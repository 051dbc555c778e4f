//! How centres, pairings and shops are stored, and what must agree.

use pingyi_domain::record::{
    Belonging, Centre, CentreId, Date, Pairing, PairingId, Shop, ShopId, Spell, UnitId, UnitPath,
    WordList,
};
use pingyi_store::Conn;
use pingyi_store::repo::centres::{self, CentreRow};
use pingyi_store::repo::firms::FirmRow;
use pingyi_store::repo::pairings::{self, PairingRow};
use pingyi_store::repo::shops::{self, ShopRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;
use rand_core::CryptoRng;

use super::belongings::{Shelf, refused};
use super::written::{Around, Home, Read, Written};
use crate::{AppError, Result};

fn date(text: Option<&str>) -> Read<Option<Date>> {
    text.map(str::parse).transpose()
}

fn text<T: ToString>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

impl Written for Centre {
    type Row = CentreRow;

    fn new_id(rng: &mut impl CryptoRng) -> String {
        CentreId::generate(rng).into()
    }

    fn of(row: &CentreRow) -> Read<Self> {
        Ok(Self {
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
        })
    }

    fn to_row(&self, id: &str, version: i64) -> CentreRow {
        CentreRow {
            id: id.to_owned(),
            version,
            unit: self.unit.to_string(),
            kind: self.kind.to_string(),
            name: self.name.clone(),
            address: self.address.clone(),
            opened_on: text(self.opened_on.as_ref()),
            closed_on: text(self.closed_on.as_ref()),
            terminals: self.terminals,
            note: self.note.clone(),
            sample: 0,
            source: String::new(),
            covers: self.covers.iter().map(ToString::to_string).collect(),
            services: self.services.clone(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Unit(&self.unit)
    }

    fn first_day(&self) -> (&'static str, Option<Date>) {
        self.begins()
    }

    async fn agrees(&self, conn: &mut Conn, _: Around<'_, Self>) -> Result<()> {
        for unit in &self.covers {
            known(conn, "covers", unit).await?;
        }
        let words = super::words::words_in(conn, WordList::Service).await?;
        let is_word = |code: &String| words.iter().any(|view| view.word.code == *code);
        if self.services.iter().all(is_word) {
            Ok(())
        } else {
            Err(refused("services", "word"))
        }
    }
}

impl Shelf for Centre {
    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Self::Row>> {
        Ok(centres::of_unit(conn, unit.as_str()).await?)
    }

    fn origin(row: &Self::Row) -> (i64, &str) {
        (row.sample, &row.source)
    }
}

/// A shop's firm lies at its unit, above it or below it.
async fn near(conn: &mut Conn, firm: &str, unit: &UnitId) -> Result<()> {
    let path = async |conn: &mut Conn, id: &str| -> Result<Option<UnitPath>> {
        let row = row::by_id::<UnitRow>(conn, id).await?;
        let path = row.map(|row| row.path.parse::<UnitPath>()).transpose();
        path.map_err(AppError::internal)
    };
    let (there, here) = (path(conn, firm).await?, path(conn, unit.as_str()).await?);
    match there.zip(here) {
        Some((there, here)) if there.holds(&here) || here.holds(&there) => Ok(()),
        _ => Err(refused("firm", "firm_elsewhere")),
    }
}

async fn known(conn: &mut Conn, field: &str, unit: &UnitId) -> Result<()> {
    match row::by_id::<UnitRow>(conn, unit.as_str()).await? {
        Some(_) => Ok(()),
        None => Err(refused(field, "unit")),
    }
}

impl Written for Pairing {
    type Row = PairingRow;

    fn new_id(rng: &mut impl CryptoRng) -> String {
        PairingId::generate(rng).into()
    }

    fn of(row: &PairingRow) -> Read<Self> {
        Ok(Self {
            unit: row.unit.parse()?,
            partner: row.partner.as_deref().map(str::parse).transpose()?,
            outside: row.outside.clone(),
            purpose: row.purpose.clone(),
            spell: Spell {
                from_on: row.from_on.parse()?,
                until_on: date(row.until_on.as_deref())?,
            },
        })
    }

    fn to_row(&self, id: &str, version: i64) -> PairingRow {
        PairingRow {
            id: id.to_owned(),
            version,
            unit: self.unit.to_string(),
            partner: text(self.partner.as_ref()),
            outside: self.outside.clone(),
            purpose: self.purpose.clone(),
            from_on: self.spell.from_on.to_string(),
            until_on: text(self.spell.until_on.as_ref()),
            sample: 0,
            source: String::new(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Unit(&self.unit)
    }

    fn first_day(&self) -> (&'static str, Option<Date>) {
        self.begins()
    }

    async fn agrees(&self, conn: &mut Conn, _: Around<'_, Self>) -> Result<()> {
        match &self.partner {
            Some(partner) => known(conn, "partner", partner).await,
            None => Ok(()),
        }
    }
}

impl Shelf for Pairing {
    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Self::Row>> {
        Ok(pairings::of_unit(conn, unit.as_str()).await?)
    }

    fn origin(row: &Self::Row) -> (i64, &str) {
        (row.sample, &row.source)
    }
}

impl Written for Shop {
    type Row = ShopRow;

    fn new_id(rng: &mut impl CryptoRng) -> String {
        ShopId::generate(rng).into()
    }

    fn of(row: &ShopRow) -> Read<Self> {
        Ok(Self {
            unit: row.unit.parse()?,
            name: row.name.clone(),
            firm: row.firm.as_deref().map(str::parse).transpose()?,
            place: row.place.clone(),
            plaque: row.plaque.clone(),
            given_on: row.given_on.parse()?,
            pledge: row.pledge.clone(),
            pledged_on: date(row.pledged_on.as_deref())?,
            withdrawn_on: date(row.withdrawn_on.as_deref())?,
            withdrawn_reason: row.withdrawn_reason.clone(),
        })
    }

    fn to_row(&self, id: &str, version: i64) -> ShopRow {
        ShopRow {
            id: id.to_owned(),
            version,
            unit: self.unit.to_string(),
            name: self.name.clone(),
            firm: text(self.firm.as_ref()),
            place: self.place.clone(),
            plaque: self.plaque.clone(),
            given_on: self.given_on.to_string(),
            pledge: self.pledge.clone(),
            pledged_on: text(self.pledged_on.as_ref()),
            withdrawn_on: text(self.withdrawn_on.as_ref()),
            withdrawn_reason: self.withdrawn_reason.clone(),
            sample: 0,
            source: String::new(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Unit(&self.unit)
    }

    fn first_day(&self) -> (&'static str, Option<Date>) {
        self.begins()
    }

    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        if let Some(firm) = &self.firm {
            let row = row::by_id::<FirmRow>(conn, firm.as_str()).await?;
            let row = row.ok_or_else(|| refused("firm", "no_firm"))?;
            near(conn, &row.unit, &self.unit).await?;
        }
        if self.plaque.is_empty() || self.withdrawn_on.is_some() {
            return Ok(());
        }
        let others = shops::with_plaque(conn, &self.plaque).await?;
        if others.iter().any(|other| other != around.id) {
            return Err(refused("plaque", "plaque_taken"));
        }
        Ok(())
    }
}

impl Shelf for Shop {
    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Self::Row>> {
        Ok(shops::of_unit(conn, unit.as_str()).await?)
    }

    fn origin(row: &Self::Row) -> (i64, &str) {
        (row.sample, &row.source)
    }
}
