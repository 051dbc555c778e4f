/** Form fields to JSON and back to their problems (docs/design-system.md, "Forms"). Pure, so that it can be tested. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export interface FieldValue {
  /** `login`, `scheme.places`, `roles[]`. */
  readonly name: string;
  readonly value: string;
  /** `data-type`: a number field sends a number, null where it is empty. */
  readonly type: "text" | "number" | "bool";
  readonly omitEmpty: boolean;
}

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function jsonOf(field: FieldValue): Json {
  if (field.type === "bool") return field.value === "true" || field.value === "on";
  if (field.type === "number") {
    const text = field.value.trim();
    if (text === "") return null;
    const number = Number(text);
    // What is no number goes to the server as it was typed: it says what is wrong with it, beside the field.
    return Number.isFinite(number) ? number : text;
  }
  return field.value;
}

/** Fields become an object; `a.b` nests, `a[]` collects a list. */
export function toJson(fields: readonly FieldValue[]): { [name: string]: Json } {
  const root: { [name: string]: Json } = {};
  for (const field of fields) {
    if (field.omitEmpty && field.value.trim() === "") continue;
    const list = field.name.endsWith("[]");
    const path = (list ? field.name.slice(0, -2) : field.name).split(".");
    const last = path.pop() ?? "";
    let at = root;
    for (const part of path) {
      const next = at[part];
      const inner = isObject(next) ? next : {};
      at[part] = inner;
      at = inner;
    }
    if (list) {
      const before = at[last];
      at[last] = [...(Array.isArray(before) ? before : []), jsonOf(field)];
    } else {
      at[last] = jsonOf(field);
    }
  }
  return root;
}

/** `{id}` in an address is taken from the answer. */
export function fillAddress(pattern: string, answer: unknown): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (typeof answer !== "object" || answer === null) return whole;
    const value: unknown = Object.entries(answer).find(([key]) => key === name)?.[1];
    return typeof value === "string" || typeof value === "number" ? encodeURIComponent(String(value)) : whole;
  });
}
