//! Drawings on the office's own map: the outline of a park, or of what lies around (contract §5).

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::geo::Shape;
use super::ids::UnitId;
use super::kind::Kind;
use super::unit::wire;

/// A drawing, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The unit it is of; none for an outline that only helps to find one's way.
    pub unit: Option<UnitId>,
    /// What it is called.
    pub name: String,
    /// What it looks like.
    pub shape: Shape,
}

/// To which unit a drawing belongs, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AreaDraft {
    /// Id of the unit, or empty.
    pub unit: String,
    /// 1 to 80 characters.
    pub name: String,
}

impl AreaDraft {
    /// Reads the form over a drawing, whose lines stay.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, before: &Area) -> Result<Area, Vec<FieldProblem>> {
        let mut check = Check::default();
        let area = Area {
            unit: check.maybe("unit", &self.unit, "unit"),
            name: check.text("name", &self.name, 1..=80),
            shape: before.shape.clone(),
        };
        check.done(Some(area))
    }
}

impl Record for Area {
    const KIND: Kind = Kind::Area;

    /// The lines themselves are too long for a history; their size says that they changed.
    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", wire(self.unit.as_ref())),
            ("name", self.name.clone()),
            ("area_m2", self.shape.square_metres().to_string()),
        ]
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn search_text(&self) -> Option<String> {
        None
    }
}
