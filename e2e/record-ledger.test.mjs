// The ledger and matters: an entry typed with the keyboard alone, given back, recorded again, confirmed; a matter raised
// at a joint meeting, assigned, reported by the park, closed by the office; a change asked for and granted. Every page
// under axe, in both languages and widths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey } from "./journey.mjs";
import { made, PASSWORD } from "./people.mjs";

/** Opens a dialog, fills it, sends it, waits for the page that follows. */
async function say(page, dialog, values) {
  await page.click(`[data-open="${dialog}"]`);
  const form = page.locator("dialog[open] form");
  for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
  const loaded = page.waitForEvent("load");
  await form.locator("[type=submit]").click();
  await loaded;
}

async function press(page, selector) {
  const loaded = page.waitForEvent("load");
  await page.locator(selector).first().click();
  await loaded;
}

/** Two entries with the keyboard; the second needs a title and a number only. */
async function typed({ page, base, looker }) {
  await page.goto(`${base}/ledger/new`);
  await looker.look(page, "entry form");
  const began = Date.now();
  await page.keyboard.type("红色经典诵读会");
  await page.selectOption("[name=kind]", "activity");
  await page.selectOption("[name=topic]", "reading");
  assert.ok(await page.locator("[name=quarter]").isHidden(), "a quarter is a meeting's");
  await page.fill("[name=place]", "党群服务中心");
  await page.fill("[name=headcount]", "56");
  await page.locator("[data-entry-next]").check();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/ledger\/new\?next=1$/);
  await page.keyboard.type("红色剧场");
  await page.locator("[name=headcount]").press("4");
  assert.equal(await page.inputValue("[name=place]"), "党群服务中心");
  assert.equal(await page.inputValue("[name=kind]"), "activity");
  await page.locator("[data-entry-next]").uncheck();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/ledger\/[a-z0-9]{16}$/);
  const seconds = (Date.now() - began) / 1000;
  assert.ok(seconds < 60, `two entries in ${seconds} s`);
  return new URL(page.url()).pathname.split("/").pop();
}

const ledger = (lang, width) =>
  journey({ label: `ledger ${lang} ${width}`, lang, width }, async ({ house, looker, arrive }) => {
    const { base } = house;
    const office = await arrive();
    await office.firstSetUp(house.code);
    const { page } = office;
    for (const path of ["/ledger", "/matters", "/meetings", "/classes", "/words", "/words?list=topic"]) {
      await page.goto(base + path);
      await looker.look(page, `empty ${path.slice(1)}`);
    }
    const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent, founded_on: "2016-12-30" });
    const root = await unit("working_committee", "平湖街道党工委");
    const park = await unit("park", "华南城园区党委", root);
    const user = { login: "jilu", name: "华南城记录员", roles: ["recorder"], password: PASSWORD, unit: park };
    await made(page, "/api/users", user);
    const recorder = await arrive();
    await recorder.logIn("jilu", PASSWORD);

    const entry = await typed({ page: recorder.page, base, looker });
    await page.goto(`${base}/ledger`);
    await looker.look(page, "list");
    await page.goto(`${base}/ledger/${entry}`);
    await looker.look(page, "entry");
    await say(page, "return", { reason: "缺照片" });
    await looker.look(page, "returned");
    await recorder.page.goto(`${base}/ledger/${entry}/edit`);
    await recorder.page.fill("[name=summary]", "照片已补");
    await recorder.page.locator("form.sheet [type=submit]").click();
    await recorder.page.waitForURL(`${base}/ledger/${entry}`);
    await page.goto(`${base}/ledger/${entry}`);
    await press(page, `[data-post="/api/entries/${entry}/confirm"]`);
    assert.equal(await page.locator(`[data-post="/api/entries/${entry}/confirm"]`).count(), 0);
    await looker.look(page, "confirmed");
    await matters({ page, park, base, looker, recorder: recorder.page });
  });

/** A matter of a joint meeting, up to its closing. */
async function matters({ page, park, base, looker, recorder }) {
  await recorder.goto(`${base}/meetings`);
  await looker.look(recorder, "meetings");
  const today = await recorder.evaluate(() => new Date().toISOString().slice(0, 10));
  const body = { unit: park, kind: "meeting", on_date: today, title: "党群共建联席会议", attended: "工会、团委" };
  const meeting = await made(recorder, "/api/entries", body);
  await recorder.goto(`${base}/meetings`);
  assert.equal(await recorder.locator(`a[href="/ledger/${meeting}"]`).count(), 1, "the quarter is held");
  await recorder.goto(`${base}/ledger/${meeting}`);
  await recorder.click('a[href^="/matters/new"]');
  await recorder.waitForURL(/\/matters\/new/);
  await looker.look(recorder, "matter form");
  await recorder.fill("[name=title]", "土地整备");
  await recorder.selectOption("[name=list]", "key_task");
  await recorder.fill("[name=quantity]", "830000");
  await recorder.fill("[name=measure]", "平方米");
  await recorder.locator("form.sheet [type=submit]").click();
  await recorder.waitForURL(/\/matters\/[a-z0-9]{16}$/);
  const address = recorder.url();
  await page.goto(address);
  await looker.look(page, "matter raised");
  await say(page, "move-assign", { responsible: "土整中心", due_on: "2099-12-31" });

  await recorder.goto(address);
  await say(recorder, "progress", { done: "415000" });
  assert.match(await recorder.locator("main").innerText(), /50\.0%/);
  await recorder.goto(`${address}/edit`);
  await recorder.fill("[name=due_on]", "2100-06-30");
  await recorder.fill("[name=why]", "拆迁延后");
  await looker.look(recorder, "change asked for");
  await recorder.locator("form.sheet [type=submit]").click();
  await recorder.waitForURL(address);
  await page.goto(address);
  await looker.look(page, "change to decide");
  await press(page, '[data-post$="/grant"]');
  assert.match(await page.locator("dl.facts").first().innerText(), /2100-06-30/);

  await recorder.goto(address);
  await recorder.click('[data-open="move-report"]');
  await recorder.locator("dialog[open] [type=submit]").click();
  await recorder.waitForSelector('dialog[open] [name=text][aria-invalid="true"]');
  await looker.look(recorder, "no proof");
  await recorder.goto(address);
  await say(recorder, "move-report", { text: "已全部移交，附移交单编号" });
  assert.equal(await recorder.locator('[data-open="move-close"]').count(), 0, "who reports does not close");
  await page.goto(address);
  await say(page, "move-close", { text: "现场看过" });
  await looker.look(page, "matter closed");
  await page.goto(`${base}/matters`);
  await looker.look(page, "matters");
}

test("ledger and matters, in Chinese on a phone", () => ledger("zh-CN", 360));
test("ledger and matters, in English at a desk", () => ledger("en", 1440));
