/** The booth's first load on a phone: at most 150 kB compressed (ui.md). The worker is counted too. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LIMIT = 150_000;

test("booth, worker and styles fit into 150 kB", async (t) => {
  const { common } = (await import(join(__FRONTEND__, "scripts/common.mjs"))) as { common: object };
  const result = await build({
    ...common,
    entryPoints: {
      booth: join(__FRONTEND__, "src/booth/main.ts"),
      "booth-worker": join(__FRONTEND__, "src/booth/worker.ts"),
      "booth-style": join(__FRONTEND__, "src/booth/booth.css"),
    },
    outdir: "out",
    format: "iife",
    write: false,
  });
  const css = join(__FRONTEND__, "../crates/web/assets/css");
  const sheets = existsSync(css) ? readdirSync(css).map((name) => readFileSync(join(css, name))) : [];
  assert.ok(sheets.length > 0);
  const sizes = [...result.outputFiles.map((file) => file.contents), Buffer.concat(sheets)].map(
    (bytes) => gzipSync(bytes, { level: 9 }).length,
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`first load ${total} bytes compressed (${sizes.join(" + ")})`);
  assert.ok(total <= LIMIT, `${total} bytes`);
});
