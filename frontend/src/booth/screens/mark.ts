/** One presenter: a row of big buttons per item, the opinion, the strip of everybody. */
import { type Child, h } from "../../lib/dom.ts";
import type { Texts } from "../../lib/i18n.ts";
import { opinionFits } from "../../lib/opinion.ts";
import { doneItems, type Form, markOf } from "../form.ts";
import type { Item, LastYear, Marks, Opinions, Presenter } from "../types.ts";
import { heading, press, type Screen } from "../view.ts";

export interface MarkOptions {
  form: Form;
  marks: Marks;
  opinions: Opinions;
  /** Place in the order of the meeting. */
  at: number;
  /** Code of the presenter who is speaking. */
  speaking: string | null;
  paused: boolean;
  mark(presenter: string, item: string, grade: number): void;
  write(presenter: string, text: string): void;
  go(at: number): void;
  overview(): void;
}

/** More than this and single marks in the strip would be too small to press. */
const STRIP_LIMIT = 24;

type Done = "done" | "part" | "none";

const doneState = (form: Form, marks: Marks, presenter: Presenter): Done => {
  const count = doneItems(form, marks, presenter.code);
  return count === form.items.length ? "done" : count > 0 ? "part" : "none";
};

function stripLabel(t: Texts, options: MarkOptions, i: number): string {
  const presenter = options.form.presenters[i] as Presenter;
  const state = doneState(options.form, options.marks, presenter);
  return t("booth-strip-item", { at: i + 1, name: presenter.title, state });
}

function strip(t: Texts, options: MarkOptions): HTMLElement {
  const { presenters } = options.form;
  if (presenters.length > STRIP_LIMIT) {
    const done = presenters.filter((p) => doneState(options.form, options.marks, p) === "done").length;
    return h("progress", {
      class: "booth-bar",
      id: "strip-bar",
      max: presenters.length,
      value: done,
      "aria-label": t("booth-strip"),
    });
  }
  return h(
    "nav",
    { "aria-label": t("booth-strip") },
    h(
      "ol",
      { class: "booth-strip" },
      presenters.map((presenter, i) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              id: `strip-${presenter.code}`,
              "data-done": doneState(options.form, options.marks, presenter),
              "data-now": presenter.code === options.speaking,
              "aria-current": i === options.at ? "step" : null,
              "aria-label": stripLabel(t, options, i),
              onclick: () => options.go(i),
            },
            h("span", { "aria-hidden": "true" }, i + 1),
          ),
        ),
      ),
    ),
  );
}

/** Fills the strip after a mark without drawing the screen anew: nothing may move under the thumb. */
function refreshStrip(t: Texts, options: MarkOptions): void {
  const presenter = options.form.presenters[options.at] as Presenter;
  const button = document.getElementById(`strip-${presenter.code}`);
  button?.setAttribute("data-done", doneState(options.form, options.marks, presenter));
  button?.setAttribute("aria-label", stripLabel(t, options, options.at));
  const bar = document.getElementById("strip-bar");
  if (bar instanceof HTMLProgressElement) {
    bar.value = options.form.presenters.filter(
      (p) => doneState(options.form, options.marks, p) === "done",
    ).length;
  }
}

function grades(t: Texts, options: MarkOptions, presenter: Presenter, item: Item): HTMLElement {
  const { form, marks } = options;
  const name = `mark-${presenter.code}-${item.code}`;
  const single = form.items.length === 1;
  return h(
    "div",
    { class: "booth-item" },
    h("h2", { class: single ? "visually-hidden" : "booth-item-label", id: `${name}-label` }, item.label),
    h(
      "div",
      { class: "booth-grades", role: "radiogroup", "aria-labelledby": `${name}-label` },
      form.grades.map((grade, i) =>
        h(
          "label",
          { class: "booth-grade", "data-tone": grade.tone, "data-abstain": grade.abstain },
          h("input", {
            type: "radio",
            id: `${name}-${i}`,
            name,
            value: i,
            checked: markOf(marks, presenter.code, item.code) === i,
            onchange: () => {
              options.mark(presenter.code, item.code, i);
              refreshStrip(t, options);
            },
          }),
          h("span", {}, grade.label),
        ),
      ),
    ),
  );
}

/** Rough number of characters that still fit (Chinese takes three bytes). */
function room(presenter: string, text: string): number {
  let low = -text.length;
  let high = 400;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const probe = middle >= 0 ? text + "中".repeat(middle) : text.slice(0, middle);
    if (opinionFits(presenter, probe)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function opinion(t: Texts, options: MarkOptions, presenter: Presenter): HTMLElement {
  const text = options.opinions[presenter.code] ?? "";
  const hint = h("p", { class: "hint", id: "opinion-hint" }, t("booth-opinion-hint"));
  const left = h("p", { class: "hint", id: "opinion-left", "aria-live": "polite" });
  const area = h(
    "textarea",
    { id: "opinion", rows: 3, "aria-describedby": "opinion-hint opinion-left" },
    text,
  );
  const judge = (): void => {
    const count = room(presenter.code, area.value.trim());
    const over = count < 0;
    left.className = over ? "error" : "hint";
    left.textContent = over
      ? t("booth-opinion-too-long", { count: -count })
      : count < 100
        ? t("booth-opinion-left", { count })
        : "";
    if (over) area.setAttribute("aria-invalid", "true");
    else area.removeAttribute("aria-invalid");
  };
  area.addEventListener("input", () => {
    options.write(presenter.code, area.value);
    judge();
  });
  judge();
  return h(
    "details",
    { class: "booth-opinion", id: "opinion-fold", open: text !== "" },
    h("summary", {}, t("booth-opinion")),
    h(
      "div",
      { class: "field" },
      h("label", { for: "opinion", class: "visually-hidden" }, t("booth-opinion")),
      area,
      hint,
      left,
    ),
  );
}

/** What the presenter was to put right since last year, folded: it takes no room from the marks. */
function lastYear(t: Texts, list: LastYear): HTMLElement {
  const more = list.listed - list.lines.length;
  return h(
    "details",
    { class: "booth-last", id: "last-year" },
    h("summary", {}, t("booth-last-year", { listed: list.listed, closed: list.closed })),
    h(
      "ul",
      {},
      list.lines.map((line) =>
        h(
          "li",
          {},
          h("p", { class: "booth-last-title" }, line.title),
          h(
            "p",
            { class: "hint" },
            line.closed_on === null ? t("booth-last-open") : t("booth-last-closed", { day: line.closed_on }),
          ),
          line.answer !== "" && h("p", { class: "hint" }, t("booth-last-answer", { answer: line.answer })),
        ),
      ),
    ),
    more > 0 && h("p", { class: "hint" }, t("booth-last-more", { count: more })),
  );
}

/** The line about the speaker keeps its height, so that a change on stage moves nothing. */
function nowLine(t: Texts, options: MarkOptions): HTMLElement {
  const { form, speaking } = options;
  const here = form.presenters[options.at];
  const at = form.presenters.findIndex(({ code }) => code === speaking);
  const other = form.presenters[at];
  const content: Child[] =
    other === undefined
      ? []
      : other === here
        ? [h("span", { class: "badge", "data-tone": "live" }, t("booth-now"))]
        : [
            h("span", { class: "booth-now-name" }, t("booth-now-other", { name: other.title })),
            h(
              "button",
              { type: "button", class: "btn btn-s", onclick: () => options.go(at) },
              t("booth-now-go"),
            ),
          ];
  const all = form.presenters.length;
  const count = h(
    "p",
    { class: "booth-count" },
    h("span", { "aria-hidden": "true" }, t("booth-count-short", { at: options.at + 1, all })),
    h("span", { class: "visually-hidden" }, t("booth-count", { at: options.at + 1, all })),
  );
  return h("div", { class: "booth-now", id: "now" }, count, content);
}

/** Another speaker: the line and the mark in the strip change, everything else stays where it is. */
export function refreshSpeaker(t: Texts, options: MarkOptions): void {
  document.getElementById("now")?.replaceWith(nowLine(t, options));
  for (const { code } of options.form.presenters) {
    document.getElementById(`strip-${code}`)?.toggleAttribute("data-now", code === options.speaking);
  }
}

export function markScreen(t: Texts, options: MarkOptions): Screen {
  const { form, at } = options;
  const presenter = form.presenters[at] as Presenter;
  const isLast = at === form.presenters.length - 1;
  const last = form.lastYears[presenter.code];
  return {
    name: "mark",
    heading: presenter.title,
    body: [
      strip(t, options),
      options.paused &&
        h(
          "p",
          { class: "notice", "data-tone": "warn" },
          t("booth-paused-heading"),
          " ",
          t("booth-paused-text"),
        ),
      nowLine(t, options),
      h(
        "section",
        { class: "booth-presenter" },
        heading(presenter.title),
        presenter.unit !== "" &&
          presenter.unit !== presenter.title &&
          h("p", { class: "booth-unit" }, presenter.unit),
        last !== undefined && lastYear(t, last),
        form.items.map((item) => grades(t, options, presenter, item)),
        form.opinions !== null && opinion(t, options, presenter),
      ),
    ],
    foot: [
      press(t("booth-previous"), "", () => options.go(at - 1), "previous"),
      press(t("booth-overview"), "btn-quiet", options.overview, "overview"),
      isLast
        ? press(t("booth-to-overview"), "btn-primary", options.overview, "next")
        : press(t("booth-next"), "btn-primary", () => options.go(at + 1), "next"),
    ],
  };
}
