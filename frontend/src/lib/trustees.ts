/** `trustees.json` of a threshold key: `[["Pedersen",{…}]]`, read and verified whole (protocol.md §8.4, §8.5). */
import { readSigned } from "./channel.ts";
import { checkCerts, evaluateInExponent, readCoefexps } from "./dkg.ts";
import { ProtocolError } from "./errors.ts";
import { add, decode, encode, IDENTITY, isIdentity, type Point } from "./group.ts";
import { asArray, asInteger, asObject, asString, parseJson } from "./json.ts";
import { type Proof, verifyPok, verifySigned } from "./proofs.ts";

export interface Trustees {
  json: string;
  threshold: number;
  size: number;
  /** The joint key y. */
  key: Point;
  publicKey: string;
  /** X_j per teller, in order. */
  shares: string[];
}

export function readProofObject(value: unknown, place: string): Proof {
  const proof = asObject(value, place);
  return {
    challenge: asString(proof.challenge, `${place}.challenge`),
    response: asString(proof.response, `${place}.response`),
  };
}

/**
 * Every check of §8.5 and distinctness of all keys.
 * @throws ProtocolError with the code of the check that failed
 */
export function checkTrustees(json: string): Trustees {
  const [item, ...rest] = asArray(parseJson(json), "trustees");
  const [kind, body] = asArray(item, "trustees[0]");
  if (kind !== "Pedersen" || rest.length > 0) throw new ProtocolError("trustees_kind");
  const raw = asObject(body, "Pedersen");
  const certs = asArray(raw.certs, "certs").map((cert, i) => readSigned(cert, `certs[${i}]`));
  const threshold = asInteger(raw.threshold, "threshold");
  const size = certs.length;
  if (threshold < 1 || threshold > size) throw new ProtocolError("trustees_threshold");
  const ceremony = { size, threshold };
  const contents = checkCerts(certs, ceremony);
  const signed = asArray(raw.coefexps, "coefexps");
  const signatures = asArray(raw.signatures, "signatures");
  const keys = asArray(raw.verification_keys, "verification_keys");
  if (signed.length !== size || signatures.length !== size || keys.length !== size) {
    throw new ProtocolError("trustees_length");
  }
  const coefexps = contents.map((sender, i) =>
    readCoefexps(
      readSigned(signed[i], `coefexps[${i}]`),
      readProofObject(signatures[i], `signatures[${i}]`),
      certs,
      sender,
      ceremony,
      i + 1,
    ),
  );
  const shares = contents.map((sender, i) => {
    const place = `verification_keys[${i}]`;
    const key = asObject(keys[i], place);
    const publicKey = asString(key.public_key, place);
    const expected = coefexps.reduce((all, own) => add(all, evaluateInExponent(own, i + 1)), IDENTITY);
    if (publicKey !== encode(expected)) throw new ProtocolError("trustee_key", place);
    if (isIdentity(expected)) throw new ProtocolError("neutral_key", place);
    if (!verifyPok(publicKey, readProofObject(key.pok, place))) throw new ProtocolError("trustee_pok", place);
    if (!verifySigned(decode(sender.verification), publicKey, readProofObject(key.signature, place))) {
      throw new ProtocolError("trustee_signature", place);
    }
    return publicKey;
  });
  if (new Set(shares).size !== size) throw new ProtocolError("trustee_duplicate");
  const key = coefexps.reduce((all, own) => add(all, own[0] ?? IDENTITY), IDENTITY);
  return { json, threshold, size, key, publicKey: encode(key), shares };
}
