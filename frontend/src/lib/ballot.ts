/**
 * Sealing a ballot whose every question is one-of-n (protocol.md §6).
 *
 * The prover knows r, so every commitment can be written with the two fixed bases g and y: for the false branch of an
 * individual proof, A = g^z α^c = g^u and B = y^z (β/g^M)^c = y^u g^((m−M)c) with u = z + rc. u is drawn at random
 * and z computed from it, which gives the same distribution and needs no power of a third base.
 */
import type { Election, Question } from "./election.ts";
import { ProtocolError } from "./errors.ts";
import {
  add,
  encodeAll,
  FixedBase,
  G,
  IDENTITY,
  mod,
  type Point,
  powG,
  type Scalar,
  scalarText,
} from "./group.ts";
import { hashEncoded, sha256B64 } from "./hash.ts";
import { prove } from "./proofs.ts";
import { type Rng, randomScalar, seededRng } from "./random.ts";

export interface Encrypted {
  /** Compact JSON of the ballot without the member `signature`. */
  unsigned: string;
  /** The commitment: Base64 SHA-256 of `unsigned`; it is the `signature.hash` of the finished ballot. */
  hash: string;
  /** Decimal r per question and answer: what a challenge reveals. */
  randomness: string[][];
}

interface Cell {
  r: Scalar;
  marked: boolean;
  points: Point[];
  w: Scalar;
  u: Scalar;
  falseChallenge: Scalar;
}

function makeCell(marked: boolean, y: FixedBase, rng: Rng): Cell {
  const [r, w, u, falseChallenge] = [
    randomScalar(rng),
    randomScalar(rng),
    randomScalar(rng),
    randomScalar(rng),
  ];
  const beta = y.pow(r);
  // m − M of the false branch: 1 where the answer is marked (M = 0), −1 where it is not (M = 1).
  const shift = powG(marked ? falseChallenge : mod(-falseChallenge));
  const whenTrue = [powG(w), y.pow(w)];
  const whenFalse = [powG(u), add(y.pow(u), shift)];
  const commitments = marked ? [...whenFalse, ...whenTrue] : [...whenTrue, ...whenFalse];
  return { r, marked, points: [powG(r), marked ? add(beta, G) : beta, ...commitments], w, u, falseChallenge };
}

const proofText = (challenge: Scalar, response: Scalar): string =>
  `{"challenge":"${scalarText(challenge)}","response":"${scalarText(response)}"}`;

function individualProof(cell: Cell, encoded: string[], s0: string): string {
  const [alpha = "", beta = "", ...commitments] = encoded;
  const total = hashEncoded(`prove|${s0}|${alpha},${beta}|`, commitments);
  const challenge = mod(total - cell.falseChallenge);
  const whenTrue = proofText(challenge, mod(cell.w - cell.r * challenge));
  const whenFalse = proofText(cell.falseChallenge, mod(cell.u - cell.r * cell.falseChallenge));
  return cell.marked ? `[${whenFalse},${whenTrue}]` : `[${whenTrue},${whenFalse}]`;
}

function sealQuestion(
  question: Question,
  choice: number,
  y: FixedBase,
  s0: string,
  rng: Rng,
): { text: string; randomness: string[] } {
  if (!Number.isInteger(choice) || choice < 0 || choice >= question.answers.length) {
    throw new ProtocolError("bad_choice", question.question);
  }
  const cells = question.answers.map((_, i) => makeCell(i === choice, y, rng));
  const w = randomScalar(rng);
  const sum = (k: number) => cells.reduce((total, cell) => add(total, cell.points[k] ?? IDENTITY), IDENTITY);
  const encoded = encodeAll([...cells.flatMap((cell) => cell.points), sum(0), sum(1), powG(w), y.pow(w)]);
  const of = (i: number) => encoded.slice(6 * i, 6 * i + 6);
  const [alphaSum = "", betaSum = "", commitA = "", commitB = ""] = encoded.slice(6 * cells.length);

  const s = `${s0}|${cells.map((_, i) => of(i).slice(0, 2).join(",")).join(",")}`;
  const overall = hashEncoded(`prove|${s}|${alphaSum},${betaSum}|`, [commitA, commitB]);
  const total = cells.reduce((all, cell) => all + cell.r, 0n);
  const choices = cells.map((_, i) => `{"alpha":"${of(i)[0]}","beta":"${of(i)[1]}"}`);
  const proofs = cells.map((cell, i) => individualProof(cell, of(i), s0));
  const text = `{"choices":[${choices.join(",")}],"individual_proofs":[${proofs.join(",")}],"overall_proof":[${proofText(overall, mod(w - total * overall))}]}`;
  return { text, randomness: cells.map((cell) => scalarText(cell.r)) };
}

/**
 * Encrypts and proves, one question per step; yields the number of questions done. Everything random comes from the
 * seed in a fixed order (per answer r, w, u, c; then the w of the overall proof), so the seed, the choices and the
 * public credential give back exactly this text.
 * @throws ProtocolError `bad_choice`
 */
export function* encryptSteps(
  election: Election,
  publicCredential: string,
  choices: readonly number[],
  seed: Uint8Array,
): Generator<number, Encrypted> {
  if (choices.length !== election.questions.length) throw new ProtocolError("bad_choice", "number of marks");
  const rng = seededRng(seed);
  const y = new FixedBase(election.key);
  const s0 = `${election.fingerprint}|${publicCredential}`;
  const answers: string[] = [];
  const randomness: string[][] = [];
  for (const [i, question] of election.questions.entries()) {
    const sealed = sealQuestion(question, choices[i] ?? -1, y, s0, rng);
    answers.push(sealed.text);
    randomness.push(sealed.randomness);
    yield i + 1;
  }
  const unsigned = `{"election_uuid":"${election.uuid}","election_hash":"${election.fingerprint}","credential":"${publicCredential}","answers":[${answers.join(",")}]}`;
  return { unsigned, hash: sha256B64(unsigned), randomness };
}

/** Runs a generator to its end. */
export function finish<P, T>(steps: Generator<P, T>, progress?: (done: P) => void): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    progress?.(step.value);
  }
}

/** Adds the signature (protocol.md §6.5): the finished ballot, exact bytes. The nonce must not come from the seed. */
export function signBallot(
  encrypted: Pick<Encrypted, "unsigned" | "hash">,
  secret: Scalar,
  rng: Rng,
): string {
  const proof = prove(`sig|${encrypted.hash}|`, secret, rng);
  const signature = `{"hash":"${encrypted.hash}","proof":{"challenge":"${proof.challenge}","response":"${proof.response}"}}`;
  return `${encrypted.unsigned.slice(0, -1)},"signature":${signature}}`;
}

/** The tracker of a finished ballot. */
export const tracker = (ballot: string): string => sha256B64(ballot);
