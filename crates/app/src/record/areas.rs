//! The office's own map: drawings of parks, sent as `GeoJSON`, and the coverages that are shown on them (contract §5).

use pingyi_domain::DomainError;
use pingyi_domain::record::geo::{self, GeoProblem, Shape};
use pingyi_domain::record::{
    Area, AreaDraft, AreaId, Cover, Date, FieldProblem, FirmId, Standing, UnitId,
};
use pingyi_store::repo::areas::{self, AreaRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::repo::{foundings, units};
use pingyi_store::row;
use pingyi_store::{Conn, Tx};

use super::belongings::refused;
use super::hand::Hand;
use super::note::About;
use super::settle::Stored;
use super::units::{UnitName, found, in_order};
use super::written::{Around, Home, Read, Written};
use crate::{App, AppError, Result};

/// A drawing as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaView {
    /// Id.
    pub id: AreaId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub area: Area,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

/// What came of a file of drawings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreasSent {
    /// Ids, in the order of the file.
    pub ids: Vec<AreaId>,
    /// New ones.
    pub added: usize,
    /// Those that took the place of one with the same unit or name.
    pub changed: usize,
}

/// A firm as a dot on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// Id.
    pub id: FirmId,
    /// Name.
    pub name: String,
    /// Where.
    pub place: geo::Place,
    /// How it stands today.
    pub standing: Standing,
}

/// A park on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapPark {
    /// Its drawing.
    pub drawing: AreaView,
    /// Its unit, where it has one.
    pub unit: Option<UnitName>,
    /// Its coverages, where who looks may see them and it has firms.
    pub cover: Option<Cover>,
}

/// The map on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapView {
    /// The day.
    pub on: Date,
    /// The drawings; those without a unit first, so that they lie below.
    pub parks: Vec<MapPark>,
    /// Parks without a drawing that who looks may see.
    pub undrawn: Vec<(UnitName, Option<Cover>)>,
    /// The unit looked at closely.
    pub near: Option<UnitName>,
    /// Its firms that have a place.
    pub dots: Vec<Dot>,
    /// Its firms in all.
    pub firms: usize,
}

/// Most dots that are drawn.
pub const MOST_DOTS: usize = 5_000;

impl Written for Area {
    type Row = AreaRow;

    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        AreaId::generate(rng).into()
    }

    fn of(row: &AreaRow) -> Read<Self> {
        let shape = geo::read(&row.geojson).ok();
        let shape = shape.and_then(|features| features.into_iter().next());
        Ok(Self {
            unit: row.unit.as_deref().map(str::parse).transpose()?,
            name: row.name.clone(),
            shape: shape.map(|one| one.shape).ok_or(DomainError::Name {
                of: "Area",
                text: row.id.clone(),
            })?,
        })
    }

    /// What the office draws or ties is its own, also where it was made up before.
    fn to_row(&self, id: &str, version: i64) -> AreaRow {
        AreaRow {
            id: id.to_owned(),
            version,
            unit: self.unit.as_ref().map(ToString::to_string),
            name: self.name.clone(),
            geojson: self.shape.to_geojson(),
            sample: 0,
            source: String::new(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Office
    }

    /// The unit is there, and has no other outline: that would colour one park twice.
    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        let Some(unit) = &self.unit else {
            return Ok(());
        };
        if row::by_id::<UnitRow>(conn, unit.as_str()).await?.is_none() {
            return Err(refused("unit", "unit"));
        }
        let others = areas::all(conn).await?;
        let taken =
            |row: &AreaRow| row.id != around.id && row.unit.as_deref() == Some(unit.as_str());
        if others.iter().any(taken) {
            return Err(refused("unit", "area_taken"));
        }
        Ok(())
    }
}

fn view_of(row: &AreaRow) -> Result<AreaView> {
    Ok(AreaView {
        id: row.id.parse().map_err(AppError::internal)?,
        version: row.version,
        area: Area::of(row).map_err(AppError::internal)?,
        sample: row.sample != 0,
    })
}

async fn all(conn: &mut Conn) -> Result<Vec<AreaView>> {
    areas::all(conn).await?.iter().map(view_of).collect()
}

/// The drawings of a unit.
///
/// # Errors
/// When the database fails.
pub(super) async fn drawn_of(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Shape>> {
    let own = all(conn).await?.into_iter();
    let own = own.filter(|view| view.area.unit.as_ref() == Some(unit));
    Ok(own.map(|view| view.area.shape).collect())
}

/// A problem of a file as a field: `drawings.<number>.<name>`, which the page turns into words.
fn problem(at: usize, name: &str, rule: &str) -> FieldProblem {
    FieldProblem {
        field: if at == 0 {
            "drawings".to_owned()
        } else {
            format!("drawings.{at}.{name}")
        },
        rule: rule.to_owned(),
    }
}

/// What is in a file: drawings with a name each, no name twice, tied to the unit that is called so.
fn read(text: &str, names: &[UnitName]) -> Result<Vec<Area>> {
    let said = |one: GeoProblem| problem(one.feature, &one.name, one.rule);
    let features =
        geo::read(text).map_err(|all| AppError::Fields(all.into_iter().map(said).collect()))?;
    let mut problems = Vec::new();
    let mut read: Vec<Area> = Vec::new();
    for (at, feature) in (1..).zip(features) {
        let unit = names
            .iter()
            .find(|unit| unit.name == feature.name || unit.short == feature.name);
        let area = Area {
            unit: unit.map(|unit| unit.id.clone()),
            name: unit.map_or(feature.name, |unit| unit.name.clone()),
            shape: feature.shape,
        };
        if area.name.is_empty() {
            problems.push(problem(at, "", "geo_nameless"));
        } else if read.iter().any(|other| other.name == area.name) {
            problems.push(problem(at, &area.name, "geo_twice"));
        }
        read.push(area);
    }
    if problems.is_empty() {
        Ok(read)
    } else {
        Err(AppError::Fields(problems))
    }
}

impl App {
    /// All drawings by name. Where a park lies is no secret.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn areas(&self) -> Result<Vec<AreaView>> {
        let mut view = self.store().read().await?;
        all(&mut view).await
    }

    /// Takes a file of drawings: each is tied to the unit of its name; one that is there already for that unit (or,
    /// without a unit, with that name) is drawn anew. Everything or nothing.
    ///
    /// # Errors
    /// [`AppError::Fields`] with everything wrong in the file, [`AppError::NotYourUnit`] for all but the office.
    pub async fn send_areas(&self, hand: &Hand, text: &str) -> Result<AreasSent> {
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        let names = in_order(units::all(&mut tx).await?)?;
        let sent = read(text, &names)?;
        let kept = all(&mut tx).await?;
        let mut done = AreasSent {
            ids: Vec::new(),
            added: 0,
            changed: 0,
        };
        for area in sent {
            let same = |view: &&AreaView| {
                if area.unit.is_some() {
                    view.area.unit == area.unit
                } else {
                    view.area.unit.is_none() && view.area.name == area.name
                }
            };
            if let Some(before) = kept.iter().find(same) {
                self.redraw(&mut tx, hand, before, &area).await?;
                done.changed += 1;
                done.ids.push(before.id.clone());
            } else {
                let id = AreaId::generate(&mut self.rng());
                row::insert(&mut tx, &area.to_row(id.as_str(), 1)).await?;
                let about = About {
                    id: id.as_str(),
                    unit: area.unit.as_ref(),
                };
                self.note_added(&mut tx, hand, about, &area).await?;
                done.added += 1;
                done.ids.push(id);
            }
        }
        tx.commit().await?;
        Ok(done)
    }

    async fn redraw(&self, tx: &mut Tx, hand: &Hand, before: &AreaView, area: &Area) -> Result<()> {
        let id = before.id.as_str();
        if !row::update(tx, &area.to_row(id, before.version)).await? {
            return Err(AppError::Busy);
        }
        let about = About {
            id,
            unit: area.unit.as_ref(),
        };
        self.note_changed(tx, hand, about, before.version + 1, (&before.area, area))
            .await
    }

    /// Ties a drawing to a unit, or names it. Its lines stay.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office,
    /// [`AppError::Conflict`].
    pub async fn change_area(
        &self,
        hand: &Hand,
        id: &AreaId,
        version: i64,
        draft: &AreaDraft,
    ) -> Result<Stored> {
        let known = self.areas().await?.into_iter().find(|area| area.id == *id);
        let area = draft.read(&known.ok_or(AppError::NotFound)?.area)?;
        self.amend(hand, (id.as_str(), version), area).await
    }

    /// Takes a drawing off the map.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office, [`AppError::OldVersion`].
    pub async fn remove_area(&self, hand: &Hand, id: &AreaId, version: i64) -> Result<()> {
        self.erase::<Area>(hand, (id.as_str(), version)).await
    }

    /// The map on a day; of one unit closely, with its firms as dots as they stand today.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for a unit somebody may not see.
    pub async fn map(
        &self,
        hand: &Hand,
        on: Option<Date>,
        near: Option<&UnitId>,
    ) -> Result<MapView> {
        let today = self.today()?;
        let on = on.unwrap_or(today);
        let covers = self.covers(hand, on).await?;
        let cover_of = |unit: &UnitName| {
            let found = covers.iter().find(|(other, _)| other.id == unit.id);
            found.map(|(_, cover)| *cover)
        };
        let mut view = self.store().read().await?;
        let names = in_order(units::all(&mut view).await?)?;
        let mut parks: Vec<MapPark> = Vec::new();
        for drawing in all(&mut view).await? {
            let unit = drawing.area.unit.as_ref();
            let unit = unit.and_then(|id| names.iter().find(|name| name.id == *id));
            parks.push(MapPark {
                cover: unit.and_then(cover_of),
                unit: unit.cloned(),
                drawing,
            });
        }
        parks.sort_by_key(|park| {
            let place = |unit: &UnitName| names.iter().position(|name| name.id == unit.id);
            park.unit.as_ref().map(place)
        });
        let drawn = |unit: &UnitName| parks.iter().any(|park| park.unit.as_ref() == Some(unit));
        let undrawn = names
            .iter()
            .filter(|unit| unit.kind == pingyi_domain::record::UnitKind::Park && !unit.closed)
            .filter(|unit| hand.scope().holds(&unit.path) && !drawn(unit))
            .map(|unit| (unit.clone(), cover_of(unit)))
            .collect();
        let (near, dots, firms) = match near {
            None => (None, Vec::new(), 0),
            Some(id) => {
                let (_, place) = found(&mut view, id).await?;
                hand.sees(&place)?;
                let firms = foundings::briefs(&mut view, &today.to_string(), &place).await?;
                let count = firms.len();
                (
                    names.iter().find(|name| name.id == *id).cloned(),
                    dots(firms)?,
                    count,
                )
            }
        };
        Ok(MapView {
            on,
            parks,
            undrawn,
            near,
            dots,
            firms,
        })
    }
}

fn dots(firms: Vec<foundings::FirmBrief>) -> Result<Vec<Dot>> {
    let mut dots = Vec::new();
    for firm in firms {
        let (Some(lon), Some(lat)) = (firm.lon, firm.lat) else {
            continue;
        };
        if dots.len() == MOST_DOTS {
            break;
        }
        dots.push(Dot {
            id: firm.id.parse().map_err(AppError::internal)?,
            name: firm.name,
            place: geo::Place { lon, lat },
            standing: Standing {
                opened: true,
                struck: firm.struck != 0,
                own: firm.own != 0,
                joint: firm.joint != 0,
                work: firm.work != 0,
            },
        });
    }
    Ok(dots)
}
