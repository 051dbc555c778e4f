/** What survives a reload or a locked screen: on this phone only, wiped once the board has the ballot. */
import { sha256Hex } from "../lib/hash.ts";
import type { BoxView, Saved } from "./types.ts";

const empty = (): Saved => ({
  version: 1,
  marks: {},
  opinions: {},
  at: null,
  pending: null,
  receipt: null,
  unsent: null,
});

/** Storage may be forbidden (private windows of some in-app browsers): then this session's memory is all there is. */
function storage(): Storage | null {
  try {
    const probe = "pingyi.probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}

/** Two people may use one phone with two slips: each slip has its own place, under a hash of the credential. */
const keyOf = (uuid: string, credential: string): string =>
  `pingyi.booth.${uuid}.${sha256Hex(`pingyi-booth|${uuid}|${credential}`).slice(0, 16)}`;

export class Store {
  private readonly disk = storage();
  private key = "";
  saved: Saved = empty();

  /** Whether marks survive a reload here. */
  get lasting(): boolean {
    return this.disk !== null;
  }

  /** Opens the place of a slip. */
  open(uuid: string, credential: string): void {
    this.key = keyOf(uuid, credential);
    this.saved = empty();
    try {
      const raw: unknown = JSON.parse(this.disk?.getItem(this.key) ?? "null");
      if (typeof raw === "object" && raw !== null && "version" in raw && raw.version === 1) {
        this.saved = { ...empty(), ...(raw as Saved) };
      }
    } catch {
      // Unreadable means written by something else: begin anew.
    }
  }

  /** Takes what was marked to another slip (a credential that was mistyped). */
  move(uuid: string, credential: string): void {
    const { marks, opinions, at } = this.saved;
    this.disk?.removeItem(this.key);
    this.open(uuid, credential);
    this.update({
      marks: { ...marks, ...this.saved.marks },
      opinions: { ...opinions, ...this.saved.opinions },
      at,
    });
  }

  update(change: Partial<Saved>): void {
    this.saved = { ...this.saved, ...change };
    try {
      this.disk?.setItem(this.key, JSON.stringify(this.saved));
    } catch {
      // Full: the page still holds everything in memory.
    }
  }

  /** The public description of the box, so that a reload without network can go on. */
  rememberBox(box: BoxView): void {
    try {
      this.disk?.setItem(`pingyi.box.${box.uuid}`, JSON.stringify(box));
    } catch {
      // Only a convenience.
    }
  }

  recallBox(uuid: string): BoxView | null {
    try {
      return JSON.parse(this.disk?.getItem(`pingyi.box.${uuid}`) ?? "null") as BoxView | null;
    } catch {
      return null;
    }
  }
}
