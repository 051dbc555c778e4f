/** Reading JSON that other people wrote, without trusting its shape. */
import { ProtocolError } from "./errors.ts";

export type JsonObject = { readonly [name: string]: unknown };

/** @throws ProtocolError `bad_json` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError("bad_json", text.slice(0, 80));
  }
}

/** @throws ProtocolError `bad_json` naming the place */
export function asObject(value: unknown, place: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ProtocolError("bad_json", `${place} is not an object`);
  }
  return value as JsonObject;
}

export function asArray(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ProtocolError("bad_json", `${place} is not a list`);
  return value;
}

export function asString(value: unknown, place: string): string {
  if (typeof value !== "string") throw new ProtocolError("bad_json", `${place} is not a text`);
  return value;
}

export function asInteger(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new ProtocolError("bad_json", `${place} is not a whole number`);
  }
  return value;
}

export const stringsOf = (value: unknown, place: string): string[] =>
  asArray(value, place).map((item, i) => asString(item, `${place}[${i}]`));
