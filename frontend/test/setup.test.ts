/** The draft editor's pure parts: nothing typed is lost, problems find their field, conflicts are shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { differences, mixed, type Value } from "../src/setup/diff.ts";
import {
  type Config,
  freshLetter,
  fromConfig,
  newRow,
  readExact,
  readQuorum,
  toConfig,
  unitNamed,
  withUnits,
} from "../src/setup/model.ts";
import { pastedRows } from "../src/setup/paste.ts";
import { PRESETS, withPreset } from "../src/setup/presets.ts";
import { byPlace, placeOf } from "../src/setup/problems.ts";
import { type ListOptions, moved, withPasted } from "../src/setup/rows.ts";
import { conflictIn } from "../src/setup/save.ts";

const config: Config = {
  title: "述职评议",
  year: 2018,
  form: {
    title: "测评表",
    items: [{ code: "overall", label: "总体评价", weight: "1/3" }],
    grades: [
      { code: "good", label: "好", value: 100, abstain: false },
      { code: "fair", label: "较好", value: "80.5", abstain: false },
      { code: "unknown", label: "不了解", value: null, abstain: true },
    ],
    opinions: true,
    warn_all_equal: false,
    max_top: null,
  },
  categories: [
    { code: "A", label: "班子", weight: 40, expected: 20, minimum: 8 },
    { code: "B", label: "支部", weight: "33.3", expected: 36, minimum: 8 },
  ],
  presenters: [
    { code: "p1", title: "第一书记", unit: "华南城" },
    { code: "p2", title: "书记", unit: "" },
  ],
  order: "fixed",
  scheme: { places: 2, quorum: [2, 3], cuts: [{ label: "好", from: 90 }] },
  tellers: { threshold: 2, names: ["监票人", "计票人一", "计票人二"] },
  minutes_per_report: 10,
  release: "on_the_spot",
};

test("a configuration comes back from the editor as it went in", () => {
  const { config: back, problems } = toConfig(fromConfig(config), config);
  assert.deepEqual(back, config);
  assert.deepEqual(problems, []);
});

test("text that is no number stays typed, is reported, and keeps the old value", () => {
  const draft = fromConfig(config);
  const [first, second] = draft.lists.categories;
  assert.ok(first && second);
  first.weight = "四十";
  second.expected = "";
  draft.fields.year = "２０１９";
  draft.fields["scheme.quorum"] = "3/2";
  const { config: read, problems } = toConfig(draft, config);
  assert.equal(read.categories[0]?.weight, 40);
  assert.equal(read.categories[1]?.expected, 0, "an empty number is the server's to judge");
  assert.equal(read.year, 2019, "full-width digits are digits");
  assert.deepEqual(read.scheme.quorum, [2, 3]);
  assert.deepEqual(problems.map((p) => `${p.path} ${p.code}`).sort(), [
    "categories[0].weight not_a_number",
    "scheme.quorum not_a_quorum",
  ]);
  assert.equal(draft.lists.categories[0]?.weight, "四十");
});

test("exact numbers", () => {
  assert.deepEqual(["40", " 40 ", "33.3", "1/3", "0", "-1", "1/0", "1e3", ".5", ""].map(readExact), [
    40,
    40,
    "33.3",
    "1/3",
    0,
    null,
    null,
    null,
    null,
    null,
  ]);
  assert.deepEqual(["2/3", "1/1", "0/2", "3/2", "x"].map(readQuorum), [[2, 3], [1, 1], null, null, null]);
});

test("new rows have codes of their own", () => {
  const rows = fromConfig(config).lists;
  assert.equal(newRow("presenters", rows.presenters).code, "p3");
  const gap = rows.presenters.filter((row) => row.code !== "p1");
  assert.equal(newRow("presenters", [...gap, { id: 0, code: "p3" }]).code, "p4");
  assert.equal(newRow("categories", rows.categories).code, "C");
  assert.equal(freshLetter([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), "Z");
});

test("every preset is a form the server takes", () => {
  const code = /^[a-z][a-z0-9_]{0,15}$/;
  for (const preset of PRESETS) {
    const { config: made, problems } = toConfig(withPreset(fromConfig(config), preset), config);
    assert.deepEqual(problems, []);
    assert.ok(
      [...made.form.items, ...made.form.grades].every((row) => code.test(row.code)),
      preset.name,
    );
    const values = made.form.grades.filter((grade) => !grade.abstain).map((grade) => Number(grade.value));
    assert.ok(values.every((value, i) => i === 0 || value < (values[i - 1] ?? 0)));
  }
  const virtues = PRESETS.find((preset) => preset.name === "five-virtues");
  assert.equal(
    virtues?.items.reduce((sum, [, , weight]) => sum + Number(weight), 0),
    100,
  );
});

test("a pasted column fills rows and makes new ones; one cell is left to the field", () => {
  assert.equal(pastedRows("一个格"), null);
  assert.deepEqual(pastedRows("甲\t甲园区\r\n乙\t乙园区\r\n\r\n"), [
    ["甲", "甲园区"],
    ["乙", "乙园区"],
  ]);
  const rows = fromConfig(config).lists.presenters;
  const options: ListOptions = {
    path: "presenters",
    columns: [
      { name: "title", kind: "text" },
      { name: "unit", kind: "text" },
    ],
    frozen: false,
    rows: () => rows,
    change: () => undefined,
  };
  const filled = withPasted(options, 1, 0, [["甲", "甲园区"], ["乙"]]);
  assert.deepEqual(
    filled.map((row) => [row.code, row.title, row.unit]),
    [
      ["p1", "第一书记", "华南城"],
      ["p2", "甲", "甲园区"],
      ["p3", "乙", ""],
    ],
  );
  assert.equal(rows[1]?.title, "书记", "the old rows are untouched");
});

test("moving rows", () => {
  assert.deepEqual(moved([1, 2, 3], 0, 2), [2, 3, 1]);
  assert.deepEqual(moved([1, 2, 3], 2, 0), [3, 1, 2]);
  assert.deepEqual(moved([1, 2, 3], 0, -1), [1, 2, 3]);
});

test("a problem goes to its field, else to the nearest place around it", () => {
  const known = new Set(["categories", "categories[1].weight", "title"]);
  assert.equal(placeOf("categories[1].weight", known), "categories[1].weight");
  assert.equal(placeOf("categories[0].weight", known), "categories");
  assert.equal(placeOf("form.items", known), null);
  const found = byPlace(
    [
      { path: "categories[7].label", code: "text_missing" },
      { path: "categories", code: "too_many" },
      { path: "form", code: "x" },
    ],
    known,
  );
  assert.deepEqual(
    [...found].map(([place, list]) => [place, list.length]),
    [
      ["categories", 2],
      ["", 1],
    ],
  );
});

const asValue = (value: Config): Value => JSON.parse(JSON.stringify(value)) as Value;

test("a conflict names each place, proposes what one side changed, and mixes as chosen", () => {
  const mine = { ...config, title: "我的", year: 2019, presenters: config.presenters.slice(0, 1) };
  const theirs = {
    ...config,
    title: "对方",
    minutes_per_report: 8,
    categories: config.categories.map((c) => (c.code === "B" ? { ...c, weight: 30 } : c)),
  };
  const found = differences(asValue(config), asValue(mine), asValue(theirs));
  assert.deepEqual(found.map(({ path, both }) => [path, both]).sort(), [
    ["categories[1].weight", false],
    ["minutes_per_report", false],
    ["presenters", false],
    ["title", true],
    ["year", false],
  ]);
  const take = new Set(["categories[1].weight", "minutes_per_report", "title"]);
  const merged = mixed(asValue(mine), asValue(theirs), take) as unknown as Config;
  assert.equal(merged.title, "对方");
  assert.equal(merged.year, 2019);
  assert.equal(merged.minutes_per_report, 8);
  assert.equal(merged.categories[1]?.weight, 30);
  assert.equal(merged.presenters.length, 1);
  assert.deepEqual(differences(asValue(config), asValue(config), asValue(config)), []);
});

test("the other's configuration is found wherever the answer carries it", () => {
  assert.equal(conflictIn({ error: { code: "changed_meanwhile" }, version: 4, config })?.version, 4);
  assert.equal(conflictIn({ error: { code: "changed_meanwhile", version: 5, config } })?.version, 5);
  assert.equal(conflictIn({ error: { code: "changed_meanwhile" } }), null);
});

const units = [
  { id: "aaaaaaaaaaaaaaaa", name: "华南城园区党委", short: "华南城", kind: "园区党委" },
  { id: "bbbbbbbbbbbbbbbb", name: "白坭坑海吉星园区党委", short: "海吉星", kind: "园区党委" },
  { id: "cccccccccccccccc", name: "白坭坑", short: "白坭坑", kind: "社区党委" },
];

test("a unit is proposed by its name, its short name or the post, and never guessed between two", () => {
  const id = (title: string, unit: string): string | undefined => unitNamed(units, { title, unit })?.id;
  assert.equal(id("第一书记", "海吉星"), "bbbbbbbbbbbbbbbb");
  assert.equal(id("第一书记", " 华南城 园区党委"), "aaaaaaaaaaaaaaaa");
  assert.equal(id("白坭坑海吉星园区党委第一书记", ""), "bbbbbbbbbbbbbbbb", "the longest name wins");
  assert.equal(id("第一书记", ""), undefined);
  const twice = [...units, { id: "dddddddddddddddd", name: "海吉星", short: "", kind: "支部" }];
  assert.equal(unitNamed(twice, { title: "", unit: "海吉星" }), null);
});

test("what is chosen stays, and no unit is proposed twice", () => {
  const rows = [
    { id: 1, title: "华南城园区党委第一书记", unit: "", unit_id: "bbbbbbbbbbbbbbbb" },
    { id: 2, title: "第一书记", unit: "海吉星", unit_id: "" },
    { id: 3, title: "华南城园区党委第一书记", unit: "", unit_id: "" },
    { id: 4, title: "第二书记", unit: "华南城", unit_id: "" },
  ];
  const next = withUnits(rows, units);
  assert.deepEqual(
    next?.map((row) => row.unit_id),
    ["bbbbbbbbbbbbbbbb", "", "aaaaaaaaaaaaaaaa", ""],
  );
  assert.equal(withUnits(next ?? [], units), null, "nothing is left to propose");
});

test("the whole scheme comes back from the editor, and what cannot be read keeps its value", () => {
  const whole: Config = {
    ...config,
    presenters: [{ code: "p1", title: "第一书记", unit: "华南城", unit_id: "aaaaaaaaaaaaaaaa" }],
    scheme: {
      ...config.scheme,
      composite: { ballot: 60, indicators: "33.3", leaders: "1/3", indicators_year: 2017 },
      cap: { share: "1/3" },
      ties: "all_in",
      floors: [
        { kind: "marks", item: "overall", best: 2, below: "2/3", at_most: "好" },
        { kind: "points", source: "indicators", below: 60, at_most: "好" },
      ],
    },
  };
  const draft = fromConfig(whole);
  assert.deepEqual(toConfig(draft, whole), { config: whole, problems: [] });
  draft.fields["scheme.cap"] = "三";
  draft.fields["scheme.composite.ballot"] = "六十";
  const { config: read, problems } = toConfig(draft, whole);
  assert.deepEqual([read.scheme.cap, read.scheme.composite?.ballot], [{ share: "1/3" }, 60]);
  assert.deepEqual(problems.map((p) => p.path).sort(), ["scheme.cap", "scheme.composite.ballot"]);
  draft.fields["scheme.cap"] = "３";
  assert.deepEqual(toConfig(draft, whole).config.scheme.cap, { number: 3 });
  draft.fields["scheme.cap"] = " ";
  assert.equal(toConfig(draft, whole).config.scheme.cap, undefined);
});
