/** Two people at one record (docs/record-contract.md §3): the second sees what changed, field by field, and chooses.
 * Nothing is lost: the form keeps what was typed until the choice has been stored. */
import type { ApiError } from "../lib/api.ts";
import { h } from "../lib/dom.ts";
import { t } from "./texts.ts";

export interface ConflictField {
  readonly field: string;
  readonly label: string;
  readonly both: boolean;
  /** What it was when the person began; null where the history does not reach back. */
  readonly was: string | null;
  readonly theirs: string;
  readonly theirsText: string;
  readonly mine: string;
  readonly mineText: string;
}

export interface Conflict {
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly fields: readonly ConflictField[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The conflict in an answer 409, or null when it is another refusal. */
export function conflictIn(error: ApiError): Conflict | null {
  const body = isFields(error.body) ? error.body : {};
  const found = body.conflict;
  if (error.code !== "conflict" || !isFields(found) || !Array.isArray(found.fields)) return null;
  const fields = found.fields.filter(isFields).map((field) => ({
    field: text(field.field),
    label: text(field.label),
    both: field.both === true,
    was: typeof field.was === "string" ? field.was : null,
    theirs: text(field.theirs),
    theirsText: text(field.theirs_text),
    mine: text(field.mine),
    mineText: text(field.mine_text),
  }));
  const version = typeof found.version === "number" ? found.version : 0;
  return { version, by: text(found.by), at: text(found.at), fields };
}

/** Who changed the field, where one did: their value, or mine. Both: nothing is preset. */
export function preset(field: ConflictField): "theirs" | "mine" | null {
  if (field.both) return null;
  return field.was === field.mineText ? "theirs" : "mine";
}

function question(field: ConflictField, index: number): HTMLFieldSetElement {
  const chosen = preset(field);
  const choice = (whose: "theirs" | "mine", shown: string): HTMLLabelElement => {
    const attributes = { type: "radio", name: `field-${index}`, value: whose, required: true };
    const radio = h("input", attributes);
    radio.checked = chosen === whose;
    return h(
      "label",
      { class: "check" },
      radio,
      h("span", {}, t(`office-conflict-${whose}`, { value: shown })),
    );
  };
  return h(
    "fieldset",
    {},
    h("legend", {}, field.label),
    field.was === null ? null : h("p", { class: "hint" }, t("office-conflict-was", { value: field.was })),
    choice("theirs", field.theirsText),
    choice("mine", field.mineText),
  );
}

/** Asks for each field; the chosen values by field, or null when the person goes back to the form. */
export function choose(conflict: Conflict): Promise<Record<string, string> | null> {
  return new Promise((resolve) => {
    let answer: Record<string, string> | null = null;
    const back = h("button", { type: "button", class: "btn" }, t("office-conflict-back"));
    const form = h(
      "form",
      { class: "dialog-body conflict" },
      h("h2", { id: "conflict-title" }, t("office-conflict-title")),
      h("p", {}, t("office-conflict-who", { by: conflict.by, at: conflict.at })),
      conflict.fields.map(question),
      h(
        "div",
        { class: "dialog-actions" },
        back,
        h("button", { type: "submit", class: "btn btn-primary" }, t("office-conflict-store")),
      ),
    );
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": "conflict-title" }, form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      answer = Object.fromEntries(
        conflict.fields.map((field, index) => [
          field.field,
          given.get(`field-${index}`) === "theirs" ? field.theirs : field.mine,
        ]),
      );
      dialog.close();
    });
    back.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
