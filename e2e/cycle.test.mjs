// The whole cycle over two years, in Chinese: the record of a park → its duty report with figures out of the record →
// its slides in the hall → the appraisal meeting → composite and grade → letters → what is put right, listed and closed with proof → the next
// year's report, which answers the list before it can be handed in, and the next form, which shows list and answer.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { phone } from "../frontend/test/browser.mjs";
import { program } from "./house.mjs";
import { browser, counted, journey, prepared, released } from "./journey.mjs";
import { made, PASSWORD, pressSure, Rater, send } from "./people.mjs";

const NOW = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const LAST = NOW - 1;
const PARKS = ["华南城园区党委", "山厦工业园区党委"];
const PRESENTERS = PARKS.map((park) => [`${park}第一书记`, park]);
const CATEGORIES = [{ code: "A", label: "街道领导班子", weight: 100, expected: 3, minimum: 3 }];
const PRESS = existsSync(join(dirname(program()), "pingyi-papers"));
/** What stands in every section; a figure of the record stands in the second one. */
const PROSE = "坚持每月研究一次园区党建工作，带头到联系企业听意见、讲党课、办实事，把责任落到支部书记和党建指导员身上，逐项登记，按季回头看。";
const PROOF = "走访企业四十五家，台账逐户补齐，照片附后。";
const ANSWER = "已逐户走访，台账每月更新一次，由支部书记签字。";

const loaded = (page, act) => Promise.all([page.waitForEvent("load"), act()]);
const pressed = (page, selector) => loaded(page, () => page.locator(selector).first().click());

/** Two parks with firms, and the people of the office and of the first park. */
async function everybody({ page }, arrive) {
  const unit = (kind, name, parent = "") => made(page, "/api/units", { kind, name, parent });
  const root = await unit("working_committee", "平湖街道党工委");
  const [park] = [await unit("park", PARKS[0], root), await unit("park", PARKS[1], root)];
  for (let n = 1; n <= 4; n += 1)
    await made(page, "/api/firms", { unit: park, name: `平湖示范贸易有限公司第${n}分号`, kind: "non_public", opened_on: `${LAST}-01-01` });
  const person = async (login, name, role, of) => {
    await made(page, "/api/users", { login, name, roles: [role], password: PASSWORD, ...of });
    const one = await arrive();
    await one.logIn(login, PASSWORD);
    return one;
  };
  return {
    park,
    recorder: await person("jilu", "华南城记录员", "recorder", { unit: park }),
    presenter: await person("shuji", "华南城第一书记", "presenter", { unit: park }),
    second: await person("zuzhi2", "组织科二", "organiser", {}),
    leader: await person("lingdao", "点评领导", "leader", {}),
  };
}

/** The recorder enters what was done, the office confirms it. */
async function recorded({ page, base }, { recorder, park }, year, titles) {
  for (const [n, title] of titles.entries()) {
    await recorder.page.goto(`${base}/ledger/new`);
    await recorder.page.fill("[name=title]", title);
    await recorder.page.fill("[name=on_date]", `${year}-0${n + 1}-15`);
    await recorder.page.selectOption("[name=kind]", "class");
    await recorder.page.selectOption("[name=unit]", park);
    await recorder.page.fill("[name=headcount]", String(40 + n));
    await recorder.page.locator("form.sheet [type=submit]").click();
    await recorder.page.waitForURL(/\/ledger\/[a-z0-9]{16}$/);
    await page.goto(recorder.page.url());
    await pressed(page, '[data-post$="/confirm"]');
  }
}

/** The recorder writes the report, with a figure that counts what was entered. Answers with its address. */
async function written({ recorder }, base, year, classes, looker) {
  const { page } = recorder;
  await page.goto(`${base}/reports?year=${year}`);
  await page.locator("#reports [data-post]").first().click();
  await page.waitForURL(/\/reports\/[a-z0-9]{16}$/);
  const address = page.url();
  for (const editor of await page.locator("[data-editor]").all()) {
    const code = await editor.getAttribute("data-editor");
    await editor.locator(".report-field").click();
    if (code === "work") {
      await page.keyboard.type(`${year}年开展学习教育{`);
      await page.waitForSelector("#figure-list li");
      await page.fill("#figure-search", "entries:class");
      await page.keyboard.press("Enter");
      const figure = page.locator('[data-figure="entries:class"]');
      assert.equal(await figure.innerText(), String(classes));
      await page.keyboard.insertText("场。");
    }
    await page.keyboard.insertText(PROSE.repeat(4));
    await page.waitForFunction((name) => document.querySelector(`[data-state="${name}"]`)?.dataset.tone === "ok", code);
  }
  await looker.look(page, `report of ${year} written`);
  return address;
}

/** Handed in by the park, approved by another of the office. */
async function handedIn({ recorder, second }, address, looker) {
  const { page } = recorder;
  await page.goto(address);
  await page.locator('[data-open="move-submit"]').click();
  await loaded(page, () => page.locator("dialog[open] [type=submit]").click());
  assert.equal(await page.locator("[data-editor]").count(), 0, "it is with the office");
  await second.page.goto(address);
  await second.page.locator('[data-open="move-approve"]').click();
  await loaded(second.page, () => second.page.locator("dialog[open] [type=submit]").click());
  await looker.lookTwice(second.page, "report approved");
}

/** The scheme with the leaders' evaluation, the presenters tied to their parks. */
async function drafted(office, year) {
  const { page } = office;
  await office.newAppraisal();
  await office.setUp({ title: `${year}年园区党委书记述职评议`, presenters: PRESENTERS, categories: CATEGORIES, order: "fixed" });
  const field = (path) => page.locator(`#setup [data-path="${path}"]`);
  await field("year").fill(String(year));
  await field("scheme.composite.ballot").fill("60");
  await field("scheme.composite.leaders").fill("40");
  for (const [row, [label, from]] of [["好", "90"], ["较好", "75"], ["一般", "0"]].entries()) {
    await page.locator('[data-list="scheme.cuts"] > .row button').click();
    await field(`scheme.cuts[${row}].label`).fill(label);
    await field(`scheme.cuts[${row}].from`).fill(from);
  }
  await page.locator("#setup button", { hasText: "按名称对应组织" }).click();
  await page.waitForSelector('#setup[data-problems="0"]');
  const { config } = await office.saved();
  assert.ok(config.presenters.every((one) => one.unit_id), "each presenter's park is known by its name");
}

/** The hall shows the slides made of the report; the console turns them. */
async function presented(office, options, looker) {
  const [link] = await office.links("hall");
  const hall = await phone(browser, { ...options, width: 1280, height: 720 });
  await hall.page.goto(link.url);
  const turned = async (slide) => {
    const order = { scene: "speaker", presenter: "p1", ...slide };
    assert.equal((await send(office.page, `/api/appraisals/${office.id}/stage`, order)).status, 200);
  };
  await turned({});
  await hall.page.waitForSelector(".hall-deck .deck-page");
  await looker.look(hall.page, "hall with the cover");
  await turned({ slide: 2 });
  await hall.page.waitForFunction((title) => document.querySelector(".hall-deck")?.textContent.includes(title), "数字看一年");
  await looker.look(hall.page, "hall with figures");
  assert.match(await hall.page.locator(".hall-deck").innerText(), /\b2\b/, "two classes");
  assert.deepEqual(hall.errors, []);
  await hall.context.close();
}

/** The meeting: the leader comments and evaluates, three mark, two tellers open. */
async function appraised(office, { leader }, options, looker) {
  const { page, base } = office;
  const { tellers, slips } = await prepared(office, options);
  await office.step("open", "#console-stage");
  await presented(office, options, looker);
  const said = { presenter: "p1", text: "两个覆盖扎实，小微企业走访要补上。" };
  assert.equal((await send(page, `/api/appraisals/${office.id}/comments`, said)).status, 200);
  await leader.page.goto(`${base}/appraisals/${office.id}/evaluation`);
  for (const [code, points] of [["p1", "70"], ["p2", "95"]]) await leader.page.fill(`[name="points.${code}"]`, points);
  await pressed(leader.page, "form button[type=submit]");
  for (const slip of slips.slice(0, 3)) {
    const rater = await Rater.arrive(browser, slip, options);
    await rater.mark(PRESENTERS.length, (title) => (title === PRESENTERS[0][0] ? 2 : 0), null);
    await rater.cast();
    assert.deepEqual(rater.errors, []);
    await rater.context.close();
  }
  await counted(office, tellers);
  await released(office);
  await page.goto(`${base}/appraisals/${office.id}/result`);
  await looker.lookTwice(page, "result");
}

/** 60 × 0.6 + 70 × 0.4 = 64 and 100 × 0.6 + 95 × 0.4 = 98; decided by two people. */
async function graded({ page, base, id }, { leader }, looker) {
  const address = `${base}/appraisals/${id}/grades`;
  await page.goto(address);
  const table = await page.locator("#grades").innerText();
  for (const composite of ["64.00", "98.00"]) assert.ok(table.includes(composite), `${composite} in ${table}`);
  await page.locator('[name="decisions.p1.grade"]').selectOption("2");
  await page.locator('[name="decisions.p2.grade"]').selectOption("0");
  await pressed(page, "#decision button[type=submit]");
  await leader.page.goto(address);
  await loaded(leader.page, () => pressSure(leader.page, '[data-post$="/grades/confirm"]'));
  await looker.lookTwice(leader.page, "grades confirmed");
}

/** The presenter's letter says the grade that was confirmed, and nothing of the other presenter. */
async function lettered({ page, base, id }, { presenter }, looker) {
  await page.goto(`${base}/appraisals/${id}/papers/letter-p1`);
  const said = await page.locator("article.paper").innerText();
  assert.ok(said.includes("一般") && !said.includes(PARKS[1]) && !said.includes("98.00"), said);
  if (!PRESS) return;
  await page.goto(`${base}/appraisals/${id}/papers`);
  const [letters, give] = ['[data-post$="/letters"]', '[data-post$="/letters/give"]'];
  await page.locator(letters).click();
  await page.waitForSelector(give, { timeout: 120_000 });
  await loaded(page, () => pressSure(page, give));
  await presenter.page.goto(`${base}/letters`);
  await presenter.page.locator(".lines a").click();
  await presenter.page.waitForURL(/\/letters\/\w+$/);
  assert.ok((await presenter.page.locator("article.paper").innerText()).includes(PRESENTERS[0][0]));
  await looker.lookTwice(presenter.page, "letter read");
}

/** A low item becomes a matter, the park reports it done with proof, another of the office closes it; the list says so. */
async function putRight({ page, base, id }, { recorder, second, park }, looker) {
  await page.goto(`${base}/appraisals/${id}/followup/p1`);
  await page.locator('input[value^="item:"]').first().check();
  await page.fill("#title", "小微企业走访不够");
  await page.fill("#responsible", "园区党委党建办");
  await page.fill("#due_on", `${NOW + 1}-06-30`);
  await page.fill("#measures", "逐户走访，按月记台账。");
  await pressed(page, ".form-actions .btn-primary");
  const address = await page.locator('section[aria-labelledby="made-title"] li a').first().getAttribute("href");
  await recorder.page.goto(`${base}${address}`);
  await recorder.page.locator('[data-open="move-report"]').click();
  await recorder.page.fill("#move-report-text", PROOF);
  await pressed(recorder.page, "#move-report button[type=submit]");
  await second.page.goto(`${base}${address}`);
  await second.page.locator('[data-open="move-close"]').click();
  await pressed(second.page, "#move-close button[type=submit]");
  await page.goto(`${base}/papers/lists/rectification?unit=${park}`);
  const list = await page.locator("article.paper").innerText();
  assert.ok(list.includes("小微企业走访不够") && list.includes(PROOF), list);
  await looker.lookTwice(page, "list of rectification");
  return address;
}

/** Next year's report answers the list line by line, or it is not handed in. */
async function answered({ recorder }, address, looker) {
  const { page } = recorder;
  await page.goto(address);
  const list = await page.locator("textarea[data-answer]").count();
  assert.equal(list, 1, "last year's matter is asked about");
  await page.locator('[data-open="move-submit"]').click();
  await page.locator("dialog[open] [type=submit]").click();
  await page.waitForSelector("dialog[open] .problems li, dialog[open] [data-form-errors] .notice");
  await looker.look(page, "not handed in without the answer");
  await page.locator("dialog[open] [data-close]").click();
  await page.locator("textarea[data-answer]").fill(ANSWER);
}

/** The appraisal copied for the next year shows its raters list and answer. */
async function nextForm(office, looker) {
  const { page, base } = office;
  const copied = await send(page, `/api/appraisals/${office.id}/copy`, {});
  office.id = copied.body.id;
  await page.goto(`${base}/appraisals/${office.id}`);
  await page.waitForSelector("#setup[data-problems]");
  await page.locator('#setup [data-path="year"]').fill(String(NOW));
  await office.saved();
  await page.goto(`${base}/appraisals/${office.id}/last-year`);
  const form = await page.locator("main").innerText();
  assert.ok(form.includes("小微企业走访不够") && form.includes(ANSWER), form);
  await looker.lookTwice(page, "next year's form");
}

test("the whole cycle over two years, in Chinese", { timeout: 600_000 }, () =>
  journey({ label: "cycle zh-CN", lang: "zh-CN" }, async ({ house, looker, arrive }) => {
    const { base } = house;
    const office = await arrive();
    await office.firstSetUp(house.code);
    const people = await everybody(office, arrive);
    await recorded(office, people, LAST, ["新时代大讲堂第一讲", "新时代大讲堂第二讲"]);
    const report = await written(people, base, LAST, 2, looker);
    await handedIn(people, report, looker);
    await drafted(office, LAST);
    await appraised(office, people, { lang: "zh-CN" }, looker);
    await graded(office, people, looker);
    await lettered(office, people, looker);
    const matter = await putRight(office, people, looker);

    await recorded(office, people, NOW, ["两学一做第一课"]);
    const next = await written(people, base, NOW, 1, looker);
    await answered(people, next, looker);
    await handedIn(people, next, looker);
    await office.page.goto(`${base}${matter}`);
    assert.ok((await office.page.locator("main").innerText()).includes(ANSWER), "the answer is in the matter's history");
    await nextForm(office, looker);
  }));
