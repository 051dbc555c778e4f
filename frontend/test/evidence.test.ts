import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf, inTurn, MOST_BYTES } from "../src/office/evidence.ts";

test("what is too large or empty is not sent", () => {
  assert.equal(faultOf({ size: 0 }), "empty");
  assert.equal(faultOf({ size: MOST_BYTES }), null);
  assert.equal(faultOf({ size: MOST_BYTES + 1 }), "large");
});

test("some at a time, in their order, and none is forgotten", async () => {
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  await inTurn([1, 2, 3, 4, 5], 2, async (job) => {
    begun.push(job);
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, job === 1 ? 20 : 1));
    now -= 1;
  });
  assert.deepEqual(begun, [1, 2, 3, 4, 5]);
  assert.equal(most, 2);
  await inTurn([], 2, () => Promise.reject(new Error("never")));
});
