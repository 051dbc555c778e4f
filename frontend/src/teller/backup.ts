/** The printed backup: 22 characters and a QR symbol, on a page of its own. */
import { grouped } from "../lib/credential.ts";
import { h } from "../lib/dom.ts";
import { qrSvg } from "../lib/qr.ts";
import { t } from "./texts.ts";
import type { TellerView } from "./types.ts";

export function backupPage(view: TellerView, seed: string): { root: HTMLElement; letters: string } {
  const letters = grouped(seed);
  const root = h(
    "div",
    { class: "print-only backup" },
    view.appraisal.rehearsal ? h("p", { class: "backup-rehearsal" }, t("teller-rehearsal")) : null,
    h("h1", {}, t("teller-backup-title")),
    h(
      "dl",
      { class: "facts" },
      h("dt", {}, t("teller-backup-meeting")),
      h("dd", {}, view.appraisal.title),
      h("dt", {}, t("teller-backup-seat")),
      h("dd", {}, t("teller-seat", { index: view.index, name: view.name })),
    ),
    h("p", { class: "mono seed" }, letters),
    qrSvg(letters, t("teller-backup-qr"), "Q"),
    h("p", {}, t("teller-backup-keep")),
    h("p", {}, t("teller-backup-use")),
    h("p", {}, t("teller-backup-destroy")),
  );
  return { root, letters };
}
