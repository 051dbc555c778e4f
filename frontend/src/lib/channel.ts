/** Signed and encrypted messages between tellers (protocol.md §8.1, the form of tools ≥ 3.1). */
import { gcm } from "@noble/ciphers/aes.js";
import { bytesToHex, decodeUtf8, hexToBytes, toBigInt, utf8ToBytes } from "./bytes.ts";
import { ProtocolError } from "./errors.ts";
import { add, decode, encode, mod, type Point, powG, type Scalar, secretPow, sub } from "./group.ts";
import { sha256Bytes } from "./hash.ts";
import { asObject, asString, parseJson } from "./json.ts";
import { type Signed, sign, verifySigned } from "./proofs.ts";
import { type Rng, randomScalar } from "./random.ts";

/** What a teller derives from the 22-character seed. */
export interface TellerKeys {
  signing: Scalar;
  decryption: Scalar;
  /** vk */
  verification: string;
  /** ek */
  encryption: string;
}

export function tellerKeys(seed: string): TellerKeys {
  const scalar = (tag: string) => mod(toBigInt(sha256Bytes(`${tag}|${seed}`)));
  const signing = scalar("sk");
  const decryption = scalar("dk");
  return { signing, decryption, verification: encode(powG(signing)), encryption: encode(powG(decryption)) };
}

const keyOf = (k: Point) => sha256Bytes(`key|${encode(k)}`);
const ivOf = (alpha: string) => sha256Bytes(`iv|${alpha}`);

function encrypt(recipient: Point, text: string, rng: Rng): string {
  const r = randomScalar(rng);
  const k = powG(randomScalar(rng));
  const alpha = encode(powG(r));
  const beta = encode(add(secretPow(recipient, r), k));
  const data = bytesToHex(gcm(keyOf(k), ivOf(alpha)).encrypt(utf8ToBytes(text)));
  return JSON.stringify({ algorithm: "AES-GCM", alpha, beta, data });
}

function decrypt(secret: Scalar, text: string): string {
  const message = asObject(parseJson(text), "channel message");
  if (message.algorithm !== "AES-GCM") throw new ProtocolError("channel_algorithm");
  const alpha = asString(message.alpha, "alpha");
  const k = sub(decode(asString(message.beta, "beta")), secretPow(decode(alpha), secret));
  try {
    return decodeUtf8(gcm(keyOf(k), ivOf(alpha)).decrypt(hexToBytes(asString(message.data, "data"))));
  } catch {
    throw new ProtocolError("channel_unreadable");
  }
}

/** Signs for one recipient, then encrypts to them. */
export function send(from: TellerKeys, to: string, message: string, rng: Rng): string {
  const signed = sign(from.signing, JSON.stringify({ recipient: to, message }), rng);
  return encrypt(decode(to), JSON.stringify(signed), rng);
}

export function readSigned(value: unknown, place: string): Signed {
  const signed = asObject(value, place);
  const signature = asObject(signed.signature, `${place}.signature`);
  return {
    message: asString(signed.message, `${place}.message`),
    signature: {
      challenge: asString(signature.challenge, `${place}.challenge`),
      response: asString(signature.response, `${place}.response`),
    },
  };
}

/**
 * Opens a message for `to` that must come from `sender`.
 * @throws ProtocolError `channel_algorithm`, `channel_unreadable`, `channel_signature`, `channel_recipient`
 */
export function receive(to: TellerKeys, sender: string, text: string): string {
  const signed = readSigned(parseJson(decrypt(to.decryption, text)), "channel content");
  if (!verifySigned(decode(sender), signed.message, signed.signature)) {
    throw new ProtocolError("channel_signature");
  }
  const inner = asObject(parseJson(signed.message), "channel content");
  if (inner.recipient !== to.encryption) throw new ProtocolError("channel_recipient");
  return asString(inner.message, "channel content");
}
