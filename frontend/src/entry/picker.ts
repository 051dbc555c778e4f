/**
 * Names while they are typed (`[data-names]`): firms of the register, bodies known. In a list of names the part after the
 * last separator is what is looked for. Arrow keys choose, Enter or Tab takes, Escape closes; nothing needs a mouse.
 */
import { json } from "../lib/api.ts";
import { fill, findAll, h } from "../lib/dom.ts";

type Control = HTMLInputElement | HTMLTextAreaElement;

interface Name {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
}

const SEPARATORS = /[、，,;；\n]/;
/** Milliseconds after the last key before names are asked for. */
const PAUSE = 150;

/** The part of a list of names that is being typed: from where, and what. */
export function part(text: string, caret: number): { from: number; text: string } {
  const before = text.slice(0, caret);
  const from = before.length - [...before].reverse().join("").search(SEPARATORS);
  const at = SEPARATORS.test(before) ? from : 0;
  return { from: at, text: before.slice(at).trim() };
}

/** The list with the part that was being typed replaced by a name, ready for the next; and where the caret stands. */
export function taken(text: string, caret: number, name: string): { text: string; caret: number } {
  const { from } = part(text, caret);
  const rest = text.slice(caret);
  const ended = rest === "" || !SEPARATORS.test(rest.trimStart().slice(0, 1));
  const put = `${text.slice(0, from)}${name}${ended ? "、" : ""}`;
  return { text: `${put}${rest.trimStart()}`, caret: put.length };
}

/** Of several names, or of one: then its id goes into the hidden field of that name. */
function idField(control: Control): HTMLInputElement | null {
  const name = control.dataset.namesOne;
  const found = name === undefined ? null : control.form?.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
}

class Picker {
  private readonly list: HTMLUListElement;
  private names: readonly Name[] = [];
  private at = -1;
  private asked = 0;
  private waiting = 0;

  constructor(private readonly control: Control) {
    this.list = h("ul", { class: "picker", id: `${control.id}-names`, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", control.labels?.[0]?.textContent ?? "");
    control.setAttribute("aria-autocomplete", "list");
    control.setAttribute("aria-controls", this.list.id);
    control.after(this.list);
    control.addEventListener("input", () => {
      const id = idField(control);
      // What was typed is no firm until it is taken from the list; the server then says so.
      if (id) id.value = control.value.trim();
      this.later();
    });
    control.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent) this.key(event);
    });
    control.addEventListener("blur", () => this.close());
    // Pressing the mouse would take the focus from the field, and with it the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      if (item instanceof HTMLElement) this.take(Number(item.dataset.at));
    });
  }

  private later(): void {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const one = this.control.dataset.namesOne !== undefined;
    const { value, selectionStart } = this.control;
    const text = one ? value.trim() : part(value, selectionStart ?? 0).text;
    this.asked += 1;
    const mine = this.asked;
    if (text === "") {
      this.close();
      return;
    }
    const path = `${this.control.dataset.names}?q=${encodeURIComponent(text)}`;
    const names = await json<readonly Name[]>("GET", path).catch(() => []);
    // An answer that was overtaken by another question is not shown.
    if (mine === this.asked && document.activeElement === this.control) this.show(names);
  }

  private show(names: readonly Name[]): void {
    this.names = names;
    this.at = -1;
    fill(
      this.list,
      names.map((one, at) =>
        h(
          "li",
          { role: "option", id: `${this.list.id}-${at}`, "data-at": at, "aria-selected": "false" },
          one.name,
          one.unit === "" ? null : h("span", { class: "muted" }, ` ${one.unit}`),
        ),
      ),
    );
    this.list.hidden = names.length === 0;
  }

  private close(): void {
    this.list.hidden = true;
    this.names = [];
    this.at = -1;
    this.control.removeAttribute("aria-activedescendant");
  }

  private move(to: number): void {
    this.at = (to + this.names.length) % this.names.length;
    for (const item of findAll(this.list, "li", HTMLElement)) {
      const chosen = Number(item.dataset.at) === this.at;
      item.setAttribute("aria-selected", String(chosen));
      if (chosen) {
        this.control.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    }
  }

  private take(at: number): void {
    const chosen = this.names[at];
    if (chosen === undefined) return;
    const { name } = chosen;
    const id = idField(this.control);
    if (id) {
      id.value = chosen.id;
      this.control.value = name;
      this.close();
      return;
    }
    const put = taken(this.control.value, this.control.selectionStart ?? 0, name);
    this.control.value = put.text;
    this.control.setSelectionRange(put.caret, put.caret);
    this.close();
    this.control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? this.at + 1 : Math.max(this.at, 0) - 1);
    } else if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0 && !event.ctrlKey) {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

export function startPickers(root: ParentNode): void {
  for (const control of findAll(root, "[data-names]", HTMLElement)) {
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) new Picker(control);
  }
}
