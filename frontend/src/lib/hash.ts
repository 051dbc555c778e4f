/** Hashes of protocol.md §3. Everything is over the UTF-8 bytes of the text. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, toBase64, toBigInt, utf8ToBytes } from "./bytes.ts";
import { encodeAll, mod, type Point, type Scalar } from "./group.ts";

export const sha256Bytes = (data: string | Uint8Array): Uint8Array =>
  sha256(typeof data === "string" ? utf8ToBytes(data) : data);

export const sha256Hex = (data: string | Uint8Array): string => bytesToHex(sha256Bytes(data));

/** 43 characters of Base64 without padding: fingerprints and trackers. */
export const sha256B64 = (data: string | Uint8Array): string => toBase64(sha256Bytes(data));

/** The hash as a big-endian integer modulo q. */
export const hashScalar = (text: string): Scalar => mod(toBigInt(sha256Bytes(text)));

/** Hq(prefix; points) where the points are already encoded. */
export const hashEncoded = (prefix: string, encoded: readonly string[]): Scalar =>
  hashScalar(prefix + encoded.join(","));

/** Hq(prefix; points) of protocol.md §3.1. */
export const hashToScalar = (prefix: string, points: readonly Point[]): Scalar =>
  hashEncoded(prefix, encodeAll(points));
