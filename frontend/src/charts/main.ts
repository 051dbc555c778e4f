/**
 * Charts of what stands in a table: the table is the source, so both always say the same, and it is one key away.
 * `<figure data-chart-of="id">` shows `<table id="id" data-chart="line|stack">`; columns with `data-series` in the head
 * are drawn, cells carry the number in `data-v`. With `data-chart-by="rows"` the rows with `data-series` are the lines
 * and the columns the steps. Drawn as SVG, so that it prints sharply and nothing needs an exception of the policy.
 */
import { findAll } from "../lib/dom.ts";
import { type ChartData, readTable } from "./data.ts";
import { drawChart } from "./draw.ts";

function source(table: HTMLTableElement): ChartData {
  const heads = findAll(table, "thead th", HTMLElement).map((head) => ({
    text: head.textContent?.trim() ?? "",
    drawn: head.dataset.series !== undefined,
  }));
  const rows = findAll(table, "tbody tr", HTMLTableRowElement).map((row) => ({
    name: row.cells[0]?.textContent?.trim() ?? "",
    drawn: row.dataset.series !== undefined,
    numbers: [...row.cells].slice(1).map((cell) => cell.dataset.v ?? ""),
  }));
  return readTable(heads, rows, table.dataset.chartBy === "rows");
}

/** Shows or hides the table; the button says which. */
function toggle(button: HTMLElement, table: HTMLElement): void {
  const wrap = table.closest<HTMLElement>(".table-wrap") ?? table;
  wrap.hidden = !wrap.hidden;
  button.setAttribute("aria-expanded", String(!wrap.hidden));
  const text = button.firstChild;
  if (text) text.textContent = `${(wrap.hidden ? button.dataset.hidden : button.dataset.shown) ?? ""} `;
  if (!wrap.hidden) wrap.scrollIntoView({ block: "nearest" });
}

function start(): void {
  for (const figure of findAll(document, "[data-chart-of]", HTMLElement)) {
    const table = document.getElementById(figure.dataset.chartOf ?? "");
    const place = figure.querySelector(".chart-canvas");
    if (!(table instanceof HTMLTableElement) || !(place instanceof HTMLElement)) continue;
    const data = source(table);
    if (data.series.length === 0 || data.steps.length < 2) continue;
    figure.hidden = false;
    const kind = table.dataset.chart === "stack" ? "stack" : "line";
    drawChart(place, data, {
      kind,
      title: table.dataset.chartTitle ?? "",
      unit: table.dataset.chartUnit ?? "",
    });
    const button = figure.querySelector("[data-chart-table]");
    if (button instanceof HTMLElement) button.addEventListener("click", () => toggle(button, table));
  }
}

start();
