/** `/check#<box>/<tracker hex>[/<height>/<event>]`: is my ballot on the board, and does it count? */

import { type ReceiptStatus, Server } from "../booth/server.ts";
import { boothTexts, switchLanguage } from "../booth/texts.ts";
import { code, draw, heading, para, press } from "../booth/view.ts";
import { ApiError } from "../lib/api.ts";
import { bytesToHex, fromBase64 } from "../lib/bytes.ts";
import { isUuid } from "../lib/credential.ts";
import { byId, type Child, fill, h } from "../lib/dom.ts";
import { ProtocolError } from "../lib/errors.ts";
import { field } from "../lib/ui.ts";
import { type BoardFinding, checkBoard } from "./board.ts";

interface Wanted {
  uuid: string;
  /** SHA-256 of the ballot, hex. */
  tracker: string;
  /** What the receipt says, when the link carries it. */
  height: number | null;
  event: string | null;
}

const app = byId("app");
const server = new Server("");
let t = boothTexts();
/** What the server answered for the wanted receipt; null before it did. */
let found: ReceiptStatus | null = null;
let trouble: string | null = null;

function readFragment(): Wanted | null {
  const [uuid = "", tracker = "", height = "", event = ""] = location.hash.slice(1).split("/");
  if (!isUuid(uuid) || !/^[0-9a-f]{64}$/.test(tracker)) return null;
  const whole = /^[0-9]{1,9}$/.test(height) && /^[0-9a-f]{64}$/.test(event);
  return { uuid, tracker, height: whole ? Number(height) : null, event: whole ? event : null };
}

/** Base64 as on the receipt (spaces from its groups allowed) or hexadecimal; null for neither. */
function readTracker(text: string): string | null {
  const tight = text.replace(/\s+/g, "");
  if (/^[0-9a-f]{64}$/i.test(tight)) return tight.toLowerCase();
  const bytes = fromBase64(tight);
  return bytes?.length === 32 ? bytesToHex(bytes) : null;
}

const codeOf = (error: unknown): string =>
  error instanceof ApiError || error instanceof ProtocolError ? error.code : "network";

function askForm(wanted: Wanted | null): HTMLElement {
  const box = field({ label: t("check-box"), value: wanted?.uuid ?? "" });
  const tracker = field({ label: t("check-tracker"), value: wanted?.tracker ?? "" });
  const submit = (event: Event): void => {
    event.preventDefault();
    const uuid = box.input.value.trim();
    const hex = readTracker(tracker.input.value);
    box.setError(isUuid(uuid) ? null : t("check-box-bad"));
    tracker.setError(hex === null ? t("check-tracker-bad") : null);
    if (!isUuid(uuid)) box.input.focus();
    else if (hex === null) tracker.input.focus();
    else if (location.hash === `#${uuid}/${hex}`) void ask();
    else location.hash = `${uuid}/${hex}`;
  };
  return h(
    "form",
    { class: "stack", onsubmit: submit, novalidate: true },
    box.root,
    tracker.root,
    h("button", { type: "submit", class: "btn btn-l btn-primary btn-wide" }, t("check-go")),
  );
}

/** The server's word, compared with the receipt where the link brought it along. */
function verdict(wanted: Wanted, status: ReceiptStatus): Child[] {
  const tone = { counted: "ok", replaced: "info", unknown: "bad" }[status.status];
  const differs =
    wanted.event !== null &&
    status.status !== "unknown" &&
    (wanted.event !== status.event || wanted.height !== status.height);
  return [
    h(
      "div",
      { class: "notice booth-verdict", "data-tone": tone, "data-status": status.status, role: "status" },
      para(t(`check-${status.status}`)),
      para(t(`check-${status.status}-text`), "hint"),
    ),
    differs && h("p", { class: "notice", "data-tone": "bad", role: "alert" }, t("check-event-differs")),
    !differs && wanted.event !== null && status.status !== "unknown" && para(t("check-event-same")),
    status.height !== null &&
      h(
        "dl",
        { class: "booth-facts" },
        h("dt", {}, t("booth-receipt-height")),
        h("dd", {}, status.height),
        h("dt", {}, t("booth-receipt-event")),
        h("dd", { class: "mono break small" }, status.event ?? ""),
      ),
  ];
}

function boardVerdict(wanted: Wanted, board: BoardFinding): Child[] {
  const status: ReceiptStatus = { status: board.status, height: board.height, event: board.event };
  return [
    ...verdict(wanted, status),
    para(t("check-whole-done", { ballots: board.ballots })),
    code(board.head, t("check-whole")),
  ];
}

function wholeBoard(wanted: Wanted): HTMLElement {
  const out = h("div", { class: "stack", "aria-live": "polite" });
  const run = async (): Promise<void> => {
    fill(out, para(t("check-whole-running")), h("progress", { "aria-label": t("check-whole-running") }));
    try {
      fill(out, boardVerdict(wanted, await checkBoard(wanted.uuid, wanted.tracker)));
    } catch (error) {
      const kind = error instanceof ProtocolError ? "check-whole-broken" : "check-failed";
      fill(
        out,
        h("p", { class: "notice", "data-tone": "bad", role: "alert" }, t(kind, { code: codeOf(error) })),
      );
    }
  };
  return h(
    "section",
    { class: "stack booth-again" },
    h("h2", {}, t("check-whole")),
    para(t("check-whole-text"), "hint"),
    press(t("check-whole"), "btn-wide", () => void run(), "whole"),
    out,
  );
}

function show(): void {
  const wanted = readFragment();
  draw(
    app,
    t,
    {
      title: t("booth-title"),
      category: null,
      rehearsal: false,
      offline: false,
      onLanguage: () => {
        t = switchLanguage(t.language);
        show();
      },
    },
    {
      name: "check",
      heading: t("check-title"),
      body: [
        heading(t("check-heading")),
        para(t("check-lead")),
        wanted !== null && found !== null && verdict(wanted, found),
        trouble !== null &&
          h(
            "p",
            { class: "notice", "data-tone": "bad", role: "alert" },
            t("check-failed", { code: trouble }),
          ),
        askForm(wanted),
        wanted !== null && wholeBoard(wanted),
      ],
    },
    false,
  );
}

async function ask(): Promise<void> {
  const wanted = readFragment();
  found = null;
  trouble = null;
  show();
  if (wanted === null) return;
  try {
    found = await server.receipt(wanted.uuid, wanted.tracker);
  } catch (error) {
    trouble = codeOf(error);
  }
  show();
}

window.addEventListener("hashchange", () => void ask());
void ask();
