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

/** Asks for a figure; its code, or null when the person thought better of it. What is known of it goes into `chips`. */
export function pick(report: string, chips: Chips): Promise<string | null> {
  return new Promise((resolve) => {
    let chosen: string | null = null;
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
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "figure-title" },
      h(
        "div",
        { class: "dialog-body" },
        h("h2", { id: "figure-title" }, t("report-pick")),
        h("div", { class: "field" }, h("label", { for: "figure-search" }, t("report-pick-search")), search),
        note,
        list,
        h("div", { class: "dialog-actions" }, close),
      ),
    );
    let shown: string[] = [];
    let at = 0;
    const take = (code: string): void => {
      chosen = code;
      dialog.close();
    };
    const mark = (): void => {
      for (const [index, item] of [...list.children].entries()) {
        item.setAttribute("aria-selected", String(index === at));
        if (index === at) {
          search.setAttribute("aria-activedescendant", item.id);
          item.scrollIntoView({ block: "nearest" });
        }
      }
    };
    const draw = (all: readonly Offer[]): void => {
      const found = fitting(all, search.value);
      const typed = codeIn(search.value);
      const byHand = typed !== null && !found.some((offer) => offer.code === typed) ? [typed] : [];
      shown = [...found.map((offer) => offer.code), ...byHand];
      at = 0;
      const row = (code: string, label: string, value: string): HTMLElement =>
        h(
          "li",
          { id: `figure-${code.replace(/[^a-z0-9_-]/gi, "-")}`, role: "option", onclick: () => take(code) },
          h("span", {}, label),
          h("strong", {}, value),
        );
      fill(
        list,
        found.map((offer) => row(offer.code, offer.label, offer.shown)),
        byHand.map((code) => row(code, t("report-pick-code", { code: `{{${code}}}` }), "")),
      );
      note.textContent = t("report-pick-found", { n: shown.length });
      mark();
    };
    search.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        at = Math.max(0, Math.min(shown.length - 1, at + step));
        mark();
      } else if (event.key === "Enter") {
        event.preventDefault();
        const code = shown[at];
        if (code !== undefined) take(code);
      }
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
    search.focus();
    load(report)
      .then((all) => {
        for (const offer of all) chips.set(offer.code, offer);
        search.addEventListener("input", () => draw(all));
        draw(all);
      })
      .catch((error: unknown) => {
        offers = null;
        note.textContent = errorText(error);
      });
  });
}
