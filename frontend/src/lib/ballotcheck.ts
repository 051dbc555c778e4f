/** Reading and verifying ballots (protocol.md §6.6) for one-of-n questions without blank. */
import type { Election } from "./election.ts";
import { ProtocolError } from "./errors.ts";
import {
  add,
  decode,
  decodeUnchecked,
  encodeAll,
  FixedBase,
  G,
  mod,
  type Point,
  pow,
  powG,
  type Scalar,
  sub,
} from "./group.ts";
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
  g: (exponent: Scalar) => Point;
  y: FixedBase;
}

export const basesOf = (election: Election): Bases => ({ g: powG, y: new FixedBase(election.key) });

function verifyIndividual(bases: Bases, s0: string, cipher: Ciphertext, proofs: Proof[]): boolean {
  const alpha = decode(cipher.alpha);
  const beta = decode(cipher.beta);
  const read = proofs.map(readProof);
  const points = read.flatMap(({ challenge, response }, i) => [
    add(bases.g(response), pow(alpha, challenge)),
    add(bases.y.pow(response), pow(i === 0 ? beta : sub(beta, G), challenge)),
  ]);
  const sum = read.reduce((total, { challenge }) => mod(total + challenge), 0n);
  return hashEncoded(`prove|${s0}|${cipher.alpha},${cipher.beta}|`, encodeAll(points)) === sum;
}

function verifyOverall(bases: Bases, s: string, choices: Ciphertext[], proof: Proof): boolean {
  const sum = (side: "alpha" | "beta") =>
    choices.map((choice) => decodeUnchecked(choice[side])).reduce((total, point) => add(total, point));
  const alpha = sum("alpha");
  const beta = sum("beta");
  const { challenge, response } = readProof(proof);
  const commitments = [
    add(bases.g(response), pow(alpha, challenge)),
    add(bases.y.pow(response), pow(sub(beta, G), challenge)),
  ];
  const [alphaText, betaText] = encodeAll([alpha, beta]);
  return hashEncoded(`prove|${s}|${alphaText},${betaText}|`, encodeAll(commitments)) === challenge;
}

/** Verifies signature and all proofs; one question per step. Returns whether everything holds. */
export function* verifyBallot(
  election: Election,
  ballot: ParsedBallot,
  bases: Bases = basesOf(election),
): Generator<number, boolean> {
  const { hash, proof } = ballot.signature;
  if (!verifyProof(`sig|${hash}|`, decode(ballot.credential), proof)) return false;
  const s0 = `${election.fingerprint}|${ballot.credential}`;
  for (const [i, answer] of ballot.answers.entries()) {
    const s = `${s0}|${answer.choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(",")}`;
    const fine =
      answer.choices.every((cipher, k) =>
        verifyIndividual(bases, s0, cipher, answer.individual_proofs[k] ?? []),
      ) && verifyOverall(bases, s, answer.choices, answer.overall_proof[0] as Proof);
    if (!fine) return false;
    yield i + 1;
  }
  return true;
}
