// Every state of the booth, the receipt check and the phone check under axe, contrast included: two languages, light and
// dark, 320 px with twice the text size. Fails on any finding. `SHOTS=folder` keeps a picture of each.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { CREDENTIAL, launch, markAll, phone, screenName } from "./browser.mjs";
import { startMock } from "./mock-server.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS ?? "";
if (shots !== "") mkdirSync(shots, { recursive: true });

const variants = [
  { name: "zh-360-light", lang: "zh-CN" },
  { name: "en-360-dark", lang: "en", dark: true },
  { name: "zh-320-x2", lang: "zh-CN", width: 320, scale: 2 },
  { name: "en-320-x2", lang: "en", width: 320, scale: 2 },
  { name: "zh-1440-dark", lang: "zh-CN", width: 1440, height: 900, dark: true },
  { name: "en-1440-light", lang: "en", width: 1440, height: 900 },
];

const findings = [];
let states = 0;

async function check(page, variant, state) {
  states += 1;
  if (shots !== "") await page.screenshot({ path: `${shots}/${variant.name}-${state}.png`, fullPage: true });
  // The policy forbids inline scripts; evaluating is the debugger's way in.
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    const where = violation.nodes
      .map((node) => `${node.target.join(" ")}: ${node.any[0]?.message ?? ""}`)
      .join("; ");
    findings.push(`${variant.name} ${state}: ${violation.id} (${violation.impact}) ${where}`);
  }
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) findings.push(`${variant.name} ${state}: scrolls sideways by ${wide} px`);
  const small = await page.evaluate(
    () =>
      [...document.querySelectorAll(".booth-grade")]
        .map((label) => label.getBoundingClientRect())
        .filter((box) => box.height < 56 || box.width < 44).length,
  );
  if (small > 0) findings.push(`${variant.name} ${state}: ${small} grade buttons are too small`);
}

async function tour(browser, mock, variant) {
  const { context, page, errors } = await phone(browser, variant);
  const base = `http://127.0.0.1:${mock.port}`;
  const open = async (path, slip = `#${CREDENTIAL}`) => {
    await page.goto("about:blank");
    await page.goto(`${base}${path}?lang=${variant.lang}${slip}`);
  };
  const see = async (name, label = name) => {
    await screenName(page, name);
    await check(page, variant, label);
  };

  await open("/b/BoxNine1111111", "");
  await see("slip");
  await page.fill("#app input", "0好");
  await page.click(".booth-foot .btn");
  await see("slip", "slip-error");
  await open("/b/BoxNine1111111");
  await see("intro");
  await page.click(".booth-foot .btn");
  await screenName(page, "mark");
  await page.locator("[role=radiogroup] input").first().check();
  await page.click("#opinion-fold summary");
  await page.fill("#opinion", "意见".repeat(250));
  await see("mark");
  await page.fill("#opinion", "深入企业");
  await page.click("#overview");
  await see("overview", "overview-missing");
  await page.locator(".booth-row").first().click();
  await markAll(page, 9);
  await see("overview");
  await page.click("#cast");
  await see("ready");
  await page.click("#doubt summary");
  await check(page, variant, "ready-doubt");
  await page.click("#challenge");
  await see("opened");
  const challenge = await page.getAttribute(".booth-qr", "data-address");
  await page.click("#again");
  await page.click("#cast");
  await screenName(page, "ready");
  mock.boxes.get("BoxNine1111111").fail.push("drop", "drop", "drop");
  await page.click("#send");
  await see("casting");
  await see("receipt");
  const checkLink = await page.getAttribute(".stack-s a.btn", "href");

  await page.goto(checkLink.replace("/check#", `/check?lang=${variant.lang}#`));
  await page.waitForSelector("[data-status=counted]");
  await check(page, variant, "check");
  await page.goto(challenge.replace("/challenge#", `/challenge?lang=${variant.lang}#`));
  await page.waitForSelector("#app[data-state=fine]", { timeout: 20_000 });
  await check(page, variant, "challenge");

  await open("/b/BoxSix11111111");
  await screenName(page, "intro");
  await page.click(".booth-foot .btn");
  await see("mark", "mark-six");
  await markAll(page, 9, () => 0);
  await see("overview", "overview-warnings");
  mock.boxes.get("BoxSix11111111").fail.push("ballot_bad_proof", "ballot_not_on_roll");
  await page.click("#cast");
  await screenName(page, "ready");
  await page.click("#send");
  await see("problem");
  await page.click(".booth-foot .btn");
  await page.click("#cast");
  await screenName(page, "ready");
  await page.click("#send");
  await see("wrong-slip");

  for (const [uuid, name] of [
    ["BoxWaiting1111", "wait"],
    ["BoxCLosed11111", "closed"],
    ["BoxVoid1111111", "voided"],
    ["BoxPractice111", "intro"],
    ["BoxNothing1111", "missing"],
  ]) {
    await open(`/b/${uuid}`);
    await see(name, uuid);
  }
  findings.push(...errors.map((error) => `${variant.name}: ${error}`));
  await context.close();
}

const mock = await startMock();
const browser = await launch();
for (const variant of variants) await tour(browser, mock, variant);
await browser.close();
mock.close();
for (const finding of findings) console.log(finding);
console.log(`${states} states seen, ${findings.length} findings`);
process.exit(findings.length === 0 && states > 0 ? 0 : 1);
