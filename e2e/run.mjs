// The journeys in a real browser against a real server. `npm run e2e` in frontend/.
// PINGYI_BIN names the program, SHOTS a folder for pictures; arguments choose files by a part of their name.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "./house.mjs";

const here = dirname(fileURLToPath(import.meta.url));
if (!existsSync(join(here, "../frontend/dist/booth.js"))) {
  console.error("the browser code is not built: npm run build in frontend/");
  process.exit(2);
}
console.error(`e2e: ${program()}`);
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .map((name) => join(here, name));
const done = spawnSync(process.execPath, ["--test", "--test-concurrency=2", ...files], { stdio: "inherit" });
process.exit(done.status ?? 1);
