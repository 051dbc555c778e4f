//! Drawings on the office's own map.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One drawing.
    AreaRow in "areas"
    form {
        /// Id of the unit it is of.
        unit: Option<String>,
        /// What it is called.
        name: String,
        /// `MultiPolygon` as `GeoJSON` writes it.
        geojson: String,
        /// 1 for what was made up.
        sample: i64,
    }
    once {
        /// Where a published drawing is from.
        source: String,
    }
    finds {
        ALL = "ORDER BY name, id";
    }
}

impl Row for AreaRow {}

/// All drawings by name.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<AreaRow>> {
    row::find(conn, ALL, &[]).await
}
