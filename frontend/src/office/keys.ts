/** One key for what the page offers by `data-key`: the table of a chart or of the map. Never while somebody types. */
import { findAll } from "../lib/dom.ts";

const types = (element: EventTarget | null): boolean =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName));

export function pageKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = findAll(document, "[data-key]", HTMLElement).filter(
    (element) => element.dataset.key === event.key && element.checkVisibility(),
  );
  for (const element of wanted) {
    element.click();
    // A link within the page moves the view; the focus goes along, so that the next key is the table's.
    if (element instanceof HTMLAnchorElement && element.hash !== "")
      document.getElementById(element.hash.slice(1))?.focus();
  }
  if (wanted.length > 0) event.preventDefault();
}
