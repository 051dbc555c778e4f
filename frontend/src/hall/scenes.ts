/** The scenes that stand still: agenda, mark, turnout, a speaker without slides. */
import { h } from "../lib/dom.ts";
import { formatNumber } from "../lib/i18n.ts";
import { t } from "./texts.ts";
import { type AgendaLine, type HallView, windowOf } from "./types.ts";

export const onStage = (view: HallView): AgendaLine | null =>
  view.agenda.find((line) => line.code === view.stage.presenter) ?? null;

export function agendaScene(view: HallView): HTMLElement {
  const now = Math.max(
    0,
    view.agenda.findIndex((line) => line.now),
  );
  const { from, items } = windowOf(view.agenda, now);
  return h(
    "div",
    { class: "hall-body" },
    h("h1", {}, t("hall-agenda")),
    h(
      "ol",
      { class: "hall-list hall-agenda", start: from + 1 },
      items.map((line, i) =>
        h(
          "li",
          { "data-now": line.now ? "yes" : null, "data-done": line.done ? "yes" : null },
          h("span", { class: "hall-number" }, String(from + i + 1)),
          h("span", {}, line.title),
        ),
      ),
    ),
  );
}

export function markScene(view: HallView): HTMLElement {
  const presenter = onStage(view);
  return h(
    "div",
    { class: "hall-body hall-centre" },
    h("p", { class: "hall-lead" }, t("hall-mark")),
    h("h1", { class: "hall-big" }, presenter ? presenter.title : t("hall-mark-all")),
    h("p", {}, t("hall-mark-how")),
    turnoutLine(view),
  );
}

const totals = (view: HallView): { ballots: number; issued: number } => ({
  ballots: view.turnout.reduce((sum, line) => sum + line.ballots, 0),
  issued: view.turnout.reduce((sum, line) => sum + line.issued, 0),
});

function turnoutLine(view: HallView): HTMLElement {
  const { ballots, issued } = totals(view);
  return h(
    "p",
    { class: "hall-small" },
    t("hall-cast", { ballots: formatNumber(t.language, ballots), issued: formatNumber(t.language, issued) }),
  );
}

export function turnoutScene(view: HallView): HTMLElement {
  const { ballots, issued } = totals(view);
  return h(
    "div",
    { class: "hall-body" },
    h("h1", {}, t("hall-turnout")),
    h(
      "ul",
      { class: "hall-list hall-turnout" },
      view.turnout.map((line) => {
        const name = t("hall-category", { category: line.category, label: line.label });
        return h(
          "li",
          {},
          h("span", { class: "hall-who" }, name),
          h("progress", {
            max: Math.max(1, line.issued),
            value: Math.min(line.ballots, line.issued),
            "aria-label": name,
          }),
          h("span", { class: "hall-score" }, t("hall-of", { ballots: line.ballots, issued: line.issued })),
        );
      }),
    ),
    h(
      "p",
      { class: "hall-total" },
      t("hall-cast", {
        ballots: formatNumber(t.language, ballots),
        issued: formatNumber(t.language, issued),
      }),
    ),
  );
}

/** The speaker with a large clock where there are no slides. */
export function speakerScene(view: HallView, clock: HTMLElement): HTMLElement {
  const presenter = onStage(view);
  return h(
    "div",
    { class: "hall-body hall-centre" },
    h("h1", { class: "hall-big" }, presenter?.title ?? t("hall-no-speaker")),
    presenter && presenter.unit !== presenter.title ? h("p", {}, presenter.unit) : null,
    clock,
    view.stage.last_year
      ? h(
          "p",
          { class: "hall-last" },
          t("hall-last-year", { listed: view.stage.last_year.listed, closed: view.stage.last_year.closed }),
        )
      : null,
  );
}
