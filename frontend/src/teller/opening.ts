/** Opens every box that waits for this teller: download, check, recompute, answer. */
import { bytes, get, post } from "../lib/api.ts";
import { systemRng } from "../lib/random.ts";
import { type Remote, WorkerError } from "../lib/rpc.ts";
import { type BoxRow, URN } from "./boxes.ts";
import type { PreparedBox, Seat, TellerService } from "./service.ts";
import { claimOpening } from "./store.ts";
import { errorText, t } from "./texts.ts";
import { boxesToOpen, type TellerBox, type TellerView, type UrnContent, urnToOpen } from "./types.ts";
import { drawn, verifyAll, withWorkers, workersFor } from "./verify.ts";

export interface Opening {
  readonly view: TellerView;
  readonly token: string;
  readonly seed: string;
  readonly worker: Remote<TellerService>;
  /** Another worker of the same kind, for verifying ballots. */
  readonly startWorker: () => Remote<TellerService>;
  readonly rows: ReadonlyMap<string, BoxRow>;
  /** What was checked, by box: stays on the screen when the rows are drawn anew. */
  readonly told: Map<string, string>;
}

const ATTEMPTS = 6;

export const seatOf = (view: TellerView): Seat => ({
  size: view.size,
  threshold: view.threshold,
  index: view.index,
});

function claim(view: TellerView, what: string, hash: string): void {
  if (!claimOpening(String(view.appraisal.id), view.index, what, hash)) {
    throw new WorkerError("opened_other", what);
  }
}

/** Where on the bar of a box its parts end: checking chain and total, verifying ballots. */
const PREPARED = 0.15;
const VERIFIED = 0.85;

/** Verifies the ballots of a box; answers with how many had every proof verified. */
async function verifyBallots(opening: Opening, prepared: PreparedBox, row: BoxRow): Promise<number> {
  const proven = drawn(prepared, systemRng);
  const total = prepared.ballots.length;
  const key = proven.size === total ? "teller-box-verifying" : "teller-box-verifying-sample";
  const tell = (done: number): void =>
    row.stage(
      "check",
      PREPARED + ((VERIFIED - PREPARED) * done) / total,
      t(key, { done, total, proven: proven.size }),
    );
  tell(0);
  const count = Math.min(workersFor(navigator.hardwareConcurrency), total);
  await withWorkers(count, opening.startWorker, (workers) => verifyAll(prepared, proven, workers, tell));
  return proven.size;
}

async function openBox(opening: Opening, box: TellerBox, row: BoxRow): Promise<void> {
  const { view, worker, token, seed } = opening;
  const trustees = view.ceremony.trustees;
  if (trustees === null || view.decryption_key === null || box.encrypted_tally === null) return;
  row.stage("download", null, t("teller-box-downloading"));
  const archive = await bytes(`/board/${box.uuid}.bel`, { attempts: ATTEMPTS }, (done, total) =>
    row.stage("download", total === null ? null : done / total),
  );
  row.stage("check", 0, t("teller-box-checking"));
  const prepared = await worker.call(
    "prepareBox",
    {
      seat: seatOf(view),
      seed,
      trustees,
      decryptionKey: view.decryption_key,
      uuid: box.uuid,
      encryptedTally: box.encrypted_tally,
      minimum: box.minimum,
      archive,
    },
    (share) => row.stage("check", PREPARED * share),
  );
  const proven = await verifyBallots(opening, prepared, row);
  row.stage("check", VERIFIED, t("teller-box-sharing"));
  const opened = await worker.call("shareBox", { uuid: box.uuid }, (share) =>
    row.stage("check", VERIFIED + (1 - VERIFIED) * share),
  );
  claim(view, box.uuid, opened.tallyHash);
  row.stage("send", null);
  await post("/api/teller/shares", opened.body, { token, attempts: ATTEMPTS, timeoutMs: 120_000 });
  const whole = proven === opened.ballots;
  const words = t(whole ? "teller-box-sent" : "teller-box-sent-sample", {
    counted: opened.counted,
    ballots: opened.ballots,
    proven,
    head: opened.head.slice(0, 16),
  });
  opening.told.set(box.uuid, words);
  row.stage("sent", null, words);
}

async function openUrn(opening: Opening, row: BoxRow): Promise<void> {
  const { view, worker, token, seed } = opening;
  const trustees = view.ceremony.trustees;
  if (trustees === null || view.decryption_key === null) return;
  row.stage("download", null);
  const content = await get<UrnContent>("/api/teller/urn", { token, attempts: ATTEMPTS });
  row.stage("check", 0);
  const { hash, ...body } = await worker.call(
    "openUrn",
    { seat: seatOf(view), seed, trustees, decryptionKey: view.decryption_key, content },
    (share) => row.stage("check", share),
  );
  claim(view, URN, hash);
  row.stage("send", null);
  await post("/api/teller/urn_shares", body, { token, attempts: ATTEMPTS, timeoutMs: 120_000 });
  const words = t("teller-urn-sent", { entries: content.entries.length });
  opening.told.set(URN, words);
  row.stage("sent", null, words);
}

async function attempt(row: BoxRow, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    row.stage("refused", null, errorText(error));
    return false;
  }
}

/** True when nothing was refused. A refusal of one box does not hold up the others. */
export async function openAll(opening: Opening): Promise<boolean> {
  let clean = true;
  for (const box of boxesToOpen(opening.view)) {
    const row = opening.rows.get(box.uuid);
    if (row) clean = (await attempt(row, () => openBox(opening, box, row))) && clean;
  }
  const row = opening.rows.get(URN);
  if (row && urnToOpen(opening.view)) clean = (await attempt(row, () => openUrn(opening, row))) && clean;
  return clean;
}
