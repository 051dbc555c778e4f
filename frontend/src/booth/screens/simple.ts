/** Screens that only say something: waiting, closed, wrong address, no network. */
import { h } from "../../lib/dom.ts";
import type { Texts } from "../../lib/i18n.ts";
import { heading, para, press, type Screen } from "../view.ts";

export type Plain = "wait" | "closed" | "voided" | "missing" | "unreachable" | "differs";

export function plainScreen(
  t: Texts,
  kind: Plain,
  extra: { lost?: boolean; retry?: () => void } = {},
): Screen {
  const title = t(`booth-${kind}-heading`);
  return {
    name: kind,
    heading: title,
    body: [
      h(
        "section",
        { class: "booth-plain stack" },
        heading(title),
        para(t(`booth-${kind}-text`)),
        extra.lost === true && para(t("booth-closed-lost")),
      ),
    ],
    ...(extra.retry ? { foot: [press(t("booth-try-now"), "btn-primary btn-wide", extra.retry)] } : {}),
  };
}

export function loadingScreen(t: Texts): Screen {
  return { name: "loading", heading: t("booth-loading"), body: [heading(t("booth-loading"))] };
}

/** The server refused the ballot for a reason that marking again may cure. */
export function problemScreen(t: Texts, code: string, back: () => void): Screen {
  const title = t("booth-problem-heading");
  return {
    name: "problem",
    heading: title,
    body: [
      h("section", { class: "booth-plain stack" }, heading(title), para(t("booth-problem-text", { code }))),
    ],
    foot: [press(t("booth-back-to-form"), "btn-primary btn-wide", back)],
  };
}

export interface IntroOptions {
  presenters: number;
  items: number;
  begun: boolean;
  lasting: boolean;
  start(): void;
}

export function introScreen(t: Texts, title: string, options: IntroOptions): Screen {
  const { presenters: count, items } = options;
  const points = [
    items === 1 ? t("booth-intro-presenters-one", { count }) : t("booth-intro-presenters", { count, items }),
    t("booth-intro-secret"),
    options.lasting ? t("booth-intro-keeps") : t("booth-memory-only"),
    t("booth-intro-cast"),
  ];
  return {
    name: "intro",
    heading: title,
    body: [
      h(
        "section",
        { class: "stack" },
        heading(title),
        h(
          "ul",
          { class: "booth-points" },
          points.map((text) => h("li", {}, text)),
        ),
      ),
    ],
    foot: [
      press(
        t(options.begun ? "booth-intro-continue" : "booth-intro-start"),
        "btn-primary btn-wide",
        options.start,
      ),
    ],
  };
}
