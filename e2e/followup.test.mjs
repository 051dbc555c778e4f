// From one year's appraisal to the next: a low item and an opinion become matters, an abusive opinion is struck by two
// people, one matter is closed with proof by somebody else, Home and the digest follow, and the copy for the next year
// shows each presenter's list in the booth. In Chinese and, in the dark, in English; every page under axe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { phone, screenName } from "../frontend/test/browser.mjs";
import { browser, counted, journey, prepared, released } from "./journey.mjs";
import { paper } from "./look.mjs";
import { made, PASSWORD, pressSure, Rater, send } from "./people.mjs";

const PRESENTERS = [
  ["华南城园区党委第一书记", "华南城园区党委"],
  ["白坭坑海吉星国际农产品物流园园区党委第一书记", "白坭坑海吉星国际农产品物流园园区党委"],
];
const CATEGORIES = [{ code: "A", label: "街道领导班子", weight: 100, expected: 3, minimum: 3 }];
const OPINIONS = ["走访企业太少，台账要及时。", "（一句骂人的话）", null];

/** The park, its recorder, another of the office, and a leader. */
async function people(office, arrive) {
  const { page } = office;
  const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent });
  const root = await unit("working_committee", "平湖街道党工委");
  const park = await unit("park", PRESENTERS[0][1], root);
  await unit("park", PRESENTERS[1][1], root);
  const person = async (login, name, role, of) => {
    await made(page, "/api/users", { login, name, roles: [role], password: PASSWORD, ...of });
    const one = await arrive();
    await one.logIn(login, PASSWORD);
    return one;
  };
  return {
    recorder: await person("jilu", "华南城记录员", "recorder", { unit: park }),
    second: await person("zuzhi2", "组织科二", "organiser", {}),
    leader: await person("lingdao", "张副书记", "leader", {}),
  };
}

/** The whole of last year: the first presenter is bad, the second good; two wrote an opinion. */
async function lastYear(office, options) {
  const { page } = office;
  await office.newAppraisal();
  const title = "2018年园区党委书记述职评议";
  await office.setUp({ title, presenters: PRESENTERS, categories: CATEGORIES, order: "fixed" });
  const { tellers, slips } = await prepared(office, options);
  await office.step("open", "#console-stage");
  const said = { presenter: "p1", text: "两个覆盖扎实，小微企业走访要补上。" };
  assert.equal((await send(page, `/api/appraisals/${office.id}/comments`, said)).status, 200);
  for (const [i, opinion] of OPINIONS.entries()) {
    const rater = await Rater.arrive(browser, slips[i], options);
    assert.equal(await rater.page.locator("#last-year").count(), 0, "nobody had a list before");
    await rater.mark(PRESENTERS.length, (title) => (title === PRESENTERS[0][0] ? 3 : 0), opinion);
    await rater.cast();
    if (opinion !== null) await rater.page.waitForSelector('#opinion-state[data-tone="ok"]', { timeout: 15_000 });
    await rater.context.close();
  }
  await counted(office, tellers);
  assert.equal(await page.locator('a[href$="/followup"]').count(), 0, "not before it is released");
  await released(office);
}

/** A low item and an opinion become two matters; what is forgotten is said, what was typed stays. */
async function makeMatters({ page, base, id }, looker) {
  await page.locator('a[href$="/followup"]').click();
  await page.waitForURL(/\/followup$/);
  const row = page.locator("tbody tr").first();
  assert.match((await row.innerText()).replace(/\s+/g, " "), /40(\.00)? 1 2 /, "score, one low item, two opinions");
  await looker.lookTwice(page, "follow-up");
  await row.locator("a").click();
  await page.waitForURL(/\/followup\/p1$/);
  await looker.lookTwice(page, "findings");
  const title = page.locator("#title");
  await page.locator('input[value^="item:"]').check();
  assert.match(await title.inputValue(), /总体评价/, "a low item proposes its title");
  assert.equal(await page.locator("#unit option:checked").innerText().then((t) => t.trim()), PRESENTERS[0][1]);
  await page.fill("#responsible", "园区党委党建办");
  await page.fill("#due_on", "2099-06-30");
  await page.fill("#measures", "逐户走访，按月记台账。");
  const reloaded = () => Promise.all([page.waitForEvent("load"), page.locator(".form-actions .btn-primary").click()]);
  await reloaded();
  // The opinion: its words are not proposed, so a title is asked for.
  const opinion = page.locator("li", { hasText: "走访企业太少" }).locator("input");
  await opinion.check();
  assert.equal(await title.inputValue(), "");
  await page.locator(".form-actions .btn-primary").click();
  await page.waitForSelector('#title[aria-invalid="true"]');
  assert.ok(await opinion.isChecked(), "nothing ticked is lost");
  await looker.lookTwice(page, "findings refused");
  await title.fill("小微企业走访不够");
  await reloaded();
  const listed = await page.locator('section[aria-labelledby="made-title"] li').allInnerTexts();
  assert.equal(listed.length, 2, listed.join("\n"));
  const answer = await page.evaluate((path) => fetch(path).then((r) => r.json()), `${base}/api/appraisals/${id}/opinions`);
  assert.equal(answer.presenters[0].texts.length, 2);
}

/** The office strikes, the leader confirms; the words are gone from the pages and stay in the archive. */
async function strike({ page, base, id }, { leader }, looker) {
  const line = page.locator("li", { hasText: "（一句骂人的话）" });
  await line.locator('[data-post$="/strike"]').click();
  await page.fill("#dialog-reason", "辱骂他人");
  await looker.look(page, "strike dialog");
  await Promise.all([page.waitForEvent("load"), page.locator("dialog[open] button[type=submit]").click()]);
  assert.equal(await line.locator("input").count(), 0, "nothing is made of what waits");
  await looker.lookTwice(page, "strike waits");
  await leader.page.goto(`${base}/`);
  await looker.lookTwice(leader.page, "leader's home");
  await leader.page.locator('#home-due a[href$="/followup"]').click();
  await leader.page.waitForURL(/\/followup$/);
  await leader.page.locator("tbody th a").first().click();
  await leader.page.waitForURL(/\/followup\/p1$/);
  assert.equal(await leader.page.locator("input[type=checkbox], #title").count(), 0, "a leader makes no matters");
  await looker.lookTwice(leader.page, "leader confirms");
  await Promise.all([leader.page.waitForEvent("load"), pressSure(leader.page, '[data-post$="/confirm"]')]);
  assert.ok(!(await leader.page.locator("main").innerText()).includes("（一句骂人的话）"));
  await page.reload();
  const text = await page.locator("main").innerText();
  assert.ok(text.includes("辱骂他人") && !text.includes("（一句骂人的话）"));
  await looker.lookTwice(page, "struck");
  await page.goto(`${base}/appraisals/${id}/result`);
  await page.locator("#opinions-p1 > summary").click();
  const shown = await page.locator("#opinions-p1").innerText();
  assert.ok(shown.includes("辱骂他人") && !shown.includes("（一句骂人的话）"), "the result page as well");
}

/** Reported by the park with proof, closed by another of the office; where it comes from stands on its page. */
async function putRight({ page, base, id }, { recorder, second }, looker) {
  await page.goto(`${base}/appraisals/${id}/followup/p1`);
  const listed = page.locator('section[aria-labelledby="made-title"] li', { hasText: "总体评价" });
  const address = await listed.locator("a").getAttribute("href");
  await recorder.page.goto(`${base}${address}`);
  assert.equal(await recorder.page.locator('a[href*="/followup"]').count(), 0, "no way in for who may not go there");
  await recorder.page.locator('[data-open="move-report"]').click();
  await recorder.page.fill("#move-report-text", "走访 45 家，台账补齐。");
  await Promise.all([
    recorder.page.waitForEvent("load"),
    recorder.page.locator("#move-report button[type=submit]").click(),
  ]);
  await second.page.goto(`${base}${address}`);
  await second.page.locator('[data-open="move-close"]').click();
  await Promise.all([second.page.waitForEvent("load"), second.page.locator("#move-close button[type=submit]").click()]);
  await looker.lookTwice(second.page, "matter closed");
  await second.page.locator('.found-from a[href*="/followup/p1"]').click();
  await second.page.waitForURL(/\/followup\/p1/);
}

/** Home and the digest count the same matters; each figure leads to its rows. */
async function follow({ page, base }, looker) {
  const figures = async () => (await page.locator("#rectification tbody tr").first().locator("td").allInnerTexts()).map((text) => text.trim());
  await page.goto(`${base}/`);
  assert.deepEqual(await figures(), ["2", "1", "50.0%", "0", "0"]);
  await looker.lookTwice(page, "home with rectification");
  await page.locator("#home-right p a").click();
  await page.waitForURL(/\/digest\/\d{4}-\d\d$/);
  assert.deepEqual(await figures(), ["2", "1", "50.0%", "0", "0"]);
  assert.ok((await page.locator("main").innerText()).includes("走访 45 家，台账补齐。"), "the proof");
  await looker.lookTwice(page, "digest");
  await paper(page, `${looker.label} digest`);
  const links = await page.locator("#rectification tbody tr").first().locator("td a").all();
  const addresses = await Promise.all(links.map((link) => link.getAttribute("href")));
  for (const [i, rows] of [2, 1, 0, 0].entries()) {
    await page.goto(`${base}${addresses[i]}`);
    assert.equal(await page.locator("main table tbody tr").count(), rows, addresses[i]);
  }
  await page.goto(`${base}/digest/2019-01`);
  await looker.lookTwice(page, "digest empty");
}

/** The copy of the next year: the list as it will be sealed, then in the booth and on the hall screen. */
async function nextYear(office, options, looker) {
  const { page, base } = office;
  const copied = await send(page, `/api/appraisals/${office.id}/copy`, {});
  office.id = copied.body.id;
  await page.goto(`${base}/appraisals/${office.id}`);
  await page.waitForSelector("#setup[data-problems]");
  await page.locator('#setup [data-path="year"]').fill("2019");
  await page.waitForSelector('#setup[data-problems="0"]');
  await office.saved();
  await page.goto(`${base}/appraisals/${office.id}/last-year`);
  assert.match((await page.locator("#p-p1 + p").innerText()).replace(/\D+/g, " "), /2 1/);
  await looker.lookTwice(page, "last year's lists");
  await page.goto(`${base}/appraisals/${office.id}`);
  const { tellers, slips } = await prepared(office, options);
  for (const teller of tellers) await teller.context.close();
  await office.step("open", "#console-stage");
  const rater = await Rater.arrive(browser, slips[0], options);
  await rater.page.click(".booth-foot .btn");
  await screenName(rater.page, "mark");
  const before = await rater.page.locator("[role=radiogroup]").boundingBox();
  await rater.page.locator("#last-year > summary").click();
  const list = await rater.page.locator("#last-year").innerText();
  assert.ok(list.includes("小微企业走访不够") && list.includes("走访 45 家，台账补齐。"), list);
  await looker.look(rater.page, "booth with last year's list");
  await rater.page.locator("#last-year > summary").click();
  const after = await rater.page.locator("[role=radiogroup]").boundingBox();
  assert.deepEqual(after, before, "folded again, the marks are where they were");
  await rater.page.locator("[role=radiogroup] input").first().check();
  await rater.page.click("#next");
  assert.equal(await rater.page.locator("#last-year").count(), 0, "the other presenter has no list");
  const [hallLink] = await office.links("hall");
  const hall = await phone(browser, { ...options, width: 1280, height: 720 });
  await hall.page.goto(hallLink.url);
  const order = { scene: "speaker", presenter: "p1" };
  assert.equal((await send(page, `/api/appraisals/${office.id}/stage`, order)).status, 200);
  await hall.page.waitForSelector(".hall-last");
  assert.match((await hall.page.locator(".hall-last").innerText()).replace(/\D+/g, " "), /2 1/);
  await looker.look(hall.page, "hall speaker with last year's list");
  assert.deepEqual([...rater.errors, ...hall.errors], [], "no page complained");
  await rater.context.close();
  await hall.context.close();
}

const twoYears = (options) =>
  journey({ label: `followup ${options.lang}`, ...options }, async ({ house, looker, arrive }) => {
    const office = await arrive();
    await office.page.goto(`${house.base}/setup?lang=${options.lang}`);
    await office.firstSetUp(house.code);
    const others = await people(office, arrive);
    await lastYear(office, options);
    await makeMatters(office, looker);
    await strike(office, others, looker);
    await putRight(office, others, looker);
    await follow(office, looker);
    await nextYear(office, options, looker);
  });

test("from one year to the next in Chinese", { timeout: 600_000 }, () => twoYears({ lang: "zh-CN" }));
test("from one year to the next in English, in the dark", { timeout: 600_000 }, () => twoYears({ lang: "en", dark: true }));
