/**
 * The form of an entry: shows the fields and topics of the chosen kind, and remembers unit, kind, topic, day and place
 * of the last entry, so that the next one needs a title and a number.
 */
import { findAll } from "../lib/dom.ts";

const STORE = "pingyi-entry";
const REMEMBERED = ["unit", "kind", "topic", "on_date", "place", "measure"] as const;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function control(form: HTMLFormElement, name: string): Control | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ||
    found instanceof HTMLSelectElement ||
    found instanceof HTMLTextAreaElement
    ? found
    : null;
}

/** What was remembered; nothing where the store is empty, forbidden or not ours. */
export function recall(text: string | null): Record<string, string> {
  try {
    const read: unknown = JSON.parse(text ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    const kept = Object.entries(read).filter(
      (pair): pair is [string, string] =>
        typeof pair[1] === "string" && REMEMBERED.some((name) => name === pair[0]),
    );
    return Object.fromEntries(kept);
  } catch {
    return {};
  }
}

/** Whether a field belongs to a kind: to all where it names none. */
export const belongs = (kinds: string, kind: string): boolean => kinds.split(" ").includes(kind);

/** Shows what goes with the chosen kind. What is hidden is not sent: it would be refused. */
function fit(form: HTMLFormElement): void {
  const kind = control(form, "kind")?.value ?? "";
  for (const field of findAll(form, "[data-kinds]", HTMLElement)) {
    field.hidden = !belongs(field.dataset.kinds ?? "", kind);
    for (const inside of findAll(field, "input, textarea, select", HTMLElement))
      inside.toggleAttribute("disabled", field.hidden);
  }
  const topic = control(form, "topic");
  if (!(topic instanceof HTMLSelectElement)) return;
  for (const option of topic.options) {
    const fits = option.value === "" || option.dataset.kind === kind;
    option.hidden = !fits;
    option.disabled = !fits;
  }
  if (topic.selectedOptions[0]?.disabled) topic.value = "";
}

function fill(form: HTMLFormElement): void {
  const asked = new URLSearchParams(location.search);
  const last = recall(localStorage.getItem(STORE));
  for (const name of REMEMBERED) {
    const field = control(form, name);
    const value = last[name];
    if (!field || value === undefined || asked.has(name)) continue;
    if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value))
      continue;
    field.value = value;
  }
}

function remember(form: HTMLFormElement): void {
  const kept = REMEMBERED.map((name) => [name, control(form, name)?.value ?? ""]);
  localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(kept)));
}

/** Where "save, then the next one" leads. */
const NEXT = "/ledger/new?next=1";

export function startEntry(): void {
  for (const form of findAll(document, "form[data-fits]", HTMLFormElement)) {
    fit(form);
    form.addEventListener("change", () => fit(form));
  }
  for (const form of findAll(document, "form[data-entry]", HTMLFormElement)) {
    const fresh = form.dataset.entry === "new";
    if (fresh) fill(form);
    const next = findAll(form, "[data-entry-next]", HTMLInputElement)[0];
    if (next) {
      next.checked = new URLSearchParams(location.search).has("next");
      const home = form.dataset.then ?? "";
      const lead = (): void => {
        form.setAttribute("data-then", next.checked ? NEXT : home);
      };
      next.addEventListener("change", lead);
      lead();
    }
    fit(form);
    form.addEventListener("change", () => fit(form));
    if (fresh) form.addEventListener("submit", () => remember(form), { capture: true });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  }
}
