/** From a signed ballot to the board's answer, through lost networks, pauses and reloads. */
import { ApiError, NetworkError, sleep } from "../lib/api.ts";
import { trackerHex } from "./screens/receipt.ts";
import type { Server } from "./server.ts";
import type { Acknowledgement, Pending } from "./types.ts";

export type Outcome =
  | { kind: "cast"; acknowledgement: Acknowledgement }
  | { kind: "closed" }
  | { kind: "wrong_slip" }
  | { kind: "refused"; code: string };

export interface PostingHooks {
  /** Told what the sending waits for. */
  state(state: "sending" | "retry" | "paused"): void;
  /** Resolves when it is worth trying again after a pause. */
  resumed(): Promise<void>;
}

/** Server errors may pass; the same one five times in a row does not. */
const SERVER_ERRORS = 5;

function checked(pending: Pending, answer: Acknowledgement): Outcome {
  const sound =
    answer.tracker === pending.tracker &&
    Number.isSafeInteger(answer.height) &&
    /^[0-9a-f]{64}$/.test(answer.event);
  return sound ? { kind: "cast", acknowledgement: answer } : { kind: "refused", code: "receipt_differs" };
}

/** The box was closed while the answer got lost: the ballot may be on the board all the same. */
async function afterClosing(server: Server, uuid: string, pending: Pending): Promise<Outcome> {
  const found = await server.receipt(uuid, trackerHex(pending.tracker));
  if (found.status === "unknown" || found.height === null || found.event === null) return { kind: "closed" };
  return checked(pending, { tracker: pending.tracker, height: found.height, event: found.event });
}

/** Sends until the board has the ballot or says why not. */
export async function postBallot(
  server: Server,
  uuid: string,
  pending: Pending,
  hooks: PostingHooks,
  signal: AbortSignal,
): Promise<Outcome> {
  let failures = 0;
  for (;;) {
    try {
      hooks.state(failures === 0 ? "sending" : "retry");
      return checked(pending, await server.cast(uuid, pending.ballot, () => hooks.state("retry"), signal));
    } catch (error) {
      if (error instanceof NetworkError) {
        // An answer that broke off: the same bytes again give the same receipt.
        failures += 1;
      } else if (!(error instanceof ApiError)) throw error;
      else if (error.code === "box_paused") {
        hooks.state("paused");
        await hooks.resumed();
        continue;
      } else if (error.code === "box_not_open") return afterClosing(server, uuid, pending);
      else if (error.code === "ballot_not_on_roll") return { kind: "wrong_slip" };
      else if (error.status >= 500 && failures < SERVER_ERRORS) failures += 1;
      else return { kind: "refused", code: error.code };
      await sleep(1000 * Math.min(failures, 8), signal);
    }
  }
}
