/** Making the credentials of one box. */
import { type Credential, newCredential, publicCredential } from "../lib/credential.ts";
import { ProtocolError } from "../lib/errors.ts";
import { sha256B64 } from "../lib/hash.ts";
import { type Rng, shuffled } from "../lib/random.ts";
import type { Progress } from "../lib/rpc.ts";
import type { MadeBox } from "./service.ts";
import type { Counts } from "./types.ts";

/** The fingerprint of a roll: of the JSON array as it stands in the archive, sorted (protocol.md §3, §5.4). */
export function rollFingerprint(publics: readonly string[]): string {
  const sorted = [...publics].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sha256B64(JSON.stringify(sorted));
}

/**
 * Fresh credentials for a box. They are shuffled once more although they are random already: the order in
 * which they were made then says nothing even if the generator should ever be found wanting.
 */
export function makeBox(uuid: string, counts: Counts, rng: Rng, progress: Progress): MadeBox {
  const total = counts.phone + counts.paper + counts.spare;
  const seen = new Set<string>();
  const batch = (count: number): { secret: Credential[]; open: string[] } => {
    const secret: Credential[] = [];
    const open: string[] = [];
    while (secret.length < count) {
      const credential = newCredential(rng);
      const made = publicCredential(uuid, credential);
      if (seen.has(made)) throw new ProtocolError("credential_twice");
      seen.add(made);
      secret.push(credential);
      open.push(made);
      progress(seen.size / total);
    }
    return { secret: shuffled(secret, rng), open: open.sort() };
  };
  const phone = batch(counts.phone);
  const paper = batch(counts.paper);
  const spare = batch(counts.spare);
  return {
    phone: phone.secret,
    paper: paper.secret,
    spare: spare.secret,
    publics: { phone: phone.open, paper: paper.open, spare: spare.open },
    fingerprint: rollFingerprint([...seen]),
  };
}
