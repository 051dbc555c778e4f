/** Problems at their fields: each goes to the field of its path, else to the nearest place around it. */

export interface ConfigProblem {
  readonly path: string;
  readonly code: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly message?: string;
}

/** The longest known place that is the path itself or stands around it; null when there is none. */
export function placeOf(path: string, known: ReadonlySet<string>): string | null {
  for (let at = path; at !== ""; at = parentOf(at)) {
    if (known.has(at)) return at;
  }
  return null;
}

/** `categories[1].weight` → `categories[1]` → `categories` → ``. */
export function parentOf(path: string): string {
  const dot = path.lastIndexOf(".");
  const bracket = path.lastIndexOf("[");
  const cut = Math.max(dot, bracket);
  return cut < 0 ? "" : path.slice(0, cut);
}

/** Problems by place; those without any stand under "". */
export function byPlace(
  problems: readonly ConfigProblem[],
  known: ReadonlySet<string>,
): Map<string, ConfigProblem[]> {
  const found = new Map<string, ConfigProblem[]>();
  for (const problem of problems) {
    const place = placeOf(problem.path, known) ?? "";
    found.set(place, [...(found.get(place) ?? []), problem]);
  }
  return found;
}
