/** Tables: filter as you type, move by keys, save what is seen. */
import { findAll, saveFile } from "../lib/dom.ts";

/** One line of CSV; a cell that begins like a formula gets an apostrophe, so that Excel shows it as text. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => {
      const safe = /^[=+\-@\t\r]/.test(cell) && !/^[-+]?\d+([.,]\d+)?%?$/.test(cell) ? `'${cell}` : cell;
      return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
    })
    .join(",");
}

/** True when every word of the query occurs in the text, case aside. */
export function matches(text: string, query: string): boolean {
  const where = text.toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

const tableBy = (id: string | undefined): HTMLTableElement | null => {
  const found = id === undefined ? null : document.getElementById(id);
  return found instanceof HTMLTableElement ? found : null;
};

const bodyRows = (table: HTMLTableElement): HTMLTableRowElement[] =>
  findAll(table, "tbody tr", HTMLTableRowElement);

export function filterTable(input: HTMLInputElement): void {
  const table = tableBy(input.dataset.filter);
  if (!table) return;
  for (const row of bodyRows(table)) row.hidden = !matches(row.textContent ?? "", input.value.trim());
}

const clean = (cell: Element): string => (cell.textContent ?? "").replace(/\s+/g, " ").trim();

/** Saves the visible rows as CSV; the byte order mark makes Excel read it as UTF-8. */
export function exportTable(button: HTMLElement): void {
  const table = tableBy(button.dataset.export);
  if (!table) return;
  const rows = findAll(table, "tr", HTMLTableRowElement).filter((row) => !row.hidden);
  const lines = rows.map((row) => csvLine([...row.cells].map(clean)));
  saveFile(button.dataset.file ?? "table.csv", `\ufeff${lines.join("\r\n")}\r\n`, "text/csv;charset=utf-8");
}

/** Up and down move between rows, Enter follows the row's first link. */
export function tableKey(event: KeyboardEvent): void {
  const target = event.target;
  if (!(target instanceof HTMLTableRowElement)) return;
  const table = target.closest("table");
  if (!table) return;
  const rows = bodyRows(table).filter((row) => !row.hidden);
  const at = rows.indexOf(target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
  } else if (event.key === "Enter") {
    const link = target.querySelector("a[href]");
    if (link instanceof HTMLAnchorElement) link.click();
  }
}

export function watchTables(root: ParentNode): void {
  for (const table of findAll(root, "table[data-rows]", HTMLTableElement)) {
    for (const row of bodyRows(table)) row.tabIndex = 0;
  }
  for (const input of findAll(root, "input[data-filter]", HTMLInputElement))
    if (input.value !== "") filterTable(input);
}
