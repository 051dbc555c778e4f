// How long a teller's browser takes to check a box of 100 ballots of 54 × 4 and to make its share: the page as tellers
// use it, in headless Chromium, on ballots that the booth's own worker sealed. Prints seconds (docs/performance.md).
//   PINGYI_BIN=target/release/pingyi node e2e/measure/teller.mjs [ballots]
import { readdirSync, readFileSync } from "node:fs";
import { launch } from "../../frontend/test/browser.mjs";
import { startHouse } from "../house.mjs";
import { Issuer, Organiser, Teller } from "../people.mjs";

const BALLOTS = Number(process.argv[2] ?? 100);
const PRESENTERS = Array.from({ length: 9 }, (_, i) => [`第${i + 1}园区党委第一书记`, `第${i + 1}园区党委`]);
const options = { lang: "zh-CN" };

/** Processor seconds of this program's browser so far, whatever else the machine does (Linux: 100 ticks a second). */
function browserSeconds() {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const processes = all.flatMap((pid) => {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      const name = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(pid), name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return [];
    }
  });
  const ours = new Set([process.pid]);
  for (let grown = true; grown; ) {
    const more = processes.filter((one) => ours.has(one.parent) && !ours.has(one.pid));
    for (const one of more) ours.add(one.pid);
    grown = more.length > 0;
  }
  const chromium = processes.filter((one) => ours.has(one.pid) && /^chrom/.test(one.name));
  return chromium.reduce((sum, one) => sum + one.ticks, 0) / 100;
}

/** Seals and casts one ballot for each slip, in as many workers as there are processors; the seconds it took. */
function castAll(page, uuid, slips) {
  return page.evaluate(
    async ({ uuid, slips }) => {
      const started = performance.now();
      const { election } = await fetch(`/api/boxes/${uuid}`).then((r) => r.json());
      const address = document.getElementById("app").dataset.worker;
      const pile = [...slips];
      const one = async () => {
        const worker = new Worker(address);
        let last = 0;
        const call = (name, argument) =>
          new Promise((resolve, reject) => {
            last += 1;
            const id = last;
            const listen = ({ data }) => {
              if (data.id !== id || "progress" in data) return;
              worker.removeEventListener("message", listen);
              if ("error" in data) reject(new Error(JSON.stringify(data.error)));
              else resolve(data.value);
            };
            worker.addEventListener("message", listen);
            worker.postMessage({ id, name, argument });
          });
        for (let credential = pile.pop(); credential !== undefined; credential = pile.pop()) {
          const choices = Array.from({ length: 54 }, () => Math.floor(Math.random() * 4));
          const seed = crypto.getRandomValues(new Uint8Array(32));
          const sealed = await call("seal", { election, credential, choices, seed });
          const { ballot } = await call("sign", { uuid, credential, sealed });
          const answer = await fetch(`/api/boxes/${uuid}/ballots`, { method: "POST", body: ballot });
          if (!answer.ok) throw new Error(await answer.text());
        }
        worker.terminate();
      };
      await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, one));
      return (performance.now() - started) / 1000;
    },
    { uuid, slips: slips.map((slip) => slip.letters) },
  );
}

const browser = await launch();
const house = await startHouse();
try {
  const office = await Organiser.arrive(browser, house, options);
  await office.firstSetUp(house.code);
  await office.newAppraisal();
  const categories = [{ code: "A", label: "全体", weight: 100, expected: BALLOTS, minimum: 3 }];
  await office.setUp({ title: "量时", presenters: PRESENTERS, categories, order: "fixed", preset: "six-items" });
  const tellers = [];
  for (const link of await office.links("tellers")) tellers.push(await Teller.arrive(browser, link, options));
  for (const teller of tellers) {
    await teller.makeKey();
    await teller.keep();
  }
  await Promise.all(tellers.map((teller) => teller.keyCode()));
  await office.page.reload();
  const [link] = await office.links("issuer");
  const issuer = await Issuer.arrive(browser, link, options);
  await issuer.make();
  const slips = (await issuer.print(0, 0)).slice(0, BALLOTS);
  await issuer.context.close();
  await office.page.reload();
  await office.step("seal", '[data-post$="/open"]');
  await office.step("open", "#console-stage");
  const booth = await office.context.newPage();
  await booth.goto(slips[0].address);
  await booth.waitForSelector("#app[data-screen]");
  const uuid = new URL(slips[0].address).pathname.split("/").pop();
  console.log(`${slips.length} ballots sealed and cast: ${(await castAll(booth, uuid, slips)).toFixed(1)} s`);
  await booth.close();
  await office.step("close", "#next");
  await tellers[0].page.waitForSelector(".sheet-next .lines");
  const [started, spent] = [performance.now(), browserSeconds()];
  const lines = await tellers[0].open();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const busy = (browserSeconds() - spent).toFixed(1);
  console.log(`one teller's browser, from the press to the last share: ${seconds} s, ${busy} s of processor time`);
  console.log(lines.join("\n"));
} finally {
  await browser.close();
  await house.stop();
}
