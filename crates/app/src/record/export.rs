//! What is seen, as a file: xlsx with dates as dates and numbers as numbers, or csv that Excel opens in Chinese.

use std::borrow::Cow;

use pingyi_domain::record::Share;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use crate::{AppError, Result};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text; also codes that look like numbers.
    Text,
    /// A whole number.
    Number,
    /// A quantity with decimals.
    Decimal,
    /// A day.
    Date,
    /// A rate as it is counted, `part/whole`: a percentage in a workbook, `45.0%` in text, nothing without a whole.
    Share,
}

/// A rate in wire form.
fn share(text: &str) -> Option<Share> {
    let (part, whole) = text.split_once('/')?;
    Some(Share {
        part: part.parse().ok()?,
        whole: whole.parse().ok()?,
    })
    .filter(|share| share.whole > 0)
}

/// A sheet to be written. Cells are texts in wire form; empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Heads and what stands below them.
    pub columns: Vec<(String, ColumnKind)>,
    /// Rows, as wide as the columns.
    pub rows: Vec<Vec<String>>,
}

/// How a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Comma-separated, UTF-8 with a mark at the beginning.
    Csv,
    /// Office Open XML.
    Xlsx,
}

impl Sheet {
    /// The file.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the sheet cannot be written.
    pub fn write(&self, format: FileFormat) -> Result<Vec<u8>> {
        match format {
            FileFormat::Csv => Ok(self.csv().into_bytes()),
            FileFormat::Xlsx => self.xlsx().map_err(AppError::internal),
        }
    }

    /// Lines end with CR LF and the file begins with a byte order mark, as Excel wants it. Text that a spreadsheet
    /// would take for a formula gets an apostrophe before it.
    fn csv(&self) -> String {
        let mut out = String::from("\u{FEFF}");
        let heads: Vec<&str> = self.columns.iter().map(|(head, _)| head.as_str()).collect();
        line(&mut out, heads.into_iter());
        for row in &self.rows {
            let shown: Vec<Cow<'_, str>> = row
                .iter()
                .zip(&self.columns)
                .map(|(cell, (_, kind))| match kind {
                    ColumnKind::Share => share(cell)
                        .map_or_else(|| Cow::Borrowed(""), |share| Cow::Owned(share.to_string())),
                    _ => Cow::Borrowed(cell.as_str()),
                })
                .collect();
            line(&mut out, shown.iter().map(AsRef::as_ref));
        }
        out
    }

    fn xlsx(&self) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&self.name))?;
        let (bold, day, percent) = (
            Format::new().set_bold().set_text_wrap(),
            Format::new().set_num_format("yyyy-mm-dd"),
            Format::new().set_num_format("0.0%"),
        );
        for (at, (head, kind)) in (0u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, head, &bold)?;
            sheet.set_column_width(at, self.width(usize::from(at), *kind))?;
        }
        for (row, cells) in (1u32..).zip(&self.rows) {
            for ((column, text), (_, kind)) in (0u16..).zip(cells).zip(&self.columns) {
                if text.is_empty() {
                    continue;
                }
                let date = ExcelDateTime::parse_from_str(text);
                match (kind, text.parse::<f64>(), date) {
                    (ColumnKind::Number | ColumnKind::Decimal, Ok(number), _) => {
                        sheet.write_number(row, column, number)?;
                    }
                    (ColumnKind::Date, _, Ok(date)) => {
                        sheet.write_datetime_with_format(row, column, &date, &day)?;
                    }
                    (ColumnKind::Share, ..) => {
                        if let Some(rate) = share(text).and_then(rate) {
                            sheet.write_number_with_format(row, column, rate, &percent)?;
                        }
                    }
                    _ => {
                        sheet.write_string(row, column, text)?;
                    }
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        if let (Some(last), Ok(rows)) = (
            self.columns.len().checked_sub(1),
            u32::try_from(self.rows.len()),
        ) && let Ok(last) = u16::try_from(last)
        {
            sheet.autofilter(0, 0, rows, last)?;
        }
        book.save_to_buffer()
    }

    /// Width in characters: of the longest of the first rows, Chinese ones twice.
    fn width(&self, column: usize, kind: ColumnKind) -> f64 {
        if kind == ColumnKind::Date {
            return 12.0;
        }
        // A rate is shown as its percentage, whatever it is counted from.
        if kind == ColumnKind::Share {
            return 14.0;
        }
        let wide = |text: &str| {
            text.chars()
                .map(|c| if c.is_ascii() { 1u16 } else { 2 })
                .sum::<u16>()
        };
        let head = self.columns.get(column).map_or(0, |(head, _)| wide(head));
        let cells = self.rows.iter().take(200).filter_map(|row| row.get(column));
        let most = cells.map(|text| wide(text)).max().unwrap_or(0).max(head);
        f64::from(most.clamp(6, 48)) + 2.0
    }
}

/// A rate as the number a spreadsheet keeps; only for showing.
fn rate(share: Share) -> Option<f64> {
    let (part, whole) = (
        i32::try_from(share.part).ok()?,
        i32::try_from(share.whole).ok()?,
    );
    Some(f64::from(part) / f64::from(whole))
}

/// What a spreadsheet may take for the beginning of a formula, full-width signs too (some take those for the others).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether text is a number or a percentage and may so begin with a sign.
fn is_figure(cell: &str) -> bool {
    cell.trim_end_matches('%').parse::<f64>().is_ok()
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(FORMULA) && !is_figure(cell);
        let cell = if formula {
            format!("'{cell}")
        } else {
            cell.to_owned()
        };
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// At most 31 characters, without those a sheet may not have.
fn sheet_name(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !"[]:*?/\\'".contains(*c))
        .take(31)
        .collect();
    if name.is_empty() {
        "1".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader as _, Xlsx};

    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            name: "企业[2018]".into(),
            columns: vec![
                ("名称".into(), ColumnKind::Text),
                ("职工".into(), ColumnKind::Number),
                ("面积".into(), ColumnKind::Decimal),
                ("开业".into(), ColumnKind::Date),
            ],
            rows: vec![
                vec![
                    "=1+1,\"甲\"".into(),
                    "20".into(),
                    "83.5".into(),
                    "2018-12-15".into(),
                ],
                vec!["0012".into(), String::new(), String::new(), String::new()],
            ],
        }
    }

    #[test]
    fn a_csv_opens_in_excel_and_runs_no_formula() {
        let bytes = sheet().write(FileFormat::Csv).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected =
            "\u{FEFF}名称,职工,面积,开业\r\n\"'=1+1,\"\"甲\"\"\",20,83.5,2018-12-15\r\n0012,,,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn rates_are_percentages_and_nothing_runs() {
        let sheet = Sheet {
            name: "率".into(),
            columns: vec![
                ("率".into(), ColumnKind::Share),
                ("说明".into(), ColumnKind::Text),
            ],
            rows: [
                ("1/3", "+1.5"),
                ("-1/4", "-5%"),
                ("3/0", "＝HYPERLINK(\"http://x\")"),
                ("", "@SUM(A1)"),
                ("2/2", "-2+3|cmd"),
            ]
            .map(|(share, text)| vec![share.to_owned(), text.to_owned()])
            .to_vec(),
        };
        let text = String::from_utf8(sheet.write(FileFormat::Csv).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "33.3%,+1.5",
                "-25.0%,-5%",
                ",\"'＝HYPERLINK(\"\"http://x\"\")\"",
                ",'@SUM(A1)",
                "100.0%,'-2+3|cmd"
            ]
        );
        let bytes = sheet.write(FileFormat::Xlsx).unwrap();
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert!(book.worksheet_formula("率").unwrap().is_empty());
        let range = book.worksheet_range("率").unwrap();
        let rates: Vec<&Data> = range.rows().skip(1).map(|row| &row[0]).collect();
        assert_eq!(
            rates[1..4],
            [&Data::Float(-0.25), &Data::Empty, &Data::Empty]
        );
        assert_eq!(
            range.rows().nth(4).unwrap()[1],
            Data::String("@SUM(A1)".into())
        );
    }

    #[test]
    fn an_xlsx_has_dates_as_dates_and_texts_as_texts() {
        let bytes = sheet().write(FileFormat::Xlsx).unwrap();
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("企业2018").unwrap();
        let row: Vec<&Data> = range.rows().nth(1).unwrap().iter().collect();
        assert_eq!(row[0], &Data::String("=1+1,\"甲\"".into()));
        assert_eq!((row[1], row[2]), (&Data::Float(20.0), &Data::Float(83.5)));
        assert!(
            matches!(row[3], Data::DateTime(day) if day.as_f64().to_bits() == 43_449f64.to_bits())
        );
        assert_eq!(range.rows().nth(2).unwrap()[0], Data::String("0012".into()));
        assert_eq!(range.rows().nth(2).unwrap()[1], Data::Empty);
    }
}
