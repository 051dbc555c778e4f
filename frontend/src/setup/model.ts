/**
 * The draft as it is typed. Numbers stay the text that stands in their field: nothing typed is lost because
 * it is not a number yet. `toConfig` makes the configuration of contract §2.1 and says what does not fit.
 */

/** A weight or a value on the wire: a whole number, or a decimal or fraction as text. */
export type Exact = number | string;

export interface Config {
  readonly title: string;
  readonly year: number;
  readonly form: {
    readonly title: string;
    readonly items: readonly { readonly code: string; readonly label: string; readonly weight: Exact }[];
    readonly grades: readonly {
      readonly code: string;
      readonly label: string;
      readonly value: Exact | null;
      readonly abstain: boolean;
    }[];
    readonly opinions: boolean;
    readonly warn_all_equal: boolean;
    readonly max_top: number | null;
  };
  readonly categories: readonly {
    readonly code: string;
    readonly label: string;
    readonly weight: Exact;
    readonly expected: number;
    readonly minimum: number;
  }[];
  readonly presenters: readonly {
    readonly code: string;
    readonly title: string;
    readonly unit: string;
    /** The unit of the record. */
    readonly unit_id?: string;
  }[];
  readonly order: string;
  readonly scheme: {
    readonly places: number;
    readonly quorum: readonly [number, number];
    readonly cuts?: readonly { readonly label: string; readonly from: Exact }[];
    readonly composite?: Composite;
    readonly cap?: Cap;
    readonly ties?: string;
    readonly floors?: readonly Floor[];
  };
  readonly tellers: { readonly threshold: number; readonly names: readonly string[] };
  readonly minutes_per_report: number;
  readonly release: string;
}

/** The weights of the sources; a source of weight 0 is not used. */
export interface Composite {
  readonly ballot: Exact;
  readonly indicators: Exact;
  readonly leaders: Exact;
  readonly indicators_year?: number;
}

/** How many may have the best grade: a part of 1, or a number. */
export type Cap = { readonly share: Exact } | { readonly number: number };

/** A rule that keeps a presenter at a grade or below it. */
export type Floor =
  | {
      readonly kind: "marks";
      readonly item?: string;
      readonly best: number;
      readonly below: Exact;
      readonly at_most: string;
    }
  | { readonly kind: "points"; readonly source: string; readonly below: Exact; readonly at_most: string };

/** A unit of the record that a presenter may be tied to. */
export interface UnitChoice {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  /** Its kind in words. */
  readonly kind: string;
}

/** A row of a list; `id` belongs to the page and never leaves it. */
export interface Row {
  readonly id: number;
  [field: string]: string | boolean | number;
}

export const LISTS = [
  "form.items",
  "form.grades",
  "categories",
  "presenters",
  "scheme.cuts",
  "scheme.floors",
  "tellers.names",
] as const;
export type ListPath = (typeof LISTS)[number];

export interface Draft {
  /** Single fields by path. */
  readonly fields: Record<string, string | boolean>;
  readonly lists: Record<ListPath, Row[]>;
}

let lastId = 0;
export const freshId = (): number => {
  lastId += 1;
  return lastId;
};

const text = (value: Exact | null): string => (value === null ? "" : String(value));

const capText = (cap: Cap | undefined): string => {
  if (cap === undefined) return "";
  return "share" in cap ? text(cap.share) : String(cap.number);
};

/** A part and a number look alike where the part is 1: what is above one, or has no stroke or point, is a number. */
const isShare = (typed: string): boolean => /[./]/.test(typed);

export function fromConfig(config: Config): Draft {
  const { composite } = config.scheme;
  const row = (fields: Record<string, string | boolean>): Row => ({ id: freshId(), ...fields });
  return {
    fields: {
      title: config.title,
      year: config.year === 0 ? "" : String(config.year),
      minutes_per_report: String(config.minutes_per_report),
      order: config.order,
      release: config.release,
      "form.title": config.form.title,
      "form.opinions": config.form.opinions,
      "form.warn_all_equal": config.form.warn_all_equal,
      "form.max_top": config.form.max_top === null ? "" : String(config.form.max_top),
      "scheme.places": String(config.scheme.places),
      "scheme.quorum": config.scheme.quorum.join("/"),
      "scheme.composite.ballot": text(composite?.ballot ?? 1),
      "scheme.composite.indicators": text(composite?.indicators ?? 0),
      "scheme.composite.leaders": text(composite?.leaders ?? 0),
      "scheme.composite.indicators_year": String(composite?.indicators_year ?? ""),
      "scheme.cap": capText(config.scheme.cap),
      "scheme.ties": config.scheme.ties ?? "open",
      "tellers.threshold": String(config.tellers.threshold),
    },
    lists: {
      "form.items": config.form.items.map(({ code, label, weight }) =>
        row({ code, label, weight: text(weight) }),
      ),
      "form.grades": config.form.grades.map(({ code, label, value, abstain }) =>
        row({ code, label, value: text(value), abstain }),
      ),
      categories: config.categories.map(({ code, label, weight, expected, minimum }) =>
        row({ code, label, weight: text(weight), expected: String(expected), minimum: String(minimum) }),
      ),
      presenters: config.presenters.map(({ code, title, unit, unit_id }) =>
        row({ code, title, unit, unit_id: unit_id ?? "" }),
      ),
      "scheme.cuts": (config.scheme.cuts ?? []).map(({ label, from }) => row({ label, from: text(from) })),
      "scheme.floors": (config.scheme.floors ?? []).map((floor) =>
        row({
          of: floor.kind === "marks" ? `marks:${floor.item ?? ""}` : `points:${floor.source}`,
          best: floor.kind === "marks" ? String(floor.best) : "",
          below: text(floor.below),
          at_most: floor.at_most,
        }),
      ),
      "tellers.names": config.tellers.names.map((name) => row({ name })),
    },
  };
}

/** Full-width digits and signs as typed by a Chinese keyboard count as plain ones. */
const plain = (typed: string): string => typed.normalize("NFKC").trim();

/** A non-negative decimal or fraction, as the server reads it; whole numbers become numbers. */
export function readExact(typed: string): Exact | null {
  const value = plain(typed);
  if (/^\d{1,9}$/.test(value)) return Number(value);
  return /^\d{1,9}\.\d{1,9}$/.test(value) || /^\d{1,9}\/[1-9]\d{0,8}$/.test(value) ? value : null;
}

export function readCount(typed: string): number | null {
  const value = plain(typed);
  return /^\d{1,6}$/.test(value) ? Number(value) : null;
}

export function readQuorum(typed: string): [number, number] | null {
  const match = /^(\d{1,3})\/(\d{1,3})$/.exec(plain(typed));
  if (!match) return null;
  const [above, below] = [Number(match[1]), Number(match[2])];
  return above > 0 && above <= below ? [above, below] : null;
}

/** A problem found here, before the server sees the configuration. */
export interface LocalProblem {
  readonly path: string;
  readonly code: "not_a_number" | "not_a_quorum";
}

const str = (value: string | boolean | number | undefined): string =>
  typeof value === "string" ? value : "";

/**
 * The configuration. A field that is not a number (yet) keeps the value it had in `before`, so that everything
 * else can be saved, and is reported.
 */
export function toConfig(draft: Draft, before: Config): { config: Config; problems: LocalProblem[] } {
  const problems: LocalProblem[] = [];
  const field = (path: string): string => str(draft.fields[path]);
  const number = (path: string, typed: string, otherwise: number, emptyIs: number | null = null): number => {
    if (typed.trim() === "" && emptyIs !== null) return emptyIs;
    const read = readCount(typed);
    if (read === null) problems.push({ path, code: "not_a_number" });
    return read ?? otherwise;
  };
  const exact = (path: string, typed: string, otherwise: Exact): Exact => {
    const read = readExact(typed);
    if (read === null) problems.push({ path, code: "not_a_number" });
    return read ?? otherwise;
  };
  const { lists } = draft;
  const byCode = <T extends { readonly code: string }>(list: readonly T[], code: string): T | undefined =>
    list.find((entry) => entry.code === code);
  const quorum = readQuorum(field("scheme.quorum"));
  if (quorum === null) problems.push({ path: "scheme.quorum", code: "not_a_quorum" });
  const maxTop = field("form.max_top").trim();
  /** Nothing is said where the ballots alone count, as where nothing was ever set up. */
  const composite = (): { composite?: Composite } => {
    const old = before.scheme.composite;
    const weight = (name: "ballot" | "indicators" | "leaders", otherwise: Exact): Exact => {
      const typed = field(`scheme.composite.${name}`);
      return typed.trim() === "" ? 0 : exact(`scheme.composite.${name}`, typed, old?.[name] ?? otherwise);
    };
    const [ballot, indicators, leaders] = [
      weight("ballot", 1),
      weight("indicators", 0),
      weight("leaders", 0),
    ];
    const year = field("scheme.composite.indicators_year").trim();
    if (ballot === 1 && indicators === 0 && leaders === 0 && year === "") return {};
    const path = "scheme.composite.indicators_year";
    const indicators_year = year === "" ? undefined : number(path, year, old?.indicators_year ?? before.year);
    return {
      composite: {
        ballot,
        indicators,
        leaders,
        ...(indicators_year === undefined ? {} : { indicators_year }),
      },
    };
  };
  const cap = (): { cap?: Cap } => {
    const typed = plain(field("scheme.cap"));
    if (typed === "") return {};
    const read = readExact(typed);
    if (read === null) problems.push({ path: "scheme.cap", code: "not_a_number" });
    if (read === null) return before.scheme.cap === undefined ? {} : { cap: before.scheme.cap };
    return { cap: isShare(typed) || typeof read !== "number" ? { share: read } : { number: read } };
  };
  const floors = lists["scheme.floors"].map((row, i): Floor => {
    const [kind, of] = [str(row.of).split(":")[0], str(row.of).split(":")[1] ?? ""];
    const old = before.scheme.floors?.[i];
    const at_most = str(row.at_most);
    const below = exact(`scheme.floors[${i}].below`, str(row.below), old?.below ?? 0);
    if (kind === "points") return { kind, source: of, below, at_most };
    const otherwise = old?.kind === "marks" ? old.best : 1;
    const best = number(`scheme.floors[${i}].best`, str(row.best), otherwise);
    return { kind: "marks", ...(of === "" ? {} : { item: of }), best, below, at_most };
  });
  const config: Config = {
    title: field("title"),
    year: number("year", field("year"), before.year, 0),
    form: {
      title: field("form.title"),
      items: lists["form.items"].map((row, i) => ({
        code: str(row.code),
        label: str(row.label),
        weight: exact(
          `form.items[${i}].weight`,
          str(row.weight),
          byCode(before.form.items, str(row.code))?.weight ?? 1,
        ),
      })),
      grades: lists["form.grades"].map((row, i) => {
        const abstain = row.abstain === true;
        const typed = str(row.value).trim();
        const old = byCode(before.form.grades, str(row.code))?.value ?? null;
        const value = abstain || typed === "" ? null : exact(`form.grades[${i}].value`, typed, old ?? 0);
        return { code: str(row.code), label: str(row.label), value, abstain };
      }),
      opinions: draft.fields["form.opinions"] === true,
      warn_all_equal: draft.fields["form.warn_all_equal"] === true,
      max_top: maxTop === "" ? null : number("form.max_top", maxTop, before.form.max_top ?? 1),
    },
    categories: lists.categories.map((row, i) => {
      const old = byCode(before.categories, str(row.code));
      return {
        code: str(row.code),
        label: str(row.label),
        weight: exact(`categories[${i}].weight`, str(row.weight), old?.weight ?? 1),
        expected: number(`categories[${i}].expected`, str(row.expected), old?.expected ?? 0, 0),
        minimum: number(`categories[${i}].minimum`, str(row.minimum), old?.minimum ?? 8, 0),
      };
    }),
    presenters: lists.presenters.map((row) => ({
      code: str(row.code),
      title: str(row.title),
      unit: str(row.unit),
      ...(str(row.unit_id) === "" ? {} : { unit_id: str(row.unit_id) }),
    })),
    order: field("order"),
    scheme: {
      places: number("scheme.places", field("scheme.places"), before.scheme.places),
      quorum: quorum ?? before.scheme.quorum,
      cuts: lists["scheme.cuts"].map((row, i) => ({
        label: str(row.label),
        from: exact(`scheme.cuts[${i}].from`, str(row.from), before.scheme.cuts?.[i]?.from ?? 0),
      })),
      ...composite(),
      ...cap(),
      ...(field("scheme.ties") === "all_in" ? { ties: "all_in" } : {}),
      ...(floors.length === 0 ? {} : { floors }),
    },
    tellers: {
      threshold: number("tellers.threshold", field("tellers.threshold"), before.tellers.threshold),
      names: lists["tellers.names"].map((row) => str(row.name)),
    },
    minutes_per_report: number("minutes_per_report", field("minutes_per_report"), before.minutes_per_report),
    release: field("release"),
  };
  return { config, problems };
}

/** The first of `prefix1`, `prefix2`, … that is not taken. */
export function freshCode(prefix: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n += 1) {
    const code = `${prefix}${n}`;
    if (!taken.includes(code)) return code;
  }
}

/** The first letter of A–Z that is not taken; Z when all are (the server then says what is wrong). */
export function freshLetter(taken: readonly string[]): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return [...letters].find((letter) => !taken.includes(letter)) ?? "Z";
}

/** A new row of a list, with what is usual filled in. */
export function newRow(list: ListPath, rows: readonly Row[]): Row {
  const codes = rows.map((row) => str(row.code));
  const id = freshId();
  switch (list) {
    case "form.items":
      return { id, code: freshCode("item_", codes), label: "", weight: "1" };
    case "form.grades":
      return { id, code: freshCode("grade_", codes), label: "", value: "", abstain: false };
    case "categories":
      return { id, code: freshLetter(codes), label: "", weight: "20", expected: "", minimum: "8" };
    case "presenters":
      return { id, code: freshCode("p", codes), title: "", unit: "", unit_id: "" };
    case "scheme.cuts":
      return { id, label: "", from: "" };
    case "scheme.floors":
      return { id, of: "marks:", best: "2", below: "2/3", at_most: "" };
    case "tellers.names":
      return { id, name: "" };
  }
}

const key = (name: string): string => name.normalize("NFKC").replace(/\s+/g, "");

/**
 * The unit a presenter's unit or post names: a name or short name that is the same, else the only longest name that
 * the post begins with. Null where none fits or several do.
 */
export function unitNamed(
  units: readonly UnitChoice[],
  presenter: { readonly title: string; readonly unit: string },
): UnitChoice | null {
  const alone = (found: readonly UnitChoice[]): UnitChoice | null =>
    found.length === 1 ? (found[0] ?? null) : null;
  const unit = key(presenter.unit);
  const same =
    unit === "" ? [] : units.filter((one) => [one.name, one.short].some((name) => key(name) === unit));
  if (same.length > 0) return alone(same);
  const title = key(presenter.title);
  const fitting = units.filter((one) => one.name !== "" && title.startsWith(key(one.name)));
  const longest = Math.max(0, ...fitting.map((one) => key(one.name).length));
  return alone(fitting.filter((one) => key(one.name).length === longest));
}

/** The rows with a unit proposed wherever none is chosen; null where nothing is to be proposed. */
export function withUnits(rows: readonly Row[], units: readonly UnitChoice[]): Row[] | null {
  const taken = new Set(rows.map((row) => str(row.unit_id)));
  let proposed = false;
  const next = rows.map((row) => {
    if (str(row.unit_id) !== "") return row;
    const found = unitNamed(units, { title: str(row.title), unit: str(row.unit) });
    if (found === null || taken.has(found.id)) return row;
    taken.add(found.id);
    proposed = true;
    return { ...row, unit_id: found.id };
  });
  return proposed ? next : null;
}
