/** Challenging the device: opening a ballot that will never be cast, and checking it elsewhere (contract §5). */
import { type Encrypted, encryptSteps, tracker } from "./ballot.ts";
import { parseBallot } from "./ballotcheck.ts";
import { bytesToHex, fromBase64, fromBase64Url, hexToBytes, toBase64, toBase64Url } from "./bytes.ts";
import { isUuid } from "./credential.ts";
import { type Election, parseElection } from "./election.ts";
import { ProtocolError } from "./errors.ts";
import { add, encodeAll, FixedBase, G, parseScalar, powG } from "./group.ts";
import { asArray, asObject, asString, parseJson, stringsOf } from "./json.ts";

export interface Opening {
  /** φ */
  election: string;
  /** Tracker of the spoiled ballot's JSON. */
  ballot: string;
  credential: string;
  randomness: string[][];
}

export interface ChallengeFile {
  pingyi: "challenge";
  election: string;
  ballot: string;
  opening: Opening;
}

/** What a challenge was found to hold. */
export interface Opened {
  election: Election;
  /** The commitment that must have stood on the phone before the choice. */
  hash: string;
  /** Index of the marked answer per question. */
  choices: number[];
}

/** The ballot with an empty signature: it opens, and nobody can cast it. */
const spoiled = (encrypted: Pick<Encrypted, "unsigned" | "hash">): string =>
  `${encrypted.unsigned.slice(0, -1)},"signature":{"hash":"${encrypted.hash}","proof":{"challenge":"0","response":"0"}}}`;

export function makeChallenge(election: Election, encrypted: Encrypted, credential: string): ChallengeFile {
  const ballot = spoiled(encrypted);
  return {
    pingyi: "challenge",
    election: election.json,
    ballot,
    opening: {
      election: election.fingerprint,
      ballot: tracker(ballot),
      credential,
      randomness: encrypted.randomness,
    },
  };
}

/** Recomputes one question's ciphertexts; the index of the marked answer. */
function openQuestion(
  y: FixedBase,
  choices: readonly { alpha: string; beta: string }[],
  randomness: readonly string[],
  place: string,
): number {
  const points = choices.flatMap((_, a) => {
    const r = parseScalar(randomness[a] ?? "");
    const plain = y.pow(r);
    return [powG(r), plain, add(plain, G)];
  });
  const encoded = encodeAll(points);
  const marks = choices.map(({ alpha, beta }, a) => {
    const [expected, zero, one] = encoded.slice(3 * a, 3 * a + 3);
    if (alpha !== expected || (beta !== zero && beta !== one))
      throw new ProtocolError("opening_wrong", place);
    return beta === one;
  });
  if (marks.filter(Boolean).length !== 1) throw new ProtocolError("opening_wrong", place);
  return marks.indexOf(true);
}

/**
 * Checks a challenge file on its own, without network.
 * @throws ProtocolError `bad_json`, `ballot_…`, `opening_wrong` naming the question
 */
export function checkChallengeFile(text: string): Opened {
  const file = asObject(parseJson(text), "challenge");
  if (file.pingyi !== "challenge") throw new ProtocolError("bad_json", "not a challenge file");
  const election = parseElection(asString(file.election, "election"));
  const json = asString(file.ballot, "ballot");
  const opening = asObject(file.opening, "opening");
  const ballot = parseBallot(election, json);
  if (
    opening.election !== election.fingerprint ||
    opening.ballot !== tracker(json) ||
    opening.credential !== ballot.credential
  ) {
    throw new ProtocolError("opening_wrong", "names another ballot");
  }
  const randomness = asArray(opening.randomness, "randomness").map((row) => stringsOf(row, "randomness"));
  const y = new FixedBase(election.key);
  const choices = ballot.answers.map((answer, q) =>
    openQuestion(y, answer.choices, randomness[q] ?? [], election.questions[q]?.question ?? ""),
  );
  return { election, hash: ballot.signature.hash, choices };
}

/** What stands in the QR symbol. */
export interface ChallengeLink {
  uuid: string;
  hash: string;
  credential: string;
  seed: Uint8Array;
  choices: number[];
}

/** The fragment of a link to `/challenge`. */
export function challengeFragment(link: ChallengeLink): string {
  const hash = fromBase64(link.hash) ?? new Uint8Array(0);
  return [
    "1",
    link.uuid,
    toBase64Url(hash),
    toBase64Url(hexToBytes(link.credential)),
    toBase64Url(link.seed),
    link.choices.map((choice) => choice.toString(36)).join(""),
  ].join(".");
}

/** Reads {@link challengeFragment}; null for anything else. */
export function parseChallengeFragment(fragment: string): ChallengeLink | null {
  const [version, uuid = "", hash = "", credential = "", seed = "", choices = "", ...rest] =
    fragment.split(".");
  const [h, c, s] = [hash, credential, seed].map(fromBase64Url);
  if (version !== "1" || rest.length > 0 || !isUuid(uuid) || !/^[0-9a-z]+$/.test(choices)) return null;
  if (!h || !c || !s || [h, c, s].some((bytes) => bytes.length !== 32)) return null;
  return {
    uuid,
    hash: toBase64(h),
    credential: bytesToHex(c),
    seed: s,
    choices: [...choices].map((digit) => Number.parseInt(digit, 36)),
  };
}

/**
 * Makes the ballot again from the link, one question per step; it must have the hash that the phone showed.
 * @throws ProtocolError `ballot_wrong_box`, `bad_choice`, `opening_wrong`
 */
export function* checkChallengeLink(election: Election, link: ChallengeLink): Generator<number, Opened> {
  if (election.uuid !== link.uuid) throw new ProtocolError("ballot_wrong_box");
  const again = yield* encryptSteps(election, link.credential, link.choices, link.seed);
  if (again.hash !== link.hash) throw new ProtocolError("opening_wrong", "the code differs");
  return { election, hash: again.hash, choices: link.choices };
}
