/** Printing: one kind of one box at a time, in parts, with a bar while the sheets are built. */
import { fill, h } from "../lib/dom.ts";
import { formatNumber } from "../lib/i18n.ts";
import { bar, button } from "../lib/ui.ts";
import { partsOf, sheetsOf } from "./layout.ts";
import { SAMPLE, sheetElement } from "./sheets.ts";
import { t } from "./texts.ts";
import type { BoxSlips, Kind, SlipSet } from "./types.ts";

/** Lets the page breathe between sheets. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export interface Printer {
  readonly root: HTMLElement;
  /** The sheets that the printer sees. */
  readonly paper: HTMLElement;
}

function partButtons(
  set: SlipSet,
  box: BoxSlips,
  kind: Kind,
  paper: HTMLElement,
  progress: ReturnType<typeof bar>,
  printed: () => void,
): HTMLElement[] {
  const slips = box[kind];
  const sheets = sheetsOf(slips);
  const parts = partsOf(sheets.length);
  const kindText = t(`issuer-kind-${kind}`);
  return parts.map(({ from, to }, i) => {
    const label =
      parts.length === 1
        ? t("issuer-print-all", {
            kind: kindText,
            slips: formatNumber(t.language, slips.length),
            sheets: sheets.length,
          })
        : t("issuer-print-part", { kind: kindText, part: i + 1, parts: parts.length, from, to });
    const made = button(label, "btn-s", async () => {
      const built: HTMLElement[] = [];
      for (const sheet of sheets.slice(from - 1, to)) {
        built.push(sheetElement(set, box, kindText, sheet));
        progress.set(t("issuer-laying-out"), built.length / (to - from + 1));
        await pause();
      }
      progress.hide();
      fill(paper, built);
      printed();
      window.print();
      made.root.classList.add("btn-quiet");
      made.root.textContent = t("issuer-printed-again", { label });
    });
    return made.root;
  });
}

/** `printed` is called when something was sent to the printer. */
export function printer(set: SlipSet, printed: () => void): Printer {
  const paper = h("div", { class: "print-only slip-paper" });
  const progress = bar();
  const lines = set.boxes.map((box) =>
    h(
      "li",
      {},
      h(
        "div",
        { class: "grow" },
        h("strong", {}, t("issuer-slip-category", { category: box.category, label: box.label })),
        h(
          "p",
          { class: "small muted" },
          t("issuer-roll", { fingerprint: "" }),
          h("span", { class: "mono break" }, box.fingerprint),
        ),
      ),
      h(
        "div",
        { class: "row" },
        (["phone", "spare"] as const).flatMap((kind) =>
          partButtons(set, box, kind, paper, progress, printed),
        ),
      ),
    ),
  );
  const first = set.boxes[0];
  const sample = first
    ? sheetElement(set, first, t("issuer-kind-sample"), {
        number: 1,
        of: 1,
        slips: Array.from({ length: 10 }, () => SAMPLE),
      })
    : null;
  const root = h(
    "section",
    { class: "sheet" },
    h("h2", {}, t("issuer-print-title")),
    h("p", {}, t("issuer-print-lead")),
    progress.root,
    h("ul", { class: "lines" }, lines),
    h(
      "details",
      { class: "working" },
      h("summary", {}, t("issuer-sample")),
      h("div", { class: "sample-frame", "aria-hidden": "true" }, sample),
    ),
  );
  return { root, paper };
}
