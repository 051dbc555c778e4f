/**
 * Pictures and files of a record: chosen, dropped, pasted or taken with the camera; several at once, each with its own
 * progress and its own refusal. On the form of a new record they wait until it is stored.
 */
import { ApiError } from "../lib/api.ts";
import { announce, find, findAll, h } from "../lib/dom.ts";
import { showProblems } from "./dialog.ts";
import { fillAddress } from "./fields.ts";
import { refresh } from "./regions.ts";
import { errorText, t } from "./texts.ts";
import { send } from "./upload.ts";

/** As the server has it (docs/record-contract.md §7). */
export const MOST_BYTES = 20 * 1024 * 1024;
/** So many are on their way at once: the server looks at two at a time. */
const AT_ONCE = 2;

/** What can be said of a file before it is sent. */
export function faultOf(file: { readonly size: number }): "empty" | "large" | null {
  if (file.size === 0) return "empty";
  return file.size > MOST_BYTES ? "large" : null;
}

/** Runs the jobs, some at a time, in their order. */
export async function inTurn<T>(
  jobs: readonly T[],
  most: number,
  run: (job: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let job = jobs[next]; job !== undefined; job = jobs[next]) {
      next += 1;
      await run(job);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, worker));
}

function reason(error: unknown): string {
  if (error instanceof ApiError && error.problems.length > 0)
    return error.problems.map((problem) => problem.message).join(" ");
  return errorText(error);
}

/** A line of the list: a file on its way, waiting, or refused. */
class Line {
  readonly element: HTMLLIElement;
  private readonly meter: HTMLProgressElement;
  private readonly place: HTMLElement;
  failed = false;

  constructor(
    readonly file: File,
    /** What the page says the file is, as it stood when the file was chosen. */
    private readonly about: string,
    onTakenOut: (line: Line) => void,
  ) {
    this.meter = h("progress", { max: 100, value: 0, hidden: true, "aria-label": file.name });
    this.place = h("p", { class: "error", hidden: true });
    const out = h(
      "button",
      {
        type: "button",
        class: "btn btn-s btn-quiet",
        "aria-label": t("office-evidence-out", { name: file.name }),
      },
      t("office-evidence-out-short"),
    );
    out.addEventListener("click", () => onTakenOut(this));
    this.element = h("li", {}, h("span", { class: "grow break" }, file.name), this.meter, out, this.place);
  }

  /** Name and reason of a file that was refused. */
  get said(): string {
    return `${this.file.name}: ${this.place.textContent ?? ""}`;
  }

  refuse(text: string): void {
    this.failed = true;
    this.meter.hidden = true;
    this.place.hidden = false;
    this.place.textContent = text;
    announce(this.said);
  }

  async sendTo(target: string): Promise<boolean> {
    this.failed = false;
    this.place.hidden = true;
    this.meter.hidden = false;
    try {
      const path = `${target}?name=${encodeURIComponent(this.file.name)}${this.about}`;
      await send(path, "POST", this.file, (share) => {
        this.meter.value = share * this.meter.max;
        // What is sent is looked at and written anew by the server: how long that takes, nobody knows.
        if (share >= 1) this.meter.removeAttribute("value");
      });
      return true;
    } catch (error) {
      this.refuse(reason(error));
      return false;
    }
  }
}

/** A place where files are added. */
class Shelf {
  private readonly list: HTMLElement;
  private lines: Line[] = [];
  private sending = 0;

  /** `target`: where files go at once; null while the record is not stored. */
  constructor(
    readonly root: HTMLElement,
    private readonly target: string | null,
  ) {
    this.list = find(root, "[data-uploads]", HTMLElement) ?? h("ul", {});
    for (const input of findAll(root, "input[data-evidence-pick]", HTMLInputElement)) {
      input.addEventListener("change", () => {
        this.add([...(input.files ?? [])]);
        input.value = "";
      });
    }
    this.listenForDrops();
    window.addEventListener("beforeunload", (event) => {
      if (this.sending > 0) event.preventDefault();
    });
  }

  private listenForDrops(): void {
    const area = find(this.root, "[data-drop]", HTMLElement);
    this.root.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      area?.setAttribute("data-over", "");
    });
    for (const name of ["dragleave", "drop"]) {
      this.root.addEventListener(name, () => area?.removeAttribute("data-over"));
    }
    this.root.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
  }

  add(files: readonly File[]): void {
    const fresh: Line[] = [];
    const which = find(this.root, "select[data-evidence-about]", HTMLSelectElement);
    const about = which ? `&about=${encodeURIComponent(which.value)}` : "";
    for (const file of files) {
      const line = new Line(file, about, (gone) => this.takeOut(gone));
      const fault = faultOf(file);
      if (fault === null) fresh.push(line);
      this.lines.push(line);
      this.list.append(line.element);
      if (fault !== null) line.refuse(t(`office-evidence-${fault}`));
    }
    if (this.target !== null) void this.sendAll(this.target, fresh);
  }

  private takeOut(line: Line): void {
    this.lines = this.lines.filter((kept) => kept !== line);
    line.element.remove();
  }

  /** Sends; what arrived leaves the list, what was refused stays with its reason. */
  private async sendAll(target: string, lines: readonly Line[]): Promise<void> {
    let arrived = 0;
    this.sending += 1;
    await inTurn(lines, AT_ONCE, async (line) => {
      if (!this.lines.includes(line)) return;
      if (!(await line.sendTo(target))) return;
      arrived += 1;
      this.takeOut(line);
      refresh("evidence");
    });
    this.sending -= 1;
    if (arrived > 0) announce(t("office-evidence-arrived", { count: arrived }));
  }

  /** Sends what waits to a record that is stored now; names and reasons of what was refused. */
  async sendWaiting(target: string): Promise<{ message: string }[]> {
    const waiting = this.lines.filter((line) => !line.failed);
    await this.sendAll(target, waiting);
    return this.lines.map((line) => ({ message: line.said }));
  }
}

const later = new WeakMap<HTMLFormElement, Shelf>();

/** After a form's record is stored: sends the files that wait on it, and says which were refused before going on. */
export async function sendAlong(form: HTMLFormElement, answer: unknown): Promise<void> {
  const shelf = later.get(form);
  const target = shelf?.root.dataset.evidenceLater;
  if (!shelf || target === undefined) return;
  const refused = await shelf.sendWaiting(fillAddress(target, answer));
  if (refused.length > 0)
    await showProblems(t("office-evidence-refused"), refused, t("office-evidence-go-on"));
}

/** A picture in the clipboard goes to the page's shelf, unless text is being pasted into a field. */
function listenForPaste(shelf: Shelf): void {
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    const types = event.clipboardData?.types ?? [];
    const writing = event.target instanceof Element && event.target.closest("input, textarea") !== null;
    // Excel puts a picture of the cells beside their text.
    if (writing && types.includes("text/plain")) return;
    event.preventDefault();
    shelf.add(files);
  });
}

export function startEvidence(): void {
  for (const root of findAll(document, "[data-evidence]", HTMLElement)) {
    const shelf = new Shelf(root, root.dataset.evidence ?? null);
    listenForPaste(shelf);
  }
  for (const root of findAll(document, "[data-evidence-later]", HTMLElement)) {
    const shelf = new Shelf(root, null);
    const form = root.closest("form");
    if (form) later.set(form, shelf);
    listenForPaste(shelf);
  }
}
