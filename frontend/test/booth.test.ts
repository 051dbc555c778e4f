import assert from "node:assert/strict";
import { test } from "node:test";
import {
  abstainGrade,
  choicesOf,
  missing,
  opinionsFit,
  presenterDone,
  readForm,
  warnings,
} from "../src/booth/form.ts";
import { readSlipAddress } from "../src/booth/screens/slip.ts";
import type { BoxView, Marks } from "../src/booth/types.ts";
import { encode, powG } from "../src/lib/group.ts";
import { sha256Hex } from "../src/lib/hash.ts";
import { urnContext } from "../src/lib/opinion.ts";
import { gradeTones } from "../src/lib/tone.ts";
import { startMock } from "./mock-server.mjs";
import { UUID } from "./support.ts";

const key = encode(powG(7n));

/** Two presenters, two items, three grades of which one abstains; meeting order is not the configuration's. */
function view(change: (box: BoxView) => void = () => undefined, lastYear: string | null = null): BoxView {
  const items = [
    { code: "work", label: "履职" },
    { code: "style", label: "作风" },
  ];
  const grades = [
    { code: "good", label: "好", abstain: false },
    { code: "poor", label: "差", abstain: false },
    { code: "unknown", label: "不了解", abstain: true },
  ];
  const presenters = [
    { code: "p2", title: "乙园区", unit: "乙", index: 1 },
    { code: "p1", title: "甲园区", unit: "甲", index: 0 },
  ];
  const answers = grades.map(({ label }) => label);
  const questions = ["甲园区", "乙园区"].flatMap((title) =>
    items.map((item) => ({ answers, min: 1, max: 1, question: `${title} · ${item.label}` })),
  );
  const box: BoxView = {
    uuid: UUID,
    state: "open",
    category: { code: "B", label: "基层" },
    title: "述职评议",
    rehearsal: false,
    election: JSON.stringify({
      version: 1,
      description: "测评表",
      name: "述职评议 · 基层",
      group: "Ed25519",
      public_key: key,
      questions,
      uuid: UUID,
      x_pingyi: {
        appraisal: "a1",
        category: "B",
        presenters: ["p1", "p2"],
        items: ["work", "style"],
        grades: ["good", "poor", "unknown"],
        scheme: "00".repeat(32),
        minimum: 3,
        rehearsal: false,
        tellers: { threshold: 2, size: 3 },
        ...(lastYear === null ? {} : { last_year: sha256Hex(lastYear) }),
      },
    }),
    form: { title: "测评表", items, grades, opinions: true, warn_all_equal: true, max_top: 1, presenters },
    stage: { presenter: null },
    urn: { key, context: urnContext("a1", key) },
    head: null,
  };
  change(box);
  return box;
}

const marks: Marks = { p1: { work: 0, style: 1 }, p2: { work: 1, style: 2 } };

test("choices stand in the order of the election, whatever the order of the meeting", () => {
  const form = readForm(view());
  assert.deepEqual(
    form.presenters.map(({ code }) => code),
    ["p2", "p1"],
  );
  assert.deepEqual(choicesOf(form, marks), [0, 1, 1, 2]);
  assert.deepEqual(missing(form, marks), []);
  assert.throws(() => choicesOf(form, { p1: { work: 0 } }), /bad_choice/);
  assert.throws(() => choicesOf(form, { ...marks, p1: { work: 3, style: 0 } }), /bad_choice/);
});

test("what is missing is known by presenter", () => {
  const form = readForm(view());
  const part: Marks = { p1: { work: 0 }, p2: { work: 0, style: 0 } };
  assert.equal(presenterDone(form, part, "p2"), true);
  assert.deepEqual(
    missing(form, part).map(({ code }) => code),
    ["p1"],
  );
  assert.equal(abstainGrade(form), 2);
});

test("warnings stay on the phone: all equal, too many top grades", () => {
  const form = readForm(view());
  const equal: Marks = { p1: { work: 0, style: 0 }, p2: { work: 0, style: 0 } };
  assert.deepEqual(warnings(form, marks), []);
  assert.deepEqual(warnings(form, equal), [
    { kind: "all_equal", grade: "好" },
    { kind: "too_many_top", item: "履职", count: 2, limit: 1 },
    { kind: "too_many_top", item: "作风", count: 2, limit: 1 },
  ]);
  const quiet = readForm(
    view((box) => {
      box.form.warn_all_equal = false;
      box.form.max_top = null;
    }),
  );
  assert.deepEqual(warnings(quiet, equal), []);
});

test("a form that differs from the sealed election is refused, wherever it differs", () => {
  const refused = (change: (box: BoxView) => void, place: RegExp) =>
    assert.throws(() => readForm(view(change)), place);
  refused((box) => box.form.grades.reverse(), /items/);
  refused((box) => ([box.form.grades[0]!.label, box.form.grades[1]!.label] = ["差", "好"]), /p2.work/);
  refused((box) => (box.form.presenters[0]!.title = "丙园区"), /p2.work/);
  refused((box) => (box.form.presenters[0]!.index = 0), /presenters/);
  refused((box) => ([box.form.presenters[0]!.index, box.form.presenters[1]!.index] = [0, 1]), /p2/);
  refused((box) => box.form.presenters.pop(), /presenters/);
  refused((box) => (box.category.code = "A"), /category/);
  refused((box) => (box.rehearsal = true), /category/);
  refused((box) => (box.uuid = `${UUID}1`), /box/);
  refused((box) => (box.urn = { key: encode(powG(8n)), context: urnContext("a1", key) }), /urn/);
  refused((box) => (box.urn = { key, context: urnContext("a2", key) }), /urn/);
  refused((box) => (box.election = null), /not sealed/);
});

test("opinions are measured in bytes", () => {
  assert.equal(opinionsFit({ p1: "好".repeat(394) }), true);
  assert.equal(opinionsFit({ p1: "好".repeat(395) }), false);
  assert.equal(opinionsFit({ p1: `${"好".repeat(394)}   ` }), true);
});

test("the address on a slip is read with and without its parts", () => {
  const slip = `http://10.0.0.5:8080/b/${UUID}#AwyxG-dyzbUs-D8UGW-m4E8Aw`;
  assert.deepEqual(readSlipAddress(slip), {
    base: "http://10.0.0.5:8080",
    uuid: UUID,
    credential: "AwyxG-dyzbUs-D8UGW-m4E8Aw",
  });
  assert.deepEqual(readSlipAddress(` host/b/${UUID}/ `), {
    base: "http://host",
    uuid: UUID,
    credential: null,
  });
  for (const bad of ["", "http://host/", `http://host/x/${UUID}`, "http://host/b/short", "ftp://"]) {
    assert.equal(readSlipAddress(bad), null, bad);
  }
});

test("tones: best first, abstaining apart", () => {
  assert.deepEqual(gradeTones([false, false, false, false]), ["1", "2", "3", "4"]);
  assert.deepEqual(gradeTones([false, false, false, true]), ["1", "2", "4", "x"]);
  assert.deepEqual(gradeTones([false, false]), ["1", "4"]);
  assert.deepEqual(gradeTones([false, false, false, false, false]), ["1", "2", "3", "3", "4"]);
});

test("the stand-in server's elections are elections", async () => {
  const mock = await startMock();
  mock.close();
  for (const { view: box } of mock.boxes.values())
    assert.ok(readForm(box as unknown as BoxView).presenters.length > 0);
});

test("last year's lists are the sealed ones or the form is refused", () => {
  const text = JSON.stringify({
    p1: { year: 2017, listed: 1, closed: 0, lines: [{ title: "走访", closed_on: null, answer: "" }] },
  });
  assert.deepEqual(readForm(view()).lastYears, {});
  const shown = (sent: string | null, sealed: string | null) =>
    readForm(
      view((box) => {
        box.last_year = sent;
      }, sealed),
    ).lastYears;
  assert.equal(shown(text, text).p1?.lines[0]?.title, "走访");
  assert.equal(shown(text, text).p2, undefined);
  for (const [sent, sealed] of [
    [null, text],
    [text, null],
    [text.replace("走访", "没有走访"), text],
  ] as const)
    assert.throws(() => shown(sent, sealed), /form_differs/);
});
