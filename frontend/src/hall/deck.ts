/** The speaker's slides made of the report: fetched once, every page ready before it is asked for. */
import { pageOf, pagesOf } from "../deck/render.ts";
import type { Deck } from "../deck/types.ts";
import { get } from "../lib/api.ts";
import { h } from "../lib/dom.ts";

/** What turns pages in the hall: a PDF, or slides made of a report. */
export interface Show {
  readonly url: string;
  readonly root: HTMLElement;
  pages(): Promise<number>;
  show(number: number): void;
  close(): void;
}

export class DeckShow implements Show {
  readonly root = h("div", { class: "hall-slides hall-deck" });
  private readonly deck: Promise<Deck>;
  private readonly photos = new Map<string, Promise<string>>();
  private wanted = 1;

  /** `url` names the slides and their hash, so that others are other slides. */
  constructor(
    readonly url: string,
    private readonly address: string,
    private readonly token: string | undefined,
    private readonly failed: () => void,
  ) {
    this.deck = get<Deck>(address, { token, attempts: 3 });
    this.deck.then((deck) => this.fetchPhotos(deck)).catch(() => this.failed());
  }

  /** A picture cannot carry the seat's token: it is fetched with it and shown from memory. */
  private photo(sha256: string): Promise<string> {
    const known = this.photos.get(sha256);
    if (known) return known;
    const headers: Record<string, string> = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    const fetched = fetch(`${this.address}/photos/${sha256}`, { headers, credentials: "same-origin" }).then(
      async (answer) => {
        if (!answer.ok) throw new Error(`photo ${answer.status}`);
        return URL.createObjectURL(await answer.blob());
      },
    );
    this.photos.set(sha256, fetched);
    // What could not be fetched is tried again when the page is shown again.
    fetched.catch(() => this.photos.delete(sha256));
    return fetched;
  }

  private fetchPhotos(deck: Deck): void {
    for (const slide of deck.slides) {
      if (slide.kind !== "photos") continue;
      for (const one of slide.photos) void this.photo(one.picture.sha256).catch(() => undefined);
    }
  }

  async pages(): Promise<number> {
    return pagesOf(await this.deck);
  }

  show(number: number): void {
    this.wanted = number;
    void this.deck
      .then((deck) => {
        this.root.replaceChildren(pageOf(deck, this.wanted, 2, (sha256) => this.photo(sha256)));
      })
      .catch(() => undefined);
  }

  close(): void {
    for (const photo of this.photos.values()) {
      void photo.then((address) => URL.revokeObjectURL(address)).catch(() => undefined);
    }
  }
}
