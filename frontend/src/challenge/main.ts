/** `/challenge#1.<…>` or a challenge file: did that phone put in the marks it showed? */

import { Server } from "../booth/server.ts";
import { boothTexts, switchLanguage } from "../booth/texts.ts";
import { code, draw, heading, para } from "../booth/view.ts";
import { ApiError, NetworkError } from "../lib/api.ts";
import {
  type ChallengeLink,
  checkChallengeFile,
  checkChallengeLink,
  type Opened,
  parseChallengeFragment,
} from "../lib/challenge.ts";
import { byId, type Child, h } from "../lib/dom.ts";
import { parseElection } from "../lib/election.ts";
import { ProtocolError } from "../lib/errors.ts";

type State =
  | { name: "ask" }
  | { name: "running"; share: number }
  | { name: "fine"; opened: Opened }
  | { name: "wrong" }
  | { name: "unreachable" }
  | { name: "unreadable"; code: string };

const app = byId("app");
let t = boothTexts();
let state: State = { name: "ask" };

function marks(opened: Opened): HTMLElement {
  return h(
    "table",
    { class: "booth-marks" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, t("challenge-question")),
        h("th", { scope: "col" }, t("challenge-mark")),
      ),
    ),
    h(
      "tbody",
      {},
      opened.election.questions.map((question, q) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, question.question),
          h("td", {}, question.answers[opened.choices[q] ?? -1] ?? ""),
        ),
      ),
    ),
  );
}

function result(): Child[] {
  switch (state.name) {
    case "ask":
      return [];
    case "running":
      return [
        para(t("challenge-running")),
        h("progress", { id: "share", max: 1, value: state.share, "aria-label": t("challenge-running") }),
      ];
    case "fine":
      return [
        h("p", { class: "notice", "data-tone": "ok", role: "status" }, t("challenge-fine")),
        para(state.opened.election.name),
        marks(state.opened),
        h("h2", {}, t("challenge-code")),
        code(state.opened.hash, t("challenge-code")),
        para(t("challenge-code-text")),
      ];
    case "unreadable":
      return [
        h(
          "p",
          { class: "notice", "data-tone": "bad", role: "alert" },
          t("challenge-unreadable", { code: state.code }),
        ),
      ];
    default:
      return [h("p", { class: "notice", "data-tone": "bad", role: "alert" }, t(`challenge-${state.name}`))];
  }
}

function show(): void {
  const picker = h("input", {
    type: "file",
    id: "file",
    accept: "application/json,.json",
    onchange: () => {
      const file = picker.files?.[0];
      if (file) void file.text().then(checkFile);
    },
  });
  app.dataset.state = state.name;
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
      name: "challenge",
      heading: t("challenge-title"),
      body: [
        heading(t("challenge-heading")),
        para(t("challenge-lead")),
        result(),
        h("div", { class: "field" }, h("label", { for: "file" }, t("challenge-file")), picker),
      ],
    },
    false,
  );
}

function enter(next: State): void {
  state = next;
  show();
}

/** What went wrong, in the order of how bad it is: a ballot that opens to something else is the finding itself. */
function refused(error: unknown): State {
  if (error instanceof ProtocolError) {
    const lying = error.code === "opening_wrong" || error.code === "ballot_hash";
    return lying ? { name: "wrong" } : { name: "unreadable", code: error.code };
  }
  if (error instanceof NetworkError || error instanceof ApiError) return { name: "unreachable" };
  return { name: "unreadable", code: "internal" };
}

function checkFile(text: string): void {
  try {
    enter({ name: "fine", opened: checkChallengeFile(text) });
  } catch (error) {
    enter(refused(error));
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function checkLink(link: ChallengeLink): Promise<void> {
  enter({ name: "running", share: 0 });
  try {
    const box = await new Server("").box(link.uuid, 3);
    const election = parseElection(box.election ?? "");
    const steps = checkChallengeLink(election, link);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        enter({ name: "fine", opened: step.value });
        return;
      }
      const meter = document.getElementById("share");
      if (meter instanceof HTMLProgressElement) meter.value = step.value / election.questions.length;
      await pause();
    }
  } catch (error) {
    enter(refused(error));
  }
}

function start(): void {
  const fragment = location.hash.slice(1);
  const link = parseChallengeFragment(fragment);
  if (link !== null) void checkLink(link);
  else enter(fragment === "" ? { name: "ask" } : { name: "unreadable", code: "fragment" });
}

window.addEventListener("hashchange", start);
start();
