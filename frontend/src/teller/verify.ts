/** Every ballot of a box is verified before it is opened, by several workers (trust.md, "Opening"). */
import { type Rng, shuffled } from "../lib/random.ts";
import { type Remote, WorkerError } from "../lib/rpc.ts";
import type { PreparedBox, TellerService } from "./service.ts";

/**
 * Up to so many ciphertexts in a box, all proofs of all ballots are verified: 300 ballots of 54 × 4, 1,800 of 9 × 4.
 * One takes 2 to 4 ms on a phone. Beyond, signatures of all and the proofs of as many ballots as make up this number,
 * drawn at random; the page says so.
 */
export const FULL_CELLS = 64_800;

/** More would starve the page itself on a phone. */
const MOST_WORKERS = 4;

export const workersFor = (cores: number | undefined): number =>
  Math.max(1, Math.min(MOST_WORKERS, cores ?? 2));

/** Which ballots (by index) have their proofs verified. */
export function drawn({ ballots, cells }: Pick<PreparedBox, "ballots" | "cells">, rng: Rng): Set<number> {
  const all = ballots.map((_, i) => i);
  const most = Math.max(1, Math.floor(FULL_CELLS / cells));
  return new Set(all.length <= most ? all : shuffled(all, rng).slice(0, most));
}

type Verifier = Pick<Remote<TellerService>, "call">;

/**
 * Lets the workers take ballots from one pile until it is empty; the first fault stops all of them.
 * @throws WorkerError `ballot_…` naming the ballot by its place on the board
 */
export async function verifyAll(
  box: PreparedBox,
  proven: ReadonlySet<number>,
  workers: readonly Verifier[],
  tell: (done: number) => void,
): Promise<void> {
  // Those with proofs first: they take the time, and a forged one is found soonest.
  const pile = [...box.ballots.keys()].sort((a, b) => Number(proven.has(b)) - Number(proven.has(a)) || a - b);
  let done = 0;
  let failed = false;
  const work = async (worker: Verifier): Promise<void> => {
    for (let i = pile.shift(); i !== undefined && !failed; i = pile.shift()) {
      const ballot = box.ballots[i] ?? "";
      try {
        await worker.call("verifyBallot", { election: box.election, ballot, proofs: proven.has(i) });
      } catch (error) {
        failed = true;
        if (!(error instanceof WorkerError)) throw error;
        throw new WorkerError(error.code, `ballot ${i + 1}: ${error.message}`);
      }
      done += 1;
      tell(done);
    }
  };
  await Promise.all(workers.map(work));
}

/** Starts workers, lends them, and ends them whatever happens. */
export async function withWorkers<T>(
  count: number,
  start: () => Remote<TellerService>,
  use: (workers: readonly Remote<TellerService>[]) => Promise<T>,
): Promise<T> {
  const workers = Array.from({ length: count }, start);
  try {
    return await use(workers);
  } finally {
    for (const worker of workers) worker.close();
  }
}
