// Looking at a page: axe with contrast, nothing wider than the screen, a picture where SHOTS names a folder.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../frontend/package.json", import.meta.url));
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const shots = process.env.SHOTS ?? "";
if (shots !== "") mkdirSync(shots, { recursive: true });

/** The page prints on A4; kept as a file where pictures are. */
export async function paper(page, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const a4 = /MediaBox\s*\[\s*0 0 59[45][\d.]* 84[12]/;
  if (!a4.test(pdf.toString("latin1"))) throw new Error(`${name} does not print on A4`);
  if (shots !== "") writeFileSync(join(shots, `${name.replace(/[^\w.-]+/g, "-")}.pdf`), pdf);
}

/** A page that draws no frame ends no animation; so long it is waited for (milliseconds). */
const PATIENCE = 5_000;

/** In the page: a fade or a dialog's opening would be measured half-way; what follows the page's size follows it a frame later. */
async function atRest(patience) {
  const still = Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined)));
  const frames = still.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await Promise.race([frames, new Promise((done) => setTimeout(done, patience))]);
}

/** What was found so far, and how many screens were looked at; a journey ends by asking for both. */
export class Looker {
  constructor(label) {
    this.label = label;
    this.findings = [];
    this.screens = [];
  }

  async look(page, name) {
    try {
      await this.lookOnce(page, name);
    } catch (error) {
      // A live page may load itself anew just then: it is looked at when it stands.
      if (!String(error).includes("context was destroyed")) throw error;
      await page.waitForLoadState("load");
      await this.lookOnce(page, name);
    }
  }

  /** As it is, and on a phone. */
  async lookTwice(page, name) {
    await this.look(page, name);
    const size = page.viewportSize();
    await page.setViewportSize({ width: 360, height: 740 });
    await this.look(page, `${name} 360 px`);
    await page.setViewportSize(size);
  }

  async lookOnce(page, name) {
    const screen = `${this.label} ${name}`;
    await page.bringToFront();
    await page.evaluate(atRest, PATIENCE);
    if (shots !== "") {
      await page.screenshot({ path: join(shots, `${screen.replace(/[^\w.-]+/g, "-")}.png`), fullPage: true });
    }
    // The policy forbids inline scripts; evaluating is the debugger's way in.
    await page.evaluate(axeSource);
    const result = await page.evaluate(() =>
      window.axe.run(document, { resultTypes: ["violations"], iframes: false }),
    );
    for (const violation of result.violations) {
      const nodes = violation.nodes.slice(0, 5).map((node) => {
        const why = [...node.any, ...node.all, ...node.none][0]?.message ?? "";
        return `${node.target.join(" ")} (${why})`;
      });
      this.findings.push(`${screen}: ${violation.id} (${violation.impact}): ${nodes.join("; ")}`);
    }
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    this.screens.push(screen);
    if (wide > 0) this.findings.push(`${screen}: scrolls sideways by ${wide} px`);
  }
}
