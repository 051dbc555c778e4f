/** The last screen: what the board has, and how to keep the proof. */
import { bytesToHex, fromBase64 } from "../../lib/bytes.ts";
import { type Child, h, saveFile } from "../../lib/dom.ts";
import type { Texts } from "../../lib/i18n.ts";
import { qrSvg } from "../../lib/qr.ts";
import { receiptPicture } from "../picture.ts";
import type { Receipt } from "../types.ts";
import { code, heading, para, press, type Screen } from "../view.ts";

export type OpinionState = "none" | "waiting" | "sent" | "failed" | { refused: string };

export interface ReceiptOptions {
  receipt: Receipt;
  title: string;
  category: string;
  origin: string;
  opinions: OpinionState;
  /** What the board says now; null while unknown. */
  status: "counted" | "replaced" | "unknown" | null;
  canCastAgain: boolean;
  again(): void;
  forget(): void;
}

export const trackerHex = (tracker: string): string => bytesToHex(fromBase64(tracker) ?? new Uint8Array(0));

/** Address of the receipt's check; place and fingerprint go along so that the check can compare them. */
export const receiptAddress = (origin: string, receipt: Receipt): string =>
  `${origin}/check#${receipt.uuid}/${trackerHex(receipt.tracker)}/${receipt.height}/${receipt.event}`;

function receiptText(t: Texts, options: ReceiptOptions): string {
  const { receipt } = options;
  return [
    t("booth-picture-title"),
    options.title,
    options.category,
    `${t("booth-receipt-tracker")}: ${receipt.tracker}`,
    `${t("booth-receipt-height")}: ${receipt.height}`,
    `${t("booth-receipt-event")}: ${receipt.event}`,
    receiptAddress(options.origin, receipt),
    t("booth-picture-note"),
    "",
  ].join("\n");
}

export function opinionLine(t: Texts, state: OpinionState): Child {
  if (state === "none") return false;
  const text =
    typeof state === "object"
      ? t("booth-opinions-refused", { code: state.refused })
      : t(`booth-opinions-${state}`);
  return h(
    "p",
    { id: "opinion-state", role: "status", class: "notice", "data-tone": state === "sent" ? "ok" : "info" },
    text,
  );
}

function showPicture(t: Texts, options: ReceiptOptions, place: HTMLElement): void {
  const address = receiptAddress(options.origin, options.receipt);
  const canvas = receiptPicture(address, [
    t("booth-picture-title"),
    options.title,
    options.category,
    `${t("booth-receipt-tracker")} ${options.receipt.tracker}`,
    `${t("booth-receipt-height")} ${options.receipt.height}`,
    `${t("booth-receipt-event")} ${options.receipt.event}`,
    t("booth-picture-note"),
  ]);
  const picture = canvas.toDataURL("image/png");
  // In-app browsers do not download: there a person presses on the picture and keeps it.
  place.replaceChildren(
    h("img", { src: picture, alt: t("booth-receipt-picture"), class: "booth-picture" }),
    h("p", { class: "hint" }, t("booth-receipt-picture-hint")),
  );
  canvas.toBlob((blob) => {
    if (blob) saveFile(`pingyi-receipt-${options.receipt.height}.png`, blob);
  });
  place.scrollIntoView({ block: "nearest" });
}

function statusLine(t: Texts, options: ReceiptOptions): Child {
  if (options.status === "replaced")
    return h("p", { class: "notice", "data-tone": "info" }, t("booth-receipt-replaced"));
  if (options.status === "unknown") {
    return h("p", { class: "notice", "data-tone": "bad", role: "alert" }, t("booth-receipt-unknown"));
  }
  return false;
}

function facts(t: Texts, receipt: ReceiptOptions["receipt"]): Child {
  const tracker = t("booth-receipt-tracker");
  return h(
    "dl",
    { class: "booth-facts" },
    h("dt", {}, tracker),
    h("dd", { id: "tracker", "data-tracker": receipt.tracker }, code(receipt.tracker, tracker)),
    h("dt", {}, t("booth-receipt-height")),
    h("dd", {}, receipt.height),
    h("dt", {}, t("booth-receipt-event")),
    h("dd", { class: "mono break small" }, receipt.event),
  );
}

export function receiptScreen(t: Texts, options: ReceiptOptions): Screen {
  const { receipt } = options;
  const address = receiptAddress(options.origin, receipt);
  const place = h("div", { class: "stack-s", "aria-live": "polite" });
  const title = t("booth-receipt-heading");
  return {
    name: "receipt",
    heading: title,
    body: [
      h(
        "section",
        { class: "stack" },
        h("div", { class: "booth-seal", "aria-hidden": "true" }, "票"),
        heading(title),
        statusLine(t, options),
        para(t("booth-receipt-text")),
        facts(t, receipt),
        opinionLine(t, options.opinions),
        h("figure", { class: "booth-qr" }, qrSvg(address, t("booth-receipt-qr"), "M")),
        h(
          "div",
          { class: "stack-s" },
          press(
            t("booth-receipt-save-picture"),
            "btn-wide",
            () => showPicture(t, options, place),
            "save-picture",
          ),
          press(
            t("booth-receipt-save-text"),
            "btn-wide",
            () => saveFile(`pingyi-receipt-${receipt.height}.txt`, receiptText(t, options), "text/plain"),
            "save-text",
          ),
          place,
          h(
            "a",
            { class: "btn btn-l btn-wide", href: address, target: "_blank", rel: "noopener" },
            t("booth-receipt-check"),
          ),
        ),
        para(t("booth-receipt-wiped"), "hint"),
        options.canCastAgain &&
          h(
            "div",
            { class: "booth-again stack-s" },
            para(t("booth-receipt-again-text"), "hint"),
            press(t("booth-receipt-again"), "btn-wide", options.again, "cast-again"),
          ),
        press(t("booth-receipt-forget"), "btn-quiet btn-wide", options.forget, "forget"),
      ),
    ],
  };
}
