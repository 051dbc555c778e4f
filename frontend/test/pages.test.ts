/** The pure parts of the pages: events, clocks, layout of slips, forms, tables, the stage's keys. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pagesOf } from "../src/hall/results.ts";
import { windowOf } from "../src/hall/types.ts";
import { partsOf, sheetsOf, slipAddress } from "../src/issuer/layout.ts";
import { makeBox, rollFingerprint } from "../src/issuer/make.ts";
import { countProblem, defaultCounts } from "../src/issuer/types.ts";
import { backoffMs, errorFrom } from "../src/lib/api.ts";
import { clockText, secondsLeft } from "../src/lib/clock.ts";
import { parseCredential, publicCredential } from "../src/lib/credential.ts";
import { sha256B64 } from "../src/lib/hash.ts";
import { openSecret, readTellerKeyFile, sealSecret } from "../src/lib/keyfile.ts";
import { SseParser } from "../src/lib/live.ts";
import { fillAddress, toJson } from "../src/office/fields.ts";
import { stageChange } from "../src/office/stage.ts";
import { csvLine, matches } from "../src/office/tables.ts";
import { boxesToOpen, panelKey, stepOf, type TellerView } from "../src/teller/types.ts";
import { testRng, UUID } from "./support.ts";

test("server-sent events survive being cut anywhere", () => {
  const stream = ': hello\r\n\nevent: change\ndata: {"topic":"stage","version":3}\n\ndata: a\ndata: b\n\n';
  const whole = [
    { event: "change", data: '{"topic":"stage","version":3}' },
    { event: "message", data: "a\nb" },
  ];
  for (let size = 1; size < 12; size++) {
    const parser = new SseParser();
    const events = [];
    for (let at = 0; at < stream.length; at += size) events.push(...parser.push(stream.slice(at, at + size)));
    assert.deepEqual(events, whole, `pieces of ${size}`);
  }
});

test("waits between tries grow and stay bounded", () => {
  const middle = [1, 2, 3, 4, 5, 6, 20].map((attempt) => backoffMs(attempt, 0.5));
  assert.deepEqual(middle, [500, 1000, 2000, 4000, 8000, 10000, 10000]);
  assert.equal(backoffMs(1, 0), 375);
  assert.equal(backoffMs(20, 1), 12500);
});

test("an error carries every problem, and anything else its status", () => {
  const problems = [
    { path: "title", code: "text_missing", message: "empty" },
    { path: "categories[1].weight", code: "too_low", message: "low" },
  ];
  const error = errorFrom(422, { error: { code: "invalid", message: "no", problems } });
  assert.equal(error.code, "invalid");
  assert.deepEqual(error.problems, problems);
  assert.equal(errorFrom(502, "<html>").code, "http_502");
});

test("the clock reads m:ss and goes below nought", () => {
  assert.deepEqual([600, 59.2, 1, 0.01, 0, -0.5, -1, -61, -600].map(clockText), [
    "10:00",
    "1:00",
    "0:01",
    "0:01",
    "0:00",
    "0:00",
    "−0:01",
    "−1:01",
    "−10:00",
  ]);
});

test("a countdown runs only while it runs", () => {
  const start = { secondsLeft: 10, at: 1000 };
  assert.equal(secondsLeft({ ...start, running: true }, 13_500), -2.5);
  assert.equal(secondsLeft({ ...start, running: false }, 13_500), 10);
});

test("slips fill sheets of ten and sheets fill parts of fifty", () => {
  const slips = Array.from({ length: 1023 }, (_, i) => i);
  const sheets = sheetsOf(slips);
  assert.equal(sheets.length, 103);
  assert.deepEqual(sheets[102], { number: 103, of: 103, slips: [1020, 1021, 1022] });
  assert.deepEqual(
    sheets.flatMap((sheet) => sheet.slips),
    slips,
  );
  assert.deepEqual(partsOf(103), [
    { from: 1, to: 50 },
    { from: 51, to: 100 },
    { from: 101, to: 103 },
  ]);
  assert.deepEqual(partsOf(0), []);
});

test("the credential stands behind # and nowhere else", () => {
  const address = new URL(slipAddress("http://192.168.1.5:8080/", UUID, "abc-def"));
  assert.equal(address.hash, "#abc-def");
  assert.equal(address.pathname, `/b/${UUID}`);
  assert.equal(address.search, "");
});

test("a box of slips: distinct, valid, shuffled, and the publics belong to them", () => {
  const counts = { phone: 40, paper: 5, spare: 7 };
  const shares: number[] = [];
  const made = makeBox(UUID, counts, testRng("slips"), (share) => shares.push(share));
  const secrets = [...made.phone, ...made.paper, ...made.spare];
  assert.equal(new Set(secrets).size, 52);
  for (const kind of ["phone", "paper", "spare"] as const) {
    const derived = made[kind].map((text) => publicCredential(UUID, parseCredential(text)));
    assert.deepEqual([...derived].sort(), made.publics[kind]);
    assert.equal(derived.length, counts[kind]);
  }
  const inOrder = made.phone.map((text) => publicCredential(UUID, parseCredential(text)));
  assert.notDeepEqual(inOrder, made.publics.phone, "slips must not lie in the order of the roll");
  assert.equal(shares.length, 52);
  assert.equal(shares.at(-1), 1);
  const all = [...made.publics.phone, ...made.publics.paper, ...made.publics.spare];
  assert.equal(made.fingerprint, sha256B64(JSON.stringify([...all].sort())));
  assert.equal(rollFingerprint([...all].reverse()), made.fingerprint);
});

test("numbers of slips: what is proposed and what is refused", () => {
  const box = {
    uuid: UUID,
    category: "A",
    label: "",
    expected: 31,
    registered: 0,
    phone: 0,
    paper: 0,
    spare: 0,
  };
  assert.deepEqual(defaultCounts(box), { phone: 31, paper: 0, spare: 4 });
  assert.deepEqual(defaultCounts({ ...box, registered: 12, phone: 9, paper: 1, spare: 2 }), {
    phone: 9,
    paper: 1,
    spare: 2,
  });
  assert.equal(countProblem({ phone: 1, paper: 0, spare: 0 }), null);
  assert.equal(countProblem({ phone: 0, paper: 0, spare: 0 }), "none");
  assert.equal(countProblem({ phone: Number.NaN, paper: 0, spare: 0 }), "not-a-number");
  assert.equal(countProblem({ phone: 1.5, paper: 0, spare: 0 }), "not-a-number");
  assert.equal(countProblem({ phone: -1, paper: 3, spare: 0 }), "not-a-number");
  assert.equal(countProblem({ phone: 60_000, paper: 1, spare: 0 }), "too-many");
});

test("a sealed key opens with its passphrase only, typed in any width", () => {
  const sealed = sealSecret("seed", "口令 abc１２", testRng("key"));
  assert.equal(openSecret(sealed, "口令 abc12"), "seed");
  assert.throws(() => openSecret(sealed, "口令 abc13"), { code: "wrong_passphrase" });
  const file = JSON.stringify({ pingyi: "teller-key", version: 1, appraisal: "a1", index: 2, ...sealed });
  assert.equal(readTellerKeyFile(file).index, 2);
  assert.throws(() => readTellerKeyFile(file.replace("teller-key", "slips")), { code: "bad_key_file" });
  assert.throws(() => readTellerKeyFile(file.replace('"index":2', '"index":0')), { code: "bad_key_file" });
  const heavy = { ...sealed, kdf: { ...sealed.kdf, m: 4_000_000 } };
  assert.throws(() => openSecret(heavy, "x"), { code: "bad_key_file" }, "a file may not stop the phone");
});

test("the hall shows nine lines around the one who is on", () => {
  const list = Array.from({ length: 18 }, (_, i) => i);
  assert.deepEqual(windowOf(list, 0), { from: 0, items: list.slice(0, 9) });
  assert.deepEqual(windowOf(list, 9), { from: 5, items: list.slice(5, 14) });
  assert.deepEqual(windowOf(list, 17), { from: 9, items: list.slice(9) });
  assert.deepEqual(windowOf([1, 2], 1), { from: 0, items: [1, 2] });
  assert.deepEqual([0, 1, 9, 10, 19].map(pagesOf), [1, 1, 1, 2, 3]);
});

test("form fields nest, collect and keep their types", () => {
  const field = (
    name: string,
    value: string,
    type: "text" | "number" | "bool" = "text",
    omitEmpty = false,
  ) => ({
    name,
    value,
    type,
    omitEmpty,
  });
  assert.deepEqual(
    toJson([
      field("login", "zhang"),
      field("roles[]", "teller"),
      field("roles[]", "leader"),
      field("scheme.places", "2", "number"),
      field("scheme.bad", "2x", "number"),
      field("empty", "", "number"),
      field("on", "true", "bool"),
      field("password", "", "text", true),
    ]),
    {
      login: "zhang",
      roles: ["teller", "leader"],
      scheme: { places: 2, bad: "2x" },
      empty: null,
      on: true,
    },
  );
  assert.equal(fillAddress("/appraisals/{id}?x={no}", { id: "a b" }), "/appraisals/a%20b?x={no}");
});

test("CSV: quotes, and no cell becomes a formula", () => {
  assert.equal(csvLine(["好", 'a"b', "x,y"]), '好,"a""b","x,y"');
  assert.equal(csvLine(["=1+1", "-5", "+3.5", "@x", "-a"]), "'=1+1,-5,+3.5,'@x,'-a");
  assert.ok(matches("华南城园区 Party", "party 华南"));
  assert.ok(!matches("华南城园区", "海吉星"));
});

test("keys of the stage", () => {
  const speaker = { scene: "speaker", presenter: "p1", slide: 3, running: true };
  assert.deepEqual(stageChange("ArrowRight", speaker), { slide: 4 });
  assert.deepEqual(stageChange("PageUp", speaker), { slide: 2 });
  assert.equal(stageChange("ArrowLeft", { ...speaker, slide: 1 }), null);
  assert.equal(stageChange("ArrowRight", { ...speaker, scene: "agenda" }), null);
  assert.deepEqual(stageChange("b", speaker), { scene: "blank" });
  assert.deepEqual(stageChange("b", { ...speaker, scene: "blank" }), { scene: "speaker" });
  assert.deepEqual(stageChange("t", speaker), { countdown: "pause" });
  assert.equal(stageChange("x", speaker), null);
});

test("a teller's page always knows what is next", () => {
  const cert = { message: "m", signature: { challenge: "1", response: "2" } };
  const box = {
    uuid: "u",
    category: "A",
    label: "",
    minimum: 8,
    state: "tallied",
    encrypted_tally: "[]",
    shares: [],
    opened: false,
    skipped: false,
  };
  const view: TellerView = {
    appraisal: { id: "a", title: "", state: "draft", rehearsal: false },
    index: 1,
    name: "",
    threshold: 2,
    size: 3,
    group: "Ed25519",
    ceremony: { certs: [null, null, null], polynomials: [], vinput: null, outputs: [], trustees: null },
    boxes: [],
    urn: null,
    decryption_key: null,
  };
  const joined = { ...view, ceremony: { ...view.ceremony, certs: [cert, null, null] } };
  assert.equal(stepOf(view, false, false), "make");
  assert.equal(stepOf(view, true, false), "unlock", "a key from before the reload is not thrown away");
  assert.equal(stepOf(joined, false, false), "unlock");
  assert.equal(stepOf(joined, true, true), "ceremony");
  const keyed = { ...joined, ceremony: { ...joined.ceremony, trustees: "[]" } };
  assert.equal(stepOf(keyed, true, false), "ready");
  const closed = { ...keyed, appraisal: { ...view.appraisal, state: "closed" }, boxes: [box] };
  assert.equal(stepOf(closed, true, false), "unlock");
  assert.equal(stepOf(closed, true, true), "open");
  assert.equal(stepOf({ ...closed, boxes: [{ ...box, shares: [1] }] }, true, true), "opened");
  // The votes may be counted while the opinions' share is still on its way: its arrival has to be seen.
  const counted = { ...closed, appraisal: { ...view.appraisal, state: "counted" } };
  const urns = [[], [1]].map((shares) => ({ ...counted, urn: { entries: 2, state: "closed", shares } }));
  assert.equal(new Set(urns.map((now) => panelKey(now, "done", false))).size, 2);
  assert.equal(new Set(urns.map((now) => panelKey(now, "unlock", false))).size, 1, "typing goes on");
  // The totals come a moment after closing; opinions must not be opened alone meanwhile, nor "all done" be said.
  const urn = { entries: 2, state: "closed", shares: [] };
  const early = { ...closed, urn, boxes: [box, { ...box, encrypted_tally: null }] };
  assert.equal(stepOf(early, true, false), "unlock");
  assert.equal(stepOf(early, true, true), "counting");
  assert.equal(
    stepOf({ ...early, urn: null, boxes: [{ ...box, encrypted_tally: null }] }, true, true),
    "counting",
  );
  assert.equal(
    stepOf({ ...early, boxes: [{ ...box, skipped: true, encrypted_tally: null }] }, true, true),
    "open",
  );
  assert.equal(
    stepOf({ ...closed, appraisal: { ...view.appraisal, state: "counted" } }, true, false),
    "done",
  );
  assert.deepEqual(
    boxesToOpen({
      ...closed,
      boxes: [
        { ...box, skipped: true },
        { ...box, encrypted_tally: null },
      ],
    }),
    [],
  );
});
