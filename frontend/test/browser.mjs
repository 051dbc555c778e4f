// What the browser scripts share: the system's Chromium and a page that reports its own errors.
import { chromium } from "playwright-core";

export const CREDENTIAL = "AwyxG-dyzbUs-D8UGW-m4E8Aw";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** A fresh phone. `errors` collects what the page complained about. */
export async function phone(browser, options = {}) {
  const { width = 360, height = 740, lang = "zh-CN", dark = false, scale = 1 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    locale: lang,
    deviceScaleFactor: options.sharp ?? 1,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  // By the clock: a page that draws no frame for a while would otherwise not be looked at either.
  const waitFor = page.waitForFunction.bind(page);
  page.waitForFunction = (said, about, options) => waitFor(said, about, { polling: 100, ...options });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A refused or broken request is what some of the tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  // What is still on its way: a page that does not load waits for one of these.
  const pending = new Set();
  page.on("request", (request) => pending.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => pending.delete(request));
  if (scale !== 1) {
    await page.addInitScript((factor) => {
      document.addEventListener("DOMContentLoaded", () => {
        document.documentElement.style.fontSize = `${factor * 100}%`;
      });
    }, scale);
  }
  return { context, page, errors, pending };
}

export const screenName = (page, name) =>
  page.waitForSelector(`#app[data-screen="${name}"]`, { timeout: 15_000 });

/** Marks everybody with the grade `pick(i)` and ends on the overview. */
export async function markAll(page, presenters, pick = (i) => i % 4) {
  for (let i = 0; i < presenters; i++) {
    const groups = await page.locator("[role=radiogroup]").count();
    for (let g = 0; g < groups; g++) {
      await page.locator("[role=radiogroup]").nth(g).locator("input").nth(pick(i)).check();
    }
    await page.locator("#next").click();
  }
  await screenName(page, "overview");
}
