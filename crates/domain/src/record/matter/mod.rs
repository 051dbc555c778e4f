//! Matters (domain.md §6): one list for problems, key tasks and rectification.

mod edit;
mod machine;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use edit::{EditError, apply};
pub use machine::{
    MATTER_ARROWS, MatterArrow, MatterError, MatterHand, MatterMove, MatterState, MatterStateName,
};

use super::amount::Amount;
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::{EntryId, FirmId, UnitId};
use super::kind::{Kind, named};
use super::share::Share;
use super::unit::wire;

named! {
    /// The list a matter stands on.
    MatterList {
        /// 问题.
        Problem => "problem",
        /// 重点任务.
        KeyTask => "key_task",
        /// 整改.
        Rectification => "rectification",
    }
}

named! {
    /// Where a matter comes from.
    Origin {
        /// 联席会议.
        JointMeeting => "joint_meeting",
        /// 走访调研.
        Visit => "visit",
        /// A firm.
        Firm => "firm",
        /// 述职评议.
        Appraisal => "appraisal",
        /// From above.
        Superior => "superior",
    }
}

/// A matter, without id, version and state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Its list.
    pub list: MatterList,
    /// What it is about.
    pub title: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The entry it was raised in.
    pub entry: Option<EntryId>,
    /// The firm it is about.
    pub firm: Option<FirmId>,
    /// The unit that deals with it.
    pub unit: UnitId,
    /// The person or body that answers for it; empty until assigned.
    pub responsible: String,
    /// What is done about it.
    pub measures: String,
    /// The day it was raised.
    pub raised_on: Date,
    /// The day it is due; none until assigned.
    pub due_on: Option<Date>,
    /// How much is to be done; key tasks only.
    pub quantity: Option<Amount>,
    /// In which measure.
    pub measure: String,
}

/// The form of a matter, as it is sent: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MatterDraft {
    /// Name of the list on the wire.
    pub list: String,
    /// 1 to 120 characters.
    pub title: String,
    /// Name of the origin on the wire.
    pub origin: String,
    /// Id of the entry, or empty.
    pub entry: String,
    /// Id of the firm, or empty.
    pub firm: String,
    /// Id of the unit.
    pub unit: String,
    /// Up to 80 characters.
    pub responsible: String,
    /// Up to 4,000 characters.
    pub measures: String,
    /// Day; today where empty.
    pub raised_on: String,
    /// Day, or empty; may lie ahead.
    pub due_on: String,
    /// Amount, or empty; key tasks only.
    pub quantity: String,
    /// Up to 20 characters; needed with a quantity.
    pub measure: String,
}

impl MatterDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, today: Date) -> Result<Matter, Vec<FieldProblem>> {
        let mut check = Check::default();
        let list: Option<MatterList> = check.needed("list", &self.list, "matter_list");
        let title = check.text("title", &self.title, 1..=120);
        let origin: Option<Origin> = check.needed("origin", &self.origin, "matter_origin");
        let entry = check.maybe("entry", &self.entry, "entry");
        let firm = check.maybe("firm", &self.firm, "no_firm");
        let unit = check.needed("unit", &self.unit, "unit");
        let responsible = check.text("responsible", &self.responsible, 0..=80);
        let measures = check.lines("measures", &self.measures, 0..=4000);
        let raised_on = check
            .past_day("raised_on", &self.raised_on, today)
            .unwrap_or(today);
        let due_on = check.maybe::<Date>("due_on", &self.due_on, "date");
        check.demand(
            due_on.is_none_or(|due| due >= raised_on),
            "due_on",
            "due_before",
        );
        let quantity: Option<Amount> = check.maybe("quantity", &self.quantity, "amount");
        let is_task = list.is_none_or(|list| list == MatterList::KeyTask);
        check.demand(
            quantity.is_none() || is_task,
            "quantity",
            "quantity_key_task",
        );
        let nought = quantity.is_some_and(|quantity| quantity.thousandths() == 0);
        check.demand(!nought, "quantity", "quantity_nought");
        let measure = check.text(
            "measure",
            &self.measure,
            usize::from(quantity.is_some())..=20,
        );
        let read = list
            .zip(origin)
            .zip(unit)
            .map(|((list, origin), unit)| Matter {
                list,
                title,
                origin,
                entry,
                firm,
                unit,
                responsible,
                measures,
                raised_on,
                due_on,
                quantity,
                measure,
            });
        check.done(read)
    }
}

impl From<&Matter> for MatterDraft {
    fn from(matter: &Matter) -> Self {
        Self {
            list: matter.list.to_string(),
            title: matter.title.clone(),
            origin: matter.origin.to_string(),
            entry: wire(matter.entry.as_ref()),
            firm: wire(matter.firm.as_ref()),
            unit: matter.unit.to_string(),
            responsible: matter.responsible.clone(),
            measures: matter.measures.clone(),
            raised_on: matter.raised_on.to_string(),
            due_on: wire(matter.due_on.as_ref()),
            quantity: wire(matter.quantity.as_ref()),
            measure: matter.measure.clone(),
        }
    }
}

impl Record for Matter {
    const KIND: Kind = Kind::Matter;

    fn fields(&self) -> Vec<(&'static str, String)> {
        let draft = MatterDraft::from(self);
        vec![
            ("list", draft.list),
            ("title", draft.title),
            ("origin", draft.origin),
            ("entry", draft.entry),
            ("firm", draft.firm),
            ("unit", draft.unit),
            ("responsible", draft.responsible),
            ("measures", draft.measures),
            ("raised_on", draft.raised_on),
            ("due_on", draft.due_on),
            ("quantity", draft.quantity),
            ("measure", draft.measure),
        ]
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(format!("{} {}", self.responsible, self.measures))
    }
}

named! {
    /// How a matter stands to its day.
    Due {
        /// Closed, or without a day.
        None => "none",
        /// More than 14 days ahead.
        Later => "later",
        /// Within 14 days.
        Soon => "soon",
        /// Past, and not closed.
        Over => "over",
    }
}

/// Days ahead that count as coming due.
pub const SOON_DAYS: i64 = 14;

impl Due {
    /// As of a day.
    #[must_use]
    pub fn of(state: MatterStateName, due_on: Option<Date>, today: Date) -> Self {
        match due_on {
            _ if state == MatterStateName::Closed => Self::None,
            None => Self::None,
            Some(due) if due < today => Self::Over,
            Some(due) if due.days() - today.days() <= SOON_DAYS => Self::Soon,
            Some(_) => Self::Later,
        }
    }
}

/// How far a key task is: what is done of what was to be done. More than all of it is possible.
#[must_use]
pub fn progress(done: Option<Amount>, quantity: Amount) -> Share {
    Share {
        part: done.unwrap_or_default().thousandths(),
        whole: quantity.thousandths(),
    }
}
