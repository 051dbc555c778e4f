/** A teller's page opens nothing that it has not checked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readArchive } from "../src/lib/archive.ts";
import { encryptSteps, finish, signBallot } from "../src/lib/ballot.ts";
import { credentialSecret, newCredential, newSeed, publicCredential } from "../src/lib/credential.ts";
import { verifyShare } from "../src/lib/decrypt.ts";
import * as dkg from "../src/lib/dkg.ts";
import { parseElection } from "../src/lib/election.ts";
import { tallySteps } from "../src/lib/tally.ts";
import { checkTrustees } from "../src/lib/trustees.ts";
import { openBox, run } from "../src/teller/checks.ts";
import type { OpenBox } from "../src/teller/service.ts";
import { BoardWriter } from "./board.ts";
import { testElection, testRng, testSeed, UUID } from "./support.ts";

const rng = testRng("opening");
const ceremony = { size: 3, threshold: 2 };

function makeKeys() {
  const seeds = [1, 2, 3].map(() => newSeed(rng));
  const certs = seeds.map((seed, i) => dkg.makeCert(seed, ceremony, i + 1, rng));
  const polynomials = seeds.map((seed, i) => dkg.makePolynomial(seed, certs, ceremony, i + 1, rng));
  const outputs = seeds.map((seed, j) =>
    dkg.makeOutput(
      seed,
      certs,
      ceremony,
      j + 1,
      {
        polynomial: polynomials[j]!.polynomial,
        secrets: polynomials.map((p) => p.secrets[j]!),
        coefexps: polynomials.map((p) => p.coefexps),
        signatures: polynomials.map((p) => p.signature),
      },
      rng,
    ),
  );
  const trustees = JSON.stringify([
    [
      "Pedersen",
      {
        threshold: 2,
        certs,
        coefexps: polynomials.map((p) => p.coefexps),
        signatures: polynomials.map((p) => p.signature),
        verification_keys: outputs.map((o) => o.public_key),
      },
    ],
  ]);
  return {
    seeds,
    trustees,
    decryptionKeys: outputs.map((o) => o.private_key),
    checked: checkTrustees(trustees),
  };
}

const keys = makeKeys();
const election = testElection(keys.checked.publicKey, 2);
const credentials = [1, 2, 3, 4].map(() => newCredential(rng));
const publics = credentials.map((credential) => publicCredential(UUID, credential));
const roll = [...publics].sort();
const ballots = credentials.slice(0, 3).map((credential, i) => {
  const encrypted = finish(encryptSteps(election, publics[i]!, [i, 3 - i], testSeed(`ballot ${i}`)));
  return signBallot(encrypted, credentialSecret(UUID, credential), rng);
});

const board = (
  list: readonly string[],
  electionJson = election.json,
  trustees = keys.trustees,
): BoardWriter => {
  const writer = new BoardWriter().setup(electionJson, trustees, roll);
  for (const ballot of list) writer.event("Ballot", ballot);
  return writer;
};

const closed = board(ballots).event("EndBallots").bytes();
const tally = run(tallySteps(readArchive(closed), { proofs: false }), () => undefined);

const box = (changes: Partial<OpenBox> = {}): OpenBox => ({
  seat: { ...ceremony, index: 1 },
  seed: keys.seeds[0]!,
  trustees: keys.trustees,
  decryptionKey: keys.decryptionKeys[0]!,
  uuid: UUID,
  encryptedTally: tally.tally,
  minimum: 2,
  archive: closed,
  ...changes,
});

const open = (changes: Partial<OpenBox> = {}) =>
  openBox(
    box(changes),
    rng,
    () => 0,
    () => undefined,
  );
const refused = (changes: Partial<OpenBox>, code: string) =>
  assert.throws(
    () => open(changes),
    (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      return true;
    },
  );

test("a box in order is opened: the share verifies, and every ballot was looked at", () => {
  const shares: number[] = [];
  const opened = openBox(
    box(),
    rng,
    () => 0,
    (share) => shares.push(share),
  );
  assert.deepEqual([opened.ballots, opened.counted, opened.proven], [3, 3, 3]);
  assert.equal(opened.tallyHash, tally.tallyHash);
  assert.equal(opened.head, readArchive(closed).head.hash);
  const opening = {
    fingerprint: election.fingerprint,
    tally: tally.tally,
    owner: 1,
    publicKey: keys.checked.shares[0]!,
  };
  const { partial_decryption, strong } = opened.body as unknown as Parameters<typeof verifyShare>[1];
  assert.ok(verifyShare(opening, { partial_decryption, strong }));
  assert.ok(
    shares.every((share, i) => i === 0 || share >= shares[i - 1]!),
    "progress never goes back",
  );
  assert.equal(shares.at(-1), 1);
});

test("nothing is opened below the minimum, and the sealed minimum stands against a smaller one", () => {
  refused({ minimum: 4 }, "below_minimum");
  const one = board(ballots.slice(0, 1)).event("EndBallots").bytes();
  const tallyOfOne = run(tallySteps(readArchive(one), { proofs: false }), () => undefined).tally;
  refused({ archive: one, encryptedTally: tallyOfOne, minimum: 1 }, "below_minimum");
});

test("a single ballot's ciphertexts put in place of the tally are refused", () => {
  const one = board(ballots.slice(0, 1)).event("EndBallots").bytes();
  const single = run(tallySteps(readArchive(one), { proofs: false }), () => undefined).tally;
  refused({ encryptedTally: single }, "tally_differs");
});

test("a board of another box, of other tellers, still open, cut or changed is refused", () => {
  refused({ uuid: "eu7vLfTG49KXk8" }, "other_box");
  refused({ archive: board(ballots).bytes() }, "box_open");
  refused({ archive: closed.slice(0, closed.length - 512) }, "archive_cut");
  const changed = closed.slice();
  changed[closed.length - 700] = (changed[closed.length - 700] ?? 0) ^ 1;
  assert.throws(() => open({ archive: changed }), /archive_/);
  const others = makeKeys();
  refused(
    { archive: board(ballots, election.json, others.trustees).event("EndBallots").bytes() },
    "other_trustees",
  );
  refused({ trustees: others.trustees }, "key_mismatch");
});

test("a forged, replayed or foreign ballot is found before anything is opened", () => {
  const signature = /"signature":\{.*\}$/;
  const swapped = ballots[0]!.replace(signature, signature.exec(ballots[1]!)![0]);
  const forged = board([swapped, ballots[1]!, ballots[2]!]).event("EndBallots").bytes();
  assert.throws(() => open({ archive: forged }), /ballot_/);
  refused(
    {
      archive: board([...ballots, ballots[0]!])
        .event("EndBallots")
        .bytes(),
    },
    "ballot_duplicate",
  );
  const stranger = newCredential(rng);
  const strangerPublic = publicCredential(UUID, stranger);
  const encrypted = finish(encryptSteps(election, strangerPublic, [0, 0], testSeed("stranger")));
  const foreign = signBallot(encrypted, credentialSecret(UUID, stranger), rng);
  refused(
    {
      archive: board([...ballots, foreign])
        .event("EndBallots")
        .bytes(),
    },
    "ballot_not_on_roll",
  );
});

test("a ballot whose signature is another's is refused though its form is right", () => {
  const raw = JSON.parse(ballots[0]!);
  const response = BigInt(raw.signature.proof.response);
  const wrong = ballots[0]!.replace(
    raw.signature.proof.response,
    String(response === 0n ? 1n : response - 1n),
  );
  const archive = board([wrong, ballots[1]!, ballots[2]!]).event("EndBallots").bytes();
  refused({ archive }, "ballot_bad_signature");
});

test("proofs are checked as far as the time goes, signatures always", () => {
  let clock = 0;
  const slow = () => {
    clock += 9_000;
    return clock;
  };
  const opened = openBox(box(), rng, slow, () => undefined);
  assert.equal(opened.proven, 1);
});

test("another teller's seed opens nothing", () => {
  refused({ seed: keys.seeds[1]! }, "channel_unreadable");
  refused({ seat: { ...ceremony, index: 2 } }, "key_mismatch");
});

test("the sealed election names the minimum that this test relies on", () => {
  assert.equal(parseElection(election.json).binding?.minimum, 2);
});
