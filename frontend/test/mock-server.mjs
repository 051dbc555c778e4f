// A stand-in for the server while the booth is developed: shells, canned elections, a board in memory.
// It verifies nothing. `node test/mock-server.mjs [port]`, then open /b/BoxNine1111111#AwyxG-dyzbUs-D8UGW-m4E8Aw
// POST /mock/{uuid} {"state","stage","fail"}: fail is a list taken one per ballot: "drop" (no answer), "lost" (stored, no
// answer), or an error code.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sha = (text, form) => createHash("sha256").update(text).digest(form);
const KEY = "2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9";
const APPRAISAL = "mockappraisal123";
const parks = ["华南城", "平湖", "新木", "白坭坑", "辅城坳", "鹅公岭", "山厦", "良安田", "上木古"];
const itemLabels = [
  "总体评价",
  "对抓基层党建工作的认识熟悉程度",
  "履行抓基层党建工作责任情况",
  "推动重点任务落实情况及成效",
  "查摆抓基层党建工作中存在问题",
  "下一步抓好基层党建工作的思路措施",
];

function makeBox(uuid, { items, unknown, opinions = true, rehearsal = false, state = "open", warn = false }) {
  const grades = [
    { code: "good", label: "好", value: 100, abstain: false },
    { code: "fair", label: "较好", value: 80, abstain: false },
    { code: "plain", label: "一般", value: 60, abstain: false },
    { code: "poor", label: "差", value: 40, abstain: false },
    ...(unknown ? [{ code: "unknown", label: "不了解", value: null, abstain: true }] : []),
  ];
  const form = {
    title: "园区党委书记述职测评表",
    items: itemLabels.slice(0, items).map((label, i) => ({ code: `i${i + 1}`, label, weight: 1 })),
    grades,
    opinions,
    warn_all_equal: warn,
    max_top: warn ? 3 : null,
    presenters: parks.map((park, i) => ({
      code: `p${i + 1}`,
      title: `${park}园区党委第一书记`,
      unit: `${park}园区党委`,
      index: i,
    })),
  };
  const questions = form.presenters.flatMap((p) =>
    form.items.map((item) => ({
      answers: grades.map((g) => g.label),
      min: 1,
      max: 1,
      question: items === 1 ? p.title : `${p.title} · ${item.label}`,
    })),
  );
  const election = JSON.stringify({
    version: 1,
    description: form.title,
    name: "2018年园区党委书记述职评议 · 街道领导班子",
    group: "Ed25519",
    public_key: KEY,
    questions,
    uuid,
    administrator: "Pingyi",
    credential_authority: "issuer",
    x_pingyi: {
      appraisal: APPRAISAL,
      category: "A",
      presenters: form.presenters.map((p) => p.code),
      items: form.items.map((i) => i.code),
      grades: grades.map((g) => g.code),
      scheme: "00".repeat(32),
      minimum: 8,
      rehearsal,
      tellers: { threshold: 2, size: 3 },
    },
  });
  return {
    view: {
      uuid,
      state,
      category: { code: "A", label: "街道领导班子" },
      title: "2018年园区党委书记述职评议",
      rehearsal,
      election,
      form,
      stage: { presenter: null },
      urn: { key: KEY, context: `pingyi-urn-v1|${APPRAISAL}|${KEY}` },
      head: { height: 0, hash: "00".repeat(32) },
    },
    ballots: new Map(),
    fail: [],
    listeners: new Set(),
  };
}

/** Starts on `port` (0 = any free one); answers `{ port, boxes, opinions, close }`. */
export function startMock(port = 0) {
  const boxes = new Map(
    [
      ["BoxNine1111111", { items: 1, unknown: true }],
      ["BoxSix11111111", { items: 6, unknown: false, warn: true }],
      ["BoxPractice111", { items: 1, unknown: true, rehearsal: true, opinions: false }],
      ["BoxWaiting1111", { items: 1, unknown: true, state: "sealed" }],
      ["BoxCLosed11111", { items: 1, unknown: true, state: "closed" }],
      ["BoxVoid1111111", { items: 1, unknown: true, state: "void" }],
    ].map(([uuid, options]) => [uuid, makeBox(uuid, options)]),
  );
  const opinions = [];

  const shell = (page, attributes, lang) => {
    const worker = existsSync(join(root, `dist/${page}-worker.js`))
      ? ` data-worker="/assets/${page}-worker.js"`
      : "";
    return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Pingyi</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/pingyi.css"><link rel="stylesheet" href="/assets/${page}.css"><script defer src="/assets/${page}.js"></script></head><body><div id="app"${attributes}${worker}></div></body></html>`;
  };
  const asset = (name) => {
    if (name === "pingyi.css") {
      const sheets = ["tokens", "base", "layout", "components", "charts", "print"];
      return sheets
        .map((s) => readFileSync(join(root, `../crates/web/assets/css/${s}.css`), "utf8"))
        .join("\n");
    }
    return readFileSync(join(root, "dist", name.replace(/[^a-z.-]/g, "")));
  };
  const tell = (box, topic) => {
    for (const listener of box.listeners)
      listener.write(`event: change\ndata: {"topic":"${topic}","version":1}\n\n`);
  };

  const json = (response, status, body) => {
    response.writeHead(status, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
    response.end(JSON.stringify(body));
  };
  const error = (response, status, code) =>
    json(response, status, { error: { code, message: code, problems: [] } });

  function cast(box, text, request, response) {
    const tracker = sha(text, "base64").replace(/=+$/, "");
    const fail = box.fail.shift();
    if (fail === "drop") return request.socket.destroy();
    if (fail !== undefined && fail !== "lost") return error(response, fail === "busy" ? 503 : 422, fail);
    if (box.view.state === "paused") return error(response, 409, "box_paused");
    const known = box.ballots.get(tracker);
    if (known === undefined && box.view.state !== "open") return error(response, 409, "box_not_open");
    const entry = known ?? {
      tracker,
      height: box.ballots.size + 1,
      event: sha(`event ${tracker}`, "hex"),
      credential: JSON.parse(text).credential,
      text,
    };
    box.ballots.set(tracker, entry);
    if (fail === "lost") return request.socket.destroy();
    const { height, event } = entry;
    return json(response, known ? 200 : 201, { tracker, height, event });
  }

  function receipt(box, hex, response) {
    const tracker = Buffer.from(hex, "hex").toString("base64").replace(/=+$/, "");
    const found = box.ballots.get(tracker);
    if (found === undefined) return json(response, 200, { status: "unknown", height: null, event: null });
    const last = [...box.ballots.values()].filter((b) => b.credential === found.credential).at(-1);
    const status = last === found ? "counted" : "replaced";
    return json(response, 200, { status, height: found.height, event: found.event });
  }

  function api(url, body, request, response) {
    const [, uuid, what, rest] = /^\/api\/boxes\/([^/]+)(?:\/([a-z]+))?(?:\/(.+))?$/.exec(url.pathname) ?? [];
    const box = boxes.get(uuid);
    if (url.pathname === `/api/appraisals/${APPRAISAL}/opinions`) {
      opinions.push(JSON.parse(body).entries);
      return json(response, 201, { stored: opinions.length });
    }
    if (box === undefined) return error(response, 404, "not_found");
    if (what === undefined) return json(response, 200, box.view);
    if (what === "ballots") return cast(box, body, request, response);
    if (what === "receipts") return receipt(box, rest, response);
    response.writeHead(200, { "Content-Type": "text/event-stream", "Access-Control-Allow-Origin": "*" });
    response.write(": hello\n\n");
    box.listeners.add(response);
    response.on("close", () => box.listeners.delete(response));
  }

  function answer(request, body, response) {
    const url = new URL(request.url, "http://mock");
    const lang = url.searchParams.get("lang") ?? "zh-CN";
    const page = /^\/b\/([^/]+)$/.exec(url.pathname);
    if (url.pathname.startsWith("/api/")) return api(url, body, request, response);
    if (url.pathname.startsWith("/mock/")) {
      const box = boxes.get(url.pathname.slice(6));
      const { state, stage, fail, order } = JSON.parse(body);
      if (state !== undefined) box.view.state = state;
      if (stage !== undefined) box.view.stage = { presenter: stage };
      if (order !== undefined)
        box.view.form.presenters.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
      if (fail !== undefined) box.fail.push(...fail);
      tell(box, stage === undefined ? "boxes" : "stage");
      return json(response, 200, {});
    }
    if (url.pathname.startsWith("/assets/")) {
      const type = url.pathname.endsWith(".css") ? "text/css" : "text/javascript";
      response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` });
      return response.end(asset(url.pathname.slice(8)));
    }
    // The policy of the real server: nothing inline, nothing from elsewhere.
    response.setHeader(
      "Content-Security-Policy",
      "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:",
    );
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    if (page !== null) return response.end(shell("booth", ` data-box="${page[1]}"`, lang));
    return response.end(shell(url.pathname === "/challenge" ? "challenge" : "check", "", lang));
  }

  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      try {
        answer(request, Buffer.concat(parts).toString("utf8"), response);
      } catch (cause) {
        error(response, 500, String(cause));
      }
    });
  });
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ port: server.address().port, boxes, opinions, close });
    });
  });
}

if (process.argv[1]?.endsWith("mock-server.mjs")) {
  const { port } = await startMock(Number(process.argv[2] ?? 8780));
  console.log(`http://127.0.0.1:${port}/b/BoxNine1111111#AwyxG-dyzbUs-D8UGW-m4E8Aw`);
}
