/** What the issuer's worker does; `worker.ts` serves it. */
import type { SealedSecret } from "../lib/keyfile.ts";
import type { Progress } from "../lib/rpc.ts";
import type { Counts } from "./types.ts";

export interface MadeBox {
  readonly phone: readonly string[];
  readonly paper: readonly string[];
  readonly spare: readonly string[];
  /** Public credentials, the only part that leaves the page. */
  readonly publics: { readonly phone: string[]; readonly paper: string[]; readonly spare: string[] };
  readonly fingerprint: string;
}

export type IssuerService = {
  make(of: { uuid: string; counts: Counts }, progress: Progress): MadeBox;
  seal(of: { text: string; passphrase: string }, progress: Progress): SealedSecret;
  open(of: { sealed: SealedSecret; passphrase: string }, progress: Progress): string;
};
