// The map, a founding check, the year on one page, charts: on the demo's record. A park is looked at closely, the table
// is one key away, an area is drawn with the keyboard alone and kept with a unit, a year is printed on one sheet, a
// file of drawings with faults says all of them. Every page under axe, in both languages and widths.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../frontend/test/browser.mjs";
import { startDemo } from "./house.mjs";
import { Looker, paper } from "./look.mjs";
import { Organiser } from "./people.mjs";

const PASSWORD = "pingyi-demo";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

async function map({ page, base, looker }) {
  await page.goto(`${base}/map`);
  assert.equal(await page.locator(".map-lines a").count(), 9, "nine parks can be pressed");
  await looker.lookTwice(page, "map");
  await page.keyboard.press("t");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "map-table");
  assert.equal(await page.locator("#parks tbody tr").count(), 9);
  // Figure and table say the same.
  const drawn = await page.locator(".map-figure").allTextContents();
  const listed = await page.locator("#parks tbody tr td:nth-child(3)").allTextContents();
  assert.deepEqual(
    drawn.map((text) => text.trim()).sort(),
    listed.map((text) => text.trim().split(/\s+/)[0]).sort(),
  );
  // By keys alone: the first park gets the focus and opens.
  await page.locator(".map-lines a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/map\?unit=/);
  assert.ok((await page.locator(".map-dot").count()) > 20, "its firms are dots");
  await looker.lookTwice(page, "map of a park");
  await paper(page, "map of a park");
  await page.goto(`${base}/map?rate=work`);
  await looker.look(page, "map of work coverage");
}

async function drawings({ page, base }) {
  await page.goto(`${base}/map`);
  const feature = (name, ring) => ({
    type: "Feature",
    properties: { name },
    geometry: { type: "Polygon", coordinates: [ring] },
  });
  const bad = {
    type: "FeatureCollection",
    features: [feature("甲", [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]), feature("", [[0, 0], [1, 0], [1, 1]])],
  };
  const file = { name: "parks.geojson", mimeType: "application/geo+json", buffer: Buffer.from(JSON.stringify(bad)) };
  await page.setInputFiles("#file", file);
  await page.waitForSelector("dialog[open] li, [role=alert] li");
  assert.equal(await page.locator("dialog[open] li").count(), 2, "all that is wrong is said");
  await page.keyboard.press("Escape");
}

async function founding({ page, base, looker }) {
  await page.goto(`${base}/founding`);
  await looker.lookTwice(page, "founding");
  await page.fill("#title", "北部片区");
  await page.check("#way-drawing");
  const box = page.locator("[data-draw]");
  await box.focus();
  // A square around the middle of the map, without a mouse.
  const side = async (key, times) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(`Shift+${key}`);
    await page.keyboard.press("Enter");
  };
  await side("ArrowLeft", 5);
  await side("ArrowUp", 5);
  await side("ArrowRight", 10);
  await side("ArrowDown", 5);
  assert.equal((await page.inputValue("#shape")).trim().split("\n").length, 4);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  await looker.lookTwice(page, "founding drawn");
  await page.locator("form.sheet [type=submit]").first().click();
  await page.waitForURL(/\/founding\/[a-z0-9]{16}$/);
  const rows = await page.locator("#conditions tbody tr").allTextContents();
  assert.equal(rows.length, 4, "area, firms, members, branches");
  await looker.lookTwice(page, "founding check");
  const unit = await page.locator("#unit option").nth(2).getAttribute("value");
  await page.selectOption("#unit", unit);
  await page.selectOption("#mode", "gather");
  const loaded = page.waitForEvent("load");
  await page.locator("form.sheet [type=submit]").click();
  await loaded;
  await page.goto(`${base}/units/${unit}`);
  assert.match(await page.locator("main").innerText(), /北部片区/);
  await looker.lookTwice(page, "unit with a check");
  return unit;
}

async function year({ page, base, looker }, unit, name) {
  await page.goto(`${base}/units/${unit}`);
  await page.locator('a[href*="/year/"]').first().click();
  await page.waitForSelector(".year");
  await page.waitForSelector("[data-chart-of] svg");
  await looker.lookTwice(page, "year");
  await page.keyboard.press("t");
  assert.ok(await page.locator("#year-kinds").isHidden(), "the table folds");
  await page.keyboard.press("t");
  assert.ok(await page.locator("#year-kinds").isVisible());
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
  assert.equal(pages.length, 1, "a year is one sheet");
  await paper(page, `year ${name}`);
  // A figure leads to as many rows as it says.
  const link = page.locator("#year-kinds tfoot a");
  const said = Number(await link.textContent());
  await link.click();
  await page.waitForSelector("table caption");
  assert.match(await page.locator("table caption").first().innerText(), new RegExp(`\\b${said}\\b`));
  await page.goBack();
  const closed = page.locator('a[href*="closed="]');
  const count = Number(await closed.textContent());
  await closed.click();
  await page.waitForURL(/closed=/);
  if (count > 0) assert.match(await page.locator("table caption").first().innerText(), new RegExp(`\\b${count}\\b`));
}

async function charts({ page, base, looker }, unit) {
  for (const [path, table] of [
    ["/coverage", "#by-quarter"],
    [`/units/${unit}/headcounts`, "#members-quarters"],
  ]) {
    await page.goto(base + path);
    await page.waitForSelector("[data-chart-of] svg");
    await looker.lookTwice(page, path.split("/").pop());
    await page.keyboard.press("t");
    assert.ok(await page.locator(table).isHidden());
  }
  await page.goto(`${base}/indicators`);
  await page.locator("#heat thead a").first().click();
  await page.waitForSelector("#history-table");
  assert.ok((await page.locator("#history-table .sparkline").count()) > 0);
  await looker.lookTwice(page, "indicator");
  await page.goto(`${base}/units`);
  assert.ok((await page.locator("#units .sparkline").count()) > 5);
  await looker.lookTwice(page, "units with lines");
  await page.goto(`${base}/`);
  await page.waitForSelector("#home-trend .sparkline");
  await looker.lookTwice(page, "home with lines");
}

async function journey(lang, look) {
  const house = await startDemo();
  const looker = new Looker(`map ${lang}`);
  try {
    const office = await Organiser.arrive(browser, house, { lang, ...look });
    await office.logIn("organiser", PASSWORD);
    const at = { page: office.page, base: house.base, looker };
    await map(at);
    await drawings(at);
    const unit = await founding(at);
    await year(at, unit, lang);
    await charts(at, unit);
    const refused = office.errors.filter((error) => !/422/.test(error));
    assert.deepEqual(refused, [], "no page complained");
    assert.deepEqual(looker.findings, []);
    console.log(`${lang}: ${looker.screens.length} screens under axe`);
  } catch (error) {
    for (const finding of looker.findings) console.error(finding);
    throw error;
  } finally {
    await house.stop();
  }
}

test("map, founding check, year page and charts in Chinese", { timeout: 300_000 }, () => journey("zh-CN", {}));
test("map, founding check, year page and charts in English, in the dark", { timeout: 300_000 }, () =>
  journey("en", { dark: true }));
