/** Ed25519's prime-order subgroup in the notation of protocol.md §2.3 (written there multiplicatively). */
import { FpInvertBatch } from "@noble/curves/abstract/modular.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { ProtocolError } from "./errors.ts";

const { Point: Curve } = ed25519;
const { Fp } = Curve;

export type Point = InstanceType<typeof Curve>;
/** In [0, q). */
export type Scalar = bigint;

/** Name of the group in elections and proofs. */
export const GROUP = "Ed25519";
/** Order of the group. */
export const Q: bigint = Curve.Fn.ORDER;
export const G: Point = Curve.BASE;
export const IDENTITY: Point = Curve.ZERO;

const SIGN = 1n << 255n;
const ELEMENT = /^[0-9a-f]{64}$/;
const DECIMAL = /^(0|[1-9][0-9]{0,77})$/;

/** Reduces any integer into [0, q). */
export function mod(value: bigint): Scalar {
  const rest = value % Q;
  return rest < 0n ? rest + Q : rest;
}

/** Inverse modulo q. @throws ProtocolError `zero_inverse` */
export function invert(value: Scalar): Scalar {
  if (mod(value) === 0n) throw new ProtocolError("zero_inverse");
  return Curve.Fn.inv(mod(value));
}

export const add = (a: Point, b: Point): Point => a.add(b);
export const sub = (a: Point, b: Point): Point => a.subtract(b);
export const isIdentity = (a: Point): boolean => a.is0();

/** base^exponent for a base met once. Not constant-time: use {@link secretPow} where the exponent is a key. */
export const pow = (base: Point, exponent: Scalar): Point => base.multiplyUnsafe(mod(exponent));

/** base^exponent with a sequence of operations that does not depend on the exponent. */
export function secretPow(base: Point, exponent: Scalar): Point {
  const e = mod(exponent);
  return e === 0n || base.is0() ? IDENTITY : base.multiply(e);
}

/** left^a · right^b, not constant-time: for verification. */
export const doublePow = (left: Point, a: Scalar, right: Point, b: Scalar): Point =>
  left.multiplyUnsafe(mod(a)).add(right.multiplyUnsafe(mod(b)));

/** A base raised to many powers: tables of multiples are made once (about 20 ms) and every power is additions only. */
export class FixedBase {
  readonly point: Point;
  private readonly table: Point;

  constructor(point: Point) {
    this.point = point;
    // A copy of its own: noble keeps tables per object, and the shared BASE must stay as it is.
    this.table = new Curve(point.X, point.Y, point.Z, point.T).precompute(8);
  }

  /** The table walk makes the same additions for every exponent. */
  pow(exponent: Scalar): Point {
    const e = mod(exponent);
    if (this.point.is0()) return IDENTITY;
    return this.table.multiplyUnsafe(e);
  }
}

let base: FixedBase | undefined;

/** g^exponent. */
export function powG(exponent: Scalar): Point {
  base ??= new FixedBase(G);
  return base.pow(exponent);
}

/** The canonical text of a point: 64 lower-case hex digits, big-endian, sign of x in the top bit. */
export const encode = (point: Point): string => encodeAll([point])[0] ?? "";

/** As {@link encode} for many points, with one field inversion altogether. */
export function encodeAll(points: readonly Point[]): string[] {
  const inverses = FpInvertBatch(
    Fp,
    points.map((point) => point.Z),
  );
  return points.map((point, i) => {
    const inverse = inverses[i] ?? 0n;
    const x = Fp.mul(point.X, inverse);
    const y = Fp.mul(point.Y, inverse);
    return ((x & 1n) === 1n ? y | SIGN : y).toString(16).padStart(64, "0");
  });
}

/** Reads a canonical point of the curve without the check of the subgroup. @throws ProtocolError `not_a_point` */
export function decodeUnchecked(text: string): Point {
  if (!ELEMENT.test(text)) throw new ProtocolError("not_a_point", text.slice(0, 80));
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++) bytes[31 - i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  try {
    return Curve.fromBytes(bytes, false);
  } catch {
    throw new ProtocolError("not_a_point", text);
  }
}

/** Whether the point lies in the subgroup of order q. */
export const inSubgroup = (point: Point): boolean => point.is0() || point.isTorsionFree();

/** Reads a canonical point of the subgroup (the identity included). @throws ProtocolError `not_a_point` */
export function decode(text: string): Point {
  const point = decodeUnchecked(text);
  if (!inSubgroup(point)) throw new ProtocolError("not_a_point", `${text} is outside the subgroup`);
  return point;
}

export const scalarText = (value: Scalar): string => value.toString(10);

/** Reads a decimal scalar in [0, q) without leading zeros. @throws ProtocolError `not_a_scalar` */
export function parseScalar(text: string): Scalar {
  if (typeof text !== "string" || !DECIMAL.test(text)) throw new ProtocolError("not_a_scalar", String(text));
  const value = BigInt(text);
  if (value >= Q) throw new ProtocolError("not_a_scalar", text);
  return value;
}
