/** Everything at a glance before casting. */
import { h } from "../../lib/dom.ts";
import type { Texts } from "../../lib/i18n.ts";
import { abstainGrade, type Form, markOf, missing, opinionsFit, type Warning, warnings } from "../form.ts";
import type { Marks, Opinions, Presenter } from "../types.ts";
import { heading, para, press, type Screen } from "../view.ts";

export interface OverviewOptions {
  form: Form;
  marks: Marks;
  opinions: Opinions;
  paused: boolean;
  go(at: number): void;
  fillRest(grade: number): void;
  cast(): void;
}

function words(t: Texts, options: OverviewOptions, presenter: Presenter): HTMLElement[] {
  const { form, marks } = options;
  return form.items.map((item) => {
    const mark = markOf(marks, presenter.code, item.code);
    const grade = mark === undefined ? undefined : form.grades[mark];
    const word = grade === undefined ? t("booth-unmarked") : grade.label;
    return h(
      "span",
      { class: grade === undefined ? "booth-word booth-word-none" : "booth-word", "data-tone": grade?.tone },
      form.items.length > 1 && h("span", { class: "visually-hidden" }, `${item.label} `),
      word,
    );
  });
}

function row(t: Texts, options: OverviewOptions, presenter: Presenter, at: number): HTMLElement {
  const written = (options.opinions[presenter.code] ?? "").trim() !== "";
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "booth-row", onclick: () => options.go(at) },
      h("span", { class: "booth-row-name" }, `${at + 1}. ${presenter.title}`),
      h(
        "span",
        { class: "booth-row-words" },
        words(t, options, presenter),
        written && h("span", { class: "booth-word booth-word-opinion" }, t("booth-opinion-written")),
      ),
    ),
  );
}

function warningText(t: Texts, warning: Warning): string {
  return warning.kind === "all_equal"
    ? t("booth-warning-all-equal", { grade: warning.grade })
    : t("booth-warning-too-many", { item: warning.item, count: warning.count, limit: warning.limit });
}

export function overviewScreen(t: Texts, options: OverviewOptions): Screen {
  const { form, marks } = options;
  const open = missing(form, marks);
  const abstain = abstainGrade(form);
  const found = open.length === 0 ? warnings(form, marks) : [];
  const tooLong = !opinionsFit(options.opinions);
  const title = t("booth-overview-heading");
  const firstOpen = form.presenters.findIndex(({ code }) => code === open[0]?.code);
  const complete = open.length === 0 && !tooLong;
  return {
    name: "overview",
    heading: title,
    body: [
      heading(title),
      para(
        open.length === 0
          ? t("booth-overview-complete", { count: form.presenters.length })
          : t("booth-overview-missing", { count: open.length }),
      ),
      found.length > 0 &&
        h(
          "div",
          { class: "notice", "data-tone": "warn" },
          h("h2", {}, t("booth-check-first")),
          h(
            "ul",
            {},
            found.map((warning) => h("li", {}, warningText(t, warning))),
          ),
          para(t("booth-warning-note"), "small"),
        ),
      tooLong && h("p", { class: "notice", "data-tone": "bad" }, t("booth-opinion-shorten")),
      options.paused &&
        h(
          "p",
          { class: "notice", "data-tone": "warn" },
          t("booth-paused-heading"),
          " ",
          t("booth-paused-text"),
        ),
      h(
        "ol",
        { class: "booth-rows" },
        form.presenters.map((presenter, at) => row(t, options, presenter, at)),
      ),
      open.length > 0 &&
        abstain !== null &&
        press(t("booth-fill-rest", { grade: form.grades[abstain]?.label ?? "" }), "btn-wide", () =>
          options.fillRest(abstain),
        ),
    ],
    foot: [
      complete
        ? press(t("booth-cast"), "btn-primary btn-wide", options.cast, "cast")
        : open.length > 0
          ? press(t("booth-next-missing"), "btn-primary btn-wide", () => options.go(firstOpen))
          : press(t("booth-back-to-form"), "btn-primary btn-wide", () => options.go(0)),
    ],
  };
}
