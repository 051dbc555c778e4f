// Draws the pictures of the demo's entries: plain shapes with 样例 on them, so that nobody takes them for photographs.
// node tools/demo-pictures.mjs writes crates/pingyi/src/demo/pictures/*.png with the system's Chromium.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../frontend/test/browser.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "../crates/pingyi/src/demo/pictures");

const person = (x, y, colour, size = 1) =>
  `<g transform="translate(${x} ${y}) scale(${size})" fill="${colour}"><circle cy="-62" r="22"/><path d="M-36 40v-36a36 36 0 0 1 72 0v36z"/></g>`;
const rows = (many, y, size, colours) =>
  Array.from({ length: many }, (_, i) => person(480 + (i - (many - 1) / 2) * 110 * size, y, colours[i % colours.length], size)).join("");
const ink = ["#5b6470", "#7d8794", "#49515c"];

const pictures = {
  meeting: ["联席会议", `<rect x="220" y="120" width="520" height="150" rx="8" fill="#fff" stroke="#9aa3ad" stroke-width="4"/><rect x="270" y="165" width="420" height="16" fill="#b3261e"/><rect x="330" y="205" width="300" height="14" fill="#c9ced4"/>${rows(7, 430, 0.9, ink)}<rect x="120" y="470" width="720" height="46" rx="6" fill="#b08d5f"/>`],
  class: ["学习教育", `<rect x="180" y="110" width="600" height="200" rx="6" fill="#2f5d50"/><path d="M230 180h260M230 225h380M230 270h180" stroke="#e8efe9" stroke-width="12"/>${rows(6, 470, 1, ink)}${rows(7, 560, 1.05, ["#8a94a1", "#69737f"])}`],
  volunteering: ["志愿服务", `<rect x="0" y="470" width="960" height="250" fill="#cfd8c6"/><rect x="90" y="190" width="170" height="280" fill="#c3ccd6"/><rect x="690" y="140" width="190" height="330" fill="#d5dbe2"/>${rows(5, 500, 1.2, ["#b3261e", "#c4473f"])}<path d="M330 560l70-150M560 560l70-150" stroke="#7a5b35" stroke-width="12"/>`],
  clinic: ["义诊", `<rect x="150" y="150" width="660" height="60" fill="#b3261e"/><path d="M150 210v330M810 210v330" stroke="#8b939c" stroke-width="12"/><rect x="200" y="420" width="560" height="70" fill="#fff" stroke="#9aa3ad" stroke-width="4"/><path d="M480 432v46M457 455h46" stroke="#b3261e" stroke-width="14"/>${person(330, 400, "#8fa6bd")}${person(620, 400, "#8fa6bd")}${rows(4, 590, 1.1, ink)}`],
  safety: ["安全检查", `<rect x="140" y="130" width="300" height="420" fill="#c9ced4"/><rect x="200" y="190" width="180" height="360" fill="#e4e7ea"/><rect x="560" y="260" width="80" height="190" rx="36" fill="#b3261e"/><rect x="585" y="225" width="30" height="40" fill="#49515c"/>${person(760, 510, ink[0], 1.5)}`],
  repaired: ["整改后", `<rect x="0" y="430" width="960" height="290" fill="#b9bfc6"/><path d="M430 720l40-290h20l40 290z" fill="#f2d04b"/><rect x="60" y="150" width="240" height="280" fill="#d5dbe2"/><rect x="660" y="110" width="240" height="320" fill="#c3ccd6"/>`],
};

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 960, height: 720 } });
for (const [name, [word, drawn]] of Object.entries(pictures)) {
  await page.setContent(`<style>body{margin:0}</style><svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 960 720" font-family="Noto Sans CJK SC">
<rect width="960" height="720" fill="#eef1f4"/>${drawn}<rect y="630" width="960" height="90" fill="#20242a"/>
<text x="40" y="690" font-size="44" fill="#fff">样例图片 · ${word}</text><text x="920" y="690" text-anchor="end" font-size="30" fill="#c9ced4">Sample, drawn</text></svg>`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
await browser.close();
