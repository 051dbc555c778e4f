// Evidence: a photograph with its place in it goes onto an entry and comes back without; files dropped, pasted, refused
// one by one; a new entry with its picture; a matter reported and closed with a photograph as the only proof.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, journey } from "./journey.mjs";
import { made, Organiser, PASSWORD } from "./people.mjs";

/** EXIF as a phone writes it: make, held upright, and a place (little-endian TIFF). */
function exif() {
  const tiff = Buffer.alloc(98);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  const entry = (at, tag, kind, count, value) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(kind, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    if (typeof value === "string") tiff.write(value, at + 8, "latin1");
    else tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(3, 8);
  entry(10, 0x010f, 2, 4, "CAM");
  entry(22, 0x0112, 3, 1, 6);
  entry(34, 0x8825, 4, 1, 50);
  tiff.writeUInt16LE(2, 50);
  entry(52, 0x0001, 2, 2, "N");
  entry(64, 0x0002, 5, 1, 82);
  tiff.writeUInt32LE(22, 82);
  tiff.writeUInt32LE(1, 86);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A photograph of this size, with the place it was taken at. */
async function photo(page, width, height, colour) {
  const text = await page.evaluate(
    async ({ width, height, colour }) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width, height });
      const brush = canvas.getContext("2d");
      brush.fillStyle = colour;
      brush.fillRect(0, 0, width, height);
      brush.fillStyle = "#ffffff";
      brush.fillRect(width / 8, height / 8, width / 4, height / 4);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    { width, height, colour },
  );
  const plain = Buffer.from(text, "base64");
  return Buffer.concat([plain.subarray(0, 2), exif(), plain.subarray(2)]);
}

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
const pictures = (page, count) => page.waitForFunction((n) => document.querySelectorAll(".photos img").length === n, count);

/** What the server hands out, byte by byte. */
async function served(page, path) {
  const answer = await page.evaluate(async (path) => {
    const got = await fetch(path);
    const blob = await got.blob();
    const shown = await createImageBitmap(blob);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    const kind = got.headers.get("content-type");
    return { kind, policy: got.headers.get("content-security-policy"), width: shown.width, height: shown.height, text };
  }, path);
  return { ...answer, bytes: Buffer.from(answer.text, "latin1") };
}

async function onTheEntry({ page, base, looker, entry }) {
  await page.goto(`${base}/ledger/${entry}`);
  await looker.look(page, "no evidence");
  const sent = await photo(page, 2600, 1300, "#2f5d50");
  assert.ok(sent.includes("Exif") && sent.includes("CAM"));
  const picker = page.locator("[data-evidence] [data-evidence-pick]").first();
  await picker.setInputFiles([
    file("义诊现场.jpg", "image/jpeg", sent),
    file("网页.jpg", "image/jpeg", Buffer.from("<html><script>alert(1)</script>")),
    file("签到表.pdf", "application/pdf", Buffer.from("%PDF-1.7\n%%EOF\n")),
  ]);
  await pictures(page, 1);
  await page.waitForSelector("#evidence a[download]");
  await page.waitForSelector("[data-uploads] .error:not([hidden])");
  assert.match(await page.locator("[data-uploads]").innerText(), /网页\.jpg[\s\S]*docx/, "its own reason, the others are kept");
  await looker.look(page, "one refused");
  await page.locator("[data-uploads] button").click();

  const address = await page.locator(".photos a").getAttribute("href");
  for (const path of [address, `${address}/small`]) {
    const got = await served(page, path);
    assert.equal(got.kind, "image/jpeg");
    assert.match(got.policy, /default-src 'none'.*sandbox/);
    for (const mark of ["Exif", "CAM", "GPS", "II*"]) assert.ok(!got.bytes.includes(mark), `${path} holds ${mark}`);
    assert.ok(got.bytes.subarray(2, 4).equals(Buffer.from([0xff, 0xe0])), "JFIF comes first");
    // It was held upright: what was wide is high, and no longer than 2,000 points.
    const longest = path.endsWith("small") ? 320 : 2000;
    assert.deepEqual([got.width, got.height], [longest / 2, longest]);
  }
  const shown = await page.evaluate(() => document.querySelector(".photos img").naturalHeight);
  assert.equal(shown, 320, "the page shows the small one");

  await page.locator(".photos [data-open]").click();
  await page.fill("dialog[open] [name=caption]", "社区医生在园区门口义诊");
  await looker.look(page, "words of a picture");
  await page.locator("dialog[open] [type=submit]").click();
  await page.waitForSelector('.photos img[alt="社区医生在园区门口义诊"]');
  return sent;
}

/** A file dropped on the page, and a screenshot pasted into it. */
async function droppedAndPasted(page, sent) {
  const hand = async (kind, bytes, name) => {
    await page.evaluate(
      ({ kind, text, name }) => {
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], name, { type: "image/jpeg" }));
        const area = document.querySelector("[data-drop]");
        if (kind === "drop") area.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        else document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      },
      { kind, text: bytes.toString("base64"), name },
    );
  };
  await hand("drop", await photo(page, 800, 600, "#b3261e"), "拖进来的.jpg");
  await pictures(page, 2);
  await hand("paste", await photo(page, 640, 480, "#c98a00"), "image.png");
  await pictures(page, 3);
  // The same picture once more is the same picture.
  await hand("drop", sent, "又一次.jpg");
  await page.waitForFunction(() => document.querySelector("[data-uploads]").children.length === 0);
  await pictures(page, 3);
}

async function removed(page) {
  await page.locator(".photos [data-delete]").last().click();
  await page.locator("dialog[open] button[type=submit]").click();
  await pictures(page, 2);
}

/** The picture goes along with a new entry; what is refused is said, and the entry is there. */
async function withANewEntry({ page, base, looker }) {
  await page.goto(`${base}/ledger/new`);
  await page.fill("[name=title]", "红色剧场");
  const picker = page.locator("[data-evidence-later] [data-evidence-pick]").first();
  await picker.setInputFiles([
    file("剧场.jpg", "image/jpeg", await photo(page, 900, 700, "#3f7fbf")),
    file("说明.txt", "text/plain", Buffer.from("text")),
  ]);
  await looker.look(page, "entry form with files");
  await page.locator("form.sheet [type=submit]").click();
  await page.waitForSelector("dialog[open] .problems");
  assert.match(await page.locator("dialog[open]").innerText(), /说明\.txt/);
  await looker.look(page, "some refused");
  await page.locator("dialog[open] .btn-primary").click();
  await page.waitForURL(/\/ledger\/[a-z0-9]{16}$/);
  await pictures(page, 1);
}

async function asProof({ page, recorder, base, looker, park }) {
  const body = { list: "problem", title: "消防通道被占用", origin: "visit", unit: park };
  const matter = await made(recorder, "/api/matters", body);
  const address = `${base}/matters/${matter}`;
  await page.goto(address);
  await page.click('[data-open="move-assign"]');
  await page.locator("dialog[open] [name=responsible]").fill("物业公司");
  await page.locator("dialog[open] [name=due_on]").fill("2099-12-31");
  const assigned = page.waitForEvent("load");
  await page.locator("dialog[open] [type=submit]").click();
  await assigned;

  await recorder.goto(address);
  await recorder.click('[data-open="move-report"]');
  await recorder.locator("dialog[open] [type=submit]").click();
  await recorder.waitForSelector('dialog[open] [name=text][aria-invalid="true"]');
  await recorder.locator("dialog[open] [data-close]").click();
  const picker = recorder.locator("[data-evidence] [data-evidence-pick]").first();
  await picker.setInputFiles([file("整改后.jpg", "image/jpeg", await photo(recorder, 1200, 900, "#1b7f4b"))]);
  await pictures(recorder, 1);
  await looker.look(recorder, "matter with a picture");
  await recorder.click('[data-open="move-report"]');
  assert.match(await recorder.locator("#report-files").innerText(), /1|new file/);
  await looker.look(recorder, "report with a picture");
  const reported = recorder.waitForEvent("load");
  await recorder.locator("dialog[open] [type=submit]").click();
  await reported;
  assert.equal(await recorder.locator(".photos [data-delete]").count(), 0, "what was reported stays");
  assert.equal(await recorder.locator("[data-drop]").count(), 0);

  await page.goto(address);
  await page.click('[data-open="move-close"]');
  const closed = page.waitForEvent("load");
  await page.locator("dialog[open] [type=submit]").click();
  await closed;
  await pictures(page, 1);
  await looker.look(page, "closed with a picture");
}

const evidence = (lang, width) =>
  journey({ label: `evidence ${lang} ${width}`, lang, width }, async ({ house, looker, arrive }) => {
    const { base } = house;
    const office = await arrive();
    await office.firstSetUp(house.code);
    const { page } = office;
    const root = await made(page, "/api/units", { kind: "working_committee", name: "平湖街道党工委", parent: "" });
    const park = await made(page, "/api/units", { kind: "park", name: "华南城园区党委", parent: root });
    const user = { login: "jilu", name: "华南城记录员", roles: ["recorder"], password: PASSWORD, unit: park };
    await made(page, "/api/users", user);
    const other = await made(page, "/api/units", { kind: "park", name: "海吉星园区党委", parent: root });
    await made(page, "/api/users", { ...user, login: "bieren", name: "海吉星记录员", unit: other });
    const recorder = await arrive();
    await recorder.logIn("jilu", PASSWORD);
    const entry = await made(recorder.page, "/api/entries", {
      unit: park,
      kind: "activity",
      on_date: "2026-01-05",
      title: "义诊",
    });
    const sent = await onTheEntry({ page: recorder.page, base, looker, entry });
    const address = await recorder.page.locator(".photos a").first().getAttribute("href");
    await droppedAndPasted(recorder.page, sent);
    await removed(recorder.page);
    await looker.look(recorder.page, "entry with evidence");
    // Refusals are what this page complains of, so it does not belong to those who must not.
    const stranger = await Organiser.arrive(browser, house, { lang, width });
    await stranger.logIn("bieren", PASSWORD);
    const status = await stranger.page.evaluate((path) => fetch(path).then((got) => got.status), address);
    assert.equal(status, 403, "another park does not see it");
    await withANewEntry({ page: recorder.page, base, looker });
    await asProof({ page, recorder: recorder.page, base, looker, park });
  });

test("evidence, in Chinese on a phone", () => evidence("zh-CN", 360));
test("evidence, in English at a desk", () => evidence("en", 1440));
