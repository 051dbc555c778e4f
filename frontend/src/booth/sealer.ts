/** Sealing in the worker; in slices in the page where a worker cannot start (some in-app browsers, pages from a file). */
import { assetUrl } from "../lib/assets.ts";
import { connect, type Remote, WorkerError } from "../lib/rpc.ts";
import {
  challengeText,
  type OpinionOrder,
  type Sealed,
  type SealOrder,
  type SignOrder,
  sealOpinions,
  sealSteps,
  signSealed,
} from "./engine.ts";
import type { BoothService } from "./worker.ts";

export interface Sealer {
  seal(order: SealOrder, progress: (share: number) => void): Promise<Sealed>;
  sign(order: SignOrder): Promise<{ ballot: string; tracker: string }>;
  challenge(order: { election: string; sealed: Sealed }): Promise<string>;
  opinions(order: OpinionOrder): Promise<string[]>;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const inPage: Sealer = {
  async seal(order, progress) {
    const steps = sealSteps(order);
    let rest = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (performance.now() - rest > 40) {
        progress(step.value);
        await pause();
        rest = performance.now();
      }
    }
  },
  sign: async (order) => signSealed(order),
  challenge: async (order) => challengeText(order),
  opinions: async (order) => sealOpinions(order),
};

/** The worker's address: named by the page, inlined in the page from a file, or beside the script. */
function workerAddress(app: HTMLElement): string {
  const inline = document.getElementById("worker-source")?.textContent;
  if (inline) return URL.createObjectURL(new Blob([inline], { type: "text/javascript" }));
  return app.dataset.worker ?? assetUrl("booth-worker.js");
}

/** An error of the worker itself, not of the order it was given. */
const broken = (error: unknown): boolean => error instanceof WorkerError && error.code === "worker";

/** How long a worker may take to answer for the first time (its script is loaded meanwhile). */
const PATIENCE_MS = 8000;

export function makeSealer(app: HTMLElement): Sealer {
  let worker: Remote<BoothService>;
  try {
    worker = connect<BoothService>(workerAddress(app));
  } catch {
    return inPage;
  }
  // A worker that cannot load says so only to a call that waits: this is that call.
  const alive = Promise.race([
    worker.call("ping", null).then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS)),
  ]);
  const either = async <T>(inWorker: () => Promise<T>, here: () => Promise<T>): Promise<T> => {
    if (!(await alive)) return here();
    try {
      return await inWorker();
    } catch (error) {
      if (broken(error)) return here();
      throw error;
    }
  };
  return {
    seal: (order, progress) =>
      either(
        () => worker.call("seal", order, progress),
        () => inPage.seal(order, progress),
      ),
    sign: (order) =>
      either(
        () => worker.call("sign", order),
        () => inPage.sign(order),
      ),
    challenge: (order) =>
      either(
        () => worker.call("challenge", order),
        () => inPage.challenge(order),
      ),
    opinions: (order) =>
      either(
        () => worker.call("opinions", order),
        () => inPage.opinions(order),
      ),
  };
}
