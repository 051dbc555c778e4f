/** Writing a duty report, remarking on one, and the outline of them all. */
import { find, findAll } from "../lib/dom.ts";
import { type Chip, type Chips, Editor } from "./editor.ts";
import { startOutline } from "./outline.ts";
import { pick } from "./picker.ts";
import { Saver, type Written } from "./saver.ts";
import { characters, stored } from "./text.ts";
import { t } from "./texts.ts";

const AFTER_SAVE_MS = 1_000;

const savers: Saver[] = [];
const chips: Chips = new Map();

/** Whoever signs in after somebody else on the same machine gets none of their words. */
const person = (): string => document.querySelector(".rail .who")?.textContent?.trim() ?? "";

function say(place: HTMLElement | null): (text: string, tone: "ok" | "busy" | "bad") => void {
  return (text, tone) => {
    if (!place) return;
    place.textContent = text;
    place.dataset.tone = tone;
  };
}

const stateOf = (name: string): HTMLElement | null =>
  find(document, `[data-state="${CSS.escape(name)}"]`, HTMLElement);

let refreshing = 0;

/** What is wanting before the report can be handed in is counted by the server. */
function refreshWanting(): void {
  window.clearTimeout(refreshing);
  refreshing = window.setTimeout(() => {
    void fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((html) => {
        const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("wanting");
        const place = document.getElementById("wanting");
        if (!fresh || !place) return;
        const open = place.querySelector("details[open]") !== null;
        place.replaceChildren(...fresh.childNodes);
        const details = place.querySelector("details");
        if (details && open) details.open = true;
      })
      .catch(() => undefined);
  }, AFTER_SAVE_MS);
}

function isChips(value: unknown): value is Record<string, Chip> {
  return typeof value === "object" && value !== null;
}

function startSection(report: string, host: HTMLElement): void {
  const code = host.dataset.editor ?? "";
  const area = find(host, "textarea", HTMLTextAreaElement);
  if (!area) return;
  const known: unknown = JSON.parse(host.dataset.figures ?? "{}");
  if (isChips(known)) for (const [name, chip] of Object.entries(known)) chips.set(name, chip);
  const least = Number(host.dataset.least);
  const most = Number(host.dataset.most);
  const count = find(host.closest("[data-section]") ?? document, "[data-count]", HTMLElement);
  const counted = (): void => {
    const n = characters(editor.text, (name) => chips.get(name)?.shown);
    if (!count) return;
    count.textContent = t("report-count", { n, least, most });
    count.dataset.tone = n > most || (n > 0 && n < least) ? "bad" : "";
  };
  const choose = (typed: string): void =>
    pick(report, chips, (chosen) => {
      if (chosen !== null) editor.figure(chosen);
      else if (typed !== "") editor.words(typed);
    });
  const editor = new Editor(
    area,
    chips,
    () => {
      counted();
      saver.changed();
    },
    () => choose("{"),
  );
  const saver = new Saver({
    key: `${person()}/${report}/${code}`,
    path: `/api/reports/${report}/sections/${code}`,
    field: "text",
    also: {},
    version: Number(host.dataset.version),
    read: () => editor.text,
    write: (text) => {
      editor.text = text;
      counted();
    },
    say: say(stateOf(code)),
    onStored: (written: Written) => {
      for (const [name, shown] of Object.entries(written.figures)) {
        const before = chips.get(name);
        chips.set(name, { source: "", label: name, ...before, shown });
      }
      editor.refresh();
      counted();
      refreshWanting();
    },
  });
  savers.push(saver);
  editor.field.addEventListener("blur", () => void saver.save().then(() => editor.refresh()));
  find(document, `[data-figure-for="${CSS.escape(code)}"]`, HTMLElement)?.addEventListener("click", () =>
    choose(""),
  );
  counted();
  void saver.restore();
}

function startAnswer(report: string, area: HTMLTextAreaElement): void {
  const matter = area.dataset.answer ?? "";
  const saver = new Saver({
    key: `${person()}/${report}/answer/${matter}`,
    path: `/api/reports/${report}/answers`,
    field: "answer",
    also: { matter },
    version: Number(area.dataset.version),
    read: () => stored(area.value),
    write: (text) => {
      area.value = text;
    },
    say: say(stateOf(`answer-${matter}`)),
    onStored: refreshWanting,
  });
  savers.push(saver);
  area.addEventListener("input", () => saver.changed());
  area.addEventListener("blur", () => void saver.save());
  void saver.restore();
}

const saveAll = async (): Promise<void> => {
  await Promise.all(savers.map((saver) => saver.save()));
};

function startWriting(root: HTMLElement): void {
  const report = root.dataset.report ?? "";
  for (const host of findAll(root, "[data-editor]", HTMLElement)) startSection(report, host);
  for (const area of findAll(root, "textarea[data-answer]", HTMLTextAreaElement)) startAnswer(report, area);
  window.addEventListener("online", () => void saveAll());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void saveAll();
  });
  window.addEventListener("beforeunload", (event) => {
    if (savers.some((saver) => saver.atRisk)) event.preventDefault();
  });
  // A report is handed in as it stands on the screen: what is not stored yet goes first.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.dataset.flush === undefined) return;
      if (!savers.some((saver) => saver.dirty)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void saveAll().then(() => {
        if (savers.every((saver) => !saver.dirty)) form.requestSubmit();
      });
    },
    true,
  );
}

/** What is selected in a section stands in the remark that is made on it. */
function startQuotes(): void {
  let selected = { section: "", text: "" };
  document.addEventListener("selectionchange", () => {
    const at = document.getSelection();
    const text = at?.toString().trim() ?? "";
    const from = at?.anchorNode instanceof Element ? at.anchorNode : at?.anchorNode?.parentElement;
    const section = from?.closest<HTMLElement>(".report-prose")
      ? from.closest<HTMLElement>("[data-section]")
      : null;
    if (text !== "" && section)
      selected = { section: section.dataset.section ?? "", text: text.slice(0, 400) };
  });
  for (const button of findAll(document, "[data-quote-for]", HTMLElement)) {
    button.addEventListener("click", () => {
      const code = button.dataset.quoteFor ?? "";
      const quote = document.getElementById(`q-${code}`);
      if (quote instanceof HTMLTextAreaElement && selected.section === code) quote.value = selected.text;
    });
  }
}

const root = find(document, "[data-report]", HTMLElement);
if (root) startWriting(root);
const outline = document.getElementById("outline-rows");
if (outline) startOutline(outline);
startQuotes();
