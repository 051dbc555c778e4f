//! A change asked for after assignment: asked by the unit, decided by somebody else of the office.

use thiserror::Error;

use super::super::change::FieldChange;
use super::{Matter, MatterDraft};
use crate::record::Record;

/// Why what was asked for cannot be granted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditError {
    /// The field is no longer what it was when the change was asked for.
    #[error("{field} was changed since")]
    Stale {
        /// The field.
        field: String,
    },
    /// There is no such field.
    #[error("no field {field}")]
    Unknown {
        /// The field.
        field: String,
    },
}

/// The matter's form with the changes made to it. Fields that already are what was asked for stay.
///
/// # Errors
/// [`EditError`].
pub fn apply(matter: &Matter, changes: &[FieldChange]) -> Result<MatterDraft, EditError> {
    let mut draft = MatterDraft::from(matter);
    let stored = matter.fields();
    for change in changes {
        let unknown = || EditError::Unknown {
            field: change.field.clone(),
        };
        let (_, now) = stored
            .iter()
            .find(|(name, _)| *name == change.field)
            .ok_or_else(unknown)?;
        if *now != change.from && *now != change.to {
            return Err(EditError::Stale {
                field: change.field.clone(),
            });
        }
        let field = field_of(&mut draft, &change.field).ok_or_else(unknown)?;
        field.clone_from(&change.to);
    }
    Ok(draft)
}

fn field_of<'a>(draft: &'a mut MatterDraft, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "list" => &mut draft.list,
        "title" => &mut draft.title,
        "origin" => &mut draft.origin,
        "entry" => &mut draft.entry,
        "firm" => &mut draft.firm,
        "unit" => &mut draft.unit,
        "responsible" => &mut draft.responsible,
        "measures" => &mut draft.measures,
        "raised_on" => &mut draft.raised_on,
        "due_on" => &mut draft.due_on,
        "quantity" => &mut draft.quantity,
        "measure" => &mut draft.measure,
        _ => return None,
    })
}
