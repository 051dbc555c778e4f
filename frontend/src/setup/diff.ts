/** What differs between two configurations, and putting a chosen mixture together. */

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export interface Difference {
  /** `form.items`, `categories[1].weight`. */
  readonly path: string;
  readonly base: Value | undefined;
  readonly mine: Value | undefined;
  readonly theirs: Value | undefined;
  /** Both changed it: the person must choose. Otherwise the one that changed is proposed. */
  readonly both: boolean;
}

const isObject = (value: Value | undefined): value is { readonly [name: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

const isNothing = (value: Value | undefined): boolean =>
  value === undefined || value === null || (isList(value) && value.length === 0);

/** Same content; the order of an object's fields does not matter, nor how it is said that there is nothing. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (isNothing(a) && isNothing(b)) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((value, i) => same(value, b[i]));
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => same(a[name], b[name]));
  }
  return a === b;
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

/** Every place where mine and theirs differ. A list whose length changed is one place: rows cannot be matched. */
export function differences(
  base: Value | undefined,
  mine: Value | undefined,
  theirs: Value | undefined,
  path = "",
): Difference[] {
  if (same(mine, theirs)) return [];
  if (isObject(mine) && isObject(theirs)) {
    const from = isObject(base) ? base : {};
    const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    return names.flatMap((name) => differences(from[name], mine[name], theirs[name], join(path, name)));
  }
  if (
    isList(mine) &&
    isList(theirs) &&
    isList(base) &&
    mine.length === theirs.length &&
    base.length === mine.length
  ) {
    return mine.flatMap((value, i) => differences(base[i], value, theirs[i], `${path}[${i}]`));
  }
  const both = !same(base, mine) && !same(base, theirs);
  return [{ path, base, mine, theirs, both }];
}

/** `mine` with the places in `take` (paths of differences) as they are in `theirs`. */
export function mixed(
  mine: Value | undefined,
  theirs: Value | undefined,
  take: ReadonlySet<string>,
  path = "",
): Value | undefined {
  if (take.has(path)) return theirs;
  if (isObject(mine) && isObject(theirs)) {
    const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    const entries = names.flatMap((name) => {
      const value = mixed(mine[name], theirs[name], take, join(path, name));
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(entries);
  }
  if (isList(mine) && isList(theirs) && mine.length === theirs.length) {
    return mine.map((value, i) => mixed(value, theirs[i], take, `${path}[${i}]`) ?? null);
  }
  return mine;
}
