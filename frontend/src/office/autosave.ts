/** Fields, and forms as a whole, that save themselves. What is typed stays in the browser until the server has it. */
import { json } from "../lib/api.ts";
import { findAll } from "../lib/dom.ts";
import { Saving } from "../lib/saving.ts";
import { draftOf, forgetDraft, keepDraft } from "./drafts.ts";
import { toJson } from "./fields.ts";
import { bodyOf, type Control, controlsOf, isControl, readFields, saveState } from "./send.ts";
import { errorText } from "./texts.ts";

/** The controls of what saves itself, and what it sends. */
interface Held {
  readonly controls: () => Control[];
  readonly body: () => Record<string, unknown>;
}

function held(element: HTMLElement): Held | null {
  if (isControl(element))
    return { controls: () => [element], body: () => ({ [element.name]: element.value }) };
  if (element instanceof HTMLFormElement)
    return { controls: () => controlsOf(element), body: () => toJson(readFields(element)) };
  return null;
}

const typed = (controls: readonly Control[]): string =>
  new URLSearchParams(controls.map(({ name, value }) => [name, value])).toString();

/** Puts a kept text back; the controls that it changed. */
function restore(controls: readonly Control[], kept: string | null): Control[] {
  const values = new URLSearchParams(kept ?? "");
  return controls.filter((control) => {
    const value = values.get(control.name);
    if (value === null || value === control.value) return false;
    control.value = value;
    return true;
  });
}

function watch(element: HTMLElement, { controls, body }: Held): void {
  const path = element.dataset.autosave ?? "";
  const key = `${path}.${element.dataset.body ?? ""}`;
  const read = (): string => typed(controls());
  const saving = new Saving({
    read,
    send: async (sent) => {
      saveState(element, "saving");
      // A number field gives no text for what is no number: it would be taken for empty.
      const wrong = controls().find((control) => control.validity.badInput);
      if (wrong) throw new Error(wrong.validationMessage);
      await json(element.dataset.method ?? "POST", path, { ...bodyOf(element), ...body() });
      forgetDraft(key, sent);
    },
    onSaved: () => {
      for (const control of controls()) delete control.dataset.dirty;
      saveState(element, "saved");
    },
    onFailed: (error) => saveState(element, "failed", errorText(error)),
  });
  const changed = (some: readonly Element[]): void => {
    for (const control of some) if (control instanceof HTMLElement) control.dataset.dirty = "";
    saving.changed();
  };
  const restored = restore(controls(), draftOf(key));
  if (restored.length > 0) changed(restored);
  element.addEventListener("input", ({ target }) => {
    keepDraft(key, read());
    changed(target instanceof Element ? [target] : []);
  });
  element.addEventListener("focusout", () => void saving.now());
}

/** Restores what an earlier page could not save, and watches the fields below `root`. */
export function watchAutosave(root: ParentNode): void {
  for (const element of findAll(root, "[data-autosave]", HTMLElement)) {
    const what = held(element);
    if (what === null || element.dataset.watched !== undefined) continue;
    element.dataset.watched = "";
    watch(element, what);
  }
}
