/** The catalogue of figures: what can be taken from the record, with its value today. */
import { get } from "../lib/api.ts";
import { fill, h } from "../lib/dom.ts";
import type { Chip, Chips } from "./editor.ts";
import { codeIn } from "./text.ts";
import { errorText, t } from "./texts.ts";

interface Offer extends Chip {
  readonly code: string;
}

let offers: Promise<readonly Offer[]> | null = null;

function load(report: string): Promise<readonly Offer[]> {
  offers ??= get<{ figures: readonly Offer[] }>(`/api/reports/${report}/figures`).then(
    (answer) => answer.figures,
  );
  return offers;
}

const MOST = 60;

function fitting(all: readonly Offer[], typed: string): Offer[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (offer: Offer): boolean => {
    const text = `${offer.label} ${offer.code}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return all.filter(fits).slice(0, MOST);
}

/** The window: a field to search in, and the figures that fit. */
function parts() {
  const search = h("input", {
    type: "search",
    id: "figure-search",
    autocomplete: "off",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "figure-list",
  });
  const list = h("ul", {
    id: "figure-list",
    class: "figure-list",
    role: "listbox",
    "aria-label": t("report-pick"),
  });
  const note = h("p", { class: "hint", role: "status" }, t("report-pick-loading"));
  const close = h("button", { type: "button", class: "btn" }, t("report-pick-close"));
  const body = h(
    "div",
    { class: "dialog-body" },
    h("h2", { id: "figure-title" }, t("report-pick")),
    h("div", { class: "field" }, h("label", { for: "figure-search" }, t("report-pick-search")), search),
    note,
    list,
    h("div", { class: "dialog-actions" }, close),
  );
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "figure-title" }, body);
  return { search, list, note, close, dialog };
}

/** The figures that fit what is typed; `take` gets the code of the one chosen. */
class Choices {
  private shown: string[] = [];
  private at = 0;

  constructor(
    private readonly list: HTMLElement,
    private readonly search: HTMLInputElement,
    private readonly take: (code: string) => void,
  ) {
    search.addEventListener("keydown", (event) => this.key(event));
  }

  draw(all: readonly Offer[]): number {
    const found = fitting(all, this.search.value);
    const typed = codeIn(this.search.value);
    const byHand = typed !== null && !found.some((offer) => offer.code === typed) ? [typed] : [];
    this.shown = [...found.map((offer) => offer.code), ...byHand];
    this.at = 0;
    const row = (code: string, label: string, value: string): HTMLElement =>
      h(
        "li",
        {
          id: `figure-${code.replace(/[^a-z0-9_-]/gi, "-")}`,
          role: "option",
          onclick: () => this.take(code),
        },
        h("span", {}, label),
        h("strong", {}, value),
      );
    fill(
      this.list,
      found.map((offer) => row(offer.code, offer.label, offer.shown)),
      byHand.map((code) => row(code, t("report-pick-code", { code: `{{${code}}}` }), "")),
    );
    this.mark();
    return this.shown.length;
  }

  private mark(): void {
    for (const [index, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(index === this.at));
      if (index !== this.at) continue;
      this.search.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  }

  private key(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      this.at = Math.max(0, Math.min(this.shown.length - 1, this.at + step));
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const code = this.shown[this.at];
      if (code !== undefined) this.take(code);
    }
  }
}

/**
 * Asks for a figure: `done` gets its code, or null when the person thought better of it, in the same moment in which the
 * window closes: what is typed next must not come before it. What is known of the figure goes into `chips`.
 */
export function pick(report: string, chips: Chips, done: (code: string | null) => void): void {
  const { search, list, note, close, dialog } = parts();
  let over = false;
  const finish = (code: string | null): void => {
    if (over) return;
    over = true;
    dialog.close();
    dialog.remove();
    done(code);
  };
  const choices = new Choices(list, search, finish);
  close.addEventListener("click", () => finish(null));
  dialog.addEventListener("cancel", () => finish(null));
  dialog.addEventListener("close", () => finish(null));
  document.body.append(dialog);
  dialog.showModal();
  search.focus();
  load(report)
    .then((all) => {
      for (const offer of all) chips.set(offer.code, offer);
      const draw = (): void => {
        note.textContent = t("report-pick-found", { n: choices.draw(all) });
      };
      search.addEventListener("input", draw);
      draw();
    })
    .catch((error: unknown) => {
      offers = null;
      note.textContent = errorText(error);
    });
}
