//! The outline of the reports: sections with what is to stand in them; a setting of the office.

use serde::{Deserialize, Serialize};

use super::text::MOST_CHARACTERS;
use crate::record::{Check, FieldProblem};

/// The code of the section that answers last year's list.
pub const LAST_YEAR: &str = "last_year";
/// Sections whose meaning is fixed; the office renames and orders them and may leave out all but [`LAST_YEAR`].
pub const FIXED_SECTIONS: [&str; 6] =
    ["duties", "work", LAST_YEAR, "problems", "next", "integrity"];
/// Most sections of an outline.
pub const MOST_SECTIONS: usize = 20;

/// A section of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Its code, which never changes.
    pub code: String,
    /// Its heading.
    pub title: String,
    /// What is to stand in it.
    pub guidance: String,
    /// Fewest characters.
    pub least: usize,
    /// Most characters.
    pub most: usize,
    /// Whether it must be written.
    pub required: bool,
}

/// The outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outline(pub Vec<SectionSpec>);

impl Default for Outline {
    /// The six sections that reports of this kind have.
    fn default() -> Self {
        let section = |code: &str, title: &str, guidance: &str, least, most| SectionSpec {
            code: code.to_owned(),
            title: title.to_owned(),
            guidance: guidance.to_owned(),
            least,
            most,
            required: true,
        };
        Self(vec![
            section(
                "duties",
                "履行职责情况",
                "第一责任人职责怎样落实：谋划部署、带头研究、靠前推动。",
                100,
                800,
            ),
            section(
                "work",
                "主要工作和成效",
                "两个覆盖、阵地、活动、服务企业和群众。数字从台账取，写明做法和效果。",
                200,
                1_500,
            ),
            section(
                LAST_YEAR,
                "上年度问题整改情况",
                "逐条回应下方的整改清单；这里写总体情况。",
                50,
                800,
            ),
            section(
                "problems",
                "存在的问题和原因",
                "坚持问题导向，查摆具体问题，多从主观上找原因。",
                100,
                800,
            ),
            section(
                "next",
                "下一步工作思路和措施",
                "对应上面的问题，写清措施、责任和时限。",
                100,
                800,
            ),
            section(
                "integrity",
                "廉洁自律情况",
                "遵守廉洁纪律和履行一岗双责的情况。",
                20,
                400,
            ),
        ])
    }
}

impl Outline {
    /// The section with this code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&SectionSpec> {
        self.0.iter().find(|section| section.code == code)
    }
}

/// A section of the form, as it is sent: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SectionDraft {
    /// Its code; empty for a new section.
    pub code: String,
    /// 1 to 40 characters.
    pub title: String,
    /// Up to 400 characters.
    pub guidance: String,
    /// 0 to 20,000; 0 where empty.
    pub least: String,
    /// 1 to 20,000.
    pub most: String,
    /// `1` when it must be written.
    pub required: String,
}

/// The form of the outline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutlineDraft {
    /// The sections in order.
    pub sections: Vec<SectionDraft>,
}

/// A code of a section the office made: `s1` and on, the first that is free.
fn free(taken: &[String]) -> String {
    (1..=taken.len() + 1)
        .map(|number| format!("s{number}"))
        .find(|code| !taken.contains(code))
        .expect("of more numbers than codes are taken one is free")
}

fn is_code(text: &str) -> bool {
    let own = |rest: &str| {
        (1..=3).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
    };
    FIXED_SECTIONS.contains(&text) || text.strip_prefix('s').is_some_and(own)
}

impl OutlineDraft {
    /// Reads the form. New sections get codes of their own.
    ///
    /// # Errors
    /// Everything wrong with it; fields are called `sections.<number from 0>.<field>`.
    pub fn read(&self) -> Result<Outline, Vec<FieldProblem>> {
        let mut check = Check::default();
        check.demand(
            self.sections.len() <= MOST_SECTIONS,
            "sections",
            "section_too_many",
        );
        let mut taken: Vec<String> = Vec::new();
        for (at, section) in self.sections.iter().enumerate() {
            let code = section.code.trim();
            let field = format!("sections.{at}.code");
            check.demand(code.is_empty() || is_code(code), &field, "section_code");
            let twice = !code.is_empty() && taken.iter().any(|other| other == code);
            check.demand(!twice, &field, "section_twice");
            taken.push(code.to_owned());
        }
        check.demand(
            taken.iter().any(|code| code == LAST_YEAR),
            "sections",
            "section_last_year",
        );
        let mut all = Vec::with_capacity(self.sections.len());
        for (at, section) in self.sections.iter().enumerate() {
            let code = if taken[at].is_empty() {
                let code = free(&taken);
                taken[at].clone_from(&code);
                code
            } else {
                taken[at].clone()
            };
            all.push(section.read(&mut check, at, code));
        }
        check.done(Some(Outline(all)))
    }
}

impl SectionDraft {
    fn read(&self, check: &mut Check, at: usize, code: String) -> SectionSpec {
        let field = |name: &str| format!("sections.{at}.{name}");
        let bound = i64::try_from(MOST_CHARACTERS).unwrap_or(i64::MAX);
        let mut number = |name: &str, text: &str, least: i64, none: i64| {
            let number = check.number(&field(name), text, least..=bound);
            usize::try_from(number.unwrap_or(none)).unwrap_or(0)
        };
        let least = number("least", &self.least, 0, 0);
        let most = number("most", &self.most, 1, bound);
        check.demand(least <= most, &field("most"), "section_limits");
        SectionSpec {
            code,
            title: check.text(&field("title"), &self.title, 1..=40),
            guidance: check.lines(&field("guidance"), &self.guidance, 0..=400),
            least,
            most,
            required: check.yes(&field("required"), &self.required),
        }
    }
}

impl From<&SectionSpec> for SectionDraft {
    fn from(section: &SectionSpec) -> Self {
        Self {
            code: section.code.clone(),
            title: section.title.clone(),
            guidance: section.guidance.clone(),
            least: section.least.to_string(),
            most: section.most.to_string(),
            required: i64::from(section.required).to_string(),
        }
    }
}
