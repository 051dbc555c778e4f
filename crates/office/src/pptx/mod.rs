//! The slides as an editable pptx: real text, real tables, real charts with their workbooks.

mod chart;
mod frame;
mod package;
mod shapes;
mod xml;

use pingyi_domain::record::Date;
use pingyi_papers::{
    Chart, Deck, Figure, Head, Mark, Paper, Photo, Slide, cell_size, column_widths, point_size,
};

use crate::error::OfficeError;
use frame::{HEADING, Layout, ROOM, cell_body, concat_type, number_field, paragraphs, root};
use package::{Package, Relations};
use shapes::{Area, HAIR, INK, Line, QUIET, RED, Tree, emu, line, solid};
use xml::{Element, el};

/// The pptx of a deck. Look the paper over first ([`Paper::checked`]).
///
/// # Errors
/// [`OfficeError::Kind`] for a paper that is no deck.
pub fn pptx(paper: &Paper) -> Result<Vec<u8>, OfficeError> {
    let Paper::Deck(deck) = paper else {
        return Err(OfficeError::Kind(paper.kind()));
    };
    let slides = deck.fitted();
    let mut writer = Writer {
        package: Package::new(),
        made_on: deck.head.made_on,
        slides: 0,
        charts: 0,
        pictures: 0,
    };
    frame::write(&mut writer.package, slides.len() + 1)?;
    writer.cover(deck)?;
    for slide in &slides {
        writer.slide(&deck.head, slide)?;
    }
    writer.package.finish()
}

fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

const fn mark(head: &Head) -> &'static str {
    match head.mark {
        Some(Mark::Rehearsal) => "演练",
        Some(Mark::Sample) => "示例数据",
        Some(Mark::Draft) => "草稿",
        None => "",
    }
}

/// A slide that is not in earnest says so in its corner.
fn put_mark(tree: &mut Tree, head: &Head) {
    let word = mark(head);
    if !word.is_empty() {
        let lines = [Line::new(word, 12, RED).centred()];
        let look = vec![el("a:noFill"), line(1, RED)];
        tree.text(Area(828, 10, 84, 24), &lines, look, "rect", "ctr");
    }
}

struct Writer {
    package: Package,
    made_on: Date,
    slides: usize,
    charts: usize,
    pictures: usize,
}

impl Writer {
    fn put(&mut self, tree: Tree, relations: &Relations) -> Result<(), OfficeError> {
        self.slides += 1;
        let path = format!("ppt/slides/slide{}.xml", self.slides);
        let slide = root("p:sld")
            .with(el("p:cSld").with(tree.element()))
            .with(el("p:clrMapOvr").with(el("a:masterClrMapping")));
        self.package.xml(&path, concat_type("slide"), &slide)?;
        self.package.relations(&path, relations)
    }

    fn cover(&mut self, deck: &Deck) -> Result<(), OfficeError> {
        let mut tree = Tree::new();
        tree.placeholder(
            "ctrTitle",
            None,
            paragraphs(std::iter::once(deck.title.as_str()), 46),
        );
        tree.bar(Area(96, 300, 72, 4), RED);
        let day = day(deck.dated);
        let below = [deck.presenter.as_str(), day.as_str()];
        tree.placeholder("subTitle", Some(1), paragraphs(below.into_iter(), 24));
        put_mark(&mut tree, &deck.head);
        self.put(tree, &on(Layout::Cover))
    }

    fn slide(&mut self, head: &Head, slide: &Slide) -> Result<(), OfficeError> {
        let mut tree = Tree::new();
        tree.placeholder(
            "title",
            None,
            paragraphs(std::iter::once(slide.title()), 30),
        );
        tree.bar(Area(HEADING.0, HEADING.1 + HEADING.3 + 4, 56, 3), RED);
        let mut relations = on(match slide {
            Slide::Points { .. } => Layout::Points,
            _ => Layout::Title,
        });
        match slide {
            Slide::Points { points, .. } => {
                let texts = points.iter().map(String::as_str);
                tree.placeholder("body", Some(1), paragraphs(texts, point_size(points)));
            }
            Slide::Figures { figures, .. } => put_figures(&mut tree, figures),
            Slide::Table { columns, rows, .. } => put_table(&mut tree, columns, rows),
            Slide::Chart { chart, note, .. } => {
                self.put_chart(&mut tree, &mut relations, chart, note)?;
            }
            Slide::Photos { photos, .. } => self.put_photos(&mut tree, &mut relations, photos),
        }
        tree.placeholder("sldNum", Some(12), vec![number_field()]);
        put_mark(&mut tree, head);
        self.put(tree, &relations)
    }

    fn put_chart(
        &mut self,
        tree: &mut Tree,
        relations: &mut Relations,
        chart: &Chart,
        note: &str,
    ) -> Result<(), OfficeError> {
        self.charts += 1;
        let number = self.charts;
        let id = relations.add("chart", format!("../charts/chart{number}.xml"));
        let name = format!("chart{number}.xlsx");
        let workbook = chart::workbook(chart, self.made_on)?;
        self.package
            .file(&format!("ppt/embeddings/{name}"), workbook);
        let (part, of_chart) = chart::part(chart, &format!("../embeddings/{name}"));
        let path = format!("ppt/charts/chart{number}.xml");
        let kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
        self.package.xml(&path, kind, &part)?;
        self.package.relations(&path, &of_chart)?;
        let Area(left, top, width, height) = ROOM;
        let noted = if note.trim().is_empty() { 0 } else { 36 };
        let content = el("c:chart")
            .at(
                "xmlns:c",
                "http://schemas.openxmlformats.org/drawingml/2006/chart",
            )
            .at("r:id", id);
        tree.frame(
            "图表",
            Area(left, top, width, height - noted),
            "chart",
            content,
        );
        if !chart.measure.trim().is_empty() {
            let lines = [Line::new(&format!("单位：{}", chart.measure), 13, QUIET).right()];
            tree.text(
                Area(left + width - 150, top - 24, 150, 24),
                &lines,
                vec![el("a:noFill")],
                "rect",
                "ctr",
            );
        }
        if noted > 0 {
            let lines = [Line::new(note, 16, QUIET)];
            let area = Area(left, top + height - noted, width, noted);
            tree.text(area, &lines, vec![el("a:noFill")], "rect", "ctr");
        }
        Ok(())
    }

    fn put_photos(&mut self, tree: &mut Tree, relations: &mut Relations, photos: &[Photo]) {
        let columns = photos.len().clamp(1, 2);
        for (photo, area) in photos.iter().zip(cells(photos.len(), columns, 20)) {
            self.pictures += 1;
            let picture = &photo.picture;
            let name = format!("image{}.{}", self.pictures, picture.format().extension());
            self.package
                .file(&format!("ppt/media/{name}"), picture.bytes().to_vec());
            let id = relations.add("image", format!("../media/{name}"));
            let Area(left, top, width, height) = area;
            tree.picture(
                &id,
                &photo.caption,
                Area(left, top, width, height - 28),
                picture.size(),
            );
            let lines = [Line::new(&photo.caption, 14, QUIET).centred()];
            tree.text(
                Area(left, top + height - 28, width, 28),
                &lines,
                vec![el("a:noFill")],
                "rect",
                "ctr",
            );
        }
    }
}

fn on(layout: Layout) -> Relations {
    let mut relations = Relations::default();
    relations.add("slideLayout", format!("../slideLayouts/{}", layout.file()));
    relations
}

/// The room cut into so many cells, row by row.
fn cells(count: usize, columns: usize, gap: usize) -> Vec<Area> {
    let Area(left, top, width, height) = ROOM;
    let rows = count.div_ceil(columns).max(1);
    let wide = (width - gap * (columns - 1)) / columns;
    let high = (height - gap * (rows - 1)) / rows;
    let cell = |at: usize| {
        let (row, column) = (at / columns, at % columns);
        Area(
            left + column * (wide + gap),
            top + row * (high + gap),
            wide,
            high,
        )
    };
    (0..count).map(cell).collect()
}

fn put_figures(tree: &mut Tree, figures: &[Figure]) {
    let columns = match figures.len() {
        count @ 1..=2 => count,
        4 => 2,
        _ => 3,
    };
    for (figure, area) in figures.iter().zip(cells(figures.len(), columns, 20)) {
        let measure = format!(" {}", figure.measure);
        let before = if figure.before.is_empty() {
            String::new()
        } else {
            format!("上年 {}", figure.before)
        };
        let lines = [
            Line::new(&figure.label, 17, QUIET),
            Line::new(&figure.value, 40, RED)
                .bold()
                .and(&measure, 18, INK),
            Line::new(&before, 14, QUIET),
        ];
        let Area(left, top, width, height) = area;
        let area = Area(left, top, width, height.min(180));
        tree.text(
            area,
            &lines,
            vec![el("a:noFill"), line(1, HAIR)],
            "roundRect",
            "ctr",
        );
    }
}

fn put_table(tree: &mut Tree, columns: &[String], rows: &[Vec<String>]) {
    let Area(left, top, width, _) = ROOM;
    let size = cell_size(columns, rows);
    let widths: Vec<usize> = column_widths(columns, rows)
        .iter()
        .map(|part| width * part / 1000)
        .collect();
    let cell = |text: &str, head: bool| {
        let one = Line::new(text, size, INK);
        let one = if head { one.bold() } else { one };
        let none = |name: &'static str| el(name).at("w", 0).with(el("a:noFill"));
        let (weight, colour) = if head { (1, RED) } else { (1, HAIR) };
        let below = el("a:lnB").at("w", emu(weight)).with(solid(colour));
        let look = el("a:tcPr")
            .at("marL", emu(8))
            .at("marR", emu(8))
            .at("marT", emu(6))
            .at("marB", emu(6))
            .at("anchor", "ctr")
            .with(none("a:lnL"))
            .with(none("a:lnR"))
            .with(none("a:lnT"))
            .with(below)
            .with(el("a:noFill"));
        el("a:tc").with(cell_body(one.element())).with(look)
    };
    let row = |texts: &[String], head: bool| -> Element {
        el("a:tr")
            .at("h", emu(size + 17))
            .with_all(texts.iter().map(|text| cell(text, head)))
    };
    let grid = widths
        .iter()
        .map(|&width| el("a:gridCol").at("w", emu(width)));
    let table = el("a:tbl")
        .with(el("a:tblPr").at("firstRow", 1))
        .with(el("a:tblGrid").with_all(grid))
        .with(row(columns, true))
        .with_all(rows.iter().map(|texts| row(texts, false)));
    let height = (size + 17) * (rows.len() + 1);
    tree.frame(
        "表格",
        Area(left, top, widths.iter().sum(), height),
        "table",
        table,
    );
    if rows.is_empty() {
        let lines = [Line::new("没有列入的事项。", size, QUIET)];
        tree.text(
            Area(left, top + height + 12, width, 40),
            &lines,
            vec![el("a:noFill")],
            "rect",
            "t",
        );
    }
}

#[cfg(test)]
mod tests;
