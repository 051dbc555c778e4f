/** Randomness always comes in as an {@link Rng}, so that tests can fix it and a challenge can reveal it. */
import { chacha20 } from "@noble/ciphers/chacha.js";
import { toBigInt } from "./bytes.ts";
import { mod, type Scalar } from "./group.ts";

/** Gives that many fresh bytes. */
export type Rng = (length: number) => Uint8Array;

/** The device's generator (`crypto.getRandomValues`, there on plain http too). */
export const systemRng: Rng = (length) => {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(out.subarray(at, at + 65536));
  return out;
};

/**
 * The ChaCha20 key stream (nonce of twelve zero bytes, counter from 0) of a 32-byte seed.
 * The whole sequence is a function of the seed: that is what lets a challenge fit into one QR code.
 */
export function seededRng(seed: Uint8Array): Rng {
  const nonce = new Uint8Array(12);
  const size = 4096;
  let block = new Uint8Array(0);
  let counter = 0;
  let used = 0;
  return (length) => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (used === block.length) {
        block = chacha20(seed, nonce, new Uint8Array(size), undefined, counter);
        counter += size / 64;
        used = 0;
      }
      const take = Math.min(length - at, block.length - used);
      out.set(block.subarray(used, used + take), at);
      used += take;
      at += take;
    }
    return out;
  };
}

/** Uniform in [0, q): 64 bytes reduced, bias below 2^-250. */
export const randomScalar = (rng: Rng): Scalar => mod(toBigInt(rng(64)));

/** Uniform in [0, bound) for bound ≤ 65,536, by rejection. */
export function randomBelow(bound: number, rng: Rng): number {
  const limit = 65536 - (65536 % bound);
  for (;;) {
    const [high = 0, low = 0] = rng(2);
    const value = high * 256 + low;
    if (value < limit) return value % bound;
  }
}

export const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export function randomBase58(length: number, rng: Rng): string {
  let out = "";
  while (out.length < length) out += BASE58.charAt(randomBelow(58, rng));
  return out;
}

/** A shuffled copy (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = randomBelow(i + 1, rng);
    const a = out[i] as T;
    out[i] = out[j] as T;
    out[j] = a;
  }
  return out;
}
