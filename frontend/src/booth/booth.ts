/** The booth: which screen is right now, and what each button does. */
import { type Credential, parseCredential } from "../lib/credential.ts";
import { announce } from "../lib/dom.ts";
import type { Texts } from "../lib/i18n.ts";
import { Caster, type Ended } from "./caster.ts";
import { type Form, missing, presenterDone } from "./form.ts";
import { OpinionPost } from "./opinions.ts";
import { type Desk, markOptions, screenOf } from "./rooms.ts";
import { setCastingState } from "./screens/cast.ts";
import { refreshSpeaker } from "./screens/mark.ts";
import { opinionLine, type ReceiptOptions, trackerHex } from "./screens/receipt.ts";
import type { SlipAddress } from "./screens/slip.ts";
import type { Sealer } from "./sealer.ts";
import { Server } from "./server.ts";
import { Store } from "./store.ts";
import { switchLanguage } from "./texts.ts";
import { draw } from "./view.ts";
import { BoxWatch, type Changed } from "./watch.ts";

/** The page follows the speaker only when nobody has touched it for this long. */
const IDLE_MS = 5000;

export class Booth implements Desk {
  private readonly server: Server;
  readonly store = new Store();
  readonly watch: BoxWatch;
  readonly caster: Caster;
  readonly opinions: OpinionPost;
  credential: Credential | null = null;
  wrongSlip = false;
  place: "intro" | "mark" | "overview" = "intro";
  at = 0;
  again = false;
  status: ReceiptOptions["status"] = null;
  private touched = 0;
  private shown = "";

  constructor(
    private readonly app: HTMLElement,
    public t: Texts,
    sealer: Sealer,
    readonly address: SlipAddress,
    /** What stood in the fragment and is no credential. */
    readonly typed: string,
  ) {
    const { uuid } = address;
    this.server = new Server(address.base);
    this.watch = new BoxWatch(this.server, this.store, uuid, (what) => this.changed(what));
    this.opinions = new OpinionPost(this.server, this.store, () => this.refreshOpinionLine());
    this.caster = new Caster(sealer, this.server, this.store, uuid, {
      changed: () => this.show(),
      progress: (share) => this.refreshProgress(share),
      sending: (state) => setCastingState(this.t, state),
      ended: (how) => this.ended(how),
    });
    for (const kind of ["pointerdown", "keydown"]) {
      app.addEventListener(kind, () => {
        this.touched = Date.now();
      });
    }
  }

  start(): void {
    if (this.address.credential !== null) this.useSlip(this.address.credential);
    this.show(false);
    this.watch.start();
  }

  useSlip(credential: Credential): void {
    const { uuid } = this.address;
    if (this.wrongSlip) this.store.move(uuid, credential);
    else this.store.open(uuid, credential);
    this.credential = credential;
    this.wrongSlip = false;
    this.place = this.begun ? "mark" : "intro";
    // A reload finds the slip again; the fragment never travels.
    if (this.address.base === "") history.replaceState(null, "", `#${credential}`);
    this.restorePlace();
    this.opinions.schedule();
    void this.askStatus();
  }

  get begun(): boolean {
    return Object.keys(this.store.saved.marks).length > 0;
  }

  private restorePlace(): void {
    const { at } = this.store.saved;
    this.at = Math.max(0, this.watch.form?.presenters.findIndex(({ code }) => code === at) ?? 0);
  }

  // ------------------------------------------------------------------ what happens elsewhere

  private changed(what: Changed): void {
    if (what.offline) {
      const line = document.getElementById("offline");
      if (line !== null) line.hidden = !this.watch.offline;
      if (this.watch.box !== null) announce(this.t(this.watch.offline ? "booth-offline" : "booth-online"));
    }
    if (this.watch.box?.state === "open") this.caster.resume();
    // The order of presenters may have been drawn: the place is kept by code.
    this.restorePlace();
    if (what.state) this.show();
    else if (what.stage && this.shown === "mark") this.follow();
  }

  /** Where the speaker now stands. The page moves by itself only when nothing would be torn from under a thumb. */
  private follow(): void {
    const { form, speaking } = this.watch;
    if (form === null) return;
    const to = form.presenters.findIndex(({ code }) => code === speaking);
    const here = form.presenters[this.at];
    const { marks } = this.store.saved;
    const idle = Date.now() - this.touched > IDLE_MS && document.activeElement?.tagName !== "TEXTAREA";
    const settled =
      here !== undefined && (presenterDone(form, marks, here.code) || marks[here.code] === undefined);
    if (to >= 0 && to !== this.at && idle && settled) {
      this.goTo(to);
      announce(this.t("booth-followed", { name: form.presenters[to]?.title ?? "" }));
    } else refreshSpeaker(this.t, markOptions(this, form));
  }

  private ended(how: Ended): void {
    if (how.kind === "cast") {
      this.again = false;
      this.status = null;
      this.at = 0;
      this.place = "intro";
      this.opinions.schedule();
    } else {
      this.place = "overview";
      this.wrongSlip = how.kind === "wrong_slip";
      this.watch.refresh();
    }
    this.show();
  }

  private async askStatus(): Promise<void> {
    const { receipt } = this.store.saved;
    if (receipt === null) return;
    try {
      this.status = (await this.server.receipt(this.address.uuid, trackerHex(receipt.tracker))).status;
    } catch {
      // No answer is no finding: the receipt is shown as it was given.
      this.status = null;
    }
    if (this.shown === "receipt" && this.status !== null && this.status !== "counted") this.show(false);
  }

  // ------------------------------------------------------------------ screens

  /** Draws what is due. Focus moves to the heading of a screen that was not there before. */
  show(focus = true): void {
    const screen = screenOf(this);
    const key = screen.name === "mark" ? `mark ${this.at}` : screen.name;
    const fresh = key !== this.app.dataset.key;
    this.app.dataset.key = key;
    this.shown = screen.name;
    const { box, offline } = this.watch;
    draw(
      this.app,
      this.t,
      {
        title: box?.title ?? this.t("booth-title"),
        category: box === null ? null : this.t("booth-category", box.category),
        rehearsal: box?.rehearsal === true,
        offline,
        onLanguage: () => {
          this.t = switchLanguage(this.t.language);
          this.show(false);
        },
      },
      screen,
      focus && fresh,
    );
    if (screen.name === "casting") void this.caster.post();
  }

  get origin(): string {
    return this.address.base === "" ? location.origin : this.address.base;
  }

  private refreshOpinionLine(): void {
    const line = opinionLine(this.t, this.opinions.state);
    const old = document.getElementById("opinion-state");
    if (this.shown !== "receipt" || !(line instanceof HTMLElement) || old === null) return;
    // The region stays, so that a screen reader speaks the new words.
    old.textContent = line.textContent;
    old.setAttribute("data-tone", line.getAttribute("data-tone") ?? "info");
  }

  private refreshProgress(share: number): void {
    const meter = document.getElementById("share");
    if (meter instanceof HTMLProgressElement) meter.value = share;
    const label = document.getElementById("share-text");
    if (label !== null)
      label.textContent = this.t("booth-preparing-share", { percent: Math.round(share * 100) });
  }

  // ------------------------------------------------------------------ marking

  castAgain(): void {
    this.again = true;
    this.opinions.reset();
    this.begin();
  }

  forgetReceipt(): void {
    this.store.update({ receipt: null });
    this.place = "intro";
    this.show();
    announce(this.t("booth-receipt-forgotten"));
  }

  begin(): void {
    this.place = "mark";
    const { form, speaking } = this.watch;
    const at = form?.presenters.findIndex(({ code }) => code === speaking) ?? -1;
    if (!this.begun && at >= 0) this.at = at;
    this.keepPlace();
    this.show();
  }

  private keepPlace(): void {
    this.store.update({ at: this.watch.form?.presenters[this.at]?.code ?? null });
  }

  toIntro(): void {
    this.place = "intro";
    this.show();
  }

  goTo(at: number): void {
    this.at = at;
    this.place = "mark";
    this.keepPlace();
    this.show();
  }

  toOverview(): void {
    this.caster.reset();
    this.place = "overview";
    this.show();
  }

  fillRest(form: Form, grade: number): void {
    const marks = { ...this.store.saved.marks };
    for (const { code } of missing(form, marks)) {
      const own = { ...marks[code] };
      for (const item of form.items) own[item.code] ??= grade;
      marks[code] = own;
    }
    this.store.update({ marks });
    this.show();
  }
}

/** The credential in the page's fragment, or what stood there instead. */
export function fragmentCredential(): { credential: Credential | null; typed: string } {
  const typed = location.hash.slice(1);
  try {
    return { credential: parseCredential(typed), typed: "" };
  } catch {
    return { credential: null, typed: typed.slice(0, 40) };
  }
}
