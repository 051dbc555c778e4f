// A clerk's day: Home is read down to the entry behind a figure and back, several entries are
// confirmed at once, a matter goes over the board from raised to closed with the keyboard, lists are saved as files, a shop
// is inspected and a centre's cases counted, names are taken from suggestions, `/` leads to the search. Every page of the
// record under axe, in both languages and widths.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { journey } from "./journey.mjs";
import { shots } from "./look.mjs";
import { made, PASSWORD, send } from "./people.mjs";

/** Two parks with what a year leaves behind; long names among it. */
async function aYear(house, { page }, arrive) {
  const today = await page.evaluate(() => new Date().toISOString().slice(0, 10));
  const year = today.slice(0, 4);
  const first = `${year}-01-01`;
  const add = (path, body) => made(page, path, body);
  const unit = (kind, name, parent = "") => add("/api/units", { kind, name, parent, founded_on: "2016-12-30" });
  const root = await unit("working_committee", "平湖街道党工委");
  const park = await unit("park", "华南城园区党委", root);
  const other = await unit("park", "白坭坑海吉星国际农产品物流园园区党委", root);
  await unit("branch", "华南城第一支部", park);
  const user = { login: "jilu", name: "华南城记录员", roles: ["recorder"], password: PASSWORD, unit: park };
  await add("/api/users", user);
  const recorder = await arrive();
  await recorder.logIn("jilu", PASSWORD);
  const post = { unit: park, kind: "instructor", holder: "指导员甲", from_on: first };
  const instructor = await add("/api/posts", post);
  await add("/api/posts", { unit: park, kind: "first_secretary", holder: "第一书记", from_on: "2016-12-30", until_on: first });
  await add("/api/posts", { unit: park, kind: "first_secretary", holder: "第一书记（接任）", from_on: first });
  const named = ["平湖电子商务有限公司", "平湖电子技术发展（深圳）股份有限公司第二分公司", "平湖物流有限公司"];
  const numbers = ["甲", "乙", "丙", "丁"].map((letter) => `华南城${letter}商贸有限公司`);
  for (const name of [...named, ...numbers]) {
    const firm = await add("/api/firms", { unit: park, name, kind: "non_public", opened_on: "2018-01-01" });
    const cover = { firm, kind: "instructor", post: instructor, from_on: first };
    if (name !== named[2]) await add("/api/coverages", cover);
  }
  await add("/api/shops", { unit: park, name: "海吉星水果店", plaque: "001", given_on: first, pledge: "不缺斤短两" });
  const services = ["passport", "hk_permit", "mediation"];
  const centre = { unit: park, kind: "own", name: "华南城党群服务中心", opened_on: first, terminals: "2", services };
  await add("/api/centres", centre);
  for (const [day, total] of [["2017-12-31", "270"], [first, "390"]])
    await add("/api/headcounts", { unit: park, on_date: day, total, internet: "202" });
  const period = { from_on: first, until_on: `${year}-12-31`, weight: "10" };
  await add("/api/indicators", { name: "学习教育场次", measure: "entries", kind: "class", target: "6", ...period });
  await add("/api/indicators", { name: "组织覆盖率", measure: "org_rate", target: "60", ...period });
  for (let n = 1; n <= 7; n += 1) {
    const entry = { unit: park, kind: n < 5 ? "class" : "activity", on_date: first, title: `新时代大讲堂第${n}讲`, headcount: String(20 + n) };
    await made(n === 3 ? page : recorder.page, "/api/entries", entry);
  }
  const matter = { unit: park, list: "problem", origin: "visit", raised_on: first };
  for (const [title, due_on] of [["消防通道被占用", first], ["停车难", today], ["很久以后的一件事", "2099-12-31"]]) {
    const id = await add("/api/matters", { ...matter, title });
    const assigned = await send(page, `/api/matters/${id}/assign`, { responsible: "安监办", due_on });
    assert.equal(assigned.status, 200, JSON.stringify(assigned.body));
  }
  await add("/api/matters", { ...matter, unit: other, title: "海吉星的事" });
  return { park, recorder };
}

const idOf = (address) => new URL(address, "http://x").pathname.split("/")[2];

/** The first address on the page that a selector finds. */
const first = (page, selector) => page.locator(selector).first().getAttribute("href");

/** A figure of the heat table, the entries behind it, one of them, and back to Home. */
async function readHome({ page, base }, looker) {
  await page.goto(`${base}/`);
  await looker.lookTwice(page, "home");
  for (const path of ["/matters?due=over", "/ledger?state=recorded"]) {
    const badge = page.locator(`#home-due a[href="${path}"]`);
    const shown = Number((await badge.innerText()).match(/\d+/)[0]);
    await badge.click();
    await page.waitForLoadState();
    const caption = await page.locator("table caption").innerText();
    assert.equal(Number(caption.match(/\d+/)[0]), shown, `${path}: Home and the list agree`);
    await page.goBack();
  }
  const cells = page.locator("#heat td.heat-cell a");
  const figures = await cells.allInnerTexts();
  const at = figures.findIndex((figure) => /^[1-9]\d*$/.test(figure));
  assert.ok(at >= 0, `a figure that counts entries: ${figures}`);
  await cells.nth(at).click();
  await page.waitForURL(/\/indicators\/[a-z0-9]{16}\?unit=/);
  await looker.lookTwice(page, "behind a figure");
  const behind = page.locator('main a[href^="/ledger/"], main a[href^="/matters/"]');
  assert.ok((await behind.count()) > 0, "the rows behind the figure");
  await behind.first().click();
  await page.waitForURL(/\/(ledger|matters)\/[a-z0-9]{16}$/);
  await looker.look(page, "an entry behind a figure");
  await page.goBack();
  await page.waitForURL(/\/indicators\//);
  await page.goBack();
  await page.waitForURL(`${base}/`);
  assert.equal(await page.locator("#heat td.heat-cell a").count(), figures.length);
}

/** All of a page are chosen with the keyboard and confirmed; each row says what became of it. */
async function confirmSeveral({ page, base }, looker) {
  await page.goto(`${base}/ledger?state=recorded`);
  const before = Number((await page.locator("#entries caption").innerText()).match(/\d+/)[0]);
  await page.locator('form[data-batch] [type="submit"]').click();
  await page.waitForFunction(() => document.querySelector("[data-batch-said]")?.textContent !== "");
  await page.locator("[data-batch-all]").focus();
  await page.keyboard.press("Space");
  const boxes = await page.locator('#entries input[name="entries[]"]').count();
  assert.ok(boxes > 0 && boxes <= before);
  await looker.lookTwice(page, "entries chosen");
  await page.locator('form[data-batch] [type="submit"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (boxes) => {
      const left = document.querySelectorAll('#entries input[name="entries[]"]').length;
      return left + document.querySelectorAll('#entries [data-tone="ok"].badge').length >= boxes && left < boxes;
    },
    boxes,
  );
  const refused = await page.locator(".row-refused").count();
  assert.equal(refused, 1, "the one the office recorded itself waits for somebody else");
  assert.equal(await page.locator('#entries input[name="entries[]"]').count(), refused);
  await looker.lookTwice(page, "entries confirmed");
  await page.goto(`${base}/ledger?state=recorded`);
  const caption = page.locator("#entries caption");
  const left = (await caption.count()) > 0 ? Number((await caption.innerText()).match(/\d+/)[0]) : 0;
  assert.equal(left, before - boxes + refused);
}

/** Opens the dialog of a card's move with the keyboard, says something, sends it. */
async function moveCard(page, title, move, values) {
  const card = page.locator(".board-card", { hasText: title });
  const button = card.locator(`[data-open="move-${move}"]`);
  await button.focus();
  await page.keyboard.press("Enter");
  const form = page.locator("dialog[open] form");
  assert.match(await form.innerText(), new RegExp(title), "the dialog says which matter it is about");
  for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
  const loaded = page.waitForEvent("load");
  await form.locator("[type=submit]").focus();
  await page.keyboard.press("Enter");
  await loaded;
}

const columnOf = (page, title) =>
  page
    .locator(".board-column", { has: page.locator(".board-card", { hasText: title }) })
    .locator("h2")
    .getAttribute("id");

/** From raised to closed without leaving the board: the office, the park, the office again. */
async function overTheBoard(office, recorder, looker) {
  const { page, base } = office;
  await recorder.page.goto(`${base}/matters/new`);
  await recorder.page.fill("[name=title]", "看板上的一件事");
  await recorder.page.locator("form.sheet [type=submit]").click();
  await recorder.page.waitForURL(/\/matters\/[a-z0-9]{16}$/);
  const board = `${base}/matters?as=board&q=${encodeURIComponent("看板上的一件事")}`;
  await page.goto(`${base}/matters`);
  await page.locator(".switch a").click();
  await page.waitForURL(/as=board/);
  await looker.lookTwice(page, "board");
  const boxes = await page.locator(".board-column").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  assert.equal(boxes.length, 4);
  assert.equal(new Set(boxes).size, 1, "columns stand side by side at a desk");
  await page.goto(board);
  await moveCard(page, "看板上的一件事", "assign", { responsible: "安监办", due_on: "2099-12-31" });
  assert.equal(await columnOf(page, "看板上的一件事"), "board-assigned");
  await recorder.page.goto(board);
  await moveCard(recorder.page, "看板上的一件事", "report", { text: "已清理，附照片" });
  assert.equal(await recorder.page.locator('[data-open="move-close"]').count(), 0);
  await page.goto(board);
  await page.locator('[data-open="move-close"]').first().focus();
  await looker.look(page, "board, reported");
  await moveCard(page, "看板上的一件事", "send_back", { text: "照片不清楚" });
  await recorder.page.goto(board);
  await moveCard(recorder.page, "看板上的一件事", "report", { text: "照片重拍" });
  await page.goto(board);
  await moveCard(page, "看板上的一件事", "close", {});
  assert.equal(await columnOf(page, "看板上的一件事"), "board-closed");
}

/** The links below a list save it; a workbook is a zip, text begins with a mark for Excel. */
async function savedAsFiles({ page, base }) {
  for (const path of ["/ledger?kind=class", "/matters", "/coverage", "/units", "/meetings", "/indicators", "/firms"]) {
    await page.goto(base + path);
    for (const [ending, begins] of [["xlsx", "PK"], ["csv", "\ufeff"]]) {
      const waits = page.waitForEvent("download");
      await page.locator(`a[download][href*="export.${ending}"]`).first().click();
      const file = await waits;
      assert.match(file.suggestedFilename(), new RegExp(`^[a-z]+-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
      const text = readFileSync(await file.path(), "utf8");
      if (shots !== "") await file.saveAs(join(shots, file.suggestedFilename()));
      assert.ok(text.startsWith(begins) && text.length > 40, `${path} ${ending}`);
    }
  }
}

async function shopsAndCentres({ page, base }, looker) {
  await page.goto(`${base}/search?kind=shop&q=${encodeURIComponent("海吉")}`);
  const shop = await first(page, '#hits a[href^="/shops/"]');
  await page.goto(base + shop);
  await looker.lookTwice(page, "shop");
  await page.click('[data-open="inspect"]');
  await page.selectOption("dialog[open] [name=passed]", "no");
  await page.locator("dialog[open] [type=submit]").click();
  await page.waitForSelector('dialog[open] [name=finding][aria-invalid="true"]');
  await page.fill("dialog[open] [name=finding]", "价签不齐");
  const loaded = page.waitForEvent("load");
  await page.locator("dialog[open] [type=submit]").click();
  await loaded;
  assert.match(await page.locator("#inspections").innerText(), /价签不齐/);
  await looker.lookTwice(page, "shop inspected");
  await page.goto(`${base}/search?kind=centre&q=${encodeURIComponent("中心")}`);
  const centre = await first(page, '#hits a[href^="/centres/"]');
  await page.goto(base + centre);
  await looker.lookTwice(page, "centre");
  await page.locator('[data-open="cases"]').first().click();
  await page.locator('dialog[open] input[name^="cases."]').first().fill("-3");
  await page.locator("dialog[open] [type=submit]").click();
  await page.waitForFunction(() => document.querySelector('dialog[open] [data-error-for="cases"]')?.textContent !== "");
  await looker.look(page, "cases refused");
  await page.locator('dialog[open] input[name^="cases."]').first().fill("37");
  const stored = page.waitForEvent("load");
  await page.locator("dialog[open] [type=submit]").click();
  await stored;
  assert.match(await page.locator("#cases-table").innerText(), /37/);
}

/** Firms and bodies are taken from suggestions without the mouse. */
async function namesTaken({ page, base }, looker) {
  const name = "平湖电子";
  await page.goto(`${base}/ledger/new`);
  await page.fill("[name=title]", "走访企业");
  await page.selectOption("[name=kind]", "visit");
  assert.ok(await page.locator("[name=post]").isVisible(), "a visit has an instructor");
  assert.ok(await page.locator("[name=shop]").isHidden(), "a shop is a plaque's");
  await page.locator("[name=firms]").focus();
  await page.keyboard.type(name);
  await page.waitForSelector("#firms-names li");
  await looker.lookTwice(page, "names offered");
  await page.keyboard.press("ArrowDown");
  const taken = await page.locator('#firms-names li[aria-selected="true"]').innerText();
  await page.keyboard.press("Enter");
  const written = await page.inputValue("[name=firms]");
  assert.ok(written.endsWith("有限公司、") || written.endsWith("分公司、"), written);
  assert.ok(taken.startsWith(written.slice(0, -1)), `${written} of ${taken}`);
  await page.locator("[name=partners]").focus();
  await page.keyboard.type("平湖");
  await page.waitForSelector("#partners-names li");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#partners-names").isHidden());
  assert.equal(await page.inputValue("[name=partners]"), "平湖", "what was typed stays");
}

async function searched({ page, base }, looker) {
  await page.goto(`${base}/units`);
  await page.locator("h1").click();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "rail-q");
  await page.keyboard.type("华南诚园区党委");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
  assert.match(await page.locator("#hits").innerText(), /华南城/, "one wrong character is forgiven");
  await looker.lookTwice(page, "search");
  await page.locator("#q").focus();
  await page.keyboard.press("/");
  assert.ok((await page.inputValue("#q")).includes("/"), "who is writing writes");
}

/** Every page of the record. */
async function allPages(office, looker) {
  const { page, base } = office;
  await page.goto(`${base}/units?kind=park`);
  const park = idOf(await first(page, '#units a[href^="/units/"]'));
  await page.goto(`${base}/firms`);
  const firm = idOf(await first(page, '#firms a[href^="/firms/"]'));
  const tabs = ["", "/firms", "/ledger", "/matters", "/matters?as=board", "/headcounts", "/centres", "/pairings", "/shops", "/edit"];
  const paths = [
    "/units",
    "/units?sort=name",
    "/units/new",
    ...tabs.map((tab) => `/units/${park}${tab}`),
    "/firms",
    "/firms?view=uncovered",
    "/firms/new",
    `/firms/${firm}`,
    `/firms/${firm}/edit`,
    "/coverage",
    "/import/firm",
    "/ledger",
    "/ledger/new",
    "/meetings",
    "/classes",
    "/matters",
    "/matters?state=closed",
    "/matters/new",
    "/instructors",
    "/indicators",
    "/indicators/new",
    "/words",
    "/search",
  ];
  for (const path of paths) {
    const answer = await page.goto(base + path);
    assert.equal(answer.status(), 200, path);
    await looker.lookTwice(page, path.replace(park, "park").replace(firm, "firm"));
  }
}

const aDay = (lang) =>
  journey({ label: `clerk ${lang}`, lang }, async ({ house, looker, arrive }) => {
    const office = await arrive();
    await office.firstSetUp(house.code);
    const phone = () => arrive({ width: 360 });
    const { recorder } = await aYear(house, office, phone);
    await readHome(office, looker);
    await confirmSeveral(office, looker);
    await overTheBoard(office, recorder, looker);
    await savedAsFiles(office);
    await shopsAndCentres(office, looker);
    await namesTaken(office, looker);
    await searched(office, looker);
    await allPages(office, looker);
    await recorder.page.goto(`${office.base}/`);
    await looker.look(recorder.page, "a recorder's home");
    await recorder.page.goto(`${office.base}/matters?as=board`);
    await looker.look(recorder.page, "a recorder's board");
    assert.ok(!(await recorder.page.locator("main").innerText()).includes("海吉星的事"), "another park's matter");
  });

test("a clerk's day, in Chinese", () => aDay("zh-CN"));
test("a clerk's day, in English", () => aDay("en"));
