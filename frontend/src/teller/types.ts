/** What the server tells a teller (contract §3.3) and what the page keeps. */
import type { Proof, Signed } from "../lib/proofs.ts";

export interface TellerBox {
  readonly uuid: string;
  readonly category: string;
  readonly label: string;
  readonly minimum: number;
  readonly state: string;
  readonly encrypted_tally: string | null;
  readonly shares: readonly number[];
  readonly opened: boolean;
  readonly skipped: boolean;
}

export interface TellerUrn {
  readonly entries: number;
  readonly state: string;
  readonly shares: readonly number[];
}

export interface Ceremony {
  readonly certs: readonly (Signed | null)[];
  readonly polynomials: readonly boolean[];
  /** What the others sent for this teller, once everybody's polynomial is in. */
  readonly vinput: unknown;
  readonly outputs: readonly boolean[];
  readonly trustees: string | null;
}

export interface TellerView {
  readonly appraisal: {
    readonly id: string | number;
    readonly title: string;
    readonly state: string;
    readonly rehearsal: boolean;
  };
  readonly index: number;
  readonly name: string;
  readonly threshold: number;
  readonly size: number;
  readonly group: string;
  readonly ceremony: Ceremony;
  readonly boxes: readonly TellerBox[];
  readonly urn: TellerUrn | null;
  readonly decryption_key: string | null;
}

/** The ordered list of opinions a teller opens its part of. */
export interface UrnContent {
  readonly context: string;
  readonly entries: readonly string[];
}

export interface ShareBody {
  readonly box: string;
  readonly partial_decryption: unknown;
  readonly strong: readonly (readonly Proof[])[];
}

/** Where the page stands in the key ceremony; decides what is shown and what is done next. */
export type Step =
  | "make" // no certificate of this seat yet, no key on this phone
  | "unlock" // the seed is needed and not in memory
  | "ceremony" // it runs by itself
  | "ready" // keys exist, nothing to do before closing
  | "counting" // closed, and the totals to be opened are not all there yet
  | "open" // boxes wait for this teller's share
  | "opened" // this teller's part is done, others' may be missing
  | "done"; // the result is there

const AFTER = ["counted", "released", "archived", "voided"];

/** Boxes that wait for a share of seat `index`. */
export const boxesToOpen = (view: TellerView): TellerBox[] =>
  view.boxes.filter(
    (box) => box.encrypted_tally !== null && !box.skipped && !box.opened && !box.shares.includes(view.index),
  );

export const urnToOpen = (view: TellerView): boolean =>
  view.urn !== null &&
  view.urn.entries > 0 &&
  !["opened", "skipped"].includes(view.urn.state) &&
  !view.urn.shares.includes(view.index);

/** True while the server still adds up a box that has just been closed: one press is to open all of them. */
export const counting = (view: TellerView): boolean =>
  view.appraisal.state === "closed" &&
  view.boxes.some((box) => box.encrypted_tally === null && !box.skipped && !box.opened);

/** True when there is something that only this teller's key can do now, or in a moment. */
export function needsKey(view: TellerView): boolean {
  if (view.ceremony.trustees === null) return true;
  if (view.appraisal.state !== "closed") return false;
  return counting(view) || boxesToOpen(view).length > 0 || urnToOpen(view);
}

/** `hasKey`: a sealed key of this seat is kept on this phone; `unlocked`: the seed is in memory. */
export function stepOf(view: TellerView, hasKey: boolean, unlocked: boolean): Step {
  const cert = view.ceremony.certs[view.index - 1] ?? null;
  if (AFTER.includes(view.appraisal.state)) return "done";
  if (view.ceremony.trustees === null && cert === null && !hasKey && !unlocked) return "make";
  if (needsKey(view)) {
    if (!unlocked) return "unlock";
    if (view.ceremony.trustees === null) return "ceremony";
    return counting(view) ? "counting" : "open";
  }
  return view.appraisal.state === "closed" ? "opened" : "ready";
}

/** Equal keys, equal panels: a form that somebody types in is not rebuilt under their hands, what stands of the boxes is. */
export function panelKey(view: TellerView, step: Step, keep: boolean): string {
  const lists = step === "open" || step === "opened" || step === "done";
  const boxes = view.boxes.map((box) => [box.shares, box.opened, box.skipped]);
  return JSON.stringify([step, keep, view.appraisal.state, lists ? [boxes, view.urn] : null]);
}
