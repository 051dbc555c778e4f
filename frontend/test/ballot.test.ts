import assert from "node:assert/strict";
import { test } from "node:test";
import { encryptSteps, finish, signBallot, tracker } from "../src/lib/ballot.ts";
import { parseBallot, verifyBallot } from "../src/lib/ballotcheck.ts";
import {
  type ChallengeFile,
  challengeFragment,
  checkChallengeFile,
  checkChallengeLink,
  makeChallenge,
  parseChallengeFragment,
} from "../src/lib/challenge.ts";
import { credentialSecret, newCredential, publicCredential } from "../src/lib/credential.ts";
import type { Election } from "../src/lib/election.ts";
import { ProtocolError } from "../src/lib/errors.ts";
import { decode, encode, isIdentity, parseScalar, powG, Q, secretPow, sub } from "../src/lib/group.ts";
import { sha256B64 } from "../src/lib/hash.ts";
import { randomScalar } from "../src/lib/random.ts";
import { fixture, testElection, testRng, testSeed, UUID } from "./support.ts";

const rng = testRng("ballot");
const secret = randomScalar(rng);
const election = testElection(encode(powG(secret)), 3);
const credential = newCredential(rng);
const publicKey = publicCredential(UUID, credential);
const choices = [0, 3, 1];
const encrypted = finish(encryptSteps(election, publicKey, choices, testSeed("ballot")));
const json = signBallot(encrypted, credentialSecret(UUID, credential), rng);

const holds = (in_: Election, text: string): boolean => {
  try {
    return finish(verifyBallot(in_, parseBallot(in_, text)));
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
};

test("a sealed ballot is canonical, verifies and holds the marks", () => {
  const ballot = parseBallot(election, json);
  assert.equal(finish(verifyBallot(election, ballot)), true);
  assert.equal(ballot.signature.hash, encrypted.hash);
  assert.equal(tracker(json), sha256B64(json));
  ballot.answers.forEach((answer, q) => {
    answer.choices.forEach(({ alpha, beta }, a) => {
      const plain = sub(decode(beta), secretPow(decode(alpha), secret));
      assert.equal(isIdentity(plain) ? 0 : 1, a === choices[q] ? 1 : 0);
      assert.equal(alpha, encode(powG(parseScalar(encrypted.randomness[q]?.[a] ?? ""))));
    });
  });
});

test("the seed gives back the same text; another seed another", () => {
  const again = finish(encryptSteps(election, publicKey, choices, testSeed("ballot")));
  assert.equal(again.unsigned, encrypted.unsigned);
  const other = finish(encryptSteps(election, publicKey, choices, testSeed("other")));
  assert.notEqual(other.hash, encrypted.hash);
});

test("progress counts the questions", () => {
  const seen: number[] = [];
  finish(encryptSteps(election, publicKey, choices, testSeed("ballot")), (done) => seen.push(done));
  assert.deepEqual(seen, [1, 2, 3]);
});

test("every number of a ballot matters", () => {
  const numbers = [...json.matchAll(/"(?:challenge|response)":"(\d+)"/g)];
  assert.equal(numbers.length, 3 * (4 * 2 + 1) * 2 + 2);
  for (const match of numbers.filter((_, i) => i % 5 === 0).concat(numbers.slice(-2))) {
    const at = (match.index ?? 0) + match[0].length - 2;
    const digit = json.charAt(at) === "7" ? "8" : "7";
    const changed = json.slice(0, at) + digit + json.slice(at + 1);
    const unsigned = changed.slice(0, changed.indexOf(',"signature"'));
    // With the hash put right too, so that it is the proof that refuses.
    const fixed = changed.replace(/"hash":"[^"]*"/, `"hash":"${sha256B64(`${unsigned}}`)}"`);
    assert.equal(holds(election, changed), false, match[0]);
    assert.equal(holds(election, fixed), false, match[0]);
  }
});

test("a ballot of another box, with other bytes or an unsound shape is refused", () => {
  const other = testElection(election.publicKey, 4);
  assert.equal(holds(other, json), false);
  assert.throws(() => parseBallot(election, json.replace('":"', '": "')), /ballot_not_canonical/);
  assert.throws(() => parseBallot(election, `${json} `), /ballot_not_canonical/);
  const swapped = JSON.parse(json);
  [swapped.answers[0], swapped.answers[1]] = [swapped.answers[1], swapped.answers[0]];
  assert.equal(holds(election, JSON.stringify(swapped)), false);
});

test("two marks in a row cannot be sealed", () => {
  assert.throws(() => finish(encryptSteps(election, publicKey, [0, 4, 1], testSeed("x"))), /bad_choice/);
  assert.throws(() => finish(encryptSteps(election, publicKey, [0, 1], testSeed("x"))), /bad_choice/);
});

const challengeFile = makeChallenge(election, encrypted, publicKey);

test("a challenge opens to the marks and cannot be cast", () => {
  const opened = checkChallengeFile(JSON.stringify(challengeFile));
  assert.deepEqual([opened.choices, opened.hash], [choices, encrypted.hash]);
  assert.equal(holds(election, challengeFile.ballot), false);
  const wrong = (change: (file: ChallengeFile) => void) => () => {
    const file = structuredClone(challengeFile);
    change(file);
    return checkChallengeFile(JSON.stringify(file));
  };
  const shift = (text: string) => ((BigInt(text) + 1n) % Q).toString();
  assert.throws(
    wrong(({ opening }) => {
      const row = opening.randomness[1] as string[];
      row[2] = shift(row[2] as string);
    }),
    /opening_wrong: 园区 p2/,
  );
  assert.throws(
    wrong(({ opening }) => opening.randomness.pop()),
    /not_a_scalar/,
  );
  assert.throws(
    wrong(({ opening }) => {
      opening.ballot = encrypted.hash;
    }),
    /opening_wrong/,
  );
});

test("the code of a challenge holds everything, and nothing that casts", () => {
  const link = { uuid: UUID, hash: encrypted.hash, credential: publicKey, seed: testSeed("ballot"), choices };
  const fragment = challengeFragment(link);
  assert.deepEqual(parseChallengeFragment(fragment), link);
  assert.equal(finish(checkChallengeLink(election, link)).hash, encrypted.hash);
  for (const bad of [
    { ...link, choices: [0, 3, 2] },
    { ...link, seed: testSeed("other") },
    { ...link, credential: election.publicKey },
  ]) {
    assert.throws(() => finish(checkChallengeLink(election, bad)), /opening_wrong/);
  }
  for (const bad of [
    "",
    fragment.slice(2),
    `${fragment}.x`,
    fragment.replace(".", ""),
    `2${fragment.slice(1)}`,
  ]) {
    assert.equal(parseChallengeFragment(bad), null, bad);
  }
});

test("the committed fixture is what this code makes", () => {
  const { written, committed } = fixture("ballot.json", {
    election: election.json,
    fingerprint: election.fingerprint,
    credential,
    public_credential: publicKey,
    choices,
    ballot: json,
    tracker: tracker(json),
    commitment: encrypted.hash,
    challenge: JSON.stringify(challengeFile),
  });
  assert.equal(written, committed);
});
