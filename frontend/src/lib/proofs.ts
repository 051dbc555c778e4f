/** Proofs of knowledge and of equal logarithms, in "challenge, response" form (protocol.md §3.1). */
import {
  decode,
  doublePow,
  encode,
  encodeAll,
  G,
  GROUP,
  mod,
  type Point,
  parseScalar,
  powG,
  type Scalar,
  scalarText,
  secretPow,
} from "./group.ts";
import { hashEncoded } from "./hash.ts";
import { type Rng, randomScalar } from "./random.ts";

/** As it travels: decimals. */
export interface Proof {
  challenge: string;
  response: string;
}

/** A signed text: `sign(sk, M)` of protocol.md §8.1. */
export interface Signed {
  message: string;
  signature: Proof;
}

export const proofOf = (challenge: Scalar, response: Scalar): Proof => ({
  challenge: scalarText(challenge),
  response: scalarText(response),
});

/** Both numbers in [0, q). @throws ProtocolError `not_a_scalar` */
export const readProof = (proof: Proof): { challenge: Scalar; response: Scalar } => ({
  challenge: parseScalar(proof.challenge),
  response: parseScalar(proof.response),
});

/** Schnorr proof of the logarithm of g^secret under a prefix. */
export function prove(prefix: string, secret: Scalar, rng: Rng): Proof {
  const w = randomScalar(rng);
  const challenge = hashEncoded(prefix, [encode(powG(w))]);
  return proofOf(challenge, mod(w - secret * challenge));
}

/** Reverse of {@link prove}: A = g^response · X^challenge must hash to the challenge. */
export function verifyProof(prefix: string, publicKey: Point, proof: Proof): boolean {
  const { challenge, response } = readProof(proof);
  const commitment = doublePow(G, response, publicKey, challenge);
  return hashEncoded(prefix, [encode(commitment)]) === challenge;
}

export const provePok = (secret: Scalar, publicKey: string, rng: Rng): Proof =>
  prove(`pok|${GROUP}|${publicKey}|`, secret, rng);

export const verifyPok = (publicKey: string, proof: Proof): boolean =>
  verifyProof(`pok|${GROUP}|${publicKey}|`, decode(publicKey), proof);

export const sign = (secret: Scalar, message: string, rng: Rng): Signed => ({
  message,
  signature: signDetached(secret, message, rng),
});

export const signDetached = (secret: Scalar, message: string, rng: Rng): Proof =>
  prove(`sigmsg|${message}|`, secret, rng);

export const verifySigned = (verification: Point, message: string, signature: Proof): boolean =>
  verifyProof(`sigmsg|${message}|`, verification, signature);

/** Proof that log_g X = log_α F under a prefix; `first`/`second` are g^x and α^x. */
export function proveEqual(prefix: string, alpha: Point, secret: Scalar, rng: Rng): Proof {
  const w = randomScalar(rng);
  const challenge = hashEncoded(prefix, encodeAll([powG(w), secretPow(alpha, w)]));
  return proofOf(challenge, mod(w - secret * challenge));
}

/** Checks A = g^z X^c, B = α^z F^c against the challenge. */
export function verifyEqual(
  prefix: string,
  publicKey: Point,
  alpha: Point,
  factor: Point,
  proof: Proof,
): boolean {
  const { challenge, response } = readProof(proof);
  const commitments = [
    doublePow(G, response, publicKey, challenge),
    doublePow(alpha, response, factor, challenge),
  ];
  return hashEncoded(prefix, encodeAll(commitments)) === challenge;
}
