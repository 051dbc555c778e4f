// A duty report from the outline to its approval: a recorder writes with figures out of the record, the connection breaks
// while typing, two people write one section, the office remarks and returns, the recorder answers, another of the office
// approves; versions side by side; docx. Every page under axe, in both languages and widths.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { journey } from "./journey.mjs";
import { made, PASSWORD, send } from "./people.mjs";

const YEAR = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

/** Two parks, classes, a matter of the last appraisal, and the people. */
async function aYear({ page }, arrive) {
  const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent });
  const root = await unit("working_committee", "平湖街道党工委");
  const park = await unit("park", "华南城园区党委", root);
  await unit("park", "白坭坑海吉星国际农产品物流园园区党委", root);
  const account = (login, name, roles, of) => made(page, "/api/users", { login, name, roles, password: PASSWORD, ...(of ? { unit: of } : {}) });
  await account("jilu", "华南城记录员", ["recorder"], park);
  await account("shuji", "华南城第一书记", ["presenter"], park);
  await account("zhuren", "办公室主任", ["organiser"]);
  for (let n = 1; n <= 3; n += 1)
    await made(page, "/api/entries", { unit: park, kind: "class", on_date: `${YEAR}-0${n}-05`, title: `新时代大讲堂第${n}讲`, headcount: "40" });
  const matter = { unit: park, list: "rectification", origin: "appraisal", raised_on: `${YEAR}-02-01` };
  await made(page, "/api/matters", { ...matter, title: "部分企业党组织活动少", measures: "指导员每月到企业一次" });
  const people = {};
  for (const login of ["jilu", "shuji", "zhuren"]) {
    people[login] = await arrive();
    await people[login].logIn(login, PASSWORD);
  }
  return people;
}

const loaded = (page, act) => Promise.all([page.waitForEvent("load"), act()]);
const state = (page, code) => page.locator(`[data-state="${code}"]`);
const saved = (page, code) => page.waitForFunction((name) => document.querySelector(`[data-state="${name}"]`)?.dataset.tone === "ok", code);
const field = (page, code) => page.locator(`[data-editor="${code}"] .report-field`);

async function outline({ page, base }, looker) {
  await page.goto(`${base}/reports`);
  await looker.lookTwice(page, "reports none begun");
  await page.goto(`${base}/reports/outline`);
  await looker.lookTwice(page, "outline");
  const row = (code) => page.locator(`[data-outline-row]:has([value="${code}"])`);
  for (const code of ["problems", "next", "integrity"]) await row(code).locator("[data-outline=remove]").click();
  for (const [code, least] of [["duties", "5"], ["work", "5"], ["last_year", "x"]]) await row(code).locator('[name$=".least"]').fill(least);
  await row("work").locator("[data-outline=up]").click();
  await page.locator("#outline [type=submit]").click();
  await page.waitForSelector('[name="sections.2.least"][aria-invalid="true"]');
  assert.equal(await page.locator('[name="sections.0.code"]').inputValue(), "work", "moved up");
  await looker.look(page, "outline refused");
  await row("last_year").locator('[name$=".least"]').fill("2");
  await loaded(page, () => page.locator("#outline [type=submit]").click());
  assert.equal(await page.locator("[data-outline-row]").count(), 3);
}

/** Typing, a figure by `{`, the connection broken meanwhile, a reload: nothing is lost. */
async function written({ page, base, context }, looker) {
  await page.goto(`${base}/reports`);
  await page.locator("#reports [data-post]").click();
  await page.waitForURL(/\/reports\/[a-z0-9]{16}$/);
  await field(page, "work").click();
  await page.keyboard.type("今年开展学习教育");
  await page.keyboard.type("{");
  await page.waitForSelector("#figure-list li");
  await page.fill("#figure-search", "entries:class");
  await looker.lookTwice(page, "figures offered");
  await page.keyboard.press("Enter");
  await page.waitForSelector('[data-figure="entries:class"]');
  assert.equal(await page.locator('[data-figure="entries:class"]').innerText(), "3");
  await page.keyboard.type("场，上年{");
  await page.waitForSelector("#figure-search");
  await page.fill("#figure-search", `entries:class:${YEAR - 1}`);
  await page.keyboard.press("Enter");
  await page.keyboard.type("场。");
  await saved(page, "work");
  assert.equal(await page.locator(`[data-figure="entries:class:${YEAR - 1}"]`).innerText(), "0");
  assert.equal((await field(page, "work").innerText()).replace(/\u200b/g, ""), "今年开展学习教育3场，上年0场。", "in the order it was typed");
  const tab = context.waitForEvent("page");
  await page.locator('[data-figure="entries:class"]').click();
  const source = await tab;
  await source.waitForLoadState();
  assert.equal(await source.locator("#entries tbody tr, table tbody tr").count(), 3, "the rows behind the figure");
  await source.close();
  // The pages still load, what is written does not arrive.
  const cut = (route) => (route.request().method() === "POST" ? route.abort("connectionfailed") : route.continue());
  await context.route("**/sections/**", cut);
  await field(page, "duties").click();
  await page.keyboard.type("断网时写的第一句");
  const offline = () => page.waitForFunction(() => document.querySelector('[data-state="duties"]')?.dataset.tone === "bad");
  await offline();
  assert.match(await state(page, "duties").innerText(), /断开|Disconnected/);
  await looker.lookTwice(page, "writing offline");
  await loaded(page, () => page.reload());
  await offline();
  assert.equal(await field(page, "duties").innerText(), "断网时写的第一句", "it comes out of the browser's own database");
  await context.unroute("**/sections/**", cut);
  await saved(page, "duties");
  await loaded(page, () => page.reload());
  assert.equal(await field(page, "duties").innerText(), "断网时写的第一句");
  await looker.lookTwice(page, "writing");
  return page.url();
}

/** Two people in one section: the second sees both texts and chooses. */
async function together(recorder, presenter, address, looker) {
  await presenter.page.goto(address);
  await field(recorder.page, "duties").click();
  await recorder.page.keyboard.press("End");
  await recorder.page.keyboard.type("，记录员补充");
  await saved(recorder.page, "duties");
  const { page } = presenter;
  await field(page, "duties").click();
  await page.keyboard.press("End");
  await page.keyboard.type("，书记补充");
  await page.waitForSelector("dialog[open] .conflict, dialog[open] form.conflict");
  await looker.lookTwice(page, "conflict");
  assert.match(await page.locator("dialog[open]").innerText(), /记录员补充[\s\S]*书记补充/);
  await page.locator('dialog[open] input[value="mine"]').check();
  await page.locator("dialog[open] [type=submit]").click();
  await saved(page, "duties");
  await loaded(page, () => page.reload());
  assert.match(await field(page, "duties").innerText(), /书记补充/);
  await loaded(recorder.page, () => recorder.page.reload());
}

async function handedIn({ page }, looker) {
  await page.locator('[data-open="move-submit"]').click();
  await page.locator("dialog[open] [type=submit]").click();
  await page.waitForSelector("dialog[open] .problems li, dialog[open] [data-form-errors] .notice");
  await looker.lookTwice(page, "not ready");
  await page.locator("dialog[open] [data-close]").click();
  await field(page, "last_year").click();
  await page.keyboard.type("都已整改");
  await page.locator("textarea[data-answer]").fill("已逐户走访，每月活动一次，记录齐全");
  // What is not stored yet goes first.
  await page.locator('[data-open="move-submit"]').click();
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
  assert.equal(await page.locator("[data-editor]").count(), 0, "it is with the office");
  await looker.lookTwice(page, "submitted");
}

async function remarked({ page }, address, looker) {
  await page.goto(address);
  await page.evaluate(() => {
    const prose = document.querySelector('[data-section="work"] .report-prose p');
    const range = document.createRange();
    range.selectNodeContents(prose);
    const at = document.getSelection();
    at.removeAllRanges();
    at.addRange(range);
  });
  await page.locator('[data-quote-for="work"]').click();
  assert.match(await page.locator("#q-work").inputValue(), /学习教育3场/);
  await page.fill("#t-work", "写明效果，不能只写场次。");
  await looker.lookTwice(page, "remark");
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
  await looker.lookTwice(page, "remarked");
  await page.locator('[data-open="move-return"]').click();
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
}

async function answered({ page }, address, looker) {
  await page.goto(address);
  await looker.lookTwice(page, "returned");
  await field(page, "work").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("参学企业解决用工难题两件。");
  await saved(page, "work");
  await page.locator('[data-open^="answer-"]').click();
  await page.locator("dialog[open] textarea").fill("已补充效果。");
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
  await page.locator('[data-open="move-submit"]').click();
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
}

async function approved({ page }, address, looker) {
  await page.goto(`${address}/versions`);
  assert.match(await page.locator(".compare ins").first().innerText(), /参学企业解决用工难题两件/);
  await looker.lookTwice(page, "versions");
  await page.goto(address);
  await page.locator('[data-open="move-approve"]').click();
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
  await looker.lookTwice(page, "approved");
  const waiting = page.waitForEvent("download");
  await page.locator('a[href$="/docx"]').click();
  const file = readFileSync(await (await waiting).path());
  assert.equal(file.subarray(0, 2).toString("latin1"), "PK");
  // Where the program that makes PDFs stands beside the server, the page offers one.
  if ((await page.locator('[data-post$="/pdf"]').count()) > 0) {
    const pdf = await send(page, `${new URL(address).pathname.replace("/reports", "/api/reports")}/pdf`, {});
    assert.equal(pdf.status, 201, JSON.stringify(pdf.body));
    const head = await page.evaluate(async (id) => (await (await fetch(`/api/papers/${id}`)).text()).slice(0, 5), pdf.body.id);
    assert.equal(head, "%PDF-");
  }
  await page.goto(new URL("/reports", address).href);
  await looker.lookTwice(page, "reports");
}

const report = (lang) =>
  journey({ label: `report ${lang}`, lang }, async ({ house, looker, arrive }) => {
    const office = await arrive();
    await office.firstSetUp(house.code);
    const { jilu, shuji, zhuren } = await aYear(office, arrive);
    await outline(office, looker);
    const address = await written(jilu, looker);
    await together(jilu, shuji, address, looker);
    await handedIn(jilu, looker);
    await remarked(office, address, looker);
    await answered(jilu, address, looker);
    await approved(zhuren, address, looker);
    assert.ok(looker.screens.length >= 28, `${looker.screens.length} screens`);
  });

test("a duty report in Chinese, from the outline to its approval", { timeout: 300_000 }, () => report("zh-CN"));
test("a duty report in English", { timeout: 300_000 }, () => report("en"));
