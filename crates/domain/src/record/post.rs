//! Posts with terms: who held what, when (domain.md §3). Names of people stand here and nowhere else in the record.

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::ids::UnitId;
use super::kind::{Kind, named};
use super::period::Spell;
use super::unit::wire;

named! {
    /// The posts of a committee or branch.
    PostKind {
        /// 第一书记, sent by the subdistrict.
        FirstSecretary => "first_secretary",
        /// 书记.
        Secretary => "secretary",
        /// 副书记.
        Deputy => "deputy",
        /// 委员.
        Member => "member",
        /// 兼职委员, from resident departments and firms.
        PartTime => "part_time",
        /// 党建指导员.
        Instructor => "instructor",
    }
}

impl PostKind {
    /// Whether a unit has one such post only, so that terms may not overlap.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::FirstSecretary | Self::Secretary)
    }
}

/// A term in a post, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The unit.
    pub unit: UnitId,
    /// The post.
    pub kind: PostKind,
    /// Who: a name, or a title.
    pub holder: String,
    /// By which body they were sent; may be empty.
    pub sent_by: String,
    /// The term.
    pub term: Spell,
    /// Calls to each firm a month; instructors only.
    pub calls: i64,
    /// Visits to each firm a month; instructors only.
    pub visits: i64,
    /// Note.
    pub note: String,
}

/// The form of a term, as it is sent: texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostDraft {
    /// Id of the unit.
    pub unit: String,
    /// Name of the post on the wire.
    pub kind: String,
    /// 1 to 80 characters.
    pub holder: String,
    /// Up to 80 characters.
    pub sent_by: String,
    /// First day.
    pub from_on: String,
    /// The day the term had ended, or empty; may lie ahead.
    pub until_on: String,
    /// 0 to 31; for an instructor 4 where empty.
    pub calls: String,
    /// 0 to 31; for an instructor 1 where empty.
    pub visits: String,
    /// Up to 400 characters.
    pub note: String,
}

impl PostDraft {
    /// Reads the form. "Weekly call, monthly visit" is an instructor's rhythm unless the form says otherwise.
    ///
    /// # Errors
    /// Everything wrong with it. Overlapping terms are for the use case, which knows the others.
    pub fn read(&self) -> Result<Post, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit = check.needed("unit", &self.unit, "unit");
        let kind: Option<PostKind> = check.needed("kind", &self.kind, "post_kind");
        let holder = check.text("holder", &self.holder, 1..=80);
        let sent_by = check.text("sent_by", &self.sent_by, 0..=80);
        let term = check.spell(&self.from_on, &self.until_on);
        let instructs = kind == Some(PostKind::Instructor);
        let mut rhythm = |field, text: &str, usual| {
            let number = check.number(field, text, 0..=31);
            check.demand(
                instructs || number.is_none_or(|n| n == 0),
                field,
                "rhythm_instructor",
            );
            number.unwrap_or(if instructs { usual } else { 0 })
        };
        let (calls, visits) = (
            rhythm("calls", &self.calls, 4),
            rhythm("visits", &self.visits, 1),
        );
        let note = check.lines("note", &self.note, 0..=400);
        let read = unit.zip(kind).zip(term).map(|((unit, kind), term)| Post {
            unit,
            kind,
            holder,
            sent_by,
            term,
            calls,
            visits,
            note,
        });
        check.done(read)
    }
}

impl Record for Post {
    const KIND: Kind = Kind::Post;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", self.unit.to_string()),
            ("kind", self.kind.to_string()),
            ("holder", self.holder.clone()),
            ("sent_by", self.sent_by.clone()),
            ("from_on", self.term.from_on.to_string()),
            ("until_on", wire(self.term.until_on.as_ref())),
            ("calls", self.calls.to_string()),
            ("visits", self.visits.to_string()),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.holder.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(format!("{} {}", self.sent_by, self.note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(kind: &str) -> PostDraft {
        PostDraft {
            unit: "a".repeat(16),
            kind: kind.into(),
            holder: "第一书记".into(),
            from_on: "2017-01-01".into(),
            ..PostDraft::default()
        }
    }

    #[test]
    fn an_instructor_calls_weekly_and_visits_monthly() {
        let post = draft("instructor").read().unwrap();
        assert_eq!((post.calls, post.visits), (4, 1));
        let post = draft("secretary").read().unwrap();
        assert_eq!((post.calls, post.visits), (0, 0));
        let own = PostDraft {
            visits: "2".into(),
            calls: "0".into(),
            ..draft("instructor")
        };
        assert_eq!(own.read().map(|p| (p.calls, p.visits)), Ok((0, 2)));
    }

    #[test]
    fn the_form_says_all_that_is_wrong() {
        let bad = PostDraft {
            holder: String::new(),
            from_on: "2017-02-30".into(),
            visits: "1".into(),
            ..draft("member")
        };
        let rules: Vec<String> = bad
            .read()
            .unwrap_err()
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect();
        assert_eq!(
            rules,
            ["holder missing", "from_on date", "visits rhythm_instructor"]
        );
    }
}
