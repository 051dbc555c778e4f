/** Saving by itself: every change goes to the server, and until it is there it is kept in this browser. */
import { ApiError, json } from "../lib/api.ts";
import type { Config } from "./model.ts";
import type { ConfigProblem } from "./problems.ts";

export interface Stored {
  readonly version: number;
  readonly problems: readonly ConfigProblem[];
}

/** Somebody else saved meanwhile: their configuration and its version. */
export interface Conflict {
  readonly version: number;
  readonly config: Config;
}

export type Outcome =
  | { readonly kind: "stored"; readonly stored: Stored }
  | { readonly kind: "conflict"; readonly conflict: Conflict | null }
  | { readonly kind: "frozen" }
  | { readonly kind: "refused"; readonly problems: readonly ConfigProblem[]; readonly message: string }
  | { readonly kind: "failed"; readonly error: unknown };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** The current configuration in a 409, wherever the answer carries it. */
export function conflictIn(body: unknown): Conflict | null {
  if (!isRecord(body)) return null;
  for (const place of [body, body.error, body.current]) {
    if (!isRecord(place)) continue;
    if (isRecord(place.config) && typeof place.version === "number") {
      return { version: place.version, config: place.config as unknown as Config };
    }
  }
  return null;
}

export async function save(path: string, version: number, config: Config): Promise<Outcome> {
  try {
    const stored = await json<Stored>("PUT", path, config, {
      headers: { "If-Match": String(version) },
      attempts: 2,
    });
    return { kind: "stored", stored };
  } catch (error) {
    if (!(error instanceof ApiError)) return { kind: "failed", error };
    if (error.code === "changed_meanwhile") return { kind: "conflict", conflict: conflictIn(error.body) };
    if (error.code === "frozen" || error.code === "wrong_state") return { kind: "frozen" };
    if (error.status === 400 || error.status === 422) {
      return { kind: "refused", problems: error.problems, message: error.message };
    }
    return { kind: "failed", error };
  }
}

interface Kept {
  /** The version and configuration that the draft was typed upon. */
  readonly version: number;
  readonly base: Config | null;
  readonly draft: unknown;
}

const keyOf = (id: string): string => `pingyi.setup.${id}`;

/** What is typed, until the server has it. */
export function keep(id: string, kept: Kept): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(kept));
  } catch {
    // Without storage the page alone holds it; it warns before it is left.
  }
}

export function forget(id: string): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    // Nothing was kept.
  }
}

export function kept(id: string): Kept | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null");
    if (!isRecord(value) || typeof value.version !== "number") return null;
    const base = isRecord(value.base) ? (value.base as unknown as Config) : null;
    return { version: value.version, base, draft: value.draft };
  } catch {
    return null;
  }
}
