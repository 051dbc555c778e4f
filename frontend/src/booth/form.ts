/** The form a rater fills in: read from the sealed election, filled on the phone, judged on the phone. */
import { type Election, parseElection } from "../lib/election.ts";
import { ProtocolError } from "../lib/errors.ts";
import { sha256Hex } from "../lib/hash.ts";
import { opinionFits, urnContext } from "../lib/opinion.ts";
import { type GradeTone, gradeTones } from "../lib/tone.ts";
import type { BoxView, Grade, Item, LastYear, Marks, Opinions, Presenter } from "./types.ts";

export interface Form {
  election: Election;
  /** Appraisal id. */
  appraisal: string;
  items: Item[];
  grades: (Grade & { tone: GradeTone })[];
  /** In the order of the meeting. */
  presenters: Presenter[];
  opinions: { context: string } | null;
  warnAllEqual: boolean;
  maxTop: number | null;
  /** By presenter code. */
  lastYears: Record<string, LastYear>;
}

export type Warning =
  | { kind: "all_equal"; grade: string }
  | { kind: "too_many_top"; item: string; count: number; limit: number };

const refuse = (detail: string): never => {
  throw new ProtocolError("form_differs", detail);
};

/** Last year's lists are the sealed ones or none: they may sway a mark. */
function readLastYears(text: string | null, sealed: string | null): Record<string, LastYear> {
  if (sealed === null) return text === null ? {} : refuse("last_year");
  if (text === null || sha256Hex(text) !== sealed) return refuse("last_year");
  return JSON.parse(text) as Record<string, LastYear>;
}

/**
 * Every label the rater sees must be the one that was sealed: the server may not show "good" above the answer "poor".
 * @throws ProtocolError `form_differs` with the place
 */
export function readForm(box: BoxView): Form {
  if (box.election === null) throw new ProtocolError("form_differs", "not sealed");
  const election = parseElection(box.election);
  const { binding } = election;
  const { items, grades, presenters, opinions, warn_all_equal: warnAllEqual, max_top: maxTop } = box.form;
  if (election.uuid !== box.uuid || binding === null) return refuse("box");
  if (binding.category !== box.category.code || binding.rehearsal !== box.rehearsal) refuse("category");
  const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code).join(" ");
  if (codes(items) !== binding.items.join(" ") || codes(grades) !== binding.grades.join(" ")) refuse("items");
  const places = new Set(presenters.map(({ index }) => index));
  if (presenters.length !== binding.presenters.length || places.size !== presenters.length)
    refuse("presenters");
  const labels = grades.map(({ label }) => label).join("\n");
  for (const presenter of presenters) {
    if (binding.presenters[presenter.index] !== presenter.code) refuse(presenter.code);
    items.forEach((item, i) => {
      const question = election.questions[presenter.index * items.length + i];
      const text = items.length === 1 ? presenter.title : `${presenter.title} · ${item.label}`;
      if (question?.question !== text || question.answers.join("\n") !== labels)
        refuse(`${presenter.code}.${item.code}`);
    });
  }
  const context = urnContext(binding.appraisal, election.publicKey);
  if (opinions && (box.urn?.context !== context || box.urn.key !== election.publicKey)) refuse("urn");
  const tones = gradeTones(grades.map(({ abstain }) => abstain));
  return {
    election,
    appraisal: binding.appraisal,
    items,
    grades: grades.map((grade, i) => ({ ...grade, tone: tones[i] ?? "x" })),
    presenters,
    opinions: opinions ? { context } : null,
    warnAllEqual,
    maxTop: maxTop ?? null,
    lastYears: readLastYears(box.last_year ?? null, binding.lastYear),
  };
}

export const markOf = (marks: Marks, presenter: string, item: string): number | undefined =>
  marks[presenter]?.[item];

/** Items of a presenter that have a mark. */
export const doneItems = (form: Form, marks: Marks, presenter: string): number =>
  form.items.filter(({ code }) => markOf(marks, presenter, code) !== undefined).length;

export const presenterDone = (form: Form, marks: Marks, presenter: string): boolean =>
  doneItems(form, marks, presenter) === form.items.length;

export const missing = (form: Form, marks: Marks): Presenter[] =>
  form.presenters.filter(({ code }) => !presenterDone(form, marks, code));

/** Index of the grade that means "don't know", if the form has one. */
export const abstainGrade = (form: Form): number | null => {
  const at = form.grades.findIndex(({ abstain }) => abstain);
  return at < 0 ? null : at;
};

/** Marks in the order of the election's questions. @throws ProtocolError `bad_choice` when one is missing */
export function choicesOf(form: Form, marks: Marks): number[] {
  const choices = form.election.questions.map(() => -1);
  for (const presenter of form.presenters) {
    form.items.forEach((item, i) => {
      choices[presenter.index * form.items.length + i] = markOf(marks, presenter.code, item.code) ?? -1;
    });
  }
  if (choices.some((choice) => choice < 0 || choice >= form.grades.length))
    throw new ProtocolError("bad_choice");
  return choices;
}

/** What the organiser wants pointed out. It stays on the phone: once sealed nobody can check it. */
export function warnings(form: Form, marks: Marks): Warning[] {
  const found: Warning[] = [];
  const all = form.presenters.flatMap(({ code }) => form.items.map((item) => markOf(marks, code, item.code)));
  const [first] = all;
  if (form.warnAllEqual && all.length > 1 && first !== undefined && all.every((mark) => mark === first)) {
    found.push({ kind: "all_equal", grade: form.grades[first]?.label ?? "" });
  }
  const limit = form.maxTop;
  if (limit !== null) {
    for (const item of form.items) {
      const count = form.presenters.filter(({ code }) => markOf(marks, code, item.code) === 0).length;
      if (count > limit) found.push({ kind: "too_many_top", item: item.label, count, limit });
    }
  }
  return found;
}

export const opinionsFit = (opinions: Opinions): boolean =>
  Object.entries(opinions).every(([presenter, text]) => opinionFits(presenter, text.trim()));
