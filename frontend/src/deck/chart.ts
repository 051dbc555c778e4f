/** A chart of a slide as SVG: whole numbers throughout, its values written at their places and said to who does not see. */
import { type Child, h, svg } from "../lib/dom.ts";
import type { Deck, DeckChart, DeckSeries } from "./types.ts";

/** Points of a slide 960 wide, as in the PDF. */
const WIDTH = 864;
const ABOVE = 28;
const BELOW = 30;

/** Thousandths as they are read: 1,500 is 1.5. */
export function thousandths(value: number | null): string {
  if (value === null) return "—";
  const rest = Math.abs(value) % 1000;
  const whole = (Math.abs(value) - rest) / 1000;
  const digits = String(rest).padStart(3, "0").replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${whole}${digits === "" ? "" : `.${digits}`}`;
}

/** The places of a chart's values. */
export interface Scale {
  readonly step: number;
  /** Whole points from the top. */
  y(value: number): number;
}

export function scaleOf(chart: DeckChart, height: number): Scale {
  const all = chart.series.flatMap((one) => one.thousandths.filter((value) => value !== null));
  const top = Math.max(1, ...all);
  const bottom = Math.min(0, ...all);
  const room = height - ABOVE - BELOW;
  return {
    step: WIDTH / Math.max(1, chart.labels.length),
    y: (value) => ABOVE + Math.round(((top - value) * room) / (top - bottom)),
  };
}

const words = (chart: DeckChart): string =>
  chart.labels
    .map((label, at) => {
      const values = chart.series.map((one) => `${one.name} ${thousandths(one.thousandths[at] ?? null)}`);
      return `${label}：${values.join("，")}`;
    })
    .join("；");

const value = (x: number, y: number, shown: number): SVGElement =>
  svg("text", { x: Math.round(x), y, class: "deck-value", "text-anchor": "middle" }, thousandths(shown));

function columns(chart: DeckChart, scale: Scale): Child[] {
  const room = (scale.step * 7) / 10 / chart.series.length;
  const wide = Math.min(64, (room * 9) / 10);
  return chart.series.flatMap((one, series) =>
    one.thousandths.map((number, at) => {
      if (number === null) return null;
      const middle = at * scale.step + (scale.step * 3) / 20 + (series + 0.5) * room;
      const [from, to] = [scale.y(Math.max(0, number)), scale.y(Math.min(0, number))];
      return [
        svg("rect", {
          x: Math.round(middle - wide / 2),
          y: from,
          width: Math.max(2, Math.round(wide)),
          height: Math.max(1, to - from),
          class: `deck-fill-${series}`,
        }),
        value(middle, from - 6, number),
      ];
    }),
  );
}

function line(one: DeckSeries, series: number, below: boolean, scale: Scale): Child[] {
  const points = one.thousandths.flatMap((number, at) =>
    number === null ? [] : [{ x: Math.round((at + 0.5) * scale.step), y: scale.y(number), number }],
  );
  return [
    svg("polyline", {
      points: points.map(({ x, y }) => `${x},${y}`).join(" "),
      class: `deck-line deck-line-${series}`,
    }),
    points.map(({ x, y, number }) => [
      svg("circle", { cx: x, cy: y, r: 5, class: `deck-fill-${series}` }),
      value(x, below && y < scale.y(0) - 30 ? y + 22 : y - 11, number),
    ]),
  ];
}

/** Of two lines the one that lies lower in sum has its values below it, so that both can be read where they are close. */
export function lowerOf(chart: DeckChart): number | null {
  if (chart.series.length !== 2) return null;
  const [first = 0, second = 0] = chart.series.map((one) =>
    one.thousandths.reduce<number>((all, number) => all + (number ?? 0), 0),
  );
  return first < second ? 0 : 1;
}

export function chartOf(chart: DeckChart, height: number, said: Deck["words"]): HTMLElement {
  const scale = scaleOf(chart, height);
  const lower = lowerOf(chart);
  const drawn: Child[] =
    chart.form === "columns"
      ? columns(chart, scale)
      : chart.series.map((one, at) => line(one, at, at === lower, scale));
  return h(
    "div",
    { class: "deck-chart", "data-form": chart.form },
    h(
      "p",
      { class: "deck-legend" },
      chart.series.map((one, at) => h("span", { class: `deck-key deck-key-${at}` }, one.name)),
      chart.measure === "" ? null : h("span", { class: "deck-measure" }, `${said.measure}：${chart.measure}`),
    ),
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": words(chart) },
      svg("line", { x1: 0, x2: WIDTH, y1: scale.y(0), y2: scale.y(0), class: "deck-axis" }),
      drawn,
      chart.labels.map((label, at) =>
        svg(
          "text",
          {
            x: Math.round((at + 0.5) * scale.step),
            y: height - 6,
            class: "deck-label",
            "text-anchor": "middle",
          },
          label,
        ),
      ),
    ),
  );
}
