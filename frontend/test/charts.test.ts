/** What a chart reads from its table, and corners of a drawing as text and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readTable } from "../src/charts/data.ts";
import { type Frame, onPicture, placeAt, readPlaces, writePlaces } from "../src/map/shape.ts";

const head = (text: string, drawn: boolean) => ({ text, drawn });

test("columns are lines, and what is missing is not nought", () => {
  const heads = [head("季度", false), head("在营", false), head("组织覆盖率", true)];
  const rows = [
    { name: "2018-Q1", drawn: false, numbers: ["", "51.5"] },
    { name: "2018-Q2", drawn: false, numbers: ["", ""] },
    { name: "2018-Q3", drawn: false, numbers: ["", "0"] },
  ];
  const data = readTable(heads, rows, false);
  assert.deepEqual(data.steps, ["2018-Q1", "2018-Q2", "2018-Q3"]);
  assert.deepEqual(data.series, [{ name: "组织覆盖率", values: [51.5, null, 0] }]);
});

test("by rows the rows that are marked are lines", () => {
  const heads = [head("单位", false), head("2018-Q1", true), head("2018-Q2", true), head("2018", false)];
  const rows = [
    { name: "平湖街道", drawn: true, numbers: ["1", "2", "3"] },
    { name: "华南城", drawn: false, numbers: ["1", "1", "2"] },
  ];
  const data = readTable(heads, rows, true);
  assert.deepEqual(data, { steps: ["2018-Q1", "2018-Q2"], series: [{ name: "平湖街道", values: [1, 2] }] });
});

test("corners are read as they were written", () => {
  const places = [
    { lon: 114_120_000, lat: 22_690_001 },
    { lon: -500, lat: -22_000_000 },
  ];
  assert.equal(writePlaces(places), "114.120000,22.690001\n-0.000500,-22.000000");
  assert.deepEqual(readPlaces(writePlaces(places)), places);
  assert.deepEqual(readPlaces(""), []);
  for (const bad of ["114.1", '{"type":1}', "1,2,3", "a,b"]) assert.equal(readPlaces(bad), null, bad);
});

test("a press and the picture agree to a unit of the picture", () => {
  const frame: Frame = { west: 114_050_000, north: 22_720_000, narrowing: 922_500_000, span: 90_000 };
  for (const [x, y] of [
    [0, 0],
    [10_000, 4_321],
    [3_333, 777],
  ] as const) {
    const back = onPicture(frame, placeAt(frame, x, y));
    assert.ok(Math.abs(back.x - x) <= 1 && Math.abs(back.y - y) <= 1, `${x} ${y}`);
  }
});
