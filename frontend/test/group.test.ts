import assert from "node:assert/strict";
import { test } from "node:test";
import { ProtocolError } from "../src/lib/errors.ts";
import * as group from "../src/lib/group.ts";
import { hashEncoded, sha256B64, sha256Hex } from "../src/lib/hash.ts";
import { randomScalar, seededRng, shuffled } from "../src/lib/random.ts";
import { testRng } from "./support.ts";

const code = (expected: string) => (error: unknown) =>
  error instanceof ProtocolError && error.code === expected;

test("elements are written as in protocol.md §2.3", () => {
  assert.equal(group.encode(group.G), "6666666666666666666666666666666666666666666666666666666666666658");
  assert.equal(group.encode(group.IDENTITY), `${"0".repeat(63)}1`);
  assert.equal(
    group.encode(group.powG(2n)),
    "2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9",
  );
});

test("reading gives back what was written, for one and for many", () => {
  const rng = testRng("group");
  const points = [group.IDENTITY, ...Array.from({ length: 20 }, () => group.powG(randomScalar(rng)))];
  const texts = group.encodeAll(points);
  assert.deepEqual(texts, points.map(group.encode));
  for (const [i, text] of texts.entries()) assert.ok(group.decode(text).equals(points[i]!));
});

test("points that are not canonical or not in the subgroup are refused", () => {
  const refuse = (text: string) => assert.throws(() => group.decode(text), code("not_a_point"), text);
  // G plus the point of order 2: on the curve, outside the subgroup
  const order2 = group.decodeUnchecked("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
  refuse(group.encode(group.add(group.G, order2)));
  // y = 2 is on no point of the curve
  refuse(`${"0".repeat(63)}2`);
  refuse("6666666666666666666666666666666666666666666666666666666666666658".toUpperCase().replace(/6/g, "F"));
  refuse("66");
  // y = p + 1: the identity, written with y out of range
  refuse("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee");
  // identity with the sign bit set
  refuse(`8${"0".repeat(62)}1`);
  // y = −1: a point of order 2
  refuse("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
  assert.doesNotThrow(() =>
    group.decodeUnchecked("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
  );
});

test("scalars are decimals in [0, q) without leading zeros", () => {
  assert.equal(group.parseScalar("0"), 0n);
  assert.equal(group.parseScalar((group.Q - 1n).toString()), group.Q - 1n);
  for (const bad of ["", "-1", "01", "1.0", "0x1", " 1", group.Q.toString()]) {
    assert.throws(() => group.parseScalar(bad), code("not_a_scalar"), bad);
  }
});

test("the three ways to raise to a power agree, at the edges too", () => {
  const rng = testRng("powers");
  const base = group.powG(randomScalar(rng));
  const table = new group.FixedBase(base);
  for (const e of [0n, 1n, 2n, group.Q - 1n, randomScalar(rng), randomScalar(rng)]) {
    const expected = group.encode(group.pow(base, e));
    assert.equal(group.encode(table.pow(e)), expected);
    assert.equal(group.encode(group.secretPow(base, e)), expected);
  }
  assert.ok(group.isIdentity(group.secretPow(group.IDENTITY, 5n)));
  assert.ok(group.isIdentity(new group.FixedBase(group.IDENTITY).pow(5n)));
});

test("hashes", () => {
  assert.equal(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(sha256B64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
  assert.equal(hashEncoded("a|", ["b", "c"]), group.mod(BigInt(`0x${sha256Hex("a|b,c")}`)));
});

test("the seeded generator is one stream whatever the pieces, and shuffling keeps everything", () => {
  const seed = new Uint8Array(32).fill(7);
  const whole = seededRng(seed)(10_000);
  const rng = seededRng(seed);
  const pieces = [1, 63, 64, 4000, 5872].flatMap((n) => [...rng(n)]);
  assert.deepEqual(pieces, [...whole]);
  const items = Array.from({ length: 50 }, (_, i) => i);
  const mixed = shuffled(items, testRng("shuffle"));
  assert.notDeepEqual(mixed, items);
  assert.deepEqual(
    [...mixed].sort((a, b) => a - b),
    items,
  );
});
