/**
 * Entries from a sheet: a block copied in Excel lands in the cells, columns are known by their heads or their order,
 * what is wrong stands beside its cell, and all rows are saved together.
 */
import { ApiError, json } from "../lib/api.ts";
import { byId, fill, find, findAll, h } from "../lib/dom.ts";
import { cellsOf, draft, pasted, recall, type Sheet, USUAL, type Words } from "./read.ts";
import { errorText, t } from "./texts.ts";

const STORE = "pingyi-paste";
/** As the server takes at once. */
const MOST = 500;

const words: Words = JSON.parse(byId("paste-words").textContent ?? "{}");
const table = byId("paste-table");
const note = byId("paste-note");
const emptyRow = (columns: readonly string[]): string[] => columns.map(() => "");
const fresh = (): Sheet => ({ columns: USUAL, rows: [emptyRow(USUAL)] });

let sheet: Sheet = recall(localStorage.getItem(STORE)) ?? fresh();
/** What is wrong, by `row.field`; row as sent. */
let problems = new Map<string, string>();

const labelOf = (field: string): string =>
  words.fields.find((one) => one.name === field)?.label ?? t("paste-column-none");
const errorId = (row: number, column: number): string => `e-${row}-${column}`;
const isEmpty = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === "");

function keep(next: Sheet): void {
  sheet = next;
  localStorage.setItem(STORE, JSON.stringify(sheet));
}

function change(row: number, column: number, value: string): void {
  const rows = sheet.rows.map((cells, at) =>
    at === row ? cells.map((cell, n) => (n === column ? value : cell)) : cells,
  );
  keep({ ...sheet, rows });
}

function problemOf(row: number, column: number): string {
  return problems.get(`${row}.${sheet.columns[column] ?? ""}`) ?? "";
}

/** What is wrong with fields that have no column: said for the row. */
function restOf(row: number): string[] {
  const shown = new Set(sheet.columns);
  const rest: string[] = [];
  for (const [path, message] of problems) {
    const [at, field = ""] = path.split(".");
    if (Number(at) === row && !shown.has(field)) rest.push(`${labelOf(field)}：${message}`);
  }
  return rest;
}

function cell(row: number, column: number): HTMLElement {
  const problem = problemOf(row, column);
  const name = labelOf(sheet.columns[column] ?? "");
  const input = h("input", {
    value: sheet.rows[row]?.[column] ?? "",
    "data-row": row,
    "data-column": column,
    "aria-label": t("paste-cell", { row: row + 1, column: name }),
    "aria-invalid": problem === "" ? null : "true",
    "aria-describedby": problem === "" ? null : errorId(row, column),
    autocomplete: "off",
  });
  return h(
    "td",
    { class: `paste-${sheet.columns[column] || "none"}` },
    input,
    problem !== "" && h("p", { class: "error", id: errorId(row, column) }, problem),
  );
}

function line(row: number): HTMLElement {
  const rest = restOf(row);
  const drop = h(
    "button",
    {
      type: "button",
      class: "btn btn-quiet btn-s",
      "aria-label": t("paste-drop", { row: row + 1 }),
      "data-drop": row,
    },
    "×",
  );
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row", class: "num" },
      row + 1,
      rest.length > 0 && h("p", { class: "error" }, rest.join(" ")),
    ),
    sheet.columns.map((_, column) => cell(row, column)),
    h("td", {}, drop),
  );
}

function headOf(column: number): HTMLElement {
  const chosen = sheet.columns[column] ?? "";
  const option = (value: string, label: string): HTMLElement =>
    h("option", { value, selected: value === chosen }, label);
  return h(
    "th",
    { scope: "col" },
    h(
      "select",
      { "data-head": column, "aria-label": t("paste-head", { column: column + 1 }) },
      option("", t("paste-column-none")),
      words.fields.map((field) => option(field.name, field.label)),
    ),
  );
}

function draw(): void {
  fill(
    table,
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { class: "num" }, h("span", { class: "visually-hidden" }, t("paste-row"))),
        sheet.columns.map((_, column) => headOf(column)),
        h("th", {}, h("span", { class: "visually-hidden" }, t("paste-tools"))),
      ),
    ),
    h(
      "tbody",
      {},
      sheet.rows.map((_, row) => line(row)),
    ),
  );
  const filled = sheet.rows.filter((row) => !isEmpty(row)).length;
  byId("paste-count").textContent = t("paste-rows", { count: filled });
}

const inputAt = (row: number, column: number): HTMLInputElement | null =>
  find(table, `input[data-row="${row}"][data-column="${column}"]`, HTMLInputElement);

function placeOf(target: EventTarget | null): { row: number; column: number } | null {
  if (!(target instanceof HTMLInputElement) || target.dataset.row === undefined) return null;
  return { row: Number(target.dataset.row), column: Number(target.dataset.column) };
}

/** A row more, which takes over what usually stays the same. */
function addRow(): void {
  const last = sheet.rows.at(-1) ?? [];
  const same = new Set(["unit", "kind", "topic", "on_date", "place"]);
  const row = sheet.columns.map((field, at) => (same.has(field) ? (last[at] ?? "") : ""));
  keep({ ...sheet, rows: [...sheet.rows, row] });
  draw();
}

function paste(event: ClipboardEvent): void {
  const place = placeOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!place || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const block = cellsOf(text);
  problems = new Map();
  keep(pasted(sheet, place, block, words));
  draw();
  // Heads became the columns.
  note.textContent = t("paste-landed", { count: Math.min(block.length, sheet.rows.length) });
  inputAt(0, 0)?.focus();
}

function key(event: KeyboardEvent): void {
  const place = placeOf(event.target);
  if (!place) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void save();
    return;
  }
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.isComposing) return;
  event.preventDefault();
  const next = place.row + step;
  if (event.key === "Enter" && next === sheet.rows.length && !isEmpty(sheet.rows[place.row] ?? [])) addRow();
  inputAt(next, event.key === "Enter" && next === sheet.rows.length - 1 ? 0 : place.column)?.focus();
}

function otherwise(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const control of findAll(document, "[data-otherwise]", HTMLElement)) {
    if (control instanceof HTMLSelectElement || control instanceof HTMLInputElement)
      found[control.dataset.otherwise ?? ""] = control.value;
  }
  return found;
}

function showProblems(sent: readonly number[], error: ApiError): void {
  problems = new Map();
  for (const problem of error.problems) {
    const [at = "", field = ""] = problem.path.split(".");
    const row = sent[Number(at)];
    if (row !== undefined) problems.set(`${row}.${field}`, problem.message);
  }
  draw();
  note.textContent = problems.size > 0 ? t("paste-problems", { count: problems.size }) : errorText(error);
  const first = find(table, '[aria-invalid="true"]', HTMLElement);
  first?.focus();
}

async function save(): Promise<void> {
  const button = byId("paste-save");
  if (button.getAttribute("aria-busy") === "true") return;
  const sent: number[] = [];
  const rows: Record<string, string>[] = [];
  const rest = otherwise();
  sheet.rows.forEach((row, at) => {
    if (isEmpty(row)) return;
    sent.push(at);
    rows.push(draft(sheet.columns, row, rest, words));
  });
  if (rows.length === 0 || rows.length > MOST) {
    note.textContent = t(rows.length === 0 ? "paste-none" : "paste-too-many", { most: MOST });
    return;
  }
  button.setAttribute("aria-busy", "true");
  try {
    await json("POST", "/api/entries/many", { rows }, { timeoutMs: 120_000 });
    localStorage.removeItem(STORE);
    location.assign("/ledger");
  } catch (error) {
    if (error instanceof ApiError) showProblems(sent, error);
    else note.textContent = errorText(error);
  } finally {
    button.setAttribute("aria-busy", "false");
  }
}

function click(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest("button") : null;
  if (!target) return;
  if (target.id === "paste-save") void save();
  else if (target.id === "paste-add") {
    addRow();
    inputAt(sheet.rows.length - 1, 0)?.focus();
  } else if (target.id === "paste-clear") {
    problems = new Map();
    keep(fresh());
    draw();
    inputAt(0, 0)?.focus();
  } else if (target.dataset.drop !== undefined) {
    const row = Number(target.dataset.drop);
    const rows = sheet.rows.filter((_, at) => at !== row);
    problems = new Map();
    keep({ ...sheet, rows: rows.length > 0 ? rows : [emptyRow(sheet.columns)] });
    draw();
    inputAt(Math.min(row, sheet.rows.length - 1), 0)?.focus();
  }
}

table.addEventListener("paste", paste);
table.addEventListener("keydown", key);
table.addEventListener("input", (event) => {
  const place = placeOf(event.target);
  if (place && event.target instanceof HTMLInputElement) change(place.row, place.column, event.target.value);
});
table.addEventListener("change", (event) => {
  const head = event.target;
  if (!(head instanceof HTMLSelectElement)) return;
  const column = Number(head.dataset.head);
  const columns = sheet.columns.map((field, at) => {
    if (at === column) return head.value;
    return field === head.value ? "" : field;
  });
  problems = new Map();
  keep({ ...sheet, columns });
  draw();
  find(table, `select[data-head="${column}"]`, HTMLSelectElement)?.focus();
});
document.addEventListener("click", click);
draw();
inputAt(0, 0)?.focus();
