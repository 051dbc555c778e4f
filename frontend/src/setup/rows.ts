/** A list as a table that is edited like a sheet: type, paste a column, move by keys. */
import { fill, h } from "../lib/dom.ts";
import { type ListPath, newRow, type Row } from "./model.ts";
import { pastedRows } from "./paste.ts";
import { t } from "./texts.ts";

export interface Column {
  readonly name: string;
  readonly kind: "text" | "number" | "check";
}

export interface ListOptions {
  readonly path: ListPath;
  readonly columns: readonly Column[];
  readonly frozen: boolean;
  rows(): readonly Row[];
  /** The list changed; rows are new objects where they differ. */
  change(rows: Row[]): void;
}

export interface ListEditor {
  readonly root: HTMLElement;
  draw(): void;
}

/** The path of a cell as the server names it. */
export const cellPath = (list: ListPath, index: number, column: string): string =>
  list === "tellers.names" ? `tellers.names[${index}]` : `${list}[${index}].${column}`;

const errorId = (path: string): string => `e-${path.replace(/[^a-z0-9]+/g, "-")}`;

const slug = (path: string): string => path.replace(/[._]/g, "-");

/** The list with the row at `from` moved to `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const row = list[from];
  if (row === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}

/** Cells of a pasted block, from row `at` and column `column` on; rows are added as needed. */
export function withPasted(
  options: ListOptions,
  at: number,
  column: number,
  block: readonly string[][],
): Row[] {
  const rows = [...options.rows()];
  block.forEach((cells, dy) => {
    const index = at + dy;
    const row: Row = { ...(rows[index] ?? newRow(options.path, rows)) };
    cells.forEach((cell, dx) => {
      const target = options.columns[column + dx];
      if (target && target.kind !== "check") row[target.name] = cell;
    });
    rows[index] = row;
  });
  return rows;
}

export function listEditor(options: ListOptions): ListEditor {
  const { path, columns, frozen } = options;
  const body = h("tbody", {});
  const add = h("button", { type: "button", class: "btn btn-s" }, t(`setup-add-${slug(path)}`));
  const focusCell = (index: number, column: string): void => {
    const cell = body.querySelector(`[data-path="${cellPath(path, index, column)}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  const set = (rows: Row[], index: number, column: string): void => {
    options.change(rows);
    draw();
    focusCell(index, column);
  };
  const insert = (index: number, column: string): void => {
    const rows = [...options.rows()];
    rows.splice(index, 0, newRow(path, rows));
    set(rows, index, column);
  };

  function key(event: KeyboardEvent, index: number, column: string): void {
    const rows = options.rows();
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (event.altKey && step !== 0) {
      event.preventDefault();
      const to = index + step;
      if (to >= 0 && to < rows.length) set(moved(rows, index, to), to, column);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (index + 1 < rows.length) focusCell(index + 1, column);
      else insert(rows.length, column);
    } else if (step !== 0 && !event.shiftKey) {
      event.preventDefault();
      focusCell(index + step, column);
    }
  }

  function cell(row: Row, index: number, column: Column, place: number): HTMLElement {
    const at = cellPath(path, index, column.name);
    const label = t("setup-cell", { column: t(`setup-col-${column.name}`), row: index + 1 });
    const value = row[column.name];
    const input = h("input", {
      type: column.kind === "check" ? "checkbox" : "text",
      inputmode: column.kind === "number" ? "decimal" : null,
      class: column.kind === "number" ? "num" : null,
      autocomplete: "off",
      "data-path": at,
      "aria-label": label,
      "aria-describedby": errorId(at),
      disabled: frozen,
    });
    if (column.kind === "check") input.checked = value === true;
    else input.value = typeof value === "string" ? value : "";
    const update = (): void => {
      const next = column.kind === "check" ? input.checked : input.value;
      options.change(options.rows().map((old, i) => (i === index ? { ...old, [column.name]: next } : old)));
    };
    input.addEventListener(column.kind === "check" ? "change" : "input", update);
    input.addEventListener("keydown", (event) => key(event, index, column.name));
    input.addEventListener("paste", (event) => {
      const block = pastedRows(event.clipboardData?.getData("text/plain") ?? "");
      if (block === null || column.kind === "check") return;
      event.preventDefault();
      set(
        withPasted(options, index, place, block),
        Math.min(index + block.length, options.rows().length) - 1,
        column.name,
      );
    });
    const td = column.kind === "check" ? h("label", { class: "check" }, input) : input;
    return h("td", { "data-label": t(`setup-col-${column.name}`), class: `col-${column.name}` }, td);
  }

  /** Under a row, over its whole width: a narrow column has no room for a sentence. */
  function errors(index: number): HTMLElement {
    const places = columns.map((column) => {
      const at = cellPath(path, index, column.name);
      return h("p", { class: "error", id: errorId(at), "data-error-for": at });
    });
    return h("tr", { class: "row-errors" }, h("td", { colspan: columns.length + 2 }, places));
  }

  function tools(index: number, count: number): HTMLElement {
    const first = columns[0]?.name ?? "";
    const tool = (name: string, sign: string, off: boolean, press: () => void): HTMLElement =>
      h(
        "button",
        {
          type: "button",
          class: "btn btn-quiet btn-s",
          "aria-label": t(`setup-row-${name}`, { row: index + 1 }),
          title: t(`setup-row-${name}`, { row: index + 1 }),
          disabled: off || frozen,
          onclick: press,
        },
        sign,
      );
    const rows = (): readonly Row[] => options.rows();
    return h(
      "td",
      { class: "row-tools" },
      tool("up", "↑", index === 0, () => set(moved(rows(), index, index - 1), index - 1, first)),
      tool("down", "↓", index === count - 1, () => set(moved(rows(), index, index + 1), index + 1, first)),
      tool("remove", "✕", false, () => {
        set(
          rows().filter((_, i) => i !== index),
          Math.min(index, count - 2),
          first,
        );
        if (count === 1) add.focus();
      }),
    );
  }

  function draw(): void {
    const rows = options.rows();
    fill(
      body,
      rows.map((row, index) => [
        h(
          "tr",
          {},
          h("td", { class: "num row-number", "aria-hidden": "true" }, String(index + 1)),
          columns.map((column, place) => cell(row, index, column, place)),
          tools(index, rows.length),
        ),
        errors(index),
      ]),
    );
  }

  add.disabled = frozen;
  add.addEventListener("click", () => insert(options.rows().length, columns[0]?.name ?? ""));
  const head = h(
    "thead",
    {},
    h(
      "tr",
      {},
      h("th", { class: "row-number" }, h("span", { class: "visually-hidden" }, t("setup-col-number"))),
      columns.map((column) =>
        h(
          "th",
          { scope: "col", class: column.kind === "number" ? "num" : null },
          t(`setup-col-${column.name}`),
        ),
      ),
      h("th", {}, h("span", { class: "visually-hidden" }, t("setup-col-tools"))),
    ),
  );
  draw();
  return {
    root: h(
      "div",
      { class: "stack-s rows-editor", "data-list": path },
      h("div", { class: "table-wrap" }, h("table", { class: "table table-stack rows" }, head, body)),
      h("p", { class: "error", "data-error-for": path }),
      h("div", { class: "row" }, add, h("span", { class: "hint" }, t("setup-rows-hint"))),
    ),
    draw,
  };
}
