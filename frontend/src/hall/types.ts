/** What the hall screen is told (contract §3.6). */

export type Scene = "agenda" | "speaker" | "mark" | "turnout" | "draw" | "results" | "blank";

export interface AgendaLine {
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly done: boolean;
  readonly now: boolean;
}

export interface TurnoutLine {
  readonly category: string;
  readonly label: string;
  readonly issued: number;
  readonly ballots: number;
}

export interface GradeCount {
  readonly code: string;
  readonly label: string;
  readonly abstain: boolean;
  readonly count: number;
}

export interface HallResult {
  readonly code: string;
  readonly title: string;
  readonly unit?: string;
  readonly score: { readonly shown: string } | null;
  readonly rank: {
    readonly from: number;
    readonly to: number;
    readonly rank: number;
    readonly group: number;
  } | null;
  readonly distribution?: readonly GradeCount[];
}

export interface HallView {
  readonly title: string;
  readonly rehearsal: boolean;
  readonly state: string;
  readonly stage: {
    readonly scene: Scene;
    readonly presenter: string | null;
    readonly slide: number;
    readonly slides_url: string | null;
    /** Slides made of the report of who is on, where nothing was uploaded. */
    readonly deck?: { readonly url: string; readonly hash: string } | null;
    readonly countdown: { readonly seconds_left: number; readonly running: boolean };
    /** Last year's list of who is on, in numbers. */
    readonly last_year?: { readonly listed: number; readonly closed: number } | null;
  };
  readonly agenda: readonly AgendaLine[];
  readonly turnout: readonly TurnoutLine[];
  readonly results: readonly HallResult[] | null;
  readonly results_total?: number;
  readonly heads: readonly { readonly category: string; readonly height: number; readonly hash: string }[];
  readonly draw: { readonly seed: string; readonly order: readonly string[] } | null;
}

/** Rows that a hall reads from 20 m. */
export const ROWS = 9;

/** At most `rows` of a list, so that the line `now` is among them, a little above the middle. */
export function windowOf<T>(
  list: readonly T[],
  now: number,
  rows: number = ROWS,
): { from: number; items: T[] } {
  const before = Math.floor((rows - 1) / 2);
  const from = Math.max(0, Math.min(list.length - rows, now - before));
  return { from, items: list.slice(from, from + rows) };
}
