/** What the server tells the issuer (contract §3.4) and what the page makes. */

export interface IssuerBox {
  readonly uuid: string;
  readonly category: string;
  readonly label: string;
  readonly expected: number;
  /** Public credentials on the roll now. */
  readonly registered: number;
  readonly phone: number;
  readonly paper: number;
  readonly spare: number;
}

export interface IssuerView {
  readonly appraisal: {
    readonly id: string | number;
    readonly title: string;
    readonly state: string;
    readonly rehearsal: boolean;
  };
  readonly base_url: string;
  readonly boxes: readonly IssuerBox[];
}

/** How many of each kind for one box. */
export interface Counts {
  readonly phone: number;
  readonly paper: number;
  readonly spare: number;
}

export type Kind = "phone" | "spare";

/** Private credentials of one box, already shuffled. They exist in this page only. */
export interface BoxSlips {
  readonly uuid: string;
  readonly category: string;
  readonly label: string;
  readonly phone: readonly string[];
  readonly paper: readonly string[];
  readonly spare: readonly string[];
  /** Fingerprint of the box's roll. */
  readonly fingerprint: string;
}

export interface SlipSet {
  readonly appraisal: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly base_url: string;
  readonly boxes: readonly BoxSlips[];
}

/** Slips in one box at most: the shuffle and the roll are made for this many. */
export const MOST = 60_000;

/** As many phone slips as expected, a tenth more as spares (two at least), no paper. */
export const defaultCounts = (box: IssuerBox): Counts =>
  box.registered > 0
    ? { phone: box.phone, paper: box.paper, spare: box.spare }
    : { phone: box.expected, paper: 0, spare: Math.max(2, Math.ceil(box.expected / 10)) };

export type CountProblem = "not-a-number" | "none" | "too-many";

/** All that is wrong with the numbers of one box. */
export function countProblem(counts: { phone: number; paper: number; spare: number }): CountProblem | null {
  const all = [counts.phone, counts.paper, counts.spare];
  if (all.some((n) => !Number.isSafeInteger(n) || n < 0)) return "not-a-number";
  const total = counts.phone + counts.paper + counts.spare;
  if (total === 0) return "none";
  return total > MOST ? "too-many" : null;
}
