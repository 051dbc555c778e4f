import assert from "node:assert/strict";
import { test } from "node:test";
import { encryptSteps, finish, signBallot } from "../src/lib/ballot.ts";
import { parseBallot } from "../src/lib/ballotcheck.ts";
import { credentialSecret, newCredential, newSeed, publicCredential } from "../src/lib/credential.ts";
import { combine, readTally, shareSteps, verifyShare } from "../src/lib/decrypt.ts";
import * as dkg from "../src/lib/dkg.ts";
import {
  add,
  decode,
  encode,
  encodeAll,
  IDENTITY,
  isIdentity,
  type Point,
  powG,
  sub,
} from "../src/lib/group.ts";
import * as opinion from "../src/lib/opinion.ts";
import { checkTrustees } from "../src/lib/trustees.ts";
import { fixture, testElection, testRng, testSeed, UUID } from "./support.ts";

const rng = testRng("ceremony");
const ceremony = { size: 3, threshold: 2 };
const seeds = [1, 2, 3].map(() => newSeed(rng));
const certs = seeds.map((seed, i) => dkg.makeCert(seed, ceremony, i + 1, rng));
const polynomials = seeds.map((seed, i) => dkg.makePolynomial(seed, certs, ceremony, i + 1, rng));
const vinputs = seeds.map((_, j) => ({
  polynomial: polynomials[j]!.polynomial,
  secrets: polynomials.map((p) => p.secrets[j]!),
  coefexps: polynomials.map((p) => p.coefexps),
  signatures: polynomials.map((p) => p.signature),
}));
const outputs = seeds.map((seed, i) => dkg.makeOutput(seed, certs, ceremony, i + 1, vinputs[i]!, rng));
const trusteesJson = JSON.stringify([
  [
    "Pedersen",
    {
      threshold: ceremony.threshold,
      certs,
      coefexps: polynomials.map((p) => p.coefexps),
      signatures: polynomials.map((p) => p.signature),
      verification_keys: outputs.map((o) => o.public_key),
    },
  ],
]);
const trustees = checkTrustees(trusteesJson);
const keys = seeds.map((seed, i) =>
  dkg.openDecryptionKey(seed, outputs[i]!.private_key, trustees.shares[i]!),
);

test("three tellers make one key, and each can open their own share again", () => {
  assert.equal(trustees.size, 3);
  for (const pair of [
    [1, 2],
    [1, 3],
    [2, 3],
  ]) {
    const parts = new Map(pair.map((i) => [i, decode(trustees.shares[i - 1]!)] as [number, Point]));
    assert.equal(encode(combine(parts)), trustees.publicKey);
  }
  for (const [i, key] of keys.entries()) assert.equal(encode(powG(key)), trustees.shares[i]);
  assert.throws(() => dkg.openDecryptionKey(seeds[0]!, outputs[1]!.private_key, trustees.shares[1]!));
});

test("a teller stops when something is not as it must be", () => {
  const output = (change: (v: dkg.Vinput) => void) => () => {
    const vinput = structuredClone(vinputs[0]!);
    change(vinput);
    return dkg.makeOutput(seeds[0]!, certs, ceremony, 1, vinput, rng);
  };
  assert.throws(
    output((v) => (v.secrets[1] = vinputs[1]!.secrets[1]!)),
    /channel_unreadable/,
  );
  assert.throws(
    output((v) => ([v.secrets[1], v.secrets[2]] = [v.secrets[2]!, v.secrets[1]!])),
    /channel_signature/,
  );
  assert.throws(
    output((v) => (v.coefexps[2] = v.coefexps[1]!)),
    /coefexps_signature/,
  );
  assert.throws(
    output((v) => (v.signatures[2] = v.signatures[1]!)),
    /certs_signature/,
  );
  const twice = [certs[0]!, certs[0]!, certs[2]!];
  assert.throws(() => dkg.makePolynomial(seeds[0]!, twice, ceremony, 1, rng), /cert_context/);
  const other = [certs[0]!, dkg.makeCert(newSeed(rng), ceremony, 2, rng), certs[2]!];
  assert.throws(() => dkg.makeOutput(seeds[0]!, other, ceremony, 1, vinputs[0]!, rng), /certs_signature/);
  assert.throws(() => dkg.makePolynomial(seeds[0]!, other, ceremony, 2, rng), /cert_not_mine/);
  const sameKey = [certs[0]!, dkg.makeCert(seeds[0]!, ceremony, 2, rng), certs[2]!];
  assert.throws(() => dkg.makePolynomial(seeds[0]!, sameKey, ceremony, 1, rng), /cert_duplicate/);
  const lying = dkg.makePolynomial(seeds[1]!, certs, ceremony, 2, rng);
  assert.throws(
    output((v) => (v.secrets[1] = lying.secrets[0]!)),
    /secret_wrong: 2/,
  );
  assert.throws(
    output((v) => (v.polynomial = dkg.makePolynomial(seeds[0]!, certs, ceremony, 1, rng).polynomial)),
    /polynomial_not_mine/,
  );
});

test("changed trustees are refused", () => {
  const changed = (change: (p: { [k: string]: never }) => void) => {
    const raw = JSON.parse(trusteesJson);
    change(raw[0][1]);
    return () => checkTrustees(JSON.stringify(raw));
  };
  const set = (path: string[], value: unknown) =>
    changed((p) => {
      let at: { [k: string]: unknown } = p;
      for (const step of path.slice(0, -1)) at = at[step] as { [k: string]: unknown };
      at[path.at(-1)!] = value;
    });
  assert.throws(set(["threshold"], 3), /cert_context/);
  assert.throws(set(["verification_keys", "0", "public_key"], trustees.shares[1]), /trustee_key/);
  assert.throws(set(["verification_keys", "0", "pok"], outputs[1]!.public_key.pok), /trustee_pok/);
  assert.throws(
    set(["verification_keys", "0", "signature"], outputs[1]!.public_key.signature),
    /trustee_signature/,
  );
  assert.throws(set(["coefexps", "0"], polynomials[1]!.coefexps), /coefexps_signature/);
  assert.throws(set(["certs", "1", "signature"], certs[0]!.signature), /cert_signature/);
});

const election = testElection(trustees.publicKey, 2);
const marks = [
  [0, 1],
  [0, 2],
  [3, 1],
];
const ballots = marks.map((choices, i) => {
  const credential = newCredential(rng);
  const encrypted = finish(
    encryptSteps(election, publicCredential(UUID, credential), choices, testSeed(`c${i}`)),
  );
  return signBallot(encrypted, credentialSecret(UUID, credential), rng);
});
const tally = JSON.stringify(
  election.questions.map((question, q) =>
    question.answers.map((_, a) => {
      const sum = (side: "alpha" | "beta") =>
        ballots
          .map((json) => decode(parseBallot(election, json).answers[q]!.choices[a]![side]))
          .reduce((total, point) => add(total, point), IDENTITY);
      const [alpha, beta] = encodeAll([sum("alpha"), sum("beta")]);
      return { alpha, beta };
    }),
  ),
);
const openingOf = (i: number) => ({
  fingerprint: election.fingerprint,
  tally,
  owner: i,
  publicKey: trustees.shares[i - 1]!,
});
const shares = [1, 2, 3].map((i) => finish(shareSteps(openingOf(i), keys[i - 1]!, rng)));

test("any two shares open the tally to the sum of the marks, and both proofs verify", () => {
  for (const [i, share] of shares.entries()) assert.equal(verifyShare(openingOf(i + 1), share), true);
  for (const pair of [
    [1, 2],
    [1, 3],
    [2, 3],
  ]) {
    const counts = readTally(tally).map((row, q) =>
      row.map((cell, a) => {
        const factors = new Map(
          pair.map(
            (i) =>
              [i, decode(shares[i - 1]!.partial_decryption.decryption_factors[q]![a]!)] as [number, Point],
          ),
        );
        const plain = sub(decode(cell.beta), combine(factors));
        return [0n, 1n, 2n, 3n].findIndex((n) => isIdentity(sub(plain, powG(n))));
      }),
    );
    assert.deepEqual(counts, [
      [2, 0, 0, 1],
      [0, 2, 1, 0],
    ]);
  }
});

test("a bad factor or a proof of another cell is refused", () => {
  const bad = structuredClone(shares[0]!);
  bad.partial_decryption.decryption_factors[0]![0] = bad.partial_decryption.decryption_factors[0]![1]!;
  assert.equal(verifyShare(openingOf(1), bad), false);
  const moved = structuredClone(shares[0]!);
  moved.strong[0]![0] = moved.strong[0]![1]!;
  assert.equal(verifyShare(openingOf(1), moved), false);
  assert.equal(verifyShare({ ...openingOf(1), owner: 2 }, shares[0]!), false);
  assert.throws(() => finish(shareSteps(openingOf(1), keys[1]!, rng)), /key_mismatch/);
});

const context = opinion.urnContext("a1", trustees.publicKey);
const longest = "评".repeat(394);
const bundle = opinion.sealBundle(
  trustees.key,
  context,
  [
    { presenter: "p1", text: "脚踏实地" },
    { presenter: "p2", text: "" },
    { presenter: "p3", text: longest },
  ],
  rng,
);
const entries = opinion.urnOrder(bundle);
const urnOf = (i: number) => ({ context, entries, owner: i, publicKey: trustees.shares[i - 1]! });
const urnShares = [1, 2, 3].map((i) => finish(opinion.urnShareSteps(urnOf(i), keys[i - 1]!, rng)));

test("opinions have one length and open with two shares", () => {
  assert.equal(new Set(bundle.map((entry) => entry.length)).size, 1);
  assert.equal(opinion.opinionFits("p3", longest), true);
  assert.equal(opinion.opinionFits("p3", `${longest}评`), false);
  assert.throws(
    () => opinion.sealOpinion(trustees.key, context, "p1", "评".repeat(400), rng),
    /opinion_too_long/,
  );
  for (const [i, share] of urnShares.entries())
    assert.equal(opinion.verifyUrnShare(urnOf(i + 1), share), true);
  const opened = entries.map((entry, k) => {
    const parts = new Map([1, 3].map((i) => [i, decode(urnShares[i - 1]!.factors[k]!)] as [number, Point]));
    return opinion.openOpinion(entry, context, combine(parts));
  });
  const byName = (a: { presenter: string } | null, b: { presenter: string } | null) =>
    (a?.presenter ?? "").localeCompare(b?.presenter ?? "");
  assert.deepEqual(opened.sort(byName), [
    { presenter: "p1", text: "脚踏实地" },
    { presenter: "p2", text: "" },
    { presenter: "p3", text: longest },
  ]);
  assert.equal(opinion.openOpinion(entries[0]!, `${context}x`, IDENTITY), null);
  assert.equal(opinion.verifyUrnShare({ ...urnOf(1), owner: 2 }, urnShares[0]!), false);
});

test("the committed fixtures are what this code makes", () => {
  const ceremonyFixture = fixture("ceremony.json", {
    ceremony,
    seeds,
    certs,
    polynomials,
    vinputs,
    outputs,
    trustees: trusteesJson,
    public_key: trustees.publicKey,
  });
  assert.equal(ceremonyFixture.written, ceremonyFixture.committed);
  const openingFixture = fixture("opening.json", {
    election: election.json,
    fingerprint: election.fingerprint,
    ballots,
    tally,
    result: [
      [2, 0, 0, 1],
      [0, 2, 1, 0],
    ],
    verification_keys: trustees.shares,
    shares,
    urn: { context, entries, shares: urnShares },
  });
  assert.equal(openingFixture.written, openingFixture.committed);
});
