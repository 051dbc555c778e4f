//! Heads in two rows: 党员 over 总数 and 女, or a head merged over both rows.

use calamine::Dimensions;

use super::{CellIn, MAX_COLUMNS};

/// Where the cells of the head are merged so that it takes more rows, makes one row of them: what stands above, then what
/// stands below. Gives the place of that row; rows before it are no data.
pub(super) fn join(grid: &mut [(u32, Vec<CellIn>)], first: usize, merged: &[Dimensions]) -> usize {
    let row = grid[first].0;
    // Rows count from 1, areas from 0.
    let of_head = |area: &&Dimensions| area.start.0 + 1 == row;
    let tall = merged.iter().filter(of_head).map(|area| area.end.0 + 1);
    let wide = merged
        .iter()
        .filter(of_head)
        .any(|area| area.end.1 > area.start.1);
    let below = tall.max().unwrap_or(row);
    // Two heads side by side under one need the row below as well, if it is one of heads.
    let below = if below == row && wide && heads_follow(grid, first) {
        row + 1
    } else {
        below
    };
    let last = grid.iter().rposition(|(at, _)| *at <= below);
    let last = last.filter(|last| *last > first);
    let Some(last) = last else { return first };
    let width = grid[first..=last]
        .iter()
        .map(|(_, cells)| cells.len())
        .max()
        .unwrap_or(0);
    let joined: Vec<CellIn> = (0..width.min(MAX_COLUMNS))
        .map(|column| joined(&grid[first..=last], column, merged))
        .collect();
    grid[last].1 = joined;
    last
}

/// Whether the row below holds only texts, each under an area that the head's row merges sideways.
fn heads_follow(grid: &[(u32, Vec<CellIn>)], first: usize) -> bool {
    let Some((row, cells)) = grid.get(first + 1) else {
        return false;
    };
    let texts = |cell: &CellIn| matches!(cell, CellIn::Text(_) | CellIn::Empty);
    let filled = cells.iter().filter(|cell| **cell != CellIn::Empty).count();
    let above = &grid[first].1;
    let more = grid
        .get(first + 2)
        .is_some_and(|(_, next)| !next.iter().all(texts));
    // A row of data has something in its first column; sub-heads stand under what is merged only.
    let starts_late = cells.first().is_none_or(|cell| *cell == CellIn::Empty)
        || above.first().is_none_or(|cell| *cell == CellIn::Empty);
    *row == grid[first].0 + 1 && filled > 0 && cells.iter().all(texts) && (starts_late || more)
}

/// The texts of a column from above, each once; what is merged sideways stands over all its columns.
fn joined(rows: &[(u32, Vec<CellIn>)], column: usize, merged: &[Dimensions]) -> CellIn {
    let mut parts: Vec<&str> = Vec::new();
    for (row, cells) in rows {
        let at = u32::try_from(column).unwrap_or(u32::MAX);
        let over = merged
            .iter()
            .find(|area| area.start.0 + 1 == *row && (area.start.1..=area.end.1).contains(&at));
        let from = over.map_or(column, |area| {
            usize::try_from(area.start.1).unwrap_or(column)
        });
        if let Some(CellIn::Text(text)) = cells.get(from)
            && parts.last() != Some(&text.as_str())
        {
            parts.push(text);
        }
    }
    if parts.is_empty() {
        CellIn::Empty
    } else {
        CellIn::Text(parts.join(" "))
    }
}
