//! Shapes of a slide. Lengths come in points and are written in EMU (12,700 to a point).

use super::xml::{Element, el};

/// Dark ink, quiet ink, vermilion, hairlines (ui.md).
pub(super) const INK: &str = "1F1F1F";
pub(super) const QUIET: &str = "6B6B6B";
pub(super) const RED: &str = "B3261E";
pub(super) const HAIR: &str = "D0D0D0";

/// Where a shape lies, in points: left, top, width, height.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area(pub usize, pub usize, pub usize, pub usize);

pub(super) const fn emu(points: usize) -> usize {
    points * 12_700
}

/// A line of text with one look.
#[derive(Clone, Debug)]
pub(super) struct Line {
    runs: Vec<(String, usize, &'static str, bool)>,
    align: &'static str,
}

impl Line {
    /// Size in points, colour as six digits.
    pub(super) fn new(text: &str, size: usize, colour: &'static str) -> Self {
        Self {
            runs: vec![(text.to_owned(), size, colour, false)],
            align: "l",
        }
    }

    pub(super) fn bold(mut self) -> Self {
        for run in &mut self.runs {
            run.3 = true;
        }
        self
    }

    pub(super) const fn centred(mut self) -> Self {
        self.align = "ctr";
        self
    }

    pub(super) const fn right(mut self) -> Self {
        self.align = "r";
        self
    }

    /// Goes on in another look.
    pub(super) fn and(mut self, text: &str, size: usize, colour: &'static str) -> Self {
        self.runs.push((text.to_owned(), size, colour, false));
        self
    }

    pub(super) fn element(&self) -> Element {
        let run = |(text, size, colour, bold): &(String, usize, &'static str, bool)| {
            let look = el("a:rPr")
                .at("lang", "zh-CN")
                .at("sz", size * 100)
                .at("b", u8::from(*bold))
                .with(solid(colour));
            el("a:r").with(look).with(el("a:t").text(text))
        };
        let properties = el("a:pPr").at("algn", self.align);
        el("a:p")
            .with(properties)
            .with_all(self.runs.iter().map(run))
    }
}

pub(super) fn solid(colour: &str) -> Element {
    el("a:solidFill").with(el("a:srgbClr").at("val", colour))
}

pub(super) fn line(width: usize, colour: &str) -> Element {
    el("a:ln").at("w", emu(width)).with(solid(colour))
}

fn transform(name: &'static str, Area(left, top, width, height): Area) -> Element {
    el(name)
        .with(el("a:off").at("x", emu(left)).at("y", emu(top)))
        .with(el("a:ext").at("cx", emu(width)).at("cy", emu(height)))
}

fn geometry(form: &str) -> Element {
    let mut values = el("a:avLst");
    if form == "roundRect" {
        // A corner of a twentieth, where the form's own is a sixth.
        values = values.with(el("a:gd").at("name", "adj").at("fmla", "val 5000"));
    }
    el("a:prstGeom").at("prst", form).with(values)
}

/// The shapes of one slide, numbered as they come.
pub(super) struct Tree {
    shapes: Vec<Element>,
}

impl Tree {
    pub(super) const fn new() -> Self {
        Self { shapes: Vec::new() }
    }

    /// The next number; 1 is the tree itself.
    fn id(&self) -> usize {
        self.shapes.len() + 2
    }

    fn named(&self, name: &str) -> Element {
        el("p:cNvPr").at("id", self.id()).at("name", name)
    }

    /// Text in a placeholder of the layout, which says where it stands and how it looks.
    pub(super) fn placeholder(
        &mut self,
        kind: &str,
        index: Option<usize>,
        paragraphs: Vec<Element>,
    ) {
        let mut place = el("p:ph").at("type", kind);
        if let Some(index) = index {
            place = place.at("idx", index);
        }
        let locks = el("p:cNvSpPr").with(el("a:spLocks").at("noGrp", 1));
        let shape = el("p:sp")
            .with(
                el("p:nvSpPr")
                    .with(self.named(kind))
                    .with(locks)
                    .with(el("p:nvPr").with(place)),
            )
            .with(el("p:spPr"))
            .with(body("p:txBody", el("a:bodyPr"), paragraphs));
        self.shapes.push(shape);
    }

    /// A box with text, filled, lined or neither.
    pub(super) fn text(
        &mut self,
        area: Area,
        lines: &[Line],
        look: Vec<Element>,
        form: &str,
        anchor: &str,
    ) {
        let properties = el("a:bodyPr")
            .at("wrap", "square")
            .at("lIns", emu(12))
            .at("tIns", emu(6))
            .at("rIns", emu(12))
            .at("bIns", emu(6))
            .at("anchor", anchor);
        let shape = el("p:sp")
            .with(
                el("p:nvSpPr")
                    .with(self.named("文本"))
                    .with(el("p:cNvSpPr").at("txBox", 1))
                    .with(el("p:nvPr")),
            )
            .with(
                el("p:spPr")
                    .with(transform("a:xfrm", area))
                    .with(geometry(form))
                    .with_all(look),
            )
            .with(body(
                "p:txBody",
                properties,
                lines.iter().map(Line::element).collect(),
            ));
        self.shapes.push(shape);
    }

    /// A bar of colour, without text.
    pub(super) fn bar(&mut self, area: Area, colour: &str) {
        let shape = el("p:sp")
            .with(
                el("p:nvSpPr")
                    .with(self.named("线").at("descr", ""))
                    .with(el("p:cNvSpPr"))
                    .with(el("p:nvPr")),
            )
            .with(
                el("p:spPr")
                    .with(transform("a:xfrm", area))
                    .with(geometry("rect"))
                    .with(solid(colour))
                    .with(el("a:ln").with(el("a:noFill"))),
            )
            .with(body("p:txBody", el("a:bodyPr"), vec![el("a:p")]));
        self.shapes.push(shape);
    }

    /// A picture that fills its area as far as its shape allows, in the middle.
    pub(super) fn picture(&mut self, relation: &str, caption: &str, area: Area, size: (u32, u32)) {
        let shape = el("p:pic")
            .with(
                el("p:nvPicPr")
                    .with(self.named("图片").at("descr", caption))
                    .with(el("p:cNvPicPr").with(el("a:picLocks").at("noChangeAspect", 1)))
                    .with(el("p:nvPr")),
            )
            .with(
                el("p:blipFill")
                    .with(el("a:blip").at("r:embed", relation))
                    .with(el("a:stretch").with(el("a:fillRect"))),
            )
            .with(
                el("p:spPr")
                    .with(transform("a:xfrm", contained(area, size)))
                    .with(geometry("rect")),
            );
        self.shapes.push(shape);
    }

    /// A table or a chart in its frame.
    pub(super) fn frame(&mut self, name: &str, area: Area, kind: &str, content: Element) {
        let data = el("a:graphicData")
            .at(
                "uri",
                format!("http://schemas.openxmlformats.org/drawingml/2006/{kind}"),
            )
            .with(content);
        let shape = el("p:graphicFrame")
            .with(
                el("p:nvGraphicFramePr")
                    .with(self.named(name))
                    .with(el("p:cNvGraphicFramePr").with(el("a:graphicFrameLocks").at("noGrp", 1)))
                    .with(el("p:nvPr")),
            )
            .with(transform("p:xfrm", area))
            .with(el("a:graphic").with(data));
        self.shapes.push(shape);
    }

    /// The tree with all its shapes.
    pub(super) fn element(self) -> Element {
        let group = el("p:nvGrpSpPr")
            .with(el("p:cNvPr").at("id", 1).at("name", ""))
            .with(el("p:cNvGrpSpPr"))
            .with(el("p:nvPr"));
        el("p:spTree")
            .with(group)
            .with(el("p:grpSpPr"))
            .with_all(self.shapes)
    }
}

/// Text with its properties and its styles, which stay those of the layout.
pub(super) fn body(name: &'static str, properties: Element, paragraphs: Vec<Element>) -> Element {
    el(name)
        .with(properties)
        .with(el("a:lstStyle"))
        .with_all(paragraphs)
}

fn contained(Area(left, top, width, height): Area, (wide, high): (u32, u32)) -> Area {
    let pixels = |number: u32| usize::try_from(number).unwrap_or(usize::MAX).max(1);
    let (wide, high) = (pixels(wide), pixels(high));
    let (fitted_width, fitted_height) = if wide * height > high * width {
        (width, (width * high / wide).max(1))
    } else {
        ((height * wide / high).max(1), height)
    };
    Area(
        left + (width - fitted_width) / 2,
        top + (height - fitted_height) / 2,
        fitted_width,
        fitted_height,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape() {
        for (size, expected) in [
            ((200, 100), (0, 25, 100, 50)),
            ((100, 200), (25, 0, 50, 100)),
            ((7, 7), (0, 0, 100, 100)),
            ((100_000, 1), (0, 49, 100, 1)),
        ] {
            let Area(left, top, width, height) = contained(Area(0, 0, 100, 100), size);
            assert_eq!((left, top, width, height), expected, "{size:?}");
        }
    }
}
