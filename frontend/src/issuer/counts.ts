/** The table of numbers: phone slips, paper, spares, per box. */
import { h } from "../lib/dom.ts";
import { formatNumber } from "../lib/i18n.ts";
import { t } from "./texts.ts";
import { type Counts, countProblem, defaultCounts, type IssuerView, MOST } from "./types.ts";

const KINDS = ["phone", "paper", "spare"] as const;

export interface CountsTable {
  readonly root: HTMLElement;
  /** Counts by box uuid; null when something is wrong, all of it shown. */
  read(): Map<string, Counts> | null;
}

interface Row {
  readonly uuid: string;
  readonly root: HTMLElement;
  counts(): Counts;
  check(): boolean;
}

function rowOf(box: IssuerView["boxes"][number], changed: () => void): Row {
  const start = defaultCounts(box);
  const inputs = KINDS.map((kind) => {
    const input = h("input", {
      type: "number",
      class: "num",
      min: 0,
      max: MOST,
      inputmode: "numeric",
      value: start[kind],
      "aria-label": t(`issuer-count-${kind}`, { category: box.category }),
    });
    input.addEventListener("input", changed);
    return input;
  });
  const error = h("p", { class: "error", hidden: true });
  const total = h("td", { class: "num", "data-label": t("issuer-col-total") });
  const counts = (): Counts => {
    const [phone = 0, paper = 0, spare = 0] = inputs.map((input) =>
      input.value === "" ? Number.NaN : Number(input.value),
    );
    return { phone, paper, spare };
  };
  const check = (): boolean => {
    const read = counts();
    const problem = countProblem(read);
    const sum = read.phone + read.paper + read.spare;
    total.textContent = Number.isFinite(sum) ? formatNumber(t.language, sum) : "—";
    const short = problem === null && read.phone + read.paper < box.expected;
    error.hidden = problem === null && !short;
    error.classList.toggle("error", problem !== null);
    error.classList.toggle("hint", problem === null);
    error.textContent =
      problem !== null
        ? t(`issuer-problem-${problem}`, { most: formatNumber(t.language, MOST) })
        : short
          ? t("issuer-problem-short", { expected: box.expected })
          : "";
    for (const input of inputs) input.setAttribute("aria-invalid", String(problem !== null));
    return problem === null;
  };
  const root = h(
    "tr",
    {},
    h("th", { scope: "row" }, t("issuer-slip-category", { category: box.category, label: box.label }), error),
    h("td", { class: "num", "data-label": t("issuer-col-expected") }, formatNumber(t.language, box.expected)),
    inputs.map((input, i) =>
      h("td", { class: "num", "data-label": t(`issuer-col-${KINDS[i] ?? "phone"}`) }, input),
    ),
    total,
  );
  check();
  return { uuid: box.uuid, root, counts, check };
}

export function countsTable(view: IssuerView): CountsTable {
  const rows: Row[] = [];
  const changed = (): void => {
    for (const row of rows) row.check();
  };
  for (const box of view.boxes) rows.push(rowOf(box, changed));
  const heads = ["box", "expected", ...KINDS, "total"].map((name, i) =>
    h("th", { scope: "col", class: i === 0 ? null : "num" }, t(`issuer-col-${name}`)),
  );
  const root = h(
    "div",
    { class: "table-wrap" },
    h(
      "table",
      { class: "table table-stack counts" },
      h("thead", {}, h("tr", {}, heads)),
      h(
        "tbody",
        {},
        rows.map((row) => row.root),
      ),
    ),
  );
  return {
    root,
    read() {
      const fine = rows.map((row) => row.check()).every(Boolean);
      return fine ? new Map(rows.map((row) => [row.uuid, row.counts()])) : null;
    },
  };
}
