import assert from "node:assert/strict";
import { test } from "node:test";
import { belongs, recall } from "../src/entry/form.ts";

test("what was remembered is read back, and nothing else", () => {
  const stored = JSON.stringify({ unit: "a", kind: "class", title: "not this", place: 7 });
  assert.deepEqual(recall(stored), { unit: "a", kind: "class" });
  for (const bad of [null, "", "{", "7", "null"]) assert.deepEqual(recall(bad), {});
});

test("a field belongs to the kinds it names", () => {
  assert.ok(belongs("service mediation", "mediation"));
  assert.ok(!belongs("service mediation", "meeting"));
  assert.ok(!belongs("", "meeting"));
});
