/** The parts of the editor, in the order in which an office thinks of them. */
import { type Child, h } from "../lib/dom.ts";
import type { Draft, ListPath, Row } from "./model.ts";
import { PRESETS, type Preset } from "./presets.ts";
import { type Column, type ListEditor, listEditor } from "./rows.ts";
import { t } from "./texts.ts";

export interface Editing {
  draft(): Draft;
  setField(path: string, value: string | boolean): void;
  setList(path: ListPath, rows: Row[]): void;
  preset(preset: Preset): void;
  /** The tellers' seats are frozen once keys are being made. */
  readonly tellersFrozen: boolean;
}

export interface Sections {
  readonly root: HTMLElement;
  /** Shows the draft anew (after a preset, a merge). */
  draw(): void;
}

const COLUMNS: Record<ListPath, readonly Column[]> = {
  "form.items": [
    { name: "label", kind: "text" },
    { name: "weight", kind: "number" },
  ],
  "form.grades": [
    { name: "label", kind: "text" },
    { name: "value", kind: "number" },
    { name: "abstain", kind: "check" },
  ],
  categories: [
    { name: "code", kind: "text" },
    { name: "label", kind: "text" },
    { name: "weight", kind: "number" },
    { name: "expected", kind: "number" },
    { name: "minimum", kind: "number" },
  ],
  presenters: [
    { name: "title", kind: "text" },
    { name: "unit", kind: "text" },
  ],
  "scheme.cuts": [
    { name: "label", kind: "text" },
    { name: "from", kind: "number" },
  ],
  "tellers.names": [{ name: "name", kind: "text" }],
};

const idOf = (path: string): string => `s-${path.replace(/[._]/g, "-")}`;
const slug = (path: string): string => path.replace(/[._]/g, "-");

export function sections(editing: Editing): Sections {
  const redraw: (() => void)[] = [];

  function text(path: string, kind: "text" | "number" = "text", frozen = false): HTMLElement {
    const id = idOf(path);
    const hint = `setup-hint-${slug(path)}`;
    const input = h("input", {
      id,
      type: "text",
      inputmode: kind === "number" ? "decimal" : null,
      autocomplete: "off",
      "data-path": path,
      disabled: frozen,
      "aria-describedby": `${id}-e`,
    });
    const draw = (): void => {
      const value = editing.draft().fields[path];
      if (typeof value === "string" && input.value !== value) input.value = value;
    };
    input.addEventListener("input", () => editing.setField(path, input.value));
    redraw.push(draw);
    draw();
    return h(
      "div",
      { class: "field" },
      h("label", { for: id }, t(`setup-field-${slug(path)}`)),
      input,
      t.has(hint) ? h("p", { class: "hint" }, t(hint)) : null,
      h("p", { class: "error", id: `${id}-e`, "data-error-for": path }),
    );
  }

  function choice(path: string, values: readonly string[], named = true): HTMLElement {
    const id = idOf(path);
    const select = h(
      "select",
      { id, "data-path": path },
      values.map((value) =>
        h("option", { value }, named ? t(`setup-choice-${slug(path)}-${slug(value)}`) : value),
      ),
    );
    const draw = (): void => {
      const value = editing.draft().fields[path];
      if (typeof value !== "string") return;
      if (![...select.options].some((option) => option.value === value))
        select.append(h("option", { value }, value));
      select.value = value;
    };
    select.addEventListener("change", () => editing.setField(path, select.value));
    redraw.push(draw);
    draw();
    return h(
      "div",
      { class: "field" },
      h("label", { for: id }, t(`setup-field-${slug(path)}`)),
      select,
      h("p", { class: "error", "data-error-for": path }),
    );
  }

  function check(path: string): HTMLElement {
    const input = h("input", { type: "checkbox", "data-path": path });
    const draw = (): void => {
      input.checked = editing.draft().fields[path] === true;
    };
    input.addEventListener("change", () => editing.setField(path, input.checked));
    redraw.push(draw);
    draw();
    return h("label", { class: "check" }, input, h("span", {}, t(`setup-field-${slug(path)}`)));
  }

  function list(path: ListPath, frozen = false): HTMLElement {
    const editor: ListEditor = listEditor({
      path,
      columns: COLUMNS[path],
      frozen,
      rows: () => editing.draft().lists[path],
      change: (rows) => editing.setList(path, rows),
    });
    redraw.push(editor.draw);
    return editor.root;
  }

  function presets(): HTMLElement {
    const select = h(
      "select",
      { id: "s-preset" },
      h("option", { value: "" }, t("setup-preset-none")),
      PRESETS.map((preset) => h("option", { value: preset.name }, t(`setup-preset-${preset.name}`))),
    );
    select.addEventListener("change", () => {
      const preset = PRESETS.find((candidate) => candidate.name === select.value);
      select.value = "";
      if (preset) editing.preset(preset);
    });
    return h("div", { class: "field" }, h("label", { for: "s-preset" }, t("setup-preset")), select);
  }

  const section = (name: string, ...children: Child[]): HTMLElement =>
    h(
      "section",
      { class: "sheet", id: `setup-${name}`, "aria-labelledby": `setup-${name}-h` },
      h("h2", { id: `setup-${name}-h` }, t(`setup-section-${name}`)),
      t.has(`setup-lead-${name}`) ? h("p", { class: "muted" }, t(`setup-lead-${name}`)) : null,
      children,
    );

  const root = h(
    "div",
    { class: "stack setup-sections" },
    section(
      "meeting",
      text("title"),
      h("div", { class: "field-row" }, text("year", "number"), text("minutes_per_report", "number")),
      h(
        "div",
        { class: "field-row" },
        choice("order", ["fixed", "strokes", "lot"]),
        choice("release", ["on_the_spot", "kept"]),
      ),
    ),
    section("presenters", list("presenters")),
    section(
      "form",
      h("div", { class: "field-row" }, presets(), text("form.title")),
      h("h3", {}, t("setup-items")),
      list("form.items"),
      h("h3", {}, t("setup-grades")),
      list("form.grades"),
      h("div", {}, check("form.opinions"), check("form.warn_all_equal")),
      text("form.max_top", "number"),
    ),
    section("categories", list("categories")),
    section(
      "scheme",
      h(
        "div",
        { class: "field-row" },
        choice("scheme.places", ["0", "1", "2", "3", "4"], false),
        choice("scheme.quorum", ["1/2", "2/3", "4/5"], false),
      ),
      h("h3", {}, t("setup-cuts")),
      list("scheme.cuts"),
    ),
    section(
      "tellers",
      editing.tellersFrozen
        ? h("p", { class: "notice", "data-tone": "info" }, t("setup-tellers-frozen"))
        : null,
      list("tellers.names", editing.tellersFrozen),
      text("tellers.threshold", "number", editing.tellersFrozen),
    ),
  );
  return {
    root,
    draw() {
      for (const again of redraw) again();
    },
  };
}
