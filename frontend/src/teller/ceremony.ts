/** The key ceremony runs by itself: whatever this seat owes next is worked out and sent. */
import { ApiError, post } from "../lib/api.ts";
import type { Signed } from "../lib/proofs.ts";
import type { Remote } from "../lib/rpc.ts";
import { seatOf } from "./opening.ts";
import type { TellerService } from "./service.ts";
import type { TellerView } from "./types.ts";

export type Owed = "cert" | "polynomial" | "output" | null;

/** What this seat owes now; null when it waits for others. */
export function owed(view: TellerView): Owed {
  const { certs, polynomials, vinput, outputs } = view.ceremony;
  const at = view.index - 1;
  if (certs[at] == null) return "cert";
  const complete = certs.length === view.size && certs.every((cert) => cert != null);
  if (complete && polynomials[at] !== true) return "polynomial";
  if (complete && vinput != null && outputs[at] !== true) return "output";
  return null;
}

const isCert = (cert: Signed | null): cert is Signed => cert !== null;

/**
 * Does what is owed and says whether anything was sent. The same step done meanwhile on another
 * phone of this teller (`already_sent`) is no fault: the next look at the server tells.
 */
export async function advance(
  view: TellerView,
  seed: string,
  token: string,
  worker: Remote<TellerService>,
): Promise<boolean> {
  const seat = seatOf(view);
  const certs = view.ceremony.certs.filter(isCert);
  const own = view.ceremony.certs[view.index - 1] ?? null;
  if (own !== null) await worker.call("checkSeat", { seat, seed, cert: own });
  const step = owed(view);
  if (step === null) return false;
  const body =
    step === "cert"
      ? await worker.call("cert", { seat, seed })
      : step === "polynomial"
        ? await worker.call("polynomial", { seat, seed, certs })
        : await worker.call("output", { seat, seed, certs, vinput: view.ceremony.vinput });
  try {
    await post(`/api/teller/${step}`, body, { token, attempts: 6 });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === "already_sent")) throw error;
  }
  return true;
}
