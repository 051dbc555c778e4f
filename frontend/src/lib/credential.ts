/** Private credentials of 22 characters and what is derived from them (protocol.md §5.3). */
import { ProtocolError } from "./errors.ts";
import { encode, mod, powG, type Scalar } from "./group.ts";
import { sha256Hex } from "./hash.ts";
import { BASE58, type Rng, randomBase58 } from "./random.ts";

/** `XXXXX-XXXXXX-XXXXX-XXXXXX`; only {@link parseCredential} and {@link newCredential} make one. */
export type Credential = string & { readonly brand: "Credential" };

const FORM = new RegExp(`^[${BASE58}]{5}-[${BASE58}]{6}-[${BASE58}]{5}-[${BASE58}]{6}$`);
const UUID = new RegExp(`^[${BASE58}]{14,}$`);

export const isUuid = (text: string): boolean => UUID.test(text);

/** 22 random Base58 characters: a teller's seed too (protocol.md §8.1). */
export const newSeed = (rng: Rng): string => randomBase58(22, rng);

/** 22 characters in groups of 5-6-5-6. */
export const grouped = (raw: string): string =>
  [raw.slice(0, 5), raw.slice(5, 11), raw.slice(11, 16), raw.slice(16)].join("-");

export const newCredential = (rng: Rng): Credential => grouped(newSeed(rng)) as Credential;

/** @throws ProtocolError `bad_credential` */
export function parseCredential(text: string): Credential {
  if (!FORM.test(text)) throw new ProtocolError("bad_credential");
  return text as Credential;
}

export interface Correction {
  /** Present when the text is a whole credential after correction. */
  credential: Credential | null;
  /** The characters kept, in groups as far as they go: what the field may show. */
  shown: string;
  /** Number of valid characters, at most 22. */
  length: number;
  /** Characters that occur in no credential and have no single reading. */
  foreign: string[];
}

/**
 * Reads what a person typed from a slip. Base58 leaves out 0, O, I and l because they look alike on paper: a typed
 * `0` or `O` can only be `o`, an `I` or `l` only be `1`. Full-width forms, spaces and dashes of every kind are
 * folded. Upper and lower case differ and are never changed beyond that.
 */
export function correctTyped(text: string): Correction {
  const folded = text.normalize("NFKC").replace(/[\s\-‐-―−_.,，。、·|/\\]+/g, "");
  let raw = "";
  const foreign: string[] = [];
  for (const char of folded) {
    const read = char === "0" || char === "O" ? "o" : char === "I" || char === "l" ? "1" : char;
    if (BASE58.includes(read)) raw += read;
    else foreign.push(char);
  }
  const kept = raw.slice(0, 22);
  const parts = [kept.slice(0, 5), kept.slice(5, 11), kept.slice(11, 16), kept.slice(16)];
  const shown = parts.filter((part) => part !== "").join("-");
  const whole = raw.length === 22 && foreign.length === 0;
  return { credential: whole ? (grouped(raw) as Credential) : null, shown, length: raw.length, foreign };
}

/** The secret exponent: 512 bits of SHA-256 modulo q. */
export function credentialSecret(uuid: string, credential: Credential): Scalar {
  const half = (i: number) => sha256Hex(`derive_credential|${uuid}|${i}|${credential}`);
  return mod(BigInt(`0x${half(0)}${half(1)}`));
}

/** The public credential: all that the server ever learns. */
export const publicCredential = (uuid: string, credential: Credential): string =>
  encode(powG(credentialSecret(uuid, credential)));
