import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesToHex } from "../src/lib/bytes.ts";
import { ProtocolError } from "../src/lib/errors.ts";
import * as fast from "../src/lib/fastgroup.ts";
import * as field from "../src/lib/field.ts";
import * as group from "../src/lib/group.ts";
import { randomScalar } from "../src/lib/random.ts";
import { testRng } from "./support.ts";

const rng = testRng("fast group");
const element = () => randomScalar(rng) % field.P;
const edges = [0n, 1n, 2n, 19n, field.P - 1n, field.P - 2n, 2n ** 254n, 2n ** 255n - 20n, (1n << 17n) - 1n];

test("field: products, sums and inverses agree with BigInt", () => {
  const values = [...edges, ...Array.from({ length: 40 }, element)];
  const [sum, difference, product, inverse] = [field.fe(), field.fe(), field.fe(), field.fe()];
  for (const x of values) {
    assert.equal(field.toBigInt(field.fromBigInt(x)), x);
    for (const y of values) {
      const [a, b] = [field.fromBigInt(x), field.fromBigInt(y)];
      field.mul(product, a, b);
      assert.equal(field.toBigInt(product), (x * y) % field.P);
      field.add(sum, a, b);
      field.sub(difference, a, b);
      // Unreduced sums on both sides of a product, as the formulas use them.
      field.mul(product, sum, difference);
      assert.equal(field.toBigInt(product), ((((x + y) * (x - y)) % field.P) + field.P) % field.P);
    }
    field.invert(inverse, field.fromBigInt(x));
    field.mul(product, inverse, field.fromBigInt(x));
    assert.equal(field.toBigInt(product), x === 0n ? 0n : 1n);
  }
});

test("field: the largest limbs the formulas can produce keep their exactness", () => {
  const most = new Float64Array(15).fill(2 ** 20);
  const least = new Float64Array(15).fill(-(2 ** 20));
  const value = (limbs: Float64Array) =>
    limbs.reduce((all, limb, i) => all + (BigInt(limb) << BigInt(17 * i)), 0n);
  const out = field.fe();
  for (const [a, b] of [
    [most, most],
    [most, least],
    [least, least],
  ] as const) {
    field.mul(out, a, b);
    const expected = (value(a) * value(b)) % field.P;
    assert.equal(field.toBigInt(out), (expected + field.P) % field.P);
  }
});

test("powers, sums and texts agree with the group", () => {
  const base = group.powG(randomScalar(rng));
  const other = group.powG(randomScalar(rng));
  const fastBase = new fast.FastBase(fast.fromPoint(base));
  const scalars = [
    0n,
    1n,
    2n,
    15n,
    16n,
    17n,
    31n,
    32n,
    group.Q - 1n,
    ...Array.from({ length: 30 }, () => randomScalar(rng)),
  ];
  const powers = new fast.Powers(fast.fromPoint(other));
  for (const [i, c] of scalars.entries()) {
    const z = scalars[scalars.length - 1 - i] as bigint;
    const expected = [group.pow(other, c), group.doublePow(base, z, other, c)];
    const made = [powers.pow(c), fast.commitment(fastBase, z, powers, c)];
    assert.deepEqual(fast.encodeFast(made), group.encodeAll(expected), `${z} ${c}`);
  }
  const [p, q] = [fast.fromPoint(base), fast.fromPoint(other)];
  const twice = fast.plus(p, p);
  assert.deepEqual(
    fast.encodeFast([fast.plus(p, q), fast.minus(p, q), twice, fast.minus(p, p), fast.plus(twice, p)]),
    [
      ...group.encodeAll([
        group.add(base, other),
        group.sub(base, other),
        group.add(base, base),
        group.IDENTITY,
        group.pow(base, 3n),
      ]),
    ],
  );
});

test("reading agrees with the group, for points and for what is none", () => {
  const texts = Array.from({ length: 30 }, () => group.encode(group.powG(randomScalar(rng))));
  const decoded = texts.map(fast.decodeFast);
  assert.deepEqual(fast.encodeFast(decoded), texts);
  const noise = Array.from({ length: 200 }, () => bytesToHex(rng(32)));
  const bad = [
    "8000000000000000000000000000000000000000000000000000000000000001",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
    "66",
    "",
  ];
  let points = 0;
  for (const text of [...noise, ...bad, group.encode(group.IDENTITY)]) {
    let expected: string | null = null;
    try {
      expected = group.encode(group.decodeUnchecked(text));
    } catch (error) {
      assert.ok(error instanceof ProtocolError);
    }
    if (expected === null) assert.throws(() => fast.decodeFast(text), /not_a_point/, text);
    else {
      points += 1;
      const read = fast.decodeFast(text);
      assert.deepEqual(fast.encodeFast([read]), [expected]);
      assert.equal(fast.inSubgroupFast(read, group.Q), group.inSubgroup(group.decodeUnchecked(text)), text);
    }
  }
  assert.ok(points > 50);
});
