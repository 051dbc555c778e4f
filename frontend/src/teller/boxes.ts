/** Opening: what each box needs, what was checked, what came of it. */
import { fill, h } from "../lib/dom.ts";
import { type Bar, bar, notice } from "../lib/ui.ts";
import { t } from "./texts.ts";
import type { TellerBox, TellerView } from "./types.ts";

export type Stage = "wait" | "download" | "check" | "send" | "sent" | "refused";

export interface BoxRow {
  readonly root: HTMLElement;
  stage(stage: Stage, share: number | null, words?: string): void;
}

/** The name of the row of the opinions among the boxes. */
export const URN = "urn";

function row(title: string, first: string): BoxRow {
  const progress: Bar = bar();
  const said = h("p", { class: "small" }, first);
  const badge = h("span", { class: "badge" });
  const root = h(
    "li",
    {},
    h("div", { class: "grow stack-s" }, h("strong", {}, title), said, progress.root),
    badge,
  );
  return {
    root,
    stage(stage, share, words) {
      badge.textContent = t(`teller-stage-${stage}`);
      badge.dataset.tone = stage === "sent" ? "ok" : stage === "refused" ? "bad" : "info";
      if (words !== undefined) said.textContent = words;
      if (stage === "sent" || stage === "refused" || stage === "wait") progress.hide();
      else progress.set(t(`teller-stage-${stage}`), share);
    },
  };
}

function firstWords(
  box: TellerBox,
  view: TellerView,
  told: ReadonlyMap<string, string>,
): { stage: Stage; words: string } {
  if (box.skipped) return { stage: "refused", words: t("teller-box-skipped", { minimum: box.minimum }) };
  const given = box.shares.length;
  const mine = box.shares.includes(view.index);
  const words =
    told.get(box.uuid) ??
    (box.opened ? t("teller-box-opened") : t("teller-box-shares", { given, threshold: view.threshold }));
  return { stage: mine || box.opened ? "sent" : "wait", words };
}

/** Rows by box uuid, and one for the opinions where there are any. `told`: what was checked here, by box. */
export function boxesPanel(
  view: TellerView,
  told: ReadonlyMap<string, string>,
  ...actions: (Node | null)[]
): { root: HTMLElement; rows: Map<string, BoxRow> } {
  const rows = new Map<string, BoxRow>();
  for (const box of view.boxes) {
    const first = firstWords(box, view, told);
    const made = row(t("teller-box-name", { category: box.category, label: box.label }), first.words);
    made.stage(first.stage, null);
    rows.set(box.uuid, made);
  }
  if (view.urn !== null && view.urn.entries > 0) {
    const words = told.get(URN) ?? t("teller-urn-entries", { entries: view.urn.entries });
    const made = row(t("teller-urn-name"), words);
    made.stage(view.urn.shares.includes(view.index) ? "sent" : "wait", null);
    rows.set(URN, made);
  }
  const root = h(
    "section",
    { class: "sheet sheet-next" },
    h("h2", {}, t("teller-open-title")),
    h("p", {}, t("teller-open-lead")),
    h(
      "ul",
      { class: "lines" },
      [...rows.values()].map((made) => made.root),
    ),
    ...actions,
  );
  return { root, rows };
}

export function showFault(place: HTMLElement, text: string | null): void {
  fill(place, text === null ? null : notice("bad", text));
}
