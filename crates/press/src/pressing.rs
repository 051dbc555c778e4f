//! From a paper to its PDF.

use pingyi_domain::Digest;
use pingyi_papers::Paper;
use serde::Serialize;
use typst::WorldExt;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::error::PressError;
use crate::fonts::{Fonts, Substitution};
use crate::glyphs::missing;
use crate::world::PaperWorld;

/// Makes papers with the fonts it was given.
pub struct Press {
    fonts: Fonts,
}

/// A finished paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pressed {
    /// The PDF.
    #[serde(skip)]
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: usize,
    /// The hash of its data, as printed at the foot.
    pub data: Digest,
    /// The hash of the PDF.
    pub hash: Digest,
    /// The fonts that stand in for others.
    pub substitutions: Vec<Substitution>,
}

impl Press {
    /// A press with these fonts.
    #[must_use]
    pub const fn new(fonts: Fonts) -> Self {
        Self { fonts }
    }

    /// The PDF of a paper: PDF/A-2a and PDF/UA-1, the same bytes for the same paper and fonts.
    ///
    /// # Errors
    /// [`PressError`]; there is no half of a paper.
    pub fn press(&self, paper: &Paper) -> Result<Pressed, PressError> {
        let document = self.lay_out(paper)?;
        let data = paper.hash();
        let failed = |messages| PressError::Template {
            template: paper.kind().name(),
            messages,
        };
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| failed(vec![error.message().to_string()]))?;
        let options = PdfOptions {
            ident: Smart::Custom(data.to_string()),
            creator: Smart::Custom(Some("Pingyi".to_owned())),
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options)
            .map_err(|errors| failed(errors.iter().map(message).collect()))?;
        Ok(Pressed {
            pages: document.pages().len(),
            hash: Digest::of(&pdf),
            pdf,
            data,
            substitutions: self.fonts.substitutions().to_vec(),
        })
    }

    /// The pages, all of whose characters have a glyph. Also what tests make pictures of.
    ///
    /// # Errors
    /// [`PressError`].
    pub fn lay_out(&self, paper: &Paper) -> Result<PagedDocument, PressError> {
        let kind = paper.kind();
        let data = paper.printed();
        let failed = |messages| PressError::Template {
            template: kind.name(),
            messages,
        };
        let world = PaperWorld::new(paper, &data, &self.fonts)
            .ok_or_else(|| failed(vec!["the names of the files".to_owned()]))?;
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
        let say = |one: &SourceDiagnostic| placed(&world, one);
        if let Some((path, kind)) = self.fonts.unread() {
            let (path, kind) = (path.clone(), *kind);
            return Err(PressError::FontUnread { path, kind });
        }
        let document = output.map_err(|errors| failed(errors.iter().map(say).collect()))?;
        // A template of ours compiles without a word; a warning is a fault that must not reach a paper.
        if !warnings.is_empty() {
            return Err(failed(warnings.iter().map(say).collect()));
        }
        let glyphs = missing(&document, &data);
        if !glyphs.is_empty() {
            return Err(PressError::MissingGlyphs(glyphs));
        }
        Ok(document)
    }
}

fn message(one: &SourceDiagnostic) -> String {
    let hints = one.hints.iter().map(|hint| format!(" ({})", hint.v));
    std::iter::once(one.message.to_string())
        .chain(hints)
        .collect()
}

/// The compiler's words with the line they are about.
fn placed(world: &PaperWorld<'_>, one: &SourceDiagnostic) -> String {
    let line = one.span.id().and_then(|id| {
        let source = [world.template(), world.layout()]
            .into_iter()
            .find(|source| source.id() == id)?;
        let start = world.range(one.span)?.start;
        let line = source.lines().byte_to_line(start)? + 1;
        Some(format!("{}:{line}: ", id.get().vpath().get_without_slash()))
    });
    format!("{}{}", line.unwrap_or_default(), message(one))
}
