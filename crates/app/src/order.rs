//! The order of the reports: as entered, by strokes, or by lot; the rules are `pingyi_domain::order`'s.

use pingyi_domain::PresenterCode;
use pingyi_domain::config::{AppraisalConfig, OrderRule};
use pingyi_domain::order::BoardHead;
use pingyi_store::Conn;
use pingyi_store::repo::board;
use pingyi_store::repo::boxes::BoxRow;

use crate::loaded::{category_of, id_of};
use crate::{AppError, Result};

/// Place of the Setup event among a board's records, after the four texts it fixes.
const SETUP_SEQ: i64 = 4;

/// The order where no lots have been drawn.
pub(crate) fn without_lot(config: &AppraisalConfig) -> Vec<PresenterCode> {
    match config.order {
        OrderRule::Strokes => config.order_by_strokes().order,
        OrderRule::Fixed | OrderRule::Lot => config.order_as_entered(),
    }
}

/// The head that sealing gave each board. Later heads would let whoever draws choose the moment.
pub(crate) async fn sealed_heads(conn: &mut Conn, rows: &[BoxRow]) -> Result<Vec<BoardHead>> {
    let mut heads = Vec::with_capacity(rows.len());
    for row in rows {
        let found = board::page(conn, &id_of(row), SETUP_SEQ, SETUP_SEQ + 1)
            .await?
            .pop();
        let hash =
            found.and_then(|record| record.name.strip_suffix(".event.json").map(str::to_owned));
        let hash = hash.ok_or_else(|| AppError::internal("a sealed board without Setup event"))?;
        heads.push(BoardHead {
            category: category_of(row)?,
            height: 0,
            hash: hash.parse().map_err(AppError::internal)?,
        });
    }
    Ok(heads)
}
