import assert from "node:assert/strict";
import { test } from "node:test";
import { part, taken } from "../src/entry/picker.ts";
import { proposal } from "../src/office/findings.ts";
import { valuesOf } from "../src/office/open.ts";

test("a button carries texts for a form, and nothing else", () => {
  assert.deepEqual(valuesOf('{"responsible":"安监办","due_on":"","n":3}'), {
    responsible: "安监办",
    due_on: "",
  });
  for (const bad of [undefined, "", "{", "null", "7"]) assert.deepEqual(valuesOf(bad), {});
});

test("of a list of names the one being typed is looked for", () => {
  assert.deepEqual(part("腾", 1), { from: 0, text: "腾" });
  assert.deepEqual(part("甲公司、乙", 5), { from: 4, text: "乙" });
  assert.deepEqual(part("甲公司, 乙公", 7), { from: 4, text: "乙公" });
  assert.deepEqual(part("甲、乙、丙", 3), { from: 2, text: "乙" });
  assert.deepEqual(part("甲、", 2), { from: 2, text: "" });
});

test("a name that is taken stands in place of what was typed, ready for the next", () => {
  assert.deepEqual(taken("腾", 1, "腾讯公司"), { text: "腾讯公司、", caret: 5 });
  assert.deepEqual(taken("甲公司、乙", 5, "乙公司"), { text: "甲公司、乙公司、", caret: 8 });
  assert.deepEqual(taken("甲、乙、丙", 3, "乙公司"), { text: "甲、乙公司、丙", caret: 5 });
});

test("what is ticked proposes a title, as much as fits, and opinions propose none", () => {
  assert.equal(proposal([]), "");
  assert.equal(proposal(["", "提高“总体评价”", "", "走访要补上"]), "提高“总体评价”；走访要补上");
  assert.equal(proposal(["甲".repeat(100), "乙".repeat(30), "丙"]), "甲".repeat(100));
});
