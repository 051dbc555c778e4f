/** The frame around every screen of the booth, and its pieces. */
import { type Child, fill, h } from "../lib/dom.ts";
import type { Texts } from "../lib/i18n.ts";

/** One screen: what stands in the middle and the buttons that stay at the bottom. */
export interface Screen {
  /** For tests, styles and the page's title. */
  name: string;
  heading: string;
  body: Child[];
  foot?: Child[];
}

export interface Frame {
  title: string;
  category: string | null;
  rehearsal: boolean;
  offline: boolean;
  onLanguage(): void;
}

export const heading = (text: string): HTMLElement => h("h1", { id: "heading", tabindex: "-1" }, text);

export const para = (text: string, kind = ""): HTMLElement =>
  h("p", kind === "" ? {} : { class: kind }, text);

export function press(label: string, kind: string, act: () => void, id?: string): HTMLButtonElement {
  return h("button", { type: "button", class: `btn btn-l ${kind}`.trim(), onclick: act, id }, label);
}

/** Long codes in groups of four, readable aloud and comparable by eye; copying gives them whole. */
export function code(text: string, label: string): HTMLElement {
  const groups = text.match(/.{1,4}/g) ?? [];
  return h(
    "p",
    { class: "booth-code", role: "group", "aria-label": label },
    groups.map((group) => h("span", {}, group)),
  );
}

interface Attention {
  id: string;
  start: number | null;
  end: number | null;
  scroll: number;
  open: string[];
}

/** Where the person is: focus, caret, scroll, opened folds. */
function attention(): Attention {
  const at = document.activeElement;
  const text =
    at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === "text") ? at : null;
  const folds = [...document.querySelectorAll("details[open][id]")];
  return {
    id: at?.id ?? "",
    start: text?.selectionStart ?? null,
    end: text?.selectionEnd ?? null,
    scroll: window.scrollY,
    open: folds.map((fold) => fold.id),
  };
}

/** Gives it back after the same screen was drawn anew (a pause, another language). */
function restore(was: Attention): void {
  for (const id of was.open) document.getElementById(id)?.setAttribute("open", "");
  const at = was.id === "" ? null : document.getElementById(was.id);
  at?.focus({ preventScroll: true });
  if (at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === "text")) {
    at.setSelectionRange(was.start, was.end);
  }
  window.scrollTo(0, was.scroll);
}

/** Draws a screen. Focus goes to its heading when `focus` is set: a screen reader reads on from there. */
export function draw(app: HTMLElement, t: Texts, frame: Frame, screen: Screen, focus: boolean): void {
  document.title = `${screen.heading} · ${t("booth-title")}`;
  app.dataset.screen = screen.name;
  const was = attention();
  fill(
    app,
    h(
      "header",
      {},
      frame.rehearsal && h("p", { class: "rehearsal-bar" }, t("booth-rehearsal")),
      h(
        "div",
        { class: "booth-head" },
        h(
          "div",
          {},
          h("p", { class: "booth-title" }, frame.title),
          frame.category !== null && h("p", { class: "booth-category" }, frame.category),
        ),
        h(
          "button",
          {
            type: "button",
            class: "btn booth-language",
            id: "language",
            lang: t.language === "en" ? "zh-CN" : "en",
            onclick: () => frame.onLanguage(),
          },
          t("booth-language"),
        ),
      ),
    ),
    h("p", { class: "booth-offline", id: "offline", hidden: !frame.offline }, t("booth-offline")),
    h("main", { class: "booth-main", "aria-labelledby": "heading" }, screen.body),
    screen.foot && h("footer", { class: "booth-foot" }, screen.foot),
  );
  if (focus) {
    window.scrollTo(0, 0);
    document.getElementById("heading")?.focus({ preventScroll: true });
  } else restore(was);
}
