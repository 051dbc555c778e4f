/** What saves itself: the newest value is what the server ends with, however slow or broken the way there is. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Saving, saveAll } from "../src/lib/saving.ts";

/** A field, a server that answers when told to, and what the page says. */
function place() {
  const arrived: string[] = [];
  const said: string[] = [];
  const waiting: { yes: () => void; no: () => void }[] = [];
  const field = { value: "" };
  const saving = new Saving({
    read: () => field.value,
    send: (sent) =>
      new Promise((resolve, reject) => {
        waiting.push({
          yes: () => {
            arrived.push(sent);
            resolve();
          },
          no: () => reject(new Error("gone")),
        });
      }),
    onSaved: () => said.push(`saved ${field.value}`),
    onFailed: () => said.push("failed"),
  });
  const type = (text: string): void => {
    field.value = text;
    saving.changed();
  };
  return { arrived, said, waiting, type, saving };
}

/** Lets all that is settled be seen. */
const seen = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("typed while an older value is on its way: not called saved, sent after it, never beside it", async () => {
  const { arrived, said, waiting, type } = place();
  type("2");
  mock.timers.tick(800);
  assert.equal(waiting.length, 1);
  type("3");
  mock.timers.tick(800);
  await seen();
  assert.equal(waiting.length, 1, "one at a time");
  waiting[0]?.yes();
  await seen();
  assert.deepEqual(said, [], "3 is not saved by saving 2");
  assert.equal(waiting.length, 2);
  waiting[1]?.yes();
  await seen();
  assert.deepEqual([arrived, said], [["2", "3"], ["saved 3"]]);
});

test("an older value that arrives in the pause after a key leaves the newer one unsaved", async () => {
  const { arrived, said, waiting, type } = place();
  type("2");
  mock.timers.tick(800);
  type("3");
  waiting[0]?.yes();
  await seen();
  assert.deepEqual(said, []);
  const all = saveAll();
  await seen();
  waiting[1]?.yes();
  assert.equal(await all, true);
  assert.deepEqual([arrived, said], [["2", "3"], ["saved 3"]]);
});

test("what did not arrive is sent again, and a step that asks is told", async () => {
  const { arrived, said, waiting, type, saving } = place();
  type("7");
  const all = saveAll();
  await seen();
  waiting[0]?.no();
  assert.equal(await all, false);
  assert.deepEqual(said, ["failed"]);
  mock.timers.tick(5_000);
  await seen();
  waiting[1]?.yes();
  await seen();
  assert.deepEqual([arrived, said], [["7"], ["failed", "saved 7"]]);
  assert.equal(await saveAll(), true);
  await saving.now();
  assert.equal(waiting.length, 2, "nothing is sent that the server has");
});
