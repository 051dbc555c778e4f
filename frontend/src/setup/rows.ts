/** A list as a table that is edited like a sheet: type, paste a column, move by keys. */
import { fill, h } from "../lib/dom.ts";
import { type ListPath, newRow, type Row } from "./model.ts";
import { pastedRows } from "./paste.ts";
import { t } from "./texts.ts";

export interface Column {
  readonly name: string;
  readonly kind: "text" | "number" | "check" | "choice";
  /** What can be chosen, asked for when somebody is about to choose. */
  readonly choices?: () => readonly Choice[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ListOptions {
  readonly path: ListPath;
  readonly columns: readonly Column[];
  readonly frozen: boolean;
  rows(): readonly Row[];
  /** The list changed; rows are new objects where they differ. */
  change(rows: Row[]): void;
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
      if (target && target.kind !== "check" && target.kind !== "choice") row[target.name] = cell;
    });
    rows[index] = row;
  });
  return rows;
}

function headOf(columns: readonly Column[]): HTMLElement {
  return h(
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
}

/** `root` stands in the page; `draw` shows the rows anew. */
export class ListEditor {
  readonly root: HTMLElement;
  private readonly body = h("tbody", {});
  private readonly add: HTMLButtonElement;

  constructor(private readonly options: ListOptions) {
    const { path, columns, frozen } = options;
    this.add = h(
      "button",
      { type: "button", class: "btn btn-s", disabled: frozen },
      t(`setup-add-${slug(path)}`),
    );
    this.add.addEventListener("click", () => this.insert(options.rows().length, columns[0]?.name ?? ""));
    this.root = h(
      "div",
      { class: "stack-s rows-editor", "data-list": path },
      h(
        "div",
        { class: "table-wrap" },
        h("table", { class: "table table-stack rows" }, headOf(columns), this.body),
      ),
      h("p", { class: "error", "data-error-for": path }),
      h("div", { class: "row" }, this.add, h("span", { class: "hint" }, t("setup-rows-hint"))),
    );
    this.draw();
  }

  private focusCell(index: number, column: string): void {
    const cell = this.body.querySelector(`[data-path="${cellPath(this.options.path, index, column)}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  }

  private set(rows: Row[], index: number, column: string): void {
    this.options.change(rows);
    this.draw();
    this.focusCell(index, column);
  }

  private insert(index: number, column: string): void {
    const rows = [...this.options.rows()];
    rows.splice(index, 0, newRow(this.options.path, rows));
    this.set(rows, index, column);
  }

  private key(event: KeyboardEvent, index: number, column: string): void {
    const rows = this.options.rows();
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (event.altKey && step !== 0) {
      event.preventDefault();
      const to = index + step;
      if (to >= 0 && to < rows.length) this.set(moved(rows, index, to), to, column);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (index + 1 < rows.length) this.focusCell(index + 1, column);
      else this.insert(rows.length, column);
    } else if (step !== 0 && !event.shiftKey) {
      event.preventDefault();
      this.focusCell(index + step, column);
    }
  }

  /** A long list of choices stands in the page only where somebody is about to choose. */
  private choice(row: Row, index: number, column: Column): HTMLElement {
    const at = cellPath(this.options.path, index, column.name);
    const value = row[column.name];
    const chosen = typeof value === "string" ? value : "";
    const select = h("select", {
      "data-path": at,
      "aria-label": t("setup-cell", { column: t(`setup-col-${column.name}`), row: index + 1 }),
      "aria-describedby": errorId(at),
      disabled: this.options.frozen,
    });
    const all = (): readonly Choice[] => column.choices?.() ?? [];
    const show = (choices: readonly Choice[]): void => {
      const known = choices.some((choice) => choice.value === chosen);
      fill(
        select,
        known ? null : h("option", { value: chosen }, t("setup-choice-gone")),
        choices.map((choice) => h("option", { value: choice.value }, choice.label)),
      );
      select.value = chosen;
    };
    show(all().filter((choice) => choice.value === chosen));
    const more = (): void => {
      if (select.options.length <= 1) show(all());
    };
    select.addEventListener("pointerdown", more);
    select.addEventListener("focus", more);
    select.addEventListener("change", () => {
      const next = select.value;
      this.options.change(
        this.options.rows().map((old, i) => (i === index ? { ...old, [column.name]: next } : old)),
      );
    });
    return h("td", { "data-label": t(`setup-col-${column.name}`), class: `col-${column.name}` }, select);
  }

  private cell(row: Row, index: number, column: Column, place: number): HTMLElement {
    if (column.kind === "choice") return this.choice(row, index, column);
    const at = cellPath(this.options.path, index, column.name);
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
      disabled: this.options.frozen,
    });
    if (column.kind === "check") input.checked = value === true;
    else input.value = typeof value === "string" ? value : "";
    const update = (): void => {
      const next = column.kind === "check" ? input.checked : input.value;
      this.options.change(
        this.options.rows().map((old, i) => (i === index ? { ...old, [column.name]: next } : old)),
      );
    };
    input.addEventListener(column.kind === "check" ? "change" : "input", update);
    input.addEventListener("keydown", (event) => this.key(event, index, column.name));
    input.addEventListener("paste", (event) => {
      const block = pastedRows(event.clipboardData?.getData("text/plain") ?? "");
      if (block === null || column.kind === "check") return;
      event.preventDefault();
      this.set(withPasted(this.options, index, place, block), index + block.length - 1, column.name);
    });
    const td = column.kind === "check" ? h("label", { class: "check" }, input) : input;
    return h("td", { "data-label": t(`setup-col-${column.name}`), class: `col-${column.name}` }, td);
  }

  /** Under a row, over its whole width: a narrow column has no room for a sentence. */
  private errors(index: number): HTMLElement {
    const places = this.options.columns.map((column) => {
      const at = cellPath(this.options.path, index, column.name);
      return h("p", { class: "error", id: errorId(at), "data-error-for": at });
    });
    return h("tr", { class: "row-errors" }, h("td", { colspan: this.options.columns.length + 2 }, places));
  }

  private tools(index: number, count: number): HTMLElement {
    const first = this.options.columns[0]?.name ?? "";
    const tool = (name: string, sign: string, off: boolean, press: () => void): HTMLElement =>
      h(
        "button",
        {
          type: "button",
          class: "btn btn-quiet btn-s",
          "aria-label": t(`setup-row-${name}`, { row: index + 1 }),
          title: t(`setup-row-${name}`, { row: index + 1 }),
          disabled: off || this.options.frozen,
          onclick: press,
        },
        sign,
      );
    const rows = (): readonly Row[] => this.options.rows();
    return h(
      "td",
      { class: "row-tools" },
      tool("up", "↑", index === 0, () => this.set(moved(rows(), index, index - 1), index - 1, first)),
      tool("down", "↓", index === count - 1, () =>
        this.set(moved(rows(), index, index + 1), index + 1, first),
      ),
      tool("remove", "✕", false, () => {
        this.set(
          rows().filter((_, i) => i !== index),
          Math.min(index, count - 2),
          first,
        );
        if (count === 1) this.add.focus();
      }),
    );
  }

  /** Shows the rows as they are now. */
  draw(): void {
    const rows = this.options.rows();
    fill(
      this.body,
      rows.map((row, index) => [
        h(
          "tr",
          {},
          h("td", { class: "num row-number", "aria-hidden": "true" }, String(index + 1)),
          this.options.columns.map((column, place) => this.cell(row, index, column, place)),
          this.tools(index, rows.length),
        ),
        this.errors(index),
      ]),
    );
  }
}
