// The slides of a duty report: made of the ledger and the report, arranged by its writer, shown in the hall page by page
// as they were when the presenter was called; pptx. Every page under axe, in both languages and widths.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { phone } from "../frontend/test/browser.mjs";
import { browser, journey } from "./journey.mjs";
import { made, PASSWORD, send } from "./people.mjs";

const YEAR = 2018;
const PARK = "华南城园区党委";

/** Puts a photograph onto an entry, as the page of the entry does. */
const photo = (page, entry, colour) =>
  page.evaluate(
    async ({ entry, colour }) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 800, height: 600 });
      const pen = canvas.getContext("2d");
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 800, 600);
      pen.fillStyle = "#fff";
      pen.fillRect(80, 80, 200, 440);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
      const csrf = document.querySelector('meta[name="csrf-token"]').content;
      const headers = { "content-type": "image/jpeg", "x-csrf-token": csrf };
      const sent = await fetch(`/api/entries/${entry}/evidence?name=photo.jpg`, { method: "POST", headers, body: blob });
      if (!sent.ok) throw new Error(`photo ${sent.status} ${await sent.text()}`);
    },
    { entry, colour },
  );

/** A park with firms, a year's work with photos, problems, last year's list, and who writes of it. */
async function aYear({ page }, arrive) {
  const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent });
  const root = await unit("working_committee", "平湖街道党工委");
  const park = await unit("park", PARK, root);
  const account = (login, name, roles, of) => made(page, "/api/users", { login, name, roles, password: PASSWORD, ...(of ? { unit: of } : {}) });
  await account("shuji", "华南城第一书记", ["presenter"], park);
  await account("jilu", "华南城记录员", ["recorder"], park);
  const recorder = await arrive();
  await recorder.logIn("jilu", PASSWORD);
  for (let n = 1; n <= 5; n += 1) {
    const firm = await made(page, "/api/firms", { unit: park, name: `平湖第${n}贸易有限公司`, kind: "non_public", opened_on: "2017-01-01" });
    const on = [null, `${YEAR - 1}-02-01`, `${YEAR}-02-01`, `${YEAR}-05-01`, `${YEAR}-11-01`][n - 1];
    if (on) await made(page, "/api/coverages", { firm, kind: n % 2 === 0 ? "own" : "union", ...(n % 2 === 0 ? { unit: park } : {}), from_on: on });
  }
  const kinds = ["class", "class", "activity", "service", "visit", "class"];
  const colours = ["#7a1f1f", "#1f4f7a", "#2f6b3a", "#8a6a10", "#54357a", "#444"];
  for (const [at, kind] of kinds.entries()) {
    const entry = await made(recorder.page, "/api/entries", { unit: park, kind, on_date: `${YEAR}-0${at + 2}-05`, title: `${["新时代大讲堂", "企业法律讲座", "环湖健步走", "上门办证", "走访困难员工", "安全生产课"][at]}`, headcount: "40" });
    await photo(recorder.page, entry, colours[at]);
    const confirmed = await send(page, `/api/entries/${entry}/confirm`, {});
    assert.ok(confirmed.status < 300, JSON.stringify(confirmed.body));
  }
  await made(page, "/api/entries", { unit: park, kind: "class", on_date: `${YEAR - 1}-05-05`, title: "上年一课", headcount: "30" });
  const matter = { unit: park, raised_on: `${YEAR}-03-01` };
  await made(page, "/api/matters", { ...matter, list: "problem", origin: "visit", title: "园区货车停放难，占用消防通道", measures: "协调物业增设临时车位四十个" });
  await made(page, "/api/matters", { ...matter, list: "problem", origin: "visit", title: "夜班员工食堂关门早" });
  await made(page, "/api/matters", { ...matter, list: "rectification", origin: "appraisal", title: "部分企业党组织活动少", measures: "指导员每月到企业一次" });
  const presenter = await arrive();
  await presenter.logIn("shuji", PASSWORD);
  return { park, presenter };
}

const write = async (page, report, code, text) => {
  const sent = await send(page, `/api/reports/${report}/sections/${code}`, { version: 0, text });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
};

const order = (page) => page.locator("#slides-list > li").evaluateAll((all) => all.map((one) => one.dataset.slide));
const drawn = (page, kind, count) =>
  page.waitForFunction(({ kind, count }) => document.querySelectorAll(`[data-previews="${kind}"] .deck-slide`).length === count, { kind, count });

/** By keys alone: a slide goes up, one is hidden; a heading and points are typed and come back; a photo is taken off. */
async function arranged({ page }, address, looker) {
  await page.goto(address);
  await drawn(page, "coverage", 2);
  assert.equal(await page.locator('[data-previews="photos"] img').count(), 4, "four are proposed");
  await looker.lookTwice(page, "slides");
  await page.locator("#up-problems").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#slides-list > li")[4].dataset.slide === "problems");
  await page.waitForFunction(() => document.activeElement?.id === "up-problems");
  await page.locator("#hide-by_kind").click();
  await page.waitForSelector("#slide-by_kind[data-hidden]");
  await page.fill("#title-shortcomings", "不足和原因");
  await page.fill("#points-next", "{{entries}}项工作再提质\n每季度开一次联席会议");
  await page.locator("#title-next").focus();
  await page.waitForFunction(() => document.querySelector('[data-state="next/points"]')?.dataset.tone === "ok");
  await page.waitForFunction(() => document.querySelector('[data-previews="next"]').textContent.includes("6项工作再提质"));
  await page.locator('.photo-pick[aria-pressed="true"]').first().click();
  await page.waitForFunction(() => document.querySelectorAll('.photo-pick[aria-pressed="true"]').length === 3);
  await drawn(page, "photos", 1);
  await page.waitForFunction(() => document.querySelectorAll('[data-previews="photos"] img').length === 3);
  await page.reload();
  await drawn(page, "coverage", 2);
  assert.deepEqual((await order(page)).slice(3, 6), ["by_kind", "problems", "photos"]);
  assert.equal(await page.inputValue("#title-shortcomings"), "不足和原因");
  await looker.lookTwice(page, "slides arranged");
  const waiting = page.waitForEvent("download");
  await page.locator('a[href$="/pptx"]').click();
  const path = await (await waiting).path();
  const file = readFileSync(path);
  assert.equal(file.subarray(0, 2).toString("latin1"), "PK");
  if ((await page.locator('[data-post$="/slides/pdf"]').count()) > 0) {
    const pdf = await send(page, `${new URL(address).pathname.replace("/reports", "/api/reports")}/pdf`, {});
    assert.equal(pdf.status, 201, JSON.stringify(pdf.body));
  }
  await broughtAlong(page, file, looker);
}

/** The unit's own file goes before the slides made of the report, and is taken away again. */
async function broughtAlong(page, file, looker) {
  const input = page.locator("#own-slides input[data-upload]");
  if ((await page.locator("#own-slides .notice code").count()) > 0) {
    assert.equal(process.env.PINGYI_REQUIRE_OFFICE, undefined, "soffice is not there: tools/setup.sh test");
    console.log("SKIPPED: soffice is not there, so no pptx was brought along");
    return;
  }
  await input.setInputFiles({ name: "述职.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await page.waitForSelector('#toast[data-tone="bad"]');
  // The page looks at itself anew before another file is chosen.
  await page.reload();
  await input.setInputFiles({ name: "我的述职.pptx", mimeType: "", buffer: file });
  await page.waitForSelector('#own-slides a[href$="/slides/own"]', { timeout: 60_000 });
  await looker.lookTwice(page, "slides brought along");
  const shown = await page.evaluate(async () => {
    const answer = await fetch(document.querySelector('#own-slides a[href$="/slides/own"]').href);
    return [answer.headers.get("content-type"), (await answer.text()).slice(0, 5)];
  });
  assert.deepEqual(shown, ["application/pdf", "%PDF-"]);
  await page.locator("#own-slides [data-delete]").click();
  await page.locator("dialog[open] [type=submit]").click();
  await page.waitForSelector("#own-slides [data-delete]", { state: "detached" });
}

/** The office's own template: what stands in it is told, and reports are had in it. */
async function inTemplate(page, base, report, looker) {
  const own = await page.request.get(`${base}/api/reports/${report}/pptx`);
  await page.goto(`${base}/reports/template`);
  await looker.lookTwice(page, "no template");
  await page.locator("input[data-upload]").setInputFiles({ name: "模板.pptx", mimeType: "", buffer: await own.body() });
  await page.waitForSelector('a[href="/api/reports/template"]');
  await looker.lookTwice(page, "template");
  await page.goto(`${base}/reports/${report}/slides`);
  const filled = await page.request.get(`${base}${await page.locator('a[href$="/template"]').getAttribute("href")}`);
  assert.equal((await filled.body()).subarray(0, 2).toString("latin1"), "PK");
}

const heading = (hall, text) =>
  hall.waitForFunction((text) => document.querySelector(".hall-deck .deck-title")?.textContent === text, text);

/** Called, the hall shows the slides; the console turns them, so do the hall's own keys; a change is not seen. */
async function shown(office, hall, report, presenter, looker) {
  const stage = (change) => send(office.page, `/api/appraisals/${office.id}/stage`, change);
  assert.equal((await stage({ scene: "speaker", presenter: "p1", slide: 1 })).status, 200);
  await heading(hall.page, `${YEAR}年度抓基层党建工作述职报告`);
  await looker.look(hall.page, "hall cover");
  const titles = ["数字看一年", "两个覆盖", "两个覆盖", "问题和解决情况", "工作掠影", "上年度问题整改情况", "不足和原因", "下一步打算"];
  for (const [at, title] of titles.entries()) {
    await stage({ slide: at + 2 });
    await heading(hall.page, title);
    if (title === "工作掠影") {
      await hall.page.waitForFunction(() => [...document.querySelectorAll(".deck-photos img")].every((one) => one.naturalWidth > 0));
    }
    await looker.look(hall.page, `hall ${at + 2}`);
    const over = await hall.page.evaluate(() => {
      const body = document.querySelector(".hall-deck .deck-body");
      return body.scrollHeight - body.clientHeight;
    });
    assert.ok(over <= 1, `${title}: ${over} pixels too high`);
  }
  await hall.page.keyboard.press("ArrowLeft");
  await heading(hall.page, "不足和原因");
  const renamed = await send(presenter.page, `/api/reports/${report}/slides/next/title`, { version: 0, text: "明年" });
  assert.equal(renamed.status, 200);
  // The console has the last word.
  await stage({ slide: 8 });
  await stage({ slide: 9 });
  await heading(hall.page, "下一步打算");
  await hall.page.setViewportSize({ width: 1920, height: 1080 });
  await stage({ slide: 3 });
  await heading(hall.page, "两个覆盖");
  await looker.look(hall.page, "hall 1920");
  await stage({ scene: "speaker", presenter: "p2" });
  await stage({ scene: "speaker", presenter: "p1", slide: 9 });
  await heading(hall.page, "明年");
}

const slides = (lang) =>
  journey({ label: `slides ${lang}`, lang, width: 1440, height: 900 }, async ({ house, looker, arrive }) => {
    const office = await arrive();
    await office.firstSetUp(house.code);
    const { park, presenter } = await aYear(office, arrive);
    const report = await made(office.page, "/api/reports", { unit: park, year: String(YEAR) });
    const address = `${house.base}/reports/${report}/slides`;
    await write(presenter.page, report, "problems", "活动形式比较单一，年轻员工参与不多。集中表现在三个方面。\n小微企业流动大，党员底数更新不及时；主要是走访不够。");
    await write(presenter.page, report, "next", "围绕{{org_rate}}的组织覆盖率再提高。\n把服务送到车间。");
    await arranged(presenter, address, looker);

    // Handed in with what else it needs, it goes to the hall.
    for (const code of ["duties", "work", "last_year", "integrity"]) await write(presenter.page, report, code, "认真履行第一责任人职责。".repeat(25));
    await handedIn(presenter.page, report);
    await office.page.goto(address);
    await drawn(office.page, "coverage", 2);
    await looker.lookTwice(office.page, "slides seen by the office");
    await inTemplate(office.page, house.base, report, looker);
    await office.newAppraisal();
    await office.setUp({
      title: `${YEAR}年度述职评议`,
      presenters: [["华南城园区党委第一书记", PARK], ["海吉星园区党委第一书记", "海吉星"]],
      categories: [{ code: "A", label: "街道领导班子", weight: 100, expected: 3, minimum: 3 }],
      order: "fixed",
    });
    const links = await send(office.page, `/api/appraisals/${office.id}/links`, { kinds: ["hall"] });
    const hall = await phone(browser, { lang, width: 1280, height: 720 });
    await hall.page.goto(links.body.hall);
    await hall.page.waitForSelector(".hall-agenda");
    await shown(office, hall, report, presenter, looker);
    assert.deepEqual(hall.errors, []);
    await hall.context.close();
  });

/** Last year's list is answered, the short sections made longer, and the report handed in. */
async function handedIn(page, report) {
  const version = async (code, text) => {
    const sent = await send(page, `/api/reports/${report}/sections/${code}`, { version: 1, text });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
  };
  await version("problems", "活动形式比较单一，年轻员工参与不多。集中表现在三个方面，需要逐项研究改进，安排专人负责，按季度检查落实情况，及时向党员群众通报进展，接受大家监督。\n小微企业流动大，党员底数更新不及时；主要是走访不够，对流动党员的动态掌握不全面，联系机制没有坚持好。");
  await version("next", "围绕{{org_rate}}的组织覆盖率再提高，逐户走访没有组织的企业，成熟一个组建一个，力争年内新建三个支部。\n把服务送到车间，每月安排一次集中办理，由党群服务中心牵头，物业和工会配合，解决员工办证远、办事难的问题，让党员亮身份、作表率。");
  const listed = await page.evaluate(async (id) => {
    const html = await (await fetch(`/reports/${id}`)).text();
    return [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-answer]")].map((one) => one.dataset.answer);
  }, report);
  for (const matter of listed) {
    const sent = await send(page, `/api/reports/${report}/answers`, { matter, version: 0, text: "指导员每月到企业一次，全年开展活动四十八场" });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
  }
  const sent = await send(page, `/api/reports/${report}/submit`, {});
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
}

test("slides in Chinese", () => slides("zh-CN"));
test("slides in English", () => slides("en"));
