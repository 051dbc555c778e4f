/** Sealed opinions of fixed length and the opening of their urn (contract §6). */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { concatBytes, decodeUtf8, fromBase64, toBase64, utf8ToBytes } from "./bytes.ts";
import { ProtocolError } from "./errors.ts";
import { decode, encode, type Point, powG, type Scalar, secretPow } from "./group.ts";
import { sha256Bytes, sha256Hex } from "./hash.ts";
import { asObject, asString, parseJson } from "./json.ts";
import { type Proof, prove, proveEqual, readProof, verifyEqual, verifyProof } from "./proofs.ts";
import { type Rng, randomScalar, shuffled } from "./random.ts";

/** Bytes of the JSON plaintext at most. */
export const OPINION_LIMIT = 1200;
/** Length of the padded plaintext, the same for every entry. */
const PADDED = 1216;

export const urnContext = (appraisal: string, publicKey: string): string =>
  `pingyi-urn-v1|${appraisal}|${publicKey}`;

const plaintext = (presenter: string, text: string): Uint8Array =>
  utf8ToBytes(JSON.stringify({ p: presenter, t: text }));

/** Whether a text fits; a form counts bytes as the person types. */
export const opinionFits = (presenter: string, text: string): boolean =>
  plaintext(presenter, text).length <= OPINION_LIMIT;

function keyAndNonce(context: string, alpha: string, k: Point): { key: Uint8Array; nonce: Uint8Array } {
  return {
    key: sha256Bytes(`pingyi-opinion-key-v1|${context}|${alpha}|${encode(k)}`),
    nonce: sha256Bytes(`pingyi-opinion-nonce-v1|${alpha}|${context}`).slice(0, 24),
  };
}

/** Seals one text to the joint key. @throws ProtocolError `opinion_too_long` */
export function sealOpinion(y: Point, context: string, presenter: string, text: string, rng: Rng): string {
  const bytes = plaintext(presenter, text);
  if (bytes.length > OPINION_LIMIT) throw new ProtocolError("opinion_too_long");
  const padded = concatBytes(
    new Uint8Array([bytes.length >> 8, bytes.length & 255]),
    bytes,
    new Uint8Array(PADDED - 2 - bytes.length),
  );
  const r = randomScalar(rng);
  const alpha = encode(powG(r));
  const { key, nonce } = keyAndNonce(context, alpha, secretPow(y, r));
  const data = toBase64(xchacha20poly1305(key, nonce, utf8ToBytes(context)).encrypt(padded));
  const proof = readProof(prove(pokPrefix(context, alpha, data), r, rng));
  return [alpha, scalarHex(proof.challenge), scalarHex(proof.response), data].join(".");
}

/** Of one length, whatever the number: entries must all be equally long. */
const scalarHex = (value: Scalar): string => value.toString(16).padStart(64, "0");

const pokPrefix = (context: string, alpha: string, data: string): string =>
  `pingyi-opinion-pok-v1|${context}|${alpha}|${sha256Hex(data)}|`;

/**
 * Whoever made the entry knows r. Without this a server could put the α of a ballot, shifted by a known
 * power, into the urn, and the tellers would open that ballot for it.
 */
export function isOpinionProven(context: string, wire: string): boolean {
  const [alpha = "", challenge = "", response = "", data = "", ...rest] = wire.split(".");
  const hex = /^[0-9a-f]{64}$/;
  if (rest.length > 0 || !hex.test(challenge) || !hex.test(response) || fromBase64(data) === null)
    return false;
  const proof = {
    challenge: BigInt(`0x${challenge}`).toString(),
    response: BigInt(`0x${response}`).toString(),
  };
  try {
    return verifyProof(pokPrefix(context, alpha, data), decode(alpha), proof);
  } catch {
    return false;
  }
}

/** One entry per presenter, empty ones too, in an order that tells nothing. */
export function sealBundle(
  y: Point,
  context: string,
  texts: readonly { presenter: string; text: string }[],
  rng: Rng,
): string[] {
  return shuffled(
    texts.map(({ presenter, text }) => sealOpinion(y, context, presenter, text, rng)),
    rng,
  );
}

/** Opens one entry with K; null for garbage. */
export function openOpinion(
  wire: string,
  context: string,
  k: Point,
): { presenter: string; text: string } | null {
  const [alpha = "", , , data = ""] = wire.split(".");
  const sealed = fromBase64(data);
  if (sealed === null) return null;
  const { key, nonce } = keyAndNonce(context, alpha, k);
  try {
    const padded = xchacha20poly1305(key, nonce, utf8ToBytes(context)).decrypt(sealed);
    const length = ((padded[0] ?? 0) << 8) | (padded[1] ?? 0);
    const raw = asObject(parseJson(decodeUtf8(padded.subarray(2, 2 + length))), "opinion");
    return { presenter: asString(raw.p, "p"), text: asString(raw.t, "t") };
  } catch {
    return null;
  }
}

export interface UrnOpening {
  context: string;
  /** Wire entries, sorted by the SHA-256 of each. */
  entries: readonly string[];
  owner: number;
  publicKey: string;
}

export interface UrnShare {
  factors: string[];
  proofs: Proof[];
}

/** Order of opening: by SHA-256, so that the order of arrival is lost. */
export const urnOrder = (entries: readonly string[]): string[] =>
  entries
    .map((entry) => ({ entry, hash: sha256Hex(entry) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .map(({ entry }) => entry);

const urnPrefix = (opening: UrnOpening, urnHash: string, k: number, alpha: string, factor: string): string =>
  `pingyi-urn-dec-v1|${opening.context}|${urnHash}|${opening.owner}|${k}|${opening.publicKey}|${alpha}|${factor}|`;

/** α of an entry. @throws ProtocolError `not_a_point` */
export const entryAlpha = (entry: string): Point => decode(entry.slice(0, 64));

/** A teller's factors for the urn; yields the number of entries done. */
export function* urnShareSteps(opening: UrnOpening, secret: Scalar, rng: Rng): Generator<number, UrnShare> {
  if (encode(powG(secret)) !== opening.publicKey) throw new ProtocolError("key_mismatch");
  const bad = opening.entries.findIndex((entry) => !isOpinionProven(opening.context, entry));
  if (bad >= 0) throw new ProtocolError("opinion_bad_proof", `entry ${bad}`);
  const urnHash = sha256Hex(opening.entries.join("\n"));
  const share: UrnShare = { factors: [], proofs: [] };
  for (const [k, entry] of opening.entries.entries()) {
    const alpha = entryAlpha(entry);
    const factor = encode(secretPow(alpha, secret));
    share.factors.push(factor);
    share.proofs.push(
      proveEqual(urnPrefix(opening, urnHash, k, entry.slice(0, 64), factor), alpha, secret, rng),
    );
    yield k + 1;
  }
  return share;
}

export function verifyUrnShare(opening: UrnOpening, share: UrnShare): boolean {
  const urnHash = sha256Hex(opening.entries.join("\n"));
  const x = decode(opening.publicKey);
  return opening.entries.every((entry, k) => {
    const factor = share.factors[k];
    const proof = share.proofs[k];
    if (factor === undefined || proof === undefined) return false;
    const prefix = urnPrefix(opening, urnHash, k, entry.slice(0, 64), factor);
    return verifyEqual(prefix, x, entryAlpha(entry), decode(factor), proof);
  });
}
