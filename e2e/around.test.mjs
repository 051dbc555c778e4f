// Around the meeting: everything that the journey of the meeting does not pass, on the demo's data (nine presenters,
// six items): log-in, home, users, audit, health, two people at one draft, a rehearsal wiped, an appraisal declared void,
// last year's result with opinions, what a leader and an auditor see, wrong links, and paper. Every screen under axe.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone } from "../frontend/test/browser.mjs";
import { startDemo } from "./house.mjs";
import { Looker, paper } from "./look.mjs";
import { Organiser, pressSure } from "./people.mjs";

const PASSWORD = "pingyi-demo";

let browser;
let played;
before(async () => {
  // A whole meeting of 100 raters takes a while; both languages look at its result.
  played = startDemo("--simulate");
  played.catch(() => undefined);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await played.then((house) => house.stop(), () => undefined);
});

/** A wrong password is said, in place; then the right one. */
async function logIn(office, looker) {
  const { page, base } = office;
  await page.goto(`${base}/login`);
  await looker.lookTwice(page, "log-in");
  await page.fill("[name=login]", "organiser");
  await page.fill("[name=password]", "not the password");
  await page.click("form button[type=submit]");
  await page.waitForFunction(() => document.querySelector("[data-form-errors]")?.textContent !== "");
  await looker.lookTwice(page, "log-in refused");
  await office.logIn("organiser", PASSWORD);
}

async function officePages(office, looker) {
  const { page, base } = office;
  await looker.lookTwice(page, "home");
  for (const [path, name] of [
    ["/appraisals", "appraisals"],
    ["/admin/audit", "audit of the house"],
    ["/admin/health", "health"],
    ["/admin/users", "users"],
  ]) {
    await page.goto(base + path);
    await looker.lookTwice(page, name);
  }
  await page.locator("[data-open]").first().click();
  await looker.lookTwice(page, "user dialog");
  await page.keyboard.press("Escape");
  await page.goto(`${base}/nowhere`);
  await looker.lookTwice(page, "no such page");
}

/** Two people edit one draft: whoever saves second chooses line by line, and nothing is lost unseen. */
async function twoEditors(office, other, draft, looker) {
  const path = `${office.base}/appraisals/${draft}`;
  office.id = draft;
  for (const { page } of [office, other]) {
    await page.goto(path);
    await page.waitForSelector("#setup[data-problems]");
  }
  const field = ({ page }, name) => page.locator(`#setup [data-path="${name}"]`);
  await field(office, "title").fill("组织科改的名称");
  await field(office, "categories[0].label").fill("组织科改的类别");
  await office.saved();
  await field(other, "title").fill("党建办改的名称");
  await field(other, "presenters[0].unit").fill("党建办改的单位");
  const dialog = other.page.locator("dialog[open]");
  await dialog.waitFor();
  await looker.lookTwice(other.page, "merge");
  const lines = await dialog.locator("fieldset").count();
  assert.equal(lines, 3, "what only one of them changed is listed too, with that side chosen");
  // By keyboard: Escape does not throw a side away; the arrow chooses theirs for the title.
  await other.page.keyboard.press("Escape");
  assert.ok(await dialog.isVisible());
  const title = dialog.locator("fieldset").filter({ hasText: "党建办改的名称" });
  await title.locator("input").first().focus();
  await other.page.keyboard.press("ArrowDown");
  assert.ok(await title.locator("input").nth(1).isChecked());
  await dialog.locator(".btn-primary").click();
  other.id = draft;
  const { config } = await other.saved();
  assert.deepEqual(
    [config.title, config.categories[0].label, config.presenters[0].unit],
    ["组织科改的名称", "组织科改的类别", "党建办改的单位"],
  );
  assert.equal(await other.page.locator("h1").textContent(), "组织科改的名称");
  await looker.lookTwice(other.page, "draft, nine by six");
}

/** The longest names that an office writes, and too many of them: nothing may break. */
async function longNames(office, looker) {
  const { page } = office;
  const long = "深圳市龙岗区平湖街道华南城及白坭坑片区联合园区党委常务副书记兼第一党支部书记";
  await page.locator('#setup [data-path="presenters[0].title"]').fill(long);
  await page.locator('#setup [data-path="presenters[1].title"]').fill("Interdepartmental Infrastructure Coordination Committee");
  await page.waitForSelector(`.setup-side :text("${long}")`);
  await office.saved();
  await looker.lookTwice(page, "draft with long names");
}

async function lastYear({ page, base }, id, looker) {
  await page.goto(`${base}/appraisals/${id}`);
  await looker.lookTwice(page, "last year");
  await page.goto(`${base}/appraisals/${id}/result`);
  await page.waitForSelector("#opinions-p1");
  await looker.look(page, "last year's result");
}

/** Nine presenters, six items, five categories, about 100 raters with opinions. */
async function wholeResult(options, looker) {
  const house = await played;
  const id = house.demo.appraisal;
  const { page, ...office } = await Organiser.arrive(browser, house, options);
  await page.goto(`${house.base}/login?lang=${looker.label}`);
  await Organiser.prototype.logIn.call({ page, base: house.base }, "organiser", PASSWORD);
  await page.goto(`${house.base}/appraisals/${id}`);
  await looker.lookTwice(page, "announced, nine by six");
  await page.goto(`${house.base}/appraisals/${id}/result`);
  await page.waitForSelector("#opinions-p1");
  assert.equal(await page.locator("#scores tbody tr").count(), 9);
  assert.equal(await page.locator(".multiples .chart").count(), 6 + 5, "one chart an item, one a category");
  for (const part of ["#working-p1", "#opinions-p1", "#chart-overall-data", "#ranks-data"]) {
    await page.locator(`${part} > summary`).click();
  }
  await looker.lookTwice(page, "result, nine by six, unfolded");
  await paper(page, `${looker.label} result`);
  await page.goto(`${house.base}/board/${id}`);
  await looker.lookTwice(page, "board, nine by six");
  await paper(page, `${looker.label} board`);
  await page.goto(`${house.base}/appraisals/${id}/compare`);
  assert.ok((await page.locator("main tbody tr").count()) >= 9, "both years, presenter by presenter");
  await looker.lookTwice(page, "year over year, two real years");
  assert.deepEqual(office.errors, []);
  await page.context().close();
}

/** A draft tried on last year's counts: floors and ties have boxes like the weights. */
async function whatIf({ page, base }, draft, looker) {
  await page.goto(`${base}/appraisals/${draft}/what-if`);
  const before = await page.locator("#what-if-finding").innerText();
  await page.selectOption('[name="ties"]', "all_in");
  await page.fill('[name="floor.0"]', "1/1");
  await page.waitForFunction(() => location.search.includes("ties=all_in"));
  await page.waitForFunction((was) => document.querySelector("#what-if-finding")?.textContent !== was, before);
  await looker.lookTwice(page, "what-if with a floor nobody reaches");
}

/** A rehearsal is wiped in one press; an appraisal is declared void with a reason. */
async function endings(office, rehearsal, looker) {
  const { page, base } = office;
  await page.goto(`${base}/appraisals/${rehearsal}`);
  await looker.lookTwice(page, "rehearsal");
  await page.locator("details.menu > summary").click();
  await looker.lookTwice(page, "menu");
  await page.locator('[data-post$="/void"]').click();
  await page.locator("dialog[open] textarea").fill("类别人数写错，重新组织。");
  await looker.lookTwice(page, "void dialog");
  const loaded = page.waitForEvent("load");
  await page.locator("dialog[open] button[type=submit]").click();
  await loaded;
  await page.waitForSelector('#next [data-post$="/copy"]');
  await looker.lookTwice(page, "void");
  await page.locator("details.menu > summary").click();
  await pressSure(page, '[data-post$="/wipe"]');
  await page.waitForURL(`${base}/appraisals`);
  assert.equal((await fetch(`${base}/appraisals/${rehearsal}`, { redirect: "manual" })).status >= 300, true);
}

/** What others see: a leader's comments, an auditor's trail, a recorder at a closed door. */
async function otherRoles(house, options, looker, pages) {
  for (const [login, visits] of pages) {
    const person = await Organiser.arrive(browser, house, options);
    await person.logIn(login, PASSWORD);
    for (const [path, name] of visits) {
      await person.page.goto(house.base + path);
      await looker.lookTwice(person.page, `${login} ${name}`);
    }
    await person.context.close();
  }
}

/** Links that are wrong or used up say so, on the phone that scanned them. */
async function wrongLinks(house, options, looker) {
  const visitor = await phone(browser, options);
  const box = new URL(house.demo.slips[0]).pathname;
  for (const [path, name] of [
    ["/t#nothing", "teller link unknown"],
    ["/issue#nothing", "issuer link unknown"],
    ["/hall#nothing", "hall link unknown"],
    ["/b/nowhere", "booth of no box"],
    [box, "booth without slip"],
    [`${box}#${new URL(house.demo.slips[0]).hash.slice(1)}`, "booth before opening"],
    ["/check", "receipt check empty"],
    ["/challenge", "challenge empty"],
  ]) {
    await visitor.page.goto("about:blank");
    await visitor.page.goto(house.base + path);
    await visitor.page.waitForFunction(() => document.getElementById("starting") === null, undefined, { timeout: 15_000 });
    await visitor.page.waitForTimeout(150);
    await looker.look(visitor.page, name);
  }
  assert.deepEqual(visitor.errors, []);
  await visitor.context.close();
}

async function around(lang, look) {
  const looker = new Looker(lang);
  const house = await startDemo();
  const options = { lang, ...look };
  const { draft, appraisal, last_year } = house.demo;
  try {
    const office = await Organiser.arrive(browser, house, options);
    const other = await Organiser.arrive(browser, house, options);
    await logIn(office, looker);
    await other.logIn("organiser", PASSWORD);
    await officePages(office, looker);
    await twoEditors(office, other, draft, looker);
    await longNames(other, looker);
    await lastYear(office, last_year, looker);
    await whatIf(office, draft, looker);
    await otherRoles(house, options, looker, [
      ["leader", [["/", "home"], [`/appraisals/${last_year}/result`, "result"]]],
      ["auditor", [["/admin/audit", "audit"], [`/appraisals/${last_year}`, "last year"]]],
      ["recorder", [["/", "home"], ["/admin/users", "not allowed"]]],
    ]);
    await wrongLinks(house, options, looker);
    await endings(office, appraisal, looker);
    await wholeResult(options, looker);
    assert.deepEqual([...office.errors, ...other.errors], [], "no page complained");
    assert.deepEqual(looker.findings, []);
    console.log(`${lang}: ${looker.screens.length} screens under axe`);
  } catch (error) {
    for (const finding of looker.findings) console.error(finding);
    throw error;
  } finally {
    await house.stop();
  }
}

test("around the meeting in Chinese", { timeout: 300_000 }, () => around("zh-CN", {}));
test("around the meeting in English, in the dark", { timeout: 300_000 }, () => around("en", { dark: true }));
