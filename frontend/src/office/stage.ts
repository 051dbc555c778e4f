/** The keys of the console: slides, blank, mark, clock. */
import { post } from "../lib/api.ts";
import { find, findAll } from "../lib/dom.ts";
import { toast } from "./dialog.ts";
import { refresh } from "./regions.ts";
import { errorText } from "./texts.ts";

export interface StageNow {
  readonly scene: string;
  readonly presenter: string | null;
  readonly slide: number;
  readonly running: boolean;
}

/** What a key asks of the stage; null for keys that mean nothing. */
export function stageChange(key: string, now: StageNow): Record<string, unknown> | null {
  switch (key) {
    case "ArrowRight":
    case "PageDown":
      return now.scene === "speaker" ? { slide: now.slide + 1 } : null;
    case "ArrowLeft":
    case "PageUp":
      return now.scene === "speaker" && now.slide > 1 ? { slide: now.slide - 1 } : null;
    case "b":
      return { scene: now.scene === "blank" ? (now.presenter === null ? "agenda" : "speaker") : "blank" };
    case "m":
      return { scene: "mark" };
    case "t":
      return { countdown: now.running ? "pause" : "start" };
    default:
      return null;
  }
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("input, textarea, select, [contenteditable], dialog") !== null;

let pending: Promise<unknown> = Promise.resolve();

export function stageKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  const stage = findAll(document, "[data-stage]", HTMLElement)[0];
  const path = stage?.dataset.stage;
  if (!stage || !path) return;
  const change = stageChange(event.key, {
    scene: stage.dataset.scene ?? "blank",
    presenter: stage.dataset.presenter || null,
    slide: Number(stage.dataset.slide ?? "1") || 1,
    running: find(stage, "[data-countdown]", HTMLElement)?.dataset.running === "yes",
  });
  if (change === null) return;
  event.preventDefault();
  // The attribute moves at once, so that a second press counts from here and not from the last answer.
  if (typeof change.slide === "number") stage.dataset.slide = String(change.slide);
  pending = pending
    .then(() => post(path, change))
    .then(() => refresh("stage"))
    .catch((error: unknown) => toast(errorText(error), true));
}
