/** Slides of a duty report: numbers as they are read, whole points, every page there is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lowerOf, scaleOf, thousandths } from "../src/deck/chart.ts";
import { pagesOf } from "../src/deck/render.ts";
import type { Deck, DeckChart } from "../src/deck/types.ts";

const chart = (...series: (number | null)[][]): DeckChart => ({
  form: "lines",
  labels: ["一", "二", "三"],
  series: series.map((numbers, at) => ({ name: `第${at}`, thousandths: numbers })),
  measure: "%",
});

test("thousandths are read without a float", () => {
  const read = [1500, 83_500, 1000, 1, -1500, 0, null].map(thousandths);
  assert.deepEqual(read, ["1.5", "83.5", "1", "0.001", "-1.5", "0", "—"]);
  assert.equal(thousandths(9_007_199_254_740_991), "9007199254740.991");
});

test("values stand at whole points, from nought up, falls below it", () => {
  const up = scaleOf(chart([33_333, 66_667, 100_000]), 318);
  assert.equal(up.y(0), 288);
  assert.equal(up.y(100_000), 28);
  assert.ok(Number.isInteger(up.y(33_333)));
  assert.equal(up.step, 288);
  const fall = scaleOf(chart([-50_000, 50_000, null]), 318);
  assert.ok(fall.y(0) > fall.y(50_000) && fall.y(0) < fall.y(-50_000));
  const nothing = scaleOf(chart([null, 0, null]), 318);
  assert.equal(nothing.y(0), 288, "nothing is no division by nought");
});

test("of two lines the lower one has its values below", () => {
  assert.equal(lowerOf(chart([1, 2, 3], [4, 5, 6])), 0);
  assert.equal(lowerOf(chart([4, 5, 6], [1, null, 3])), 1);
  assert.equal(lowerOf(chart([1, 2, 3])), null);
});

test("the cover is a page", () => {
  const words = { dated: "2018年12月1日", before: "上年", measure: "单位", mark: "" };
  const deck: Deck = { title: "述职", presenter: "某党委", dated: "2018-12-01", words, slides: [] };
  assert.equal(pagesOf(deck), 1);
});
