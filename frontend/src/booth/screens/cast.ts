/** From the ballot that is ready to the board: preparing, ready, opened for a check, casting. */
import { type ChallengeLink, challengeFragment } from "../../lib/challenge.ts";
import { h, saveFile } from "../../lib/dom.ts";
import type { Texts } from "../../lib/i18n.ts";
import { qrSvg } from "../../lib/qr.ts";
import { code, heading, para, press, type Screen } from "../view.ts";

export function preparingScreen(t: Texts): Screen {
  const title = t("booth-preparing-heading");
  return {
    name: "preparing",
    heading: title,
    body: [
      h(
        "section",
        { class: "booth-plain stack" },
        heading(title),
        para(t("booth-preparing-text")),
        h("progress", { id: "share", max: 1, value: 0, "aria-labelledby": "share-text" }),
        h("p", { id: "share-text" }, t("booth-preparing-share", { percent: 0 })),
      ),
    ],
  };
}

export interface ReadyOptions {
  hash: string;
  cast(): void;
  challenge(): void;
  back(): void;
}

export function readyScreen(t: Texts, options: ReadyOptions): Screen {
  const title = t("booth-ready-heading");
  return {
    name: "ready",
    heading: title,
    body: [
      h(
        "section",
        { class: "stack" },
        heading(title),
        para(t("booth-ready-text")),
        // The phone commits itself before it can know what will be chosen: the code is always in sight.
        h(
          "div",
          {},
          h("h2", { class: "hint" }, t("booth-ready-code")),
          code(options.hash, t("booth-ready-code")),
        ),
        h(
          "details",
          { class: "booth-fold", id: "doubt" },
          h("summary", {}, t("booth-ready-challenge")),
          h(
            "div",
            { class: "stack" },
            para(t("booth-ready-challenge-text")),
            press(t("booth-ready-challenge-go"), "btn-wide", options.challenge, "challenge"),
          ),
        ),
      ),
    ],
    foot: [
      press(t("booth-ready-back"), "", options.back, "back"),
      press(t("booth-ready-cast"), "btn-primary", options.cast, "send"),
    ],
  };
}

export interface OpenedOptions {
  link: ChallengeLink;
  /** The server's address, for the link in the symbol. */
  origin: string;
  file: string;
  again(): void;
}

export function openedScreen(t: Texts, options: OpenedOptions): Screen {
  const title = t("booth-opened-heading");
  const address = `${options.origin}/challenge#${challengeFragment(options.link)}`;
  return {
    name: "opened",
    heading: title,
    body: [
      h(
        "section",
        { class: "stack" },
        heading(title),
        para(t("booth-opened-text")),
        h("h2", {}, t("booth-ready-code")),
        code(options.link.hash, t("booth-ready-code")),
        h(
          "figure",
          { class: "booth-qr", "data-address": address },
          qrSvg(address, t("booth-opened-qr"), "L"),
        ),
        h("p", { class: "notice", "data-tone": "warn" }, t("booth-opened-warning")),
        press(t("booth-opened-file"), "btn-wide", () =>
          saveFile(`pingyi-challenge-${options.link.uuid}.json`, options.file),
        ),
        para(t("booth-opened-file-hint"), "hint"),
      ),
    ],
    foot: [press(t("booth-opened-again"), "btn-primary btn-wide", options.again, "again")],
  };
}

export type CastingState = "sending" | "retry" | "paused";

export function castingScreen(t: Texts): Screen {
  const title = t("booth-casting-heading");
  return {
    name: "casting",
    heading: title,
    body: [
      h(
        "section",
        { class: "booth-plain stack" },
        heading(title),
        h("p", { id: "casting-state", role: "status" }, t("booth-casting-text")),
        h("progress", { "aria-label": title }),
      ),
    ],
  };
}

/** Says what the sending waits for, without drawing the screen anew. */
export function setCastingState(t: Texts, state: CastingState): void {
  const line = document.getElementById("casting-state");
  const text = {
    sending: "booth-casting-text",
    retry: "booth-casting-retry",
    paused: "booth-casting-paused",
  }[state];
  if (line !== null && line.textContent !== t(text)) line.textContent = t(text);
}
