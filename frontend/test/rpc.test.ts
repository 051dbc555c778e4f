import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, type Service } from "../src/lib/rpc.ts";

interface Answers extends Service {
  ask(argument: string): string;
}

/** A worker whose script never comes. */
class Absent extends EventTarget {
  static last: Absent | null = null;
  sent = 0;
  constructor() {
    super();
    Absent.last = this;
  }
  postMessage(): void {
    this.sent += 1;
  }
  terminate(): void {}
  fail(): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message: "no script" }));
  }
}

test("a worker that did not start answers everybody: who waits, and who asks later", async () => {
  const before = globalThis.Worker;
  globalThis.Worker = Absent as unknown as typeof Worker;
  try {
    const remote = connect<Answers>("/teller-worker.js");
    const waiting = remote.call("ask", "a");
    Absent.last?.fail();
    await assert.rejects(waiting, { name: "WorkerError", code: "worker" });
    await assert.rejects(remote.call("ask", "b"), { name: "WorkerError", code: "worker" });
    assert.equal(Absent.last?.sent, 1, "nothing is sent where nobody listens");
  } finally {
    globalThis.Worker = before;
  }
});
