/** The slides of a report: previews as the hall shows them, headings and points that save themselves, dragging. */
import { pageOf } from "../deck/render.ts";
import type { Deck } from "../deck/types.ts";
import { get, post } from "../lib/api.ts";
import { find, findAll } from "../lib/dom.ts";
import { coalesce } from "../lib/live.ts";
import { toast } from "../office/dialog.ts";
import { refresh } from "../office/regions.ts";
import { Saver } from "../report/saver.ts";
import { stored } from "../report/text.ts";
import { errorText } from "../report/texts.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

let savers: Saver[] = [];
let deck: Deck | null = null;

/** Whoever signs in after somebody else on the same machine gets none of their words. */
const person = (): string => document.querySelector(".rail .who")?.textContent?.trim() ?? "";

function draw(list: HTMLElement, report: string): void {
  const shown = deck;
  if (shown === null) return;
  const source = (sha256: string): Promise<string> =>
    Promise.resolve(`/api/reports/${report}/deck/photos/${sha256}`);
  for (const place of findAll(list, "[data-previews]", HTMLElement)) {
    for (const old of findAll(place, ".deck-slide", HTMLElement)) old.remove();
    const kind = place.dataset.previews ?? "";
    const numbers = kind === "cover" ? [1] : [];
    shown.slides.forEach((slide, at) => {
      if (slide.of === kind) numbers.push(at + 2);
    });
    place.append(...numbers.map((number) => pageOf(shown, number, 3, source)));
  }
}

function watch(report: string, field: Field, redraw: () => void): void {
  const place = field.dataset.slideText ?? "";
  const state = find(document, `[data-state="${CSS.escape(place)}"]`, HTMLElement);
  const saver = new Saver({
    key: `${person()}/${report}/slides/${place}`,
    path: `/api/reports/${report}/slides/${place}`,
    field: "text",
    also: {},
    version: Number(field.dataset.version),
    read: () => stored(field.value),
    write: (text) => {
      field.value = text;
    },
    say: (text, tone) => {
      if (!state) return;
      state.textContent = text;
      state.dataset.tone = tone;
    },
    onStored: (written) => {
      field.dataset.version = String(written.version);
      if (!saver.dirty) delete field.dataset.dirty;
      redraw();
    },
  });
  savers.push(saver);
  field.addEventListener("input", () => {
    // A field with unsaved words is not replaced under somebody's hands.
    field.dataset.dirty = "";
    saver.changed();
  });
  field.addEventListener("blur", () => void saver.save());
  void saver.restore();
}

function drag(list: HTMLElement, report: string): void {
  let moved: HTMLElement | null = null;
  const item = (event: Event): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>("[data-slide]") : null;
  const clear = (): void => {
    for (const one of findAll(list, "[data-over]", HTMLElement)) delete one.dataset.over;
  };
  list.addEventListener("dragstart", (event) => {
    moved = item(event);
    event.dataTransfer?.setData("text/plain", moved?.dataset.slide ?? "");
  });
  list.addEventListener("dragover", (event) => {
    const over = item(event);
    clear();
    if (!moved || !over || over === moved || over.dataset.slide === "cover") return;
    event.preventDefault();
    over.dataset.over = "";
  });
  list.addEventListener("dragend", clear);
  list.addEventListener("drop", (event) => {
    const over = item(event);
    clear();
    if (!moved || !over || over === moved) return;
    event.preventDefault();
    const change = { do: "before", slide: moved.dataset.slide, other: over.dataset.slide };
    moved = null;
    void post(`/api/reports/${report}/slides`, change)
      .then(() => refresh("deck"))
      .catch((error: unknown) => toast(errorText(error), true));
  });
}

function start(list: HTMLElement): void {
  const report = list.dataset.deck ?? "";
  const load = coalesce(async () => {
    deck = await get<Deck>(`/api/reports/${report}/deck`);
    draw(list, report);
  });
  const attach = (): void => {
    savers = savers.filter((saver) => saver.dirty);
    for (const field of findAll(list, "[data-slide-text]", HTMLElement)) {
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
        watch(report, field, load);
    }
    for (const place of findAll(list, "[data-previews]", HTMLElement)) {
      const moves = place.closest("[data-slide]")?.querySelector('[id^="up-"]') !== null;
      if (moves) place.draggable = true;
    }
    draw(list, report);
    load();
  };
  // The list is replaced after every change of the arrangement.
  new MutationObserver(attach).observe(list, { childList: true });
  attach();
  drag(list, report);
  window.addEventListener("online", () => {
    for (const saver of savers) void saver.save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (savers.some((saver) => saver.atRisk)) event.preventDefault();
  });
}

const list = find(document, "[data-deck]", HTMLElement);
if (list) start(list);
