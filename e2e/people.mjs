// The people of a meeting and what each does, on a device of their own.
import assert from "node:assert/strict";
import { phone, screenName } from "../frontend/test/browser.mjs";

const PASSPHRASE = "三个 不相干 的词";
/** The password of everybody in a house of its own. */
export const PASSWORD = "correct horse 马 battery";

/** Sends what a page of theirs would send: `{ status, body }`. */
export const send = (page, path, body) =>
  page.evaluate(
    async ({ path, body }) => {
      const csrf = document.querySelector('meta[name="csrf-token"]').content;
      const headers = { "content-type": "application/json", "x-csrf-token": csrf };
      const sent = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: sent.status, body: await sent.json().catch(() => null) };
    },
    { path, body },
  );

/** Makes a record; its id. */
export async function made(page, path, body) {
  const answer = await send(page, path, body);
  assert.equal(answer.status, 201, `${path}: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

/** Where a page stands, for whoever reads of a failed journey. */
async function standing({ page, pending = [], errors = [] }) {
  const shown = await page.evaluate(() => {
    const text = (selector) => document.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim();
    return { at: location.href, ready: document.readyState, dialog: text("dialog[open]"), toast: text("#toast"), errors: text("[data-form-errors]"), busy: text("[aria-busy=true]"), teller: text(".sheet-next") };
  });
  return JSON.stringify({ ...shown, pending: [...pending].map((request) => request.url()), complaints: errors });
}

/** What is awaited of somebody; when it does not come, the error says where their page stands. */
async function reached(who, what, awaited) {
  try {
    await awaited;
  } catch (error) {
    throw new Error(`${what}: ${await standing(who)}\n${error.message}`, { cause: error });
  }
}

/**
 * Holds back the next request to `address`. The answer waits until the page has sent it, does what is to happen
 * meanwhile, and lets it go.
 */
export async function held(page, address) {
  const asked = page.waitForRequest(address);
  let free = () => undefined;
  const freed = new Promise((resolve) => {
    free = resolve;
  });
  await page.route(address, (route) => freed.then(() => route.continue()), { times: 1 });
  return async (meanwhile) => {
    await asked;
    await meanwhile();
    free();
  };
}

/** Presses a button that asks first, and says yes. */
export async function pressSure(page, selector) {
  await page.locator(selector).first().click();
  await page.locator("dialog[open] button[type=submit]").click();
}

export class Organiser {
  static async arrive(browser, house, options) {
    const made = await phone(browser, { width: 1440, height: 900, ...options });
    const { origin } = new URL(house.base);
    await made.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    return new Organiser(made, house.base);
  }

  constructor(made, base) {
    Object.assign(this, made, { base });
  }

  async firstSetUp(code, login = "zuzhi", password = PASSWORD) {
    const { page } = this;
    await page.goto(`${this.base}/setup`);
    await page.fill("[name=code]", code);
    await page.fill("[name=name]", "组织科");
    await page.fill("[name=login]", login);
    await page.fill("[name=password]", password);
    await page.click("form button[type=submit]");
    await reached(this, "set up", page.waitForURL(`${this.base}/`));
  }

  async logIn(login = "zuzhi", password = PASSWORD) {
    const { page } = this;
    await page.goto(`${this.base}/login`);
    await page.fill("[name=login]", login);
    await page.fill("[name=password]", password);
    await page.click("form button[type=submit]");
    await reached(this, "logged in", page.waitForURL(`${this.base}/`));
  }

  async newAppraisal() {
    const { page } = this;
    await page.goto(`${this.base}/appraisals`);
    await page.locator('[data-post="/api/appraisals"]').first().click();
    await page.waitForURL(/\/appraisals\/[a-z0-9]{16}$/);
    this.id = new URL(page.url()).pathname.split("/").pop();
    await page.waitForSelector("#setup[data-problems]");
  }

  /** Fills the editor as a clerk would: a form taken, names pasted from a sheet, categories typed. */
  async setUp({ title, presenters, categories, order, preset = "overall" }) {
    const { page } = this;
    const field = (path) => page.locator(`#setup [data-path="${path}"]`);
    await page.selectOption("#s-preset", preset);
    await field("title").fill(title);
    await field("year").fill("2018");
    await field("order").selectOption(order);
    await page.locator('[data-list="presenters"] > .row button').click();
    await page.evaluate((text) => navigator.clipboard.writeText(text), presenters.map((p) => p.join("\t")).join("\n"));
    await page.keyboard.press("Control+V");
    await field(`presenters[${presenters.length - 1}].unit`).waitFor();
    const list = page.locator('[data-list="categories"]');
    while ((await list.locator(".row-tools").count()) > categories.length) {
      await list.locator(".row-tools button").last().click();
    }
    for (const [i, category] of categories.entries()) {
      for (const [name, value] of Object.entries(category)) {
        await field(`categories[${i}].${name}`).fill(String(value));
      }
    }
    await page.waitForSelector('#setup[data-problems="0"]');
    await this.saved();
  }

  /** The editor has nothing left to send. */
  async saved() {
    const { page, base, id } = this;
    await page.waitForFunction(
      (key) => localStorage.getItem(key) === null && document.querySelector(".setup-side .save-state")?.textContent !== "",
      `pingyi.setup.${id}`,
    );
    return page.evaluate((url) => fetch(url).then((r) => r.json()), `${base}/api/appraisals/${id}`);
  }

  /** Links shown once: `[{ name, url }]`. */
  async links(kind) {
    const { page } = this;
    const holder = page.locator(`[data-links][data-kinds*="${kind}"]`).first();
    await holder.locator("[data-make]").click();
    await holder.locator("figure.qr").first().waitFor();
    const figures = await holder.locator("figure.qr").all();
    return Promise.all(
      figures.map(async (figure) => ({
        name: await figure.locator("strong").textContent(),
        url: await figure.locator(".mono").textContent(),
      })),
    );
  }

  /** A step of the appraisal, asked and confirmed; the page of the next state follows. */
  async step(action, arrived) {
    const { page } = this;
    const pressed = pressSure(page, `[data-post$="/${action}"]`);
    await reached(this, action, Promise.all([page.waitForEvent("load"), pressed]));
    await page.waitForSelector(arrived);
  }

  view() {
    const { page, base, id } = this;
    return page.evaluate((url) => fetch(url).then((r) => r.json()), `${base}/api/appraisals/${id}`);
  }
}

export class Teller {
  static async arrive(browser, link, options) {
    const made = await phone(browser, { width: 390, height: 780, ...options });
    await made.page.goto(link.url);
    return new Teller(made, link);
  }

  constructor(made, link) {
    Object.assign(this, made, { link });
  }

  async makeKey() {
    const { page } = this;
    const fields = page.locator("input[type=password]");
    await fields.nth(0).fill(PASSPHRASE);
    await fields.nth(1).fill(PASSPHRASE);
    await page.locator("form .btn-primary").first().click();
    await page.waitForSelector(".backup", { state: "attached", timeout: 30_000 });
  }

  /** Keeps the key file and says so. Answers with the file's text. */
  async keep() {
    const { page } = this;
    const waiting = page.waitForEvent("download");
    await page.locator(".sheet-next .btn-wide").first().click();
    const stream = await (await waiting).createReadStream();
    let text = "";
    for await (const part of stream) text += part;
    await page.locator(".sheet-next > .btn-primary").click();
    await page.waitForSelector(".backup", { state: "detached" });
    return text;
  }

  async unlock(passphrase = PASSPHRASE) {
    const { page } = this;
    await page.locator(".sheet-next > form input[type=password]").fill(passphrase);
    await page.locator(".sheet-next > form .btn-primary").click();
  }

  /** The check code of the joint key, once the ceremony is over. */
  async keyCode() {
    const code = this.page.locator(".mono.figure");
    await code.waitFor({ timeout: 60_000 });
    return code.textContent();
  }

  /** Opens all boxes; answers with what stands under each. */
  async open() {
    const { page } = this;
    await page.locator(".sheet-next > .btn-primary").click();
    const settled = page.waitForFunction(
      () => [...document.querySelectorAll(".sheet-next .lines .badge")].every((badge) => badge.dataset.tone !== "info"),
      undefined,
      { timeout: 120_000 },
    );
    await reached(this, "opened", settled);
    return page.locator(".sheet-next .lines li").allTextContents();
  }
}

export class Issuer {
  static async arrive(browser, link, options) {
    const made = await phone(browser, { width: 1440, height: 900, ...options });
    const issuer = new Issuer(made, link);
    made.page.on("request", (request) => issuer.sent.push(`${request.url()} ${request.postData() ?? ""}`));
    await made.page.addInitScript(() => {
      window.print = () => {
        window.printed = (window.printed ?? 0) + 1;
      };
    });
    await made.page.goto(link.url);
    await made.page.waitForSelector("table.counts");
    return issuer;
  }

  constructor({ context, page, errors }, link) {
    Object.assign(this, { context, page, errors, link, sent: [] });
  }

  async make() {
    await this.page.locator(".form-actions .btn-primary").click();
    await this.page.waitForSelector("ul.lines", { timeout: 60_000 });
  }

  /** Prints one pile and reads what stands on the paper: `[{ address, letters }]`. */
  async print(line, pile) {
    const { page } = this;
    const before = await page.evaluate(() => window.printed ?? 0);
    await page.locator("ul.lines > li").nth(line).locator("button").nth(pile).click();
    await page.waitForFunction((count) => (window.printed ?? 0) > count, before);
    return page.evaluate(() =>
      [...document.querySelectorAll(".slip-paper .slip")]
        .filter((slip) => slip.querySelector(".slip-letters"))
        .map((slip) => ({
          address: slip.querySelector(".slip-address").textContent,
          letters: [...slip.querySelectorAll(".slip-letters span")].map((span) => span.textContent).join("-"),
        })),
    );
  }
}

/** Walks a booth to the receipt. `pick(presenter)` is the index of the grade. */
export class Rater {
  static async arrive(browser, slip, options) {
    const made = await phone(browser, options);
    await made.page.goto(`${slip.address}#${slip.letters}`);
    await screenName(made.page, "intro");
    return new Rater(made, slip);
  }

  constructor({ context, page, errors }, slip) {
    Object.assign(this, { context, page, errors, slip });
  }

  async mark(presenters, pick, opinion = null) {
    const { page } = this;
    await page.click(".booth-foot .btn");
    await screenName(page, "mark");
    for (let i = 0; i < presenters; i++) {
      const title = await page.locator("h1").textContent();
      await page.locator("[role=radiogroup] input").nth(pick(title)).check();
      if (opinion !== null) {
        await page.locator("#opinion-fold > summary").click();
        await page.fill("#opinion", `${opinion} ${title}`);
      }
      await page.click("#next");
    }
    await screenName(page, "overview");
  }

  async cast() {
    const { page } = this;
    await page.click("#cast");
    await screenName(page, "ready");
    await page.click("#send");
    await page.waitForSelector('#app[data-screen="receipt"]', { timeout: 60_000 });
    const tracker = await page.getAttribute("#tracker", "data-tracker");
    assert.match(tracker ?? "", /^[A-Za-z0-9+/]{43}$/);
    return tracker;
  }
}
