//! Founding checks: whether the three conditions hold for an area, which mode fits, and what the office decided
//! (contract §5).

use std::collections::{BTreeSet, HashMap, HashSet};

use pingyi_domain::DomainError;
use pingyi_domain::record::{
    Founding, FoundingAsked, FoundingChoice, FoundingDecision, FoundingDraft, FoundingFigures,
    FoundingId, FoundingWay, Kind, Record, Thresholds, ThresholdsDraft, UnitId, UnitKind, UnitPath,
    is_credit_code, lies_in, mode_for, name_key,
};
use pingyi_store::Conn;
use pingyi_store::repo::foundings::{self, FirmBrief, FoundingRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::repo::{settings, units};
use pingyi_store::row;
use serde::{Deserialize, Serialize};

use super::areas::drawn_of;
use super::belongings::refused;
use super::hand::Hand;
use super::history::{self, HistoryLine};
use super::note::About;
use super::settle::{Stored, settle};
use super::units::{UnitName, found, in_order};
use super::written::{Around, Home, Read, Written};
use crate::{App, AppError, Result};

/// Name of the setting, and subject of its changes in the trail.
const SETTING: &str = "founding";

/// A check as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundingView {
    /// Id.
    pub id: FoundingId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub founding: Founding,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

/// The setting as it is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdsView {
    /// Version, to be sent back with a change; 0 while the office has set none.
    pub version: i64,
    /// The numbers.
    pub thresholds: Thresholds,
}

/// The thresholds as a record of the trail.
struct Setting(Thresholds);

impl Record for Setting {
    const KIND: Kind = Kind::Founding;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("area_m2", self.0.area_m2.to_string()),
            ("firms", self.0.firms.to_string()),
            ("members", self.0.members.to_string()),
            ("branches", self.0.branches.to_string()),
        ]
    }

    fn title(&self) -> String {
        SETTING.to_owned()
    }

    fn search_text(&self) -> Option<String> {
        None
    }
}

impl Written for Founding {
    type Row = FoundingRow;

    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        FoundingId::generate(rng).into()
    }

    fn of(row: &FoundingRow) -> Read<Self> {
        Ok(Self {
            unit: row.unit.as_deref().map(str::parse).transpose()?,
            title: row.title.clone(),
            on_date: row.on_date.parse()?,
            figures: read_json(&row.figures)?,
            thresholds: read_json(&row.thresholds)?,
            mode: row.mode.as_deref().map(str::parse).transpose()?,
            note: row.note.clone(),
        })
    }

    fn to_row(&self, id: &str, version: i64) -> FoundingRow {
        FoundingRow {
            id: id.to_owned(),
            version,
            unit: self.unit.as_ref().map(ToString::to_string),
            title: self.title.clone(),
            mode: self.mode.map(|mode| mode.to_string()),
            note: self.note.clone(),
            on_date: self.on_date.to_string(),
            figures: json(&self.figures),
            thresholds: json(&self.thresholds),
            met: i64::from(self.met()),
            sample: 0,
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Office
    }

    async fn agrees(&self, conn: &mut Conn, _: Around<'_, Self>) -> Result<()> {
        match &self.unit {
            Some(unit) if row::by_id::<UnitRow>(conn, unit.as_str()).await?.is_none() => {
                Err(refused("unit", "unit"))
            }
            _ => Ok(()),
        }
    }
}

fn view_of(row: &FoundingRow) -> Result<FoundingView> {
    Ok(FoundingView {
        id: row.id.parse().map_err(AppError::internal)?,
        version: row.version,
        founding: Founding::of(row).map_err(AppError::internal)?,
        sample: row.sample != 0,
    })
}

/// Numbers and names have a JSON form whatever they are.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> std::result::Result<T, DomainError> {
    serde_json::from_str(text).map_err(|_| DomainError::Name {
        of: "Founding",
        text: text.to_owned(),
    })
}

async fn kept(conn: &mut Conn) -> Result<ThresholdsView> {
    match settings::get(conn, SETTING).await? {
        Some(text) => Ok(serde_json::from_str(&text)?),
        None => Ok(ThresholdsView::default()),
    }
}

/// The park a unit is or stands in; the unit itself where it stands in none.
fn home_of<'a>(
    names: &'a [UnitName],
    places: &HashMap<&str, &'a UnitPath>,
    unit: &str,
) -> Option<&'a UnitName> {
    let place = places.get(unit)?;
    let above = names.iter().filter(|name| name.path.holds(place));
    let mut own = None;
    for name in above {
        if name.kind == UnitKind::Park {
            return Some(name);
        }
        own = Some(name);
    }
    own
}

/// The firms of a list, and the lines that fit none or more than one.
fn listed(lines: &[String], firms: Vec<FirmBrief>) -> (Vec<FirmBrief>, Vec<String>) {
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_code: HashMap<&str, usize> = HashMap::new();
    for (at, firm) in firms.iter().enumerate() {
        by_key.entry(&firm.name_key).or_default().push(at);
        by_code.insert(&firm.credit_code, at);
    }
    let mut wanted: BTreeSet<usize> = BTreeSet::new();
    let mut missed = Vec::new();
    for line in lines {
        let code = line.to_ascii_uppercase();
        let one = if is_credit_code(&code) {
            by_code.get(code.as_str()).copied()
        } else {
            match by_key.get(name_key(line).as_str()).map(Vec::as_slice) {
                Some([one]) => Some(*one),
                _ => None,
            }
        };
        match one {
            Some(at) => {
                wanted.insert(at);
            }
            None => missed.push(line.clone()),
        }
    }
    let kept = firms.into_iter().enumerate();
    let kept = kept
        .filter(|(at, _)| wanted.contains(at))
        .map(|(_, firm)| firm);
    (kept.collect(), missed)
}

/// Sorts a check's firms out of the register, before anything is counted.
struct Chosen {
    firms: Vec<FirmBrief>,
    missed: Vec<String>,
    unplaced: usize,
    area_m2: Option<i64>,
    shape: String,
    way: FoundingWay,
}

async fn chosen(
    conn: &mut Conn,
    names: &[UnitName],
    choice: &FoundingChoice,
    day: &str,
) -> Result<Chosen> {
    let root = names.first().ok_or_else(|| refused("whole", "unit"))?;
    let mut chosen = Chosen {
        firms: Vec::new(),
        missed: Vec::new(),
        unplaced: 0,
        area_m2: None,
        shape: String::new(),
        way: FoundingWay::Unit,
    };
    match choice {
        FoundingChoice::Unit(id) => {
            let unit = names.iter().find(|name| name.id == *id);
            let unit = unit.ok_or_else(|| refused("whole", "unit"))?;
            chosen.firms = foundings::briefs(conn, day, &unit.path).await?;
            let sizes = drawn_of(conn, id).await?;
            chosen.area_m2 = sizes
                .iter()
                .map(pingyi_domain::record::geo::Shape::square_metres)
                .reduce(|a, b| a + b);
        }
        FoundingChoice::List(lines) => {
            let all = foundings::briefs(conn, day, &root.path).await?;
            (chosen.firms, chosen.missed) = listed(lines, all);
            chosen.way = FoundingWay::List;
            if chosen.firms.is_empty() {
                return Err(refused("firms", "none_found"));
            }
        }
        FoundingChoice::Drawing(shape) => {
            let all = foundings::briefs(conn, day, &root.path).await?;
            chosen.unplaced = all
                .iter()
                .filter(|firm| firm.lon.is_none() && firm.struck == 0)
                .count();
            chosen.firms = all
                .into_iter()
                .filter(|firm| lies_in(shape, firm.lon, firm.lat))
                .collect();
            chosen.area_m2 = Some(shape.square_metres());
            chosen.shape = shape.to_geojson();
            chosen.way = FoundingWay::Drawing;
        }
    }
    Ok(chosen)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

async fn figures(conn: &mut Conn, asked: &FoundingAsked, day: &str) -> Result<FoundingFigures> {
    let names = in_order(units::all(conn).await?)?;
    let places: HashMap<&str, &UnitPath> = names
        .iter()
        .map(|name| (name.id.as_str(), &name.path))
        .collect();
    let chosen = chosen(conn, &names, &asked.choice, day).await?;
    let open: Vec<&FirmBrief> = chosen
        .firms
        .iter()
        .filter(|firm| firm.struck == 0)
        .collect();
    let ids: HashSet<&str> = open.iter().map(|firm| firm.id.as_str()).collect();
    let covers = foundings::covered_by(conn, day).await?;
    let branches: HashSet<&str> = covers
        .iter()
        .filter(|(firm, _)| ids.contains(firm.as_str()))
        .map(|(_, unit)| unit.as_str())
        .collect();
    let homes: BTreeSet<(bool, &str)> = open
        .iter()
        .filter_map(|firm| home_of(&names, &places, &firm.unit))
        .map(|unit| (unit.kind == UnitKind::Park, unit.id.as_str()))
        .collect();
    let parks = number(homes.iter().filter(|(park, _)| *park).count());
    let others = number(homes.len()) - parks;
    Ok(FoundingFigures {
        way: chosen.way,
        chosen: number(chosen.firms.len()),
        firms: number(open.iter().filter(|firm| firm.kind == "non_public").count()),
        struck: number(chosen.firms.len() - open.len()),
        members: open.iter().filter_map(|firm| firm.members).sum(),
        branches: number(branches.len()),
        area_m2: asked.area_m2.or(chosen.area_m2),
        parks,
        others,
        proposed: mode_for(parks, others),
        unplaced: number(chosen.unplaced),
        missed: chosen.missed,
        shape: chosen.shape,
    })
}

async fn stored(conn: &mut Conn, id: &FoundingId) -> Result<FoundingView> {
    let row: Option<FoundingRow> = row::by_id(conn, id.as_str()).await?;
    view_of(&row.ok_or(AppError::NotFound)?)
}

impl App {
    /// The thresholds of the three conditions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn founding_thresholds(&self) -> Result<ThresholdsView> {
        let mut view = self.store().read().await?;
        kept(&mut view).await
    }

    /// Sets the thresholds.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`] for all but the office, [`AppError::Conflict`].
    pub async fn set_founding_thresholds(
        &self,
        hand: &Hand,
        version: i64,
        draft: &ThresholdsDraft,
    ) -> Result<Stored> {
        let thresholds = draft.read()?;
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        let before = kept(&mut tx).await?;
        let (old, new) = (Setting(before.thresholds), Setting(thresholds));
        let first = before.version == 0 && version == 0;
        if !first && !settle(&mut tx, (SETTING, version), (&old, before.version), &new).await? {
            return Ok(Stored {
                id: SETTING.to_owned(),
                version: before.version,
            });
        }
        let version = before.version + 1;
        let text = serde_json::to_string(&ThresholdsView {
            version,
            thresholds,
        })?;
        settings::put(&mut tx, SETTING, &text).await?;
        let about = About {
            id: SETTING,
            unit: None,
        };
        self.note_changed(&mut tx, hand, about, version, (&old, &new))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: SETTING.to_owned(),
            version,
        })
    }

    /// All checks, the latest first.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for all but the office.
    pub async fn foundings(&self, hand: &Hand) -> Result<Vec<FoundingView>> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let rows = foundings::all(&mut view).await?;
        rows.iter().map(view_of).collect()
    }

    /// The checks decided for a unit, the latest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn foundings_of(&self, hand: &Hand, unit: &UnitId) -> Result<Vec<FoundingView>> {
        let mut view = self.store().read().await?;
        let (_, place) = found(&mut view, unit).await?;
        hand.sees(&place)?;
        let rows = foundings::of_unit(&mut view, unit.as_str()).await?;
        rows.iter().map(view_of).collect()
    }

    /// One check: of who sees its unit; before it is decided of the office.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn founding(&self, hand: &Hand, id: &FoundingId) -> Result<FoundingView> {
        let mut view = self.store().read().await?;
        let one = stored(&mut view, id).await?;
        match &one.founding.unit {
            Some(unit) => {
                let (_, place) = found(&mut view, unit).await?;
                hand.sees(&place)?;
            }
            None => hand.decides()?,
        }
        Ok(one)
    }

    /// What was done to a check, the oldest first; rights as [`App::founding`].
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn founding_history(&self, hand: &Hand, id: &FoundingId) -> Result<Vec<HistoryLine>> {
        self.founding(hand, id).await?;
        let mut view = self.store().read().await?;
        history::of(&mut view, id.as_str()).await
    }

    /// Makes a check: counts the firms chosen today and holds them against the thresholds of today.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`] for all but the office.
    pub async fn check_founding(&self, hand: &Hand, draft: &FoundingDraft) -> Result<Stored> {
        let asked = draft.read()?;
        hand.decides()?;
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let founding = Founding {
            unit: None,
            title: asked.title.clone(),
            on_date: today,
            figures: figures(&mut view, &asked, &today.to_string()).await?,
            thresholds: kept(&mut view).await?.thresholds,
            mode: None,
            note: String::new(),
        };
        drop(view);
        self.enter(hand, founding).await
    }

    /// Decides a check: for which unit, and in which mode. Its figures stay.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office,
    /// [`AppError::Conflict`].
    pub async fn decide_founding(
        &self,
        hand: &Hand,
        id: &FoundingId,
        version: i64,
        decision: &FoundingDecision,
    ) -> Result<Stored> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let decided = decision.read(&stored(&mut view, id).await?.founding)?;
        drop(view);
        self.amend(hand, (id.as_str(), version), decided).await
    }

    /// Takes a check away.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office, [`AppError::OldVersion`].
    pub async fn remove_founding(&self, hand: &Hand, id: &FoundingId, version: i64) -> Result<()> {
        self.erase::<Founding>(hand, (id.as_str(), version)).await
    }
}
