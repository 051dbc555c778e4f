/** What was pasted, and what its cells are on the wire. Pure, so that it can be tested. */

/** A field of an entry, with the heads that mean it, folded. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly heads: readonly string[];
}

/** Something that is called by names: a unit, a kind, a topic below a kind. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
  readonly parent?: string;
}

export interface Words {
  readonly fields: readonly Field[];
  readonly units: readonly Named[];
  readonly kinds: readonly Named[];
  readonly topics: readonly Named[];
}

/** Columns of a paste without heads, in this order. */
export const USUAL: readonly string[] = [
  "on_date",
  "kind",
  "title",
  "unit",
  "place",
  "headcount",
  "firms",
  "partners",
];

/** As the server folds texts: full-width letters plain, capitals small, the rest one space. */
export const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** A block of cells from the clipboard: tabs between, quotes around cells with line breaks, as Excel writes it. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const clean = text.replace(/\r\n?/g, "\n");
  const end = (): void => {
    rows.at(-1)?.push(cell.trim());
    cell = "";
  };
  for (let at = 0; at < clean.length; at += 1) {
    const c = clean[at] ?? "";
    if (quoted) {
      if (c !== '"') cell += c;
      else if (clean[at + 1] === '"') {
        cell += c;
        at += 1;
      } else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") end();
    else if (c === "\n") {
      end();
      rows.push([]);
    } else cell += c;
  }
  end();
  return rows.filter((row) => row.some((one) => one !== ""));
}

/** The fields of a row of heads, empty where none is meant; null where fewer than two are known: no heads then. */
export function heads(row: readonly string[], words: Words): string[] | null {
  const taken = new Set<string>();
  const found = row.map((head) => {
    const wanted = fold(head);
    const field = words.fields.find(
      (one) => !taken.has(one.name) && (fold(one.label) === wanted || one.heads.includes(wanted)),
    );
    if (field) taken.add(field.name);
    return field?.name ?? "";
  });
  return taken.size >= 2 ? found : null;
}

const two = (text: string): string => text.padStart(2, "0");

/** A day as people write it, or the text itself, which the server refuses beside the cell. */
export function day(text: string): string {
  const found =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return found ? `${found[1]}-${two(found[2] ?? "")}-${two(found[3] ?? "")}` : text;
}

function named(list: readonly Named[], text: string, parent?: string): string {
  const wanted = fold(text);
  const fits = (one: Named): boolean =>
    (parent === undefined || one.parent === parent) &&
    (one.id === text || one.names.some((name) => fold(name) === wanted));
  return list.find(fits)?.id ?? text;
}

const NUMBERS = new Set(["headcount", "quantity", "hours", "cases", "settled"]);

/** One row as the server takes it. What cannot be read goes as it was typed: the server says what is wrong with it. */
export function draft(
  columns: readonly string[],
  cells: readonly string[],
  otherwise: Readonly<Record<string, string>>,
  words: Words,
): Record<string, string> {
  const row: Record<string, string> = {};
  columns.forEach((field, at) => {
    const text = (cells[at] ?? "").trim();
    if (field !== "" && text !== "") row[field] = text;
  });
  for (const [field, text] of Object.entries(otherwise)) {
    if (row[field] === undefined && text !== "") row[field] = text;
  }
  if (row.on_date !== undefined) row.on_date = day(row.on_date);
  if (row.unit !== undefined) row.unit = named(words.units, row.unit);
  if (row.kind !== undefined) row.kind = named(words.kinds, row.kind);
  if (row.topic !== undefined) row.topic = named(words.topics, row.topic, row.kind ?? "");
  for (const field of NUMBERS) {
    const text = row[field];
    if (text !== undefined) row[field] = text.replace(/[,，]/g, "");
  }
  return row;
}

/** The state of the table: which column is which field, and what stands in the cells. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table after a block was pasted at a cell. Heads are recognised where the table is empty. */
export function pasted(
  sheet: Sheet,
  at: { row: number; column: number },
  block: string[][],
  words: Words,
): Sheet {
  const empty = sheet.rows.every((row) => row.every((cell) => cell === ""));
  const found = empty && block[0] ? heads(block[0], words) : null;
  if (found) {
    const width = Math.max(...block.map((row) => row.length));
    const columns = Array.from({ length: width }, (_, n) => found[n] ?? "");
    return { columns, rows: block.slice(1).map((row) => columns.map((_, n) => row[n] ?? "")) };
  }
  const width = Math.max(sheet.columns.length, ...block.map((row) => at.column + row.length));
  const columns = Array.from({ length: width }, (_, n) => sheet.columns[n] ?? "");
  const rows = sheet.rows.map((row) => columns.map((_, n) => row[n] ?? ""));
  block.forEach((cells, dy) => {
    const row = rows[at.row + dy] ?? columns.map(() => "");
    cells.forEach((cell, dx) => {
      row[at.column + dx] = cell;
    });
    rows[at.row + dy] = row;
  });
  return { columns, rows };
}

/** What was kept in the browser, where it is a table. */
export function recall(text: string | null): Sheet | null {
  try {
    const read: unknown = JSON.parse(text ?? "null");
    if (typeof read !== "object" || read === null || !("columns" in read) || !("rows" in read)) return null;
    const { columns, rows } = read;
    const isTexts = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((one) => typeof one === "string");
    if (!isTexts(columns) || !Array.isArray(rows) || !rows.every(isTexts)) return null;
    return { columns, rows };
  } catch {
    return null;
  }
}
