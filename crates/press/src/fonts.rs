//! The fonts: those of GB/T 9704-2012 where the office has them, Noto CJK where it has not, and any further font of the
//! office's folder for rare characters.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fontdb::{Database, FaceInfo, Source};
use serde::Serialize;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::error::PressError;

/// What a family is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 小标宋: titles.
    Title,
    /// 仿宋: the text of documents.
    Fang,
    /// 黑体: first headings.
    Hei,
    /// 楷体: second headings.
    Kai,
    /// 宋体: tables, page numbers.
    Song,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Title, Self::Fang, Self::Hei, Self::Kai, Self::Song];

    /// The families that may serve, best first; those from `stand_in` on are stand-ins.
    const fn families(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Title => (
                &[
                    "方正小标宋简体",
                    "FZXiaoBiaoSong-B05S",
                    "方正小标宋_GBK",
                    "FZXiaoBiaoSong-B05",
                ],
                SERIF,
            ),
            Self::Fang => (
                &[
                    "仿宋_GB2312",
                    "FangSong_GB2312",
                    "仿宋",
                    "FangSong",
                    "STFangsong",
                    "华文仿宋",
                ],
                SERIF,
            ),
            Self::Hei => (&["黑体", "SimHei", "STHeiti", "华文黑体"], SANS),
            Self::Kai => (
                &[
                    "楷体_GB2312",
                    "KaiTi_GB2312",
                    "楷体",
                    "KaiTi",
                    "STKaiti",
                    "华文楷体",
                ],
                SERIF,
            ),
            Self::Song => (&["宋体", "SimSun", "STSong", "华文宋体"], SERIF),
        }
    }
}

const SERIF: &[&str] = &[
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "思源宋体",
];
const SANS: &[&str] = &[
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
];
/// Families with characters outside the common planes, used where they are installed.
const RARE: &[&str] = &[
    "SimSun-ExtB",
    "SimSun-ExtG",
    "Jigmo",
    "Jigmo2",
    "Jigmo3",
    "Plangothic P1",
    "Plangothic P2",
    "BabelStone Han",
    "HanaMinA",
    "HanaMinB",
];

/// A family that stands in for one the office does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Substitution {
    /// What for.
    pub role: Role,
    /// The family that GB/T 9704-2012 or custom asks for.
    pub wanted: String,
    /// The one used.
    pub used: String,
}

/// The fonts of this machine and of the office's folder.
pub struct Fonts {
    book: LazyHash<FontBook>,
    slots: Vec<Slot>,
    families: BTreeMap<Role, Vec<String>>,
    substitutions: Vec<Substitution>,
    /// The first font that was there and could not be read, and why: its text would be left out without a word.
    unread: OnceLock<(PathBuf, std::io::ErrorKind)>,
}

struct Slot {
    path: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Looks through the system's fonts and, first, the office's own folder.
    ///
    /// # Errors
    /// [`PressError::FontFolder`], [`PressError::NoFont`].
    pub fn find(office: Option<&Path>) -> Result<Self, PressError> {
        let mut database = Database::new();
        if let Some(folder) = office {
            std::fs::read_dir(folder).map_err(|_| PressError::FontFolder {
                path: folder.to_path_buf(),
            })?;
            database.load_fonts_dir(folder);
        }
        let own: usize = database.len();
        database.load_system_fonts();
        // All of the office's folder; of the system's fonts only those with a use, for there may be hundreds.
        let mut faces: Vec<(bool, &FaceInfo)> = database
            .faces()
            .enumerate()
            .map(|(place, face)| (place < own, face))
            .filter(|(own, face)| *own || is_useful(face))
            .collect();
        // The order in which a folder is read is not the same everywhere; the order of the names is.
        faces.sort_by_key(|(own, face)| (!own, path_of(&face.source), face.index));
        let mut fonts = Self {
            book: LazyHash::new(FontBook::new()),
            slots: Vec::new(),
            families: BTreeMap::new(),
            substitutions: Vec::new(),
            unread: OnceLock::new(),
        };
        let mut book = FontBook::new();
        let mut aliases: Vec<(String, String)> = Vec::new();
        for (_, face) in faces {
            let Some(path) = path_of(&face.source) else {
                continue;
            };
            let Some(Some(info)) = database.with_face_data(face.id, FontInfo::new) else {
                continue;
            };
            let names = face.families.iter().map(|(name, _)| name.clone());
            aliases.extend(names.map(|name| (name, info.family.clone())));
            book.push(info);
            fonts.slots.push(Slot {
                path,
                index: face.index,
                font: OnceLock::new(),
            });
        }
        fonts.book = LazyHash::new(book);
        for role in Role::ALL {
            fonts.choose(role, &aliases)?;
        }
        Ok(fonts)
    }

    /// The families of a role, best first, and what stands in for what.
    fn choose(&mut self, role: Role, aliases: &[(String, String)]) -> Result<(), PressError> {
        let (wanted, stand_ins) = role.families();
        let known = |name: &&'static str| -> Option<String> {
            let found = aliases.iter().find(|(alias, _)| alias == *name)?;
            Some(found.1.clone())
        };
        let own: Vec<String> = wanted.iter().filter_map(known).collect();
        let others: Vec<String> = stand_ins.iter().filter_map(known).collect();
        if own.is_empty() {
            let used = others.first().ok_or(PressError::NoFont { role })?.clone();
            let wanted = wanted[0].to_owned();
            self.substitutions.push(Substitution { role, wanted, used });
        }
        let mut families: Vec<String> = Vec::new();
        for family in own.into_iter().take(1).chain(others) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
        self.families.insert(role, families);
        Ok(())
    }

    /// What the layout reads as `/fonts.json`.
    pub(crate) fn for_layout(&self) -> serde_json::Value {
        let stands_in = |role| self.substitutions.iter().any(|one| one.role == role);
        // A stand-in of a title is set bold, as 小标宋 and 黑体 are dark by themselves.
        let weight = |role| if stands_in(role) { "bold" } else { "regular" };
        serde_json::json!({
            "title": self.families.get(&Role::Title),
            "fang": self.families.get(&Role::Fang),
            "hei": self.families.get(&Role::Hei),
            "kai": self.families.get(&Role::Kai),
            "song": self.families.get(&Role::Song),
            "title_weight": weight(Role::Title),
            "hei_weight": weight(Role::Hei),
        })
    }

    /// What stands in for what.
    #[must_use]
    pub fn substitutions(&self) -> &[Substitution] {
        &self.substitutions
    }

    /// A font that could not be read though it was there.
    pub(crate) fn unread(&self) -> Option<&(PathBuf, std::io::ErrorKind)> {
        self.unread.get()
    }

    pub(crate) const fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        slot.font
            .get_or_init(|| {
                let read = std::fs::read(&slot.path).map_err(|error| error.kind());
                let font = read.and_then(|data| {
                    let font = Font::new(Bytes::new(data), slot.index);
                    font.ok_or(std::io::ErrorKind::InvalidData)
                });
                if let Err(kind) = font {
                    // Only the first is told.
                    let _ = self.unread.set((slot.path.clone(), kind));
                }
                font.ok()
            })
            .clone()
    }
}

fn path_of(source: &Source) -> Option<PathBuf> {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path.clone()),
        Source::Binary(_) => None,
    }
}

/// Whether one of its names is one we have a use for.
fn is_useful(face: &FaceInfo) -> bool {
    let roles = Role::ALL.into_iter().flat_map(|role| {
        let (wanted, stand_ins) = role.families();
        wanted.iter().chain(stand_ins)
    });
    let mut useful = roles.chain(RARE);
    useful.any(|name| face.families.iter().any(|(family, _)| family == name))
}
