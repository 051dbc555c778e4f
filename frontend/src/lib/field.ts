/**
 * Arithmetic modulo 2^255 − 19 for **public** numbers: checking many ballots in a browser.
 *
 * BigInt needs a division and an allocation for each product; here an element is fifteen limbs of 17 bits in doubles
 * (15 × 17 = 255, so what overflows comes back times 19), about five times as fast. Limbs may be negative and larger than
 * 17 bits between operations: a product of limbs up to 2^21 sums to less than 2^52, where doubles are still exact.
 * Secrets stay with the noble library (group.ts). Every operation is compared with BigInt by tests.
 */

/** Fifteen limbs, least significant first. */
export type Fe = Float64Array<ArrayBuffer>;

const LIMBS = 15;
const RADIX = 2 ** 17;
const INVERSE = 2 ** -17;
export const P = 2n ** 255n - 19n;

export const fe = (): Fe => new Float64Array(LIMBS);

/** Takes an integer in [0, 2^255). */
export function fromBigInt(value: bigint): Fe {
  const out = fe();
  let rest = value;
  // Three limbs at a time: 51 bits fit a double.
  for (let i = 0; i < LIMBS; i += 3) {
    const word = Number(rest & 0x7ffffffffffffn);
    rest >>= 51n;
    out[i] = word % RADIX;
    out[i + 1] = Math.floor(word * INVERSE) % RADIX;
    out[i + 2] = Math.floor(word * INVERSE * INVERSE);
  }
  return out;
}

/** The canonical integer in [0, p). */
export function toBigInt(a: Fe): bigint {
  let value = 0n;
  for (let i = LIMBS - 3; i >= 0; i -= 3) {
    // After a product limbs are small, so three of them stay below 2^53.
    const word = ((a[i + 2] as number) * RADIX + (a[i + 1] as number)) * RADIX + (a[i] as number);
    value = (value << 51n) + BigInt(word);
  }
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

export function add(out: Fe, a: Fe, b: Fe): void {
  for (let i = 0; i < LIMBS; i++) out[i] = (a[i] as number) + (b[i] as number);
}

export function sub(out: Fe, a: Fe, b: Fe): void {
  for (let i = 0; i < LIMBS; i++) out[i] = (a[i] as number) - (b[i] as number);
}

/** out = a · b, every pair of limbs written out: a loop would be five times slower. out may be a or b. */
// biome-ignore format: one line per limb of the product
export function mul(out: Fe, a: Fe, b: Fe): void {
  const a0 = a[0] as number, a1 = a[1] as number, a2 = a[2] as number, a3 = a[3] as number, a4 = a[4] as number;
  const a5 = a[5] as number, a6 = a[6] as number, a7 = a[7] as number, a8 = a[8] as number, a9 = a[9] as number;
  const a10 = a[10] as number, a11 = a[11] as number, a12 = a[12] as number, a13 = a[13] as number, a14 = a[14] as number;
  const b0 = b[0] as number, b1 = b[1] as number, b2 = b[2] as number, b3 = b[3] as number, b4 = b[4] as number;
  const b5 = b[5] as number, b6 = b[6] as number, b7 = b[7] as number, b8 = b[8] as number, b9 = b[9] as number;
  const b10 = b[10] as number, b11 = b[11] as number, b12 = b[12] as number, b13 = b[13] as number, b14 = b[14] as number;
  let t0 = a0 * b0 + 19 * (a1 * b14 + a2 * b13 + a3 * b12 + a4 * b11 + a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5 + a11 * b4 + a12 * b3 + a13 * b2 + a14 * b1);
  let t1 = a0 * b1 + a1 * b0 + 19 * (a2 * b14 + a3 * b13 + a4 * b12 + a5 * b11 + a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6 + a11 * b5 + a12 * b4 + a13 * b3 + a14 * b2);
  let t2 = a0 * b2 + a1 * b1 + a2 * b0 + 19 * (a3 * b14 + a4 * b13 + a5 * b12 + a6 * b11 + a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6 + a12 * b5 + a13 * b4 + a14 * b3);
  let t3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + 19 * (a4 * b14 + a5 * b13 + a6 * b12 + a7 * b11 + a8 * b10 + a9 * b9 + a10 * b8 + a11 * b7 + a12 * b6 + a13 * b5 + a14 * b4);
  let t4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + 19 * (a5 * b14 + a6 * b13 + a7 * b12 + a8 * b11 + a9 * b10 + a10 * b9 + a11 * b8 + a12 * b7 + a13 * b6 + a14 * b5);
  let t5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + 19 * (a6 * b14 + a7 * b13 + a8 * b12 + a9 * b11 + a10 * b10 + a11 * b9 + a12 * b8 + a13 * b7 + a14 * b6);
  let t6 = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + 19 * (a7 * b14 + a8 * b13 + a9 * b12 + a10 * b11 + a11 * b10 + a12 * b9 + a13 * b8 + a14 * b7);
  let t7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + 19 * (a8 * b14 + a9 * b13 + a10 * b12 + a11 * b11 + a12 * b10 + a13 * b9 + a14 * b8);
  let t8 = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + 19 * (a9 * b14 + a10 * b13 + a11 * b12 + a12 * b11 + a13 * b10 + a14 * b9);
  let t9 = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + a9 * b0 + 19 * (a10 * b14 + a11 * b13 + a12 * b12 + a13 * b11 + a14 * b10);
  let t10 = a0 * b10 + a1 * b9 + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + a9 * b1 + a10 * b0 + 19 * (a11 * b14 + a12 * b13 + a13 * b12 + a14 * b11);
  let t11 = a0 * b11 + a1 * b10 + a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + a9 * b2 + a10 * b1 + a11 * b0 + 19 * (a12 * b14 + a13 * b13 + a14 * b12);
  let t12 = a0 * b12 + a1 * b11 + a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3 + a10 * b2 + a11 * b1 + a12 * b0 + 19 * (a13 * b14 + a14 * b13);
  let t13 = a0 * b13 + a1 * b12 + a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3 + a11 * b2 + a12 * b1 + a13 * b0 + 19 * (a14 * b14);
  let t14 = a0 * b14 + a1 * b13 + a2 * b12 + a3 * b11 + a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4 + a11 * b3 + a12 * b2 + a13 * b1 + a14 * b0;
  let c: number;
  c = Math.floor(t0 * INVERSE); t0 -= c * RADIX; t1 += c;
  c = Math.floor(t1 * INVERSE); t1 -= c * RADIX; t2 += c;
  c = Math.floor(t2 * INVERSE); t2 -= c * RADIX; t3 += c;
  c = Math.floor(t3 * INVERSE); t3 -= c * RADIX; t4 += c;
  c = Math.floor(t4 * INVERSE); t4 -= c * RADIX; t5 += c;
  c = Math.floor(t5 * INVERSE); t5 -= c * RADIX; t6 += c;
  c = Math.floor(t6 * INVERSE); t6 -= c * RADIX; t7 += c;
  c = Math.floor(t7 * INVERSE); t7 -= c * RADIX; t8 += c;
  c = Math.floor(t8 * INVERSE); t8 -= c * RADIX; t9 += c;
  c = Math.floor(t9 * INVERSE); t9 -= c * RADIX; t10 += c;
  c = Math.floor(t10 * INVERSE); t10 -= c * RADIX; t11 += c;
  c = Math.floor(t11 * INVERSE); t11 -= c * RADIX; t12 += c;
  c = Math.floor(t12 * INVERSE); t12 -= c * RADIX; t13 += c;
  c = Math.floor(t13 * INVERSE); t13 -= c * RADIX; t14 += c;
  c = Math.floor(t14 * INVERSE); t14 -= c * RADIX; t0 += 19 * c;
  c = Math.floor(t0 * INVERSE); t0 -= c * RADIX; t1 += c;
  out[0] = t0; out[1] = t1; out[2] = t2; out[3] = t3; out[4] = t4;
  out[5] = t5; out[6] = t6; out[7] = t7; out[8] = t8; out[9] = t9;
  out[10] = t10; out[11] = t11; out[12] = t12; out[13] = t13; out[14] = t14;
}

/** out = a^(2^n) */
export function squareTimes(out: Fe, a: Fe, n: number): void {
  mul(out, a, a);
  for (let i = 1; i < n; i++) mul(out, out, out);
}

/** a^(2^250 − 1) and a^11: what inversion and square roots are made of. */
function chain(a: Fe): { long: Fe; eleven: Fe } {
  const [t, u, v, eleven] = [fe(), fe(), fe(), fe()];
  squareTimes(t, a, 1); // 2
  squareTimes(u, t, 2); // 8
  mul(u, u, a); // 9
  mul(eleven, u, t); // 11
  squareTimes(t, eleven, 1); // 22
  mul(t, t, u); // 2^5 − 1
  squareTimes(u, t, 5);
  mul(t, u, t); // 2^10 − 1
  squareTimes(u, t, 10);
  mul(u, u, t); // 2^20 − 1
  squareTimes(v, u, 20);
  mul(u, v, u); // 2^40 − 1
  squareTimes(u, u, 10);
  mul(t, u, t); // 2^50 − 1
  squareTimes(u, t, 50);
  mul(u, u, t); // 2^100 − 1
  squareTimes(v, u, 100);
  mul(u, v, u); // 2^200 − 1
  squareTimes(u, u, 50);
  mul(t, u, t); // 2^250 − 1
  return { long: t, eleven };
}

/** a^(p − 2) = 1/a; 0 for 0. */
export function invert(out: Fe, a: Fe): void {
  const { long, eleven } = chain(a);
  squareTimes(long, long, 5);
  mul(out, long, eleven);
}

/** a^((p − 5)/8) */
export function rootPower(out: Fe, a: Fe): void {
  const { long } = chain(a);
  squareTimes(long, long, 2);
  mul(out, long, a);
}
