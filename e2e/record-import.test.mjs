// Import and paste: firms from an xlsx with rows that will not go in, columns mapped, the good rows brought in, all of it
// undone; a long file with its bar; entries from a file; entries pasted from a sheet, put right in place and saved
// together. Every page under axe, in both languages and widths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey } from "./journey.mjs";
import { made } from "./people.mjs";
import { xlsx } from "./xlsx.mjs";

/** Rows of the long file: enough that the bar is seen on a machine five times as fast as ours. */
const MANY = 30_000;

/** Sends a file and waits for its page. */
async function send(page, base, kind, name, buffer) {
  await page.goto(`${base}/import/${kind}`);
  await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer });
  await page.waitForURL(/\/imports\/[a-z0-9]{16}$/);
}

const figures = (page) => page.locator(".figures dd").allTextContents();

/** Presses the button of a form and waits for the page that follows. */
async function go(page, selector) {
  const loaded = page.waitForEvent("load");
  await page.locator(selector).click();
  await loaded;
}

async function firms({ page, base, looker }) {
  await page.goto(`${base}/import/firm`);
  await looker.look(page, "start");
  const file = xlsx([
    ["企业名称", "所属园区", "职工人数", "来的日子", "工会"],
    ["深圳市甲科技有限公司", "华南城园区党委", 20, "2017-03-01", "有"],
    ["深圳市乙科技有限公司", "华南城园区党委", "约二十", "2017-03-01", ""],
    ["深圳市丙科技有限公司", "不知何处", 3, "去年", ""],
    ["深圳市丁物流有限公司", "华南城园区党委", 8, "2017/4/1", "无"],
  ]);
  await send(page, base, "firm", "企业名册.xlsx", file);
  assert.deepEqual(await figures(page), ["4", "0", "4", "0"], "no column for the day yet");
  await page.selectOption("#col-opened_on", "来的日子");
  await page.fill("#else-cover_on", "2018-01-01");
  await go(page, "form[method=get] [type=submit]");
  assert.deepEqual(await figures(page), ["4", "2", "2", "0"]);
  const refused = await page.locator("#refused tbody tr").allTextContents();
  assert.equal(refused.length, 3, refused.join("\n"));
  await looker.look(page, "preview");
  await page.locator("form[data-post$='/run'] [type=submit]").click();
  await page.waitForSelector("form[data-post$='/run'] .error:not(:empty)");
  await looker.look(page, "all or nothing");
  await page.selectOption("#good_rows", "1");
  await go(page, "form[data-post$='/run'] [type=submit]");
  assert.deepEqual(await figures(page), ["2", "0", "2"]);
  await looker.look(page, "done");
  const done = page.url();
  await page.goto(`${base}/firms`);
  assert.equal(await page.locator("tbody tr").count(), 2);
  await page.goto(`${base}/firms?view=worked`);
  assert.equal(await page.locator("tbody tr").count(), 1, "the union came with the firm");
  await page.goto(`${base}/firms?q=${encodeURIComponent("丁物流")}`);
  assert.equal(await page.locator("tbody tr").count(), 1, "found by its name");
  await page.goto(done);
  await go(page, "form[data-post$='/undo'] [type=submit]");
  await looker.look(page, "undone");
  await page.goto(`${base}/firms`);
  assert.equal(await page.locator("tbody tr").count(), 0);
}

/** A long import shows how far it is, survives a reload, and lets others work. */
async function long({ page, base, looker }) {
  let text = "企业名称,所属园区,入驻日期\n";
  for (let n = 0; n < MANY; n += 1) text += `深圳市第${n}家科技有限公司,华南城园区党委,2017-03-01\n`;
  await send(page, base, "firm", "全部企业.csv", Buffer.from(text));
  await go(page, "form[data-post$='/run'] [type=submit]");
  const bar = page.locator("#import-bar");
  await bar.waitFor();
  await looker.look(page, "bar");
  await page.reload();
  const values = new Set();
  while ((await bar.count()) > 0) {
    values.add(await bar.getAttribute("value", { timeout: 1000 }).catch(() => null));
    await page.waitForTimeout(100);
  }
  assert.ok(values.size > 1, `the bar moved: ${[...values]}`);
  await page.waitForSelector("form[data-post$='/undo']");
  assert.deepEqual(await figures(page), [String(MANY), "0", "0"].map((n) => n));
}

async function entries({ page, base, looker }) {
  const file = xlsx([
    ["活动时间", "类别", "活动名称", "组织", "人数"],
    ["2018-03-01", "学习教育", "新时代大讲堂第一讲", "华南城园区党委", 56],
    ["2018-03-02", "郊游", "登山", "华南城园区党委", 20],
  ]);
  await send(page, base, "entry", "台账.xlsx", file);
  assert.deepEqual(await figures(page), ["2", "1", "1", "0"]);
  await looker.look(page, "entries preview");
  await page.selectOption("#good_rows", "1");
  await go(page, "form[data-post$='/run'] [type=submit]");
  assert.deepEqual(await figures(page), ["1", "0", "1"]);
  await page.goto(`${base}/ledger`);
  assert.equal(await page.locator("#entries tbody tr").count(), 1);
}

async function paste({ page, base, looker, park }) {
  await page.goto(`${base}/ledger/paste`);
  await looker.look(page, "paste empty");
  const sheet = [
    ["日期", "事项", "类别", "人数"],
    ["2018年5月4日", "红色剧场", "活动", "1,200"],
    ["去年", "红色经典诵读会", "活动", "56"],
    ["2018-05-06", "义诊", "郊游", "x"],
  ];
  await page.selectOption("[data-otherwise=unit]", park);
  await page.locator('[data-row="0"][data-column="0"]').focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), sheet.map((row) => row.join("\t")).join("\n"));
  await page.keyboard.press("Control+V");
  await page.locator('[data-row="2"][data-column="3"]').waitFor();
  await looker.look(page, "pasted");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector('[aria-invalid="true"]');
  assert.equal(await page.locator('#paste-table [aria-invalid="true"]').count(), 3);
  await looker.look(page, "paste refused");
  await page.reload();
  assert.equal(await page.inputValue('[data-row="1"][data-column="1"]'), "红色经典诵读会", "nothing typed is lost");
  await page.selectOption("[data-otherwise=unit]", park);
  await page.fill('[data-row="1"][data-column="0"]', "2018-05-05");
  await page.fill('[data-row="2"][data-column="2"]', "活动");
  await page.fill('[data-row="2"][data-column="3"]', "30");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(`${base}/ledger`);
  assert.equal(await page.locator("#entries tbody tr").count(), 4);
}

const imports = (lang, width) =>
  journey({ label: `import ${lang} ${width}`, lang, width }, async ({ house, looker, arrive }) => {
    const { base } = house;
    const office = await arrive();
    await office.firstSetUp(house.code);
    const { page } = office;
    const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent, founded_on: "2016-12-30" });
    const root = await unit("working_committee", "平湖街道党工委");
    const park = await unit("park", "华南城园区党委", root);
    const hand = { page, base, looker, park };
    await firms(hand);
    await entries(hand);
    await paste(hand);
    await long(hand);
  });

test("import and paste, Chinese, desktop", () => imports("zh-CN", 1440));
test("import and paste, English, phone", () => imports("en", 360));
