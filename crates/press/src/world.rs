//! What a template sees: the layout, itself, its data with its pictures, the fonts. Nothing else exists for it, and there is no clock.

use pingyi_papers::{LAYOUT, Paper};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

/// The world of one paper.
pub(crate) struct PaperWorld<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    template: Source,
    layout: Source,
    data: (FileId, Bytes),
    families: (FileId, Bytes),
    pictures: Vec<(FileId, Bytes)>,
}

impl<'a> PaperWorld<'a> {
    /// The template of a paper with its data; `None` where one of the fixed names is no path, which a test rules out.
    pub(crate) fn new(paper: &Paper, data: &serde_json::Value, fonts: &'a Fonts) -> Option<Self> {
        let source = |name: &str, text: &str| Some(Source::new(id(name)?, text.to_owned()));
        let file = |name: &str, value: &serde_json::Value| {
            Some((id(name)?, Bytes::from_string(value.to_string())))
        };
        let pictures = paper.pictures().into_iter();
        let picture = |(name, bytes): (String, Vec<u8>)| Some((id(&name)?, Bytes::new(bytes)));
        Some(Self {
            library: LazyHash::new(Library::default()),
            template: source("main.typ", paper.kind().template().source)?,
            layout: source("layout.typ", LAYOUT)?,
            data: file("data.json", data)?,
            families: file("fonts.json", &fonts.for_layout())?,
            pictures: pictures.map(picture).collect::<Option<_>>()?,
            fonts,
        })
    }

    pub(crate) const fn template(&self) -> &Source {
        &self.template
    }

    pub(crate) const fn layout(&self) -> &Source {
        &self.layout
    }
}

fn id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.template, &self.layout]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        [&self.data, &self.families]
            .into_iter()
            .chain(&self.pictures)
            .find(|(known, _)| *known == id)
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// No paper says what day it is: its days come in with its data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use pingyi_papers::PaperKind;
    use typst::syntax::package::PackageSpec;

    use super::*;

    #[test]
    fn a_template_sees_its_own_files_and_nothing_else() {
        let paper = Paper::sample(PaperKind::Deck).unwrap();
        let fonts = Fonts::find(None).unwrap();
        let world = PaperWorld::new(&paper, &paper.printed(), &fonts).unwrap();
        for known in [
            "data.json",
            "fonts.json",
            "picture-3-0.jpeg",
            "picture-3-1.png",
        ] {
            assert!(world.file(id(known).unwrap()).is_ok(), "{known}");
        }
        for other in [
            "etc/passwd",
            "main.json",
            "picture-3-2.png",
            "templates/layout.typ",
        ] {
            let id = id(other).unwrap();
            assert_eq!(world.file(id), Err(FileError::AccessDenied), "{other}");
            assert!(world.source(id).is_err(), "{other}");
        }
        let package: PackageSpec = "@preview/example:1.0.0".parse().unwrap();
        let path = VirtualPath::new("layout.typ").unwrap();
        let foreign = RootedPath::new(VirtualRoot::Package(package), path).intern();
        assert!(world.source(foreign).is_err());
        assert_eq!(world.today(None), None);
    }
}
