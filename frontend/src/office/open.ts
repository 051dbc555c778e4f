/** Dialogs that the page holds: opened by their buttons, filled for the row whose button was pressed. */
import { fill, findAll } from "../lib/dom.ts";

/** The values a button carries for a form, by name; none where it carries nothing that can be read. */
export function valuesOf(text: string | undefined): Record<string, string> {
  try {
    const read: unknown = JSON.parse(text ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    const texts = Object.entries(read).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    return Object.fromEntries(texts);
  } catch {
    return {};
  }
}

/** One dialog serves many rows: it is sent to where the button says, and is empty of what was typed for another. */
function fillFor(dialog: HTMLDialogElement, button: HTMLElement): void {
  const form = dialog.querySelector("form");
  const { target, about } = button.dataset;
  if (!form || target === undefined) return;
  form.reset();
  form.dataset.post = target;
  for (const place of findAll(form, "[data-error-for], [data-form-errors]", HTMLElement)) fill(place);
  for (const [name, value] of Object.entries(valuesOf(button.dataset.fill))) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = value;
  }
  for (const place of findAll(form, "[data-about-place]", HTMLElement)) fill(place, about ?? "");
}

export function openDialog(button: HTMLElement): void {
  const dialog = document.getElementById(button.dataset.open ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  fillFor(dialog, button);
  dialog.showModal();
}

/** `/` leads to the search of the rail, unless somebody is writing. */
export function searchKey(event: KeyboardEvent): void {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  const writes = at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));
  const search = document.querySelector("[data-search]");
  if (writes || !(search instanceof HTMLInputElement) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  search.focus();
  search.select();
}
