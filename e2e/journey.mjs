// How a journey goes: a house of its own, everybody who comes to it, each page looked at, and at the end nothing that a
// page complained about and nothing that was found.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch } from "../frontend/test/browser.mjs";
import { startHouse } from "./house.mjs";
import { Looker } from "./look.mjs";
import { Issuer, Organiser, Teller } from "./people.mjs";

/** The browser of a file's journeys. */
export let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

/** Tells a journey: `tell({ house, looker, arrive })`, where `arrive` lets somebody sit down at a browser of their own. */
export async function journey({ label, start = startHouse, ...options }, tell) {
  const looker = new Looker(label);
  const house = await start();
  const everybody = [];
  const arrive = async (other) => {
    const person = await Organiser.arrive(browser, house, { ...options, ...other });
    everybody.push(person);
    return person;
  };
  try {
    await tell({ house, looker, arrive });
    const complaints = everybody.flatMap((person) => person.errors);
    assert.deepEqual(complaints, [], "no page complained");
    assert.deepEqual(looker.findings, []);
    console.log(`${label}: ${looker.screens.length} screens under axe`);
  } catch (error) {
    for (const finding of looker.findings) console.error(finding);
    const log = house.output().split("\n");
    console.error(log.filter((line) => /WARN|ERROR|panicked/.test(line)).join("\n"));
    throw error;
  } finally {
    for (const person of everybody) await person.context.close().catch(() => undefined);
    await house.stop();
  }
}

/** Keys and slips, until the appraisal is sealed: `{ tellers, slips }`. */
export async function prepared(office, options) {
  const tellers = [];
  for (const link of await office.links("tellers")) {
    const teller = await Teller.arrive(browser, link, options);
    await teller.makeKey();
    await teller.keep();
    tellers.push(teller);
  }
  await Promise.all(tellers.map((teller) => teller.keyCode()));
  await office.page.reload();
  const [link] = await office.links("issuer");
  const issuer = await Issuer.arrive(browser, link, options);
  await issuer.make();
  const slips = await issuer.print(0, 0);
  await issuer.context.close();
  await office.page.waitForSelector('[data-post$="/seal"]');
  await office.step("seal", '[data-post$="/open"]');
  return { tellers, slips };
}

/** The boxes closed and opened by two of the tellers. */
export async function counted(office, tellers) {
  await office.step("close", "#next");
  for (const teller of tellers.slice(0, 2)) {
    await teller.page.reload();
    await teller.page.waitForSelector(".sheet-next > form");
    await teller.unlock();
    await teller.page.waitForSelector(".sheet-next .lines");
    await teller.open();
  }
  for (const teller of tellers) await teller.context.close();
  await office.page.waitForSelector('[data-post$="/release"]', { timeout: 30_000 });
}

/** The result released; back on the appraisal's page. */
export async function released(office) {
  await office.step("release", '[data-body*="results"]');
  await office.page.goto(`${office.base}/appraisals/${office.id}`);
}
