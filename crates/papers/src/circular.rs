//! The circular (通报), an official document after GB/T 9704-2012.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input};

/// A circular.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circular {
    /// What every paper carries; the office is the one that signs (发文机关署名).
    pub head: Head,
    /// The red line above (发文机关标志); blank where the paper goes on the office's printed sheets.
    #[serde(default)]
    pub letterhead: String,
    /// The document's number (发文字号): `平街工委〔2019〕3号`.
    #[serde(default)]
    pub number: String,
    /// The title.
    pub title: String,
    /// To whom (主送机关), without the colon.
    pub to: String,
    /// What comes before the first heading, paragraph by paragraph.
    pub opening: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// What comes last, paragraph by paragraph.
    #[serde(default)]
    pub closing: Vec<String>,
    /// What is attached, by name.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// The day of the document (成文日期).
    pub dated: Date,
    /// Who else gets it (抄送).
    #[serde(default)]
    pub copies: String,
    /// Who prints and sends it (印发机关); blank for none.
    #[serde(default)]
    pub issued_by: String,
    /// When it is sent (印发日期).
    #[serde(default)]
    pub issued_on: Option<Date>,
}

/// A section under its heading; the numbers 一、 （一） are set by the template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading, without its number.
    pub heading: String,
    /// Its text, paragraph by paragraph.
    #[serde(default)]
    pub paragraphs: Vec<String>,
    /// Points below it, each with a heading that runs on into its text.
    #[serde(default)]
    pub points: Vec<Section>,
}

impl Input for Circular {
    fn check(&self, found: &mut Found) {
        found.text("title", &self.title);
        found.text("to", &self.to);
        found.text("head.office", &self.head.office);
        for (index, section) in self.sections.iter().enumerate() {
            found.text(format!("sections[{index}].heading"), &section.heading);
        }
        if self.opening.is_empty() {
            found.some("sections", &self.sections);
        }
    }
}
