/** What a chart draws, read from the cells of a table. Pure, so that it can be tested. */

export interface Series {
  readonly name: string;
  /** One for each step; null where the figure is missing, which is never drawn as nought. */
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  readonly steps: readonly string[];
  readonly series: readonly Series[];
}

export interface Head {
  readonly text: string;
  readonly drawn: boolean;
}

export interface Row {
  readonly name: string;
  readonly drawn: boolean;
  /** What stands in `data-v` of each cell after the first. */
  readonly numbers: readonly string[];
}

function number(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** The first head stands over the names. By columns each drawn column is a series, by rows each drawn row. */
export function readTable(heads: readonly Head[], rows: readonly Row[], byRows: boolean): ChartData {
  const columns = heads
    .map((head, at) => ({ ...head, at: at - 1 }))
    .filter((head) => head.drawn && head.at >= 0);
  if (byRows) {
    return {
      steps: columns.map((column) => column.text),
      series: rows
        .filter((row) => row.drawn)
        .map((row) => ({ name: row.name, values: columns.map((column) => number(row.numbers[column.at])) })),
    };
  }
  return {
    steps: rows.map((row) => row.name),
    series: columns.map((column) => ({
      name: column.text,
      values: rows.map((row) => number(row.numbers[column.at])),
    })),
  };
}
