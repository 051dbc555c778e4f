/** One slide of a deck as it is shown: in the hall and, small, on the page that arranges it. */
import { type Child, h } from "../lib/dom.ts";
import { chartOf } from "./chart.ts";
import type { Deck, DeckFigure, DeckPhoto, DeckSlide, PhotoSource } from "./types.ts";

/** The cover and the slides behind it. */
export const pagesOf = (deck: Deck): number => deck.slides.length + 1;

const CHART = 350;
const CHART_WITH_NOTE = 318;

function figures(list: readonly DeckFigure[], said: Deck["words"]): HTMLElement {
  const columns = list.length <= 2 ? list.length : list.length === 4 ? 2 : 3;
  return h(
    "dl",
    { class: "deck-figures", "data-columns": columns },
    list.map((one) =>
      h(
        "div",
        {},
        h("dt", {}, one.label),
        h("dd", {}, h("strong", {}, one.value), one.measure === "" ? null : h("span", {}, ` ${one.measure}`)),
        one.before === "" ? null : h("dd", { class: "deck-before" }, `${said.before} ${one.before}`),
      ),
    ),
  );
}

function table(slide: DeckSlide & { kind: "table" }): HTMLElement {
  const widths = slide.widths.map((width) => {
    const col = h("col");
    col.style.width = `${width / 10}%`;
    return col;
  });
  return h(
    "table",
    { class: "deck-table" },
    h("colgroup", {}, widths),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        slide.columns.map((head) => h("th", { scope: "col" }, head)),
      ),
    ),
    h(
      "tbody",
      {},
      slide.rows.map((row) =>
        h(
          "tr",
          {},
          row.map((cell) => h("td", {}, cell)),
        ),
      ),
    ),
  );
}

function photos(list: readonly DeckPhoto[], source: PhotoSource): HTMLElement {
  return h(
    "div",
    { class: "deck-photos", "data-count": list.length },
    list.map((one) => {
      const { sha256, width, height } = one.picture;
      const picture = h("img", { alt: one.caption, width, height, decoding: "async" });
      // A photo that cannot be had leaves its caption, which is its text as well.
      void source(sha256).then(
        (address) => {
          picture.src = address;
        },
        () => picture.removeAttribute("width"),
      );
      return h("figure", {}, picture, h("figcaption", { "aria-hidden": "true" }, one.caption));
    }),
  );
}

function body(deck: Deck, slide: DeckSlide, source: PhotoSource): Child {
  switch (slide.kind) {
    case "figures":
      return figures(slide.figures, deck.words);
    case "chart":
      return [
        chartOf(slide.chart, slide.note === "" ? CHART : CHART_WITH_NOTE, deck.words),
        slide.note === "" ? null : h("p", { class: "deck-note" }, slide.note),
      ];
    case "table":
      return table(slide);
    case "points":
      return h(
        "ul",
        { class: "deck-points" },
        slide.points.map((point) => h("li", {}, point)),
      );
    case "photos":
      return photos(slide.photos, source);
  }
}

function frame(deck: Deck, page: number, cover: boolean, content: Child): HTMLElement {
  return h(
    "article",
    { class: "deck-slide", lang: "zh-CN" },
    h(
      "div",
      { class: cover ? "deck-page deck-cover" : "deck-page", "data-mark": deck.words.mark || null },
      content,
      cover
        ? null
        : h(
            "p",
            { class: "deck-foot" },
            h("span", {}, deck.words.mark),
            h("span", {}, `${deck.presenter}　${page}`),
          ),
    ),
  );
}

/** Page `number` from 1, the cover first; numbers outside show the nearest page. `level` is that of its heading. */
export function pageOf(deck: Deck, number: number, level: 1 | 2 | 3, source: PhotoSource): HTMLElement {
  const page = Math.min(Math.max(1, number), pagesOf(deck));
  const heading = (text: string): HTMLElement => h(`h${level}`, { class: "deck-title" }, text);
  const slide = deck.slides[page - 2];
  if (slide === undefined) {
    return frame(deck, page, true, [
      heading(deck.title),
      h("p", { class: "deck-presenter" }, deck.presenter),
      h("p", { class: "deck-day" }, deck.words.dated),
    ]);
  }
  const shown = frame(deck, page, false, [
    heading(slide.title),
    h("div", { class: "deck-body" }, body(deck, slide, source)),
  ]);
  if (slide.size > 0) shown.style.setProperty("--size", String(slide.size));
  return shown;
}
