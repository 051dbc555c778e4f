// Units and what belongs to them: a tree is entered, members counted, a centre opened; two people edit one unit at the
// same time, the second chooses field by field and nothing is lost. Every page under axe, in both languages and widths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey } from "./journey.mjs";
import { made, PASSWORD } from "./people.mjs";

/** A unit through its form, with the keyboard. */
async function enterUnit(page, base, { parent, kind, name }) {
  await page.goto(`${base}/units/new`);
  await page.fill("[name=name]", name);
  await page.selectOption("[name=kind]", kind);
  if (parent) await page.selectOption("[name=parent]", parent);
  await page.keyboard.press("Tab");
  await page.locator("[name=name]").press("Enter");
  await page.waitForURL(/\/units\/[a-z0-9]{16}$/);
  return new URL(page.url()).pathname.split("/").pop();
}

/** Opens the dialog of a tab, fills it, stores it. */
async function enter(page, values, boxes = []) {
  await page.click('[data-open="form-new"]');
  const form = page.locator("#form-new form");
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`);
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  for (const value of boxes) await form.locator(`input[value="${value}"]`).check();
  const loaded = page.waitForEvent("load");
  await form.locator("[type=submit]").click();
  await loaded;
}

const units = (lang, width) =>
  journey({ label: `units ${lang} ${width}`, lang, width }, async ({ house, looker, arrive }) => {
    const office = await arrive();
    const { page } = office;
    await office.firstSetUp(house.code);
    await page.goto(`${house.base}/units`);
    await looker.look(page, "empty");
    const root = await enterUnit(page, house.base, { kind: "working_committee", name: "平湖街道党工委" });
    const park = await enterUnit(page, house.base, { parent: root, kind: "park", name: "华南城园区党委" });
    const other = await enterUnit(page, house.base, { parent: root, kind: "park", name: "白坭坑海吉星园区党委" });
    await looker.look(page, "unit");
    await page.goto(`${house.base}/units`);
    await looker.look(page, "tree");

    await page.goto(`${house.base}/units/${park}/headcounts`);
    await looker.look(page, "headcounts empty");
    await enter(page, { on_date: "2017-12-31", total: "270" });
    await enter(page, { on_date: "2018-12-15", total: "390", internet: "202" });
    const rows = await page.locator("#headcounts tbody tr").allTextContents();
    assert.match(rows[0], /390[\s\S]*\+120 \(44\.4%\)[\s\S]*202/);
    assert.match(await page.locator(".rates").innerText(), /390 ÷ 390/);
    await looker.look(page, "headcounts");
    await page.locator("#headcounts [data-open]").first().click();
    await looker.look(page, "headcounts form");
    await page.locator("dialog[open] [name=internet]").fill("391");
    await page.locator("dialog[open] [type=submit]").click();
    await page.waitForSelector('dialog[open] [name=internet][aria-invalid="true"]');
    await looker.look(page, "headcounts refused");

    await page.goto(`${house.base}/units/${park}/centres`);
    await enter(page, { name: "联合党群服务中心", kind: "joint", opened_on: "2018-01-01", terminals: "2" }, [other]);
    await looker.look(page, "centres");
    await page.goto(`${house.base}/units/${other}/centres`);
    assert.equal(await page.locator("#centres [data-open]").count(), 0, "another park's centre is not changed here");
    assert.equal(await page.locator("#centres tbody tr").count(), 1);
    await page.goto(`${house.base}/units/${park}/pairings`);
    await enter(page, { partner: other, purpose: "党建带群建", from_on: "2018-01-01" });
    await looker.look(page, "pairings");
    await page.goto(`${house.base}/units/${other}/shops`);
    await enter(page, { name: "水果店", plaque: "001", given_on: "2018-06-01", pledge: "诚信经营" });
    await looker.look(page, "shops");

    await twoPeople({ house, office, park, arrive, looker });
  });

/** The recorder of the park is faster; the office chooses, field by field. */
async function twoPeople({ house, office, park, arrive, looker }) {
  const { page } = office;
  await page.goto(`${house.base}/units`);
  const user = { login: "jilu", name: "华南城记录员", roles: ["recorder"], password: PASSWORD, unit: park };
  await made(page, "/api/users", user);
  const recorder = await arrive({ width: 1440 });
  await recorder.logIn("jilu", PASSWORD);
  const edit = `${house.base}/units/${park}/edit`;
  await page.goto(edit);
  await recorder.page.goto(edit);
  await recorder.page.fill("[name=address]", "平湖大道一号");
  await recorder.page.fill("[name=note]", "记录员写的");
  await recorder.page.locator("form [type=submit]").click();
  await recorder.page.waitForURL(`${house.base}/units/${park}`);

  await page.fill("[name=short_name]", "华南城");
  await page.fill("[name=note]", "组织科写的");
  await page.locator("form.sheet [type=submit]").click();
  await page.waitForSelector("dialog[open] .conflict, dialog[open].conflict, .conflict");
  await looker.look(page, "conflict");
  const asked = page.locator(".conflict fieldset");
  assert.equal(await asked.count(), 3, "short name, address and note differ");
  assert.match(await page.locator(".conflict").innerText(), /华南城记录员|jilu/);
  // Each is preset to whoever changed it; the note, which both changed, must be chosen.
  const chosen = await asked.evaluateAll((sets) => sets.map((set) => set.querySelector("input:checked")?.value ?? null));
  assert.deepEqual(chosen, ["mine", "theirs", null]);
  // Back to the form: what was typed is still there, nothing was stored.
  await page.locator(".conflict .dialog-actions button").first().click();
  assert.equal(await page.inputValue("[name=note]"), "组织科写的");
  await page.locator("form.sheet [type=submit]").click();
  await asked.nth(2).locator("input[value=theirs]").check();
  await page.locator(".conflict [type=submit]").click();
  await page.waitForURL(`${house.base}/units/${park}`);
  const text = await page.locator("main").innerText();
  for (const kept of ["华南城", "平湖大道一号", "记录员写的"]) assert.ok(text.includes(kept), `${kept} is kept`);
  await looker.look(page, "after the conflict");
}

test("units and what belongs to them, in Chinese on a phone", () => units("zh-CN", 360));
test("units and what belongs to them, in English at a desk", () => units("en", 1440));
