import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, day, draft, fold, heads, pasted, recall, USUAL, type Words } from "../src/paste/read.ts";

const words: Words = {
  fields: [
    { name: "on_date", label: "日期", heads: ["日期", "活动时间"] },
    { name: "kind", label: "类别", heads: ["类别"] },
    { name: "title", label: "事项", heads: ["事项", "活动名称"] },
    { name: "unit", label: "组织", heads: ["组织", "园区"] },
    { name: "headcount", label: "人数", heads: ["人数"] },
    { name: "topic", label: "主题", heads: ["主题"] },
  ],
  units: [{ id: "u1", names: ["华南城园区党委", "华南城"] }],
  kinds: [
    { id: "class", names: ["学习教育", "Class"] },
    { id: "activity", names: ["活动"] },
  ],
  topics: [
    { id: "hall", names: ["新时代大讲堂"], parent: "class" },
    { id: "other", names: ["新时代大讲堂"], parent: "activity" },
  ],
};

test("cells of a clipboard keep line breaks and quotes inside quotes", () => {
  assert.deepEqual(cellsOf('日期\t事项\r\n2018-11-20\t"第一行\n他说""好"""\t\r\n\r\n'), [
    ["日期", "事项"],
    ["2018-11-20", '第一行\n他说"好"', ""],
  ]);
  assert.deepEqual(cellsOf('a "b"\tc'), [['a "b"', "c"]]);
});

test("days are read as people write them", () => {
  for (const text of ["2018-3-1", "2018/03/01", "2018.3.1", "2018年3月1日", "20180301"])
    assert.equal(day(text), "2018-03-01", text);
  for (const text of ["3/1/2018", "去年", "18-3-1"]) assert.equal(day(text), text);
});

test("heads are known by their names, whatever their width and spaces", () => {
  assert.equal(fold(" ＡＢc（海吉星）  １2 "), "abc 海吉星 12");
  assert.deepEqual(heads(["活动时间", "活动名称 ", "备忘", "人数"], words), [
    "on_date",
    "title",
    "",
    "headcount",
  ]);
  assert.equal(heads(["2018-11-20", "事项"], words), null, "one known head is chance");
  assert.deepEqual(heads(["日期", "日期", "事项"], words), ["on_date", "", "title"]);
});

test("a row becomes what the server takes; what cannot be read goes as typed", () => {
  const columns = ["on_date", "kind", "topic", "title", "unit", "headcount", ""];
  const cells = ["2018年11月20日", "学习教育", "新时代大讲堂", "第一讲", "华南城", "1,200", "不用"];
  assert.deepEqual(draft(columns, cells, { unit: "other", kind: "activity" }, words), {
    on_date: "2018-11-20",
    kind: "class",
    topic: "hall",
    title: "第一讲",
    unit: "u1",
    headcount: "1200",
  });
  assert.deepEqual(
    draft(["title", "unit"], ["第二讲", "不知何处"], { kind: "activity", unit: "u1" }, words),
    {
      title: "第二讲",
      unit: "不知何处",
      kind: "activity",
    },
  );
});

test("a block with heads sets the columns of an empty table, later ones land where the cursor stands", () => {
  const empty = { columns: USUAL, rows: [USUAL.map(() => "")] };
  const first = pasted(
    empty,
    { row: 0, column: 0 },
    [
      ["事项", "日期"],
      ["甲", "2018-1-1"],
    ],
    words,
  );
  assert.deepEqual(first, { columns: ["title", "on_date"], rows: [["甲", "2018-1-1"]] });
  const second = pasted(first, { row: 1, column: 1 }, [["2018-1-2", "多的"], ["2018-1-3"]], words);
  assert.deepEqual(second, {
    columns: ["title", "on_date", ""],
    rows: [
      ["甲", "2018-1-1", ""],
      ["", "2018-1-2", "多的"],
      ["", "2018-1-3", ""],
    ],
  });
});

test("what the browser kept is believed only where it is a table", () => {
  assert.deepEqual(recall('{"columns":["title"],"rows":[["甲"]]}'), { columns: ["title"], rows: [["甲"]] });
  for (const bad of [null, "", "{", '{"columns":[1],"rows":[]}', '{"columns":[],"rows":"x"}', "[]"])
    assert.equal(recall(bad), null);
});
