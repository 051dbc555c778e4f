import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { utf8ToBytes } from "../src/lib/bytes.ts";
import { type Election, parseElection } from "../src/lib/election.ts";
import { sha256Bytes } from "../src/lib/hash.ts";
import { type Rng, seededRng } from "../src/lib/random.ts";

/** A generator that gives the same bytes for the same name in every run. */
export const testRng = (name: string): Rng => seededRng(sha256Bytes(utf8ToBytes(`pingyi test ${name}`)));

export const testSeed = (name: string): Uint8Array => sha256Bytes(`pingyi seed ${name}`);

const vectors = join(__FRONTEND__, "../crates/ballot/vectors");

/** Names of the vectors that the Rust crate has written. */
export const vectorNames = (): string[] => readdirSync(vectors).filter((name) => name.endsWith(".json"));

export const vector = (name: string): unknown => JSON.parse(readFileSync(join(vectors, name), "utf8"));

/**
 * Compares with the committed fixture, which the Rust crate verifies (crates/ballot/tests/typescript.rs).
 * `UPDATE=1 npm test` writes it anew.
 */
export function fixture(name: string, value: unknown): { written: string; committed: string } {
  const folder = join(__FRONTEND__, "test/fixtures");
  const path = join(folder, name);
  const written = `${JSON.stringify(value, null, 1)}\n`;
  if (process.env.UPDATE === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, written);
  }
  return { written, committed: readFileSync(path, "utf8") };
}

export const UUID = "eu7vLfTG49KXk9";

/** An election of `presenters` × one item with four grades, key `publicKey`. */
export function testElection(publicKey: string, presenters: number): Election {
  const codes = Array.from({ length: presenters }, (_, i) => `p${i + 1}`);
  const answers = ["好", "较好", "一般", "差"];
  return parseElection(
    JSON.stringify({
      version: 1,
      description: "园区党委书记述职测评表",
      name: "述职评议 · 街道领导班子",
      group: "Ed25519",
      public_key: publicKey,
      questions: codes.map((code) => ({ answers, min: 1, max: 1, question: `园区 ${code}` })),
      uuid: UUID,
      administrator: "Pingyi",
      credential_authority: "issuer",
      x_pingyi: {
        appraisal: "a1",
        category: "A",
        presenters: codes,
        items: ["overall"],
        grades: ["good", "fair", "plain", "poor"],
        scheme: "00".repeat(32),
        minimum: 2,
        rehearsal: false,
        tellers: { threshold: 2, size: 3 },
      },
    }),
  );
}
