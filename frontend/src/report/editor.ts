/** The field of a section: plain paragraphs in which a figure of the record stands as a chip with its value. */
import { h } from "../lib/dom.ts";
import { pieces, stored } from "./text.ts";

/** A figure as it is shown. */
export interface Chip {
  readonly shown: string;
  readonly source: string;
  readonly label: string;
}

export type Chips = Map<string, Chip>;

/** Holds the caret behind a chip at the end of a line; it is no part of the text. */
const HOLDER = "\u200b";

function textOf(node: Node): string {
  let out = "";
  for (const child of node.childNodes) {
    if (child instanceof Text) out += child.data;
    else if (child instanceof HTMLBRElement) out += "\n";
    else if (child instanceof HTMLElement) {
      const code = child.dataset.figure;
      if (code !== undefined) out += `{{${code}}}`;
      else out += (out === "" || out.endsWith("\n") ? "" : "\n") + textOf(child);
    }
  }
  return out;
}

export class Editor {
  readonly field: HTMLElement;
  /** Where the next figure goes. */
  private place: Range | null = null;

  constructor(
    area: HTMLTextAreaElement,
    private readonly chips: Chips,
    private readonly onInput: () => void,
    private readonly onBrace: () => void,
  ) {
    this.field = h("div", {
      class: "report-field",
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": area.getAttribute("aria-labelledby"),
      "aria-describedby": area.getAttribute("aria-describedby"),
      tabindex: 0,
    });
    try {
      this.field.contentEditable = "plaintext-only";
    } catch {
      // An older browser: what is pasted is made plain below.
      this.field.contentEditable = "true";
    }
    this.text = area.value;
    area.replaceWith(this.field);
    this.field.addEventListener("input", (event) => this.typed(event));
    this.field.addEventListener("paste", (event) => this.pasted(event));
    this.field.addEventListener("click", (event) => this.opened(event));
    this.field.addEventListener("blur", () => this.remember());
  }

  get text(): string {
    return stored(textOf(this.field));
  }

  set text(text: string) {
    const nodes = pieces(text).flatMap((piece): Node[] =>
      piece.kind === "words"
        ? [document.createTextNode(piece.text)]
        : [this.chip(piece.text), document.createTextNode(HOLDER)],
    );
    this.field.replaceChildren(...nodes);
  }

  private chip(code: string): HTMLElement {
    const known = this.chips.get(code);
    const chip = h(
      "span",
      { class: "figure-chip", "data-figure": code, title: known?.label ?? code },
      known?.shown ?? `{{${code}}}`,
    );
    chip.contentEditable = "false";
    if (known === undefined) chip.dataset.unknown = "";
    return chip;
  }

  /** Shows figures as the server worked them out. */
  refresh(): void {
    for (const chip of this.field.querySelectorAll<HTMLElement>("[data-figure]")) {
      const known = this.chips.get(chip.dataset.figure ?? "");
      chip.textContent = known?.shown ?? `{{${chip.dataset.figure ?? ""}}}`;
      chip.title = known?.label ?? chip.dataset.figure ?? "";
      if (known === undefined) chip.dataset.unknown = "";
      else delete chip.dataset.unknown;
    }
    // A code typed by hand becomes a chip once nobody writes here.
    const byHand = pieces(this.text).filter((piece) => piece.kind === "figure").length;
    const shown = this.field.querySelectorAll("[data-figure]").length;
    if (byHand !== shown && document.activeElement !== this.field) this.text = this.text;
  }

  private typed(event: Event): void {
    const brace = event instanceof InputEvent && /[{｛]$/.test(event.data ?? "");
    this.onInput();
    if (!brace) return;
    const at = document.getSelection();
    const node = at?.anchorNode;
    if (!at || !(node instanceof Text) || !this.field.contains(node)) return;
    const before = at.anchorOffset - 1;
    if (before < 0 || !/[{｛]/.test(node.data.charAt(before))) return;
    node.deleteData(before, 1);
    this.remember();
    this.onBrace();
  }

  private pasted(event: ClipboardEvent): void {
    if (this.field.contentEditable === "plaintext-only") return;
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    this.remember();
    this.insert(document.createTextNode(text));
  }

  /** A click on a chip leads to the rows behind it. */
  private opened(event: MouseEvent): void {
    const chip = event.target instanceof Element ? event.target.closest("[data-figure]") : null;
    if (!(chip instanceof HTMLElement)) return;
    const source = this.chips.get(chip.dataset.figure ?? "")?.source ?? "";
    if (source !== "") window.open(source, "_blank", "noopener");
  }

  /** Remembers where the caret is. */
  remember(): void {
    const at = document.getSelection();
    if (at && at.rangeCount > 0 && this.field.contains(at.anchorNode))
      this.place = at.getRangeAt(0).cloneRange();
  }

  /** Puts a figure where the caret was, or at the end. */
  figure(code: string): void {
    this.insert(this.chip(code));
  }

  /** Puts words where the caret was. */
  words(text: string): void {
    this.insert(document.createTextNode(text));
  }

  private insert(node: Node): void {
    const range = this.place ?? document.createRange();
    if (this.place === null) {
      range.selectNodeContents(this.field);
      range.collapse(false);
    }
    const holder = document.createTextNode(node instanceof HTMLElement ? HOLDER : "");
    range.deleteContents();
    range.insertNode(holder);
    range.insertNode(node);
    this.field.focus();
    const at = document.getSelection();
    at?.removeAllRanges();
    const behind = document.createRange();
    behind.setStart(holder, holder.length);
    behind.collapse(true);
    at?.addRange(behind);
    this.place = behind.cloneRange();
    this.onInput();
  }
}
