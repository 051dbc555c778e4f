/** Live regions: parts of a page that are replaced by their newer selves when something changed. */
import { findAll } from "../lib/dom.ts";
import { coalesce, listen } from "../lib/live.ts";
import { enhance } from "./enhance.ts";
import { t } from "./texts.ts";

const regions = (): HTMLElement[] => findAll(document, "[data-live][id]", HTMLElement);

const wants = (region: HTMLElement, topics: ReadonlySet<string>): boolean => {
  const own = (region.dataset.live ?? "").split(/\s+/).filter(Boolean);
  return topics.has("*") || own.length === 0 || own.some((topic) => topics.has(topic));
};

/**
 * True while somebody is writing in a field of this region, wrote something that is not saved, or holds a button of it
 * down: a button that is replaced between press and release is never clicked.
 */
function isInHand(region: HTMLElement): boolean {
  const active = document.activeElement;
  const inField =
    active instanceof HTMLInputElement ||
    active instanceof HTMLTextAreaElement ||
    active instanceof HTMLSelectElement;
  if (inField && region.contains(active)) return true;
  if (region.querySelector(":active") !== null) return true;
  return region.matches("[data-dirty]") || region.querySelector("[data-dirty]") !== null;
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary";

const openDetails = (root: ParentNode): Set<string> =>
  new Set(findAll(root, "details[open][id]", HTMLDetailsElement).map((details) => details.id));

function replace(region: HTMLElement, fresh: HTMLElement): void {
  if (region.innerHTML === fresh.innerHTML) return;
  const open = openDetails(region);
  const focused = document.activeElement;
  const held = focused instanceof HTMLElement && region.contains(focused) ? focused : null;
  const focusId = held?.id ?? "";
  const focusPlace = held ? findAll(region, FOCUSABLE, HTMLElement).indexOf(held) : -1;
  const scrolled = findAll(region, "[id]", HTMLElement)
    .filter((element) => element.scrollTop > 0 || element.scrollLeft > 0)
    .map((element) => ({ id: element.id, top: element.scrollTop, left: element.scrollLeft }));
  region.replaceChildren(...fresh.childNodes);
  for (const name of fresh.getAttributeNames()) region.setAttribute(name, fresh.getAttribute(name) ?? "");
  for (const details of findAll(region, "details[id]", HTMLDetailsElement)) {
    if (open.has(details.id)) details.open = true;
  }
  for (const { id, top, left } of scrolled) document.getElementById(id)?.scrollTo(left, top);
  // A button that was pressed by key is a new element now: whoever works by keys stays where they were.
  const again =
    focusId !== "" ? document.getElementById(focusId) : findAll(region, FOCUSABLE, HTMLElement)[focusPlace];
  again?.focus();
  enhance(region);
}

async function fetchPage(source: string): Promise<Document | null> {
  const response = await fetch(source, {
    credentials: "same-origin",
    cache: "no-store",
    headers: { Accept: "text/html" },
  });
  if (response.status === 401 || new URL(response.url).pathname === "/login") {
    location.reload();
    return null;
  }
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

const here = (): string => location.pathname + location.search;

const waiting = new Set<string>();
/** Ids of regions that could not be replaced because somebody had them in hand. */
const postponed = new Set<string>();

async function update(): Promise<void> {
  const topics = new Set(waiting);
  waiting.clear();
  const due = regions().filter((region) => wants(region, topics) || postponed.has(region.id));
  let gone = false;
  const sources = new Set(due.map((region) => region.dataset.src ?? here()));
  for (const source of sources) {
    const page = await fetchPage(source).catch(() => null);
    if (!page) continue;
    gone ||= source === here() && stepOf(page) !== stepOf(document);
    for (const region of due) {
      if ((region.dataset.src ?? here()) !== source) continue;
      const fresh = page.getElementById(region.id);
      if (!fresh) {
        gone = true;
        continue;
      }
      if (isInHand(region)) postponed.add(region.id);
      else {
        postponed.delete(region.id);
        replace(region, fresh);
      }
    }
  }
  if (gone) reloadUnlessBusy();
}

/** Where the page says the appraisal stands. */
const stepOf = (page: Document): string =>
  page.querySelector('.steps [aria-current="step"]')?.textContent ?? "";

/** A page whose parts are gone has moved on to another state: it is loaded anew, unless something is being written. */
function reloadUnlessBusy(): void {
  const busy = document.querySelector("[data-dirty], dialog[open]") !== null;
  if (!busy) location.reload();
}

const run = coalesce(update);

/** Fetches the regions of these topics again; `*` means all. */
export function refresh(topic = "*"): void {
  waiting.add(topic);
  run();
}

/** True when the page has live regions, so that nothing needs to be reloaded after a button. */
export const hasRegions = (): boolean => regions().length > 0;

export function startLive(): void {
  for (const freed of ["focusout", "pointerup", "pointercancel", "keyup"]) {
    document.addEventListener(freed, () => {
      if (postponed.size > 0) setTimeout(() => refresh("postponed"), 300);
    });
  }
  const path = document.body.dataset.events;
  if (path === undefined || path === "") return;
  let first = true;
  listen(path, {
    onChange: ({ topic }) => {
      // The page as it was served is fresh; only later connections have missed something.
      if (topic === "connected") {
        if (!first) refresh();
        first = false;
      } else refresh(topic);
    },
    onState: (connected) => {
      const bar = document.getElementById("offline") ?? offlineBar();
      bar.hidden = connected;
    },
  });
}

function offlineBar(): HTMLElement {
  const bar = document.createElement("div");
  bar.id = "offline";
  bar.className = "offline-bar no-print";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  bar.textContent = t("office-offline");
  document.body.prepend(bar);
  return bar;
}
