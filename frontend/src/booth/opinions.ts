/**
 * The opinions' own way: a few seconds after the ballot and apart from it, so that the order of arrival does not say
 * which ballot they came with. (It hides the pairing from whoever reads the store, not from somebody who watches this
 * phone's connection.)
 */
import { ApiError } from "../lib/api.ts";
import { randomBelow, systemRng } from "../lib/random.ts";
import type { OpinionState } from "./screens/receipt.ts";
import type { Server } from "./server.ts";
import type { Store } from "./store.ts";

const SHORTEST_MS = 2000;
const SPREAD_MS = 6000;

export class OpinionPost {
  state: OpinionState = "none";
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending = false;

  constructor(
    private readonly server: Server,
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    window.addEventListener("pagehide", () => this.last());
  }

  private set(state: OpinionState): void {
    this.state = state;
    this.changed();
  }

  /** Begins to wait, if there is something to send. */
  schedule(): void {
    if (this.store.saved.unsent === null || this.timer !== null || this.sending) return;
    this.state = "waiting";
    this.timer = setTimeout(() => void this.send(), SHORTEST_MS + randomBelow(SPREAD_MS, systemRng));
  }

  /** Forgets how the last bundle fared (a new ballot is being made). */
  reset(): void {
    if (this.store.saved.unsent === null) this.state = "none";
  }

  private async send(): Promise<void> {
    this.timer = null;
    const { unsent } = this.store.saved;
    if (unsent === null || this.sending) return;
    this.sending = true;
    try {
      await this.server.sendOpinions(unsent.appraisal, unsent.entries);
      this.store.update({ unsent: null });
      this.set("sent");
    } catch (error) {
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
        this.store.update({ unsent: null });
        this.set({ refused: error.code });
      } else {
        this.set("failed");
        this.timer = setTimeout(() => void this.send(), 15_000);
      }
    } finally {
      this.sending = false;
    }
  }

  /** The page is being closed: the browser may still send. The bundle stays kept; the urn drops repetitions. */
  private last(): void {
    const { unsent } = this.store.saved;
    if (unsent !== null && !this.sending) this.server.sendOpinionsLast(unsent.appraisal, unsent.entries);
  }
}
