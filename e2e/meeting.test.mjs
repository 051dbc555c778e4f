// The whole meeting in real browsers against a real server: three tellers' phones, the issuer, five booths, the
// organiser's console and the hall screen. Played in Chinese, then in English in the dark; every screen on the way is
// looked at with axe (contrast on).
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, phone, screenName } from "../frontend/test/browser.mjs";
import { run, runLine, startHouse } from "./house.mjs";
import { decideGrades, evaluate, setGrading } from "./grades.mjs";
import { Looker, paper } from "./look.mjs";
import { held, Issuer, Organiser, pressSure, Rater, Teller } from "./people.mjs";

const PRESENTERS = [
  ["华南城园区党委第一书记", "华南城园区党委"],
  ["平湖园区党委第一书记", "平湖园区党委"],
  ["新木园区党委第一书记", "新木园区党委"],
];
// The second box stays below its minimum: it is not opened, and its weight goes to the first.
const CATEGORIES = [
  { code: "A", label: "街道领导班子", weight: 60, expected: 4, minimum: 3 },
  { code: "B", label: "园区下属支部", weight: 40, expected: 4, minimum: 3 },
];
/** Grades (0 is the best) that each rater gives, by presenter: what the result must say follows from it. */
const MARKS = [
  [0, 1, 2],
  [1, 2, 0],
  [0, 3, 1],
  [3, 3, 3],
  [2, 2, 2],
];
const OPINION = "台账要更及时，问题要写具体：";
/** Means of the first three raters over 100/80/60/40, two places. */
const SCORES = ["93.33", "60.00", "80.00"];

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

async function slidesPdf(folder) {
  const page = await browser.newPage();
  const sheet = (n) => `<section><h1>述职 ${n}</h1></section>`;
  await page.setContent(
    `<style>@page{size:13in 7in;margin:0}section{height:7in;break-after:page}</style>${[1, 2, 3].map(sheet).join("")}`,
  );
  const path = join(folder, "slides.pdf");
  writeFileSync(path, await page.pdf({ preferCSSPageSize: true }));
  await page.close();
  return path;
}

/** Three phones make the key: one drops off the network, one is reloaded half-way. */
async function makeKeys(office, links, options, looker) {
  const first = await Teller.arrive(browser, links[0], options);
  await first.page.waitForSelector("form .btn-primary");
  await looker.look(first.page, "teller make");
  await first.page.locator("form .btn-primary").first().click();
  await first.page.waitForSelector(".error:not([hidden])");
  await looker.look(first.page, "teller make wrong");
  await first.makeKey();
  await looker.look(first.page, "teller keep");
  await first.page.emulateMedia({ media: "print" });
  assert.ok(await first.page.locator(".backup .seed").isVisible(), "the backup is on the paper");
  assert.ok(!(await first.page.locator(".sheet-next h2").isVisible()), "and nothing else");
  await first.page.emulateMedia({ media: null });
  await paper(first.page, `${looker.label} key backup`);
  const keyFile = JSON.parse(await first.keep());
  assert.deepEqual([keyFile.pingyi, keyFile.index, keyFile.appraisal], ["teller-key", 1, office.id]);
  const second = await Teller.arrive(browser, links[1], options);
  await second.makeKey();
  await second.page.reload();
  await second.page.waitForSelector(".sheet-next > form");
  await looker.look(second.page, "teller unlock");
  await second.unlock("not the passphrase");
  await second.page.waitForSelector(".error:not([hidden])");
  await looker.look(second.page, "teller wrong passphrase");
  await first.context.setOffline(true);
  const third = await Teller.arrive(browser, links[2], options);
  await third.makeKey();
  await second.unlock();
  await looker.look(third.page, "teller ceremony");
  await first.context.setOffline(false);
  const tellers = [first, second, third];
  const codes = await Promise.all(tellers.map((teller) => teller.keyCode()));
  assert.match(codes[0] ?? "", /^[0-9A-F]{4}( [0-9A-F]{4}){3}$/);
  assert.equal(new Set(codes).size, 1, "all phones show the same check code");
  await looker.look(first.page, "teller ready");
  return tellers;
}

/** The lots turn on the hall screen, then settle in the order that everybody can work out again. */
async function drawLots(office, hall, looker) {
  const { page } = office;
  const before = await hall.locator(".hall-agenda > li").count();
  await hall.evaluate(() => {
    window.frames = [];
    new MutationObserver(() => {
      const lines = [...document.querySelectorAll(".hall-draw > li")];
      if (lines.length > 0) window.frames.push(lines.map((line) => `${line.dataset.settled} ${line.textContent}`).join("|"));
    }).observe(document.body, { childList: true, subtree: true });
  });
  await pressSure(page, '[data-post$="/draw"]');
  await hall.waitForFunction(
    (lines) => document.querySelectorAll('.hall-draw > li[data-settled="yes"]').length === lines,
    before,
    { timeout: 15_000 },
  );
  const frames = new Set(await hall.evaluate(() => window.frames));
  assert.ok(frames.size > before, `the lots were seen turning (${frames.size} pictures)`);
  await looker.look(hall, "hall lots drawn");
  const { order, draw } = await office.view();
  assert.deepEqual(order, draw.order);
  await page.waitForSelector('[data-post$="/open"]');
}

/** Somebody writes while the meeting goes on: the field stays, so do its words and the place of the cursor. */
async function writeComment(page, code, text) {
  // Whoever is speaking has their comment unfolded, without anybody loading the page anew.
  const comment = page.locator(`details#comment-of-${code}[open] textarea`);
  const [start, end] = [text.slice(0, 3), text.slice(3)];
  await comment.click();
  await page.keyboard.insertText(start);
  const changed = page.waitForResponse((answer) => answer.url().endsWith("/stage"));
  await page.locator('#console-stage [data-body*="turnout"]').evaluate((button) => button.click());
  await changed;
  await page.waitForSelector('#console-stage [data-body*="turnout"][aria-pressed="true"]');
  assert.equal(await page.evaluate(() => document.activeElement?.id), `comment-${code}`, "the cursor stays");
  await page.keyboard.insertText(end);
  assert.equal(await comment.inputValue(), text);
  await page.waitForFunction((id) => document.getElementById(id)?.dataset.dirty === undefined, `comment-${code}`);
  await page.locator("#stage-title").click();
  await page.waitForFunction((id) => document.activeElement?.id !== id, `comment-${code}`);
}

async function makeSlips(office, options, looker) {
  const [link] = await office.links("issuer");
  const issuer = await Issuer.arrive(browser, link, options);
  const { page } = issuer;
  await page.locator("table.counts input").first().fill("");
  await page.locator(".form-actions .btn-primary").click();
  await looker.lookTwice(page, "issuer wrong numbers");
  await page.locator("table.counts input").first().fill("4");
  await issuer.make();
  await looker.lookTwice(page, "issuer made");
  const slips = [await issuer.print(0, 0), await issuer.print(1, 0)];
  const spares = await issuer.print(0, 1);
  assert.deepEqual(slips.map((pile) => pile.length), [4, 4]);
  assert.equal(spares.length, 2);
  const letters = [...slips.flat(), ...spares].map((slip) => slip.letters);
  assert.equal(new Set(letters).size, 10);
  const leaked = issuer.sent.filter((sent) => letters.some((secret) => sent.includes(secret)));
  assert.deepEqual(leaked, [], "no private credential ever leaves the page");
  await paper(page, `${looker.label} slips`);
  const fingerprints = await page.locator("ul.lines .mono").allTextContents();
  return { issuer, slips, fingerprints };
}

async function castAll(house, slips, options, looker) {
  const raters = [];
  const order = [slips[0][0], slips[0][1], slips[0][2], slips[1][0], slips[1][1]];
  for (const [i, slip] of order.entries()) {
    const rater = await Rater.arrive(browser, slip, { ...options, width: i === 1 ? 320 : 360, scale: i === 1 ? 2 : 1 });
    const marks = MARKS[i];
    const pick = (title) => marks[PRESENTERS.findIndex(([name]) => name === title)];
    if (i === 1) await looker.look(rater.page, "booth 320 px, 200 % intro");
    if (i === 2) {
      // This one changes their mind: the first ballot is replaced.
      await rater.mark(PRESENTERS.length, () => 3);
      rater.firstTracker = await rater.cast();
      await rater.page.reload();
      await screenName(rater.page, "receipt");
      await rater.page.click("#cast-again");
      await rater.page.waitForFunction(() => document.getElementById("app")?.dataset.screen !== "receipt");
      raters.push(rater);
      await again(rater, pick);
      continue;
    }
    await rater.mark(PRESENTERS.length, pick, i === 0 ? OPINION : null);
    if (i === 1) await looker.look(rater.page, "booth 320 px, 200 % overview");
    rater.tracker = await rater.cast();
    if (i === 1) await looker.look(rater.page, "booth 320 px, 200 % receipt");
    raters.push(rater);
  }
  return raters;
}

/** Marks everybody anew, from whichever screen the booth shows to one who has cast. */
async function again(rater, pick) {
  const { page } = rater;
  const name = await page.getAttribute("#app", "data-screen");
  if (name === "intro") await page.click(".booth-foot .btn");
  if (name === "overview") await page.locator(".booth-row").first().click();
  await screenName(page, "mark");
  for (let i = 0; i < PRESENTERS.length; i++) {
    const title = await page.locator("h1").textContent();
    await page.locator("[role=radiogroup] input").nth(pick(title)).check();
    await page.click("#next");
  }
  await screenName(page, "overview");
  rater.tracker = await rater.cast();
  assert.notEqual(rater.tracker, rater.firstTracker);
}

async function meeting(lang, { byLot, ...options }) {
  const looker = new Looker(lang);
  const house = await startHouse();
  const everybody = [];
  try {
    const office = await Organiser.arrive(browser, house, { lang, ...options });
    everybody.push(office);
    const { page } = office;
    await page.goto(`${house.base}/setup?lang=${lang}`);
    await looker.lookTwice(page, "first set-up");
    await office.firstSetUp(house.code);
    await looker.lookTwice(page, "home empty");
    await office.newAppraisal();
    await looker.lookTwice(page, "draft with problems");
    const title = "2018年园区党委书记述职评议";
    await office.setUp({ title, presenters: PRESENTERS, categories: CATEGORIES, order: byLot ? "lot" : "fixed" });
    assert.equal(await page.locator("h1").textContent(), title, "the heading follows the name typed below");
    const { config } = await office.view();
    assert.deepEqual(config.presenters.map((p) => [p.title, p.unit]), PRESENTERS);
    assert.deepEqual(config.categories.map((c) => [c.code, c.expected, c.minimum]), [
      ["A", 4, 3],
      ["B", 4, 3],
    ]);
    await looker.lookTwice(page, "draft");
    await setGrading(office, looker);

    const links = await office.links("tellers");
    assert.equal(links.length, 3);
    await looker.lookTwice(page, "links");
    const tellers = await makeKeys(office, links, { lang, ...options }, looker);
    everybody.push(...tellers);
    await page.reload();
    const { issuer, slips, fingerprints } = await makeSlips(office, { lang, ...options }, looker);
    everybody.push(issuer);
    await page.waitForSelector('[data-post$="/seal"]');
    await looker.lookTwice(page, "keyed");
    await office.step("seal", byLot ? '[data-post$="/draw"]' : '[data-post$="/open"]');
    await looker.lookTwice(page, "sealed");

    const [hallLink] = await office.links("hall");
    const hall = await phone(browser, { lang, ...options, width: 1280, height: 720 });
    everybody.push(hall);
    await hall.page.goto(hallLink.url);
    await hall.page.waitForSelector(".hall-agenda");
    await looker.look(hall.page, "hall agenda");
    if (byLot) await drawLots(office, hall.page, looker);
    const first = (await office.view()).order[0];
    const pdf = await slidesPdf(house.folder);
    await page.locator("input[data-upload]").first().setInputFiles(pdf);
    await page.waitForSelector('#slides-list a[href$="/slides"]');
    await office.step("open", "#console-stage");
    await looker.lookTwice(page, "console");
    const leader = await evaluate(browser, house, office, { lang, ...options }, looker);
    everybody.push(leader);

    await page.locator("#console-stage .btn-primary").click();
    await hall.page.waitForSelector(".hall-slides canvas", { timeout: 30_000 });
    await looker.look(hall.page, "hall slides");
    await page.locator("#stage-title").click();
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector('[data-stage][data-slide="2"]');
    await page.keyboard.press("t");
    await hall.page.waitForFunction(() => {
      const text = document.querySelector(".hall-timer")?.textContent ?? "";
      return text !== "10:00" && /^9:5\d$/.test(text);
    });
    await page.keyboard.press("m");
    await hall.page.waitForSelector(".hall-lead");
    await looker.look(hall.page, "hall mark");
    // Whoever is speaking has their comment unfolded, without anybody loading the page anew.
    await writeComment(page, first, "讲问题实在。");
    assert.equal(Object.values((await office.view()).comments)[0], "讲问题实在。");

    const raters = await castAll(house, slips, { lang, ...options }, looker);
    everybody.push(...raters);
    await page.locator('[data-body*="turnout"]').first().click();
    await hall.page.waitForFunction(() => /5\s*(\/|of)\s*8/.test(document.querySelector(".hall-total")?.textContent ?? ""));
    await looker.look(hall.page, "hall turnout");
    await page.waitForFunction(() => document.querySelector("#console-turnout .num")?.textContent === "3/4");
    const boxes = (await office.view()).boxes;
    assert.deepEqual(boxes.map((box) => [box.category, box.ballots, box.replaced]), [
      ["A", 3, 1],
      ["B", 2, 0],
    ]);
    const form = page.locator('#reconciliation-A form');
    await form.locator("[name=entitled]").fill("4");
    await form.locator("[name=present]").fill("3");
    await form.locator("[name=issued_phone]").fill("2");
    await page.waitForSelector('#reconciled-A .notice[data-tone="bad"]');
    await looker.lookTwice(page, "console with warnings");
    // The 4 is still on its way to the server when the 3 is typed: its arrival is not the arrival of the 3.
    const letGo = await held(page, "**/reconciliation");
    await form.locator("[name=issued_phone]").fill("4");
    await letGo(() => form.locator("[name=issued_phone]").fill("3"));
    await page.waitForFunction(() => document.querySelector("#reconciled-A .notice") === null);
    await page.waitForFunction(() => document.querySelector("#reconciliation [data-dirty]") === null);
    assert.equal((await office.view()).reconciliation.lines[0].counted.issued_phone, 3);
    // Opinions follow their ballot some seconds later, apart from it.
    await raters[0].page.waitForSelector('#opinion-state[data-tone="ok"]', { timeout: 15_000 });
    // Typed in the moment before the boxes are closed: it is stored first.
    await form.locator("[name=entitled]").fill("5");
    await office.step("close", "#next");
    assert.equal(await page.locator("#console-stage").count(), 0);
    assert.equal(await page.locator('#reconciliation-A [name=entitled]').inputValue(), "5");
    await looker.lookTwice(page, "closed");

    const [teller, second, third] = tellers;
    await second.context.close();
    await teller.page.waitForSelector(".sheet-next .lines");
    await looker.look(teller.page, "teller open");
    const [boxA, boxB] = await teller.open();
    assert.match(boxA, lang === "en" ? /Ballots counted: 3 \(4 on the board\)/ : /计票 3 张（公告板上 4 张）/);
    assert.match(boxB, lang === "en" ? /Fewer than 3/ : /不足 3 张/);
    await looker.look(teller.page, "teller opened");
    await third.page.reload();
    await third.page.waitForSelector(".sheet-next > form");
    await looker.look(third.page, "teller unlock to open");
    await third.unlock();
    await third.page.waitForSelector(".sheet-next .lines");
    await third.open();
    await page.waitForSelector('[data-post$="/release"]', { timeout: 30_000 });
    await looker.lookTwice(page, "counted");
    await third.page.waitForSelector('.notice[data-tone="ok"]');
    await looker.look(third.page, "teller done");

    await page.goto(`${house.base}/appraisals/${office.id}/result`);
    const text = (await page.locator("main").textContent()) ?? "";
    for (const score of SCORES) assert.ok(text.includes(score), `the result shows ${score}`);
    await looker.lookTwice(page, "result preview");
    const result = await page.evaluate((url) => fetch(url).then((r) => r.json()), `${house.base}/api/appraisals/${office.id}/result`);
    const scoreOf = (title) => result.tables.find((table) => table.title === title).score.shown;
    assert.deepEqual(PRESENTERS.map(([title]) => scoreOf(title)), SCORES);
    assert.deepEqual(result.tables.map((table) => table.categories.map((c) => c.counts_in_score)), PRESENTERS.map(() => [true, false]));
    await page.goto(`${house.base}/appraisals/${office.id}`);
    await office.step("release", '[data-body*="results"]');
    await looker.lookTwice(page, "released");
    await page.locator('#next [data-body*="results"]').first().click();
    await hall.page.waitForFunction(() => document.querySelectorAll(".hall-results > li").length === 1);
    await looker.look(hall.page, "hall first result");
    await page.locator('#next [data-body*="all"]').first().click();
    await hall.page.waitForFunction(() => document.querySelectorAll(".hall-results > li").length === 3);
    await looker.look(hall.page, "hall results");
    const shown = await hall.page.locator(".hall-score").allTextContents();
    assert.deepEqual([...shown].sort(), [...SCORES].sort());

    await decideGrades(office, leader, looker);
    await checkReceipts(house, raters, looker, { lang, ...options });
    await checkBoards(house, office, boxes, fingerprints, looker);
    await readOpinions(office, first, looker);
    await office.page.goto(`${house.base}/appraisals/${office.id}`);
    await office.step("archive", 'a.btn-primary[href^="/board/"]');
    await looker.lookTwice(page, "archived");
    await page.goto(`${house.base}/appraisals`);
    await looker.look(page, "appraisals");
    await page.goto(`${house.base}/appraisals/${office.id}/audit`);
    await looker.look(page, "audit");

    const complaints = everybody.flatMap((person) => person.errors ?? []);
    assert.deepEqual(complaints, [], "no page complained");
    const secrets = slips.flat().map((slip) => slip.letters);
    assert.ok(!secrets.some((secret) => house.output().includes(secret)), "no credential in the log");
    assert.deepEqual(looker.findings, []);
    console.log(`${lang}: ${looker.screens.length} screens under axe`);
  } catch (error) {
    for (const finding of looker.findings) console.error(finding);
    const log = house.output().split("\n");
    console.error(log.filter((line) => /WARN|ERROR|panicked/.test(line)).join("\n"));
    throw error;
  } finally {
    for (const person of everybody) await person.context.close().catch(() => undefined);
    await house.stop();
  }
}

/** Below the result: the leader's comment, and the opinion that one rater wrote about everybody. */
async function readOpinions({ page, base, id }, speaker, looker) {
  await page.goto(`${base}/appraisals/${id}/result`);
  await page.locator(`#opinions-${speaker} > summary`).click();
  const text = await page.locator(`#opinions-${speaker}`).textContent();
  const title = PRESENTERS[Number(speaker.slice(1)) - 1][0];
  assert.ok(text.includes("讲问题实在。"), "the leader's comment");
  assert.ok(text.includes(`${OPINION} ${title}`), "the opinion");
  await looker.lookTwice(page, "result with opinions");
}

/** A rater's receipt says counted; the one that was replaced says so. */
async function checkReceipts(house, raters, looker, options) {
  const visitor = await phone(browser, options);
  for (const rater of raters.slice(0, 3)) {
    await visitor.page.goto("about:blank");
    const uuid = new URL(rater.slip.address).pathname.split("/").pop();
    const hex = Buffer.from(rater.tracker, "base64").toString("hex");
    await visitor.page.goto(`${house.base}/check#${uuid}/${hex}`);
    await visitor.page.waitForFunction(() => document.body.textContent.length > 80);
    const answer = await fetch(`${house.base}/api/boxes/${uuid}/receipts/${hex}`).then((r) => r.json());
    assert.equal(answer.status, "counted");
    if (rater.firstTracker) {
      const old = Buffer.from(rater.firstTracker, "base64").toString("hex");
      const replaced = await fetch(`${house.base}/api/boxes/${uuid}/receipts/${old}`).then((r) => r.json());
      assert.equal(replaced.status, "replaced");
    }
  }
  await looker.look(visitor.page, "receipt check");
  await visitor.context.close();
}

/** Anybody can download the boards and verify them with the command line. */
async function checkBoards(house, office, boxes, fingerprints, looker) {
  const { page } = office;
  await page.goto(`${house.base}/board/${office.id}`);
  await looker.lookTwice(page, "board");
  for (const [i, box] of boxes.entries()) {
    const bel = Buffer.from(await fetch(`${house.base}/board/${box.uuid}.bel`).then((r) => r.arrayBuffer()));
    const file = join(house.folder, `${box.uuid}.bel`);
    writeFileSync(file, bel);
    if (box.category === "B") continue;
    const proofs = await fetch(`${house.base}/board/${box.uuid}.proofs.json`);
    assert.equal(proofs.status, 200);
    writeFileSync(join(house.folder, `${box.uuid}.proofs.json`), await proofs.text());
    const verified = run(["verify", file]);
    assert.equal(verified.code, 0, verified.text);
    assert.ok(bel.includes(`"credential"`));
    assert.match(fingerprints[i] ?? "", /^[A-Za-z0-9+/]{43}$/);
  }
  // The commands that the page gives, as they stand there, in the folder with the downloads.
  const lines = (await page.locator("main pre").allTextContents()).join("\n").split("\n").filter((line) => line.trim() !== "");
  assert.deepEqual(lines.map((line) => line.split(" ")[0]), ["pingyi", "belenios-tool", "belenios-tool"]);
  for (const line of lines) {
    const done = runLine(line, house.folder);
    assert.equal(done.code, 0, `${line}\n${done.text}`);
  }
}

test("the whole meeting in Chinese", { timeout: 600_000 }, () => meeting("zh-CN", { byLot: false }));
test("the whole meeting in English, in the dark", { timeout: 600_000 }, () => meeting("en", { dark: true, byLot: true }));
