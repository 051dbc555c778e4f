/** Apache ECharts with no more than is used: lines, stacked bars, SVG. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartData } from "./data.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface ChartStyle {
  readonly kind: "line" | "stack";
  readonly title: string;
  /** What stands after a figure, such as `%`. */
  readonly unit: string;
  /** So narrow that the names of the lines take two rows. */
  readonly narrow?: boolean;
}

/** Colours of the page, so that light, dark and print hold here too. */
interface Ink {
  readonly font: string;
  readonly text: string;
  readonly line: string;
  readonly colours: readonly string[];
}

function ink(): Ink {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    font: getComputedStyle(document.body).fontFamily,
    text: colour("--ink-2"),
    line: colour("--line"),
    colours: ["--accent-text", "--info-text", "--warn-text", "--ok-text"].map(colour),
  };
  probe.remove();
  return found;
}

/** Lines differ by dash and mark, bars by pattern: never by colour alone. */
const DASHES = ["solid", "dashed", "dotted", [10, 4, 2, 4]] as const;
const MARKS = ["circle", "rect", "triangle", "diamond"] as const;

/** Lines over time stand up; bars lie, since names of kinds are longer than columns are wide on a phone. */
export function optionOf(data: ChartData, style: ChartStyle, colours: Ink): EChartsCoreOption {
  const stacked = style.kind === "stack";
  const several = data.series.length > 1;
  const figure = (value: unknown): string =>
    typeof value === "number" ? `${Math.round(value * 10) / 10}${style.unit}` : "—";
  const steps = {
    type: "category",
    data: [...data.steps],
    axisLabel: { color: colours.text, interval: stacked ? 0 : "auto" },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: !stacked },
    ...(stacked ? { inverse: true } : { boundaryGap: false }),
  };
  const values = {
    type: "value",
    scale: !stacked,
    ...(stacked ? { minInterval: 1 } : {}),
    axisLabel: { color: colours.text, formatter: (value: number) => `${value}${style.unit}` },
    splitLine: { lineStyle: { color: colours.line } },
  };
  return {
    animation: false,
    color: [...colours.colours],
    textStyle: { fontFamily: colours.font, color: colours.text },
    // Patterns, and a description for those who do not see it; the table says the same exactly.
    aria: { enabled: true, decal: { show: stacked } },
    grid: { left: 8, right: 28, top: several ? (style.narrow ? 72 : 44) : 16, bottom: 8, containLabel: true },
    legend: {
      show: several,
      top: 0,
      itemGap: 16,
      itemWidth: 30,
      textStyle: { color: colours.text, fontFamily: colours.font },
    },
    // Rich text is drawn, HTML would carry style attributes, which the policy refuses.
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: figure, confine: true },
    xAxis: stacked ? values : steps,
    yAxis: stacked ? steps : values,
    series: data.series.map((series, at) => ({
      name: series.name,
      data: [...series.values],
      ...(stacked
        ? { type: "bar", stack: "all", barMaxWidth: 24 }
        : {
            type: "line",
            symbol: MARKS[at % MARKS.length],
            symbolSize: 8,
            lineStyle: { width: 2, type: DASHES[at % DASHES.length] },
            connectNulls: false,
          }),
    })),
  };
}

export function drawChart(place: HTMLElement, data: ChartData, style: ChartStyle): void {
  const chart = init(place, null, { renderer: "svg" });
  const draw = (): void => {
    const narrow = place.clientWidth < 480 && style.kind === "line";
    chart.setOption(optionOf(data, { ...style, narrow }, ink()), true);
  };
  draw();
  place.setAttribute("role", "img");
  if (!place.hasAttribute("aria-label")) place.setAttribute("aria-label", style.title);
  new ResizeObserver(() => {
    chart.resize();
    draw();
  }).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  window.addEventListener("beforeprint", () => chart.resize());
}
