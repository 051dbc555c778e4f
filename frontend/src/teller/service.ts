/** What the teller's worker does; `worker.ts` serves it. */
import type { TellerKeyFile } from "../lib/keyfile.ts";
import type { Proof, Signed } from "../lib/proofs.ts";
import type { Progress } from "../lib/rpc.ts";
import type { ShareBody, UrnContent } from "./types.ts";

export interface Seat {
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
}

export interface OpenBox {
  readonly seat: Seat;
  readonly seed: string;
  readonly trustees: string;
  readonly decryptionKey: string;
  readonly uuid: string;
  /** The tally the server wants opened; recomputed here before anything is done with it. */
  readonly encryptedTally: string;
  readonly minimum: number;
  readonly archive: Uint8Array;
}

export interface OpenUrn {
  readonly seat: Seat;
  readonly seed: string;
  readonly trustees: string;
  readonly decryptionKey: string;
  readonly content: UrnContent;
}

/** What the page hands out to its workers before the share of a box is made. */
export interface PreparedBox {
  /** The exact election and ballots of the board just checked. */
  readonly election: string;
  readonly ballots: readonly string[];
  /** Ciphertexts in one ballot. */
  readonly cells: number;
}

export interface BallotToVerify {
  readonly election: string;
  readonly ballot: string;
  /** False: form and signature only. */
  readonly proofs: boolean;
}

export interface OpenedBox {
  readonly body: ShareBody;
  /** SHA-256 hex of the tally opened: the page opens no second one of the same box. */
  readonly tallyHash: string;
  readonly ballots: number;
  readonly counted: number;
  readonly head: string;
}

export interface KeySummary {
  /** Four groups of four of the joint key's hash, for reading aloud to each other. */
  readonly words: string;
}

export type TellerService = {
  newKey(
    of: { passphrase: string; appraisal: string; index: number },
    progress: Progress,
  ): {
    seed: string;
    file: TellerKeyFile;
  };
  /** Seals a seed typed from the backup under a new passphrase. */
  keep(
    of: { seed: string; passphrase: string; appraisal: string; index: number },
    progress: Progress,
  ): TellerKeyFile;
  unlock(of: { file: TellerKeyFile; passphrase: string }, progress: Progress): string;
  readBackup(text: string): string;
  cert(of: { seat: Seat; seed: string }): Signed;
  /** Throws `wrong_seat` when the certificate of this seat was made with another key. */
  checkSeat(of: { seat: Seat; seed: string; cert: Signed }): true;
  polynomial(of: { seat: Seat; seed: string; certs: readonly Signed[] }): unknown;
  output(of: { seat: Seat; seed: string; certs: readonly Signed[]; vinput: unknown }): unknown;
  summary(of: { seat: Seat; trustees: string }): KeySummary;
  /** Checks chain, roll and total, and keeps the box at hand for `shareBox`. */
  prepareBox(of: OpenBox, progress: Progress): PreparedBox;
  /** May run in any worker. Throws `ballot_…`. */
  verifyBallot(of: BallotToVerify): true;
  /** The share of the box prepared last; called once its ballots are verified. */
  shareBox(of: { uuid: string }, progress: Progress): OpenedBox;
  /** `hash` names the list of entries that was opened. */
  openUrn(
    of: OpenUrn,
    progress: Progress,
  ): { factors: readonly string[]; proofs: readonly Proof[]; hash: string };
};
