/** The text of a report's section, as the editor reads and counts it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { characters, codeIn, pieces, stored } from "../src/report/text.ts";

test("a text comes apart into words and figures", () => {
  const text = "覆盖率{{org_rate}}，开课{{ entries:class }}次。{{未完";
  assert.deepEqual(
    pieces(text).map((piece) => `${piece.kind} ${piece.text}`),
    ["words 覆盖率", "figure org_rate", "words ，开课", "figure entries:class", "words 次。{{未完"],
  );
  assert.deepEqual(pieces(""), []);
});

test("characters are counted without white space, figures as they are shown", () => {
  const shown = (code: string) => (code === "org_rate" ? "45.0%" : undefined);
  assert.equal(characters(" 覆盖 率\n{{org_rate}}。", shown), 9);
  assert.equal(characters("{{nope}}", shown), 0);
  assert.equal(characters("𠮷野", shown), 2);
});

test("what holds the caret is none of the text", () => {
  assert.equal(stored("一\u200b二\u00a0三\r\n四 \n\n"), "一二 三\n四");
});

test("a code is told from words", () => {
  for (const code of ["org_rate", "{{entries:class:2017}}", "headcount:class/hall:2018-Q3", "org_rate:part"])
    assert.notEqual(codeIn(code), null, code);
  for (const words of ["组织覆盖率", "", "entries class", "x/y", "entries:"])
    assert.equal(codeIn(words), null, words);
});
