/** Buttons and forms that send JSON (docs/design-system.md, "Buttons", "Forms"). */
import { ApiError, json, type Problem } from "../lib/api.ts";
import { fill, findAll, h } from "../lib/dom.ts";
import { saveAll } from "../lib/saving.ts";
import { notice } from "../lib/ui.ts";
import { choose, conflictIn } from "./conflict.ts";
import { ask, showProblems, toast } from "./dialog.ts";
import { sendAlong } from "./evidence.ts";
import { type FieldValue, fillAddress, toJson } from "./fields.ts";
import { hasRegions, refresh } from "./regions.ts";
import { errorText, t } from "./texts.ts";

const METHODS = ["post", "put", "patch", "delete"] as const;

interface Target {
  readonly method: string;
  readonly path: string;
}

export function targetOf(element: HTMLElement): Target | null {
  for (const method of METHODS) {
    const path = element.dataset[method];
    if (path !== undefined && path !== "") return { method: method.toUpperCase(), path };
  }
  return null;
}

export function bodyOf(element: HTMLElement): Record<string, unknown> {
  const text = element.dataset.body;
  if (text === undefined || text === "") return {};
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function arrive(element: HTMLElement, answer: unknown): void {
  const then = element.dataset.then;
  if (then === "reload" || (then === undefined && !hasRegions())) location.reload();
  else if (then !== undefined && then !== "" && then !== "none") location.assign(fillAddress(then, answer));
  else refresh();
}

function report(error: unknown): void {
  if (error instanceof ApiError && error.problems.length > 0)
    void showProblems(error.message, error.problems);
  else toast(errorText(error), true);
}

async function confirmed(button: HTMLElement): Promise<Record<string, unknown> | null> {
  const { confirm, reason, name, confirmTitle, confirmYes } = button.dataset;
  if (confirm === undefined && reason === undefined && name === undefined) return {};
  const label = button.textContent?.trim() ?? "";
  const answer = await ask({
    title: confirmTitle ?? label,
    text: confirm ?? "",
    yes: confirmYes ?? label,
    danger: button.dataset.danger !== undefined,
    reason: reason ?? null,
    name: name ?? null,
  });
  if (answer === null) return null;
  return answer.reason === null ? {} : { reason: answer.reason };
}

/** Presses a `data-post` button: asks, sends, goes on. */
export async function press(button: HTMLElement): Promise<void> {
  const target = targetOf(button);
  if (!target || button.getAttribute("aria-busy") === "true") return;
  const extra = await confirmed(button);
  if (extra === null) return;
  button.setAttribute("aria-busy", "true");
  try {
    // What is asked about is decided on what the server has; nothing else of the page needs to wait for its fields.
    if (!(await saveAll()) && button.dataset.confirm !== undefined) {
      toast(t("office-unsaved-first"), true);
      return;
    }
    const body = target.method === "DELETE" ? undefined : { ...bodyOf(button), ...extra };
    arrive(button, await json(target.method, target.path, body, { timeoutMs: 120_000 }));
  } catch (error) {
    report(error);
  } finally {
    button.setAttribute("aria-busy", "false");
  }
}

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;

export const controlsOf = (form: HTMLFormElement): Control[] => [...form.elements].filter(isControl);

function typeOf(control: Control): FieldValue["type"] {
  const stated = control.dataset.type;
  if (stated === "number" || stated === "bool") return stated;
  const box = control instanceof HTMLInputElement && control.type === "checkbox";
  return box && !control.name.endsWith("[]") ? "bool" : "text";
}

/** The fields that would be sent: unchecked list boxes are left out, single ones are false. */
export function readFields(form: HTMLFormElement): FieldValue[] {
  const fields: FieldValue[] = [];
  for (const control of controlsOf(form)) {
    const { name } = control;
    if (name === "" || control.disabled) continue;
    const type = typeOf(control);
    const omitEmpty = control.dataset.omitEmpty !== undefined;
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      if (type === "bool") fields.push({ name, value: String(control.checked), type, omitEmpty });
      else if (control.checked) fields.push({ name, value: control.value, type, omitEmpty });
    } else if (control instanceof HTMLInputElement && control.type === "radio") {
      if (control.checked) fields.push({ name, value: control.value, type, omitEmpty });
    } else {
      fields.push({ name, value: control.value, type, omitEmpty });
    }
  }
  return fields;
}

function clearErrors(form: HTMLFormElement): void {
  for (const place of findAll(form, "[data-error-for]", HTMLElement)) place.textContent = "";
  for (const control of controlsOf(form)) control.removeAttribute("aria-invalid");
  for (const list of findAll(form, "[data-form-errors]", HTMLElement)) fill(list);
}

/** Every problem at its field, the rest in the list; the first field gets the focus. */
export function showFormErrors(form: HTMLFormElement, message: string, problems: readonly Problem[]): void {
  const rest: string[] = problems.length === 0 ? [message] : [];
  let first: HTMLElement | null = null;
  for (const problem of problems) {
    const place = findAll(form, "[data-error-for]", HTMLElement).find(
      (p) => p.dataset.errorFor === problem.path,
    );
    const control = controlsOf(form).find((c) => c.name === problem.path || c.name === `${problem.path}[]`);
    if (place) place.textContent = `${place.textContent ?? ""} ${problem.message}`.trim();
    if (control) {
      control.setAttribute("aria-invalid", "true");
      first ??= control;
    }
    if (!place) rest.push(problem.message);
  }
  const list = findAll(form, "[data-form-errors]", HTMLElement)[0];
  if (rest.length > 0 && list) {
    fill(
      list,
      notice(
        "bad",
        rest.length === 1
          ? rest[0]
          : h(
              "ul",
              { class: "problems" },
              rest.map((text) => h("li", {}, text)),
            ),
      ),
    );
  } else if (rest.length > 0) toast(rest.join(" "), true);
  (first ?? list)?.focus();
}

/** Stores a form; when somebody else was faster, with what the person chooses. Null: back to the form. */
async function store(target: Target, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  let sent = body;
  for (;;) {
    try {
      return (await json(target.method, target.path, sent, { timeoutMs: 120_000 })) ?? {};
    } catch (error) {
      const conflict = error instanceof ApiError ? conflictIn(error) : null;
      if (conflict === null) throw error;
      const chosen = await choose(conflict);
      if (chosen === null) return null;
      sent = { ...sent, ...chosen, version: conflict.version };
    }
  }
}

/** Submits a form as JSON. */
export async function submit(form: HTMLFormElement): Promise<void> {
  const target = targetOf(form);
  if (!target || form.getAttribute("aria-busy") === "true") return;
  const sender = form.querySelector("button[type=submit], button:not([type])");
  form.setAttribute("aria-busy", "true");
  sender?.setAttribute("aria-busy", "true");
  clearErrors(form);
  try {
    const body = { ...bodyOf(form), ...toJson(readFields(form)) };
    const answer = await store(target, body);
    if (answer === null) return;
    await sendAlong(form, answer);
    for (const dirty of findAll(form, "[data-dirty]", HTMLElement)) delete dirty.dataset.dirty;
    arrive(form, answer);
  } catch (error) {
    // A wrong password at the log-in is 401 too: there the server's own words stand.
    if (error instanceof ApiError) showFormErrors(form, error.message, error.problems);
    else showFormErrors(form, errorText(error), []);
  } finally {
    form.setAttribute("aria-busy", "false");
    sender?.setAttribute("aria-busy", "false");
  }
}

/** Words of a save in the sibling `output.save-state`. */
export function saveState(control: HTMLElement, state: "saving" | "saved" | "failed", detail = ""): void {
  const place = control.parentElement?.querySelector(".save-state");
  if (!place) return;
  place.textContent = detail === "" ? t(`office-${state}`) : t("office-failed-why", { detail });
}
