/** The reconciliation of a category: sums, warnings, saved by itself (domain.md §9). */
import { json } from "../lib/api.ts";
import { fill, findAll, h } from "../lib/dom.ts";
import { bodyOf, controlsOf, saveState, targetOf } from "./send.ts";
import { errorText, t } from "./texts.ts";

export interface Counts {
  readonly entitled: number;
  readonly present: number;
  readonly issued_phone: number;
  readonly issued_paper: number;
  readonly returned_paper: number;
  readonly void_paper: number;
  readonly spare_destroyed: number;
  /** Ballots on the board that count, cast by phone or entered from paper. */
  readonly ballots: number;
}

export type Warning =
  | "present-over-entitled"
  | "issued-over-present"
  | "returned-over-issued"
  | "void-over-returned"
  | "paper-returned-over-issued"
  | "ballots-over-issued";

export const issued = (counts: Counts): number => counts.issued_phone + counts.issued_paper;

/** Papers come back (void ones too) and ballots on the board; papers entered are both, so the larger count stands. */
export const returned = (counts: Counts): number =>
  Math.max(counts.ballots + counts.void_paper, counts.returned_paper);

/** All that does not add up. `returned-over-issued` voids the vote. */
export function warningsOf(counts: Counts): Warning[] {
  const rules: readonly (readonly [boolean, Warning])[] = [
    [counts.entitled > 0 && counts.present > counts.entitled, "present-over-entitled"],
    [counts.present > 0 && issued(counts) > counts.present, "issued-over-present"],
    [counts.returned_paper > counts.issued_paper, "paper-returned-over-issued"],
    [counts.void_paper > counts.returned_paper, "void-over-returned"],
    [issued(counts) > 0 && counts.ballots > issued(counts), "ballots-over-issued"],
    [issued(counts) > 0 && returned(counts) > issued(counts), "returned-over-issued"],
  ];
  return rules.filter(([broken]) => broken).map(([, warning]) => warning);
}

const NAMES = [
  "entitled",
  "present",
  "issued_phone",
  "issued_paper",
  "returned_paper",
  "void_paper",
  "spare_destroyed",
] as const;

function read(form: HTMLFormElement): Counts {
  const value = (name: string): number => {
    const control = controlsOf(form).find((c) => c.name === name);
    const number = Number(control?.value ?? "");
    return Number.isSafeInteger(number) && number >= 0 ? number : 0;
  };
  const of = (name: (typeof NAMES)[number]): number => value(name);
  return {
    entitled: of("entitled"),
    present: of("present"),
    issued_phone: of("issued_phone"),
    issued_paper: of("issued_paper"),
    returned_paper: of("returned_paper"),
    void_paper: of("void_paper"),
    spare_destroyed: of("spare_destroyed"),
    ballots: Number(form.dataset.ballots ?? "0") || 0,
  };
}

function show(form: HTMLFormElement): Counts {
  const counts = read(form);
  const put = (name: string, number: number): void => {
    for (const output of findAll(form, `output[name="${name}"]`, HTMLOutputElement))
      output.value = String(number);
  };
  put("issued", issued(counts));
  put("returned", returned(counts));
  const warnings = warningsOf(counts);
  for (const place of findAll(form, "[data-warnings]", HTMLElement)) {
    fill(
      place,
      warnings.length === 0
        ? null
        : h(
            "div",
            { class: "notice", "data-tone": warnings.includes("returned-over-issued") ? "bad" : "warn" },
            h(
              "ul",
              { class: "problems" },
              warnings.map((warning) => h("li", {}, t(`office-reconcile-${warning}`))),
            ),
          ),
    );
  }
  return counts;
}

async function save(form: HTMLFormElement, state: HTMLElement): Promise<void> {
  const target = targetOf(form);
  const { ballots: _, ...counts } = show(form);
  if (!target) return;
  saveState(state, "saving");
  try {
    await json(target.method, target.path, { ...bodyOf(form), category: form.dataset.reconcile, ...counts });
    for (const control of controlsOf(form)) delete control.dataset.dirty;
    saveState(state, "saved");
  } catch (error) {
    saveState(state, "failed", errorText(error));
  }
}

/** The ballots on the board go on while somebody types: the newer page's number is taken over. */
export function syncBallots(page: Document): void {
  for (const form of findAll(document, "form[data-reconcile]", HTMLFormElement)) {
    const fresh = findAll(page, "form[data-reconcile]", HTMLElement).find(
      (other) => other.dataset.reconcile === form.dataset.reconcile,
    );
    if (fresh?.dataset.ballots === undefined || fresh.dataset.ballots === form.dataset.ballots) continue;
    form.dataset.ballots = fresh.dataset.ballots;
    show(form);
  }
}

export function watchReconcile(root: ParentNode): void {
  for (const form of findAll(root, "form[data-reconcile]", HTMLFormElement)) {
    show(form);
    if (form.dataset.watched !== undefined) continue;
    form.dataset.watched = "";
    let timer = 0;
    if (!form.querySelector(".save-state")) form.append(h("output", { class: "save-state small muted" }));
    const beside = form.firstElementChild instanceof HTMLElement ? form.firstElementChild : form;
    form.addEventListener("input", (event) => {
      if (event.target instanceof HTMLElement) event.target.dataset.dirty = "";
      show(form);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(form, beside), 800);
    });
  }
}
