//! Reading the office's own xlsx and csv files, with everything about them that makes their cells doubtful.

mod head;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use pingyi_domain::record::Date;

/// Bytes of a file at most.
pub const MAX_FILE_BYTES: usize = 50 << 20;
/// Rows below the head at most.
pub const MAX_ROWS: usize = 200_000;
/// Columns looked at.
const MAX_COLUMNS: usize = 200;
/// Bytes a file may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;
/// And how many times its own size, beyond the first megabytes.
const MAX_RATIO: u64 = 100;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CellIn {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number that is no date.
    Number(f64),
    /// A day; none where the number lies outside the calendar or has a time of day.
    Day(Option<Date>),
    /// Computed when the file was last open: what it shows may be stale.
    Formula,
    /// One of several cells merged into one.
    Merged,
    /// True, false, an error, a span of time.
    Other(String),
}

/// The sheet that is read.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Heads, by column; empty where there is none.
    pub heads: Vec<String>,
    /// Number of the row in the file (from 1) and its cells.
    pub rows: Vec<(u32, Vec<CellIn>)>,
}

/// A file.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    /// Names of the sheets that can be chosen.
    pub sheets: Vec<String>,
    /// Names of those that are hidden and stay out.
    pub hidden: Vec<String>,
    /// Name of the one read.
    pub sheet: String,
    /// What it holds.
    pub table: Table,
    /// What was odd and could be read for certain: `hidden_sheet`, `merged`, `merged_head`, `date_1904`.
    pub warnings: Vec<&'static str>,
}

/// Why a file is refused as a whole: the code of its text.
pub(crate) type Refusal = &'static str;

/// Reads a file; `sheet` chooses one of several.
///
/// # Errors
/// `encrypted`, `unreadable`, `zip_bomb`, `too_many_rows`, `hidden_sheet`, `duplicate_header`, `missing`.
pub(crate) fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Book, Refusal> {
    // Password-protected files and those of Excel 97 are no zip archives but compound files.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let name: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let locked = bytes.windows(name.len()).any(|part| part == name);
        return Err(if locked { "encrypted" } else { "unreadable" });
    }
    let book = if bytes.starts_with(b"PK") {
        unpacks_within_reason(bytes)?;
        read_xlsx(bytes, sheet)?
    } else {
        read_csv(bytes)?
    };
    let mut seen = BTreeSet::new();
    let twice = book
        .table
        .heads
        .iter()
        .any(|head| !head.is_empty() && !seen.insert(head));
    if twice {
        return Err("duplicate_header");
    }
    Ok(book)
}

/// Unpacks every part once into nothing and counts: what the archive says of itself is not believed.
fn unpacks_within_reason(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "unreadable")?;
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = packed
        .saturating_mul(MAX_RATIO)
        .clamp(16 << 20, MAX_UNPACKED);
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_)
            | zip::result::ZipError::InvalidPassword => "encrypted",
            _ => "unreadable",
        })?;
        let mut counted = part.take(left.saturating_add(1));
        let read = std::io::copy(&mut counted, &mut std::io::sink()).map_err(|_| "unreadable")?;
        left = left.checked_sub(read).ok_or("zip_bomb")?;
    }
    Ok(())
}

fn refusal(error: &XlsxError) -> Refusal {
    if matches!(error, XlsxError::Password) {
        "encrypted"
    } else {
        "unreadable"
    }
}

type Grid = Vec<(u32, Vec<CellIn>)>;

fn read_xlsx(bytes: &[u8], wanted: Option<&str>) -> Result<Book, Refusal> {
    let mut file = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let all = file
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (seen, hidden): (Vec<_>, Vec<_>) =
        all.partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names =
        |sheets: Vec<&calamine::Sheet>| sheets.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    let (sheets, hidden) = (names(seen), names(hidden));
    let sheet = match wanted {
        Some(name) if hidden.iter().any(|one| one == name) => return Err("hidden_sheet"),
        Some(name) => sheets.iter().find(|one| *one == name),
        None => sheets.first(),
    };
    let sheet = sheet.cloned().ok_or(if hidden.is_empty() {
        "unreadable"
    } else {
        "hidden_sheet"
    })?;
    let mut warnings = Vec::new();
    if !hidden.is_empty() {
        warnings.push("hidden_sheet");
    }
    let is_1904 = file.has_1904_epoch();
    let (mut grid, has_day) = grid_of(&mut file, &sheet)?;
    if is_1904 && has_day {
        warnings.push("date_1904");
    }
    let merged = file
        .merge_cells_by_sheet_name(&sheet)
        .map_err(|error| refusal(&error))?;
    let first = head_of(&grid).ok_or("missing")?;
    let head = head::join(&mut grid, first, &merged);
    let head_row = grid[head].0;
    if head > first {
        warnings.push("merged_head");
    }
    for area in &merged {
        if area.end.0 >= head_row {
            spoil(&mut grid[head + 1..], area);
        } else if area.start.0 + 1 < head_row && head == first && !warnings.contains(&"merged") {
            warnings.push("merged");
        }
    }
    Ok(Book {
        sheets,
        hidden,
        sheet,
        table: table_of(grid, head),
        warnings,
    })
}

/// The cells of a sheet row by row, and whether any is a date.
fn grid_of(file: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<(Grid, bool), Refusal> {
    let mut reader = file
        .worksheet_cells_reader(sheet)
        .map_err(|error| refusal(&error))?;
    let mut grid: Grid = Vec::new();
    let mut has_day = false;
    loop {
        let cell = reader.next_cell_with_formula_metadata();
        let Some(cell) = cell.map_err(|error| refusal(&error))? else {
            return Ok((grid, has_day));
        };
        let (row, column) = cell.pos;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MAX_COLUMNS {
            continue;
        }
        let value = if cell.formula.is_some() {
            CellIn::Formula
        } else {
            cell_of(&Data::from(cell.value))
        };
        if value == CellIn::Empty {
            continue;
        }
        has_day |= matches!(value, CellIn::Day(_));
        if grid.last().is_none_or(|(last, _)| *last != row + 1) {
            // A few rows of title may stand above the head.
            if grid.len() > MAX_ROWS + 20 {
                return Err("too_many_rows");
            }
            grid.push((row + 1, Vec::new()));
        }
        if let Some((_, cells)) = grid.last_mut() {
            cells.resize(cells.len().max(column + 1), CellIn::Empty);
            cells[column] = value;
        }
    }
}

fn cell_of(value: &Data) -> CellIn {
    match value {
        Data::Empty => CellIn::Empty,
        Data::String(text) if text.trim().is_empty() => CellIn::Empty,
        Data::String(text) => CellIn::Text(text.trim().to_owned()),
        Data::Float(number) => CellIn::Number(*number),
        Data::Int(number) => CellIn::Text(number.to_string()),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let whole = (hour, minute, second) == (0, 0, 0);
            CellIn::Day(Date::new(i32::from(year), month, day).filter(|_| whole))
        }
        other => CellIn::Other(other.to_string()),
    }
}

/// Makes every cell of a merged area doubtful, also those that look empty.
fn spoil(grid: &mut [(u32, Vec<CellIn>)], area: &calamine::Dimensions) {
    let column = |n: u32| {
        usize::try_from(n)
            .unwrap_or(usize::MAX)
            .min(MAX_COLUMNS - 1)
    };
    let (first, last) = (column(area.start.1), column(area.end.1));
    for (_, cells) in grid
        .iter_mut()
        .filter(|(row, _)| (area.start.0 + 1..=area.end.0 + 1).contains(row))
    {
        cells.resize(cells.len().max(last + 1), CellIn::Empty);
        for cell in &mut cells[first..=last] {
            *cell = CellIn::Merged;
        }
    }
}

/// The head is the first row with two texts or more; a title above it has one.
fn head_of(grid: &Grid) -> Option<usize> {
    let texts = |cells: &[CellIn]| {
        let texts = cells.iter().filter(|c| matches!(c, CellIn::Text(_)));
        texts.count()
    };
    let mut first = grid.iter().take(20);
    first.position(|(_, cells)| texts(cells) >= 2)
}

fn table_of(mut grid: Grid, head: usize) -> Table {
    let rows = grid.split_off(head + 1);
    let heads = grid.pop().map(|(_, cells)| cells).unwrap_or_default();
    let text = |cell: CellIn| match cell {
        CellIn::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    Table {
        heads: heads.into_iter().map(text).collect(),
        rows,
    }
}

/// UTF-8, or GB 18030 as Chinese Excel saves it.
fn read_csv(bytes: &[u8]) -> Result<Book, Refusal> {
    let utf8 = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(utf8) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or("unreadable")?
            .into_owned(),
    };
    if text.contains('\0') {
        return Err("unreadable");
    }
    let first = text.lines().next().unwrap_or_default();
    let mark = if first.contains('\t') && !first.contains(',') {
        b'\t'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let mut grid: Grid = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| "unreadable")?;
        let line = record.position().map_or(0, csv::Position::line);
        if grid.len() > MAX_ROWS {
            return Err("too_many_rows");
        }
        let cells = record
            .iter()
            .take(MAX_COLUMNS)
            .map(|cell| match cell.trim() {
                "" => CellIn::Empty,
                // The apostrophe our own export puts before what a spreadsheet would run.
                text => CellIn::Text(text.strip_prefix('\'').unwrap_or(text).to_owned()),
            });
        let cells: Vec<CellIn> = cells.collect();
        if cells.iter().any(|cell| *cell != CellIn::Empty) {
            grid.push((u32::try_from(line).unwrap_or(u32::MAX), cells));
        }
    }
    let head = head_of(&grid).ok_or("missing")?;
    Ok(Book {
        sheets: vec![],
        hidden: vec![],
        sheet: String::new(),
        table: table_of(grid, head),
        warnings: vec![],
    })
}
