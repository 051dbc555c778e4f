/** Fields that save themselves. What is typed stays in the browser until the server has it. */
import { json } from "../lib/api.ts";
import { findAll } from "../lib/dom.ts";
import { bodyOf, saveState } from "./send.ts";
import { errorText } from "./texts.ts";

const AFTER_MS = 800;
const AGAIN_MS = 5_000;

type Control = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

const keyOf = (control: Control): string =>
  `pingyi.draft.${control.dataset.autosave}.${control.dataset.body ?? ""}.${control.name}`;

function keep(control: Control): void {
  try {
    localStorage.setItem(keyOf(control), control.value);
  } catch {
    // Without storage the text lives in the page alone; the save below is what matters.
  }
}

function forget(control: Control, sent: string): void {
  try {
    if (localStorage.getItem(keyOf(control)) === sent) localStorage.removeItem(keyOf(control));
  } catch {
    // Nothing was kept.
  }
}

const timers = new WeakMap<Control, number>();

async function save(control: Control): Promise<void> {
  const path = control.dataset.autosave;
  if (path === undefined || control.dataset.dirty === undefined) return;
  window.clearTimeout(timers.get(control));
  const value = control.value;
  saveState(control, "saving");
  try {
    const body = { ...bodyOf(control), [control.name]: value };
    await json(control.dataset.method ?? "POST", path, body);
    forget(control, value);
    if (control.value === value) {
      delete control.dataset.dirty;
      saveState(control, "saved");
    }
  } catch (error) {
    saveState(control, "failed", errorText(error));
    timers.set(
      control,
      window.setTimeout(() => void save(control), AGAIN_MS),
    );
  }
}

/** Restores what an earlier page could not save, and watches the fields below `root`. */
export function watchAutosave(root: ParentNode): void {
  for (const element of findAll(root, "[data-autosave]", HTMLElement)) {
    const known =
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement;
    if (!known || element.dataset.watched !== undefined) continue;
    element.dataset.watched = "";
    let kept: string | null = null;
    try {
      kept = localStorage.getItem(keyOf(element));
    } catch {
      kept = null;
    }
    if (kept !== null && kept !== element.value) {
      element.value = kept;
      element.dataset.dirty = "";
      timers.set(
        element,
        window.setTimeout(() => void save(element), AFTER_MS),
      );
    }
    element.addEventListener("input", () => {
      element.dataset.dirty = "";
      keep(element);
      window.clearTimeout(timers.get(element));
      timers.set(
        element,
        window.setTimeout(() => void save(element), AFTER_MS),
      );
    });
    element.addEventListener("blur", () => void save(element));
  }
}
