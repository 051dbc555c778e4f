/** The printed sheets. */
import { h } from "../lib/dom.ts";
import { qrSvg } from "../lib/qr.ts";
import { PER_SHEET, type Sheet, slipAddress } from "./layout.ts";
import { t } from "./texts.ts";
import type { BoxSlips, SlipSet } from "./types.ts";

/** `AwyxG-dyzbUs` over `D8UGW-m4E8Aw`: two groups a line are easier to copy than four. */
function letters(credential: string): HTMLElement {
  const groups = credential.split("-");
  return h(
    "p",
    { class: "slip-letters" },
    h("span", {}, groups.slice(0, 2).join("-")),
    h("span", {}, groups.slice(2).join("-")),
  );
}

function slip(set: SlipSet, box: BoxSlips, credential: string): HTMLElement {
  const category = t("issuer-slip-category", { category: box.category, label: box.label });
  return h(
    "article",
    { class: "slip" },
    h(
      "div",
      { class: "slip-head" },
      h("p", { class: "slip-title" }, set.title),
      set.rehearsal ? h("p", { class: "slip-rehearsal" }, t("issuer-slip-rehearsal")) : null,
    ),
    h(
      "div",
      { class: "slip-main" },
      qrSvg(slipAddress(set.base_url, box.uuid, credential), t("issuer-slip-qr"), "M", 2),
      h(
        "div",
        { class: "slip-text" },
        h("p", { class: "slip-category" }, category),
        h("p", { class: "slip-how" }, t("issuer-slip-how")),
        h("p", { class: "slip-address" }, `${set.base_url.replace(/\/+$/, "")}/b/${box.uuid}`),
        letters(credential),
      ),
    ),
    h("p", { class: "slip-foot" }, t("issuer-slip-foot")),
  );
}

/** One A4 page. The line above the slips is cut away; no slip carries anything that tells it from another. */
export function sheetElement(set: SlipSet, box: BoxSlips, kind: string, sheet: Sheet<string>): HTMLElement {
  const blanks = Array.from({ length: PER_SHEET - sheet.slips.length }, () =>
    h("article", { class: "slip" }),
  );
  const label = t("issuer-sheet-line", {
    category: box.category,
    label: box.label,
    kind,
    number: sheet.number,
    of: sheet.of,
    fingerprint: box.fingerprint.slice(0, 12),
  });
  return h(
    "section",
    { class: "slip-sheet" },
    h("p", { class: "slip-sheet-line" }, label),
    h(
      "div",
      { class: "slip-grid" },
      sheet.slips.map((credential) => slip(set, box, credential)),
      blanks,
    ),
  );
}

/** Letters no slip can have (base 58 lacks 0), for the preview on the screen. */
export const SAMPLE = "00000-000000-00000-000000";
