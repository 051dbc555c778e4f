/** A field that saves itself: 1.5 s after the last key and on leaving it. What is typed is kept in the browser until the
 * server has it; two writers meet the conflict dialog with both texts. */
import { ApiError, json, NetworkError } from "../lib/api.ts";
import { choose, conflictIn } from "../office/conflict.ts";
import { forget, keep, recall } from "./keep.ts";
import { errorText, t } from "./texts.ts";

const AFTER_MS = 1_500;
const AGAIN_MS = 5_000;

/** What the server answers to a text it stored. */
export interface Written {
  readonly version: number;
  readonly figures: Readonly<Record<string, string>>;
  readonly unknown: readonly string[];
}

export interface SaverOptions {
  /** Where what is typed is kept. */
  readonly key: string;
  readonly path: string;
  /** Name of the text in a conflict. */
  readonly field: string;
  /** What is sent beside text and version. */
  readonly also: Readonly<Record<string, string>>;
  readonly version: number;
  /** The text as it stands in the field. */
  readonly read: () => string;
  readonly write: (text: string) => void;
  readonly say: (text: string, tone: "ok" | "busy" | "bad") => void;
  readonly onStored: (written: Written) => void;
}

/** One question at a time. */
let asking: Promise<unknown> = Promise.resolve();

export class Saver {
  private version: number;
  private timer = 0;
  private sending: Promise<void> | null = null;
  /** The text the server has. */
  private known: string;
  /** Whether what is typed is in the browser's database. */
  private safe = true;

  constructor(private readonly options: SaverOptions) {
    this.version = options.version;
    this.known = options.read();
  }

  get dirty(): boolean {
    return this.options.read() !== this.known;
  }

  /** Whether leaving the page now would lose something. */
  get atRisk(): boolean {
    return this.dirty && !this.safe;
  }

  /** Puts back what an earlier page could not send, and sends it. */
  async restore(): Promise<void> {
    const { key, read, write } = this.options;
    const kept = await recall(key);
    if (kept === null) return;
    if (kept.text === read()) {
      await forget(key, kept.text);
      return;
    }
    write(kept.text);
    // Typed on an older text: the server says so, and both texts are shown.
    this.version = kept.version;
    await this.save();
  }

  /** Something was typed. */
  changed(): void {
    const text = this.options.read();
    this.options.say(t("report-unsaved"), "busy");
    this.safe = false;
    void keep(this.options.key, { text, version: this.version }).then((kept) => {
      this.safe = kept;
    });
    this.later(AFTER_MS);
  }

  private later(ms: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), ms);
  }

  /** Sends what is typed; done when the server has it, or when it cannot be sent now. */
  async save(): Promise<void> {
    window.clearTimeout(this.timer);
    while (this.sending) await this.sending;
    if (!this.dirty) return;
    this.sending = this.send().finally(() => {
      this.sending = null;
    });
    await this.sending;
  }

  private async send(): Promise<void> {
    const { key, path, also, read, say, onStored } = this.options;
    const text = read();
    say(t("report-saving"), "busy");
    try {
      const written = await json<Written>("POST", path, { ...also, version: this.version, text });
      this.version = written.version;
      this.known = text;
      await forget(key, text);
      onStored(written);
      if (read() === text) say(t("report-saved", { time: clock() }), "ok");
      else this.changed();
    } catch (error) {
      await this.refused(error);
    }
  }

  private async refused(error: unknown): Promise<void> {
    const { say } = this.options;
    const conflict = error instanceof ApiError ? conflictIn(error) : null;
    if (conflict !== null) {
      await this.settle(conflict);
      return;
    }
    const again = error instanceof NetworkError || (error instanceof ApiError && error.status >= 500);
    say(again ? t("report-offline") : t("report-failed", { why: errorText(error) }), "bad");
    if (again) this.later(AGAIN_MS);
  }

  private async settle(conflict: NonNullable<ReturnType<typeof conflictIn>>): Promise<void> {
    const { field, say, write, key } = this.options;
    say(t("report-conflict"), "bad");
    const asked = asking.then(() => choose(conflict));
    asking = asked.catch(() => undefined);
    const chosen = (await asked)?.[field];
    if (chosen === undefined) return;
    this.version = conflict.version;
    const theirs = conflict.fields.find((one) => one.field === field)?.theirs;
    if (chosen === theirs) this.known = chosen;
    write(chosen);
    await keep(key, { text: chosen, version: this.version });
    if (this.dirty) await this.send();
    else {
      await forget(key, chosen);
      say(t("report-saved", { time: clock() }), "ok");
    }
  }
}

function clock(): string {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
}
