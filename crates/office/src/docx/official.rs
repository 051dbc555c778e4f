//! An official document in docx: page, grid, type and numbering of GB/T 9704-2012. Lengths are in twentieths of a point, as
//! the format has them.

use docx_rs::{
    AlignmentType, BorderType, DocGrid, DocGridType, Docx, Footer, LineSpacing, LineSpacingType,
    PageMargin, PageNum, Paragraph, ParagraphBorder, ParagraphBorderPosition, ParagraphBorders,
    Run, RunFonts, SpecialIndentType, Style, StyleType, Table, TableCell, TableLayoutType,
    TableRow, VAlignType, WidthType,
};
use pingyi_domain::Digest;
use pingyi_papers::{Head, Mark};

const FANG: &str = "仿宋_GB2312";
const HEI: &str = "黑体";
const KAI: &str = "楷体_GB2312";
const SONG: &str = "宋体";
const TITLE: &str = "方正小标宋简体";
const LATIN: &str = "Times New Roman";
const RED: &str = "B3261E";

/// A4.
const PAGE: (u32, u32) = (11_906, 16_838);
/// 37 mm above, 28 mm left, text block of 156 × 225 mm, page number 7 mm below it.
const MARGIN: PageMargin = PageMargin {
    top: 2_098,
    bottom: 1_984,
    left: 1_588,
    right: 1_474,
    header: 851,
    footer: 1_304,
    gutter: 0,
};
/// 225 mm ÷ 22 lines.
const PITCH: i32 = 580;
const LINE_PITCH: usize = 580;
/// 156 mm ÷ 28 characters less 16 pt. A character grid would say the same, but programs read it differently.
const TIGHT: i32 = -4;
/// Sizes in half points: 2号, 3号, 4号, 5号.
const SIZE_2: usize = 44;
const SIZE_3: usize = 32;
const SIZE_4: usize = 28;
const SIZE_5: usize = 21;
/// A character of 3号.
const CHAR: i32 = 316;
/// 156 mm.
const WIDTH: usize = 8_844;

/// A document that grows paragraph by paragraph.
pub(super) struct Official {
    docx: Docx,
    /// Paragraphs are numbered by us, so that the same document always has the same numbers.
    next: u32,
    hash: String,
    mark: &'static str,
}

fn fonts(east_asia: &str) -> RunFonts {
    RunFonts::new()
        .east_asia(east_asia)
        .ascii(LATIN)
        .hi_ansi(LATIN)
}

fn exactly(line: i32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(line)
}

/// Text of the body.
fn text(text: impl Into<String>) -> Run {
    Run::new().add_text(text).character_spacing(TIGHT)
}

/// 一, 二 … 十, 十一 … 九十九; beyond that in figures, which no document reaches.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

impl Official {
    /// An empty document of its page and styles.
    pub(super) fn new(head: &Head, hash: &Digest) -> Self {
        let created = format!("{}T00:00:00Z", head.made_on);
        let mark = match head.mark {
            Some(Mark::Rehearsal) => "【演练】",
            Some(Mark::Sample) => "【示例数据】",
            Some(Mark::Draft) => "【草稿】",
            None => "",
        };
        let style = |id: &str, name: &str, level: usize, font: &str| {
            Style::new(id, StyleType::Paragraph)
                .name(name)
                .based_on("Normal")
                .outline_lvl(level)
                .fonts(fonts(font))
                .size(SIZE_3)
        };
        let mut docx = Docx::new()
            .page_size(PAGE.0, PAGE.1)
            .page_margin(MARGIN)
            .default_fonts(fonts(FANG))
            .default_size(SIZE_3)
            .created_at(&created)
            .updated_at(&created)
            .add_style(Style::new("Normal", StyleType::Paragraph).name("Normal"))
            .add_style(style("Heading1", "heading 1", 0, HEI))
            .add_style(style("Heading2", "heading 2", 1, KAI))
            .add_style(
                Style::new("Title", StyleType::Paragraph)
                    .name("Title")
                    .based_on("Normal")
                    .fonts(fonts(TITLE))
                    .size(SIZE_2),
            );
        docx.document = docx.document.doc_grid(
            DocGrid::new()
                .grid_type(DocGridType::Lines)
                .line_pitch(LINE_PITCH),
        );
        Self {
            docx,
            next: 1,
            hash: hash.to_string(),
            mark,
        }
    }

    fn paragraph(&mut self) -> Paragraph {
        let id = format!("{:08X}", self.next);
        self.next += 1;
        Paragraph::new().id(id).line_spacing(exactly(PITCH))
    }

    fn push(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn blank(&mut self) {
        let paragraph = self.paragraph();
        self.push(paragraph);
    }

    /// 发文机关标志 in red over a red line, the number between them; nothing on printed sheets.
    pub(super) fn letterhead(&mut self, name: &str, number: &str) {
        if name.trim().is_empty() {
            return;
        }
        let length = name.chars().count().max(1);
        // As wide as the text block, and no larger than 48 pt, in half points.
        let size = (WIDTH / 11 / length).min(96);
        let run = Run::new()
            .add_text(name)
            .fonts(fonts(TITLE))
            .size(size)
            .color(RED);
        let paragraph = self
            .paragraph()
            .line_spacing(LineSpacing::new().after(240))
            .align(AlignmentType::Center)
            .add_run(run);
        self.push(paragraph);
        let line = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
            .val(BorderType::Single)
            .size(12)
            .space(4)
            .color(RED);
        let mut paragraph = self
            .paragraph()
            .align(AlignmentType::Center)
            .add_run(Run::new().add_text(number).fonts(fonts(FANG)).size(SIZE_3));
        paragraph.property = paragraph
            .property
            .set_borders(ParagraphBorders::with_empty().set(line));
        self.push(paragraph);
        self.blank();
    }

    /// The title, 2号 小标宋, centred, with a line below.
    pub(super) fn title(&mut self, title: &str) {
        let run = Run::new().add_text(title).fonts(fonts(TITLE)).size(SIZE_2);
        let paragraph = self
            .paragraph()
            .style("Title")
            .snap_to_grid(false)
            .line_spacing(exactly(700))
            .align(AlignmentType::Center)
            .add_run(run);
        self.push(paragraph);
        self.blank();
    }

    /// Who reports, below the title.
    pub(super) fn byline(&mut self, name: &str) {
        let run = Run::new().add_text(name).fonts(fonts(KAI)).size(SIZE_3);
        let paragraph = self.paragraph().align(AlignmentType::Center).add_run(run);
        self.push(paragraph);
        self.blank();
    }

    /// 主送机关, flush left with a colon.
    pub(super) fn addressee(&mut self, name: &str) {
        let paragraph = self.paragraph().add_run(text(format!("{name}：")));
        self.push(paragraph);
    }

    fn indented(&mut self) -> Paragraph {
        self.paragraph()
            .align(AlignmentType::Both)
            .indent(
                None,
                Some(SpecialIndentType::FirstLine(2 * CHAR)),
                None,
                None,
            )
            .first_line_chars(200)
    }

    /// 一、 in 黑体.
    pub(super) fn heading(&mut self, number: usize, words: &str) {
        let run = text(format!("{}、{words}", chinese(number)))
            .fonts(fonts(HEI))
            .size(SIZE_3);
        let paragraph = self
            .indented()
            .style("Heading1")
            .keep_next(true)
            .add_run(run);
        self.push(paragraph);
    }

    /// （一） in 楷体, running on into its text.
    pub(super) fn point(&mut self, number: usize, heading: &str, words: &str) {
        let head = text(format!("（{}）{heading}", chinese(number)))
            .fonts(fonts(KAI))
            .size(SIZE_3);
        let paragraph = self.indented().add_run(head).add_run(text(words));
        self.push(paragraph);
    }

    /// Texts, each of whose lines is a paragraph.
    pub(super) fn paragraphs(&mut self, texts: &[String]) {
        let lines = texts.iter().flat_map(|text| text.split('\n'));
        for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
            let paragraph = self.indented().add_run(text(line));
            self.push(paragraph);
        }
    }

    /// A table over the width of the text, its first column narrow for numbers.
    pub(super) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let narrow = 700;
        let rest = (WIDTH - narrow) / (head.len() - 1).max(1);
        let widths: Vec<usize> = std::iter::once(narrow)
            .chain(std::iter::repeat_n(rest, head.len() - 1))
            .collect();
        let head_row = self.row(&widths, head.iter().copied(), HEI, true);
        let mut all = vec![head_row];
        for row in rows {
            let row = self.row(&widths, row.iter().map(String::as_str), SONG, false);
            all.push(row);
        }
        let table = Table::new(all)
            .set_grid(widths)
            .layout(TableLayoutType::Fixed)
            .width(WIDTH, WidthType::Dxa);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
    }

    fn row<'a>(
        &mut self,
        widths: &[usize],
        texts: impl Iterator<Item = &'a str>,
        font: &str,
        keeps_next: bool,
    ) -> TableRow {
        let cells = widths.iter().zip(texts).map(|(&width, text)| {
            let run = Run::new().add_text(text).fonts(fonts(font)).size(SIZE_5);
            let paragraph = self
                .paragraph()
                .snap_to_grid(false)
                .keep_next(keeps_next)
                .line_spacing(exactly(320))
                .add_run(run);
            TableCell::new()
                .width(width, WidthType::Dxa)
                .vertical_align(VAlignType::Center)
                .add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    }

    /// 附件说明
    pub(super) fn attachments(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        self.blank();
        for (at, name) in names.iter().enumerate() {
            let label = if at == 0 { "附件：" } else { "" };
            let number = if names.len() == 1 {
                String::new()
            } else {
                format!("{}. ", at + 1)
            };
            // The names stand under each other, after the word.
            let indent = if at == 0 { 5 * CHAR } else { 6 * CHAR };
            let special = if at == 0 {
                Some(SpecialIndentType::Hanging(3 * CHAR))
            } else {
                Some(SpecialIndentType::Hanging(CHAR))
            };
            let paragraph = self
                .paragraph()
                .indent(Some(indent), special, None, None)
                .add_run(Run::new().add_text(format!("{label}{number}{name}")));
            self.push(paragraph);
        }
    }

    /// 发文机关署名 and 成文日期, four characters from the right edge.
    pub(super) fn signed(&mut self, office: &str, date: &str) {
        self.blank();
        self.blank();
        for text in [office, date] {
            let paragraph = self
                .paragraph()
                .align(AlignmentType::Right)
                .indent(None, None, Some(4 * CHAR), None)
                .keep_lines(true)
                .add_run(Run::new().add_text(text));
            self.push(paragraph);
        }
    }

    /// 版记: between two lines, copies above, who printed it below.
    pub(super) fn colophon(&mut self, copies: &str, issued_by: &str, issued_on: &str) {
        let border = |at, size| {
            ParagraphBorder::new(at)
                .val(BorderType::Single)
                .size(size)
                .space(2)
                .color("000000")
        };
        let mut texts: Vec<String> = Vec::new();
        if !copies.trim().is_empty() {
            texts.push(format!("抄送：{copies}。"));
        }
        if !issued_by.trim().is_empty() {
            texts.push(format!("{issued_by}　　{issued_on}印发"));
        }
        if texts.is_empty() {
            return;
        }
        self.blank();
        for text in texts {
            let run = Run::new().add_text(text).size(SIZE_4);
            let mut paragraph = self.paragraph().add_run(run);
            paragraph.property = paragraph.property.set_borders(
                ParagraphBorders::with_empty()
                    .set(border(ParagraphBorderPosition::Top, 8))
                    .set(border(ParagraphBorderPosition::Bottom, 8)),
            );
            self.push(paragraph);
        }
    }

    /// The document with its page numbers and the hash of its data.
    pub(super) fn finish(mut self) -> Docx {
        let hash = format!("{}数据校验 SHA-256：{}", self.mark, self.hash);
        let mut footer = |align: AlignmentType| {
            let number = |text: &str| Run::new().add_text(text).fonts(fonts(SONG)).size(SIZE_4);
            let page = self
                .paragraph()
                .align(align)
                .fonts(fonts(SONG))
                .size(SIZE_4)
                .indent(Some(CHAR), None, Some(CHAR), None)
                .add_run(number("— "))
                .add_page_num(PageNum::new())
                .add_run(number(" —"));
            let run = Run::new()
                .add_text(&hash)
                .fonts(fonts(HEI))
                .size(13)
                .color("5F5F5F");
            let data = self
                .paragraph()
                .line_spacing(LineSpacing::new())
                .align(AlignmentType::Center)
                .add_run(run);
            Footer::new().add_paragraph(page).add_paragraph(data)
        };
        let (odd, even) = (footer(AlignmentType::Right), footer(AlignmentType::Left));
        self.docx.footer(odd).even_footer(even)
    }
}
