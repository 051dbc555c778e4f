/** What the server says about the box, kept fresh: live events, a slow poll beside them, memory when offline. */
import { ApiError, NetworkError } from "../lib/api.ts";
import { ProtocolError } from "../lib/errors.ts";
import { coalesce, listen } from "../lib/live.ts";
import { type Form, readForm } from "./form.ts";
import type { Plain } from "./screens/simple.ts";
import type { Server } from "./server.ts";
import type { Store } from "./store.ts";
import type { BoxView } from "./types.ts";

/** Longest that the page goes without asking, when live events do not arrive. */
const POLL_MS = 20_000;

export interface Changed {
  /** State, form or trouble changed: another screen may be due. */
  state: boolean;
  /** Somebody else is speaking. */
  stage: boolean;
  /** The network went or came back. */
  offline: boolean;
}

export class BoxWatch {
  box: BoxView | null = null;
  form: Form | null = null;
  trouble: Plain | null = null;
  offline = false;
  readonly refresh: () => void;

  constructor(
    private readonly server: Server,
    private readonly store: Store,
    readonly uuid: string,
    private readonly changed: (what: Changed) => void,
  ) {
    this.refresh = coalesce(() => this.ask());
  }

  start(): void {
    listen(this.server.eventsAddress(this.uuid), { onChange: this.refresh });
    window.addEventListener("online", this.refresh);
    setInterval(this.refresh, POLL_MS);
    this.refresh();
  }

  get speaking(): string | null {
    return this.box?.stage.presenter ?? null;
  }

  /** Asks once; the promise settles when the answer was taken in. */
  async ask(): Promise<void> {
    const before = { state: this.box?.state, trouble: this.trouble, form: this.form !== null };
    const { speaking, offline } = this;
    try {
      this.take(await this.server.box(this.uuid));
      this.offline = false;
    } catch (error) {
      this.lost(error);
    }
    this.changed({
      state:
        before.state !== this.box?.state ||
        before.trouble !== this.trouble ||
        before.form !== (this.form !== null),
      stage: speaking !== this.speaking,
      offline: offline !== this.offline,
    });
  }

  private take(box: BoxView): void {
    this.box = box;
    this.trouble = null;
    this.store.rememberBox(box);
    this.form = null;
    if (box.election === null) return;
    try {
      this.form = readForm(box);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.trouble = "differs";
    }
  }

  private lost(error: unknown): void {
    if (error instanceof ApiError && error.status === 404) {
      this.trouble = "missing";
      this.box = null;
      return;
    }
    if (!(error instanceof NetworkError) && !(error instanceof ApiError)) throw error;
    this.offline = true;
    if (this.box !== null) return;
    const remembered = this.store.recallBox(this.uuid);
    if (remembered === null) this.trouble = "unreachable";
    else this.take(remembered);
  }
}
