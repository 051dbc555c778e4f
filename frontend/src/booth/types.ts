/** What the booth gets from the server (contract §3.5) and keeps on the phone. */

export interface Grade {
  code: string;
  label: string;
  abstain: boolean;
}

export interface Item {
  code: string;
  label: string;
}

export interface Presenter {
  code: string;
  title: string;
  unit: string;
  /** Place in the configuration: decides the question's index. */
  index: number;
}

/** One matter of last year's list. */
export interface LastYearLine {
  title: string;
  /** The day it was closed; null while it is open. */
  closed_on: string | null;
  /** How it was answered; empty where nothing was said. */
  answer: string;
}

/** What a presenter was to put right since last year: the numbers count all, the lines are the first of them. */
export interface LastYear {
  year: number;
  listed: number;
  closed: number;
  lines: LastYearLine[];
}

/** States of a box in the store (`new` … `void`), or of its appraisal: a booth understands both. */
export type BoxState =
  | "new"
  | "draft"
  | "keyed"
  | "sealed"
  | "open"
  | "paused"
  | "closed"
  | "tallied"
  | "opened"
  | "skipped"
  | "counted"
  | "released"
  | "archived"
  | "void"
  | "voided";

export interface BoxView {
  uuid: string;
  state: BoxState;
  category: { code: string; label: string };
  title: string;
  rehearsal: boolean;
  election: string | null;
  form: {
    title: string;
    items: Item[];
    grades: Grade[];
    opinions: boolean;
    warn_all_equal: boolean;
    max_top: number | null;
    presenters: Presenter[];
  };
  /** Exact text of last year's lists by presenter code; its hash stands in the election. */
  last_year?: string | null;
  stage: { presenter: string | null };
  urn: { key: string; context: string } | null;
  head: { height: number; hash: string } | null;
}

/** The server's answer to a ballot that is on the board. */
export interface Acknowledgement {
  tracker: string;
  height: number;
  event: string;
}

export interface Receipt extends Acknowledgement {
  uuid: string;
}

/** Sealed entries, one per presenter, in an order that tells nothing. */
export interface OpinionBundle {
  appraisal: string;
  entries: string[];
}

/** A ballot on its way: kept until the board has it. */
export interface Pending {
  ballot: string;
  tracker: string;
  /** The opinions that go with it; null where the form has none. */
  opinions: OpinionBundle | null;
}

/** Index of the chosen grade by presenter code, then by item code. */
export type Marks = Record<string, Record<string, number>>;
/** Text by presenter code. */
export type Opinions = Record<string, string>;

export interface Saved {
  version: 1;
  marks: Marks;
  opinions: Opinions;
  /** Presenter shown last. */
  at: string | null;
  pending: Pending | null;
  receipt: Receipt | null;
  /** Opinions that the urn does not have yet. */
  unsent: OpinionBundle | null;
}
