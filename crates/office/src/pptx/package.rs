//! The package around the parts: content types, relationships, the zip, the same bytes every time.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{Element, el};
use crate::error::OfficeError;

/// What a part is of another: the last words of the relationship's address.
pub(super) const OFFICE: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";

/// A package that grows part by part.
pub(super) struct Package {
    files: Vec<(String, Vec<u8>)>,
    types: Vec<(String, String)>,
}

/// The parts another part refers to; the first is `rId1`.
#[derive(Default)]
pub(super) struct Relations(Vec<(&'static str, String)>);

impl Relations {
    /// Adds one and gives its id.
    pub(super) fn add(&mut self, kind: &'static str, target: impl Into<String>) -> String {
        self.0.push((kind, target.into()));
        format!("rId{}", self.0.len())
    }

    fn element(&self) -> Element {
        let one = |(at, (kind, target)): (usize, &(&'static str, String))| {
            let address = if kind.starts_with("http") {
                (*kind).to_owned()
            } else {
                format!("{OFFICE}{kind}")
            };
            el("Relationship")
                .at("Id", format!("rId{}", at + 1))
                .at("Type", address)
                .at("Target", target)
        };
        el("Relationships")
            .at("xmlns", format!("{PACKAGE}relationships"))
            .with_all(self.0.iter().enumerate().map(one))
    }
}

impl Package {
    pub(super) fn new() -> Self {
        Self {
            files: Vec::new(),
            types: Vec::new(),
        }
    }

    /// Adds a part of XML.
    pub(super) fn xml(
        &mut self,
        path: &str,
        content_type: impl Into<String>,
        element: &Element,
    ) -> Result<(), OfficeError> {
        self.types.push((format!("/{path}"), content_type.into()));
        self.file(path, element.part()?);
        Ok(())
    }

    /// Adds the relationships of a part.
    pub(super) fn relations(
        &mut self,
        path: &str,
        relations: &Relations,
    ) -> Result<(), OfficeError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let path = format!("{folder}{slash}_rels/{name}.rels");
        self.file(&path, relations.element().part()?);
        Ok(())
    }

    /// Adds a part as it is; its ending says what it is.
    pub(super) fn file(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.push((path.to_owned(), bytes));
    }

    /// The file; what its parts are comes first, as readers that do not look ahead want it.
    pub(super) fn finish(self) -> Result<Vec<u8>, OfficeError> {
        let by_ending = [
            ("jpeg", "image/jpeg"),
            ("png", "image/png"),
            (
                "rels",
                "application/vnd.openxmlformats-package.relationships+xml",
            ),
            (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ("xml", "application/xml"),
        ];
        let ending = |(ending, kind)| {
            el("Default")
                .at("Extension", ending)
                .at("ContentType", kind)
        };
        let part = |(path, kind): &(String, String)| {
            el("Override").at("PartName", path).at("ContentType", kind)
        };
        let types = el("Types")
            .at("xmlns", format!("{PACKAGE}content-types"))
            .with_all(by_ending.map(ending))
            .with_all(self.types.iter().map(part));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::DEFAULT);
        let first = ("[Content_Types].xml".to_owned(), types.part()?);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in std::iter::once(&first).chain(&self.files) {
            zip.start_file(path.as_str(), options)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}
