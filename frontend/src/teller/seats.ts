/** Live progress of all seats in the key ceremony. */
import { h } from "../lib/dom.ts";
import { t } from "./texts.ts";
import type { TellerView } from "./types.ts";

/** Steps of one seat that are done: certificate, polynomial, output. */
export function seatProgress(view: TellerView, index: number): number {
  const { certs, polynomials, outputs } = view.ceremony;
  const done = [certs[index - 1] != null, polynomials[index - 1] === true, outputs[index - 1] === true];
  return done.filter(Boolean).length;
}

const WORDS = [
  "teller-seat-waiting",
  "teller-seat-joined",
  "teller-seat-working",
  "teller-seat-finished",
] as const;

export function seatsPanel(view: TellerView): HTMLElement {
  const seats = Array.from({ length: view.size }, (_, i) => i + 1);
  return h(
    "section",
    { class: "sheet" },
    h("h2", {}, t("teller-seats-title")),
    h(
      "ul",
      { class: "lines" },
      seats.map((index) => {
        const done = seatProgress(view, index);
        const name =
          index === view.index ? t("teller-seat-me", { index }) : t("teller-seat-other", { index });
        return h(
          "li",
          { "data-now": index === view.index ? "yes" : null },
          h("span", { class: "grow" }, name),
          h("progress", { max: 3, value: done, "aria-label": name }),
          h("span", { class: "badge", "data-tone": done === 3 ? "ok" : "info" }, t(WORDS[done] ?? WORDS[0])),
        );
      }),
    ),
  );
}
