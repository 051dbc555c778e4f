//! Import of firms and of entries from the office's own files (contract §6): send a file, map its columns, see every
//! row that will not go in and why, choose what to do with what may be there already, bring it in, and undo all of it.

mod alike;
mod bring;
mod cells;
mod entries_in;
mod fields;
mod firms_changed;
mod firms_in;
mod index;
mod job;
mod past;
mod read;
mod rows;
mod settled;
mod undo;

use std::collections::{BTreeMap, HashMap};

use data_encoding::HEXLOWER;
use pingyi_domain::record::{ImportId, Kind, WordList, fold};
use pingyi_store::Conn;
use pingyi_store::repo::imports::{self, UploadRow};
use pingyi_store::repo::{coverages, entries, firms, pulses, units};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use alike::{Alike, Like};
pub use cells::Refused;
pub use fields::{Mapping, field_heads, field_names};
pub use job::{ImportStep, Progress};
pub use past::InTheWay;
pub use read::MAX_FILE_BYTES;

use self::cells::{Good, Names, Plan, UnitIn};
use self::read::Table;
use self::rows::{EntryIn, FirmBook, FirmIn, InstructorIn};
use super::firms::words_of;
use super::hand::Hand;
use crate::{App, AppError, Result};

/// A file that waits, with what its rows come to under a mapping.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Id of the import to be.
    pub id: ImportId,
    /// Kind of the records.
    pub kind: Kind,
    /// Name of the file.
    pub file_name: String,
    /// Why the file as a whole is refused: a code.
    pub refusal: Option<&'static str>,
    /// Sheets to choose from.
    pub sheets: Vec<String>,
    /// Hidden sheets, which stay out.
    pub hidden: Vec<String>,
    /// Heads of the sheet.
    pub heads: Vec<String>,
    /// The mapping: the one given, or the one the heads suggest.
    pub mapping: Mapping,
    /// Codes of what was odd and could be read for certain.
    pub warnings: Vec<&'static str>,
    /// Rows below the head.
    pub rows: usize,
    /// Rows that can go in.
    pub good: usize,
    /// Rows that cannot.
    pub refused_rows: usize,
    /// Every reason, row by row.
    pub refused: Vec<Refused>,
    /// Good rows that may be there already.
    pub alike: Vec<Alike>,
}

/// What to do with a row that may be in the register already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Leave the register as it is.
    Skip,
    /// It is another firm: add it.
    Add,
    /// It is the same firm: change it.
    Update,
}

/// An order to bring a file in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportOrder {
    /// The mapping.
    pub mapping: Mapping,
    /// Whether the good rows go in although others are refused.
    pub good_rows: bool,
    /// What to do with each row that may be there already, by its number.
    pub choices: BTreeMap<u32, Choice>,
    /// What to do with those that are not chosen singly.
    pub rest: Option<Choice>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Id.
    pub id: String,
    /// Records made.
    pub added: usize,
    /// Records changed.
    pub changed: usize,
    /// Rows refused or skipped.
    pub left_out: usize,
}

/// Files wait for a day.
const WAITS: i64 = 86_400;

fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

impl App {
    /// Takes a file in; it waits for a day.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for who writes nothing, [`AppError::Invalid`] when it is too large or its name is.
    pub async fn send_import(
        &self,
        hand: &Hand,
        kind: Kind,
        file_name: &str,
        content: Vec<u8>,
    ) -> Result<ImportId> {
        let invalid = |rule| AppError::Invalid {
            field: "file",
            rule,
        };
        if !matches!(kind, Kind::Firm | Kind::Entry) {
            return Err(AppError::NotFound);
        }
        if content.is_empty() || file_name.is_empty() {
            return Err(invalid("missing"));
        }
        if content.len() > MAX_FILE_BYTES {
            return Err(invalid("too_long"));
        }
        if !hand.writes_somewhere() {
            return Err(AppError::NotYourUnit);
        }
        let name: String = file_name
            .chars()
            .filter(|c| !c.is_control())
            .take(120)
            .collect();
        let id = ImportId::generate(&mut self.rng());
        let upload = UploadRow {
            id: id.to_string(),
            kind: kind.to_string(),
            file_name: name,
            sha256: hash(&content),
            actor: hand.actor().to_string(),
            at: self.now(),
            content,
        };
        let mut tx = self.store().begin().await?;
        imports::put_upload(&mut tx, upload, self.now() - WAITS).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn waiting(&self, conn: &mut Conn, hand: &Hand, id: &ImportId) -> Result<UploadRow> {
        let upload = imports::upload(conn, id.as_str())
            .await?
            .ok_or(AppError::NotFound)?;
        // What waits belongs to who sent it, and to the office.
        if upload.actor != hand.actor().to_string() && !hand.is_office() {
            return Err(AppError::NotYourUnit);
        }
        Ok(upload)
    }

    /// What a file that waits comes to; without a mapping the one its heads suggest.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for a file somebody else sent.
    pub async fn preview_import(
        &self,
        hand: &Hand,
        id: &ImportId,
        mapping: Option<Mapping>,
    ) -> Result<Preview> {
        let mut view = self.store().read().await?;
        let upload = self.waiting(&mut view, hand, id).await?;
        let (preview, _) = self
            .worked_out(&mut view, hand, id, &upload, mapping)
            .await?;
        Ok(preview)
    }

    async fn worked_out(
        &self,
        conn: &mut Conn,
        hand: &Hand,
        id: &ImportId,
        upload: &UploadRow,
        mapping: Option<Mapping>,
    ) -> Result<(Preview, Planned)> {
        let sheet = mapping.as_ref().map(|mapping| mapping.sheet.clone());
        let content = upload.content.clone();
        let read = tokio::task::spawn_blocking(move || {
            read::read(&content, sheet.as_deref().filter(|sheet| !sheet.is_empty()))
        });
        let mut preview = nothing_read(id, upload)?;
        let book = match read.await.map_err(AppError::internal)? {
            Ok(book) => book,
            Err(code) => {
                preview.refusal = Some(code);
                return Ok((preview, Planned::Nothing));
            }
        };
        preview.mapping = mapping.unwrap_or_else(|| Mapping::proposed(preview.kind, &book.table));
        preview.mapping.sheet.clone_from(&book.sheet);
        (preview.sheets, preview.hidden, preview.warnings) =
            (book.sheets, book.hidden, book.warnings);
        preview.rows = book.table.rows.len();
        let heads = book.table.heads.iter().filter(|head| !head.is_empty());
        preview.heads = heads.cloned().collect();
        let names = self.import_names(conn, hand, preview.kind).await?;
        let planned = if preview.kind == Kind::Entry {
            entries_planned(conn, &mut preview, book.table, names).await?
        } else {
            firms_planned(conn, &mut preview, book.table, names).await?
        };
        Ok((preview, planned))
    }

    /// The names cells are read by.
    async fn import_names(&self, conn: &mut Conn, hand: &Hand, kind: Kind) -> Result<Names> {
        let (mut by_name, mut places) = (HashMap::new(), HashMap::new());
        for row in units::all(conn).await? {
            let path = row.path.parse().map_err(AppError::internal)?;
            let id: pingyi_domain::record::UnitId = row.id.parse().map_err(AppError::internal)?;
            for name in [&row.name, &row.short_name] {
                if !name.is_empty() {
                    by_name.insert(fold(name), id.clone());
                }
            }
            let unit = UnitIn {
                may: hand.may_write(&path),
                path,
                closed_on: row.closed_on,
            };
            places.insert(id, unit);
        }
        let lists: &[WordList] = if kind == Kind::Entry {
            &[WordList::EntryKind, WordList::Topic]
        } else {
            &[
                WordList::Sector,
                WordList::UncoveredReason,
                WordList::StrikeReason,
            ]
        };
        let words = words_of(conn, lists).await?.into_values();
        // New entries take no retired words; firms may come from a file written before.
        let words = words.filter(|word| kind != Kind::Entry || !word.retired);
        Ok(Names {
            units: by_name,
            places,
            words: words.collect(),
            today: self.today()?,
        })
    }
}

/// What the good rows of a file are.
#[derive(Debug)]
enum Planned {
    Nothing,
    /// Firms, and how often the register had been written.
    Firms(Vec<Good<FirmIn>>, i64),
    Entries(Vec<Good<EntryIn>>),
}

impl Preview {
    /// Takes over what a plan says of the rows.
    fn tell<T>(&mut self, plan: Plan<T>, alike: Vec<Alike>) -> Vec<Good<T>> {
        if plan.dates_as_text > 0 {
            self.warnings.push("date_as_text");
        }
        self.good = plan.good.len();
        self.refused_rows = plan.refused_rows;
        self.refused = plan.refused;
        self.alike = alike;
        plan.good
    }
}

async fn firms_planned(
    conn: &mut Conn,
    preview: &mut Preview,
    table: Table,
    names: Names,
) -> Result<Planned> {
    let pulse = pulses::count(conn, pulses::FIRMS).await?;
    let known = firms::keys(conn).await?;
    let mut instructors = Vec::new();
    if preview.mapping.has("instructor") {
        let today = names.today.to_string();
        for (post, holder, path) in coverages::instructors_at(conn, &today).await? {
            let place = path.parse().map_err(AppError::internal)?;
            instructors.push(InstructorIn {
                post,
                holder,
                place,
            });
        }
    }
    let mapping = preview.mapping.clone();
    let planned = tokio::task::spawn_blocking(move || {
        let plan = rows::firms(&table, &mapping, &names, &instructors);
        let alike = alike::firms(&plan.good, &known);
        (plan, alike)
    });
    let (plan, alike) = planned.await.map_err(AppError::internal)?;
    Ok(Planned::Firms(preview.tell(plan, alike), pulse))
}

async fn entries_planned(
    conn: &mut Conn,
    preview: &mut Preview,
    table: Table,
    names: Names,
) -> Result<Planned> {
    let units = units::all(conn).await?;
    let keys = if preview.mapping.has("firms") {
        firms::keys(conn).await?
    } else {
        vec![]
    };
    let mapping = preview.mapping.clone();
    let planned = tokio::task::spawn_blocking(move || {
        let book = FirmBook::of(keys);
        rows::entries(&table, &mapping, &names, (&units, &book))
    });
    let plan = planned.await.map_err(AppError::internal)?;
    let days = plan.good.iter().map(|good| good.record.entry.on_date);
    let known = match days.clone().min().zip(days.max()) {
        Some((first, last)) => entries::keys(conn, &first.to_string(), &last.to_string()).await?,
        None => vec![],
    };
    let alike = alike::entries(&plan.good, &known);
    Ok(Planned::Entries(preview.tell(plan, alike)))
}

/// What is known of a file before it is read.
fn nothing_read(id: &ImportId, upload: &UploadRow) -> Result<Preview> {
    Ok(Preview {
        id: id.clone(),
        kind: upload.kind.parse().map_err(AppError::internal)?,
        file_name: upload.file_name.clone(),
        refusal: None,
        sheets: vec![],
        hidden: vec![],
        heads: vec![],
        mapping: Mapping::default(),
        warnings: vec![],
        rows: 0,
        good: 0,
        refused_rows: 0,
        refused: vec![],
        alike: vec![],
    })
}

#[cfg(test)]
mod tests;
