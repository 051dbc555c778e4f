/** Catalogues: the same ids and the same arguments in both languages, nothing missing, nothing unused. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FluentBundle, FluentResource } from "@fluent/bundle";

const locales = join(__FRONTEND__, "../locales");
const read = (language: string, area: string) => readFileSync(join(locales, language, `${area}.ftl`), "utf8");

function sourcesUnder(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) =>
      statSync(path).isDirectory()
        ? sourcesUnder(path)
        : path.endsWith(".ts")
          ? readFileSync(path, "utf8")
          : "",
    )
    .join("\n");
}

/** id → arguments used in its text. */
function messages(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const block of text.split(/\n(?=[a-z])/)) {
    const id = /^([a-z][a-z0-9-]*) =/.exec(block.trim())?.[1];
    if (id === undefined) continue;
    const args = [...block.matchAll(/\$([a-z]+)/g)].map((match) => match[1]);
    found.set(id, [...new Set(args)].sort().join(" "));
  }
  return found;
}

/** Areas of which the booth's code is the only user. */
const AREAS = [{ area: "booth", folders: ["booth", "check", "challenge"] }];

for (const { area, folders } of AREAS) {
  const zh = messages(read("zh-CN", area));
  const en = messages(read("en", area));

  test(`${area}: both languages hold the same`, () => {
    assert.ok(zh.size > 20);
    assert.deepEqual([...en.entries()].sort(), [...zh.entries()].sort());
  });

  test(`${area}: everything parses`, () => {
    for (const [language, size] of [
      ["zh-CN", zh.size],
      ["en", en.size],
    ] as const) {
      const resource = new FluentResource(read(language, area));
      assert.equal(new FluentBundle(language).addResource(resource).length, 0);
      assert.equal(resource.body.length, size);
    }
  });

  test(`${area}: every text is used, and every used text is there`, () => {
    const source = folders.map((folder) => sourcesUnder(join(__FRONTEND__, "src", folder))).join("\n");
    const used = new Set(
      [...source.matchAll(/"((?:booth|check|challenge)-[a-z-]+)"/g)].map((match) => match[1] ?? ""),
    );
    const built = [...source.matchAll(/`((?:booth|check|challenge)-[a-z-]*)\$\{[^}]+\}((?:-[a-z]+)?)`/g)].map(
      ([, start = "", end = ""]) => new RegExp(`^${start}[a-z-]+${end}$`),
    );
    const unused = [...zh.keys()].filter((id) => !used.has(id) && !built.some((form) => form.test(id)));
    // Strings that look like texts and are names of classes or files.
    const others = /^booth-(?:worker|offline|main|head|foot|[a-z]+)(?:-[a-z]+)*$/;
    const absent = [...used].filter(
      (id) => !zh.has(id) && !(others.test(id) && source.includes(`class: "${id}`)),
    );
    assert.deepEqual(unused, []);
    assert.deepEqual(
      absent.filter((id) => new RegExp(`t\\("${id}"`).test(source)),
      [],
    );
  });
}

test("words: no exclamation marks, no cheers", () => {
  for (const language of ["zh-CN", "en"]) {
    for (const { area } of AREAS) assert.doesNotMatch(read(language, area), /[!！]|success|成功/i, language);
  }
});
