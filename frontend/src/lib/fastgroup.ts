/**
 * The group for **public** exponents only, several times as fast as the constant-time one: what it takes to check a whole
 * board on a phone. Nothing secret may be passed to this module. Formulas: Hisil, Wong, Carter and Dawson 2008, for
 * a = −1 in extended coordinates.
 */
import { ProtocolError } from "./errors.ts";
import { add, type Fe, fe, fromBigInt, invert, mul, P, rootPower, sub, toBigInt } from "./field.ts";
import type { Point, Scalar } from "./group.ts";

/** x = X/Z, y = Y/Z, xy = T/Z. */
export interface FastPoint {
  X: Fe;
  Y: Fe;
  Z: Fe;
  T: Fe;
}

/** A summand made ready: Y + X, Y − X, 2dT, 2Z. */
interface Cached {
  plus: Fe;
  minus: Fe;
  t2d: Fe;
  z2: Fe;
}

const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const ROOT_OF_MINUS_ONE =
  fromBigInt(19681161376707505956807079304988542015446066515923890162744021073123829784752n);
const D1 = fromBigInt(D);
const D2 = fromBigInt((2n * D) % P);
const ONE = fromBigInt(1n);
const ELEMENT = /^[0-9a-f]{64}$/;

const point = (): FastPoint => ({ X: fe(), Y: fe(), Z: fe(), T: fe() });

export const identity = (): FastPoint => ({ X: fe(), Y: ONE.slice(), Z: ONE.slice(), T: fe() });

export const fromPoint = ({ X, Y, Z, T }: Point): FastPoint => ({
  X: fromBigInt(X),
  Y: fromBigInt(Y),
  Z: fromBigInt(Z),
  T: fromBigInt(T),
});

// Scratch space: this module runs on one thread and none of its functions calls itself.
const [a, b, c, d, e, f, g, h] = [fe(), fe(), fe(), fe(), fe(), fe(), fe(), fe()];

function finish(out: FastPoint): void {
  mul(out.X, e, f);
  mul(out.Y, g, h);
  mul(out.T, e, h);
  mul(out.Z, f, g);
}

function double(out: FastPoint, p: FastPoint): void {
  mul(a, p.X, p.X);
  mul(b, p.Y, p.Y);
  mul(c, p.Z, p.Z);
  add(c, c, c);
  add(d, p.X, p.Y);
  mul(e, d, d);
  add(h, a, b);
  sub(e, e, h);
  sub(g, b, a);
  sub(f, g, c);
  // H = −A − B
  for (let i = 0; i < h.length; i++) h[i] = -(h[i] as number);
  finish(out);
}

function addCached(out: FastPoint, p: FastPoint, q: Cached, negative = false): void {
  sub(a, p.Y, p.X);
  add(b, p.Y, p.X);
  mul(a, a, negative ? q.plus : q.minus);
  mul(b, b, negative ? q.minus : q.plus);
  mul(c, p.T, q.t2d);
  mul(d, p.Z, q.z2);
  sub(e, b, a);
  add(h, b, a);
  if (negative) {
    add(f, d, c);
    sub(g, d, c);
  } else {
    sub(f, d, c);
    add(g, d, c);
  }
  finish(out);
}

function cache(p: FastPoint): Cached {
  const made = { plus: fe(), minus: fe(), t2d: fe(), z2: fe() };
  add(made.plus, p.Y, p.X);
  sub(made.minus, p.Y, p.X);
  mul(made.t2d, p.T, D2);
  add(made.z2, p.Z, p.Z);
  return made;
}

export function plus(p: FastPoint, q: FastPoint): FastPoint {
  const out = point();
  addCached(out, p, cache(q));
  return out;
}

export function minus(p: FastPoint, q: FastPoint): FastPoint {
  const out = point();
  addCached(out, p, cache(q), true);
  return out;
}

/** Odd multiples 1, 3 … 15 of a point that is raised to more than one power. */
export class Powers {
  private readonly odd: Cached[] = [];

  constructor(p: FastPoint) {
    const twice = point();
    double(twice, p);
    const step = cache(twice);
    const at = { X: p.X.slice(), Y: p.Y.slice(), Z: p.Z.slice(), T: p.T.slice() };
    for (let i = 0; i < 8; i++) {
      this.odd.push(cache(at));
      addCached(at, at, step);
    }
  }

  /** The point times the scalar. */
  pow(scalar: Scalar): FastPoint {
    const digits = signedDigits(scalar);
    const out = identity();
    let started = false;
    for (let i = digits.length - 1; i >= 0; i--) {
      if (started) double(out, out);
      const digit = digits[i] as number;
      if (digit === 0) continue;
      started = true;
      addCached(out, out, this.odd[(Math.abs(digit) - 1) >> 1] as Cached, digit < 0);
    }
    return out;
  }
}

/** Width-5 non-adjacent form: odd digits in ±1 … ±15, at least four zeros between two of them. */
function signedDigits(scalar: Scalar): Int8Array {
  const digits = new Int8Array(258);
  const bits = scalar.toString(2);
  const n = bits.length;
  const bit = (i: number): number => (i < n && bits.charCodeAt(n - 1 - i) === 49 ? 1 : 0);
  let carry = 0;
  for (let i = 0; i < n + 1; ) {
    if (bit(i) + carry !== 1) {
      // 0 without, or 1 with a carry: nothing stands here and the carry goes on.
      i += 1;
      continue;
    }
    let window = carry;
    for (let k = 0; k < 5; k++) window += bit(i + k) << k;
    carry = window > 15 ? 1 : 0;
    digits[i] = window - 32 * carry;
    i += 5;
  }
  return digits;
}

const WINDOW = 5;
const WINDOWS = 51;

/** A base that is met in every proof: all multiples of every five-bit digit are kept. */
export class FastBase {
  private readonly table: Cached[] = [];

  constructor(base: FastPoint) {
    let unit = base;
    for (let w = 0; w < WINDOWS; w++) {
      const step = cache(unit);
      let at = unit;
      for (let i = 1; i < 1 << WINDOW; i++) {
        this.table.push(cache(at));
        const next = point();
        addCached(next, at, step);
        at = next;
      }
      unit = at;
    }
  }

  /** out += base times scalar. */
  addTo(out: FastPoint, scalar: Scalar): void {
    const bits = scalar.toString(2).padStart(WINDOW * WINDOWS, "0");
    for (let w = 0; w < WINDOWS; w++) {
      const end = bits.length - WINDOW * w;
      const digit = Number.parseInt(bits.slice(end - WINDOW, end), 2);
      if (digit !== 0) addCached(out, out, this.table[w * 31 + digit - 1] as Cached);
    }
  }
}

/** base^z · p^c: a commitment recomputed from a proof. */
export function commitment(base: FastBase, z: Scalar, powers: Powers, c: Scalar): FastPoint {
  const out = powers.pow(c);
  base.addTo(out, z);
  return out;
}

/** Encodes many points with one inversion; the same text as `group.encode`. */
export function encodeFast(points: readonly FastPoint[]): string[] {
  const products: Fe[] = [];
  let running = ONE.slice();
  for (const { Z } of points) {
    products.push(running);
    const next = fe();
    mul(next, running, Z);
    running = next;
  }
  const inverse = fe();
  invert(inverse, running);
  const out = new Array<string>(points.length);
  for (let i = points.length - 1; i >= 0; i--) {
    const { X, Y, Z } = points[i] as FastPoint;
    const own = fe();
    mul(own, inverse, products[i] as Fe);
    mul(inverse, inverse, Z);
    const [x, y] = [fe(), fe()];
    mul(x, X, own);
    mul(y, Y, own);
    const sign = toBigInt(x) & 1n;
    out[i] = (toBigInt(y) | (sign << 255n)).toString(16).padStart(64, "0");
  }
  return out;
}

/** The root of u/v, null where there is none: (u v³)(u v⁷)^((p−5)/8), corrected by √−1. */
function ratioRoot(u: Fe, v: Fe): Fe | null {
  const [v3, v7, x, check] = [fe(), fe(), fe(), fe()];
  mul(v3, v, v);
  mul(v3, v3, v);
  mul(v7, v3, v3);
  mul(v7, v7, v);
  mul(x, u, v7);
  rootPower(x, x);
  mul(x, x, v3);
  mul(x, x, u);
  mul(check, x, x);
  mul(check, check, v);
  const found = toBigInt(check);
  const wanted = toBigInt(u);
  if (found === wanted) return x;
  if (found !== (P - wanted) % P) return null;
  mul(x, x, ROOT_OF_MINUS_ONE);
  return x;
}

/** Reads a canonical point of the curve, subgroup unchecked; the same texts as `group.decodeUnchecked`. */
export function decodeFast(text: string): FastPoint {
  if (!ELEMENT.test(text)) throw new ProtocolError("not_a_point", text.slice(0, 80));
  const whole = BigInt(`0x${text}`);
  const sign = whole >> 255n;
  const value = whole & ((1n << 255n) - 1n);
  if (value >= P) throw new ProtocolError("not_a_point", text);
  const y = fromBigInt(value);
  const [u, v, square] = [fe(), fe(), fe()];
  mul(square, y, y);
  sub(u, square, ONE);
  mul(u, u, ONE);
  mul(v, square, D1);
  add(v, v, ONE);
  mul(v, v, ONE);
  const root = ratioRoot(u, v);
  if (root === null) throw new ProtocolError("not_a_point", text);
  let x = toBigInt(root);
  if (x === 0n && sign === 1n) throw new ProtocolError("not_a_point", text);
  if ((x & 1n) !== sign) x = P - x;
  const out = { X: fromBigInt(x), Y: y, Z: ONE.slice(), T: fe() };
  mul(out.T, out.X, y);
  return out;
}

/** Whether the point times the order of the group is the identity. */
export function inSubgroupFast(p: FastPoint, order: Scalar): boolean {
  const { X, Y, Z } = new Powers(p).pow(order);
  return toBigInt(reduced(X)) === 0n && toBigInt(reduced(Y)) === toBigInt(reduced(Z));
}

function reduced(value: Fe): Fe {
  const out = fe();
  mul(out, value, ONE);
  return out;
}
