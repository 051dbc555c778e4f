/** What saves itself: a moment after the last key, one sending at a time and the newest last, again until it arrived. */

const AFTER_MS = 800;
const AGAIN_MS = 5_000;

export interface SavingOptions {
  /** What stands in the fields now; equal texts are the same values. */
  readonly read: () => string;
  /** Sends what `read` gave; throws when the server did not store it. */
  readonly send: (sent: string) => Promise<void>;
  /** The server has what stands in the fields. */
  readonly onSaved: () => void;
  readonly onFailed: (error: unknown) => void;
}

/** All with something that the server does not have yet. */
const unsaved = new Set<Saving>();

export class Saving {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | null = null;

  constructor(private readonly options: SavingOptions) {}

  /** Something was typed. */
  changed(): void {
    unsaved.add(this);
    this.later(AFTER_MS);
  }

  /** Sends at once what the server does not have; done when it has it, or when it could not be sent now. */
  async now(): Promise<void> {
    clearTimeout(this.timer);
    // Two at a time could arrive the other way round, and the older would stay.
    while (this.sending) await this.sending;
    if (!unsaved.has(this)) return;
    clearTimeout(this.timer);
    this.sending = this.once().finally(() => {
      this.sending = null;
    });
    await this.sending;
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.now(), ms);
  }

  private async once(): Promise<void> {
    const { read, send, onSaved, onFailed } = this.options;
    const sent = read();
    try {
      await send(sent);
    } catch (error) {
      onFailed(error);
      this.later(AGAIN_MS);
      return;
    }
    // What was typed while it was on its way has its own time set by `changed`.
    if (read() !== sent) return;
    unsaved.delete(this);
    onSaved();
  }
}

/** Sends everything that waits to be saved. True when the server has it all. */
export async function saveAll(): Promise<boolean> {
  await Promise.all([...unsaved].map((saving) => saving.now()));
  return unsaved.size === 0;
}
