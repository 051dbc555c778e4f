// What a rater goes through, in a real browser against the stand-in server. `npm run test:browser`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CREDENTIAL, launch, markAll, phone, screenName } from "./browser.mjs";
import { startMock } from "./mock-server.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
let browser;
let mock;

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

/** A fresh server and phone per journey. */
async function journey(run, options = {}) {
  mock = await startMock();
  const rater = await phone(browser, options);
  const base = `http://127.0.0.1:${mock.port}`;
  const tell = (uuid, change) =>
    fetch(`${base}/mock/${uuid}`, { method: "POST", body: JSON.stringify(change) });
  try {
    await run({ ...rater, base, tell, box: (uuid) => mock.boxes.get(uuid) });
    assert.deepEqual(rater.errors, []);
  } finally {
    await rater.context.close();
    mock.close();
  }
}

const NINE = "BoxNine1111111";
const SIX = "BoxSix11111111";

async function begin(page, base, uuid = NINE) {
  await page.goto(`${base}/b/${uuid}#${CREDENTIAL}`);
  await screenName(page, "intro");
  await page.click(".booth-foot .btn");
  await screenName(page, "mark");
}

async function toReady(page) {
  await page.click("#cast");
  await screenName(page, "ready");
}

async function castAll(page, base, uuid = NINE) {
  await begin(page, base, uuid);
  await markAll(page, 9);
  await toReady(page);
  await page.click("#send");
}

const saved = (page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith("pingyi.booth."))
      .map(([, value]) => JSON.parse(value)),
  );

test("marks survive a reload, and the page opens where it was", () =>
  journey(async ({ page, base }) => {
    await begin(page, base);
    await page.locator("[role=radiogroup] input").nth(1).check();
    await page.click("#next");
    await page.locator("[role=radiogroup] input").nth(2).check();
    await page.reload();
    await screenName(page, "mark");
    assert.equal(await page.locator("h1").textContent(), "平湖园区党委第一书记");
    assert.equal(await page.locator("[role=radiogroup] input").nth(2).isChecked(), true);
    await page.click("#overview");
    await screenName(page, "overview");
    assert.match((await page.locator(".booth-row").first().textContent()) ?? "", /较好/);
    assert.equal(await page.locator("#cast").count(), 0);
  }));

test("without network marking goes on, even after a reload of the page's data", () =>
  journey(async ({ page, base, context }) => {
    await begin(page, base);
    await page.route("**/api/**", (route) => route.abort());
    await page.reload();
    await screenName(page, "intro");
    await page.click(".booth-foot .btn");
    await markAll(page, 9);
    await page.waitForSelector("#offline:not([hidden])");
    await toReady(page);
    await page.click("#send");
    await screenName(page, "casting");
    await page.waitForFunction(() =>
      document.getElementById("casting-state")?.textContent?.includes("自动再试"),
    );
    assert.equal(mock.boxes.get(NINE).ballots.size, 0);
    await page.unroute("**/api/**");
    await screenName(page, "receipt");
    assert.equal(mock.boxes.get(NINE).ballots.size, 1);
    await context.storageState();
  }));

test("a lost answer leaves one ballot on the board and a receipt that names it", () =>
  journey(async ({ page, base, box }) => {
    box(NINE).fail.push("lost", "busy", "drop");
    await castAll(page, base);
    await screenName(page, "receipt");
    const tracker = await page.getAttribute("#tracker", "data-tracker");
    assert.deepEqual([...box(NINE).ballots.keys()], [tracker]);
  }));

test("a reload while casting goes on with the same ballot", () =>
  journey(async ({ page, base, box }) => {
    box(NINE).fail.push(...Array(3).fill("drop"));
    await castAll(page, base);
    await screenName(page, "casting");
    const [{ pending }] = await saved(page);
    await page.reload();
    await screenName(page, "receipt");
    assert.deepEqual([...box(NINE).ballots.keys()], [pending.tracker]);
    const [after] = await saved(page);
    assert.deepEqual([after.marks, after.opinions, after.pending], [{}, {}, null]);
    assert.equal(JSON.stringify(after).includes("fair"), false);
  }));

test("a paused vote takes the ballot when it resumes", () =>
  journey(async ({ page, base, tell, box }) => {
    await begin(page, base);
    await markAll(page, 9);
    await toReady(page);
    await tell(NINE, { state: "paused" });
    await page.click("#send");
    await screenName(page, "casting");
    await page.waitForFunction(() => document.getElementById("casting-state")?.textContent?.includes("暂停"));
    assert.equal(box(NINE).ballots.size, 0);
    await tell(NINE, { state: "open" });
    await screenName(page, "receipt");
  }));

test("closing while the answer is lost: the receipt is found on the board", () =>
  journey(async ({ page, base, tell, box }) => {
    await begin(page, base);
    await markAll(page, 9);
    await toReady(page);
    box(NINE).fail.push("lost", "box_not_open");
    await tell(NINE, { state: "closed" }).then(() => tell(NINE, { state: "open" }));
    await screenName(page, "ready");
    await page.click("#send");
    await screenName(page, "receipt");
    assert.equal(box(NINE).ballots.size, 1);
  }));

test("closing before casting says that nothing was cast", () =>
  journey(async ({ page, base, tell }) => {
    await begin(page, base);
    await page.locator("[role=radiogroup] input").first().check();
    await tell(NINE, { state: "closed" });
    await screenName(page, "closed");
    assert.match((await page.locator("main").textContent()) ?? "", /没有投出/);
  }));

test("the page follows the speaker when idle, and only points when it is in use", () =>
  journey(async ({ page, base, tell }) => {
    await begin(page, base);
    await page.locator("[role=radiogroup] input").first().check();
    await tell(NINE, { stage: "p5" });
    await page.waitForSelector(".booth-now .btn");
    assert.equal(await page.locator("h1").textContent(), "华南城园区党委第一书记");
    await page.waitForTimeout(5200);
    await tell(NINE, { stage: "p6" });
    await page.waitForFunction(() => document.querySelector("h1")?.textContent?.startsWith("鹅公岭"));
    await page.click("#opinion-fold summary");
    await page.fill("#opinion", "一");
    await tell(NINE, { stage: "p7" });
    await page.waitForFunction(() => document.getElementById("now")?.textContent?.includes("山厦"));
    assert.equal(await page.evaluate(() => document.activeElement?.id), "opinion");
    await tell(NINE, { state: "paused" });
    await page.waitForSelector(".notice");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "opinion");
    assert.equal(await page.inputValue("#opinion"), "一");
  }));

test("a challenge opens to the marks on a second device, from the code and from the file", () =>
  journey(async ({ page, base, box }) => {
    await begin(page, base);
    await markAll(page, 9);
    await toReady(page);
    const shown = (await page.locator(".booth-code").textContent()) ?? "";
    await page.click("#doubt summary");
    await page.click("#challenge");
    await screenName(page, "opened");
    assert.equal(await page.locator("#send").count(), 0);
    const link = (await page.getAttribute(".booth-qr", "data-address")) ?? "";
    assert.equal(link.includes(CREDENTIAL), false);
    const download = page.waitForEvent("download");
    await page.locator("main .btn").click();
    const file = readFileSync(await (await download).path(), "utf8");
    assert.equal(file.includes(CREDENTIAL), false);

    const second = await page.context().newPage();
    await second.goto(link);
    await second.waitForSelector("#app[data-state=fine]");
    assert.equal(await second.locator(".booth-code").textContent(), shown);
    const marks = await second.locator(".booth-marks td").allTextContents();
    assert.deepEqual(marks, ["好", "较好", "一般", "差", "好", "较好", "一般", "差", "好"]);

    const choose = (text) =>
      second.setInputFiles("#file", {
        name: "c.json",
        mimeType: "application/json",
        buffer: Buffer.from(text),
      });
    await second.goto(`${base}/challenge`);
    await choose(file);
    await second.waitForSelector("#app[data-state=fine]");
    const lying = JSON.parse(file);
    const [first, other] = lying.opening.randomness;
    lying.opening.randomness = [other, first, ...lying.opening.randomness.slice(2)];
    await choose(JSON.stringify(lying));
    await second.waitForSelector("#app[data-state=wrong]");
    await choose("{}");
    await second.waitForSelector("#app[data-state=unreadable]");
    // Other marks than were sealed
    const forged = link.replace(/\d+$/, "111111111");
    await second.goto("about:blank");
    await second.goto(forged);
    await second.waitForSelector("#app[data-state=wrong]");
    await second.close();

    assert.equal(box(NINE).ballots.size, 0);
    await page.click("#again");
    await toReady(page);
    assert.notEqual(await page.locator(".booth-code").first().textContent(), shown);
    await page.click("#send");
    await screenName(page, "receipt");
    const [entry] = box(NINE).ballots.values();
    assert.equal(entry.text.includes('"response":"0"'), false);
  }));

test("opinions go out apart, one of equal length for everybody", () =>
  journey(async ({ page, base }) => {
    await begin(page, base);
    await page.click("#opinion-fold summary");
    await page.fill("#opinion", "多到企业走走");
    await markAll(page, 9);
    await toReady(page);
    await page.click("#send");
    await screenName(page, "receipt");
    assert.equal(mock.opinions.length, 0);
    await page.waitForSelector("#opinion-state[data-tone=ok]", { timeout: 12_000 });
    assert.equal(mock.opinions.length, 1);
    const [entries] = mock.opinions;
    assert.equal(entries.length, 9);
    assert.equal(new Set(entries.map((entry) => entry.length)).size, 1);
    assert.equal((await saved(page))[0].unsent, null);
  }));

test("casting again replaces, and the first receipt says so", () =>
  journey(async ({ page, base, box }) => {
    await castAll(page, base);
    await screenName(page, "receipt");
    const first = await page.locator(".stack-s a.btn").getAttribute("href");
    await page.click("#cast-again");
    await screenName(page, "mark");
    await markAll(page, 9, () => 1);
    await toReady(page);
    await page.click("#send");
    await screenName(page, "receipt");
    assert.equal(box(NINE).ballots.size, 2);
    await page.goto(first);
    await page.waitForSelector("[data-status=replaced]");
    await page.goto(first.replace(/[0-9a-f]{64}$/, "00".repeat(32)));
    await page.waitForSelector("[role=alert]");
  }));

test("a refused slip can be corrected without marking again", () =>
  journey(async ({ page, base, box }) => {
    box(NINE).fail.push("ballot_not_on_roll");
    await castAll(page, base);
    await screenName(page, "wrong-slip");
    await page.fill("#app input", "AwyxGdyzbUsD8UGWm4E8AA");
    await page.click(".booth-foot .btn");
    await screenName(page, "mark");
    await page.click("#overview");
    await toReady(page);
    await page.click("#send");
    await screenName(page, "receipt");
    assert.equal(box(NINE).ballots.size, 1);
    assert.equal((await saved(page)).length, 1);
  }));

test("labels that are not the sealed ones are refused", () =>
  journey(async ({ page, base, box }) => {
    const { grades } = box(NINE).view.form;
    [grades[0].label, grades[3].label] = [grades[3].label, grades[0].label];
    await page.goto(`${base}/b/${NINE}#${CREDENTIAL}`);
    await screenName(page, "differs");
  }));

test("the language changes in place and stays", () =>
  journey(async ({ page, base }) => {
    await begin(page, base);
    await page.locator("[role=radiogroup] input").first().check();
    await page.click("#language");
    await page.waitForSelector('html[lang="en"]');
    assert.equal(await page.locator("#next").textContent(), "Next");
    assert.equal(await page.locator("[role=radiogroup] input").first().isChecked(), true);
    await page.reload();
    await screenName(page, "mark");
    assert.equal(await page.locator("#next").textContent(), "Next");
  }));

test("54 × 4 marks are sealed within a second, and the page does not stand still", () =>
  journey(async ({ page, base }) => {
    await begin(page, base, SIX);
    await markAll(page, 9, (i) => i % 3);
    await page.evaluate(() => {
      window.gap = 0;
      let last = performance.now();
      const tick = () => {
        window.gap = Math.max(window.gap, performance.now() - last);
        last = performance.now();
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      document.getElementById("cast").addEventListener("click", () => {
        window.gap = 0;
        window.begun = performance.now();
        new MutationObserver((_, me) => {
          if (document.getElementById("app").dataset.screen !== "ready") return;
          window.took = performance.now() - window.begun;
          me.disconnect();
        }).observe(document.getElementById("app"), { attributes: true });
      });
    });
    await toReady(page);
    const { took, gap } = await page.evaluate(() => ({ took: window.took, gap: window.gap }));
    console.log(
      `sealing 54 × 4 in the worker: ${Math.round(took)} ms; longest gap between frames ${Math.round(gap)} ms`,
    );
    assert.ok(took < 1000, `${took} ms`);
    assert.ok(gap < 200, `${gap} ms`);
    await page.click("#send");
    await screenName(page, "receipt");
  }));

test("the booth from a file casts at another host", () =>
  journey(async ({ page, base, box }) => {
    await page.goto(`file://${join(root, "dist/booth-offline.html")}`);
    await screenName(page, "slip");
    await page.locator("#app input").first().fill(`${base}/b/${NINE}`);
    await page.locator("#app input").nth(1).fill(CREDENTIAL);
    await page.click(".booth-foot .btn");
    await screenName(page, "intro");
    await page.click(".booth-foot .btn");
    await markAll(page, 9);
    await toReady(page);
    await page.click("#send");
    await screenName(page, "receipt");
    assert.equal(box(NINE).ballots.size, 1);
    assert.match((await page.locator(".stack-s a.btn").getAttribute("href")) ?? "", /^http:\/\/127/);
  }));

test("without a worker the page seals by itself", () =>
  journey(async ({ page, base }) => {
    await page.route("**/booth-worker.js", (route) => route.abort());
    await castAll(page, base);
    await screenName(page, "receipt");
  }));
