/** A teller's page opens nothing that it has not checked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readArchive } from "../src/lib/archive.ts";
import { encryptSteps, finish, signBallot } from "../src/lib/ballot.ts";
import { credentialSecret, newCredential, newSeed, publicCredential } from "../src/lib/credential.ts";
import { verifyShare } from "../src/lib/decrypt.ts";
import * as dkg from "../src/lib/dkg.ts";
import { parseElection } from "../src/lib/election.ts";
import { sha256B64 } from "../src/lib/hash.ts";
import { WorkerError } from "../src/lib/rpc.ts";
import { tallySteps } from "../src/lib/tally.ts";
import { checkTrustees } from "../src/lib/trustees.ts";
import { prepareBox, run, verifyOne } from "../src/teller/checks.ts";
import type { BallotToVerify, OpenBox, PreparedBox } from "../src/teller/service.ts";
import { drawn, FULL_CELLS, verifyAll, workersFor } from "../src/teller/verify.ts";
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

/** A worker without a thread: what it throws arrives as over the channel. */
const worker = (busy: number[] = [], id = 0) => ({
  async call(_: string, of: unknown): Promise<never> {
    busy.push(id);
    await new Promise((resolve) => setTimeout(resolve, 0));
    try {
      return verifyOne(of as BallotToVerify) as never;
    } catch (error) {
      throw new WorkerError((error as { code: string }).code, (error as Error).message);
    }
  },
});

/** As the page does it: prepare, verify every ballot, share. */
async function open(changes: Partial<OpenBox> = {}, progress: (share: number) => void = () => undefined) {
  const checked = prepareBox(box(changes), () => undefined);
  const proven = drawn(checked.prepared, rng);
  await verifyAll(checked.prepared, proven, [worker(), worker()], () => undefined);
  return { ...checked.share(rng, progress), proven: proven.size };
}
const refused = (changes: Partial<OpenBox>, code: string) => assert.rejects(open(changes), { code });

test("a box in order is opened: the share verifies, and every ballot was looked at", async () => {
  const shares: number[] = [];
  const opened = await open({}, (share) => shares.push(share));
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

test("nothing is opened below the minimum, and the sealed minimum stands against a smaller one", async () => {
  await refused({ minimum: 4 }, "below_minimum");
  const one = board(ballots.slice(0, 1)).event("EndBallots").bytes();
  const tallyOfOne = run(tallySteps(readArchive(one), { proofs: false }), () => undefined).tally;
  await refused({ archive: one, encryptedTally: tallyOfOne, minimum: 1 }, "below_minimum");
});

test("a single ballot's ciphertexts put in place of the tally are refused", async () => {
  const one = board(ballots.slice(0, 1)).event("EndBallots").bytes();
  const single = run(tallySteps(readArchive(one), { proofs: false }), () => undefined).tally;
  await refused({ encryptedTally: single }, "tally_differs");
});

test("a board of another box, of other tellers, still open, cut or changed is refused", async () => {
  await refused({ uuid: "eu7vLfTG49KXk8" }, "other_box");
  await refused({ archive: board(ballots).bytes() }, "box_open");
  await refused({ archive: closed.slice(0, closed.length - 512) }, "archive_cut");
  const changed = closed.slice();
  changed[closed.length - 700] = (changed[closed.length - 700] ?? 0) ^ 1;
  await assert.rejects(open({ archive: changed }), /archive_/);
  const others = makeKeys();
  await refused(
    { archive: board(ballots, election.json, others.trustees).event("EndBallots").bytes() },
    "other_trustees",
  );
  await refused({ trustees: others.trustees }, "key_mismatch");
});

test("a forged, replayed or foreign ballot is found before anything is opened", async () => {
  const signature = /"signature":\{.*\}$/;
  const swapped = ballots[0]!.replace(signature, signature.exec(ballots[1]!)![0]);
  const forged = board([swapped, ballots[1]!, ballots[2]!]).event("EndBallots").bytes();
  await assert.rejects(open({ archive: forged }), /ballot_/);
  await refused(
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
  await refused(
    {
      archive: board([...ballots, foreign])
        .event("EndBallots")
        .bytes(),
    },
    "ballot_not_on_roll",
  );
});

test("a ballot whose signature is another's is refused though its form is right", async () => {
  const raw = JSON.parse(ballots[0]!);
  const response = BigInt(raw.signature.proof.response);
  const wrong = ballots[0]!.replace(
    raw.signature.proof.response,
    String(response === 0n ? 1n : response - 1n),
  );
  const archive = board([wrong, ballots[1]!, ballots[2]!]).event("EndBallots").bytes();
  await refused({ archive }, "ballot_bad_signature");
});

test("a ballot with one wrong proof is refused though its signature is right", async () => {
  const encrypted = finish(encryptSteps(election, publics[0]!, [0, 1], testSeed("wrong proof")));
  const proof = /"overall_proof":\[\{"challenge":"\d+","response":"(\d+)"/.exec(encrypted.unsigned);
  const response = BigInt(proof![1]!);
  const unsigned = encrypted.unsigned.replace(
    proof![0],
    proof![0].replace(proof![1]!, String(response === 0n ? 1n : response - 1n)),
  );
  const signed = { unsigned, hash: sha256B64(unsigned) };
  const ballot = signBallot(signed, credentialSecret(UUID, credentials[0]!), rng);
  const archive = board([ballot, ballots[1]!, ballots[2]!]).event("EndBallots").bytes();
  const encryptedTally = run(tallySteps(readArchive(archive), { proofs: false }), () => undefined).tally;
  await refused({ archive, encryptedTally }, "ballot_bad_proof");
});

test("every ballot is verified up to the stated bound, a random part of that size beyond", () => {
  const list = (length: number) => Array.from({ length }, () => "");
  assert.equal(drawn({ ballots: list(100), cells: 216 }, rng).size, 100);
  assert.equal(drawn({ ballots: list(300), cells: 216 }, rng).size, 300);
  const part = drawn({ ballots: list(400), cells: 216 }, rng);
  assert.equal(part.size, FULL_CELLS / 216);
  assert.notDeepEqual([...part], [...drawn({ ballots: list(400), cells: 216 }, rng)], "drawn anew each time");
  assert.equal(drawn({ ballots: list(2), cells: 10 * FULL_CELLS }, rng).size, 1);
  assert.deepEqual([1, 8, undefined].map(workersFor), [1, 4, 2]);
});

test("workers share one pile, and the first fault stops them and names the ballot", async () => {
  const prepared: PreparedBox = prepareBox(box(), () => undefined).prepared;
  const all = new Set(prepared.ballots.keys());
  const busy: number[] = [];
  const done: number[] = [];
  await verifyAll(prepared, all, [worker(busy, 1), worker(busy, 2)], (n) => done.push(n));
  assert.deepEqual(done, [1, 2, 3]);
  assert.deepEqual([...new Set(busy)].sort(), [1, 2]);
  const broken = { ...prepared, ballots: ["{}", ...prepared.ballots, ...prepared.ballots] };
  busy.length = 0;
  await assert.rejects(
    verifyAll(broken, all, [worker(busy), worker(busy)], () => undefined),
    /ballot 1/,
  );
  assert.ok(busy.length < broken.ballots.length, "no further ballot is taken");
});

test("another teller's seed opens nothing", async () => {
  await refused({ seed: keys.seeds[1]! }, "channel_unreadable");
  await refused({ seat: { ...ceremony, index: 2 } }, "key_mismatch");
});

test("the sealed election names the minimum that this test relies on", () => {
  assert.equal(parseElection(election.json).binding?.minimum, 2);
});
