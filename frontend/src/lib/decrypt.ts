/** A teller's share of the opening, with the published proof and the strong one (protocol.md §9, contract §1.1). */

import { readCiphertext } from "./ballotcheck.ts";
import { ProtocolError } from "./errors.ts";
import {
  add,
  decode,
  encode,
  IDENTITY,
  invert,
  mod,
  type Point,
  pow,
  powG,
  type Scalar,
  secretPow,
} from "./group.ts";
import { sha256Hex } from "./hash.ts";
import { asArray, parseJson } from "./json.ts";
import { type Proof, proveEqual, verifyEqual } from "./proofs.ts";
import type { Rng } from "./random.ts";

export interface PartialDecryption {
  decryption_factors: string[][];
  decryption_proofs: Proof[][];
}

export interface Share {
  partial_decryption: PartialDecryption;
  /** Strong proofs per question and answer. */
  strong: Proof[][];
}

export interface Opening {
  /** φ */
  fingerprint: string;
  /** Exact JSON of the encrypted tally that the teller recomputed. */
  tally: string;
  /** 1-based index of the teller. */
  owner: number;
  /** X */
  publicKey: string;
}

export const readTally = (tally: string): { alpha: string; beta: string }[][] =>
  asArray(parseJson(tally), "tally").map((row, q) =>
    asArray(row, `tally[${q}]`).map((cell, a) => readCiphertext(cell, `tally[${q}][${a}]`)),
  );

export const weakPrefix = (opening: Opening): string =>
  `decrypt|${opening.fingerprint}|${opening.publicKey}|`;

/** The statement of contract §1.1: everything that the proof speaks of. */
export const strongPrefix = (
  opening: Opening,
  tallyHash: string,
  question: number,
  answer: number,
  alpha: string,
  factor: string,
): string =>
  `pingyi-dec-v1|${opening.fingerprint}|${tallyHash}|${opening.owner}|${question}|${answer}|${opening.publicKey}|${alpha}|${factor}|`;

/** Makes factors and proofs for every cell; yields the number of cells done. */
export function* shareSteps(opening: Opening, secret: Scalar, rng: Rng): Generator<number, Share> {
  if (encode(powG(secret)) !== opening.publicKey) throw new ProtocolError("key_mismatch");
  const tallyHash = sha256Hex(opening.tally);
  const share: Share = { partial_decryption: { decryption_factors: [], decryption_proofs: [] }, strong: [] };
  let done = 0;
  for (const [q, row] of readTally(opening.tally).entries()) {
    const factors: string[] = [];
    const proofs: Proof[] = [];
    const strong: Proof[] = [];
    for (const [a, cell] of row.entries()) {
      const alpha = decode(cell.alpha);
      const factor = encode(secretPow(alpha, secret));
      factors.push(factor);
      proofs.push(proveEqual(weakPrefix(opening), alpha, secret, rng));
      strong.push(proveEqual(strongPrefix(opening, tallyHash, q, a, cell.alpha, factor), alpha, secret, rng));
      done += 1;
      yield done;
    }
    share.partial_decryption.decryption_factors.push(factors);
    share.partial_decryption.decryption_proofs.push(proofs);
    share.strong.push(strong);
  }
  return share;
}

/** Checks both proofs of every cell of a share. */
export function verifyShare(opening: Opening, share: Share): boolean {
  const tallyHash = sha256Hex(opening.tally);
  const x = decode(opening.publicKey);
  const { decryption_factors: factors, decryption_proofs: proofs } = share.partial_decryption;
  return readTally(opening.tally).every((row, q) =>
    row.every((cell, a) => {
      const text = factors[q]?.[a];
      const weak = proofs[q]?.[a];
      const strong = share.strong[q]?.[a];
      if (text === undefined || weak === undefined || strong === undefined) return false;
      const alpha = decode(cell.alpha);
      const factor = decode(text);
      const prefix = strongPrefix(opening, tallyHash, q, a, cell.alpha, text);
      return (
        verifyEqual(weakPrefix(opening), x, alpha, factor, weak) &&
        verifyEqual(prefix, x, alpha, factor, strong)
      );
    }),
  );
}

/** λ_j = Π_{k≠j} k/(k−j) mod q */
export function lagrange(owners: readonly number[], owner: number): Scalar {
  return owners
    .filter((other) => other !== owner)
    .reduce((product, other) => mod(product * BigInt(other) * invert(mod(BigInt(other - owner)))), 1n);
}

/** Π F_j^λ_j over the given owners. */
export function combine(factors: ReadonlyMap<number, Point>): Point {
  const owners = [...factors.keys()].sort((a, b) => a - b);
  return owners.reduce(
    (total, owner) => add(total, pow(factors.get(owner) ?? IDENTITY, lagrange(owners, owner))),
    IDENTITY,
  );
}
