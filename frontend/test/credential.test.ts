import assert from "node:assert/strict";
import { test } from "node:test";
import {
  correctTyped,
  credentialSecret,
  newCredential,
  parseCredential,
  publicCredential,
} from "../src/lib/credential.ts";
import { testRng } from "./support.ts";

test("derivation gives the vector of protocol.md §5.3", () => {
  const credential = parseCredential("AwyxG-dyzbUs-D8UGW-m4E8Aw");
  assert.equal(
    credentialSecret("eu7vLfTG49KXk9", credential),
    5495399212734514804507218528702545345442433384518110767731230539447230877389n,
  );
  assert.equal(
    publicCredential("eu7vLfTG49KXk9", credential),
    "eb20b48c271d9d175d88eb5e0726805b6399b048f335f71ae8931d98c249ca11",
  );
});

test("new credentials have the form, and differ", () => {
  const rng = testRng("credentials");
  const made = Array.from({ length: 100 }, () => newCredential(rng));
  for (const credential of made) assert.equal(parseCredential(credential), credential);
  assert.equal(new Set(made).size, 100);
});

test("what a person types is read with care", () => {
  const credential = newCredential(testRng("typed"));
  const raw = credential.replace(/-/g, "");
  for (const typed of [
    credential,
    raw,
    ` ${raw} `,
    credential.replace(/-/g, " — "),
    raw.replace(/1/g, "l"),
  ]) {
    assert.equal(correctTyped(typed).credential, credential, typed);
  }
  const wide = [...raw].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join("");
  assert.equal(correctTyped(wide).credential, credential);
  assert.equal(correctTyped("AwyxGdyzbUsD8UGWm4E80w").shown, "AwyxG-dyzbUs-D8UGW-m4E8ow");
  const short = correctTyped(raw.slice(0, 12));
  assert.deepEqual([short.credential, short.length], [null, 12]);
  const strange = correctTyped(`${raw.slice(0, 21)}好`);
  assert.deepEqual([strange.credential, strange.foreign], [null, ["好"]]);
  assert.equal(correctTyped(`${raw}A`).credential, null);
});
