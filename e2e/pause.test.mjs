// What a meeting goes through when it does not go smoothly: slips printed again from the sealed file on another day, a
// rater who does not believe the phone, boxes paused while somebody casts, a name somebody guesses at in the hall, a
// result kept for the committee and announced later.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { launch, phone, screenName } from "../frontend/test/browser.mjs";
import { runLine, startHouse } from "./house.mjs";
import { Looker } from "./look.mjs";
import { Issuer, Organiser, Rater, send, Teller } from "./people.mjs";

const PRESENTERS = [
  ["华南城园区党委第一书记", "华南城园区党委"],
  ["平湖园区党委第一书记", "平湖园区党委"],
];
const CATEGORIES = [{ code: "A", label: "街道领导班子", weight: 100, expected: 4, minimum: 3 }];
const PASSPHRASE = "四个 不相干 的 词";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

/** The issuer keeps the sealed file, closes the page, and prints the same slips from the file. */
async function printAgain(office, options, looker) {
  const [link] = await office.links("issuer");
  const first = await Issuer.arrive(browser, link, options);
  await first.make();
  const slips = await first.print(0, 0);
  const keep = first.page.locator("section.sheet", { has: first.page.locator("input[autocomplete=new-password]") }).first();
  await keep.locator("input").nth(0).fill(PASSPHRASE);
  await keep.locator("input[type=password]").last().fill(PASSPHRASE);
  const saved = first.page.waitForEvent("download");
  await keep.locator("button.btn").last().click();
  const buffer = readFileSync(await (await saved).path());
  assert.ok(!slips.some((slip) => buffer.includes(slip.letters)), "the file is sealed");
  const sent = first.sent.join("\n");
  await first.context.close();

  const second = await Issuer.arrive(browser, link, options);
  const { page } = second;
  await page.setInputFiles("#reprint-file", { name: "slips.json", mimeType: "application/json", buffer });
  const reopen = page.locator("section.sheet", { has: page.locator("#reprint-file") });
  const passphrase = reopen.locator("input:not([type=file])").first();
  await passphrase.fill("not the passphrase");
  await reopen.locator("button.btn").last().click();
  await reopen.locator(".error:not([hidden])").waitFor({ timeout: 30_000 });
  await looker.look(page, "issuer wrong passphrase");
  await passphrase.fill(PASSPHRASE);
  await reopen.locator("button.btn").last().click();
  await page.waitForSelector("ul.lines", { timeout: 30_000 });
  await looker.look(page, "issuer opened again");
  const again = await second.print(0, 0);
  const letters = (pile) => pile.map((slip) => slip.letters).sort();
  assert.deepEqual(letters(again), letters(slips), "the same slips, from the file alone");
  assert.ok(!slips.some((slip) => `${sent}${second.sent.join("\n")}`.includes(slip.letters)), "no credential left the page");
  assert.deepEqual([...first.errors, ...second.errors], []);
  await second.context.close();
  return slips;
}

/** A rater opens the sealed ballot: a second device finds the marks that were put in, and nothing is cast. */
async function doubt(rater, options, looker) {
  const { page } = rater;
  await rater.mark(PRESENTERS.length, () => 1);
  await page.click("#cast");
  await screenName(page, "ready");
  const shown = await page.locator(".booth-code").first().textContent();
  await page.click("#doubt summary");
  await page.click("#challenge");
  await screenName(page, "opened");
  await looker.look(page, "booth opened");
  const link = await page.getAttribute(".booth-qr", "data-address");
  assert.ok(!link.includes(rater.slip.letters));
  const other = await phone(browser, options);
  await other.page.goto(link);
  await other.page.waitForSelector("#app[data-state=fine]", { timeout: 30_000 });
  assert.equal(await other.page.locator(".booth-code").textContent(), shown, "the code that stood on the phone");
  const marks = await other.page.locator(".booth-marks td").allTextContents();
  assert.equal(new Set(marks).size, 1, "both presenters were given the same grade");
  assert.equal(marks.length, PRESENTERS.length);
  await looker.look(other.page, "challenge fine");
  assert.deepEqual(other.errors, []);
  await other.context.close();
  await page.click("#again");
  await screenName(page, "overview");
  await page.click("#cast");
  await screenName(page, "ready");
  assert.notEqual(await page.locator(".booth-code").first().textContent(), shown, "sealed anew");
  await page.click("#send");
  await page.waitForSelector('#app[data-screen="receipt"]', { timeout: 60_000 });
}

/** Pausing and going on are done at once, without a question. */
async function press(page, action, then) {
  const loaded = page.waitForEvent("load");
  await page.locator(`[data-post$="/${action}"]`).first().click();
  await loaded;
  await page.waitForSelector(`[data-post$="/${then}"]`);
}

/** Who casts while the boxes are paused waits, is told, and casts without another touch. */
async function castWhilePaused(office, rater, looker) {
  const { page } = rater;
  await rater.mark(PRESENTERS.length, () => 0);
  await page.click("#cast");
  await screenName(page, "ready");
  await press(office.page, "pause", "resume");
  await looker.lookTwice(office.page, "console paused");
  await page.click("#send");
  await screenName(page, "casting");
  await page.waitForFunction(() => document.getElementById("casting-state")?.textContent.includes("暂停"), undefined, {
    timeout: 30_000,
  });
  await looker.look(page, "booth paused");
  const [box] = (await office.view()).boxes;
  assert.equal(box.ballots, 1, "nothing comes in while paused");
  await press(office.page, "resume", "pause");
  await page.waitForSelector('#app[data-screen="receipt"]', { timeout: 60_000 });
}

/** The stage moves while the organiser holds a button of its region down: the press counts all the same. */
async function pressedAsItMoves({ page, id }) {
  const shown = () => page.locator("[data-scene]").getAttribute("data-scene");
  const stage = `/api/appraisals/${id}/stage`;
  assert.equal((await send(page, stage, { scene: "agenda" })).status, 200);
  await page.waitForSelector('[data-scene="agenda"]');
  await page.locator('#console-stage [data-post$="/stage"][data-body*="turnout"]').hover();
  await page.mouse.down();
  assert.equal((await send(page, stage, { scene: "mark" })).status, 200);
  await page.waitForTimeout(1_500);
  assert.equal(await shown(), "agenda", "what is held stays");
  await page.mouse.up();
  await page.waitForSelector('[data-scene="turnout"]');
}

/** Somebody in the hall guesses at the organiser's name: the organiser works on, and gets in again. */
async function guessedAt(office, options) {
  const stranger = await phone(browser, options);
  const guess = () =>
    stranger.page.evaluate(async () => {
      const body = JSON.stringify({ login: "zuzhi", password: "guess" });
      return (await fetch("/api/login", { method: "POST", body, headers: { "content-type": "application/json" } })).status;
    });
  await stranger.page.goto(`${office.base}/login`);
  const answers = [];
  for (let i = 0; i < 9; i++) answers.push(await guess());
  assert.deepEqual([answers[7], answers[8]], [401, 429]);
  await stranger.context.close();
  assert.equal((await office.view()).state, "open", "the session goes on");
}

async function keptAndReleased(house, office, looker) {
  const { page, base, id } = office;
  const status = (path) => fetch(`${base}${path}`).then((answer) => answer.status);
  const [box] = (await office.view()).boxes;
  const whole = () => fetch(`${base}/board/${box.uuid}.bel`).then(async (r) => (await r.text()).includes('"Result"'));
  await office.step("keep", '[data-post$="/release"]');
  await looker.lookTwice(page, "kept");
  assert.equal(await whole(), false, "the public board ends before the shares");
  assert.equal(await status(`/board/${box.uuid}.proofs.json`), 404);
  await page.goto(`${base}/appraisals/${id}/result`);
  await looker.lookTwice(page, "result kept");
  const files = await page.locator("#proof a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(files, [`/api/boards/${box.uuid}.bel`, `/api/boards/${box.uuid}.proofs.json`]);
  for (const file of files) {
    const answer = await page.evaluate((url) => fetch(url).then((r) => r.status), file);
    assert.equal(answer, 200, "the organiser has the whole archive");
    assert.equal(await status(file), 401, "and nobody else");
  }
  await page.goto(`${base}/appraisals/${id}`);
  await office.step("release", '[data-body*="results"]');
  assert.equal(await whole(), true);
  await page.goto(`${base}/appraisals/${id}/result`);
  const line = await page.locator("#proof-line").textContent();
  const now = await page.locator("#proof a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(now, [`/board/${box.uuid}.bel`, `/board/${box.uuid}.proofs.json`]);
  for (const file of now) {
    const bytes = Buffer.from(await fetch(base + file).then((r) => r.arrayBuffer()));
    writeFileSync(join(house.folder, basename(file)), bytes);
  }
  const done = runLine(line, house.folder);
  assert.equal(done.code, 0, `the line on the sheet: ${line}\n${done.text}`);
  const wrong = runLine(line.replace(/--head \S+/, `--head ${"0".repeat(16)}`), house.folder);
  assert.equal(wrong.code, 1, "another fingerprint is a finding");
  const { trail } = await page.evaluate((url) => fetch(url).then((r) => r.json()), `${base}/api/appraisals/${id}/result`);
  const exported = await page.evaluate((url) => fetch(url).then((r) => r.text()), `${base}/api/audit.jsonl`);
  const entry = JSON.parse(exported.split("\n")[trail.seq - 1]);
  assert.deepEqual([entry.seq, entry.hash], [trail.seq, trail.hash], "the sheet names the trail's own entry");
  assert.ok((await page.locator("main").textContent()).includes(trail.hash));
}

test("paused, doubted, guessed at, kept, printed again", { timeout: 600_000 }, async () => {
  const options = { lang: "zh-CN" };
  const looker = new Looker("zh-CN");
  const house = await startHouse();
  const people = [];
  try {
    const office = await Organiser.arrive(browser, house, options);
    people.push(office);
    await office.firstSetUp(house.code);
    await office.newAppraisal();
    await office.setUp({ title: "2018年述职评议（补）", presenters: PRESENTERS, categories: CATEGORIES, order: "fixed" });
    const links = await office.links("tellers");
    const tellers = [];
    for (const link of links) tellers.push(await Teller.arrive(browser, link, options));
    people.push(...tellers);
    for (const teller of tellers) {
      await teller.makeKey();
      await teller.keep();
    }
    await Promise.all(tellers.map((teller) => teller.keyCode()));
    await office.page.reload();
    const slips = await printAgain(office, options, looker);
    await office.page.reload();
    await office.step("seal", '[data-post$="/open"]');
    await office.step("open", "#console-stage");

    const raters = [];
    for (const slip of slips.slice(0, 3)) raters.push(await Rater.arrive(browser, slip, options));
    people.push(...raters);
    await doubt(raters[0], options, looker);
    await castWhilePaused(office, raters[1], looker);
    await guessedAt(office, options);
    await raters[2].mark(PRESENTERS.length, () => 2);
    await raters[2].cast();
    await pressedAsItMoves(office);
    await office.step("close", "#next");
    await tellers[0].open();
    await tellers[1].open();
    await office.page.waitForSelector('[data-post$="/keep"]', { timeout: 60_000 });
    await keptAndReleased(house, office, looker);
    assert.deepEqual(people.flatMap((person) => person.errors), [], "no page complained");
    assert.deepEqual(looker.findings, []);
  } finally {
    for (const finding of looker.findings) console.error(finding);
    for (const person of people) await person.context.close().catch(() => undefined);
    await house.stop();
  }
});
