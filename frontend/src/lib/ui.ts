/** Small pieces of page that the apps share; classes are those of docs/design-system.md. */
import { type Child, h, keepFragmentInLanguageLinks } from "./dom.ts";

export type Tone = "ok" | "warn" | "bad" | "info";

export function notice(tone: Tone, ...children: Child[]): HTMLElement {
  return h("div", { class: "notice", "data-tone": tone, role: tone === "bad" ? "alert" : null }, ...children);
}

/** A labelled field with its hint and the place for its error. */
export interface Field {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  /** Null takes the error away. */
  setError(text: string | null): void;
}

let lastId = 0;
const freshId = (): string => {
  lastId += 1;
  return `f${lastId}`;
};

export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
  readonly type?: "text" | "password" | "number";
  readonly autocomplete?: string;
  readonly value?: string;
  readonly inputmode?: string;
  readonly min?: number;
  readonly max?: number;
  readonly extra?: Child;
}

export function field(options: FieldOptions): Field {
  const id = freshId();
  const error = h("p", { class: "error", id: `${id}-e`, hidden: true });
  const input = h("input", {
    id,
    type: options.type ?? "text",
    autocomplete: options.autocomplete ?? "off",
    autocapitalize: "off",
    spellcheck: "false",
    value: options.value,
    inputmode: options.inputmode,
    min: options.min,
    max: options.max,
    "aria-describedby": `${id}-h ${id}-e`,
  });
  const root = h(
    "div",
    { class: "field" },
    h("label", { for: id }, options.label),
    input,
    options.extra,
    h("p", { class: "hint", id: `${id}-h`, hidden: options.hint === undefined }, options.hint ?? ""),
    error,
  );
  return {
    root,
    input,
    setError(text) {
      error.textContent = text ?? "";
      error.hidden = text === null;
      if (text === null) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
    },
  };
}

/** A passphrase field with a switch that shows what was typed. */
export function passphraseField(options: FieldOptions, show: string): Field {
  const made = field({ autocomplete: "off", ...options, type: "password" });
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    made.input.type = box.checked ? "text" : "password";
  });
  made.input.after(h("label", { class: "check" }, box, h("span", {}, show)));
  return made;
}

export interface Button {
  readonly root: HTMLButtonElement;
  /** While busy it cannot be pressed and says so. */
  setBusy(busy: boolean): void;
}

export function button(label: string, kind: string, press: () => void | Promise<void>): Button {
  const root = h("button", { type: "button", class: `btn ${kind}`.trim() }, label);
  const setBusy = (busy: boolean): void => {
    root.setAttribute("aria-busy", String(busy));
  };
  root.addEventListener("click", () => {
    if (root.getAttribute("aria-busy") === "true") return;
    const running = press();
    if (running instanceof Promise) {
      setBusy(true);
      void running.finally(() => setBusy(false));
    }
  });
  return { root, setBusy };
}

/** A bar with words beside it; `share` null while the length is unknown. */
export interface Bar {
  readonly root: HTMLElement;
  set(text: string, share: number | null): void;
  hide(): void;
}

export function bar(): Bar {
  const id = freshId();
  const meter = h("progress", { max: 1, "aria-labelledby": id });
  const label = h("p", { id, class: "small" });
  const root = h("div", { class: "stack-s", hidden: true }, label, meter);
  return {
    root,
    set(text, share) {
      root.hidden = false;
      if (label.textContent !== text) label.textContent = text;
      if (share === null) meter.removeAttribute("value");
      else meter.value = share;
    },
    hide() {
      root.hidden = true;
    },
  };
}

/** What the server called this page, without the name of the product behind it. */
export const pageTitle = (): string => document.title.split(" · ")[0] ?? "";

/** The same page in the other language; the token in the fragment goes along. */
export function languageLink(now: string): HTMLElement {
  const [lang, word] = now === "en" ? ["zh-CN", "中文"] : ["en", "English"];
  const link = h(
    "a",
    { class: "btn btn-s no-print", href: `?lang=${lang}`, lang, hreflang: lang, "data-lang": lang },
    word,
  );
  const holder = h("div", {}, link);
  keepFragmentInLanguageLinks(holder);
  return holder;
}

/** A whole page that can only say what is wrong. */
export function faultPage(text: string, language: string): HTMLElement {
  const head = h("header", { class: "page-head" }, h("h1", {}, pageTitle()), languageLink(language));
  return h("main", { class: "page page-narrow" }, head, notice("bad", text));
}
