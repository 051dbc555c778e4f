// From the result to the grade, within the journey of the meeting: the scheme in the draft, a leader's evaluation, the
// committee's decision by two people.
import assert from "node:assert/strict";
import { Organiser, pressSure } from "./people.mjs";

const PASSWORD = "lingdao 2018 dianping";
/** The ballots give 93.33, 60 and 80; with the leader's points at 60 to 40 they become these. */
const POINTS = { p1: "90.5", p2: "70", p3: "80" };
const COMPOSITES = ["92.20", "64.00", "80.00"];

/** Weights and cut points typed into the draft; a cut that does not fall is told at its field. */
export async function setGrading(office, looker) {
  const { page } = office;
  const field = (path) => page.locator(`#setup [data-path="${path}"]`);
  await field("scheme.composite.ballot").fill("60");
  await field("scheme.composite.leaders").fill("40");
  for (const [row, [label, from]] of [["好", "90"], ["较好", "95"], ["一般", "0"]].entries()) {
    await page.locator('[data-list="scheme.cuts"] > .row button').click();
    await field(`scheme.cuts[${row}].label`).fill(label);
    await field(`scheme.cuts[${row}].from`).fill(from);
  }
  await page.waitForFunction(() => document.querySelector('[data-error-for="scheme.cuts[1].from"]')?.textContent !== "");
  await looker.lookTwice(page, "draft with cut points that do not fall");
  await field("scheme.cuts[1].from").fill("75");
  await field("scheme.cap").fill("1/3");
  await page.waitForSelector('#setup[data-problems="0"]');
  const { config } = await office.saved();
  assert.deepEqual(config.scheme.composite, { ballot: 60, indicators: 0, leaders: 40 });
  assert.deepEqual(config.scheme.cap, { share: "1/3" });
  await page.goto(`${office.base}/appraisals/${office.id}/what-if`);
  await looker.lookTwice(page, "what-if without a released appraisal");
  await page.goto(`${office.base}/appraisals/${office.id}`);
  await page.waitForSelector("#setup[data-problems]");
}

/** A leader signs in and evaluates; a number that is none is told at its field and stays as typed. */
export async function evaluate(browser, house, office, options, looker) {
  const account = { login: "lingdao", name: "点评领导", password: PASSWORD, roles: ["leader"] };
  const made = await office.page.evaluate(async (body) => {
    const csrf = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
    const answer = await fetch("/api/users", { method: "POST", headers, body: JSON.stringify(body) });
    return answer.status;
  }, account);
  assert.equal(made, 201);
  const leader = await Organiser.arrive(browser, house, options);
  await leader.logIn(account.login, PASSWORD);
  const { page } = leader;
  await page.goto(`${house.base}/appraisals/${office.id}`);
  await page.click('a[href$="/evaluation"]');
  const field = (code) => page.locator(`[name="points.${code}"]`);
  for (const [code, points] of Object.entries(POINTS)) await field(code).fill(points);
  await field("p2").fill("100.5");
  await page.click("form button[type=submit]");
  await page.waitForFunction(() => document.querySelector('[data-error-for="points.p2"]')?.textContent !== "");
  assert.equal(await field("p1").inputValue(), POINTS.p1, "nothing typed is lost");
  await looker.lookTwice(page, "evaluation with a wrong number");
  await field("p2").fill(POINTS.p2);
  await Promise.all([page.waitForEvent("load"), page.click("form button[type=submit]")]);
  assert.equal(await field("p2").inputValue(), POINTS.p2);
  const closed = await office.page.request.get(`${house.base}/appraisals/${office.id}/what-if`);
  assert.equal(closed.status(), 409, "weights are not tried once sealed");
  return leader;
}

/** The office enters the decision, the leader confirms it. */
export async function decideGrades(office, leader, looker) {
  const { page } = office;
  const address = `${office.base}/appraisals/${office.id}/grades`;
  await page.goto(address);
  const table = (await page.locator("#grades").textContent()) ?? "";
  for (const composite of COMPOSITES) assert.ok(table.includes(composite), `${composite} in ${table}`);
  await looker.lookTwice(page, "grades to decide");
  const grade = (code) => page.locator(`[name="decisions.${code}.grade"]`);
  for (const [code, place] of [["p1", "0"], ["p2", "1"], ["p3", "1"]]) await grade(code).selectOption(place);
  await page.click("#decision button[type=submit]");
  await page.waitForFunction(() => document.querySelector('[data-error-for="decisions.p2.reason"]')?.textContent !== "");
  await page.locator('[name="decisions.p2.reason"]').fill("考察组意见");
  await Promise.all([page.waitForEvent("load"), page.click("#decision button[type=submit]")]);
  assert.equal(await page.locator('[data-post$="/grades/confirm"]').count(), 0, "who entered does not confirm");
  await leader.page.goto(address);
  await looker.lookTwice(leader.page, "grades to confirm");
  await Promise.all([leader.page.waitForEvent("load"), pressSure(leader.page, '[data-post$="/grades/confirm"]')]);
  await page.goto(address);
  const decided = (await page.locator("#decision").textContent()) ?? "";
  assert.equal(decided.split("点评领导").length - 1, 3, "all three are confirmed");
  await page.locator("details.working > summary").first().click();
  await looker.lookTwice(page, "grades confirmed");
  await page.goto(`${office.base}/appraisals/${office.id}/compare`);
  await looker.lookTwice(page, "year over year without another year");
}
