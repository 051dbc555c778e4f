/**
 * Secrets under a passphrase (contract §4): Argon2id, then XChaCha20-Poly1305. Used for a teller's
 * key file, the issuer's reprint file and the credentials of the paper station.
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { bytesToHex, decodeUtf8, hexToBytes, utf8ToBytes } from "./bytes.ts";
import { ProtocolError } from "./errors.ts";
import type { Rng } from "./random.ts";

/** The cost of one guess: memory in KiB, passes, lanes (OWASP's second recommendation). */
export interface Kdf {
  readonly name: "argon2id";
  readonly m: number;
  readonly t: number;
  readonly p: number;
  readonly salt: string;
}

export interface SealedSecret {
  readonly kdf: Kdf;
  readonly nonce: string;
  readonly sealed: string;
}

/** What a teller keeps. */
export interface TellerKeyFile extends SealedSecret {
  readonly pingyi: "teller-key";
  readonly version: 1;
  readonly appraisal: string;
  readonly index: number;
}

const COST = { m: 19_456, t: 2, p: 1 } as const;
/** A file may ask for more than ours, but not for so much that it stops the phone. */
const MOST = { m: 262_144, t: 16, p: 4 } as const;

function keyOf(passphrase: string, kdf: Kdf, progress?: (share: number) => void): Uint8Array {
  const { m, t, p, salt } = kdf;
  const options = { m, t, p, dkLen: 32 };
  // The same passphrase typed on another keyboard must give the same bytes.
  const text = utf8ToBytes(passphrase.normalize("NFKC"));
  return argon2id(text, hexToBytes(salt), progress ? { ...options, onProgress: progress } : options);
}

/** Seals `secret`. Takes about a second: call it in a worker. */
export function sealSecret(
  secret: string,
  passphrase: string,
  rng: Rng,
  progress?: (share: number) => void,
): SealedSecret {
  const kdf: Kdf = { name: "argon2id", ...COST, salt: bytesToHex(rng(16)) };
  const nonce = rng(24);
  const key = keyOf(passphrase, kdf, progress);
  const sealed = xchacha20poly1305(key, nonce).encrypt(utf8ToBytes(secret));
  return { kdf, nonce: bytesToHex(nonce), sealed: bytesToHex(sealed) };
}

/** @throws ProtocolError `wrong_passphrase`, or `bad_key_file` when the costs are out of bounds */
export function openSecret(
  file: SealedSecret,
  passphrase: string,
  progress?: (share: number) => void,
): string {
  const { m, t, p } = file.kdf;
  if (m > MOST.m || t > MOST.t || p > MOST.p) throw new ProtocolError("bad_key_file", "cost");
  const key = keyOf(passphrase, file.kdf, progress);
  try {
    return decodeUtf8(xchacha20poly1305(key, hexToBytes(file.nonce)).decrypt(hexToBytes(file.sealed)));
  } catch {
    throw new ProtocolError("wrong_passphrase");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isHex = (value: unknown): value is string =>
  typeof value === "string" && /^([0-9a-f]{2})+$/.test(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function readSealed(value: Record<string, unknown>): SealedSecret {
  const { kdf, nonce, sealed } = value;
  if (!isRecord(kdf) || kdf.name !== "argon2id" || !isHex(kdf.salt) || !isHex(nonce) || !isHex(sealed)) {
    throw new ProtocolError("bad_key_file", "fields");
  }
  const { m, t, p, salt } = kdf;
  if (!isCount(m) || !isCount(t) || !isCount(p)) throw new ProtocolError("bad_key_file", "kdf");
  if (nonce.length !== 48) throw new ProtocolError("bad_key_file", "nonce");
  return { kdf: { name: "argon2id", m, t, p, salt }, nonce, sealed };
}

/** Reads a file of the given kind; the extra fields come back beside the sealed part. */
export function readSealedFile(
  text: string,
  kind: string,
): { readonly fields: Record<string, unknown>; readonly sealed: SealedSecret } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError("bad_key_file", "not JSON");
  }
  if (!isRecord(value) || value.pingyi !== kind)
    throw new ProtocolError("bad_key_file", "another kind of file");
  if (value.version !== 1) throw new ProtocolError("bad_key_file", "version");
  return { fields: value, sealed: readSealed(value) };
}

/** @throws ProtocolError `bad_key_file` */
export function readTellerKeyFile(text: string): TellerKeyFile {
  const { fields, sealed } = readSealedFile(text, "teller-key");
  const { appraisal, index } = fields;
  if ((typeof appraisal !== "string" && typeof appraisal !== "number") || !isCount(index)) {
    throw new ProtocolError("bad_key_file", "whose key");
  }
  return { pingyi: "teller-key", version: 1, appraisal: String(appraisal), index, ...sealed };
}
