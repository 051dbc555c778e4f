//! What all decks share: presentation, master, layouts, theme.

use super::package::{Package, Relations};
use super::shapes::{Area, INK, RED, Tree, body, emu, solid};
use super::xml::{Element, el};
use crate::error::OfficeError;

/// 13⅓ × 7½ inches, in points.
pub(super) const WIDTH: usize = 960;
pub(super) const HEIGHT: usize = 540;
/// The heading, and the room below it.
pub(super) const HEADING: Area = Area(48, 30, 864, 56);
pub(super) const ROOM: Area = Area(48, 112, 864, 372);
pub(super) const NUMBER: Area = Area(812, 498, 100, 24);

/// The layouts, in the order of their files from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Cover,
    Points,
    Title,
}

impl Layout {
    const ALL: [Self; 3] = [Self::Cover, Self::Points, Self::Title];

    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Cover => "slideLayout1.xml",
            Self::Points => "slideLayout2.xml",
            Self::Title => "slideLayout3.xml",
        }
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Cover => ("title", "封面"),
            Self::Points => ("obj", "标题和要点"),
            Self::Title => ("titleOnly", "仅标题"),
        }
    }
}

const PML: &str = "application/vnd.openxmlformats-officedocument.presentationml.";

/// An element of the main kind with the three name spaces.
pub(super) fn root(name: &'static str) -> Element {
    el(name)
        .at(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .at("xmlns:r", super::package::OFFICE.trim_end_matches('/'))
        .at(
            "xmlns:p",
            "http://schemas.openxmlformats.org/presentationml/2006/main",
        )
}

/// A placeholder of master or layout: where it stands, how its text looks.
fn place(
    id: usize,
    kind: &str,
    index: Option<usize>,
    Area(left, top, width, height): Area,
    look: Option<Element>,
) -> Element {
    let mut placeholder = el("p:ph").at("type", kind);
    if let Some(index) = index {
        placeholder = placeholder.at("idx", index);
    }
    let anchor = match kind {
        "title" | "sldNum" => "ctr",
        "ctrTitle" => "b",
        _ => "t",
    };
    let text = match kind {
        "sldNum" => number_field(),
        _ => el("a:p").with(
            el("a:r")
                .with(el("a:rPr").at("lang", "zh-CN"))
                .with(el("a:t").text("文本")),
        ),
    };
    let styles = look.map_or_else(|| el("a:lstStyle"), |look| el("a:lstStyle").with(look));
    el("p:sp")
        .with(
            el("p:nvSpPr")
                .with(el("p:cNvPr").at("id", id).at("name", kind))
                .with(el("p:cNvSpPr").with(el("a:spLocks").at("noGrp", 1)))
                .with(el("p:nvPr").with(placeholder)),
        )
        .with(
            el("p:spPr")
                .with(
                    el("a:xfrm")
                        .with(el("a:off").at("x", emu(left)).at("y", emu(top)))
                        .with(el("a:ext").at("cx", emu(width)).at("cy", emu(height))),
                )
                .with(el("a:prstGeom").at("prst", "rect").with(el("a:avLst"))),
        )
        .with(
            el("p:txBody")
                .with(
                    el("a:bodyPr")
                        .at("lIns", 0)
                        .at("rIns", 0)
                        .at("anchor", anchor),
                )
                .with(styles)
                .with(text),
        )
}

/// The number of the slide, which the program keeps right.
pub(super) fn number_field() -> Element {
    let look = el("a:rPr").at("lang", "zh-CN").at("sz", 1100);
    let field = el("a:fld")
        .at("id", "{6E4C0B2F-1B1C-4E62-9C39-0D2C8D7A5A11}")
        .at("type", "slidenum")
        .with(look)
        .with(el("a:t").text("‹#›"));
    el("a:p").with(el("a:pPr").at("algn", "r")).with(field)
}

fn level(size: usize, bold: bool, bullet: Vec<Element>) -> Element {
    let mut paragraph = el("a:lvl1pPr");
    if bullet.len() > 1 {
        paragraph = paragraph
            .at("marL", emu(28))
            .at("indent", format!("-{}", emu(28)));
    }
    paragraph
        .with(el("a:spcBef").with(el("a:spcPts").at("val", 1000)))
        .with_all(bullet)
        .with(
            el("a:defRPr")
                .at("sz", size * 100)
                .at("b", u8::from(bold))
                .with(solid(INK))
                .with(el("a:latin").at("typeface", "+mn-lt"))
                .with(el("a:ea").at("typeface", "+mn-ea")),
        )
}

/// A square in vermilion before each point.
fn bullet() -> Vec<Element> {
    vec![
        el("a:buClr").with(el("a:srgbClr").at("val", RED)),
        el("a:buFont").at("typeface", "Arial"),
        el("a:buChar").at("char", "■"),
    ]
}

fn no_bullet() -> Vec<Element> {
    vec![el("a:buNone")]
}

fn tree(shapes: Vec<Element>) -> Element {
    Tree::new().element().with_all(shapes)
}

fn master() -> Element {
    let shapes = vec![
        place(2, "title", None, HEADING, None),
        place(3, "body", Some(1), ROOM, None),
        place(4, "sldNum", Some(12), NUMBER, None),
    ];
    let background = el("p:bg").with(
        el("p:bgRef")
            .at("idx", 1001)
            .with(el("a:schemeClr").at("val", "bg1")),
    );
    let map = [
        ("bg1", "lt1"),
        ("tx1", "dk1"),
        ("bg2", "lt2"),
        ("tx2", "dk2"),
        ("accent1", "accent1"),
        ("accent2", "accent2"),
        ("accent3", "accent3"),
        ("accent4", "accent4"),
        ("accent5", "accent5"),
        ("accent6", "accent6"),
        ("hlink", "hlink"),
        ("folHlink", "folHlink"),
    ];
    let map = map
        .into_iter()
        .fold(el("p:clrMap"), |element, (name, value)| {
            element.at(name, value)
        });
    let layouts = (0..Layout::ALL.len()).map(|at| {
        el("p:sldLayoutId")
            .at("id", 2_147_483_649 + at)
            .at("r:id", format!("rId{}", at + 1))
    });
    root("p:sldMaster")
        .with(el("p:cSld").with(background).with(tree(shapes)))
        .with(map)
        .with(el("p:sldLayoutIdLst").with_all(layouts))
        .with(
            el("p:txStyles")
                .with(el("p:titleStyle").with(level(30, true, no_bullet())))
                .with(el("p:bodyStyle").with(level(24, false, bullet())))
                .with(el("p:otherStyle").with(level(14, false, no_bullet()))),
        )
}

fn layout(layout: Layout) -> Element {
    let number = place(4, "sldNum", Some(12), NUMBER, None);
    let shapes = match layout {
        Layout::Cover => vec![
            place(
                2,
                "ctrTitle",
                None,
                Area(96, 150, 768, 140),
                Some(level(46, true, no_bullet())),
            ),
            place(
                3,
                "subTitle",
                Some(1),
                Area(96, 316, 768, 110),
                Some(level(24, false, no_bullet())),
            ),
        ],
        Layout::Points => vec![
            place(2, "title", None, HEADING, None),
            place(3, "body", Some(1), ROOM, None),
            number,
        ],
        Layout::Title => vec![place(2, "title", None, HEADING, None), number],
    };
    let (kind, name) = layout.names();
    root("p:sldLayout")
        .at("type", kind)
        .at("preserve", 1)
        .with(el("p:cSld").at("name", name).with(tree(shapes)))
        .with(el("p:clrMapOvr").with(el("a:masterClrMapping")))
}

fn theme() -> Element {
    let colour = |name: &'static str, value: &str| el(name).with(el("a:srgbClr").at("val", value));
    let colours = [
        ("a:dk1", INK),
        ("a:lt1", "FFFFFF"),
        ("a:dk2", "3A3A3A"),
        ("a:lt2", "F4F2EF"),
        ("a:accent1", RED),
        ("a:accent2", "3F7FBF"),
        ("a:accent3", "C98A00"),
        ("a:accent4", "1B7F4B"),
        ("a:accent5", "8A8F98"),
        ("a:accent6", "5B4B8A"),
        ("a:hlink", "3F7FBF"),
        ("a:folHlink", "5B4B8A"),
    ];
    let fonts = |name: &'static str| {
        el(name)
            .with(el("a:latin").at("typeface", "Arial"))
            .with(el("a:ea").at("typeface", "微软雅黑"))
            .with(el("a:cs").at("typeface", ""))
    };
    let fill = || el("a:solidFill").with(el("a:schemeClr").at("val", "phClr"));
    let stroke = || el("a:ln").at("w", 9525).with(fill());
    let effect = || el("a:effectStyle").with(el("a:effectLst"));
    let three =
        |name: &'static str, one: &dyn Fn() -> Element| el(name).with_all((0..3).map(|_| one()));
    el("a:theme")
        .at(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .at("name", "Pingyi")
        .with(
            el("a:themeElements")
                .with(
                    el("a:clrScheme")
                        .at("name", "Pingyi")
                        .with_all(colours.map(|(name, value)| colour(name, value))),
                )
                .with(
                    el("a:fontScheme")
                        .at("name", "Pingyi")
                        .with(fonts("a:majorFont"))
                        .with(fonts("a:minorFont")),
                )
                .with(
                    el("a:fmtScheme")
                        .at("name", "Pingyi")
                        .with(three("a:fillStyleLst", &fill))
                        .with(three("a:lnStyleLst", &stroke))
                        .with(three("a:effectStyleLst", &effect))
                        .with(three("a:bgFillStyleLst", &fill)),
                ),
        )
}

/// Writes everything but the slides, their charts and pictures.
pub(super) fn write(package: &mut Package, slides: usize) -> Result<(), OfficeError> {
    let mut top = Relations::default();
    top.add("officeDocument", "ppt/presentation.xml");
    package.relations("", &top)?;
    let mut relations = Relations::default();
    let master_id = relations.add("slideMaster", "slideMasters/slideMaster1.xml");
    relations.add("theme", "theme/theme1.xml");
    let list = (1..=slides).map(|number| {
        let id = relations.add("slide", format!("slides/slide{number}.xml"));
        el("p:sldId").at("id", 255 + number).at("r:id", id)
    });
    let list = el("p:sldIdLst").with_all(list.collect::<Vec<_>>());
    let presentation = root("p:presentation")
        .with(
            el("p:sldMasterIdLst").with(
                el("p:sldMasterId")
                    .at("id", 2_147_483_648_u32)
                    .at("r:id", master_id),
            ),
        )
        .with(list)
        .with(el("p:sldSz").at("cx", emu(WIDTH)).at("cy", emu(HEIGHT)))
        .with(el("p:notesSz").at("cx", emu(HEIGHT)).at("cy", emu(WIDTH)));
    package.xml(
        "ppt/presentation.xml",
        concat_type("presentation.main"),
        &presentation,
    )?;
    package.relations("ppt/presentation.xml", &relations)?;
    let mut of_master = Relations::default();
    for one in Layout::ALL {
        of_master.add("slideLayout", format!("../slideLayouts/{}", one.file()));
        let path = format!("ppt/slideLayouts/{}", one.file());
        package.xml(&path, concat_type("slideLayout"), &layout(one))?;
        let mut of_layout = Relations::default();
        of_layout.add("slideMaster", "../slideMasters/slideMaster1.xml");
        package.relations(&path, &of_layout)?;
    }
    of_master.add("theme", "../theme/theme1.xml");
    let path = "ppt/slideMasters/slideMaster1.xml";
    package.xml(path, concat_type("slideMaster"), &master())?;
    package.relations(path, &of_master)?;
    package.xml(
        "ppt/theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
        &theme(),
    )
}

/// The content type of a part of a presentation.
pub(super) fn concat_type(part: &str) -> String {
    format!("{PML}{part}+xml")
}

/// Paragraphs of a placeholder, one for each text.
pub(super) fn paragraphs<'a>(texts: impl Iterator<Item = &'a str>, size: usize) -> Vec<Element> {
    let paragraph = |text: &str| {
        let look = el("a:rPr").at("lang", "zh-CN").at("sz", size * 100);
        el("a:p").with(el("a:r").with(look).with(el("a:t").text(text)))
    };
    texts.map(paragraph).collect()
}

/// The body of a cell.
pub(super) fn cell_body(paragraph: Element) -> Element {
    body("a:txBody", el("a:bodyPr"), vec![paragraph])
}
