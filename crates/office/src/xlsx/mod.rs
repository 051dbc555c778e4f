//! The summary table as a workbook, with numbers as numbers: what the office sorts and adds to.

use pingyi_papers::{Paper, SummaryRow, SummaryTable};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use crate::error::OfficeError;

/// The xlsx of a summary table. Look the paper over first ([`Paper::checked`]).
///
/// # Errors
/// [`OfficeError::Kind`] for every other paper.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, OfficeError> {
    let Paper::SummaryTable(table) = paper else {
        return Err(OfficeError::Kind(paper.kind()));
    };
    let mut workbook = Workbook::new();
    let made_on = table.head.made_on;
    // The calendar of papers ends before that of the format, and begins with it.
    let year = u16::try_from(made_on.year()).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, made_on.month(), made_on.day())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name("汇总表")?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_repeat_rows(0, HEAD)?;
    sheet.set_freeze_panes(HEAD + 1, 2)?;
    fill(sheet, table, paper)?;
    Ok(workbook.save_to_buffer()?)
}

/// The row of the table's head; the title and what it is of stand above.
const HEAD: u32 = 2;

struct Formats {
    title: Format,
    head: Format,
    text: Format,
    name: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter)
        };
        Self {
            title: Format::new().set_bold().set_font_size(16.0),
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center),
            text: cell().set_align(FormatAlign::Center),
            name: cell().set_text_wrap(),
        }
    }

    /// Numbers with the places they are shown with.
    fn number(&self, shown: &str) -> Format {
        let places = shown.split_once('.').map_or(0, |(_, places)| places.len());
        let pattern = if places == 0 {
            "0".to_owned()
        } else {
            format!("0.{}", "0".repeat(places))
        };
        self.text.clone().set_num_format(pattern)
    }
}

/// A column's head and what stands in it.
type Source = (&'static str, fn(&SummaryRow) -> Option<&str>);

/// The columns after the items, with their heads, where any row has them.
fn sources(table: &SummaryTable) -> Vec<Source> {
    let all: [Source; 4] = [
        ("民主测评", |row| row.ballot.as_deref()),
        ("平时考核", |row| row.indicators.as_deref()),
        ("领导评价", |row| row.leaders.as_deref()),
        ("综合得分", |row| row.composite.as_deref()),
    ];
    let used = all
        .into_iter()
        .filter(|(_, of)| table.rows.iter().any(|row| of(row).is_some()));
    used.collect()
}

fn fill(sheet: &mut Worksheet, table: &SummaryTable, paper: &Paper) -> Result<(), OfficeError> {
    let formats = Formats::new();
    let sources = sources(table);
    sheet.write_string_with_format(0, 0, paper.title(), &formats.title)?;
    let about = format!(
        "{}　{}　数据校验 SHA-256：{}",
        table.head.office,
        table.held_on,
        paper.hash()
    );
    sheet.write_string(1, 0, about)?;
    let mut heads = vec!["序号".to_owned(), "述职人".to_owned()];
    for item in &table.items {
        heads.push(format!("{}（权重{}）", item.label, item.weight));
        heads.extend(
            table
                .grades
                .iter()
                .map(|grade| format!("{}·{grade}", item.label)),
        );
    }
    heads.extend(sources.iter().map(|(head, _)| (*head).to_owned()));
    heads.extend(["名次", "并列", "名次区间", "等次"].map(str::to_owned));
    for (column, head) in (0_u16..).zip(&heads) {
        sheet.write_string_with_format(HEAD, column, head, &formats.head)?;
    }
    sheet.set_column_width(1, 32)?;
    for ((number, at), row) in (1_u32..).zip(HEAD + 1..).zip(&table.rows) {
        let mut line = Line {
            sheet,
            formats: &formats,
            row: at,
            column: 0,
        };
        line.count(number.into())?;
        line.name(&row.presenter)?;
        for item in &row.items {
            line.shown(item.score.as_deref())?;
            for &count in &item.counts {
                line.count(count)?;
            }
        }
        for (_, of) in &sources {
            line.shown(of(row))?;
        }
        line.place(row)?;
    }
    let after = HEAD + 2 + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - HEAD - 2);
    for (row, note) in (after..).zip(&table.notes) {
        sheet.write_string(row, 0, note)?;
    }
    Ok(())
}

/// A row that fills from left to right.
struct Line<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    row: u32,
    column: u16,
}

impl Line<'_> {
    fn text(&mut self, text: &str) -> Result<(), OfficeError> {
        self.sheet
            .write_string_with_format(self.row, self.column, text, &self.formats.text)?;
        self.column += 1;
        Ok(())
    }

    fn name(&mut self, text: &str) -> Result<(), OfficeError> {
        self.sheet
            .write_string_with_format(self.row, self.column, text, &self.formats.name)?;
        self.column += 1;
        Ok(())
    }

    fn count(&mut self, count: u64) -> Result<(), OfficeError> {
        self.shown(Some(&count.to_string()))
    }

    /// A number as it is shown, kept as a number; what is none stays a dash or a text.
    fn shown(&mut self, shown: Option<&str>) -> Result<(), OfficeError> {
        let shown = shown.unwrap_or("—");
        let Ok(number) = shown.parse::<f64>() else {
            return self.text(shown);
        };
        let format = self.formats.number(shown);
        self.sheet
            .write_number_with_format(self.row, self.column, number, &format)?;
        self.column += 1;
        Ok(())
    }

    fn place(&mut self, row: &SummaryRow) -> Result<(), OfficeError> {
        match row.place {
            Some(place) => {
                self.count(place.place.into())?;
                self.text(if place.shared_by > 1 { "是" } else { "" })?;
                self.text(&format!("{}–{}", place.from, place.to))?;
            }
            None => {
                for _ in 0..3 {
                    self.text("—")?;
                }
            }
        }
        self.text(row.grade.as_deref().unwrap_or("—"))
    }
}

#[cfg(test)]
mod tests;
