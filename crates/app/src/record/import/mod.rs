//! Import of firms from the office's own files (contract §6): send a file, map its columns, see every row that will
//! not go in and why, choose what to do with what may be there already, bring it in, and undo all of it.

mod alike;
mod past;
mod plan;
mod read;
mod settled;

use std::collections::{BTreeMap, HashMap};

use data_encoding::HEXLOWER;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Firm, FirmId, ImportId, Kind, WordList, fold};
use pingyi_store::repo::firms::{self, FirmRow};
use pingyi_store::repo::imports::{self, ImportRow, TouchedRow, UploadRow};
use pingyi_store::repo::search::{self, DocRow};
use pingyi_store::repo::units;
use pingyi_store::{Conn, Tx};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use alike::{Alike, Like};
pub use past::InTheWay;
pub use plan::{FIELDS, Mapping, Refused};
pub use read::MAX_FILE_BYTES;

use self::settled::{doc_of, draft_of, laid_over, settled};
use super::firms::{firm_of, firm_row, found_firm, refused, words_of};
use super::hand::Hand;
use super::note::About;
use super::units::found;
use crate::{App, AppError, Result};

/// A file that waits, with what its rows come to under a mapping.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Id of the import to be.
    pub id: ImportId,
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
    /// Good rows that may be in the register already.
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
    /// Firms made.
    pub added: usize,
    /// Firms changed.
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
        file_name: &str,
        content: Vec<u8>,
    ) -> Result<ImportId> {
        let invalid = |rule| AppError::Invalid {
            field: "file",
            rule,
        };
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
            kind: Kind::Firm.to_string(),
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
    ) -> Result<(Preview, plan::Plan)> {
        let sheet = mapping.as_ref().map(|mapping| mapping.sheet.clone());
        let content = upload.content.clone();
        let read = tokio::task::spawn_blocking(move || {
            read::read(&content, sheet.as_deref().filter(|sheet| !sheet.is_empty()))
        });
        let mut preview = nothing_read(id, upload);
        let book = match read.await.map_err(AppError::internal)? {
            Ok(book) => book,
            Err(code) => {
                preview.refusal = Some(code);
                return Ok((preview, plan::Plan::default()));
            }
        };
        preview.mapping = mapping.unwrap_or_else(|| Mapping {
            columns: plan::proposed(&book.table),
            // What the page has chosen there too.
            otherwise: [("kind".to_owned(), "non_public".to_owned())].into(),
            ..Mapping::default()
        });
        preview.mapping.sheet.clone_from(&book.sheet);
        let names = self.names(conn, hand).await?;
        let known = firms::keys(conn).await?;
        let mapping = preview.mapping.clone();
        let (book, mut plan, alike) = tokio::task::spawn_blocking(move || {
            let plan = plan::plan(&book.table, &mapping, &names);
            let alike = alike::alike(&plan.good, &known);
            (book, plan, alike)
        })
        .await
        .map_err(AppError::internal)?;
        preview.rows = book.table.rows.len();
        preview.heads = book
            .table
            .heads
            .into_iter()
            .filter(|head| !head.is_empty())
            .collect();
        (preview.sheets, preview.hidden, preview.warnings) =
            (book.sheets, book.hidden, book.warnings);
        if plan.dates_as_text > 0 {
            preview.warnings.push("date_as_text");
        }
        preview.good = plan.good.len();
        preview.refused_rows = plan.refused_rows;
        preview.refused = std::mem::take(&mut plan.refused);
        preview.alike = alike;
        Ok((preview, plan))
    }

    /// The names cells are read by.
    async fn names(&self, conn: &mut Conn, hand: &Hand) -> Result<plan::Names> {
        let mut by_name = HashMap::new();
        for row in units::all(conn).await? {
            let place = row.path.parse().map_err(AppError::internal)?;
            let id: pingyi_domain::record::UnitId = row.id.parse().map_err(AppError::internal)?;
            let may = hand.may_write(&place) && row.closed_on.is_none();
            for name in [&row.name, &row.short_name] {
                if !name.is_empty() {
                    by_name.insert(fold(name), (id.clone(), may));
                }
            }
        }
        let words = words_of(conn, &[WordList::Sector, WordList::UncoveredReason]).await?;
        Ok(plan::Names {
            units: by_name,
            words: words.into_values().collect(),
            today: self.today()?,
        })
    }

    /// Brings a file in, in one transaction: all of it, or the good rows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Fields`] with `file` and the refusal's code, with
    /// `rows` `import_refused` when rows are refused and all was wanted, or with `choices` `choice_missing` and
    /// `choice_code`.
    pub async fn run_import(
        &self,
        hand: &Hand,
        id: &ImportId,
        order: ImportOrder,
    ) -> Result<Imported> {
        // The long reading is done before the transaction: nobody waits for it. The same file twice at once ends on
        // the import's own id.
        let mut view = self.store().read().await?;
        let upload = self.waiting(&mut view, hand, id).await?;
        let mapping = Some(order.mapping.clone());
        let (preview, plan) = self
            .worked_out(&mut view, hand, id, &upload, mapping)
            .await?;
        drop(view);
        let chosen = settled(&preview, &order)?;
        let mut tx = self.store().begin().await?;
        may_fill(&mut tx, hand, &preview.mapping).await?;
        let mut made: Vec<FirmRow> = Vec::with_capacity(plan.good.len());
        let mut touched = Vec::with_capacity(plan.good.len());
        let (mut changed, mut skipped) = (0, 0);
        for row in &plan.good {
            match chosen.get(&row.row) {
                Some((Choice::Skip, _)) => skipped += 1,
                Some((Choice::Update, firm)) => {
                    match self.updated(&mut tx, hand, firm, &row.firm).await? {
                        Some(before) => {
                            touched.push(before);
                            changed += 1;
                        }
                        None => skipped += 1,
                    }
                }
                _ => {
                    let firm = FirmId::generate(&mut self.rng());
                    touched.push(made_new(&firm));
                    made.push(FirmRow {
                        import: Some(id.to_string()),
                        ..firm_row(&firm, 1, &row.firm)
                    });
                }
            }
        }
        let imported = Imported {
            id: id.to_string(),
            added: made.len(),
            changed,
            left_out: preview.refused_rows + skipped,
        };
        self.kept(&mut tx, hand, (&upload, &preview.mapping), &imported)
            .await?;
        firms::insert(&mut tx, &made).await?;
        let docs: Vec<DocRow> = made.iter().map(doc_of).collect();
        search::put_new(&mut tx, Kind::Firm.as_str(), &docs).await?;
        imports::touch(&mut tx, id.as_str(), &touched).await?;
        tx.commit().await?;
        Ok(imported)
    }

    /// Notes the import, drops the file, tells the audit trail.
    async fn kept(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        (upload, mapping): (&UploadRow, &Mapping),
        imported: &Imported,
    ) -> Result<()> {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let row = ImportRow {
            id: upload.id.clone(),
            kind: upload.kind.clone(),
            unit: None,
            file_name: upload.file_name.clone(),
            sha256: upload.sha256.clone(),
            mapping: serde_json::to_string(mapping)?,
            actor: hand.actor().to_string(),
            at: self.now(),
            added: number(imported.added),
            changed: number(imported.changed),
            refused: number(imported.left_out),
            undone_at: None,
        };
        imports::insert(tx, &row).await?;
        imports::drop_upload(tx, &upload.id).await?;
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let event = AuditEvent::RecordsImported {
            kind: Kind::Firm,
            added: count(imported.added),
            changed: count(imported.changed),
            file: upload.sha256.parse().map_err(AppError::internal)?,
        };
        self.record(tx, hand.actor(), &upload.id, &event).await
    }

    /// Changes a firm to what a row says; empty cells leave what is there. None when nothing differs.
    async fn updated(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        firm: &str,
        row: &Firm,
    ) -> Result<Option<TouchedRow>> {
        let id: FirmId = firm.parse().map_err(AppError::internal)?;
        let (stored, place) = found_firm(tx, &id).await?;
        hand.writes(&place)?;
        let before = firm_of(&stored)?;
        let after = laid_over(&before, row);
        if before == after {
            return Ok(None);
        }
        self.stored_anew(tx, hand, (&id, stored.version), (&before, &after))
            .await?;
        Ok(Some(TouchedRow {
            record: id.to_string(),
            version: stored.version + 1,
            before: serde_json::to_string(&draft_of(&before))?,
        }))
    }

    async fn stored_anew(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        (id, version): (&FirmId, i64),
        (before, after): (&Firm, &Firm),
    ) -> Result<()> {
        if !firms::update(tx, &firm_row(id, version, after)).await? {
            return Err(AppError::Busy);
        }
        let about = About {
            id: id.as_str(),
            unit: Some(&after.unit),
        };
        self.note_changed(tx, hand, about, version + 1, (before, after))
            .await
    }
}

/// What is known of a file before it is read.
fn nothing_read(id: &ImportId, upload: &UploadRow) -> Preview {
    Preview {
        id: id.clone(),
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
    }
}

/// What an undo has to know of a firm that the import made.
fn made_new(firm: &FirmId) -> TouchedRow {
    TouchedRow {
        record: firm.to_string(),
        version: 1,
        before: String::new(),
    }
}

/// The unit that rows without one go to must be the hand's to write.
async fn may_fill(tx: &mut Tx, hand: &Hand, mapping: &Mapping) -> Result<()> {
    let Some(unit) = mapping
        .otherwise
        .get("unit")
        .filter(|unit| !unit.is_empty())
    else {
        return Ok(());
    };
    let unit = unit
        .parse()
        .map_err(|_| AppError::Fields(vec![refused("unit", "unit")]))?;
    let (_, place) = found(tx, &unit).await?;
    hand.writes(&place)
}

#[cfg(test)]
mod tests;
