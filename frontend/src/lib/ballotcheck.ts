/** Reading and verifying ballots (protocol.md §6.6) for one-of-n questions without blank. */
import type { Election } from "./election.ts";
import { ProtocolError } from "./errors.ts";
import {
  commitment,
  decodeFast,
  encodeFast,
  FastBase,
  type FastPoint,
  fromPoint,
  identity,
  inSubgroupFast,
  minus,
  Powers,
  plus,
} from "./fastgroup.ts";
import { decode, G, mod, Q } from "./group.ts";
import { hashEncoded, sha256B64 } from "./hash.ts";
import { asArray, asObject, asString, type JsonObject, parseJson } from "./json.ts";
import { type Proof, readProof, verifyProof } from "./proofs.ts";
import { readProofObject } from "./trustees.ts";

export interface Ciphertext {
  alpha: string;
  beta: string;
}

export interface BallotAnswer {
  choices: Ciphertext[];
  individual_proofs: Proof[][];
  overall_proof: Proof[];
}

export interface ParsedBallot {
  json: string;
  credential: string;
  /** Per question. */
  answers: BallotAnswer[];
  signature: { hash: string; proof: Proof };
}

export function readCiphertext(value: unknown, place: string): Ciphertext {
  const raw = asObject(value, place);
  return { alpha: asString(raw.alpha, place), beta: asString(raw.beta, place) };
}

function readAnswer(value: unknown, place: string): BallotAnswer {
  const raw: JsonObject = asObject(value, place);
  const proofs = (list: unknown) => asArray(list, place).map((proof) => readProofObject(proof, place));
  return {
    choices: asArray(raw.choices, place).map((choice) => readCiphertext(choice, place)),
    individual_proofs: asArray(raw.individual_proofs, place).map(proofs),
    overall_proof: proofs(raw.overall_proof),
  };
}

const unsignedText = (election: Election, credential: string, answers: BallotAnswer[]): string =>
  JSON.stringify({ election_uuid: election.uuid, election_hash: election.fingerprint, credential, answers });

/**
 * Parses a ballot of this election and checks that writing it again gives the same bytes, that it names this election,
 * that every question has its shape and that the signature's hash is right. Proofs: {@link verifyBallot}.
 * @throws ProtocolError `ballot_malformed`, `ballot_wrong_box`, `ballot_not_canonical`, `ballot_hash`
 */
export function parseBallot(election: Election, json: string): ParsedBallot {
  const raw = asObject(parseJson(json), "ballot");
  if (raw.election_uuid !== election.uuid || raw.election_hash !== election.fingerprint) {
    throw new ProtocolError("ballot_wrong_box");
  }
  const credential = asString(raw.credential, "credential");
  const answers = asArray(raw.answers, "answers").map((answer, i) => readAnswer(answer, `answers[${i}]`));
  const sign = asObject(raw.signature, "signature");
  const signature = { hash: asString(sign.hash, "hash"), proof: readProofObject(sign.proof, "signature") };
  const unsigned = unsignedText(election, credential, answers);
  if (`${unsigned.slice(0, -1)},"signature":${JSON.stringify(signature)}}` !== json) {
    throw new ProtocolError("ballot_not_canonical");
  }
  const shaped =
    answers.length === election.questions.length &&
    answers.every((answer, i) => {
      const size = election.questions[i]?.answers.length;
      return (
        answer.choices.length === size &&
        answer.individual_proofs.length === size &&
        answer.individual_proofs.every((proofs) => proofs.length === 2) &&
        answer.overall_proof.length === 1
      );
    });
  if (!shaped) throw new ProtocolError("ballot_malformed");
  if (signature.hash !== sha256B64(unsigned)) throw new ProtocolError("ballot_hash");
  return { json, credential, answers, signature };
}

/** Bases that every ballot of a box shares. */
export interface Bases {
  g: FastBase;
  y: FastBase;
}

const g = fromPoint(G);

export const basesOf = (election: Election): Bases => ({
  g: new FastBase(g),
  y: new FastBase(fromPoint(election.key)),
});

/** A ciphertext, read. */
interface Pair {
  alpha: FastPoint;
  beta: FastPoint;
}

/** Commitments of one branch: A = g^z α^c, B = y^z (β/g^M)^c. */
const branch = (bases: Bases, alpha: Powers, beta: Powers, proof: Proof): FastPoint[] => {
  const { challenge, response } = readProof(proof);
  return [commitment(bases.g, response, alpha, challenge), commitment(bases.y, response, beta, challenge)];
};

/** The four commitments of an individual proof: for 0 and for 1. */
function individual(bases: Bases, { alpha, beta }: Pair, proofs: readonly Proof[]): FastPoint[] {
  const powers = new Powers(alpha);
  const [zero, one] = proofs as [Proof, Proof];
  return [
    ...branch(bases, powers, new Powers(beta), zero),
    ...branch(bases, powers, new Powers(minus(beta, g)), one),
  ];
}

const sumOf = (points: readonly FastPoint[]): FastPoint =>
  points.reduce((total, point) => plus(total, point), identity());

/** Verifies one question: an individual proof per answer, and that exactly one is marked. */
function verifyAnswer(bases: Bases, s0: string, answer: BallotAnswer, subgroup: boolean): boolean {
  const pairs = answer.choices.map(({ alpha, beta }) => ({
    alpha: decodeFast(alpha),
    beta: decodeFast(beta),
  }));
  if (subgroup && !pairs.every(({ alpha, beta }) => inSubgroupFast(alpha, Q) && inSubgroupFast(beta, Q))) {
    return false;
  }
  const alpha = sumOf(pairs.map((pair) => pair.alpha));
  const beta = sumOf(pairs.map((pair) => pair.beta));
  const overall = answer.overall_proof[0] as Proof;
  const points = [
    ...pairs.flatMap((pair, k) => individual(bases, pair, answer.individual_proofs[k] ?? [])),
    ...branch(bases, new Powers(alpha), new Powers(minus(beta, g)), overall),
  ];
  const encoded = encodeFast([...points, alpha, beta]);
  const [alphaText, betaText] = encoded.slice(-2);
  const s = `${s0}|${answer.choices.map((cipher) => `${cipher.alpha},${cipher.beta}`).join(",")}`;
  const fits = answer.choices.every((cipher, k) => {
    const sum = (answer.individual_proofs[k] ?? []).reduce(
      (total, proof) => mod(total + readProof(proof).challenge),
      0n,
    );
    const prefix = `prove|${s0}|${cipher.alpha},${cipher.beta}|`;
    return hashEncoded(prefix, encoded.slice(4 * k, 4 * k + 4)) === sum;
  });
  const at = 4 * answer.choices.length;
  const total = hashEncoded(`prove|${s}|${alphaText},${betaText}|`, encoded.slice(at, at + 2));
  return fits && total === readProof(overall).challenge;
}

export interface VerifyOptions {
  /**
   * Whether every point is checked to lie in the prime-order subgroup (default). Whoever checks the subgroup on the
   * *product* of all ballots (`tallySteps` does) may leave it out: the proofs hold for the prime-order parts whatever
   * torsion is added, and added torsion shows in the product.
   */
  subgroup: boolean;
}

/** Verifies signature and all proofs; one question per step. Returns whether everything holds. */
export function* verifyBallot(
  election: Election,
  ballot: ParsedBallot,
  bases: Bases = basesOf(election),
  options: VerifyOptions = { subgroup: true },
): Generator<number, boolean> {
  const { hash, proof } = ballot.signature;
  if (!verifyProof(`sig|${hash}|`, decode(ballot.credential), proof)) return false;
  const s0 = `${election.fingerprint}|${ballot.credential}`;
  for (const [i, answer] of ballot.answers.entries()) {
    if (!verifyAnswer(bases, s0, answer, options.subgroup)) return false;
    yield i + 1;
  }
  return true;
}
