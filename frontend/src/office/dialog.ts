/** Questions before something is done, and what came of it. */
import type { Problem } from "../lib/api.ts";
import { fill, h } from "../lib/dom.ts";
import { t } from "./texts.ts";

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly danger: boolean;
  /** Label of a text that must be given. */
  readonly reason: string | null;
  /** A text that must be typed exactly. */
  readonly name: string | null;
}

export interface Answer {
  readonly reason: string | null;
}

function opened(dialog: HTMLDialogElement): void {
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

/** Null when the person thought better of it. */
export function ask(question: Question): Promise<Answer | null> {
  return new Promise((resolve) => {
    const reason = question.reason === null ? null : h("textarea", { id: "dialog-reason", rows: 3 });
    const name =
      question.name === null
        ? null
        : h("input", { id: "dialog-name", autocomplete: "off", spellcheck: "false" });
    const error = h("p", { class: "error", role: "alert", hidden: true });
    let answer: Answer | null = null;
    const yes = h(
      "button",
      { type: "submit", class: `btn ${question.danger ? "btn-danger" : "btn-primary"}` },
      question.yes,
    );
    const no = h("button", { type: "button", class: "btn" }, t("office-no"));
    const form = h(
      "form",
      { class: "dialog-body" },
      h("h2", { id: "dialog-title" }, question.title),
      question.text === "" ? null : h("p", {}, question.text),
      reason &&
        h("div", { class: "field" }, h("label", { for: "dialog-reason" }, question.reason ?? ""), reason),
      name &&
        h(
          "div",
          { class: "field" },
          h("label", { for: "dialog-name" }, t("office-type-name", { name: question.name ?? "" })),
          name,
        ),
      error,
      h("div", { class: "dialog-actions" }, no, yes),
    );
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, form);
    const wrong = (text: string, field: HTMLElement): void => {
      error.textContent = text;
      error.hidden = false;
      field.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = reason?.value.trim() ?? null;
      if (reason && given === "") wrong(t("office-reason-missing"), reason);
      else if (name && name.value.trim() !== question.name?.trim()) wrong(t("office-name-differs"), name);
      else {
        answer = { reason: given };
        dialog.close();
      }
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => resolve(answer));
    opened(dialog);
    (reason ?? name ?? yes).focus();
  });
}

/** Everything that is wrong, in one window; done when it is closed. */
export function showProblems(
  message: string,
  problems: readonly Pick<Problem, "message">[],
  goOn = t("office-close"),
): Promise<void> {
  const close = h("button", { type: "button", class: "btn btn-primary" }, goOn);
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "dialog-title" },
    h(
      "div",
      { class: "dialog-body" },
      h("h2", { id: "dialog-title" }, message),
      h(
        "ul",
        { class: "problems" },
        problems.map((problem) => h("li", {}, problem.message)),
      ),
      h("div", { class: "dialog-actions" }, close),
    ),
  );
  close.addEventListener("click", () => dialog.close());
  opened(dialog);
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve()));
}

let hiding = 0;

/** A passing message at the foot of the page. */
export function toast(text: string, bad = false): void {
  let place = document.getElementById("toast");
  if (!place) {
    place = h("div", { id: "toast", class: "toast", role: "status" });
    document.body.append(place);
  }
  if (bad) place.dataset.tone = "bad";
  else delete place.dataset.tone;
  fill(place, text);
  window.clearTimeout(hiding);
  // Errors stay until the next message; the rest passes.
  if (!bad) hiding = window.setTimeout(() => place?.replaceChildren(), 4_000);
}
