// The papers of a meeting from the count to the presenter's letter: the meeting's facts typed, each paper read in the
// page, Word without the press and PDF with it, letters handed over and read by whom they are for, the bundle verified at
// the terminal. In Chinese and, in the dark, in English; every page under axe.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { program, run } from "./house.mjs";
import { browser, counted, journey, prepared, released } from "./journey.mjs";
import { paper } from "./look.mjs";
import { made, PASSWORD, Rater } from "./people.mjs";

const PRESENTERS = [
  ["华南城园区党委第一书记", "华南城园区党委"],
  ["白坭坑海吉星国际农产品物流园园区党委第一书记", "白坭坑海吉星国际农产品物流园园区党委"],
];
const CATEGORIES = [{ code: "A", label: "街道领导班子", weight: 100, expected: 3, minimum: 3 }];
const press = existsSync(join(dirname(program()), "pingyi-papers"));
if (!press && process.env.PINGYI_REQUIRE_PAPERS) throw new Error("pingyi-papers is not built: make papers");

/** A meeting of three raters, counted and released. */
async function appraised(office, options) {
  await office.newAppraisal();
  await office.setUp({ title: "2018年园区党委书记述职评议", presenters: PRESENTERS, categories: CATEGORIES, order: "fixed" });
  const { tellers, slips } = await prepared(office, options);
  await office.step("open", "#console-stage");
  for (const slip of slips.slice(0, 3)) {
    const rater = await Rater.arrive(browser, slip, options);
    await rater.mark(PRESENTERS.length, (title) => (title === PRESENTERS[0][0] ? 1 : 0), null);
    await rater.cast();
    await rater.context.close();
  }
  await counted(office, tellers);
  await released(office);
}

const reloaded = (page, locator) => Promise.all([page.waitForEvent("load"), locator.click()]);

/** What is typed stays, what lacks something says so, and Word comes without the press. */
async function write({ page, base, id }, looker) {
  await page.locator(`a[href="/appraisals/${id}/papers"]`).click();
  await page.waitForURL(/\/papers$/);
  await looker.lookTwice(page, "papers, none made");
  await page.fill("#t-place", "三楼会议室");
  await page.fill("#t-chair", "张副书记");
  await page.fill("#t-recorder", "记录员");
  await page.fill("#t-from", "");
  await reloaded(page, page.locator("form.sheet button[type=submit]"));
  assert.equal(await page.inputValue("#t-place"), "三楼会议室");
  for (const name of ["result_sheet", "summary_table", "minutes", "press_brief"]) {
    await page.goto(`${base}/appraisals/${id}/papers/${name}`);
    assert.ok((await page.locator("article.paper").innerText()).includes(PRESENTERS[1][0]), name);
    await looker.lookTwice(page, name);
  }
  await paper(page, `${looker.label} press brief`);
  await page.goto(`${base}/appraisals/${id}/papers/circular`);
  await page.locator('[data-body*="docx"]').click();
  await page.waitForSelector("dialog .problems, dialog li");
  await looker.look(page, "circular lacks something");
  await page.keyboard.press("Escape");
  await page.fill("#t-to", "各园区党委");
  await reloaded(page, page.locator("form.sheet button[type=submit]"));
  assert.equal(await page.inputValue("#t-to"), "各园区党委");
  await reloaded(page, page.locator('[data-body*="docx"]'));
  const file = await page.locator(".files-made a").first().getAttribute("href");
  const got = await page.request.get(`${base}${file}`);
  assert.equal(got.status(), 200);
  assert.match(got.headers()["content-disposition"], /^attachment;.*\.docx/);
  await looker.lookTwice(page, "circular made");
}

/** A signed paper is scanned in, listed with who and when, and one that was wrong goes with a reason. */
async function scans({ page, base, id }, looker) {
  await page.goto(`${base}/appraisals/${id}/papers`);
  await looker.lookTwice(page, "no signed papers");
  const pdf = { name: "会议记录_签字.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nsigned\n%%EOF\n") };
  const send = async (sheet, name, rows) => {
    await page.selectOption("#scan-sheet", sheet);
    await page.locator("[data-evidence-pick]").first().setInputFiles({ ...pdf, name });
    await page.waitForFunction((n) => document.querySelectorAll("#scans tbody tr").length === n, rows);
  };
  await send("minutes", "会议记录_签字.pdf", 1);
  await send("other", "错.pdf", 2);
  await looker.lookTwice(page, "signed papers");
  await page.locator("#scans tbody tr").last().locator("button").click();
  await page.fill("#dialog-reason", "传错了");
  await reloaded(page, page.locator("dialog[open] button[type=submit]"));
  assert.equal(await page.locator("#scans tbody tr").count(), 1);
  const file = await page.locator("#scans tbody a").getAttribute("href");
  assert.equal((await page.request.get(`${base}${file}`)).headers()["content-type"], "application/pdf");
  await page.goto(`${base}/appraisals/${id}/papers/list-rectification`);
  await looker.lookTwice(page, "list of the appraisal");
}

/** Letters are made, handed over, and read by the one they are for. */
async function letters({ page, base, id }, presenter, looker) {
  await page.goto(`${base}/appraisals/${id}/papers/letter-p1`);
  const said = await page.locator("article.paper").innerText();
  assert.ok(said.includes(PRESENTERS[0][0]) && !said.includes("海吉星"), "nobody else's figures");
  await looker.lookTwice(page, "letter");
  if (!press) return;
  await reloaded(page, page.locator('[data-body*="pdf"]'));
  assert.ok(await page.locator("iframe.paper-pdf").getAttribute("src"));
  await page.goto(`${base}/appraisals/${id}/papers`);
  await reloaded(page, page.locator('[data-post$="/letters"]'));
  await looker.lookTwice(page, "letters made");
  await presenter.page.goto(`${base}/letters`);
  assert.equal(await presenter.page.locator(".lines a").count(), 0, "not before it is handed over");
  await looker.lookTwice(presenter.page, "no letters yet");
  await page.locator('[data-post$="/letters/give"]').click();
  await reloaded(page, page.locator("dialog button.btn-primary, dialog button.btn-danger").last());
  await presenter.page.goto(`${base}/letters`);
  await presenter.page.locator(".lines a").click();
  await presenter.page.waitForURL(/\/letters\/\w+$/);
  assert.ok((await presenter.page.locator("article.paper").innerText()).includes(PRESENTERS[0][0]));
  await looker.lookTwice(presenter.page, "own letter");
}

/** The papers of the record, and the bundle at the terminal. */
async function recordAndBundle({ page, base, id }, park, folder, looker) {
  const month = new Date().toISOString().slice(0, 7);
  const year = month.slice(0, 4);
  for (const [path, name] of [
    ["/papers/coverage", "coverage table"],
    ["/papers/lists/problems", "list of problems"],
    ["/papers/lists/rectification", "list of rectification"],
    [`/papers/years/${park}/${year}`, "year book"],
    [`/papers/digest/${month}`, "digest"],
  ]) {
    await page.goto(`${base}${path}`);
    await page.waitForSelector("article.paper");
    await looker.lookTwice(page, name);
  }
  const got = await page.request.get(`${base}/api/appraisals/${id}/bundle`);
  assert.equal(got.status(), 200);
  const file = join(folder, "bundle.tar");
  writeFileSync(file, await got.body());
  const judged = run(["verify", file]);
  assert.equal(judged.code, 0, judged.text);
}

const papers = (options) =>
  journey({ label: `papers ${options.lang}`, ...options }, async ({ house, looker, arrive }) => {
    const office = await arrive();
    const { page } = office;
    await page.goto(`${house.base}/setup?lang=${options.lang}`);
    await office.firstSetUp(house.code);
    const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent });
    const root = await unit("working_committee", "平湖街道党工委");
    const park = await unit("park", PRESENTERS[0][1], root);
    await made(page, "/api/users", { login: "shuzhi", name: "第一书记", roles: ["presenter"], password: PASSWORD, unit: park });
    const presenter = await arrive();
    await presenter.logIn("shuzhi", PASSWORD);
    await appraised(office, options);
    await write(office, looker);
    await scans(office, looker);
    await letters(office, presenter, looker);
    await recordAndBundle(office, park, house.folder, looker);
  });

test("papers, letters and the bundle in Chinese", { timeout: 600_000 }, () => papers({ lang: "zh-CN" }));
test("papers, letters and the bundle in English, in the dark", { timeout: 600_000 }, () => papers({ lang: "en", dark: true }));
