// Bundles every page that exists into dist/. `--watch` rebuilds on change.
// An entry is src/<page>/main.ts (→ dist/<page>.js), src/<page>/worker.ts (→ <page>-worker.js) and
// src/<page>/<page>.css (→ <page>.css). A page whose folder is missing is left out.
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context, transform } from "esbuild";
import { common } from "./common.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const pages = [
  "booth",
  "check",
  "challenge",
  "teller",
  "issuer",
  "hall",
  "office",
  "setup",
  "map",
  "charts",
  "paste",
  "report",
  "slides",
];

function entries() {
  const found = {};
  for (const page of pages) {
    for (const [file, name] of [
      [`src/${page}/main.ts`, page],
      [`src/${page}/worker.ts`, `${page}-worker`],
      [`src/${page}/${page}.css`, page],
    ]) {
      const path = join(root, file);
      if (existsSync(path)) found[file.endsWith(".css") ? `${name}.css` : name] = path;
    }
  }
  return found;
}

/** One file that opens from a disk: page, styles, script and the worker's source inside. */
async function writeOfflineBooth() {
  const read = (name) => readFile(join(dist, name), "utf8");
  const safe = (text) => text.replaceAll("</script", "<\\/script");
  const sheets = ["tokens", "base", "layout", "components", "charts"].map((name) =>
    readFile(join(root, `../crates/web/assets/css/${name}.css`), "utf8"),
  );
  const shared = await transform((await Promise.all(sheets)).join("\n"), { loader: "css", minify: true });
  const [shell, css, page, worker] = await Promise.all([
    readFile(join(root, "src/booth/offline.html"), "utf8"),
    read("booth.css").then((own) => shared.code + own),
    read("booth.js"),
    read("booth-worker.js"),
  ]);
  const html = shell
    .replace("/*STYLE*/", () => css)
    .replace("/*WORKER*/", () => safe(worker))
    .replace("/*SCRIPT*/", () => safe(page));
  await writeFile(join(dist, "booth-offline.html"), html);
}

/** pdf.js for the hall's slides: loaded only when there are slides, served beside the bundles. */
async function copyPdfjs() {
  const from = join(root, "node_modules/pdfjs-dist");
  const to = join(dist, "pdfjs");
  const parts = [
    ["legacy/build/pdf.min.mjs", "pdf.js"],
    ["legacy/build/pdf.worker.min.mjs", "pdf.worker.js"],
    ["cmaps", "cmaps"],
    ["standard_fonts", "standard_fonts"],
    ["wasm/openjpeg_nowasm_fallback.js", "wasm/openjpeg_nowasm_fallback.js"],
  ];
  for (const [source, target] of parts) {
    if (existsSync(join(from, source))) await cp(join(from, source), join(to, target), { recursive: true });
  }
}

const options = () => {
  const all = entries();
  return {
    ...common,
    entryPoints: Object.entries(all).map(([out, path]) => ({ in: path, out: out.replace(/\.css$/, "") })),
    outdir: dist,
    format: "iife",
  };
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
if (process.argv.includes("--watch")) {
  const watcher = await context(options());
  await watcher.watch();
} else {
  await build(options());
  if (existsSync(join(root, "src/hall/main.ts"))) await copyPdfjs();
  if (existsSync(join(root, "src/booth/offline.html"))) await writeOfflineBooth();
}
