/** Rows that are sent together (`form[data-batch]`): each is answered for itself, beside its own row. */
import { json } from "../lib/api.ts";
import { fill, findAll, h } from "../lib/dom.ts";
import { errorText } from "./texts.ts";

interface RowAnswer {
  readonly id: string;
  readonly done: boolean;
  readonly message?: string;
}

interface BatchAnswer {
  readonly rows: readonly RowAnswer[];
  readonly said: string;
}

const boxesOf = (form: HTMLFormElement): HTMLInputElement[] =>
  findAll(form, "tbody input[type=checkbox][name]", HTMLInputElement);

/** The answer at its row: what is done loses its box, what is refused says why. */
function mark(box: HTMLInputElement, answer: RowAnswer, doneText: string): void {
  const row = box.closest("tr");
  const state = row?.querySelector("td:last-child .badge");
  if (answer.done) {
    if (state) {
      fill(state, doneText);
      state.setAttribute("data-tone", "ok");
    }
    box.remove();
    return;
  }
  box.checked = false;
  const place = row?.querySelector("th");
  place?.querySelector(".row-refused")?.remove();
  place?.append(h("span", { class: "row-refused error" }, answer.message ?? ""));
}

export async function sendBatch(form: HTMLFormElement): Promise<void> {
  const path = form.dataset.batch ?? "";
  const said = findAll(form, "[data-batch-said]", HTMLElement)[0];
  const boxes = boxesOf(form).filter((box) => box.checked);
  if (path === "" || !said || form.getAttribute("aria-busy") === "true") return;
  if (boxes.length === 0) {
    fill(said, form.dataset.batchNone ?? "");
    return;
  }
  form.setAttribute("aria-busy", "true");
  try {
    const body = { entries: boxes.map((box) => box.value) };
    const answer = await json<BatchAnswer>("POST", path, body, { timeoutMs: 120_000 });
    for (const row of answer.rows) {
      const box = boxes.find((one) => one.value === row.id);
      if (box) mark(box, row, form.dataset.batchDone ?? "");
    }
    fill(said, answer.said);
    const all = findAll(form, "[data-batch-all]", HTMLInputElement)[0];
    if (all) all.checked = false;
  } catch (error) {
    fill(said, errorText(error));
  } finally {
    form.setAttribute("aria-busy", "false");
  }
}

/** What was said of the boxes chosen before does not stand beside others. */
export function unsay(box: HTMLInputElement): void {
  const form = box.closest("form[data-batch]");
  if (form instanceof HTMLFormElement)
    for (const said of findAll(form, "[data-batch-said]", HTMLElement)) fill(said);
}

/** The box in the head checks all of the page. */
export function checkAll(all: HTMLInputElement): void {
  const form = all.closest("form");
  if (form) for (const box of boxesOf(form)) box.checked = all.checked;
}
