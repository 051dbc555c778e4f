// A real server on a folder of its own, which is gone afterwards.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

/** The program: PINGYI_BIN, else the newest build there is. */
export function program() {
  const choices = [process.env.PINGYI_BIN, join(target, "debug/pingyi"), join(target, "release/pingyi")];
  const found = choices.find((path) => path && existsSync(path));
  if (!found) throw new Error("no pingyi to run: cargo build --bin pingyi");
  return found;
}

/** Runs the program to its end. */
export function run(args) {
  const done = spawnSync(program(), args, { encoding: "utf8" });
  return { code: done.status, text: `${done.stdout}${done.stderr}` };
}

/** Runs a line that a page tells people to type, `pingyi …` or `belenios-tool …`, in a folder. */
export function runLine(line, folder) {
  const [name, ...args] = line.trim().split(/\s+/);
  const path = name === "pingyi" ? program() : join(root, "target/belenios/bin", name);
  const done = spawnSync(path, args, { cwd: folder, encoding: "utf8" });
  return { code: done.status, text: `${done.error ?? ""}${done.stdout}${done.stderr}` };
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Starts the program in a folder of its own and waits until `ready(output)` answers with something. */
async function start(argumentsOf, ready) {
  const folder = mkdtempSync(join(tmpdir(), "pingyi-e2e-"));
  const base = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(program(), argumentsOf(folder, base.slice(7)), {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: folder },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      output += text;
    });
  }
  const gone = new Promise((resolve) => child.on("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + 180_000;
  for (;;) {
    const answer = await fetch(`${base}/login`).catch(() => null);
    const found = answer?.ok ? ready(output) : null;
    if (found) return { base, folder, output: () => output, stop, found };
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new Error(`the server did not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** An empty house: `{ base, code, folder, output(), stop() }`; the one-time code is read where a person reads it. */
export async function startHouse() {
  const args = (folder, listen) => ["--lang", "en", "serve", "--data", join(folder, "data"), "--listen", listen];
  const codeLine = (output) => output.split("\n").find((text) => text.includes("/setup"));
  const house = await start(args, codeLine);
  const code = (house.found.replace(/https?:\S+/g, "").match(/[A-Za-z0-9-]{8,}/g) ?? []).pop() ?? "";
  return { ...house, code };
}

/**
 * The demo: last year's appraisal archived, a draft, and a rehearsal that is sealed; with `--simulate` this year's
 * played to its end instead. `demo` holds its addresses.
 */
export async function startDemo(...more) {
  const line = (output) => output.split("\n").find((text) => text.startsWith("{"));
  const house = await start((_, listen) => ["demo", "--json", "--listen", listen, ...more], line);
  return { ...house, demo: JSON.parse(house.found) };
}
