/** What must be done to fresh markup: clocks, codes, tables, fields that save themselves. */
import { clockText, secondsLeft } from "../lib/clock.ts";
import { findAll } from "../lib/dom.ts";
import { qrSvg } from "../lib/qr.ts";
import { watchAutosave } from "./autosave.ts";
import { watchTables } from "./tables.ts";

/** When each clock's `data-seconds` was true, by the local clock. */
const born = new WeakMap<HTMLElement, { readonly seconds: string; readonly at: number }>();

function tick(): void {
  const now = performance.now();
  for (const clock of findAll(document, "[data-countdown]", HTMLElement)) {
    const seconds = clock.dataset.seconds ?? "0";
    let start = born.get(clock);
    if (start?.seconds !== seconds) {
      start = { seconds, at: now };
      born.set(clock, start);
    }
    const running = clock.dataset.running === "yes";
    const left = secondsLeft({ secondsLeft: Number(seconds) || 0, running, at: start.at }, now);
    const text = clockText(left);
    if (clock.textContent !== text) clock.textContent = text;
    clock.dataset.over = left < 0 ? "yes" : "no";
  }
}

let scrolling: ResizeObserver | undefined;

/** What scrolls sideways must be reachable by keys; what fits must not be one more stop. */
function judgeScroll(seen: ResizeObserverEntry[]): void {
  for (const { target } of seen) {
    const box = target.closest<HTMLElement>(".table-wrap, .chart-scroll");
    if (box === null) continue;
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

/** Judged anew whenever the box or what it holds changes its size: the window, a fold opened, a font that came late. */
function letScroll(root: ParentNode): void {
  for (const box of findAll(root, ".table-wrap, .chart-scroll", HTMLElement)) {
    scrolling ??= new ResizeObserver(judgeScroll);
    scrolling.observe(box);
    for (const held of box.children) scrolling.observe(held);
  }
}

/** Times of the server are UTC; people read their own clock. */
function localTimes(root: ParentNode): void {
  for (const place of findAll(root, "time[data-utc]", HTMLElement)) {
    const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(place.textContent?.trim() ?? "");
    if (!match) continue;
    const at = new Date(`${match[1]}T${match[2]}Z`);
    const two = (n: number): string => String(n).padStart(2, "0");
    const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
    place.setAttribute("datetime", at.toISOString());
    place.title = place.textContent?.trim() ?? "";
    place.textContent = `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
    delete place.dataset.utc;
  }
}

export function enhance(root: ParentNode): void {
  for (const clock of findAll(root, "[data-countdown]", HTMLElement)) {
    born.set(clock, { seconds: clock.dataset.seconds ?? "0", at: performance.now() });
  }
  for (const place of findAll(root, "[data-qr]", HTMLElement)) {
    const text = place.dataset.qr;
    if (text) place.replaceChildren(qrSvg(text, place.dataset.qrLabel ?? text));
  }
  watchAutosave(root);
  watchTables(root);
  localTimes(root);
  letScroll(root);
  tick();
}

export function startClocks(): void {
  setInterval(tick, 250);
}
