//! The boards: head, archive, sidecar.
//!
//! Until the result is announced the public sees a board up to its encrypted tally: with the shares of the tellers, which
//! follow there, anybody could work the result out. What is shown is a prefix of the whole chain, so nothing that was
//! downloaded or printed before is ever contradicted.

use pingyi_ballot::archive::{Event, Hash, RecordKind, header_record, record};
use pingyi_ballot::decrypt::{Sidecar, StrongShare};
use pingyi_ballot::proof::Proof;
use pingyi_domain::AppraisalId;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::{board, shares};
use pingyi_store::{BoxId, Conn, Store};

use crate::appraisal_view::label_of;
use crate::board_records::tally_json;
use crate::booth::head;
use crate::loaded::{Loaded, appraisal_of, category_of, id_of};
use crate::{App, AppError, BoardLine, BoardView, CategoryView, HeadView, Result};

/// Records of one chunk; a ballot of 54 × 4 has about 130 kB.
const CHUNK: i64 = 16;

/// Data records and the event of an encrypted tally.
const TALLY_RECORDS: i64 = 3;

/// Who looks at a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Anybody.
    Anybody,
    /// The office, which previews the result.
    Office,
}

/// The board as a reader may see it: its end moved back where that is needed.
pub(crate) async fn seen_by(
    conn: &mut Conn,
    reader: Reader,
    appraisal: &Loaded,
    row: BoxRow,
) -> Result<BoxRow> {
    let end = row.tally + TALLY_RECORDS;
    let announced = appraisal.state.shows_result() || reader == Reader::Office;
    if announced || row.tally < 0 || row.records <= end {
        return Ok(row);
    }
    let last = board::page(conn, &id_of(&row), end - 1, end).await?.pop();
    let last = last.ok_or(AppError::internal("a board with a gap"))?;
    let event = Event::parse(last.content.as_bytes()).map_err(AppError::internal)?;
    Ok(BoxRow {
        records: end,
        height: i64::try_from(event.height).map_err(AppError::internal)?,
        head: event.hash().hex(),
        ..row
    })
}

/// An archive on its way out: what the board held when it was asked for.
#[derive(Debug)]
pub struct BoardStream {
    store: Store,
    id: BoxId,
    stamp: u64,
    next: i64,
    end: i64,
    begun: bool,
}

impl BoardStream {
    fn new(store: Store, row: &BoxRow) -> Result<Self> {
        Ok(Self {
            store,
            id: id_of(row),
            stamp: u64::try_from(row.stamp).map_err(AppError::internal)?,
            next: 0,
            end: row.records,
            begun: false,
        })
    }

    /// The next bytes of the archive, none at its end. A board only grows, so reading it in portions gives
    /// the same as reading it at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if !self.begun {
            self.begun = true;
            return Ok(Some(header_record(self.stamp).map_err(AppError::internal)?));
        }
        if self.next >= self.end {
            return Ok(None);
        }
        let to = (self.next + CHUNK).min(self.end);
        let mut view = self.store.read().await?;
        let rows = board::page(&mut view, &self.id, self.next, to).await?;
        self.next = to;
        let mut bytes = Vec::new();
        for row in rows {
            let kind = if row.name.ends_with(".event.json") {
                RecordKind::Event
            } else {
                RecordKind::Data
            };
            bytes.extend(
                record(self.stamp, kind, row.content.as_bytes()).map_err(AppError::internal)?,
            );
        }
        Ok(Some(bytes))
    }
}

impl App {
    /// All boards of an appraisal, for the public page. Before sealing there are none.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn board_view(&self, id: &AppraisalId) -> Result<BoardView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        let mut lines = Vec::new();
        for row in boxes::of_appraisal(&mut view, id).await? {
            if row.height < 0 {
                continue;
            }
            let code = category_of(&row)?;
            let proofs = row.state == "opened" && appraisal.state.shows_result();
            let row = seen_by(&mut view, Reader::Anybody, &appraisal, row).await?;
            lines.push(BoardLine {
                uuid: id_of(&row),
                category: CategoryView {
                    code,
                    label: label_of(&appraisal, code),
                },
                state: row.state.clone(),
                head: head(&row),
                proofs,
            });
        }
        Ok(BoardView {
            appraisal: id.clone(),
            title: appraisal.config.title.clone(),
            state: appraisal.state_name(),
            rehearsal: appraisal.is_rehearsal(),
            boxes: lines,
        })
    }

    /// Head of a board as anybody sees it.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn board_head(&self, id: &BoxId) -> Result<HeadView> {
        let mut view = self.store().read().await?;
        let (_, row) = board_of(&mut view, id, Reader::Anybody).await?;
        Ok(head(&row))
    }

    /// The archive of a board as it is now, as far as the reader may see it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] before the box is sealed.
    pub async fn board_archive(&self, id: &BoxId, reader: Reader) -> Result<BoardStream> {
        let mut view = self.store().read().await?;
        let (_, row) = board_of(&mut view, id, reader).await?;
        if row.height < 0 {
            return Err(AppError::NotFound);
        }
        BoardStream::new(self.store().clone(), &row)
    }

    /// The sidecar of strong proofs.
    ///
    /// # Errors
    /// [`AppError::NotFound`] until the box is opened and, for anybody but the office, its result announced.
    pub async fn board_proofs(&self, id: &BoxId, reader: Reader) -> Result<String> {
        let mut view = self.store().read().await?;
        let (appraisal, row) = board_of(&mut view, id, reader).await?;
        if row.state != "opened" || (reader == Reader::Anybody && !appraisal.state.shows_result()) {
            return Err(AppError::NotFound);
        }
        sidecar(self, &mut view, &row).await
    }
}

async fn board_of(conn: &mut Conn, id: &BoxId, reader: Reader) -> Result<(Loaded, BoxRow)> {
    let row = boxes::by_id(conn, id).await?.ok_or(AppError::NotFound)?;
    let appraisal = Loaded::read(conn, &appraisal_of(&row)?).await?;
    let row = seen_by(conn, reader, &appraisal, row).await?;
    Ok((appraisal, row))
}

/// The sidecar from the shares that are in.
pub(crate) async fn sidecar(app: &App, conn: &mut Conn, row: &BoxRow) -> Result<String> {
    let id = id_of(row);
    let election = app.election(conn, &id).await?.ok_or(AppError::NotFound)?;
    let (tally, _) = tally_json(conn, row).await?.ok_or(AppError::NotFound)?;
    let mut sidecar = Sidecar::new(election.fingerprint(), Hash::of(tally.as_bytes()));
    for share in shares::of_box(conn, &id).await? {
        let proofs: Vec<Vec<Proof>> = serde_json::from_str(&share.strong)?;
        let owner = u32::try_from(share.owner).map_err(AppError::internal)?;
        sidecar.shares.push(StrongShare { owner, proofs });
    }
    Ok(sidecar.json())
}
