/** The vectors that the Rust crate makes (crates/ballot/vectors): both sides must agree on every byte. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findInBoard } from "../src/check/board.ts";
import { readArchive } from "../src/lib/archive.ts";
import { finish, tracker } from "../src/lib/ballot.ts";
import { parseBallot, verifyBallot } from "../src/lib/ballotcheck.ts";
import { hexToBytes, toBase64 } from "../src/lib/bytes.ts";
import { checkChallengeFile } from "../src/lib/challenge.ts";
import { tellerKeys } from "../src/lib/channel.ts";
import { type Credential, credentialSecret, grouped, publicCredential } from "../src/lib/credential.ts";
import { combine, readTally, shareSteps, verifyShare } from "../src/lib/decrypt.ts";
import * as dkg from "../src/lib/dkg.ts";
import { parseElection } from "../src/lib/election.ts";
import { ProtocolError } from "../src/lib/errors.ts";
import { decode, encode, isIdentity, type Point, parseScalar, powG, sub } from "../src/lib/group.ts";
import { hashEncoded, sha256B64, sha256Hex } from "../src/lib/hash.ts";
import * as opinion from "../src/lib/opinion.ts";
import { prove, proveEqual, provePok, signDetached, verifyPok, verifySigned } from "../src/lib/proofs.ts";
import type { Rng } from "../src/lib/random.ts";
import { tallySteps } from "../src/lib/tally.ts";
import { checkTrustees } from "../src/lib/trustees.ts";
import { testRng, vector } from "./support.ts";

/** Gives back the scalars that the vector says were drawn, in order. */
function drawing(scalars: readonly string[]): Rng {
  const left = [...scalars];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error("more was drawn than the vector has");
    return hexToBytes(BigInt(next).toString(16).padStart(128, "0"));
  };
}

interface GroupVector {
  multiples_of_g: [string, string][];
  refused_points: { text: string; why: string }[];
  base64_compact: [string, string][];
  hash_to_scalar: { prefix: string; points: string[]; scalar: string }[];
}

test("group.json", () => {
  const v = vector("group.json") as GroupVector;
  for (const [n, text] of v.multiples_of_g) assert.equal(encode(powG(BigInt(n))), text);
  for (const { text, why } of v.refused_points) assert.throws(() => decode(text), ProtocolError, why);
  for (const [hex, text] of v.base64_compact) assert.equal(toBase64(hexToBytes(hex)), text);
  for (const { prefix, points, scalar } of v.hash_to_scalar) {
    assert.equal(hashEncoded(prefix, points).toString(), scalar, prefix);
  }
});

test("credential.json", () => {
  const v = vector("credential.json") as {
    cases: { credential: Credential; public: string; secret: string; uuid: string }[];
    roll: string;
    roll_fingerprint: string;
  };
  assert.ok(v.cases.length > 0);
  for (const { credential, public: key, secret, uuid } of v.cases) {
    assert.equal(credentialSecret(uuid, credential).toString(), secret);
    assert.equal(publicCredential(uuid, credential), key);
  }
  assert.equal(sha256B64(v.roll), v.roll_fingerprint);
});

interface ProofsVector {
  drawn: string[];
  secret: string;
  public: string;
  of_key: { challenge: string; response: string };
  message: { text: string; proof: { challenge: string; response: string } };
  ballot_hash: { hash: string; proof: { challenge: string; response: string } };
  equality: { alpha: string; factor: string; prefix: string; proof: { challenge: string; response: string } };
}

test("proofs.json: the same randomness gives the same proofs", () => {
  const v = vector("proofs.json") as ProofsVector;
  const secret = parseScalar(v.secret);
  const by = (i: number) => drawing(v.drawn.slice(i, i + 1));
  const proofs = [0, 1, 2, 3].map((i) => ({
    of_key: provePok(secret, v.public, by(i)),
    message: signDetached(secret, v.message.text, by(i)),
    ballot_hash: prove(`sig|${v.ballot_hash.hash}|`, secret, by(i)),
    equality: proveEqual(v.equality.prefix, decode(v.equality.alpha), secret, by(i)),
  }));
  const expected = {
    of_key: v.of_key,
    message: v.message.proof,
    ballot_hash: v.ballot_hash.proof,
    equality: v.equality.proof,
  };
  for (const [name, proof] of Object.entries(expected)) {
    assert.ok(
      proofs.some((made) => JSON.stringify(made[name as keyof typeof expected]) === JSON.stringify(proof)),
      name,
    );
  }
  assert.ok(verifyPok(v.public, v.of_key));
  assert.ok(verifySigned(decode(v.public), v.message.text, v.message.proof));
});

test("ballot.json: a ballot and a challenge made in Rust", () => {
  const v = vector("ballot.json") as { [name: string]: string } & { choices: number[]; tally: unknown };
  const election = parseElection(v.election ?? "");
  assert.equal(election.fingerprint, v.fingerprint);
  const json = v.ballot ?? "";
  const ballot = parseBallot(election, json);
  assert.equal(finish(verifyBallot(election, ballot)), true);
  assert.equal(ballot.credential, v.public_credential);
  assert.equal(ballot.signature.hash, v.signed_hash);
  assert.equal(tracker(json), v.tracker);
  assert.equal(sha256Hex(json), v.tracker_hex);
  assert.equal(publicCredential(election.uuid, v.credential as Credential), v.public_credential);
  const opened = checkChallengeFile(v.challenge_file ?? "");
  assert.deepEqual(opened.choices, v.choices);
});

interface DkgVector {
  size: number;
  threshold: number;
  seeds: string[];
  seeds_printed: string[];
  certs: dkg.Cert[];
  polynomials: dkg.Polynomial[];
  vinputs: dkg.Vinput[];
  outputs: dkg.Voutput[];
  decryption_keys: string[];
  joint_key: string;
  trustees: string;
}

test("dkg.json: a teller's page reads what Rust tellers sent", () => {
  const v = vector("dkg.json") as DkgVector;
  const trustees = checkTrustees(v.trustees);
  assert.deepEqual(
    [trustees.publicKey, trustees.threshold, trustees.size],
    [v.joint_key, v.threshold, v.size],
  );
  dkg.checkCerts(v.certs, v);
  v.seeds.forEach((seed, i) => {
    assert.equal(grouped(seed), v.seeds_printed[i]);
    assert.equal(JSON.parse(v.certs[i]!.message).verification, tellerKeys(seed).verification);
    const key = dkg.openDecryptionKey(seed, v.outputs[i]!.private_key, trustees.shares[i]!);
    assert.equal(key.toString(), v.decryption_keys[i]);
    const output = dkg.makeOutput(seed, v.certs, v, i + 1, v.vinputs[i]!, testRng("dkg vector"));
    assert.equal(output.public_key.public_key, trustees.shares[i]);
  });
});

interface DecryptVector {
  election: string;
  fingerprint: string;
  trustees: string;
  encrypted_tally: string;
  sized_encrypted_tally: string;
  decryption_keys: string[];
  partial_decryptions: string[];
  sidecar: string;
  result: string;
}

test("decrypt.json: shares made in Rust verify here and open to the result", () => {
  const v = vector("decrypt.json") as DecryptVector;
  const trustees = checkTrustees(v.trustees);
  const strong = (JSON.parse(v.sidecar) as { shares: { owner: number; proofs: never }[] }).shares;
  const openings = trustees.shares.map((publicKey, i) => ({
    fingerprint: v.fingerprint,
    tally: v.encrypted_tally,
    owner: i + 1,
    publicKey,
  }));
  const partials = v.partial_decryptions.map((text) => JSON.parse(text));
  openings.forEach((opening, i) => {
    const proofs = strong.find(({ owner }) => owner === i + 1)!.proofs;
    assert.equal(verifyShare(opening, { partial_decryption: partials[i], strong: proofs }), true);
    const own = finish(shareSteps(opening, parseScalar(v.decryption_keys[i]!), testRng("share")));
    assert.deepEqual(own.partial_decryption.decryption_factors, partials[i].decryption_factors);
    assert.equal(verifyShare(opening, own), true);
  });
  const counts = readTally(v.encrypted_tally).map((row, q) =>
    row.map((cell, a) => {
      const factors = new Map(
        [1, 3].map((i) => [i, decode(partials[i - 1].decryption_factors[q][a])] as [number, Point]),
      );
      const plain = sub(decode(cell.beta), combine(factors));
      return [0n, 1n, 2n, 3n, 4n].findIndex((n) => isIdentity(sub(plain, powG(n))));
    }),
  );
  assert.equal(JSON.stringify({ result: counts }), v.result);
});

interface OpinionVector {
  appraisal: string;
  context: string;
  secret_key: string;
  order: string[];
  sealed: { drawn: string[]; presenter: string; text: string; shared: string; wire: string }[];
  share: { owner: number; drawn: string[]; body: opinion.UrnShare };
  urn_hash: string;
}

test("opinion.json: sealed the same, opened the same", () => {
  const v = vector("opinion.json") as OpinionVector;
  const secret = parseScalar(v.secret_key);
  const key = powG(secret);
  assert.equal(opinion.urnContext(v.appraisal, encode(key)), v.context);
  for (const { drawn, presenter, text, shared, wire } of v.sealed) {
    assert.equal(opinion.sealOpinion(key, v.context, presenter, text, drawing(drawn)), wire);
    assert.deepEqual(opinion.openOpinion(wire, v.context, decode(shared)), { presenter, text });
    assert.equal(opinion.isOpinionProven(v.context, wire), true);
  }
  const entries = opinion.urnOrder(v.sealed.map(({ wire }) => wire));
  assert.deepEqual(entries, v.order);
  assert.equal(sha256Hex(entries.join("\n")), v.urn_hash);
  const urn = { context: v.context, entries, owner: v.share.owner, publicKey: encode(key) };
  assert.equal(opinion.verifyUrnShare(urn, v.share.body), true);
  const made = finish(opinion.urnShareSteps(urn, secret, drawing(v.share.drawn)));
  assert.deepEqual(made, v.share.body);
});

const bel = new Uint8Array(readFileSync(join(__FRONTEND__, "../crates/ballot/vectors/archive.bel")));

test("archive.bel: read, counted again with all proofs, and found in", () => {
  const v = vector("archive.json") as { head: { hash: string; height: number }; length: number };
  assert.equal(bel.length, v.length);
  const archive = readArchive(bel);
  assert.deepEqual(archive.head, { hash: v.head.hash, height: v.head.height });
  const election = parseElection(archive.election);
  assert.equal(checkTrustees(archive.trustees).publicKey, election.publicKey);
  const tally = finish(tallySteps(archive, { proofs: true }));
  assert.equal(tally.tally, archive.encryptedTally);
  assert.equal(tally.sized, archive.sized);
  for (const { json, height, event } of archive.ballots) {
    const found = findInBoard(bel, sha256Hex(json));
    assert.deepEqual([found.height, found.event], [height, event]);
  }
  const statuses = archive.ballots.map(({ json }) => findInBoard(bel, sha256Hex(json)).status);
  assert.equal(statuses.filter((status) => status === "counted").length, tally.counted);
  assert.equal(findInBoard(bel, "00".repeat(32)).status, "unknown");
});

test("an archive with any byte changed, cut or doubled is refused", () => {
  const refused = (bytes: Uint8Array): boolean => {
    try {
      const archive = readArchive(bytes);
      finish(tallySteps(archive, { proofs: false }));
      return false;
    } catch (error) {
      assert.ok(error instanceof Error);
      return true;
    }
  };
  assert.equal(refused(bel), false);
  for (let at = 3; at < bel.length; at += 997) {
    const changed = bel.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(refused(changed), true, `byte ${at}`);
  }
  assert.equal(refused(bel.slice(0, -512)), true);
  assert.equal(refused(bel.slice(0, bel.length - 100)), true);
  const doubled = new Uint8Array(bel.length + 1024);
  doubled.set(bel);
  assert.equal(refused(doubled), true);
});
