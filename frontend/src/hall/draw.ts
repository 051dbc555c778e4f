/** The draw of lots: lines change places for a moment, then settle one by one into the order drawn. */
import { fill, h } from "../lib/dom.ts";
import { t } from "./texts.ts";
import { type AgendaLine, type HallView, ROWS, windowOf } from "./types.ts";

/** Milliseconds between two changes while the lots turn, and between two that settle. */
const TURN_MS = 90;
const SETTLE_MS = 420;
const TURNS = 14;

const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

function line(number: string, presenter: AgendaLine | undefined, settled: boolean): HTMLElement {
  return h(
    "li",
    { "data-settled": settled ? "yes" : "no" },
    h("span", { class: "hall-number" }, number),
    h("span", {}, presenter?.title ?? ""),
  );
}

/** A different order each time it is asked; nothing is decided by it. */
function turned<T>(list: readonly T[], by: number): T[] {
  const at = list.length === 0 ? 0 : (by * 5 + 1) % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

export interface DrawScene {
  readonly root: HTMLElement;
  stop(): void;
}

/** `animate` only when the lots were drawn while this screen watched. */
export function drawScene(view: HallView, animate: boolean): DrawScene {
  const list = h("ol", { class: "hall-list hall-draw" });
  const order = (view.draw?.order ?? []).map((code) => view.agenda.find((line) => line.code === code));
  const shown = windowOf(order, 0, ROWS * 2).items;
  let timer = 0;
  const show = (settled: number, turn: number): void => {
    const rest = turned(shown.slice(settled), turn);
    fill(
      list,
      shown.map((presenter, i) =>
        line(String(i + 1), i < settled ? presenter : rest[i - settled], i < settled),
      ),
    );
  };
  if (shown.length > ROWS) list.classList.add("hall-two");
  if (animate && !still()) {
    let step = 0;
    const next = (): void => {
      const settled = Math.max(0, step - TURNS);
      show(settled, step);
      step += 1;
      if (settled < shown.length) timer = window.setTimeout(next, settled > 0 ? SETTLE_MS : TURN_MS);
    };
    next();
  } else {
    show(shown.length, 0);
  }
  const root = h(
    "div",
    { class: "hall-body" },
    h("h1", {}, t("hall-draw")),
    view.draw === null ? h("p", {}, t("hall-draw-wait")) : list,
    view.draw === null
      ? null
      : h("p", { class: "hall-small" }, t("hall-draw-seed"), " ", h("code", {}, view.draw.seed)),
  );
  return { root, stop: () => window.clearTimeout(timer) };
}
