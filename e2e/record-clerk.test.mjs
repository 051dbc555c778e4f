// A clerk's day on the demo's record: Home is read down to the entry behind a figure and back, several entries are
// confirmed at once, a matter goes over the board from raised to closed with the keyboard, lists are saved as files, a shop
// is inspected and a centre's cases counted, names are taken from suggestions, `/` leads to the search. Every page of the
// record under axe, in both languages and widths.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "../frontend/test/browser.mjs";
import { startDemo } from "./house.mjs";
import { Looker } from "./look.mjs";
import { Organiser } from "./people.mjs";

const PASSWORD = "pingyi-demo";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

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
      assert.ok(text.startsWith(begins) && text.length > 100, `${path} ${ending}`);
    }
  }
}

async function shopsAndCentres({ page, base }, looker) {
  await page.goto(`${base}/search?kind=shop&q=${encodeURIComponent("店")}`);
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
  if ((await page.locator('[data-open="cases"]').count()) > 0) {
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
}

/** Firms and bodies are taken from suggestions without the mouse. */
async function namesTaken({ page, base }, looker) {
  await page.goto(`${base}/firms`);
  const name = await page.locator('#firms tbody a[href^="/firms/"]').first().innerText();
  await page.goto(`${base}/ledger/new`);
  await page.fill("[name=title]", "走访企业");
  await page.selectOption("[name=kind]", "visit");
  assert.ok(await page.locator("[name=post]").isVisible(), "a visit has an instructor");
  assert.ok(await page.locator("[name=shop]").isHidden(), "a shop is a plaque's");
  await page.locator("[name=firms]").focus();
  await page.keyboard.type(name.slice(0, 6));
  await page.waitForSelector("#firms-names li");
  await looker.lookTwice(page, "names offered");
  await page.keyboard.press("ArrowDown");
  const taken = await page.locator('#firms-names li[aria-selected="true"]').innerText();
  await page.keyboard.press("Enter");
  const written = await page.inputValue("[name=firms]");
  assert.ok(written.endsWith("、") && taken.startsWith(written.slice(0, -1)), `${written} of ${taken}`);
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
  assert.match(await page.inputValue("#q"), /\/$/, "who is writing writes");
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

async function journey(lang) {
  const house = await startDemo();
  const looker = new Looker(`clerk ${lang}`);
  try {
    const office = await Organiser.arrive(browser, house, { lang });
    await office.logIn("organiser", PASSWORD);
    const recorder = await Organiser.arrive(browser, house, { lang, width: 360 });
    await recorder.logIn("recorder", PASSWORD);
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
    assert.deepEqual(office.errors.concat(recorder.errors), [], "no page complained");
    assert.deepEqual(looker.findings, []);
    console.log(`${lang}: ${looker.screens.length} screens under axe`);
  } catch (error) {
    for (const finding of looker.findings) console.error(finding);
    throw error;
  } finally {
    await house.stop();
  }
}

test("a clerk's day, in Chinese", () => journey("zh-CN"));
test("a clerk's day, in English", () => journey("en"));
