/** The parts of the editor, in the order in which an office thinks of them. */
import { type Child, h } from "../lib/dom.ts";
import type { Draft, ListPath, Row, UnitChoice } from "./model.ts";
import { PRESETS, type Preset } from "./presets.ts";
import { type Choice, type Column, ListEditor } from "./rows.ts";
import { t } from "./texts.ts";

export interface Editing {
  draft(): Draft;
  setField(path: string, value: string | boolean): void;
  setList(path: ListPath, rows: Row[]): void;
  preset(preset: Preset): void;
  /** The units a presenter may be tied to. */
  readonly units: readonly UnitChoice[];
  /** Ties every presenter without a unit to the one that is named. */
  matchUnits(): void;
  /** The tellers' seats are frozen once keys are being made. */
  readonly tellersFrozen: boolean;
}

const label = (value: unknown): string => (typeof value === "string" ? value : "");

const unitChoices = (editing: Editing): readonly Choice[] => [
  { value: "", label: t("setup-unit-none") },
  ...editing.units.map((unit) => ({
    value: unit.id,
    label: t("setup-unit", { name: unit.name, kind: unit.kind }),
  })),
];

/** What a floor looks at: the marks of all items or of one, or the points of a source. */
const floorChoices = (editing: Editing): readonly Choice[] => [
  { value: "marks:", label: t("setup-floor-marks-all") },
  ...editing.draft().lists["form.items"].map((row) => ({
    value: `marks:${label(row.code)}`,
    label: t("setup-floor-marks", { item: label(row.label) }),
  })),
  ...["ballot", "indicators", "leaders"].map((source) => ({
    value: `points:${source}`,
    label: t("setup-floor-points", { source: t(`setup-source-${source}`) }),
  })),
];

const gradeChoices = (editing: Editing): readonly Choice[] => [
  { value: "", label: t("setup-grade-none") },
  ...editing
    .draft()
    .lists["scheme.cuts"].map((row) => ({ value: label(row.label), label: label(row.label) })),
];

const columnsOf = (editing: Editing): Record<ListPath, readonly Column[]> => ({
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
    { name: "unit_id", kind: "choice", choices: () => unitChoices(editing) },
  ],
  "scheme.cuts": [
    { name: "label", kind: "text" },
    { name: "from", kind: "number" },
  ],
  "scheme.floors": [
    { name: "of", kind: "choice", choices: () => floorChoices(editing) },
    { name: "best", kind: "number" },
    { name: "below", kind: "number" },
    { name: "at_most", kind: "choice", choices: () => gradeChoices(editing) },
  ],
  "tellers.names": [{ name: "name", kind: "text" }],
});

const idOf = (path: string): string => `s-${path.replace(/[._]/g, "-")}`;
const slug = (path: string): string => path.replace(/[._]/g, "-");

const section = (name: string, ...children: Child[]): HTMLElement =>
  h(
    "section",
    { class: "sheet", id: `setup-${name}`, "aria-labelledby": `setup-${name}-h` },
    h("h2", { id: `setup-${name}-h` }, t(`setup-section-${name}`)),
    t.has(`setup-lead-${name}`) ? h("p", { class: "muted" }, t(`setup-lead-${name}`)) : null,
    children,
  );

/** `root` holds all parts; `draw` shows the draft anew (after a preset, a merge). */
export class Sections {
  readonly root: HTMLElement;
  private readonly redraw: (() => void)[] = [];

  constructor(private readonly editing: Editing) {
    this.root = h("div", { class: "stack setup-sections" }, this.paper(), this.rules());
  }

  draw(): void {
    for (const again of this.redraw) again();
  }

  /** The meeting, who reports, and what the raters get to see. */
  private paper(): HTMLElement[] {
    return [
      section(
        "meeting",
        this.text("title"),
        h(
          "div",
          { class: "field-row" },
          this.text("year", "number"),
          this.text("minutes_per_report", "number"),
        ),
        h(
          "div",
          { class: "field-row" },
          this.choice("order", ["fixed", "strokes", "lot"]),
          this.choice("release", ["on_the_spot", "kept"]),
        ),
      ),
      section(
        "presenters",
        this.list("presenters"),
        this.editing.units.length === 0
          ? null
          : h(
              "p",
              { class: "row" },
              h(
                "button",
                { type: "button", class: "btn btn-s", onclick: () => this.editing.matchUnits() },
                t("setup-match-units"),
              ),
              h("span", { class: "hint" }, t("setup-match-hint")),
            ),
      ),
      section(
        "form",
        h("div", { class: "field-row" }, this.presets(), this.text("form.title")),
        h("h3", {}, t("setup-items")),
        this.list("form.items"),
        h("h3", {}, t("setup-grades")),
        this.list("form.grades"),
        h("div", {}, this.check("form.opinions"), this.check("form.warn_all_equal")),
        this.text("form.max_top", "number"),
      ),
    ];
  }

  /** Who rates, how it is counted, who opens. */
  private rules(): HTMLElement[] {
    return [
      section("categories", this.list("categories")),
      section(
        "scheme",
        h(
          "div",
          { class: "field-row" },
          this.choice("scheme.places", ["0", "1", "2", "3", "4"], false),
          this.choice("scheme.quorum", ["1/2", "2/3", "4/5"], false),
        ),
      ),
      section(
        "grading",
        h("h3", {}, t("setup-composite")),
        h(
          "div",
          { class: "field-row" },
          this.text("scheme.composite.ballot", "number"),
          this.text("scheme.composite.indicators", "number"),
          this.text("scheme.composite.leaders", "number"),
        ),
        h("p", { class: "error", "data-error-for": "scheme.composite" }),
        this.text("scheme.composite.indicators_year", "number"),
        h("h3", {}, t("setup-cuts")),
        this.list("scheme.cuts"),
        h(
          "div",
          { class: "field-row" },
          this.text("scheme.cap", "number"),
          this.choice("scheme.ties", ["open", "all_in"]),
        ),
        h("h3", {}, t("setup-floors")),
        this.list("scheme.floors"),
      ),
      section(
        "tellers",
        this.editing.tellersFrozen
          ? h("p", { class: "notice", "data-tone": "info" }, t("setup-tellers-frozen"))
          : null,
        this.list("tellers.names", this.editing.tellersFrozen),
        this.text("tellers.threshold", "number", this.editing.tellersFrozen),
      ),
    ];
  }

  private text(path: string, kind: "text" | "number" = "text", frozen = false): HTMLElement {
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
      const value = this.editing.draft().fields[path];
      if (typeof value === "string" && input.value !== value) input.value = value;
    };
    input.addEventListener("input", () => this.editing.setField(path, input.value));
    this.redraw.push(draw);
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

  private choice(path: string, values: readonly string[], named = true): HTMLElement {
    const id = idOf(path);
    const select = h(
      "select",
      { id, "data-path": path },
      values.map((value) =>
        h("option", { value }, named ? t(`setup-choice-${slug(path)}-${slug(value)}`) : value),
      ),
    );
    const draw = (): void => {
      const value = this.editing.draft().fields[path];
      if (typeof value !== "string") return;
      if (![...select.options].some((option) => option.value === value))
        select.append(h("option", { value }, value));
      select.value = value;
    };
    select.addEventListener("change", () => this.editing.setField(path, select.value));
    this.redraw.push(draw);
    draw();
    return h(
      "div",
      { class: "field" },
      h("label", { for: id }, t(`setup-field-${slug(path)}`)),
      select,
      h("p", { class: "error", "data-error-for": path }),
    );
  }

  private check(path: string): HTMLElement {
    const input = h("input", { type: "checkbox", "data-path": path });
    const draw = (): void => {
      input.checked = this.editing.draft().fields[path] === true;
    };
    input.addEventListener("change", () => this.editing.setField(path, input.checked));
    this.redraw.push(draw);
    draw();
    return h("label", { class: "check" }, input, h("span", {}, t(`setup-field-${slug(path)}`)));
  }

  private list(path: ListPath, frozen = false): HTMLElement {
    const editor = new ListEditor({
      path,
      columns: columnsOf(this.editing)[path],
      frozen,
      rows: () => this.editing.draft().lists[path],
      change: (rows) => this.editing.setList(path, rows),
    });
    this.redraw.push(() => editor.draw());
    return editor.root;
  }

  private presets(): HTMLElement {
    const select = h(
      "select",
      { id: "s-preset" },
      h("option", { value: "" }, t("setup-preset-none")),
      PRESETS.map((preset) => h("option", { value: preset.name }, t(`setup-preset-${preset.name}`))),
    );
    select.addEventListener("change", () => {
      const preset = PRESETS.find((candidate) => candidate.name === select.value);
      select.value = "";
      if (preset) this.editing.preset(preset);
    });
    return h("div", { class: "field" }, h("label", { for: "s-preset" }, t("setup-preset")), select);
  }
}
