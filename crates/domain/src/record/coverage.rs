//! The two coverages (两个覆盖, domain.md §4): what covers a firm, when it is struck out, and the rates that follow.

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::firm::code;
use super::ids::{FirmId, PostId, UnitId};
use super::kind::{Kind, named};
use super::period::Spell;
use super::share::Share;
use super::unit::wire;

named! {
    /// What covers a firm.
    CoverKind {
        /// 单独组建: its own organisation.
        Own => "own",
        /// 联合组建: a joint one.
        Joint => "joint",
        /// 党建指导员.
        Instructor => "instructor",
        /// 联络员.
        Liaison => "liaison",
        /// 工会.
        Union => "union",
        /// 共青团.
        Youth => "youth",
    }
}

impl CoverKind {
    /// Whether it is an organisation (组织覆盖); the others are work (工作覆盖) only.
    #[must_use]
    pub const fn is_organisation(self) -> bool {
        matches!(self, Self::Own | Self::Joint)
    }
}

/// A time in which a firm is struck out of every rate, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// The firm.
    pub firm: FirmId,
    /// Code of the vocabulary list `strike_reason`.
    pub reason: String,
    /// When.
    pub spell: Spell,
    /// Note.
    pub note: String,
}

/// A time in which something covers a firm, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The firm.
    pub firm: FirmId,
    /// What.
    pub kind: CoverKind,
    /// The organisation; own and joint only.
    pub unit: Option<UnitId>,
    /// The instructor's term; instructors only.
    pub post: Option<PostId>,
    /// When.
    pub spell: Spell,
    /// Note.
    pub note: String,
}

impl Coverage {
    /// Whether it is the same cover twice: same kind, same organisation or post, a day in common.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.unit == other.unit
            && self.post == other.post
            && self.spell.overlaps(other.spell)
    }
}

/// The form of a strike, as it is sent: texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StrikeDraft {
    /// Id of the firm.
    pub firm: String,
    /// Code.
    pub reason: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended, or empty.
    pub until_on: String,
    /// Up to 400 characters.
    pub note: String,
}

/// The form of a cover, as it is sent: texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CoverageDraft {
    /// Id of the firm.
    pub firm: String,
    /// Kind on the wire.
    pub kind: String,
    /// Id of the organisation, or empty.
    pub unit: String,
    /// Id of the instructor's term, or empty.
    pub post: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended, or empty.
    pub until_on: String,
    /// Up to 400 characters.
    pub note: String,
}

/// A spell of facts: neither end lies after today, so that a spell without end is what holds today.
fn past_spell(check: &mut Check, from_on: &str, until_on: &str, today: Date) -> Option<Spell> {
    let spell = check.spell(from_on, until_on)?;
    check.demand(spell.from_on <= today, "from_on", "date_future");
    let ended = spell.until_on.is_none_or(|until| until <= today);
    check.demand(ended, "until_on", "date_future");
    Some(spell)
}

impl StrikeDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, today: Date) -> Result<Strike, Vec<FieldProblem>> {
        let mut check = Check::default();
        let firm = check.needed("firm", &self.firm, "firm");
        check.demand(!self.reason.trim().is_empty(), "reason", "missing");
        let reason = code(&mut check, "reason", &self.reason);
        let spell = past_spell(&mut check, &self.from_on, &self.until_on, today);
        let note = check.lines("note", &self.note, 0..=400);
        check.done(firm.zip(spell).map(|(firm, spell)| Strike {
            firm,
            reason,
            spell,
            note,
        }))
    }
}

impl CoverageDraft {
    /// Reads the form: own and joint name an organisation, an instructor names the term.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, today: Date) -> Result<Coverage, Vec<FieldProblem>> {
        let mut check = Check::default();
        let firm = check.needed("firm", &self.firm, "firm");
        let kind: Option<CoverKind> = check.needed("kind", &self.kind, "cover_kind");
        let unit: Option<UnitId> = check.maybe("unit", &self.unit, "unit");
        let post: Option<PostId> = check.maybe("post", &self.post, "post");
        if let Some(kind) = kind {
            let organised = kind.is_organisation();
            check.demand(
                !organised || !self.unit.trim().is_empty(),
                "unit",
                "missing",
            );
            check.demand(organised || unit.is_none(), "unit", "cover_unit");
            let instructs = kind == CoverKind::Instructor;
            check.demand(
                !instructs || !self.post.trim().is_empty(),
                "post",
                "missing",
            );
            check.demand(instructs || post.is_none(), "post", "cover_post");
        }
        let spell = past_spell(&mut check, &self.from_on, &self.until_on, today);
        let note = check.lines("note", &self.note, 0..=400);
        let read = firm.zip(kind).zip(spell);
        check.done(read.map(|((firm, kind), spell)| Coverage {
            firm,
            kind,
            unit,
            post,
            spell,
            note,
        }))
    }
}

/// What a firm is on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts, as domain.md §4 has them"
)]
pub struct Standing {
    /// In the park on that day.
    pub opened: bool,
    /// Struck out.
    pub struck: bool,
    /// Has its own organisation.
    pub own: bool,
    /// Is in a joint one.
    pub joint: bool,
    /// Has an instructor, a liaison, a union or a youth league.
    pub work: bool,
}

impl Standing {
    /// What a firm is on the day, from its spells.
    #[must_use]
    pub fn on<'a>(
        day: Date,
        opened_on: Date,
        strikes: impl IntoIterator<Item = Spell>,
        covers: impl IntoIterator<Item = &'a (CoverKind, Spell)>,
    ) -> Self {
        let mut standing = Self {
            opened: opened_on <= day,
            struck: strikes.into_iter().any(|spell| spell.holds(day)),
            ..Self::default()
        };
        for (kind, spell) in covers {
            if spell.holds(day) {
                match kind {
                    CoverKind::Own => standing.own = true,
                    CoverKind::Joint => standing.joint = true,
                    _ => standing.work = true,
                }
            }
        }
        standing
    }

    /// In the denominator: open and not struck out.
    #[must_use]
    pub const fn operating(self) -> bool {
        self.opened && !self.struck
    }
}

/// The firms of a unit, a sector or everywhere on a day, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Operating firms: the denominator.
    pub operating: i64,
    /// Struck-out firms, in neither.
    pub struck: i64,
    /// Operating with their own organisation (O).
    pub own: i64,
    /// Operating with their own or a joint one, each once (O ∪ J).
    pub organised: i64,
    /// Operating with anything at all (O ∪ J ∪ W).
    pub worked: i64,
}

impl Cover {
    /// Counts so many firms of one standing. Firms that had not opened count nowhere.
    pub fn count(&mut self, standing: Standing, firms: i64) {
        if !standing.opened {
            return;
        }
        if standing.struck {
            self.struck += firms;
            return;
        }
        self.operating += firms;
        let organised = standing.own || standing.joint;
        self.own += if standing.own { firms } else { 0 };
        self.organised += if organised { firms } else { 0 };
        self.worked += if organised || standing.work { firms } else { 0 };
    }

    /// Adds the firms of another part.
    pub fn add(&mut self, other: Self) {
        self.operating += other.operating;
        self.struck += other.struck;
        self.own += other.own;
        self.organised += other.organised;
        self.worked += other.worked;
    }

    /// 组织覆盖率.
    #[must_use]
    pub const fn organisation_rate(self) -> Share {
        Share {
            part: self.organised,
            whole: self.operating,
        }
    }

    /// 单独组建率.
    #[must_use]
    pub const fn own_rate(self) -> Share {
        Share {
            part: self.own,
            whole: self.operating,
        }
    }

    /// 工作覆盖率.
    #[must_use]
    pub const fn work_rate(self) -> Share {
        Share {
            part: self.worked,
            whole: self.operating,
        }
    }
}

impl Record for Strike {
    const KIND: Kind = Kind::Strike;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("firm", self.firm.to_string()),
            ("reason", self.reason.clone()),
            ("from_on", self.spell.from_on.to_string()),
            ("until_on", wire(self.spell.until_on.as_ref())),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.reason.clone()
    }

    fn search_text(&self) -> Option<String> {
        None
    }
}

impl Record for Coverage {
    const KIND: Kind = Kind::Coverage;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("firm", self.firm.to_string()),
            ("kind", self.kind.to_string()),
            ("unit", wire(self.unit.as_ref())),
            ("post", wire(self.post.as_ref())),
            ("from_on", self.spell.from_on.to_string()),
            ("until_on", wire(self.spell.until_on.as_ref())),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.kind.to_string()
    }

    fn search_text(&self) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests;
