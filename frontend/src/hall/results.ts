/** Results in the hall: rank range, presenter, distribution, score. */
import { h } from "../lib/dom.ts";
import { gradeTones } from "../lib/tone.ts";
import { t } from "./texts.ts";
import { type GradeCount, type HallResult, type HallView, ROWS } from "./types.ts";

/** A part narrower than this has no room for its number. */
const NARROWEST = 0.06;

function distribution(counts: readonly GradeCount[]): HTMLElement {
  const total = counts.reduce((sum, grade) => sum + grade.count, 0);
  const tones = gradeTones(counts.map((grade) => grade.abstain));
  const words = counts
    .map((grade) => t("hall-grade-count", { grade: grade.label, count: grade.count }))
    .join("，");
  const parts = counts.map((grade, i) => {
    const part = h("span", { class: "hall-part", "data-tone": tones[i] ?? "x" });
    part.style.flexGrow = String(grade.count);
    if (grade.count / Math.max(1, total) >= NARROWEST) part.textContent = String(grade.count);
    if (grade.count === 0) part.hidden = true;
    return part;
  });
  return h("div", { class: "hall-bar", role: "img", "aria-label": words }, parts);
}

function rankText(result: HallResult): string {
  if (!result.rank) return "—";
  const { from, to } = result.rank;
  return from === to ? t("hall-rank", { rank: from }) : t("hall-ranks", { from, to });
}

function row(result: HallResult, newest: boolean): HTMLElement {
  return h(
    "li",
    { "data-now": newest ? "yes" : null },
    h("span", { class: "hall-rank" }, rankText(result)),
    h("span", { class: "hall-who" }, result.title),
    result.distribution ? distribution(result.distribution) : h("span", { class: "hall-bar" }),
    h("span", { class: "hall-score" }, result.score?.shown ?? "—"),
  );
}

function legend(result: HallResult | undefined): HTMLElement | null {
  const grades = result?.distribution;
  if (!grades) return null;
  const tones = gradeTones(grades.map((grade) => grade.abstain));
  return h(
    "ul",
    { class: "hall-legend" },
    grades.map((grade, i) => h("li", { class: "grade", "data-tone": tones[i] ?? "x" }, grade.label)),
  );
}

/** Pages of nine; the newest stands on the last one. */
export const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / ROWS));

/** `page` from 0. While results come one by one, the newest is marked. */
export function resultsScene(view: HallView, page: number): HTMLElement {
  const results = view.results ?? [];
  const total = view.results_total ?? results.length;
  const one = results.length < total;
  const shown = results.slice(page * ROWS, page * ROWS + ROWS);
  const pages = pagesOf(results.length);
  return h(
    "div",
    { class: "hall-body" },
    h("div", { class: "hall-headline" }, h("h1", {}, t("hall-results")), legend(results[0])),
    results.length === 0
      ? h("p", {}, t("hall-results-wait"))
      : h(
          "ol",
          { class: "hall-list hall-results" },
          shown.map((result) => row(result, one && result === results[results.length - 1])),
        ),
    pages > 1 ? h("p", { class: "hall-small" }, t("hall-page", { page: page + 1, pages })) : null,
    results.length > 0 ? h("p", { class: "hall-small" }, t("hall-rank-note")) : null,
  );
}
